//! Merging two layers around a bottleneck makes a matrix of its rank at most.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/middle_rank", AGAINST_ITS_NOTE)
        .remembered_from("ParhiNowak2022", "abstract: rank bounds; the details from memory"),
    statement: "a linear layer of d units between K₁ and K₂ units  ⟹  merged into one matrix W V \
                it has rank ≤ d",
    cases: || cases(1..=3, 3).with("12 units around 5", 16, blocks(12..=12, 5..=5, 3)),
    hypotheses: &[],
    conclusion: |case| at_most("rank", case.middle().rank(), case.bottleneck()),
    twins: &[
        twin("every matrix in the middle", |case: &Case| {
            let [rows, columns] = [case.second.len(), case.first[0].len()];
            at_least("rank", case.middle().rank(), rows.min(columns))
        })
        .because("the identity of three channels needs a bottleneck of three"),
        twin("one less", |case: &Case| below("rank", case.middle().rank(), case.bottleneck()))
            .because("a bottleneck can be used up"),
    ],
    well_formed: |case| {
        let d = case.first.len();
        let is_table = |rows: &[Vec<Rational>]| {
            !rows.is_empty() && !rows[0].is_empty() && rows.iter().all(|r| r.len() == rows[0].len())
        };
        let fits = is_table(&case.first) && is_table(&case.second) && case.second[0].len() == d;
        require!(fits, "W is expected to have one column for each of the {d} rows of V")
    },
};

/// Two linear layers without an activation between them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    /// `V`, a row for each unit of the bottleneck.
    first: Vec<Vec<Rational>>,
    /// `W`, a row for each unit after it.
    second: Vec<Vec<Rational>>,
}

impl Case {
    fn bottleneck(&self) -> usize {
        self.first.len()
    }

    fn middle(&self) -> Matrix {
        let [w, v] = [&self.second, &self.first].map(|rows| Matrix::from_rows(rows.clone()));
        w.product(&v)
    }
}

fn cases(sizes: Span, most: i64) -> Cases<Case> {
    blocks(1..=4, sizes, most).cases()
}

fn blocks(around: Span, bottleneck: Span, most: i64) -> impl Strategy<Value = Case> {
    (around.clone(), bottleneck, around).prop_flat_map(move |(before, d, after)| {
        let table = |rows, columns| vec(numbers::integers(columns, most), rows);
        (table(d, before), table(after, d)).prop_map(|(first, second)| Case { first, second })
    })
}
