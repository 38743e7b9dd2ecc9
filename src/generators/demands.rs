//! What a width theorem is asked for: samples, margins, risks, probabilities.

use crate::exact::Rational;
use crate::train::polylog::Demand;
use proptest::prelude::*;
use proptest::sample::select;

/// Demands from two samples to a million, with margins from 1/2 down to 1/64.
pub fn demands() -> BoxedStrategy<Demand> {
    let numbers = |texts: &[&str]| {
        let number = |text: &&str| text.parse::<Rational>().expect("a fraction");
        select(texts.iter().map(number).collect::<Vec<_>>())
    };
    let margins = numbers(&["1/4", "1/8", "1/9", "1/16", "1/100", "1/400", "1/4096"]);
    let risks = numbers(&["9/10", "1/2", "1/10", "1/1000"]);
    let failures = numbers(&["3/10", "1/10", "1/1000"]);
    let samples = prop_oneof![1 => Just(2), 3 => (0u32..=20).prop_map(|bits| 1 << bits)];
    (samples, margins, risks, failures, any::<bool>())
        .prop_map(|(samples, squared_margin, risk, failure, dyadic)| Demand {
            samples,
            squared_margin,
            risk,
            failure,
            dyadic,
        })
        .boxed()
}
