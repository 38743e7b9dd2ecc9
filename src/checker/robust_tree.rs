//! The proof of a certificate of the kind `robust`: bounds, splits and leaves.

use crate::ball::{Ball, Norm};
use crate::fraction::Fraction;
use crate::integer::{Exact, Integer};
use crate::relus::{Cleared, Relus};
use crate::stream::Stream;
use crate::verdict::Checked;
use std::cmp::Ordering;
use std::io::BufRead;

/// The ends of the range of what enters a unit, as far as they are proved.
type Range = [Option<Fraction>; 2];

/// A node whose second subtree is not read yet, or is being read.
struct Fork {
    unit: usize,
    /// Whether the second subtree is the one where the unit is on; `None` if it was entered.
    second: Option<bool>,
    /// The length of the list of changes above.
    changes: usize,
}

/// The proof, read line by line.
pub(super) struct Tree<'a> {
    relus: &'a Relus,
    ball: &'a Ball,
    stream: Stream<'a>,
    ranges: Vec<Range>,
    /// Ranges as they were before each change on the path.
    changes: Vec<(usize, Range)>,
    forks: Vec<Fork>,
}

/// A line of multipliers.
struct Line {
    /// Of the stated rows.
    rows: Vec<Integer>,
    pull: Fraction,
    /// Of units, increasing.
    units: Vec<(usize, Integer)>,
}

impl<'a> Tree<'a> {
    /// The proof that follows line `line`.
    pub(super) fn after(
        line: usize,
        source: &'a mut dyn BufRead,
        relus: &'a Relus,
        ball: &'a Ball,
    ) -> Self {
        let stream = Stream::after(line, source);
        let ranges = vec![[None, None]; relus.units.len()];
        Self { relus, ball, stream, ranges, changes: Vec::new(), forks: Vec::new() }
    }

    /// Reads the bounds that hold everywhere, then the tree of each other label, in any order.
    pub(super) fn read(&mut self, is_empty: bool) -> Checked<()> {
        let mut left: Vec<usize> = self.relus.margins.iter().map(|(other, _)| *other).collect();
        if is_empty {
            left.clear();
        }
        loop {
            match self.stream.next("a line of the proof")? {
                b'L' => self.bound(None, true)?,
                b'U' => self.bound(None, false)?,
                b'O' => {
                    let other = self.numbers()?;
                    let other = other.first().and_then(|x| usize::try_from(x).ok());
                    let place = left.iter().position(|label| Some(*label) == other);
                    let Some(place) = place else {
                        return Err(self.stream.malformed("another label, each once"));
                    };
                    self.tree(left.swap_remove(place))?;
                }
                _ if self.stream.text() == b"end" && left.is_empty() => break,
                _ => return Err(self.stream.malformed("a bound, a label or, after all, `end`")),
            }
        }
        self.stream.finish()
    }

    /// Reads the tree of one label.
    fn tree(&mut self, other: usize) -> Checked<()> {
        let relus = self.relus;
        let margin = relus.margins.iter().find(|(label, _)| *label == other);
        let (_, margin) = margin.expect("the label was found in this list");
        let root = self.changes.len();
        loop {
            let is_over = match self.stream.next("a line of the tree")? {
                b'L' => self.bound(Some(margin), true).map(|()| false)?,
                b'U' => self.bound(Some(margin), false).map(|()| false)?,
                letter @ (b'P' | b'N') => {
                    let unit = self.numbers()?;
                    let unit = unit.first().and_then(|x| usize::try_from(x).ok());
                    let unit = unit.filter(|unit| *unit < relus.units.len());
                    let Some(unit) = unit else {
                        return Err(self.stream.malformed("the number of a unit"));
                    };
                    let (first, changes) = (letter == b'P', self.changes.len());
                    self.forks.push(Fork { unit, second: Some(!first), changes });
                    self.take(unit, first);
                    false
                }
                b'R' => self.leaf(margin).map(|()| true)?,
                b'E' if self.stream.rest()?.is_none() => {
                    let last = self.changes.len().checked_sub(1).map(|last| self.changes[last].0);
                    let is_void = |unit: usize| match &self.ranges[unit] {
                        [Some(lo), Some(hi)] => hi.is_below(lo),
                        _ => false,
                    };
                    if !last.is_some_and(is_void) || self.changes.len() == root {
                        let expected = "a range without a point, by the line before".to_owned();
                        return Err(self.stream.is_false(expected, "one that has".to_owned()));
                    }
                    true
                }
                _ => return Err(self.stream.malformed("a bound, a split or a leaf")),
            };
            if is_over && !self.go_on() {
                self.undo(root);
                return Ok(());
            }
        }
    }

