//! The command `plot`: the cells of a plane, or the outputs along a line.

use super::count::words;
use super::domain_args::{Area, Place, Placed};
use super::error::CliError;
use super::files;
use crate::engines::complex::Complex;
use crate::exact::Rational;
use crate::exact::float::nearest;
use crate::format::file::NetworkFile;
use crate::net::regions::{Cells, Domain, Notion};
use crate::net::{InputBox, Network};
use crate::properties::volume::around;
use crate::properties::{self, Outline};
use crate::report::picture::{Curve, Line, Mark, Plane, Polygon, Words};
use crate::report::plural;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Arguments of `plot`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The network, and what of it is drawn
    #[command(flatten)]
    pub place: Place,
    /// Draw the network beside this function of its inputs, and the difference
    #[arg(long = "f", value_name = "EXPR", allow_hyphen_values = true, conflicts_with = "slice")]
    pub function: Option<String>,
    /// The picture to write
    #[arg(long, value_name = "FILE.svg")]
    pub out: PathBuf,
}

/// The most regions in a picture.
const MOST: usize = 100_000;
/// The most outputs drawn along a line.
const CURVES: usize = 16;

/// Draws what the command line names; what was drawn, in words.
pub fn plot(args: &Args) -> Result<String, CliError> {
    let refused = |what: String| CliError::file(&args.place.source.network, what);
    let Placed { file, mut area, .. } = args.place.read()?;
    if area.dimension > 2 {
        return Err(refused(format!(
            "a picture has 1 or 2 dimensions, found {}; --slice takes the line or the plane \
             through 2 or 3 points",
            area.dimension
        )));
    }
    let sides = area.sides.get_or_insert_with(|| usual(area.slice.is_some(), area.dimension));
    let sides = window(sides).map_err(refused)?;
    let outline = outline(&file.network, &sides, &args.place.source.network)?;
    let svg = svg(&file, &area, &outline).map_err(refused)?;
    files::write(&args.out, &svg)?;
    let (out, counts) = (args.out.display(), counts(&outline.complex).join(", "));
    Ok(format!("{out}: {counts} in {area}\n"))
}

/// The picture of a network of one or two inputs. Errors: values that cannot be drawn.
fn svg(file: &NetworkFile, area: &Area, outline: &Outline) -> Result<String, String> {
    Ok(match area.dimension {
        1 => line(file, area, outline)?.svg(),
        _ => plane(file, area, outline).svg(),
    })
}

/// The same small, without a heading and, but for several outputs, without a legend.
#[cfg(feature = "site")]
pub fn small(file: &NetworkFile, area: &Area, outline: &Outline) -> Result<String, String> {
    Ok(match area.dimension {
        1 => {
            let mut line = line(file, area, outline)?;
            line.words.title.clear();
            line.words.legend.clear();
            line.svg()
        }
        _ => {
            let mut plane = plane(file, area, outline);
            plane.words.title.clear();
            plane.words.legend.clear();
            plane.svg()
        }
    })
}

/// The box that a picture shows. Errors: one that cannot be drawn.
pub fn window(sides: &[[Rational; 2]]) -> Result<InputBox, String> {
    sides.iter().try_for_each(|[lo, hi]| drawable([lo, hi], "coordinates"))?;
    let end = |end: usize| sides.iter().map(|side| side[end].clone()).collect();
    Ok(InputBox::new(end(0), end(1)).expect("the ends were read in order"))
}

/// Refuses what cannot be drawn with doubles: numbers beyond them, and a window so narrow that its
/// ends, or its middle, are one double.
pub fn drawable([lo, hi]: [&Rational; 2], what: &str) -> Result<(), String> {
    let most = Rational::integer(2).pow(1000);
    let size = lo.abs().max(hi.abs());
    refuse_if!(size > most, "{what} beyond 2^1000 in absolute value cannot be drawn");
    let width = hi - lo;
    let least = (&size * Rational::integer(2).pow(-40)).max(most.recip());
    // One value alone is a level line.
    if width.is_zero() || width >= least {
        return Ok(());
    }
    Err(format!(
        "{what} that differ by less than 2^-1000, or by less than 2^-40 of their size, cannot be \
         drawn"
    ))
}

/// The regions of a network on a box, read from this file.
pub fn outline(network: &Network, sides: &InputBox, path: &Path) -> Result<Outline, CliError> {
    let what = format!("more than {MOST} regions; choose a smaller --box");
    let domain = Domain::Box(sides.clone());
    properties::outline(&Cells::new(network, &domain), MOST)
        .ok_or_else(|| CliError::file(path, what))
}

/// What is shown unless something else is asked: the points of a slice and half as much around
/// them, or the numbers up to one.
pub fn usual(is_slice: bool, dimension: usize) -> Vec<[Rational; 2]> {
    let side = match is_slice {
        true => [Rational::new(-1, 2), Rational::new(3, 2)],
        false => [-Rational::ONE, Rational::ONE],
    };
    vec![side; dimension]
}

