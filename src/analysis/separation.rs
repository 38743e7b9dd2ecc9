//! Which sets of vectors lie on one side of a hyperplane through the origin, with the proof.
//!
//! Gordan's alternative: either some `w` has `<w, z> > 0` for all of the vectors `z`, or some
//! combination of them with weights `>= 0`, not all zero, vanishes; never both. For labelled points
//! the vectors are the points multiplied by their labels, with a last entry 1 where a threshold is
//! allowed.

use crate::engines::lp::{Feasibility, System};
use crate::exact::Rational;
use crate::exact::linear::dot;

/// One side of Gordan's alternative, with what proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Separation {
    /// `w` with `<w, z> > 0` for all vectors `z`: [`accepts_weights`] holds.
    Weights(Vec<Rational>),
    /// A weight `>= 0` for each vector whose combination vanishes: [`accepts_multipliers`] holds.
    Multipliers(Vec<Rational>),
}

/// Decides the alternative for vectors of length `d`. Cost: one linear program with a row a vector.
///
/// Panics if the vectors differ in length, or there is none.
pub fn separate(vectors: &[Vec<Rational>]) -> Separation {
    let d = vectors.first().expect("there is a vector to separate").len();
    let mut system = System::new(d);
    for z in vectors {
        system.below(z.iter().map(|z| -z).collect(), Rational::ZERO);
    }
    match system.feasible() {
        Feasibility::Point(w) => Separation::Weights(w),
        Feasibility::Farkas(multipliers) => Separation::Multipliers(multipliers),
    }
}

/// Decides the alternative for many vectors of length `d`: [`separate`] for a few, one more with
/// every round, until weights are right for all of them.
///
/// Law: that of [`separate`].
/// Cost: a linear program and a scalar product a vector for each round, usually a small multiple of
/// `d` rounds. Panics as [`separate`].
pub fn separate_by_rounds(vectors: &[Vec<Rational>]) -> Separation {
    let mut asked = vec![0];
    loop {
        let few: Vec<_> = asked.iter().map(|&i: &usize| vectors[i].clone()).collect();
        match separate(&few) {
            Separation::Multipliers(found) => {
                let mut multipliers = vec![Rational::ZERO; vectors.len()];
                asked.into_iter().zip(found).for_each(|(i, found)| multipliers[i] = found);
                return Separation::Multipliers(multipliers);
            }
            Separation::Weights(weights) => {
                let values = vectors.iter().map(|z| dot(&weights, z)).enumerate();
                let (worst, value) = values.min_by(|a, b| a.1.cmp(&b.1)).expect("there is one");
                if value.is_positive() {
                    return Separation::Weights(weights);
                }
                asked.push(worst);
            }
        }
    }
}

/// Whether `w` proves that the vectors lie on one side.
pub fn accepts_weights(vectors: &[Vec<Rational>], w: &[Rational]) -> bool {
    vectors.iter().all(|z| z.len() == w.len() && dot(w, z).is_positive())
}

/// Whether the multipliers prove that they do not.
pub fn accepts_multipliers(vectors: &[Vec<Rational>], multipliers: &[Rational]) -> bool {
    let Some(d) = vectors.first().map(Vec::len) else { return false };
    let entry = |k: usize| vectors.iter().zip(multipliers).map(|(z, m)| m * &z[k]).sum();
    vectors.len() == multipliers.len()
        && multipliers.iter().all(|m| !m.is_negative())
        && multipliers.iter().any(Rational::is_positive)
        && (0..d).all(|k| Rational::is_zero(&entry(k)))
}

/// Whether every `d` of the points `[n, d]` are independent, or all of them if `n < d`.
/// Cost: fewer than `C(n + 1, d)` steps of elimination.
pub fn in_general_position(points: &[Vec<Rational>]) -> bool {
    let most = points.first().map_or(0, Vec::len).min(points.len());
    every_independent(points, most)
}

/// Whether every `k` of the rows are independent: no row that comes before `k - 1` others is zero,
/// and modulo such a row every `k - 1` of the later ones are independent.
fn every_independent(rows: &[Vec<Rational>], k: usize) -> bool {
    if k <= 1 {
        return k == 0 || rows.iter().all(|row| row.iter().any(|x| !x.is_zero()));
    }
    (0..(rows.len() + 1).saturating_sub(k)).all(|i| {
        let row = &rows[i];
        let Some(pivot) = row.iter().position(|x| !x.is_zero()) else { return false };
        let modulo_row = |other: &Vec<Rational>| {
            let factor = &other[pivot] / &row[pivot];
            let rest = other.iter().zip(row).enumerate().filter(|(column, _)| *column != pivot);
            rest.map(|(_, (x, y))| x - &factor * y).collect()
        };
        let later: Vec<_> = rows[i + 1..].iter().map(modulo_row).collect();
        every_independent(&later, k - 1)
    })
}

/// The labellings of the points `[n, d]` by the sides of a hyperplane through the origin that
/// meets none of them, each with its weights.
///
/// A labelling that does not occur in the list was refuted by multipliers, for itself or for the
/// points before one of its own. Both kinds of proof are checked. Cost: one linear program for each
/// labelling of the first points that occurs.
///
/// Panics if the points differ in length.
pub fn dichotomies(points: &[Vec<Rational>]) -> Vec<(Vec<bool>, Vec<Rational>)> {
    let d = points.first().map_or(0, Vec::len);
    let mut found = vec![(Vec::new(), vec![Rational::ZERO; d])];
    for known in 1..=points.len() {
        let mut longer = Vec::new();
        for (labels, weights) in found {
            for positive in [true, false] {
                let labels: Vec<bool> = [&labels[..], &[positive]].concat();
                let vectors = signed(&points[..known], &labels);
                if accepts_weights(&vectors, &weights) {
                    longer.push((labels, weights.clone()));
                } else if let Some(weights) = proved_weights(&vectors) {
                    longer.push((labels, weights));
                }
            }
        }
        found = longer;
    }
    found
}

/// Each point multiplied by its label, `true` for `+1`.
pub fn signed(points: &[Vec<Rational>], positive: &[bool]) -> Vec<Vec<Rational>> {
    let vector = |(x, positive): (&Vec<Rational>, &bool)| {
        x.iter().map(|x| if *positive { x.clone() } else { -x }).collect()
    };
    points.iter().zip(positive).map(vector).collect()
}

/// Weights that separate the vectors, `None` if multipliers refute them; either proof is checked.
///
/// Panics as [`separate`].
pub fn proved_weights(vectors: &[Vec<Rational>]) -> Option<Vec<Rational>> {
    checked(vectors, separate(vectors))
}

/// The weights, `None` for multipliers. Panics unless they prove what they say of the vectors.
pub fn checked(vectors: &[Vec<Rational>], proof: Separation) -> Option<Vec<Rational>> {
    match proof {
        Separation::Weights(weights) => {
            assert!(accepts_weights(vectors, &weights), "the weights separate");
            Some(weights)
        }
        Separation::Multipliers(multipliers) => {
            assert!(accepts_multipliers(vectors, &multipliers), "the combination vanishes");
            None
        }
    }
}
