//! A skip connection that decays is neither free nor useless.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/decayed_skip", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2023", "skip connections, which are not regularized"),
    statement: "f(t) = v relu(w t) + c t, f(1) = y  ⟹  (v² + w² + c²) / 2 ≥ |y| - 1/2 for \
                |y| ≥ 1, and y² / 2 else",
    cases: || cases(6).with("whole numbers up to 40", 16, numbers_of(40)),
    hypotheses: &[],
    conclusion: |case| at_least("cost", case.cost(&Rational::ONE), case.least()),
    twins: &[
        twin("a decayed skip is free", |case: &Case| {
            at_least("cost", case.cost(&Rational::ZERO), case.least())
        })
        .because("a skip connection without decay is a line through the data at no cost"),
        twin("a decayed skip does nothing", |case: &Case| {
            at_least("cost", case.cost(&Rational::ONE), case.height().abs())
        })
        .because("what the skip takes over costs half"),
        twin("the skip takes everything", |case: &Case| {
            let all = case.height().pow(2) / Rational::integer(2);
            at_least("cost", case.cost(&Rational::ONE), all)
        })
        .because("beyond slope 1 a unit is cheaper than the skip"),
    ],
    well_formed: |_| Ok(()),
};

/// A network of one unit with a skip connection.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    w: Rational,
    v: Rational,
    skip: Rational,
}

impl Case {
    /// The value at 1; that at 0 is 0.
    fn height(&self) -> Rational {
        &self.v * self.w.clone().max(Rational::ZERO) + &self.skip
    }

    /// Half of the squares, the skip's times a factor.
    fn cost(&self, skip: &Rational) -> Rational {
        let squares = self.v.pow(2) + self.w.pow(2) + skip * self.skip.pow(2);
        squares / Rational::integer(2)
    }

    /// The least cost of its value at 1.
    fn least(&self) -> Rational {
        let y = self.height().abs();
        let half = Rational::new(1, 2);
        if y >= Rational::ONE { y - half } else { y.pow(2) * half }
    }
}

fn cases(most: i64) -> Cases<Case> {
    numbers_of(most).cases()
}

/// One case in two has a balanced unit and a skip of slope one at most, in quarters.
fn numbers_of(most: i64) -> impl Strategy<Value = Case> {
    let all = (numbers::integer(most), numbers::integer(most), numbers::fraction(4 * most, 4));
    let best = (0..=most, any::<bool>(), -4i64..=4).prop_map(|(w, is_positive, skip)| {
        let w = Rational::from(w);
        let v = if is_positive { w.clone() } else { -&w };
        (w, v, Rational::new(skip, 4))
    });
    prop_oneof![all.boxed(), best.boxed()].prop_map(|(w, v, skip)| Case { w, v, skip })
}
