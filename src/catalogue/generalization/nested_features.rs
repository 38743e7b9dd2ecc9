//! The interpolant of least norm gets no longer with further features.

use crate::catalogue::prelude::*;
use crate::generators::designs::{Design, wide};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("generalization/nested_features", AGAINST_ITS_NOTE)
        .derived_from("Belkin2019", "the norm of the interpolant beyond the threshold"),
    statement: "X of independent rows, Z further columns  ⟹  the least |b|² with (X Z) b = y is at \
                most that with X b = y",
    cases: || {
        drawn(1..=2, 0..=1, 2)
            .with("larger", 4, drawn(1..=3, 0..=2, 9))
            .with("5 samples", 16, drawn(5..=5, 0..=1, 3))
            .with("6 samples of 40 features", 64, drawn(6..=6, 34..=34, 2))
    },
    hypotheses: &[given("nested", |case: &Case| case.left_out == 0).needed(
        "other features may fit at a higher price",
        || {
            drawn(1..=2, 0..=1, 2)
                .prop_map(|mut case| {
                    case.left_out = case.design.features();
                    let n = case.design.samples();
                    let half = |x: bool| Rational::new(i64::from(x), 2);
                    case.added = (0..n).map(|i| (0..n).map(|j| half(i == j)).collect()).collect();
                    case
                })
                .cases()
        },
    )],
    conclusion: |case| at_most("square", case.after()?, case.design.least_square(&case.targets)),
    twins: &[
        twin("always smaller", |case: &Case| {
            refuse_if!(case.targets.iter().all(Rational::is_zero), Undecided("all targets are 0"));
            below("square", case.after()?, case.design.least_square(&case.targets))
        })
        .because("a feature that is 0 at all samples is of no use"),
        twin("by one part in the number of features", |case: &Case| {
            let p = case.design.features() as i64;
            let bound = case.design.least_square(&case.targets) * Rational::new(p, p + 1);
            at_most("square", case.after()?, bound)
        })
        .because("what a feature saves depends on how it meets the targets"),
        twin("fewer samples cost more", |case: &Case| {
            let mut fewer = case.design.clone();
            fewer.rows.pop();
            refuse_if!(fewer.rows.is_empty(), Undecided("no sample is left"));
            let found = fewer.least_square(&case.targets[..fewer.rows.len()]);
            at_least("square", found, case.design.least_square(&case.targets))
        })
        .because("a constraint less leaves more to choose from")
        .drawing(|| drawn(2..=3, 0..=1, 2).cases()),
    ],
    well_formed: |case| {
        case.design.check_wide(64)?;
        let (n, added) = (case.design.samples(), &case.added);
        require!(case.targets.len() == n, "{} targets and {n} samples", case.targets.len())?;
        let Some(first) = added.first() else { return Err("no row of further features".into()) };
        require!(
            added.len() == n && added.iter().all(|z| z.len() == first.len()) && first.len() <= 8,
            "every sample has the same number of further features, at most 8"
        )?;
        require!(case.left_out <= case.design.features(), "more is left out than there is")
    },
};

/// The design, the targets, features that are added, and how many of the first are left out then.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    left_out: usize,
    targets: Vec<Rational>,
    added: Vec<Vec<Rational>>,
    design: Design,
}

impl Case {
    fn after(&self) -> Result<Rational, Undecided> {
        let rows = self.design.rows.iter().zip(&self.added);
        let row = |(x, z): (&Vec<Rational>, &Vec<Rational>)| [&x[self.left_out..], z].concat();
        let design = Design { rows: rows.map(row).collect() };
        if design.features() == 0 || design.matrix().rank() < design.samples() {
            return Err(Undecided("the features that are left do not fit all targets"));
        }
        Ok(design.least_square(&self.targets))
    }
}

fn drawn(samples: Span, more: Span, most: i64) -> BoxedStrategy<Case> {
    (wide(samples, more, most), 1..=2usize)
        .prop_flat_map(move |(design, added)| {
            let n = design.samples();
            (Just(design), vec(numbers::integers(added, most), n), numbers::integers(n, most))
        })
        .prop_map(|(design, added, targets)| Case { left_out: 0, targets, added, design })
        .boxed()
}
