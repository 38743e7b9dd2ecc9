//! The norms of the layers bound how far a network spreads two points.

use crate::catalogue::prelude::*;
use crate::generators::relu_layers::{Layers, layers, squared_norm, value};
use crate::robust::Norm;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("generalization/layers_lipschitz", AGAINST_ITS_NOTE)
        .remembered_from("Bartlett2017", "the Lipschitz constant in the bound")
        .as_printed("from memory: a product of spectral norms, which are no larger"),
    statement: "a ReLU network of weights W_1, .., W_d  ⟹  |f(x) - f(y)|² ≤ Π |W_j|² |x - y|² with \
                Frobenius norms",
    cases: || {
        drawn(1..=2, 1..=2, 2).with("up to 4 layers", 4, drawn(2..=4, 1..=4, 3)).with(
            "8 units",
            16,
            drawn(3..=3, 8..=8, 9),
        )
    },
    hypotheses: &[],
    conclusion: |case| case.compare(squared_norm),
    twins: &[
        twin("spectral radii in place of norms", |case: &Case| {
            case.compare(|layer| {
                let rows = layer.iter().enumerate();
                let diagonal = rows.filter_map(|(i, row)| row.get(i)).map(|w| w * w);
                diagonal.fold(Rational::ZERO, Rational::max)
            })
        })
        .drawing(|| triangular().cases())
        .because("((0, 4), (0, 0)) has the radius 0 and stretches by 4"),
        twin("the largest weights", |case: &Case| {
            case.compare(|layer| {
                layer.iter().flatten().map(|w| w * w).fold(Rational::ZERO, Rational::max)
            })
        })
        .because("two weights of 1 stretch (1, 1) by √2 of its length"),
        twin("the last layer alone", |case: &Case| {
            let last = case.layers.last().ok_or(Undecided("there is no layer"))?;
            at_most("distance", case.after(), squared_norm(last) * case.before())
        })
        .because("every layer stretches"),
    ],
    well_formed: |case| {
        relu_layers::check(&case.layers, case.x.len())?;
        let (x, y) = (case.x.len(), case.y.len());
        require!(x == y, "points of {x} and of {y} entries")
    },
};

/// The weights, and two points.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    x: Vec<Rational>,
    y: Vec<Rational>,
    layers: Layers,
}

impl Case {
    fn after(&self) -> Rational {
        let [x, y] = [&self.x, &self.y].map(|x| value(&self.layers, x));
        Norm::L2.distance(&x, &y)
    }

    fn before(&self) -> Rational {
        Norm::L2.distance(&self.x, &self.y)
    }

    fn compare(&self, norm: fn(&[Vec<Rational>]) -> Rational) -> Conclusion {
        let norms: Rational = self.layers.iter().map(|layer| norm(layer)).product();
        at_most("distance", self.after(), norms * self.before())
    }
}

fn drawn(depth: Span, width: Span, most: i64) -> BoxedStrategy<Case> {
    (vec(width, 5), depth)
        .prop_flat_map(move |(mut widths, depth)| {
            widths.truncate(depth + 1);
            let point = || numbers::integers(widths[0], most);
            (point(), point(), layers(&widths, most))
        })
        .prop_map(|(x, y, layers)| Case { x, y, layers })
        .boxed()
}

/// Upper triangular square layers: their eigenvalues are on the diagonal.
fn triangular() -> BoxedStrategy<Case> {
    (1..=2usize, 2..=3usize)
        .prop_flat_map(|(depth, width)| drawn(depth..=depth, width..=width, 4))
        .prop_map(|mut case| {
            for layer in &mut case.layers {
                layer.iter_mut().enumerate().for_each(|(i, row)| row[..i].fill(Rational::ZERO));
            }
            case
        })
        .boxed()
}
