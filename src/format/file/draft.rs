//! The members of a network file as they are read, before shapes are checked.

use super::path::Path;
use super::reader::Reader;
use super::{FileError, MAX_LAYERS, Truth};
use crate::exact::Rational;
use crate::net::MAX_NESTING;

/// The members of a file.
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) input_shape: Vec<usize>,
    pub(super) layers: Vec<LayerDraft>,
    pub(super) domain: Option<Vec<[Rational; 2]>>,
    pub(super) note: Option<String>,
    pub(super) truth: Option<Truth>,
}

/// Numbers in nested lists of equal length: `axes` from the outermost list inwards.
pub(super) struct Nested {
    pub(super) axes: Vec<usize>,
    pub(super) numbers: Vec<Rational>,
}

/// The members of a layer. Which of them a layer may have depends on its type.
#[derive(Default)]
pub(super) struct LayerDraft {
    pub(super) path: Path,
    /// The keys that stand in the file.
    pub(super) keys: Vec<&'static str>,
    pub(super) kind: String,
    pub(super) weight: Option<Nested>,
    pub(super) bias: Vec<Rational>,
    pub(super) window: Option<Vec<usize>>,
    pub(super) stride: Option<Vec<usize>>,
    pub(super) padding: Option<Vec<usize>>,
    pub(super) dilation: Option<Vec<usize>>,
    pub(super) groups: Option<usize>,
    pub(super) scale: usize,
    pub(super) keep: usize,
    pub(super) shape: Vec<usize>,
    pub(super) slope: Rational,
    pub(super) at_zero: Rational,
    pub(super) breakpoints: Vec<Rational>,
    pub(super) slopes: Vec<Rational>,
    pub(super) layers: Vec<LayerDraft>,
    /// Pairs of an input and a weight, one after another, for every output; or sets of entries.
    pub(super) rows: Vec<Vec<u32>>,
    pub(super) branches: Vec<Vec<LayerDraft>>,
}

const FILE_KEYS: &[&str] = &["format", "name", "input_shape", "layers", "domain", "note", "truth"];
#[rustfmt::skip]
const LAYER_KEYS: &[&str] = &[
    "type", "weight", "bias", "window", "stride", "padding", "dilation", "groups", "scale", "keep",
    "shape", "slope", "at_zero", "breakpoints", "slopes", "layers",
    "rows", "of", "branches",
];

impl Draft {
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, FileError> {
        let (mut name, mut input_shape, mut layers) = (None, None, None);
        let (mut domain, mut note, mut truth) = (None, None, None);
        let mut left = MAX_LAYERS;
        reader.object(FILE_KEYS, |reader, key| {
            match key {
                "format" => match reader.count()? {
                    1 => {}
                    found => return Err(reader.path.content("format 1", found.to_string())),
                },
                "name" => name = Some(reader.string()?),
                "input_shape" => input_shape = Some(counts(reader)?),
                "layers" => layers = Some(layer_list(reader, &mut left, 0)?),
                "domain" if reader.null() => {}
                "domain" => domain = Some(domain_box(reader)?),
                "note" => note = Some(reader.string()?),
                _ => truth = Some(truth_of(reader)?),
            }
            Ok(())
        })?;
        let missing = |key| reader.path.content(format!("a key `{key}`"), "none");
        Ok(Self {
            name: name.ok_or_else(|| missing("name"))?,
            input_shape: input_shape.ok_or_else(|| missing("input_shape"))?,
            layers: layers.ok_or_else(|| missing("layers"))?,
            domain,
            note,
            truth,
        })
    }
}

impl LayerDraft {
    fn read(reader: &mut Reader<'_>, left: &mut usize, nesting: usize) -> Result<Self, FileError> {
        let mut layer = Self { path: reader.path.clone(), ..Self::default() };
        reader.object(LAYER_KEYS, |reader, key| {
            layer.keys.push(key);
            match key {
                "type" => layer.kind = reader.string()?,
                "weight" => layer.weight = Some(Nested::read(reader)?),
                "bias" => layer.bias = bias(reader)?,
                "window" => layer.window = Some(count_or_counts(reader)?),
                "stride" => layer.stride = Some(count_or_counts(reader)?),
                "padding" => layer.padding = Some(count_or_counts(reader)?),
                "dilation" => layer.dilation = Some(count_or_counts(reader)?),
                "groups" => layer.groups = Some(reader.count()?),
                "scale" => layer.scale = reader.count()?,
                "keep" => layer.keep = reader.count()?,
                "shape" => layer.shape = counts(reader)?,
                "slope" => layer.slope = reader.exact()?,
                "at_zero" => layer.at_zero = reader.exact()?,
                "breakpoints" => layer.breakpoints = numbers(reader)?,
                "slopes" => layer.slopes = numbers(reader)?,
                "rows" | "of" => layer.rows = rows(reader, if key == "of" { 1 } else { 2 })?,
                "branches" => {
                    layer.branches =
                        reader.list(|reader, _| layer_list(reader, left, nesting + 1))?;
                }
                _ => layer.layers = layer_list(reader, left, nesting + 1)?,
            }
            Ok(())
        })?;
        Ok(layer)
    }
}

