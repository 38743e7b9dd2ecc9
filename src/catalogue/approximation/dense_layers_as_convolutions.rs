//! Every dense network is a downsampled network of convolutions, up to 2^-30.

use crate::catalogue::prelude::*;
use crate::construct::downsampled::{DenseLayer, DenseNet, Downsampled, downsampled};
use crate::construct::factor::{FactorError, minimal_filter_count};
use crate::construct::prefix::distance_from_two_taps;
use crate::net::{Affine, Map};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/dense_layers_as_convolutions", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020b", "dense networks as downsampled networks")
        .as_printed("exact with real factors; rational ones leave a residual, which is bounded"),
    statement: "s ≥ 2  ⟹  a group of convolutions of degree s for each dense layer, in its \
                linear range and downsampled, equals for |x|_∞ ≤ 1 the layer with rows F~ of \
                its filters, and all differ from the given network by at most 2^-30",
    cases: || {
        cases(2..=4, 1..=3, 1..=3)
            .with("layers of 4 to 6 units", 64, cases(2..=6, 4..=6, 1..=2))
            .with("two layers of 8 units", 1024, cases(2..=6, 8..=8, 2..=2))
    },
    hypotheses: &[given("s ≥ 2", |case: &Case| case.s >= 2)
        .needed("a product of linear filters begins with w_1² ≥ 2 w_0 w_2", || {
            cases(1..=1, 1..=4, 1..=1).cases()
        })],
    conclusion: |case| at_most("error", error(case), allowed()),
    twins: &[
        twin("as few layers as the degree asks for", |case: &Case| {
            at_most("filters", needed(case)?, case.by_degree())
        })
        .because("a cubic holds one pair of roots: degree 8 with four pairs needs four, not three"),
        twin("downsampling by n' + 1", |case: &Case| {
            at_most("error at the point", error_with_scale(case, 1), allowed())
        })
        .because("the rows are n' units apart"),
        twin("without any error", |case: &Case| {
            equal("error at the point", error_with_scale(case, 0), 0)
        })
        .because("the factors of a rational filter are irrational as a rule"),
    ],
    well_formed: |case| {
        let net = case.dense();
        net.check()?;
        require!(
            net.inputs() == case.at.len() && case.at.iter().all(|x| x.abs() <= Rational::ONE),
            "the point does not lie in the box"
        )?;
        let large = net.layers.iter().any(|l| l.weight.len() * l.weight[0].len() > 64);
        let fits = (1..=16).contains(&case.s) && !large;
        require!(fits, "s must lie between 1 and 16, a layer have 64 weights at most")
    },
};

/// A dense network, the degree `s` of filters, and a point of the box `|x|_inf <= 1`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    s: usize,
    at: Vec<Rational>,
    layers: Vec<DenseLayer>,
}

/// The factors are built to a residual of at most `2^-BITS`.
const BITS: u32 = 48;

fn allowed() -> Rational {
    Rational::integer(2).pow(-30)
}

impl Case {
    fn dense(&self) -> DenseNet {
        DenseNet { layers: self.layers.clone() }
    }

    fn convolutions(&self) -> Result<Downsampled, Undecided> {
        let cube = InputBox::cube(self.at.len(), &Rational::ONE);
        downsampled(&self.dense(), &cube, self.s, BITS).map_err(|error| match error {
            FactorError::TooShort { .. } => {
                Undecided("no number of filters multiplies to the rows")
            }
            FactorError::OutOfReach { .. } => Undecided("no factors were found"),
        })
    }

    /// The filters that the degrees of the stacked rows ask for, in the worst layer.
    fn by_degree(&self) -> usize {
        let filters = self.layers.iter().map(|layer| layer.stacked().len() - 1);
        filters.map(|degree| degree.div_ceil(self.s).max(1)).max().expect("there is a layer")
    }

    /// What every group of linear filters errs by at least, somewhere on the box: where the first
    /// three taps come from one row of the only layer, how far its weights must be off.
    fn every_error(&self) -> Option<Rational> {
        let ([layer], 1) = (&self.layers[..], self.s) else { return None };
        match &layer.weight[0][..] {
            [.., w2, w1, w0] => distance_from_two_taps([w0, w1, w2]),
            _ => None,
        }
    }
}

/// How far the network is off: by the bound for the whole box, if every group is proved to be its
/// dense layer, and at the point; or, where no groups are made, how far all such must be.
fn error(case: &Case) -> Result<Rational, Undecided> {
    match case.convolutions() {
        Ok(made) if made.is_proved() => {
            let bound = made.error.into_iter().max().expect("there is an output");
            Ok(bound.max(error_with_scale(case, 0)?))
        }
        Ok(_) => Err(Undecided("a group is not proved to be its dense layer")),
        Err(why) => case.every_error().filter(|least| *least > allowed()).ok_or(why),
    }
}

/// How many filters a factorization of the stacked rows has at least, in the worst layer.
fn needed(case: &Case) -> Result<usize, Undecided> {
    let rows = case.layers.iter().map(|layer| Polynomial::new(layer.stacked()));
    let filters = rows.map(|rows| minimal_filter_count(&rows, case.s)).collect::<Option<Vec<_>>>();
    let most = filters.and_then(|filters| filters.into_iter().max());
    most.ok_or(Undecided("no number of filters multiplies to the rows"))
}

/// How far the network is off at the point when downsampling skips `more` units further each time.
fn error_with_scale(case: &Case, more: usize) -> Result<Rational, Undecided> {
    let made = case.convolutions()?;
    let network = made.network();
    let mut layers = network.layers().to_vec();
    for layer in &mut layers {
        if let Layer::Affine(Affine { map: Map::Downsample { scale, .. }, .. }) = layer {
            *scale += more;
        }
    }
    let other = Network::new(network.input(), layers)
        .map_err(|_| Undecided("the units run out before the last row"))?;
    let (found, expected) = (other.eval(&case.at), case.dense().network().eval(&case.at));
    let errors = found.iter().zip(&expected).map(|(a, b)| (a - b).abs());
    Ok(errors.max().expect("there is an output"))
}

/// Layers and units in these numbers, with halves as weights.
fn cases(s: Span, units: Span, layers: Span) -> impl Strategy<Value = Case> {
    (s, layers.prop_flat_map(move |layers| vec(units.clone(), layers + 1)))
        .prop_flat_map(|(s, widths)| {
            let layer = |pair: &[usize]| {
                let weight = vec(vec(numbers::fraction(6, 2), pair[0]), pair[1]);
                (weight, numbers::integers(pair[1], 2))
                    .prop_map(|(weight, bias)| DenseLayer { weight, bias })
            };
            let layers: Vec<_> = widths.windows(2).map(layer).collect();
            (Just(s), vec(numbers::fraction(4, 4), widths[0]), layers)
        })
        .prop_map(|(s, at, layers)| Case { s, at, layers })
}