fn counts(complex: &Complex<usize>) -> Vec<String> {
    let count = |notion: Notion, count: usize| {
        format!("{count} {} ({})", words(notion, count as u64), notion.name())
    };
    vec![
        count(Notion::R2, complex.cells.len()),
        count(Notion::R4, complex.affine_regions()),
        count(Notion::R6, complex.affine_maps()),
    ]
}

/// Title, axes and legend.
fn labels(file: &NetworkFile, area: &Area, complex: &Complex<usize>) -> Words {
    let axis = |i: usize| match &area.slice {
        Some(names) => names.get(i + 1).map(|name| format!("from {} to {name}", names[0])),
        None => Some(format!("x{i}")),
    };
    // What the heading of a picture has room for; the ends of the box stand at the axes.
    let legend = vec![
        format!("R2: {}", plural(complex.cells.len(), "activation region")),
        format!("R4: {}", plural(complex.affine_regions(), "affine region")),
        format!("R6: {}", plural(complex.affine_maps(), "affine map")),
        "counted inside of the frame".to_owned(),
    ];
    Words {
        title: file.name.clone(),
        axes: [axis(0).unwrap_or_default(), axis(1).unwrap_or_default()],
        legend,
    }
}

/// The points that span the slice, where they can be seen.
fn marks(area: &Area) -> Vec<Mark> {
    let names = area.slice.iter().flatten().enumerate();
    let at = |i: usize, axis: usize| Rational::from(i64::from(i == axis + 1));
    let sides = area.sides.as_deref().unwrap_or_default();
    let inside = |i: usize| {
        sides.iter().enumerate().all(|(axis, [lo, hi])| {
            let x = at(i, axis);
            *lo <= x && x <= *hi
        })
    };
    names
        .filter(|(i, _)| inside(*i))
        .map(|(i, name)| Mark { at: [0, 1].map(|k| nearest(&at(i, k))), label: name.clone() })
        .collect()
}

fn plane(file: &NetworkFile, area: &Area, outline: &Outline) -> Plane {
    let sides = area.sides.as_deref().unwrap_or_default();
    let mut words = labels(file, area, &outline.complex);
    words.legend.push("one colour: one affine region,".to_owned());
    words.legend.push("or several without common side".to_owned());
    let polygon = |(corners, class): (&Vec<Vec<Rational>>, usize)| Polygon {
        vertices: around(corners)
            .into_iter()
            .map(|i| [nearest(&corners[i][0]), nearest(&corners[i][1])])
            .collect(),
        class,
    };
    Plane {
        words,
        ranges: [0, 1].map(|axis: usize| [0, 1].map(|end: usize| nearest(&sides[axis][end]))),
        polygons: outline.vertices.iter().zip(colours(&outline.complex)).map(polygon).collect(),
        marks: marks(area),
    }
}

/// A colour for each cell: the same within an affine region, different across a facet between
/// two. Each affine region in turn takes the first colour that no neighbour has.
fn colours(complex: &Complex<usize>) -> Vec<usize> {
    let merged = complex.merged();
    let mut near = vec![BTreeSet::new(); merged.len()];
    for &(a, b) in &complex.adjacent {
        let (a, b) = (merged[a], merged[b]);
        if a != b {
            near[a].insert(b);
            near[b].insert(a);
        }
    }
    let mut colours: Vec<Option<usize>> = vec![None; merged.len()];
    for &region in &merged {
        if colours[region].is_none() {
            let taken: BTreeSet<usize> = near[region].iter().filter_map(|&n| colours[n]).collect();
            colours[region] = (0..).find(|colour| !taken.contains(colour));
        }
    }
    merged.iter().map(|&region| colours[region].unwrap_or_default()).collect()
}

/// The outputs along a line. Errors: values that cannot be drawn.
fn line(file: &NetworkFile, area: &Area, outline: &Outline) -> Result<Line, String> {
    let sides = area.sides.as_deref().unwrap_or_default();
    let ends: BTreeSet<&Rational> =
        outline.vertices.iter().flatten().map(|vertex| &vertex[0]).collect();
    let network: &Network = &file.network;
    let values: Vec<Vec<Rational>> =
        ends.iter().map(|&end| network.eval(std::slice::from_ref(end))).collect();
    let outputs = network.output().units();
    let drawn = || values.iter().flat_map(|values| values.iter().take(CURVES));
    if let (Some(lo), Some(hi)) = (drawn().min(), drawn().max()) {
        [lo, hi].into_iter().try_for_each(|value| drawable([value; 2], "outputs"))?;
    }
    let curve = |output: usize| Curve {
        label: format!("output {output}"),
        points: ends
            .iter()
            .zip(&values)
            .map(|(end, values)| [nearest(end), nearest(&values[output])])
            .collect(),
    };
    let mut words = labels(file, area, &outline.complex);
    words.axes[1] = "outputs".to_owned();
    if outputs > CURVES {
        words.legend.push(format!("the first {CURVES} of {outputs} outputs"));
    }
    let inner = ends.len().saturating_sub(2);
    Ok(Line {
        words,
        range: [0, 1].map(|end: usize| nearest(&sides[0][end])),
        curves: (0..outputs.min(CURVES)).map(curve).collect(),
        breakpoints: ends.iter().skip(1).take(inner).map(|end| nearest(end)).collect(),
        marks: marks(area),
    })
}
