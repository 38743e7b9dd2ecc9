//! The repaired maximum: against numbers computed elsewhere, and against cells of explicit forms.

use super::{line, natural, sliding};
use crease::counting::{Reach, Sliding, independent_sets};
use crease::engines::arrangement::count_cells;
use crease::engines::restriction::cells_by_restriction;
use crease::exact::linear::Matrix;
use crease::exact::{Natural, Rational};
use crease::geometry::Form;

/// Filters, and one offset each.
type Filters = (&'static [&'static [i64]], &'static [i64]);

const NO_LIMIT: usize = usize::MAX;

/// `[height, width, depth, window height, window width, stride]`, units, published, maximum.
const TABLE: [([usize; 6], usize, u128, u128); 15] = [
    ([3, 3, 1, 2, 2, 1], 2, 256, 255),
    ([3, 3, 1, 2, 2, 1], 3, 4013, 3998),
    ([3, 3, 1, 2, 2, 1], 4, 48957, 48903),
    ([3, 3, 1, 2, 2, 1], 5, 392096, 391966),
    ([3, 3, 1, 2, 2, 1], 6, 2202876, 2202621),
    ([3, 4, 1, 2, 2, 1], 2, 4096, 4061),
    ([3, 4, 1, 2, 2, 1], 3, 245034, 243651),
    ([3, 5, 1, 2, 2, 1], 2, 65535, 64664),
    ([3, 6, 1, 2, 2, 1], 2, 1048533, 1029627),
    ([3, 7, 1, 2, 2, 1], 2, 16776004, 16394377),
    ([4, 4, 1, 2, 2, 1], 2, 262121, 257108),
    ([3, 5, 1, 2, 3, 1], 2, 4096, 4095),
    ([3, 5, 1, 2, 3, 1], 3, 261968, 261840),
    ([3, 6, 1, 2, 3, 1], 2, 65536, 65497),
    ([5, 5, 1, 3, 3, 1], 2, 262144, 262143),
];

#[test]
fn the_table_of_wrong_and_right_values() {
    for (shape, units, published, maximum) in TABLE {
        let sliding = sliding(shape);
        assert_eq!(sliding.published_count(units), natural(published), "{shape:?} {units}");
        let (found, reach) = sliding.maximum(units, NO_LIMIT).expect("no limit");
        assert_eq!(found, natural(maximum), "{shape:?} {units}");
        let above = sliding.commutator_bound(units);
        let is_proved = above == Some(natural(maximum));
        let expected = match sliding.strip_maximum(units) {
            Some(_) => Reach::Strip,
            None if sliding.output() == [2, 2] => Reach::Box,
            None if is_proved => Reach::Commutator,
            None => Reach::FromBelow,
        };
        assert_eq!(expected == Reach::Strip, units == 2 && shape[0] != 4, "{shape:?} {units}");
        assert_eq!(reach, expected, "{shape:?} {units}");
        let is_box = sliding.output() == sliding.filter();
        assert_eq!(above.is_some(), is_box, "{shape:?}");
        // Three filters on 2x3 positions have two more dependent sets: all forms but those of one
        // position in the middle column.
        let wide = shape == [3, 5, 1, 2, 3, 1] && units == 3;
        assert_eq!(is_proved, is_box && !wide, "{shape:?} {units}");
        if wide {
            assert_eq!(above, Some(natural(maximum + 2)));
        }
    }
}

/// `published - C(d, 2) (4 d - 7)` for 2x2 windows on a 3x3 grid.
#[test]
fn the_smallest_plane_has_a_closed_form() {
    let reach = |units| if units == 2 { Reach::Strip } else { Reach::Box };
    let smallest = sliding([3, 3, 1, 2, 2, 1]);
    for units in 2..=5 {
        let lost = units * (units - 1) / 2 * (4 * units - 7);
        let sets = smallest.generic_by_size(units, NO_LIMIT).expect("no limit");
        let found: Natural = sets.into_iter().sum();
        assert_eq!(smallest.maximum(units, 1 << 12), Some((found.clone(), reach(units))));
        assert_eq!(found + lost, smallest.published_count(units), "{units} units");
    }
}

