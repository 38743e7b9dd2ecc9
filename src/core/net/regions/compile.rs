//! Compiles a network to steps with integer coefficients, and bounds the bits of every number.

use super::coordinates::Frame;
use super::domain::Domain;
use super::program::Step;
use crate::exact::{IntegerRow, Rational};
use crate::net::activation::Activation;
use crate::net::affine::Affine;
use crate::net::network::Choice;
use crate::net::{Form, Layer, Network, Shape};

/// The number of layers before the first activation, max-pool or residual layer.
fn beginning(network: &Network) -> usize {
    let plain =
        |layer: &&Layer| matches!(layer, Layer::Affine(_) | Layer::Flatten | Layer::Reshape(_));
    network.layers().iter().take_while(plain).count()
}

/// Entries of a form `[constant, coefficients..]` with their places, without zeros.
pub(super) type Sparse<T> = Vec<(usize, T)>;

/// `[constant, coefficients..]`.
pub(super) fn homogeneous(form: &Form) -> Vec<Rational> {
    [&form.constant].into_iter().chain(&form.coefficients).cloned().collect()
}

/// A program before the width of its integers is chosen.
#[derive(Clone, Debug)]
pub(super) struct Listing {
    /// Entries of a form: the coordinates, and one.
    pub width: usize,
    pub domain: Domain,
    pub steps: Vec<Step<Rational>>,
    /// The forms that the first step reads.
    pub inputs: Vec<Sparse<Rational>>,
    /// The coordinates, unless they are the inputs.
    pub frame: Option<Frame>,
    /// A bound on the bits of every number of the program, intermediate sums included.
    pub bits: u64,
}

/// The state of the compiler.
struct Writer {
    steps: Vec<Step<Rational>>,
    /// The signal is this many times the values that it stands for.
    scale: Rational,
    /// For each unit of the signal, a bound on the entries of its form, for all choices.
    bounds: Vec<Rational>,
    /// Scale and bounds of remembered signals.
    kept: Vec<(Rational, Vec<Rational>)>,
    /// Bits of the greatest number so far.
    bits: u64,
}

impl Writer {
    fn new(scale: Rational, bounds: Vec<Rational>) -> Self {
        let mut writer =
            Self { steps: Vec::new(), scale, bounds: Vec::new(), kept: Vec::new(), bits: 1 };
        writer.note(bounds);
        writer
    }

    /// The signal is now within these bounds.
    fn note(&mut self, bounds: Vec<Rational>) {
        self.meet(&bounds);
        self.bounds = bounds;
    }

    /// Records that numbers of these sizes occur.
    fn meet<'x>(&mut self, sizes: impl IntoIterator<Item = &'x Rational>) {
        self.bits = sizes.into_iter().map(Rational::bits).fold(self.bits, u64::max);
    }

    fn layers<'n>(&mut self, layers: impl Iterator<Item = (&'n Layer, Shape)>) {
        for (layer, shape) in layers {
            match layer {
                Layer::Affine(affine) => self.affine(affine, shape),
                Layer::Activation(activation) => self.activation(activation),
                Layer::MaxPool(window) => self.maximum(&Choice::MaxPool(*window, shape).windows()),
                Layer::Flatten | Layer::Reshape(_) => {}
                Layer::Residual(body) => self.residual(body),
                Layer::Maximum(sets) => self.maximum(sets),
                Layer::Branches(branches) => self.branches(branches),
            }
        }
    }

    fn maximum(&mut self, windows: &[Vec<usize>]) {
        let narrow = |w: &Vec<usize>| w.iter().map(|&i| i as u32).collect();
        self.steps.push(Step::Greatest(windows.iter().map(narrow).collect()));
        let greatest = |w: &Vec<usize>| w.iter().map(|&i| &self.bounds[i]).max();
        let bounds: Vec<Rational> =
            windows.iter().map(|w| greatest(w).cloned().unwrap_or(Rational::ZERO)).collect();
        // Differences of entries are compared.
        let differences: Vec<Rational> = bounds.iter().map(|b| b + b).collect();
        self.meet(&differences);
        self.note(bounds);
    }

    fn residual(&mut self, body: &Network) {
        self.steps.push(Step::Keep);
        self.kept.push((self.scale.clone(), self.bounds.clone()));
        self.layers(body.stages());
        let (scale, kept) = self.kept.pop().expect("a signal was kept");
        let factor = &self.scale / scale;
        let bounds = self.bounds.iter().zip(kept).map(|(own, kept)| own + &factor * kept).collect();
        self.note(bounds);
        self.meet([&factor]);
        self.steps.push(Step::Add(factor));
    }

    fn branches(&mut self, branches: &[Network]) {
        self.steps.push(Step::Keep);
        let (read, read_scale) = (self.bounds.clone(), self.scale.clone());
        let mut made = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            if index > 0 {
                self.steps.push(Step::Other);
            }
            (self.bounds, self.scale) = (read.clone(), read_scale.clone());
            self.layers(branch.stages());
            made.push((self.scale.clone(), std::mem::take(&mut self.bounds)));
        }
        // The least scale that is a whole multiple of all of them.
        let inverse: Vec<Rational> = made.iter().map(|(scale, _)| scale.recip()).collect();
        self.scale = IntegerRow::new(inverse.iter()).scale;
        let factors: Vec<Rational> = inverse.iter().map(|inverse| inverse * &self.scale).collect();
        let bounds = made.iter().zip(&factors);
        let bounds = bounds.flat_map(|((_, own), factor)| own.iter().map(move |b| b * factor));
        self.note(bounds.collect());
        self.meet(&factors);
        self.steps.push(Step::Join(factors));
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
        let mut bounds: Vec<Rational> = constants.iter().map(Rational::abs).collect();
        for (o, i, weight) in &terms {
            bounds[*o as usize] += weight.abs() * &self.bounds[*i as usize];
        }
        self.note(bounds);
        // A weight may be longer than what it is multiplied with leaves of it.
        self.meet(terms.iter().map(|(.., weight)| weight));
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
        let greatest = |numbers: &mut dyn Iterator<Item = &Rational>| {
            numbers.map(Rational::abs).max().unwrap_or(Rational::ZERO)
        };
        let level = greatest(&mut levels.iter());
        let compared: Vec<Rational> = self.bounds.iter().map(|b| b * &factor + &level).collect();
        self.meet(&compared);
        let slope = greatest(&mut pieces.iter().map(|(slope, _)| slope));
        let offset = greatest(&mut pieces.iter().map(|(_, offset)| offset));
        self.note(self.bounds.iter().map(|b| b * &slope + &offset).collect());
        self.meet([&factor, &slope, &offset]);
        self.scale = scale;
        self.steps.push(Step::Pieces { levels, factor, pieces });
    }
}

