//! On a box, networks of one layer are networks of two.

use crate::catalogue::prelude::*;
use crate::construct::expansive::{Expansive, Stage, convolve};
use crate::generators::expansive::{chain, tied};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/nesting_first_step", AGAINST_ITS_NOTE)
        .derived_from("Crease", "is H_J contained in H_(J+1)? asked here, answered for J = 1"),
    statement: "f ∈ H_1  ⟹  some g ∈ H_2 has g(x) = f(x) for |x|_∞ ≤ R",
    cases: || {
        cases(1..=4, 1..=3).with("6 to 20 inputs, 40 units", 32, cases(6..=20, 4..=20)).with(
            "60 inputs",
            1024,
            cases(60..=60, 20..=60),
        )
    },
    hypotheses: &[],
    conclusion: |case| compare(case, &case.deeper(&case.reach)),
    twins: &[
        twin("without a bias in front", |case: &Case| compare(case, &case.deeper(&Rational::ZERO)))
            .because("the first ReLU clips negative inputs"),
        twin("the last bias repeats in the middle", |case: &Case| {
            compare(case, &tied(case.deeper(&case.reach)))
        })
        .because("so a third layer would ask, and the same step does not lead from H_2 to H_3"),
        twin("coefficients at the end", |case: &Case| {
            let mut deeper = case.deeper(&case.reach);
            deeper.coefficients.rotate_right(case.filter_degree());
            compare(case, &deeper)
        })
        .because("a single tap in front leaves the units where they are"),
    ],
    well_formed: |case| {
        let fits = case.net.stages.len() == 1 && case.net.stages[0].filter.len() >= 2;
        require!(fits, "one layer is asked about, with two taps at least")?;
        let fits = case.net.stages[0].bias.len() == case.net.coefficients.len();
        require!(fits, "there must be a bias for every unit")?;
        match case.reach.is_positive() {
            true => case.net.network().map(drop).map_err(|error| error.to_string()),
            false => Err("the reach must be positive".to_owned()),
        }
    },
};

/// A network with one layer, on `|x|_inf <= reach`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    reach: Rational,
    net: Expansive,
}

impl Case {
    fn filter_degree(&self) -> usize {
        self.net.stages[0].filter.len() - 1
    }

    /// A single tap with the bias `lift` in front, and the units that are new left out.
    fn deeper(&self, lift: &Rational) -> Expansive {
        let (s, stage) = (self.filter_degree(), &self.net.stages[0]);
        let mut single = vec![Rational::ZERO; s + 1];
        single[0] = Rational::ONE;
        let carried = convolve(&stage.filter, &vec![lift.clone(); self.net.width + s]);
        let old = stage.bias.iter().cloned().chain(vec![Rational::ZERO; s]);
        let bias = old.zip(carried).map(|(bias, carried)| bias - carried).collect();
        let mut coefficients = self.net.coefficients.clone();
        coefficients.extend(vec![Rational::ZERO; s]);
        let first = Stage { filter: single, bias: vec![lift.clone()] };
        let last = Stage { filter: stage.filter.clone(), bias };
        Expansive { width: self.net.width, coefficients, stages: vec![first, last] }
    }
}

/// The gap on the box.
fn compare(case: &Case, deeper: &Expansive) -> Conclusion {
    let [deeper, net] = [deeper, &case.net].map(|net| net.network().expect("the parts fit"));
    let cube = InputBox::cube(case.net.width, &case.reach);
    let gap = equal_on_box(&deeper, &net, &cube).gap();
    equal("gap", gap.ok_or(Undecided("a unit is not proved linear on the box")), 0)
}

fn cases(width: Span, s: Span) -> impl Strategy<Value = Case> {
    (width, s, 1i64..=3)
        .prop_flat_map(|(width, s, reach)| (chain(width, s, 1), Just(reach)))
        .prop_map(|(net, reach)| Case { reach: reach.into(), net })
}
