//! A pooled convolution is a shallow network: its seminorm is P times the sum of its products.

use crate::catalogue::prelude::*;
use crate::spline::ridge::{Norm, Ridges};
use std::collections::BTreeSet;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/pooled_convolution", AGAINST_ITS_NOTE)
        .derived_from("ErgenPilanci2021", "abstract: convex programs for convolutional networks"),
    statement: "one convolution, ReLU, the sum over all P positions, hyperplanes of channels that \
                differ  ⟹  RTV2 = P Σ |v| |w|",
    cases: || cases(false, 3..=5).with("length 12", 16, nets(false, 12..=12)),
    hypotheses: &[
        given("no padding", |case: &Case| case.padding == 0)
            .needed("a filter that is cut off at the border has a smaller norm there", || {
                nets(true, 3..=5).cases()
            }),
        given("hyperplanes that differ", Case::are_different)
            .needed("filters that are translates of each other make the same hyperplanes", || {
                translated().cases()
            }),
    ],
    conclusion: |case| equal("RTV2", case.seminorm(false)?, case.copies()),
    twins: &[
        twin("the mean instead of the sum", |case: &Case| {
            equal("RTV2", case.seminorm(true)?, case.copies())
        })
        .because("average pooling divides by P"),
        twin("once a channel", |case: &Case| {
            let positions = Rational::from(case.positions());
            equal("RTV2", case.seminorm(false)?, case.copies() / positions)
        })
        .because("each position is a unit of its own"),
    ],
    well_formed: |case| {
        let fits = (2..=64).contains(&case.length) && case.padding <= 1;
        let fits = fits && !case.channels.is_empty();
        require!(fits, "a length of 2 to 64, padding 0 or 1, channels")?;
        let is_ruled = case.channels.iter().all(Channel::is_ruled);
        require!(is_ruled, "a filter lies along an axis or has its taps in the ratio 3 to 4")
    },
};

/// A channel: a filter of two taps in the ratio 3 to 4 or along an axis, its bias, and what reads
/// it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Channel {
    filter: [Rational; 2],
    bias: Rational,
    outer: Rational,
}

/// A convolution over a line with these channels, summed over its positions.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    length: usize,
    padding: usize,
    channels: Vec<Channel>,
}

impl Case {
    fn positions(&self) -> usize {
        self.length + 2 * self.padding - 1
    }

    fn network(&self, is_mean: bool) -> Network {
        let filters = self.channels.iter().flat_map(|own| own.filter.clone()).collect();
        let biases = self.channels.iter().map(|own| own.bias.clone()).collect();
        let all = Window::line(self.positions());
        let pool = if is_mean { Layer::average_pool(all) } else { Layer::sum_pool(all) };
        let layers = vec![
            Layer::convolution(
                self.channels.len(),
                Window::line(2).padding(self.padding),
                filters,
                biases,
            ),
            Layer::relu(),
            pool,
            Layer::Flatten,
            Layer::dense(
                1,
                self.channels.iter().map(|own| own.outer.clone()).collect(),
                Vec::new(),
            ),
        ];
        Network::new(Shape::Line([1, self.length]), layers).expect("the window fits the line")
    }

    /// The seminorm of the function of the whole signal.
    fn seminorm(&self, is_mean: bool) -> Result<Rational, Undecided> {
        let ridges = Ridges::of_network(&self.network(is_mean));
        let ridges = ridges.map_err(|_| Undecided("the network has more than one hidden layer"))?;
        let cost = ridges.seminorm(Norm::L2, 64);
        cost.value().cloned().ok_or(Undecided("the seminorm is not rational"))
    }

    /// `P Σ |v| |w|`, squared norms being squares of fractions.
    fn copies(&self) -> Rational {
        let norms = self.channels.iter().map(|own| own.outer.abs() * own.length());
        Rational::from(self.positions()) * norms.sum::<Rational>()
    }

    /// No hyperplane of a position of one channel is that of another position or channel.
    fn are_different(&self) -> bool {
        let ridges = Ridges::of_network(&self.network(false));
        let Ok(ridges) = ridges else { return false };
        let planes: Vec<_> = ridges.units.iter().filter_map(|unit| unit.hyperplane()).collect();
        let distinct: BTreeSet<_> = planes.iter().map(|(plane, _)| plane).collect();
        distinct.len() == planes.len()
    }
}

impl Channel {
    /// Along an axis, or of taps in the ratio 3 to 4: then the length is rational.
    fn is_ruled(&self) -> bool {
        let [a, b] = &self.filter;
        a.is_zero() || b.is_zero() || a * Rational::integer(4) == b * Rational::integer(3)
    }

    fn length(&self) -> Rational {
        let [a, b] = &self.filter;
        match (a.is_zero(), b.is_zero()) {
            (true, _) => b.abs(),
            (_, true) => a.abs(),
            // The legs 3 and 4 have the hypotenuse 5.
            _ => dot(&self.filter, &[Rational::new(3, 5), Rational::new(4, 5)]).abs(),
        }
    }
}

fn cases(is_padded: bool, length: Span) -> Cases<Case> {
    nets(is_padded, length).cases()
}

/// Every channel has a bias of its own, a different number of sevenths.
fn nets(is_padded: bool, length: Span) -> impl Strategy<Value = Case> {
    let channel = (numbers::nonzero_integer(3), numbers::nonzero_integer(4), 0usize..3);
    (length, vec(channel, 1..=3)).prop_map(move |(length, channels)| {
        let channel = |(i, (size, outer, kind)): (usize, (Rational, Rational, usize))| {
            let sides = match kind {
                0 => [3, 4],
                1 => [1, 0],
                _ => [0, 1],
            };
            let filter = sides.map(|side| Rational::integer(side) * &size);
            let bias = &size * Rational::new(i as i64 + 1, 7);
            Channel { filter, bias, outer }
        };
        let channels = channels.into_iter().enumerate().map(channel).collect();
        Case { length, padding: usize::from(is_padded), channels }
    })
}

/// Filters (1, 0) and (0, 1) of opposite readers and the same bias.
fn translated() -> impl Strategy<Value = Case> {
    (3usize..=5, numbers::nonzero_integer(3), numbers::nonzero_integer(3)).prop_map(
        |(length, bias, outer)| {
            let channel = |sides: [i64; 2], outer: Rational| Channel {
                filter: sides.map(Rational::integer),
                bias: bias.clone(),
                outer,
            };
            let channels = vec![channel([1, 0], outer.clone()), channel([0, 1], -outer)];
            Case { length, padding: 0, channels }
        },
    )
}
