//! Every subspace of dimension n misses one of 2n tents of variation 1.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/tents_escape_subspaces", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2023", "linear methods suffer from the dimension")
        .as_printed("a rate for every dimension; here one input, with a constant"),
    statement: "a subspace of L²[0, 1] of dimension n, 2n tents of TV2 1 side by side  ⟹  one of \
                them is at a squared distance of 1 / (3072 n³) or more",
    cases: || drawn(1..=3).cases().with("dimension 5 to 7", 16, drawn(5..=7)),
    hypotheses: &[],
    conclusion: |case| at_least("squared distance", case.farthest(2), case.bound(3)),
    twins: &[
        twin("as many tents as dimensions", |case: &Case| {
            at_least("squared distance", case.farthest(1), case.bound(3))
        })
        .because("a subspace may contain n of them"),
        twin("strictly more", |case: &Case| {
            above("squared distance", case.farthest(2), case.bound(3))
        })
        .because("sums of two tents each are half way between both"),
        twin("one power fewer", |case: &Case| {
            at_least("squared distance", case.farthest(2), case.bound(2))
        })
        .because("the tents themselves become as small as n to the power -3"),
    ],
    well_formed: |case| {
        let n = case.basis.len();
        require!((1..=16).contains(&n), "1 to 16 functions are expected, found {n}")?;
        let is_whole = case.basis.iter().all(|f| f.len() == 4 * n + 1);
        require!(is_whole, "a function has {} values", 4 * n + 1)
    },
};

/// n functions that span the subspace, piecewise linear between their values at `i / (4n)`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    basis: Vec<Vec<Rational>>,
}

impl Case {
    fn bound(&self, power: i32) -> Rational {
        (Rational::from(3072usize) * Rational::from(self.basis.len()).pow(power)).recip()
    }

    /// The integral of a product.
    fn product(&self, f: &[Rational], g: &[Rational]) -> Rational {
        let cell = |(f, g): (&[Rational], &[Rational])| {
            let ends = dot(f, g) * Rational::from(2);
            ends + &f[0] * &g[1] + &f[1] * &g[0]
        };
        let sum: Rational = f.windows(2).zip(g.windows(2)).map(cell).sum();
        sum / Rational::from(24 * self.basis.len())
    }

    /// The tent of slopes 1/4 and -1/4 on cells `2 i` and `2 i + 1`.
    fn tent(&self, i: usize) -> Vec<Rational> {
        let n = self.basis.len();
        let mut tent = vec![Rational::ZERO; 4 * n + 1];
        tent[2 * i + 1] = Rational::from(16 * n).recip();
        tent
    }

    /// The greatest squared distance of the first `per_dimension * n` tents from the subspace.
    fn farthest(&self, per_dimension: usize) -> Result<Rational, Undecided> {
        let gram = |f: &Vec<Rational>| self.basis.iter().map(|g| self.product(f, g)).collect();
        let gram = Matrix::from_rows(self.basis.iter().map(gram).collect());
        let mut farthest = Rational::ZERO;
        for i in 0..per_dimension * self.basis.len() {
            let tent = self.tent(i);
            let right: Vec<_> = self.basis.iter().map(|f| self.product(f, &tent)).collect();
            let part = gram.solve(&right).ok_or(Undecided("the normal equations have no root"))?;
            farthest = farthest.max(self.product(&tent, &tent) - dot(&part, &right));
        }
        Ok(farthest)
    }
}

/// Values from a small range; sums of two tents; the first tents themselves.
fn drawn(dimension: Span) -> BoxedStrategy<Case> {
    let of = |n: usize| (vec(vec(numbers::integer(2), 4 * n + 1), n), 0usize..3);
    dimension
        .prop_flat_map(of)
        .prop_map(|(mut basis, kind)| {
            let n = basis.len();
            let peaks = |i: usize| match kind {
                0 => vec![],
                1 => vec![4 * i + 1, 4 * i + 3],
                _ => vec![2 * i + 1],
            };
            for (i, f) in basis.iter_mut().enumerate().filter(|_| kind > 0) {
                *f = (0..=4 * n).map(|node| Rational::from(peaks(i).contains(&node))).collect();
            }
            Case { basis }
        })
        .boxed()
}
