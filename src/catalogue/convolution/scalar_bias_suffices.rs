//! One bias a hidden layer suffices.

use crate::catalogue::prelude::*;
use crate::construct::expansive::Expansive;
use crate::generators::expansive::{
    FEW_RIDGES, FORTY_RIDGES, HUNDRED_RIDGES, MORE_RIDGES, RidgeOnCube, ridge_on_cube,
};

pub(super) static CLAIM: Claim<RidgeOnCube> = Claim {
    card: theorem!("convolution/scalar_bias_suffices", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "the bias vectors of the universality proof")
        .as_printed("2 s + 1 different biases in each hidden layer"),
    statement: "W_(Js) = 0, (m + 1) d < d + J s  ⟹  f with one bias in each hidden layer = b_0 \
                + c_0 ⟨a_0, x⟩ + Σ_(k ≤ m) c_k relu(⟨a_k, x⟩ - t_k) for |x|_∞ ≤ R",
    cases: || {
        ridge_on_cube(FEW_RIDGES, true, true)
            .with("up to 6 inputs, 12 ridges", 32, ridge_on_cube(MORE_RIDGES, true, true))
            .with("6 inputs, 40 ridges", 64, ridge_on_cube(FORTY_RIDGES, true, true))
            .with("10 inputs, 100 ridges", 2048, ridge_on_cube(HUNDRED_RIDGES, true, true))
    },
    hypotheses: &[given("a last unit is left for the constant", |case: &RidgeOnCube| {
        case.ridge.leaves_a_constant()
    })
    .needed("the very last unit sees x_d", || ridge_on_cube(FEW_RIDGES, false, true).cases())],
    conclusion: |case| compare(case, &network(case, &Rational::ZERO)),
    twins: &[
        twin("every bias smaller by 1/8", |case: &RidgeOnCube| {
            compare(case, &network(case, &Rational::new(1, 8)))
        })
        .because("the unit that attains the maximum clips at a corner"),
        twin("one bias in the last layer too", |case: &RidgeOnCube| {
            let mut net = network(case, &Rational::ZERO);
            let last = net.stages.last_mut().expect("there is a filter");
            last.bias.truncate(1);
            compare(case, &net)
        })
        .because("the knots live in the last bias"),
    ],
    well_formed: RidgeOnCube::check,
};

/// The network whose hidden biases are the least ones, less `missing`.
fn network(case: &RidgeOnCube, missing: &Rational) -> Expansive {
    let mut hidden = case.ridge.scalar_biases(&case.reach);
    hidden.iter_mut().flatten().for_each(|bias| *bias -= missing);
    case.ridge.network(hidden, &case.ridge.lift(&case.reach))
}

fn compare(case: &RidgeOnCube, net: &Expansive) -> Conclusion {
    let gap = case.gap(net).ok_or(Undecided("neither proved equal on the box nor told apart"));
    equal("gap", gap, 0)
}
