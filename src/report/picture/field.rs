//! A function of two variables and its approximant by level lines, and their difference by colours.

use super::Words;
use super::frame::{Area, Frame, digits, number, page, stroke, text, ticks};
use super::line::COLOURS;
use svg::node::element::{Group, Path, Rectangle};

/// Values on a grid of points, row by row from the lower end of the axis upwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    /// Points in a row; at least two, and two rows.
    pub columns: usize,
    /// The values.
    pub values: Vec<f64>,
}

/// Two panels: level lines of two functions, and their difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Heading, axes, and a line under each panel.
    pub words: Words,
    /// What is shown, from and to, along each axis.
    pub ranges: [[f64; 2]; 2],
    /// The function, then its approximant, on one grid that covers the ranges.
    pub functions: [(String, Samples); 2],
    /// A point to be marked in the panel of the difference.
    pub mark: Option<[f64; 2]>,
}

const PAPER: [f64; 2] = [940.0, 520.0];
const LEFT: Area = [72.0, 48.0, 350.0, 350.0];
const RIGHT: Area = [506.0, 48.0, 350.0, 350.0];
const BAR: Area = [870.0, 48.0, 14.0, 350.0];
/// Shades from no difference to the largest one.
const SHADES: usize = 10;

impl Samples {
    fn rows(&self) -> usize {
        self.values.len() / self.columns
    }

    fn at(&self, column: usize, row: usize) -> f64 {
        self.values[row * self.columns + column]
    }
}

impl Field {
    /// The picture as SVG.
    pub fn svg(&self) -> String {
        let [left, right] = [LEFT, RIGHT].map(|area| Frame::within(self.ranges, area));
        let [(name, f), (net_name, net)] = &self.functions;
        let (lo, hi) = ends(&f.values);
        let levels = ticks(lo, hi);
        let mut drawing = Group::new()
            .add(lines(&left, self.ranges, f, &levels, "#9ecae1", 4.0))
            .add(lines(&left, self.ranges, net, &levels, COLOURS[1], 1.2));
        let gaps: Vec<_> = f.values.iter().zip(&net.values).map(|(f, net)| f - net).collect();
        let gaps = Samples { columns: f.columns, values: gaps };
        let most = gaps.values.iter().fold(0.0, |most: f64, gap| most.max(gap.abs()));
        let most = if most > 0.0 { most } else { 1.0 };
        drawing = drawing.add(shades(&right, self.ranges, &gaps, most)).add(bar(most));
        if let Some(at) = self.mark {
            let [x, y] = right.place(at);
            for [dx, dy] in [[5.0, 5.0], [5.0, -5.0]] {
                let cross =
                    |colour, width| stroke([x - dx, y - dy], [x + dx, y + dy], colour, width);
                drawing = drawing.add(cross("#ffffff", 3.6)).add(cross("#000000", 1.4));
            }
        }
        let step = levels.windows(2).next().map_or(0.0, |pair| pair[1] - pair[0]);
        let y = LEFT[1] + LEFT[3] + 62.0;
        let key = [(name, "#9ecae1", 4.0, y), (net_name, COLOURS[1], 1.2, y + 20.0)];
        for (name, colour, width, y) in key {
            let label = format!("{name}: level lines, {} apart", number(step));
            drawing = drawing
                .add(stroke([LEFT[0], y - 4.0], [LEFT[0] + 24.0, y - 4.0], colour, width))
                .add(text([LEFT[0] + 32.0, y], &label));
        }
        for (i, line) in self.words.legend.iter().enumerate() {
            drawing = drawing.add(text([RIGHT[0], y + 20.0 * i as f64], line));
        }
        page(PAPER, &self.words.title)
            .add(drawing)
            .add(left.axes(&self.words.axes))
            .add(right.axes(&self.words.axes))
            .to_string()
    }
}

fn ends(values: &[f64]) -> (f64, f64) {
    let none = (f64::INFINITY, f64::NEG_INFINITY);
    values.iter().fold(none, |(lo, hi), v| (lo.min(*v), hi.max(*v)))
}

/// The place of a grid point, whose coordinates may lie between two.
fn spot(ranges: [[f64; 2]; 2], samples: &Samples, at: [f64; 2]) -> [f64; 2] {
    let last = [samples.columns - 1, samples.rows() - 1];
    [0, 1].map(|axis: usize| {
        let [lo, hi] = ranges[axis];
        lo + (hi - lo) * at[axis] / last[axis] as f64
    })
}

