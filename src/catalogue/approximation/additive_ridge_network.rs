//! Convolutions and one dense layer give a sum of functions of forms, exactly.

use crate::catalogue::prelude::*;
use crate::construct::expansive::{filter_product, toeplitz_row};
use crate::construct::interpolant::Interpolant;
use crate::construct::ridge_function::additive_network;
use crate::construct::ridge_sum::RidgeSum;
use crate::generators::expansive::filter;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/additive_ridge_network", AGAINST_ITS_NOTE)
        .derived_from("Fang2020", "additive ridge functions on the sphere")
        .as_printed("the theorem is in the abstract; network and exactness are ours"),
    statement: "ξ_i = row i d of T^W for i = 1, …, m  ⟹  convolutions, downsampling by d and \
                one dense layer = Σ_i (interpolant of g_i)(⟨ξ_i, x⟩) for |x|_∞ ≤ R",
    cases: || {
        cases(1..=3, 1..=3, 1..=4)
            .with("6 inputs, 40 cells", 64, cases(6..=6, 4..=4, 10..=10))
            .with("20 inputs", 1024, cases(20..=20, 2..=3, 10..=20))
    },
    hypotheses: &[],
    conclusion: |case| compare(case, &case.sum(|i| (i + 1) * case.width - 1)),
    twins: &[
        twin("rows d - 1, 2d - 1 and so on", |case: &Case| {
            compare(case, &case.sum(|i| (i + 1) * case.width - 1 - usize::from(case.width > 1)))
        })
        .because("a window that ends one unit early is another direction"),
        twin("rows d, d + 1 and so on", |case: &Case| {
            compare(case, &case.sum(|i| case.width - 1 + i))
        })
        .because("neighbouring windows overlap, and are no free directions"),
        twin("the first form alone", |case: &Case| {
            let first = [(case.row(case.width - 1), case.functions[0].clone())];
            compare(case, &RidgeSum::of_interpolants(case.width, &first).shallow())
        })
        .because("every form has its own share"),
    ],
    well_formed: |case| {
        let taps = case.filters.iter().map(Vec::len).min();
        let taps = taps.filter(|taps| case.filters.iter().all(|f| f.len() == *taps));
        let Some(taps @ 2..) = taps.filter(|_| case.width > 0) else {
            return Err("there must be inputs, and filters of one length from two on".to_owned());
        };
        let units = case.width + case.filters.len() * (taps - 1);
        let fits = !case.functions.is_empty() && case.functions.len() * case.width <= units;
        require!(fits, "each function needs its window of units")?;
        case.functions.iter().try_for_each(Interpolant::check)
    },
};

/// Filters of one length and an interpolant for each form, on the box `|x|_inf <= 1`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    width: usize,
    filters: Vec<Vec<Rational>>,
    functions: Vec<Interpolant>,
}

impl Case {
    fn row(&self, unit: usize) -> Vec<Rational> {
        toeplitz_row(&filter_product(&self.filters), self.width, unit)
    }

    /// The sum of the interpolants with the directions of these rows.
    fn sum(&self, unit: impl Fn(usize) -> usize) -> Network {
        let ridge = |(i, function): (usize, &Interpolant)| (self.row(unit(i)), function.clone());
        let ridges: Vec<_> = self.functions.iter().enumerate().map(ridge).collect();
        RidgeSum::of_interpolants(self.width, &ridges).shallow()
    }
}

fn compare(case: &Case, sum: &Network) -> Conclusion {
    let reach = Rational::ONE;
    let network = additive_network(case.width, &reach, &case.filters, &case.functions);
    let gap = equal_on_box(&network, sum, &InputBox::cube(case.width, &reach)).gap();
    equal("gap", gap.ok_or(Undecided("a unit is not proved linear on the box")), 0)
}

/// Up to `forms` interpolants, of so many cells each.
fn cases(width: Span, forms: Span, cells: Span) -> impl Strategy<Value = Case> {
    (width, 1usize..=3, forms)
        .prop_flat_map(move |(width, s, ridges)| {
            let layers = ((ridges - 1) * width).max(width - 1).div_ceil(s).max(1);
            let values = cells.clone().prop_flat_map(|cells| numbers::integers(cells + 1, 4));
            let function = (1i64..=4, values).prop_map(|(range, values)| Interpolant {
                lo: (-range).into(),
                hi: range.into(),
                values,
            });
            (Just(width), vec(filter(s), layers), vec(function, ridges))
        })
        .prop_map(|(width, filters, functions)| Case { width, filters, functions })
}
