//! A stated network on its box, reduced to what matters there: a unit that keeps one sign on the
//! box becomes an affine form, and only the units that take both signs remain.

use super::fixed::{FixedPoint, Interval};
use super::form::{AffineArithmetic, AffineForm, Factor};
use crate::circuit::Gate;
use crate::fraction::Fraction;
use crate::integer::{Exact, Integer};
use crate::limits::MAX_FORMS;
use crate::reader::Checker;
use crate::verdict::Checked;

/// A unit keeps one sign, up to rounding, if it crosses zero by at most two to the minus this.
const NEGLIGIBLE: usize = 100;

/// The box, brought to `[-1, 1]^d`.
#[derive(Debug)]
pub(super) struct InputBox {
    /// Over one positive denominator.
    pub(super) ends: Vec<[Integer; 2]>,
    pub(super) den: Integer,
}

/// A network on its box. The symbols are the inputs, between -1 and 1, then the units that remain.
#[derive(Debug)]
pub(super) struct ReducedNetwork {
    pub(super) forms: AffineArithmetic,
    /// The forms whose positive parts are the units.
    pub(super) units: Vec<AffineForm>,
    pub(super) output: AffineForm,
}

impl InputBox {
    /// Coordinate `i` on a part of the box, while its symbol runs from -1 to 1.
    pub(super) fn coordinate(
        &self,
        fixed: FixedPoint,
        i: usize,
        symbol: usize,
        part: &Interval,
    ) -> AffineForm {
        let [l, h] = &self.ends[i];
        let at = |e: &Integer| l * (fixed.one() - e) + h * (fixed.one() + e);
        let two: Integer = &self.den << 1;
        let (middle, four) = ((&part.lo + &part.hi) >> 1, &self.den << 2);
        let radius = (h - l) * (&part.hi - &part.lo);
        let off = radius.div_ceil(&four) - radius.div_floor(&four);
        let centre = at(&middle).div_floor(&two);
        let over = at(&middle).div_ceil(&two) - &centre;
        AffineForm {
            slopes: vec![(symbol, radius.div_floor(&four))],
            rest: Interval { lo: -&off, hi: over + off },
            range: Interval { lo: at(&part.lo).div_floor(&two), hi: at(&part.hi).div_ceil(&two) },
            centre,
        }
    }
}

/// The symbol itself, on a part of its range; the parts are halves of halves.
pub(super) fn symbol(i: usize, part: &Interval) -> AffineForm {
    let slopes = vec![(i, (&part.hi - &part.lo) >> 1)];
    let (centre, rest) = ((&part.lo + &part.hi) >> 1, Interval::of(0, 0));
    AffineForm { centre, slopes, rest, range: part.clone() }
}

impl ReducedNetwork {
    /// The output, given enclosures of the inputs.
    pub(super) fn value(&self, forms: &AffineArithmetic, inputs: Vec<AffineForm>) -> AffineForm {
        let mut values = inputs;
        for unit in &self.units {
            values.push(forms.relu(&forms.substitute(unit, &values)));
        }
        forms.substitute(&self.output, &values)
    }

    /// The slopes of all forms.
    pub(super) fn size(&self) -> usize {
        let forms = self.units.iter().chain([&self.output]);
        forms.map(|form| form.slopes.len() + 2).sum()
    }
}

/// A reduction under way.
struct Reduction {
    forms: AffineArithmetic,
    units: Vec<AffineForm>,
    slopes: usize,
}