/// Level lines, straight within each of two triangles of a cell.
fn lines(
    frame: &Frame,
    ranges: [[f64; 2]; 2],
    samples: &Samples,
    levels: &[f64],
    colour: &str,
    width: f64,
) -> Path {
    let mut way = String::new();
    let cells = (1..samples.rows()).flat_map(|row| (1..samples.columns).map(move |c| (c, row)));
    for (c, r) in cells {
        let corner = |c: usize, r: usize| ([c as f64, r as f64], samples.at(c, r));
        let square = [corner(c - 1, r - 1), corner(c, r - 1), corner(c, r), corner(c - 1, r)];
        for triangle in [[0, 1, 2], [0, 2, 3]].map(|t| t.map(|i: usize| square[i])) {
            for level in levels {
                let sides = [0, 1, 2].map(|i| (triangle[i], triangle[(i + 1) % 3]));
                let met: Vec<_> =
                    sides.into_iter().filter_map(|(a, b)| cut(a, b, *level)).collect();
                let [from, to] = met[..] else { continue };
                let [from, to] = [from, to].map(|at| frame.place(spot(ranges, samples, at)));
                let [x, y, u, v] = [from[0], from[1], to[0], to[1]].map(digits);
                way += &format!("M{x},{y}L{u},{v}");
            }
        }
    }
    Path::new()
        .set("d", way)
        .set("fill", "none")
        .set("stroke", colour)
        .set("stroke-width", width)
        .set("stroke-linecap", "round")
}

/// Where a side crosses a level, if it does.
fn cut((a, p): ([f64; 2], f64), (b, q): ([f64; 2], f64), level: f64) -> Option<[f64; 2]> {
    let share = (level - p) / (q - p);
    ((p < level) != (q < level)).then(|| [0, 1].map(|i: usize| a[i] + share * (b[i] - a[i])))
}

/// Blue where a share of the largest difference is negative, red where it is positive, white at
/// zero.
pub(super) fn colour(share: f64) -> String {
    let part = share.abs();
    let strong = if share < 0.0 { [33.0, 102.0, 172.0] } else { [178.0, 24.0, 43.0] };
    let [r, g, b] = strong.map(|c| (255.0 + (c - 255.0) * part).round() as u8);
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn shade(gap: f64, most: f64) -> i32 {
    (gap / most * SHADES as f64).round() as i32
}

/// One rectangle for each run of one shade.
fn shades(frame: &Frame, ranges: [[f64; 2]; 2], gaps: &Samples, most: f64) -> Group {
    let mut group = Group::new().set("shape-rendering", "crispEdges");
    let last = [gaps.columns as f64 - 1.0, gaps.rows() as f64 - 1.0];
    for row in 0..gaps.rows() {
        let mut start = 0;
        for column in 1..=gaps.columns {
            let of = |column: usize| shade(gaps.at(column, row), most);
            if column < gaps.columns && of(column) == of(start) {
                continue;
            }
            // A sample is the middle of its rectangle, but for those at the border.
            let at = |c: f64, r: f64| {
                let inside = [c.clamp(0.0, last[0]), r.clamp(0.0, last[1])];
                frame.place(spot(ranges, gaps, inside))
            };
            let [x, bottom] = at(start as f64 - 0.5, row as f64 - 0.5);
            let [right, y] = at(column as f64 - 0.5, row as f64 + 0.5);
            // A little wider and higher, so that no paper shines through between two.
            let shape = Rectangle::new()
                .set("x", digits(x))
                .set("y", digits(y))
                .set("width", digits((right - x + 0.4).min(RIGHT[0] + RIGHT[2] - x)))
                .set("height", digits((bottom - y + 0.4).min(RIGHT[1] + RIGHT[3] - y)));
            group = group.add(shape.set("fill", colour(f64::from(of(start)) / SHADES as f64)));
            start = column;
        }
    }
    group
}

/// The scale of colours.
fn bar(most: f64) -> Group {
    let [left, top, width, height] = BAR;
    let count = 2 * SHADES as i32 + 1;
    let step = height / f64::from(count);
    let mut group = Group::new();
    for k in 0..count {
        let shape = Rectangle::new()
            .set("x", left)
            .set("y", digits(top + step * f64::from(k)))
            .set("width", width)
            .set("height", digits(step + 0.3));
        group = group.add(shape.set("fill", colour(f64::from(SHADES as i32 - k) / SHADES as f64)));
    }
    for (part, value) in [(0.0, most), (0.5, 0.0), (1.0, -most)] {
        let label = format!("{value:.1e}");
        let label = if value == 0.0 { "0".to_owned() } else { label };
        group = group.add(text([left + width + 6.0, top + 4.0 + height * part], &label));
    }
    group
}
