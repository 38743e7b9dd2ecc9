//! A network as affine rows and ReLUs, with denominators cleared: what the kind `robust` reads.
//!
//! A bend is an affine part and a ReLU for each breakpoint, from left to right. A maximum is taken
//! of neighbours in pairs, `max(a, b) = a + relu(b - a)`, until one is left.

use crate::circuit::Gate;
use crate::fraction::Fraction;
use crate::integer::{Exact, Integer};
use crate::limits::MAX_BITS;
use crate::reader::Checker;
use crate::verdict::Checked;
use std::collections::BTreeMap;

/// An affine form of inputs and units.
#[derive(Clone)]
struct Form {
    terms: BTreeMap<usize, Fraction>,
    constant: Fraction,
}

/// A row in integers: `den` times the form, with the least `den`.
pub(super) struct Cleared {
    pub(super) terms: Vec<(usize, Integer)>,
    pub(super) constant: Integer,
    pub(super) den: Integer,
}

/// Unit `u` is `max(units[u], 0)`, and is entry `inputs + u` of later rows.
pub(super) struct Relus {
    pub(super) inputs: usize,
    pub(super) units: Vec<Cleared>,
    /// The output of the label minus each other one, with that one's number.
    pub(super) margins: Vec<(usize, Cleared)>,
}

