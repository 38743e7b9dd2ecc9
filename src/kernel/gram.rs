//! Gram matrices of the kernels.

use super::arc::{half_turns, kappa0, kappa1};
use super::cells::nullity;
use super::points::Points;
use crate::analysis::definite::Symmetric;
use crate::analysis::enclosure::{Enclosure, sqrt};
use crate::exact::Rational;
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

/// The least pivot of a kernel, if its sign is certain: rounded down and positive where the kernel
/// is positive definite, at most zero where it is not.
///
/// What is enclosed is rounded outward to `places` binary places. Panics if there is no row.
pub fn sure_pivot(kernel: &Symmetric, places: u32) -> Option<Rational> {
    let pivots = kernel.pivots(places);
    let last = pivots.last().expect("there is a row");
    if last.lo().is_positive() {
        return pivots.iter().map(|pivot| pivot.lo().clone()).min();
    }
    let is_sure = !last.hi().is_positive();
    is_sure.then(|| last.hi().clone())
}

/// The least pivot of the kernel of the first layer: positive exactly when the kernel is positive
/// definite, zero when it is singular. `None` if neither is shown.
///
/// Where no pivot of a few hundred bits tells, whether it is singular is decided by the gates
/// ([`nullity`]).
pub fn least_pivot(points: &Points) -> Option<Rational> {
    let shown = |bits| sure_pivot(&first_layer(points, bits), bits);
    let is_singular = || (nullity(points) > 0).then_some(Rational::ZERO);
    shown(64).or_else(|| shown(512)).or_else(is_singular).or_else(|| shown(4096))
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
