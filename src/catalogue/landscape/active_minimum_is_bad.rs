//! Width does not remove bad minima of ReLU networks.

use crate::catalogue::prelude::*;
use crate::generators::active_units::{
    Fitted, Parameters, Sizes, least_squares, polygon, switch_on,
};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("landscape/active_minimum_is_bad", AGAINST_ITS_NOTE)
        .remembered_from("Yun2019", "spurious minima of ReLU networks of any width"),
    statement: "N samples on a line but not on one line of the plane, m ≥ N - 1 units, all on, \
                at the affine least-squares fit  ⟹  the loss of this minimum is above that of \
                the polygon, which m units compute and which is 0",
    cases: || {
        drawn(0..=2, 0..=1, 2, true).with("fractions", 4, drawn(1..=3, 0..=3, 7, true)).with(
            "60 units",
            16,
            drawn(5..=5, 53..=53, 9, true),
        )
    },
    hypotheses: &[
        given("on no line", Case::bends)
            .needed("then the least-squares fit is the polygon", || {
                drawn(0..=2, 0..=1, 2, false).cases()
            }),
        given("all units are on", |case: &Case| case.at.all(&case.data, Rational::is_positive))
            .needed("the polygon is a least-squares fit, too, with units that are off", || {
                drawn(0..=2, 0..=1, 2, true)
                    .prop_map(|case| {
                        let at = polygon(&case.data, case.at.weights.len());
                        Case { at, data: case.data }
                    })
                    .cases()
            }),
    ],
    conclusion: |case| case.compare(case.at.weights.len()),
    twins: &[
        twin("width removes bad minima", |case: &Case| equal("loss", case.data.loss(&case.at), 0))
            .because("the loss of this minimum is that of a line, at every width"),
        twin("a unit fewer", |case: &Case| {
            let mut polygon = polygon(&case.data, 0);
            let _ = [&mut polygon.outer, &mut polygon.biases].map(Vec::pop);
            polygon.weights.pop();
            equal("loss of the polygon", case.data.loss(&polygon), 0)
        })
        .because("the polygon needs a unit for its last bend"),
    ],
    well_formed: |case| {
        case.data.check([&case.at])?;
        let (points, units) = (&case.data.points, case.at.weights.len());
        require!(points.iter().all(|x| x.len() == 1), "samples have one entry")?;
        require!(points.len() > 1, "there must be two samples at least")?;
        require!(points.is_sorted_by(|a, b| a < b), "samples increase")?;
        require!(units + 1 >= points.len(), "{units} units are fewer than the polygon needs")?;
        require!(case.data.is_least_squares(&case.at), "the network is not least-squares")
    },
};

/// Data on a line, and the parameters of a network.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    data: Fitted,
    at: Parameters,
}

impl Case {
    /// Whether the slopes between neighbours are not all the same.
    fn bends(&self) -> bool {
        let Fitted { targets, points } = &self.data;
        let slope =
            |i: usize| (&targets[i + 1] - &targets[i]) / (&points[i + 1][0] - &points[i][0]);
        (2..targets.len()).any(|i| slope(i - 1) != slope(i - 2))
    }

    fn compare(&self, units: usize) -> Conclusion {
        let best = self.data.loss(&polygon(&self.data, units));
        if !best.is_zero() {
            return equal("loss of the polygon", best, 0);
        }
        above("loss", self.data.loss(&self.at), best)
    }
}

/// Samples at 0, 1, .. with residuals of one bend or of none.
fn drawn(more: Span, wider: Span, most: i64, bends: bool) -> BoxedStrategy<Case> {
    let networks = (more, wider).prop_flat_map(move |(more, wider)| {
        let units = more + 2 + wider;
        least_squares(Sizes {
            inputs: 1..=1,
            units: units..=units,
            more: more + 1..=more + 1,
            most,
        })
    });
    (networks, 0..8usize, numbers::nonzero_integer(most))
        .prop_map(move |((mut at, mut data, _), place, factor)| {
            data.points = (0..data.points.len()).map(|x| vec![Rational::from(x)]).collect();
            switch_on(&mut at, &data);
            data.targets = data.points.iter().map(|x| at.value(x)).collect();
            let place = place % (data.points.len() - 2);
            for (y, r) in data.targets[place..].iter_mut().zip([1, -2, 1]).filter(|_| bends) {
                *y += &factor * Rational::from(r);
            }
            Case { data, at }
        })
        .boxed()
}
