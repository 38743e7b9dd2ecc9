//! Numbers over numbers: curves and points in a frame whose axes may be logarithmic.

use super::Words;
use super::frame::{Frame, Scale, corners, digits, stroke, text};
use svg::node::element::{Circle, Group, Polygon, Polyline};

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pen {
    /// A line through the points.
    Solid,
    /// A dashed line through the points.
    Dashed,
    /// A line through the points, each with a dot.
    Dotted,
    /// The points alone.
    Points,
    /// The points alone, small and grey: data behind curves.
    Specks,
    /// A ring around each point.
    Rings,
    /// Nothing of its own: the key of the zones.
    Zone,
}

/// A series of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub label: String,
    /// The points from left to right; along a logarithmic axis the logarithm.
    pub points: Vec<[f64; 2]>,
    /// How it is drawn.
    pub pen: Pen,
}

/// A picture of series.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Heading, axes, legend.
    pub words: Words,
    /// What is shown along either axis; of a logarithmic one, logarithms.
    pub ranges: [[f64; 2]; 2],
    /// The base of either axis, if it is logarithmic.
    pub bases: [Option<u32>; 2],
    /// Areas below everything else.
    pub zones: Vec<Vec<[f64; 2]>>,
    /// The series, the first one over the others.
    pub series: Vec<Series>,
}

/// Dark enough on white, distinct to colour-blind eyes too.
const COLOURS: [&str; 6] = ["#0072b2", "#d55e00", "#009e73", "#4d4d4d", "#cc79a7", "#a6761d"];
const GRID: &str = "#e4e4e4";
const ZONE: &str = "#fbdcae";
const GREY: &str = "#8c8c8c";

impl Chart {
    /// The picture as SVG.
    pub fn svg(&self) -> String {
        let scales = self.bases.map(|base| base.map_or(Scale::Linear, Scale::Powers));
        let frame = Frame::new(self.ranges).scaled(scales);
        let mut drawing = Group::new();
        for axis in 0..2 {
            for tick in frame.ticks(axis) {
                let end = |end: usize| {
                    let mut point = [self.ranges[0][end], self.ranges[1][end]];
                    point[axis] = tick;
                    frame.place(point)
                };
                drawing = drawing.add(stroke(end(0), end(1), GRID, 0.8));
            }
        }
        for zone in &self.zones {
            let places = corners(zone.iter().map(|point| frame.place(*point)));
            let area = Polygon::new().set("points", places).set("fill", ZONE);
            // A hairline, so that thin areas are seen and neighbours close up.
            drawing = drawing.add(area.set("stroke", ZONE).set("stroke-width", 0.8));
        }
        for (i, series) in self.series.iter().enumerate().rev() {
            drawing = drawing.add(series.drawn(&frame, series.colour(i)));
        }
        for (i, series) in self.series.iter().enumerate() {
            let y = 60.0 + 20.0 * (self.words.legend.len() + i) as f64;
            let sample = [[548.0, y - 4.0], [574.0, y - 4.0]];
            let colour = series.colour(i);
            let key = series.lines(&sample, colour).add(series.dots(&[[561.0, y - 4.0]], colour));
            drawing = drawing.add(key).add(text([582.0, y], &series.label));
        }
        frame.document(&self.words, drawing).to_string()
    }
}

impl Series {
    /// That of the series at this place.
    fn colour(&self, place: usize) -> &'static str {
        match self.pen {
            Pen::Specks => GREY,
            Pen::Zone => ZONE,
            _ => COLOURS[place % COLOURS.len()],
        }
    }

    fn drawn(&self, frame: &Frame, colour: &str) -> Group {
        let places: Vec<_> = self.points.iter().map(|point| frame.place(*point)).collect();
        self.lines(&places, colour).add(self.dots(&places, colour))
    }

    /// The line through places on the paper, if the pen draws one.
    fn lines(&self, places: &[[f64; 2]], colour: &str) -> Group {
        let dashes = match self.pen {
            Pen::Points | Pen::Specks | Pen::Rings => return Group::new(),
            Pen::Zone => {
                let up = places.iter().map(|[x, y]| [*x, y - 5.0]);
                let down = places.iter().rev().map(|[x, y]| [*x, y + 5.0]);
                let area = Polygon::new().set("points", corners(up.chain(down)));
                return Group::new().add(area.set("fill", colour));
            }
            Pen::Dashed => "6 4",
            Pen::Solid | Pen::Dotted => "none",
        };
        let line = Polyline::new().set("points", corners(places.iter().copied()));
        let line = line.set("fill", "none").set("stroke", colour).set("stroke-width", 1.8);
        Group::new().add(line.set("stroke-dasharray", dashes))
    }

    /// The dots at places on the paper, if the pen draws them.
    fn dots(&self, places: &[[f64; 2]], colour: &str) -> Group {
        let radius = match self.pen {
            Pen::Solid | Pen::Dashed | Pen::Zone => return Group::new(),
            Pen::Rings => 7.0,
            Pen::Dotted => 3.0,
            Pen::Points => 4.5,
            Pen::Specks => 2.4,
        };
        let dot = |[x, y]: &[f64; 2]| {
            let circle = Circle::new().set("cx", digits(*x)).set("cy", digits(*y));
            let circle = circle.set("r", radius);
            match self.pen {
                Pen::Rings => circle.set("fill", "none").set("stroke", colour),
                _ => circle.set("fill", colour).set("stroke", "#ffffff"),
            }
        };
        places.iter().map(dot).fold(Group::new(), Group::add)
    }
}
