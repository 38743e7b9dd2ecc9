//! The regions of a plane slice.

use super::frame::{Frame, colour, corners, mark};
use super::{Mark, Words};
use svg::node::element::{self, Group};

/// A region, or a piece of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Polygon {
    /// Its corners, in order around it.
    pub vertices: Vec<[f64; 2]>,
    /// Polygons of one class have one colour.
    pub class: usize,
}

/// A picture of a plane slice.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// Heading, axes, legend; without one there is no heading either.
    pub words: Words,
    /// What is shown of the slice: from and to, along each axis.
    pub ranges: [[f64; 2]; 2],
    /// The regions, which do not overlap.
    pub polygons: Vec<Polygon>,
    /// The points that are named.
    pub marks: Vec<Mark>,
}

impl Plane {
    /// The picture as SVG.
    pub fn svg(&self) -> String {
        let frame = Frame::new(self.ranges);
        let mut drawing = Group::new()
            .set("stroke", "#ffffff")
            .set("stroke-width", 0.6)
            .set("stroke-linejoin", "round");
        for polygon in &self.polygons {
            let points = polygon.vertices.iter().map(|vertex| frame.place(*vertex));
            let shape = element::Polygon::new().set("points", corners(points));
            drawing = drawing.add(shape.set("fill", colour(polygon.class)));
        }
        let marks = self.marks.iter().fold(Group::new(), |marks, Mark { at, label }| {
            marks.add(mark(frame.place(*at), label))
        });
        let drawing = Group::new().add(drawing).add(marks);
        match self.words.legend.is_empty() {
            true => frame.small(&self.words, drawing).to_string(),
            false => frame.document(&self.words, drawing).to_string(),
        }
    }
}
