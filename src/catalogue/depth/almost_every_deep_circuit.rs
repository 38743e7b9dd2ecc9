//! Almost every deep arithmetic circuit has full rank: on a line at most R (2n − 1) have not.

use crate::catalogue::prelude::*;
use crate::generators::tensor_trees::{Tree, alike, sizes, trees};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/almost_every_deep_circuit", AGAINST_ITS_NOTE)
        .remembered_from("CohenSharirShashua2016", "depth efficiency of almost all circuits")
        .as_printed(
            "from memory: weights of lower rank have measure zero; here on lines, with a number",
        ),
    statement: "circuits start + t step with n places, step of full rank R = min(r, M)^(n/2)  ⟹  \
                lower rank for at most R (2 n - 1) of t = 0, 1, 2, ..",
    cases: || {
        lines(trees(sizes(1..=2, 1..=2, 1..=2), 1))
            .with("exceptions", 4, vanishing())
            .with("all weights alike", 8, lines(alike(sizes(2..=2, 2..=2, 2..=2))))
            .with("rank nine", 32, lines(trees(sizes(2..=2, 3..=3, 3..=3), 2)))
            .with("eight places", 128, lines(trees(sizes(3..=3, 2..=2, 2..=2), 1)))
    },
    hypotheses: &[given("the step has full rank", |case: &Case| {
        case.step.matrix().rank() == case.step.sizes().full_rank()
    })
    .needed("all weights alike, in the start and in the step, never have it", || {
        alike(sizes(1..=1, 2..=2, 2..=2))
            .prop_map(|start| Case { step: start.clone(), start })
            .cases()
    })],
    conclusion: |case| at_most("circuits of lower rank", case.exceptions(), case.most()),
    twins: &[
        twin("every circuit", |case: &Case| {
            at_most("circuits of lower rank", case.exceptions(), 0)
        })
        .because("a weight may vanish on the way"),
        twin("as many as the rank", |case: &Case| {
            let exceptions = case.exceptions();
            at_most("circuits of lower rank", exceptions, case.step.sizes().full_rank())
        })
        .because("each of six weights of a circuit with two places vanishes once")
        .drawing(|| vanishing().cases()),
    ],
    well_formed: |case| {
        case.start.check()?;
        case.step.check()?;
        let fits = case.start.sizes() == case.step.sizes();
        require!(fits, "start and step must have the same sizes")?;
        require!(case.most() <= 300, "{} circuits of lower rank at most; up to 300", case.most())
    },
};

/// The circuits `start + t step`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    start: Tree,
    step: Tree,
}

impl Case {
    /// The degree of a minor of the tensor in `t`.
    fn most(&self) -> usize {
        let sizes = self.step.sizes();
        sizes.full_rank() * (2 * sizes.places() - 1)
    }

    /// How many of the first circuits, one more than may be, have lower rank.
    fn exceptions(&self) -> usize {
        let full = self.step.sizes().full_rank();
        let circuit = |t: usize| self.start.plus(&Rational::from(t), &self.step);
        (0..=self.most()).filter(|&t| circuit(t).matrix().rank() < full).count()
    }
}

/// From any start in the direction of the identities.
fn lines(starts: BoxedStrategy<Tree>) -> BoxedStrategy<Case> {
    starts.prop_map(|start| Case { step: start.sizes().identities(), start }).boxed()
}

/// Each weight of the identities other than 0 vanishes at a `t` of its own.
fn vanishing() -> BoxedStrategy<Case> {
    sizes(1..=2, 2..=2, 2..=2)
        .prop_flat_map(|sizes| {
            let weights = sizes.identities().weights();
            let ones = weights.iter().filter(|w| !w.is_zero()).count();
            (Just(sizes), Just((1..=ones).collect::<Vec<_>>()).prop_shuffle())
        })
        .prop_map(|(sizes, zeros)| {
            let step = sizes.identities();
            let mut zeros = zeros.into_iter().map(Rational::from);
            let mut start = step.weights();
            for (w, zero) in start.iter_mut().filter(|w| !w.is_zero()).zip(&mut zeros) {
                *w = -zero;
            }
            Case { start: sizes.tree(&start), step }
        })
        .boxed()
}
