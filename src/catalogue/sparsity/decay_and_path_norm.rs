//! Half of the decay is at least the path norm, for several outputs too.

use crate::analysis::enclosure::sqrt;
use crate::catalogue::prelude::*;
use crate::generators::ridges::pythagorean;
use crate::spline::weights::{Charge, Rescaling, path_norm};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/decay_and_path_norm", AGAINST_ITS_NOTE)
        .derived_from("Yang2022", "abstract: decay is a sum of products of norms")
        .as_printed("per unit, with Euclidean norms; several outputs as in Shenouda and others"),
    statement: "one hidden layer, norms |w| and |v| of Euclid  ⟹  Σ (|w|² + |v|²) / 2 ≥ Σ |v| |w|",
    cases: || {
        networks(1..=4, Just(legs())).with("40 units", 16, networks(40..=40, Just(legs()))).with(
            "6 inputs, 40 units",
            64,
            networks(40..=40, pythagorean(6)),
        )
    },
    hypotheses: &[],
    conclusion: |case| at_least("half of the decay", case.half(), case.path(1)?),
    twins: &[
        twin("half of the decay, twice the norm", |case: &Case| {
            at_least("half of the decay", case.half(), case.path(2)?)
        })
        .because("decay λ / 2 becomes λ |v| |w|, with no factor more"),
        twin("absolute values of the outputs", |case: &Case| {
            let sizes = case
                .units
                .iter()
                .map(|unit| unit.outer.iter().map(Rational::abs).sum::<Rational>() * unit.length());
            at_least("half of the decay", case.half(), sizes.sum::<Rational>())
        })
        .because("the norm that decay makes of the outgoing weights is Euclid's"),
        twin("strictly more", |case: &Case| above("half of the decay", case.half(), case.path(1)?))
            .because("balanced units attain it"),
        twin("units merged", |case: &Case| {
            let sum: Rational = case.units.iter().map(Unit::length).sum();
            at_least("half of the decay", case.half(), sum)
        })
        .because("the norm of the incoming weights alone says nothing"),
    ],
    well_formed: |case| {
        let first = case.units.first().ok_or("a hidden layer has units")?;
        let is_even = case.units.iter().all(|unit| unit.sides.len() == first.sides.len());
        require!(is_even, "all units have one number of incoming weights")?;
        let is_exact = case.units.iter().all(|unit| unit.side().is_some());
        require!(is_exact, "the norm of what a unit reads is rational")
    },
};

/// A unit whose norms are rational.
#[derive(Debug, Serialize, Deserialize)]
pub struct Unit {
    /// The incoming weights are `sides` times this.
    size: Rational,
    /// Of rational norm; three and four, the legs of a triangle, if nothing else is said.
    #[serde(default = "legs", skip_serializing_if = "is_legs")]
    sides: Vec<Rational>,
    /// `5 / 13` and `12 / 13` times a number, or that number and zero.
    outer: [Rational; 2],
}

/// Three and four.
fn legs() -> Vec<Rational> {
    [3, 4].map(Rational::integer).to_vec()
}

fn is_legs(sides: &Vec<Rational>) -> bool {
    *sides == legs()
}

/// Euclid's norm, if it is rational.
fn norm(x: &[Rational]) -> Option<Rational> {
    sqrt(&dot(x, x), 1).ok()?.value().cloned()
}

/// A network of one hidden layer and two outputs.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    units: Vec<Unit>,
}

impl Unit {
    /// The norm of `sides`, if it is rational.
    fn side(&self) -> Option<Rational> {
        norm(&self.sides)
    }

    fn length(&self) -> Rational {
        self.side().expect("the case is well formed") * self.size.abs()
    }
}

impl Case {
    fn network(&self) -> Network {
        let weights = self.units.iter().flat_map(|unit| unit.sides.iter().map(|s| s * &unit.size));
        let outer = (0..2).flat_map(|o| self.units.iter().map(move |unit| unit.outer[o].clone()));
        let layers = vec![
            Layer::dense(self.units.len(), weights.collect(), Vec::new()),
            Layer::relu(),
            Layer::dense(2, outer.collect(), Vec::new()),
        ];
        let inputs = self.units[0].sides.len();
        Network::new(Shape::Flat(inputs), layers).expect("the layers are built to fit")
    }

    fn half(&self) -> Rational {
        self.network().squared_norm() / Rational::integer(2)
    }

    /// So many times the path norm.
    fn path(&self, times: i64) -> Result<Rational, Undecided> {
        let network = self.network();
        let path = path_norm(&network, &Rescaling::of(&network), Charge::Weights, 64);
        let path = path.ok_or(Undecided("there is more than one hidden layer"))?;
        let path = path.value().ok_or(Undecided("the path norm is not rational"))?;
        Ok(Rational::integer(times) * path)
    }
}

/// One unit in three is balanced.
fn networks(
    count: Span,
    sides: impl Strategy<Value = Vec<Rational>> + 'static,
) -> impl Strategy<Value = Case> {
    let unit = (numbers::fraction(4, 5), numbers::integer(6), 0usize..3, sides).prop_map(
        |(size, number, kind, sides)| {
            let thirteenths = |p| Rational::new(p, 13);
            let balanced = norm(&sides).expect("its square is a square") * &size;
            let outer = match kind {
                0 => [number, Rational::ZERO],
                1 => [&balanced * thirteenths(5), &balanced * thirteenths(-12)],
                _ => [&number * thirteenths(5), &number * thirteenths(12)],
            };
            Unit { size, sides, outer }
        },
    );
    vec(unit, count).prop_map(|units| Case { units })
}