#[test]
fn shapes_with_a_theorem_reach_the_published_count() {
    let shapes = [
        (line(5, 2, 1, 1), 3),
        (line(7, 3, 2, 1), 3),
        (line(4, 2, 1, 2), 4),
        (sliding([3, 3, 1, 2, 2, 1]), 1),
        (sliding([3, 4, 2, 2, 2, 1]), 2),
        (sliding([4, 4, 1, 2, 2, 2]), 3),
        (sliding([3, 4, 1, 3, 2, 1]), 3),
        (Sliding::new([4, 3], 1, [2, 2], [2, 1]).expect("it fits"), 3),
    ];
    for (sliding, units) in shapes {
        let (found, reach) = sliding.maximum(units, NO_LIMIT).expect("no limit");
        assert_eq!(reach, Reach::Theorem, "{sliding:?}");
        let generic = sliding.generic_by_size(units, NO_LIMIT).expect("no limit");
        let published = sliding.published_by_size_within(units, usize::MAX).expect("no limit");
        assert_eq!(generic, published, "{sliding:?}");
        assert_eq!(generic.iter().sum::<Natural>(), found, "{sliding:?}");
    }
}

#[test]
fn the_rank_of_an_image_layer_falls_short_of_hall() {
    // 7x7, 3x3 windows by two, five kinds of forms: rank 44, where Hall's condition promises 45.
    let strided = sliding([7, 7, 1, 3, 3, 2]);
    assert_eq!(strided.positions() * 5, 45);
    let minors = |units| strided.generic_rank(units);
    assert_eq!((minors(4), minors(5)), (36, 44));
    // Colour images, 3x3 windows, four kinds of forms: 195 of 196.
    assert_eq!(sliding([9, 9, 3, 3, 3, 1]).generic_rank(4), 195);
}

#[test]
fn sizes_are_log_concave() {
    for (shape, units) in [([3, 3, 1, 2, 2, 1], 4), ([3, 5, 1, 2, 2, 1], 2)] {
        let sizes = sliding(shape).generic_by_size(units, NO_LIMIT).expect("no limit");
        for three in sizes.windows(3) {
            assert!(&three[1] * &three[1] >= &three[0] * &three[2], "{shape:?}");
        }
    }
}

/// Grids of positions without a box as large as the window: no failure is known (a conjecture).
#[test]
fn small_grids_reach_the_published_count() {
    let shapes = [[4, 4, 1, 3, 3, 1], [3, 4, 1, 2, 3, 1], [3, 3, 2, 2, 2, 1]];
    for shape in shapes {
        let sliding = sliding(shape);
        for units in 1..=4 {
            let generic = sliding.generic_by_size(units, NO_LIMIT).expect("no limit");
            let published = sliding.published_by_size_within(units, usize::MAX);
            assert_eq!(Some(generic), published, "{shape:?} {units}");
        }
    }
}

/// Small entries make loops, coloops, parallel elements and short circuits.
#[test]
fn deletion_and_contraction_agree_with_ranks_of_subsets() {
    let mut state = 1u32;
    let mut entry = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rational::integer(i64::from(state >> 24) % 5 / 2 - 1)
    };
    for (elements, length) in [(8, 4), (8, 3), (7, 5), (8, 2), (6, 6), (5, 1), (4, 7)] {
        for _ in 0..6 {
            let mut row = || (0..length).map(|_| entry()).collect::<Vec<_>>();
            let rows: Vec<_> = (0..elements).map(|_| row()).collect();
            let mut sizes = vec![0u32; elements + 1];
            for set in 0u32..1 << elements {
                let chosen: Vec<_> =
                    (0..elements).filter(|i| set >> i & 1 == 1).map(|i| rows[i].clone()).collect();
                let size = chosen.len();
                sizes[size] += u32::from(Matrix::from_rows(chosen).rank() == size);
            }
            let rank = sizes.iter().rposition(|&n| n > 0).expect("the empty set");
            let expected: Vec<_> = sizes[..=rank].iter().map(|&n| Natural::from(n)).collect();
            assert_eq!(independent_sets(&rows, NO_LIMIT), Some(expected), "{rows:?}");
        }
    }
}

#[test]
fn a_limit_is_answered_with_nothing() {
    assert_eq!(sliding([3, 7, 1, 2, 2, 1]).maximum(2, 10), None);
}

