//! Windows: where a convolution or a pool looks, one axis at a time.

use super::shape::{MAX_TERMS, Shape, ShapeError};

/// One axis of a window: output `i` reads the inputs `i * stride + t * dilation - padding`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Axis {
    /// Samples in the window.
    pub taps: usize,
    /// Step from one output to the next, in input samples.
    pub stride: usize,
    /// Zeros added at each end of the signal.
    pub padding: usize,
    /// Step from one tap to the next, in input samples.
    pub dilation: usize,
}

impl Axis {
    /// Taps side by side, moving one sample at a time, without padding.
    pub const fn new(taps: usize) -> Self {
        Self { taps, stride: 1, padding: 0, dilation: 1 }
    }

    /// `floor((length + 2 padding - span) / stride) + 1` with `span = dilation (taps - 1) + 1`;
    /// `None` if the window does not fit, a parameter is zero, or a number overflows.
    pub fn output_length(&self, length: usize) -> Option<usize> {
        let span = self.dilation.checked_mul(self.taps.checked_sub(1)?)?.checked_add(1)?;
        let padded = self.padding.checked_mul(2)?.checked_add(length)?;
        padded.checked_sub(span)?.checked_div(self.stride)?.checked_add(1)
    }

    /// Whether every output sees the signal. Cost: a few steps if the taps cannot jump over the
    /// signal; otherwise one an output, up to the first that sees padding only.
    fn always_meets(&self, length: usize) -> bool {
        let outputs = self.output_length(length).unwrap_or(0);
        let meets = |o: usize| {
            // The first tap that is not in the padding on the left.
            let missing = self.padding.saturating_sub(o * self.stride);
            let tap = missing.div_ceil(self.dilation);
            tap < self.taps && self.source(length, o, tap).is_some()
        };
        if length >= self.dilation {
            return outputs == 0 || meets(0) && meets(outputs - 1);
        }
        (0..outputs).all(meets)
    }

    /// The input under a tap; `None` in the padding.
    fn source(&self, length: usize, output: usize, tap: usize) -> Option<usize> {
        let padded = output * self.stride + tap * self.dilation;
        padded.checked_sub(self.padding).filter(|&i| i < length)
    }
}

/// A window over the length of a line, or over the height and width of a plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// The vertical axis; `None` over a line.
    pub rows: Option<Axis>,
    /// The axis along the length of a line or the width of a plane.
    pub columns: Axis,
}

impl Window {
    /// A window over a line.
    pub const fn line(taps: usize) -> Self {
        Self { rows: None, columns: Axis::new(taps) }
    }

    /// A window over a plane.
    pub const fn plane(rows: usize, columns: usize) -> Self {
        Self { rows: Some(Axis::new(rows)), columns: Axis::new(columns) }
    }

    /// The same window with this stride on every axis.
    pub fn stride(self, stride: usize) -> Self {
        self.map(|axis| Axis { stride, ..axis })
    }

    /// The same window with this padding at every border.
    pub fn padding(self, padding: usize) -> Self {
        self.map(|axis| Axis { padding, ..axis })
    }

    /// The same window with this dilation on every axis.
    pub fn dilation(self, dilation: usize) -> Self {
        self.map(|axis| Axis { dilation, ..axis })
    }

    /// Samples in the window, at most `usize::MAX`.
    pub fn taps(&self) -> usize {
        self.axes().iter().fold(1, |taps, axis| taps.saturating_mul(axis.taps))
    }

    fn map(self, f: impl Fn(Axis) -> Axis) -> Self {
        Self { rows: self.rows.map(&f), columns: f(self.columns) }
    }

    fn axes(&self) -> [Axis; 2] {
        [self.rows.unwrap_or(Axis::new(1)), self.columns]
    }

    /// The plane of outputs over `input`, where `layer` is the place to name in an error.
    pub(super) fn output(&self, layer: usize, input: Shape) -> Result<[usize; 2], ShapeError> {
        let expected = match (self.rows, input) {
            (None, Shape::Line(_)) | (Some(_), Shape::Plane(_)) => None,
            (None, _) => Some("a line [channels, length]"),
            (Some(_), _) => Some("a plane [channels, height, width]"),
        };
        if let Some(expected) = expected {
            return Err(ShapeError::Kind { layer, expected, found: input });
        }
        let mut lengths = [0; 2];
        for ((axis, length), output) in self.axes().iter().zip(input.plane()).zip(&mut lengths) {
            let counts = [(axis.taps, "tap"), (axis.stride, "stride"), (axis.dilation, "dilation")];
            if let Some(&(_, what)) = counts.iter().find(|(count, _)| *count == 0) {
                return Err(ShapeError::Zero { layer, what });
            }
            *output =
                axis.output_length(length).ok_or(ShapeError::Window { layer, found: input })?;
        }
        // Every channel is read at least once at every position.
        let counts = [lengths[0], lengths[1], input.channels()];
        let terms = counts.iter().fold(self.taps(), |terms, &n| terms.saturating_mul(n));
        if terms > MAX_TERMS {
            return Err(ShapeError::TooManyTerms { layer, found: terms });
        }
        Ok(lengths)
    }

    /// Whether every output sees at least one sample of the signal, on signals that fit.
    pub(super) fn always_meets(&self, input: Shape) -> bool {
        self.axes().iter().zip(input.plane()).all(|(axis, length)| axis.always_meets(length))
    }

    /// Calls `f(output, input, tap)` for every output and tap in row-major order, padding left out;
    /// positions count inside one channel. The signal must fit the window.
    pub(super) fn for_each_tap(&self, input: Shape, mut f: impl FnMut(usize, usize, usize)) {
        let [rows, columns] = self.axes();
        let [height, width] = input.plane();
        let fits = "the network was checked";
        let [out_height, out_width] =
            [(rows, height), (columns, width)].map(|(axis, n)| axis.output_length(n).expect(fits));
        for output in 0..out_height * out_width {
            for r in 0..rows.taps {
                let Some(i) = rows.source(height, output / out_width, r) else { continue };
                for c in 0..columns.taps {
                    let Some(j) = columns.source(width, output % out_width, c) else { continue };
                    f(output, i * width + j, r * columns.taps + c);
                }
            }
        }
    }
}

#[cfg(test)]
#[path = "../../../tests/core/net/window.rs"]
mod tests;
