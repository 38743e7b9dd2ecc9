//! Gram matrices of the kernels.

use super::arc::{half_turns, kappa0, kappa1};
use super::cells::nullity;
use super::points::Points;
use crate::exact::Rational;
use crate::exact::definite::Symmetric;
use crate::exact::enclosure::{Enclosure, sqrt};
use crate::exact::linear::dot;

/// The kernel of the trained first layer, `H_ij = <x_i, x_j> (1 - angle / pi) / 2`, `[n, n]`.
///
/// Exact for points at multiples of 30 and 45 degrees.
///
/// ```
/// use crease::kernel::{Points, first_layer};
/// let hexagon = first_layer(&Points::hexagon(&[0, 1, 2, 3, 4, 5]), 0).exact().expect("rational");
/// let row: Vec<_> = hexagon.row(0).iter().map(|t| t.to_string()).collect();
/// assert_eq!(row, ["1/2", "1/6", "-1/12", "0", "-1/12", "1/6"]);
/// assert!(hexagon.determinant().is_zero());
/// ```
pub fn first_layer(points: &Points, bits: u32) -> Symmetric {
    let half = Rational::new(1, 2);
    let norms: Vec<_> = (0..points.len()).map(|i| points.inner(i, i)).collect();
    Symmetric::new(points.len(), |i, j| {
        let inner = points.inner(i, j);
        let angle = half_turns(&inner, &(&norms[i] * &norms[j]), bits);
        let open = Enclosure::point(Rational::ONE).difference(&angle);
        open.scale(&(inner * &half))
    })
}

/// The least pivot of the kernel of the first layer, rounded down: positive exactly when the kernel
/// is positive definite, and zero when it is singular.
///
/// Where entries are irrational, whether it is singular is decided first ([`nullity`]); a kernel
/// that is not has positive pivots, which some precision shows.
pub fn least_pivot(points: &Points) -> Rational {
    let least = |kernel: &Symmetric, bits| {
        let pivots = kernel.pivots(bits);
        pivots.into_iter().map(|p| p.lo().clone()).min().expect("there is a point")
    };
    let kernel = first_layer(points, 64);
    if kernel.exact().is_some() {
        return least(&kernel, 64);
    }
    if nullity(points) > 0 {
        return Rational::ZERO;
    }
    let precisions = std::iter::successors(Some(64), |bits| Some(2 * bits));
    let mut found = precisions.map(|bits| least(&first_layer(points, bits), bits));
    found.find(Rational::is_positive).expect("precision grows without end")
}

/// The tangent kernel of a network with `depth` hidden layers, all layers trained, at points of any
/// norm, `[n, n]`.
///
/// The layers are normalised so that they keep norms: `S_0` has the inner products, `S_l = N
/// kappa1(S_(l-1) / N)` with `N` the product of the norms, `T_0 = S_0` and `T_l = S_l + T_(l-1)
/// kappa0(S_(l-1) / N)`. On the unit sphere the diagonal is `depth + 1`.
pub fn tangent(points: &Points, depth: usize, bits: u32) -> Symmetric {
    let norm = |i: usize| sqrt(&points.inner(i, i), bits + 8).expect("a square");
    let norms: Vec<_> = (0..points.len()).map(norm).collect();
    Symmetric::new(points.len(), |i, j| {
        let both = norms[i].product(&norms[j]);
        let mut forward = Enclosure::point(points.inner(i, j));
        let mut cosine = forward.quotient(&both).expect("norms are positive");
        if i == j {
            cosine = Enclosure::point(Rational::ONE);
        }
        let mut tangent = forward.clone();
        for _ in 0..depth {
            let open = kappa0(&cosine, bits);
            cosine = kappa1(&cosine, bits);
            forward = both.product(&cosine);
            tangent = forward.sum(&tangent.product(&open));
        }
        if tangent.value().is_some() { tangent } else { tangent.outward(bits + 8) }
    })
}

/// The kernel that `units: [m, d]` have at the points: `<x_i, x_j>` times the share of the units
/// that are open at both, `[n, n]`. A unit is given by its values at the basis.
pub fn empirical(points: &Points, units: &[Vec<Rational>]) -> Symmetric {
    let is_open = |w: &Vec<Rational>, i: usize| dot(w, &points.points[i]).is_positive();
    Symmetric::new(points.len(), |i, j| {
        let both = units.iter().filter(|w| is_open(w, i) && is_open(w, j)).count();
        let share = Rational::from(both) / Rational::from(units.len());
        Enclosure::point(share * points.inner(i, j))
    })
}
