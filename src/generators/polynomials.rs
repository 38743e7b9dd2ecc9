//! Polynomials by their roots, so that the numbers of real roots and of pairs are known without
//! counting, and a pack of the degenerate and the difficult.

use super::prelude::*;
use crate::analysis::polynomial::Polynomial;
use std::ops::Range;

/// All roots of a real polynomial, repeats allowed, and its leading coefficient.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Roots {
    /// The leading coefficient, not zero.
    pub leading: Rational,
    /// The real roots.
    pub real: Vec<Rational>,
    /// Real and imaginary part of one root of each pair that is not real; the latter is not zero.
    pub pairs: Vec<[Rational; 2]>,
}

impl Roots {
    /// The polynomial with these roots.
    pub fn polynomial(&self) -> Polynomial {
        let linear = self.real.iter().map(|x| Polynomial::new(vec![-x, Rational::ONE]));
        let quadratic = self.pairs.iter().map(|[x, y]| {
            Polynomial::new(vec![x * x + y * y, Rational::integer(-2) * x, Rational::ONE])
        });
        let factors: Vec<_> = linear.chain(quadratic).collect();
        Polynomial::product_of(&factors).scale(&self.leading)
    }

    /// The number of roots, real or not.
    pub fn degree(&self) -> usize {
        self.real.len() + 2 * self.pairs.len()
    }

    /// The least number of filters of degree at most `s` among which these roots can be shared,
    /// pairs undivided, and one at least; `None` when a pair fits no filter.
    ///
    /// Searches; no formula for the least number and no count of roots of the polynomial enters.
    pub fn fewest_filters(&self, s: usize) -> Option<usize> {
        let (pairs, real) = (self.pairs.len(), self.real.len());
        shared(pairs, real, s)[pairs][real].map(|filters| filters.max(1))
    }
}

/// The least number of filters of degree at most `s` that can share the roots of any polynomial of
/// at most this degree; `None` when for some polynomial no number is enough.
///
/// Searches all numbers of pairs and of real roots, as [`Roots::fewest_filters`].
pub fn fewest_for_every(degree: usize, s: usize) -> Option<usize> {
    let least = shared(degree / 2, degree, s);
    let splits = (0..=degree / 2).flat_map(|q| (0..=degree - 2 * q).map(move |r| (q, r)));
    let all = splits.map(|(q, r)| least[q][r]).collect::<Option<Vec<_>>>()?;
    all.into_iter().max().map(|filters| filters.max(1))
}

/// `[q][r]` filters of degree at most `s` can hold `q` pairs and `r` real roots, and no fewer: by
/// all contents of one filter, and what the others then hold.
fn shared(pairs: usize, real: usize, s: usize) -> Vec<Vec<Option<usize>>> {
    let mut least = vec![vec![None; real + 1]; pairs + 1];
    least[0][0] = Some(0);
    for q in 0..=pairs {
        for r in 0..=real {
            let contents = (0..=q.min(s / 2))
                .flat_map(|a| (0..=r.min(s - 2 * a)).map(move |b| (a, b)))
                .filter(|&content| content != (0, 0));
            let one_more = |(a, b): (usize, usize)| least[q - a][r - b].map(|n: usize| n + 1);
            let best = contents.filter_map(one_more).min();
            least[q][r] = least[q][r].or(best);
        }
    }
    least
}

/// The roots of a target, and the degree `s` of the filters that are to share them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SharedRoots {
    /// The degree of a filter, at least one.
    pub s: usize,
    /// The roots.
    pub roots: Roots,
}

impl SharedRoots {
    /// Why the roots cannot be shared out, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        if self.s == 0 {
            return Err("s = 0: a filter of one tap only scales".into());
        }
        if self.roots.leading.is_zero() || self.roots.pairs.iter().any(|[_, y]| y.is_zero()) {
            return Err("the leading coefficient and imaginary parts must not be zero".into());
        }
        let n = self.roots.degree();
        require!(n <= LARGEST, "{n} roots; polynomials of at most {LARGEST} are factored here")
    }
}

/// A long filter, and the degree `s` of the short ones that it is to be a product of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LongFilter {
    /// The degree of a short filter, at least one.
    pub s: usize,
    /// The taps `W_0 .. W_M`.
    pub taps: Vec<Rational>,
}

impl LongFilter {
    /// The filter as a polynomial.
    pub fn polynomial(&self) -> Polynomial {
        Polynomial::new(self.taps.clone())
    }