    /// Enters the next subtree that is not read; whether there is one.
    fn go_on(&mut self) -> bool {
        while let Some(fork) = self.forks.last_mut() {
            let (unit, changes) = (fork.unit, fork.changes);
            match fork.second.take() {
                Some(is_on) => {
                    self.undo(changes);
                    self.take(unit, is_on);
                    return true;
                }
                None => {
                    self.forks.pop();
                }
            }
        }
        false
    }

    fn undo(&mut self, changes: usize) {
        for (unit, range) in self.changes.drain(changes..).rev() {
            self.ranges[unit] = range;
        }
    }

    /// Narrows a range, to be undone with its subtree; whether that was narrower.
    fn narrow(&mut self, unit: usize, end: usize, value: Fraction) -> bool {
        let own = &self.ranges[unit][end];
        let is_narrower = own
            .as_ref()
            .is_none_or(|own| if end == 0 { own.is_below(&value) } else { value.is_below(own) });
        self.changes.push((unit, self.ranges[unit].clone()));
        if is_narrower {
            self.ranges[unit][end] = Some(value);
        }
        is_narrower
    }

    /// What enters the unit is not negative, or not positive.
    fn take(&mut self, unit: usize, is_on: bool) {
        self.narrow(unit, usize::from(!is_on), Fraction::from(0));
    }

    /// The numbers of the current line.
    fn numbers(&self) -> Checked<Vec<Integer>> {
        let Some(rest) = self.stream.rest()? else {
            return Err(self.stream.malformed("a letter and numbers"));
        };
        let row = self.stream.integers(rest)?;
        Ok(row.iter().map(|entry| entry.big()).collect())
    }

    /// Numbers as multipliers: of `rows` rows, of l2 the pull, then pairs of a unit and its own.
    fn multipliers(&self, numbers: &[Integer], rows: usize) -> Checked<Line> {
        let head = rows + if self.ball.norm == Norm::L2 { 2 } else { 0 };
        let expected = "multipliers of rows that are not negative, then of units";
        if numbers.len() < head || !(numbers.len() - head).is_multiple_of(2) {
            return Err(self.stream.malformed(expected));
        }
        let (heads, pairs) = numbers.split_at(head);
        let pull = match &heads[rows..] {
            [num, den] if den.is_positive() && !num.is_negative() => {
                Fraction { num: num.clone(), den: den.clone() }
            }
            [] => Fraction::from(0),
            _ => return Err(self.stream.malformed("a pull that is not negative")),
        };
        if heads[..rows].iter().any(Exact::is_negative) {
            return Err(self.stream.malformed(expected));
        }
        let mut units: Vec<(usize, Integer)> = Vec::with_capacity(pairs.len() / 2);
        for pair in pairs.chunks(2) {
            let unit = usize::try_from(&pair[0]).ok();
            let least = units.last().map_or(0, |(unit, _)| unit + 1);
            let known = |unit: &usize| (least..self.relus.units.len()).contains(unit);
            let Some(unit) = unit.filter(known) else {
                return Err(self.stream.malformed("increasing numbers of units"));
            };
            units.push((unit, pair[1].clone()));
        }
        Ok(Line { rows: heads[..rows].to_vec(), pull, units })
    }

    /// Reads a bound: the unit, the bound as numerator and denominator, and its multipliers.
    fn bound(&mut self, margin: Option<&Cleared>, is_lower: bool) -> Checked<()> {
        let numbers = self.numbers()?;
        let malformed = "a unit, a fraction and multipliers";
        let [unit, num, den, rest @ ..] = &numbers[..] else {
            return Err(self.stream.malformed(malformed));
        };
        let relus = self.relus;
        let unit = usize::try_from(unit).ok().filter(|unit| *unit < relus.units.len());
        let (Some(unit), true) = (unit, den.is_positive()) else {
            return Err(self.stream.malformed(malformed));
        };
        let line = self.multipliers(rest, if margin.is_some() { 2 } else { 1 })?;
        if !line.rows[0].is_positive() {
            return Err(self.stream.malformed("a positive multiplier of the unit"));
        }
        let own = &relus.units[unit];
        let sign = if is_lower { line.rows[0].clone() } else { -&line.rows[0] };
        let rows =
            [Some((own, &sign)), margin.map(|margin| (margin, &line.rows[line.rows.len() - 1]))];
        let (form, constant) = self.rewritten(rows.into_iter().flatten(), &line.units)?;
        // The row times its multiplier, less the bound, is nowhere negative.
        let stated = Fraction { num: num * &sign * &own.den, den: den.clone() };
        let constant = sum(&constant, &stated.negated());
        if self.ball.order(&form, &constant, &line.pull) == Ordering::Less {
            let expected = "a bound that its multipliers prove".to_owned();
            return Err(self.stream.is_false(expected, format!("unit {unit} beyond it")));
        }
        let value = Fraction { num: num.clone(), den: den.clone() };
        match self.narrow(unit, usize::from(!is_lower), value) {
            true => Ok(()),
            false => Err(self.stream.malformed("a bound that is narrower than before")),
        }
    }

