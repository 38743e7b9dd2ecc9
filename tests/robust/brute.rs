//! The nearest point of every activation cell, one after the other.

use super::{asked, question};
use crease::exact::Rational;
use crease::exact::linear::{Matrix, dot};
use crease::exact::lp::{Optimum, System};
use crease::net::{Activation, Circuit, Layer, Network, Shape, Window};
use crease::robust::program::Program;
use crease::robust::{Asked, Norm, Question};

/// Rows `rates . x + constant >= 0` of a polyhedron.
type Rows = Vec<(Vec<Rational>, Rational)>;

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
            let found = match question.norm {
                Norm::L2 => nearest_square(&rows, &question.point),
                norm => nearest_linear(&rows, &question.point, norm),
            };
            best = best.into_iter().chain(found).min();
        }
    }
    best
}

/// By a linear program: the changes of entries, and what bounds them.
fn nearest_linear(rows: &Rows, center: &[Rational], norm: Norm) -> Option<Rational> {
    let inputs = center.len();
    let bounds = if norm == Norm::Linf { 1 } else { inputs };
    let mut system = System::new(inputs + bounds);
    for (rates, constant) in rows {
        let mut normal: Vec<Rational> = rates.iter().map(|x| -x).collect();
        normal.resize(inputs + bounds, Rational::ZERO);
        system.at_most(normal, constant.clone());
    }
    for i in 0..inputs {
        for sign in [1, -1] {
            let mut normal = vec![Rational::ZERO; inputs + bounds];
            normal[i] = Rational::integer(sign);
            normal[inputs + i % bounds] = -Rational::ONE;
            system.at_most(normal, &center[i] * Rational::integer(sign));
        }
    }
    let mut goal = vec![Rational::ZERO; inputs];
    goal.resize(inputs + bounds, -Rational::ONE);
    match system.maximize(&goal) {
        Optimum::Attained { value, .. } => Some(-value),
        Optimum::Infeasible { .. } => None,
        Optimum::Unbounded { .. } => panic!("distances are not negative"),
    }
}

/// By the feet of perpendiculars on all intersections of rows.
fn nearest_square(rows: &Rows, center: &[Rational]) -> Option<Rational> {
    let holds = |x: &[Rational]| rows.iter().all(|(a, b)| !(dot(a, x) + b).is_negative());
    let mut best: Option<Rational> = None;
    for chosen in 0..1u32 << rows.len() {
        if chosen.count_ones() as usize > center.len() {
            continue;
        }
        let tight: Vec<_> =
            (0..rows.len()).filter(|r| chosen >> r & 1 == 1).map(|r| &rows[r]).collect();
        let mut point = center.to_vec();
        if !tight.is_empty() {
            let left = tight.iter().map(|(a, _)| tight.iter().map(|(b, _)| dot(a, b)).collect());
            let right: Vec<_> = tight.iter().map(|(a, b)| -(dot(a, center) + b)).collect();
            let Some(solved) = Matrix::from_rows(left.collect()).solve(&right) else { continue };
            for ((a, _), y) in tight.iter().zip(&solved) {
                point.iter_mut().zip(a).for_each(|(x, a)| *x += a * y);
            }
        }
        if holds(&point) {
            best = best.into_iter().chain([Norm::L2.distance(&point, center)]).min();
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
    let (mut found, mut zero, mut nothing, mut open) = (0, 0, 0, 0);
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
            if norm == Norm::L2 && !answer.is_exact() {
                // A degenerate tie on a sphere may stay an interval; what it says is true.
                let upper = answer.upper.map(|upper| upper.distance);
                assert!(answer.lower <= expected && expected == upper, "round {round}, {norm}");
                open += 1;
                continue;
            }
            assert!(answer.is_exact(), "round {round}, {norm}: {answer:?}");
            assert_eq!(answer.lower, expected, "round {round}, {norm}");
            match expected {
                None => nothing += 1,
                Some(x) if x.is_zero() => zero += 1,
                Some(_) => found += 1,
            }
        }
    }
    let counts = format!("{found} found, {zero} zero, {nothing} none, {open} open");
    assert!(found > 150 && zero > 2 && nothing > 5 && open < 20, "{counts}");
}
