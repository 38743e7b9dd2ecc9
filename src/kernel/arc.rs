//! Angles and the two arc-cosine kernels. Source: Cho and Saul, "Kernel methods for deep learning"
//! (2009), by the names `kappa` that the theory of wide networks uses.

use crate::analysis::enclosure::{Enclosure, arccos, pi, sqrt};
use crate::exact::Rational;

/// The angle between two vectors in half turns: from 0 for one direction to 1 for opposite ones.
///
/// `inner` is their inner product and `squares` the product of their squared norms. Exact where the
/// squared cosine is 0, 1/4, 1/2, 3/4 or 1 (no other rational one has a rational angle), else
/// enclosed to about `2^-bits`. Panics unless `inner^2 <= squares` and `squares > 0`.
pub fn half_turns(inner: &Rational, squares: &Rational, bits: u32) -> Enclosure {
    let square = inner * inner / squares;
    assert!(square <= Rational::ONE, "no angle has the squared cosine {square}");
    let quarters = &square * &Rational::integer(4);
    let sharp = match quarters.small_parts() {
        Some((0, 1)) => Some(Rational::new(1, 2)),
        Some((1, 1)) => Some(Rational::new(1, 3)),
        Some((2, 1)) => Some(Rational::new(1, 4)),
        Some((3, 1)) => Some(Rational::new(1, 6)),
        Some((4, 1)) => Some(Rational::ZERO),
        _ => None,
    };
    let acute = sharp.map_or_else(
        || {
            let cosine = root(&square, bits + 4);
            let angle = Enclosure::new(
                angle(cosine.hi(), bits).lo().clone(),
                angle(cosine.lo(), bits).hi().clone(),
            );
            angle.outward(bits + 4)
        },
        Enclosure::point,
    );
    if inner.is_negative() { Enclosure::point(Rational::ONE).difference(&acute) } else { acute }
}

/// `1 - angle / pi` as a function of the cosine: the probability that a unit open at one of two
/// inputs is open at the other. Increasing; exact at -1, -1/2, 0, 1/2 and 1.
///
/// What lies outside `[-1, 1]` in the enclosure of a cosine is not a cosine and is left out.
pub fn kappa0(cosine: &Enclosure, bits: u32) -> Enclosure {
    let one = Enclosure::point(Rational::ONE);
    clipped(cosine).increasing(|u| one.difference(&half_turns(u, &Rational::ONE, bits)))
}

/// `(u (pi - arccos u) + sqrt(1 - u^2)) / pi` as a function of the cosine `u`: twice the expected
/// product of two units at inputs of norm 1. Increasing; exact at -1 and 1.
pub fn kappa1(cosine: &Enclosure, bits: u32) -> Enclosure {
    clipped(cosine).increasing(|u| {
        let sine = root(&(Rational::ONE - u * u), bits + 4);
        let share = sine.quotient(&pi(bits + 4)).expect("pi is positive");
        let first = kappa0(&Enclosure::point(u.clone()), bits).scale(u);
        let sum = first.sum(&share);
        if sum.value().is_some() { sum } else { sum.outward(bits + 4) }
    })
}

fn angle(cosine: &Rational, bits: u32) -> Enclosure {
    let angle = arccos(cosine, bits + 4).expect("a cosine");
    angle.quotient(&pi(bits + 4)).expect("pi is positive")
}

/// The root of a number from 0 to 1, its upper end at most 1.
fn root(x: &Rational, bits: u32) -> Enclosure {
    let root = sqrt(x, bits).expect("a square is not negative");
    Enclosure::new(root.lo().clone(), root.hi().clone().min(Rational::ONE))
}

fn clipped(cosine: &Enclosure) -> Enclosure {
    let clip = |x: &Rational| x.clone().max(-Rational::ONE).min(Rational::ONE);
    Enclosure::new(clip(cosine.lo()), clip(cosine.hi()))
}
