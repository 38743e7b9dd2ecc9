//! Critical points of networks of linear layers, with data whose singular directions are rational.

use super::prelude::*;
use crate::train::linear_layers::LinearLayers;

/// Data `X` and `Y = U D T + R`, with `T` the rows of `X` made orthogonal, `U` a reflection, `D`
/// diagonal and the rows of `R` orthogonal to those of `X`, and the critical point that keeps some
/// of the directions.
///
/// The first layer takes the kept directions out of `X`, the last one puts them where `Y` has them,
/// and the layers between hand them on. Bases of the hidden layers are changed at will.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Critical {
    /// `X: [n, N]`, rows independent, one column a sample.
    pub inputs: Vec<Vec<Rational>>,
    /// The vector, `[m]`, whose reflection is `U`.
    pub mirror: Vec<Rational>,
    /// The diagonal of `D`, `[min(m, n)]`.
    pub scales: Vec<Rational>,
    /// Which directions are kept, `[min(m, n)]`.
    pub kept: Vec<bool>,
    /// For each hidden layer a square matrix: what is below its diagonal, beside ones, times what
    /// is above, beside ones, is the change of basis.
    pub mixing: Vec<Vec<Vec<Rational>>>,
    /// `[m, N]`, or nothing: what is orthogonal to the inputs in it is `R`, which no weights reach.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rest: Vec<Vec<Rational>>,
}

impl Critical {
    /// The width of every hidden layer.
    pub fn widths(&self) -> impl Iterator<Item = usize> {
        self.mixing.iter().map(Vec::len)
    }

    /// The least width of a hidden layer. Panics without one.
    pub fn least_width(&self) -> usize {
        self.widths().min().expect("there is a hidden layer")
    }

    /// How many directions are kept.
    pub fn rank(&self) -> usize {
        self.kept.iter().filter(|kept| **kept).count()
    }

    /// The eigenvalues of `Y X^T (X X^T)^-1 X Y^T`: what a direction explains.
    pub fn explained(&self) -> Vec<Rational> {
        let (orthogonal, _) = orthogonalised(&self.inputs);
        self.scales.iter().zip(&orthogonal).map(|(d, t)| d * d * dot(t, t)).collect()
    }

    /// What the kept directions and those that are not explain.
    pub fn split(&self) -> [Vec<Rational>; 2] {
        let explained = self.explained();
        [true, false].map(|wanted| {
            let those = explained.iter().zip(&self.kept).filter(|(_, kept)| **kept == wanted);
            those.map(|(value, _)| value.clone()).collect()
        })
    }

    /// Whether no choice of as many directions as fit explains more.
    pub fn is_global(&self) -> bool {
        let [kept, missed] = self.split();
        let room = self.least_width().min(self.kept.len());
        let mut all: Vec<_> = kept.iter().chain(&missed).cloned().collect();
        all.sort();
        all.iter().rev().take(room).sum::<Rational>() == kept.iter().sum::<Rational>()
    }

    /// The critical point. Panics unless [`Self::check`] accepts.
    pub fn network(&self) -> LinearLayers {
        let kept = (0..self.kept.len()).filter(|&s| self.kept[s]);
        self.with_units(kept.map(|s| (s, self.scales[s].clone(), Rational::ONE)).collect())
    }

    /// The critical point, with the first spare unit of every layer moved by `step` along a
    /// direction that is missed. Panics unless there are spare units, and [`Self::check`] accepts.
    pub fn moved(&self, direction: usize, step: &Rational) -> LinearLayers {
        let kept = (0..self.kept.len()).filter(|&s| self.kept[s]);
        let mut units: Vec<_> = kept.map(|s| (s, self.scales[s].clone(), Rational::ONE)).collect();
        let signed = if self.scales[direction].is_negative() { -step } else { step.clone() };
        units.push((direction, signed, step.clone()));
        self.with_units(units)
    }

