//! Data with one input and several outputs, and interpolants of it.

use super::prelude::*;
use crate::spline::univariate::VectorInterpolation;

/// Points with one input and several outputs, and further points of an interpolant, an abscissa and
/// the outputs each.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outputs {
    /// Shape `[n]`, increasing.
    pub x: Vec<Rational>,
    /// Shape `[D, n]`.
    pub outputs: Vec<Vec<Rational>>,
    /// Shape `[k, 1 + D]`.
    pub bends: Vec<Vec<Rational>>,
}

impl Outputs {
    /// Why there is no such interpolant, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        if self.x.len() < 2 || self.outputs.is_empty() {
            return Err("two points at least and an output are expected".to_owned());
        }
        let width = self.outputs.len() + 1;
        if let Some(bend) = self.bends.iter().find(|bend| bend.len() != width) {
            return Err(format!("a bend has {width} numbers, found {}", bend.len()));
        }
        self.problem().map(drop)?;
        self.rival().map(drop)
    }

    /// The points. Errors: they do not increase, or are not as many as the values.
    pub fn problem(&self) -> Result<VectorInterpolation, String> {
        let problem = VectorInterpolation::new(self.x.clone(), self.outputs.clone());
        problem.map_err(|error| error.to_string())
    }

    /// The interpolant through points and bends: the chords of all of them.
    pub fn rival(&self) -> Result<VectorInterpolation, String> {
        let point = |i: usize| {
            let outputs = self.outputs.iter().map(move |output| output[i].clone());
            [self.x[i].clone()].into_iter().chain(outputs).collect()
        };
        let mut all: Vec<Vec<Rational>> = (0..self.x.len()).map(point).collect();
        all.extend(self.bends.iter().cloned());
        all.sort();
        let column = |j: usize| all.iter().map(|row| row[j].clone()).collect();
        let outputs = (1..=self.outputs.len()).map(column).collect();
        VectorInterpolation::new(column(0), outputs).map_err(|error| error.to_string())
    }
}

/// Jumps are Pythagorean, so that lengths are rational; one in three repeats the direction before.
pub fn outputs(count: Span) -> BoxedStrategy<Outputs> {
    let jump = (0usize..5, -2i64..=2, 0usize..3);
    let bend = (0usize..4, -1i64..=1, -1i64..=1);
    vec((jump, bend), count)
        .prop_map(|drawn| {
            let directions = [[3, 4], [4, -3], [5, 12], [1, 0], [0, -1]];
            let (mut slope, mut at) = ([Rational::ZERO, Rational::ZERO], [Rational::ZERO; 2]);
            let (mut x, mut rows) = (vec![Rational::ZERO], vec![at.clone()]);
            let (mut bends, mut last) = (Vec::new(), 0);
            for (i, ((direction, size, like), (place, p, q))) in drawn.into_iter().enumerate() {
                let here = Rational::from(i);
                if place == 0 {
                    let half = Rational::new(1, 2);
                    let off = [p, q].map(Rational::from);
                    let middle = [0, 1].map(|j| &at[j] + &slope[j] * &half + &off[j]);
                    bends.push([&[&here + &half][..], &middle].concat());
                }
                at = [0, 1].map(|j| &at[j] + &slope[j]);
                x.push(here + Rational::ONE);
                rows.push(at.clone());
                last = if like == 0 { last } else { direction };
                let jump = directions[last].map(|entry| Rational::from(entry * size));
                slope = [0, 1].map(|j| &slope[j] + &jump[j]);
            }
            let column = |j: usize| rows.iter().map(|row| row[j].clone()).collect();
            Outputs { x, outputs: vec![column(0), column(1)], bends }
        })
        .boxed()
}
