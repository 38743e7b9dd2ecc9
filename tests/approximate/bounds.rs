//! Distances that are known exactly lie between the bounds.

use crease::analysis::enclosure::DomainError;
use crease::approximate::{Expression, Goal, SupError, SupErrorError, sup_error, supremum};
use crease::exact::Rational;
use crease::net::{InputBox, Layer, Network, Shape};

pub fn q(n: i64, d: i64) -> Rational {
    Rational::new(n, d)
}

/// The interpolant of a function at `cells + 1` equidistant nodes of `[-1, 1]`, with one hidden
/// layer.
pub fn interpolant(cells: i64, f: fn(&Rational) -> Rational) -> Network {
    let node = |j: i64| q(2 * j, cells) - Rational::ONE;
    let values: Vec<_> = (0..=cells).map(|j| f(&node(j))).collect();
    let slopes = values.windows(2).map(|pair| (&pair[1] - &pair[0]) * q(cells, 2));
    let mut before = Rational::ZERO;
    let outer = slopes.map(|slope| &slope - std::mem::replace(&mut before, slope.clone()));
    let (outer, biases) = (outer.collect(), (0..cells).map(|j| -node(j)).collect());
    let hidden = Layer::dense(cells as usize, vec![Rational::ONE; cells as usize], biases);
    let layers = vec![hidden, Layer::relu(), Layer::dense(1, outer, vec![values[0].clone()])];
    Network::new(Shape::Flat(1), layers).expect("the layers fit")
}

fn on_the_cube(f: &str, net: &Network, goal: &Goal<'_>) -> SupError {
    let dimension = net.input().units();
    let f = Expression::parse(f, dimension).expect("it is well made");
    let cube = InputBox::cube(dimension, &Rational::ONE);
    sup_error(&f, net, &cube, goal).expect("the function is defined on the cube")
}

fn holds(found: &SupError, exact: &Rational) -> bool {
    found.lower <= *exact && found.upper.as_ref().is_some_and(|upper| exact <= upper)
}

#[test]
fn interpolants_of_the_square_are_off_by_a_quarter_of_a_square_of_a_cell() {
    let tight = Goal { tolerance: q(1, 1000), ..Goal::default() };
    for cells in [1, 2, 3, 7, 10] {
        let found = on_the_cube("x^2", &interpolant(cells, |t| t * t), &tight);
        let exact = q(1, cells * cells);
        assert!(found.is_complete && holds(&found, &exact), "{cells} cells: {found:?}");
        assert!(found.upper.unwrap() <= exact * q(1001, 1000));
    }
}

#[test]
fn an_odd_number_of_cells_misses_the_kink_by_one_cell() {
    for cells in [1, 3, 5, 9] {
        let found = on_the_cube("abs(x)", &interpolant(cells, |t| t.abs()), &Goal::default());
        assert!(holds(&found, &q(1, cells)), "{cells} cells: {found:?}");
        assert_eq!(found.point, [Rational::ZERO]);
    }
}

#[test]
fn what_is_equal_is_off_by_next_to_nothing() {
    let net = interpolant(4, |t| t.abs());
    let dust = q(1, 1 << 40);
    for f in ["abs(x)", "relu(x)+relu(-x)", "max(x,-x)", "-min(x,-x)", "sqrt(x^2)"] {
        let found = on_the_cube(f, &net, &Goal { within: Some(q(1, 1000)), ..Goal::default() });
        assert!(found.upper.as_ref().unwrap() <= &q(1, 1000), "{f}");
        assert!(found.lower <= dust, "{f}: {found:?}");
    }
}

/// The Gaussian and the interpolant of the square: the distance is greatest at an end.
#[test]
fn a_function_of_several_kinds_is_bounded() {
    let net = interpolant(2, |t| t * t);
    let found = on_the_cube("1 - exp(-x^2) + sin(x)*0 + cos(0*x) - 1", &net, &Goal::default());
    // At x = 1 it is 1 / e; at the middle of a cell, more than 1/4 off.
    assert!(found.lower >= q(1, 4) && found.upper.as_ref().unwrap() <= &q(2, 5), "{found:?}");
    assert!(holds(&found, &q(3679, 10_000)), "{found:?}");
}

#[test]
fn a_goal_is_reached_or_refuted() {
    let net = interpolant(3, |t| t.abs());
    let at_most = |within| on_the_cube("abs(x)", &net, &Goal { within, ..Goal::default() });
    let found = at_most(Some(q(1, 2)));
    assert!(found.is_complete && found.upper.unwrap() <= q(1, 2));
    let found = at_most(Some(q(1, 4)));
    assert!(found.is_complete && found.lower > q(1, 4), "a distance of 1/3 is not within 1/4");
}

#[test]
fn work_that_ends_early_says_so() {
    let net = interpolant(7, |t| t * t);
    let goal = Goal { limit: 20, tolerance: q(1, 1000), ..Goal::default() };
    let found = on_the_cube("x^2", &net, &goal);
    assert!(!found.is_complete && holds(&found, &q(1, 49)), "{found:?}");
}

