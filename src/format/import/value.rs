//! What a name of a graph stands for: a constant, or a signal.
//!
//! A signal is a list of entries, each a unit of a stream or a number. What only moves entries
//! (transposing, slicing, padding, joining) makes no layer: it makes another list.

use super::tensor::Tensor;
use crate::exact::Rational;
use std::rc::Rc;

/// A constant or a signal, with all axes, the batch too.
#[derive(Clone)]
pub(super) enum Value {
    /// Numbers.
    Constant(Rc<Tensor>),
    /// Entries that depend on the input.
    Signal(Signal),
}

/// Entries in row-major order.
#[derive(Clone)]
pub(super) struct Signal {
    pub(super) axes: Vec<usize>,
    pub(super) entries: Rc<Vec<Entry>>,
}

/// One entry of a signal.
#[derive(Clone, PartialEq)]
pub(super) enum Entry {
    /// A unit of a stream.
    Unit(u32, u32),
    /// A number.
    Number(Rational),
}

impl Value {
    pub(super) fn constant(tensor: Tensor) -> Self {
        Self::Constant(Rc::new(tensor))
    }

    pub(super) fn signal(axes: Vec<usize>, entries: Vec<Entry>) -> Self {
        Self::Signal(Signal { axes, entries: Rc::new(entries) })
    }

    pub(super) fn axes(&self) -> &[usize] {
        match self {
            Self::Constant(tensor) => &tensor.axes,
            Self::Signal(signal) => &signal.axes,
        }
    }

    /// The same entries with other axes.
    pub(super) fn with_axes(&self, axes: Vec<usize>) -> Self {
        match self {
            Self::Constant(tensor) => Self::constant(Tensor { axes, ..(**tensor).clone() }),
            Self::Signal(signal) => Self::Signal(Signal { axes, entries: signal.entries.clone() }),
        }
    }

    /// The entries from these places, in this order; `fill` where there is none.
    pub(super) fn gathered(
        &self,
        axes: Vec<usize>,
        from: &[Option<usize>],
        fill: &Rational,
    ) -> Self {
        match self {
            Self::Constant(tensor) => {
                let number = |i: &Option<usize>| match i {
                    Some(i) => tensor.numbers[*i].clone(),
                    None => fill.clone(),
                };
                let numbers = from.iter().map(number).collect();
                Self::constant(Tensor { axes, numbers, ..(**tensor).clone() })
            }
            Self::Signal(signal) => {
                let entry = |i: &Option<usize>| match i {
                    Some(i) => signal.entries[*i].clone(),
                    None => Entry::Number(fill.clone()),
                };
                Self::signal(axes, from.iter().map(entry).collect())
            }
        }
    }

    /// The entries, numbers among them.
    pub(super) fn entries(&self) -> Vec<Entry> {
        match self {
            Self::Constant(tensor) => tensor.numbers.iter().cloned().map(Entry::Number).collect(),
            Self::Signal(signal) => signal.entries.to_vec(),
        }
    }
}

impl Signal {
    /// The stream of which this is a permutation, if it is one of all `units(stream)` units.
    pub(super) fn permuted(&self, units: impl Fn(u32) -> usize) -> Option<(u32, Vec<u32>)> {
        let &Entry::Unit(stream, _) = self.entries.first()? else { return None };
        if units(stream) != self.entries.len() {
            return None;
        }
        let mut seen = vec![false; self.entries.len()];
        let mut order = Vec::with_capacity(seen.len());
        for entry in self.entries.iter() {
            match entry {
                Entry::Unit(s, unit) if *s == stream && !seen[*unit as usize] => {
                    seen[*unit as usize] = true;
                    order.push(*unit);
                }
                _ => return None,
            }
        }
        Some((stream, order))
    }
}

/// The product of axes, at most `usize::MAX`.
pub(super) fn product(axes: &[usize]) -> usize {
    axes.iter().fold(1, |product: usize, n| product.saturating_mul(*n))
}

/// The places of all entries of axes `to`, where place `i` along an axis is reached by this step
/// in the source; row-major.
pub(super) fn strided(to: &[usize], steps: &[usize], start: usize) -> Vec<usize> {
    let mut places = vec![start];
    for (size, step) in to.iter().zip(steps) {
        let longer = places.iter().flat_map(|p| (0..*size).map(move |i| p + i * step));
        places = longer.collect();
    }
    places
}

/// How far apart neighbours along each axis lie.
pub(super) fn steps(axes: &[usize]) -> Vec<usize> {
    let mut step = 1;
    let mut steps: Vec<_> = axes
        .iter()
        .rev()
        .map(|n| {
            let own = step;
            step *= n;
            own
        })
        .collect();
    steps.reverse();
    steps
}

/// The axes to which two spread, each missing one or one of size one repeated; `None` if others.
pub(super) fn broadcast(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let rank = a.len().max(b.len());
    let at = |axes: &[usize], i: usize| (i + axes.len()).checked_sub(rank).map_or(1, |i| axes[i]);
    let axis = |i| match (at(a, i), at(b, i)) {
        (x, y) if x == y || y == 1 => Some(x),
        (1, y) => Some(y),
        _ => None,
    };
    (0..rank).map(axis).collect()
}

/// For each entry of `to`, the place in what spreads to it.
pub(super) fn spread(axes: &[usize], to: &[usize]) -> Vec<usize> {
    let own = steps(axes);
    let missing = to.len() - axes.len();
    let step = |i: usize| match i.checked_sub(missing) {
        Some(i) if axes[i] != 1 => own[i],
        _ => 0,
    };
    strided(to, &(0..to.len()).map(step).collect::<Vec<_>>(), 0)
}
