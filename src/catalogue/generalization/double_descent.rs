//! With much noise the risk of least-norm least squares peaks where features and samples are
//! equally many.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("generalization/double_descent", AGAINST_ITS_NOTE)
        .remembered_from("Belkin2020", "the risk of least squares with Gaussian features"),
    statement: "n ≥ 2 samples, the first p of D independent Gaussian features, coefficients β, \
                noise of variance s ≥ 2 |β|², D ≥ n + 2  ⟹  the risk of least-norm least squares \
                is largest at p = n - 2 or p = n + 2, among all p where it is finite",
    cases: || {
        drawn(2..=4, 3..=4, 2).with("larger", 4, drawn(2..=8, 3..=8, 9)).with(
            "60 features",
            16,
            drawn(30..=30, 30..=30, 5),
        )
    },
    hypotheses: &[given("noise", |case: &Case| {
        case.noise >= Rational::integer(2) * dot(&case.beta, &case.beta)
    })
    .needed("without noise too few features are worse than too many", || {
        (drawn(4..=6, 2..=4, 2), 0..=1i64)
            .prop_map(|(mut case, noise)| {
                case.noise = Rational::new(noise, 8);
                case
            })
            .cases()
    })],
    conclusion: |case| {
        let far = (0..=case.beta.len()).filter(|p| p.abs_diff(case.samples) > 2);
        at_most("risk elsewhere", case.largest(far), case.largest(case.beside().into_iter()))
    },
    twins: &[
        twin("more features never hurt", |case: &Case| {
            at_most("risk of all", case.largest(1..=case.beta.len()), case.risk(0)?)
        })
        .because("the variance explodes where features and samples are equally many"),
        twin("the peak is at half of the samples", |case: &Case| {
            at_most(
                "risk beside n",
                case.largest(case.beside().into_iter()),
                case.risk(case.samples / 2)?,
            )
        })
        .because("the denominators are n - p - 1 and p - n - 1")
        .drawing(|| drawn(6..=8, 3..=4, 2).cases()),
        twin("all features are best", |case: &Case| {
            at_most("risk of all features", case.risk(case.beta.len())?, case.risk(0)?)
        })
        .because("with so much noise nothing is learned by an interpolant"),
    ],
    well_formed: |case| {
        let (n, d) = (case.samples, case.beta.len());
        require!((2..=64).contains(&n), "{n} samples; 2 to 64")?;
        require!(n + 2 <= d && d <= 128, "{d} features; {} to 128", n + 2)?;
        require!(!case.noise.is_negative(), "the variance is {}", case.noise)
    },
};

/// The number of samples, the coefficients of all features, and the variance of the noise.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    samples: usize,
    noise: Rational,
    beta: Vec<Rational>,
}

impl Case {
    fn beside(&self) -> [usize; 2] {
        [self.samples - 2, self.samples + 2]
    }

    /// The excess risk with the first `p` features.
    fn risk(&self, p: usize) -> Result<Rational, Undecided> {
        let n = self.samples;
        let (seen, rest) = self.beta.split_at(p);
        let [seen, rest] = [seen, rest].map(|beta| dot(beta, beta));
        let [few, many] = [n.min(p) as i64, n.max(p) as i64];
        refuse_if!(many - few < 2, Undecided("the risk is infinite"));
        let variance = (&self.noise + &rest) * Rational::new(few, many - few - 1);
        let lost = if p > n { seen * Rational::new(many - few, many) } else { Rational::ZERO };
        Ok(rest + lost + variance)
    }

    /// The largest of these risks that are finite.
    fn largest(&self, features: impl Iterator<Item = usize>) -> Result<Rational, Undecided> {
        let finite = features.filter_map(|p| self.risk(p).ok());
        finite.max().ok_or(Undecided("no risk is finite"))
    }
}

/// Noise of twice the square of the coefficients, or a little more.
fn drawn(samples: Span, more: Span, most: i64) -> BoxedStrategy<Case> {
    (samples, more)
        .prop_flat_map(move |(n, more)| (Just(n), numbers::integers(n + more, most), 0..=most))
        .prop_map(|(samples, beta, more)| {
            let noise = Rational::integer(2) * dot(&beta, &beta) + Rational::integer(more);
            Case { samples, noise, beta }
        })
        .boxed()
}
