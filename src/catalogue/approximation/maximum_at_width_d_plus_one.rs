//! Layers of d + 1 units, N - 1 of them, are the maximum of N affine functions.

use crate::catalogue::prelude::*;
use crate::construct::maximum::maximum;
use crate::net::Form;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/maximum_at_width_d_plus_one", AGAINST_ITS_NOTE)
        .remembered_from("HaninSellke2017", "width d + 1 suffices for convex functions")
        .as_printed("the construction is remembered; d + 1 was read in another paper's opening"),
    statement: "|x|_∞ ≤ R  ⟹  a network with N - 1 hidden layers of d + 1 units is \
                max(l_1(x), …, l_N(x))",
    cases: || {
        cases(2, 1..=4, 1..=5).with("8 inputs, 20 functions", 16, cases(2, 6..=8, 12..=20)).with(
            "12 inputs, 100 functions",
            256,
            cases(2, 12..=12, 60..=100),
        )
    },
    hypotheses: &[given("|x|_∞ ≤ R", |case: &Case| {
        case.at.iter().all(|x| x.abs() <= case.reach)
    })
    .needed("below -R an input is clipped", || cases(8, 1..=4, 1..=5).cases())],
    conclusion: |case| compare(case, &case.forms(), &case.reach),
    twins: &[
        twin("inputs not lifted", |case: &Case| compare(case, &case.forms(), &Rational::ZERO))
            .because("negative inputs are clipped"),
        twin("one layer fewer", |case: &Case| {
            let forms = case.forms();
            compare(case, &forms[..(forms.len() - 1).max(1)], &case.reach)
        })
        .because("every layer takes in one function"),
    ],
    well_formed: |case| {
        let wrong = case.functions.iter().any(|row| row.len() != case.at.len() + 1);
        let fits = !case.at.is_empty() && !case.functions.is_empty() && !wrong;
        require!(fits, "each function needs a constant and a coefficient for each input")
    },
};

/// Rows of coefficients with a constant in front, and a point.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    reach: Rational,
    at: Vec<Rational>,
    functions: Vec<Vec<Rational>>,
}

impl Case {
    fn forms(&self) -> Vec<Form> {
        let form = |row: &Vec<Rational>| Form {
            coefficients: row[1..].to_vec(),
            constant: row[0].clone(),
        };
        self.functions.iter().map(form).collect()
    }
}

/// The value at the point, and the widths of the hidden layers: `d + 1`, as often as there are
/// functions but one.
fn compare(case: &Case, forms: &[Form], lift: &Rational) -> Conclusion {
    let network = maximum(forms, lift);
    let mut found = network.eval(&case.at);
    let hidden = network.stages().filter(|(layer, _)| matches!(layer, Layer::Activation(_)));
    found.extend(hidden.map(|(_, units)| Rational::from(units.units())));
    let mut expected = vec![Rational::from(case.at.len() + 1); case.functions.len()];
    let values = case.functions.iter().map(|row| &row[0] + dot(&row[1..], &case.at));
    expected[0] = values.max().expect("there is a function");
    same_signal("largest gap of value and widths", &found, &expected)
}

/// Points up to `halves / 2` from the origin, the box being `|x|_inf <= 1`.
fn cases(halves: i64, d: Span, functions: Span) -> impl Strategy<Value = Case> {
    (d, functions)
        .prop_flat_map(move |(d, functions)| {
            (vec(numbers::fraction(halves, 2), d), vec(numbers::integers(d + 1, 3), functions))
        })
        .prop_map(|(at, functions)| Case { reach: Rational::ONE, at, functions })
}
