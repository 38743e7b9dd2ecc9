//! The evidence `radial`: the function depends on `|x|^2` only, and the network goes through one
//! sum of functions of one input each.
//!
//! Let the network be `H(Q(x))` with `Q(x) = sum_i q_i(x_i)`, and write `Q = T (|x|^2 + e)`. If
//! each `q_i / T - x_i^2` stays within `R_i` of `C_i`, then `e` stays within `sum_i R_i` of `sum_i
//! C_i`. So `F(|x|^2) - H(Q(x))` is one of the values of `F(t) - H(T (t + e))`, a function of two
//! variables.

use super::fixed::{Interval, NoValue, ceil_shift};
use super::form::{AffineArithmetic, AffineForm, Factor};
use super::function::Function;
use super::parts::Target;
use super::reduced::{InputBox, ReducedNetwork, symbol};
use crate::fraction::Fraction;
use crate::integer::{Exact, Integer};
use crate::reader::Checker;
use crate::verdict::Checked;

/// A network that goes through one sum.
struct Inner<'f> {
    reduced: &'f ReducedNetwork,
    /// For each symbol, the input that it is a function of; none for the units after the sum.
    owners: Vec<Option<usize>>,
    /// The slopes of the sum.
    sum: Vec<(usize, Integer)>,
}

/// The units after the sum, each a constant more than the sum and its weight in the output; the
/// share of the sum itself in the output, and a constant.
struct After {
    units: Vec<(Interval, Integer)>,
    constant: Interval,
    share: Factor,
}

impl Checker<'_> {
    /// The factors `T` of `|x|^2` in the sum and `W` of the sum in the output; proof: a line
    /// `coordinate C R` and its parts for each input, then `profile` and its parts.
    pub(super) fn radial(
        &mut self,
        sides: &InputBox,
        function: &Function,
        reduced: &ReducedNetwork,
        factors: &[Fraction],
        upper: &Fraction,
    ) -> Checked<()> {
        let fixed = reduced.forms.fixed;
        let [scale, share] = factors else { unreachable!("two numbers were read") };
        if !scale.num.is_positive() {
            return Err(self.malformed("a positive scale", &scale.to_string()));
        }
        if !function.is_radial() {
            return Err(self.is_false("a function of |x|^2", "one of the inputs themselves"));
        }
        let Some(inner) = Inner::of(reduced, sides.ends.len()) else {
            let found = "another network".to_owned();
            let expected = "a network that goes through one sum of functions of one input each";
            return Err(self.is_false(expected, found));
        };
        let inputs = sides.ends.len();
        let unit = Interval { lo: -fixed.one(), hi: fixed.one() };
        let forms = AffineArithmetic { fixed, ends: vec![unit; inputs.max(2)] };
        let inverse = Factor::new(&scale.inverse());
        let mut excess = Interval::of(0, 0);
        for i in 0..inputs {
            let numbers = self.numbers("coordinate", 2..=2)?;
            let centre = fixed.fraction(&numbers[0]);
            let form = |cell: &[Interval]| -> Result<AffineForm, NoValue> {
                let x = sides.coordinate(fixed, i, 0, &cell[0]);
                let q = inner.own(&forms, i, symbol(0, &cell[0]));
                let square = forms.power(&x, 2)?;
                let terms = [(inverse.clone(), &q), (Factor::whole(-1), &square)];
                let zero = Interval::of(0, 0);
                Ok(forms.sum(terms.into_iter(), &zero.minus(&centre)))
            };
            self.parts(&Target { dimension: 1, form: &form }, &numbers[1], fixed)?;
            let reach = fixed.fraction(&numbers[1]).hi;
            excess = excess.plus(&centre.widened(&reach));
        }
        self.bare("profile")?;
        let squares = squared_norm(sides, fixed.places);
        let (scale, after) = (Factor::new(scale), inner.after(&Factor::new(share)));
        let form = |cell: &[Interval]| -> Result<AffineForm, NoValue> {
            let [t, e] = [0, 1].map(|k| symbol(k, &cell[k]));
            let t = within(&forms, &t, &squares);
            let e = within(&forms, &e, &excess);
            let value = function.value(&forms, &[], &t)?;
            let zero = Interval::of(0, 0);
            let q = forms.sum([(scale.clone(), &t), (scale.clone(), &e)].into_iter(), &zero);
            Ok(forms.minus(&value, &after.value(&forms, &q)))
        };
        self.parts(&Target { dimension: 2, form: &form }, upper, fixed)
    }
}

/// What runs from one end of a span to the other as a form runs from -1 to 1.
fn within(forms: &AffineArithmetic, e: &AffineForm, span: &Interval) -> AffineForm {
    let fixed = forms.fixed;
    let (sum, width): (Integer, Integer) = (&span.lo + &span.hi, &span.hi - &span.lo);
    let half = Factor::new(&Fraction { num: width, den: fixed.one() << 1 });
    let middle = Interval { lo: &sum >> 1, hi: ceil_shift(&sum, 1) };
    let form = forms.sum([(half, e)].into_iter(), &middle);
    AffineForm { range: form.range.meet(span), ..form }
}

