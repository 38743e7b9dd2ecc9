//! The perceptron: the threshold unit that the convergence theorem finds by making mistakes.

use crate::exact::Rational;
use crate::exact::linear::dot;

/// What a run of the perceptron did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The weights after each mistake, the start first.
    pub weights: Vec<Vec<Rational>>,
    /// The sample of each mistake.
    pub mistaken: Vec<usize>,
    /// Whether a pass was clean, so that the last weights separate the samples.
    pub stopped: bool,
}

impl Run {
    /// The number of mistakes.
    pub fn mistakes(&self) -> usize {
        self.mistaken.len()
    }
}

/// Cycles through the samples, each multiplied by its label `±1`, and adds every `z` with
/// `<w, z> <= 0` to `w`, until a pass is clean or `limit` mistakes are made.
///
/// Shape: `start: [d]`, `signed: [n, d]`. Cost: `O(mistakes n d)` operations.
pub fn run(start: &[Rational], signed: &[Vec<Rational>], limit: usize) -> Run {
    let mut run = Run { weights: vec![start.to_vec()], mistaken: Vec::new(), stopped: false };
    let (mut w, mut clean) = (start.to_vec(), 0);
    for (i, z) in signed.iter().enumerate().cycle() {
        if clean == signed.len() || run.mistakes() == limit {
            break;
        }
        clean += 1;
        if !dot(&w, z).is_positive() {
            clean = 0;
            w.iter_mut().zip(z).for_each(|(w, z)| *w += z);
            run.mistaken.push(i);
            run.weights.push(w.clone());
        }
    }
    run.stopped = clean == signed.len();
    run
}
