//! Haar scattering: sums and absolute differences, of halves of a tree or of shifts on a circle.

use crate::exact::Rational;
use crate::exact::linear::dot;

/// What is done to a difference: the absolute value, or a wrong choice to compare with.
pub type Modulus = fn(Rational) -> Rational;

/// The scattering of a signal on a binary tree, `x: [k 2^layers]`, one block of `2^layers`
/// numbers after the other.
///
/// A layer turns the transforms `a` and `b` of two neighbouring blocks into
/// `(a_0 + b_0, |a_0 - b_0|, a_1 + b_1, |a_1 - b_1|, ..)`. Law: with the absolute value the squares
/// of the result sum to `2^layers` times those of `x`. Cost: `len` additions a layer. Panics unless
/// the length is a multiple of `2^layers`.
pub fn tree(x: &[Rational], layers: u32, modulus: Modulus) -> Vec<Rational> {
    let block = 1_usize << layers;
    assert!(x.len().is_multiple_of(block), "{} numbers in blocks of {block}", x.len());
    let mut result = x.to_vec();
    for width in (0..layers).map(|layer| 1 << layer) {
        let pairs = result.chunks(2 * width).flat_map(|pair| {
            let (a, b) = pair.split_at(width);
            a.iter().zip(b).flat_map(|(a, b)| [a + b, modulus(a - b)])
        });
        result = pairs.collect();
    }
    result
}

/// The undecimated Haar frame of circular signals: `g (x(t) + x(t + 2^j))` and the same with a
/// minus for the scales `j = 0, 1, .., scales - 1`, each applied to the averages of the one before.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The number of scales.
    pub scales: u32,
    /// The gain `g`; 1/2 makes the frame tight.
    pub gain: Rational,
    /// What is done to the differences.
    pub modulus: Modulus,
}

/// The coefficients of a signal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scattering {
    /// For the orders 0, 1, ..: the averages of every path of that order, each as long as the
    /// signal.
    pub orders: Vec<Vec<Vec<Rational>>>,
    /// What is not averaged yet: the moduli along every path of one order more.
    pub rest: Vec<Vec<Rational>>,
}

impl Frame {
    /// The tight frame with the absolute value.
    pub fn tight(scales: u32) -> Self {
        Self { scales, gain: Rational::new(1, 2), modulus: |x| x.abs() }
    }

    /// The last averages of `x: [n]`, and the differences of every scale, `[scales, n]`.
    pub fn split(&self, x: &[Rational]) -> (Vec<Rational>, Vec<Vec<Rational>>) {
        let mut average = x.to_vec();
        let mut details = Vec::new();
        for j in 0..self.scales {
            let n = average.len();
            let other = |t: usize| &average[(t + (1 << j)) % n];
            let pairs = average.iter().enumerate();
            details.push(pairs.clone().map(|(t, a)| &self.gain * (a - other(t))).collect());
            average = pairs.map(|(t, a)| &self.gain * (a + other(t))).collect();
        }
        (average, details)
    }

    /// The scattering of `x: [n]` up to this order.
    ///
    /// Law: the squares of all coefficients, the rest included, sum to those of `x` in a tight
    /// frame. Cost: `scales^(order + 1)` signals of `n` numbers.
    pub fn scatter(&self, x: &[Rational], order: usize) -> Scattering {
        let mut rest = vec![x.to_vec()];
        let mut orders = Vec::new();
        for _ in 0..=order {
            let (averages, details): (Vec<_>, Vec<_>) = rest.iter().map(|u| self.split(u)).unzip();
            orders.push(averages);
            let moduli = |d: Vec<Rational>| d.into_iter().map(self.modulus).collect();
            rest = details.into_iter().flatten().map(moduli).collect();
        }
        Scattering { orders, rest }
    }
}

impl Scattering {
    /// All averaged coefficients in one list.
    pub fn coefficients(&self) -> Vec<Rational> {
        self.orders.iter().flatten().flatten().cloned().collect()
    }

    /// The sum of the squares of the coefficients up to this order.
    pub fn energy(&self, order: usize) -> Rational {
        self.orders.iter().take(order + 1).flatten().map(|c| dot(c, c)).sum()
    }

    /// The sum of the squares of what is not averaged yet.
    pub fn residue(&self) -> Rational {
        self.rest.iter().map(|u| dot(u, u)).sum()
    }
}
