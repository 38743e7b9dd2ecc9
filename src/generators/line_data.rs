//! Data with one input, interpolants of it, and sums of units of one input.

use super::prelude::*;
use crate::spline::univariate::{Data, Interpolation, along_line};

/// Points with increasing `x`, and further points of an interpolant, none above another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rival {
    /// Shape `[n]`, `n >= 2`.
    pub x: Vec<Rational>,
    /// Shape `[n]`.
    pub y: Vec<Rational>,
    /// Shape `[k, 2]`: where the interpolant goes between and beyond the points.
    pub bends: Vec<[Rational; 2]>,
}

impl Rival {
    /// Why there is no such interpolant, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let data = Data::new(self.x.clone(), self.y.clone()).map_err(|error| error.to_string())?;
        refuse_if!(data.len() < 2, "two points at least are expected");
        self.all().map(drop)
    }

    /// The points. Panics unless the case is well formed.
    pub fn data(&self) -> Data {
        Data::new(self.x.clone(), self.y.clone()).expect("the case is well formed")
    }

    /// The interpolant: straight between points and bends, continued beyond the first and the last.
    pub fn function(&self) -> Activation {
        let all = self.all().expect("the case is well formed");
        Interpolation::new(&all).chords().function()
    }

    fn all(&self) -> Result<Data, String> {
        let points = self.x.iter().cloned().zip(self.y.iter().cloned());
        let bends = self.bends.iter().map(|[t, y]| (t.clone(), y.clone()));
        let mut all: Vec<_> = points.chain(bends).collect();
        all.sort();
        let (x, y) = all.into_iter().unzip();
        Data::new(x, y).map_err(|error| error.to_string())
    }
}

/// Points by gaps and values.
fn points(n: Span, most: i64) -> BoxedStrategy<(Vec<Rational>, Vec<Rational>)> {
    n.prop_flat_map(move |n| (vec(gap(), n), vec(numbers::integer(most), n)))
        .prop_map(|(gaps, y)| (summed(&gaps), y))
        .boxed()
}

fn gap() -> impl Strategy<Value = Rational> + Clone {
    prop_oneof![
        3 => Just(Rational::ONE),
        1 => select([(1, 2), (2, 1), (3, 1), (2, 3)].map(|(p, q)| Rational::new(p, q)).to_vec()),
    ]
}

fn summed(gaps: &[Rational]) -> Vec<Rational> {
    let mut sum = -Rational::ONE;
    gaps.iter()
        .map(|gap| {
            sum += gap;
            sum.clone()
        })
        .collect()
}

/// Points whose jumps come in blocks of one sign: up to `runs` blocks of up to six points, some of
/// them flat.
fn in_runs(runs: Span) -> BoxedStrategy<(Vec<Rational>, Vec<Rational>)> {
    let block = (-1i64..=1, 1usize..=6).prop_flat_map(|(sign, len)| {
        vec((1i64..=3).prop_map(move |size| Rational::integer(sign * size)), len)
    });
    vec(block, runs)
        .prop_map(|blocks| blocks.concat())
        .prop_flat_map(|jumps| (vec(gap(), jumps.len() + 2), Just(jumps)))
        .prop_map(|(gaps, jumps)| {
            let x = summed(&gaps);
            let (mut y, mut slope) = (vec![Rational::ZERO], Rational::ZERO);
            for i in 1..x.len() {
                let next = &y[i - 1] + &slope * (&x[i] - &x[i - 1]);
                y.push(next);
                // Beyond the last jump there is no chord.
                slope += jumps.get(i - 1).into_iter().sum::<Rational>();
            }
            (x, y)
        })
        .boxed()
}

/// What the interpolant does in a gap: nothing, a bend off the chord, or one to the apex of its
/// triangle or on the way there, where that is, so that minimisers are drawn often.
#[derive(Clone, Copy, Debug)]
enum Bend {
    None,
    Apex,
    /// So many fifths of the way to the apex, on the line before the gap.
    Inside(i64),
    Off(i64, i64),
}

fn bend() -> impl Strategy<Value = Bend> + Clone {
    prop_oneof![
        3 => Just(Bend::None),
        3 => Just(Bend::Apex),
        1 => (1i64..=3, -2i64..=2).prop_map(|(share, off)| Bend::Off(share, off)),
    ]
}

/// Bends that keep the variation, unless two neighbouring gaps have one; so most have none.
fn merge() -> impl Strategy<Value = Bend> + Clone {
    prop_oneof![
        6 => Just(Bend::None),
        1 => Just(Bend::Apex),
        1 => (1i64..=4).prop_map(Bend::Inside),
    ]
}

