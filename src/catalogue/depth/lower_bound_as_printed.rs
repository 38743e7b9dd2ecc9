//! The printed lower bound is true in two dimensions, for up to 2295 folds.

use crate::catalogue::prelude::*;
use crate::counting::{Plan, Stack, dense};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/lower_bound_as_printed", AGAINST_THE_STATEMENT)
        .derived_from("Xiong2020", "Theorem 5, the lower bound with the published count")
        .as_printed("printed for any number of filters"),
    statement: "n inputs, p ≥ 3 filters 1x1, then d filters 2x2 with published count R and \
                maximum M, p (R − M) ≤ n M  ⟹  p^n R ≤ (p + 1)^n M ≤ the maximum",
    cases: || {
        few(PLANES).with("larger planes", 8, few(LARGER)).with(
            "18 units and more",
            128,
            few(LARGEST),
        )
    },
    hypotheses: &[
        given("three folds", |case: &Case| case.folds >= 3).needed(
            "one unit folds nothing: behind it no network has 2^n M regions",
            || {
                let case = |folds, &(input, filters): &_| Case { input, folds, filters };
                let one = PLANES.iter().map(|plane| case(1, plane));
                Cases::listed(one.chain(PLANES.iter().map(|plane| case(2, plane))))
            },
        ),
        given("few folds", |case: &Case| {
            case.last().is_ok_and(|[published, maximum]| {
                let (folds, inputs) = (Natural::from(case.folds), Natural::from(case.inputs()));
                folds * (&published - &maximum) <= inputs * maximum
            })
        })
        .needed("the excess is a fixed share, one more fold of many an ever smaller one", || {
            many(PLANES).with("larger planes", 32, many(LARGER))
        }),
    ],
    conclusion: |case| match case.stack().zigzag_lower(LIMIT) {
        Some((zigzag, _)) if case.folds >= 3 => case.printed_is_at_most(Ok(zigzag)),
        _ => {
            // The second half: (p + 1)^n M ≤ the maximum, which is at most what Serra et al. say.
            let [_, maximum] = case.last()?;
            let claimed = case.power(case.folds + 1, case.inputs()) * maximum;
            let most = case.excludes(&claimed);
            at_least("most regions of any network", most, claimed)
        }
    },
    twins: &[
        twin("the folding network reaches it", |case: &Case| {
            let folding = case.stack().lower(LIMIT).map(|(folding, _)| folding);
            case.printed_is_at_most(folding.ok_or(BEYOND))
        })
        .because("in the cube it has the maximum of the last layer for each fold, not R"),
        twin("one more fold at one place is enough", |case: &Case| {
            let [_, maximum] = case.last()?;
            let others = case.power(case.folds, case.inputs() - 1);
            case.printed_is_at_most(Ok((Natural::from(case.folds) + 1u32) * others * maximum))
        })
        .because("for 256 folds and more all places are needed"),
    ],
    well_formed: |case| {
        let [height, width] = case.input;
        require!(
            (1..=10_000).contains(&case.folds)
                && (2..=4).contains(&height)
                && (2..=12).contains(&width),
            "expected inputs 2x2 to 4x12, and 1 to 10,000 folds"
        )?;
        let units = (height - 1) * (width - 1) * case.filters;
        require!((1..=40).contains(&units), "{units} units in the last layer, expected 1 to 40")
    },
};

/// Steps of deletion and contraction.
const LIMIT: usize = 1 << 20;
const BEYOND: Undecided = Undecided("the maximum of the last layer is out of reach");

/// Inputs and numbers of 2x2 filters for which the published count is too large: by 1 of 256, 15
/// of 4013 and 35 of 4096.
const PLANES: &[([usize; 2], usize)] = &[([3, 3], 2), ([3, 3], 3), ([3, 4], 2)];
const LARGER: &[([usize; 2], usize)] = &[([3, 5], 2), ([3, 6], 2), ([3, 7], 2), ([3, 3], 4)];
const LARGEST: &[([usize; 2], usize)] = &[([3, 3], 5), ([3, 4], 3), ([3, 10], 2), ([4, 4], 2)];

/// `folds` filters of one tap, then `filters` filters of 2x2.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    input: [usize; 2],
    folds: usize,
    filters: usize,
}

impl Case {
    fn stack(&self) -> Stack {
        let plan = |side, units| Plan { filter: Some([side; 2]), stride: [1, 1], units };
        let plans = [plan(1, self.folds), plan(2, self.filters)];
        Stack::new(self.input, 1, &plans).expect("the sizes were checked")
    }

    fn inputs(&self) -> usize {
        self.input[0] * self.input[1]
    }

    /// The published count of the last layer alone, and a number of regions that it has.
    fn last(&self) -> Result<[Natural; 2], Undecided> {
        let last = self.stack().unfolded_last();
        let (maximum, _) = last.window.maximum(last.units, LIMIT).ok_or(BEYOND)?;
        Ok([last.window.published_count(last.units), maximum])
    }

    fn power(&self, base: usize, exponent: usize) -> Natural {
        Natural::from(base).pow(u32::try_from(exponent).expect("a small shape"))
    }

    /// What no parameters exceed, where that is less than what is claimed.
    fn excludes(&self, claimed: &Natural) -> Result<Natural, Undecided> {
        let most = dense::serra_upper(self.inputs(), &self.stack().widths());
        let none = Undecided("too few folds for a zigzag, and no bound excludes so many regions");
        if &most < claimed { Ok(most) } else { Err(none) }
    }

    fn printed_is_at_most(&self, bound: Result<Natural, Undecided>) -> Conclusion {
        let [published, _] = self.last()?;
        let printed = self.power(self.folds, self.inputs()) * published;
        at_most("printed lower bound", printed, bound)
    }
}

/// Three folds, or some parts of the most that the hypotheses allow.
fn few(planes: &'static [([usize; 2], usize)]) -> impl Strategy<Value = Case> {
    (select(planes), 0usize..=256).prop_map(|((input, filters), part)| {
        let folds = (most(input, filters) * part / 256).clamp(3, 10_000);
        Case { input, folds, filters }
    })
}

/// More than the most, and than the few beyond it that the zigzag still reaches.
fn many(planes: &'static [([usize; 2], usize)]) -> impl Strategy<Value = Case> {
    (select(planes), 1usize..=8).prop_map(|((input, filters), more)| {
        let folds = most(input, filters) + more * input[0] * input[1];
        Case { input, folds, filters }
    })
}

/// The most folds with `p (R - M) <= n M`.
fn most(input: [usize; 2], filters: usize) -> usize {
    let case = Case { input, folds: 1, filters };
    let [published, maximum] = case.last().expect("these planes are within reach");
    let most = Natural::from(case.inputs()) * &maximum / (published - maximum);
    usize::try_from(most).expect("the excess is no less than one in a thousand")
}
