//! What the affine part costs where it is not free.

use super::curve::tv2;
use super::data::Data;
use super::interpolation::{Interpolation, Knots};
use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;
use crate::net::Activation;

/// The least `sum |v_k| |w_k|` of a network without a skip connection, biases and the constant
/// free, that is `f`: `max(tv2(f), |f'(-inf) + f'(inf)|)`.
///
/// Source: Savarese, Evron, Soudry and Srebro, in the form of half the squared weights, which at
/// balance is the same.
pub fn representation_cost(f: &Activation) -> Rational {
    let pieces = f.pieces();
    let ends = &pieces[0].0 + &pieces[pieces.len() - 1].0;
    tv2(f).max(ends.abs())
}

/// Interpolation by networks without a skip connection.
#[derive(Clone, Debug)]
pub struct Unskipped {
    /// The least cost: `max(T, (T + |s_1 + s_(n-1)|) / 2)`.
    pub least: Enclosure,
    /// A minimiser: a minimiser with a skip, with one end bent if that is cheaper.
    pub fit: Knots,
    /// Whether it is the only one.
    pub is_unique: bool,
    /// The fewest knots of a minimiser.
    pub fewest: usize,
}

impl Interpolation<'_> {
    /// The least cost without a skip connection; the fit has the fewest knots if `sparsest`, else
    /// those of the chords.
    ///
    /// With `S` the sum of the first and the last slope: a kink of jump `e` beyond an end costs `e`
    /// and brings `|S|` down by `e`, so that `max(T + e, |S| - e)` is least at `e = (|S| - T) / 2`.
    pub fn without_skip(&self, sparsest: bool) -> Unskipped {
        let mut fit = if sparsest { self.sparsest() } else { self.chords() };
        let plain = |fit| Unskipped {
            least: self.least(),
            fit,
            is_unique: self.is_unique(),
            fewest: self.fewest(),
        };
        let [Some(first), Some(last)] = [self.slopes().first(), self.slopes().last()] else {
            return plain(fit);
        };
        let (least, ends) = (self.least(), first + last);
        let side = Rational::integer(ends.signum().into());
        let excess = Enclosure::point(ends.abs()).difference(&least);
        if !excess.hi().is_positive() {
            return plain(fit);
        }
        let half = Rational::new(1, 2);
        // Of an enclosed sum the middle is as good as any: the cost says what it comes to.
        let bend = (excess.lo() + excess.hi()) * &half * &half * &side;
        let n = self.data().len();
        let signs = self.signs();
        // A run that reaches the end takes the kink in if it is odd.
        let odd = |run: super::interpolation::Run| run.len() % 2 == 1;
        let at_left = self.runs().next().filter(|run| run.first == 1).is_some_and(odd)
            && signs[1] == ends.signum();
        let at_right = self.runs().last().filter(|run| run.last + 2 == n).is_some_and(odd)
            && signs[n - 2] == -ends.signum();
        let fewest = self.fewest() + usize::from(!at_left && !at_right);
        if sparsest && (at_left || at_right) {
            fit = self.bent_sparsest(&bend, at_left);
        } else {
            fit.at.insert(0, self.data().x()[0].clone());
            let outer = &fit.slopes[0] - &bend;
            fit.slopes.insert(0, outer);
        }
        let bent = Enclosure::point(ends.abs()).sum(&least).scale(&half);
        let least =
            Enclosure::new(least.lo().max(bent.lo()).clone(), least.hi().max(bent.hi()).clone());
        Unskipped { least, fit, is_unique: false, fewest }
    }

    /// The sparsest minimiser with a jump `bend` more at the first point, or `-bend` at the last.
    fn bent_sparsest(&self, bend: &Rational, at_left: bool) -> Knots {
        let mut x = self.data().x().to_vec();
        let mut y = self.data().y().to_vec();
        let (first, last) = (self.slopes()[0].clone(), self.slopes()[x.len() - 2].clone());
        if at_left {
            x.insert(0, &x[0] - Rational::ONE);
            y.insert(0, &y[0] - (first - bend));
        } else {
            let n = x.len();
            x.push(&x[n - 1] + Rational::ONE);
            y.push(&y[n - 1] + (last - bend));
        }
        let data = Data::new(x, y).expect("a point beyond an end");
        Interpolation::new(&data).sparsest()
    }
}
