//! The published count: against its definition, and against numbers computed elsewhere.

use super::{line, natural, sliding};
use crease::counting::transversal::Windows;
use crease::counting::{Sliding, choose};
use crease::exact::{Natural, Rational};

/// The published counts for 1, 2, .. units.
fn row(sliding: Sliding, most: usize) -> Vec<Natural> {
    (1..=most).map(|units| sliding.published_count(units)).collect()
}

fn naturals(numbers: &[u128]) -> Vec<Natural> {
    numbers.iter().copied().map(natural).collect()
}

#[test]
fn lines_give_the_table() {
    let table: &[(Sliding, &[u128])] = &[
        (line(3, 2, 1, 1), &[4, 15, 40, 85, 156, 259, 400, 585]),
        (line(4, 2, 1, 1), &[8, 55, 217, 611, 1396, 2773, 4985, 8317]),
        (line(5, 2, 1, 1), &[16, 200, 1159, 4309, 12236, 29056]),
        (line(5, 3, 1, 1), &[8, 63, 370, 1463, 4376, 10813]),
        (line(6, 3, 2, 1), &[4, 16, 63, 209, 576, 1364]),
        (line(7, 3, 2, 1), &[8, 64, 494, 2863, 12376, 42488]),
        (line(4, 2, 1, 2), &[8, 64, 511, 3715, 21041]),
    ];
    for (sliding, numbers) in table {
        assert_eq!(row(*sliding, numbers.len()), naturals(numbers), "{sliding:?}");
    }
}

#[test]
fn planes_give_the_table() {
    let small = &[16, 256, 4013, 48957, 392096, 2202876, 9493261, 33534153];
    assert_eq!(row(sliding([3, 3, 1, 2, 2, 1]), 8), naturals(small));
    let larger = &[512, 262121, 109178314, 15300894173];
    assert_eq!(row(sliding([4, 4, 1, 2, 2, 1]), 4), naturals(larger));
}

/// Every way of counting agrees with Hall's condition, set by set.
#[test]
fn counts_are_those_of_the_definition() {
    let mut shapes = Vec::new();
    for [h, w] in [[1, 5], [2, 3], [3, 3], [3, 4], [4, 2], [5, 3]] {
        for [f1, f2] in [[1, 1], [1, 2], [2, 1], [2, 2], [2, 3], [3, 2]] {
            for [s1, s2] in [[1, 1], [1, 2], [2, 1], [2, 3]] {
                for depth in [1, 2] {
                    shapes.extend(Sliding::new([h, w], depth, [f1, f2], [s1, s2]));
                }
            }
        }
    }
    shapes.retain(|sliding| sliding.positions() <= 8);
    assert!(shapes.len() > 100);
    for sliding in shapes {
        let windows: Vec<_> = (0..sliding.positions()).map(|p| sliding.window(p)).collect();
        let definition = Windows::new(&windows);
        let most = if sliding.positions() <= 4 { 3 } else { 1 + sliding.positions() % 2 };
        for units in 1..=most {
            let expected = definition.published_count(units as u32);
            let found = sliding.published_count(units);
            assert_eq!(Rational::from(found.clone()), expected, "{sliding:?} with {units}");
            let sizes = sliding.published_by_size_within(units, usize::MAX).expect("no limit");
            assert_eq!(sizes.iter().sum::<Natural>(), found, "{sliding:?} with {units}");
        }
    }
}

/// Decimal digits, the number that the first twelve make, and the residue modulo `10^9 + 7`.
fn digest(n: &Natural) -> (usize, String, u64) {
    let digits = n.to_string();
    let residue = (n % 1_000_000_007u32).to_u64_digits().first().copied().unwrap_or(0);
    (digits.len(), digits.chars().take(12).collect(), residue)
}

#[test]
fn large_lines_give_the_table() {
    let table = [
        (line(1000, 5, 1, 1), 8, (1261, "157145484187", 746745732)),
        (line(1000, 5, 1, 1), 2, (591, "791611686233", 199365608)),
        (line(1000, 3, 1, 1), 3, (767, "233284747123", 564140160)),
        (line(1000, 5, 2, 1), 8, (929, "688928922496", 265434)),
        (line(1000, 5, 1, 2), 8, (1923, "118063785661", 595338788)),
        (line(64, 3, 1, 1), 4, (57, "185855534388", 462906681)),
        (line(224, 7, 2, 3), 64, (952, "847425237486", 418277988)),
    ];
    for (sliding, units, (digits, first, residue)) in table {
        let found = digest(&sliding.published_count(units));
        assert_eq!(found, (digits, first.to_owned(), residue), "{sliding:?} with {units}");
    }
}

#[test]
fn large_planes_give_the_table() {
    let table = [
        ([3, 60, 1, 2, 2, 1], 2, (72, 706537419)),
        ([3, 60, 1, 2, 2, 1], 3, (105, 596584209)),
        ([3, 20, 1, 3, 2, 1], 4, (23, 822747030)),
        ([4, 6, 1, 2, 2, 1], 2, (10, 73041196)),
        ([4, 1000, 1, 2, 2, 1], 3, (2610, 225761719)),
        ([6, 30, 1, 2, 2, 1], 3, (125, 722756837)),
        ([2, 1000, 1, 2, 2, 1], 3, (901, 923682752)),
    ];
    for (shape, units, (digits, residue)) in table {
        let (length, _, rest) = digest(&sliding(shape).published_count(units));
        assert_eq!((length, rest), (digits, residue), "{shape:?} with {units}");
    }
    // Height and width may change places.
    let tall = sliding([20, 3, 1, 2, 3, 1]).published_count(4);
    assert_eq!(tall, sliding([3, 20, 1, 3, 2, 1]).published_count(4));
}

