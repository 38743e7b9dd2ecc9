//! Pooled channels of translated filters merge, except where the signal ends.

use crate::catalogue::prelude::*;
use crate::spline::ridge::{Norm, Ridges};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/translated_filters", AGAINST_ITS_NOTE)
        .derived_from("ErgenPilanci2021", "the pooled networks of its convex programs"),
    statement: "two channels whose filters are one filter f moved by c, the same bias, readers v \
                and -v, summed over P positions one sample apart  ⟹  RTV2 = 2 min(c, P) |v| |f|",
    cases: || cases(true, 0..=6).with("16 positions", 16, nets(true, 16..=16)),
    hypotheses: &[given("the same bias", |case: &Case| case.biases[0] == case.biases[1])
        .needed("channels of different biases share no hyperplane", || cases(false, 1..=6))],
    conclusion: |case| case.compare(case.shift.min(case.positions())),
    twins: &[
        twin("translates cancel", |case: &Case| case.compare(0)).because(
            "over a signal with ends each keeps the positions that the other does not reach",
        ),
        twin("nothing merges", |case: &Case| case.compare(case.positions()))
            .because("filters that differ can still make the same hyperplanes"),
        twin("twice the shift", |case: &Case| case.compare(case.shift))
            .because("a shift beyond all positions leaves every one of them"),
    ],
    well_formed: |case| {
        require!(taps(case.norm).is_some(), "a norm of 1, 3, 5 or 7, found {}", case.norm)?;
        let fits = case.shift <= 32 && case.more <= 32;
        require!(fits, "a shift and samples up to 32, found {} and {}", case.shift, case.more)
    },
};

/// A filter, how far it is moved inside its window, and the network of the two.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    /// `(1)`, `(3, 4)`, `(1, 2, 2)` or `(2, 3, 6)`, by its number of taps and its norm.
    norm: i64,
    shift: usize,
    /// Samples beyond those of one window.
    more: usize,
    biases: [Rational; 2],
    reader: Rational,
}

/// The filter of whole numbers with this norm.
fn taps(norm: i64) -> Option<&'static [i64]> {
    match norm {
        1 => Some(&[1]),
        3 => Some(&[1, 2, 2]),
        5 => Some(&[3, 4]),
        7 => Some(&[2, 3, 6]),
        _ => None,
    }
}

impl Case {
    fn positions(&self) -> usize {
        self.more + 1
    }

    fn network(&self) -> Option<Network> {
        let filter = taps(self.norm)?;
        let window = filter.len() + self.shift;
        let moved = |offset: usize| {
            let mut numbers = vec![Rational::ZERO; window];
            numbers[offset..offset + filter.len()]
                .iter_mut()
                .zip(filter)
                .for_each(|(number, tap)| *number = Rational::integer(*tap));
            numbers
        };
        let layers = vec![
            Layer::convolution(
                2,
                Window::line(window),
                [moved(0), moved(self.shift)].concat(),
                self.biases.to_vec(),
            ),
            Layer::relu(),
            Layer::sum_pool(Window::line(self.positions())),
            Layer::Flatten,
            Layer::dense(1, vec![self.reader.clone(), -&self.reader], Vec::new()),
        ];
        Network::new(Shape::Line([1, window + self.more]), layers).ok()
    }

    /// The seminorm, against so many pairs of positions.
    fn compare(&self, pairs: usize) -> Conclusion {
        let network = self.network().ok_or(Undecided("the window does not fit"))?;
        let ridges = Ridges::of_network(&network);
        let ridges = ridges.map_err(|_| Undecided("the network has more than one hidden layer"))?;
        let cost = ridges.seminorm(Norm::L2, 64);
        let cost = cost.value().cloned().ok_or(Undecided("the seminorm is not rational"))?;
        let each = self.reader.abs() * Rational::integer(self.norm);
        equal("RTV2", cost, Rational::from(2 * pairs) * each)
    }
}

fn cases(is_shared: bool, more: Span) -> Cases<Case> {
    nets(is_shared, more).cases()
}

/// Biases are shared or, where they need not be, of both signs.
fn nets(is_shared: bool, more: Span) -> impl Strategy<Value = Case> {
    let biases = [numbers::nonzero_integer(3), numbers::nonzero_integer(3)];
    let norms = select(vec![1i64, 3, 5, 7]);
    (norms, 0usize..=4, more, biases, numbers::nonzero_integer(4)).prop_map(
        move |(norm, shift, more, [first, second], reader)| {
            let second = if is_shared { first.clone() } else { second };
            Case { norm, shift, more, biases: [first, second], reader }
        },
    )
}
