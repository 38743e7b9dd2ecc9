//! Drawn questions: what the library says of networks, systems, expressions and numbers that a
//! fixed seed draws. The answers are compared with those of `fixtures/edited.txt`.
//!
//! Neither a claim nor a command asks for all of it: some parts serve the tests, others the runs
//! of an experiment that takes minutes.

use super::{drawn_laws, drawn_optima, drawn_regions};
use crate::analysis::definite::Symmetric;
use crate::analysis::enclosure::{self, Enclosure};
use crate::analysis::polynomial::Polynomial;
use crate::approximate::Expression;
use crate::claim::Edited;
use crate::construct::radial::radial;
use crate::construct::ridge_function::RidgeFunction;
use crate::counting::{Sliding, dense, modular};
use crate::engines::CountRegions;
use crate::engines::lp::System;
use crate::exact::Rational;
use crate::generators::networks::{Kind, of_every_kind, of_kind, with_kink, with_point};
use crate::kernel::Channels;
use crate::net::InputBox;
use crate::net::Network;
use crate::net::regions::{Domain, Notion};
use crate::properties::gradient;
use crate::train::float::FloatDescent;
use crate::train::random::Stream;
use crate::train::{DeepFloatDescent, FullyConnected, Logistic, Loss, Samples, TwoLayer, coverage};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::fmt::Debug;

