//! A zigzag on an axis needs all N - (d + 1) units.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{Scattered, zigzag};
use crate::spline::ridge::{Norm, Skip};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/zigzag_needs_all_units", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2021", "whether the bound of the representer theorem is sharp"),
    statement: "N - d + 1 points on an axis with alternating values, d - 1 points that span the \
                rest, and any network through them  ⟹  at least N - (d + 1) units",
    cases: || cases(true),
    hypotheses: &[given("values alternate", Case::alternates)
        .needed("convex data have room for fewer kinks", || cases(false))],
    conclusion: |case| at_least("units", case.units()?, case.kinks()),
    twins: &[twin("one unit more", |case: &Case| above("units", case.units()?, case.kinks()))
        .because("connecting the dots takes one kink an inner point")],
    well_formed: |case| {
        require!((1..=3).contains(&case.inputs), "there are 1 to 3 inputs")?;
        require!((3..=9).contains(&case.values.len()), "there are 3 to 9 points on the axis")
    },
};

/// The heights at the points of the axis, the number of inputs, and the norm that is least.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    inputs: usize,
    values: Vec<Rational>,
    greatest: bool,
}

impl Case {
    fn data(&self) -> Scattered {
        let mut data = zigzag(self.inputs, self.values.len() + self.inputs - 1, &[1]);
        data.values.splice(..self.values.len(), self.values.iter().cloned());
        data
    }

    /// Slopes that rise and fall in turn.
    fn alternates(&self) -> bool {
        let rises: Vec<_> = self.values.windows(2).map(|w| &w[1] - &w[0]).collect();
        rises.windows(2).all(|r| (&r[0] * &r[1]).is_negative())
    }

    fn kinks(&self) -> usize {
        self.values.len() - 2
    }

    /// The units of one network through the points: the one that costs least.
    fn units(&self) -> Result<usize, Undecided> {
        let norm = if self.greatest { Norm::Linf } else { Norm::L1 };
        let fit = self.data().least(norm, Skip::Free).ok_or(Undecided("no network was found"))?;
        Ok(fit.network.units.len())
    }
}

fn cases(is_zigzag: bool) -> Cases<Case> {
    let heights = vec(1..=3i64, 3..=5usize);
    let free = vec(numbers::integer(2), 3..=5usize);
    (1usize..=3, heights, free, any::<bool>())
        .prop_map(move |(inputs, heights, free, greatest)| {
            let alternate = heights.iter().enumerate();
            let alternate = alternate
                .map(|(i, h)| Rational::integer(if i % 2 == 0 { *h } else { -*h }))
                .collect();
            Case { inputs, values: if is_zigzag { alternate } else { free }, greatest }
        })
        .cases()
}
