//! The decay of a chain of L units is at least L |c|^(2/L), no path norm from three on.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/chain_decay", AGAINST_ITS_NOTE)
        .derived_from("Yang2022", "abstract: products of norms of one hidden layer"),
    statement: "L weights in a row, c their product  ⟹  (Σ w² / L)^L ≥ c²",
    cases: || cases(1..=6, 4).with("40 layers", 16, chain(40..=40, 3)),
    hypotheses: &[],
    conclusion: |case| {
        let layers = case.weights.len();
        let mean = case.decay() / Rational::from(layers);
        at_least("(decay / L)^L", mean.pow(layers as i32), case.product().pow(2))
    },
    twins: &[
        twin("a path norm at every depth", |case: &Case| {
            let most = Rational::from(case.weights.len()) * case.product();
            at_least("decay", case.decay(), most)
        })
        .because("except for two layers the least decay L |c|^(2/L) is not linear in c"),
        twin("the greatest weight alone", |case: &Case| {
            let largest = case.weights.iter().map(Rational::abs).max();
            let largest = largest.ok_or(Undecided("there is no weight"))?;
            at_most("L max w²", Rational::from(case.weights.len()) * largest.pow(2), case.decay())
        })
        .because("weights of different size have a smaller mean square than the greatest"),
        twin("without the number of layers", |case: &Case| {
            let layers = case.weights.len() as i32;
            at_most("decay^L", case.decay().pow(layers), case.product().pow(2))
        })
        .because("the mean enters, not the sum"),
    ],
    well_formed: |case| {
        let layers = case.weights.len();
        require!((1..=64).contains(&layers), "1 to 64 weights are expected, found {layers}")
    },
};

/// The weights of a chain of single units.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    weights: Vec<Rational>,
}

impl Case {
    fn decay(&self) -> Rational {
        self.weights.iter().map(|w| w * w).sum()
    }

    /// The absolute value of the product: the slope of the chain, if no unit is dead.
    fn product(&self) -> Rational {
        self.weights.iter().fold(Rational::ONE, |product, w| product * w.abs())
    }
}

fn cases(layers: Span, most: i64) -> Cases<Case> {
    chain(layers, most).cases()
}

/// One chain in three has equal weights.
fn chain(layers: Span, most: i64) -> impl Strategy<Value = Case> {
    let equal = (layers.clone(), numbers::integer(most)).prop_map(|(l, w)| vec![w; l]);
    prop_oneof![2 => vec(numbers::fraction(4 * most, 4), layers).boxed(), 1 => equal.boxed()]
        .prop_map(|weights| Case { weights })
}
