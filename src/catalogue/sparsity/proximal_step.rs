//! The proximal step of a product of two norms, in closed form.

use crate::catalogue::prelude::*;
use crate::spline::weights::proximal_norms;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/proximal_step", AGAINST_ITS_NOTE)
        .derived_from("Yang2022", "abstract: a proximal algorithm for products of norms"),
    statement: "λ ≥ 0, (p, q) the closed form, p', q' ≥ 0  ⟹  (p - α)²/2 + (q - β)²/2 + λ p q ≤ \
                the same at (p', q')",
    cases: || cases(0, 24).with("sides up to 1000", 16, steps(0, 24, 1000)),
    hypotheses: &[given("a price", |case: &Case| !case.lambda.is_negative())
        .needed("below -1 the objective has no least value, and above it the norms grow", || {
            cases(-24, -1)
        })],
    conclusion: |case| case.compare(&proximal_norms(&case.alpha, &case.beta, &case.price())),
    twins: &[
        twin("inside at every price", |case: &Case| case.compare(&case.inside()?))
            .because("from λ = 1 on the stationary point is a saddle"),
        twin("each norm shrunk by itself", |case: &Case| {
            let shrunk = |x: &Rational| (x - &case.lambda).max(Rational::ZERO);
            case.compare(&[shrunk(&case.alpha), shrunk(&case.beta)])
        })
        .because("the price of a norm is λ times the other norm"),
        twin("the smaller side stays", |case: &Case| {
            let [p, q] = proximal_norms(&case.beta, &case.alpha, &case.price());
            case.compare(&[p, q])
        })
        .because("what is given up is the square of the smaller norm"),
    ],
    well_formed: |case| {
        let norms = [&case.alpha, &case.beta, &case.other[0], &case.other[1]];
        let is_norm = norms.iter().all(|x| !x.is_negative());
        require!(is_norm, "norms are not negative, found {norms:?}")
    },
};

/// Norms before the step, its price, and norms to compare with.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    alpha: Rational,
    beta: Rational,
    lambda: Rational,
    other: [Rational; 2],
}

impl Case {
    /// What is charged; a price below zero is taken for none.
    fn price(&self) -> Rational {
        self.lambda.clone().max(Rational::ZERO)
    }

    fn objective(&self, [p, q]: &[Rational; 2]) -> Rational {
        let squares = (p - &self.alpha).pow(2) + (q - &self.beta).pow(2);
        squares / Rational::integer(2) + &self.lambda * p * q
    }

    /// The stationary point.
    fn inside(&self) -> Result<[Rational; 2], Undecided> {
        let rest = Rational::ONE - self.lambda.pow(2);
        if rest.is_zero() {
            return Err(Undecided("no single point is stationary"));
        }
        let sides =
            [&self.alpha - &self.lambda * &self.beta, &self.beta - &self.lambda * &self.alpha];
        let sides = sides.map(|x| x / &rest);
        match sides.iter().all(|x| !x.is_negative()) {
            true => Ok(sides),
            false => Err(Undecided("the stationary point has a negative norm")),
        }
    }

    fn compare(&self, step: &[Rational; 2]) -> Conclusion {
        let [found, bound] = [step, &self.other].map(|norms| self.objective(norms));
        at_most("objective", found, bound)
    }
}

fn cases(least: i64, most: i64) -> Cases<Case> {
    steps(least, most, 6).cases()
}

/// Prices in eighths; one competitor in three is a norm that is kept beside a zero.
fn steps(least: i64, most: i64, size: i64) -> impl Strategy<Value = Case> {
    let norm = move || (0..=4 * size).prop_map(|p| Rational::new(p, 4));
    (norm(), norm(), least..=most, norm(), norm(), 0usize..3).prop_map(
        |(alpha, beta, lambda, p, q, kind)| {
            let other = match kind {
                0 => [alpha.clone(), Rational::ZERO],
                1 => [Rational::ZERO, beta.clone()],
                _ => [p, q],
            };
            Case { alpha, beta, lambda: Rational::new(lambda, 8), other }
        },
    )
}
