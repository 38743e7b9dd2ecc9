//! The oldest bound of the distance from below: how far the label leads, over how fast that can
//! change. Source: C. Szegedy et al., "Intriguing properties of neural networks" (2014), with sums
//! over paths in place of products of the norms of layers.

use super::program::{Program, Row};
use super::{Norm, Ready};
use crate::exact::Rational;

impl Ready<'_> {
    /// No point that is closer has another label; for l2 the square. `None` if no output changes
    /// with the inputs.
    ///
    /// It is the least lead of the label over another one, divided by the dual norm of what the
    /// inputs can add to it: of each input the sum of `|weights|` along all paths. Cost: one step a
    /// term and label.
    pub fn lipschitz_bound(&self) -> Option<Rational> {
        let (program, norm) = (self.program, self.question.norm);
        let entries = program.entries(&self.question.point);
        let bounds = self.margins.iter().filter_map(|(_, row)| {
            let lead = row.at(&entries).max(Rational::ZERO);
            let constant = dual(norm, &slopes(program, row));
            let lead = if norm == Norm::L2 { &lead * &lead } else { lead };
            (!constant.is_zero()).then(|| lead / constant)
        });
        bounds.min()
    }
}

/// Of each input the most that a row can change with it.
fn slopes(program: &Program, row: &Row) -> Vec<Rational> {
    let mut most = vec![Rational::ZERO; program.inputs + program.units.len()];
    row.terms.iter().for_each(|(i, weight)| most[*i] += weight.abs());
    for (unit, row) in program.units.iter().enumerate().rev() {
        let own = std::mem::take(&mut most[program.inputs + unit]);
        if !own.is_zero() {
            row.terms.iter().for_each(|(i, weight)| most[*i] += weight.abs() * &own);
        }
    }
    most.truncate(program.inputs);
    most
}

/// The dual norm of a vector without negative entries, for l2 its square.
fn dual(norm: Norm, slopes: &[Rational]) -> Rational {
    match norm {
        Norm::Linf => slopes.iter().sum(),
        Norm::L1 => slopes.iter().max().cloned().unwrap_or(Rational::ZERO),
        Norm::L2 => slopes.iter().map(|slope| slope * slope).sum(),
    }
}
