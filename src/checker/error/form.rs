//! Affine arithmetic: enclosures of functions on a box.
//!
//! A form `c + sum_i g_i s_i + rest` encloses a function: the symbols `s_i` run between their ends,
//! and `rest` is an interval. The range of a form encloses the same function without symbols. Let
//! `g` be a convex function of a form `u` and let `s` be a slope. Then `g(u) - s u` is at least its
//! value for the tangent of slope `s`, and at most the greater of its values at the two ends of
//! `u`. For a concave function it is the other way round.

use super::fixed::{FixedPoint, Interval, NoValue, ceil_shift, is_multiple};
use crate::fraction::Fraction;
use crate::integer::{Exact, Integer};

/// An enclosure of a function.
#[derive(Clone, Debug)]
pub(super) struct AffineForm {
    pub(super) centre: Integer,
    /// Increasing symbols.
    pub(super) slopes: Vec<(usize, Integer)>,
    pub(super) rest: Interval,
    pub(super) range: Interval,
}

/// The places, and the ends of each symbol.
#[derive(Clone, Debug)]
pub(super) struct AffineArithmetic {
    pub(super) fixed: FixedPoint,
    pub(super) ends: Vec<Interval>,
}

/// A factor of a form.
#[derive(Clone, Debug)]
pub(super) struct Factor {
    num: Integer,
    den: Integer,
    /// The denominator is two to this power; `None` if it is no power of two.
    shift: Option<usize>,
}

impl Factor {
    pub(super) fn new(x: &Fraction) -> Self {
        let zeros = x.den.trailing_zeros().unwrap_or(0);
        let shift = (x.den.bits() == zeros as u64 + 1).then_some(zeros);
        Self { num: x.num.clone(), den: x.den.clone(), shift }
    }

    pub(super) fn whole(n: i64) -> Self {
        Self::new(&Fraction::from(n))
    }

    pub(super) fn on_grid(num: &Integer, fixed: FixedPoint) -> Self {
        Self { num: num.clone(), den: Integer::ZERO, shift: Some(fixed.places) }
    }

    pub(super) fn down(&self, x: &Integer) -> Integer {
        match self.shift {
            Some(0) => &self.num * x,
            Some(shift) => (&self.num * x) >> shift,
            None => (&self.num * x).div_floor(&self.den),
        }
    }

    fn up(&self, x: &Integer) -> Integer {
        match self.shift {
            Some(0) => &self.num * x,
            Some(shift) => ceil_shift(&(&self.num * x), shift),
            None => (&self.num * x).div_ceil(&self.den),
        }
    }

    /// The product rounded down, and 1 if rounding changed it, else 0.
    fn rounded(&self, x: &Integer) -> (Integer, u8) {
        let product = &self.num * x;
        let (down, is_exact) = match self.shift {
            Some(0) => return (product, 0),
            Some(shift) => (&product >> shift, is_multiple(&product, shift)),
            None => {
                let down = product.div_floor(&self.den);
                let is_exact = &down * &self.den == product;
                (down, is_exact)
            }
        };
        (down, u8::from(!is_exact))
    }

    pub(super) fn span(&self, x: &Interval) -> Interval {
        let (a, b) = if self.num.is_negative() { (&x.hi, &x.lo) } else { (&x.lo, &x.hi) };
        Interval { lo: self.down(a), hi: self.up(b) }
    }
}

impl AffineArithmetic {
    /// An unknown number in an interval, without symbols.
    pub(super) fn span(&self, x: &Interval) -> AffineForm {
        let rest = Interval { lo: Integer::ZERO, hi: &x.hi - &x.lo };
        AffineForm { centre: x.lo.clone(), slopes: Vec::new(), rest, range: x.clone() }
    }

    /// The range of the linear part.
    fn linear(&self, slopes: &[(usize, Integer)]) -> Interval {
        let product = |(symbol, slope): &(usize, Integer)| {
            self.fixed.times(&Interval::point(slope.clone()), &self.ends[*symbol])
        };
        slopes.iter().map(product).fold(Interval::of(0, 0), |sum, x| sum.plus(&x))
    }

    /// A form; its range is cut to an interval known from elsewhere.
    fn known(
        &self,
        centre: Integer,
        slopes: Vec<(usize, Integer)>,
        rest: Interval,
        known: &Interval,
    ) -> AffineForm {
        let range = self.linear(&slopes).plus(&rest).plus(&Interval::point(centre.clone()));
        AffineForm { centre, slopes, rest, range: range.meet(known) }
    }

