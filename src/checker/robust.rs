//! Kind `robust`: how far a point is from another label.
//!
//! The evidence is, for each other label, a tree that fixes the sides of units. Every line states
//! multipliers; the checker rewrites a row by them from the last unit to the first, and bounds what
//! is left on the ball. So no multiplier is trusted: each proves what it proves.

use crate::ball::{Ball, Norm};
use crate::circuit::Gate;
use crate::fraction::Fraction;
use crate::integer::Exact;
use crate::network::Network;
use crate::reader::Checker;
use crate::relus::Relus;
use crate::robust_tree::Tree;
use crate::verdict::{Checked, Proved};
use std::io::BufRead;

/// The ends of all ranges, the values, and the indices of the outputs.
type Stated = ([Vec<Fraction>; 2], Vec<Gate>, Vec<usize>);

/// `input`, `range`.., the values, `outputs`, `point`, `label`, `norm`, `lower`, `upper` and where;
/// proof: one line a bound, a split or a leaf.
impl<'a> Checker<'a> {
    pub(super) fn robust(
        &mut self,
        source: &mut dyn BufRead,
        network: Option<&Network>,
    ) -> Checked<Proved<'a>> {
        let inputs = self.count("input")?;
        if inputs == 0 {
            return Err(self.malformed("at least one input", "0"));
        }
        let ([lo, hi], lines, outputs) = self.values_and_outputs(inputs, network)?;
        let point = self.numbers("point", inputs..=inputs)?;
        let label = self.count("label")?;
        if label >= outputs.len() {
            return Err(self.malformed("the number of an output", &label.to_string()));
        }
        let norm = self.choice("norm", ["linf", "l1", "l2"])?;
        let named = match norm {
            "linf" => Norm::Linf,
            "l1" => Norm::L1,
            _ => Norm::L2,
        };
        let has_box = !lo.is_empty();
        let lower = self.distance("lower", "infinite")?;
        let upper = self.distance("upper", "none")?;
        let relus = self.relus(inputs, &lines, &outputs, label)?;
        let rows = if has_box { vec![point, lo, hi] } else { vec![point] };
        let ball = Ball { norm: named, table: self.table(rows)?, radius: lower };
        if !ball.holds(&ball.table.rows[0], &ball.table.den) {
            return Err(self.is_false("a point in the box", "one outside"));
        }
        if !has_box && ball.radius.is_none() {
            return Err(self.malformed("a box for an infinite distance", "none"));
        }
        if let Some(upper) = &upper {
            self.witness(&relus, &ball, upper, inputs)?;
        }
        let proof = self.proof()?;
        let is_empty = ball.radius.as_ref().is_some_and(|radius| !radius.num.is_positive());
        Tree::after(self.line, source, &relus, &ball).read(is_empty)?;
        let (units, place) = (relus.units.len(), if has_box { " in the box" } else { "" });
        let place = if ball.radius.is_none() { "" } else { place };
        let fact = fact(label, norm, ball.radius.as_ref(), upper.as_ref());
        Ok((proof, format!("{fact}{place} (inputs {inputs}, ReLUs {units})")))
    }

    /// The ranges, the values, and the indices of the outputs.
    fn values_and_outputs(&mut self, inputs: usize, network: Option<&Network>) -> Checked<Stated> {
        let (mut ends, mut lines) = ([Vec::new(), Vec::new()], Vec::new());
        let outputs = loop {
            let keywords = ["range", "sum", "relu", "bend", "max", "outputs"];
            match self.one_of(if lines.is_empty() { &keywords } else { &keywords[1..] })? {
                ("range", words) => {
                    let [lo, hi] = self.fractions(&words, 2..=2)?.try_into().expect("two of them");
                    if hi.is_below(&lo) {
                        return Err(
                            self.malformed("a range whose ends are in order", &words.join(" "))
                        );
                    }
                    ends[0].push(lo);
                    ends[1].push(hi);
                }
                ("outputs", words) => {
                    let count = 1 + inputs + lines.len();
                    let outputs = words.iter().map(|word| self.source(word, count));
                    break outputs.collect::<Checked<Vec<_>>>()?;
                }
                (keyword, words) => {
                    lines.push(self.value_line(keyword, &words, 1 + inputs + lines.len())?);
                    self.is_line_of(network, inputs, &lines)?;
                }
            }
        };
        if ![0, inputs].contains(&ends[0].len()) {
            let found = ends[0].len().to_string();
            return Err(self.malformed(format!("no range, or {inputs} of them"), &found));
        }
        if network.is_some_and(|n| n.lines.len() != lines.len() || n.outputs != outputs) {
            return Err(self.is_false("the values and outputs of the network", "others"));
        }
        Ok((ends, lines, outputs))
    }

    /// A distance that is not negative, or the word for none.
    fn distance(&mut self, keyword: &'static str, none: &str) -> Checked<Option<Fraction>> {
        let words = self.words(keyword)?;
        if words == [none] {
            return Ok(None);
        }
        let distance = self.fractions(&words, 1..=1)?.remove(0);
        match distance.num.is_negative() {
            true => Err(self.malformed("a distance", words[0])),
            false => Ok(Some(distance)),
        }
    }

    /// `other`, `witness`: a point of the box at this distance where the other label is as good.
    fn witness(
        &mut self,
        relus: &Relus,
        ball: &Ball,
        upper: &Fraction,
        inputs: usize,
    ) -> Checked<()> {
        let other = self.count("other")?;
        let Some((_, margin)) = relus.margins.iter().find(|(label, _)| *label == other) else {
            return Err(self.malformed("the number of another output", &other.to_string()));
        };
        let witness = self.numbers("witness", inputs..=inputs)?;
        let mut table = self.table(vec![witness])?;
        let witness = table.rows.pop().expect("there is one row");
        if !ball.holds(&witness, &table.den) {
            return Err(self.is_false("a witness in the box", "one outside"));
        }
        let found = ball.distance(&witness, &table.den);
        if found != *upper {
            return Err(self.is_false(format!("a witness at distance {upper}"), found.to_string()));
        }
        match self.is_lost(relus, margin, witness, &table.den)? {
            true => Ok(()),
            false => {
                Err(self.is_false("a witness where the other label is as good", "a worse one"))
            }
        }
    }
}

/// What was proved, in words.
fn fact(label: usize, norm: &str, lower: Option<&Fraction>, upper: Option<&Fraction>) -> String {
    let square = if norm == "l2" { "square of the " } else { "" };
    let distance = format!("the {square}{norm} distance to another label is");
    match (lower, upper) {
        (None, _) => format!("every point of the box keeps label {label}"),
        (Some(lower), Some(upper)) if lower == upper => format!("{distance} {lower}"),
        (Some(lower), Some(upper)) => format!("{distance} at least {lower}, at most {upper}"),
        (Some(lower), None) => format!("{distance} at least {lower}"),
    }
}
