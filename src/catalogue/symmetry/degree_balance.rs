//! With the k-th power of a ReLU the balanced unit has |w|² = k |v|².

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("symmetry/degree_balance", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2023", "the neural balance theorem, for ReLU"),
    statement: "f = v relu(⟨w, x⟩)^k, |w|² = k v², a > 0  ⟹  |a w|² + (v / aᵏ)² ≥ |w|² + v²",
    cases: || cases(1..=4, true).with("degree 9", 16, units(9..=9, true)),
    hypotheses: &[
        given("the law of degree k", |case: &Case| {
            case.squares() == Rational::from(case.degree) * case.v.pow(2)
        })
        .needed("|w| = |v| is the law of degree one; of degree zero nothing is balanced", || {
            cases(2..=4, false).with("behind a normalisation", 4, units(0..=0, false))
        }),
        given("positive factor", |case: &Case| case.factor.is_positive())
            .needed("nothing can be divided by zero", || zero().cases()),
    ],
    conclusion: |case| at_least("decay after", case.after(case.degree), case.before()),
    twins: &[
        twin("the readers of degree one", |case: &Case| {
            equal("value", case.value(1), case.value_before())
        })
        .because("v has to be divided by the power of the factor"),
        twin("no factor is free", |case: &Case| {
            above("decay after", case.after(case.degree), case.before())
        })
        .because("one is"),
    ],
    well_formed: |case| {
        require!(case.degree <= 16, "a degree from 0 to 16, found {}", case.degree)?;
        require!(!case.w.is_empty(), "a unit has weights")
    },
};

/// A unit whose activation is a power of a ReLU, and a factor. Degree 0: the length of the weights
/// does not matter, as behind a normalisation.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    degree: usize,
    w: Vec<Rational>,
    v: Rational,
    factor: Rational,
}

impl Case {
    fn squares(&self) -> Rational {
        self.w.iter().map(|x| x * x).sum()
    }

    fn before(&self) -> Rational {
        self.squares() + self.v.pow(2)
    }

    /// The decay with `a w` and `v / a^degree`; with a factor of zero, where nothing is divided.
    fn after(&self, degree: usize) -> Rational {
        let power = self.factor.pow(degree as i32);
        let v = if power.is_zero() { self.v.clone() * &power } else { &self.v / power };
        self.factor.pow(2) * self.squares() + v.pow(2)
    }

    /// The unit at ones, before.
    fn value_before(&self) -> Rational {
        let sum: Rational = self.w.iter().cloned().sum();
        if !sum.is_positive() {
            return Rational::ZERO;
        }
        &self.v * sum.pow(self.degree as i32)
    }

    /// The same with `a w` and `v / a^degree`.
    fn value(&self, degree: i32) -> Rational {
        self.value_before() * self.factor.pow(self.degree as i32 - degree)
    }
}

fn cases(degrees: Span, is_lawful: bool) -> Cases<Case> {
    units(degrees, is_lawful).cases()
}

/// By the law, as many weights of the size of `v` as the degree; otherwise one.
fn units(degrees: Span, is_lawful: bool) -> impl Strategy<Value = Case> {
    let factor = (1i64..=9, 1i64..=9).prop_map(|(p, q)| Rational::new(p, q));
    (degrees, numbers::fraction(9, 2), vec(any::<bool>(), 16), factor).prop_map(
        move |(degree, v, signs, factor)| {
            let count = if is_lawful { degree } else { 1 };
            let w = signs.into_iter().take(count).map(|sign| &v * numbers::sign(sign)).collect();
            Case { degree, w, v, factor }
        },
    )
}

fn zero() -> impl Strategy<Value = Case> {
    (1i64..=5).prop_map(|v| {
        let v = Rational::from(v);
        Case { degree: 1, w: vec![v.clone()], v, factor: Rational::ZERO }
    })
}
