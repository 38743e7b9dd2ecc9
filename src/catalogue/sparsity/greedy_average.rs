//! Atoms chosen one by one converge at the rate of a mean.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/greedy_average", AGAINST_ITS_NOTE)
        .remembered_from("Barron1993", "Maurey's lemma")
        .as_printed("a random draw, in expectation; here a greedy choice, for every K"),
    statement: "f = Σ wₖ gₖ, wₖ ≥ 0, Σ wₖ = 1, f_K the mean of K atoms chosen one by one for the \
                least error  ⟹  |f - f_K|² ≤ (Σ wₖ |gₖ|² - |f|²) / K for every K",
    cases: || {
        cases(1..=5, 1..=4, true).with("20 atoms", 32, cases(20..=20, 8..=8, true)).with(
            "40 atoms of 6 values",
            64,
            cases(40..=40, 6..=6, true),
        )
    },
    hypotheses: &[given("a convex combination", |case: &Case| {
        case.weights.iter().all(|w| !w.is_negative())
            && case.weights.iter().sum::<Rational>() == Rational::ONE
    })
    .needed("a mean of atoms stays in their convex hull", || cases(1..=4, 1..=3, false).cases())],
    conclusion: |case| compare(case, &case.count()),
    twins: &[
        twin("the square of the number", |case: &Case| compare(case, &case.count().pow(2)))
            .because("orthonormal atoms of equal weight are no better than that"),
        twin("the square of the number, with the best coefficients", |case: &Case| {
            let chosen = case.chosen();
            let error =
                case.distance(&chosen.iter().map(|&k| &case.atoms[k][..]).collect::<Vec<_>>());
            at_most("square error", error, case.variance() / case.count().pow(2))
        })
        .because("orthonormal atoms: the coefficients of what was not chosen are lost"),
        twin("one atom more for nothing", |case: &Case| {
            compare(case, &(case.count() + Rational::ONE))
        })
        .because("K = 1: a single atom may be off by all of the variance"),
    ],
    well_formed: |case| {
        let Some(first) = case.atoms.first() else { return Err("there must be an atom".into()) };
        require!(case.atoms.iter().all(|g| g.len() == first.len()), "atoms have one length")?;
        require!(case.weights.len() == case.atoms.len(), "an atom has a weight")?;
        require!((1..=64).contains(&case.chosen), "1 to 64 atoms are chosen")
    },
};

/// Atoms as vectors of values, their weights, and how many are chosen.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    atoms: Vec<Vec<Rational>>,
    weights: Vec<Rational>,
    chosen: u8,
}

impl Case {
    fn count(&self) -> Rational {
        self.chosen.into()
    }

    fn target(&self) -> Vec<Rational> {
        let entry = |i: usize| self.atoms.iter().zip(&self.weights).map(|(g, w)| w * &g[i]).sum();
        (0..self.atoms[0].len()).map(entry).collect()
    }

    /// Each atom in turn is the one that leaves the least sum of errors, of several the one with
    /// the smallest difference.
    fn chosen(&self) -> Vec<usize> {
        let f = self.target();
        // The sum of `f - atom` over the chosen ones.
        let mut off = vec![Rational::ZERO; f.len()];
        let mut chosen = Vec::new();
        for _ in 0..self.chosen {
            let with = |(k, g): (usize, &Vec<Rational>)| {
                let next: Vec<_> =
                    off.iter().zip(&f).zip(g).map(|((off, f), g)| off + f - g).collect();
                (dot(&next, &next), next, k)
            };
            let best = self.atoms.iter().enumerate().map(with).min();
            let (_, next, k) = best.expect("a case has an atom");
            off = next;
            chosen.push(k);
        }
        chosen
    }

    /// The square distance of the target from the span of these vectors.
    fn distance(&self, vectors: &[&[Rational]]) -> Rational {
        let f = self.target();
        let gram = vectors.iter().map(|a| vectors.iter().map(|b| dot(a, b)).collect()).collect();
        let right: Vec<Rational> = vectors.iter().map(|a| dot(a, &f)).collect();
        let best = Matrix::from_rows(gram).solve(&right).expect("normal equations are solvable");
        dot(&f, &f) - dot(&best, &right)
    }

    fn variance(&self) -> Rational {
        let f = self.target();
        let squares = self.atoms.iter().zip(&self.weights).map(|(g, w)| w * dot(g, g));
        squares.sum::<Rational>() - dot(&f, &f)
    }
}

/// The chosen atoms have equal weights.
fn compare(case: &Case, divisor: &Rational) -> Conclusion {
    let f = case.target();
    let chosen = case.chosen();
    let mean =
        |i: usize| chosen.iter().map(|&k| &case.atoms[k][i]).sum::<Rational>() / case.count();
    let off: Vec<Rational> = f.iter().enumerate().map(|(i, f)| f - mean(i)).collect();
    at_most("square error", dot(&off, &off), case.variance() / divisor)
}

fn cases(atoms: Span, length: Span, is_convex: bool) -> BoxedStrategy<Case> {
    let random = (atoms, length)
        .prop_flat_map(|(m, n)| (vec(numbers::integers(n, 2), m), vec(0..=3i64, m)))
        .prop_map(|(atoms, weights)| {
            let total: i64 = weights.iter().sum();
            let weight = |(k, w): (usize, i64)| match total {
                0 => Rational::from(k == 0),
                _ => Rational::new(w, total),
            };
            (atoms, weights.into_iter().enumerate().map(weight).collect::<Vec<_>>())
        });
    let orthonormal = (1usize..=8).prop_map(|m| {
        let atom = |k: usize| (0..m).map(|i| Rational::from(i == k)).collect();
        ((0..m).map(atom).collect(), vec![Rational::new(1, m as i64); m])
    });
    (prop_oneof![3 => random, 1 => orthonormal], 1..=6u8, numbers::nonzero_integer(3))
        .prop_map(move |((atoms, mut weights), chosen, factor)| {
            if !is_convex {
                weights[0] += factor;
            }
            Case { atoms, weights, chosen }
        })
        .boxed()
}
