//! A network as integer affine forms: what `geometry` asks of it, stage after stage.
//!
//! Rectifiers and maxima are homogeneous, so a layer may be multiplied by a positive number as long
//! as everything after it knows. Each signal is therefore kept as integer forms over one common
//! scale, the same in every cell, and nothing is ever reduced or rounded on the way.

use super::domain::Domain;
use super::entry::Entry;
use super::frame::Frame;
use super::origin::Origins;
use crate::exact::vectors::Vectors;
use crate::exact::{IntegerRow, Rational};
use crate::geometry::cascade::{Cascade, Split};
use crate::net::activation::Activation;
use crate::net::affine::Affine;
use crate::net::network::Choice;
use crate::net::{Form, Layer, Network, Shape};

/// Integer forms `[constant, coefficients..]` of all units, one after another.
type Signal<T> = Vec<T>;

/// How many layers come before the first decision.
fn beginning(network: &Network) -> usize {
    let plain =
        |layer: &&Layer| matches!(layer, Layer::Affine(_) | Layer::Flatten | Layer::Reshape(_));
    network.layers().iter().take_while(plain).count()
}

fn homogeneous(form: &Form) -> Vec<Rational> {
    [&form.constant].into_iter().chain(&form.coefficients).cloned().collect()
}

/// A network compiled for one kind of integer.
#[derive(Clone, Debug)]
pub(super) struct Program<T> {
    /// Entries of a form: the coordinates, and one.
    pub width: usize,
    pub domain: Vec<Form>,
    pub steps: Vec<Step<T>>,
    /// The forms that the first step reads.
    pub inputs: Signal<T>,
    origins: Origins<T>,
    /// The coordinates, unless they are the inputs.
    pub frame: Option<Frame>,
    /// The bits that no entry of any signal exceeds.
    pub bits: u64,
}

/// One step of a program.
#[derive(Clone, Debug)]
pub(super) enum Step<T> {
    /// `y[o] = constants[o] + sum of weight * x[i]` over the terms `(o, i, weight)`.
    Affine { constants: Vec<T>, terms: Vec<(u32, u32, T)> },
    /// Every unit on one of these pieces: slope, and value at zero.
    Pieces { levels: Vec<T>, factor: T, pieces: Vec<(T, T)> },
    /// The greatest entry of each window.
    Greatest(Vec<Vec<u32>>),
    /// Remember the signal.
    Keep,
    /// Add the remembered signal, times a factor.
    Add(T),
}

/// What is known at the beginning of a stage.
#[derive(Clone, Debug)]
pub(super) struct State<T> {
    signal: Signal<T>,
    kept: Vec<Signal<T>>,
    /// The step that the stage decides.
    step: usize,
}

/// What is known while a program is written.
pub(super) struct Writer<T> {
    steps: Vec<Step<T>>,
    /// The signal is this many times the values that it stands for.
    scale: Rational,
    /// Bits of an entry of the signal.
    bits: u64,
    /// Scale and bits of remembered signals.
    kept: Vec<(Rational, u64)>,
    most: u64,
}

impl<T: Entry> Writer<T> {
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
        self.steps.push(Step::Add(T::of(&factor)));
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
        self.steps.push(Step::Affine {
            constants: constants.iter().map(T::of).collect(),
            terms: terms.into_iter().map(|(o, i, w)| (o, i, T::of(&w))).collect(),
        });
    }

    fn activation(&mut self, activation: &Activation) {
        let pieces = activation.pieces();
        let slopes = pieces.iter().flat_map(|(slope, offset)| [slope, offset]);
        let multiplier = IntegerRow::new(slopes).scale;
        let factor = IntegerRow::new(activation.breakpoints().iter()).scale;
        let levels: Vec<Rational> =
            activation.breakpoints().iter().map(|t| t * &factor * &self.scale).collect();
        let scale = &self.scale * &multiplier;
        let pieces: Vec<[Rational; 2]> =
            pieces.iter().map(|(slope, offset)| [slope * &multiplier, offset * &scale]).collect();
        let bits = |numbers: &mut dyn Iterator<Item = &Rational>| {
            numbers.map(Rational::bits).max().unwrap_or(0)
        };
        let level = (self.bits + factor.bits()).max(bits(&mut levels.iter())) + 1;
        self.most = self.most.max(level);
        let slope = bits(&mut pieces.iter().map(|p| &p[0]));
        let offset = bits(&mut pieces.iter().map(|p| &p[1]));
        self.note((self.bits + slope).max(offset) + 1);
        self.scale = scale;
        self.steps.push(Step::Pieces {
            levels: levels.iter().map(T::of).collect(),
            factor: T::of(&factor),
            pieces: pieces.iter().map(|[s, o]| (T::of(s), T::of(o))).collect(),
        });
    }
}

impl<T: Entry> Program<T> {
    /// The program of a network. Its `bits` say whether `T` is wide enough.
    pub fn new(network: &Network, domain: &Domain) -> Self {
        let frame = if *domain == Domain::Whole { Self::frame(network) } else { None };
        Self::in_frame(network, domain, frame)
    }

    /// The program whose coordinates are the inputs, whatever would be faster.
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
        Self {
            width,
            domain: domain.forms(dimension),
            origins: Origins::new(&steps, inputs.len() / width),
            steps,
            inputs: inputs.iter().map(T::of).collect(),
            frame,
            bits,
        }
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

