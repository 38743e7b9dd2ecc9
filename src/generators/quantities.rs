//! Quantities by name: what stacked layers of a shape have, and what is measured on a network.
//!
//! A *stack* is a list of layers without padding, a ReLU after each; the network is the last
//! signal. A quantity that cannot be computed is unknown for a reason, and no number stands for it.

use super::layer_chains::Stacked;
use super::prelude::*;
use crate::approximate::{Comparison, Why};
use crate::counting::{BOUNDS, Bound, BoundKind, Stack, choose_up_to, survey};
use crate::engines::{Goal, Plan};
use crate::geometry::double_description::{Explorer, Progress};
use crate::geometry::piecewise_affine::PiecewiseAffine;
use crate::net::regions::{Cells, Question};
use crate::net::{Activation, Layer};
use crate::spline::univariate::{along_line, tv2};
use crate::spline::weights::path_sum;
use std::ops::ControlFlow;

/// Steps that a bound may take.
const LIMIT: usize = 1 << 16;
/// Numbers that deletion and restriction may compute.
const NUMBERS: usize = 1 << 26;

/// The most regions that are counted one by one: about a second of work.
fn most(network: &Network) -> u64 {
    // A cell may have twice as many corners for each further input.
    let inputs = network.input().units().min(22);
    ((1u64 << 22) >> inputs).clamp(1 << 10, 1 << 16)
}

/// A number, or why there is none.
pub type Known = Result<Rational, Why>;

/// Quantities of a shape without a layer's number, with what they are.
pub const OF_SHAPES: [(&str, &str); 14] = [
    ("inputs", "numbers of the input"),
    ("seen", "inputs that some unit of the first layer sees"),
    ("units, n", "units of all layers"),
    ("positions", "positions of all layers"),
    ("width", "most units of a layer"),
    ("least_width", "fewest units of a layer"),
    ("depth", "layers"),
    ("parameters", "weights and biases"),
    ("published", "the published count R_N of the first layer"),
    ("general", "regions of all units in general position"),
    ("lower", "the best proved lower bound of the maximum"),
    ("upper", "the best proved upper bound of the maximum"),
    ("maximum", "the maximum, where it is proved"),
    ("channels(0)", "channels of the input"),
];

/// Quantities of one layer of a shape.
pub const OF_LAYERS: [(&str, &str); 6] = [
    ("units", "units"),
    ("positions", "positions"),
    ("channels", "filters"),
    ("taps", "numbers that a filter sees"),
    ("stride", "step"),
    ("published", "the published count R_N of the layer alone"),
];

/// Quantities of a network.
pub const OF_NETWORKS: [(&str, &str); 12] = [
    ("regions, R2", "proper activation regions"),
    ("strict", "strict sign regions"),
    ("R1", "activation regions, lower-dimensional ones too"),
    ("R4", "affine regions"),
    ("R6", "different affine maps"),
    ("bounded", "proper activation regions that lie in a ball"),
    ("path_norm", "the l1 path norm"),
    ("path_squares", "the square of the l2 path norm"),
    ("decay", "the sum of the squares of all weights"),
    ("tv2", "TV2 along the first input, the others 0, all outputs together"),
    ("knots", "knots there"),
    ("rank(1)", "the rank of the first layer; rank(2), .. of the others"),
];

/// The name of a bound in an expression: `general_position`.
pub fn name_of(bound: &str) -> String {
    let word = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
    bound.chars().map(word).collect::<String>().split_whitespace().collect::<Vec<_>>().join("_")
}

