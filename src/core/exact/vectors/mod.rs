//! Integer vectors with a floating shadow: signs of scalar products, decided exactly.
//!
//! Every vector is an exact integer vector, up to a positive factor. Beside it stands a shadow in
//! doubles with a proved bound on its error. The sign of a product is read off the shadows when the
//! bound allows, and off the integers otherwise. A vector that was combined from others computes
//! its integers only when a sign asks for them; one that is [hidden](Vectors::push_hidden) has them
//! computed by others, then.
//!
//! # The bounds, and that no magnitude breaks them
//!
//! Let `u = ULP / 2`. A sum or difference of doubles errs by at most `u` of it, even if it is
//! subnormal; a product by `u` of it, or by `2^-1075` if it underflows. The bounds below are for
//! exact factors and charge twice the roundings, so that what they have to spare, at least `u`
//! times what they are about, covers the underflows: it is above `2^-900` wherever a bound is
//! believed. `MARGIN` covers the roundings made while a bound is computed, those of sums of
//! `LONGEST` terms among them.
//!
//! *Shadows.* The shadow of a nonzero vector is within `error` of a positive multiple of it in each
//! entry, or `error` is infinite. Its entries are at most one in size, the greatest is at least a
//! half. So nothing overflows, and `size` is at least a half. A shadow that is cast from
//! integers is scaled by a power of two; entries of more than 53 bits err by `2 u`, and one that is
//! too small for a double becomes zero, which is an error of less than `FLOOR`.
//!
//! *Products* of two shadows of `n` entries, errors `e` and `f`, sizes `a` and `b`: the shadows'
//! errors enter by at most `e a + f b + n e f`, the roundings by `n u` times the lesser size, and
//! underflows by `n 2^-1075`. The bound charges `2 (n + 2) u` of the lesser size, which is at
//! least a half or exactly zero. A product that is believed is therefore above `2^-52` in size. One
//! that is not is taken from the integers: within `ULP` and, beside that, `FLOOR`.
//!
//! *Combinations* `p y - q x` of shadows, where `p` and `q` are products with errors of their own:
//! the errors enter linearly, the roundings by `2 u (|p| + |q|)`, underflows by `2^-1074`. The
//! bound charges `4 u (|p| + |q|)`. The product `p` is of a vector beside the hyperplane, so its
//! error is `FLOOR` at least; a combination that is believed is a thousand times that error, and
//! `|p| + |q|` is at least the combination. Scaling by a power of two is exact except for
//! entries that become subnormal, and `MARGIN` has more to spare than that.
//!
//! *Hidden vectors* have shadows with a stated error; `hidden` says how their products are scaled.
//! A combined vector whose error has grown gets a new shadow from the forms that vanish on it
//! (`sharpen`).
//!
//! *Not a number*, as from an infinite error times zero, is neither less nor more than anything, so
//! that every comparison here that would believe a shadow fails.

mod between;
mod boxes;
mod hidden;
mod hull;

mod numbers;
mod pairs;
mod sharpen;

pub use boxes::NearBox;
pub use hidden::Source;
pub use hull::Hull;

use numbers::Exact;
use std::cmp::Ordering;
use std::sync::Arc;

/// Distance from one to the next double; every rounding is at most half of it, relatively.
const ULP: f64 = f64::EPSILON;
/// Covers the roundings made while a bound itself is computed.
const MARGIN: f64 = 1.0 + 1e-9;
/// Sums of this many terms err by less than `MARGIN` allows.
const LONGEST: usize = 1 << 22;
/// An absolute error beside every relative one: what is too small for a double becomes zero. Far
/// above the least double, so that what is a fraction of it is still an ordinary one.
const FLOOR: f64 = f64::from_bits((1023 - 800) << 52);
/// A shadow with a larger error is cast again if its integers are known.
const FINE: f64 = 1e-12;
/// A shadow with a larger error, relatively, is not used at all.
const COARSE: f64 = 1e-3;

/// A list of integer vectors of one length, addressed by index. Acts as a stack.
#[derive(Clone, Debug)]
pub struct Vectors {
    length: usize,
    /// The vectors, scaled by powers of two to maximum norms in `[1/2, 1]`, rounded.
    shadow: Vec<f64>,
    /// For each vector, a bound on the error of every entry of its shadow.
    error: Vec<f64>,
    /// For each vector, the sum of the absolute values of its shadow.
    size: Vec<f64>,
    exact: Vec<Exact>,
    /// Where the integers of hidden vectors come from, each with the first index that it serves.
    sources: Vec<(usize, Arc<dyn Source>)>,
    /// How often a shadow was computed from integers.
    casts: u64,
    /// How many signs were read off integers.
    exact_signs: u64,
}

