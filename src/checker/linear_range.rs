//! Kind `linear-range`: on a whole box, a network equals a stated sum of ridge functions.
//!
//! The evidence says which units are on, off or open on the box. The checker composes the layers
//! and confirms each state by the extreme value of the unit's pre-activation.

use crate::circuit::Gate;
use crate::fraction::{Fraction, Table, show};
use crate::integer::{Exact, Integer};
use crate::limits::MAX_CELLS;
use crate::network::Network;
use crate::reader::Checker;
use crate::verdict::{Checked, Proved, Rejection};

/// An affine layer before its ReLU; the last row of the table is the bias, of one number or of
/// `width`.
struct Layer {
    is_conv: bool,
    width: usize,
    table: Table,
}

/// What a network is stated to be on its box: one affine function and ridges, each with its line.
struct Stated {
    pub(super) line: usize,
    affine: Table,
    ridges: Vec<(usize, Table)>,
}

/// The values of a network file, one after the other, against those that the lines state.
struct Values<'n> {
    network: &'n Network,
    inputs: usize,
    /// What was stated so far.
    lines: Vec<Gate>,
    /// The values that the next layer reads.
    units: Vec<usize>,
}

impl<'n> Values<'n> {
    fn of(network: &'n Network, inputs: usize) -> Self {
        Self { network, inputs, lines: Vec::new(), units: (1..=inputs).collect() }
    }

    fn push(&mut self, checker: &Checker<'_>, line: Gate) -> Checked<()> {
        self.lines.push(line);
        checker.is_line_of(Some(self.network), self.inputs, &self.lines)
    }

    /// A constant and weights of units, the units increasing.
    fn sum<'f>(
        &mut self,
        checker: &Checker<'_>,
        constant: &Fraction,
        terms: impl Iterator<Item = (usize, &'f Fraction)>,
    ) -> Checked<()> {
        let terms = terms.map(|(unit, weight)| (self.units[unit], weight));
        let terms = [(0, constant)].into_iter().chain(terms);
        let terms = terms.filter(|(_, weight)| !weight.num.is_zero());
        let line = Gate::Sum(terms.map(|(i, weight)| (i, weight.clone())).collect());
        self.push(checker, line)
    }

    /// The sums of a layer, then their ReLUs; the last row is the bias.
    fn layer(
        &mut self,
        checker: &Checker<'_>,
        is_conv: bool,
        width: usize,
        rows: &[Vec<Fraction>],
    ) -> Checked<()> {
        let (bias, rows) = rows.split_last().expect("the bias is the last row");
        let start = 1 + self.inputs + self.lines.len();
        let inputs = self.units.len();
        for unit in 0..width {
            let bias = bias.get(unit).unwrap_or(&bias[0]);
            if is_conv {
                let taps = rows[0].iter().enumerate().rev();
                let terms = taps.filter_map(|(k, tap)| Some((unit.checked_sub(k)?, tap)));
                self.sum(checker, bias, terms.filter(|(i, _)| *i < inputs))?;
            } else {
                self.sum(checker, bias, rows[unit].iter().enumerate())?;
            }
        }
        let sums = start..start + width;
        sums.clone().try_for_each(|unit| self.push(checker, Gate::relu(unit)))?;
        self.units = sums.map(|unit| unit + width).collect();
        Ok(())
    }

    /// Nothing more is in the file, and the last value is its output.
    fn end(&self, checker: &Checker<'_>) -> Checked<()> {
        let count = self.network.lines.len();
        if self.lines.len() == count && self.network.outputs == [self.inputs + count] {
            return Ok(());
        }
        let expected = format!("the outputs {:?} of the network file", self.network.outputs);
        Err(checker.is_false(expected, (self.inputs + self.lines.len()).to_string()))
    }
}

