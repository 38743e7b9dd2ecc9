//! A stated network on its box: affine forms, and the units that take both signs there.

use super::fixed::{Fixed, Span};
use super::form::{Factor, Form, Forms};
use super::{Checked, Checker, Fraction, Line, MAX_FORMS};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// A unit that exceeds zero on one side by at most two to the minus this counts as rounding.
const NEGLIGIBLE: u64 = 100;

/// The box, brought to `[-1, 1]^d`.
#[derive(Debug)]
pub(super) struct Sides {
    /// Over one positive denominator.
    pub(super) ends: Vec<[BigInt; 2]>,
    pub(super) den: BigInt,
}

/// A network on its box. Symbols are the inputs, between -1 and 1, then the units.
#[derive(Debug)]
pub(super) struct Folded {
    pub(super) forms: Forms,
    /// The forms whose positive parts are the units.
    pub(super) units: Vec<Form>,
    pub(super) output: Form,
}

impl Sides {
    /// Coordinate `i` where symbol `symbol` runs from -1 to 1, on a part of its side.
    pub(super) fn coordinate(&self, fixed: Fixed, i: usize, symbol: usize, part: &Span) -> Form {
        let [l, h] = &self.ends[i];
        let at = |e: &BigInt| l * (fixed.one() - e) + h * (fixed.one() + e);
        let two: BigInt = &self.den << 1u8;
        let (middle, four) = ((&part.lo + &part.hi) >> 1, &self.den << 2u8);
        let radius = (h - l) * (&part.hi - &part.lo);
        let off = radius.div_ceil(&four) - radius.div_floor(&four);
        let centre = at(&middle).div_floor(&two);
        let over = at(&middle).div_ceil(&two) - &centre;
        Form {
            slopes: vec![(symbol, radius.div_floor(&four))],
            rest: Span { lo: -&off, hi: over + off },
            range: Span { lo: at(&part.lo).div_floor(&two), hi: at(&part.hi).div_ceil(&two) },
            centre,
        }
    }
}

/// The symbol itself, on a part of its range; the parts are halves of halves.
pub(super) fn symbol(i: usize, part: &Span) -> Form {
    let slopes = vec![(i, (&part.hi - &part.lo) >> 1)];
    let (centre, rest) = ((&part.lo + &part.hi) >> 1, Span::of(0, 0));
    Form { centre, slopes, rest, range: part.clone() }
}

impl Folded {
    /// The output where the inputs are these functions.
    pub(super) fn value(&self, forms: &Forms, inputs: Vec<Form>) -> Form {
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

/// A fold under way.
struct Fold {
    forms: Forms,
    units: Vec<Form>,
    slopes: usize,
}

impl Checker<'_> {
    /// Folds the value of index `output`.
    pub(super) fn fold(
        &mut self,
        sides: &Sides,
        lines: &[Line],
        output: usize,
        fixed: Fixed,
    ) -> Checked<Folded> {
        let whole = Span { lo: -fixed.one(), hi: fixed.one() };
        let inputs = sides.ends.len();
        let forms = Forms { fixed, ends: vec![whole.clone(); inputs] };
        let mut fold = Fold { forms, units: Vec::new(), slopes: 0 };
        let mut values = vec![fold.forms.span(&Span::point(fixed.one()))];
        values.extend((0..inputs).map(|i| sides.coordinate(fixed, i, i, &whole)));
        for line in lines {
            let value = match line {
                Line::Sum(terms) => {
                    let mut factors = Vec::with_capacity(terms.len());
                    for (index, weight) in terms {
                        self.charge(&values[*index], weight)?;
                        factors.push((Factor::new(weight), &values[*index]));
                    }
                    fold.forms.sum(factors.into_iter(), &Span::of(0, 0))
                }
                Line::Bend { source, at_zero, first, rest } => {
                    let source = values[*source].clone();
                    self.fold_bend(&mut fold, &source, (at_zero, first, rest))?
                }
                Line::Max(sources) => {
                    let mut most = values[sources[0]].clone();
                    for next in &sources[1..] {
                        let next = &values[*next];
                        self.charge(next, &Fraction::from(1))?;
                        let lead = fold.forms.minus(&most, next);
                        let lead = fold.relu(&lead);
                        most = fold.forms.plus(next, &lead);
                    }
                    most
                }
            };
            fold.slopes += value.slopes.len();
            if fold.slopes > MAX_FORMS || value.range.is_short().is_err() {
                return Err(self.too_large(format!("{MAX_FORMS} coefficients of short forms")));
            }
            values.push(value);
        }
        Ok(Folded { forms: fold.forms, units: fold.units, output: values.swap_remove(output) })
    }

    /// What a factor times a form costs.
    fn charge(&mut self, form: &Form, factor: &Fraction) -> Checked<()> {
        let sizes = [&form.centre, &form.rest.lo, &form.rest.hi, &form.range.lo, &form.range.hi];
        let slopes = form.slopes.iter().map(|(_, slope)| slope.bits()).max().unwrap_or(0);
        let bits = sizes.iter().map(|x| x.bits()).max().unwrap_or(0).max(slopes);
        let factor = (factor.num.bits() + factor.den.bits()) / 64 + 2;
        self.spend((form.slopes.len() as u64 + 4) * (bits / 64 + 2) * factor)
    }

    fn fold_bend(
        &mut self,
        fold: &mut Fold,
        source: &Form,
        (at_zero, first, rest): (&Fraction, &Fraction, &[(Fraction, Fraction)]),
    ) -> Checked<Form> {
        let fixed = fold.forms.fixed;
        let (mut terms, mut before) = (vec![(Factor::new(first), source.clone())], first);
        let mut constant = fixed.fraction(at_zero);
        for (point, slope) in rest {
            self.charge(source, slope)?;
            let change = Factor::new(&self.plus(slope, &before.negated())?);
            let point = fixed.fraction(point);
            let moved = fold.forms.minus(source, &fold.forms.span(&point));
            // The positive part at 0.
            let at = Span { lo: -point.hi, hi: -point.lo };
            let zero = Span { lo: at.lo.max(BigInt::zero()), hi: at.hi.max(BigInt::zero()) };
            constant = constant.minus(&change.span(&zero));
            terms.push((change, fold.relu(&moved)));
            before = slope;
        }
        let terms = terms.iter().map(|(factor, form)| (factor.clone(), form));
        Ok(fold.forms.sum(terms, &constant))
    }
}

impl Fold {
    /// The positive part: a new unit if both signs occur.
    fn relu(&mut self, form: &Form) -> Form {
        let Span { lo, hi } = &form.range;
        let (zero, places) = (BigInt::zero(), self.forms.fixed.places);
        if !lo.is_negative() {
            return form.clone();
        }
        if !hi.is_positive() {
            return self.forms.span(&Span::of(0, 0));
        }
        let least = BigInt::one() << places.saturating_sub(NEGLIGIBLE);
        let positive = Span { lo: zero.clone(), hi: hi.clone() };
        if *hi <= least {
            return self.forms.span(&positive);
        }
        if -lo <= least {
            let missing = self.forms.span(&Span { lo: zero, hi: -lo });
            let sum = self.forms.plus(form, &missing);
            return Form { range: sum.range.meet(&positive), ..sum };
        }
        let symbol = self.forms.ends.len();
        self.forms.ends.push(positive.clone());
        self.units.push(form.clone());
        let slopes = vec![(symbol, self.forms.fixed.one())];
        Form { centre: zero, slopes, rest: Span::of(0, 0), range: positive }
    }
}
