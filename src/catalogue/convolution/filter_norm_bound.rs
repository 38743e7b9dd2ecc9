//! The norms of real factors multiply to at most 2^M times the 2-norm of the product.

use crate::catalogue::prelude::*;
use crate::construct::factor::factor;
use crate::generators::polynomials::one_plus_power;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("convolution/filter_norm_bound", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "the size of the factors; derived here after Gelfond and Mahler"),
    statement: "w_1 ∗ … ∗ w_p = W of degree M, all real  ⟹  (Π |w_j|₁)² ≤ 4^M Σ W_k²",
    cases: || {
        prop_oneof![3 => any_filters(1..5, 1..5), 1 => factored(1..40)]
            .with("up to 8 filters of 12 taps", 16, any_filters(5..13, 5..9))
            .with("40 filters of 60 taps", 128, any_filters(50..61, 40..41))
            .with("1 + z^M up to degree 120", 512, factored(100..121))
    },
    hypotheses: &[],
    conclusion: |case| case.compare(Rational::integer(4).pow(case.degree())),
    twins: &[
        twin("3 in place of 4", |case: &Case| {
            case.compare(Rational::integer(3).pow(case.degree()))
        })
        .because("1 + z^M in quadratic factors grows like 3.2^M")
        .drawing(|| factored(1..40).cases()),
        twin("one degree less", |case: &Case| {
            case.compare(Rational::integer(4).pow((case.degree() - 1).max(0)))
        })
        .because("(1, 1) is a filter of degree one, and 4 > 2"),
        twin("norms multiply", |case: &Case| {
            let norm = case.product().coefficients().iter().map(Rational::abs).sum::<Rational>();
            at_most("product of norms", case.norms(), norm)
        })
        .because("taps of different sign cancel: (1 + z)(1 − z + z²) = 1 + z³, and 6 > 2"),
    ],
    well_formed: |case| match case.filters.iter().map(Vec::len).sum::<usize>() {
        0..=4000 => Ok(()),
        n => Err(format!("{n} taps; at most 4000 are multiplied out")),
    },
};

/// The factors, taps from low to high.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    filters: Vec<Vec<Rational>>,
}

impl Case {
    fn product(&self) -> Polynomial {
        let factors: Vec<_> = self.filters.iter().cloned().map(Polynomial::new).collect();
        Polynomial::product_of(&factors)
    }

    /// The true degree of the product; 0 when it vanishes.
    fn degree(&self) -> i32 {
        self.product().coefficients().len().saturating_sub(1) as i32
    }

    fn norms(&self) -> Rational {
        let norm = |taps: &Vec<Rational>| taps.iter().map(Rational::abs).sum::<Rational>();
        self.filters.iter().map(norm).product()
    }

    fn compare(&self, factor: Rational) -> Conclusion {
        let squares = self.product().coefficients().iter().map(|c| c * c).sum::<Rational>();
        at_most("product of norms, squared", self.norms().pow(2), factor * squares)
    }
}

fn any_filters(taps: Range<usize>, count: Range<usize>) -> impl Strategy<Value = Case> {
    let filters = vec(numbers::integers(taps, 3), count);
    filters.prop_map(|filters| Case { filters })
}

/// Quadratic factors near those of `1 + z^M`, whose roots fill the unit circle.
fn factored(degrees: Range<usize>) -> impl Strategy<Value = Case> {
    let near = |m: usize| {
        let built = factor(&Polynomial::new(one_plus_power(m)), 2, 16);
        built.expect("simple roots on the unit circle are proposed well").filters
    };
    degrees.prop_map(move |m| Case { filters: near(m) })
}