/// On which side of a form a vector lies: the sign of a scalar product, and what a combination of
/// two vectors needs to know about its value.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    sign: Ordering,
    /// The product of the shadows.
    value: f64,
    /// Its distance from the product of the exact vectors, scaled as the shadows are.
    error: f64,
}

/// The power of two that brings a normal double into `[1/2, 1)`; scaling by it is exact.
fn unit_scale(x: f64) -> f64 {
    let exponent = (x.to_bits() >> 52) & 0x7ff;
    f64::from_bits((2045 - exponent) << 52)
}

/// The scalar product, added up in four parts that processors compute side by side.
#[inline]
fn dot(a: &[f64], x: &[f64]) -> f64 {
    let (mut fours, mut rest) = ([0.0; 4], 0.0);
    let (a_parts, x_parts) = (a.chunks_exact(4), x.chunks_exact(4));
    for (a, x) in a_parts.remainder().iter().zip(x_parts.remainder()) {
        rest += a * x;
    }
    for (a, x) in a_parts.zip(x_parts) {
        for i in 0..4 {
            fours[i] += a[i] * x[i];
        }
    }
    (fours[0] + fours[2]) + (fours[1] + fours[3]) + rest
}

impl Side {
    /// The side of a vector on which a form vanishes.
    pub const ZERO: Self = Self { sign: Ordering::Equal, value: 0.0, error: 0.0 };

    /// The sign of the product: exact.
    pub fn sign(&self) -> Ordering {
        self.sign
    }
}

impl Vectors {
    /// No vectors yet, each of them to have `length` entries. Panics beyond four million.
    pub fn new(length: usize) -> Self {
        assert!(length <= LONGEST, "the bounds of sums are for {LONGEST} terms");
        let (shadow, error, size) = (Vec::new(), Vec::new(), Vec::new());
        let (exact, sources) = (Vec::new(), Vec::new());
        Self { length, shadow, error, size, exact, sources, casts: 0, exact_signs: 0 }
    }

