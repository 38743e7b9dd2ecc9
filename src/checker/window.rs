//! Expands convolutions and pools of a network file: layers whose units each see a window.

use crate::circuit::Gate;
use crate::fraction::Fraction;
use crate::integer::Integer;
use crate::json::Json;
use crate::limits::MAX_TERMS;
use crate::network::{Network, Signal};
use crate::reader::Checker;
use crate::verdict::Checked;

/// One axis of a window: output `o` reads `o * stride + tap * dilation - padding`.
#[derive(Clone, Copy)]
struct Axis {
    taps: usize,
    stride: usize,
    padding: usize,
    dilation: usize,
    length: usize,
    outputs: usize,
}

impl Checker<'_> {
    /// The axes of a window on the last axes of a signal, columns last; a line has one row.
    fn window(
        &mut self,
        signal: &Signal,
        layer: &Json,
        taps: &[usize],
        is_pool: bool,
    ) -> Checked<[Axis; 2]> {
        if signal.axes.len() != taps.len() + 1 {
            let expected = format!("a signal of {} axes", taps.len() + 1);
            return Err(self.malformed(expected, &format!("{:?}", signal.axes)));
        }
        let one = Axis { taps: 1, stride: 1, padding: 0, dilation: 1, length: 1, outputs: 1 };
        let mut window = [one; 2];
        for (axis, &taps_here) in taps.iter().enumerate() {
            let stride = if is_pool { taps_here } else { 1 };
            let mut values = [("stride", stride), ("padding", 0), ("dilation", 1)];
            for (key, value) in &mut values {
                let Some(json) = layer.get(key) else { continue };
                let counts = self.counts(json)?;
                if counts.len() != 1 && counts.len() != taps.len() {
                    let expected = format!("one number or {}", taps.len());
                    return Err(self.malformed(expected, &counts.len().to_string()));
                }
                *value = counts[axis % counts.len()];
            }
            let [stride, padding, dilation] = values.map(|(_, value)| value);
            let length = signal.axes[1 + axis];
            // Counts are below 10^9: nothing here overflows.
            let room = length + 2 * padding;
            let span = (taps_here.max(1) - 1).saturating_mul(dilation).saturating_add(1);
            if taps_here == 0 || stride == 0 || dilation == 0 || span > room {
                let found = format!("{taps_here} taps on length {length}");
                return Err(self.malformed("a window that fits", &found));
            }
            let outputs = (room - span) / stride + 1;
            window[2 - taps.len() + axis] =
                Axis { taps: taps_here, stride, padding, dilation, length, outputs };
        }
        let taps = window[0].taps.saturating_mul(window[1].taps);
        let outputs = window[0].outputs.saturating_mul(window[1].outputs);
        if taps.saturating_mul(outputs).saturating_mul(signal.axes[0]) > MAX_TERMS {
            return Err(self.too_large(format!("{MAX_TERMS} terms of a layer")));
        }
        Ok(window)
    }

    pub(super) fn convolution(
        &mut self,
        net: &mut Network,
        signal: Signal,
        layer: &Json,
        rank: usize,
    ) -> Checked<Signal> {
        let (sizes, weights) = self.nested(self.required(layer, "weight")?, 2 + rank)?;
        let groups = layer.get("groups").map_or(Ok(1), |groups| self.json_count(groups))?;
        let [rows, columns] = self.window(&signal, layer, &sizes[2..], false)?;
        let (channels, seen) = (sizes[0], sizes[1]);
        let fits = groups > 0 && channels % groups == 0 && seen.checked_mul(groups).is_some();
        if !fits || seen * groups != signal.axes[0] {
            let found = format!("{channels} x {seen} for {} channels", signal.axes[0]);
            return Err(self.malformed("equal groups of channels", &found));
        }
        let (taps, plane) = (rows.taps * columns.taps, rows.length * columns.length);
        let places = rows.outputs * columns.outputs;
        let terms = (channels * seen).saturating_mul(taps).saturating_mul(places);
        if terms > MAX_TERMS {
            return Err(self.too_large(format!("{MAX_TERMS} terms of a layer")));
        }
        self.add_squares(net, &weights)?;
        let mut sums = Vec::with_capacity(channels * places);
        for unit in 0..channels * places {
            let (channel, place) = (unit / places, unit % places);
            let first = channel / (channels / groups) * seen;
            let mut sum = Vec::new();
            for (tap, source) in seen_by(&rows, &columns, place) {
                for k in 0..seen {
                    let weight = weights[(channel * seen + k) * taps + tap].clone();
                    sum.push((signal.units[(first + k) * plane + source], weight));
                }
            }
            self.spend(8 * taps as u64 * seen as u64)?;
            sums.push(sum);
        }
        let bias = self.number_list(layer.get("bias"))?;
        self.sums(net, shaped(channels, &rows, &columns, rank), sums, bias)
    }

    pub(super) fn pool(
        &mut self,
        net: &mut Network,
        signal: Signal,
        layer: &Json,
        kind: &str,
    ) -> Checked<Signal> {
        let rank = if kind.ends_with("1d") { 1 } else { 2 };
        let mut taps = self.counts(self.required(layer, "window")?)?;
        if taps.len() == 1 {
            taps = vec![taps[0]; rank];
        }
        let [rows, columns] = self.window(&signal, layer, &taps, true)?;
        if taps.len() != rank {
            return Err(self.malformed(format!("{rank} sizes"), &taps.len().to_string()));
        }
        let axes = shaped(signal.axes[0], &rows, &columns, rank);
        let (plane, places) = (rows.length * columns.length, rows.outputs * columns.outputs);
        let factor = match kind.starts_with("avg") {
            true => Fraction { num: Integer::ONE, den: (rows.taps * columns.taps).into() },
            false => Fraction::from(1),
        };
        let windows = (0..signal.axes[0] * places).map(|unit| {
            let (channel, place) = (unit / places, unit % places);
            let source = |(_, source)| signal.units[channel * plane + source];
            seen_by(&rows, &columns, place).map(source).collect::<Vec<_>>()
        });
        if !kind.starts_with("max") {
            let sum = |window: Vec<_>| window.into_iter().map(|i| (i, factor.clone())).collect();
            return self.sums(net, axes.clone(), windows.map(sum).collect(), Vec::new());
        }
        let start = 1 + net.inputs + net.lines.len();
        for window in windows {
            if window.is_empty() {
                return Err(self.malformed("a window that meets the signal", "padding alone"));
            }
            net.lines.push(Gate::Max(window));
        }
        Ok(Signal { axes, units: (start..1 + net.inputs + net.lines.len()).collect() })
    }
}

/// The axes of what a window makes.
fn shaped(channels: usize, rows: &Axis, columns: &Axis, rank: usize) -> Vec<usize> {
    match rank {
        1 => vec![channels, columns.outputs],
        _ => vec![channels, rows.outputs, columns.outputs],
    }
}

/// The taps of one output that lie on the signal, each with its place in the plane.
fn seen_by(rows: &Axis, columns: &Axis, place: usize) -> impl Iterator<Item = (usize, usize)> {
    let (rows, columns) = (*rows, *columns);
    let source = |axis: Axis, output: usize, tap: usize| {
        let at = output * axis.stride + tap * axis.dilation;
        at.checked_sub(axis.padding).filter(|at| *at < axis.length)
    };
    (0..rows.taps * columns.taps).filter_map(move |tap| {
        let i = source(rows, place / columns.outputs, tap / columns.taps)?;
        let j = source(columns, place % columns.outputs, tap % columns.taps)?;
        Some((tap, i * columns.length + j))
    })
}