    /// A sum of factors times forms, and a number.
    pub(super) fn sum<'f>(
        &self,
        terms: impl Iterator<Item = (Factor, &'f AffineForm)>,
        constant: &Interval,
    ) -> AffineForm {
        let mut centre = constant.lo.clone();
        let mut rest = Interval { lo: Integer::ZERO, hi: &constant.hi - &constant.lo };
        let mut range = constant.clone();
        let mut slopes: Vec<Integer> = Vec::new();
        for (factor, form) in terms {
            let (down, short) = factor.rounded(&form.centre);
            centre += down;
            let length = form.slopes.last().map_or(0, |(symbol, _)| symbol + 1);
            slopes.resize(slopes.len().max(length), Integer::ZERO);
            let mut off = Integer::ZERO;
            for (symbol, slope) in &form.slopes {
                let (down, short) = factor.rounded(slope);
                slopes[*symbol] += down;
                if short > 0 {
                    off += ceil_shift(&self.ends[*symbol].size(), self.fixed.places);
                }
            }
            rest = Interval { lo: rest.lo - &off, hi: rest.hi + off + short };
            rest = rest.plus(&factor.span(&form.rest));
            range = range.plus(&factor.span(&form.range));
        }
        let slopes = slopes.into_iter().enumerate().filter(|(_, slope)| !slope.is_zero());
        self.known(centre, slopes.collect(), rest, &range)
    }

    pub(super) fn plus(&self, a: &AffineForm, b: &AffineForm) -> AffineForm {
        let terms = [(Factor::whole(1), a), (Factor::whole(1), b)];
        self.sum(terms.into_iter(), &Interval::of(0, 0))
    }

    pub(super) fn minus(&self, a: &AffineForm, b: &AffineForm) -> AffineForm {
        let terms = [(Factor::whole(1), a), (Factor::whole(-1), b)];
        self.sum(terms.into_iter(), &Interval::of(0, 0))
    }

    /// Substitutes a form for each symbol.
    pub(super) fn substitute(&self, form: &AffineForm, values: &[AffineForm]) -> AffineForm {
        let weight = |slope| Factor::on_grid(slope, self.fixed);
        let terms = form.slopes.iter().map(|(symbol, slope)| (weight(slope), &values[*symbol]));
        let constant = form.rest.plus(&Interval::point(form.centre.clone()));
        let sum = self.sum(terms, &constant);
        AffineForm { range: sum.range.meet(&form.range), ..sum }
    }

    /// `(A + a) (B + b)` with linear parts `A`, `B` and rests `a`, `b`: `A B`, whose terms of
    /// second order go to the rest, and `a (B + b) + A b`.
    pub(super) fn product(&self, a: &AffineForm, b: &AffineForm) -> AffineForm {
        let fixed = self.fixed;
        let (mine, other) = (self.linear(&a.slopes), self.linear(&b.slopes));
        let mixed = fixed.times(&mine, &other);
        let whole = mine.plus(&Interval::point(a.centre.clone()));
        let rest = fixed.times(&a.rest, &b.range).plus(&fixed.times(&whole, &b.rest)).plus(&mixed);
        self.bilinear(a, b, &rest, &fixed.times(&a.range, &b.range))
    }

    fn square(&self, a: &AffineForm) -> AffineForm {
        let fixed = self.fixed;
        let of = |x: &Interval| {
            let least = if x.lo.is_positive() {
                &x.lo * &x.lo
            } else if x.hi.is_negative() {
                &x.hi * &x.hi
            } else {
                Integer::ZERO
            };
            let most = x.size();
            Interval { lo: least >> fixed.places, hi: ceil_shift(&(&most * &most), fixed.places) }
        };
        let linear = self.linear(&a.slopes);
        let whole = linear.plus(&Interval::point(a.centre.clone()));
        let rest = fixed.times(&a.rest, &a.range.plus(&whole)).plus(&of(&linear));
        self.bilinear(a, a, &rest, &of(&a.range))
    }

