//! The share of directions that are open at two inputs is what the kernel names.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/kernel_entry_law", STEP_BY_STEP)
        .derived_from("ChoSaul2009", "the arc-cosine kernel of degree 0"),
    statement: "2^b directions in equal steps, two inputs halfway between some of them  ⟹  \
                2^b (1 - angle/π)/2 directions are open at both",
    cases: || {
        let all = (2..=4).flat_map(|bits| {
            let odd = move || (0..1u32 << bits).map(|k| 2 * k + 1);
            odd().flat_map(move |x| odd().map(move |y| Case { inputs: [x, y], bits }))
        });
        let strata = Cases::listed(all).with("up to 2^10 directions", 1, cases(2..=10, true));
        strata.with("up to 2^20 directions", 64, cases(11..=20, true))
    },
    hypotheses: &[given("inputs between directions", |case: &Case| {
        case.inputs.iter().all(|x| !x.is_multiple_of(2))
    })
    .needed("a unit on a boundary is closed, so fewer are open", || cases(2..=10, false).cases())],
    conclusion: |case| case.finding(case.law()),
    twins: &[
        twin("without the factor 1/2", |case: &Case| {
            case.finding(case.law() * Rational::integer(2))
        })
        .because("each gate is open with probability 1/2"),
        twin("independent gates", |case: &Case| case.finding(Rational::new(1, 4))).because(
            "the gates of a unit at two inputs depend on each other unless these are orthogonal",
        ),
    ],
    well_formed: |case| {
        require!(
            (2..=24).contains(&case.bits),
            "2^{} directions; there must be 2^2 to 2^24",
            case.bits
        )?;
        match case.inputs.iter().find(|&&x| x >= case.turn()) {
            Some(x) => Err(format!("an input is at {x}; a turn has {} steps", case.turn())),
            None => Ok(()),
        }
    },
};

/// Two inputs, in steps of half of the one between `2^bits` directions.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    inputs: [u32; 2],
    bits: u32,
}

impl Case {
    /// Steps of inputs in a turn; directions are the even ones.
    fn turn(&self) -> u32 {
        2 << self.bits
    }

    /// The distance of two directions in steps, at most half a turn.
    fn distance(&self, a: u32, b: u32) -> u32 {
        let steps = a.abs_diff(b);
        steps.min(self.turn() - steps)
    }

    /// `(1 - angle / pi) / 2`.
    fn law(&self) -> Rational {
        let angle = self.distance(self.inputs[0], self.inputs[1]);
        Rational::new(1, 2) - Rational::from(angle) / Rational::from(self.turn())
    }

    /// The number of directions less than a quarter turn from both inputs, beside a share of all.
    fn finding(&self, share: Rational) -> Conclusion {
        let is_open = |w: u32| self.inputs.iter().all(|&x| 4 * self.distance(w, x) < self.turn());
        let open = (0..self.turn()).step_by(2).filter(|&w| is_open(w)).count();
        let all = Rational::from(1u32 << self.bits);
        equal("directions open at both", open, share * all)
    }
}

/// Inputs between the directions, or anywhere.
fn cases(bits: RangeInclusive<u32>, between: bool) -> impl Strategy<Value = Case> {
    (bits, any::<[u32; 2]>()).prop_map(move |(bits, places)| {
        let place = |place: u32| (place >> (31 - bits)) | u32::from(between);
        Case { inputs: places.map(place), bits }
    })
}
