//! The regions of a network of one hidden layer are the cells of the lines that it bends at.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{RidgeNet, integral, nets};
use std::collections::BTreeMap;

pub(super) static CLAIM: Claim<RidgeNet> = Claim {
    card: theorem!("regions/convex_regions_of_one_layer", AGAINST_ITS_NOTE)
        .derived_from("Stargalla2025", "the notions R3, R4 and R5, for one hidden layer")
        .as_printed("quoted for all networks: R6 ≤ R5 ≤ R4 ≤ R3; equality in the middle is ours"),
    statement: "one hidden layer, one output  ⟹  R4 = cells of the hyperplanes on which the jump \
                of the gradient is not 0; each is convex, so R3 = R4",
    cases: || {
        prop_oneof![nets(1, 0..=4, integral), nets(2, 1..=4, integral), three_lines()]
            .with("bends that cancel", 4, cancelling())
            .with("3 inputs, 8 units", 32, nets(3, 4..=8, integral))
            .with("5 inputs, 10 units", 256, nets(5, 8..=10, integral))
    },
    hypotheses: &[],
    conclusion: |case| equal("regions", regions(case, Notion::R4), cells(case, true)),
    twins: &[
        twin("every unit cuts", |case: &RidgeNet| {
            equal("regions", regions(case, Notion::R4), cells(case, false))
        })
        .because("units on one hyperplane may cancel, or have the outer weight 0"),
        twin("R6 too", |case: &RidgeNet| {
            equal("affine functions", regions(case, Notion::R6), cells(case, true))
        })
        .because("relu(x) + relu(y) - relu(x + y) is 0 on two opposite cells")
        .drawing(|| three_lines().cases()),
        twin("R2 too", |case: &RidgeNet| {
            equal("activation regions", regions(case, Notion::R2), cells(case, true))
        })
        .because("a unit that is read with 0 makes patterns and no pieces"),
    ],
    well_formed: |case| {
        case.check().map_err(|error| error.to_string())?;
        let (d, units) = (case.slope.len(), case.weights.len());
        require!(d <= 6 && units <= 16, "{d} inputs and {units} units; at most 6 and 16")
    },
};

/// Regions of the units alone: an affine part beside them changes no region.
fn regions(case: &RidgeNet, notion: Notion) -> u64 {
    if case.weights.is_empty() {
        return 1;
    }
    let biases = case.thresholds.iter().map(|t| -t).collect();
    let layers = vec![
        Layer::dense(case.weights.len(), case.weights.concat(), biases),
        Layer::relu(),
        Layer::dense(1, case.outer.clone(), Vec::new()),
    ];
    let net = Network::new(Shape::Flat(case.slope.len()), layers).expect("the parts fit");
    net.count_regions(notion, &Domain::Whole)
}

/// Cells of the hyperplanes of the units, of those with a jump only or of all.
fn cells(case: &RidgeNet, jumping: bool) -> u64 {
    let mut jumps: BTreeMap<Vec<Rational>, Rational> = BTreeMap::new();
    for ((w, t), outer) in case.weights.iter().zip(&case.thresholds).zip(&case.outer) {
        let Some(first) = w.iter().find(|x| !x.is_zero()) else { continue };
        // The hyperplane with its first entry 1; a unit bends by |first| times its outer weight.
        let plane = w.iter().chain([t]).map(|x| x / first).collect();
        *jumps.entry(plane).or_default() += first.abs() * outer;
    }
    let walls: Vec<_> =
        jumps.into_iter().filter(|(_, jump)| !(jumping && jump.is_zero())).collect();
    if walls.is_empty() {
        return 1;
    }
    let d = case.slope.len();
    let rows = walls.iter().flat_map(|(plane, _)| plane[..d].to_vec()).collect();
    let offsets = walls.iter().map(|(plane, _)| -&plane[d]).collect();
    let layers = vec![Layer::dense(walls.len(), rows, offsets), Layer::relu()];
    let net = Network::new(Shape::Flat(d), layers).expect("hyperplanes of one dimension");
    net.count_regions(Notion::R2, &Domain::Whole)
}

/// Three lines through a point whose bends cancel all around: `relu(a) + relu(b) - relu(a + b)`.
fn three_lines() -> BoxedStrategy<RidgeNet> {
    (1i64..=3, -2i64..=2, 1i64..=2, numbers::integers(3, 2))
        .prop_map(|(a, shear, b, rest)| {
            let integers = |row: [i64; 2]| row.map(Rational::integer).to_vec();
            let [constant, slope @ ..] = [0, 1, 2].map(|i: usize| rest[i].clone());
            RidgeNet {
                constant,
                slope: slope.to_vec(),
                weights: vec![integers([a, 0]), integers([shear, b]), integers([a + shear, b])],
                thresholds: vec![Rational::ZERO; 3],
                outer: vec![Rational::ONE, Rational::ONE, -Rational::ONE],
            }
        })
        .boxed()
}

/// Networks with each unit once more, turned or not, and its outer weight with the other sign.
fn cancelling() -> BoxedStrategy<RidgeNet> {
    (nets(2, 1..=4, integral), vec((any::<bool>(), any::<bool>()), 4))
        .prop_map(|(mut net, drawn)| {
            for (k, (again, turned)) in drawn.into_iter().enumerate().take(net.weights.len()) {
                if again {
                    let sign = numbers::sign(!turned);
                    net.weights.push(net.weights[k].iter().map(|w| w * &sign).collect());
                    net.thresholds.push(&net.thresholds[k] * &sign);
                    net.outer.push(-&net.outer[k]);
                }
            }
            net
        })
        .boxed()
}
