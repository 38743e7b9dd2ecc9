//! Two filters on a strip: the repaired maximum without listing sets.

use crate::catalogue::prelude::*;
use crate::counting::{Sliding, spanning_sets};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/strip_maximum", LINE_BY_LINE)
        .derived_from("Crease", "asked here: is there a transfer matrix in the plane?"),
    statement: "two filters f x g on 2 f − 1 rows, c columns of positions  ⟹  #{independent \
                sets of generic filters} = #{sets of the values of 2 f generic filters of g \
                taps at c places that determine c + 1 − g numbers}",
    cases: || {
        let large = select(vec![(2, 2, 4), (2, 3, 4), (3, 2, 2), (3, 3, 2), (1, 4, 8), (1, 2, 8)]);
        let huge = select(vec![(2, 2, 5), (3, 2, 3), (2, 4, 4), (3, 3, 3), (1, 3, 9)]);
        let few = select(vec![(3, 7, 7), (3, 6, 7), (4, 5, 6), (5, 4, 4), (2, 8, 10)]);
        strips()
            .with("up to 16 units", 16, large.prop_map(strip))
            .with("40 units, few relations", 64, few.prop_map(strip))
            .with("up to 20 units", 512, huge.prop_map(strip))
    },
    hypotheses: &[
        given("two filters", |case: &Case| case.filters == 2)
            .needed("one filter alone has no relations", || changed(|case| case.filters = 1)),
        given("2 f - 1 rows", |case: &Case| case.rows + 1 == 2 * case.filter[0])
            .needed("with fewer rows there is no room for a relation", || {
                changed(|case| case.rows = 2)
            }),
    ],
    conclusion: |case| equal("independent sets", case.independent(), case.spanning()),
    twins: &[twin("the published count", |case: &Case| {
        let published = case.window().published_count(case.filters);
        equal("independent sets", case.independent(), published)
    })
    .because("matching a unit to an input knows nothing of relations")],
    well_formed: |case| {
        let fits = (1..=case.rows).contains(&case.filter[0]) && (1..=8).contains(&case.filter[1]);
        require!(fits, "the filter has 1 to 8 columns, and no more rows than the input")?;
        let units = (case.rows - case.filter[0] + 1).saturating_mul(case.filters);
        match units.saturating_mul(case.columns) {
            1..=24 => Ok(()),
            // So few relations that the sets are counted without listing them.
            25..=64 if case.filters == 2 && case.columns <= case.filter[1] + 2 => Ok(()),
            units => Err(format!("{units} units, expected 1 to 24")),
        }
    },
};

/// `filters` filters of `filter = [height, width]` on `rows` rows of one channel, stride one, with
/// so many columns of positions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    rows: usize,
    filter: [usize; 2],
    filters: usize,
    columns: usize,
}

impl Case {
    fn window(&self) -> Sliding {
        let input = [self.rows, self.columns + self.filter[1] - 1];
        Sliding::new(input, 1, self.filter, [1, 1]).expect("the filter is no higher than the input")
    }

    /// The independent sets at fixed pseudo-random weights, one by one.
    fn independent(&self) -> Natural {
        let sizes = self.window().generic_by_size(self.filters, usize::MAX);
        sizes.expect("there is no limit").into_iter().sum()
    }

    fn spanning(&self) -> Natural {
        spanning_sets(self.filters * self.filter[0], self.filter[1], self.columns)
    }
}

/// Two filters of `f x g` on `2 f - 1` rows.
fn strip((f, g, columns): (usize, usize, usize)) -> Case {
    Case { rows: 2 * f - 1, filter: [f, g], filters: 2, columns }
}

/// Strips of one, three and five rows, with at most 14 units.
fn strips() -> impl Strategy<Value = Case> {
    let columns = |f: usize| (Just(f), 1usize..=6, 1..=7 / f);
    (1usize..=3).prop_flat_map(columns).prop_map(strip)
}

/// A strip of three rows with two or three columns, changed.
fn changed(change: fn(&mut Case)) -> Cases<Case> {
    let columns = 2usize..=3;
    columns
        .prop_map(move |columns| {
            let mut case = Case { rows: 3, filter: [2, 2], filters: 2, columns };
            change(&mut case);
            case
        })
        .cases()
}
