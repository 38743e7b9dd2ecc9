//! Where windows look, along any number of axes, with a padding for each end.

use super::ImportError;
use super::node::Node;
use super::{MAX_NUMBERS, too_many};
use crate::exact::Rational;
use crate::net::{Axis, Window};

/// One axis of a window: output `o` reads the inputs `o * stride + t * dilation - begin`.
pub(super) struct Span {
    pub(super) length: usize,
    pub(super) taps: usize,
    stride: usize,
    dilation: usize,
    pub(super) begin: usize,
    end: usize,
    outputs: usize,
}

/// A window over several axes.
pub(super) struct Sweep {
    pub(super) spans: Vec<Span>,
}

impl Span {
    /// Taps side by side, moving one sample at a time, without padding.
    pub(super) fn new(length: usize, taps: usize) -> Self {
        let outputs = (length + 1).saturating_sub(taps);
        Self { length, taps, stride: 1, dilation: 1, begin: 0, end: 0, outputs }
    }

    fn reach(&self) -> usize {
        self.dilation.saturating_mul(self.taps.saturating_sub(1)).saturating_add(1)
    }

    /// How many outputs fit; with `ceil` the last may look beyond the padding, but not begin there.
    fn fitting(&self, ceil: bool) -> usize {
        // The samples for which there are outputs, and one stride more.
        let padded = self.begin + self.length + self.end + self.stride;
        let Some(rest) = padded.checked_sub(self.reach()) else { return 0 };
        let outputs = if ceil { rest.div_ceil(self.stride) } else { rest / self.stride };
        let last = outputs.saturating_sub(1) * self.stride;
        if ceil && last >= self.length + self.begin { outputs.saturating_sub(1) } else { outputs }
    }
}

/// What the attributes say of each axis: stride, dilation and the padding at both ends.
struct Attributes {
    strides: Vec<usize>,
    dilations: Vec<usize>,
    pads: Vec<usize>,
    /// Padding that depends on the lengths: how an odd rest is shared.
    same: Option<[usize; 2]>,
}

impl Attributes {
    /// Those of a node with such taps over `rank` axes.
    fn read(node: &Node<'_>, rank: usize, taps: &[usize]) -> Result<Self, ImportError> {
        if taps.len() != rank || taps.contains(&0) {
            return Err(node.content(format!("a window of {rank} axes"), format!("{taps:?}")));
        }
        let along = |name, default: usize, count: usize| {
            let sizes = node.sizes(name)?.unwrap_or_else(|| vec![default; count]);
            match sizes.len() == count && !(default == 1 && sizes.contains(&0)) {
                true => Ok(sizes),
                false => Err(node.content(format!("{count} {name}"), format!("{sizes:?}"))),
            }
        };
        let mut pads = along("pads", 0, 2 * rank)?;
        let same = match node.text("auto_pad", "NOTSET")? {
            "NOTSET" | "" => None,
            "VALID" => {
                pads = vec![0; 2 * rank];
                None
            }
            "SAME_UPPER" => Some([0, 1]),
            "SAME_LOWER" => Some([1, 0]),
            other => return Err(node.content("auto_pad that ONNX knows", other)),
        };
        let (strides, dilations) = (along("strides", 1, rank)?, along("dilations", 1, rank)?);
        Ok(Self { strides, dilations, pads, same })
    }

    /// Axis `i`, its length and its outputs left open.
    fn span(&self, i: usize, taps: usize) -> Span {
        let (stride, dilation) = (self.strides[i], self.dilations[i]);
        let [begin, end] = [i, i + self.strides.len()].map(|side| self.pads[side]);
        Span { length: 0, taps, stride, dilation, begin, end, outputs: 0 }
    }
}

impl Sweep {
    /// The window that a node describes, over axes of these lengths.
    pub(super) fn of(
        node: &Node<'_>,
        lengths: &[usize],
        taps: &[usize],
        is_pool: bool,
    ) -> Result<Self, ImportError> {
        let rank = lengths.len();
        let attributes = Attributes::read(node, rank, taps)?;
        let ceil = is_pool && node.int("ceil_mode", 0)? != 0;
        let span = |i: usize| {
            let mut span = Span { length: lengths[i], ..attributes.span(i, taps[i]) };
            if let Some(odd) = attributes.same {
                // As many outputs as strides fit into the signal, rounded up.
                let outputs = span.length.div_ceil(span.stride);
                let reach = outputs.saturating_sub(1) * span.stride + span.reach();
                let all = reach.saturating_sub(span.length);
                [span.begin, span.end] = odd.map(|odd| all / 2 + all % 2 * odd);
            }
            span.outputs = span.fitting(ceil);
            match span.outputs {
                0 => {
                    let found = format!("{} samples for {} taps", span.length, span.taps);
                    Err(node.content("a window that fits the signal", found))
                }
                _ => Ok(span),
            }
        };
        Ok(Self { spans: (0..rank).map(span).collect::<Result<_, _>>()? })
    }

