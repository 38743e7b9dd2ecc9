//! One layer of m units is wrong at ⌈(2^k − m − 1) / 2⌉ of the points that k tents get right.

use crate::catalogue::prelude::*;
use crate::construct::line_labels::labelled;
use crate::construct::sawtooth::sawtooth;
use crate::generators::layer_chains::unit_cube;
use crate::generators::ridges::{RidgeNet, integral, nets};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/tents_against_one_layer", AGAINST_ITS_NOTE)
        .derived_from("Telgarsky2016", "depth against width, on the points of composed tents"),
    statement: "one hidden layer of m units and a skip connection, labels that alternate at \
                0, 2^-k, .., 1, where tent^k > 1/2, 2 k units in k layers, is right  ⟹  \
                ⌈(2^k - m - 1) / 2⌉ points or more are misjudged",
    cases: || {
        prop_oneof![any_network(1..=3, 0..=4), matching(1..=4)]
            .with("5 to 7 tents", 16, prop_oneof![any_network(5..=7, 8..=20), matching(5..=7)])
            .with("10 tents", 128, matching(10..=10))
    },
    hypotheses: &[],
    conclusion: |case| misjudged(case, case.units() + 1),
    twins: &[
        twin("a unit is worth one point less", |case: &Case| misjudged(case, case.units()))
            .because("m units have m + 1 pieces and m + 2 intervals of one sign"),
        twin("2^k - 1 units are too few", |case: &Case| {
            at_least("points misjudged", case.misjudged(), 1)
        })
        .because("so many units in one layer are right at all points")
        .drawing(|| exact(2..=4).cases()),
        twin("k tents have 2 k pieces", |case: &Case| {
            at_most("pieces", case.pieces(), 2 * case.tents)
        })
        .because("three tents have eight"),
        twin("pieces add", |case: &Case| {
            let units = 2 * case.tents;
            at_most("pieces", case.pieces(), units + 1)
        })
        .because("2 k units in one layer make 2 k + 1 pieces; three tents have eight")
        .drawing(|| exact(3..=6).cases()),
    ],
    well_formed: |case| {
        case.net.check()?;
        require!(case.net.slope.len() == 1, "{} inputs; one is asked about", case.net.slope.len())?;
        require!((1..=10).contains(&case.tents), "{} tents; 1 to 10 are asked about", case.tents)
    },
};

/// A number of tents, and a network of one hidden layer whose sign is compared with them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    tents: usize,
    net: RidgeNet,
}

impl Case {
    fn units(&self) -> usize {
        self.net.weights.len()
    }

    fn pieces(&self) -> u64 {
        sawtooth(&vec![2; self.tents]).count_regions(Notion::R4, &unit_cube(1))
    }

    /// At how many points the tents do not have the alternating labels.
    fn misjudged_by_tents(&self) -> usize {
        let (deep, half) = (sawtooth(&vec![2; self.tents]), Rational::new(1, 2));
        let is_wrong = |(i, x): (usize, &Rational)| {
            let is_above = deep.eval(std::slice::from_ref(x))[0] > half;
            is_above != (i % 2 == 1)
        };
        grid(self.tents).iter().enumerate().filter(|point| is_wrong(*point)).count()
    }

    fn misjudged(&self) -> usize {
        let shallow = self.net.ridges();
        let is_wrong = |(i, x): (usize, &Rational)| {
            let is_positive = shallow.eval(std::slice::from_ref(x))[0].is_positive();
            is_positive != (i % 2 == 1)
        };
        grid(self.tents).iter().enumerate().filter(|point| is_wrong(*point)).count()
    }
}

/// `0, 2^-k, .., 1`.
fn grid(k: usize) -> Vec<Rational> {
    let n = 1i64 << k;
    (0..=n).map(|i| Rational::new(i, n)).collect()
}

/// Claims that half of the points beyond so many pieces are misjudged, and none by the tents.
fn misjudged(case: &Case, pieces: usize) -> Conclusion {
    let by_tents = case.misjudged_by_tents();
    if by_tents > 0 {
        return equal("points the tents misjudge", by_tents, 0);
    }
    let beyond = (1usize << case.tents).saturating_sub(pieces);
    at_least("points misjudged", case.misjudged(), beyond.div_ceil(2))
}

fn any_network(tents: Span, units: Span) -> BoxedStrategy<Case> {
    (tents, nets(1, units, integral))
        .prop_map(|(tents, mut net)| {
            // Kinks at eighths of integers: many of them in the unit interval.
            net.thresholds.iter_mut().for_each(|t| *t /= Rational::from(8));
            Case { tents, net }
        })
        .boxed()
}

/// The networks of fewest units that are right at the first points, however many these are.
fn matching(tents: Span) -> BoxedStrategy<Case> {
    tents
        .prop_flat_map(|tents| (Just(tents), 0..=1usize << tents))
        .prop_map(|(tents, right)| first_right(tents, right))
        .boxed()
}

/// Right at all points.
fn exact(tents: Span) -> BoxedStrategy<Case> {
    tents.prop_map(|tents| first_right(tents, 1 << tents)).boxed()
}

fn first_right(tents: usize, changes: usize) -> Case {
    let points = &grid(tents)[..=changes];
    let labels: Vec<_> = (0..=changes).map(|i| i % 2 == 1).collect();
    Case { tents, net: RidgeNet::of_shallow(&labelled(points, &labels)) }
}
