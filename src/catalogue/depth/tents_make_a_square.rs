//! x minus tents is x² up to exactly 4^−(s+1), with three units in each of s layers.

use crate::catalogue::prelude::*;
use crate::construct::sawtooth::square;
use crate::spline::univariate::{Data, Interpolation, along_line, quadratic_error};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/tents_make_a_square", AGAINST_ITS_NOTE)
        .remembered_from("Yarotsky2017", "the square by composed tents")
        .as_printed("from memory, on [0, 1]: the error is at most 4^-(s+1); it is equal"),
    statement: "f(x) = c w² (y - Σ_{j ≤ s} T^j(y) / 4^j), y = (x - a) / w, three units in each of \
                s layers  ⟹  max |f(x) - c (x - a)²| on [a, a + w] = |c| w² / 4^(s+1)",
    cases: || {
        drawn(0..=4, 4, 1)
            .with("fractions", 8, drawn(0..=5, 99, 7))
            .with("6 to 8 layers", 32, drawn(6..=8, 9, 2))
            .with("10 layers", 256, drawn(10..=10, 9, 2))
    },
    hypotheses: &[],
    conclusion: |case| equal("error", case.error(&case.function()), case.unit(case.layers + 1)),
    twins: &[
        twin("a layer earlier", |case: &Case| {
            equal("error", case.error(&case.function()), case.unit(case.layers))
        })
        .because("x itself, without a layer, is 1/4 away from x² on the unit interval"),
        twin("the first order", |case: &Case| {
            let halves = Rational::from(2).pow(-(case.layers as i32)) * case.unit(1);
            equal("error", case.error(&case.function()), halves)
        })
        .because("each layer divides the error by four"),
        twin("no function with these kinks is closer", |case: &Case| {
            let f = case.function();
            let shift = case.unit(case.layers + 1) / Rational::from(2)
                * numbers::sign(case.curvature.is_positive());
            let at_zero = f.eval(&Rational::ZERO) - shift;
            let slopes = f.pieces().iter().map(|(slope, _)| slope.clone()).collect();
            let moved = Activation::piecewise_linear(f.breakpoints().to_vec(), slopes, &at_zero);
            let moved = moved.expect("the kinks are those of a function");
            at_least("error", case.error(&moved), case.unit(case.layers + 1))
        })
        .because("moved by half of its error it has half of it"),
        twin("one layer of as many units is as close", |case: &Case| {
            let (shallow, deep) = (case.interpolant(3 * case.layers + 1), case.function());
            at_most("error", case.error(&shallow) / Rational::from(2), case.error(&deep))
        })
        .because("moved by half of their error equal chords are best; pieces add with units")
        .drawing(|| drawn(5..=8, 2, 1).cases()),
    ],
    well_formed: |case| {
        require!(case.layers <= 10, "{} layers; up to 10 are asked about", case.layers)?;
        require!(case.width.is_positive(), "the width is {}, not positive", case.width)
    },
};

/// The curvature `c`, the interval from `a` of width `w`, and the number of layers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    layers: usize,
    curvature: Rational,
    start: Rational,
    width: Rational,
}

impl Case {
    fn end(&self) -> Rational {
        &self.start + &self.width
    }

    /// `|c| w² / 4^j`.
    fn unit(&self, j: usize) -> Rational {
        let quarters = Rational::from(4).pow(-i32::try_from(j).expect("few layers"));
        self.curvature.abs() * &self.width * &self.width * quarters
    }

    /// The network along the line.
    fn function(&self) -> Activation {
        let network = square(self.layers, &self.start, &self.width);
        let mut layers = network.layers().to_vec();
        let factor = &self.curvature * &self.width * &self.width;
        layers.push(Layer::dense(1, vec![factor], Vec::new()));
        let network = Network::new(network.input(), layers).expect("one output is read");
        along_line(&network, &[Rational::ZERO], &[Rational::ONE]).remove(0)
    }

    /// Straight between so many equal pieces of the interval.
    fn interpolant(&self, pieces: usize) -> Activation {
        let x = |i: usize| &self.start + &self.width * Rational::from(i) / Rational::from(pieces);
        let y = |x: &Rational| &self.curvature * (x - &self.start) * (x - &self.start);
        let x: Vec<_> = (0..=pieces).map(x).collect();
        let data = Data::new(x.clone(), x.iter().map(y).collect()).expect("the points increase");
        Interpolation::new(&data).chords().function()
    }

    fn error(&self, f: &Activation) -> Rational {
        quadratic_error(f, &self.curvature, &self.start, [&self.start, &self.end()])
    }
}

fn drawn(layers: Span, most: i64, denominator: i64) -> BoxedStrategy<Case> {
    let number = || numbers::fraction(most, denominator);
    let positive = (1..=most).prop_map(move |p| Rational::new(p, denominator));
    let curvature = (positive.clone(), any::<bool>()).prop_map(|(c, up)| c * numbers::sign(up));
    (layers, curvature, number(), positive)
        .prop_map(|(layers, curvature, start, width)| Case { layers, curvature, start, width })
        .boxed()
}
