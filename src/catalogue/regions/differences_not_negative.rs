//! The repaired maximum is a combination of binomial coefficients with counts as coefficients.

use crate::catalogue::prelude::*;
use crate::counting::{Reach, Sliding};

/// The most sets that are listed for a maximum.
const STEPS: usize = 1 << 20;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/differences_not_negative", LINE_BY_LINE)
        .derived_from("Crease", "a property to test with"),
    statement: "M(d) the number of independent sets of d generic filters  ⟹  Δ^j M(0) ≥ 0 \
                for all j",
    cases,
    hypotheses: &[],
    conclusion: |case| at_least("difference", case.difference(0), 0),
    twins: &[
        twin("every difference is positive", |case: &Case| {
            above("difference", case.difference(0), 0)
        })
        .because("no independent set has more units than there are inputs"),
        twin("differences grow with their order", |case: &Case| {
            at_least("difference", case.difference(0), case.before())
        })
        .because("they end"),
        twin("backwards too", |case: &Case| at_least("difference", -case.difference(0)?, 0))
            .because("more filters have more independent sets"),
    ],
    well_formed: |case| {
        Sliding::new(case.input, 1, case.filter, [1, 1])?;
        require!(case.order <= 64, "a difference of order {}, expected at most 64", case.order)
    },
};

/// A difference of this order, for windows of `filter` on one channel of `input`, stride one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    input: [usize; 2],
    filter: [usize; 2],
    order: usize,
}

impl Case {
    /// The maximum for this number of filters, where a theorem says what it is.
    fn maximum(&self, filters: usize) -> Result<Rational, Undecided> {
        if filters == 0 {
            return Ok(Rational::ONE);
        }
        let window = Sliding::new(self.input, 1, self.filter, [1, 1]).expect("well formed");
        match window.maximum(filters, STEPS) {
            Some((_, Reach::FromBelow)) => Err(Undecided("the maximum is known from below only")),
            Some((maximum, _)) => Ok(maximum.into()),
            None => Err(Undecided("the maximum takes too many steps")),
        }
    }

    /// The difference of an order less by `less`, at no filter.
    fn difference(&self, less: usize) -> Result<Rational, Undecided> {
        let values = (0..=self.order - less).map(|filters| self.maximum(filters));
        let mut values = values.collect::<Result<Vec<_>, _>>()?;
        while values.len() > 1 {
            values = values.windows(2).map(|pair| &pair[1] - &pair[0]).collect();
        }
        Ok(values.swap_remove(0))
    }

    /// The difference of the order before; zero before the first.
    fn before(&self) -> Result<Rational, Undecided> {
        if self.order == 0 { Ok(Rational::ZERO) } else { self.difference(1) }
    }
}

/// Lines of few taps and positions, and the smallest planes where filters commute.
fn cases() -> Cases<Case> {
    let plane = (select(vec![([3, 3], [2, 2]), ([3, 4], [2, 2])]), 0usize..=2);
    let plane = plane.prop_map(|((input, filter), order)| Case { input, filter, order });
    let strip = (2usize..=5, 2usize..=4, 2usize..=40, 0usize..=2).prop_map(
        |(height, taps, positions, order)| Case {
            input: [2 * height - 1, taps + positions - 1],
            filter: [height, taps],
            order,
        },
    );
    prop_oneof![3 => lines(5, 5, 8), 1 => plane]
        .with("6 taps, 6 positions, order 12", 8, lines(6, 6, 12))
        .with("strips of 40 columns", 32, strip)
        .with("a box of 2x2, 3 or 4 filters", 128, box_of_four())
        .with("12 taps, 40 positions, order 40", 512, lines(12, 40, 40))
}

/// Filters of 2x2 on as many positions as they have taps.
fn box_of_four() -> impl Strategy<Value = Case> {
    (3usize..=4).prop_map(|order| Case { input: [3, 3], filter: [2, 2], order })
}

fn lines(taps: usize, positions: usize, order: usize) -> impl Strategy<Value = Case> {
    (1..=taps, 1..=positions, 0..=order).prop_map(|(taps, positions, order)| Case {
        input: [1, taps + positions - 1],
        filter: [1, taps],
        order,
    })
}
