//! # A network of width `d` is as large on the border of a cube as anywhere inside
//!
//! If no layer is wider than the input, there is a path from every point inside to the border on
//! which the network does not fall. So width `d` is too little for any function that is larger
//! inside than on the border, and width `d + 1` is the least that is universal.
#![doc = include_str!("../../../proofs/approximation/width_d_reaches_the_border.md")]

use crate::claim::{self, prelude::*};
use crate::construct::downsampled::{DenseLayer, DenseNet};
use crate::construct::escape::path_to_border;
use crate::construct::maximum::maximum;
use crate::exact::Rational;
use crate::generators::numbers;
use crate::net::regions::Domain;
use crate::net::{Form, InputBox, Layer, Network};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "approximation/width_d_reaches_the_border",
        title: "A network of width d is as large on the border of a cube as anywhere inside",
        statement: "no hidden layer wider than d, |x|_∞ < 1  ⟹  f(y) ≥ f(x) for some |y|_∞ = 1, \
                    the end of a path on which f does not fall",
        source: Source::new("HaninSellke2017", "width d does not suffice"),
        wording: Wording::Remembered,
        as_printed: Some("the statement on width is remembered; the path is derived here"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/approximation/width_d_reaches_the_border.md",
    },
    cases: || narrow().cases(),
    hypotheses: &[Hypothesis::new("no layer wider than d", |case| {
        case.hidden().iter().all(|layer| layer.bias.len() <= case.at.len())
    })],
    conclusion: |case| Finding::at_least("rise to the border", case.rise(), 0),
    twins: &[
        Twin::without(
            "no layer wider than d",
            || roofs().cases(),
            "minus a maximum of affine functions, of width d + 1, peaks inside",
        ),
        Twin::concluding(
            "strictly larger",
            |case| Finding::above("rise to the border", case.rise(), 0),
            "where a unit of every layer is off the network is constant",
        ),
        Twin::concluding(
            "as small too",
            |case| Finding::at_most("rise to the border", case.rise(), 0),
            "the path leads upwards",
        ),
    ],
};

/// A dense network with one output, and a point inside the cube `|x|_inf <= 1`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    at: Vec<Rational>,
    layers: Vec<DenseLayer>,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        let net = self.dense();
        net.check()?;
        let (d, outputs) = (net.inputs(), net.layers[net.layers.len() - 1].bias.len());
        if outputs != 1 || d != self.at.len() || self.at.iter().any(|x| x.abs() >= Rational::ONE) {
            return Err("one output is asked about, at a point inside the cube".to_owned());
        }
        match d > 2 && self.hidden().iter().any(|layer| layer.bias.len() > d) {
            true => Err("wide networks are asked about on two inputs at most".to_owned()),
            false => Ok(()),
        }
    }
}

impl Case {
    fn dense(&self) -> DenseNet {
        DenseNet { layers: self.layers.clone() }
    }

    fn hidden(&self) -> &[DenseLayer] {
        &self.layers[..self.layers.len() - 1]
    }

    /// How much larger the network is at the end of the path than at the point; for a wide network,
    /// how much larger it is anywhere on the border.
    fn rise(&self) -> Rational {
        let network = self.dense().network();
        let outer = &self.layers[self.layers.len() - 1].weight[0];
        let top = match path_to_border(self.hidden(), outer, &self.at, &Rational::ONE) {
            Ok(path) => network.eval(path.last().expect("a path ends")).swap_remove(0),
            Err(_) => largest_on_border(&network),
        };
        top - &network.eval(&self.at)[0]
    }
}

/// The largest value on the border of the square, or at the ends of the interval: at a vertex of a
/// region of the network on one of the sides.
fn largest_on_border(network: &Network) -> Rational {
    let d = network.input().units();
    let corner = |signs: usize| -> Vec<Rational> {
        (0..d).map(|i| Rational::integer(if signs >> i & 1 == 1 { 1 } else { -1 })).collect()
    };
    let corners = (0..1 << d).map(|signs| network.eval(&corner(signs)).swap_remove(0));
    let mut values: Vec<_> = corners.collect();
    for (a, b) in if d == 2 { vec![(0, 1), (1, 3), (3, 2), (2, 0)] } else { Vec::new() } {
        let side = network.restricted(&[corner(a), corner(b)]).expect("two corners differ");
        let unit = InputBox::new(vec![Rational::ZERO], vec![Rational::ONE]).expect("in order");
        let regions = side.regions(&Domain::Box(unit), 1000).expect("few regions on a line");
        let vertices = regions.iter().flat_map(|region| &region.vertices);
        values.extend(vertices.map(|vertex| side.eval(vertex).swap_remove(0)));
    }
    values.into_iter().max().expect("there are corners")
}

/// Up to three hidden layers that are not wider than the input, singular weights included.
fn narrow() -> impl Strategy<Value = Case> {
    (1usize..=4, 1usize..=3)
        .prop_flat_map(|(d, depth)| (Just(d), vec(1..=d, depth)))
        .prop_flat_map(|(d, widths)| {
            let mut all = vec![d];
            all.extend(&widths);
            all.push(1);
            let layer = |pair: &[usize]| {
                let weight = vec(numbers::integers(pair[0], 2), pair[1]);
                (weight, vec(numbers::fraction(4, 2), pair[1]))
                    .prop_map(|(weight, bias)| DenseLayer { weight, bias })
            };
            let layers: Vec<_> = all.windows(2).map(layer).collect();
            (vec(numbers::fraction(3, 4), d), layers)
        })
        .prop_map(|(at, layers)| Case { at, layers })
}

/// `-height max |x_i|` on the interval and on the square, by layers of `d + 1` units.
fn roofs() -> impl Strategy<Value = Case> {
    (1usize..=2, 1i64..=3).prop_map(|(d, height)| {
        let form = |(axis, sign): (usize, i64)| {
            let entry = |i| Rational::integer(if i == axis { sign } else { 0 });
            Form { coefficients: (0..d).map(entry).collect(), constant: Rational::ZERO }
        };
        let forms: Vec<_> = (0..d).flat_map(|axis| [(axis, 1), (axis, -1)]).map(form).collect();
        let network = maximum(&forms, &Rational::ONE);
        let mut layers: Vec<_> = network
            .stages()
            .filter_map(|(layer, input)| match layer {
                Layer::Affine(dense) => {
                    let rows = dense.weight.chunks(input.units()).map(<[_]>::to_vec).collect();
                    Some(DenseLayer { weight: rows, bias: dense.bias.clone() })
                }
                _ => None,
            })
            .collect();
        let last = layers.last_mut().expect("a network has an output");
        let numbers = last.weight.iter_mut().flatten().chain(&mut last.bias);
        numbers.for_each(|n| *n *= Rational::integer(-height));
        Case { at: vec![Rational::ZERO; d], layers }
    })
}