/// The forms of filters with small whole coefficients, one offset a filter.
fn forms(sliding: Sliding, filters: &[&[i64]], offsets: &[i64]) -> Vec<Form> {
    let flat: Vec<Rational> = filters.concat().into_iter().map(Rational::integer).collect();
    let offset = |unit: usize| Rational::integer(offsets[unit / sliding.positions()]);
    let rows = sliding.shared_rows(&flat).into_iter().enumerate();
    rows.map(|(unit, coefficients)| Form { coefficients, constant: offset(unit) }).collect()
}

#[test]
fn explicit_filters_attain_the_maximum_and_a_central_circuit_does_not() {
    let plane = sliding([3, 3, 1, 2, 2, 1]);
    let filters: [&[i64]; 2] = [&[1, 2, 3, 5], &[2, 7, 1, 4]];
    for (offsets, expected) in [([1, -1], 255), ([11, 14], 254)] {
        let forms = forms(plane, &filters, &offsets);
        assert_eq!(cells_by_restriction(&forms, NO_LIMIT), Some(natural(expected)));
        let rows: Vec<_> = forms.into_iter().map(|form| form.coefficients).collect();
        let sets = independent_sets(&rows, NO_LIMIT).expect("no limit");
        assert_eq!(sets.into_iter().sum::<Natural>(), natural(255));
    }
}

/// Small whole filters attain the maximum on four planes: lower bounds with a witness.
#[test]
fn explicit_filters_attain_the_table() {
    let cases: [([usize; 6], Filters, u128); 4] = [
        ([3, 3, 1, 2, 2, 1], (&[&[1, 2, 3, 5], &[2, 7, 1, 4]], &[1, -1]), 255),
        ([3, 3, 1, 2, 2, 1], (&[&[1, 2, 3, 5], &[2, 7, 1, 4], &[5, -3, 8, 1]], &[1, -1, 2]), 3998),
        ([3, 4, 1, 2, 2, 1], (&[&[1, 2, 3, 5], &[2, 7, 1, 4]], &[1, -1]), 4061),
        ([3, 5, 1, 2, 3, 1], (&[&[1, 2, 3, 5, -4, 9], &[2, 7, 1, 4, 6, -5]], &[1, -1]), 4095),
    ];
    for (shape, (filters, offsets), expected) in cases {
        let forms = forms(sliding(shape), filters, offsets);
        assert_eq!(cells_by_restriction(&forms, NO_LIMIT), Some(natural(expected)), "{shape:?}");
    }
}

#[test]
fn deletion_and_restriction_agree_with_linear_programs() {
    let cases: [(Sliding, Filters); 6] = [
        (line(3, 2, 1, 1), (&[&[1, 2], &[3, -1]], &[1, 2])),
        (line(3, 2, 1, 1), (&[&[1, 2], &[3, -1]], &[0, 0])),
        (line(3, 2, 1, 1), (&[&[1, 2], &[1, 2]], &[1, 1])),
        (line(3, 2, 1, 1), (&[&[1, 2], &[-2, -4]], &[1, 1])),
        (line(4, 2, 1, 1), (&[&[1, 0], &[0, 0], &[0, 1]], &[1, 2, 3])),
        (line(3, 2, 1, 1), (&[&[1, 2], &[0, 0]], &[1, 0])),
    ];
    for (sliding, (filters, offsets)) in cases {
        let forms = forms(sliding, filters, offsets);
        let cells = natural(count_cells(sliding.inputs(), &forms).into());
        assert_eq!(cells_by_restriction(&forms, NO_LIMIT), Some(cells), "{filters:?} {offsets:?}");
    }
}

/// Two positions that see all but one number: all their sets are independent. There are as many
/// forms times inputs as are asked at all, or one more.
#[test]
fn the_limit_of_forms_times_inputs_is_where_it_is_said_to_be() {
    let found = |width| sliding([1, width, 1, 1, width - 1, 1]).generic_by_size(1, NO_LIMIT);
    assert_eq!(found(1 << 15), Some([1, 2, 1].map(natural).to_vec()));
    assert_eq!(found((1 << 15) + 1), None);
}
