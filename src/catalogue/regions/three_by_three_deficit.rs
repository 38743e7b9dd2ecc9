//! d filters of 2x2 on a 3x3 input lose C(d, 2) (4 d − 7) regions.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/three_by_three_deficit", LINE_BY_LINE)
        .derived_from("Xiong2020", "by how much Theorem 2 fails for its smallest 2-D shape")
        .as_printed("printed without a deficit"),
    statement: "input 3x3, d filters 2x2, stride 1: R_N − #{independent sets of fixed \
                integer filters} = C(d, 2) (4 d − 7)",
    cases: || Cases::listed((1usize..=6).map(|filters| Case { filters })),
    hypotheses: &[],
    conclusion: |case| {
        let single = Rational::from(4 * case.filters) - Rational::integer(7);
        equal("deficit", case.deficit(), case.pairs() * single)
    },
    twins: &[
        twin("one for each two filters", |case: &Case| {
            equal("deficit", case.deficit(), case.pairs())
        })
        .because("with a unit of a third filter the relation is still there"),
        twin("every set with two whole filters", |case: &Case| {
            let others = 4 * (case.filters as i32 - 2).max(0);
            let sets = case.pairs() * Rational::integer(2).pow(others);
            equal("deficit", case.deficit(), sets)
        })
        .because("more than nine units were never counted, as there are nine inputs"),
    ],
    well_formed: |case| match case.filters {
        1..=8 => Ok(()),
        filters => Err(format!("{filters} filters, expected 1 to 8")),
    },
};

/// The number of filters.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    filters: usize,
}

impl Case {
    fn pairs(&self) -> Rational {
        Rational::from(choose(self.filters, 2))
    }

    /// The published count less the independent sets of fixed integer filters, decided modulo a
    /// prime. Fewer would be independent if one of their minors were divisible by it, and more
    /// than the maximum never are.
    fn deficit(&self) -> Rational {
        let sliding = filters::postcard(self.filters).sliding();
        let sizes = sliding.generic_by_size(self.filters, usize::MAX);
        let independent = sizes.expect("there is no limit").into_iter();
        let published = Rational::from(sliding.published_count(self.filters));
        published - independent.map(Rational::from).sum::<Rational>()
    }
}
