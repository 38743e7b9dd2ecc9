//! The nearest point of every activation cell, one after the other.

use super::{asked, question};
use crease::exact::Rational;
use crease::net::{Activation, Circuit, Layer, Network, Shape, Window};
use crease::robust::nearest::{self, Side};
use crease::robust::program::Program;
use crease::robust::{Asked, Norm, Question};

type Rows = Vec<Side>;

/// The distance to another label, by all sides of all ReLUs.
fn nearest(network: &Network, question: &Question) -> Option<Rational> {
    let program = Program::new(&Circuit::new(network));
    let (inputs, units) = (program.inputs, program.units.len());
    let mut best: Option<Rational> = None;
    for sides in 0..1u32 << units {
        let unit = |i: usize| {
            let mut rates = vec![Rational::ZERO; inputs];
            rates[i] = Rational::ONE;
            (rates, Rational::ZERO)
        };
        let mut forms: Rows = (0..inputs).map(unit).collect();
        let mut rows: Rows = Vec::new();
        let combined = |row: &crease::robust::program::Row, forms: &Rows| {
            let mut sum = (vec![Rational::ZERO; inputs], row.constant.clone());
            for (entry, weight) in &row.terms {
                sum.0.iter_mut().zip(&forms[*entry].0).for_each(|(x, y)| *x += weight * y);
                sum.1 += weight * &forms[*entry].1;
            }
            sum
        };
        let negative = |(rates, constant): &(Vec<Rational>, Rational)| {
            (rates.iter().map(|x| -x).collect::<Vec<_>>(), -constant)
        };
        for (u, row) in program.units.iter().enumerate() {
            let form = combined(row, &forms);
            if sides >> u & 1 == 1 {
                rows.push(form.clone());
                forms.push(form);
            } else {
                rows.push(negative(&form));
                forms.push((vec![Rational::ZERO; inputs], Rational::ZERO));
            }
        }
        for (i, (lo, hi)) in
            question.sides.iter().flat_map(|s| s.lo().iter().zip(s.hi())).enumerate()
        {
            let (rates, _) = unit(i);
            rows.push((rates.clone(), -lo));
            rows.push((rates.iter().map(|x| -x).collect(), hi.clone()));
        }
        for other in (0..program.outputs.len()).filter(|other| *other != question.label) {
            let margin = program.outputs[question.label].minus(&program.outputs[other]);
            let mut rows = rows.clone();
            rows.push(negative(&combined(&margin, &forms)));
            let found = nearest::nearest(&rows, &question.point, question.norm);
            best = best.into_iter().chain(found).min();
        }
    }
    best
}

struct Draw(u64);

impl Draw {
    fn below(&mut self, n: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) % n as u64) as i64
    }

    fn numbers(&mut self, count: usize, denominator: i64) -> Vec<Rational> {
        (0..count).map(|_| Rational::new(self.below(9) - 4, denominator)).collect()
    }
}

/// Networks of one or two hidden layers, with all kinds of bends.
fn network(draw: &mut Draw, round: usize) -> Network {
    let inputs = 1 + round % 3;
    let denominator = [1, 2, 3, 7][round / 3 % 4];
    let outputs = 2 + round % 2;
    let mut dense = |outputs: usize, inputs: usize| {
        Layer::dense(outputs, draw.numbers(outputs * inputs, denominator), draw.numbers(outputs, 2))
    };
    let layers = match round % 5 {
        0 | 1 => vec![dense(4, inputs), Layer::relu(), dense(outputs, 4)],
        2 => vec![
            dense(3, inputs),
            Layer::relu(),
            dense(3, 3),
            Layer::Activation(Activation::leaky_relu(Rational::new(1, 3))),
            dense(outputs, 3),
        ],
        3 => vec![
            dense(2, inputs),
            Layer::Activation(Activation::hard_tanh()),
            dense(2, 2),
            Layer::Activation(Activation::absolute_value()),
            dense(outputs, 2),
        ],
        _ => vec![
            dense(4, inputs),
            Layer::relu(),
            Layer::Reshape(Shape::Line([1, 4])),
            Layer::MaxPool(Window::line(2).stride(2)),
            Layer::Flatten,
            dense(outputs, 2),
        ],
    };
    Network::new(Shape::Flat(inputs), layers).expect("the layers fit")
}

