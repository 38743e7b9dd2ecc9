//! Units of path norm one correlate with random signs by the norm of the data at most.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/path_norm_complexity", AGAINST_ITS_NOTE)
        .derived_from("Neyshabur2015b", "the complexity of networks of bounded path norm"),
    statement: "units v relu(w t) of path norm 1, points x  ⟹  (E max over them of Σ σᵢ f(xᵢ))² ≤ \
                Σ xᵢ²",
    cases: || {
        let large = vec(numbers::fraction(60, 7), 11).prop_map(|x| Case { x });
        vec(numbers::integer(4), 1..=5).prop_map(|x| Case { x }).with("11 points", 32, large)
    },
    hypotheses: &[],
    conclusion: |case| case.compare(&Rational::ONE),
    twins: &[
        twin("half of the bound", |case: &Case| case.compare(&Rational::new(1, 2)))
            .because("one point attains it"),
        twin("divided by the number of points", |case: &Case| {
            case.compare(&Rational::from(case.x.len()).recip())
        })
        .because("the sum is not divided: the mean is of order 1 / √n"),
        twin("strictly below", |case: &Case| {
            let (found, bound) = (case.mean().pow(2), case.squares());
            below("squared mean", found, bound)
        })
        .because("one point attains it"),
    ],
    well_formed: |case| {
        let n = case.x.len();
        require!((1..=16).contains(&n), "1 to 16 points are expected, found {n}")
    },
};

/// Points on a line.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    x: Vec<Rational>,
}

impl Case {
    fn squares(&self) -> Rational {
        self.x.iter().map(|x| x * x).sum()
    }

    /// Over all signs: the mean of the greater of `|Σ σ relu(x)|` and `|Σ σ relu(-x)|`.
    fn mean(&self) -> Rational {
        let n = self.x.len();
        let sum = |signs: usize, is_right: bool| -> Rational {
            let terms = self.x.iter().enumerate().map(|(i, x)| {
                let part = if is_right { x.clone() } else { -x }.max(Rational::ZERO);
                if signs >> i & 1 == 0 { part } else { -part }
            });
            terms.sum::<Rational>().abs()
        };
        let total: Rational =
            (0..1usize << n).map(|signs| sum(signs, true).max(sum(signs, false))).sum();
        total / Rational::from(1usize << n)
    }

    fn compare(&self, factor: &Rational) -> Conclusion {
        at_most("squared mean", self.mean().pow(2), factor * self.squares())
    }
}
