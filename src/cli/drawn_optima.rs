//! Drawn questions about searches for the best: the nearest point of another label, and fits of
//! least cost. Doubles propose what is proved there, so a search that looks in the wrong place
//! still ends with a true answer; its proof is another one, and that is noted.

use super::drawn::{note, number, q};
use crate::claim::Edited;
use crate::exact::Rational;
use crate::net::{InputBox, Layer, Network, Shape};
use crate::robust::cell::Witness;
use crate::robust::domain::above_root;
use crate::robust::search::Step;
use crate::robust::{Asked, Norm, Question, Scribe, certificate};
use crate::spline::ridge;
use crate::spline::univariate::{Data, Penalised, lambda_max};
use crate::train::random::Stream;

/// The lines of the proofs, finished and not.
struct Lines {
    norm: Norm,
    text: String,
}

impl Scribe for Lines {
    fn begin(&mut self, lower: Option<&Rational>, upper: Option<&Witness>) {
        self.text.push_str(&format!("{lower:?} {upper:?}\n"));
    }
    fn step(&mut self, step: &Step<'_>) {
        self.text.push_str(&certificate::line(step, self.norm));
    }
    fn finish(&mut self) {
        self.text.push_str("end\n");
    }
}

/// Networks of two or three outputs, one or two hidden layers, in every norm, with and without a
/// box; some points are far away from every other label, and some numbers are long.
pub fn distances(edited: &mut Edited) {
    let powers = [0, -2, 3, 200, -220, -320, -700].map(|power| q(10, 1).pow(power));
    note(edited, powers.map(|power| [above_root(&power), above_root(&(power * q(2, 3)))]));
    let mut random = Stream::new(5, 0);
    for round in 0..36 {
        let sizes = [1 + round % 3, 3 + round % 4, [2, 4][round % 2], 2 + round % 2];
        let shift = [q(0, 1), q(0, 1), q(0, 1), Rational::integer(3).pow(60).recip()];
        let mut layers = Vec::new();
        let hidden = if round % 4 == 0 { [0, 1, 3].as_slice() } else { [0, 1, 2, 3].as_slice() };
        for pair in hidden.windows(2) {
            let [from, to] = [sizes[pair[0]], sizes[pair[1]]];
            let mut drawn = |n: usize| -> Vec<_> {
                (0..n).map(|_| number(&mut random) + &shift[round % 4]).collect()
            };
            layers.push(Layer::dense(to, drawn(from * to), drawn(to)));
            layers.push(Layer::relu());
        }
        layers.pop();
        let network = Network::new(Shape::Flat(sizes[0]), layers).expect("the layers fit");
        let point: Vec<_> = (0..sizes[0]).map(|_| number(&mut random)).collect();
        distance(edited, &network, point, &Rational::integer([1, 10, 100][round % 3]));
    }
    // Units that bend at the same place, or at places that doubles do not tell apart.
    for round in 0..24 {
        let inputs = 1 + round % 3;
        let mut drawn = |n: usize| -> Vec<_> { (0..n).map(|_| number(&mut random)).collect() };
        let (form, bias) = (drawn(inputs), drawn(1));
        let (mut weights, mut biases) = (Vec::new(), Vec::new());
        for factor in [q(1, 1), q(-1, 1), q(2, 1), q(-3, 1)] {
            weights.extend(form.iter().map(|x| x * &factor));
            let apart = Rational::integer(3).pow(60).recip() * Rational::from(round % 2);
            biases.push((&bias[0] + apart * factor.abs()) * factor);
        }
        weights.extend(drawn(2 * inputs));
        biases.extend(drawn(2));
        let layers = vec![
            Layer::dense(6, weights, biases),
            Layer::relu(),
            Layer::dense(2, drawn(12), drawn(2)),
        ];
        let network = Network::new(Shape::Flat(inputs), layers).expect("the layers fit");
        let point = drawn(inputs);
        distance(edited, &network, point, &q(10, 1));
    }
}

/// The distance from a point to another label, in every norm, with and without a box around it.
fn distance(edited: &mut Edited, network: &Network, point: Vec<Rational>, reach: &Rational) {
    let asked = Asked::new(network);
    let label = asked.label(&point);
    let ends = |reach: &Rational| point.iter().map(|x| x + reach).collect();
    let around = InputBox::new(ends(&-reach), ends(reach)).expect("the ends are in order");
    for norm in Norm::ALL {
        for sides in [None, Some(around.clone())] {
            let (point, mut lines) = (point.clone(), Lines { norm, text: String::new() });
            let ready = asked.ask(Question { point, label, norm, sides });
            let ready = ready.expect("the question fits the network");
            // What has not been decided by then is an answer, too.
            let answer = ready.distance(&mut lines, &mut |nodes| nodes > 300);
            note(edited, (&answer, answer.is_exact(), ready.margin(), lines.text));
            let believed = ready.believed(reach);
            let near = |length: Option<f64>| length.map(|length| (length * 1e6).round());
            note(edited, (asked.relus(), near(believed.fgsm), near(believed.pgd)));
        }
    }
}

/// Fits through and near data of one to three inputs.
pub fn fits(edited: &mut Edited) {
    let mut random = Stream::new(6, 0);
    for round in 0..24 {
        let count = 4 + round % 7;
        let x: Vec<_> = (0..count).map(|i| q(i as i64 * 4 + random.below(4) as i64, 3)).collect();
        let y: Vec<_> = (0..count).map(|_| number(&mut random)).collect();
        let weights: Vec<_> = (0..count).map(|_| q(1 + random.below(3) as i64, 1)).collect();
        let data = Data::new(x, y).expect("the points differ");
        // At the least price of a line the dual reaches its limit without a knot.
        let least = lambda_max(&data, &weights);
        let lambda = [q(1, 50), q(1, 2), q(7, 1), q(40, 1)][round % 4].clone();
        for lambda in [lambda, least].into_iter().filter(Rational::is_positive) {
            let problem = Penalised::new(data.clone(), weights.clone(), lambda);
            let problem = problem.expect("a weight a point");
            let never = || false;
            for fit in [problem.fit(&never), problem.exactly(&never), problem.enclosed(&never)] {
                note(edited, &fit);
                let Some(fit) = fit else { continue };
                note(edited, (problem.objective(&fit.values), problem.adjoint(&fit.dual)));
            }
        }
    }
    for round in 0..30 {
        let (inputs, count) = (1 + round % 3, 4 + round % 5);
        let mut row = |n: usize| (0..n).map(|_| number(&mut random)).collect::<Vec<_>>();
        let points = (0..count).map(|_| row(inputs)).collect();
        let Ok(data) = ridge::Data::new(points, row(count)) else { continue };
        for norm in [ridge::Norm::L1, ridge::Norm::L2, ridge::Norm::Linf] {
            let skip = if round % 2 == 0 { ridge::Skip::Free } else { ridge::Skip::None };
            for penalty in [None, Some(q(2, 1))] {
                let question = ridge::Question { data: data.clone(), norm, penalty, skip };
                note(edited, ridge::fit(&question, &mut |steps| steps < 500));
            }
        }
    }
}
