//! A sum of Z products of vectors has rank Z at most, odd against even places.

use crate::catalogue::prelude::*;
use crate::generators::tensor_trees::{Sizes, outer};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/shallow_circuit_rank", AGAINST_ITS_NOTE)
        .remembered_from("CohenSharirShashua2016", "shallow circuits: canonical decompositions"),
    statement: "A = Σ_{z ≤ Z} v_(z,1) ⊗ .. ⊗ v_(z,n), odd against even places  ⟹  rank ≤ Z",
    cases: || {
        sums(1..=2, 1..=3, 0..=4, 2)
            .with("zeros and ones", 8, sums(1..=2, 2..=3, 1..=6, 1))
            .with("six places", 16, sums(3..=3, 2..=3, 1..=9, 3))
            .with("eight places, 30 terms", 64, sums(4..=4, 2..=3, 14..=30, 3))
    },
    hypotheses: &[],
    conclusion: |case| at_most("rank", case.rank(), case.terms.len()),
    twins: &[
        twin("one term more than the rank", |case: &Case| {
            below("rank", case.rank(), case.terms.len())
        })
        .because("independent terms have as many ranks")
        .drawing(|| sums(1..=2, 2..=3, 1..=4, 2).cases()),
        twin("as many ranks as terms", |case: &Case| {
            let most = case.entries.pow(case.pairs as u32);
            equal("rank", case.rank(), case.terms.len().min(most))
        })
        .because("terms may be dependent, or zero"),
        twin("three terms reach a deep circuit", |case: &Case| {
            let sizes = Sizes { entries: case.entries, channels: vec![case.entries; 2] };
            at_least("rank", case.rank(), sizes.identities().matrix().rank())
        })
        .because("three terms have rank three at most, the deep circuit of four places has four")
        .drawing(|| sums(2..=2, 2..=2, 3..=3, 2).cases()),
    ],
    well_formed: |case| {
        let Case { entries, pairs, terms } = case;
        require!(
            (1..=3).contains(entries) && (1..=4).contains(pairs) && terms.len() <= 40,
            "{entries} entries, {pairs} pairs of places, {} terms; 1 to 3, 1 to 4, up to 40",
            terms.len()
        )?;
        let fits = |term: &Vec<Vec<Rational>>| {
            term.len() == 2 * pairs && term.iter().all(|v| v.len() == *entries)
        };
        require!(terms.iter().all(fits), "a term has {} vectors of {entries} entries", 2 * pairs)
    },
};

/// The vectors of each term, `[terms][2 pairs][entries]`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    entries: usize,
    pairs: usize,
    terms: Vec<Vec<Vec<Rational>>>,
}

impl Case {
    /// Of the tensor, the odd places as rows and the even ones as columns.
    fn rank(&self) -> usize {
        let size = self.entries.pow(self.pairs as u32);
        let mut sum = Matrix::zero(size, size);
        for term in &self.terms {
            let side = |parity: usize| {
                let vectors = term.iter().skip(parity).step_by(2);
                vectors.fold(vec![Rational::ONE], |product, v| {
                    product.iter().flat_map(|x| v.iter().map(move |y| x * y)).collect()
                })
            };
            let product = outer(&side(0), &side(1));
            for (i, j) in (0..size).flat_map(|i| (0..size).map(move |j| (i, j))) {
                sum[(i, j)] += &product[(i, j)];
            }
        }
        sum.rank()
    }
}

fn sums(pairs: Span, entries: Span, terms: Span, most: i64) -> BoxedStrategy<Case> {
    (pairs, entries, terms)
        .prop_flat_map(move |(pairs, entries, terms)| {
            let term = vec(numbers::integers(entries, most), 2 * pairs);
            (Just((entries, pairs)), vec(term, terms))
        })
        .prop_map(|((entries, pairs), terms)| Case { entries, pairs, terms })
        .boxed()
}
