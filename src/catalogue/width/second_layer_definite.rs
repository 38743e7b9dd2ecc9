//! With two hidden layers the kernel is positive definite for distinct inputs.

use crate::catalogue::prelude::*;
use crate::kernel::{least_pivot, sure_pivot, tangent};

pub(super) static CLAIM: Claim<Points> = Claim {
    card: theorem!("width/second_layer_definite", STEP_BY_STEP)
        .remembered_from("Jacot2018", "positive definiteness of the limiting kernel")
        .as_printed("for inputs on the sphere, with biases, from two affine maps on"),
    statement: "directions distinct, two hidden layers  ⟹  every pivot is positive",
    cases: || {
        let any = |d, most| directions::spacious(d, most).prop_map(directions::without_repeats);
        let roots = |d, most| directions::roots(d, most).prop_map(directions::without_repeats);
        directions::distinct()
            .with("8 lines in 4 dimensions", 32, any(4, 8))
            .with("roots of 6 dimensions, opposite ones too", 64, roots(6, 16))
            .with("40 roots of 6 dimensions", 256, directions::different_roots(6, 40))
            .with("60 roots of 6 dimensions", 1024, roots(6, 90))
    },
    hypotheses: &[given("distinct", is_distinct)
        .needed("a point and itself", || directions::on_a_hexagon(7).cases())],
    conclusion: |case| above("least pivot", least(case), 0),
    twins: &[twin("one hidden layer", |case: &Points| {
        let least = least_pivot(case).ok_or(Undecided("the sign of a pivot at 4096 bits"));
        above("least pivot", least, 0)
    })
    .because("deeper does help: one layer leaves the hexagon singular")],
    well_formed: Points::check,
};

fn is_distinct(case: &Points) -> bool {
    case.directions().len() == case.len()
}

/// The least pivot. A repeated direction makes two rows multiples of each other, since the kernel
/// is homogeneous in each input, so that a pivot is zero.
fn least(case: &Points) -> Result<Rational, Undecided> {
    if !is_distinct(case) {
        return Ok(Rational::ZERO);
    }
    let shown = |bits| sure_pivot(&tangent(case, 2, bits), bits + 40);
    [80, 320, 1280].into_iter().find_map(shown).ok_or(Undecided("the sign of a pivot at 1280 bits"))
}
