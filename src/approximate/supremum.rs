//! The greatest distance of a piecewise polynomial function of one variable from a network, to any
//! number of digits, and exactly where it is a fraction.
//!
//! A step that compares two values cuts the interval where they are equal. On each piece the
//! function is one polynomial and the network is affine. So the distance is greatest at an end or
//! at a root of a derivative; Sturm's theorem counts the roots. A cut at an irrational root is a
//! tiny interval on which the function is enclosed.

use super::expression::{Expression, Function, Operation};
use crate::analysis::enclosure::Enclosure;
use crate::analysis::polynomial::Polynomial;
use crate::exact::Rational;
use crate::net::regions::Domain;
use crate::net::{InputBox, Network};
use crate::properties::regions;

/// The largest degree, and the most pieces of function and network.
const MAX_DEGREE: usize = 64;
const MAX_PIECES: usize = 10_000;

/// `sup |f - network|` on an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supremum {
    /// It is at least this, which is the distance at `point`.
    pub lower: Rational,
    /// It is at most this; the supremum is known exactly if this is `lower`.
    pub upper: Rational,
    /// A point of the interval.
    pub point: Rational,
}

/// A part of the interval on which every step so far is a polynomial.
#[derive(Clone)]
struct Piece {
    lo: Rational,
    hi: Rational,
    values: Vec<Polynomial>,
}

/// What is known so far.
struct Search<'a> {
    function: &'a Expression,
    /// Roots are enclosed to this width.
    width: Rational,
    pieces: Vec<Piece>,
    /// Tiny intervals around roots that are no fractions.
    gaps: Vec<(Rational, Rational)>,
    best: Supremum,
}

/// The supremum of `|f - network|` on an interval, with `upper - lower` of about `2^-bits` times
/// the size of the function.
///
/// `None` unless the function has one variable and is made of its sums, products, powers, absolute
/// values, maxima and minima, and of degree 64 at most; or if function or network have more than
/// ten thousand pieces. Panics if the network does not read and write one number, or the box has
/// another dimension or no inside.
pub fn supremum(
    function: &Expression,
    network: &Network,
    domain: &InputBox,
    bits: u32,
) -> Option<Supremum> {
    if function.dimension() != 1 {
        return None;
    }
    let (lo, hi) = (domain.lo()[0].clone(), domain.hi()[0].clone());
    assert!(lo < hi, "the interval has an inside");
    let width = Rational::integer(2).pow(-(bits as i32));
    let whole = Piece { lo: lo.clone(), hi, values: Vec::new() };
    let zero = Rational::ZERO;
    let best = Supremum { lower: zero.clone(), upper: zero, point: lo };
    let mut search = Search { function, width, pieces: vec![whole], gaps: Vec::new(), best };
    for step in function.steps() {
        search.step(step)?;
    }
    let mut lines = Vec::new();
    for region in regions(network, &Domain::Box(domain.clone()), MAX_PIECES)? {
        let mut ends: Vec<_> = region.vertices.iter().map(|v| v[0].clone()).collect();
        ends.sort();
        let line = vec![region.map.offset[0].clone(), region.map.matrix[(0, 0)].clone()];
        lines.push((ends.remove(0), ends.remove(0), Polynomial::new(line)));
    }
    for piece in std::mem::take(&mut search.pieces) {
        let value = piece.values.last().expect("an expression has a step");
        for (from, to, line) in &lines {
            let (lo, hi) = ((&piece.lo).max(from), (&piece.hi).min(to));
            if lo <= hi {
                search.look(&value.difference(line), lo, hi);
            }
        }
    }
    for (lo, hi) in std::mem::take(&mut search.gaps) {
        search.enclose(network, &lines, &lo, &hi)?;
    }
    Some(search.best)
}

