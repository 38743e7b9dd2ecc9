//! The average of deep networks grows at most like the root of the depth, not exponentially.

use crate::analysis::enclosure::{ln, sqrt};
use crate::analysis::rademacher::apart;
use crate::catalogue::prelude::*;
use crate::generators::contractions::{average, largest};
use crate::generators::relu_layers::{Layers, layers, squared_norm, value};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("generalization/depth_of_peeling", AGAINST_ITS_NOTE)
        .remembered_from("Golowich2018", "Theorem 1"),
    statement: "ReLU networks of d layers, of Frobenius norms at most M_1, .., M_d  ⟹  the mean \
                over all signs of max Σ ε_i f(x_i) is at most (√(2 d ln 2) + 1) Π M_j √(Σ |x_i|²)",
    cases: || {
        drawn(1..=3, 1..=2, 1..=3, 1)
            .with("up to 4 layers", 4, drawn(2..=4, 2..=3, 1..=4, 2))
            .with("opposites", 4, opposites(1..=6, 1..=2))
            .with("10 points", 32, drawn(2..=3, 2..=2, 10..=10, 1))
    },
    hypotheses: &[],
    conclusion: |case| case.compare(case.norms(squared_norm), case.energy()),
    twins: &[
        twin("norms of at most 1", |case: &Case| case.compare(Rational::ONE, case.energy()))
            .because("every layer multiplies"),
        twin("the largest weights in place of norms", |case: &Case| {
            let most = |layer: &[Vec<Rational>]| {
                layer.iter().flatten().map(|w| w * w).fold(Rational::ZERO, Rational::max)
            };
            case.compare(case.norms(most), case.energy())
        })
        .drawing(|| opposites(6..=8, 2..=4).cases())
        .because("many weights add up"),
        twin("the rate 1/n", |case: &Case| {
            let most = case.points.iter().map(|x| dot(x, x)).fold(Rational::ZERO, Rational::max);
            case.compare(case.norms(squared_norm), most)
        })
        .drawing(|| opposites(1..=1, 10..=10).cases())
        .because("signs cancel up to the root of their number"),
    ],
    well_formed: |case| {
        let d = numbers::length_of_first(&case.points, "there must be a point")?;
        require!(case.points.iter().all(|x| x.len() == d), "points have one number of entries")?;
        require!(case.points.len() <= 10, "{} points; at most 10", case.points.len())?;
        let Some(first) = case.networks.first() else {
            return Err("there must be a network".to_owned());
        };
        require!(case.networks.len() <= 16, "{} networks; at most 16", case.networks.len())?;
        let depth = first.len();
        require!(case.networks.iter().all(|n| n.len() == depth), "networks have one depth")?;
        case.networks.iter().try_for_each(|network| relu_layers::check(network, d))?;
        let is_scalar = |n: &Layers| n.last().is_some_and(|layer| layer.len() == 1);
        require!(case.networks.iter().all(is_scalar), "a network has one output")
    },
};

/// Points, and networks of one depth.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    points: Vec<Vec<Rational>>,
    networks: Vec<Layers>,
}

impl Case {
    fn energy(&self) -> Rational {
        self.points.iter().map(|x| dot(x, x)).sum()
    }

    /// The product over the layers of the largest of these among the networks.
    fn norms(&self, norm: fn(&[Vec<Rational>]) -> Rational) -> Rational {
        let depth = self.networks[0].len();
        let most = |l: usize| self.networks.iter().map(|n| norm(&n[l])).max();
        (0..depth).map(|l| most(l).expect("there is a network")).product()
    }

    fn compare(&self, norms: Rational, energy: Rational) -> Conclusion {
        let values = |n: &Layers| self.points.iter().map(|x| value(n, x).swap_remove(0)).collect();
        let found = average(&self.networks.iter().map(values).collect::<Vec<_>>(), largest);
        let depth = Rational::from(self.networks[0].len());
        let bound = |bits| {
            let two = ln(&Rational::integer(2), bits)?.scale(&(&depth + &depth));
            let root = two.increasing(|x| sqrt(x, bits).expect("a logarithm above 0"));
            let factor = root.sum(&Enclosure::point(Rational::ONE));
            Ok(factor.product(&sqrt(&(&norms * &energy), bits)?))
        };
        let (found, bound) = apart(|_| Ok(Enclosure::point(found.clone())), bound)
            .ok_or(Undecided("the numbers are too near to each other"))?;
        at_most("mean", found, bound)
    }
}

fn drawn(depth: Span, width: Span, points: Span, most: i64) -> BoxedStrategy<Case> {
    (vec(width, 5), depth, points)
        .prop_flat_map(move |(mut widths, depth, points)| {
            widths.truncate(depth);
            widths.push(1);
            let samples = vec(numbers::integers(widths[0], 2), points);
            (samples, vec(layers(&widths, most), 1..=4))
        })
        .prop_map(|(points, networks)| Case { points, networks })
        .boxed()
}

/// A form of ones and its opposite, at points of ones.
fn opposites(width: Span, points: Span) -> BoxedStrategy<Case> {
    (width, points)
        .prop_map(|(width, points)| {
            let form = |sign| vec![vec![vec![numbers::sign(sign); width]]];
            let points = vec![vec![Rational::ONE; width]; points];
            Case { points, networks: vec![form(true), form(false)] }
        })
        .boxed()
}
