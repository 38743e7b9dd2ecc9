//! Planted statements about graphs, points and functions of bits.

use super::planted::planted;
use super::planted_sizes::within;
use crease::analysis::separation::{self, Separation};
use crease::claim::prelude::*;
use crease::engines::arrangement::count_cells;
use crease::geometry::Form;
use std::collections::BTreeSet;

/// Edges between numbered vertices.
#[derive(Debug, Serialize, Deserialize)]
pub struct Graph {
    vertices: usize,
    edges: Vec<[usize; 2]>,
}

impl Graph {
    fn joined(&self) -> Vec<Vec<bool>> {
        let mut joined = vec![vec![false; self.vertices]; self.vertices];
        for &[a, b] in &self.edges {
            (joined[a][b], joined[b][a]) = (true, true);
        }
        joined
    }

    /// Whether a closed walk has this length: an odd cycle of at most it, if it is odd.
    fn has_closed_walk(&self, length: usize) -> bool {
        let joined = self.joined();
        let all = || 0..self.vertices;
        all().any(|start| {
            let mut reached = BTreeSet::from([start]);
            for _ in 0..length {
                reached = all().filter(|b| reached.iter().any(|a| joined[*a][*b])).collect();
            }
            reached.contains(&start)
        })
    }

    fn is_colourable(&self, colours: u32) -> bool {
        let all = colours.pow(self.vertices as u32);
        let colour = |code: u32, vertex: usize| code / colours.pow(vertex as u32) % colours;
        let fine = |code: u32| self.edges.iter().all(|&[a, b]| colour(code, a) != colour(code, b));
        (0..all).any(fine)
    }
}

fn graphs(vertices: RangeInclusive<usize>, edges: usize) -> Cases<Graph> {
    vertices
        .prop_flat_map(move |vertices| {
            let edge = [0..vertices, 0..vertices]
                .prop_filter_map("a loop", |[a, b]| (a != b).then_some([a, b]));
            vec(edge, 0..=edges).prop_map(move |edges| Graph { vertices, edges })
        })
        .cases()
}

fn check_graph(case: &Graph) -> Result<(), String> {
    let fits = |[a, b]: &[usize; 2]| a != b && *a.max(b) < case.vertices;
    within(case.vertices <= 8 && case.edges.len() <= 28 && case.edges.iter().all(fits))
}

pub static BIPARTITE: Claim<Graph> = planted(
    "planted/bipartite",
    "a graph without triangles and pentagons has two sides",
    || graphs(2..=8, 10),
    &[given("no odd cycle up to 5", |case: &Graph| !case.has_closed_walk(5))],
    |case| equal("two sides", case.is_colourable(2), true),
    check_graph,
);

pub static COLOURABLE: Claim<Graph> = planted(
    "planted/colourable",
    "a graph without four vertices that are all joined has three colours",
    || graphs(2..=6, 10),
    &[given("no four joined", |case: &Graph| {
        let joined = case.joined();
        let n = case.vertices;
        !(0..n).any(|a| {
            (0..a).filter(|b| joined[a][*b]).any(|b| {
                (0..b)
                    .filter(|c| joined[a][*c] && joined[b][*c])
                    .any(|c| (0..c).any(|d| joined[a][d] && joined[b][d] && joined[c][d]))
            })
        })
    })],
    |case| equal("three colours", case.is_colourable(3), true),
    check_graph,
);

/// Points of the plane, or lines.
#[derive(Debug, Serialize, Deserialize)]
pub struct Plane {
    points: Vec<[Rational; 3]>,
}

fn plane(n: RangeInclusive<usize>, most: i64) -> BoxedStrategy<Plane> {
    let number = move || (-most..=most).prop_map(Rational::from);
    let points = (number(), number(), number()).prop_map(|(x, y, z)| [x, y, z]);
    vec(points, n).prop_map(|points| Plane { points }).boxed()
}

