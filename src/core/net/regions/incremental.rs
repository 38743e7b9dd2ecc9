//! An affine step sorted by input: the change of its outputs when a few inputs change.

use super::machine_int::Entry;
use super::program::Step;

/// The terms of an affine step, grouped by input.
#[derive(Clone, Debug)]
pub(super) struct Columns<T> {
    /// Where the terms of each input begin, and the end.
    starts: Vec<usize>,
    /// Output and weight.
    terms: Vec<(u32, T)>,
}

impl<T: Clone> Columns<T> {
    /// The columns of these terms: output, input, weight.
    pub fn new(terms: &[(u32, u32, T)]) -> Self {
        let inputs = terms.iter().map(|(_, i, _)| *i as usize + 1).max().unwrap_or(0);
        let mut starts = vec![0; inputs + 1];
        terms.iter().for_each(|(_, i, _)| starts[*i as usize + 1] += 1);
        (0..inputs).for_each(|i| starts[i + 1] += starts[i]);
        let mut sorted: Vec<_> = terms.iter().collect();
        sorted.sort_by_key(|(_, i, _)| *i);
        Self { starts, terms: sorted.into_iter().map(|(o, _, w)| (*o, w.clone())).collect() }
    }

    /// The outputs that read an input, with their weights.
    pub fn of_input(&self, input: usize) -> &[(u32, T)] {
        match self.starts.get(input + 1) {
            Some(&end) => &self.terms[self.starts[input]..end],
            None => &[],
        }
    }
}

impl<T: Entry> Columns<T> {
    /// The columns of a step; `None` if it is not affine.
    pub fn of(step: &Step<T>) -> Option<Self> {
        let Step::Affine { terms, .. } = step else { return None };
        Some(Self::new(terms))
    }

    /// Adds to the forms `y` what they gain when the form of this input grows by `change`.
    pub fn add(&self, input: usize, change: &[T], y: &mut [T]) {
        for (o, weight) in self.of_input(input) {
            let y = &mut y[*o as usize * change.len()..][..change.len()];
            y.iter_mut().zip(change).for_each(|(y, x)| y.add_product(weight, x));
        }
    }
}