/// `range`s, then `conv` or `dense` with `bias`, `readout`, `affine`, `ridge`s; proof: `states`.
impl<'a> Checker<'a> {
    pub(super) fn linear_range(&mut self, network: Option<&Network>) -> Checked<Proved<'a>> {
        let (ranges, mut head) = self.ranges()?;
        let (dimension, mut width) = (ranges.rows.len(), ranges.rows.len());
        let mut layers = Vec::new();
        let mut values = network.map(|network| Values::of(network, dimension));
        while head.0 != "readout" {
            let layer = self.layer(head, width, values.as_mut())?;
            width = layer.width;
            self.fits(width, dimension)?;
            layers.push(layer);
            head = self.one_of(&["conv", "dense", "readout"])?;
        }
        let readout = self.fractions(&head.1, width + 1..=width + 1)?;
        if let Some(mut values) = values {
            values.sum(self, &readout[0], readout[1..].iter().enumerate())?;
            values.end(self)?;
        }
        let readout = self.table(vec![readout])?;
        let (stated, proof) = self.stated(dimension)?;
        // Rows are affine forms in the input, the constant first.
        let unit = |i: usize| (0..=dimension).map(move |j| Integer::from(u8::from(j == i + 1)));
        let identity = (0..dimension).map(|i| unit(i).collect()).collect();
        let mut forms = Table { rows: identity, den: Integer::ONE };
        let mut states = "+".repeat(dimension);
        let units: usize = layers.iter().map(|layer| layer.width).sum();
        for (depth, layer) in layers.iter().enumerate() {
            forms = self.compose(layer, &forms)?;
            states = self.words("states")?.join(" ");
            let allowed = if depth + 1 == layers.len() { "+-?" } else { "+-" };
            if states.len() != layer.width || !states.chars().all(|c| allowed.contains(c)) {
                let expected = format!("{} of {allowed}", layer.width);
                return Err(self.malformed(expected, &states));
            }
            self.settle(&mut forms, &ranges, states.as_bytes(), depth + 1)?;
        }
        let line = self.line;
        self.bare("end")?;
        self.equals(&forms, states.as_bytes(), &readout, &stated, line)?;
        let fact = format!(
            "on its whole box the network equals the stated function (dimension {dimension}, \
             hidden layers {}, units {units}, ridges {})",
            layers.len(),
            stated.ridges.len()
        );
        Ok((proof, fact))
    }

    /// The box, one row `lo hi` a coordinate, and the first line after it.
    fn ranges(&mut self) -> Checked<(Table, (&'static str, Vec<&'a str>))> {
        let mut rows = vec![self.numbers("range", 2..=2)?];
        loop {
            let row = &rows[rows.len() - 1];
            if self.product(&row[0].num, &row[1].den)? > self.product(&row[1].num, &row[0].den)? {
                let found = format!("{} {}", row[0], row[1]);
                return Err(self.is_false("a range whose ends are in order", found));
            }
            self.fits(rows.len(), rows.len())?;
            match self.one_of(&["range", "conv", "dense", "readout"])? {
                ("range", words) => rows.push(self.fractions(&words, 2..=2)?),
                head => return Ok((self.table(rows)?, head)),
            }
        }
    }

    fn fits(&self, width: usize, dimension: usize) -> Checked<()> {
        match width.saturating_mul(dimension + 1) {
            0..=MAX_CELLS => Ok(()),
            _ => Err(self.too_large(format!("{MAX_CELLS} coefficients in one layer"))),
        }
    }

    /// A layer on `inputs` units, its keyword read already.
    fn layer(
        &mut self,
        head: (&str, Vec<&'a str>),
        inputs: usize,
        values: Option<&mut Values<'_>>,
    ) -> Checked<Layer> {
        let is_conv = head.0 == "conv";
        let mut rows = Vec::new();
        let (width, bias) = if is_conv {
            rows.push(self.fractions(&head.1, 1..=usize::MAX)?);
            (inputs + rows[0].len() - 1, self.words("bias")?)
        } else {
            self.nothing_more("dense", &head.1)?;
            rows.push(self.numbers("row", inputs..=inputs)?);
            loop {
                match self.one_of(&["row", "bias"])? {
                    ("row", words) => rows.push(self.fractions(&words, inputs..=inputs)?),
                    (_, words) => break (rows.len(), words),
                }
            }
        };
        let count = if bias.len() == 1 { 1 } else { width };
        rows.push(self.fractions(&bias, count..=count)?);
        if let Some(values) = values {
            values.layer(self, is_conv, width, &rows)?;
        }
        Ok(Layer { is_conv, width, table: self.table(rows)? })
    }

    fn stated(&mut self, dimension: usize) -> Checked<(Stated, &'a str)> {
        let affine = self.numbers("affine", dimension + 1..=dimension + 1)?;
        let (line, affine) = (self.line, self.table(vec![affine])?);
        let (mut ridges, mut proof) = (Vec::new(), self.rest);
        loop {
            let (keyword, words) = self.one_of(&["ridge", "proof"])?;
            if keyword == "proof" {
                self.nothing_more("proof", &words)?;
                return Ok((Stated { line, affine, ridges }, proof));
            }
            let ridge = self.fractions(&words, dimension + 2..=dimension + 2)?;
            ridges.push((self.line, self.table(vec![ridge])?));
            proof = self.rest;
        }
    }

    /// The forms of the layer's pre-activations, from those of its inputs.
    fn compose(&mut self, layer: &Layer, forms: &Table) -> Checked<Table> {
        let (bias, weights) = layer.table.rows.split_last().expect("the bias is the last row");
        let mut rows = Vec::with_capacity(layer.width);
        for i in 0..layer.width {
            let terms: Vec<_> = if layer.is_conv {
                let taps = weights[0].iter().take(i + 1).enumerate();
                taps.filter_map(|(k, tap)| Some((tap, forms.rows.get(i - k)?))).collect()
            } else {
                weights[i].iter().zip(&forms.rows).collect()
            };
            let width = forms.rows[0].len();
            let column = |j: usize| terms.iter().map(move |(weight, form)| (*weight, &form[j]));
            let mut row = (0..width).map(|j| self.dot(column(j))).collect::<Checked<Vec<_>>>()?;
            row[0] += self.product(bias.get(i).unwrap_or(&bias[0]), &forms.den)?;
            rows.push(row);
        }
        Ok(Table { rows, den: self.product(&layer.table.den, &forms.den)? })
    }

    /// Confirms each state on the whole box and replaces the forms of units that are off by 0.
    fn settle(
        &mut self,
        forms: &mut Table,
        ranges: &Table,
        states: &[u8],
        depth: usize,
    ) -> Checked<()> {
        for (i, (form, state)) in forms.rows.iter_mut().zip(states).enumerate() {
            // The extreme value, from the end of each range that the sign of the slope picks.
            let (is_on, slopes) = (*state == b'+', form[1..].iter().zip(&ranges.rows));
            let ends =
                slopes.map(|(slope, r)| (slope, &r[usize::from(slope.is_positive() != is_on)]));
            let extreme = self.dot(ends)? + self.product(&form[0], &ranges.den)?;
            let (sign, bound, holds) = match state {
                b'+' => ("negative", "least", !extreme.is_negative()),
                b'-' => ("positive", "greatest", !extreme.is_positive()),
                _ => continue,
            };
            if !holds {
                let value = show(&extreme, &self.product(&forms.den, &ranges.den)?);
                let expected = format!("unit {} of layer {depth} nowhere {sign}", i + 1);
                return Err(self.is_false(expected, format!("{bound} value {value}")));
            }
            if *state == b'-' {
                form.fill(Integer::ZERO);
            }
        }
        Ok(())
    }

    /// The read-out of the last layer is the stated function: the units that are on sum to the
    /// affine part, and the open ones that are read are the ridges, in their order.
    fn equals(
        &mut self,
        forms: &Table,
        states: &[u8],
        readout: &Table,
        stated: &Stated,
        line: usize,
    ) -> Checked<()> {
        let (constant, read) = readout.rows[0].split_first().expect("the constant comes first");
        let den = self.product(&forms.den, &readout.den)?;
        let units: Vec<_> = read.iter().zip(&forms.rows).zip(states).collect();
        for (j, number) in stated.affine.rows[0].iter().enumerate() {
            let on = units.iter().filter(|(_, state)| **state != b'?');
            let mut sum = self.dot(on.map(|((read, form), _)| (*read, &form[j])))?;
            if j == 0 {
                sum += self.product(constant, &forms.den)?;
            }
            if self.product(&sum, &stated.affine.den)? != self.product(number, &den)? {
                let expected =
                    format!("{} as number {} of the affine part", show(&sum, &den), j + 1);
                let found = show(number, &stated.affine.den);
                return Err(Rejection::False { line: stated.line, expected, found });
            }
        }
        let is_ridge = |(_, ((read, _), state)): &(usize, ((&Integer, _), &u8))| {
            **state == b'?' && !read.is_zero()
        };
        let open: Vec<_> = (1..).zip(units).filter(is_ridge).collect();
        if open.len() != stated.ridges.len() {
            let expected = format!("{} open units that are read", stated.ridges.len());
            return Err(Rejection::False { line, expected, found: open.len().to_string() });
        }
        for ((unit, ((read, form), _)), (line, ridge)) in open.into_iter().zip(&stated.ridges) {
            // c relu(f) depends on the sign of c and on c f only.
            let (factor, ridge_form) = ridge.rows[0].split_first().expect("the factor comes first");
            let square = self.product(&ridge.den, &ridge.den)?;
            let mut same = factor.sign() == read.sign();
            for (a, b) in ridge_form.iter().zip(form) {
                let (a, b) = (self.product(factor, a)?, self.product(read, b)?);
                same &= self.product(&a, &den)? == self.product(&b, &square)?;
            }
            if !same {
                let (line, expected) = (*line, format!("the ridge of open unit {unit}"));
                let found = "a different function".to_owned();
                return Err(Rejection::False { line, expected, found });
            }
        }
        Ok(())
    }
}
