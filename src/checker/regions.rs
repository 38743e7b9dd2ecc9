//! Kinds `regions` and `regions-at-least`: how many activation regions a network has.
//!
//! The evidence is a tree with a node for each gate that has several branches. The checker computes
//! the affine form of each gate along the way. So the tree states no form and cannot lie about one.

use crate::circuit::{Branch, Choice, input_forms};
use crate::fraction::{Fraction, Table};
use crate::integer::Integer;
use crate::limits::MAX_BITS;
use crate::network::Network;
use crate::reader::Checker;
use crate::rows::{Entry, Row, Term, combine, is_never_positive};
use crate::stream::Stream;
use crate::verdict::{Checked, Proved, Rejection};
use std::cmp::Ordering::{Greater, Less};
use std::io::BufRead;

/// A node on the path from the root to the current node, where several branches were open.
struct Fork {
    value: usize,
    /// The branches still to be visited, a bit each.
    left: u64,
    /// The number of rows and of borders above, and that of choices with an identity.
    path: usize,
    borders: usize,
    ties: usize,
    /// The number of values decided ahead above.
    ahead: usize,
}

/// The tree, read depth first.
struct Tree<'a> {
    inputs: usize,
    values: &'a [Choice],
    stream: Stream<'a>,
    is_complete: bool,
    /// The forms of the values on the path.
    forms: Vec<Row>,
    /// The borders of the choices on the path.
    borders: Vec<Row>,
    /// The sides on which the path lies: indices of borders, and whether they are positive there.
    path: Vec<(usize, bool)>,
    /// For each value its branch, if it is decided before its turn; and these values in order.
    decided: Vec<Option<usize>>,
    ahead: Vec<usize>,
    forks: Vec<Fork>,
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
        let proof = self.proof()?;
        let place = if ranges.is_empty() { "on all of" } else { "inside the stated box of" };
        let mut tree = Tree {
            inputs,
            values: &values,
            stream: Stream::after(self.line, source),
            is_complete,
            forms: input_forms(inputs),
            path: (0..ranges.len()).map(|range| (range, true)).collect(),
            borders: ranges,
            decided: vec![None; values.len()],
            ahead: Vec::new(),
            forks: Vec::new(),
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
            let mut form = vec![Integer::ZERO; input + 2];
            (form[0], form[input + 1]) = (constant, slope);
            let mut row = Row::of(form);
            row.make_primitive();
            row
        };
        Ok([form(-lo, den.clone()), form(hi.clone(), -den)])
    }

    fn large_count(&self, words: &[&str]) -> Checked<u64> {
        let words = words.join(" ");
        self.natural(&words).ok_or_else(|| self.malformed("a whole number below 2^64", &words))
    }
}