/// The range of `|x|^2`.
fn squared_norm(sides: &InputBox, places: usize) -> Interval {
    let square = &sides.den * &sides.den;
    sides.ends.iter().fold(Interval::of(0, 0), |sum, [lo, hi]| {
        let (a, b) = (lo * lo, hi * hi);
        let is_inside = !lo.is_positive() && !hi.is_negative();
        let least = if is_inside { Integer::ZERO } else { (&a).min(&b).clone() };
        let (least, most) = (least << places, a.max(b) << places);
        sum.plus(&Interval { lo: least.div_floor(&square), hi: most.div_ceil(&square) })
    })
}

impl<'f> Inner<'f> {
    fn of(reduced: &'f ReducedNetwork, inputs: usize) -> Option<Self> {
        let mut owners: Vec<Option<usize>> = (0..inputs).map(Some).collect();
        let mut sum = None;
        for unit in &reduced.units {
            let owner = match unit.slopes[..] {
                [(symbol, _)] if symbol < inputs => Some(symbol),
                _ => None,
            };
            if owner.is_none() {
                if unit.slopes.iter().any(|(symbol, _)| owners[*symbol].is_none()) {
                    return None;
                }
                sum.get_or_insert_with(|| unit.slopes.clone());
            }
            owners.push(owner);
        }
        let is_inner = |(symbol, _): &&(usize, Integer)| owners[*symbol].is_some();
        let of_output = || reduced.output.slopes.iter().filter(is_inner).cloned().collect();
        let sum = sum.unwrap_or_else(of_output);
        Some(Self { reduced, owners, sum })
    }

    /// The part of the sum that is a function of input `i`, which is given.
    fn own(&self, forms: &AffineArithmetic, i: usize, input: AffineForm) -> AffineForm {
        let none = forms.span(&Interval::of(0, 0));
        let mut values = vec![none.clone(); self.owners.len()];
        values[i] = input;
        let inputs = self.owners.len() - self.reduced.units.len();
        for (unit, symbol) in self.reduced.units.iter().zip(inputs..) {
            if self.owners[symbol] == Some(i) {
                values[symbol] = forms.relu(&forms.substitute(unit, &values));
            }
        }
        let own = self.sum.iter().filter(|(symbol, _)| self.owners[*symbol] == Some(i));
        let weight = |slope| Factor::on_grid(slope, forms.fixed);
        let terms = own.map(|(symbol, slope)| (weight(slope), &values[*symbol]));
        forms.sum(terms, &Interval::of(0, 0))
    }

    /// What comes after the sum, of which the output has this share.
    fn after(&self, share: &Factor) -> After {
        let inputs = self.owners.len() - self.reduced.units.len();
        let output = &self.reduced.output;
        let mut units = Vec::new();
        for (unit, symbol) in self.reduced.units.iter().zip(inputs..) {
            if self.owners[symbol].is_none() {
                let weight = output.slopes.iter().find(|(own, _)| *own == symbol);
                let weight = weight.map_or(Integer::ZERO, |(_, slope)| slope.clone());
                units.push((self.offset(unit, &self.sum), weight));
            }
        }
        let shared = self.sum.iter().map(|(symbol, slope)| (*symbol, share.down(slope)));
        let constant = self.offset(output, &shared.collect::<Vec<_>>());
        After { units, constant, share: share.clone() }
    }

    /// A form without its units after the sum, minus what has the slopes of `sum`.
    fn offset(&self, form: &AffineForm, sum: &[(usize, Integer)]) -> Interval {
        let (all, fixed) = (&self.reduced.forms, self.reduced.forms.fixed);
        let mut slopes = vec![Integer::ZERO; self.owners.len()];
        for (symbol, slope) in &form.slopes {
            if self.owners[*symbol].is_some() {
                slopes[*symbol] += slope;
            }
        }
        sum.iter().for_each(|(symbol, slope)| slopes[*symbol] -= slope);
        let constant = form.rest.plus(&Interval::point(form.centre.clone()));
        // A share of a slope was rounded down by less than a unit.
        let spans = slopes.into_iter().map(|slope| Interval { lo: &slope - 1, hi: slope });
        let left = spans.zip(&all.ends).zip(&self.owners).filter(|(_, owner)| owner.is_some());
        left.fold(constant, |total, ((slope, ends), _)| total.plus(&fixed.times(&slope, ends)))
    }
}

impl After {
    /// The output where the sum is this.
    fn value(&self, forms: &AffineArithmetic, sum: &AffineForm) -> AffineForm {
        let unit = |(constant, weight): &(Interval, Integer)| {
            let moved = forms.sum([(Factor::whole(1), sum)].into_iter(), constant);
            (Factor::on_grid(weight, forms.fixed), forms.relu(&moved))
        };
        let units: Vec<_> = self.units.iter().map(unit).collect();
        let terms = units.iter().map(|(weight, unit)| (weight.clone(), unit));
        forms.sum(terms.chain([(self.share.clone(), sum)]), &self.constant)
    }
}
