//! Counts by asking every pattern whether it occurs, one linear program each.

use super::{dense, numbers, stack};
use crease::engines::lp::{Feasibility, System};
use crease::engines::{CountRegions, Engine};
use crease::exact::Rational;
use crease::net::regions::{Domain, Notion};
use crease::net::{Activation, AffineMap, InputBox, Layer, Network, Pattern, Shape};
use quickcheck::{Arbitrary, Gen};
use std::collections::HashSet;

use crate::laws::support::check;

/// A rectifier network of a few units with weights that make degenerate positions common.
#[derive(Clone, Debug)]
pub(super) struct Tiny {
    inputs: usize,
    widths: Vec<usize>,
    weights: Vec<i8>,
    kind: u8,
}

impl Arbitrary for Tiny {
    fn arbitrary(g: &mut Gen) -> Self {
        let inputs = 1 + usize::arbitrary(g) % 3;
        let widths = match u8::arbitrary(g) % 4 {
            0 => vec![4],
            1 => vec![2, 2],
            2 => vec![3, 2],
            _ => vec![2, 1, 2],
        };
        let largest = [1, 1, 2, 5][usize::arbitrary(g) % 4];
        let weights = (0..60).map(|_| i8::arbitrary(g) % (largest + 1)).collect();
        Self { inputs, widths, weights, kind: u8::arbitrary(g) % 4 }
    }
}

impl Tiny {
    fn activation(&self) -> Activation {
        match self.kind {
            0 => Activation::leaky_relu(Rational::new(1, 2)),
            1 => Activation::absolute_value(),
            _ => Activation::relu(),
        }
    }

    pub(super) fn network(&self) -> Network {
        let weights = self.weights.iter().map(|&w| i64::from(w));
        let widths = [&self.widths[..], &[1]].concat();
        let mut layers = stack(self.inputs, &widths, weights, &self.activation());
        layers.pop();
        Network::new(Shape::Flat(self.inputs), layers).expect("the layers fit")
    }

    /// The affine forms before activation `layer` under the pattern of the layers before it.
    fn forms(&self, network: &Network, pattern: &[Vec<usize>]) -> AffineMap {
        let layers = network.layers()[..2 * pattern.len() + 1].to_vec();
        let part = Network::new(network.input(), layers).expect("a beginning fits");
        part.affine_on(&Pattern { layers: pattern.to_vec() })
    }
}

/// Every pattern for which `occurs` holds of the signs chosen so far.
fn patterns(
    tiny: &Tiny,
    network: &Network,
    system: &System,
    open: bool,
    prefix: &mut Vec<Vec<usize>>,
    found: &mut Vec<(Vec<Vec<usize>>, bool)>,
    zero: bool,
) {
    if prefix.len() == tiny.widths.len() {
        return found.push((prefix.clone(), zero));
    }
    let map = tiny.forms(network, prefix);
    let width = tiny.widths[prefix.len()];
    for bits in 0..1usize << width {
        let signs: Vec<usize> = (0..width).map(|unit| bits >> unit & 1).collect();
        let (mut system, mut zero, mut possible) = (system.clone(), zero, true);
        for (unit, &sign) in signs.iter().enumerate() {
            let row: Vec<Rational> = map.matrix.row(unit).to_vec();
            let constant = &map.offset[unit];
            if open && constant.is_zero() && row.iter().all(Rational::is_zero) {
                zero = true;
                possible &= sign == 0;
            } else if sign == 1 {
                system.below(row.iter().map(|c| -c).collect(), constant.clone());
            } else if open {
                system.below(row, -constant);
            } else {
                system.at_most(row, -constant);
            }
        }
        if possible && matches!(system.feasible(), Feasibility::Point(_)) {
            prefix.push(signs);
            patterns(tiny, network, &system, open, prefix, found, zero);
            prefix.pop();
        }
    }
}

