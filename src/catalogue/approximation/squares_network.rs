//! Convolutions with filters 1 + z^d compute a sum of interpolated squares, exactly.

use crate::catalogue::prelude::*;
use crate::construct::interpolant::Interpolant;
use crate::construct::ridge_function::squares_network;
use crate::construct::ridge_sum::RidgeSum;
use crate::net::Affine;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/squares_network", AGAINST_ITS_NOTE)
        .derived_from("Mao2021", "radial functions: the network for |x|²")
        .as_printed("two groups of convolutions are in the abstract; this network is ours"),
    statement: "N layers of filters of degree d, on d inputs  ⟹  network = Σ_i PL_N(x_i²) for \
                |x|_∞ ≤ 1",
    cases: || {
        let small = (1..=6).flat_map(|d| (1..=8).map(move |cells| Case { d, cells }));
        let strata = Cases::listed(small).with("up to 8 inputs, 12 cells", 1, sizes(7..=8, 1..=12));
        strata.with("8 inputs, 24 cells", 64, sizes(8..=8, 20..=24))
    },
    hypotheses: &[],
    conclusion: |case| compare(case, &squares_network(case.d, case.cells), case.cells),
    twins: &[
        twin("1 on every unit of the first layer", |case: &Case| {
            let lifted = edited(case, |layer| layer.bias.fill(Rational::ONE));
            compare(case, &lifted, case.cells)
        })
        .because("the padded units must stay 0, or every copy is lifted twice"),
        twin("no bias in the first layer", |case: &Case| {
            compare(case, &edited(case, |layer| layer.bias.fill(Rational::ZERO)), case.cells)
        })
        .because("negative inputs are clipped"),
        twin("one cell more", |case: &Case| {
            compare(case, &squares_network(case.d, case.cells), case.cells + 1)
        })
        .because("N layers give N cells"),
    ],
    well_formed: |case| {
        let fits = (1..=8).contains(&case.d) && (1..=24).contains(&case.cells);
        require!(fits, "there must be 1 to 8 inputs and 1 to 24 cells")
    },
};

/// Inputs and cells.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    d: usize,
    cells: usize,
}

/// The gap on the cube.
fn compare(case: &Case, network: &Network, cells: usize) -> Conclusion {
    let one = Rational::ONE;
    let square = Interpolant::of(|t| t * t, -&one, one.clone(), cells);
    let axis = |i: usize| (0..case.d).map(|k| Rational::from(k == i)).collect();
    let ridges: Vec<_> = (0..case.d).map(|i| (axis(i), square.clone())).collect();
    let sum = RidgeSum::of_interpolants(case.d, &ridges).shallow();
    let gap = equal_on_box(network, &sum, &InputBox::cube(case.d, &one)).gap();
    equal("gap", gap.ok_or(Undecided("a unit is not proved linear on the cube")), 0)
}

/// The network with another first layer.
fn edited(case: &Case, edit: impl Fn(&mut Affine)) -> Network {
    let network = squares_network(case.d, case.cells);
    let mut layers = network.layers().to_vec();
    if let Layer::Affine(affine) = &mut layers[0] {
        edit(affine);
    }
    Network::new(network.input(), layers).expect("the shapes are unchanged")
}

fn sizes(d: Span, cells: Span) -> impl Strategy<Value = Case> {
    (d, cells).prop_map(|(d, cells)| Case { d, cells })
}