    /// For each unit its direction, its factor in the first layer, and that in all others.
    fn with_units(&self, units: Vec<(usize, Rational, Rational)>) -> LinearLayers {
        let (orthogonal, change) = orthogonalised(&self.inputs);
        let (mirror, n) = (reflection(&self.mirror), self.inputs.len());
        let m = self.mirror.len();
        let scaled = |row: &[Rational], by: &Rational| row.iter().map(|x| x * by).collect();
        let directions = (0..m).map(|i| match self.scales.get(i) {
            Some(scale) => scaled(&orthogonal[i], scale),
            None => vec![Rational::ZERO; orthogonal[0].len()],
        });
        let mut targets = mirror.product(&Matrix::from_rows(directions.collect()));
        for (i, row) in self.rest.iter().enumerate() {
            let beside = orthogonal.iter().fold(row.clone(), |row, t| less_its_part(row, t).0);
            beside.into_iter().enumerate().for_each(|(j, x)| targets[(i, j)] += x);
        }
        let widths: Vec<_> = [n].into_iter().chain(self.widths()).chain([m]).collect();
        let last = widths.len() - 2;
        let bases: Vec<_> = self.mixing.iter().map(|mixing| basis(mixing)).collect();
        let weights = (0..=last).map(|l| {
            let mut block = Matrix::zero(widths[l + 1], widths[l]);
            for (unit, (s, first, later)) in units.iter().enumerate() {
                match l {
                    0 => (0..n).for_each(|j| block[(unit, j)] = first * &change[*s][j]),
                    _ if l == last => {
                        (0..m).for_each(|i| block[(i, unit)] = later * &mirror[(i, *s)]);
                    }
                    _ => block[(unit, unit)] = later.clone(),
                }
            }
            if l < last {
                block = bases[l].0.product(&block);
            }
            if l > 0 { block.product(&bases[l - 1].1) } else { block }
        });
        LinearLayers {
            weights: weights.collect(),
            inputs: Matrix::from_rows(self.inputs.clone()),
            targets,
        }
    }

    /// Why this is no critical point, or too large a one, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let (n, m) = (self.inputs.len(), self.mirror.len());
        let samples = numbers::length_of_first(&self.inputs, "there is an input at least")?;
        let (least, most) = (n.min(m), n.max(m).max(samples));
        let is_square = |mixing: &Vec<Vec<_>>| mixing.iter().all(|row| row.len() == mixing.len());
        let complaint = if least == 0 || most > 6 {
            "1 to 6 inputs, outputs and samples"
        } else if self.inputs.iter().any(|row| row.len() != samples)
            || Matrix::from_rows(self.inputs.clone()).rank() < n
        {
            "the rows of the inputs are independent"
        } else if self.mirror.iter().all(Rational::is_zero) {
            "a reflection needs a vector that is not zero"
        } else if self.scales.len() != least || self.kept.len() != least {
            "as many scales and choices as inputs or outputs, whichever are fewer"
        } else if self.mixing.is_empty() || !self.mixing.iter().all(is_square) {
            "one square matrix at least, one a hidden layer"
        } else if self.mixing.len() > 4 || self.widths().any(|width| !(1..=16).contains(&width)) {
            "1 to 4 hidden layers of 1 to 16 units"
        } else if !self.rest.is_empty()
            && (self.rest.len() != m || self.rest.iter().any(|row| row.len() != samples))
        {
            "beside the targets a number for each output and sample, or nothing"
        } else if self.rank() > self.least_width() {
            "every hidden layer has a unit for each kept direction"
        } else {
            return Ok(());
        };
        Err(complaint.to_owned())
    }
}

/// The rows made orthogonal one after the other, and the matrix that does it.
fn orthogonalised(rows: &[Vec<Rational>]) -> (Vec<Vec<Rational>>, Vec<Vec<Rational>>) {
    let [mut orthogonal, mut change]: [Vec<Vec<Rational>>; 2] = Default::default();
    for (i, row) in rows.iter().enumerate() {
        let mut row = row.clone();
        let mut by: Vec<_> = (0..rows.len()).map(|j| Rational::from(i == j)).collect();
        for (t, c) in orthogonal.iter().zip(&change) {
            let factor;
            (row, factor) = less_its_part(row, t);
            by.iter_mut().zip(c).for_each(|(x, c)| *x -= &factor * c);
        }
        orthogonal.push(row);
        change.push(by);
    }
    (orthogonal, change)
}

/// The row without its part along `t`, and the factor of that part.
fn less_its_part(mut row: Vec<Rational>, t: &[Rational]) -> (Vec<Rational>, Rational) {
    let factor = dot(&row, t) / dot(t, t);
    row.iter_mut().zip(t).for_each(|(x, t)| *x -= &factor * t);
    (row, factor)
}

/// The reflection `I - 2 v v^T / |v|^2`.
fn reflection(v: &[Rational]) -> Matrix {
    let mut result = Matrix::identity(v.len());
    let factor = Rational::integer(2) / dot(v, v);
    for i in 0..v.len() {
        for j in 0..v.len() {
            result[(i, j)] -= &factor * &v[i] * &v[j];
        }
    }
    result
}

