//! The frame of a picture: from coordinates to paper, axes with round numbers, legend, colours.

use super::Words;
use svg::Document;
use svg::node::element::{Circle, Group, Line, Rectangle, Text};

/// The paper and the plot on it: left, top, width, height.
const PAPER: [f64; 2] = [760.0, 560.0];
const PLOT: Area = [72.0, 48.0, 456.0, 456.0];
/// The part of the paper that a picture without heading and legend needs, and its larger letters.
const NARROW: Area = [0.0, 32.0, 544.0, 524.0];
const LARGE: u32 = 15;
const INK: &str = "#222222";

/// A rectangle of the paper: left, top, width, height.
pub(super) type Area = [f64; 4];

/// The ranges of both axes, each with a positive length, how they are labelled, and where they lie
/// on the paper.
pub(super) struct Frame {
    ranges: [[f64; 2]; 2],
    area: Area,
    scales: [Scale; 2],
}

/// How the places along an axis are labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// With themselves.
    Linear,
    /// With this base to their power.
    Powers(u32),
}

impl Frame {
    /// The frame of these ranges, which are finite; one without a length is widened, to one or to
    /// what doubles of that size can tell apart.
    pub(super) fn new(ranges: [[f64; 2]; 2]) -> Self {
        Self::within(ranges, PLOT)
    }

    /// The same in a part of the paper.
    pub(super) fn within(ranges: [[f64; 2]; 2], area: Area) -> Self {
        let wide = |[lo, hi]: [f64; 2]| match lo < hi {
            true => [lo, hi],
            false => {
                let half = (lo.abs() / 1024.0).max(0.5);
                [lo - half, lo + half]
            }
        };
        Self { ranges: ranges.map(wide), area, scales: [Scale::Linear; 2] }
    }

    /// The same frame with other labels.
    pub(super) fn scaled(self, scales: [Scale; 2]) -> Self {
        Self { scales, ..self }
    }

    /// The places along an axis that are labelled.
    pub(super) fn ticks(&self, axis: usize) -> Vec<f64> {
        let [lo, hi] = self.ranges[axis];
        let ticks = ticks(lo, hi);
        match self.scales[axis] {
            Scale::Linear => ticks,
            // Between whole powers there is nothing round.
            Scale::Powers(_) => ticks.into_iter().filter(|tick| tick.fract() == 0.0).collect(),
        }
    }

    /// Where a point is on the paper.
    pub(super) fn place(&self, point: [f64; 2]) -> [f64; 2] {
        let [left, top, width, height] = self.area;
        let part = |axis: usize| {
            let [lo, hi] = self.ranges[axis];
            (point[axis] - lo) / (hi - lo)
        };
        [left + width * part(0), top + height * (1.0 - part(1))]
    }

    /// The paper with the heading, the drawing, and axes and legend over it.
    pub(super) fn document(&self, words: &Words, drawing: Group) -> Document {
        let [left, top, width, _] = self.area;
        let page = page(PAPER, &words.title).add(drawing).add(self.axes(&words.axes));
        words.legend.iter().enumerate().fold(page, |page, (i, line)| {
            page.add(text([left + width + 20.0, top + 12.0 + 18.0 * i as f64], line))
        })
    }

    /// The same on less paper, with larger letters, without heading and legend.
    pub(super) fn small(&self, words: &Words, drawing: Group) -> Document {
        let [left, top, width, height] = NARROW;
        let page = page([width, top + height], "").set("font-size", LARGE);
        let page = page.set("viewBox", format!("{left} {top} {width} {height}"));
        let page = page.set("height", height);
        page.add(drawing).add(self.axes(&words.axes))
    }

    /// The border, and both axes with their names.
    pub(super) fn axes(&self, names: &[String; 2]) -> Group {
        let [left, top, width, height] = self.area;
        let border = Rectangle::new()
            .set("x", left)
            .set("y", top)
            .set("width", width)
            .set("height", height)
            .set("fill", "none")
            .set("stroke", INK)
            .set("stroke-width", 1);
        Group::new().add(border).add(self.axis(0, &names[0])).add(self.axis(1, &names[1]))
    }

    /// Ticks at round numbers, their labels, and the name of the axis.
    fn axis(&self, axis: usize, name: &str) -> Group {
        let [left, top, width, height] = self.area;
        let (bottom, middle) = (top + height, top + height / 2.0);
        let mut group = Group::new();
        for tick in self.ticks(axis) {
            let mut point = [self.ranges[0][0], self.ranges[1][0]];
            point[axis] = tick;
            let [x, y] = self.place(point);
            let (to, label, anchor) = match axis {
                0 => ([x, y + 5.0], [x, y + 19.0], "middle"),
                _ => ([x - 5.0, y], [x - 9.0, y + 4.0], "end"),
            };
            group = group
                .add(stroke([x, y], to, INK, 1.0))
                .add(text(label, &self.scales[axis].label(tick)).set("text-anchor", anchor));
        }
        let name = match axis {
            0 => text([left + width / 2.0, bottom + 38.0], name),
            _ => {
                let beside = left - 54.0;
                let turned = format!("rotate(-90 {beside} {middle})");
                text([beside, middle], name).set("transform", turned)
            }
        };
        group.add(name.set("text-anchor", "middle"))
    }
}

