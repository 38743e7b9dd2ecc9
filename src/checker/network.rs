//! A network file as the list of gates that a certificate must state, and the comparison of the
//! two.

use crate::circuit::Gate;
use crate::fraction::Fraction;
use crate::limits::MAX_TERMS;
use crate::reader::{Checker, quote};
use crate::verdict::Checked;

/// A network as a list of values.
#[derive(Debug)]
pub struct Network {
    pub(super) inputs: usize,
    pub(super) lines: Vec<Gate>,
    /// The values that are its outputs.
    pub(super) outputs: Vec<usize>,
    /// The sum of the squares of all numbers of its layers.
    pub(super) squares: Fraction,
}

/// Values on the way through the layers: their indices, row-major and channel first.
#[derive(Clone)]
pub(super) struct Signal {
    pub(super) axes: Vec<usize>,
    pub(super) units: Vec<usize>,
}

/// A weight of a sum under construction.
pub(super) type Term = (usize, Fraction);

impl Checker<'_> {
    /// The newest line stands in the network in its place.
    pub(super) fn is_line_of(
        &self,
        network: Option<&Network>,
        inputs: usize,
        lines: &[Gate],
    ) -> Checked<()> {
        let Some(network) = network else { return Ok(()) };
        if network.inputs != inputs {
            let expected = format!("a network of {} inputs", network.inputs);
            return Err(self.is_false(expected, inputs.to_string()));
        }
        let (stated, expected) = (lines.last(), network.lines.get(lines.len() - 1));
        if stated == expected {
            return Ok(());
        }
        let words = |line: Option<&Gate>| quote(&line.map_or("no value".to_owned(), Gate::words));
        let expected = format!("{} as in the network file", words(expected));
        Err(self.is_false(expected, words(stated)))
    }

    /// The number of units of a signal, at least one.
    pub(super) fn size(&self, axes: &[usize]) -> Checked<usize> {
        let size = axes.iter().fold(1, |size: usize, axis| size.saturating_mul(*axis));
        match size {
            0 => Err(self.malformed("a signal with an entry", &format!("{axes:?}"))),
            _ if size > MAX_TERMS => Err(self.too_large(format!("{MAX_TERMS} units"))),
            _ if !(1..=3).contains(&axes.len()) => {
                Err(self.malformed("1 to 3 axes", &axes.len().to_string()))
            }
            _ => Ok(size),
        }
    }

    /// Adds the squares of these numbers of a layer.
    pub(super) fn add_squares(&mut self, net: &mut Network, numbers: &[Fraction]) -> Checked<()> {
        let table = self.table(vec![numbers.to_vec()])?;
        let num = self.dot(table.rows[0].iter().zip(&table.rows[0]))?;
        let den = self.product(&table.den, &table.den)?;
        net.squares = self.plus(&net.squares, &Fraction { num, den })?;
        Ok(())
    }

    /// Appends sums, with a bias for all, for each channel or for each unit.
    pub(super) fn sums(
        &mut self,
        net: &mut Network,
        axes: Vec<usize>,
        sums: Vec<Vec<Term>>,
        bias: Vec<Fraction>,
    ) -> Checked<Signal> {
        let (units, channels) = (sums.len(), if axes.len() == 1 { 1 } else { axes[0] });
        if ![0, 1, channels, units].contains(&bias.len()) {
            let expected = format!("0, 1, {channels} or {units} biases");
            return Err(self.malformed(expected, &bias.len().to_string()));
        }
        self.add_squares(net, &bias)?;
        let start = 1 + net.inputs + net.lines.len();
        for (unit, mut terms) in sums.into_iter().enumerate() {
            if !bias.is_empty() {
                terms.push((0, bias[unit * bias.len() / units].clone()));
            }
            self.spend(16 + 4 * terms.len() as u64)?;
            terms.retain(|(_, weight)| !weight.num.is_zero());
            terms.sort_by_key(|(index, _)| *index);
            net.lines.push(Gate::Sum(terms));
        }
        Ok(Signal { axes, units: (start..start + units).collect() })
    }
}