impl Checker<'_> {
    /// The rows of a list of values.
    pub(super) fn relus(
        &mut self,
        inputs: usize,
        lines: &[Gate],
        outputs: &[usize],
        label: usize,
    ) -> Checked<Relus> {
        let of = |terms, constant| Form { terms, constant };
        let (zero, one) = (Fraction::from(0), Fraction::from(1));
        let entry = |i| of([(i, Fraction::from(1))].into(), Fraction::from(0));
        let constant = of(BTreeMap::new(), one.clone());
        let mut values: Vec<Form> = [constant].into_iter().chain((0..inputs).map(entry)).collect();
        let mut units = Vec::new();
        for line in lines {
            let mut sum = of(BTreeMap::new(), zero.clone());
            match line {
                Gate::Sum(terms) => {
                    for (i, weight) in terms {
                        self.add(&mut sum, weight, &values[*i])?;
                    }
                }
                Gate::Bend { source, at_zero, first, rest } => {
                    self.add(&mut sum, first, &values[*source])?;
                    // What the ReLUs make at 0 is taken from the constant.
                    sum.constant = self.plus(&sum.constant, at_zero)?;
                    let mut before = first;
                    for (point, slope) in rest {
                        let change = self.plus(slope, &before.negated())?;
                        if point.num.is_negative() {
                            let here = self.times(&change, point)?;
                            sum.constant = self.plus(&sum.constant, &here)?;
                        }
                        let mut beyond = values[*source].clone();
                        beyond.constant = self.plus(&beyond.constant, &point.negated())?;
                        units.push(self.cleared_form(beyond)?);
                        self.add(&mut sum, &change, &entry(inputs + units.len() - 1))?;
                        before = slope;
                    }
                }
                Gate::Max(sources) => {
                    let mut forms: Vec<Form> = sources.iter().map(|i| values[*i].clone()).collect();
                    while forms.len() > 1 {
                        let mut winners = Vec::with_capacity(forms.len().div_ceil(2));
                        for pair in forms.chunks(2) {
                            let mut winner = pair[0].clone();
                            if let Some(second) = pair.get(1) {
                                let mut lead = second.clone();
                                self.add(&mut lead, &one.negated(), &winner)?;
                                units.push(self.cleared_form(lead)?);
                                self.add(&mut winner, &one, &entry(inputs + units.len() - 1))?;
                            }
                            winners.push(winner);
                        }
                        forms = winners;
                    }
                    sum = forms.pop().expect("a maximum has an entry");
                }
            }
            values.push(sum);
        }
        let mut margins = Vec::new();
        for (other, output) in outputs.iter().enumerate().filter(|(other, _)| *other != label) {
            let mut margin = values[outputs[label]].clone();
            self.add(&mut margin, &one.negated(), &values[*output])?;
            margins.push((other, self.cleared_form(margin)?));
        }
        Ok(Relus { inputs, units, margins })
    }

    fn add(&mut self, sum: &mut Form, weight: &Fraction, form: &Form) -> Checked<()> {
        for (entry, x) in &form.terms {
            let product = self.times(weight, x)?;
            let total = match sum.terms.get(entry) {
                Some(own) => self.plus(own, &product)?,
                None => product,
            };
            let total = self.reduced(total)?;
            sum.terms.insert(*entry, total);
        }
        let product = self.times(weight, &form.constant)?;
        let total = self.plus(&sum.constant, &product)?;
        sum.constant = self.reduced(total)?;
        Ok(())
    }

    fn reduced(&mut self, x: Fraction) -> Checked<Fraction> {
        let bits = x.num.bits().min(x.den.bits());
        self.spend((bits / 64 + 2) * (bits / 8 + 8))?;
        let common = x.num.gcd(&x.den);
        Ok(Fraction { num: x.num / &common, den: x.den / common })
    }

    fn cleared_form(&mut self, form: Form) -> Checked<Cleared> {
        let (entries, mut numbers): (Vec<_>, Vec<_>) =
            form.terms.into_iter().filter(|(_, x)| !x.num.is_zero()).unzip();
        numbers.push(self.reduced(form.constant)?);
        let mut table = self.table(vec![numbers])?;
        let mut row = table.rows.pop().expect("there is one row");
        if row.iter().chain([&table.den]).any(|x| x.bits() > MAX_BITS) {
            return Err(self.too_large(format!("{MAX_BITS} bits in a cleared weight")));
        }
        let constant = row.pop().expect("the constant is last");
        Ok(Cleared { terms: entries.into_iter().zip(row).collect(), constant, den: table.den })
    }

    /// Whether the margin is not positive at a point, an integer vector over `den`.
    pub(super) fn is_lost(
        &mut self,
        relus: &Relus,
        margin: &Cleared,
        point: Vec<Integer>,
        den: &Integer,
    ) -> Checked<bool> {
        // Entries of level k are integers over `den` and the k-th power of one common denominator.
        let mut common = Integer::ONE;
        for row in relus.units.iter().chain([margin]) {
            let shared = common.gcd(&row.den);
            self.spend((common.bits() / 64 + 2) * (common.bits() / 8 + 8))?;
            common = self.product(&common, &(&row.den / shared))?;
            if common.bits() > MAX_BITS {
                return Err(self.too_large(format!("{MAX_BITS} bits in a common denominator")));
            }
        }
        let mut entries: Vec<(Integer, usize)> = point.into_iter().map(|x| (x, 0)).collect();
        for row in &relus.units {
            let (value, level) = self.value(row, &entries, &common, den)?;
            entries.push((if value.is_positive() { value } else { Integer::ZERO }, level));
        }
        Ok(!self.value(margin, &entries, &common, den)?.0.is_positive())
    }

    fn value(
        &mut self,
        row: &Cleared,
        entries: &[(Integer, usize)],
        common: &Integer,
        den: &Integer,
    ) -> Checked<(Integer, usize)> {
        let level = row.terms.iter().map(|(i, _)| entries[*i].1).max().unwrap_or(0);
        let mut powers = vec![Integer::ONE];
        for _ in 0..level {
            powers.push(self.product(&powers[powers.len() - 1], common)?);
        }
        let scale = self.product(den, &powers[level])?;
        let mut sum = self.product(&row.constant, &scale)?;
        for (entry, weight) in &row.terms {
            let (x, own) = &entries[*entry];
            let term = self.product(x, weight)?;
            sum += if *own == level { term } else { self.product(&term, &powers[level - own])? };
        }
        Ok((self.product(&sum, &(common / &row.den))?, level + 1))
    }
}
