//! Haar scattering loses which half a channel belongs to.

use crate::analysis::scattering::tree;
use crate::catalogue::prelude::*;
use crate::generators::signals::{Leaves, leaves};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("scattering/same_image", AGAINST_ITS_NOTE)
        .derived_from("Chen2014", "what Haar scattering loses"),
    statement: "x, y of one block  ⟹  (S x = S y  ⟺  in every channel the two halves of x have the \
                two numbers that those of y have)",
    cases: || {
        drawn(1..=2, 1).with("integers up to 3", 4, drawn(2..=3, 3)).with(
            "6 layers",
            32,
            drawn(6..=6, 100),
        )
    },
    hypotheses: &[],
    conclusion: |case| {
        let [x, y] = case.halves().map(|halves| halves.map(sorted));
        equal("one transform", case.is_one(), x.into_iter().eq(y))
    },
    twins: &[
        twin("the halves agree, perhaps exchanged", |case: &Case| {
            let [x, y] = case.halves().map(|halves| halves.collect::<Vec<_>>());
            let exchanged = y.iter().map(|[a, b]| [b.clone(), a.clone()]).collect::<Vec<_>>();
            equal("one transform", case.is_one(), x == y || x == exchanged)
        })
        .because("the channels may be exchanged one by one: (-2,-2,-2,0) and (-3,-1,-1,-1)"),
        twin("the numbers agree in another order", |case: &Case| {
            let [mut x, mut y] = [case.leaves.x.clone(), case.other.clone()];
            x.sort();
            y.sort();
            equal("one transform", case.is_one(), x == y)
        })
        .because("what matters is which numbers are a pair"),
        twin("the sums agree", |case: &Case| {
            let [x, y] = [&case.leaves.x, &case.other].map(|x| x.iter().sum::<Rational>());
            equal("one transform", case.is_one(), x == y)
        })
        .because("the differences are kept, too"),
    ],
    well_formed: |case| {
        case.leaves.check()?;
        let (n, block) = (case.leaves.x.len(), 1 << case.leaves.layers);
        require!(n == block && n > 1, "{n} numbers; one block of two at least")?;
        require!(case.other.len() == n, "signals of {n} and of {} numbers", case.other.len())
    },
};

/// A signal and another one of its length.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    other: Vec<Rational>,
    leaves: Leaves,
}

impl Case {
    fn is_one(&self) -> bool {
        let [x, y] =
            [&self.leaves.x, &self.other].map(|x| tree(x, self.leaves.layers, |x| x.abs()));
        x == y
    }

    /// For both signals and every channel, what the halves have there.
    fn halves(&self) -> [impl Iterator<Item = [Rational; 2]>; 2] {
        [&self.leaves.x, &self.other].map(|x| {
            let (a, b) = x.split_at(x.len() / 2);
            let [a, b] = [a, b].map(|x| tree(x, self.leaves.layers - 1, |x| x.abs()));
            a.into_iter().zip(b).map(|(a, b)| [a, b])
        })
    }
}

fn sorted(mut pair: [Rational; 2]) -> [Rational; 2] {
    pair.sort();
    pair
}

/// Any other signal, the same with halves exchanged, or the same with the differences of the first
/// two pairs exchanged.
fn drawn(layers: RangeInclusive<u32>, most: i64) -> BoxedStrategy<Case> {
    leaves(layers, 1..=1, most)
        .prop_flat_map(move |leaves| {
            let n = leaves.x.len();
            (0..4, numbers::integers(n, most), Just(leaves))
        })
        .prop_map(|(kind, mut other, leaves)| {
            if kind > 0 {
                other.clone_from(&leaves.x);
            }
            let half = Rational::new(1, 2);
            match (kind, &leaves.x[..]) {
                (2, _) => other.rotate_left(leaves.x.len() / 2),
                (3, [a, b, c, d, ..]) => {
                    let [first, second] = [(a, b, c, d), (c, d, a, b)]
                        .map(|(a, b, c, d)| [a + b + (c - d), a + b - (c - d)]);
                    let moved = first.into_iter().chain(second).map(|x| x * &half);
                    other.splice(..4, moved);
                }
                _ => {}
            }
            Case { other, leaves }
        })
        .boxed()
}