impl Tree<'_> {
    fn walk(&mut self) -> Checked<()> {
        // What comes after the last choice decides nothing.
        let chosen = self.values.iter().rposition(|value| !value.borders.is_empty());
        let end = 1 + self.inputs + chosen.map_or(0, |last| last + 1);
        loop {
            while self.forms.len() < end {
                let value = self.forms.len() - self.inputs - 1;
                match (self.values[value].borders.is_empty(), self.decided[value]) {
                    (true, _) => self.take(value, 0)?,
                    // Where the other branch is refuted, every point is on this one already.
                    (_, Some(branch)) => self.take(value, branch)?,
                    (_, None) => self.node(value)?,
                }
            }
            self.cell()?;
            // The next branch of the newest choice that has one left.
            while self.forks.last().is_some_and(|fork| fork.left == 0) {
                self.ties = self.forks.pop().expect("there is a last one").ties;
            }
            let Some(fork) = self.forks.last_mut() else { break };
            let (value, branch) = (fork.value, fork.left.trailing_zeros() as usize);
            fork.left &= fork.left - 1;
            for value in self.ahead.drain(fork.ahead..) {
                self.decided[value] = None;
            }
            self.path.truncate(fork.path);
            self.borders.truncate(fork.borders + self.values[value].borders.len());
            self.enter(value, branch)?;
        }
        self.stream.next("`end`")?;
        if self.stream.text() != b"end" {
            return Err(self.stream.malformed("`end`"));
        }
        self.stream.finish()
    }

    /// The sides of a branch of the newest choice, but those of borders that vanish identically.
    fn sides(&self, value: usize, branch: usize) -> impl Iterator<Item = (usize, bool)> {
        let choice = &self.values[value];
        let first = self.borders.len() - choice.borders.len();
        let sides = choice.branches[branch].sides.iter();
        let sides = sides.map(move |(border, is_positive)| (first + border, *is_positive));
        sides.filter(|(border, _)| !self.borders[*border].is_zero())
    }

    /// Enters a branch of the newest choice: its sides join the path.
    fn enter(&mut self, value: usize, branch: usize) -> Checked<()> {
        let mut path = std::mem::take(&mut self.path);
        path.extend(self.sides(value, branch));
        self.path = path;
        self.take(value, branch)
    }

    /// Takes a branch of a value: its form is known.
    fn take(&mut self, value: usize, branch: usize) -> Checked<()> {
        self.forms.truncate(self.inputs + 1 + value);
        let form = self.values[value].branches[branch].value.of(&self.forms, self.inputs + 1);
        if form.bits() > MAX_BITS {
            return Err(self.stream.too_large(format!("{MAX_BITS} bits in an affine form")));
        }
        self.forms.push(form);
        Ok(())
    }

    /// Reads the node of a value, and takes the first branch that it leaves.
    fn node(&mut self, value: usize) -> Checked<()> {
        let letter = loop {
            match self.stream.next("a node of the tree")? {
                b'A' => self.decide(value)?,
                letter => break letter,
            }
        };
        let choice = &self.values[value];
        let (path, borders, ties) = (self.path.len(), self.borders.len(), self.ties);
        let ahead = self.ahead.len();
        for border in &choice.borders {
            let mut form = border.of(&self.forms, self.inputs + 1);
            form.make_primitive();
            self.borders.push(form);
        }
        let zero: Vec<_> = self.borders[borders..].iter().map(Row::is_zero).collect();
        self.ties += usize::from(zero.contains(&true));
        // An identity excludes the branches on the negative side of its border.
        let mut open = 0u64;
        for (branch, Branch { sides, .. }) in choice.branches.iter().enumerate() {
            let is_open = sides.iter().all(|(border, is_positive)| *is_positive || !zero[*border]);
            open |= u64::from(is_open) << branch;
        }
        let left = self.mark(letter, value, open)?;
        let branch = left.trailing_zeros() as usize;
        self.forks.push(Fork { value, left: left & (left - 1), path, borders, ties, ahead });
        self.enter(value, branch)
    }

    /// Reads that a later value of two branches takes one of them everywhere on the path.
    fn decide(&mut self, value: usize) -> Checked<()> {
        let malformed = "how many values ahead one of two branches is refuted, `P` or `N`, \
                         and its multipliers";
        let words = self.stream.rest()?.map(|rest| rest.splitn(3, |byte| *byte == b' '));
        let words: Vec<_> = words.into_iter().flatten().collect();
        let [steps, [letter @ (b'P' | b'N')], multipliers] = words[..] else {
            return Err(self.stream.malformed(malformed));
        };
        let steps = self.stream.integers(steps)?.get(0).index().filter(|steps| *steps > 0);
        let value = steps.and_then(|steps| value.checked_add(steps));
        let known = |choice: &Choice| choice.borders.iter().all(|b| b.is_known(self.forms.len()));
        let is_open = |value: &usize| {
            let choice = self.values.get(*value);
            choice.is_some_and(|c| c.branches.len() == 2 && known(c))
                && self.decided[*value].is_none()
        };
        let Some(value) = value.filter(is_open) else {
            return Err(self.stream.malformed("a later value of two branches, known and open"));
        };
        let kept = usize::from(*letter == b'P');
        let mut border = self.values[value].borders[0].of(&self.forms, self.inputs + 1);
        border.make_primitive();
        if border.is_zero() {
            let expected = "a form that does not vanish identically".to_owned();
            return Err(self.stream.is_false(expected, "one that does".to_owned()));
        }
        self.borders.push(border);
        self.refuted(value, 1 - kept, Some(multipliers))?;
        self.borders.pop();
        self.decided[value] = Some(kept);
        self.ahead.push(value);
        Ok(())
    }

    /// Reads the line of a node: which of the open branches it leaves, at least one.
    fn mark(&mut self, letter: u8, value: usize, open: u64) -> Checked<u64> {
        let rest = self.stream.rest()?;
        match (letter, rest, open.count_ones()) {
            (b'Z', None, 1) | (b'S', None, 2..) => Ok(open),
            (b'S', None, _) => {
                let expected = "`Z`, since a form vanishes identically".to_owned();
                Err(self.stream.is_false(expected, "`S`".to_owned()))
            }
            (b'Z', None, _) => {
                let expected = "a form that vanishes identically".to_owned();
                Err(self.stream.is_false(expected, "none".to_owned()))
            }
            (b'P' | b'N', _, 2) => {
                let (first, last) = (open.trailing_zeros(), 63 - open.leading_zeros());
                let (kept, refuted) = if letter == b'P' { (last, first) } else { (first, last) };
                self.refuted(value, refuted as usize, rest)?;
                Ok(1 << kept)
            }
            (b'O', Some(rest), count @ 3..) => {
                let marks: Vec<_> = rest.split(|byte| *byte == b'|').collect();
                let kept = marks.iter().filter(|mark| **mark == b"+").count();
                if marks.len() != count as usize || kept == 0 || kept == marks.len() {
                    let expected = format!("{count} branches, some of them `+` but not all");
                    return Err(self.stream.malformed(expected));
                }
                let mut left = open;
                let branches = (0..64).filter(|branch| open >> branch & 1 == 1);
                for (branch, mark) in branches.zip(marks) {
                    if mark != b"+" {
                        self.refuted(value, branch, (!mark.is_empty()).then_some(mark))?;
                        left &= !(1 << branch);
                    }
                }
                Ok(left)
            }
            (_, _, count) => Err(self.stream.malformed(match count {
                1 => "a node `Z`",
                2 => "a node `S`, `P` or `N`",
                _ => "a node `S` or `O`",
            })),
        }
    }

    /// The multipliers prove that nowhere on the path a branch can be taken.
    fn refuted(&self, value: usize, branch: usize, multipliers: Option<&[u8]>) -> Checked<()> {
        let numbers = match (self.is_complete, multipliers) {
            (false, None) => return Ok(()),
            (true, Some(numbers)) => self.stream.integers(numbers)?,
            (false, _) => return Err(self.stream.malformed("no multipliers in a lower bound")),
            (true, _) => return Err(self.stream.malformed("the multipliers of a refutation")),
        };
        // Rows count backwards from the newest, the last side of the branch.
        let sides = self.sides(value, branch).count();
        let side = |index: usize| match index.checked_sub(sides) {
            None => self.sides(value, branch).nth(sides - 1 - index),
            Some(index) => Some(self.path[self.path.len().checked_sub(index + 1)?]),
        };
        let mut terms = Vec::with_capacity(numbers.len() / 2);
        let mut least = 0;
        for at in (0..numbers.len()).step_by(2) {
            let index = numbers.get(at).index().filter(|index| *index >= least);
            let Some((index, side)) = index.and_then(|index| Some((index, side(index)?))) else {
                let rows = self.path.len() + sides;
                return Err(self.stream.malformed(format!("increasing indices below {rows}")));
            };
            least = index + 1;
            if at + 1 == numbers.len() {
                return Err(self.stream.malformed("pairs of an index and a multiplier"));
            }
            let weight = numbers.get(at + 1);
            if !weight.is_positive() {
                return Err(self.stream.malformed("positive multipliers"));
            }
            let (border, is_added) = side;
            terms.push(Term { weight, is_added, row: &self.borders[border] });
        }
        if is_never_positive(self.inputs + 1, terms.iter().copied()) {
            return Ok(());
        }
        let sum = combine(self.inputs + 1, terms.into_iter());
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
        let mut sides = self.path.iter();
        let is_beyond = |(border, is_positive): &(usize, bool)| {
            self.borders[*border].sign_at(&point) != if *is_positive { Greater } else { Less }
        };
        if let Some(row) = sides.position(is_beyond) {
            let expected = format!("a point where row {row} of its path, from 0, is positive");
            return Err(self.stream.is_false(expected, "a point where it is not".to_owned()));
        }
        self.cells += 1;
        self.strict += u64::from(self.ties == 0);
        Ok(())
    }
}
