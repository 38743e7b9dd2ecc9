//! A network file as the list of values that a certificate states.

use super::arithmetic::Fraction;
use super::circuit::Line;
use super::json::{Json, Value};
use super::reader::{Checker, quote};
use super::{Checked, MAX_TERMS};
use num_traits::Zero;

/// A network as a list of values.
#[derive(Debug)]
pub struct Network {
    pub(super) inputs: usize,
    pub(super) lines: Vec<Line>,
    /// The values that are its outputs.
    pub(super) outputs: Vec<usize>,
}

/// Values on the way through the layers: their indices, row-major and channel first.
#[derive(Clone)]
pub(super) struct Signal {
    pub(super) axes: Vec<usize>,
    pub(super) units: Vec<usize>,
}

/// A weight of a sum under construction.
type Term = (usize, Fraction);

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
        let mut network = Network { inputs, lines: Vec::new(), outputs: Vec::new() };
        let signal = Signal { axes, units: (1..=inputs).collect() };
        let made = self.layers(&mut network, signal, self.required(&file, "layers")?)?;
        Ok(Network { outputs: made.units, ..network })
    }

    /// The newest line stands in the network in its place.
    pub(super) fn is_line_of(
        &self,
        network: Option<&Network>,
        inputs: usize,
        lines: &[Line],
    ) -> Checked<()> {
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

    pub(super) fn required<'j>(&self, object: &'j Json, key: &str) -> Checked<&'j Json> {
        let start = || object.get("type").map_or("none".to_owned(), Json::start);
        object.get(key).ok_or_else(|| self.malformed(format!("a key `{key}`"), &start()))
    }

    fn only_keys(&mut self, object: &Json, keys: &[&str]) -> Checked<()> {
        self.line = object.line;
        if !matches!(object.value, Value::Object(_)) {
            return Err(self.malformed("an object", &object.start()));
        }
        match object.members().iter().find(|(key, _)| !keys.contains(&key.as_str())) {
            Some((key, value)) => {
                self.line = value.line;
                Err(self.malformed(format!("a key among {}", keys.join(", ")), key))
            }
            None => Ok(()),
        }
    }

    pub(super) fn counts(&mut self, json: &Json) -> Checked<Vec<usize>> {
        match json.list() {
            Some(list) => list.iter().map(|count| self.json_count(count)).collect(),
            None => Ok(vec![self.json_count(json)?]),
        }
    }

    pub(super) fn number_list(&mut self, json: Option<&Json>) -> Checked<Vec<Fraction>> {
        let Some(json) = json else { return Ok(Vec::new()) };
        self.line = json.line;
        let list = json.list().ok_or_else(|| self.malformed("a list", &json.start()))?;
        list.iter().map(|number| self.json_number(number)).collect()
    }

    /// Nested lists of equal length: the axes, and the numbers in a row.
    pub(super) fn nested(
        &mut self,
        json: &Json,
        axes: usize,
    ) -> Checked<(Vec<usize>, Vec<Fraction>)> {
        let mut sizes = Vec::new();
        let mut level = vec![json];
        for _ in 0..axes {
            let lists: Option<Vec<_>> = level.iter().map(|json| json.list()).collect();
            let size = lists.as_ref().and_then(|lists| Some(lists.first()?.len()));
            let (Some(lists), Some(size)) = (lists, size) else {
                self.line = json.line;
                return Err(self.malformed(format!("lists nested {axes} deep"), &json.start()));
            };
            if let Some(odd) = lists.iter().position(|list| list.len() != size) {
                self.line = level[odd].line;
                let expected = format!("{size} entries, as before");
                return Err(self.malformed(expected, &lists[odd].len().to_string()));
            }
            sizes.push(size);
            level = lists.into_iter().flatten().collect();
        }
        let numbers = level.into_iter().map(|number| self.json_number(number));
        Ok((sizes, numbers.collect::<Checked<_>>()?))
    }

    /// The number of units of a signal, at least one.
    fn size(&self, axes: &[usize]) -> Checked<usize> {
        let size = axes.iter().fold(1, |size: usize, axis| size.saturating_mul(*axis));
        match size {
            0 => Err(self.malformed("a signal with an entry", &format!("{axes:?}"))),
            _ if size > MAX_TERMS => Err(self.too_large(format!("{MAX_TERMS} units"))),
            _ if !(1..=3).contains(&axes.len()) => {
                Err(self.malformed("1 to 3 axes", &axes.len().to_string()))
            }
            _ => Ok(size),
        }
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
            // The number of units is compared with the axes by the caller.
            "reshape" => {
                Ok(Signal { axes: self.counts(self.required(layer, "shape")?)?, ..signal })
            }
            "flatten" => Ok(Signal { axes: vec![signal.units.len()], ..signal }),
            pool if pool.contains("pool") => self.pool(net, signal, layer, pool),
            bend => self.activation(net, signal, layer, bend),
        }
    }

    /// Appends sums, with a bias for all, for each channel or for each unit.
    pub(super) fn sums(
        &mut self,
        net: &mut Network,
        axes: Vec<usize>,
        sums: Vec<Vec<Term>>,
        bias: Vec<Fraction>,
    ) -> Checked<Signal> {
        let (units, channels) = (sums.len(), if axes.len() == 1 { 1 } else { axes[0] });
        if ![0, 1, channels, units].contains(&bias.len()) {
            let expected = format!("0, 1, {channels} or {units} biases");
            return Err(self.malformed(expected, &bias.len().to_string()));
        }
        let start = 1 + net.inputs + net.lines.len();
        for (unit, mut terms) in sums.into_iter().enumerate() {
            if !bias.is_empty() {
                terms.push((0, bias[unit * bias.len() / units].clone()));
            }
            self.spend(16 + 4 * terms.len() as u64)?;
            terms.retain(|(_, weight)| !weight.num.is_zero());
            terms.sort_by_key(|(index, _)| *index);
            net.lines.push(Line::Sum(terms));
        }
        Ok(Signal { axes, units: (start..start + units).collect() })
    }

    fn dense(&mut self, net: &mut Network, signal: Signal, layer: &Json) -> Checked<Signal> {
        let (sizes, weights) = self.nested(self.required(layer, "weight")?, 2)?;
        let inputs = signal.units.len();
        if signal.axes.len() != 1 || sizes[1] != inputs {
            let found = format!("{} inputs for shape {:?}", sizes[1], signal.axes);
            return Err(self.malformed("a flat signal, and a weight for each entry", &found));
        }
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
            net.lines.push(Line::Bend { source, at_zero, first, rest });
        }
        Ok(Signal { units: (start..start + signal.units.len()).collect(), ..signal })
    }
}