    /// Entries of every vector.
    pub fn length(&self) -> usize {
        self.length
    }

    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.exact.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty()
    }

    /// Forgets all vectors from index `len` on.
    pub fn truncate(&mut self, len: usize) {
        self.shadow.truncate(len * self.length);
        self.error.truncate(len);
        self.size.truncate(len);
        self.exact.truncate(len);
        while self.sources.pop_if(|(first, _)| *first >= len).is_some() {}
    }

    /// Adds a vector of machine words; its index. Panics unless it has the right length.
    pub fn push_words(&mut self, words: &[i64]) -> usize {
        self.push(Exact::Words(words.into()))
    }

    /// Adds a vector of wide words; its index. Panics unless it has the right length.
    pub fn push_wide(&mut self, words: &[i128]) -> usize {
        self.push(Exact::of_wide(words))
    }

    /// Adds the primitive integer vector on the ray of `fractions`; its index.
    pub fn push_fractions(&mut self, fractions: &[super::Rational]) -> usize {
        self.push(Exact::of_fractions(fractions))
    }

    /// Adds the negative of vector `of`; its index.
    pub fn push_negative(&mut self, forms: &Self, of: usize) -> usize {
        self.resolve(forms, of);
        let negative = self.exact[of].negated();
        self.push(negative)
    }

    fn push(&mut self, exact: Exact) -> usize {
        assert_eq!(exact.len(), self.length, "vectors of one list have one length");
        let index = self.exact.len();
        self.shadow.resize((index + 1) * self.length, 0.0);
        self.error.push(0.0);
        self.size.push(0.0);
        self.exact.push(exact);
        self.cast(index);
        index
    }

    /// Computes the shadow of a vector whose integers are known.
    fn cast(&mut self, index: usize) {
        self.casts += 1;
        let shadow = &mut self.shadow[index * self.length..][..self.length];
        self.error[index] = self.exact[index].shadow(shadow);
        self.size[index] = shadow.iter().map(|x| x.abs()).sum();
    }

    fn shadow(&self, index: usize) -> &[f64] {
        &self.shadow[index * self.length..][..self.length]
    }

    /// How many signs were read off integers, since the shadows could not tell.
    pub fn exact_signs(&self) -> u64 {
        self.exact_signs
    }

    /// The side of `form` on which vector `index` lies, where `self` holds vectors that were pushed
    /// or combined by `forms`. Cost: two products an entry, unless the shadows cannot decide.
    #[inline]
    pub fn side(&mut self, forms: &Self, form: usize, index: usize) -> Side {
        if self.error[index] > FINE && self.exact[index].is_known() {
            self.cast(index);
        }
        let value = dot(forms.shadow(form), self.shadow(index));
        // No entry exceeds one, so the sum of the sizes of all products is at most `size`. Then n
        // products and n - 1 additions, in whatever order, lose at most n ulp of it, underflow
        // included; the errors of the shadows enter linearly.
        let n = self.length as f64;
        let size = self.size[index].min(forms.size[form]);
        let (e, f) = (self.error[index], forms.error[form]);
        let lost = (n + 2.0) * ULP * size + e * forms.size[form] + f * self.size[index] + n * e * f;
        let error = lost * MARGIN;
        if value.abs() > error {
            let sign = if value > 0.0 { Ordering::Greater } else { Ordering::Less };
            return Side { sign, value, error };
        }
        // Shadows without errors have at most 53 bits: no product of two entries underflows.
        let pairs = || forms.shadow(form).iter().zip(self.shadow(index));
        let vanishes = || pairs().all(|(a, x)| a * x == 0.0);
        if f == 0.0 && (forms.size[form] == 0.0 || (e == 0.0 && vanishes())) {
            return Side { sign: Ordering::Equal, value, error };
        }
        self.exact_side(forms, form, index)
    }

    #[cold]
    fn exact_side(&mut self, forms: &Self, form: usize, index: usize) -> Side {
        self.exact_signs += 1;
        self.resolve(forms, index);
        self.cast(index);
        let integers = forms.integers(form);
        let product = integers.dot(&self.exact[index]);
        let shift = integers.shift() + self.exact[index].shift();
        match product.sign() {
            Ordering::Equal => Side::ZERO,
            sign => {
                let (unit, lost) = forms.unit(form);
                let value = product.scaled(shift) * unit;
                Side { sign, value, error: value.abs() * (2.0 * ULP + lost) + FLOOR }
            }
        }
    }

    /// Adds `|s| y - sign(s) t x` where `s` and `t` are the values of `form` at `x` and at `y`: the
    /// vector on the hyperplane between (or along) them; its index. `x` must not be on it.
    pub fn combine(&mut self, form: usize, x: (usize, Side), y: (usize, Side)) -> usize {
        let ((x, s), (y, t)) = (x, y);
        let index = self.exact.len();
        let n = self.length;
        let turned = if s.sign == Ordering::Less { -1.0 } else { 1.0 };
        let (p, q) = (s.value * turned, t.value * turned);
        self.shadow.resize((index + 1) * n, 0.0);
        let (known, entries) = self.shadow.split_at_mut(index * n);
        let (a, b) = (&known[x * n..][..n], &known[y * n..][..n]);
        let mut greatest = 0.0f64;
        for ((entry, a), b) in entries.iter_mut().zip(a).zip(b) {
            *entry = p * b - q * a;
            greatest = greatest.max(entry.abs());
        }
        // The shadows are at most one in size, so their factors' errors enter as they are.
        let (ex, ey) = (self.error[x], self.error[y]);
        let error = (p.abs() * ey
            + s.error * (1.0 + ey)
            + q.abs() * ex
            + t.error * (1.0 + ex)
            + 2.0 * ULP * (p.abs() + q.abs()))
            * MARGIN;
        let usable = error < COARSE * greatest;
        let mut size = 0.0;
        if usable {
            let factor = unit_scale(greatest);
            for entry in entries {
                *entry *= factor;
                size += entry.abs();
            }
            self.error.push(error * factor * MARGIN);
        } else {
            // An infinite error decides nothing, so the first question makes the integers known.
            self.error.push(f64::INFINITY);
            size = 1.0;
        }
        self.size.push(size);
        self.exact.push(Exact::Combined { form, x, y });
        index
    }

    /// Makes the integers of a vector known. Its shadow stays, since sides read off it are in use.
    fn resolve(&mut self, forms: &Self, index: usize) {
        let Exact::Combined { form, x, y } = self.exact[index] else { return };
        self.resolve(forms, x);
        self.resolve(forms, y);
        let s = forms.integers(form).dot(&self.exact[x]);
        let t = forms.integers(form).dot(&self.exact[y]);
        self.exact[index] = Exact::combined((&self.exact[x], s), (&self.exact[y], t));
    }

    /// The entries of vector `index`, a primitive integer vector if it was combined.
    pub fn entries(&mut self, forms: &Self, index: usize) -> Vec<super::Rational> {
        self.resolve(forms, index);
        self.exact[index].entries()
    }

    /// The entries of a vector that was pushed.
    pub fn pushed(&self, index: usize) -> Vec<super::Rational> {
        self.integers(index).entries()
    }

    /// The value of `form` at vector `index` as the shadows have it: a proposal, scaled like them.
    pub fn proposed(&self, forms: &Self, form: usize, index: usize) -> f64 {
        dot(forms.shadow(form), self.shadow(index))
    }

    /// The shadow of a vector: what proposals may start from.
    fn proposal(&self, index: usize) -> &[f64] {
        self.shadow(index)
    }
}
