//! Images side by side, pixel by pixel.

use super::frame::{label, page, text};
use super::line::COLOURS;
use svg::node::element::{Group, Rectangle};

/// One image.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// What stands under it.
    pub label: String,
    /// The values, row by row from the top, channel below channel.
    pub values: Vec<f64>,
    /// What stands on the pixels, one by one; nothing if it is empty.
    pub entries: Vec<String>,
    /// Whether values are changes: blue below zero and red above it, the largest one in full.
    pub is_change: bool,
}

/// Images of one size, from left to right. Values that are no changes are grey, from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Images {
    /// The heading.
    pub title: String,
    /// Pixels in a row, at least one.
    pub columns: usize,
    /// The images, at least one.
    pub images: Vec<Image>,
}

const SIDE: f64 = 240.0;
const GAP: f64 = 40.0;
const TOP: f64 = 48.0;

impl Images {
    /// The picture as SVG.
    pub fn svg(&self) -> String {
        let pixel = SIDE / self.columns as f64;
        let rows = self.images[0].values.len() / self.columns;
        let height = TOP + pixel * rows as f64;
        let width = 72.0 + (SIDE + GAP) * self.images.len() as f64;
        let mut paper = page([width, height + 50.0], &self.title);
        if self.images.iter().any(|image| !image.entries.is_empty()) {
            paper = paper.set("font-size", 20);
        }
        for (i, image) in self.images.iter().enumerate() {
            let left = 72.0 + (SIDE + GAP) * i as f64;
            let border = square([left, TOP], [SIDE, height - TOP]);
            let border = border.set("fill", "none").set("stroke", COLOURS[0]);
            paper = paper
                .add(image.pixels(self.columns, left, pixel))
                .add(border.set("stroke-width", 0.5))
                .add(text([left, height + 26.0], &image.label));
        }
        paper.to_string()
    }
}

impl Image {
    fn pixels(&self, columns: usize, left: f64, pixel: f64) -> Group {
        let most = self.values.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        let most = if most > 0.0 { most } else { 1.0 };
        let mut group = Group::new().set("shape-rendering", "crispEdges");
        for (place, value) in self.values.iter().enumerate() {
            let (row, column) = (place / columns, place % columns);
            let at = [left + pixel * column as f64, TOP + pixel * row as f64];
            let fill = match self.is_change {
                true => super::field::colour(value / most),
                false => {
                    let grey = (255.0 * value.clamp(0.0, 1.0)).round() as u8;
                    format!("#{grey:02x}{grey:02x}{grey:02x}")
                }
            };
            group = group.add(square(at, [pixel, pixel]).set("fill", fill));
            if let Some(entry) = self.entries.get(place) {
                group = group.add(label([at[0] + pixel / 2.0, at[1] + pixel / 2.0 + 10.0], entry));
            }
        }
        group
    }
}

fn square([x, y]: [f64; 2], [width, height]: [f64; 2]) -> Rectangle {
    Rectangle::new().set("x", x).set("y", y).set("width", width).set("height", height)
}