#[test]
fn a_limit_is_answered_with_nothing() {
    assert_eq!(sliding([6, 30, 1, 2, 2, 1]).published_within(3, 1, 50), None);
    assert!(line(1000, 5, 1, 1).published_within(8, 1, 0).is_some());
}

/// `a_P = (2d + 1) a_(P-1) - d (d + 3) / 2 a_(P-2)` for windows of two, moving by one.
#[test]
fn lines_of_pairs_grow_by_a_recurrence() {
    for units in 1..=8usize {
        let counts: Vec<_> = (2..=13).map(|n| line(n, 2, 1, 1).published_count(units)).collect();
        assert_eq!(counts[0], choose(units, 0) + choose(units, 1) + choose(units, 2));
        let before = [natural(1)].into_iter().chain(counts.iter().cloned());
        for ((next, last), first) in counts[1..].iter().zip(&counts).zip(before) {
            let (forward, back) = (2 * units + 1, units * (units + 3) / 2);
            assert_eq!(next + first * back, last * forward, "{units} units");
        }
    }
}

#[test]
fn pieces_give_the_table() {
    let table = [
        ([3, 2, 1, 1, 2], 9),
        ([3, 2, 1, 2, 2], 65),
        ([4, 2, 1, 1, 2], 27),
        ([4, 2, 2, 2, 2], 81),
        ([4, 3, 1, 2, 2], 81),
    ];
    for ([n, f, s, units, kinks], expected) in table {
        let found = line(n, f, s, 1).published_pieces(units, kinks);
        assert_eq!(found, natural(expected), "{n} {f} {s}: {units} units of {kinks} kinks");
    }
}

#[test]
fn the_degree_is_what_the_windows_cover_and_the_top_counts_words() {
    let table = [(3, 2, 6), (4, 2, 42), (4, 3, 14), (5, 2, 360), (5, 3, 170u128)];
    for (n, f, words) in table {
        let sliding = line(n, f, 1, 1);
        assert_eq!(sliding.leading_words(0), Some(natural(words)), "{n} {f}");
        // The last of the finite differences that do not vanish is d! times the coefficient.
        let value = |units| Rational::from(sliding.published_count(units));
        let mut values: Vec<_> = (0..=n + 1).map(value).collect();
        for _ in 0..n {
            values = values.windows(2).map(|pair| &pair[1] - &pair[0]).collect();
        }
        let top = Rational::from(words);
        assert_eq!(values, [top.clone(), top], "{n} {f}");
    }
    let skips = line(5, 1, 2, 1);
    assert_eq!((skips.covered(), skips.inputs()), (3, 5));
}

#[test]
fn sizes_are_log_concave() {
    for sliding in [line(9, 3, 1, 1), line(12, 5, 2, 1), sliding([3, 5, 1, 2, 2, 1])] {
        let sizes = sliding.published_by_size_within(3, usize::MAX).expect("no limit");
        assert_eq!(sizes.len(), 1 + sliding.covered(), "{sliding:?}");
        for three in sizes.windows(3) {
            assert!(&three[1] * &three[1] >= &three[0] * &three[2], "{sliding:?}");
        }
    }
}

/// At a fixed number of positions longer windows admit more, and more forms cut more.
#[test]
fn counts_grow_with_everything() {
    let positions = 4;
    let along =
        |f: usize, depth: usize, units| line(positions + f - 1, f, 1, depth).published_count(units);
    for f in 1..4 {
        for depth in 1..3 {
            for units in 1..4 {
                let here = along(f, depth, units);
                assert!(here <= along(f + 1, depth, units));
                assert!(here <= along(f, depth + 1, units) && here < along(f, depth, units + 1));
            }
        }
    }
    // At a fixed input longer windows have fewer positions.
    assert_eq!(line(5, 2, 1, 1).published_count(2), natural(200));
    assert_eq!(line(5, 3, 1, 1).published_count(2), natural(63));
}

/// Two filters on a box of positions as large as themselves fill it: every set can be matched. With
/// the sweep alone 4x5 taps would store more vectors than there is memory for.
#[test]
fn where_all_forms_are_matched_at_once_nothing_is_stored() {
    for ([rows, columns], units) in [([2, 2], 2), ([3, 4], 2), ([4, 5], 2)] {
        let sliding = sliding([2 * rows - 1, 2 * columns - 1, 1, rows, columns, 1]);
        let all = Natural::from(1u32) << (units * rows * columns);
        assert_eq!(sliding.published_within(units, 1, 0), Some(all), "{sliding:?}");
        // More forms than inputs cannot all be matched.
        assert_eq!(sliding.published_within(units + 2, 1, 0), None, "{sliding:?}");
    }
}