impl Search<'_> {
    /// Adds the value of a step to every piece; where it compares, pieces are cut.
    fn step(&mut self, step: &Operation) -> Option<()> {
        let half = Rational::new(1, 2);
        for mut piece in std::mem::take(&mut self.pieces) {
            let at = |i: &usize| &piece.values[*i];
            // The difference whose sign decides, and the values where it is positive or negative.
            let (difference, above, below) = match step {
                Operation::Larger(a, b) => (at(a).difference(at(b)), at(a), at(b)),
                Operation::Smaller(a, b) => (at(b).difference(at(a)), at(a), at(b)),
                Operation::Apply(Function::Abs, a) => {
                    (at(a).clone(), at(a), &at(a).scale(&-Rational::ONE))
                }
                Operation::Apply(Function::Relu, a) => (at(a).clone(), at(a), &Polynomial::zero()),
                _ => {
                    let value = polynomial(step, &piece.values)?;
                    piece.values.push(value);
                    self.pieces.push(piece);
                    continue;
                }
            };
            let mut from = piece.lo.clone();
            let mut ends = self.roots(&difference, &piece.lo, &piece.hi);
            ends.push((piece.hi.clone(), piece.hi.clone()));
            for (to, next) in ends {
                if from < to {
                    let middle = (&from + &to) * &half;
                    let is_above = !difference.eval(&middle).is_negative();
                    let mut values = piece.values.clone();
                    values.push(if is_above { above.clone() } else { below.clone() });
                    self.pieces.push(Piece { lo: from, hi: to.clone(), values });
                }
                if to < next {
                    self.gaps.push((to, next.clone()));
                }
                from = next;
            }
        }
        (self.pieces.len() + self.gaps.len() <= MAX_PIECES).then_some(())
    }

    /// The roots inside of an interval, each between two ends in the interval that are one for a
    /// fraction.
    fn roots(&self, p: &Polynomial, lo: &Rational, hi: &Rational) -> Vec<(Rational, Rational)> {
        if p.degree().is_none_or(|degree| degree == 0) {
            return Vec::new();
        }
        let inside = |root: &Enclosure| {
            let point = simplest(root.lo(), root.hi());
            let (a, b) = match p.eval(&point).is_zero() {
                true => (point.clone(), point),
                false => (root.lo().clone(), root.hi().clone()),
            };
            (a < *hi && b > *lo).then(|| (a.max(lo.clone()), b.min(hi.clone())))
        };
        let roots = p.isolate_real_roots(&self.width);
        let mut roots: Vec<_> = roots.iter().filter_map(|root| inside(&root.enclosure)).collect();
        roots.sort();
        roots
    }

    /// The distance at a point.
    fn try_point(&mut self, distance: Rational, point: &Rational) {
        if distance > self.best.lower {
            self.best.lower = distance;
            self.best.point = point.clone();
        }
        self.best.upper = self.best.upper.clone().max(self.best.lower.clone());
    }

    /// A difference that is a polynomial on an interval.
    fn look(&mut self, p: &Polynomial, lo: &Rational, hi: &Rational) {
        let slope = p.derivative();
        for end in [lo, hi] {
            self.try_point(p.eval(end).abs(), end);
        }
        for (a, b) in self.roots(&slope, lo, hi) {
            let value = p.eval(&a).abs();
            // No further from the end than the steepest slope leads.
            let reach = a.abs().max(b.abs());
            let steepest = slope.coefficients().iter().enumerate();
            let steepest: Rational = steepest.map(|(k, c)| c.abs() * reach.pow(k as i32)).sum();
            let most = &value + (&b - &a) * steepest;
            self.try_point(value, &a);
            self.best.upper = self.best.upper.clone().max(most);
        }
    }

    /// A tiny interval: the function is enclosed, the network is known at its corners.
    fn enclose(
        &mut self,
        network: &Network,
        lines: &[(Rational, Rational, Polynomial)],
        lo: &Rational,
        hi: &Rational,
    ) -> Option<()> {
        let gap = InputBox::new(vec![lo.clone()], vec![hi.clone()]).expect("the ends are in order");
        let range = self.function.range(&gap, 2 * self.width.bits() as u32 + 64).ok()?;
        let corners = lines.iter().flat_map(|(from, to, _)| [from, to]);
        let inside = corners.filter(|x| *x > lo && *x < hi).chain([lo, hi]);
        for x in inside {
            let net = network.eval(std::slice::from_ref(x)).swap_remove(0);
            let most = (range.hi() - &net).max(&net - range.lo());
            self.best.upper = self.best.upper.clone().max(most);
        }
        Some(())
    }
}

/// The value of a step that compares nothing; `None` if it is no polynomial, or one of a degree
/// that is too high.
fn polynomial(step: &Operation, values: &[Polynomial]) -> Option<Polynomial> {
    let at = |i: &usize| &values[*i];
    let degree = |i: &usize| at(i).degree().unwrap_or(0);
    let fits = |degree: usize| (degree <= MAX_DEGREE).then_some(());
    let x = || Polynomial::new(vec![Rational::ZERO, Rational::ONE]);
    Some(match step {
        Operation::Constant(c) => Polynomial::constant(c.clone()),
        Operation::Input(_) => x(),
        Operation::SquaredNorm => x().pow(2),
        Operation::Sum(a, b) => at(a).sum(at(b)),
        Operation::Difference(a, b) => at(a).difference(at(b)),
        Operation::Product(a, b) => {
            fits(degree(a) + degree(b))?;
            at(a).product(at(b))
        }
        Operation::Quotient(a, b) => {
            let divisor = at(b).coefficients();
            let [divisor] = divisor else { return None };
            at(a).scale(&divisor.recip())
        }
        Operation::Power(a, exponent) => {
            fits(degree(a).saturating_mul(*exponent as usize))?;
            at(a).pow(*exponent as usize)
        }
        Operation::Apply(Function::Negate, a) => at(a).scale(&-Rational::ONE),
        _ => return None,
    })
}

/// The fraction with the smallest denominator between two numbers, which may be one.
fn simplest(lo: &Rational, hi: &Rational) -> Rational {
    let whole = lo.ceil();
    if whole <= *hi {
        return whole;
    }
    let floor = lo.floor();
    // Both lie strictly between two whole numbers; one over what is left turns them around.
    let rest = simplest(&(hi - &floor).recip(), &(lo - &floor).recip());
    floor + rest.recip()
}