fn agrees(tiny: &Tiny, network: &Network, domain: &Domain, start: &System) -> bool {
    let ask = |open| {
        let mut found = Vec::new();
        patterns(tiny, network, start, open, &mut Vec::new(), &mut found, false);
        found
    };
    let (open, all) = (ask(true), ask(false));
    let strict = open.iter().filter(|(_, zero)| !zero).count() as u64;
    let maps: HashSet<String> = open
        .iter()
        .map(|(layers, _)| {
            let map = network.affine_on(&Pattern { layers: layers.clone() });
            format!("{:?} {:?}", map.matrix.row(0), map.offset)
        })
        .collect();
    let count = |notion| network.count_regions(notion, domain);
    let joined = count(Notion::R4);
    let mesh = network.tally_by(Engine::Mesh, domain).expect("the mesh counts everything");
    network.tally_by(Engine::Descent, domain) == Some(mesh)
        && mesh.cells == open.len() as u64
        && mesh.strict == strict
        && count(Notion::Strict) == strict
        && count(Notion::R2) == open.len() as u64
        && count(Notion::R6) == maps.len() as u64
        && (maps.len() as u64 <= joined && joined <= open.len() as u64)
        && (*domain != Domain::Whole || count(Notion::R1) == all.len() as u64)
}

#[test]
fn counts_agree_with_one_linear_program_a_pattern() {
    fn law(tiny: Tiny) -> bool {
        agrees(&tiny, &tiny.network(), &Domain::Whole, &System::new(tiny.inputs))
    }
    check(law as fn(Tiny) -> bool);
}

#[test]
fn counts_in_a_box_agree_too() {
    fn law(tiny: Tiny) -> bool {
        let sides = InputBox::cube(tiny.inputs, &Rational::new(3, 2));
        let mut inside = System::new(tiny.inputs);
        for i in 0..tiny.inputs {
            for sign in [1, -1] {
                let mut normal = vec![Rational::ZERO; tiny.inputs];
                normal[i] = sign.into();
                inside.below(normal, Rational::new(3, 2));
            }
        }
        agrees(&tiny, &tiny.network(), &Domain::Box(sides), &inside)
    }
    check(law as fn(Tiny) -> bool);
}

/// On the line, neighbours are next to each other: affine regions by sorting the cells.
#[test]
fn affine_regions_on_the_line_are_runs_of_equal_maps() {
    fn law(mut tiny: Tiny) -> bool {
        tiny.inputs = 1;
        let network = tiny.network();
        let mut found = Vec::new();
        patterns(&tiny, &network, &System::new(1), true, &mut Vec::new(), &mut found, false);
        // A point of each cell, then the maps in the order of the points.
        let mut maps: Vec<(Rational, String)> = found
            .into_iter()
            .map(|(layers, _)| {
                let point = point_of(&tiny, &network, &layers);
                let map = network.affine_on(&Pattern { layers });
                (point, format!("{:?} {:?}", map.matrix.row(0), map.offset))
            })
            .collect();
        maps.sort();
        maps.dedup_by(|a, b| a.1 == b.1);
        network.count_regions(Notion::R4, &Domain::Whole) == maps.len() as u64
    }
    check(law as fn(Tiny) -> bool);
}

fn point_of(tiny: &Tiny, network: &Network, layers: &[Vec<usize>]) -> Rational {
    let mut system = System::new(1);
    for (depth, signs) in layers.iter().enumerate() {
        let map = tiny.forms(network, &layers[..depth]);
        for (unit, &sign) in signs.iter().enumerate() {
            let (slope, constant) = (&map.matrix[(unit, 0)], &map.offset[unit]);
            match (sign, slope.is_zero() && constant.is_zero()) {
                (_, true) => {}
                (1, _) => system.below(vec![-slope], constant.clone()),
                _ => system.below(vec![slope.clone()], -constant),
            }
        }
    }
    match system.feasible() {
        Feasibility::Point(point) => point[0].clone(),
        Feasibility::Farkas(_) => unreachable!("the pattern occurs"),
    }
}

#[test]
fn the_oracle_itself_counts_a_generic_arrangement() {
    let tiny = Tiny { inputs: 2, widths: vec![3], weights: vec![], kind: 2 };
    let layers = vec![dense(3, &[1, 0, 0, 1, 1, 1], &[0, 0, 1]), Layer::relu()];
    let network = Network::new(Shape::Flat(2), layers).expect("the layers fit");
    let mut found = Vec::new();
    patterns(&tiny, &network, &System::new(2), true, &mut Vec::new(), &mut found, false);
    assert_eq!(
        (found.len(), numbers(&[7])),
        (7, numbers(&[network.tally(&Domain::Whole).cells as i64]))
    );
}
