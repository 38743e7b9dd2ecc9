//! Expands the layers of a network file into gates, in the order in which certificates state them.

use crate::circuit::Gate;
use crate::fraction::Fraction;
use crate::json::{Json, Value};
use crate::network::{Network, Signal, Term};
use crate::reader::Checker;
use crate::verdict::Checked;

/// Reading a network file.
impl Checker<'_> {
    pub(super) fn network(&mut self) -> Checked<Network> {
        let file = self.json_file()?;
        let keys = ["format", "name", "input_shape", "layers", "domain", "note", "truth"];
        self.only_keys(&file, &keys)?;
        if let Some(format) = file.get("format")
            && self.json_count(format)? != 1
        {
            return Err(self.malformed("format 1", &format.start()));
        }
        let axes = self.counts(self.required(&file, "input_shape")?)?;
        let inputs = self.size(&axes)?;
        let mut network =
            Network { inputs, lines: Vec::new(), outputs: Vec::new(), squares: Fraction::from(0) };
        let signal = Signal { axes, units: (1..=inputs).collect() };
        let made = self.layers(&mut network, signal, self.required(&file, "layers")?)?;
        Ok(Network { outputs: made.units, ..network })
    }

    fn layers(&mut self, net: &mut Network, mut signal: Signal, json: &Json) -> Checked<Signal> {
        let Some(layers) = json.list() else {
            self.line = json.line;
            return Err(self.malformed("a list of layers", &json.start()));
        };
        for layer in layers {
            signal = self.expand(net, signal, layer)?;
            if signal.units.len() != self.size(&signal.axes)? {
                return Err(self.malformed("a signal of its shape", &format!("{:?}", signal.axes)));
            }
        }
        Ok(signal)
    }

    fn expand(&mut self, net: &mut Network, signal: Signal, layer: &Json) -> Checked<Signal> {
        self.line = layer.line;
        let Some(Json { value: Value::Text(kind), .. }) = layer.get("type") else {
            return Err(self.malformed("a layer with a type", &layer.start()));
        };
        let keys: &[&str] = match kind.as_str() {
            "dense" | "expansive" => &["type", "weight", "bias"],
            "conv1d" | "conv2d" => {
                &["type", "weight", "bias", "stride", "padding", "dilation", "groups"]
            }
            "sumpool1d" | "sumpool2d" | "avgpool1d" | "avgpool2d" | "maxpool1d" | "maxpool2d" => {
                &["type", "window", "stride", "padding", "dilation"]
            }
            "downsample" => &["type", "scale", "keep"],
            "reshape" => &["type", "shape"],
            "leaky_relu" => &["type", "slope"],
            "piecewise_linear" => &["type", "breakpoints", "slopes", "at_zero"],
            "residual" => &["type", "layers"],
            "sparse" => &["type", "rows", "weight", "bias"],
            "maximum" => &["type", "of"],
            "branches" => &["type", "branches"],
            "relu" | "abs" | "hardtanh" | "flatten" => &["type"],
            _ => return Err(self.malformed("a known type of layer", kind)),
        };
        self.only_keys(layer, keys)?;
        match kind.as_str() {
            "dense" => self.dense(net, signal, layer),
            "expansive" => self.expansive(net, signal, layer),
            "conv1d" => self.convolution(net, signal, layer, 1),
            "conv2d" => self.convolution(net, signal, layer, 2),
            "downsample" => self.downsample(signal, layer),
            "residual" => {
                let made = self.layers(net, signal.clone(), self.required(layer, "layers")?)?;
                if made.axes != signal.axes {
                    let expected = format!("a body that makes shape {:?}", signal.axes);
                    return Err(self.malformed(expected, &format!("{:?}", made.axes)));
                }
                let pairs = signal.units.iter().zip(&made.units);
                let sum = |(a, b): (&usize, &usize)| match a == b {
                    true => vec![(*a, Fraction::from(2))],
                    false => vec![(*a, Fraction::from(1)), (*b, Fraction::from(1))],
                };
                let sums: Vec<_> = pairs.map(sum).collect();
                self.sums(net, signal.axes, sums, Vec::new())
            }
            "sparse" => self.sparse(net, signal, layer),
            "maximum" => self.maximum(net, &signal, layer),
            "branches" => {
                let branches = self.required(layer, "branches")?;
                let mut units = Vec::new();
                for branch in branches.list().unwrap_or(&[]) {
                    units.extend(self.layers(net, signal.clone(), branch)?.units);
                }
                Ok(Signal { axes: vec![units.len()], units })
            }
            // The number of units is compared with the axes by the caller.
            "reshape" => {
                Ok(Signal { axes: self.counts(self.required(layer, "shape")?)?, ..signal })
            }
            "flatten" => Ok(Signal { axes: vec![signal.units.len()], ..signal }),
            pool if pool.contains("pool") => self.pool(net, signal, layer, pool),
            bend => self.activation(net, signal, layer, bend),
        }
    }

    fn dense(&mut self, net: &mut Network, signal: Signal, layer: &Json) -> Checked<Signal> {
        let (sizes, weights) = self.nested(self.required(layer, "weight")?, 2)?;
        let inputs = signal.units.len();
        if signal.axes.len() != 1 || sizes[1] != inputs {
            let found = format!("{} inputs for shape {:?}", sizes[1], signal.axes);
            return Err(self.malformed("a flat signal, and a weight for each entry", &found));
        }
        self.add_squares(net, &weights)?;
        let row =
            |row: &[Fraction]| signal.units.iter().copied().zip(row.iter().cloned()).collect();
        let sums: Vec<Vec<Term>> = weights.chunks(inputs).map(row).collect();
        let bias = self.number_list(layer.get("bias"))?;
        self.sums(net, vec![sizes[0]], sums, bias)
    }

    fn expansive(&mut self, net: &mut Network, signal: Signal, layer: &Json) -> Checked<Signal> {
        let weights = self.number_list(layer.get("weight"))?;
        let mut axes = signal.axes;
        if weights.is_empty() || axes.len() > 2 || (axes.len() == 2 && axes[0] != 1) {
            return Err(self.malformed("weights, and one channel", &format!("{axes:?}")));
        }
        let width = signal.units.len() + weights.len() - 1;
        self.add_squares(net, &weights)?;
        let mut sums = vec![Vec::new(); width];
        for (k, unit) in signal.units.iter().enumerate() {
            self.spend(8 * weights.len() as u64)?;
            for (p, weight) in weights.iter().enumerate() {
                sums[k + p].push((*unit, weight.clone()));
            }
        }
        *axes.last_mut().expect("there is an axis") = width;
        let bias = self.number_list(layer.get("bias"))?;
        self.sums(net, axes, sums, bias)
    }

    /// Lists of indices.
    fn rows(&mut self, json: &Json) -> Checked<Vec<Vec<usize>>> {
        let Some(rows) = json.list() else {
            return Err(self.malformed("a list of lists", &json.start()));
        };
        let mut read = Vec::new();
        for row in rows {
            let row = self.counts(row)?;
            self.spend(8 + 8 * row.len() as u64)?;
            read.push(row);
        }
        Ok(read)
    }

    fn sparse(&mut self, net: &mut Network, signal: Signal, layer: &Json) -> Checked<Signal> {
        let rows = self.rows(self.required(layer, "rows")?)?;
        let weights = self.number_list(layer.get("weight"))?;
        let bias = self.number_list(layer.get("bias"))?;
        let mut sums: Vec<Vec<Term>> = Vec::new();
        for row in &rows {
            let mut sum: Vec<Term> = Vec::new();
            for pair in row.chunks(2) {
                let found = signal.units.get(pair[0]).zip(weights.get(*pair.last().unwrap_or(&0)));
                let (Some((unit, weight)), 2) = (found, pair.len()) else {
                    return Err(
                        self.malformed("pairs of an input and a weight", &format!("{pair:?}"))
                    );
                };
                sum.push((*unit, weight.clone()));
            }
            // Branches may bring the same value to several entries.
            sum.sort_by_key(|(unit, _)| *unit);
            sum.dedup_by(|next, first| {
                let is_same = next.0 == first.0;
                if is_same {
                    first.1 = first.1.plus(&next.1);
                }
                is_same
            });
            sums.push(sum);
        }
        let one = Fraction::from(1);
        let is_copy = |row: &Vec<usize>| row.len() == 2 && weights[row[1]] == one;
        if bias.is_empty() && rows.iter().all(is_copy) {
            let units = rows.iter().map(|row| signal.units[row[0]]).collect();
            return Ok(Signal { axes: vec![rows.len()], units });
        }
        self.sums(net, vec![sums.len()], sums, bias)
    }

    fn maximum(&mut self, net: &mut Network, signal: &Signal, layer: &Json) -> Checked<Signal> {
        let start = 1 + net.inputs + net.lines.len();
        for set in self.rows(self.required(layer, "of")?)? {
            let mut window = Vec::new();
            for index in &set {
                let Some(unit) = signal.units.get(*index) else {
                    let expected = format!("entries below {}", signal.units.len());
                    return Err(self.malformed(expected, &index.to_string()));
                };
                window.push(*unit);
            }
            let mut seen = std::collections::HashSet::new();
            window.retain(|unit| seen.insert(*unit));
            if window.is_empty() {
                return Err(self.malformed("an entry at least", "none"));
            }
            net.lines.push(Gate::Max(window));
        }
        let units: Vec<usize> = (start..1 + net.inputs + net.lines.len()).collect();
        Ok(Signal { axes: vec![units.len()], units })
    }

    fn downsample(&mut self, signal: Signal, layer: &Json) -> Checked<Signal> {
        let scale = self.json_count(self.required(layer, "scale")?)?;
        let keep = self.json_count(self.required(layer, "keep")?)?;
        let mut axes = signal.axes;
        let length = *axes.last().expect("there is an axis");
        if scale == 0 || axes.len() > 2 || keep.saturating_mul(scale) > length {
            let expected = format!("kept units among {length} of a vector or a line");
            return Err(self.malformed(expected, &format!("{keep} of {scale}")));
        }
        *axes.last_mut().expect("there is an axis") = keep;
        let runs = signal.units.chunks(length);
        let kept = runs.flat_map(|run| (1..=keep).map(move |k| run[k * scale - 1]));
        Ok(Signal { axes, units: kept.collect() })
    }

    fn activation(
        &mut self,
        net: &mut Network,
        signal: Signal,
        layer: &Json,
        kind: &str,
    ) -> Checked<Signal> {
        let whole = |n: i64| Fraction::from(n);
        let one_kink = |slope| (whole(0), slope, vec![(whole(0), whole(1))]);
        let (at_zero, first, rest) = match kind {
            "relu" => one_kink(whole(0)),
            "abs" => one_kink(whole(-1)),
            "leaky_relu" => one_kink(self.json_number(self.required(layer, "slope")?)?),
            "hardtanh" => (whole(0), whole(0), vec![(whole(-1), whole(1)), (whole(1), whole(0))]),
            _ => {
                let points = self.number_list(layer.get("breakpoints"))?;
                let mut slopes = self.number_list(layer.get("slopes"))?.into_iter();
                let at_zero = self.json_number(self.required(layer, "at_zero")?)?;
                let is_ordered = points.windows(2).all(|pair| pair[0].is_below(&pair[1]));
                let Some(first) = slopes.next().filter(|_| slopes.len() == points.len()) else {
                    let expected = format!("{} slopes", points.len() + 1);
                    return Err(self.malformed(expected, "another number"));
                };
                if !is_ordered {
                    return Err(self.malformed("increasing breakpoints", "others"));
                }
                (at_zero, first, points.into_iter().zip(slopes).collect())
            }
        };
        // A breakpoint where the slope stays is none.
        let mut slope = first.clone();
        let rest: Vec<_> = rest
            .into_iter()
            .filter(|(_, next)| std::mem::replace(&mut slope, next.clone()) != *next)
            .collect();
        let start = 1 + net.inputs + net.lines.len();
        for &source in &signal.units {
            let (at_zero, first, rest) = (at_zero.clone(), first.clone(), rest.clone());
            self.spend(16 + 4 * rest.len() as u64)?;
            net.lines.push(Gate::Bend { source, at_zero, first, rest });
        }
        Ok(Signal { units: (start..start + signal.units.len()).collect(), ..signal })
    }
}
