//! One draw from each cell saves the variance between the cells.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/stratified_variance", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "the sampling of ridge sums behind the rate"),
    statement: "m cells of equal size  ⟹  Var(mean, one draw a cell) = Var(mean, m \
                independent draws) - (1/m) · mean of (cell mean - mean)²",
    cases: || {
        let strata = cases(true, 1..=4, 1..=3).with("6 cells of 4", 64, cases(true, 6..=6, 4..=4));
        strata.with("8 cells of 4", 1024, cases(true, 8..=8, 4..=4))
    },
    hypotheses: &[given("cells of equal size", |case: &Case| {
        case.cells.iter().all(|cell| cell.len() == case.cells[0].len())
    })
    .needed("one draw a cell gives a point of a large cell too little weight", || {
        cases(false, 1..=4, 1..=3).cases()
    })],
    conclusion: |case| compare(case, &(case.independent() - case.between() / case.count())),
    twins: &[
        twin("as independent draws", |case: &Case| compare(case, &case.independent()))
            .because("where the means of the cells differ, cells save something"),
        twin("all of the variance between", |case: &Case| {
            compare(case, &(case.independent() - case.between()))
        })
        .because("the variance of a mean is that of one draw over their number"),
    ],
    well_formed: |case| {
        let draws = case.cells.iter().map(Vec::len).fold(1, usize::saturating_mul);
        match draws {
            1..=65_536 if !case.cells.is_empty() => Ok(()),
            _ => Err("there must be cells, none empty, with 65,536 draws at most".to_owned()),
        }
    },
};

/// The values of the terms at one point, cell by cell.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    cells: Vec<Vec<Rational>>,
}

/// Mean and variance of numbers of equal weight.
fn moments(values: impl Iterator<Item = Rational> + Clone) -> (Rational, Rational) {
    let count = Rational::from(values.clone().count());
    let mean = values.clone().sum::<Rational>() / &count;
    let squares = values.map(|value| (value - &mean).pow(2)).sum::<Rational>();
    (mean, squares / count)
}

impl Case {
    /// The number `m` of cells.
    fn count(&self) -> Rational {
        self.cells.len().into()
    }

    /// The variance of the mean of `m` independent draws from all points.
    fn independent(&self) -> Rational {
        moments(self.cells.iter().flatten().cloned()).1 / self.count()
    }

    /// The mean square distance of the means of the cells from their mean.
    fn between(&self) -> Rational {
        moments(self.cells.iter().map(|cell| moments(cell.iter().cloned()).0)).1
    }

    /// The variance of the mean of one draw a cell, over every draw.
    fn stratified(&self) -> Rational {
        let start = vec![Rational::ZERO];
        let sums = self.cells.iter().fold(start, |sums, cell| {
            sums.iter().flat_map(|sum| cell.iter().map(move |value| sum + value)).collect()
        });
        moments(sums.into_iter().map(|sum| sum / self.count())).1
    }
}

fn compare(case: &Case, expected: &Rational) -> Conclusion {
    equal("variance", case.stratified(), expected.clone())
}

fn cases(is_even: bool, cells: Span, size: Span) -> impl Strategy<Value = Case> {
    let cell = |size: usize| vec(numbers::integer(3), size);
    (cells, size)
        .prop_flat_map(move |(cells, size)| {
            vec((if is_even { size } else { 1 }..=size).prop_flat_map(cell), cells)
        })
        .prop_map(|cells| Case { cells })
}
