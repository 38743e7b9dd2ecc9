//! Where noise decides every gate, four gradients of noisy XOR cancel.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/xor_noise_certificate", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "the lower bound on the width, for noisy 2-XOR")
        .as_printed("a width of √(d - 2)/4 leaves every linearisation an error of 1/16"),
    statement: "|⟨w_s, z⟩| > max(|w_s1|, |w_s2|) for all s  ⟹  Σ y_i ∇f(x_i) = 0",
    cases: || {
        let strata = cases(true, 3, 4).with("6 inputs, 40 units", 16, cases(true, 4, 40));
        strata.with("40 inputs, 300 units", 256, cases(true, 38, 300))
    },
    hypotheses: &[given("the noise decides every gate", Case::is_decided)
        .needed("a unit that is open at one of the points and closed at another", || {
            cases(false, 3, 4).cases()
        })],
    conclusion: |case| case.finding(&[1, 1, -1, -1]),
    twins: &[
        twin("labels by the first coordinate", |case: &Case| case.finding(&[1, -1, 1, -1]))
            .because("(1, 0) + (0, 1) against their opposites is separated"),
        twin("three points", |case: &Case| case.finding(&[1, 1, -1, 0]))
            .because("what is left is the fourth gradient"),
    ],
    well_formed: |case| {
        let expected = case.noise.len() + 2;
        match case.units.iter().find(|w| w.len() != expected) {
            Some(w) => Err(format!("a unit with {} weights for {expected} coordinates", w.len())),
            None => Ok(()),
        }
    },
};

/// Weights `[m, 2 + k]`: those of the two coordinates first; and the noise `[k]`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    units: Vec<Vec<Rational>>,
    noise: Vec<Rational>,
}

impl Case {
    fn is_decided(&self) -> bool {
        self.units.iter().all(|w| dot(&w[2..], &self.noise).abs() > w[0].abs().max(w[1].abs()))
    }

    /// The squared norm of the sum of the gradients with these labels. A unit's own factor `±1`
    /// does not change the norm of its part.
    fn finding(&self, labels: &[i64; 4]) -> Conclusion {
        let points = [(1, 0), (-1, 0), (0, 1), (0, -1)].map(|(a, b)| {
            let front = [Rational::integer(a), Rational::integer(b)];
            front.into_iter().chain(self.noise.iter().cloned()).collect::<Vec<_>>()
        });
        let part = |w: &Vec<Rational>| {
            let mut sum = vec![Rational::ZERO; w.len()];
            for (x, label) in points.iter().zip(labels) {
                if dot(w, x).is_positive() {
                    sum.iter_mut()
                        .zip(x)
                        .for_each(|(sum, t)| *sum += t * Rational::integer(*label));
                }
            }
            dot(&sum, &sum)
        };
        let square = self.units.iter().map(part).sum::<Rational>();
        equal("squared norm of the sum", square, 0)
    }
}

/// Units whose last weight is raised until the noise decides, or not.
/// `noise` and `units` are the most noise coordinates and units.
fn cases(decided: bool, noise: usize, units: usize) -> impl Strategy<Value = Case> {
    (1..=noise, 1..=units)
        .prop_flat_map(|(k, m)| {
            let sign = any::<bool>().prop_map(|minus| Rational::from(if minus { -1 } else { 1 }));
            (vec(numbers::integers(k + 2, 3), m), vec(sign, k))
        })
        .prop_map(move |(mut units, noise)| {
            for w in units.iter_mut().filter(|_| decided) {
                let (inner, most) = (dot(&w[2..], &noise), w[0].abs().max(w[1].abs()));
                if inner.abs() <= most {
                    let missing = most - inner.abs() + Rational::ONE;
                    let last = w.len() - 1;
                    let same = inner.is_negative() == noise[last - 2].is_negative();
                    w[last] += if same { missing } else { -missing };
                }
            }
            Case { units, noise }
        })
}
