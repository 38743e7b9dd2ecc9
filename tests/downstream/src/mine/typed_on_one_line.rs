//! A conjecture that was typed on one line.

use crease::catalogue::prelude::*;
use crease::generators::layer_chains::Stacked;
use crease::generators::quantities::sides;
use crease::generators::stacks::{Layers, Shapes, networks, written};

/// The statement, as `crease conjecture` reads it.
const STATEMENT: &str = "bounded<=choose(n-1,inputs)";
const LEFT: &str = "bounded";

pub(super) static CLAIM: Claim<Stacked> = Claim {
    card: conjecture!("mine/typed_on_one_line", "bounded<=choose(n-1,inputs)"),
    statement: STATEMENT,
    cases: || Cases::of(networks(&shapes().measured().expect("the shapes fit"))),
    hypotheses: &[],
    conclusion: |case| {
        let [left, right] = sides(STATEMENT, case).map_err(Undecided)?;
        at_most(LEFT, left, right)
    },
    twins: &[
        twin("closer by one than the closest case", |case: &Stacked| {
            let [left, right] = sides(STATEMENT, case).map_err(Undecided)?;
            at_most(LEFT, left, right - Rational::integer(1))
        })
        .because("the closest case that was found is farther")
        .drawing(|| Cases::listed([closest()])),
        twin("the opposite", |case: &Stacked| {
            let [left, right] = sides(STATEMENT, case).map_err(Undecided)?;
            above(LEFT, left, right)
        })
        .because("it is false wherever the statement is true"),
    ],
    well_formed: |case| shapes().check(case),
};

/// What the statement speaks of: channels, height and width, and the layers.
fn shapes() -> Shapes {
    let input = [1..=1, 1..=1, 2..=2];
    let layers = vec![Layers { filter: None, stride: [1..=1, 1..=1], units: 2..=4 }];
    Shapes { input, layers }
}

/// The closest case that was found.
fn closest() -> Stacked {
    written([1, 1, 2], &[([1, 2], 1, &["0 1", "1 1", "1 0"], "1 0 0")])
}