impl Checker<'_> {
    /// Reduces the network whose output is the value of index `output`.
    pub(super) fn reduce(
        &mut self,
        sides: &InputBox,
        lines: &[Gate],
        output: usize,
        fixed: FixedPoint,
    ) -> Checked<ReducedNetwork> {
        let whole = Interval { lo: -fixed.one(), hi: fixed.one() };
        let inputs = sides.ends.len();
        let forms = AffineArithmetic { fixed, ends: vec![whole.clone(); inputs] };
        let mut reduction = Reduction { forms, units: Vec::new(), slopes: 0 };
        let mut values = vec![reduction.forms.span(&Interval::point(fixed.one()))];
        values.extend((0..inputs).map(|i| sides.coordinate(fixed, i, i, &whole)));
        for line in lines {
            let value = match line {
                Gate::Sum(terms) => {
                    let mut factors = Vec::with_capacity(terms.len());
                    for (index, weight) in terms {
                        self.charge(&values[*index], weight)?;
                        factors.push((Factor::new(weight), &values[*index]));
                    }
                    reduction.forms.sum(factors.into_iter(), &Interval::of(0, 0))
                }
                Gate::Bend { source, at_zero, first, rest } => {
                    let source = values[*source].clone();
                    self.reduce_bend(&mut reduction, &source, (at_zero, first, rest))?
                }
                Gate::Max(sources) => {
                    let mut most = values[sources[0]].clone();
                    for next in &sources[1..] {
                        let next = &values[*next];
                        self.charge(next, &Fraction::from(1))?;
                        let lead = reduction.forms.minus(&most, next);
                        let lead = reduction.relu(&lead);
                        most = reduction.forms.plus(next, &lead);
                    }
                    most
                }
            };
            reduction.slopes += value.slopes.len();
            if reduction.slopes > MAX_FORMS || value.range.is_short().is_err() {
                return Err(self.too_large(format!("{MAX_FORMS} coefficients of short forms")));
            }
            values.push(value);
        }
        Ok(ReducedNetwork {
            forms: reduction.forms,
            units: reduction.units,
            output: values.swap_remove(output),
        })
    }

    /// What a factor times a form costs.
    fn charge(&mut self, form: &AffineForm, factor: &Fraction) -> Checked<()> {
        let sizes = [&form.centre, &form.rest.lo, &form.rest.hi, &form.range.lo, &form.range.hi];
        let slopes = form.slopes.iter().map(|(_, slope)| slope.bits()).max().unwrap_or(0);
        let bits = sizes.iter().map(|x| x.bits()).max().unwrap_or(0).max(slopes);
        let factor = (factor.num.bits() + factor.den.bits()) / 64 + 2;
        self.spend((form.slopes.len() as u64 + 4) * (bits / 64 + 2) * factor)
    }

    fn reduce_bend(
        &mut self,
        reduction: &mut Reduction,
        source: &AffineForm,
        (at_zero, first, rest): (&Fraction, &Fraction, &[(Fraction, Fraction)]),
    ) -> Checked<AffineForm> {
        let fixed = reduction.forms.fixed;
        let (mut terms, mut before) = (vec![(Factor::new(first), source.clone())], first);
        let mut constant = fixed.fraction(at_zero);
        for (point, slope) in rest {
            self.charge(source, slope)?;
            let change = Factor::new(&self.plus(slope, &before.negated())?);
            let point = fixed.fraction(point);
            let moved = reduction.forms.minus(source, &reduction.forms.span(&point));
            // The positive part at 0.
            let at = Interval { lo: -point.hi, hi: -point.lo };
            let zero = Interval { lo: at.lo.max(Integer::ZERO), hi: at.hi.max(Integer::ZERO) };
            constant = constant.minus(&change.span(&zero));
            terms.push((change, reduction.relu(&moved)));
            before = slope;
        }
        let terms = terms.iter().map(|(factor, form)| (factor.clone(), form));
        Ok(reduction.forms.sum(terms, &constant))
    }
}

impl Reduction {
    /// The positive part: a new unit if both signs occur.
    fn relu(&mut self, form: &AffineForm) -> AffineForm {
        let Interval { lo, hi } = &form.range;
        let (zero, places) = (Integer::ZERO, self.forms.fixed.places);
        if !lo.is_negative() {
            return form.clone();
        }
        if !hi.is_positive() {
            return self.forms.span(&Interval::of(0, 0));
        }
        let least = Integer::ONE << places.saturating_sub(NEGLIGIBLE);
        let positive = Interval { lo: zero.clone(), hi: hi.clone() };
        if *hi <= least {
            return self.forms.span(&positive);
        }
        if -lo <= least {
            let missing = self.forms.span(&Interval { lo: zero, hi: -lo });
            let sum = self.forms.plus(form, &missing);
            return AffineForm { range: sum.range.meet(&positive), ..sum };
        }
        let symbol = self.forms.ends.len();
        self.forms.ends.push(positive.clone());
        self.units.push(form.clone());
        let slopes = vec![(symbol, self.forms.fixed.one())];
        AffineForm { centre: zero, slopes, rest: Interval::of(0, 0), range: positive }
    }
}