pub static LINES: Claim<Plane> = planted(
    "planted/lines",
    "n lines cut the plane into at most 1 + n + C(n, 2) pieces, and one less from seven on",
    || plane(1..=4, 9).with("five", 16, plane(5..=5, 9)),
    &[],
    |case| {
        let form = |[x, y, z]: &[Rational; 3]| Form {
            coefficients: vec![x.clone(), y.clone()],
            constant: z.clone(),
        };
        let forms: Vec<_> = case.points.iter().map(form).collect();
        let n = forms.len();
        let bound = 1 + n + n * n.saturating_sub(1) / 2 - usize::from(n >= 7);
        at_most("cells", count_cells(2, &forms), bound)
    },
    |case| {
        within(
            case.points.len() <= 12
                && case.points.iter().all(|p| !p[0].is_zero() || !p[1].is_zero()),
        )
    },
);

pub static PENTAGON: Claim<Plane> = planted(
    "planted/pentagon",
    "of eight points, no three on a line, five are the corners of a convex pentagon",
    || plane(8..=8, 30).cases(),
    &[given("no three on a line", |case: &Plane| {
        let p = &case.points;
        triples(p.len()).all(|(i, j, k)| side(&p[i], &p[j], &p[k]) != 0)
    })],
    |case| {
        let p = &case.points;
        let convex = |five: &[usize]| {
            five.iter().all(|&a| {
                // A corner: some line through it has the others on one side.
                five.iter().filter(|b| **b != a).any(|&b| {
                    let mut sides = five.iter().filter(|c| **c != a && **c != b);
                    sides.all(|&c| side(&p[a], &p[b], &p[c]) > 0)
                })
            })
        };
        let sets = (0u32..1 << p.len()).filter(|set| set.count_ones() == 5);
        let five = |set: u32| (0..p.len()).filter(|i| set >> i & 1 == 1).collect::<Vec<_>>();
        at_least("pentagons", sets.filter(|set| convex(&five(*set))).count(), 1)
    },
    |case| within(case.points.len() == 8),
);

fn triples(n: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    (0..n).flat_map(|i| (0..i).flat_map(move |j| (0..j).map(move |k| (i, j, k))))
}

fn side(a: &[Rational; 3], b: &[Rational; 3], c: &[Rational; 3]) -> i8 {
    let turn = (&b[0] - &a[0]) * (&c[1] - &a[1]) - (&b[1] - &a[1]) * (&c[0] - &a[0]);
    turn.signum()
}

/// A monotone function of `n` bits: some term has all its bits set.
#[derive(Debug, Serialize, Deserialize)]
pub struct Terms {
    n: usize,
    terms: Vec<Vec<usize>>,
}

pub static THRESHOLD: Claim<Terms> = planted(
    "planted/threshold",
    "every monotone function of bits is that of one unit",
    || {
        (1usize..=3)
            .prop_flat_map(|n| {
                let terms = vec(vec(0..n, 1..=n), 1..=3);
                terms.prop_map(move |terms| Terms { n, terms })
            })
            .cases()
    },
    &[],
    |case| {
        let bits = |code: usize| (0..case.n).map(move |i| code >> i & 1 == 1).collect::<Vec<_>>();
        let points: Vec<Vec<bool>> = (0..1usize << case.n).map(bits).collect();
        let value = |x: &Vec<bool>| case.terms.iter().any(|term| term.iter().all(|i| x[*i]));
        let signed = |x: &Vec<bool>| {
            let sign = Rational::integer(if value(x) { 1 } else { -1 });
            let bit = |bit: &bool| if *bit { sign.clone() } else { Rational::ZERO };
            x.iter().map(bit).chain([sign.clone()]).collect::<Vec<_>>()
        };
        let vectors: Vec<_> = points.iter().map(signed).collect();
        let separable = matches!(separation::separate(&vectors), Separation::Weights(_));
        equal("one unit", separable, true)
    },
    |case| {
        let fits = |term: &Vec<usize>| !term.is_empty() && term.iter().all(|i| *i < case.n);
        within((1..=6).contains(&case.n) && case.terms.len() <= 8 && case.terms.iter().all(fits))
    },
);
