//! Kernels of wide networks, and matrices proved definite.

use super::support::panic_message;
use crease::analysis::definite::Symmetric;
use crease::analysis::enclosure::{self, Enclosure};
use crease::exact::Rational;
use crease::kernel::{self, Channels, Image, Points};

fn q(text: &str) -> Rational {
    text.parse().expect("an exact number")
}

fn integers(rows: &[&[i64]]) -> Vec<Vec<Rational>> {
    rows.iter().map(|row| row.iter().map(|&t| t.into()).collect()).collect()
}

fn hexagon() -> Points {
    Points::hexagon(&[0, 1, 2, 3, 4, 5])
}

fn lies_between(x: &Enclosure, low: &str, high: &str) {
    assert!(*x.lo() > q(low) && *x.hi() < q(high), "{low} < {x:?} < {high}");
}

#[test]
fn sharp_angles_are_those_of_the_inverse_cosine() {
    // Squared cosines 3/4 and 1/2 have irrational cosines, 1/4 and 1 have not.
    let rows = [("3/4", "1/6"), ("1/2", "1/4"), ("1/4", "1/3"), ("1", "0")];
    for (square, turns) in rows {
        let cosine = enclosure::sqrt(&q(square), 120).expect("not negative");
        let angle = Enclosure::new(
            enclosure::arccos(cosine.hi(), 100).expect("a cosine").lo().clone(),
            enclosure::arccos(cosine.lo(), 100).expect("a cosine").hi().clone(),
        );
        assert!(angle.meets(&enclosure::pi(100).scale(&q(turns))), "{square}");
        // inner^2 = 3 and squares = 4 is the squared cosine 3/4, whatever the norms.
        let inner = Rational::ONE;
        let squares = q(square).recip();
        assert_eq!(kernel::half_turns(&inner, &squares, 9).value(), Some(&q(turns)));
        let obtuse = kernel::half_turns(&-inner, &squares, 9);
        assert_eq!(obtuse.value(), Some(&(Rational::ONE - q(turns))));
    }
    let blunt = kernel::half_turns(&q("3/5"), &Rational::ONE, 60);
    lies_between(&blunt, "0.295167", "0.295168");
    let text = panic_message(|| kernel::half_turns(&q("2"), &q("1"), 9));
    assert_eq!(text, "no angle has the squared cosine 4");
}

#[test]
fn the_arc_cosine_kernels_have_their_known_values() {
    let at = |u: &str| Enclosure::point(q(u));
    for (u, value) in [("-1", "0"), ("-1/2", "1/3"), ("0", "1/2"), ("1/2", "2/3"), ("1", "1")] {
        assert_eq!(kernel::kappa0(&at(u), 50).value(), Some(&q(value)));
    }
    assert_eq!(kernel::kappa1(&at("-1"), 50).value(), Some(&q("0")));
    assert_eq!(kernel::kappa1(&at("1"), 50).value(), Some(&q("1")));
    // 1 / pi, and 1/3 + sqrt(3) / (2 pi).
    lies_between(&kernel::kappa1(&at("0"), 60), "0.31830988", "0.31830989");
    lies_between(&kernel::kappa1(&at("1/2"), 60), "0.60899777", "0.60899779");
    // Increasing: an enclosure of the cosine is mapped to one of the value.
    let wide = kernel::kappa1(&Enclosure::new(q("0"), q("1/2")), 60);
    lies_between(&wide, "0.3183098", "0.6089978");
}

#[test]
fn depth_and_biases_repair_the_hexagon() {
    let least = |kernel: Symmetric| kernel.smallest_eigenvalue(40, 90);
    assert!(kernel::first_layer(&hexagon(), 0).exact().expect("exact").determinant().is_zero());
    let one = least(kernel::tangent(&hexagon(), 1, 60));
    assert!(one.contains(&Rational::ZERO) && one.width() < q("0.0000001"));
    lies_between(&least(kernel::tangent(&hexagon(), 2, 60)), "0.66645", "0.66646");
    lies_between(&least(kernel::tangent(&hexagon(), 3, 60)), "1.32310", "1.32311");
    // A bias coordinate, and inputs scaled back to norm one: half of the kernel.
    let mut lifted = hexagon();
    lifted.form.iter_mut().for_each(|row| row.push(Rational::ZERO));
    lifted.form.push(integers(&[&[0, 0, 1]]).remove(0));
    lifted.points.iter_mut().for_each(|x| x.push(Rational::ONE));
    assert_eq!(lifted.check(), Ok(()));
    let biased = least(kernel::first_layer(&lifted, 60)).scale(&q("1/2"));
    lies_between(&biased, "0.0676", "0.0677");
}

