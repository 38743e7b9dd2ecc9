//! A network as steps in fractions that happen to be integers, and the bits they need: what a
//! program in machine words is made from.

use super::domain::Domain;
use super::frame::Frame;
use super::program::Step;
use crate::exact::{IntegerRow, Rational};
use crate::net::activation::Activation;
use crate::net::affine::Affine;
use crate::net::network::Choice;
use crate::net::{Form, Layer, Network, Shape};

/// How many layers come before the first decision.
fn beginning(network: &Network) -> usize {
    let plain =
        |layer: &&Layer| matches!(layer, Layer::Affine(_) | Layer::Flatten | Layer::Reshape(_));
    network.layers().iter().take_while(plain).count()
}

/// `[constant, coefficients..]`.
pub(super) fn homogeneous(form: &Form) -> Vec<Rational> {
    [&form.constant].into_iter().chain(&form.coefficients).cloned().collect()
}

/// A program before it is known which integers it computes with.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Entries of a form: the coordinates, and one.
    pub width: usize,
    pub domain: Vec<Form>,
    pub steps: Vec<Step<Rational>>,
    /// The forms that the first step reads, one after another.
    pub inputs: Vec<Rational>,
    /// The coordinates, unless they are the inputs.
    pub frame: Option<Frame>,
    /// The bits that no entry of any signal exceeds.
    pub bits: u64,
}

/// What is known while a plan is written.
struct Writer {
    steps: Vec<Step<Rational>>,
    /// The signal is this many times the values that it stands for.
    scale: Rational,
    /// Bits of an entry of the signal.
    bits: u64,
    /// Scale and bits of remembered signals.
    kept: Vec<(Rational, u64)>,
    most: u64,
}

impl Writer {
    fn new() -> Self {
        Self { steps: Vec::new(), scale: Rational::ONE, bits: 1, kept: Vec::new(), most: 1 }
    }

    fn note(&mut self, bits: u64) {
        self.bits = bits;
        self.most = self.most.max(bits);
    }

    fn layers<'n>(&mut self, layers: impl Iterator<Item = (&'n Layer, Shape)>) {
        for (layer, shape) in layers {
            match layer {
                Layer::Affine(affine) => self.affine(affine, shape),
                Layer::Activation(activation) => self.activation(activation),
                Layer::MaxPool(window) => {
                    let windows = Choice::MaxPool(*window, shape).windows();
                    let narrow = |w: Vec<usize>| w.into_iter().map(|i| i as u32).collect();
                    self.steps.push(Step::Greatest(windows.into_iter().map(narrow).collect()));
                    // Differences of entries are compared.
                    self.most = self.most.max(self.bits + 1);
                }
                Layer::Flatten | Layer::Reshape(_) => {}
                Layer::Residual(body) => self.residual(body),
            }
        }
    }

    fn residual(&mut self, body: &Network) {
        self.steps.push(Step::Keep);
        self.kept.push((self.scale.clone(), self.bits));
        self.layers(body.stages());
        let (scale, bits) = self.kept.pop().expect("a signal was kept");
        let factor = &self.scale / scale;
        self.note(self.bits.max(bits + factor.bits()) + 1);
        self.steps.push(Step::Add(factor));
    }

    fn affine(&mut self, affine: &Affine, shape: Shape) {
        let outputs = affine.output_units(shape);
        let mut terms = Vec::new();
        affine.for_each_term(shape, |o, i, w| {
            let weight = affine.value(w);
            if !weight.is_zero() {
                terms.push((o as u32, i as u32, weight.clone()));
            }
        });
        terms.sort_by_key(|(o, i, _)| (*o, *i));
        let numbers = terms.iter().map(|(.., w)| w).chain(&affine.bias);
        let multiplier = IntegerRow::new(numbers).scale;
        let scale = &self.scale * &multiplier;
        let constant = |o| match affine.bias_index(o, outputs) {
            Some(b) => &affine.bias[b] * &scale,
            None => Rational::ZERO,
        };
        let constants: Vec<Rational> = (0..outputs).map(constant).collect();
        terms.iter_mut().for_each(|(.., w)| *w = &*w * &multiplier);
        let fan_in = terms.chunk_by(|a, b| a.0 == b.0).map(<[_]>::len).max().unwrap_or(0) as u64;
        let weight = terms.iter().map(|(.., w)| w.bits()).max().unwrap_or(0);
        let bias = constants.iter().map(Rational::bits).max().unwrap_or(0);
        let carry = u64::from((fan_in + 1).next_power_of_two().trailing_zeros());
        self.note((self.bits + weight).max(bias) + carry);
        self.scale = scale;
        self.steps.push(Step::Affine { constants, terms });
    }

    fn activation(&mut self, activation: &Activation) {
        let pieces = activation.pieces();
        let slopes = pieces.iter().flat_map(|(slope, offset)| [slope, offset]);
        let multiplier = IntegerRow::new(slopes).scale;
        let factor = IntegerRow::new(activation.breakpoints().iter()).scale;
        let levels: Vec<Rational> =
            activation.breakpoints().iter().map(|t| t * &factor * &self.scale).collect();
        let scale = &self.scale * &multiplier;
        let pieces: Vec<(Rational, Rational)> =
            pieces.iter().map(|(slope, offset)| (slope * &multiplier, offset * &scale)).collect();
        let bits = |numbers: &mut dyn Iterator<Item = &Rational>| {
            numbers.map(Rational::bits).max().unwrap_or(0)
        };
        let level = (self.bits + factor.bits()).max(bits(&mut levels.iter())) + 1;
        self.most = self.most.max(level);
        let slope = bits(&mut pieces.iter().map(|(slope, _)| slope));
        let offset = bits(&mut pieces.iter().map(|(_, offset)| offset));
        self.note((self.bits + slope).max(offset) + 1);
        self.scale = scale;
        self.steps.push(Step::Pieces { levels, factor, pieces });
    }
}