impl Scale {
    fn label(self, tick: f64) -> String {
        match self {
            Self::Linear => number(tick),
            Self::Powers(base) => number(tick).chars().fold(base.to_string(), |mut text, c| {
                text.push(superscript(c));
                text
            }),
        }
    }
}

fn superscript(c: char) -> char {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match c.to_digit(10) {
        Some(digit) => digits[digit as usize],
        None => '⁻',
    }
}

/// Empty paper with a heading.
pub(super) fn page([width, height]: [f64; 2], title: &str) -> Document {
    Document::new()
        .set("viewBox", format!("0 0 {width} {height}"))
        .set("width", width)
        .set("height", height)
        .set("font-family", "Helvetica, Arial, sans-serif")
        .set("font-size", 12)
        .set("fill", INK)
        .add(Rectangle::new().set("width", width).set("height", height).set("fill", "#ffffff"))
        .add(text([PLOT[0], PLOT[1] - 18.0], title).set("font-size", 15))
}

/// A straight stroke on the paper.
pub(super) fn stroke(from: [f64; 2], to: [f64; 2], colour: &str, width: f64) -> Line {
    Line::new()
        .set("x1", digits(from[0]))
        .set("y1", digits(from[1]))
        .set("x2", digits(to[0]))
        .set("y2", digits(to[1]))
        .set("stroke", colour)
        .set("stroke-width", width)
}

/// A line of words that begins here.
pub(super) fn text([x, y]: [f64; 2], content: &str) -> Text {
    Text::new(content).set("x", digits(x)).set("y", digits(y))
}

/// A dot with a label that can be read on any colour.
pub(super) fn mark([x, y]: [f64; 2], label: &str) -> Group {
    let dot = Circle::new().set("cx", digits(x)).set("cy", digits(y)).set("r", 3.5);
    let words = || text([x + 7.0, y - 7.0], label);
    // Pale letters behind the dark ones: not every viewer knows the order of painting.
    Group::new()
        .add(dot.set("stroke", "#ffffff").set("stroke-width", 1.2))
        .add(words().set("stroke", "#ffffff").set("stroke-width", 3))
        .add(words())
}

/// Large letters around a place, which can be read on any colour.
pub(super) fn label(place: [f64; 2], content: &str) -> Group {
    let words = || text(place, content).set("text-anchor", "middle").set("font-size", 28);
    let pale = words().set("stroke", "#ffffff").set("stroke-width", 6);
    Group::new().add(pale.set("stroke-linejoin", "round")).add(words())
}

/// The corners of a polygon or polyline as SVG lists them.
pub(super) fn corners(points: impl IntoIterator<Item = [f64; 2]>) -> String {
    let pair = |[x, y]: [f64; 2]| format!("{},{}", digits(x), digits(y));
    points.into_iter().map(pair).collect::<Vec<_>>().join(" ")
}

/// A position to a hundredth of a unit, which no printer resolves.
pub(super) fn digits(position: f64) -> String {
    let text = format!("{position:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A muted colour. Consecutive classes lie a golden section apart on the circle of hues, so that no
/// two of the first dozens look alike, and differ in lightness.
pub(super) fn colour(class: usize) -> String {
    let hue = (class as f64 * 0.618_033_988_75 + 0.58).fract() * 6.0;
    let (light, strength) = ([0.78, 0.70, 0.85][class % 3], 0.11);
    let channel = |offset: f64| {
        let around = (hue + offset) % 6.0;
        let ramp = (around - 3.0).abs() - 1.0;
        let value = light + strength * (2.0 * ramp.clamp(0.0, 1.0) - 1.0);
        (value * 255.0).round() as u8
    };
    format!("#{:02x}{:02x}{:02x}", channel(0.0), channel(4.0), channel(2.0))
}

/// Round numbers from `lo` to `hi`, three to eight of them.
pub(super) fn ticks(lo: f64, hi: f64) -> Vec<f64> {
    let power = 10f64.powf(((hi - lo) / 5.0).log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().find(|m| m * power * 7.0 >= hi - lo);
    let step = step.unwrap_or(10.0) * power;
    let first = (lo / step - 1e-9).ceil();
    (0..20).map(|k| (first + f64::from(k)) * step).take_while(|t| *t <= hi + step * 1e-9).collect()
}

/// A tick as it is written, without a tail of rounding: three digits after the first of what is
/// very small, five of what is small.
pub fn number(tick: f64) -> String {
    let is_tiny = tick != 0.0 && tick.abs() < 1e-6;
    let (text, power) = match is_tiny {
        true => {
            let text = format!("{tick:.3e}");
            let (text, power) = text.split_once('e').expect("a number is written with its power");
            (text.to_owned(), format!("e{power}"))
        }
        // Of zero the logarithm is infinite, which asks for all twelve places.
        false => {
            let places = (4.0 - tick.abs().log10().floor()).clamp(0.0, 12.0) as usize;
            (format!("{tick:.places$}"), String::new())
        }
    };
    if !text.contains('.') {
        return text + &power;
    }
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() + &power }
}
