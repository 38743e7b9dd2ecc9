//! Builds the network that a draft describes, and checks it.

use super::draft::{Draft, LayerDraft, Nested};
use super::path::{Path, quote};
use super::{FileError, NetworkFile};
use crate::exact::Rational;
use crate::net::{Activation, Axis, InputBox, Layer, Network, Shape, Window};

/// The types of layers, each with the keys it must have and those it may have.
#[rustfmt::skip]
const KINDS: &[(&str, &[&str], &[&str])] = &[
    ("dense", &["weight"], &["bias"]),
    ("conv1d", &["weight"], &["bias", "stride", "padding", "dilation", "groups"]),
    ("conv2d", &["weight"], &["bias", "stride", "padding", "dilation", "groups"]),
    ("expansive", &["weight"], &["bias"]),
    ("downsample", &["scale", "keep"], &[]),
    ("sumpool1d", &["window"], &["stride", "padding", "dilation"]),
    ("sumpool2d", &["window"], &["stride", "padding", "dilation"]),
    ("avgpool1d", &["window"], &["stride", "padding", "dilation"]),
    ("avgpool2d", &["window"], &["stride", "padding", "dilation"]),
    ("maxpool1d", &["window"], &["stride", "padding", "dilation"]),
    ("maxpool2d", &["window"], &["stride", "padding", "dilation"]),
    ("relu", &[], &[]),
    ("leaky_relu", &["slope"], &[]),
    ("abs", &[], &[]),
    ("hardtanh", &[], &[]),
    ("piecewise_linear", &["breakpoints", "slopes", "at_zero"], &[]),
    ("flatten", &[], &[]),
    ("reshape", &["shape"], &[]),
    ("residual", &["layers"], &[]),
    ("sparse", &["rows", "weight"], &["bias"]),
    ("maximum", &["of"], &[]),
    ("branches", &["branches"], &[]),
];

/// The file that a draft describes.
pub(super) fn file(draft: Draft) -> Result<NetworkFile, FileError> {
    let root = Path::default();
    let input = Shape::from_axes(&draft.input_shape).ok_or_else(|| {
        root.key("input_shape").content("1 to 3 axes", draft.input_shape.len().to_string())
    })?;
    // An input that no layer could read is the fault of the shape.
    let refused = |error| FileError::Shape {
        path: root.key("input_shape").to_string(),
        error: Box::new(error),
    };
    Network::new(input, Vec::new()).map_err(refused)?;
    let network = network(input, draft.layers, &root.key("layers"))?;
    let domain = match draft.domain {
        None => None,
        Some(sides) if sides.len() != input.units() => {
            let expected = format!("{} sides, one for each input", input.units());
            return Err(root.key("domain").key("box").content(expected, sides.len().to_string()));
        }
        Some(sides) => {
            let (lo, hi) = sides.into_iter().map(|[lo, hi]| (lo, hi)).unzip();
            Some(InputBox::new(lo, hi).map_err(FileError::Domain)?)
        }
    };
    let Draft { name, note, truth, .. } = draft;
    Ok(NetworkFile { name, network, domain, note, truth })
}

fn network(input: Shape, drafts: Vec<LayerDraft>, path: &Path) -> Result<Network, FileError> {
    let mut shape = input;
    let mut layers = Vec::with_capacity(drafts.len());
    let refused = |error| FileError::Shape { path: path.to_string(), error: Box::new(error) };
    for (index, draft) in drafts.into_iter().enumerate() {
        let layer = draft.build(shape)?;
        shape = layer.output(index, shape).map_err(refused)?;
        layers.push(layer);
    }
    Network::new(input, layers).map_err(refused)
}

impl LayerDraft {
    /// The layer, on a signal of this shape.
    fn build(mut self, input: Shape) -> Result<Layer, FileError> {
        self.check_keys()?;
        let bias = std::mem::take(&mut self.bias);
        Ok(match self.kind.as_str() {
            "dense" => {
                let (axes, weight) = self.weight::<2>(Some(input.units()))?;
                Layer::dense(axes[0], weight, bias)
            }
            "expansive" => Layer::expansive(self.weight::<1>(None)?.1, bias),
            "conv1d" => {
                let groups = self.groups.unwrap_or(1);
                let ([channels, _, taps], filter) = self.weight(reads(input, groups))?;
                let window = self.window(&[taps], Some(1))?;
                Layer::grouped_convolution(channels, groups, window, filter, bias)
            }
            "conv2d" => {
                let groups = self.groups.unwrap_or(1);
                let ([channels, _, rows, columns], filter) = self.weight(reads(input, groups))?;
                let window = self.window(&[rows, columns], Some(1))?;
                Layer::grouped_convolution(channels, groups, window, filter, bias)
            }
            "downsample" => Layer::downsample(self.scale, self.keep),
            "sumpool1d" => Layer::sum_pool(self.pool(1)?),
            "sumpool2d" => Layer::sum_pool(self.pool(2)?),
            "avgpool1d" => Layer::average_pool(self.pool(1)?),
            "avgpool2d" => Layer::average_pool(self.pool(2)?),
            "maxpool1d" => Layer::MaxPool(self.pool(1)?),
            "maxpool2d" => Layer::MaxPool(self.pool(2)?),
            "relu" => Layer::relu(),
            "leaky_relu" => Layer::Activation(Activation::leaky_relu(self.slope)),
            "abs" => Layer::Activation(Activation::absolute_value()),
            "hardtanh" => Layer::Activation(Activation::hard_tanh()),
            "piecewise_linear" => {
                let made =
                    Activation::piecewise_linear(self.breakpoints, self.slopes, &self.at_zero);
                let path = self.path.to_string();
                Layer::Activation(made.map_err(|error| FileError::Activation { path, error })?)
            }
            "flatten" => Layer::Flatten,
            "reshape" => {
                let shape = Shape::from_axes(&self.shape).ok_or_else(|| {
                    self.path.key("shape").content("1 to 3 axes", self.shape.len().to_string())
                })?;
                Layer::Reshape(shape)
            }
            "sparse" => {
                let rows = std::mem::take(&mut self.rows).into_iter();
                let rows = rows.map(|row| row.as_chunks::<2>().0.to_vec()).collect();
                Layer::sparse(rows, self.weight::<1>(None)?.1, bias)
            }
            "maximum" => {
                let set = |set: Vec<u32>| set.into_iter().map(|i| i as usize).collect();
                Layer::Maximum(self.rows.into_iter().map(set).collect())
            }
            "branches" => {
                let path = self.path.key("branches");
                let branch = |(index, drafts)| network(input, drafts, &path.index(index));
                let branches = self.branches.into_iter().enumerate().map(branch);
                Layer::Branches(branches.collect::<Result<_, _>>()?)
            }
            _ => Layer::Residual(network(input, self.layers, &self.path.key("layers"))?),
        })
    }

