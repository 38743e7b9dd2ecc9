//! Networks for radial functions against the formulas that they promise.

use crease::construct::radial::{Radial, radial};
use crease::exact::Rational;
use crease::exact::float::nearest;
use crease::net::{InputBox, Layer, Network, Shape};
use crease::properties::{Equality, equal_on_box};

fn q(text: &str) -> Rational {
    text.parse().expect("an exact number")
}

fn parts(inputs: usize, length: usize, layers: usize) -> Radial {
    let values = ["1", "1/2", "-1/3", "2"].map(q).to_vec();
    Radial { inputs, reach: q("3/2"), length, layers, values }
}

/// The interpolant of `t^2` at `cells + 1` equidistant nodes of `[-reach, reach]`.
fn chord(t: &Rational, reach: &Rational, cells: usize) -> Rational {
    let step = reach * q("2") / Rational::from(cells);
    let j = ((t + reach) / &step).floor().min(Rational::from(cells - 1));
    let left = &step * j - reach;
    let right = &left + &step;
    // Through (left, left^2) and (right, right^2).
    (&left + &right) * t - left * right
}

#[test]
fn the_square_is_the_sum_of_interpolants_with_the_stated_error() {
    for (d, s, n) in [(1, 1, 2), (2, 2, 2), (2, 2, 5), (3, 3, 4), (2, 3, 3), (5, 5, 7)] {
        let radial = parts(d, s, n);
        let net = radial.square().expect("it is small");
        let point =
            |k: usize| (0..d).map(move |i| Rational::new((i * 7 + k * 5) as i64 % 25 - 12, 8));
        for x in (0..9).map(|k| point(k).collect::<Vec<_>>()) {
            let sum: Rational = x.iter().map(|t| chord(t, &radial.reach, n)).sum();
            assert_eq!(net.eval(&x), [sum]);
        }
        // In the middle of the first cell of every input.
        let x = vec![&radial.reach / Rational::from(n) - &radial.reach; d];
        let square: Rational = x.iter().map(|t| t * t).sum();
        assert_eq!(net.eval(&x)[0].clone() - square, radial.square_error());
        let corner = vec![radial.reach.clone(); d];
        assert_eq!(net.eval(&corner), [radial.top()]);
    }
}

#[test]
fn the_square_equals_a_shallow_network_on_the_whole_cube() {
    let radial = parts(2, 2, 4);
    let (step, reach) = (q("3/4"), q("3/2"));
    let (mut weight, mut bias, mut outer) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..2 {
        for j in 0..4i64 {
            weight.extend([0, 1].map(|k| Rational::from(i32::from(i == k))));
            bias.push(&reach - &step * Rational::integer(j));
            outer.push(if j == 0 { &step - q("3") } else { q("3/2") });
        }
    }
    let layers = vec![
        Layer::dense(8, weight, bias),
        Layer::relu(),
        Layer::dense(1, outer, vec![radial.top()]),
    ];
    let shallow = Network::new(Shape::Flat(2), layers).expect("the parts fit");
    let cube = InputBox::cube(2, &reach);
    let net = radial.square().expect("it is small");
    assert_eq!(equal_on_box(&net, &shallow, &cube), Equality::Equal);
}

#[test]
fn the_network_is_the_profile_after_the_square() {
    let radial = parts(3, 3, 4);
    let (net, square) = (radial.network().expect("small"), radial.square().expect("small"));
    for k in -4..=4i64 {
        let x = [Rational::new(k, 3), q("1/2"), Rational::new(-k, 5)];
        assert_eq!(net.eval(&x), radial.profile().eval(&square.eval(&x)));
    }
    // The profile has the values at the nodes 0, 9/4, 9/2 and 27/4.
    for (k, y) in radial.values.iter().enumerate() {
        let node = radial.top() * Rational::new(k as i64, 3);
        assert_eq!(&radial.profile().eval(&[node])[0], y);
    }
    assert_eq!(radial.steepest(), q("28/27"));
    assert_eq!(radial.added_error(), q("27/64") * q("28/27"));
}

#[test]
fn parameters_are_counted_without_building() {
    for (d, s, n) in [(1, 1, 2), (2, 2, 5), (3, 3, 4), (2, 4, 3)] {
        let radial = parts(d, s, n);
        let net = radial.network().expect("it is small");
        assert_eq!(radial.parameter_count(), net.parameter_count());
    }
}

#[test]
fn a_bell_in_eight_dimensions_is_met_with_the_promised_growth() {
    let bell = |u: f64| (-u).exp();
    for (d, error) in [(2, "1/10"), (8, "1/50"), (8, "1/200"), (32, "1/50")] {
        let (error, reach) = (q(error), Rational::ONE);
        let radial = radial(&bell, d, &reach, d, &error).expect("it is smooth");
        assert!(radial.added_error() <= &error * q("9/20"));
        let (d, eps) = (d as f64, nearest(&error));
        let growth = d.powf(1.5) / eps.sqrt() + 1.0 / eps;
        let count = radial.parameter_count() as f64;
        assert!(count <= 8.0 * growth, "{count} parameters, {growth}");
    }
    let radial = radial(&bell, 8, &Rational::ONE, 8, &q("1/50")).expect("it is smooth");
    let net = radial.network().expect("it is small");
    for k in 0..6 {
        let x: Vec<_> = (0..8).map(|i| Rational::new((i * 5 + k * 3) % 17 - 8, 8)).collect();
        let square: Rational = x.iter().map(|t| t * t).sum();
        assert!((nearest(&net.eval(&x)[0]) - bell(nearest(&square))).abs() < 0.02);
    }
}

#[test]
fn what_cannot_be_built_is_refused() {
    let root = |u: f64| u.sqrt();
    let refused = |d, reach: &str, s, error: &str| {
        radial(&root, d, &q(reach), s, &q(error)).expect_err("it is refused")
    };
    assert_eq!(refused(0, "1", 1, "1"), "a radial function has an input at least");
    let short = "copies of 3 inputs are 3 units apart: expected filters of length 3 at least";
    assert_eq!(refused(3, "1", 2, "1"), format!("{short}, found 2"));
    assert_eq!(refused(1, "0", 2, "1"), "the cube |x_i| <= R needs a positive R, found 0");
    assert_eq!(refused(1, "1", 2, "0"), "the error must be positive, found 0");
    let log = radial(&|u| u.ln(), 2, &Rational::ONE, 2, &q("1/8")).expect_err("no value at 0");
    assert_eq!(log, "as a function of t = |x|^2: no finite value at t = 0");
    let many = "as a function of t = |x|^2: more than 16384 nodes are needed for this error";
    assert_eq!(refused(1, "1", 1, "1/100000"), many);
}