fn sparse(row: &[Rational]) -> Sparse<Rational> {
    row.iter().cloned().enumerate().filter(|(_, x)| !x.is_zero()).collect()
}

impl Listing {
    /// The listing of a network, in the coordinates of [`Frame`] where they apply.
    pub fn new(network: &Network, domain: &Domain) -> Self {
        let frame = if *domain == Domain::Whole { Self::frame(network) } else { None };
        Self::in_frame(network, domain, frame)
    }

    /// The listing whose coordinates are the inputs.
    pub fn of_inputs(network: &Network, domain: &Domain) -> Self {
        Self::in_frame(network, domain, None)
    }

    fn in_frame(network: &Network, domain: &Domain, frame: Option<Frame>) -> Self {
        let dimension = network.input().units();
        let mut inputs: Vec<Sparse<Rational>> = match &frame {
            None => (1..=dimension).map(|i| vec![(i, Rational::ONE)]).collect(),
            Some(frame) => frame.rows.iter().map(|row| sparse(row)).collect(),
        };
        let first = if frame.is_some() { beginning(network) } else { 0 };
        // One multiplier for all forms keeps them on one scale.
        let multiplier = IntegerRow::new(inputs.iter().flatten().map(|(_, x)| x)).scale;
        inputs.iter_mut().flatten().for_each(|(_, x)| *x = &*x * &multiplier);
        let width = frame.as_ref().map_or(dimension, Frame::dimension) + 1;
        let greatest = |form: &Sparse<Rational>| {
            form.iter().map(|(_, x)| x.abs()).max().unwrap_or(Rational::ZERO)
        };
        let bounds = inputs.iter().map(greatest).collect();
        let mut writer = Writer::new(multiplier, bounds);
        writer.layers(network.stages().skip(first));
        let Writer { steps, bits, .. } = writer;
        Self { width, domain: domain.clone(), steps, inputs, frame, bits }
    }

    /// Coordinates made of the forms that the first decision reads.
    fn frame(network: &Network) -> Option<Frame> {
        let width = network.input().units() + 1;
        // None as long as they are the inputs.
        let mut forms: Option<Vec<Vec<Rational>>> = None;
        for (layer, shape) in network.stages().take(beginning(network)) {
            let Layer::Affine(affine) = layer else { continue };
            let outputs = affine.output_units(shape);
            let mut next = vec![vec![Rational::ZERO; width]; outputs];
            affine.for_each_term(shape, |o, i, w| match &forms {
                None => next[o][1 + i] += affine.value(w),
                Some(forms) => {
                    let used = next[o].iter_mut().zip(&forms[i]).filter(|(_, x)| !x.is_zero());
                    used.for_each(|(y, x)| *y += affine.value(w) * x);
                }
            });
            for (o, form) in next.iter_mut().enumerate() {
                if let Some(b) = affine.bias_index(o, outputs) {
                    form[0] += &affine.bias[b];
                }
            }
            forms = Some(next);
        }
        Frame::of(&forms?)
    }
}

#[cfg(test)]
#[path = "../../../../tests/core/net/regions/compile.rs"]
mod tests;
