//! Any labels of points on a line with c changes take c ReLU units, c − 1 from four on.

use crate::catalogue::prelude::*;
use crate::construct::line_labels::{labelled, most_changes, units_for};
use crate::construct::shallow::Shallow;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("perceptron/line_points_shattered", AGAINST_ITS_NOTE).derived_from(
        "VapnikChervonenkis1971",
        "the dimension of networks with one input, from below",
    ),
    statement: "x_1 < .. < x_n with any labels, c changes of label  ⟹  a network of c units, c - 1 \
                for c ≥ 4, one input, no skip, is positive at the positive points only",
    cases: || {
        Cases::drawn(labels(1..=7, true))
            .with("alternating", 4, labels(2..=9, false))
            .with("40 points", 32, labels(40..=40, true))
            .with("60 alternating points", 64, labels(60..=60, false))
    },
    hypotheses: &[],
    conclusion: |case| {
        let network = case.network();
        let units = units_for(case.changes());
        if network.units.len() != units {
            return equal("units", network.units.len(), units);
        }
        equal("points misjudged", case.misjudged(&network), 0)
    },
    twins: &[
        twin("all units forwards", |case: &Case| {
            let mut network = case.network();
            for unit in network.units.iter_mut().filter(|unit| !unit.weights[0].is_positive()) {
                unit.weights[0] = Rational::ONE;
                unit.bias = -&unit.bias;
            }
            equal("points misjudged", case.misjudged(&network), 0)
        })
        .because("then the function is constant on the left, and a change is missing"),
        twin("as many points as parameters", |case: &Case| {
            // The least m with 3 m + 1 parameters, points or more.
            let units = (case.points.len() - 1).div_ceil(3);
            at_most("changes of sign", case.changes(), most_changes(units))
        })
        .because("m units change their sign m + 1 times at most"),
        twin("the dimension is m + 1 for all m", |case: &Case| {
            let network = case.network();
            refuse_if!(case.misjudged(&network) > 0, Undecided("the network misjudges a point"));
            at_least("units", network.units.len(), case.changes())
        })
        .because("three units shatter five points"),
        twin("the dimension is m + 2 for all m", |case: &Case| {
            at_most("units", units_for(case.changes()), case.changes().max(1) - 1)
        })
        .because(
            "one and two units do not make two and three changes: perceptron/line_sign_changes",
        )
        .drawing(|| Cases::drawn(labels(3..=4, false))),
    ],
    well_formed: |case| {
        let Case { points, positive } = case;
        let n = points.len();
        require!((1..=100).contains(&n), "{n} points; 1 to 100 are asked about")?;
        require!(positive.len() == n, "{} labels of {n} points", positive.len())?;
        require!(points.windows(2).all(|pair| pair[0] < pair[1]), "the points must increase")
    },
};

/// Points that increase, and which of them are to be positive.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    points: Vec<Rational>,
    positive: Vec<bool>,
}

impl Case {
    fn network(&self) -> Shallow {
        labelled(&self.points, &self.positive)
    }

    fn changes(&self) -> usize {
        self.positive.windows(2).filter(|pair| pair[0] != pair[1]).count()
    }

    fn misjudged(&self, network: &Shallow) -> usize {
        let is_wrong = |(x, positive): (&Rational, &bool)| {
            network.value(std::slice::from_ref(x)).is_positive() != *positive
        };
        self.points.iter().zip(&self.positive).filter(|pair| is_wrong(*pair)).count()
    }
}

/// Points at different distances, with any labels, or alternating ones.
fn labels(n: Span, any_labels: bool) -> BoxedStrategy<Case> {
    let point = (prop_oneof![1i64..=3, 1i64..=999], any::<bool>());
    (numbers::fraction(5, 2), vec(point, n))
        .prop_map(move |(start, drawn)| {
            let mut at = start;
            let mut case = Case { points: Vec::new(), positive: Vec::new() };
            for (i, (gap, label)) in drawn.into_iter().enumerate() {
                at += Rational::new(gap, 3);
                case.points.push(at.clone());
                case.positive.push(if any_labels { label } else { i.is_multiple_of(2) });
            }
            case
        })
        .boxed()
}