#[test]
fn the_distance_is_that_of_all_cells() {
    let mut draw = Draw(7);
    let (mut found, mut zero, mut nothing) = (0, 0, 0);
    for round in 0..120 {
        let network = network(&mut draw, round);
        let inputs = network.input().units();
        let point = draw.numbers(inputs, [1, 2, 3][round % 3]);
        let label = Asked::new(&network).label(&point);
        let radius = (round % 4 != 0).then_some(4);
        for norm in Norm::ALL {
            let question = question(&point, label, norm, radius.or(Some(1 << 10)));
            let expected = nearest(&network, &question);
            let (answer, _) = asked(&network, &question);
            assert!(answer.is_exact(), "round {round}, {norm}: {answer:?}");
            assert_eq!(answer.lower, expected, "round {round}, {norm}");
            // The oldest bound is one, and infinite only if the distance is.
            let asked = Asked::new(&network);
            let bound = asked.ask(question).expect("it was asked before").lipschitz_bound();
            let is_less = expected.as_ref().is_none_or(|x| bound.is_some_and(|bound| bound <= *x));
            assert!(is_less, "round {round}, {norm}");
            match expected {
                None => nothing += 1,
                Some(x) if x.is_zero() => zero += 1,
                Some(_) => found += 1,
            }
        }
    }
    let counts = format!("{found} found, {zero} zero, {nothing} none");
    assert!(found > 150 && zero > 2 && nothing > 5, "{counts}");
}

/// The foot of a perpendicular is that of the nearest of all intersections of sides.
#[test]
fn a_foot_is_the_nearest_of_all_intersections() {
    use crease::exact::linear::{Matrix, dot};
    let mut draw = Draw(11);
    let (mut feet, mut empty) = (0, 0);
    for round in 0..400 {
        let inputs = 1 + round % 3;
        let side = |draw: &mut Draw| (draw.numbers(inputs, 3), draw.numbers(1, 2)[0].clone());
        let sides: Rows = (0..2 + round % 5).map(|_| side(&mut draw)).collect();
        let center = draw.numbers(inputs, 2);
        let mut best: Option<Rational> = None;
        for chosen in 0..1u32 << sides.len() {
            let tight = (0..sides.len()).filter(|r| chosen >> r & 1 == 1).map(|r| &sides[r]);
            let tight: Vec<_> = tight.collect();
            let mut point = center.clone();
            if !tight.is_empty() {
                let gram = |(a, _): &&Side| tight.iter().map(|(b, _)| dot(a, b)).collect();
                let right: Vec<_> = tight.iter().map(|(a, b)| -(dot(a, &center) + b)).collect();
                let gram = Matrix::from_rows(tight.iter().map(gram).collect());
                let Some(solved) = gram.solve(&right) else { continue };
                for ((a, _), y) in tight.iter().zip(&solved) {
                    point.iter_mut().zip(a).for_each(|(x, a)| *x += a * y);
                }
            }
            if sides.iter().all(|(a, b)| !(dot(a, &point) + b).is_negative()) {
                best = best.into_iter().chain([Norm::L2.distance(&point, &center)]).min();
            }
        }
        match nearest::foot(&sides, &center) {
            nearest::Foot::Point(point, y) => {
                feet += 1;
                assert_eq!(Some(Norm::L2.distance(&point, &center)), best, "round {round}");
                assert!(y.iter().all(|y| !y.is_negative()), "round {round}");
            }
            nearest::Foot::Empty(y) => {
                empty += 1;
                assert_eq!(best, None, "round {round}");
                assert!(y.iter().all(|y| !y.is_negative()), "round {round}");
                let sum = sides.iter().zip(&y).map(|((_, b), y)| b * y).sum::<Rational>();
                assert!(sum.is_negative(), "round {round}");
            }
        }
    }
    assert!(feet > 100 && empty > 20, "{feet} feet, {empty} empty");
}
