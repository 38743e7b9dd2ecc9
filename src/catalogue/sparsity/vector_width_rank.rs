//! Units of a network with q outputs need at most r q - q (q - 1) / 2 dimensions.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/vector_width_rank", AGAINST_ITS_NOTE)
        .derived_from("Shenouda2024", "abstract: width at most the square of the sample size"),
    statement: "features φₖ in Rʳ, Z of q ≤ r columns  ⟹  the matrices φₖ φₖᵀ Z span \
                at most r q - q (q - 1) / 2 dimensions",
    cases: || cases(1..=3, 1..=8).with("5 dimensions, 20 units", 16, units(5..=5, 20..=20)),
    hypotheses: &[],
    conclusion: |case| at_most("dimensions", case.dimensions(), case.bound()),
    twins: &[
        twin("as many as dimensions", |case: &Case| {
            at_most("dimensions", case.dimensions(), case.features[0].len())
        })
        .because("several outputs tell units apart that one output cannot"),
        twin("one less", |case: &Case| below("dimensions", case.dimensions(), case.bound()))
            .because("generic units reach the bound"),
        twin("the rank of the features", |case: &Case| {
            let rank = Matrix::from_rows(case.features.clone()).rank();
            at_most("dimensions", case.dimensions(), rank)
        })
        .because("the squares of features span more than the features"),
    ],
    well_formed: |case| {
        let r = case.dual.len();
        let q = case.dual.first().map(Vec::len);
        let is_table = q.is_some_and(|q| (1..=r).contains(&q))
            && case.dual.iter().all(|row| Some(row.len()) == q)
            && !case.features.is_empty()
            && case.features.iter().all(|row| row.len() == r);
        require!(is_table, "features of as many numbers as the dual has rows, and no more columns")
    },
};

/// Features of units, and the dual matrix.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    /// One row a unit, `r` numbers each.
    features: Vec<Vec<Rational>>,
    /// `r` rows of `q` numbers.
    dual: Vec<Vec<Rational>>,
}

impl Case {
    fn columns(&self) -> usize {
        self.dual[0].len()
    }

    fn bound(&self) -> usize {
        let (r, q) = (self.dual.len(), self.columns());
        r * q - q * (q - 1) / 2
    }

    /// The rank of the matrices `φ φᵀ Z`, written in a row each.
    fn dimensions(&self) -> usize {
        let dual = Matrix::from_rows(self.dual.clone()).transpose();
        let row = |phi: &Vec<Rational>| -> Vec<Rational> {
            let outer: Vec<_> = (0..dual.rows()).map(|j| dot(dual.row(j), phi)).collect();
            phi.iter().flat_map(|x| outer.iter().map(move |y| x * y)).collect()
        };
        Matrix::from_rows(self.features.iter().map(row).collect()).rank()
    }
}

fn cases(r: Span, count: Span) -> Cases<Case> {
    units(r, count).cases()
}

/// In two cases of three the dual has ones on its diagonal and zeros above, so its columns are
/// independent.
fn units(r: Span, count: Span) -> impl Strategy<Value = Case> {
    let sizes = r.prop_flat_map(|r| (Just(r), 1..=r));
    (sizes, count).prop_flat_map(|((r, q), count)| {
        let features = vec(numbers::integers(r, 3), count);
        let dual = vec(numbers::integers(q, 2), r);
        (features, dual, 0usize..3).prop_map(move |(features, mut dual, kind)| {
            let ordered = if kind == 0 { 0 } else { q };
            for (i, row) in dual.iter_mut().enumerate().take(ordered) {
                row[i] = Rational::ONE;
                row[i + 1..].fill(Rational::ZERO);
            }
            Case { features, dual }
        })
    })
}