    /// Runs steps until one has to be decided.
    fn advance(&self, mut state: State<T>) -> State<T> {
        loop {
            match self.steps.get(state.step) {
                None | Some(Step::Pieces { .. } | Step::Greatest(_)) => return state,
                Some(Step::Affine { constants, terms }) => {
                    state.signal = self.affine(constants, terms, &state.signal);
                }
                Some(Step::Keep) => state.kept.push(state.signal.clone()),
                Some(Step::Add(factor)) => {
                    let kept = state.kept.pop().expect("a signal was kept");
                    for (y, x) in state.signal.iter_mut().zip(&kept) {
                        y.add_product(factor, x);
                    }
                }
            }
            state.step += 1;
        }
    }

    fn affine(&self, constants: &[T], terms: &[(u32, u32, T)], x: &[T]) -> Signal<T> {
        let width = self.width;
        let mut y = vec![T::zero(); constants.len() * width];
        // Units that are off are zero everywhere; most of the time they are many.
        let live: Vec<bool> = self.forms(x).map(|x| !x.iter().all(T::is_zero)).collect();
        for terms in terms.chunk_by(|a, b| a.0 == b.0) {
            let o = terms[0].0 as usize;
            let y = &mut y[o * width..][..width];
            for (_, i, weight) in terms {
                let i = *i as usize;
                if live[i] {
                    let x = &x[i * width..][..width];
                    y.iter_mut().zip(x).for_each(|(y, x)| y.add_product(weight, x));
                }
            }
        }
        for (o, constant) in constants.iter().enumerate() {
            y[o * width].add(constant);
        }
        y
    }

    fn forms<'s>(&self, signal: &'s [T]) -> impl Iterator<Item = &'s [T]> {
        signal.chunks_exact(self.width)
    }

    fn levels(&self, form: &[T], factor: &T, levels: &[T], rows: &mut Vectors) -> Split {
        let first = rows.len();
        for level in levels {
            if level.is_zero() {
                T::push(rows, form);
                continue;
            }
            let mut row = vec![T::zero(); self.width];
            row.iter_mut().zip(form).for_each(|(y, x)| y.add_product(factor, x));
            row[0].subtract(level);
            T::push(rows, &row);
        }
        Split::Levels(first..rows.len())
    }

    fn greatest(&self, window: &[u32], signal: &[T], rows: &mut Vectors) -> Split {
        let form = |i: u32| &signal[i as usize * self.width..][..self.width];
        let differences = rows.len();
        for (a, &earlier) in window.iter().enumerate() {
            for &later in &window[a + 1..] {
                let mut row = form(later).to_vec();
                row.iter_mut().zip(form(earlier)).for_each(|(y, x)| y.subtract(x));
                T::push(rows, &row);
            }
        }
        Split::Greatest { entries: window.to_vec(), differences }
    }
}

impl<T: Entry> Cascade for Program<T> {
    type State = State<T>;
    type Piece = Vec<T>;

    fn dimension(&self) -> usize {
        self.width - 1
    }

    fn domain(&self, rows: &mut Vectors) {
        for form in &self.domain {
            rows.push_fractions(&homogeneous(form));
        }
    }

    fn stages(&self) -> usize {
        let decides = |step: &&Step<T>| matches!(step, Step::Pieces { .. } | Step::Greatest(_));
        self.steps.iter().filter(decides).count()
    }

    fn start(&self) -> State<T> {
        self.advance(State { signal: self.inputs.clone(), kept: Vec::new(), step: 0 })
    }

    fn splits(&self, state: &State<T>, rows: &mut Vectors) -> Vec<Split> {
        match &self.steps[state.step] {
            Step::Pieces { levels, factor, .. } => {
                self.forms(&state.signal).map(|f| self.levels(f, factor, levels, rows)).collect()
            }
            Step::Greatest(windows) => {
                windows.iter().map(|w| self.greatest(w, &state.signal, rows)).collect()
            }
            _ => unreachable!("a stage begins at a step that decides"),
        }
    }

    fn made_of(&self, stage: usize, split: usize, choices: &[u32]) -> Option<(bool, Vec<u32>)> {
        // No more than so many independent forms vanish on a ray.
        self.origins.of(stage, split, choices, self.dimension())
    }

    fn next(&self, state: &State<T>, choices: &[u32]) -> State<T> {
        let mut signal = Vec::with_capacity(choices.len() * self.width);
        match &self.steps[state.step] {
            Step::Pieces { pieces, .. } => {
                for (form, &choice) in self.forms(&state.signal).zip(choices) {
                    let (slope, offset) = &pieces[choice as usize];
                    let first = signal.len();
                    signal.resize(first + self.width, T::zero());
                    if !slope.is_zero() {
                        let scaled = signal[first..].iter_mut().zip(form);
                        scaled.for_each(|(y, x)| y.add_product(slope, x));
                    }
                    signal[first].add(offset);
                }
            }
            Step::Greatest(_) => {
                for &entry in choices {
                    signal.extend_from_slice(
                        &state.signal[entry as usize * self.width..][..self.width],
                    );
                }
            }
            _ => unreachable!("a stage begins at a step that decides"),
        }
        self.advance(State { signal, kept: state.kept.clone(), step: state.step + 1 })
    }

    fn piece(&self, state: &State<T>) -> Vec<T> {
        state.signal.clone()
    }

    fn point(&self, coordinates: &[Rational]) -> Vec<Rational> {
        match &self.frame {
            Some(frame) => frame.point(coordinates),
            None => coordinates.to_vec(),
        }
    }
}
