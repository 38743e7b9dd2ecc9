//! Nonnegative data and filters need no hidden bias.

use crate::catalogue::prelude::*;
use crate::construct::{expansive::Expansive, ridge::Ridge};
use crate::generators::expansive::{
    FEW_RIDGES, FORTY_RIDGES, HUNDRED_RIDGES, MORE_RIDGES, RidgeSizes, filter, ridge,
};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("convolution/nonnegative_data_needs_no_bias", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "the bias vectors of the universality proof"),
    statement: "W_(Js) = 0, (m + 1) d < d + J s, w^(1), …, w^(J-1) ≥ 0, 0 ≤ lo ≤ x ≤ hi  ⟹  f \
                without hidden biases = b_0 + c_0 ⟨a_0, x⟩ + Σ_(k ≤ m) c_k relu(⟨a_k, x⟩ - \
                t_k)",
    cases: || {
        cases(FEW_RIDGES, 0, true, true)
            .with("up to 6 inputs, 12 ridges", 32, cases(MORE_RIDGES, 0, true, true))
            .with("6 inputs, 40 ridges", 64, cases(FORTY_RIDGES, 0, true, true))
            .with("10 inputs, 100 ridges", 2048, cases(HUNDRED_RIDGES, 0, true, true))
    },
    hypotheses: &[
        given("a last unit is left for the constant", |case: &Case| case.ridge.leaves_a_constant())
            .needed("the very last unit sees x_d", || cases(FEW_RIDGES, 0, true, false).cases()),
        given("nonnegative hidden filters", Case::has_nonnegative_filters)
            .needed("a negative tap makes a negative unit, and it clips", || {
                cases(FEW_RIDGES, 0, false, true).cases()
            }),
        given("nonnegative data", |case: &Case| !case.lo.is_negative())
            .needed("a negative entry makes a negative unit, and it clips", || {
                cases(FEW_RIDGES, -1, true, true).cases()
            }),
    ],
    conclusion: |case| equal("gap", case.gap(&case.network()), 0),
    twins: &[twin("no bias at all", |case: &Case| {
        let mut net = case.network();
        net.stages.iter_mut().for_each(|stage| stage.bias.clear());
        equal("gap", case.gap(&net), 0)
    })
    .because("without biases the network is 0 at x = 0, and so has no constant and no knots")],
    well_formed: |case| {
        case.ridge.check()?;
        let fits = case.ridge.spares_the_last_unit();
        require!(fits, "a direction sits on the last unit, which is to be the constant")?;
        let inside = case.at.iter().all(|x| (&case.lo..=&case.hi).contains(&x));
        let fits = case.lo <= case.hi && case.at.len() == case.ridge.width && inside;
        require!(fits, "the point does not lie in the box")
    },
};

/// The sum of ridge functions, the sides `[lo, hi]` of the box, and a point `at` of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    lo: Rational,
    hi: Rational,
    at: Vec<Rational>,
    ridge: Ridge,
}

impl Case {
    fn has_nonnegative_filters(&self) -> bool {
        let hidden = self.ridge.filters.len() - 1;
        !self.ridge.filters[..hidden].iter().flatten().any(Rational::is_negative)
    }

    fn network(&self) -> Expansive {
        let hidden = vec![Vec::new(); self.ridge.filters.len() - 1];
        let lift = self.ridge.lift(&self.lo.abs().max(self.hi.abs()));
        self.ridge.network(hidden, &lift)
    }

    fn gap(&self, net: &Expansive) -> Result<Rational, Undecided> {
        let range = cube(&self.lo, &self.hi, self.ridge.width);
        let gap = self.ridge.gap(net, &range, &self.at);
        gap.ok_or(Undecided("neither proved equal on the box nor told apart"))
    }
}

fn cube(lo: &Rational, hi: &Rational, width: usize) -> InputBox {
    let corners = (vec![lo.clone(); width], vec![hi.clone(); width]);
    InputBox::new(corners.0, corners.1).expect("the case is well formed")
}

/// Recipes on the box from `lo` to 1. With `positive`, hidden filters lose their signs; with `room`
/// one filter ends in zero, so that the very last unit sees nothing.
fn cases(sizes: RidgeSizes, lo: i64, positive: bool, room: bool) -> impl Strategy<Value = Case> {
    sizes
        .prop_flat_map(|[d, s, depth, most]| (Just([d, most]), vec(filter(s), depth), 0..depth))
        .prop_flat_map(move |([d, most], mut filters, short)| {
            if room {
                *filters[short].last_mut().expect("a filter has an entry") = Rational::ZERO;
            }
            let hidden = if positive { filters.len() - 1 } else { 0 };
            filters[..hidden].iter_mut().flatten().for_each(|tap| *tap = tap.abs());
            let units = d + filters.iter().map(|w| w.len() - 1).sum::<usize>();
            let ridges = (units - 1) / d - 1;
            let range = cube(&Rational::integer(lo), &Rational::ONE, d);
            ridge(filters, d, ridges.min(most), range)
        })
        .prop_map(move |(ridge, at)| Case {
            lo: Rational::integer(lo),
            hi: Rational::ONE,
            at,
            ridge,
        })
}
