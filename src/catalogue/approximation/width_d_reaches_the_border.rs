//! A network of width d is as large on the border of a cube as anywhere inside.

use crate::catalogue::prelude::*;
use crate::construct::downsampled::{DenseLayer, DenseNet};
use crate::construct::maximum::maximum;
use crate::construct::path_to_border::path_to_border;
use crate::net::Form;
use crate::properties::{regions, restricted};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/width_d_reaches_the_border", AGAINST_ITS_NOTE)
        .remembered_from("HaninSellke2017", "width d does not suffice")
        .as_printed("the statement on width is remembered; the path is derived here"),
    statement: "no hidden layer wider than d, |x|_∞ < 1  ⟹  f does not fall on some path in \
                the cube from x to a point |y|_∞ = 1",
    cases: || {
        narrow(1..=4, 1..=3).with("6 inputs, up to 40 units", 32, narrow(6..=6, 4..=7)).with(
            "10 inputs, up to 100 units",
            512,
            narrow(10..=10, 8..=10),
        )
    },
    hypotheses: &[given("no layer wider than d", |case: &Case| {
        case.hidden().iter().all(|layer| layer.bias.len() <= case.at.len())
    })
    .needed("minus a maximum of affine functions, of width d + 1, peaks inside", || {
        roofs().cases()
    })],
    conclusion: |case| match case.path() {
        Some(path) => at_least("least rise on the way", case.least_rise(&path), 0),
        None => match case.largest_on_border() - case.value() {
            rise if rise.is_negative() => at_least("rise to the border", rise, 0),
            _ => Err(Undecided("the border is as high, and no path is known")),
        },
    },
    twins: &[
        twin("strictly larger", |case: &Case| above("rise to the border", case.rise()?, 0))
            .because("where a unit of every layer is off the network is constant"),
        twin("as small too", |case: &Case| at_most("rise to the border", case.rise()?, 0))
            .because("the path leads upwards"),
    ],
    well_formed: |case| {
        let net = case.dense();
        net.check()?;
        let (d, outputs) = (net.inputs(), net.layers[net.layers.len() - 1].bias.len());
        require!(
            outputs == 1 && d == case.at.len() && case.at.iter().all(|x| x.abs() < Rational::ONE),
            "one output is asked about, at a point inside the cube"
        )?;
        let fits = d <= 2 || case.hidden().iter().all(|layer| layer.bias.len() <= d);
        require!(fits, "wide networks are asked about on two inputs at most")
    },
};

/// A dense network with one output, and a point inside the cube `|x|_inf <= 1`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    at: Vec<Rational>,
    layers: Vec<DenseLayer>,
}

impl Case {
    fn dense(&self) -> DenseNet {
        DenseNet { layers: self.layers.clone() }
    }

    fn hidden(&self) -> &[DenseLayer] {
        &self.layers[..self.layers.len() - 1]
    }

    fn value(&self) -> Rational {
        self.dense().network().eval(&self.at).swap_remove(0)
    }

    /// The corners of the path; none for a wide network.
    fn path(&self) -> Option<Vec<Vec<Rational>>> {
        let outer = &self.layers[self.layers.len() - 1].weight[0];
        path_to_border(self.hidden(), outer, &self.at, &Rational::ONE).ok()
    }

    /// How much larger the network is at the end of the path than at the point.
    fn rise(&self) -> Result<Rational, Undecided> {
        let path = self.path().ok_or(Undecided("no path is promised"))?;
        let end = path.last().expect("a path ends");
        Ok(self.dense().network().eval(end).swap_remove(0) - self.value())
    }

    /// The least rise between two neighbouring breakpoints of the network on a path that leads from
    /// the point to the border inside the cube. A path that does not falls short: by how much its
    /// start is off, its end is from the border, or a corner is outside.
    fn least_rise(&self, path: &[Vec<Rational>]) -> Rational {
        let size = |x: &Vec<Rational>| x.iter().map(Rational::abs).max().expect("an input");
        let ends =
            path.iter().map(size).zip(1..).map(|(size, number)| match number == path.len() {
                true => (size - Rational::ONE).abs(),
                false => (size - Rational::ONE).max(Rational::ZERO),
            });
        let start = path[0].iter().zip(&self.at).map(|(a, b)| (a - b).abs());
        let short = ends.chain(start).max().expect("a path has a start");
        if short.is_positive() {
            return -short;
        }
        let network = self.dense().network();
        let rises = path.windows(2).flat_map(|leg| {
            let heights = heights(&network, leg);
            heights.windows(2).map(|pair| &pair[1] - &pair[0]).collect::<Vec<_>>()
        });
        rises.min().expect("a path leads somewhere")
    }

    /// The largest value on the border of the square, or at the ends of the interval: at a
    /// breakpoint on one of the sides.
    fn largest_on_border(&self) -> Rational {
        let (network, d) = (self.dense().network(), self.at.len());
        let corner = |signs: usize| -> Vec<Rational> {
            (0..d).map(|i| Rational::integer(if signs >> i & 1 == 1 { 1 } else { -1 })).collect()
        };
        let corners = (0..1 << d).map(|signs| network.eval(&corner(signs)).swap_remove(0));
        let sides = if d == 2 { vec![(0, 1), (1, 3), (3, 2), (2, 0)] } else { Vec::new() };
        let sides = sides.into_iter().flat_map(|(a, b)| heights(&network, &[corner(a), corner(b)]));
        corners.chain(sides).max().expect("there are corners")
    }
}

/// The values of the network at the ends of a segment and at every breakpoint between, in order.
fn heights(network: &Network, ends: &[Vec<Rational>]) -> Vec<Rational> {
    let line = restricted(network, ends).expect("the ends differ");
    let unit = InputBox::new(vec![Rational::ZERO], vec![Rational::ONE]).expect("in order");
    let regions = regions(&line, &Domain::Box(unit), 100_000).expect("few regions on a line");
    let mut places: Vec<_> = regions.into_iter().flat_map(|region| region.vertices).collect();
    places.sort();
    places.dedup();
    places.iter().map(|place| line.eval(place).swap_remove(0)).collect()
}

/// Hidden layers that are not wider than the input, singular weights included.
fn narrow(d: Span, depth: Span) -> impl Strategy<Value = Case> {
    (d, depth)
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
