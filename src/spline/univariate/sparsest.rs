//! The fewest knots of an interpolant.

use super::data::Data;
use super::interpolation::{Interpolation, Knots, Sign};
use std::cmp::Ordering;

/// One of the open intervals that prove how many knots are needed: between the points before and
/// after point `center` every interpolant has a knot of this sign. Those of one sign are disjoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packing {
    /// The point in the middle.
    pub center: usize,
    /// The sign of its jump.
    pub sign: Sign,
}

impl Interpolation<'_> {
    /// The fewest knots of any continuous piecewise linear interpolant: `sum ceil(r / 2)` over the
    /// runs of `r` points.
    ///
    /// Law: as many as [`packing`](Self::packing) has intervals, as [`sparsest`](Self::sparsest)
    /// has knots, and as [`fewest_by_search`] finds.
    pub fn fewest(&self) -> usize {
        self.runs().map(|run| run.len().div_ceil(2)).sum()
    }

    /// A minimiser with the fewest knots: in a run neighbours are merged two by two at the
    /// barycentre of their jumps; what is left over stays.
    pub fn sparsest(&self) -> Knots {
        let signs = self.signs();
        let (mut at, mut after) = (Vec::new(), Vec::new());
        let mut i = 0;
        while i < signs.len() {
            let sign = signs[i];
            if sign != 0 && signs.get(i + 1) == Some(&sign) {
                at.push(self.crossing(i));
                after.push(self.slopes()[i + 1].clone());
                i += 1;
            } else if sign != 0 {
                at.push(self.data().x()[i].clone());
                after.push(self.slopes()[i].clone());
            }
            i += 1;
        }
        self.knots(at, after)
    }

    /// Intervals that prove [`fewest`](Self::fewest): every second point of each run.
    pub fn packing(&self) -> impl Iterator<Item = Packing> + '_ {
        self.runs().flat_map(|run| {
            let centers = (run.first..=run.last).step_by(2);
            centers.map(move |center| Packing { center, sign: run.sign })
        })
    }
}

/// The fewest knots of any continuous piecewise linear interpolant, by dynamic programming over the
/// slopes with which a function can leave each point: the second opinion on the rule of runs.
///
/// After `k` knots, the least number that reaches a point, the slopes are all, or one chord slope
/// with perhaps all above it and perhaps all below it. With one knot more, every slope is.
/// Cost: linear.
pub fn fewest_by_search(data: &Data) -> usize {
    // Nothing is known of the slope before the first chord.
    let mut reached: Option<Reached> = None;
    let mut knots = 0;
    for slope in data.slopes() {
        let Some(state) = reached else {
            reached = Some(Reached { slope, above: false, below: false });
            continue;
        };
        let place = slope.cmp(&state.slope);
        let is_reached = match place {
            Ordering::Equal => true,
            Ordering::Greater => state.above,
            Ordering::Less => state.below,
        };
        // A knot between two points leads from a slope below the chord to any above it.
        let (has_less, has_more) =
            (state.below || place == Ordering::Greater, state.above || place == Ordering::Less);
        reached = Some(match is_reached {
            true => Reached { slope, above: false, below: false },
            false => Reached { slope, above: has_less, below: has_more },
        });
        knots += usize::from(!is_reached);
    }
    knots
}

/// The slopes at the end of the last chord with the fewest knots.
struct Reached {
    slope: crate::exact::Rational,
    above: bool,
    below: bool,
}
