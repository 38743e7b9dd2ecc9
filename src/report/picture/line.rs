//! What a network reads out along a line slice.

use super::frame::{Frame, corners, mark, stroke, text};
use super::{Mark, Words};
use svg::node::element::{Group, Polyline};

/// One read-out along the line, a graph with corners.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Its name in the legend.
    pub label: String,
    /// The corners from left to right: the place, and the value there.
    pub points: Vec<[f64; 2]>,
}

/// A picture of a line slice.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Heading, axes, legend; of one graph without one there is no heading either.
    pub words: Words,
    /// What is shown of the line: from and to.
    pub range: [f64; 2],
    /// The read-outs.
    pub curves: Vec<Curve>,
    /// The ends of regions.
    pub breakpoints: Vec<f64>,
    /// The points that are named.
    pub marks: Vec<Mark>,
}

/// Colours of lines: dark enough for a thin one on white, distinct to colour-blind eyes too.
pub(super) const COLOURS: [&str; 8] =
    ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56798f", "#a6761d", "#5e3c99", "#4d4d4d"];

impl Line {
    /// Whether there is nothing to say beside the plot.
    fn is_small(&self) -> bool {
        self.words.legend.is_empty() && self.curves.len() < 2
    }

    /// The picture as SVG.
    pub fn svg(&self) -> String {
        let values = self.curves.iter().flat_map(|curve| curve.points.iter().map(|point| point[1]));
        let [lo, hi] = values.fold([f64::INFINITY, f64::NEG_INFINITY], |[lo, hi], value| {
            [lo.min(value), hi.max(value)]
        });
        let [lo, hi] = if lo <= hi { [lo, hi] } else { [0.0, 1.0] };
        let margin = (hi - lo) / 20.0;
        let [bottom, top] = [lo - margin, hi + margin];
        let frame = Frame::new([self.range, [bottom, top]]);
        let mut drawing = Group::new();
        for place in &self.breakpoints {
            let ends = [bottom, top].map(|value| frame.place([*place, value]));
            drawing = drawing.add(stroke(ends[0], ends[1], "#d0d0d0", 0.6));
        }
        let key = |i: usize| 60.0 + 18.0 * (self.words.legend.len() + 1 + i) as f64;
        for (i, curve) in self.curves.iter().enumerate() {
            let colour = COLOURS[i % COLOURS.len()];
            let points = corners(curve.points.iter().map(|point| frame.place(*point)));
            let graph = Polyline::new().set("points", points).set("fill", "none");
            // A second round of the colours is dashed.
            let dashes = if i < COLOURS.len() { "none" } else { "5 3" };
            let sample = stroke([548.0, key(i) - 4.0], [572.0, key(i) - 4.0], colour, 1.6);
            let graph = graph.set("stroke", colour).set("stroke-width", 1.6);
            drawing = drawing.add(graph.set("stroke-dasharray", dashes));
            if self.is_small() {
                continue;
            }
            drawing = drawing
                .add(sample.set("stroke-dasharray", dashes))
                .add(text([580.0, key(i)], &curve.label));
        }
        for Mark { at, label } in &self.marks {
            drawing = drawing.add(mark(frame.place([at[0], bottom]), label));
        }
        match self.is_small() {
            true => frame.small(&self.words, drawing).to_string(),
            false => frame.document(&self.words, drawing).to_string(),
        }
    }
}
