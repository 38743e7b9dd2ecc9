//! A network of one hidden layer bends equally all along a hyperplane.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{RidgeNet, integral, nets};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/jump_constant_on_hyperplanes", AGAINST_ITS_NOTE).remembered_from(
        "Ongie2020",
        "which piecewise linear functions are finite networks of one hidden layer",
    ),
    statement: "f a network of one hidden layer, x and y on the line ⟨n, ·⟩ = t and off its other \
                break lines  ⟹  f bends by the same slope at x and at y, across the line",
    cases: || Cases::drawn(on_nets(0..=4)).with("12 units", 32, on_nets(12..=12)),
    hypotheses: &[
        given("one hidden layer", |case: &Case| case.function == Function::Network)
            .needed("a pyramid and the maximum of three forms bend on half lines", || {
                on_others().cases()
            }),
        given("off the other lines", Case::is_clear)
            .needed("where two lines meet, both bends are seen", || anywhere().cases()),
    ],
    conclusion: |case| {
        let [at_x, at_y] = [&case.x, &case.y].map(|x| case.bend(x));
        equal("bend at x", at_x, at_y)
    },
    twins: &[twin("no bend", |case: &Case| equal("bend at x", case.bend(&case.x), 0))
        .because("a unit bends on its line")],
    well_formed: |case| {
        case.net.check().map_err(|error| error.to_string())?;
        let lengths = [&case.net.slope, &case.normal, &case.x, &case.y].map(Vec::len);
        require!(lengths == [2; 4], "there are two inputs")?;
        require!(case.normal.iter().any(|n| !n.is_zero()), "the normal is not zero")?;
        let on = dot(&case.normal, &case.x) == dot(&case.normal, &case.y);
        require!(on, "both points lie on one line")
    },
};

/// What bends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Function {
    /// The network.
    Network,
    /// `max(0, 1 - |x_1| - |x_2|)`.
    Pyramid,
    /// `max(x_1, x_2, 0)`.
    Maximum,
}

/// A function of two inputs and two points of a line with an integral normal.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    function: Function,
    net: RidgeNet,
    normal: Vec<Rational>,
    x: Vec<Rational>,
    y: Vec<Rational>,
}

impl Case {
    fn eval(&self, x: &[Rational]) -> Rational {
        match self.function {
            Function::Network => self.net.ridges().eval(x).remove(0),
            Function::Pyramid => (Rational::ONE - x[0].abs() - x[1].abs()).max(Rational::ZERO),
            Function::Maximum => x[0].clone().max(x[1].clone()).max(Rational::ZERO),
        }
    }

    /// The second difference across the line, over a step.
    fn bend(&self, x: &[Rational]) -> Rational {
        let step = Rational::new(1, 1 << 20);
        let at = |sign: i64| {
            let step = &step * Rational::integer(sign);
            let moved: Vec<_> = x.iter().zip(&self.normal).map(|(x, n)| x + &step * n).collect();
            self.eval(&moved)
        };
        (at(1) + at(-1) - at(0) * Rational::integer(2)) / step
    }

    /// Whether every unit whose line is another one keeps its sign within the step.
    fn is_clear(&self) -> bool {
        let (m, n) = (&self.normal[0], &self.normal[1]);
        let units = self.net.ridges().units;
        [&self.x, &self.y].into_iter().all(|x| {
            units.iter().all(|unit| {
                let off = dot(&unit.weights, x) - &unit.threshold;
                let is_parallel = &unit.weights[0] * n == &unit.weights[1] * m;
                let rate = dot(&unit.weights, &self.normal).abs() * Rational::new(1, 1 << 20);
                off.abs() > rate || (off.is_zero() && is_parallel)
            })
        })
    }
}

/// Points of the line of one unit, or of any line through a grid point.
fn points_of(net: RidgeNet, [a, b]: [Rational; 2], other: Vec<Rational>) -> Case {
    let unit =
        net.weights.iter().zip(&net.thresholds).find(|(w, _)| w.iter().any(|w| !w.is_zero()));
    let (normal, threshold) = match unit {
        Some((w, t)) => (w.clone(), t.clone()),
        None => (vec![Rational::ONE, Rational::ZERO], other[0].clone()),
    };
    let foot = threshold / dot(&normal, &normal);
    let at = |s: &Rational| {
        vec![&foot * &normal[0] - s * &normal[1], &foot * &normal[1] + s * &normal[0]]
    };
    Case { function: Function::Network, x: at(&a), y: at(&b), normal, net }
}

fn drawn(units: Span, places: i64) -> BoxedStrategy<Case> {
    let place = || numbers::fraction(6 * places, places);
    (nets(2, units, integral), place(), place(), numbers::integers(2, 2))
        .prop_map(|(net, a, b, other)| points_of(net, [a, b], other))
        .boxed()
}

fn on_nets(units: Span) -> BoxedStrategy<Case> {
    // Sevenths of sevenths: few of them lie on another line.
    drawn(units, 49)
}

fn anywhere() -> BoxedStrategy<Case> {
    drawn(2..=3, 1)
}

fn on_others() -> BoxedStrategy<Case> {
    let none = RidgeNet {
        constant: Rational::ZERO,
        slope: vec![Rational::ZERO; 2],
        weights: Vec::new(),
        thresholds: Vec::new(),
        outer: Vec::new(),
    };
    let point = || numbers::fraction(12, 4);
    let function = select(vec![Function::Pyramid, Function::Maximum]);
    (function, point(), point())
        .prop_map(move |(function, a, b)| {
            let line = |s: Rational| match function {
                Function::Pyramid => vec![s, Rational::ZERO],
                _ => vec![s.clone(), s],
            };
            let normal = match function {
                Function::Pyramid => vec![Rational::ZERO, Rational::ONE],
                _ => vec![Rational::ONE, -Rational::ONE],
            };
            Case { function, net: none.clone(), normal, x: line(a), y: line(b) }
        })
        .boxed()
}
