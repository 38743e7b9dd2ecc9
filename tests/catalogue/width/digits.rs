//! What theorems about width say of sixteen real images: margins bounded on both sides, exactly.

use crease::exact::Rational;
use crease::exact::enclosure;
use crease::exact::linear::dot;
use crease::kernel::{Points, first_layer};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Digits {
    digits: Vec<u8>,
    indices: Vec<usize>,
    pixels: Vec<Vec<i64>>,
    direction: Vec<i64>,
    weights: Vec<i64>,
}

impl Digits {
    fn read() -> Self {
        let text = include_str!("../../../fixtures/digits/zeros-and-ones.json");
        serde_json::from_str(text).expect("the fixture fits")
    }

    fn points(&self) -> Points {
        let image = |row: &Vec<i64>| row.iter().map(|&t| Rational::new(t, 64)).collect();
        Points::plain(self.pixels.iter().map(image).collect())
    }

    fn label(&self, i: usize) -> Rational {
        Rational::from(if self.digits[i] == 0 { 1 } else { -1 })
    }

    fn direction(&self) -> Vec<Rational> {
        self.direction.iter().map(|&t| Rational::new(t, 1024)).collect()
    }

    /// The margin of the constant field, which is open half of the time at every image.
    fn margin_below(&self) -> Rational {
        let (points, direction) = (self.points(), self.direction());
        let margin = |i: usize| self.label(i) * dot(&direction, &points.points[i]);
        (0..points.len()).map(margin).min().expect("there are images") / Rational::integer(2)
    }

    /// The square of what no margin exceeds (`width/margin_duality`), rounded up.
    fn squared_margin_above(&self) -> Rational {
        let sum = Rational::from(self.weights.iter().sum::<i64>());
        let weight = |i: usize| self.label(i) * Rational::from(self.weights[i]) / &sum;
        let weights: Vec<_> = (0..self.weights.len()).map(weight).collect();
        first_layer(&self.points(), 60).quadratic(&weights).hi().clone()
    }
}

#[test]
fn the_images_lie_in_the_unit_ball_and_are_told_apart() {
    let data = Digits::read();
    let points = data.points();
    assert_eq!(points.check(), Ok(()));
    assert_eq!((points.len(), points.dimension()), (16, 64));
    assert_eq!((data.digits.len(), data.indices.len()), (16, 16));
    assert!((0..16).all(|i| points.inner(i, i) <= Rational::ONE));
    assert!(!points.has_parallels());
}

#[test]
fn the_kernel_of_the_images_is_positive_definite() {
    let kernel = first_layer(&Digits::read().points(), 60);
    let least = kernel.smallest_eigenvalue(40, 80);
    assert!(*least.lo() > Rational::new(332, 10_000) && *least.hi() < Rational::new(333, 10_000));
}

#[test]
fn the_margin_of_the_images_is_bounded_on_both_sides() {
    let data = Digits::read();
    let direction = data.direction();
    assert!(dot(&direction, &direction) <= Rational::ONE, "the field has norm at most one");
    let (below, above) = (data.margin_below(), data.squared_margin_above());
    assert!(below > Rational::new(182, 1000) && below < Rational::new(183, 1000));
    assert!(above < Rational::new(295, 1000).pow(2) && above > Rational::new(294, 1000).pow(2));
    assert!(below.pow(2) < above);
}

/// For a risk of 1/2 with failure 1/10: `4096 (4 s / gamma)^2 / gamma^6` units with
/// `s = sqrt(2 ln(4 n / delta)) + ln(4 / epsilon)`, at the largest margin that is possible.
#[test]
fn the_theorem_would_ask_for_tens_of_billions_of_units() {
    let above = Digits::read().squared_margin_above();
    let log = |x: Rational| enclosure::ln(&x, 40).expect("positive").lo().clone();
    let start = Rational::integer(2) * log(Rational::integer(4 * 16 * 10));
    let start = enclosure::sqrt(&start, 40).expect("positive").lo().clone();
    let sum = start + log(Rational::integer(8));
    let units = Rational::integer(4096 * 16) * sum.pow(2) / above.pow(4);
    assert!(units > Rational::integer(37_000_000_000));
}
