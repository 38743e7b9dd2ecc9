//! Rows with a full window have one sum.

use crate::catalogue::prelude::*;
use crate::generators::expansive::filter;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("convolution/row_sums", AGAINST_ITS_NOTE)
        .quoted_from("Zhou2020", "the restriction on the bias vectors")
        .as_printed("for T^(j) the rows read s+1, …, d_j - s with d_j = D + s"),
    statement: "rows s+1, …, D of the (D+s) × D matrix T^w sum to w_0 + ⋯ + w_s",
    cases,
    hypotheses: &[],
    conclusion: |case| case.rows(case.s() + 1, case.width, &case.filter),
    twins: &[
        twin("from row s on", |case: &Case| case.rows(case.s().max(1), case.width, &case.filter))
            .because("row s lacks the tap w_s"),
        twin("up to row D + 1", |case: &Case| {
            case.rows(case.s() + 1, case.width + case.s().min(1), &case.filter)
        })
        .because("row D + 1 lacks the tap w_0"),
        twin("the sum is the norm", |case: &Case| {
            let sizes: Vec<_> = case.filter.iter().map(Rational::abs).collect();
            case.rows(case.s() + 1, case.width, &sizes)
        })
        .because("the published biases use both the sum and the norm; they differ when signs do"),
    ],
    well_formed: |case| case.layer().map(drop).map_err(|e| e.to_string()),
};

/// The filter and the width `D` of the signal it reads.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    width: usize,
    filter: Vec<Rational>,
}

impl Case {
    fn s(&self) -> usize {
        self.filter.len() - 1
    }

    fn layer(&self) -> Result<Network, crate::net::ShapeError> {
        let layer = Layer::expansive(self.filter.clone(), Vec::new());
        Network::new(Shape::Flat(self.width), vec![layer])
    }

    /// The sums of the rows `first ..= last`, counted from one, against the sum of `terms`.
    fn rows(&self, first: usize, last: usize, terms: &[Rational]) -> Conclusion {
        let layer = self.layer().expect("the case is well formed");
        let sums = layer.eval(&vec![Rational::ONE; self.width]);
        let found = sums.get(first - 1..last).filter(|rows| !rows.is_empty());
        let found = found.ok_or(Undecided("no row has a full window"))?;
        let sum: Rational = terms.iter().sum();
        same_signal("row sums", found, &vec![sum; found.len()])
    }
}

/// One full row at least.
fn cases() -> Cases<Case> {
    let sized = |s, more| {
        (s, more)
            .prop_flat_map(|(s, more)| (Just(s + more), filter(s)))
            .prop_map(|(width, filter)| Case { width, filter })
    };
    let strata = sized(0usize..=4, 1usize..=4).with("up to 20 taps", 16, sized(5..=20, 1..=20));
    strata.with("200 taps", 64, sized(200..=200, 1..=200))
}
