//! The network that a certificate states: a list of gates, and the same network in integers.
//!
//! A gate is a sum, a piecewise-linear function of one value, or a maximum. Its integer form has
//! one branch for each affine piece, and borders: the affine forms whose signs choose the branch.

use crate::fraction::Fraction;
use crate::integer::{Exact, Integer};
use crate::limits::{MAX_BITS, MAX_FORMS, MAX_OPTIONS};
use crate::reader::Checker;
use crate::rows::{Row, Term, combine};
use crate::verdict::Checked;

/// How a value is computed. Value 0 is the number 1; the inputs follow, then one gate a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// A linear combination: increasing indices, no weight 0.
    Sum(Vec<(usize, Fraction)>),
    /// A continuous piecewise-linear function of one value, from its value at 0, its first slope
    /// and the pairs of a breakpoint and the slope after it.
    Bend { source: usize, at_zero: Fraction, first: Fraction, rest: Vec<(Fraction, Fraction)> },
    /// The first of the greatest.
    Max(Vec<usize>),
}

/// An integer combination of the forms of earlier values.
#[derive(Debug)]
pub(super) struct Combination {
    weights: Row,
    sources: Vec<usize>,
}

/// A gate in integers: its affine pieces, and the forms whose signs choose one.
#[derive(Debug)]
pub(super) struct Choice {
    /// The forms whose signs choose the branch.
    pub(super) borders: Vec<Combination>,
    /// From left to right, or in the order of the entries.
    pub(super) branches: Vec<Branch>,
}

/// One affine piece of a gate.
#[derive(Debug)]
pub(super) struct Branch {
    /// A positive multiple of the value.
    pub(super) value: Combination,
    /// Borders that are positive, or negative, where the branch is taken. Where a border vanishes
    /// identically, the branch on its positive side is taken: the left piece, the first entry.
    pub(super) sides: Vec<(usize, bool)>,
}

impl Combination {
    /// Whether it combines the first `known` values only.
    pub(super) fn is_known(&self, known: usize) -> bool {
        self.sources.iter().all(|source| *source < known)
    }

    pub(super) fn of(&self, forms: &[Row], width: usize) -> Row {
        // Most branches keep one form, as it is or with the other sign, or drop it.
        if self.sources.is_empty() {
            return Row::Words(Vec::new());
        }
        if let (&[source], Some(is_positive)) = (&self.sources[..], self.weights.sign_alone()) {
            return forms[source].signed(is_positive);
        }
        let term =
            |(weight, source): (_, &usize)| Term { weight, is_added: true, row: &forms[*source] };
        combine(width, self.weights.iter().zip(&self.sources).map(term))
    }
}

impl Choice {
    /// Branches of these values, without borders as yet.
    fn of(values: Vec<Combination>) -> Self {
        let branch = |value| Branch { value, sides: Vec::new() };
        Self { borders: Vec::new(), branches: values.into_iter().map(branch).collect() }
    }
}

impl Gate {
    /// The words that state it.
    pub(super) fn words(&self) -> String {
        let mut words = String::new();
        let mut push = |word: String| words = format!("{words} {word}");
        match self {
            Self::Sum(terms) => {
                push("sum".to_owned());
                terms.iter().for_each(|(i, weight)| push(format!("{i}:{weight}")));
            }
            Self::Max(sources) => {
                push("max".to_owned());
                sources.iter().for_each(|i| push(i.to_string()));
            }
            Self::Bend { source, at_zero, first, rest } => {
                push(format!("bend {source} {at_zero} {first}"));
                rest.iter().for_each(|(point, slope)| push(format!("{point} {slope}")));
            }
        }
        words.split_off(1)
    }

    pub(super) fn relu(source: usize) -> Self {
        let rest = vec![(Fraction::from(0), Fraction::from(1))];
        Self::Bend { source, at_zero: Fraction::from(0), first: Fraction::from(0), rest }
    }
}

