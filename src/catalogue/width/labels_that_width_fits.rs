//! Whether any width fits the labels is decided by the opposite inputs alone.

use crate::catalogue::prelude::*;
use crate::kernel::{nullity, proved_fit};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/labels_that_width_fits", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "the separation assumption, and when it holds"),
    statement: "some width fits  ⟺  no direction has both labels, and a half-space has the \
                oppositely labelled opposite inputs, times their labels",
    cases: || {
        cases(directions::any().boxed())
            .with("a hexagon", 4, cases(directions::whole_hexagon().boxed()))
            .with(
                "6 lines in 4 dimensions, and pairs",
                16,
                cases(directions::spacious(4, 6).boxed()),
            )
            .with("7 pairs in 6 dimensions", 128, cases(directions::spacious(6, 7).boxed()))
            .with("20 points in 6 dimensions", 1024, cases(directions::spacious(6, 10).boxed()))
    },
    hypotheses: &[],
    conclusion: |case| case.fitted(!case.conflicts() && case.opposite_labels_separate()),
    twins: &[
        twin("every labelling of distinct directions", |case: &Case| {
            case.fitted(!case.conflicts())
        })
        .because("six points whose labels no width fits"),
        twin("only where the kernel is definite", |case: &Case| {
            case.fitted(nullity(&case.data) == 0)
        })
        .because("two neighbours against the other four, on a hexagon"),
        twin("a direction may have both labels", |case: &Case| {
            case.fitted(case.opposite_labels_separate())
        })
        .because("one network has one value at a point"),
    ],
    well_formed: |case| {
        case.data.check()?;
        let (points, labels) = (case.data.len(), case.positive.len());
        require!(points == labels, "{points} points with {labels} labels")
    },
};

/// Points and their labels, `true` for `+1`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    data: Points,
    positive: Vec<bool>,
}

impl Case {
    /// Compares what a linear program says about the gradients with what is expected.
    fn fitted(&self, expected: bool) -> Conclusion {
        let found = proved_fit(&self.data, &self.positive);
        equal("labellings fitted", found, expected)
    }

    /// The labels that a direction has.
    fn labels(&self, direction: Vec<Rational>) -> impl Iterator<Item = bool> {
        let same = move |&i: &usize| self.data.direction(i) == direction;
        (0..self.data.len()).filter(same).map(|i| self.positive[i])
    }

    fn conflicts(&self) -> bool {
        (0..self.data.len())
            .any(|i| self.labels(self.data.direction(i)).any(|label| label != self.positive[i]))
    }

    fn opposite_labels_separate(&self) -> bool {
        let opposite = |i: usize| -> Vec<_> { self.data.direction(i).iter().map(|t| -t).collect() };
        let turned = |&i: &usize| self.labels(opposite(i)).any(|label| label != self.positive[i]);
        let chosen: Vec<usize> = (0..self.data.len()).filter(turned).collect();
        let points: Vec<_> = chosen.iter().map(|&i| self.data.points[i].clone()).collect();
        let labels: Vec<_> = chosen.iter().map(|&i| self.positive[i]).collect();
        points.is_empty()
            || separation::proved_weights(&separation::signed(&points, &labels)).is_some()
    }
}

/// Labels at random, and labels that are opposite at opposite points, which are the hard ones.
fn cases(data: BoxedStrategy<Points>) -> impl Strategy<Value = Case> {
    (data, vec(any::<bool>(), 40), any::<bool>()).prop_map(|(data, mut positive, opposite)| {
        positive.truncate(data.len());
        for i in 0..data.len() {
            let turned: Vec<_> = data.direction(i).iter().map(|t| -t).collect();
            let earlier = (0..i).find(|&j| data.direction(j) == turned);
            if let Some(j) = earlier.filter(|_| opposite) {
                positive[i] = !positive[j];
            }
        }
        Case { data, positive }
    })
}