    /// The window of the convolution whose transpose a node describes: its outputs are the samples
    /// that the node reads, its samples those that the node makes.
    pub(super) fn transposed(
        node: &Node<'_>,
        lengths: &[usize],
        taps: &[usize],
    ) -> Result<Self, ImportError> {
        let rank = lengths.len();
        let attributes = Attributes::read(node, rank, taps)?;
        let Attributes { pads, same, .. } = &attributes;
        let of = |name: &str| match node.sizes(name)? {
            Some(sizes) if sizes.len() == rank => Ok(Some(sizes)),
            // Some files name the batch and the channels, too.
            Some(sizes) if sizes.len() == rank + 2 => Ok(Some(sizes[2..].to_vec())),
            Some(sizes) => Err(node.content(format!("{rank} {name}"), format!("{sizes:?}"))),
            None => Ok(None),
        };
        let more = of("output_padding")?.unwrap_or_else(|| vec![0; rank]);
        let shape = of("output_shape")?;
        let is_lower = *same == Some([1, 0]);
        let span = |i: usize| {
            let span = Span { outputs: lengths[i], ..attributes.span(i, taps[i]) };
            let full = span.stride * lengths[i].saturating_sub(1) + more[i] + span.reach();
            let target = match (&shape, same) {
                (Some(shape), _) => Some(shape[i]),
                (None, Some(_)) => Some(lengths[i] * span.stride),
                (None, None) => None,
            };
            let (begin, length) = match target {
                None => (span.begin, full.checked_sub(span.begin + span.end)),
                Some(target) => {
                    let all = full.saturating_sub(target);
                    // With a shape and no rule the odd sample is cut off at the beginning.
                    let begin = if same.is_some() && !is_lower { all / 2 } else { all - all / 2 };
                    (begin, Some(target))
                }
            };
            match length.filter(|length| *length > 0) {
                Some(length) => Ok(Span { begin, length, ..span }),
                None => Err(node.content("pads that leave an output", format!("{pads:?}"))),
            }
        };
        Ok(Self { spans: (0..rank).map(span).collect::<Result<_, _>>()? })
    }

    pub(super) fn outputs(&self) -> Vec<usize> {
        self.spans.iter().map(|span| span.outputs).collect()
    }

    pub(super) fn lengths(&self) -> Vec<usize> {
        self.spans.iter().map(|span| span.length).collect()
    }

    /// Calls `f(output, input, tap)` for every output and tap, padding left out.
    pub(super) fn each(&self, mut f: impl FnMut(usize, usize, usize)) {
        let mut tuples = vec![(0, 0, 0)];
        for span in &self.spans {
            let mut along = Vec::new();
            for (o, t) in (0..span.outputs).flat_map(|o| (0..span.taps).map(move |t| (o, t))) {
                let place = (o * span.stride + t * span.dilation).checked_sub(span.begin);
                if let Some(i) = place.filter(|i| *i < span.length) {
                    along.push((o, i, t));
                }
            }
            let longer = tuples.iter().flat_map(|&(o, i, t)| {
                along.iter().map(move |&(p, j, u)| {
                    (o * span.outputs + p, i * span.length + j, t * span.taps + u)
                })
            });
            tuples = longer.collect();
        }
        tuples.into_iter().for_each(|(o, i, t)| f(o, i, t));
    }

    /// The taps of an output that lie on the signal or its padding.
    pub(super) fn counted(&self, output: usize) -> usize {
        let (mut rest, mut count) = (output, 1);
        for span in self.spans.iter().rev() {
            let first = rest % span.outputs * span.stride;
            let padded = span.begin + span.length + span.end;
            count *= (0..span.taps).filter(|t| first + t * span.dilation < padded).count();
            rest /= span.outputs;
        }
        count
    }

    /// The window of a layer, if there is one: on one axis or two, with pads alike at both ends.
    pub(super) fn window(&self) -> Option<Window> {
        let axis = |span: &Span| {
            let Span { taps, stride, dilation, begin, .. } = *span;
            let axis = Axis { taps, stride, padding: begin, dilation };
            (axis.output_length(span.length) == Some(span.outputs)).then_some(axis)
        };
        let axes: Vec<Axis> = self.spans.iter().map(axis).collect::<Option<_>>()?;
        match axes[..] {
            [columns] => Some(Window { rows: None, columns }),
            [rows, columns] => Some(Window { rows: Some(rows), columns }),
            _ => None,
        }
    }

    /// Makes the padding alike at both ends of each axis, if the taps lie side by side: where the
    /// padding is longer, zeros are put in front of the filter or behind it.
    pub(super) fn evened(
        &mut self,
        node: &Node<'_>,
        weight: Vec<Rational>,
    ) -> Result<Option<Vec<Rational>>, ImportError> {
        if self.window().is_some() {
            return Ok(Some(weight));
        }
        if self.spans.iter().any(|span| span.begin != span.end && span.dilation != 1) {
            return Ok(None);
        }
        let narrow: Vec<_> = self.spans.iter().map(|span| span.taps).collect();
        let mut offsets = Vec::new();
        for span in &mut self.spans {
            let longer = span.begin.max(span.end);
            offsets.push(longer - span.begin);
            span.taps += 2 * longer - span.begin - span.end;
            [span.begin, span.end] = [longer; 2];
        }
        let wide: Vec<_> = self.spans.iter().map(|span| span.taps).collect();
        let [old, new] = [&narrow, &wide].map(|taps| super::value::product(taps));
        let filters = weight.len() / old.max(1);
        if new.saturating_mul(filters) > MAX_NUMBERS {
            return Err(too_many(&*node.place, "numbers", MAX_NUMBERS));
        }
        let mut all = vec![Rational::ZERO; new * filters];
        for (index, number) in weight.into_iter().enumerate() {
            let (mut rest, mut step, mut place) = (index % old, 1, 0);
            for ((taps, wide), offset) in narrow.iter().zip(&wide).zip(&offsets).rev() {
                place += (rest % taps + offset) * step;
                rest /= taps;
                step *= wide;
            }
            all[index / old * new + place] = number;
        }
        Ok(Some(all))
    }
}
