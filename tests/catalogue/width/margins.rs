//! Largest margins: bounded by a field from below, by a weighting of the inputs from above.

use super::{lies_between, q};
use crease::analysis::enclosure::{Enclosure, sqrt};
use crease::exact::Rational;
use crease::exact::linear::dot;
use crease::kernel::{Points, first_layer};

/// Corners of a hexagon with signs.
struct Labelled {
    points: Points,
    corners: Vec<usize>,
    labels: Vec<Rational>,
}

impl Labelled {
    fn new(labels: &[i64]) -> Self {
        let corners: Vec<usize> = (0..labels.len()).collect();
        let labels = labels.iter().map(|&y| y.into()).collect();
        Self { points: Points::hexagon(&corners), corners, labels }
    }

    /// A unit around a corner is open at this corner and at its neighbours.
    fn is_open(part: usize, corner: usize) -> bool {
        matches!((part + 6 - corner) % 6, 0 | 1 | 5)
    }

    /// The least margin of a field, one vector for each sixth of the circle. Panics unless each
    /// has norm at most 1.
    fn margin(&self, field: &[[Rational; 2]; 6]) -> Rational {
        assert!(field.iter().all(|v| self.points.product(v, v) <= Rational::ONE));
        let margin = |&i: &usize| {
            let open = (0..6).filter(|&part| Self::is_open(part, i));
            let sum: Rational =
                open.map(|part| self.points.product(&field[part], &self.points.points[i])).sum();
            sum * &self.labels[i] / Rational::integer(6)
        };
        self.corners.iter().map(margin).min().expect("there is an input")
    }

    /// `E |sum_i q_i y_i x_i 1[open]|`, which no margin exceeds. Panics unless the sum of `q` is 1.
    fn bound(&self, q: &[Rational]) -> Enclosure {
        assert_eq!(q.iter().sum::<Rational>(), Rational::ONE);
        let norm = |part: usize| {
            let mut sum = vec![Rational::ZERO; 2];
            for &i in self.corners.iter().filter(|&&i| Self::is_open(part, i)) {
                let factor = &q[i] * &self.labels[i];
                sum.iter_mut().zip(&self.points.points[i]).for_each(|(s, t)| *s += t * &factor);
            }
            sqrt(&self.points.product(&sum, &sum), 60).expect("a square")
        };
        let zero = Enclosure::point(Rational::ZERO);
        let sum = (0..6).map(norm).fold(zero, |sum, norm| sum.sum(&norm));
        sum.scale(&Rational::new(1, 6))
    }

    /// The least energy `(q y) . H (q y)` over weightings, found at `q`: there all its derivatives
    /// are equal, and it is convex. Panics unless they are, or an entry of `q` is not positive.
    fn least_energy(&self, q: &[Rational]) -> Rational {
        assert!(q.iter().all(Rational::is_positive) && q.iter().sum::<Rational>() == Rational::ONE);
        let kernel = first_layer(&self.points, 0).exact().expect("rational on a hexagon");
        let signed: Vec<_> = q.iter().zip(&self.labels).map(|(q, y)| q * y).collect();
        let image = kernel.apply(&signed);
        let derivatives: Vec<_> = image.iter().zip(&self.labels).map(|(h, y)| h * y).collect();
        assert!(derivatives.iter().all(|d| *d == derivatives[0]));
        dot(&signed, &image)
    }
}

fn weights(numerators: &[i64], denominator: i64) -> Vec<Rational> {
    numerators.iter().map(|&n| Rational::new(n, denominator)).collect()
}

fn field(rows: [[i64; 2]; 6], denominator: i64) -> [[Rational; 2]; 6] {
    rows.map(|row| row.map(|n| Rational::new(n, denominator)))
}

#[test]
fn alternating_labels_on_five_corners_have_the_margin_a_tenth() {
    let data = Labelled::new(&[1, -1, 1, -1, 1]);
    let rows = [[15, -15], [-7, 2], [0, 0], [-2, 7], [15, -15], [15, -15]];
    assert_eq!(data.margin(&field(rows, 15)), q("1/10"));
    lies_between(&data.bound(&weights(&[1; 5], 5)), "0.1", "0.10000001");
    let energy = data.least_energy(&weights(&[47, 56, 63, 56, 47], 269));
    assert_eq!(energy, q("5/269"));
    lies_between(&sqrt(&energy, 60).expect("positive"), "0.136335", "0.136336");
}

/// The kernel is singular and the margin is not zero: one does not decide the other.
#[test]
fn two_corners_against_four_have_a_margin_although_the_kernel_is_singular() {
    let data = Labelled::new(&[1, 1, -1, -1, -1, -1]);
    let rows = [
        [-4219, 102033],
        [102033, -4219],
        [102850, -5991],
        [115373, -53840],
        [-53840, 115373],
        [-5991, 102850],
    ];
    assert!(data.margin(&field(rows, 100_000)) > q("0.32025"));
    let above = data.bound(&weights(&[2015, 2015, 2189, 796, 796, 2189], 10_000));
    lies_between(&above, "0.32025", "0.32030");
    let energy = data.least_energy(&weights(&[49, 49, 63, 31, 31, 63], 286));
    assert_eq!(energy, q("15/143"));
    lies_between(&sqrt(&energy, 60).expect("positive"), "0.323875", "0.323876");
    let kernel = first_layer(&data.points, 0).exact().expect("rational on a hexagon");
    assert!(kernel.determinant().is_zero());
}