    /// `M`: the last tap may vanish.
    pub fn degree(&self) -> usize {
        self.taps.len() - 1
    }

    /// Why the filter cannot be factored, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        match (self.s, self.taps.len()) {
            (0, _) => Err("s = 0: a filter of one tap only scales".into()),
            (_, 0) => Err("no taps; the zero filter has one".into()),
            (_, n) if n > LARGEST + 1 => {
                Err(format!("{n} taps; filters of at most {} are factored here", LARGEST + 1))
            }
            _ => Ok(()),
        }
    }
}

/// The largest degree that is factored; the time for it is seconds.
const LARGEST: usize = 128;

/// Real roots and conjugate pairs with small integer parts, their numbers from these ranges.
pub fn roots(real: Range<usize>, pairs: Range<usize>) -> impl Strategy<Value = Roots> + Clone {
    let part = numbers::integer(2).boxed();
    let above = (1i64..=3).prop_map(Rational::from);
    let pair = (part.clone(), above).prop_map(|(x, y)| [x, y]);
    (numbers::nonzero_integer(2), vec(part, real), vec(pair, pairs))
        .prop_map(|(leading, real, pairs)| Roots { leading, real, pairs })
}

/// Taps of filters of every kind: made from roots, arbitrary, or from [`edge_pack`].
pub fn filters() -> impl Strategy<Value = Vec<Rational>> + Clone {
    let made = roots(0..5, 0..4).prop_map(|roots| roots.polynomial().coefficients().to_vec());
    let any = numbers::integers(1..8, 3);
    prop_oneof![3 => made.boxed(), 1 => any.boxed(), 1 => edge_pack().boxed()].boxed()
}

/// Taps of filters of a degree in this range: arbitrary ones, from many roots, or `1 + z^M`.
pub fn long_filters(degrees: Range<usize>) -> impl Strategy<Value = Vec<Rational>> + Clone {
    let any = numbers::integers(degrees.start + 1..degrees.end + 1, 3);
    let made =
        long_roots(degrees.clone()).prop_map(|roots| roots.polynomial().coefficients().to_vec());
    prop_oneof![any.boxed(), made.boxed(), degrees.prop_map(one_plus_power).boxed()].boxed()
}

/// As many roots as the range says, up to half of them real, with small integer parts and halves.
pub fn long_roots(degrees: Range<usize>) -> impl Strategy<Value = Roots> + Clone {
    let part = numbers::fraction(6, 2).boxed();
    let above = (1i64..=6).prop_map(|y| Rational::new(y, 2));
    let pair = (part.clone(), above).prop_map(|(x, y)| [x, y]);
    (degrees, 0usize..=4, numbers::nonzero_integer(2)).prop_flat_map(
        move |(n, eighths, leading)| {
            let pairs = (n - n * eighths / 8) / 2;
            (vec(part.clone(), n - 2 * pairs), vec(pair.clone(), pairs))
                .prop_map(move |(real, pairs)| Roots { leading: leading.clone(), real, pairs })
        },
    )
}

/// The filter `1 + z^m` with `m + 1` taps, `m` at least one.
pub fn one_plus_power(m: usize) -> Vec<Rational> {
    let mut taps = vec![Rational::ZERO; m + 1];
    (taps[0], taps[m]) = (Rational::ONE, Rational::ONE);
    taps
}

/// The degenerate and the difficult: zero, constants, monomials, taps that vanish at either end,
/// repeated pairs, palindromes, `1 + z^M`.
pub fn edge_pack() -> impl Strategy<Value = Vec<Rational>> + Clone {
    let integers = |taps: &[i64]| taps.iter().map(|&t| Rational::from(t)).collect::<Vec<_>>();
    let pinned: Vec<_> = [
        &[0][..],
        &[1],
        &[2],
        &[0, 0, 0],
        &[0, 0, 3],
        &[5, 1, 0, 0],
        &[0, 1, 0, 1],
        &[1, 0, 2, 0, 1],
        &[1, 4, 6, 4, 1],
        &[1, 1, 1, 1, 1, 1, 1],
        &[36, 0, 49, 0, 14, 0, 1],
    ]
    .map(integers)
    .to_vec();
    let sparse = (1usize..13).prop_map(one_plus_power);
    prop_oneof![select(pinned).boxed(), sparse.boxed()].boxed()
}
