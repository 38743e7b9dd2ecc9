//! Stacks of layers whose shapes lie in ranges, and their networks.

use super::layer_chains::{Filters, Stacked, stacked_with};
use super::prelude::*;
use super::stack_sizes::Stacking;
use crate::counting::{Plan, Stack, Stage};

/// The most shapes of one range.
const MOST: usize = 4096;

/// Ranges of shapes of inputs and of layers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shapes {
    /// Channels, height and width of the input.
    pub input: [Span; 3],
    /// First to last.
    pub layers: Vec<Layers>,
}

/// Ranges of shapes of one layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layers {
    /// Height and width of the filters; all of their input where there is none.
    pub filter: Option<[Span; 2]>,
    /// Vertical and horizontal step.
    pub stride: [Span; 2],
    /// Filters.
    pub units: Span,
}

/// The shapes of some ranges that fit.
#[derive(Clone, Debug)]
pub struct Fitting {
    /// Those that fit, in the order of their numbers.
    pub stacks: Vec<Stack>,
    /// How many do not.
    pub left_out: usize,
    /// Why the first of these does not.
    pub why: Option<String>,
}

impl Shapes {
    /// The shapes.
    ///
    /// # Errors
    ///
    /// There are too many, or none fits; a sentence.
    pub fn stacks(&self) -> Result<Fitting, String> {
        let spans = self.spans();
        let sizes = spans.iter().map(size);
        let count = sizes.fold(1usize, usize::saturating_mul);
        refuse_if!(count > MOST, "{count} shapes; at most {MOST} are asked at once");
        let mut fitting = Fitting { stacks: Vec::new(), left_out: 0, why: None };
        for number in 0..count {
            match self.stack(number, &spans) {
                Ok(stack) => fitting.stacks.push(stack),
                Err(why) => {
                    fitting.left_out += 1;
                    fitting.why.get_or_insert(why);
                }
            }
        }
        match (fitting.stacks.is_empty(), &fitting.why) {
            (false, _) => Ok(fitting),
            (true, Some(why)) => Err(why.clone()),
            (true, None) => Err("a range has its least number first".to_owned()),
        }
    }

    fn spans(&self) -> Vec<Span> {
        let mut spans = self.input.to_vec();
        for Layers { filter, stride, units } in &self.layers {
            spans.extend(filter.iter().flatten().cloned());
            spans.extend(stride.iter().cloned());
            spans.push(units.clone());
        }
        spans
    }

    /// The shape of this number; the last span runs fastest.
    fn stack(&self, mut number: usize, spans: &[Span]) -> Result<Stack, String> {
        let mut digits = vec![0; spans.len()];
        for (digit, span) in digits.iter_mut().zip(spans).rev() {
            *digit = span.start() + number % size(span);
            number /= size(span);
        }
        let mut digits = digits.into_iter();
        let mut next = || digits.next().expect("a digit for each span");
        let [channels, height, width] = [(); 3].map(|()| next());
        let mut plan = |layer: &Layers| Plan {
            filter: layer.filter.as_ref().map(|_| [(); 2].map(|()| next())),
            stride: [(); 2].map(|()| next()),
            units: next(),
        };
        let plans: Vec<_> = self.layers.iter().map(&mut plan).collect();
        Stack::new([height, width], channels, &plans)
    }

    /// The shapes that networks are drawn of: small enough to be measured.
    ///
    /// # Errors
    ///
    /// As for [`Shapes::stacks`]; and the first shape that is too large, in a sentence.
    pub fn measured(&self) -> Result<Vec<Stacking>, String> {
        self.stacks()?.stacks.iter().map(Stacking::of).collect()
    }

    /// Whether a network is of one of these shapes; in a sentence why not.
    ///
    /// # Errors
    ///
    /// The sentence.
    pub fn check(&self, case: &Stacked) -> Result<(), String> {
        case.check()?;
        let is_one = self.measured()?.contains(&case.stacking());
        require!(is_one, "the network has none of the shapes that are spoken of")
    }
}

/// How many numbers lie in a span; the most there are where they are too many.
fn size(span: &Span) -> usize {
    if span.is_empty() { 0 } else { (span.end() - span.start()).saturating_add(1) }
}

impl Stacking {
    /// The shape by its numbers.
    ///
    /// # Errors
    ///
    /// It has more inputs or units than are measured, or two different strides.
    pub fn of(stack: &Stack) -> Result<Self, String> {
        let first = stack.stages()[0].window;
        let [height, width] = first.input();
        let layer = |stage: &Stage| {
            let ([rows, columns], strides) = (stage.window.filter(), stage.window.stride());
            // A step along an axis with one position does nothing.
            let moves = [0, 1].map(|axis| stage.window.output()[axis] > 1);
            let step = match moves {
                [true, false] => strides[0],
                [false, true] => strides[1],
                _ => strides[0].max(strides[1]),
            };
            [rows, columns, step, stage.units]
        };
        let layers = stack.stages().iter().map(layer).collect();
        let shape = Self { input: [first.depth(), height, width], layers };
        shape.check()?;
        let outputs = |stack: &Stack| {
            stack.stages().iter().map(|stage| stage.window.output()).collect::<Vec<_>>()
        };
        let is_same = outputs(&shape.stack()) == outputs(stack);
        require!(is_same, "two strides; networks are drawn with one for both directions")?;
        Ok(shape)
    }
}

/// The network with these layers: height and width of the filters, the stride, the weights of each
/// filter and the biases, as numbers with spaces between. Panics where that is no number.
pub fn written(input: [usize; 3], layers: &[([usize; 2], usize, &[&str], &str)]) -> Stacked {
    let numbers = |text: &str| {
        let number = |word: &str| word.parse().expect("a number");
        text.split_whitespace().map(number).collect::<Vec<Rational>>()
    };
    let layer = |(size, stride, weights, biases): &([usize; 2], usize, &[&str], &str)| Filters {
        size: *size,
        stride: *stride,
        weights: weights.iter().map(|filter| numbers(filter)).collect(),
        biases: numbers(biases),
    };
    Stacked { input, layers: layers.iter().map(layer).collect() }
}

/// Networks of these shapes, of which there is one at least: small and large weights, few different
/// ones, and coincidences.
pub fn networks(shapes: &[Stacking]) -> Strata<Stacked> {
    let of = |most: i64| {
        let shapes = select(shapes.to_vec());
        shapes.prop_flat_map(move |shape| stacked_with(shape, most)).boxed()
    };
    vec![
        ("base", 1, of(4)),
        ("few different weights", 4, of(1)),
        ("coincidences", 5, (of(3), vec(coincidence(), 1..=3)).prop_map(coincident).boxed()),
        ("large weights", 8, of(99_999)),
    ]
}

/// A layer, two filters, a factor, and whether the bias is taken along.
type Coincidence = ([usize; 3], Rational, bool);

fn coincidence() -> impl Strategy<Value = Coincidence> {
    let factor = select(vec![1i64, 1, -1, 0, 2, -2]).prop_map(Rational::from);
    ([0usize..8, 0..32, 0..32], factor, any::<bool>())
}

/// The network with one filter a multiple of another, some times.
fn coincident((mut case, all): (Stacked, Vec<Coincidence>)) -> Stacked {
    for ([layer, to, from], factor, whole) in all {
        let count = case.layers.len();
        let Filters { weights, biases, .. } = &mut case.layers[layer % count];
        let (to, from) = (to % weights.len(), from % weights.len());
        weights[to] = weights[from].iter().map(|w| w * &factor).collect();
        if whole {
            biases[to] = &biases[from] * &factor;
        }
    }
    case
}