impl Plan {
    /// The plan of a network, in coordinates in which it is short.
    pub fn new(network: &Network, domain: &Domain) -> Self {
        let frame = if *domain == Domain::Whole { Self::frame(network) } else { None };
        Self::in_frame(network, domain, frame)
    }

    /// The plan whose coordinates are the inputs, whatever would be faster.
    pub fn of_inputs(network: &Network, domain: &Domain) -> Self {
        Self::in_frame(network, domain, None)
    }

    fn in_frame(network: &Network, domain: &Domain, frame: Option<Frame>) -> Self {
        let dimension = network.input().units();
        let mut writer = Writer::new();
        let (inputs, first) = match &frame {
            None => (Form::inputs(dimension).iter().map(homogeneous).collect(), 0),
            Some(frame) => (frame.rows.clone(), beginning(network)),
        };
        // One multiplier for all forms keeps them on one scale.
        let multiplier = IntegerRow::new(inputs.iter().flatten()).scale;
        let inputs: Vec<Rational> = inputs.iter().flatten().map(|x| x * &multiplier).collect();
        writer.scale = &writer.scale * &multiplier;
        writer.note(inputs.iter().map(Rational::bits).max().unwrap_or(1));
        writer.layers(network.stages().skip(first));
        let Writer { steps, most: bits, .. } = writer;
        let width = frame.as_ref().map_or(dimension, Frame::dimension) + 1;
        Self { width, domain: domain.forms(dimension), steps, inputs, frame, bits }
    }

    /// Coordinates made of the forms that the first decision reads.
    fn frame(network: &Network) -> Option<Frame> {
        let layers = network.layers()[..beginning(network)].to_vec();
        if !layers.iter().any(|layer| matches!(layer, Layer::Affine(_))) {
            return None;
        }
        let part = Network::new(network.input(), layers).expect("a beginning of a network fits");
        let map = part.affine_on(&part.pattern(&vec![Rational::ZERO; part.input().units()]));
        let forms: Vec<Vec<Rational>> = (0..map.offset.len())
            .map(|o| [&map.offset[o]].into_iter().chain(map.matrix.row(o)).cloned().collect())
            .collect();
        Frame::of(&forms)
    }
}
