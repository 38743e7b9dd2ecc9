//! Groups of small diameter converge faster.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/greedy_average_in_groups", AGAINST_ITS_NOTE)
        .remembered_from("Makovoz1996", "Maurey's lemma in groups of small diameter"),
    statement: "f a convex combination of atoms in n groups, the atoms of each within δ of each \
                other  ⟹  K + n atoms at most, ⌈K · weight⌉ of each group, have a combination \
                within δ² / K of f, squared",
    cases: || cases(1..=3, 1..=3).cases().with("6 groups", 32, cases(6..=6, 4..=4)),
    hypotheses: &[],
    conclusion: |case| {
        let (count, error) = case.built(true);
        let n = case.groups.len();
        if count > usize::from(case.chosen) + n {
            return at_most("atoms", count, usize::from(case.chosen) + n);
        }
        at_most("square error", error, case.bound())
    },
    twins: &[
        twin("K atoms", |case: &Case| at_most("square error", case.built(false).1, case.bound()))
            .because("two different atoms in two groups need two, whatever their diameter"),
        twin("K + n - 2 atoms in all", |case: &Case| {
            let n = case.groups.len();
            at_most("atoms", case.built(true).0, usize::from(case.chosen) + n - 2)
        })
        .because("each group rounds its share up"),
        twin("the square of K", |case: &Case| {
            let bound = case.bound() / Rational::from(case.chosen);
            at_most("square error", case.built(true).1, bound)
        })
        .drawing(|| (10..=24usize).prop_map(unit_vectors).cases())
        .because(
            "within a group the rate is that of a mean: half of m orthogonal atoms err by 1/m",
        ),
    ],
    well_formed: |case| {
        let length = case.groups.iter().flatten().map(Vec::len).max();
        let is_even = case.groups.iter().flatten().all(|g| Some(g.len()) == length);
        require!(length.is_some() && is_even, "there are atoms, of one length")?;
        let sizes = case.groups.iter().zip(&case.weights);
        let fits = sizes.clone().count() == case.groups.len()
            && case.weights.len() == case.groups.len()
            && sizes.into_iter().all(|(g, w)| g.len() == w.len() && !g.is_empty());
        require!(fits, "each atom of each group has a weight")?;
        require!(case.weights.iter().flatten().all(|w| *w > 0), "weights are positive")?;
        require!((1..=32).contains(&case.chosen), "K is 1 to 32")
    },
};

/// Groups of atoms as vectors of values, a positive whole weight for each atom (they are divided
/// by their sum), and K.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    groups: Vec<Vec<Vec<Rational>>>,
    weights: Vec<Vec<u8>>,
    chosen: u8,
}

impl Case {
    fn weight(&self, group: usize) -> Rational {
        let sum = |weights: &Vec<u8>| weights.iter().map(|w| i64::from(*w)).sum::<i64>();
        Rational::new(sum(&self.weights[group]), self.weights.iter().map(sum).sum())
    }

    /// The mean of a group.
    fn mean(&self, group: usize) -> Vec<Rational> {
        let (atoms, weights) = (&self.groups[group], &self.weights[group]);
        let total: i64 = weights.iter().map(|w| i64::from(*w)).sum();
        let share = |w: &u8| Rational::new(i64::from(*w), total);
        let entry = |i: usize| atoms.iter().zip(weights).map(|(g, w)| share(w) * &g[i]).sum();
        (0..atoms[0].len()).map(entry).collect()
    }

    /// The greatest square distance within a group, over K.
    fn bound(&self) -> Rational {
        let distance = |g: &Vec<Rational>, h: &Vec<Rational>| {
            let gap: Vec<_> = g.iter().zip(h).map(|(g, h)| g - h).collect();
            dot(&gap, &gap)
        };
        let pairs = self
            .groups
            .iter()
            .flat_map(|group| group.iter().flat_map(|g| group.iter().map(move |h| (g, h))));
        let most = pairs.map(|(g, h)| distance(g, h)).fold(Rational::ZERO, Rational::max);
        most / Rational::from(self.chosen)
    }

    /// How many atoms are chosen, and the square error. Each choice leaves the least error, for
    /// all groups together; a group has its share rounded up, or, while K lasts, down.
    fn built(&self, rounds_up: bool) -> (usize, Rational) {
        let k = Rational::from(self.chosen);
        let mut off = vec![Rational::ZERO; self.groups[0][0].len()];
        let mut used = 0;
        for (group, atoms) in self.groups.iter().enumerate() {
            let (weight, mean) = (self.weight(group), self.mean(group));
            let share = &k * &weight;
            let share = if rounds_up { share.ceil() } else { share.floor() };
            let count = (0..=64usize).find(|n| Rational::from(*n) == share);
            let count = count.expect("a share of K is at most K, which is at most 32");
            used += count;
            if count == 0 {
                off.iter_mut().zip(&mean).for_each(|(off, m)| *off += &weight * m);
            }
            let each = &weight / Rational::from(count.max(1));
            for _ in 0..count {
                let with = |g: &Vec<Rational>| -> Vec<Rational> {
                    let moved = off.iter().zip(&mean).zip(g);
                    moved.map(|((off, m), g)| off + &each * (m - g)).collect()
                };
                let nexts = atoms.iter().map(with).map(|next| (dot(&next, &next), next));
                off = nexts.min().expect("a group has an atom").1;
            }
        }
        (used, dot(&off, &off))
    }
}

/// A group of this many orthogonal atoms of equal weight, and half as many to be chosen.
fn unit_vectors(m: usize) -> Case {
    let atoms = (0..m).map(|i| (0..m).map(|j| Rational::from(u8::from(i == j))).collect());
    Case { groups: vec![atoms.collect()], weights: vec![vec![1; m]], chosen: m as u8 / 2 }
}

fn cases(groups: Span, size: Span) -> BoxedStrategy<Case> {
    (groups, 1..=3usize, 1..=5u8)
        .prop_flat_map(move |(n, length, chosen)| {
            let atom = (numbers::integers(length, 1), 1..=3u8);
            let group = (numbers::integers(length, 3), vec(atom, size.clone()));
            (vec(group, n), Just(chosen))
        })
        .prop_map(|(groups, chosen)| {
            let moved = |(centre, atoms): (Vec<Rational>, Vec<(Vec<Rational>, u8)>)| {
                let moved = |(g, w): (Vec<Rational>, u8)| {
                    (g.iter().zip(&centre).map(|(g, c)| g + c).collect::<Vec<_>>(), w)
                };
                atoms.into_iter().map(moved).unzip::<_, _, Vec<_>, Vec<_>>()
            };
            let (groups, weights) = groups.into_iter().map(moved).unzip();
            Case { groups, weights, chosen }
        })
        .boxed()
}
