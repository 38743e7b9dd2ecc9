//! Networks in words: what a case file says about one, and what a shrunk case prints.

use crate::exact::Rational;
use crate::net::{Activation, Affine, Axis, Layer, Map, Network, Shape, Window};
use serde::{Deserialize, Serialize};

/// A network that serde writes as a list of layers, and checks while it reads one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Chain", into = "Chain")]
pub struct Text(pub Network);

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Chain {
    input: Vec<usize>,
    layers: Vec<Word>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Word {
    Dense {
        outputs: usize,
        weight: Vec<Rational>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        bias: Vec<Rational>,
    },
    Convolution {
        channels: usize,
        #[serde(default = "one", skip_serializing_if = "is_one")]
        groups: usize,
        window: Vec<Taps>,
        weight: Vec<Rational>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        bias: Vec<Rational>,
    },
    Expansive {
        weight: Vec<Rational>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        bias: Vec<Rational>,
    },
    Downsample {
        scale: usize,
        keep: usize,
    },
    SumPool {
        window: Vec<Taps>,
    },
    AveragePool {
        window: Vec<Taps>,
    },
    MaxPool {
        window: Vec<Taps>,
    },
    /// Slopes from left to right, and the value at zero.
    Activation {
        breakpoints: Vec<Rational>,
        slopes: Vec<Rational>,
        at_zero: Rational,
    },
    Relu {},
    Flatten {},
    Residual {
        layers: Vec<Word>,
    },
}

/// One axis of a window; a window lists its rows before its columns.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Taps {
    taps: usize,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    stride: usize,
    #[serde(default, skip_serializing_if = "is_zero")]
    padding: usize,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    dilation: usize,
}

const fn one() -> usize {
    1
}

const fn is_one(n: &usize) -> bool {
    *n == 1
}

const fn is_zero(n: &usize) -> bool {
    *n == 0
}

impl TryFrom<Chain> for Text {
    type Error = String;

    fn try_from(chain: Chain) -> Result<Self, String> {
        let input = Shape::from_axes(&chain.input).ok_or("a signal has one, two or three axes")?;
        network(input, chain.layers).map(Self)
    }
}

fn network(input: Shape, words: Vec<Word>) -> Result<Network, String> {
    let mut layers: Vec<Layer> = Vec::new();
    for word in words {
        // A residual body reads the shape that the layers before it write.
        let shape = |layers: &[Layer]| {
            Network::new(input, layers.to_vec()).map(|n| n.output()).map_err(|e| e.to_string())
        };
        let affine = |map, weight, bias| Layer::Affine(Affine { map, weight, bias });
        let fixed = |map| affine(map, Vec::new(), Vec::new());
        layers.push(match word {
            Word::Dense { outputs, weight, bias } => affine(Map::Dense { outputs }, weight, bias),
            Word::Convolution { channels, groups, window, weight, bias } => {
                let window = read(&window)?;
                affine(Map::Convolution { channels, groups, window }, weight, bias)
            }
            Word::Expansive { weight, bias } => affine(Map::Expansive, weight, bias),
            Word::Downsample { scale, keep } => fixed(Map::Downsample { scale, keep }),
            Word::SumPool { window } => fixed(Map::SumPool(read(&window)?)),
            Word::AveragePool { window } => fixed(Map::AveragePool(read(&window)?)),
            Word::MaxPool { window } => Layer::MaxPool(read(&window)?),
            Word::Activation { breakpoints, slopes, at_zero } => Layer::Activation(
                Activation::piecewise_linear(breakpoints, slopes, &at_zero)
                    .map_err(|e| e.to_string())?,
            ),
            Word::Relu {} => Layer::relu(),
            Word::Flatten {} => Layer::Flatten,
            Word::Residual { layers: body } => Layer::Residual(network(shape(&layers)?, body)?),
        });
    }
    Network::new(input, layers).map_err(|e| e.to_string())
}

impl From<Text> for Chain {
    fn from(Text(network): Text) -> Self {
        let input = network.input().axes().to_vec();
        Self { input, layers: network.layers().iter().map(Word::of).collect() }
    }
}

impl Word {
    fn of(layer: &Layer) -> Self {
        match layer {
            Layer::Affine(Affine { map, weight, bias }) => {
                let (weight, bias) = (weight.clone(), bias.clone());
                match *map {
                    Map::Dense { outputs } => Self::Dense { outputs, weight, bias },
                    Map::Convolution { channels, groups, window } => {
                        let window = axes(window);
                        Self::Convolution { channels, groups, window, weight, bias }
                    }
                    Map::Expansive => Self::Expansive { weight, bias },
                    Map::Downsample { scale, keep } => Self::Downsample { scale, keep },
                    Map::SumPool(window) => Self::SumPool { window: axes(window) },
                    Map::AveragePool(window) => Self::AveragePool { window: axes(window) },
                }
            }
            Layer::Activation(activation) if *activation == Activation::relu() => Self::Relu {},
            Layer::Activation(activation) => Self::Activation {
                breakpoints: activation.breakpoints().to_vec(),
                slopes: activation.pieces().iter().map(|(slope, _)| slope.clone()).collect(),
                at_zero: activation.eval(&Rational::ZERO),
            },
            Layer::MaxPool(window) => Self::MaxPool { window: axes(*window) },
            Layer::Flatten => Self::Flatten {},
            Layer::Residual(body) => {
                Self::Residual { layers: body.layers().iter().map(Self::of).collect() }
            }
        }
    }
}

fn read(axes: &[Taps]) -> Result<Window, String> {
    let axis =
        |&Taps { taps, stride, padding, dilation }: &Taps| Axis { taps, stride, padding, dilation };

    match axes {
        [columns] => Ok(Window { rows: None, columns: axis(columns) }),
        [rows, columns] => Ok(Window { rows: Some(axis(rows)), columns: axis(columns) }),
        _ => Err(format!("a window has one or two axes, found {}", axes.len())),
    }
}

fn axes(Window { rows, columns }: Window) -> Vec<Taps> {
    let axis = |Axis { taps, stride, padding, dilation }| Taps { taps, stride, padding, dilation };
    rows.into_iter().chain([columns]).map(axis).collect()
}