    fn bilinear(
        &self,
        a: &AffineForm,
        b: &AffineForm,
        rest: &Interval,
        known: &Interval,
    ) -> AffineForm {
        let length = |x: &AffineForm| x.slopes.last().map_or(0, |(symbol, _)| symbol + 1);
        let mut sums = vec![Integer::ZERO; length(a).max(length(b))];
        for (form, factor) in [(a, &b.centre), (b, &a.centre)] {
            form.slopes.iter().for_each(|(symbol, slope)| sums[*symbol] += slope * factor);
        }
        let places = self.fixed.places;
        let is_short = |x: &Integer| u8::from(!is_multiple(x, places));
        let product = &a.centre * &b.centre;
        let mut off = Integer::from(is_short(&product));
        for (sum, ends) in sums.iter().zip(&self.ends) {
            if is_short(sum) > 0 {
                off += ceil_shift(&ends.size(), places);
            }
        }
        let slopes = sums.into_iter().map(|sum| sum >> places).enumerate();
        let slopes = slopes.filter(|(_, slope)| !slope.is_zero()).collect();
        self.known(product >> places, slopes, rest.widened(&off), known)
    }

    /// A positive power by squares and products.
    pub(super) fn power(&self, a: &AffineForm, exponent: u32) -> Result<AffineForm, NoValue> {
        let mut power = a.clone();
        for bit in (0..exponent.max(1).ilog2()).rev() {
            power = self.square(&power);
            if exponent >> bit & 1 == 1 {
                power = self.product(&power, a);
            }
            power.range.is_short()?;
        }
        Ok(power)
    }

    /// A slope times the form, and a rest.
    fn tangent(
        &self,
        a: &AffineForm,
        slope: &Integer,
        rest: &Interval,
        known: &Interval,
    ) -> AffineForm {
        let sum = self.sum([(Factor::on_grid(slope, self.fixed), a)].into_iter(), rest);
        AffineForm { range: sum.range.meet(known), ..sum }
    }

    /// `max(a, 0)`; between the chord and its parallel through 0 where both signs occur.
    pub(super) fn relu(&self, a: &AffineForm) -> AffineForm {
        let Interval { lo, hi } = &a.range;
        if !lo.is_negative() {
            return a.clone();
        }
        if !hi.is_positive() {
            return self.span(&Interval::of(0, 0));
        }
        let slope = (hi << self.fixed.places).div_floor(&(hi - lo));
        let below = ceil_shift(&(-lo * &slope), self.fixed.places);
        let above = hi - ((hi * &slope) >> self.fixed.places);
        let rest = Interval { lo: Integer::ZERO, hi: above.max(below) };
        self.tangent(a, &slope, &rest, &Interval { lo: Integer::ZERO, hi: hi.clone() })
    }

    /// `2 max(a, 0) - a`.
    pub(super) fn abs(&self, a: &AffineForm) -> AffineForm {
        let positive = self.relu(a);
        let terms = [(Factor::whole(2), &positive), (Factor::whole(-1), a)];
        let sum = self.sum(terms.into_iter(), &Interval::of(0, 0));
        let known = Interval { lo: Integer::ZERO, hi: a.range.size() };
        AffineForm { range: sum.range.meet(&known), ..sum }
    }

    /// `1 / a`: for positive `a` convex, with the tangent `2 / m - t / m^2` at `m`.
    pub(super) fn inverse(&self, a: &AffineForm) -> Result<AffineForm, NoValue> {
        let Interval { lo, hi } = &a.range;
        let zero = self.span(&Interval::of(0, 0));
        if hi.is_negative() {
            return Ok(self.minus(&zero, &self.inverse(&self.minus(&zero, a))?));
        }
        if !lo.is_positive() {
            return Err(NoValue);
        }
        let places = self.fixed.places;
        let (one, middle): (Integer, Integer) = (Integer::ONE << (2 * places), (lo + hi) >> 1);
        let slope = -(&one << places).div_ceil(&(&middle * &middle));
        let at = |t: &Integer| one.div_ceil(t) - ((&slope * t) >> places);
        let rest = Interval { lo: (&one << 1).div_floor(&middle), hi: at(lo).max(at(hi)) };
        let known = Interval { lo: one.div_floor(hi), hi: one.div_ceil(lo) };
        Ok(self.tangent(a, &slope, &rest, &known))
    }