    fn leaf(&self, margin: &Cleared) -> Checked<()> {
        let numbers = self.numbers()?;
        let line = self.multipliers(&numbers, 1)?;
        let (form, constant) =
            self.rewritten([(margin, &line.rows[0])].into_iter(), &line.units)?;
        match self.ball.order(&form, &constant, &line.pull) {
            Ordering::Greater => Ok(()),
            _ => {
                let expected = "multipliers that keep the label".to_owned();
                Err(self.stream.is_false(expected, "a bound that is not positive".to_owned()))
            }
        }
    }

    /// An affine form of the input that is at most the sum of multipliers times rows. Where `c y`
    /// stands for the unit `y = relu(z)` with multiplier g, `c y >= g z + least`, the least of
    /// `c relu(p) - g p` for p an end of the range of z, or 0 between them.
    fn rewritten<'r>(
        &self,
        rows: impl Iterator<Item = (&'r Cleared, &'r Integer)>,
        units: &[(usize, Integer)],
    ) -> Checked<(Vec<Integer>, Fraction)> {
        let inputs = self.relus.inputs;
        let mut entries = vec![Integer::ZERO; inputs + self.relus.units.len()];
        let mut whole = Integer::ZERO;
        let mut add = |row: &Cleared, factor: &Integer, entries: &mut [Integer]| {
            for (entry, weight) in &row.terms {
                entries[*entry] += factor * weight;
            }
            whole += factor * &row.constant;
        };
        rows.for_each(|(row, factor)| add(row, factor, &mut entries));
        let mut rest = Fraction::from(0);
        let mut stated = units.iter().rev().peekable();
        for (unit, row) in self.relus.units.iter().enumerate().rev() {
            let own = std::mem::take(&mut entries[inputs + unit]);
            let stated = stated.next_if(|(stated, _)| *stated == unit);
            if own.is_zero() && stated.is_none() {
                continue;
            }
            let [Some(lo), Some(hi)] = &self.ranges[unit] else {
                let expected = format!("both bounds of unit {unit} before its use");
                return Err(self.stream.is_false(expected, "none".to_owned()));
            };
            let factor = match stated {
                Some((_, factor)) => factor.clone(),
                None if lo.num.is_negative() => Integer::ZERO,
                None => own.div_floor(&row.den),
            };
            let slope = &factor * &row.den;
            let left = |p: &Fraction| {
                let rate = if p.num.is_positive() { &own - &slope } else { -&slope };
                Fraction { num: rate * &p.num, den: p.den.clone() }
            };
            let (at_lo, at_hi) = (left(lo), left(hi));
            let mut least = if at_hi.is_below(&at_lo) { at_hi } else { at_lo };
            if lo.num.is_negative() && hi.num.is_positive() && least.num.is_positive() {
                least = Fraction::from(0);
            }
            rest = sum(&rest, &least);
            if !factor.is_zero() {
                add(row, &factor, &mut entries);
            }
        }
        entries.truncate(inputs);
        Ok((entries, sum(&rest, &Fraction { num: whole, den: Integer::ONE })))
    }
}

/// A sum over the least common denominator.
fn sum(a: &Fraction, b: &Fraction) -> Fraction {
    if a.den == b.den {
        return Fraction { num: &a.num + &b.num, den: a.den.clone() };
    }
    let common = a.den.gcd(&b.den);
    let (left, right) = (&b.den / &common, &a.den / &common);
    Fraction { num: &a.num * &left + &b.num * right, den: &a.den * left }
}