    /// The type is known, its keys are there and no other.
    fn check_keys(&self) -> Result<(), FileError> {
        refuse_if!(!self.keys.contains(&"type"), self.path.content("a key `type`", "none"));
        let Some((_, needed, allowed)) = KINDS.iter().find(|(kind, ..)| *kind == self.kind) else {
            let kinds: Vec<_> = KINDS.iter().map(|(kind, ..)| *kind).collect();
            let expected = format!("a type among {}", kinds.join(", "));
            return Err(self.path.key("type").content(expected, quote(&self.kind)));
        };
        if let Some(missing) = needed.iter().find(|key| !self.keys.contains(key)) {
            return Err(self.path.content(format!("a key `{missing}`"), "none"));
        }
        let is_known = |key: &&str| *key == "type" || needed.contains(key) || allowed.contains(key);
        match self.keys.iter().find(|key| !is_known(key)) {
            Some(key) => {
                let expected = format!("no other key in a layer of type {}", self.kind);
                Err(self.path.content(expected, format!("`{key}`")))
            }
            None => Ok(()),
        }
    }

    /// The weights in nested lists of this depth; the second axis is what one output reads.
    fn weight<const RANK: usize>(
        &mut self,
        reads: Option<usize>,
    ) -> Result<([usize; RANK], Vec<Rational>), FileError> {
        let Nested { axes, numbers } = self.weight.take().expect("the key was required");
        let path = self.path.key("weight");
        let Ok(sizes) = <[usize; RANK]>::try_from(axes.as_slice()) else {
            let found = format!("lists {} deep", axes.len());
            return Err(path.content(format!("lists nested {RANK} deep"), found));
        };
        match (reads, sizes.get(1)) {
            (Some(reads), Some(found)) if reads != *found => {
                let expected = format!("{reads} entries, one for each input that is read");
                Err(path.index(0).content(expected, found.to_string()))
            }
            _ => Ok((sizes, numbers)),
        }
    }

    fn pool(&self, axes: usize) -> Result<Window, FileError> {
        let window = self.window.as_deref().expect("the key was required");
        let sizes: Vec<_> = (0..axes)
            .map(|axis| self.along("window", window, axis, axes))
            .collect::<Result<_, _>>()?;
        self.window(&sizes, None)
    }

    /// The window with these taps; without a stride, it moves by its own size.
    fn window(&self, taps: &[usize], stride: Option<usize>) -> Result<Window, FileError> {
        let axis = |axis: usize| {
            let along = |key, values: &Option<Vec<usize>>, default| match values {
                Some(values) => self.along(key, values, axis, taps.len()),
                None => Ok(default),
            };
            let stride = stride.unwrap_or(taps[axis]);
            Ok(Axis {
                taps: taps[axis],
                stride: along("stride", &self.stride, stride)?,
                padding: along("padding", &self.padding, 0)?,
                dilation: along("dilation", &self.dilation, 1)?,
            })
        };
        match taps.len() {
            1 => Ok(Window { rows: None, columns: axis(0)? }),
            _ => Ok(Window { rows: Some(axis(0)?), columns: axis(1)? }),
        }
    }

    /// One number for every axis, or one for all of them.
    fn along(
        &self,
        key: &'static str,
        values: &[usize],
        axis: usize,
        axes: usize,
    ) -> Result<usize, FileError> {
        match values {
            [value] => Ok(*value),
            _ if values.len() == axes => Ok(values[axis]),
            _ => {
                let expected = format!("one number, or one for each of {axes} axes");
                Err(self.path.key(key).content(expected, values.len().to_string()))
            }
        }
    }
}

/// Input channels that one output channel reads; `None` where the groups do not divide them, which
/// the network says better.
fn reads(input: Shape, groups: usize) -> Option<usize> {
    let channels = input.channels();
    channels.is_multiple_of(groups).then(|| channels / groups)
}
