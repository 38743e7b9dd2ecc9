//! Kinds `regions` and `regions-at-least`: how many activation regions a network has.
//!
//! The evidence is a tree that follows the values of the network. The form of each value is
//! recomputed on the way, so the tree states no form and cannot lie about one.

use super::arithmetic::{Fraction, Table};
use super::circuit::{Branch, Line, input_forms};
use super::network::Network;
use super::reader::{Checker, quote};
use super::rows::{Entry, Row, combine};
use super::stream::Stream;
use super::{Checked, MAX_BITS, Proved, Rejection};
use num_bigint::BigInt;
use std::io::BufRead;

/// A value with several branches, on the way from the root to the current node.
struct Choice {
    value: usize,
    /// The branches still to be visited, the last one first, each with what holds on it.
    left: Vec<(usize, Vec<Row>)>,
    /// The length of the path above, and its number of choices with an identity.
    path: usize,
    ties: usize,
}

/// The tree, read depth first.
struct Tree<'a> {
    inputs: usize,
    values: &'a [Vec<Branch>],
    stream: Stream<'a>,
    is_complete: bool,
    /// The forms of the values on the path.
    forms: Vec<Row>,
    /// Forms that are positive wherever the path leads, the newest last.
    path: Vec<Row>,
    choices: Vec<Choice>,
    ties: usize,
    cells: u64,
    strict: u64,
}

/// `input`, `range`.., the values, `regions`, `strict`; proof: one node a line.
impl<'a> Checker<'a> {
    pub(super) fn regions(
        &mut self,
        source: &mut dyn BufRead,
        is_complete: bool,
        network: Option<&Network>,
    ) -> Checked<Proved<'a>> {
        let inputs = self.count("input")?;
        if inputs == 0 {
            return Err(self.malformed("at least one input", "0"));
        }
        let (mut ranges, mut lines) = (Vec::new(), Vec::new());
        let cells = loop {
            let keywords = ["range", "sum", "relu", "bend", "max", "regions"];
            match self.one_of(if lines.is_empty() { &keywords } else { &keywords[1..] })? {
                ("range", words) => {
                    let ends = self.fractions(&words, 2..=2)?;
                    ranges.extend(self.range(ends, ranges.len() / 2)?);
                }
                ("regions", words) => break self.large_count(&words)?,
                (keyword, words) => {
                    lines.push(self.value_line(keyword, &words, 1 + inputs + lines.len())?);
                    self.is_line_of(network, inputs, &lines)?;
                }
            }
            if ranges.len() > 2 * inputs {
                return Err(self.malformed(format!("{inputs} ranges"), "another"));
            }
        };
        if !ranges.is_empty() && ranges.len() != 2 * inputs {
            let found = (ranges.len() / 2).to_string();
            return Err(self.malformed(format!("no range, or {inputs} of them"), &found));
        }
        if network.is_some_and(|network| network.lines.len() != lines.len()) {
            return Err(self.is_false("more values of the network", "the end of them"));
        }
        let counted = self.line;
        let words = self.words("strict")?;
        let strict = self.large_count(&words)?;
        let values = self.cleared(inputs, &lines)?;
        let proof = self.rest;
        self.bare("proof")?;
        let place = if ranges.is_empty() { "on all of" } else { "inside the stated box of" };
        let mut tree = Tree {
            inputs,
            values: &values,
            stream: Stream::after(self.line, source),
            is_complete,
            forms: input_forms(inputs),
            path: ranges,
            choices: Vec::new(),
            ties: 0,
            cells: 0,
            strict: 0,
        };
        tree.walk()?;
        let found = [(tree.cells, cells, "regions", 0), (tree.strict, strict, "strict regions", 1)];
        for (found, stated, what, after) in found {
            if found != stated {
                let (line, expected) = (counted + after, format!("{found} {what}"));
                return Err(Rejection::False { line, expected, found: stated.to_string() });
            }
        }
        let [count, more] = if is_complete { ["", ""] } else { ["at least ", "at least "] };
        let fact = format!(
            "the network has {count}{cells} full-dimensional activation regions, {more}{strict} of \
             them strict, {place} R^{inputs} (values {})",
            lines.len()
        );
        Ok((proof, fact))
    }

    /// The two forms that are positive between the ends of a range of an input.
    fn range(&mut self, ends: Vec<Fraction>, input: usize) -> Checked<[Row; 2]> {
        let Table { rows, den } = self.table(vec![ends])?;
        let [lo, hi] = [&rows[0][0], &rows[0][1]];
        if lo >= hi {
            return Err(self.malformed("a range with a point inside", "none"));
        }
        let form = |constant, slope| {
            let mut form = vec![BigInt::ZERO; input + 2];
            (form[0], form[input + 1]) = (constant, slope);
            let mut row = Row::of(form);
            row.make_primitive();
            row
        };
        Ok([form(-lo, den.clone()), form(hi.clone(), -den)])
    }

    /// The newest line stands in the network in its place.
    fn is_line_of(&self, network: Option<&Network>, inputs: usize, lines: &[Line]) -> Checked<()> {
        let Some(network) = network else { return Ok(()) };
        if network.inputs != inputs {
            let expected = format!("a network of {} inputs", network.inputs);
            return Err(self.is_false(expected, inputs.to_string()));
        }
        let (stated, expected) = (lines.last(), network.lines.get(lines.len() - 1));
        if stated == expected {
            return Ok(());
        }
        let words = |line: Option<&Line>| quote(&line.map_or("no value".to_owned(), Line::words));
        let expected = format!("{} as in the network file", words(expected));
        Err(self.is_false(expected, words(stated)))
    }

    fn large_count(&self, words: &[&str]) -> Checked<u64> {
        let words = words.join(" ");
        self.natural(&words).ok_or_else(|| self.malformed("a whole number below 2^64", &words))
    }
}