/// A regular matrix and its inverse.
fn basis(mixing: &[Vec<Rational>]) -> (Matrix, Matrix) {
    let k = mixing.len();
    let part = |is_part: fn(usize, usize) -> bool| {
        let mut part = Matrix::identity(k);
        for i in 0..k {
            for j in (0..k).filter(|&j| is_part(i, j)) {
                part[(i, j)] = mixing[i][j].clone();
            }
        }
        part
    };
    let basis = part(|i, j| j < i).product(&part(|i, j| j > i));
    let column = |j: usize| {
        let unit: Vec<_> = (0..k).map(|i| Rational::from(i == j)).collect();
        basis.solve(&unit).expect("a product of triangles with ones on the diagonal is regular")
    };
    let inverse = Matrix::from_rows((0..k).map(column).collect()).transpose();
    (basis, inverse)
}

/// How large critical points are drawn.
#[derive(Clone)]
pub struct Sizes {
    /// Inputs, and outputs.
    pub ends: Span,
    /// The number of hidden layers.
    pub hidden: Span,
    /// How many units more than kept directions a hidden layer has.
    pub spare: Span,
    /// The largest number.
    pub most: i64,
}

/// Critical points; `arrange` may choose which directions are kept, knowing what they explain.
pub fn critical(sizes: Sizes, arrange: fn(&mut Critical)) -> BoxedStrategy<Critical> {
    let Sizes { ends, hidden, spare, most } = sizes;
    let widest = (ends.end() + spare.end()).max(6);
    (ends.clone(), ends, hidden, 0..=1usize)
        .prop_flat_map(move |(n, m, hidden, more)| {
            let least = n.min(m);
            let spares = vec(spare.clone(), hidden);
            let inputs = vec(numbers::integers(n + more, most), n);
            let mirror = numbers::integers(m, 1);
            let scales = vec(numbers::fraction(most, 1), least);
            let mixing = vec(numbers::integers(widest * widest, 1), hidden);
            let rest = vec(numbers::integers(n + more, most), m);
            (inputs, mirror, scales, vec(any::<bool>(), least), spares, mixing, rest)
        })
        .prop_map(move |(mut inputs, mut mirror, scales, kept, spares, mixed, rest)| {
            // Ones before the diagonal make the rows independent, whatever stands behind it.
            for (i, row) in inputs.iter_mut().enumerate() {
                row[..i].fill(Rational::ZERO);
                row[i] = Rational::ONE;
            }
            if mirror.iter().all(Rational::is_zero) {
                mirror[0] = Rational::ONE;
            }
            let mixing = Vec::new();
            let mut critical = Critical { inputs, mirror, scales, kept, mixing, rest };
            critical.mixing = vec![vec![vec![Rational::ZERO; 6]; 6]];
            arrange(&mut critical);
            let rank = critical.rank();
            let square = |(spare, mixed): (usize, Vec<Rational>)| {
                let width = (rank + spare).max(1);
                mixed.chunks(widest).take(width).map(|row| row[..width].to_vec()).collect()
            };
            critical.mixing = spares.into_iter().zip(mixed).map(square).collect();
            critical
        })
        .boxed()
}

/// Keeps the directions that explain most.
pub fn keep_the_greatest(critical: &mut Critical) {
    let (explained, rank) = (critical.explained(), critical.rank());
    let mut order: Vec<_> = (0..explained.len()).collect();
    order.sort_by(|&i, &j| explained[j].cmp(&explained[i]).then(i.cmp(&j)));
    for (place, &direction) in order.iter().enumerate() {
        critical.kept[direction] = place < rank;
    }
}

/// Keeps the directions that explain least.
pub fn keep_the_least(critical: &mut Critical) {
    critical.kept.iter_mut().for_each(|kept| *kept = !*kept);
    keep_the_greatest(critical);
    critical.kept.iter_mut().for_each(|kept| *kept = !*kept);
}

/// Any choice.
pub fn keep_any(_: &mut Critical) {}

/// Some directions kept although one that is missed explains more.
pub fn keep_the_wrong_ones(critical: &mut Critical) {
    let last = critical.kept.len() - 1;
    critical.kept[0] |= critical.rank() == 0;
    critical.kept[last] &= critical.rank() <= last;
    keep_the_least(critical);
    let [kept, missed] = critical.split();
    if missed.iter().max() <= kept.iter().min() {
        // What is missed explains something, what is kept nothing.
        let pairs = critical.scales.iter_mut().zip(&critical.kept);
        pairs.for_each(|(scale, kept)| *scale = Rational::from(!kept));
    }
}

/// Takes the spare units of the first hidden layer away, if a direction is kept.
pub fn without_spare_units(mut critical: Critical) -> Critical {
    let rank = critical.rank().max(1);
    let first = &mut critical.mixing[0];
    first.truncate(rank);
    first.iter_mut().for_each(|row| row.truncate(rank));
    critical
}