/// Reading the statement, and clearing its denominators.
impl<'a> Checker<'a> {
    /// One line of a value, its keyword read already; it may use values below `count`.
    pub(super) fn value_line(
        &mut self,
        keyword: &str,
        words: &[&'a str],
        count: usize,
    ) -> Checked<Gate> {
        match keyword {
            "sum" => {
                let mut terms: Vec<(usize, Fraction)> = Vec::with_capacity(words.len());
                for word in words {
                    let Some((index, weight)) = word.split_once(':') else {
                        return Err(self.malformed("an index and a weight such as 3:-1/2", word));
                    };
                    let index = self.source(index, count)?;
                    if terms.last().is_some_and(|(last, _)| *last >= index) {
                        return Err(self.malformed("increasing indices", word));
                    }
                    let weight = self.fractions(&[weight], 1..=1)?.remove(0);
                    if weight.num.is_zero() {
                        return Err(self.malformed("a weight other than 0", word));
                    }
                    terms.push((index, weight));
                }
                Ok(Gate::Sum(terms))
            }
            "max" => {
                self.branches(words.len())?;
                let sources = words.iter().map(|word| self.source(word, count));
                let sources = sources.collect::<Checked<Vec<_>>>()?;
                match sources.windows(2).all(|pair| pair[0] < pair[1]) && !sources.is_empty() {
                    true => Ok(Gate::Max(sources)),
                    false => {
                        Err(self.malformed("one or more increasing indices", &words.join(" ")))
                    }
                }
            }
            _ => {
                let Some((source, numbers)) = words.split_first() else {
                    return Err(self.malformed("an index", ""));
                };
                let source = self.source(source, count)?;
                if keyword == "relu" {
                    self.nothing_more("relu I", numbers)?;
                    return Ok(Gate::relu(source));
                }
                self.branches(numbers.len() / 2)?;
                let mut numbers = self.fractions(numbers, 2..=2 * MAX_OPTIONS)?.into_iter();
                let mut next = || numbers.next();
                let (Some(at_zero), Some(first)) = (next(), next()) else {
                    unreachable!("two numbers are there")
                };
                let mut rest: Vec<(Fraction, Fraction)> = Vec::new();
                while let Some(point) = next() {
                    let slope = next().ok_or_else(|| self.malformed("a slope", "nothing"))?;
                    let (last, before) = rest.last().map_or((None, &first), |(p, s)| (Some(p), s));
                    if last.is_some_and(|last| !last.is_below(&point)) || *before == slope {
                        let expected = "increasing breakpoints where the slope changes";
                        return Err(self.malformed(expected, &words.join(" ")));
                    }
                    rest.push((point, slope));
                }
                Ok(Gate::Bend { source, at_zero, first, rest })
            }
        }
    }

    fn branches(&self, count: usize) -> Checked<()> {
        match count <= MAX_OPTIONS {
            true => Ok(()),
            false => Err(self.too_large(format!("{MAX_OPTIONS} branches of one value"))),
        }
    }

    pub(super) fn source(&self, word: &str, count: usize) -> Checked<usize> {
        let index = self.natural(word).and_then(|index| usize::try_from(index).ok());
        let expected = || format!("the index of a value below {count}");
        index.filter(|i| *i < count).ok_or_else(|| self.malformed(expected(), word))
    }

    /// The choices of every value in integers: a sum, and a bend without a breakpoint, have one
    /// branch and no border.
    pub(super) fn cleared(&mut self, inputs: usize, lines: &[Gate]) -> Checked<Vec<Choice>> {
        if (1 + inputs + lines.len()).saturating_mul(inputs + 1) > MAX_FORMS {
            return Err(self.too_large(format!("{MAX_FORMS} coefficients of affine forms")));
        }
        // Form `v` is `scales[v]` times value `v`; the factors are positive.
        let mut scales: Vec<Fraction> = (0..=inputs).map(|_| Fraction::from(1)).collect();
        let mut all = Vec::with_capacity(lines.len());
        for line in lines {
            let (choice, scale) = match line {
                Gate::Sum(terms) => {
                    let (indices, weights): (Vec<_>, Vec<_>) = terms.iter().cloned().unzip();
                    let (values, scale) = self.scaled(&[indices], weights, &scales)?;
                    (Choice::of(values), scale)
                }
                Gate::Bend { source, at_zero, first, rest } => {
                    self.bend(*source, (at_zero, first, rest), &scales)?
                }
                Gate::Max(sources) => self.max(sources, &scales)?,
            };
            all.push(choice);
            scales.push(scale);
        }
        Ok(all)
    }

    fn bend(
        &mut self,
        source: usize,
        (at_zero, first, rest): (&Fraction, &Fraction, &[(Fraction, Fraction)]),
        scales: &[Fraction],
    ) -> Checked<(Choice, Fraction)> {
        // The line of each piece, slope and value at 0: first as if that of the leftmost were 0.
        let (mut lines, mut here) = (vec![(first.clone(), Fraction::from(0))], 0);
        for (point, slope) in rest {
            let (before, offset) = lines.last().expect("there is a first piece");
            let change = self.plus(before, &slope.negated())?;
            let offset = offset.clone();
            let step = self.times(&change, point)?;
            lines.push((slope.clone(), self.plus(&offset, &step)?));
            here += usize::from(point.num.is_negative());
        }
        let shift = self.plus(at_zero, &lines[here].1.negated())?;
        let mut weights = Vec::with_capacity(2 * lines.len());
        for (slope, offset) in lines {
            weights.extend([self.plus(&offset, &shift)?, slope]);
        }
        let pairs = vec![vec![0, source]; rest.len() + 1];
        let (values, scale) = self.scaled(&pairs, weights, scales)?;
        let mut choice = Choice::of(values);
        for (piece, (point, _)) in rest.iter().enumerate() {
            let weights = vec![point.clone(), Fraction::from(-1)];
            choice.borders.extend(self.scaled(&[vec![0, source]], weights, scales)?.0);
            choice.branches[piece].sides.push((piece, true));
            choice.branches[piece + 1].sides.push((piece, false));
        }
        Ok((choice, scale))
    }

    fn max(&mut self, sources: &[usize], scales: &[Fraction]) -> Checked<(Choice, Fraction)> {
        let each: Vec<_> = sources.iter().map(|source| vec![*source]).collect();
        let ones = vec![Fraction::from(1); sources.len()];
        let (values, scale) = self.scaled(&each, ones, scales)?;
        let mut choice = Choice::of(values);
        for second in 0..sources.len() {
            for first in 0..second {
                let weights = vec![Fraction::from(1), Fraction::from(-1)];
                let pair = vec![sources[first], sources[second]];
                choice.branches[first].sides.push((choice.borders.len(), true));
                choice.branches[second].sides.push((choice.borders.len(), false));
                choice.borders.extend(self.scaled(&[pair], weights, scales)?.0);
            }
        }
        Ok((choice, scale))
    }

    /// Combinations of values as coprime integer combinations of their forms, all over one positive
    /// factor, which is returned: `rows` are the indices, `weights` all of their weights in a row.
    fn scaled(
        &mut self,
        rows: &[Vec<usize>],
        weights: Vec<Fraction>,
        scales: &[Fraction],
    ) -> Checked<(Vec<Combination>, Fraction)> {
        let mut over = Vec::with_capacity(weights.len());
        for (weight, index) in weights.iter().zip(rows.iter().flatten()) {
            over.push(self.times(weight, &scales[*index].inverse())?);
        }
        let mut table = self.table(vec![over])?;
        let entries = table.rows.pop().expect("there is one row");
        let mut common = Integer::ZERO;
        for entry in &entries {
            self.spend((entry.bits() / 64 + 2) * (entry.bits() / 8 + 8))?;
            common = common.gcd(entry);
        }
        if common.is_zero() {
            common = Integer::ONE;
        }
        let shared = common.gcd(&table.den);
        let scale = Fraction { num: table.den / &shared, den: &common / shared };
        if entries.iter().chain([&scale.num, &scale.den]).any(|x| x.bits() > MAX_BITS) {
            return Err(self.too_large(format!("{MAX_BITS} bits in a cleared weight")));
        }
        let mut entries = entries.into_iter().map(|entry| entry / &common);
        let combination = |sources: &Vec<usize>| {
            let weights = entries.by_ref().take(sources.len());
            let terms = weights.zip(sources).filter(|(weight, _)| !weight.is_zero());
            let (weights, sources) = terms.unzip();
            Combination { weights: Row::of(weights), sources }
        };
        Ok((rows.iter().map(combination).collect(), scale))
    }
}

/// The forms of the number 1 and of the inputs.
pub(super) fn input_forms(inputs: usize) -> Vec<Row> {
    let unit = |j: usize| Row::Words((0..=j).map(|k| i64::from(j == k)).collect());
    (0..=inputs).map(unit).collect()
}
