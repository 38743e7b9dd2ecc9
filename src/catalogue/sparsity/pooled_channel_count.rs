//! A pooled convolution needs as many channels as samples less the rank of the pooled skip.

use crate::catalogue::prelude::*;
use crate::generators::pooled::{Channel, Pooled, pooled};
use crate::spline::weights::fewer_columns;

pub(super) static CLAIM: Claim<Pooled> = Claim {
    card: theorem!("sparsity/pooled_channel_count", AGAINST_ITS_NOTE)
        .derived_from("ErgenPilanci2021", "abstract: convex programs for convolutional networks"),
    statement: "N samples, one output after pooling  ⟹  N - rank(pooled skip) channels at most \
                have the same outputs at no higher cost",
    cases: || {
        pooled(1..=4, 1..=3, 0..=8).cases().with("10 samples", 16, pooled(10..=10, 4..=4, 20..=20))
    },
    hypotheses: &[],
    conclusion: |case| at_most("channels", reduced(case)?, bound(case)),
    twins: &[
        twin("one less", |case: &Pooled| below("channels", reduced(case)?, bound(case)))
            .because("channels of independent features are all needed"),
        twin("without skip", |case: &Pooled| {
            let columns = case.columns();
            let kept = kept(&fewer_columns(&columns, &costs(case), &[]));
            at_most("channels", kept, bound(case))
        })
        .because("what the skip takes over needs channels without it"),
        twin("every network", |case: &Pooled| {
            let used = case.channels.iter().filter(|own| own.cost().is_positive()).count();
            at_most("channels", used, bound(case))
        })
        .because("it is a bound for some network of each cost, not for all"),
        twin("two skip columns always", |case: &Pooled| {
            let count = Rational::from(case.signals.len()) - Rational::integer(2);
            at_most("channels", reduced(case)?, count)
        })
        .because("samples of equal sums leave one column"),
    ],
    well_formed: Pooled::check,
};

fn costs(case: &Pooled) -> Vec<Rational> {
    case.channels.iter().map(Channel::cost).collect()
}

fn kept(factors: &[Rational]) -> usize {
    factors.iter().filter(|factor| !factor.is_zero()).count()
}

fn bound(case: &Pooled) -> usize {
    case.signals.len() - Matrix::from_rows(case.skip()).rank()
}

/// How many channels are left. A network that is another function, or costs more, is a fault of
/// the reduction: it counts as every channel and one.
fn reduced(case: &Pooled) -> Result<usize, Undecided> {
    let (columns, costs, skip) = (case.columns(), costs(case), case.skip());
    let factors = fewer_columns(&columns, &costs, &skip);
    let cost: Rational = factors.iter().zip(&costs).map(|(s, c)| s * c).sum();
    let change = |i: usize| -> Rational {
        let parts = factors.iter().zip(&columns);
        parts.map(|(s, column)| (s - Rational::ONE) * &column[i]).sum()
    };
    let change = (0..case.signals.len()).map(change).collect();
    let rank = Matrix::from_rows(skip.clone()).rank();
    let is_free = Matrix::from_rows([skip, vec![change]].concat()).rank() == rank;
    let is_sound = is_free && cost <= case.cost() && !factors.iter().any(Rational::is_negative);
    Ok(if is_sound { kept(&factors) } else { case.channels.len() + case.signals.len() + 1 })
}