/// A name, and the questions with their answers.
pub type Probe = (&'static str, fn(&mut Edited));

/// Every probe.
pub const PROBES: &[Probe] = &[
    ("networks", networks),
    ("linear programs", systems),
    ("expressions", expressions),
    ("enclosures", enclosures),
    ("laws", drawn_laws::laws),
    ("losses", losses),
    ("definite forms", forms),
    ("polynomials", polynomials),
    ("descent in doubles", descent),
    ("kernels of finite width", kernels),
    ("constructions", constructions),
    ("bounds of dense networks", bounds),
    ("dependent forms", drawn_regions::frames),
    ("numbers of every magnitude", drawn_regions::magnitudes),
    ("shadows of vectors", drawn_regions::shadows),
    ("distances to another label", drawn_optima::distances),
    ("fits of least cost", drawn_optima::fits),
];

/// Notes an answer in full.
pub fn note(edited: &mut Edited, answer: impl Debug) {
    edited.note(&Ok(format!("{answer:?}")));
}

pub fn q(numerator: i64, denominator: i64) -> Rational {
    Rational::new(numerator, denominator)
}

fn draw<T: Debug>(runner: &mut TestRunner, strategy: impl Strategy<Value = T>) -> T {
    strategy.new_tree(runner).expect("the strategies filter nothing").current()
}

/// Networks of every kind of layer, their values, gradients, patterns and regions.
fn networks(edited: &mut Edited) {
    let mut runner = TestRunner::deterministic();
    for kind in Kind::ALL {
        for _ in 0..6 {
            let (net, x) = draw(&mut runner, with_point(of_kind(kind)));
            network(edited, &net, &x);
        }
    }
    for _ in 0..40 {
        let (net, x) = draw(&mut runner, with_point(of_every_kind()));
        network(edited, &net, &x);
        let (net, x) = draw(&mut runner, with_kink(of_every_kind()));
        network(edited, &net, &x);
    }
}

fn network(edited: &mut Edited, net: &Network, x: &[Rational]) {
    let y = net.eval(x);
    let cotangent: Vec<_> = (0..y.len()).map(|i| Rational::from(i + 1)).collect();
    let pattern = net.pattern(x);
    note(edited, (net, x, &y, gradient(net, x, &cotangent), net.affine_on(&pattern), pattern));
    note(edited, [net.squared_norm(), net.depth().into(), net.width().into(), net.units().into()]);
    note(edited, (net.parameter_count(), net.with_parameters(net.parameters()).is_ok()));
    if net.input().units() <= 3 && net.units() <= 12 {
        for notion in [Notion::R1, Notion::R2, Notion::R4, Notion::R6] {
            let range = InputBox::cube(x.len(), &Rational::integer(2));
            note(edited, net.count_regions(notion, &Domain::Box(range)));
        }
    }
}

/// Numbers of a stream, between -8 and 8 with up to two binary places.
pub fn number(random: &mut Stream) -> Rational {
    q(random.below(65) as i64 - 32, 1 << random.below(3))
}

/// Systems with coefficients of every size, those beyond doubles included.
fn systems(edited: &mut Edited) {
    let mut random = Stream::new(1, 0);
    for round in 0..120 {
        let dimension = 1 + round % 4;
        let size = Rational::integer(10).pow([0, 0, 25, 400][round % 4]);
        let mut system = System::new(dimension);
        for index in 0..2 * dimension + 3 {
            let stretch = if random.coin() { size.clone() } else { Rational::ONE };
            let normal = (0..dimension).map(|_| number(&mut random) * &stretch).collect();
            let bound = (number(&mut random) - Rational::integer(1)) * &stretch;
            match random.below(8) {
                0 if index == 0 => system.equal(normal, bound),
                0..=3 => system.below(normal, bound),
                _ => system.at_most(normal, bound),
            }
        }
        for coordinate in 0..dimension {
            let unit = (0..dimension).map(|i| Rational::from(i == coordinate)).collect();
            system.at_most(unit, q(8, 1));
        }
        let form: Vec<_> = (0..dimension).map(|_| number(&mut random)).collect();
        note(edited, (system.feasible(), system.maximize(&form)));
        system.turn(round % system.rows());
        note(edited, (system.dimension(), system.feasible()));
        system.truncate(dimension);
        note(edited, (system.accepts_point(&form), system.maximize(&form)));
    }
}

/// Functions of one and two variables at points and on boxes, and texts that are none.
fn expressions(edited: &mut Edited) {
    let texts = [
        "x1^3-2*x1*x2+1/7",
        "max(x1,x2/3)-min(x1,-x2)+abs(x1-x2)",
        "exp(-x1^2)*sin(3*x2)/(2+cos(x1))",
        "sqrt(1+x1^2)+log(3+x2)-relu(x1-x2)",
        "(2+x1)^(1/3)+(3+x2)^(5/2)-(2+x1)^(-2)",
        "pi*x1-|x|^2+normsq^2",
        "-(-x1)-+x2",
        "1/(x1-x1)",
        "sqrt(x1-9)",
        "log(x2-9)",
        "x1^(1/2)",
        "1.25e3*x1",
        "2^10-x1^0+x2^1",
        "x1^-1",
        "max(x1)",
        "foo(x1)",
        "x3",
        "x1+",
        "(x1",
        "x1^2^2",
        "1/0",
        "0^-1",
        "x1^(1/0)",
        "x1^1000000",
        "|x|",
        "x1 x2",
        "",
    ];
    let points = [[0, 0], [1, -1], [1, 3], [-1, 2], [5, 4]];
    for text in texts {
        let function = match Expression::parse(text, 2) {
            Ok(function) => function,
            Err(error) => {
                edited.note(&Err(error.to_string()));
                continue;
            }
        };
        note(edited, (function.steps(), function.is_radial(), function.uses_squared_norm()));
        for [x, y] in points {
            let point = [q(x, 2), q(y, 3)];
            note(edited, (function.exact(&point), function.enclose(&point, 40)));
            let float = function.nearest(&[x as f64 / 2.0, y as f64 / 4.0]);
            note(edited, (float * 1e9).round());
            let hi = point.iter().map(|x| x + &q(1, 4)).collect();
            let range = InputBox::new(point.to_vec(), hi).expect("the ends are in order");
            note(edited, function.range(&range, 48));
        }
    }
    for text in ["|x|^2-x^3", "exp(x1)/normsq", "max(x,1-x)"] {
        let function = Expression::parse(text, 1).expect("a function of one variable");
        let along = [[q(1, 1), q(-2, 3)], [q(0, 1), q(5, 1)], [q(0, 1), q(0, 1)]];
        note(edited, along.map(|direction| function.along(&direction)));
    }
}

/// Elementary functions at few and at many places, near and far.
fn enclosures(edited: &mut Edited) {
    let far = Rational::integer(10).pow(30);
    let points = [q(0, 1), q(1, 1), q(-7, 3), q(81, 16), q(1, 1000), q(-1, 2), far];
    for x in &points {
        for bits in [3, 60, 200] {
            note(edited, (enclosure::sin(x, bits), enclosure::cos(x, bits)));
            note(edited, (enclosure::sqrt(x, bits), enclosure::ln(x, bits)));
            note(edited, (enclosure::arccos(x, bits), enclosure::erf(x, bits)));
            note(edited, [2, 3, 4, 7, 100].map(|order| enclosure::root(x, order, bits)));
            let small = if x.abs() > Rational::integer(100) { q(-200, 1) } else { x.clone() };
            note(edited, enclosure::exp(&small, bits));
        }
        note(edited, (enclosure::exp(&(x * Rational::integer(10).pow(9)), 8), enclosure::pi(90)));
    }
    let ranges = [[-2, 1], [0, 3], [1, 2], [-5, -4], [2, 2]];
    let ranges = ranges.map(|[lo, hi]| Enclosure::new(q(lo, 1), q(hi, 3).max(q(lo, 1))));
    for a in &ranges {
        for b in &ranges {
            note(edited, (a.sum(b), a.difference(b), a.product(b), a.quotient(b), a.meets(b)));
        }
        note(edited, (a.scale(&q(-2, 7)), a.outward(3), a.width(), a.value().cloned()));
    }
}

/// The losses, where they bend and far from it.
fn losses(edited: &mut Edited) {
    use crate::train::ExactLoss::{Dyadic, Hinge, Rational as Fraction};
    for z in [q(-300, 7), q(-1, 1), q(0, 1), q(1, 3), q(1, 1), q(7, 2), q(40, 1)] {
        for loss in [Dyadic, Hinge, Fraction] {
            note(edited, (Loss::value(&loss, &z), Loss::pull(&loss, &z), loss.is_gentle_at(&z)));
        }
        let logistic = Logistic { bits: 50 };
        note(edited, (logistic.value(&z), logistic.pull(&z)));
    }
}

/// Symmetric forms, definite and not.
fn forms(edited: &mut Edited) {
    let mut random = Stream::new(2, 0);
    for n in 1..5 {
        for shift in [0, 6, 20] {
            let rows: Vec<Vec<_>> =
                (0..n).map(|_| (0..n).map(|_| number(&mut random)).collect()).collect();
            let entry = |i: usize, j: usize| {
                let sum = &rows[i][j] + &rows[j][i];
                Enclosure::point(if i == j { sum + q(shift, 1) } else { sum })
            };
            let form = Symmetric::new(n, entry);
            let x: Vec<_> = (0..n).map(|_| number(&mut random)).collect();
            note(edited, (form.quadratic(&x), form.pivots(20), form.is_definite(20)));
            note(edited, (form.smallest_eigenvalue(12, 30), form.exact().map(|m| m.rank())));
        }
    }
}

/// Polynomials with roots of every kind.
fn polynomials(edited: &mut Edited) {
    let texts: [&[i64]; 7] = [
        &[-6, 11, -6, 1],
        &[1, 0, 2, 0, 1],
        &[0, 0, 3],
        &[5],
        &[2, -3],
        &[1, 2, 3, 4, 5],
        &[-2, 0, 1],
    ];
    let all = texts.map(Polynomial::from_integers);
    for p in &all {
        note(edited, (p.degree(), p.derivative(), p.square_free(), p.rational_roots()));
        let inside = p.distinct_real_roots_in(&q(0, 1), &q(2, 1));
        note(edited, (p.real_roots(), p.conjugate_pairs(), p.distinct_real_roots(), inside));
        note(edited, p.distinct_real_roots_in(&q(1, 1), &q(1, 1)));
        for other in &all {
            note(edited, (p.sum(other), p.difference(other), p.product(other), p.gcd(other)));
            note(edited, p.div_rem(other));
        }
    }
}

/// Deep networks and layers with patches under descent in doubles, and their exact margins.
fn descent(edited: &mut Edited) {
    let mut random = Stream::new(3, 0);
    for layers in [2, 3, 4] {
        let mut row = |inputs: usize| -> Vec<Rational> {
            (0..inputs).map(|_| random.weight() / Rational::integer(4)).collect()
        };
        let hidden: Vec<Vec<Vec<_>>> = (1..layers)
            .map(|l| (0..8).map(|_| row(if l == 1 { 2 } else { 8 })).collect())
            .collect();
        let start = FullyConnected::new(&hidden, &row(8)).expect("the shapes fit");
        let samples = coverage::xor_square();
        let mut run = DeepFloatDescent::new(&start, &samples, &q(1, 2));
        for _ in 0..20 {
            run.step();
        }
        note(edited, (run.margins().to_vec(), run.risk(), run.reached(&q(1, 1000)).is_some()));
        let end = run.rounded().expect("the weights are on the grid");
        note(edited, (end.squared_distances(&start), end.margins(&samples), end.network()));
        note(edited, (end.layers(), end.units(), end.dimension(), run.reached(&q(2, 1)).is_some()));
    }
    let mut patch = || vec![number(&mut random), number(&mut random)];
    let patches: Vec<_> = (0..5).map(|_| vec![patch(), patch()]).collect();
    let weights: Vec<_> = (0..6).map(|_| patch()).collect();
    let samples = Samples { patches, positive: vec![true, false, false, true, true] };
    let outputs = (0..6).map(|s| q(2 * (s % 2) - 1, 1)).collect();
    let start = TwoLayer { weights, outputs, scale: q(1, 2), bias: Vec::new() };
    let mut run = FloatDescent::new(&start, &samples, &q(3, 4));
    for _ in 0..20 {
        run.step();
        note(edited, run.margins());
    }
}

/// Kernels of convolutional networks with few channels.
fn kernels(edited: &mut Edited) {
    let mut random = Stream::new(4, 0);
    for (channels, depth) in [(1, 1), (2, 2), (3, 3)] {
        let mut whole =
            |n: usize| -> Vec<i64> { (0..n).map(|_| random.below(7) as i64 - 3).collect() };
        let filters = (0..depth)
            .map(|layer| {
                (0..channels).map(|_| whole(if layer == 0 { 2 } else { 2 * channels })).collect()
            })
            .collect();
        let network = Channels { filters, output: whole(channels) };
        let [x, y] =
            [whole(4), whole(4)].map(|s| s.into_iter().map(|t| vec![t]).collect::<Vec<_>>());
        note(edited, (network.kernel(&x, &y, &q(3, 1)), network.kernel(&y, &y, &q(1, 1))));
    }
}

/// Parts of constructions that no command prints.
fn constructions(edited: &mut Edited) {
    // More nodes than there may be.
    let made = radial(&|t| (-t).exp(), 2, &q(1, 1), 2, &q(1, 1 << 40));
    note(edited, made.err().map(|error| error.to_string()));
    for length in [1, 2, 3] {
        for error in [q(0, 1), q(1, 4)] {
            let made = radial(&|t| (-t).exp(), 2, &q(1, 1), length, &error);
            note(edited, made.as_ref().err().map(ToString::to_string));
            let Ok(made) = made else { continue };
            note(edited, [made.top(), made.steepest(), made.square_error(), made.added_error()]);
            let x = [q(1, 3), q(-1, 2)];
            let square = made.square().map(|net| net.eval(&x));
            let whole = made.network().map(|net| net.eval(&x));
            note(edited, (made.profile().eval(&x[..1]), square, whole, made.parameter_count()));
        }
    }
    for direction in [vec![q(0, 1); 2], vec![q(1, 2), q(-1, 3)], vec![q(1, 1), q(2, 1), q(-3, 4)]] {
        for (length, error) in [(0, q(1, 5)), (2, q(0, 1)), (2, q(1, 5)), (3, q(1, 3))] {
            let made =
                RidgeFunction::propose(&|t: f64| t.sin(), &direction, &q(1, 1), length, &error);
            note(edited, made.as_ref().err().map(ToString::to_string));
            let Ok(made) = made else { continue };
            note(edited, (made.check(), made.parameters(), made.bound(), made.direction()));
            let x = vec![q(1, 3); direction.len()];
            note(edited, (made.network().eval(&x), made.shallow().eval(&x)));
        }
    }
}

/// Bounds that the literature states and no survey of a shape lists.
fn bounds(edited: &mut Edited) {
    note(edited, [0, 1, 1 << 40].map(|stream| modular::words(stream).take(3).collect::<Vec<_>>()));
    // As many forms times inputs as are asked at all, and one more.
    for width in [1 << 15, (1 << 15) + 1] {
        let window = Sliding::new([1, width], 1, [1, width - 1], [1, 1]);
        note(edited, window.map(|window| window.generic_by_size(1, 100)));
    }
    let shapes: [&[usize]; 6] = [&[1], &[3], &[2, 3], &[4, 1], &[3, 3, 2], &[5, 4]];
    for widths in shapes {
        for inputs in 0..5 {
            note(edited, (dense::signs_lower(inputs, widths), dense::line_maximum(inputs, widths)));
            note(edited, [2, 3].map(|rank| dense::maxout_upper(inputs, widths, rank)));
            note(
                edited,
                (dense::montufar_lower(inputs, widths), dense::serra_lower(inputs, widths)),
            );
            note(
                edited,
                (dense::montufar_upper(inputs, widths), dense::serra_upper(inputs, widths)),
            );
            note(edited, (dense::pairs_upper(inputs, widths), dense::trivial_upper(widths)));
            note(edited, dense::central_cells(widths[0], inputs));
        }
        note(edited, (dense::arora_upper(widths), dense::telgarsky_upper(widths[0], 3)));
    }
}
