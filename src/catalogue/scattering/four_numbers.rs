//! Haar scattering tells apart 3 classes of the 24 orders of four distinct numbers.

use crate::analysis::scattering::tree;
use crate::catalogue::prelude::*;
use std::collections::BTreeSet;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("scattering/four_numbers", AGAINST_ITS_NOTE)
        .derived_from("Chen2014", "which orders of a signal Haar scattering tells apart"),
    statement: "four distinct numbers, in all 24 orders  ⟹  3 transforms",
    cases: || {
        drawn(4, true).with("fractions", 4, spread(7)).with("far apart", 16, drawn(1_000_000, true))
    },
    hypotheses: &[given("distinct", |case: &Case| {
        case.numbers.iter().collect::<BTreeSet<_>>().len() == 4
    })
    .needed("two equal numbers may sit in two halves or in one", || drawn(2, false).cases())],
    conclusion: |case| equal("transforms", case.transforms(|x| x.abs()), 3),
    twins: &[
        twin("every order has its own", |case: &Case| {
            equal("transforms", case.transforms(|x| x.abs()), 24)
        })
        .because("the seven exchanges and none of them make 8 orders one"),
        twin("all orders have one", |case: &Case| {
            equal("transforms", case.transforms(|x| x.abs()), 1)
        })
        .because("which numbers are a pair matters"),
        twin("without a modulus", |case: &Case| equal("transforms", case.transforms(|x| x), 3))
            .because("a transform that is linear and regular tells all orders apart"),
    ],
    well_formed: |_| Ok(()),
};

/// The numbers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    numbers: [Rational; 4],
}

impl Case {
    fn transforms(&self, modulus: fn(Rational) -> Rational) -> usize {
        let mut found = BTreeSet::new();
        for order in 0..4_usize.pow(4) {
            let places = [order % 4, order / 4 % 4, order / 16 % 4, order / 64];
            if BTreeSet::from(places).len() == 4 {
                let x = places.map(|place| self.numbers[place].clone());
                found.insert(tree(&x, 2, modulus));
            }
        }
        found.len()
    }
}

/// Integers; made distinct by what is added to each of them.
fn drawn(most: i64, is_distinct: bool) -> BoxedStrategy<Case> {
    let numbers = vec(-most..=most, 4);
    numbers
        .prop_map(move |mut numbers| {
            if is_distinct {
                numbers.sort_unstable();
                (0..).zip(&mut numbers).for_each(|(place, number)| *number += place);
            }
            let number = |place: usize| Rational::from(numbers[place]);
            Case { numbers: [2, 0, 3, 1].map(number) }
        })
        .boxed()
}

/// Distinct fractions.
fn spread(denominator: i64) -> BoxedStrategy<Case> {
    let scaled = move |mut case: Case| {
        case.numbers.iter_mut().for_each(|number| *number /= Rational::integer(denominator));
        case
    };
    drawn(50, true).prop_map(scaled).boxed()
}