/// Whatever the function and the box: what is called finished has bounds that are near each other,
/// and they hold the distance at every corner and in the middle.
#[test]
fn finished_is_what_the_two_bounds_say() {
    let functions = ["0", "2/3", "|x|^2", "1/(1+|x|^2)", "sqrt(|x|^2+1)-abs(x1)", "0*|x|^2-1/7"];
    let sides = [[q(-1, 1), q(1, 1)], [q(1, 2), q(1, 2)], [q(3, 1), q(7, 2)], [q(0, 1), q(0, 1)]];
    let mut word = 1u64;
    let mut draw = |n: u64| {
        word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (word >> 33) % n
    };
    for case in 0..120 {
        let d = 1 + case % 4;
        let width = 1 + draw(3) as usize;
        let mut small = |n: usize| -> Vec<_> { (0..n).map(|_| q(draw(7) as i64 - 3, 2)).collect() };
        let layers = vec![
            Layer::dense(width, small(width * d), small(width)),
            Layer::relu(),
            Layer::dense(1, small(width), small(1)),
        ];
        let net = Network::new(Shape::Flat(d), layers).expect("the layers fit");
        let ends: Vec<_> = (0..d).map(|_| sides[draw(4) as usize].clone()).collect();
        let (lo, hi) = ends.iter().cloned().map(|[lo, hi]| (lo, hi)).unzip();
        let domain = InputBox::new(lo, hi).expect("the ends are in order");
        let text = functions[draw(6) as usize];
        let f = Expression::parse(text, d).expect("it is well made");
        let goal = Goal { limit: 3000, ..Goal::default() };
        let found = sup_error(&f, &net, &domain, &goal).expect("it is defined everywhere");
        let upper = found.upper.clone().expect("it is bounded");
        let gap = &upper - &found.lower;
        let is_near = gap <= (&upper * q(1, 50)).max(q(1, 1 << 36));
        assert_eq!(found.is_complete, is_near, "{text} on {domain:?}: {found:?}");
        assert!(is_near || d > 2, "{text} on {domain:?} is easy: {found:?}");
        for corner in 0..1u32 << d {
            let at = |(i, [lo, hi]): (usize, &[Rational; 2])| {
                if corner >> i & 1 == 1 { hi.clone() } else { lo.clone() }
            };
            let x: Vec<_> = ends.iter().enumerate().map(at).collect();
            let Some(value) = f.exact(&x) else { continue };
            let distance = (value - net.eval(&x).remove(0)).abs();
            assert!(distance <= upper, "{text} at {x:?}: {found:?}");
        }
    }
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let net = interpolant(2, |t| t * t);
    let cube = |d| InputBox::cube(d, &Rational::ONE);
    let f = Expression::parse("x1+x2", 2).unwrap();
    let error = sup_error(&f, &net, &cube(2), &Goal::default()).unwrap_err();
    assert_eq!(error, SupErrorError::Inputs { function: 2, network: 1 });
    let f = Expression::parse("log(x)", 1).unwrap();
    let error = sup_error(&f, &net, &cube(1), &Goal::default()).unwrap_err();
    let zero = Rational::ZERO;
    let reason = DomainError::LogarithmOfNonPositive(zero.clone());
    assert_eq!(error, SupErrorError::Undefined { point: vec![zero], error: reason });
    assert_eq!(error.to_string(), "at x = 0: the logarithm of 0 does not exist");
    let two = vec![Layer::dense(2, vec![Rational::ONE; 2], vec![])];
    let two = Network::new(Shape::Flat(1), two).unwrap();
    let f = Expression::parse("x", 1).unwrap();
    let error = sup_error(&f, &two, &cube(1), &Goal::default()).unwrap_err();
    assert_eq!(error.to_string(), "the network writes 2 numbers, a function has one value");
}

/// A network that is zero, with a kink that does nothing.
fn zero() -> Network {
    let layers = vec![
        Layer::dense(1, vec![q(1, 1)], vec![]),
        Layer::relu(),
        Layer::dense(1, vec![q(0, 1)], vec![]),
    ];
    Network::new(Shape::Flat(1), layers).expect("the layers fit")
}

#[test]
fn the_supremum_of_a_piecewise_polynomial_is_met_or_enclosed() {
    let on = |f: &str, reach: i64| {
        let f: Expression = f.parse().expect("it is well made");
        supremum(&f, &zero(), &InputBox::cube(1, &q(reach, 1)), 100)
    };
    for (f, reach, expected) in [
        ("x^2 - 1/4", 1, q(3, 4)),
        ("abs(abs(x) - 1/3) - 1", 1, q(1, 1)),
        ("max(x, 1/3)*min(x, 1/7)", 1, q(1, 3)),
        ("relu(x - 1/3)/2", 1, q(1, 3)),
        ("x^3 - 3*x", 2, q(2, 1)),
        ("max(x^2, 1/2)", 1, q(1, 1)),
        ("0*x", 1, q(0, 1)),
        ("|x|^2 - 2*x + 1", 3, q(16, 1)),
    ] {
        let found = on(f, reach).expect("a piecewise polynomial");
        assert_eq!((&found.lower, &found.upper), (&expected, &expected), "{f} at {}", found.point);
    }
    // Greatest where the pieces meet, at the root of 3/2.
    let found = on("min(x^2, 3 - x^2)", 2).expect("a piecewise polynomial");
    let (exact, dust) = (q(3, 2), q(1, 1 << 40));
    assert!(found.lower <= exact && exact <= found.upper, "{found:?}");
    assert!(found.lower < found.upper && &found.upper - &found.lower < dust, "{found:?}");
    for other in ["exp(x)", "sqrt(x + 2)", "1/(x + 3)", "x^65", "pi*x"] {
        assert_eq!(on(other, 1), None, "{other}");
    }
}