    /// Convex; with `v = e^m`, the tangent is `v (1 - m) + v t`.
    pub(super) fn exp(&self, a: &AffineForm) -> Result<AffineForm, NoValue> {
        let (fixed, Interval { lo, hi }) = (self.fixed, &a.range);
        let middle: Integer = (lo + hi) >> 1;
        let (low, value, high) = (fixed.exp(lo)?, fixed.exp(&middle)?, fixed.exp(hi)?);
        let slope = &value.lo;
        let constant = fixed.times(&value, &Interval::point(fixed.one() - middle));
        let excess = Interval { lo: Integer::ZERO, hi: &value.hi - slope };
        let least = constant.lo + fixed.times(&excess, &a.range).lo;
        let at = |t: &Integer, value: &Interval| &value.hi - ((slope * t) >> fixed.places);
        let rest = Interval { lo: least, hi: at(lo, &low).max(at(hi, &high)) };
        Ok(self.tangent(a, slope, &rest, &Interval { lo: low.lo, hi: high.hi }))
    }

    /// Concave; the tangent is `ln m - 1 + t / m`.
    pub(super) fn ln(&self, a: &AffineForm) -> Result<AffineForm, NoValue> {
        let (fixed, Interval { lo, hi }) = (self.fixed, &a.range);
        let middle: Integer = (lo + hi) >> 1;
        let (low, value, high) = (fixed.ln(lo)?, fixed.ln(&middle)?, fixed.ln(hi)?);
        let slope = (Integer::ONE << (2 * fixed.places)).div_floor(&middle);
        let most = value.hi - fixed.one() + ceil_shift(hi, fixed.places);
        let at =
            |t: &Integer, value: &Interval| &value.lo - ceil_shift(&(&slope * t), fixed.places);
        let rest = Interval { lo: at(lo, &low).min(at(hi, &high)), hi: most };
        Ok(self.tangent(a, &slope, &rest, &Interval { lo: low.lo, hi: high.hi }))
    }

    /// Concave; with `v` the root of `m`, the tangent is `v (1 - 1/q) + v t / (q m)`.
    pub(super) fn root(&self, a: &AffineForm, order: u32) -> Result<AffineForm, NoValue> {
        let (fixed, Interval { lo, hi }) = (self.fixed, &a.range);
        let (low, high) = (fixed.root(lo, order)?, fixed.root(hi, order)?);
        let middle: Integer = (lo + hi) >> 1;
        let known = Interval { lo: low.lo.clone(), hi: high.hi.clone() };
        if middle.is_zero() {
            return Ok(self.span(&known));
        }
        let value = fixed.root(&middle, order)?;
        let over = &middle * order;
        let slope = (&value.lo << fixed.places).div_floor(&over);
        let steepest = (&value.hi << fixed.places).div_ceil(&over);
        let constant = (&value.hi * (order - 1)).div_ceil(&order.into());
        let most = constant + ceil_shift(&((steepest - &slope) * hi), fixed.places);
        let at =
            |t: &Integer, value: &Interval| &value.lo - ceil_shift(&(&slope * t), fixed.places);
        let rest = Interval { lo: at(lo, &low).min(at(hi, &high)), hi: most };
        Ok(self.tangent(a, &slope, &rest, &known))
    }

    /// The sine, or the cosine of one quarter more: within `(t - m)^2 / 2` of the tangent at `m`.
    pub(super) fn wave(&self, a: &AffineForm, quarters: u64) -> Result<AffineForm, NoValue> {
        let (fixed, Interval { lo, hi }) = (self.fixed, &a.range);
        let known = Interval { lo: -fixed.one(), hi: fixed.one() };
        let radius: Integer = ((hi - lo) >> 1) + 1;
        if radius > fixed.one() << 1 {
            return Ok(self.span(&known));
        }
        let middle: Integer = (lo + hi) >> 1;
        let value = fixed.wave(&middle, quarters)?;
        let slope = fixed.wave(&middle, quarters + 1)?;
        let excess = Interval { lo: Integer::ZERO, hi: &slope.hi - &slope.lo };
        let off: Integer = ceil_shift(&(&radius * &radius), fixed.places + 1);
        let rest = value
            .minus(&fixed.times(&slope, &Interval::point(middle)))
            .plus(&fixed.times(&excess, &a.range))
            .widened(&off);
        Ok(self.tangent(a, &slope.lo, &rest, &known))
    }
}
