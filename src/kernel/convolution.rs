//! Kernels of convolutional networks that average over positions.

use super::arc::{kappa0, kappa1};
use crate::analysis::definite::Symmetric;
use crate::analysis::enclosure::{Enclosure, sqrt};
use crate::exact::Rational;
use crate::exact::linear::dot;

/// The kernel of images of `positions` patches each, from that of all their patches, image after
/// image: the mean over pairs of positions.
///
/// Shared filters see every patch, so this is the kernel of one convolutional layer whose outputs
/// are averaged. Panics unless the patches make whole images.
pub fn averaged(patches: &Symmetric, positions: usize) -> Symmetric {
    assert_eq!(patches.size() % positions, 0, "the patches make whole images");
    let share = Rational::from(positions).pow(-2);
    Symmetric::new(patches.size() / positions, |i, j| {
        let pairs = (0..positions).flat_map(|p| (0..positions).map(move |q| (p, q)));
        let entries = pairs.map(|(p, q)| patches.entry(i * positions + p, j * positions + q));
        entries.fold(Enclosure::point(Rational::ZERO), |sum, e| sum.sum(e)).scale(&share)
    })
}

/// A signal on a circle, `[positions, channels]`.
pub type Image = Vec<Vec<Rational>>;

/// The covariances of the pre-activations at pairs of positions of two images.
type Table = Vec<Vec<Enclosure>>;

/// The tangent kernel of two images under `depth` convolutional layers with filters of `taps` taps
/// on a circle, each followed by ReLUs, then the mean over positions and a dense output.
///
/// `S_0` is the mean over taps of the inner products of the entries. Each layer makes `K =
/// kappa1(S)` and `T = T kappa0(S) + K` position by position, in the scale that the variances give
/// (before the first layer `T = S_0`), and all but the last take the mean over taps of both.
/// The output is the mean of `T` over all pairs of positions. Cost: `O(depth P^2 taps)` functions
/// of enclosures for `P` positions. Panics if an image has no entry that is not zero in some
/// window of taps.
pub fn pooled_tangent(x: &Image, y: &Image, taps: usize, depth: usize, bits: u32) -> Enclosure {
    let start = |a: &Image, b: &Image| {
        let entry = |p: usize, q: usize| Enclosure::point(dot(&a[p], &b[q]));
        over_taps(&table(a.len(), entry), taps)
    };
    let (mut xx, mut xy, mut yy) = (start(x, x), start(x, y), start(y, y));
    let mut tangent = xy.clone();
    for layer in 1..=depth {
        let scale = |p: usize, q: usize| root(&xx[p][p].product(&yy[q][q]), bits);
        let cosine =
            |p: usize, q: usize| xy[p][q].quotient(&scale(p, q)).expect("a window is not all zero");
        let next =
            table(x.len(), |p, q| scale(p, q).product(&kappa1(&cosine(p, q), bits)).outward(bits));
        tangent = table(x.len(), |p, q| {
            let open = kappa0(&cosine(p, q), bits);
            tangent[p][q].product(&open).sum(&next[p][q]).outward(bits)
        });
        if layer < depth {
            (xx, yy) = (through(&xx, taps, bits), through(&yy, taps, bits));
            (xy, tangent) = (over_taps(&next, taps), over_taps(&tangent, taps));
        }
    }
    let sum = tangent.iter().flatten().fold(zero(), |sum, t| sum.sum(t));
    sum.scale(&Rational::from(x.len()).pow(-2))
}

/// One layer applied to the covariances of one image with itself.
fn through(own: &Table, taps: usize, bits: u32) -> Table {
    let next = table(own.len(), |p, q| {
        if p == q {
            return own[p][p].clone();
        }
        let scale = root(&own[p][p].product(&own[q][q]), bits);
        let cosine = own[p][q].quotient(&scale).expect("a window is not all zero");
        scale.product(&kappa1(&cosine, bits)).outward(bits)
    });
    over_taps(&next, taps)
}

fn table(positions: usize, entry: impl Fn(usize, usize) -> Enclosure) -> Table {
    (0..positions).map(|p| (0..positions).map(|q| entry(p, q)).collect()).collect()
}

/// The mean over the taps of the entries that both positions move to together.
fn over_taps(entries: &Table, taps: usize) -> Table {
    let n = entries.len();
    let share = Rational::from(taps).recip();
    table(n, |p, q| {
        let moved = (0..taps).map(|t| &entries[(p + t) % n][(q + t) % n]);
        moved.fold(zero(), |sum, e| sum.sum(e)).scale(&share)
    })
}

fn zero() -> Enclosure {
    Enclosure::point(Rational::ZERO)
}

fn root(x: &Enclosure, bits: u32) -> Enclosure {
    x.increasing(|x| sqrt(x, bits).expect("variances are not negative"))
}
