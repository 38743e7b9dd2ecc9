//! Few units leave every linearisation of noisy XOR an error that can be counted.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/xor_needs_width", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "the lower bound on the width, for noisy 2-XOR")
        .as_printed("m ≤ √(d - 2)/4 units: with probability 1/2 an error of at least 1/16"),
    statement: "points wrong for V ≥ noise patterns at which |⟨w_s, z⟩| > max(|w_s1|, |w_s2|) \
                for all s",
    cases: || {
        let strata = cases(3, 6).with("6 inputs, 40 units", 32, cases(4, 40));
        strata.with("12 inputs, 40 units", 512, cases(10, 40))
    },
    hypotheses: &[],
    conclusion: |case| case.finding(case.patterns(Case::is_decided).count()),
    twins: &[
        twin("one for every pattern", |case: &Case| {
            case.finding(case.patterns(|_, _| true).count())
        })
        .because("where the noise decides nothing, four units and more can be right"),
        twin("two for every decided pattern", |case: &Case| {
            case.finding(2 * case.patterns(Case::is_decided).count())
        })
        .because("three of the four can be right"),
        twin("decided for one unit", |case: &Case| {
            let some = |case: &Case, z: &[Rational]| case.units.iter().any(|w| case.decides(w, z));
            case.finding(case.patterns(some).count())
        })
        .because("the other units still tell the points apart"),
    ],
    well_formed: |case| {
        let d = numbers::length_of_first(&case.units, "there must be one unit at least")?;
        require!((2..=16).contains(&d), "units with {d} weights; there must be 2 to 16")?;
        require!(
            case.units.len() == case.change.len(),
            "{} units with {} rows",
            case.units.len(),
            case.change.len()
        )?;
        match case.units.iter().chain(&case.change).find(|row| row.len() != d) {
            Some(row) => Err(format!("a row with {} entries, the first has {d}", row.len())),
            None => Ok(()),
        }
    },
};

/// Weights `[m, 2 + k]` for `k` noise coordinates, and the change `V`, of the same shape, times the
/// signs of the units.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    units: Vec<Vec<Rational>>,
    change: Vec<Vec<Rational>>,
}

impl Case {
    fn decides(&self, w: &[Rational], z: &[Rational]) -> bool {
        dot(&w[2..], z).abs() > w[0].abs().max(w[1].abs())
    }

    fn is_decided(&self, z: &[Rational]) -> bool {
        self.units.iter().all(|w| self.decides(w, z))
    }

    /// The noise patterns of this kind.
    fn patterns(
        &self,
        kind: impl Fn(&Self, &[Rational]) -> bool,
    ) -> impl Iterator<Item = Vec<Rational>> {
        let k = self.units[0].len() - 2;
        let sign = |bits: usize, j| Rational::from(if (bits >> j) & 1 == 1 { -1 } else { 1 });
        let all =
            (0..1usize << k).map(move |bits| (0..k).map(|j| sign(bits, j)).collect::<Vec<_>>());
        all.filter(move |z| kind(self, z))
    }

    /// The points with `y <grad f(x), V> <= 0`, against a bound.
    fn finding(&self, bound: usize) -> Conclusion {
        let wrong = self.patterns(|_, _| true).map(|z| self.wrong(&z)).sum::<usize>();
        at_least("points that are wrong", wrong, bound)
    }

    fn wrong(&self, z: &[Rational]) -> usize {
        let points = [(1, 0, 1), (-1, 0, 1), (0, 1, -1), (0, -1, -1)];
        let is_wrong = |&(a, b, label): &(i64, i64, i64)| {
            let front = [Rational::integer(a), Rational::integer(b)];
            let x: Vec<_> = front.into_iter().chain(z.iter().cloned()).collect();
            let open =
                self.units.iter().zip(&self.change).filter(|(w, _)| dot(w, &x).is_positive());
            let value = open.map(|(_, v)| dot(v, &x)).sum::<Rational>();
            !(value * Rational::integer(label)).is_positive()
        };
        points.iter().filter(|point| is_wrong(point)).count()
    }
}

/// Units at random, blind to what is not noise, or decided by it always; changes at random, or
/// those that solve XOR without noise. At most `noise` coordinates and `units` units.
fn cases(noise: usize, units: usize) -> impl Strategy<Value = Case> {
    (0..=noise, 1..=units)
        .prop_flat_map(|(k, m)| {
            let rows = || vec(numbers::integers(k + 2, 3), m);
            (rows(), rows(), any::<bool>(), 0..3)
        })
        .prop_map(|(mut units, mut change, solves, kind)| {
            for w in units.iter_mut().filter(|_| kind < 2) {
                w[..2].fill(Rational::ZERO);
                // An odd number after even ones is never outweighed: every pattern decides.
                if let Some((last, noise)) = w[2..].split_last_mut().filter(|_| kind == 1) {
                    noise.iter_mut().for_each(|t| *t += t.clone());
                    *last = Rational::ONE;
                }
            }
            for (w, v) in units.iter().zip(&mut change).filter(|_| solves) {
                v.fill(Rational::ZERO);
                v[0] = Rational::from(w[0].signum());
                v[1] = -Rational::from(w[1].signum());
            }
            Case { units, change }
        })
}
