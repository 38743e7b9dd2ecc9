//! What a width theorem is asked for: samples, margins, risks, probabilities.

use super::prelude::*;
use crate::train::width_constants::Demand;

/// Whether a bound that fails with probability `delta` can be asked of these sizes.
pub fn check_tail(inputs: u32, units: u32, delta: &Rational) -> Result<(), String> {
    if inputs == 0 || !(1..=10_000).contains(&units) {
        return Err("there must be an input, and 1 to 10000 units".to_owned());
    }
    require!(
        delta.is_positive() && *delta < Rational::ONE,
        "delta is {delta}; it lies between 0 and 1"
    )
}

/// Demands from one sample to a million, with margins from 1/2 down to 1/64.
pub fn demands() -> BoxedStrategy<Demand> {
    let numbers = |texts: &[&str]| {
        let number = |text: &&str| text.parse::<Rational>().expect("a fraction");
        select(texts.iter().map(number).collect::<Vec<_>>())
    };
    let margins = numbers(&["1/4", "1/8", "1/9", "1/16", "1/100", "1/400", "1/4096"]);
    let risks = numbers(&["9/10", "1/2", "1/10", "1/1000"]);
    let failures = numbers(&["3/10", "1/10", "1/1000"]);
    let samples = prop_oneof![1 => Just(2), 3 => (0u32..=20).prop_map(|bits| 1 << bits)];
    (samples, margins, risks, failures, any::<bool>()).prop_map(demand).boxed()
}

/// Demands anywhere in the range that the theorem has: up to four thousand million samples,
/// margins of a millionth, risks and failures of a thousand-millionth, and of nearly 1 and 1/3.
pub fn far_demands() -> BoxedStrategy<Demand> {
    let small = |least: i64, bits: u32| {
        let part = (0..=bits).prop_map(|bits| 1i64 << bits);
        (part, least..=999).prop_map(|(part, k)| Rational::new(1, k * part))
    };
    let near = |limit: Rational| {
        (1u32..=40).prop_map(move |bits| &limit - Rational::integer(2).pow(-2 - bits as i32))
    };
    let risks = prop_oneof![3 => small(2, 30), 1 => near(Rational::ONE)];
    let failures = prop_oneof![3 => small(4, 30), 1 => near(Rational::new(1, 3))];
    (1u32.., small(4, 20), risks, failures, any::<bool>()).prop_map(demand).boxed()
}

fn demand(parts: (u32, Rational, Rational, Rational, bool)) -> Demand {
    let (samples, squared_margin, risk, failure, dyadic) = parts;
    Demand { samples, squared_margin, risk, failure, dyadic }
}
