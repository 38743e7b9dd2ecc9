//! A direction that is missed can be taken up by spare units, as flat as the network is deep.

use crate::catalogue::prelude::*;
use crate::generators::linear_layers::{Critical, Sizes, critical, keep_any};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("landscape/spare_unit_descent", AGAINST_ITS_NOTE)
        .derived_from("Kawaguchi2016", "Theorem 2.3 (iii), made explicit"),
    statement: "H linear layers with a unit to spare in each hidden one, a missed direction of \
                scale d and size g, its units moved by e  ⟹  the loss changes by (e^(2H)/2 - e^H \
                |d|) g",
    cases: || {
        drawn(1..=2, 1..=2, 1..=2, 2)
            .with("3 inputs and outputs", 4, drawn(2..=3, 1..=3, 1..=2, 3))
            .with("four hidden layers", 16, drawn(3..=3, 4..=4, 1..=2, 9))
            .with("6 inputs, 32 to 52 units", 128, drawn(6..=6, 4..=4, 8..=8, 1))
    },
    hypotheses: &[],
    conclusion: |case| equal("change", case.change(), case.expected(case.layers())),
    twins: &[
        twin("no descent", |case: &Case| at_least("change", case.change(), 0))
            .because("for small steps the term of order H wins"),
        twin("of order two", |case: &Case| equal("change", case.change(), case.expected(2)))
            .because("in three layers the second derivative along the path is 0"),
        twin("as if nothing were missed", |case: &Case| {
            let size = case.size() * case.step.pow(2 * case.layers()) / Rational::integer(2);
            equal("change", case.change(), size)
        })
        .because("the residual has the direction in it"),
    ],
    well_formed: |case| {
        case.critical.check()?;
        let is_missed = case.critical.kept.get(case.missed).is_some_and(|kept| !kept);
        require!(is_missed, "direction {} is not one that is missed", case.missed)?;
        require!(
            case.critical.rank() < case.critical.least_width(),
            "some hidden layer has no unit to spare"
        )
    },
};

/// A critical point, a direction that it misses, and a step.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    missed: usize,
    step: Rational,
    critical: Critical,
}

impl Case {
    fn layers(&self) -> i32 {
        self.critical.mixing.len() as i32 + 1
    }

    fn change(&self) -> Rational {
        self.critical.moved(self.missed, &self.step).loss() - self.critical.network().loss()
    }

    /// What the squares of the direction sum to.
    fn size(&self) -> Rational {
        let mut alone = self.critical.clone();
        alone.scales[self.missed] = Rational::ONE;
        alone.explained().swap_remove(self.missed)
    }

    fn expected(&self, order: i32) -> Rational {
        let power = self.step.pow(order);
        let fall = &power * self.critical.scales[self.missed].abs();
        (power.pow(2) / Rational::integer(2) - fall) * self.size()
    }
}

fn drawn(ends: Span, hidden: Span, spare: Span, most: i64) -> BoxedStrategy<Case> {
    let sizes = Sizes { ends, hidden, spare, most };
    let points = critical(sizes, |case| {
        keep_any(case);
        case.kept[0] = false;
    });
    (points, numbers::eighth(12), 0..6_usize)
        .prop_map(|(critical, step, pick)| {
            let all = 0..critical.kept.len();
            let missed: Vec<usize> = all.filter(|&i| !critical.kept[i]).collect();
            Case { missed: missed[pick % missed.len()], step, critical }
        })
        .boxed()
}
