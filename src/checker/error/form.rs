//! Enclosures of functions on a box: an affine form of symbols, a rest, and a range.
//!
//! A form `c + sum_i g_i s_i + rest` holds for all values of its symbols between their ends, and
//! the range holds whatever the form holds. For a convex function `g` of a form `u` and any slope
//! `s`, `g(u) - s u` lies between that of a tangent and the greater one of its values at the two
//! ends; for a concave one the other way round.

use super::Fraction;
use super::fixed::{Fixed, NoValue, Span, ceil_shift};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// An enclosure of a function.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) centre: BigInt,
    /// Increasing symbols.
    pub(super) slopes: Vec<(usize, BigInt)>,
    pub(super) rest: Span,
    pub(super) range: Span,
}

/// The places, and the ends of each symbol.
#[derive(Clone, Debug)]
pub(super) struct Forms {
    pub(super) fixed: Fixed,
    pub(super) ends: Vec<Span>,
}

/// A factor of a form.
#[derive(Clone, Debug)]
pub(super) struct Factor {
    num: BigInt,
    den: BigInt,
    /// The den is two to the power of this.
    shift: Option<u64>,
}

impl Factor {
    pub(super) fn new(x: &Fraction) -> Self {
        let zeros = x.den.trailing_zeros().unwrap_or(0);
        let shift = (x.den.bits() == zeros + 1).then_some(zeros);
        Self { num: x.num.clone(), den: x.den.clone(), shift }
    }

    pub(super) fn whole(n: i64) -> Self {
        Self::new(&Fraction::from(n))
    }

    pub(super) fn on_grid(num: &BigInt, fixed: Fixed) -> Self {
        Self { num: num.clone(), den: BigInt::zero(), shift: Some(fixed.places) }
    }

    pub(super) fn down(&self, x: &BigInt) -> BigInt {
        match self.shift {
            Some(0) => &self.num * x,
            Some(shift) => (&self.num * x) >> shift,
            None => (&self.num * x).div_floor(&self.den),
        }
    }

    fn up(&self, x: &BigInt) -> BigInt {
        match self.shift {
            Some(0) => &self.num * x,
            Some(shift) => ceil_shift(&(&self.num * x), shift),
            None => (&self.num * x).div_ceil(&self.den),
        }
    }

    /// The product rounded down, and by at most how many units.
    fn rounded(&self, x: &BigInt) -> (BigInt, u8) {
        let down = self.down(x);
        let is_exact = match self.shift {
            Some(shift) => (&self.num * x).trailing_zeros().is_none_or(|zeros| zeros >= shift),
            None => &down * &self.den == &self.num * x,
        };
        (down, u8::from(!is_exact))
    }

    pub(super) fn span(&self, x: &Span) -> Span {
        let (a, b) = if self.num.is_negative() { (&x.hi, &x.lo) } else { (&x.lo, &x.hi) };
        Span { lo: self.down(a), hi: self.up(b) }
    }
}

impl Forms {
    /// A number between the ends.
    pub(super) fn span(&self, x: &Span) -> Form {
        let rest = Span { lo: BigInt::zero(), hi: &x.hi - &x.lo };
        Form { centre: x.lo.clone(), slopes: Vec::new(), rest, range: x.clone() }
    }

    /// What the slopes contribute.
    fn linear(&self, slopes: &[(usize, BigInt)]) -> Span {
        let product = |(symbol, slope): &(usize, BigInt)| {
            self.fixed.times(&Span::point(slope.clone()), &self.ends[*symbol])
        };
        slopes.iter().map(product).fold(Span::of(0, 0), |sum, x| sum.plus(&x))
    }

    /// A form, with what else is known of its range.
    fn known(
        &self,
        centre: BigInt,
        slopes: Vec<(usize, BigInt)>,
        rest: Span,
        known: &Span,
    ) -> Form {
        let range = self.linear(&slopes).plus(&rest).plus(&Span::point(centre.clone()));
        Form { centre, slopes, rest, range: range.meet(known) }
    }

