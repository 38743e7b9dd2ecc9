//! A circular convolution averaged over positions does not see shifts.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/shifts_unseen", STEP_BY_STEP)
        .derived_from("Arora2019", "the kernel with global average pooling"),
    statement: "f and ∇f are the same at x and at its circular shifts",
    cases: || {
        let signals = |most: usize, taps: usize| {
            (1..=most, 1..=taps)
                .prop_flat_map(|(n, taps)| {
                    (numbers::integers(n, 2), numbers::integers(taps, 3), 0..n)
                })
                .prop_map(|(signal, filter, shift)| Case { signal, filter, shift })
        };
        let strata = signals(6, 3).with("up to 60 samples, 12 taps", 16, signals(60, 12));
        strata.with("up to 1000 samples, 40 taps", 256, signals(1000, 40))
    },
    hypotheses: &[],
    conclusion: |case| case.gap(&Setting::PLAIN),
    twins: &[
        twin("zero padding", |case: &Case| {
            case.gap(&Setting { circular: false, ..Setting::PLAIN })
        })
        .because("a sample that leaves at one end does not return at the other"),
        twin("each position counts half of the one before", |case: &Case| {
            case.gap(&Setting { weighted: true, ..Setting::PLAIN })
        })
        .because("only a uniform mean forgets the position"),
        twin("stride two", |case: &Case| case.gap(&Setting { stride: 2, ..Setting::PLAIN }))
            .because("an odd shift swaps the positions that are kept and those that are not"),
    ],
    well_formed: |case| {
        if case.signal.is_empty() || case.filter.is_empty() || case.shift >= case.signal.len() {
            let (n, taps) = (case.signal.len(), case.filter.len());
            return Err(format!("{n} samples, {taps} taps, a shift by {}", case.shift));
        }
        Ok(())
    },
};

/// A signal, a filter, and how far the signal is moved to the right.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    signal: Vec<Rational>,
    filter: Vec<Rational>,
    shift: usize,
}

/// What the twins change.
struct Setting {
    circular: bool,
    weighted: bool,
    stride: usize,
}

impl Setting {
    const PLAIN: Self = Self { circular: true, weighted: false, stride: 1 };
}

impl Case {
    /// The largest difference between value and gradient at the signal and at its shift.
    fn gap(&self, setting: &Setting) -> Conclusion {
        let mut shifted = self.signal.clone();
        shifted.rotate_right(self.shift);
        let (here, there) =
            (self.response(&self.signal, setting), self.response(&shifted, setting));
        same_signal("largest gap", &here, &there)
    }

    /// The value, a mean over the positions that are kept, then the gradient by the filter.
    fn response(&self, x: &[Rational], setting: &Setting) -> Vec<Rational> {
        let n = x.len();
        let sample = |p: usize| match p {
            p if p < n => x[p].clone(),
            p if setting.circular => x[p % n].clone(),
            _ => Rational::ZERO,
        };
        let mut sum = vec![Rational::ZERO; self.filter.len() + 1];
        let positions = n.div_ceil(setting.stride);
        for p in (0..n).step_by(setting.stride) {
            let window: Vec<_> = (0..self.filter.len()).map(|t| sample(p + t)).collect();
            let before = dot(&self.filter, &window);
            if before.is_positive() {
                // The last one counts as much as the one before it, so that this is a mean.
                let halvings = (p + 1).min(n - 1);
                let share = match setting.weighted {
                    true => Rational::new(1, 2).pow(halvings as i32),
                    false => Rational::from(positions).recip(),
                };
                let terms = [before].into_iter().chain(window);
                sum.iter_mut().zip(terms).for_each(|(sum, t)| *sum += t * &share);
            }
        }
        sum
    }
}
