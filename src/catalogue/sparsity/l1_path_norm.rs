//! The l1 path norm, one pass on |θ|, bounds how far outputs move.

use crate::catalogue::prelude::*;
use crate::generators::channels::{Probe, probes};
use crate::generators::hidden_channels::Kind;
use crate::net::Affine;
use crate::spline::weights::path_sum;

pub(super) static CLAIM: Claim<Probe> = Claim {
    card: theorem!("sparsity/l1_path_norm", AGAINST_ITS_NOTE)
        .derived_from("Neyshabur2015", "the path norm, computed by one pass on |θ|"),
    statement: "P the pass of ones through |θ| without biases, every slope between -1 and 1  ⟹  Σ \
                |f(x) - f(0)| ≤ P max |x|",
    cases: || Cases::of(Kind::ANY.at_every_scale(probes)),
    hypotheses: &[],
    conclusion: |case| bounded_by(case, path_sum(case.network(), 1)),
    twins: &[
        twin("the l2 path norm", |case: &Probe| {
            let (moved, largest) = moved(case)?;
            let bound = path_sum(case.network(), 2) * largest.pow(2);
            at_most("squared sum", moved.pow(2), bound)
        })
        .because("paths in the same direction add, and so do their absolute values"),
        twin("half of it", |case: &Probe| {
            bounded_by(case, path_sum(case.network(), 1) / Rational::integer(2))
        })
        .because("a network of one path is as steep as its norm"),
        twin("the product of the matrices", |case: &Probe| {
            let network = case.network();
            let mut product = Matrix::identity(network.input().units());
            for (layer, shape) in network.stages() {
                match layer {
                    Layer::Affine(affine) => product = affine.matrix(shape).product(&product),
                    Layer::Activation(_) | Layer::Flatten => {}
                    _ => return Err(Undecided("it is no chain of matrices")),
                }
            }
            let rows = (0..product.rows()).flat_map(|i| product.row(i));
            bounded_by(case, rows.map(Rational::abs).sum())
        })
        .because("paths of opposite signs need not cancel: a unit on one of them may be off"),
        twin("the last layer alone", |case: &Probe| {
            let last = case.network().layers().last();
            let Some(Layer::Affine(Affine { weight, .. })) = last else {
                return Err(Undecided("the last layer has no weights"));
            };
            bounded_by(case, weight.iter().map(Rational::abs).sum())
        })
        .because("every layer can be steep"),
    ],
    well_formed: Probe::check,
};

/// How far the outputs move from zero, and the largest input.
fn moved(case: &Probe) -> Result<(Rational, Rational), Undecided> {
    let (network, x) = (case.network(), case.x());
    let zero = network.eval(&vec![Rational::ZERO; x.len()]);
    let moved = network.eval(x).iter().zip(&zero).map(|(a, b)| (a - b).abs()).sum();
    let largest = x.iter().map(Rational::abs).max();
    Ok((moved, largest.ok_or(Undecided("there is no input"))?))
}

fn bounded_by(case: &Probe, norm: Rational) -> Conclusion {
    let (moved, largest) = moved(case)?;
    at_most("Σ |f(x) - f(0)|", moved, norm * largest)
}