fn with_bends(
    points: BoxedStrategy<(Vec<Rational>, Vec<Rational>)>,
    bend: BoxedStrategy<Bend>,
) -> BoxedStrategy<Rival> {
    points
        .prop_flat_map(move |(x, y)| (vec(bend.clone(), x.len() + 1), Just((x, y))))
        .prop_map(|(choices, (x, y))| {
            let data = Data::new(x.clone(), y.clone()).expect("gaps are positive");
            let interpolation = Interpolation::new(&data);
            let n = x.len();
            let signs = interpolation.signs();
            let mut bends = Vec::new();
            for (i, choice) in choices.iter().enumerate() {
                // Gap i lies before point i; the first and the last one are beyond the ends.
                let is_inner = (1..n).contains(&i);
                let has_apex = is_inner && signs[i - 1] != 0 && signs[i - 1] == signs[i];
                match choice {
                    Bend::Apex if has_apex => {
                        let (t, y) = interpolation.apex(i - 1);
                        bends.push([t, y]);
                    }
                    Bend::Inside(fifths) if has_apex => {
                        let (t, top) = interpolation.apex(i - 1);
                        let share = Rational::new(*fifths, 5);
                        let (from, low) = (&x[i - 1], &y[i - 1]);
                        bends.push([from + (t - from) * &share, low + (top - low) * &share]);
                    }
                    Bend::Off(share, off) => {
                        let share = Rational::new(*share, 4);
                        let at = i.clamp(1, n - 1);
                        let (from, to) = (&x[at - 1], &x[at]);
                        let t = match i {
                            0 => from - share,
                            _ if i == n => to + share,
                            _ => from + (to - from) * share,
                        };
                        let chord = &y[at - 1] + data.slope(at - 1) * (&t - from);
                        bends.push([t, chord + Rational::new(*off, 2)]);
                    }
                    _ => {}
                }
            }
            Rival { x, y, bends }
        })
        .boxed()
}

/// Interpolants of few and of many points.
pub fn rivals() -> Strata<Rival> {
    vec![
        ("small", 1, with_bends(points(2..=7, 2), bend().boxed())),
        ("blocks of one sign", 2, with_bends(in_runs(1..=4), bend().boxed())),
        ("values up to a thousand", 16, with_bends(points(3..=12, 1000), bend().boxed())),
        ("up to 60 points", 32, with_bends(in_runs(8..=16), bend().boxed())),
        ("up to 300 points", 64, with_bends(points(100..=300, 3), bend().boxed())),
    ]
}

/// Mostly interpolants of least variation: chords, chords with neighbours merged, and between.
pub fn minimisers() -> Strata<Rival> {
    vec![
        ("small", 1, with_bends(points(2..=7, 2), merge().boxed())),
        ("blocks of one sign", 2, with_bends(in_runs(1..=4), merge().boxed())),
        ("up to 60 points", 32, with_bends(in_runs(8..=16), merge().boxed())),
    ]
}

/// The same without bends: points alone.
pub fn bare() -> Strata<Rival> {
    let bare = |strategy: BoxedStrategy<(Vec<Rational>, Vec<Rational>)>| {
        strategy.prop_map(|(x, y)| Rival { x, y, bends: Vec::new() }).boxed()
    };
    vec![
        ("small", 1, bare(points(2..=7, 2))),
        ("blocks of one sign", 2, bare(in_runs(1..=4))),
        ("up to 60 points", 16, bare(in_runs(8..=16))),
        ("up to 1,000 points", 64, bare(points(300..=1000, 2))),
    ]
}

/// A sum `sum_k v_k relu(w_k x - b_k)`, a unit `[w, b, v]` each.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Units {
    /// Shape `[k, 3]`, `k >= 1`.
    pub units: Vec<[Rational; 3]>,
}

impl Units {
    /// Why this is no network, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        require!(!self.units.is_empty(), "a unit at least is expected")
    }

    /// The sum as a function, by running the network on a line.
    pub fn function(&self) -> Activation {
        let column = |i: usize| self.units.iter().map(|unit| unit[i].clone()).collect::<Vec<_>>();
        let bias = column(1).iter().map(|b| -b).collect();
        let layers = vec![
            Layer::dense(self.units.len(), column(0), bias),
            Layer::relu(),
            Layer::dense(1, column(2), Vec::new()),
        ];
        let input = Shape::from_axes(&[1]).expect("one input");
        let network = Network::new(input, layers).expect("the layers fit");
        along_line(&network, &[Rational::ZERO], &[Rational::ONE]).remove(0)
    }

    /// `sum |v_k| |w_k|`.
    pub fn path_norm(&self) -> Rational {
        self.units.iter().map(|[w, _, v]| (w * v).abs()).sum()
    }
}

/// Sums of units; with probability 0.4 a unit repeats the kink of an earlier one, in either
/// orientation.
pub fn units() -> Strata<Units> {
    vec![
        ("small", 1, some_units(1..=5)),
        ("up to 12 units", 8, some_units(6..=12)),
        ("up to 40 units", 64, some_units(20..=40)),
    ]
}

fn some_units(count: Span) -> BoxedStrategy<Units> {
    let entry = || numbers::integer(3);
    let fresh = (entry(), entry(), entry(), 0usize..5, numbers::nonzero_integer(2));
    vec(fresh, count)
        .prop_map(|drawn| {
            let mut units: Vec<[Rational; 3]> = Vec::new();
            for (w, b, v, like, factor) in drawn {
                let earlier = units.len().checked_sub(1).map(|last| units[like.min(last)].clone());
                units.push(match earlier {
                    Some([w, b, _]) if like < 2 => [&w * &factor, &b * &factor, v],
                    _ => [w, b, v],
                });
            }
            Units { units }
        })
        .boxed()
}