#[test]
fn the_diagonal_counts_the_layers() {
    let points = Points::plain(integers(&[&[1, 2], &[0, 3], &[-1, 1]]));
    for depth in 0..4 {
        let kernel = kernel::tangent(&points, depth, 60);
        for i in 0..points.len() {
            let expected = points.inner(i, i) * Rational::from(depth + 1);
            assert!(kernel.entry(i, i).contains(&expected));
            assert!(kernel.entry(i, i).width() < q("0.000000001"));
        }
    }
}

#[test]
fn the_kernel_at_lattice_angles_is_rational() {
    let octagon = Points::plain(integers(&[&[1, 0], &[1, 1], &[0, 1], &[-1, 1]]));
    let kernel = kernel::first_layer(&octagon, 0).exact().expect("multiples of 45 degrees");
    let row: Vec<_> = kernel.row(0).iter().map(ToString::to_string).collect();
    assert_eq!(row, ["1/2", "3/8", "0", "-1/8"]);
    assert_eq!(kernel::nullity(&octagon), 0);
    // 3, 4, 5 has no rational angle.
    let slanted = Points::plain(integers(&[&[1, 0], &[3, 4]]));
    assert_eq!(kernel::first_layer(&slanted, 30).exact(), None);
}

#[test]
fn eigenvalues_are_enclosed_and_indefinite_matrices_refused() {
    let points = |rows: &[&[i64]]| {
        let rows = integers(rows);
        Symmetric::new(rows.len(), |i, j| Enclosure::point(rows[i][j].clone()))
    };
    let a = points(&[&[2, 1], &[1, 2]]);
    assert_eq!(a.is_definite(0), Some(true));
    assert_eq!(a.shifted(&q("1")).is_definite(0), Some(false));
    assert_eq!(a.shifted(&q("1001/1000")).is_definite(0), Some(false));
    assert!(a.smallest_eigenvalue(50, 60).contains(&q("1")));
    assert_eq!(a.quadratic(&integers(&[&[1, -3]])[0]).value(), Some(&q("14")));
    let b = points(&[&[0, 1], &[1, 0]]);
    assert_eq!(b.is_definite(0), Some(false));
    assert!(b.smallest_eigenvalue(50, 60).contains(&q("-1")));
    let c = points(&[&[1, 2, 0], &[2, 1, 0], &[0, 0, 9]]);
    assert!(c.smallest_eigenvalue(50, 60).contains(&q("-1")));
    let wide = Symmetric::new(1, |_, _| Enclosure::new(q("-1"), q("1")));
    assert_eq!(wide.is_definite(9), None);
}

fn image(entries: &[i64]) -> Image {
    entries.iter().map(|&t| vec![t.into()]).collect()
}

#[test]
fn one_convolutional_layer_sees_its_windows() {
    let (x, y, taps) = (image(&[1, 0, 2, 1]), image(&[0, 1, -1, 3]), 3);
    let windows = |x: &Image| -> Vec<Vec<Rational>> {
        let n = x.len();
        (0..n).map(|p| (0..taps).map(|t| x[(p + t) % n][0].clone()).collect()).collect()
    };
    let all = Points::plain([windows(&x), windows(&y)].concat());
    let dense = kernel::averaged(&kernel::tangent(&all, 1, 80), x.len());
    let expected = dense.entry(0, 1).scale(&q("1/3"));
    let found = kernel::pooled_tangent(&x, &y, taps, 1, 80);
    assert!(found.meets(&expected) && found.width() < q("0.000000001"));
}

#[test]
fn a_constant_image_is_a_dense_input() {
    let constant = |t: i64| image(&[t; 3]);
    for depth in 1..4 {
        let found = kernel::pooled_tangent(&constant(2), &constant(-3), 2, depth, 80);
        let dense = kernel::tangent(&Points::plain(integers(&[&[2], &[-3]])), depth, 80);
        assert!(found.meets(dense.entry(0, 1)) && found.width() < q("0.000000001"));
    }
}

