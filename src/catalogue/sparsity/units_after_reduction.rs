//! Some network with the same values has at most N - rank [X 1] units.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{RidgeNet, Scattered, integral, nets, scattered, zigzag};
use crate::spline::ridge::{Free, Norm, Ridges, reduce};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/units_after_reduction", AGAINST_ITS_NOTE)
        .remembered_from("ParhiNowak2021", "the representer theorem")
        .as_printed("N - (d + 1) units, for points that span the space affinely"),
    statement: "any network and N points  ⟹  a network with the same values there, no larger \
                path norm and at most N - rank [X 1] units (N - 1 without a slope, N with nothing \
                free)",
    cases: || {
        cases(1..=3, 2..=6, 0..=7)
            .cases()
            .with("12 points, 20 units", 32, cases(2..=3, 12..=12, 20..=20))
            .with("zigzag", 16, on_zigzags())
    },
    hypotheses: &[],
    conclusion: Case::compare,
    twins: &[
        twin("affinely degenerate points as if they were not", |case: &Case| {
            let free = case.data.dimension() + 1;
            at_most("units", case.left(), case.data.points.len() as i64 - free as i64)
        })
        .because("three points of a line in the plane need a unit")
        .drawing(|| on_lines().cases()),
        twin("one unit fewer", |case: &Case| below("units", case.left(), case.bound()))
            .because("data that alternate on an axis need all of them"),
        twin("the same without anything free", |case: &Case| {
            let left = reduce(&case.net.ridges(), &case.data.points, Norm::L1, Free::Nothing);
            at_most("units", left.network.units.len(), case.bound())
        })
        .because("the skip connection takes what the units leave over"),
        twin("every network", |case: &Case| at_most("units", case.net.weights.len(), case.bound()))
            .because("the bound is for some network with these values"),
    ],
    well_formed: |case| {
        case.net.check().map_err(|error| error.to_string())?;
        case.data.check().map_err(|error| error.to_string())?;
        let d = case.net.slope.len();
        require!(case.data.dimension() == d, "the points have {d} coordinates")?;
        require!(case.free < 3, "free is 0 (nothing), 1 (the constant) or 2 (slope and constant)")
    },
};

/// A network, and points for it; their values play no part. What is free: slope and constant, the
/// constant, or nothing.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    net: RidgeNet,
    data: Scattered,
    free: u8,
}

impl Case {
    fn free(&self) -> Free {
        [Free::Nothing, Free::Constant, Free::Affine][usize::from(self.free)]
    }

    fn reduced(&self) -> Ridges {
        reduce(&self.net.ridges(), &self.data.points, Norm::L1, self.free()).network
    }

    fn left(&self) -> usize {
        self.reduced().units.len()
    }

    fn bound(&self) -> usize {
        self.free().bound(&self.data.points)
    }

    /// The same values, no larger path norm, and units within the bound.
    fn compare(&self) -> Conclusion {
        let (before, after) = (self.net.ridges(), self.reduced());
        let values = |net: &Ridges| -> Vec<Rational> {
            self.data.points.iter().flat_map(|x| net.eval(x)).collect()
        };
        let cost = |net: &Ridges| {
            let norm = net.path_norm(Norm::L1, 1);
            norm.value().cloned().ok_or(Undecided("the path norm is not rational"))
        };
        let kept = same_signal("gap at the points", &values(&after), &values(&before))?;
        if !kept.holds() {
            return Ok(kept);
        }
        let cheaper = at_most("path norm", cost(&after), cost(&before))?;
        if !cheaper.holds() {
            return Ok(cheaper);
        }
        at_most("units", after.units.len(), self.bound())
    }
}

fn cases(d: Span, n: Span, units: Span) -> BoxedStrategy<Case> {
    d.prop_flat_map(move |d| {
        (nets(d, units.clone(), integral), scattered(d, n.clone(), 4), 0..=2u8)
    })
    .prop_map(|(net, data, free)| Case { net, data, free })
    .boxed()
}

/// Points of one line of the plane, with a network whose units are told apart there.
fn on_lines() -> BoxedStrategy<Case> {
    (nets(2, 1..=4, integral), 3usize..=4, 0..=2i64)
        .prop_map(|(net, n, slope)| {
            let point = |i: usize| [i as i64, slope * i as i64].map(Rational::integer).to_vec();
            let points = (0..n).map(point).collect();
            let data = Scattered { points, values: vec![Rational::ZERO; n] };
            Case { net, data, free: 2 }
        })
        .boxed()
}

/// One kink at each inner point of the axis.
fn on_zigzags() -> BoxedStrategy<Case> {
    (1usize..=3, 1usize..=4)
        .prop_map(|(d, kinks)| {
            let data = zigzag(d, kinks + d + 1, &[1]);
            let axis: Vec<_> = (0..d).map(|k| Rational::from(k == 0)).collect();
            let net = RidgeNet {
                constant: Rational::ZERO,
                slope: vec![Rational::ZERO; d],
                weights: vec![axis; kinks],
                thresholds: (1..=kinks).map(Rational::from).collect(),
                outer: (0..kinks)
                    .map(|k| Rational::integer(if k % 2 == 0 { 4 } else { -4 }))
                    .collect(),
            };
            Case { net, data, free: 2 }
        })
        .boxed()
}
