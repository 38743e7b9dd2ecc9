//! One knot from each of m cells: the mean square error is at most 1/(12 m³).

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/stratified_rate", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "the sampling of ridge sums behind the rate"),
    statement: "|c| ≤ 1, t_k uniform on [(k-1)/m, k/m], independent, F_m(x) = (c/m) Σ \
                relu(x - t_k)  ⟹  E (F_m(x) - E F_m(x))² ≤ 1/(12 m³)",
    cases: || cases(4, 1..=8).with("up to 200 knots", 32, cases(4, 60..=200)),
    hypotheses: &[given("|c| ≤ 1", |case: &Case| case.slope.abs() <= Rational::ONE)
        .needed("the error grows with the slope", || cases(12, 1..=8).cases())],
    conclusion: |case| compare(case, case.stratified(), 3),
    twins: &[
        twin("drawn independently", |case: &Case| compare(case, case.independent(), 3))
            .because("independent knots leave gaps: their rate is 1/m"),
        twin("one power more", |case: &Case| compare(case, case.stratified(), 4))
            .because("right of all knots the bound is attained"),
    ],
    well_formed: |case| match case.cells {
        0 => Err("there must be a cell".to_owned()),
        _ => Ok(()),
    },
};

/// `c`, `x` and `m`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    slope: Rational,
    x: Rational,
    cells: u8,
}

impl Case {
    /// The variance of `c relu(x - t)` for `t` uniform on `[lo, hi]`, by its two integrals.
    fn variance(&self, lo: &Rational, hi: &Rational) -> Rational {
        let above = |t: &Rational| (&self.x - t).max(Rational::ZERO);
        let (near, far) = (above(hi), above(lo));
        let moment =
            |k: i32| (far.pow(k + 1) - near.pow(k + 1)) / (Rational::from(k + 1) * (hi - lo));
        (moment(2) - moment(1).pow(2)) * self.slope.pow(2)
    }

    /// The mean square error with a knot from each cell.
    fn stratified(&self) -> Rational {
        let m = Rational::from(self.cells);
        let end = |k: u8| Rational::from(k) / &m;
        let all = (0..self.cells).map(|k| self.variance(&end(k), &end(k + 1)));
        all.sum::<Rational>() / m.pow(2)
    }

    /// The mean square error with independent knots.
    fn independent(&self) -> Rational {
        self.variance(&Rational::ZERO, &Rational::ONE) / Rational::from(self.cells)
    }
}

fn compare(case: &Case, found: Rational, power: i32) -> Conclusion {
    let bound = (Rational::from(12) * Rational::from(case.cells).pow(power)).recip();
    at_most("mean square error", found, bound)
}

/// Slopes up to `quarters / 4`, points on both sides of the knots.
fn cases(quarters: i64, cells: RangeInclusive<u8>) -> impl Strategy<Value = Case> {
    (numbers::fraction(quarters, 4), numbers::fraction(12, 8), cells)
        .prop_map(|(slope, x, cells)| Case { slope, x, cells })
}