#[test]
fn circular_shifts_are_not_seen_and_swaps_are() {
    let (x, y) = (image(&[1, 0, 2, 1, -1]), image(&[0, 1, -1, 3, 1]));
    let found = kernel::pooled_tangent(&x, &y, 3, 2, 70);
    let mut shifted = y.clone();
    shifted.rotate_left(2);
    let after = kernel::pooled_tangent(&x, &shifted, 3, 2, 70);
    assert!(found.meets(&after) && found.width() < q("0.0000001"));
    let mut swapped = y.clone();
    swapped.swap(0, 1);
    let other = kernel::pooled_tangent(&x, &swapped, 3, 2, 70);
    assert!(!found.meets(&other));
}

#[test]
fn points_that_do_not_fit_are_refused() {
    let refused = |points: Points| points.check().expect_err("does not fit");
    assert_eq!(
        refused(Points::plain(vec![])),
        "there must be one point of one coordinate at least"
    );
    let text = refused(Points::plain(integers(&[&[1, 2], &[1]])));
    assert_eq!(text, "point 1 has 1 coordinates, the first has 2");
    assert_eq!(refused(Points::plain(integers(&[&[1], &[0]]))), "point 1 is the origin");
    let form = integers(&[&[1, 2], &[2, 1]]);
    let text = refused(Points { form, points: integers(&[&[1, 0]]) });
    assert_eq!(text, "the form is not symmetric and positive definite with 2 rows");
}

/// A signal of one channel with whole entries.
fn whole(entries: &[i64]) -> Vec<Vec<i64>> {
    entries.iter().map(|&t| vec![t]).collect()
}

/// Both numbers computed apart: the finite kernel by difference quotients of every weight in exact
/// fractions, its limit by the recursion in floating point of 25 digits.
#[test]
fn a_finite_network_has_the_kernel_of_its_difference_quotients() {
    let (x, y) = ([1, 0, 2, 1], [0, 1, -1, 3]);
    let network = Channels {
        filters: vec![
            vec![vec![1, -2, 3], vec![2, 1, -3]],
            vec![vec![1, 2, -1, 3, 2, -2], vec![-3, 1, 2, 2, 1, 1], vec![2, -1, 1, -1, 3, 2]],
        ],
        output: vec![1, -2, 3],
    };
    assert_eq!(network.kernel(&whole(&x), &whole(&y), &Rational::ONE), q("2317/18"));
    assert_eq!(network.kernel(&whole(&y), &whole(&x), &q("63")), q("331/10206"));
    for (depth, low, high) in [
        (1, "1.6933919", "1.6933920"),
        (2, "2.5772390", "2.5772391"),
        (3, "3.4266132", "3.4266133"),
    ] {
        lies_between(&kernel::pooled_tangent(&image(&x), &image(&y), 3, depth, 80), low, high);
    }
}

/// The filters of one layer have the dense kernel of all windows, averaged.
#[test]
fn the_filters_of_one_layer_have_the_kernel_of_their_windows() {
    let (x, y) = ([1, 0, 2, 1], [0, 1, -1, 3]);
    let filters = [[1, -2], [3, 1], [-1, 2]];
    let windows = |x: [i64; 4]| {
        integers(&[0, 1, 2, 3].map(|p| vec![x[p], x[(p + 1) % 4]]).each_ref().map(Vec::as_slice))
    };
    let patches = Points::plain([windows(x), windows(y)].concat());
    let units = integers(&filters.each_ref().map(<[i64; 2]>::as_slice));
    let gates = kernel::averaged(&kernel::empirical(&patches, &units), 4);
    let trained = |output: i64| {
        let filters = vec![filters.map(Vec::from).to_vec()];
        let network = Channels { filters, output: vec![output; 3] };
        network.kernel(&whole(&x), &whole(&y), &Rational::ONE)
    };
    // The outputs enter the part of the filters alone, by their squares. The squared scales are 2/3
    // and 1/2, and a sum over three filters is three times a mean.
    let entry = gates.entry(0, 1).value().expect("exact").clone();
    assert_eq!(trained(2) - trained(1), entry * q("3") * q("3") * q("1/3"));
}
