//! Sawtooth functions on the unit interval by composition, and what they add up to.

use crate::exact::Rational;
use crate::net::{Layer, Network, Shape};

/// Layers that fold the unit interval so many times, each with as many units: the composition of
/// `x -> p x - 2 relu(p x - 1) + 2 relu(p x - 2) - ..`, which goes up and down between 0 and 1.
pub fn sawtooth(teeth: &[usize]) -> Network {
    let mut layers = Vec::new();
    let mut read = vec![Rational::ONE];
    for &p in teeth {
        let slope = |j: usize| Rational::from(if j == 0 { p } else { 2 * p });
        let weights = (0..p).flat_map(|j| read.iter().map(move |r| r * &slope(j)));
        let biases = (0..p).map(|j| -Rational::from(2 * j)).collect();
        layers.push(Layer::dense(p, weights.collect(), biases));
        layers.push(Layer::relu());
        let sign = |j: usize| if j.is_multiple_of(2) { Rational::ONE } else { -Rational::ONE };
        read = (0..p).map(sign).collect();
    }
    layers.push(Layer::dense(1, read, Vec::new()));
    Network::new(Shape::Flat(1), layers).expect("every layer reads the one before")
}

/// `y -> y - sum_(j <= s) T^j(y) / 4^j` for the tent `T` and `y = (x - start) / width`, with three
/// units in each of `s` layers: two for the tents, one that carries the difference so far.
///
/// Law: the function that interpolates `y^2` at the multiples of `2^-s` in the unit interval.
/// Panics if the width is zero.
pub fn square(s: usize, start: &Rational, width: &Rational) -> Network {
    let [zero, one] = [Rational::ZERO, Rational::ONE];
    let [two, four] = [Rational::from(2), Rational::from(4)];
    let mut layers =
        vec![Layer::dense(2, vec![width.recip(), width.recip()], vec![-start / width; 2])];
    // What is read: the tent so far, and the difference so far.
    let mut tent = vec![one.clone(), zero.clone()];
    let mut difference = vec![zero.clone(), one.clone()];
    for j in 1..=s {
        let times = |row: &[Rational], factor: &Rational| -> Vec<_> {
            row.iter().map(|x| x * factor).collect()
        };
        let rows = [times(&tent, &two), times(&tent, &four), difference];
        layers.push(Layer::dense(3, rows.concat(), vec![zero.clone(), -&two, zero.clone()]));
        layers.push(Layer::relu());
        let share = four.pow(-i32::try_from(j).expect("few layers"));
        tent = vec![one.clone(), -&one, zero.clone()];
        difference = vec![-&share, share, one.clone()];
    }
    layers.push(Layer::dense(1, difference, Vec::new()));
    Network::new(Shape::Flat(1), layers).expect("every layer reads the one before")
}
