//! A function of one variable beside its approximant, and their difference below.

use super::frame::{Frame, corners, page, stroke, text};
use super::line::COLOURS;
use super::{Curve, Words};
use svg::node::element::{Group, Polyline};

/// Two panels over one axis: graphs above, their difference below.
#[derive(Clone, Debug, PartialEq)]
pub struct Graphs {
    /// Heading, axis to the right and upwards, legend.
    pub words: Words,
    /// What is shown of the axis.
    pub range: [f64; 2],
    /// The graphs.
    pub curves: Vec<Curve>,
    /// The difference.
    pub difference: Curve,
    /// Bounds that are drawn on both sides of zero: dashed, with their names.
    pub levels: Vec<(f64, String)>,
    /// The ends of regions.
    pub breakpoints: Vec<f64>,
}

const PAPER: [f64; 2] = [760.0, 560.0];
const ABOVE: [f64; 4] = [72.0, 48.0, 456.0, 276.0];
const BELOW: [f64; 4] = [72.0, 356.0, 456.0, 148.0];

impl Graphs {
    /// The picture as SVG.
    pub fn svg(&self) -> String {
        let values = self.curves.iter().flat_map(|curve| curve.points.iter().map(|p| p[1]));
        let above = Frame::within([self.range, around(values)], ABOVE);
        let levels = self.levels.iter().flat_map(|(level, _)| [-level, *level]);
        let errors = self.difference.points.iter().map(|p| p[1]).chain(levels);
        let ends = around(errors.chain([0.0]));
        let below = Frame::within([self.range, ends], BELOW);
        let mut drawing = Group::new();
        for place in &self.breakpoints {
            for (frame, area) in [(&above, ABOVE), (&below, BELOW)] {
                let x = frame.place([*place, 0.0])[0];
                let line = stroke([x, area[1]], [x, area[1] + area[3]], "#dddddd", 0.6);
                drawing = drawing.add(line);
            }
        }
        let ink = "#222222";
        let [from, to] = self.range.map(|x| below.place([x, 0.0]));
        drawing = drawing.add(stroke(from, to, "#999999", 0.8));
        for (i, curve) in self.curves.iter().enumerate() {
            // The first one is broad and pale, so that both are seen where they agree.
            let (colour, width) = if i == 0 { ("#9ecae1", 4.0) } else { (COLOURS[i], 1.4) };
            drawing = drawing.add(graph(&above, curve, colour, width));
            drawing = self.key(drawing, i, &curve.label, colour, width);
        }
        let count = self.curves.len();
        drawing = drawing.add(graph(&below, &self.difference, COLOURS[0], 1.4));
        drawing = self.key(drawing, count, &self.difference.label, COLOURS[0], 1.4);
        for (i, (level, label)) in self.levels.iter().enumerate() {
            let dashes = if i == 0 { "6 3" } else { "2 3" };
            for sign in [-1.0, 1.0] {
                let [from, to] = self.range.map(|x| below.place([x, sign * level]));
                drawing = drawing.add(stroke(from, to, ink, 1.0).set("stroke-dasharray", dashes));
            }
            let y = self.row(count + 1 + i);
            let sample = stroke([548.0, y - 4.0], [572.0, y - 4.0], ink, 1.0);
            drawing =
                drawing.add(sample.set("stroke-dasharray", dashes)).add(text([580.0, y], label));
        }
        let [right, up] = &self.words.axes;
        let above = above.axes(&[String::new(), up.clone()]);
        let below = below.axes(&[right.clone(), self.difference.label.clone()]);
        let page = page(PAPER, &self.words.title).add(drawing).add(above).add(below);
        let lines = self.words.legend.iter().enumerate();
        let page = lines
            .fold(page, |page, (i, line)| page.add(text([548.0, 60.0 + 18.0 * i as f64], line)));
        page.to_string()
    }

    /// The height of a line of the key.
    fn row(&self, i: usize) -> f64 {
        60.0 + 18.0 * (self.words.legend.len() + 1 + i) as f64
    }

    fn key(&self, drawing: Group, i: usize, label: &str, colour: &str, width: f64) -> Group {
        let y = self.row(i);
        let sample = stroke([548.0, y - 4.0], [572.0, y - 4.0], colour, width);
        drawing.add(sample).add(text([580.0, y], label))
    }
}

fn graph(frame: &Frame, curve: &Curve, colour: &str, width: f64) -> Polyline {
    Polyline::new()
        .set("points", corners(curve.points.iter().map(|point| frame.place(*point))))
        .set("fill", "none")
        .set("stroke", colour)
        .set("stroke-width", width)
        .set("stroke-linejoin", "round")
}

/// The range of some values, and a margin.
fn around(values: impl Iterator<Item = f64>) -> [f64; 2] {
    let none = [f64::INFINITY, f64::NEG_INFINITY];
    let [lo, hi] = values.fold(none, |[lo, hi], value| [lo.min(value), hi.max(value)]);
    let margin = if lo < hi { (hi - lo) / 16.0 } else { 0.5 };
    if lo <= hi { [lo - margin, hi + margin] } else { [0.0, 1.0] }
}