    /// A sum of factors times forms, and a number.
    pub(super) fn sum<'f>(
        &self,
        terms: impl Iterator<Item = (Factor, &'f Form)>,
        constant: &Span,
    ) -> Form {
        let mut centre = constant.lo.clone();
        let mut rest = Span { lo: BigInt::zero(), hi: &constant.hi - &constant.lo };
        let mut range = constant.clone();
        let mut slopes: Vec<BigInt> = Vec::new();
        for (factor, form) in terms {
            let (down, short) = factor.rounded(&form.centre);
            centre += down;
            let length = form.slopes.last().map_or(0, |(symbol, _)| symbol + 1);
            slopes.resize(slopes.len().max(length), BigInt::zero());
            let mut off = BigInt::zero();
            for (symbol, slope) in &form.slopes {
                let (down, short) = factor.rounded(slope);
                slopes[*symbol] += down;
                off += short * ceil_shift(&self.ends[*symbol].size(), self.fixed.places);
            }
            rest = Span { lo: rest.lo - &off, hi: rest.hi + off + short };
            rest = rest.plus(&factor.span(&form.rest));
            range = range.plus(&factor.span(&form.range));
        }
        let slopes = slopes.into_iter().enumerate().filter(|(_, slope)| !slope.is_zero());
        self.known(centre, slopes.collect(), rest, &range)
    }

    pub(super) fn plus(&self, a: &Form, b: &Form) -> Form {
        let terms = [(Factor::whole(1), a), (Factor::whole(1), b)];
        self.sum(terms.into_iter(), &Span::of(0, 0))
    }

    pub(super) fn minus(&self, a: &Form, b: &Form) -> Form {
        let terms = [(Factor::whole(1), a), (Factor::whole(-1), b)];
        self.sum(terms.into_iter(), &Span::of(0, 0))
    }

    /// The form whose symbols are forms themselves.
    pub(super) fn substitute(&self, form: &Form, values: &[Form]) -> Form {
        let weight = |slope| Factor::on_grid(slope, self.fixed);
        let terms = form.slopes.iter().map(|(symbol, slope)| (weight(slope), &values[*symbol]));
        let constant = form.rest.plus(&Span::point(form.centre.clone()));
        let sum = self.sum(terms, &constant);
        Form { range: sum.range.meet(&form.range), ..sum }
    }

    /// `(A + a) (B + b)` with linear parts `A`, `B` and rests `a`, `b`: `A B`, whose terms of
    /// second order go to the rest, and `a (B + b) + A b`.
    pub(super) fn product(&self, a: &Form, b: &Form) -> Form {
        let fixed = self.fixed;
        let (mine, other) = (self.linear(&a.slopes), self.linear(&b.slopes));
        let mixed = fixed.times(&mine, &other);
        let whole = mine.plus(&Span::point(a.centre.clone()));
        let rest = fixed.times(&a.rest, &b.range).plus(&fixed.times(&whole, &b.rest)).plus(&mixed);
        self.bilinear(a, b, &rest, &fixed.times(&a.range, &b.range))
    }

    fn square(&self, a: &Form) -> Form {
        let fixed = self.fixed;
        let of = |x: &Span| {
            let least = if x.lo.is_positive() {
                &x.lo * &x.lo
            } else if x.hi.is_negative() {
                &x.hi * &x.hi
            } else {
                BigInt::zero()
            };
            let most = x.size();
            Span { lo: least >> fixed.places, hi: ceil_shift(&(&most * &most), fixed.places) }
        };
        let linear = self.linear(&a.slopes);
        let whole = linear.plus(&Span::point(a.centre.clone()));
        let rest = fixed.times(&a.rest, &a.range.plus(&whole)).plus(&of(&linear));
        self.bilinear(a, a, &rest, &of(&a.range))
    }

