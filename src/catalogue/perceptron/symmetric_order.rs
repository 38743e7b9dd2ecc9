//! The order of a symmetric predicate is the number of times its truth changes.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("perceptron/symmetric_order", AGAINST_ITS_NOTE)
        .derived_from("MinskyPapert1969", "from the group invariance theorem"),
    statement: "ψ(x) = t(Σ x_i) on {0, 1}^n  ⟹  least degree of p with [p > 0] = ψ is \
                #{k < n: t(k) ≠ t(k+1)}",
    cases: || {
        let of_bits = |n: usize| vec(any::<bool>(), n + 1).prop_map(symmetric);
        Cases::listed((1..=4).flat_map(all_of).map(symmetric))
            .with("4 bits", 1, of_bits(4))
            .with("5 bits", 16, of_bits(5))
            .with("6 bits", 32, of_bits(6))
            .with("7 bits", 128, of_bits(7))
            .with("8 bits", 2048, of_bits(8))
    },
    hypotheses: &[given("symmetric", |case: &Case| {
        let chain = case.along_the_chain();
        case.truth.iter().enumerate().all(|(x, truth)| *truth == chain[boolean_function::size(x)])
    })
    .needed("along one chain a predicate may change more often than its order", || {
        any_predicate(2..=3)
    })],
    conclusion: |case| equal("order", case.order(), case.changes()),
    twins: &[
        twin("the order is the number of bits", |case: &Case| {
            equal("order", case.order(), boolean_function::size(case.truth.len() - 1))
        })
        .because("AND and majority have order one for any number of bits"),
        twin("one for each run of truth", |case: &Case| {
            let chain = case.along_the_chain();
            let starts = (0..chain.len()).filter(|&k| chain[k] && (k == 0 || !chain[k - 1]));
            equal("order", case.order(), starts.count())
        })
        .because("a run that begins and ends inside costs two"),
    ],
    well_formed: |case| match boolean_function::variables(case.truth.len()) {
        Some(1..=8) => Ok(()),
        _ => Err(format!(
            "{} truth values; a predicate of n bits has 2^n, for n from 1 to 8",
            case.truth.len()
        )),
    },
};

/// A predicate of `n >= 1` bits as `truth: [2^n]`, in the order of [`boolean_function`].
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    truth: Vec<bool>,
}

impl Case {
    /// The truth at the points whose first `0, 1, .., n` bits are one.
    fn along_the_chain(&self) -> Vec<bool> {
        (0..=boolean_function::size(self.truth.len() - 1))
            .map(|k| self.truth[(1 << k) - 1])
            .collect()
    }

    fn changes(&self) -> usize {
        self.along_the_chain().windows(2).filter(|pair| pair[0] != pair[1]).count()
    }

    /// The least degree in which the points are separated by the truth; each answer on the way
    /// comes with weights or multipliers, and they are checked.
    fn order(&self) -> usize {
        let decided = |degree: &usize| {
            let products = (0..self.truth.len()).filter(|m| boolean_function::size(*m) <= *degree);
            let products: Vec<_> = products.collect();
            let value = |x: usize, m: &usize| Rational::from(m & x == *m);
            let point = |x| products.iter().map(|m| value(x, m)).collect();
            let points: Vec<Vec<_>> = (0..self.truth.len()).map(point).collect();
            separation::proved_weights(&separation::signed(&points, &self.truth)).is_some()
        };
        (0..self.truth.len()).find(decided).expect("every function on the cube is a polynomial")
    }
}

/// All lists of `n + 1` truth values.
fn all_of(n: usize) -> impl Iterator<Item = Vec<bool>> {
    (0..1usize << (n + 1)).map(move |list| (0..=n).map(|k| (list >> k) & 1 == 1).collect())
}

/// The predicate with truth `by_number[k]` where `k` bits are one.
fn symmetric(by_number: Vec<bool>) -> Case {
    let points = 0..1usize << (by_number.len() - 1);
    Case { truth: points.map(|x| by_number[boolean_function::size(x)]).collect() }
}

fn any_predicate(bits: Span) -> Cases<Case> {
    bits.prop_flat_map(|n| vec(any::<bool>(), 1 << n)).prop_map(|truth| Case { truth }).cases()
}
