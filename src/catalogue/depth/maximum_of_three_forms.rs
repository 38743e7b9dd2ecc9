//! The maximum of three forms is no network of one hidden layer, whatever its width.

use crate::catalogue::prelude::*;
use crate::generators::maxima::{Bends, Maxima, Maximum, on_a_line, three_forms};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/maximum_of_three_forms", AGAINST_ITS_NOTE)
        .derived_from("Arora2018", "which functions need two hidden layers"),
    statement: "three affine forms of the plane, their gradients not on a line  ⟹  max(a, b, c) \
                bends along half of each line a = b, a = c, b = c: no network of one hidden layer \
                of any width",
    cases: || {
        forms(2, 1).with("zeros and ones", 4, forms(1, 1)).with("fractions", 8, forms(99, 7)).with(
            "large",
            32,
            forms(1_000_000, 1),
        )
    },
    hypotheses: &[given("gradients not on a line", |case: &Case| !on_a_line(&case.forms))
        .needed("max(0, x, 2 x - 1) has parallel kinks: one hidden layer", || {
            on_one_line().cases()
        })],
    conclusion: |case| changing(&case.maximum(), 3),
    twins: &[
        twin("one hidden layer, if it is wide enough", |case: &Case| changing(&case.maximum(), 0))
            .because("no width makes a kink end at a point"),
        twin("the maximum of two forms needs a second layer", |case: &Case| {
            let [a, b, _] = case.forms.clone();
            let bends = sum([(Rational::ONE, vec![a, b])]).bends();
            above("lines along which the bend changes", unsteady(&bends), 0)
        })
        .because("max(a, b) = b + relu(a - b)"),
        twin("where kinks cross, a second layer is needed", |case: &Case| {
            let [a, b, c] = case.forms.clone();
            let bends = sum([(Rational::ONE, vec![a.clone(), b]), (Rational::ONE, vec![a, c])]);
            above("lines along which the bend changes", unsteady(&bends.bends()), 0)
        })
        .because("kinks of two units cross as those of |x| + |y|"),
    ],
    well_formed: |_| Ok(()),
};

/// Three forms `a x + b y + c` as `[a, b, c]`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    forms: [[Rational; 3]; 3],
}

impl Case {
    fn maximum(&self) -> Maxima {
        sum([(Rational::ONE, self.forms.to_vec())])
    }
}

fn sum<const N: usize>(terms: [(Rational, Vec<[Rational; 3]>); N]) -> Maxima {
    Maxima { terms: terms.map(|(outer, forms)| Maximum { outer, forms }).to_vec() }
}

fn unsteady(bends: &[Bends]) -> usize {
    bends.iter().filter(|bends| !bends.is_constant()).count()
}

fn changing(f: &Maxima, lines: u32) -> Conclusion {
    equal("lines along which the bend changes", unsteady(&f.bends()), lines)
}

/// Three forms whose gradients are not on a line: a gradient on the line through the others is
/// turned off it.
fn forms(most: i64, denominator: i64) -> BoxedStrategy<Case> {
    three_forms(most, denominator)
        .prop_map(|mut forms| {
            let one = Rational::ONE;
            for (form, axis) in [(1, 0), (2, 1), (2, 0), (1, 1)] {
                if on_a_line(&forms) {
                    forms[form][axis] += &one;
                }
            }
            Case { forms }
        })
        .boxed()
}

/// The third gradient on the line through the first and the second.
fn on_one_line() -> BoxedStrategy<Case> {
    (three_forms(2, 1), numbers::integer(2))
        .prop_map(|([first, second, mut third], t)| {
            for (axis, slope) in third.iter_mut().enumerate().take(2) {
                *slope = &first[axis] + (&second[axis] - &first[axis]) * &t;
            }
            let forms = [first, second, third];
            Case { forms }
        })
        .boxed()
}