impl Tree<'_> {
    fn walk(&mut self) -> Checked<()> {
        loop {
            self.descend()?;
            self.cell()?;
            // The next branch of the newest choice that has one left.
            let next = loop {
                let Some(choice) = self.choices.last_mut() else { break None };
                self.path.truncate(choice.path);
                match choice.left.pop() {
                    Some(branch) => break Some((choice.value, branch)),
                    None => {
                        self.ties = choice.ties;
                        self.choices.pop();
                    }
                }
            };
            match next {
                Some((value, branch)) => self.enter(value, branch)?,
                None => break,
            }
        }
        self.stream.next("`end`")?;
        if self.stream.text() != b"end" {
            return Err(self.stream.malformed("`end`"));
        }
        self.stream.finish()
    }

    /// Makes the remaining values, a node for each that has several branches.
    fn descend(&mut self) -> Checked<()> {
        while self.forms.len() <= self.inputs + self.values.len() {
            let value = self.forms.len() - self.inputs - 1;
            match &self.values[value][..] {
                [only] if only.conditions.is_empty() => self.enter(value, (0, Vec::new()))?,
                branches => self.node(value, branches)?,
            }
        }
        Ok(())
    }

    /// Takes a branch of a value: what holds on it joins the path, and the form is known.
    fn enter(&mut self, value: usize, (branch, holds): (usize, Vec<Row>)) -> Checked<()> {
        self.forms.truncate(self.inputs + 1 + value);
        self.path.extend(holds);
        let form = self.values[value][branch].value.of(&self.forms, self.inputs + 1);
        if form.bits() > MAX_BITS {
            return Err(self.stream.too_large(format!("{MAX_BITS} bits in an affine form")));
        }
        self.forms.push(form);
        Ok(())
    }

    /// Reads the node of a value, and takes the first branch that it leaves.
    fn node(&mut self, value: usize, branches: &[Branch]) -> Checked<()> {
        let mut choice = Choice {
            value,
            left: Vec::with_capacity(branches.len()),
            path: self.path.len(),
            ties: self.ties,
        };
        let mut is_tied = false;
        'branches: for (index, branch) in branches.iter().enumerate() {
            let mut holds = Vec::with_capacity(branch.conditions.len());
            for (condition, meets) in &branch.conditions {
                let mut form = condition.of(&self.forms, self.inputs + 1);
                if !form.is_zero() {
                    form.make_primitive();
                    holds.push(form);
                    continue;
                }
                is_tied = true;
                if !meets {
                    continue 'branches;
                }
            }
            choice.left.push((index, holds));
        }
        self.ties += usize::from(is_tied);
        self.mark(&mut choice)?;
        choice.left.reverse();
        let first = choice.left.pop().expect("a node leaves a branch");
        self.choices.push(choice);
        self.enter(value, first)
    }

    /// Reads the line of a node and drops the branches that it excludes.
    fn mark(&mut self, choice: &mut Choice) -> Checked<()> {
        let letter = self.stream.next("a node of the tree")?;
        let rest = self.stream.rest()?;
        match (letter, rest, choice.left.len()) {
            (b'Z', None, 1) | (b'S', None, 2..) => return Ok(()),
            (b'S', None, 1) => {
                let expected = "`Z`, since a form vanishes identically".to_owned();
                return Err(self.stream.is_false(expected, "`S`".to_owned()));
            }
            (b'Z', None, _) => {
                let expected = "a form that vanishes identically".to_owned();
                return Err(self.stream.is_false(expected, "none".to_owned()));
            }
            (b'P' | b'N', _, 2) => {
                let excluded = usize::from(letter == b'N');
                self.refuted(&choice.left[excluded].1, rest)?;
                choice.left.remove(excluded);
            }
            (b'O', Some(rest), count @ 3..) => {
                let marks: Vec<_> = rest.split(|byte| *byte == b'|').collect();
                let is_split = |mark: &&[u8]| *mark == b"+";
                let kept = marks.iter().filter(|mark| is_split(mark)).count();
                if marks.len() != count || kept == 0 || kept == count {
                    let expected = format!("{count} branches, some of them `+` but not all");
                    return Err(self.stream.malformed(expected));
                }
                for (mark, (_, holds)) in marks.iter().zip(&choice.left) {
                    if !is_split(mark) {
                        self.refuted(holds, (!mark.is_empty()).then_some(*mark))?;
                    }
                }
                let mut marks = marks.iter();
                choice.left.retain(|_| marks.next().is_some_and(is_split));
            }
            (_, _, count) => {
                let expected = match count {
                    1 => "a node `Z`",
                    2 => "a node `S`, `P` or `N`",
                    _ => "a node `S` or `O`",
                };
                return Err(self.stream.malformed(expected));
            }
        }
        Ok(())
    }

    /// The multipliers prove that nothing on the path is positive in all of `holds`.
    fn refuted(&self, holds: &[Row], multipliers: Option<&[u8]>) -> Checked<()> {
        let numbers = match (self.is_complete, multipliers) {
            (false, None) => return Ok(()),
            (true, Some(numbers)) => self.stream.integers(numbers)?,
            (false, _) => return Err(self.stream.malformed("no multipliers in a lower bound")),
            (true, _) => return Err(self.stream.malformed("the multipliers of a refutation")),
        };
        // Rows count backwards from the newest, the last of `holds`.
        let row = |index: usize| {
            let from_end = |rows: &'_ [Row], index: usize| rows.len().checked_sub(index + 1);
            match from_end(holds, index) {
                Some(place) => Some(&holds[place]),
                None => from_end(&self.path, index - holds.len()).map(|place| &self.path[place]),
            }
        };
        let mut terms: Vec<(Entry<'_>, &Row)> = Vec::with_capacity(numbers.len() / 2);
        let mut least = 0;
        for at in (0..numbers.len()).step_by(2) {
            let index = numbers.get(at).index().filter(|index| *index >= least);
            let Some((index, row)) = index.and_then(|index| Some((index, row(index)?))) else {
                let rows = self.path.len() + holds.len();
                return Err(self.stream.malformed(format!("increasing indices below {rows}")));
            };
            least = index + 1;
            if at + 1 == numbers.len() {
                return Err(self.stream.malformed("pairs of an index and a multiplier"));
            }
            let multiplier = numbers.get(at + 1);
            if !multiplier.is_positive() {
                return Err(self.stream.malformed("positive multipliers"));
            }
            terms.push((multiplier, row));
        }
        let sum = combine(self.inputs + 1, terms.into_iter());
        if sum.is_never_positive() {
            return Ok(());
        }
        let is_constant = sum.iter().skip(1).all(Entry::is_zero);
        let found = if is_constant { "a positive constant" } else { "a sum that is not constant" };
        Err(self.stream.is_false("multipliers that refute the branch".to_owned(), found.to_owned()))
    }

    /// Reads the cell in which the path ends.
    fn cell(&mut self) -> Checked<()> {
        let letter = self.stream.next("a cell of the tree")?;
        let (b'C', Some(rest)) = (letter, self.stream.rest()?) else {
            return Err(self.stream.malformed("a cell `C`"));
        };
        let point = self.stream.integers(rest)?;
        if point.len() != self.inputs + 1 || !point.get(0).is_positive() {
            let expected = format!("a positive denominator and {} numbers", self.inputs);
            return Err(self.stream.malformed(expected));
        }
        if let Some(row) = self.path.iter().position(|row| !row.is_positive_at(&point)) {
            let expected = format!("a point where form {row} of its path, from 0, is positive");
            return Err(self.stream.is_false(expected, "a point where it is not".to_owned()));
        }
        self.cells += 1;
        self.strict += u64::from(self.ties == 0);
        Ok(())
    }
}