/// Every name of a quantity of stacks with this many layers, and whether it is measured on
/// networks.
pub fn names(layers: usize) -> Vec<(String, bool)> {
    let split = |list: &[(&str, &str)]| {
        let words = list.iter().flat_map(|(names, _)| names.split(", "));
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    let mut shape = split(&OF_SHAPES);
    for (name, _) in OF_LAYERS {
        shape.extend((1..=layers).map(|layer| format!("{name}({layer})")));
    }
    shape.extend(BOUNDS.map(name_of));
    let mut measured = split(&OF_NETWORKS);
    measured.extend((2..=layers).map(|layer| format!("rank({layer})")));
    let both = [(shape, false), (measured, true)];
    both.into_iter().flat_map(|(names, is)| names.into_iter().map(move |name| (name, is))).collect()
}

const UNKNOWN: Why = Why::Undefined("no quantity of this name");
const TOO_LONG: Why = Why::Undefined("a bound takes too long");

/// A quantity of a shape. Cost: for bounds that of [`survey`].
pub fn of_shape(stack: &Stack, name: &str) -> Known {
    if let Some((name, layer)) = name.strip_suffix(')').and_then(|name| name.split_once('(')) {
        let layer: usize = layer.parse().map_err(|_| UNKNOWN)?;
        return of_layer(stack, name, layer);
    }
    let widths = stack.widths();
    let positions = || stack.stages().iter().map(|stage| stage.window.positions());
    let number = match name {
        "inputs" => stack.inputs(),
        "seen" => stack.seen(),
        "units" | "n" => widths.iter().sum(),
        "positions" => positions().sum(),
        "width" => widths.into_iter().max().expect("a stack has a layer"),
        "least_width" => widths.into_iter().min().expect("a stack has a layer"),
        "depth" => widths.len(),
        "parameters" => stack.parameters(),
        "published" => return of_layer(stack, name, 1),
        "general" => {
            return Ok(choose_up_to(widths.iter().sum(), stack.seen()).into());
        }
        _ => return of_bounds(stack, name),
    };
    Ok(number.into())
}

fn of_layer(stack: &Stack, name: &str, layer: usize) -> Known {
    if (name, layer) == ("channels", 0) {
        return Ok(stack.stages()[0].window.depth().into());
    }
    let stage = layer.checked_sub(1).and_then(|i| stack.stages().get(i)).ok_or(UNKNOWN)?;
    let [down, across] = stage.window.stride();
    Ok(match name {
        "units" => stage.width().into(),
        "positions" => stage.window.positions().into(),
        "channels" => stage.units.into(),
        "taps" => stage.window.taps().into(),
        "stride" if down == across => down.into(),
        "stride" => return Err(Why::Undefined("two strides")),
        "published" => {
            let count = stage.window.published_within(stage.units, 1, LIMIT);
            count.ok_or(TOO_LONG)?.into()
        }
        _ => return Err(UNKNOWN),
    })
}

fn of_bounds(stack: &Stack, name: &str) -> Known {
    let bounds = survey(stack, LIMIT);
    let proved = |side: BoundKind| {
        let on_side = move |bound: &&Bound| bound.side == side || bound.side == BoundKind::Exact;
        let proved = bounds.iter().filter(|bound| bound.is_proved).filter(on_side);
        proved.filter_map(|bound| bound.value.clone())
    };
    let (lower, upper) = (proved(BoundKind::Lower).max(), proved(BoundKind::Upper).min());
    let value = match name {
        "lower" => lower,
        "upper" => upper,
        "maximum" if lower == upper => lower,
        "maximum" => return Err(Why::Undefined("the maximum is not known")),
        _ => {
            let bound = bounds.into_iter().find(|bound| name_of(bound.name) == name);
            let none = Why::Undefined("a bound that says nothing of this shape");
            bound.ok_or(none)?.value
        }
    };
    value.map(Rational::from).ok_or(TOO_LONG)
}

/// A quantity of a network of dense layers or convolutions, with a ReLU after each.
pub fn of_network(network: &Network, name: &str) -> Known {
    Ok(match name {
        "regions" | "R2" => regions(network, Notion::R2)?,
        "strict" => regions(network, Notion::Strict)?,
        "R1" => regions(network, Notion::R1)?,
        "R4" => regions(network, Notion::R4)?,
        "R6" => regions(network, Notion::R6)?,
        "bounded" => {
            let cells = Cells::in_inputs(network, &Domain::Whole);
            cells.ask(Bounded(most(network))).ok_or(TOO_MANY)?.into()
        }
        "path_norm" => path_sum(network, 1),
        "path_squares" => path_sum(network, 2),
        "decay" => {
            let parameters = network.parameters();
            parameters.iter().flat_map(|own| &own.weight).map(|w| w * w).sum()
        }
        "tv2" => along(network).iter().map(tv2).sum(),
        "knots" => {
            let outputs = along(network);
            let mut knots: Vec<_> = outputs.iter().flat_map(Activation::breakpoints).collect();
            knots.sort_unstable();
            knots.dedup();
            knots.len().into()
        }
        _ => rank(network, name).ok_or(UNKNOWN)?.into(),
    })
}

const TOO_MANY: Why = Why::Undefined("too many regions");

fn regions(network: &Network, notion: Notion) -> Known {
    let plan = Plan::new(network, &Domain::Whole, notion, Goal::Total);
    if let Some(count) = plan.restricted(NUMBERS) {
        return Ok(count.into());
    }
    let most = most(network);
    let limit = Progress { limit: most, stop: None };
    let (count, all) = match notion {
        Notion::R4 => match plan.cells.affine_regions(most as usize) {
            Some(count) => (count as u64, true),
            None => (0, false),
        },
        _ => plan.cells.count(notion, &[], limit),
    };
    if all { Ok(count.into()) } else { Err(TOO_MANY) }
}

/// Counts bounded cells, of at most so many.
struct Bounded(u64);

impl Question for Bounded {
    type Answer = Option<u64>;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> Option<u64> {
        let mut bounded = 0;
        let limit = Progress { limit: self.0, stop: None };
        let (_, all) = Explorer::new(cascade).until(limit).visit(|mesh, leaf| {
            bounded += u64::from(mesh.is_bounded(leaf.cell));
            ControlFlow::Continue(())
        });
        all.then_some(bounded)
    }
}

/// The outputs along the first input, where the others are 0.
fn along(network: &Network) -> Vec<Activation> {
    let inputs = network.input().units();
    let mut direction = vec![Rational::ZERO; inputs];
    direction[0] = Rational::ONE;
    along_line(network, &vec![Rational::ZERO; inputs], &direction)
}

fn rank(network: &Network, name: &str) -> Option<usize> {
    let layer = name.strip_prefix("rank(")?.strip_suffix(')')?.parse::<usize>().ok()?;
    let mut affine = network.stages().filter_map(|(layer, shape)| match layer {
        Layer::Affine(affine) => Some(affine.matrix(shape).rank()),
        _ => None,
    });
    affine.nth(layer.checked_sub(1)?)
}

/// Both sides of a comparison on a network, such as `regions <= 2^n`.
///
/// # Errors
///
/// What cannot be computed, or that the text is no comparison.
pub fn sides(statement: &str, case: &Stacked) -> Result<[Rational; 2], &'static str> {
    let names = names(case.layers.len());
    let words: Vec<_> = names.iter().map(|(name, _)| name.clone()).collect();
    let statement = Comparison::parse(statement, &words);
    let statement = statement.map_err(|_| "the statement is no comparison of quantities")?;
    let (stack, network) = (case.stacking().stack(), case.network());
    let used = statement.quantities();
    let known = |(index, (name, is_measured)): (usize, &(String, bool))| match (
        used.contains(&index),
        is_measured,
    ) {
        (false, _) => Err(UNKNOWN),
        (true, true) => of_network(&network, name),
        (true, false) => of_shape(&stack, name),
    };
    let known: Vec<Known> = names.iter().enumerate().map(known).collect();
    let side = |side: &crate::approximate::Expression| side.computed(&known).map_err(Why::words);
    Ok([side(&statement.left)?, side(&statement.right)?])
}