    fn bilinear(&self, a: &Form, b: &Form, rest: &Span, known: &Span) -> Form {
        let length = |x: &Form| x.slopes.last().map_or(0, |(symbol, _)| symbol + 1);
        let mut sums = vec![BigInt::zero(); length(a).max(length(b))];
        for (form, factor) in [(a, &b.centre), (b, &a.centre)] {
            form.slopes.iter().for_each(|(symbol, slope)| sums[*symbol] += slope * factor);
        }
        let places = self.fixed.places;
        let is_short = |x: &BigInt| u8::from(x.trailing_zeros().is_some_and(|n| n < places));
        let product = &a.centre * &b.centre;
        let mut off = BigInt::from(is_short(&product));
        for (sum, ends) in sums.iter().zip(&self.ends) {
            off += is_short(sum) * ceil_shift(&ends.size(), places);
        }
        let slopes = sums.into_iter().map(|sum| sum >> places).enumerate();
        let slopes = slopes.filter(|(_, slope)| !slope.is_zero()).collect();
        self.known(product >> places, slopes, rest.widened(&off), known)
    }

    /// A positive power by squares and products.
    pub(super) fn power(&self, a: &Form, exponent: u32) -> Result<Form, NoValue> {
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
    fn tangent(&self, a: &Form, slope: &BigInt, rest: &Span, known: &Span) -> Form {
        let sum = self.sum([(Factor::on_grid(slope, self.fixed), a)].into_iter(), rest);
        Form { range: sum.range.meet(known), ..sum }
    }

    /// `max(a, 0)`; between the chord and its parallel through 0 where both signs occur.
    pub(super) fn relu(&self, a: &Form) -> Form {
        let Span { lo, hi } = &a.range;
        if !lo.is_negative() {
            return a.clone();
        }
        if !hi.is_positive() {
            return self.span(&Span::of(0, 0));
        }
        let slope = (hi << self.fixed.places).div_floor(&(hi - lo));
        let below = ceil_shift(&(-lo * &slope), self.fixed.places);
        let above = hi - ((hi * &slope) >> self.fixed.places);
        let rest = Span { lo: BigInt::zero(), hi: above.max(below) };
        self.tangent(a, &slope, &rest, &Span { lo: BigInt::zero(), hi: hi.clone() })
    }

    /// `2 max(a, 0) - a`.
    pub(super) fn abs(&self, a: &Form) -> Form {
        let positive = self.relu(a);
        let terms = [(Factor::whole(2), &positive), (Factor::whole(-1), a)];
        let sum = self.sum(terms.into_iter(), &Span::of(0, 0));
        let known = Span { lo: BigInt::zero(), hi: a.range.size() };
        Form { range: sum.range.meet(&known), ..sum }
    }

    /// `1 / a`: for positive `a` convex, with the tangent `2 / m - t / m^2` at `m`.
    pub(super) fn inverse(&self, a: &Form) -> Result<Form, NoValue> {
        let Span { lo, hi } = &a.range;
        let zero = self.span(&Span::of(0, 0));
        if hi.is_negative() {
            return Ok(self.minus(&zero, &self.inverse(&self.minus(&zero, a))?));
        }
        if !lo.is_positive() {
            return Err(NoValue);
        }
        let places = self.fixed.places;
        let (one, middle): (BigInt, BigInt) = (BigInt::one() << (2 * places), (lo + hi) >> 1);
        let slope = -(&one << places).div_ceil(&(&middle * &middle));
        let at = |t: &BigInt| one.div_ceil(t) - ((&slope * t) >> places);
        let rest = Span { lo: (&one << 1u8).div_floor(&middle), hi: at(lo).max(at(hi)) };
        let known = Span { lo: one.div_floor(hi), hi: one.div_ceil(lo) };
        Ok(self.tangent(a, &slope, &rest, &known))
    }

    /// Convex; with `v = e^m`, the tangent is `v (1 - m) + v t`.
    pub(super) fn exp(&self, a: &Form) -> Result<Form, NoValue> {
        let (fixed, Span { lo, hi }) = (self.fixed, &a.range);
        let middle: BigInt = (lo + hi) >> 1;
        let (low, value, high) = (fixed.exp(lo)?, fixed.exp(&middle)?, fixed.exp(hi)?);
        let slope = &value.lo;
        let constant = fixed.times(&value, &Span::point(fixed.one() - middle));
        let excess = Span { lo: BigInt::zero(), hi: &value.hi - slope };
        let least = constant.lo + fixed.times(&excess, &a.range).lo;
        let at = |t: &BigInt, value: &Span| &value.hi - ((slope * t) >> fixed.places);
        let rest = Span { lo: least, hi: at(lo, &low).max(at(hi, &high)) };
        Ok(self.tangent(a, slope, &rest, &Span { lo: low.lo, hi: high.hi }))
    }

    /// Concave; the tangent is `ln m - 1 + t / m`.
    pub(super) fn ln(&self, a: &Form) -> Result<Form, NoValue> {
        let (fixed, Span { lo, hi }) = (self.fixed, &a.range);
        let middle: BigInt = (lo + hi) >> 1;
        let (low, value, high) = (fixed.ln(lo)?, fixed.ln(&middle)?, fixed.ln(hi)?);
        let slope = (BigInt::one() << (2 * fixed.places)).div_floor(&middle);
        let most = value.hi - fixed.one() + ceil_shift(hi, fixed.places);
        let at = |t: &BigInt, value: &Span| &value.lo - ceil_shift(&(&slope * t), fixed.places);
        let rest = Span { lo: at(lo, &low).min(at(hi, &high)), hi: most };
        Ok(self.tangent(a, &slope, &rest, &Span { lo: low.lo, hi: high.hi }))
    }

    /// Concave; with `v` the root of `m`, the tangent is `v (1 - 1/q) + v t / (q m)`.
    pub(super) fn root(&self, a: &Form, order: u32) -> Result<Form, NoValue> {
        let (fixed, Span { lo, hi }) = (self.fixed, &a.range);
        let (low, high) = (fixed.root(lo, order)?, fixed.root(hi, order)?);
        let middle: BigInt = (lo + hi) >> 1;
        let known = Span { lo: low.lo.clone(), hi: high.hi.clone() };
        if middle.is_zero() {
            return Ok(self.span(&known));
        }
        let value = fixed.root(&middle, order)?;
        let over = &middle * order;
        let slope = (&value.lo << fixed.places).div_floor(&over);
        let steepest = (&value.hi << fixed.places).div_ceil(&over);
        let constant = (&value.hi * (order - 1)).div_ceil(&order.into());
        let most = constant + ceil_shift(&((steepest - &slope) * hi), fixed.places);
        let at = |t: &BigInt, value: &Span| &value.lo - ceil_shift(&(&slope * t), fixed.places);
        let rest = Span { lo: at(lo, &low).min(at(hi, &high)), hi: most };
        Ok(self.tangent(a, &slope, &rest, &known))
    }

    /// The sine, or the cosine of one quarter more: within `(t - m)^2 / 2` of the tangent at `m`.
    pub(super) fn wave(&self, a: &Form, quarters: u64) -> Result<Form, NoValue> {
        let (fixed, Span { lo, hi }) = (self.fixed, &a.range);
        let known = Span { lo: -fixed.one(), hi: fixed.one() };
        let radius: BigInt = ((hi - lo) >> 1) + 1;
        if radius > fixed.one() << 1u8 {
            return Ok(self.span(&known));
        }
        let middle: BigInt = (lo + hi) >> 1;
        let value = fixed.wave(&middle, quarters)?;
        let slope = fixed.wave(&middle, quarters + 1)?;
        let excess = Span { lo: BigInt::zero(), hi: &slope.hi - &slope.lo };
        let off: BigInt = ceil_shift(&(&radius * &radius), fixed.places + 1);
        let rest = value
            .minus(&fixed.times(&slope, &Span::point(middle)))
            .plus(&fixed.times(&excess, &a.range))
            .widened(&off);
        Ok(self.tangent(a, &slope.lo, &rest, &known))
    }
}