fn layer_list(
    reader: &mut Reader<'_>,
    left: &mut usize,
    nesting: usize,
) -> Result<Vec<LayerDraft>, FileError> {
    // Checked here as well as by the network: it bounds the recursion.
    refuse_if!(nesting > MAX_NESTING, reader.path.too_many("nested bodies", MAX_NESTING));
    reader.list(|reader, _| {
        let Some(rest) = left.checked_sub(1) else {
            return Err(reader.path.too_many("layers", MAX_LAYERS));
        };
        *left = rest;
        LayerDraft::read(reader, left, nesting)
    })
}

impl Nested {
    /// The deepest nesting of weights: channels, input channels, rows, columns.
    const MAX_DEPTH: usize = 4;

    fn read(reader: &mut Reader<'_>) -> Result<Self, FileError> {
        if let Some(tensor) = reader.named()? {
            return Ok(tensor);
        }
        let mut nested = Self { axes: Vec::new(), numbers: Vec::new() };
        let mut lengths = [None; Self::MAX_DEPTH];
        let mut rank = None;
        nested.fill(reader, 0, &mut lengths, &mut rank)?;
        nested.axes = lengths.into_iter().flatten().collect();
        Ok(nested)
    }

    fn fill(
        &mut self,
        reader: &mut Reader<'_>,
        depth: usize,
        lengths: &mut [Option<usize>; Self::MAX_DEPTH],
        rank: &mut Option<usize>,
    ) -> Result<(), FileError> {
        if rank.is_some_and(|rank| rank == depth) || depth > 0 && !reader.is_list() {
            if rank.is_some_and(|rank| rank != depth) {
                return Err(reader.mismatch("a list, as before"));
            }
            *rank = Some(depth);
            self.numbers.push(reader.exact()?);
            return Ok(());
        }
        if depth == Self::MAX_DEPTH {
            return Err(reader.mismatch("an integer or an exact string such as \"-3/7\""));
        }
        let found = reader.list(|reader, _| self.fill(reader, depth + 1, lengths, rank))?.len();
        let expected = *lengths[depth].get_or_insert(found);
        if found == expected {
            return Ok(());
        }
        Err(reader.path.content(format!("{expected} entries, as before"), found.to_string()))
    }
}

fn numbers(reader: &mut Reader<'_>) -> Result<Vec<Rational>, FileError> {
    reader.list(|reader, _| reader.exact())
}

/// A list of numbers, or the name of a tensor with one axis.
fn bias(reader: &mut Reader<'_>) -> Result<Vec<Rational>, FileError> {
    match reader.named()? {
        None => numbers(reader),
        Some(tensor) if tensor.axes.len() == 1 => Ok(tensor.numbers),
        Some(tensor) => {
            let found = format!("axes {:?}", tensor.axes);
            Err(reader.path.content("a tensor with one axis", found))
        }
    }
}

/// Sizes, one an axis.
fn counts(reader: &mut Reader<'_>) -> Result<Vec<usize>, FileError> {
    reader.list(|reader, index| match index {
        3 => Err(reader.path.content("no axis after three", "another")),
        _ => reader.count(),
    })
}

/// Lists of indices, each a whole number of runs of `run`.
fn rows(reader: &mut Reader<'_>, run: usize) -> Result<Vec<Vec<u32>>, FileError> {
    reader.list(|reader, _| {
        // Counts are below 2^32.
        let row = reader.list(|reader, _| reader.count().map(|index| index as u32))?;
        if row.len().is_multiple_of(run) {
            return Ok(row);
        }
        let found = format!("{} numbers", row.len());
        Err(reader.path.content("pairs of an input and a weight", found))
    })
}

fn count_or_counts(reader: &mut Reader<'_>) -> Result<Vec<usize>, FileError> {
    if reader.is_list() { counts(reader) } else { Ok(vec![reader.count()?]) }
}

fn domain_box(reader: &mut Reader<'_>) -> Result<Vec<[Rational; 2]>, FileError> {
    let mut sides = None;
    reader.object(&["box"], |reader, _| {
        sides = Some(reader.list(|reader, _| {
            <[Rational; 2]>::try_from(numbers(reader)?).map_err(|found| {
                reader.path.content("2 entries, the ends of a side", found.len().to_string())
            })
        })?);
        Ok(())
    })?;
    sides.ok_or_else(|| reader.path.content("a key `box`", "none"))
}

fn truth_of(reader: &mut Reader<'_>) -> Result<Truth, FileError> {
    let mut truth = Truth { activation_regions: None, how: None };
    reader.object(&["activation_regions", "how"], |reader, key| {
        match key {
            "how" => truth.how = Some(reader.string()?),
            _ => truth.activation_regions = Some(reader.large_count()?),
        }
        Ok(())
    })?;
    Ok(truth)
}
