//! Balancing: the rescaling of least decay, up to a stated factor, with the infimum from below.
//!
//! With factors `s` the decay is `sum q_e (s_into / s_from)^2` over the edges, convex in the
//! logarithms of the factors. A float proposes factors; exact arithmetic proves the bound:
//!
//! **Lower bound.** Let `f` be a circulation: not negative, and as much into each channel as out
//! of it. Let `q_e` be the squares after any one rescaling. Then no rescaling has less than
//! `sum (2 f_e - f_e^2 / q_e)`. *Proof.* Write `x_e > 0` for the squared ratios of further
//! factors. With `t >= 1 + ln t`, `q x >= f + f ln (q x / f)`, and `ln (q / f) >= 1 - f / q`.
//! Summed over edges, the terms `f_e ln x_e` cancel at each channel. ∎
//!
//! The bound misses the sum of all `q_e` by `sum (q_e - f_e)^2 / q_e` only. A balanced network is
//! its own circulation, `f = q`, and its decay the infimum.

use super::propose::propose;
use super::rescaling::Edge;
use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;
use std::collections::VecDeque;

/// Factors, and what they achieve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The factors of the channels, that of channel 0 being 1.
    pub factors: Vec<Rational>,
    /// Holds the decay with them.
    pub decay: Enclosure,
    /// No rescaling has a smaller decay.
    pub least: Rational,
    /// The factors at which the lower bound was computed.
    pub reference: Vec<Rational>,
    /// The circulation of the lower bound, a number for each edge.
    pub flow: Vec<Rational>,
    /// The binary places to which the terms of both sums were rounded, outward.
    pub places: u32,
}

/// How the factors are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To 26 binary digits.
    Fine,
    /// To powers of two: numbers of a binary format keep their digits.
    PowersOfTwo,
}

/// The binary digits of fine factors: the decay is then within about `2^-50` of its least.
const DIGITS: u32 = 26;
/// The binary places that sums keep below their largest term.
const PLACES: i64 = 160;
/// The binary places that flows keep below the largest.
const FLOW_PLACES: i64 = 90;

/// Balanced factors for the squares between `channels` channels, and a proved lower bound.
///
/// `go_on` is asked before each sweep over the channels, which costs a few exponentials an edge;
/// the work ends by itself where it converges. Bound: the decay is above the infimum by
/// `decay.hi() - least` at most. Where edges lie on no cycle (nothing reads the channel, or
/// nothing writes it) the infimum is not attained, and factors make them very small. Panics
/// unless `channels` is positive.
pub fn balance(
    channels: usize,
    edges: &[Edge],
    rounding: Rounding,
    go_on: &mut dyn FnMut() -> bool,
) -> Balance {
    let proposal = propose(channels, edges, go_on);
    let reference = proposal.factors(DIGITS);
    let factors = match rounding {
        Rounding::Fine => reference.clone(),
        Rounding::PowersOfTwo => proposal.factors(1),
    };
    let [fine, rounded] = [&reference, &factors].map(|factors| scaled(edges, factors));
    let places = places(&fine, PLACES).max(places(&rounded, PLACES));
    let mut flow = circulation(edges, &fine, &proposal.components);
    let mut least =
        lower_bound(channels, edges, &reference, &flow, places).expect("it was made to circulate");
    if !least.is_positive() {
        // No flow proves that there is no negative decay, which is as much.
        flow.fill(Rational::ZERO);
        least = Rational::ZERO;
    }
    Balance { decay: sum(rounded, places), least, reference, factors, flow, places }
}

/// Holds the decay with these factors, every term rounded outward to `places` binary places.
pub fn decay(edges: &[Edge], factors: &[Rational], places: u32) -> Enclosure {
    sum(scaled(edges, factors), places)
}

fn sum(terms: Vec<Rational>, places: u32) -> Enclosure {
    let zero = Enclosure::point(Rational::ZERO);
    terms.into_iter().fold(zero, |sum, q| sum.sum(&Enclosure::point(q).outward(places)))
}

/// `sum (2 f_e - f_e^2 / q_e)`, every term rounded down to `places` binary places, with `q` the
/// squares after these factors: no rescaling has a smaller decay. `None` unless the flow
/// circulates and none of it is negative.
///
/// Panics unless there is a flow for each edge and a positive factor for each channel.
pub fn lower_bound(
    channels: usize,
    edges: &[Edge],
    factors: &[Rational],
    flow: &[Rational],
    places: u32,
) -> Option<Rational> {
    assert_eq!(edges.len(), flow.len(), "one flow an edge");
    let mut excess = vec![Rational::ZERO; channels];
    for (edge, f) in edges.iter().zip(flow) {
        excess[edge.into] += f;
        excess[edge.from] -= f;
    }
    if flow.iter().any(Rational::is_negative) || !excess.iter().all(Rational::is_zero) {
        return None;
    }
    let two = Rational::integer(2);
    let term = |(q, f): (&Rational, &Rational)| {
        Enclosure::point(f * (&two - f / q)).outward(places).lo().clone()
    };
    Some(scaled(edges, factors).iter().zip(flow).map(term).sum())
}

/// The squares with these factors.
pub fn scaled(edges: &[Edge], factors: &[Rational]) -> Vec<Rational> {
    let square = |edge: &Edge| match edge.from == edge.into {
        true => edge.squares.clone(),
        false => &edge.squares * (&factors[edge.into] / &factors[edge.from]).pow(2),
    };
    edges.iter().map(square).collect()
}

/// Binary places after the point that reach this far below the largest number.
fn places(numbers: &[Rational], below: i64) -> u32 {
    let size = |q: &Rational| q.numerator().bits() as i64 - q.denominator().bits() as i64;
    let largest = numbers.iter().map(size).max();
    largest.map_or(0, |size| (below - size).clamp(0, i64::from(i32::MAX)) as u32)
}

/// A circulation near these squares: they are rounded, and the edges of a
/// spanning tree in each component are set to what the other edges ask of them.
///
/// Where a tree edge would be negative the component has none: all its flows are 0, except from
/// a channel to itself.
fn circulation(edges: &[Edge], scaled: &[Rational], components: &[usize]) -> Vec<Rational> {
    let unit = Rational::integer(2).pow(places(scaled, FLOW_PLACES) as i32);
    let whole = |q: &Rational| (q * &unit).floor();
    let mut flow: Vec<Rational> = scaled.iter().map(whole).collect();
    let channels = components.len();
    let mut inner: Vec<usize> = Vec::new();
    for (e, edge) in edges.iter().enumerate() {
        if components[edge.from] != components[edge.into] {
            flow[e] = Rational::ZERO;
        } else if edge.from != edge.into {
            inner.push(e);
        }
    }
    // The largest edges are in the tree: they have the most to give.
    inner.sort_by(|a, b| flow[*b].cmp(&flow[*a]));
    let tree = spanning(channels, edges, &inner);
    let mut excess = vec![Rational::ZERO; channels];
    let in_tree: Vec<bool> = {
        let mut marks = vec![false; edges.len()];
        tree.iter().for_each(|step| marks[step.edge] = true);
        marks
    };
    for e in inner.iter().filter(|e| !in_tree[**e]) {
        excess[edges[*e].into] += &flow[*e];
        excess[edges[*e].from] -= &flow[*e];
    }
    let mut broken = vec![false; channels];
    for Step { edge: e, child, parent } in tree.into_iter().rev() {
        let over = std::mem::replace(&mut excess[child], Rational::ZERO);
        excess[parent] += &over;
        flow[e] = if edges[e].from == child { over } else { -over };
        broken[components[child]] |= flow[e].is_negative();
    }
    for e in inner {
        if broken[components[edges[e].from]] {
            flow[e] = Rational::ZERO;
        }
    }
    flow.into_iter().map(|f| f / &unit).collect()
}

/// One edge of a tree: the channel that it hangs up, and the one that it hangs it on.
struct Step {
    edge: usize,
    child: usize,
    parent: usize,
}

/// The edges of a spanning forest, taken greedily in this order; parents before children.
fn spanning(channels: usize, edges: &[Edge], order: &[usize]) -> Vec<Step> {
    let mut set: Vec<usize> = (0..channels).collect();
    let root = |set: &mut Vec<usize>, mut c: usize| {
        while set[c] != c {
            set[c] = set[set[c]];
            c = set[c];
        }
        c
    };
    let mut near = vec![Vec::new(); channels];
    for &edge in order {
        let [a, b] = [edges[edge].from, edges[edge].into];
        let (at, other) = (root(&mut set, a), root(&mut set, b));
        if at != other {
            set[at] = other;
            near[a].push((edge, b));
            near[b].push((edge, a));
        }
    }
    let (mut seen, mut steps) = (vec![false; channels], Vec::new());
    let mut queue = VecDeque::new();
    for start in 0..channels {
        if !std::mem::replace(&mut seen[start], true) {
            queue.push_back(start);
        }
        while let Some(parent) = queue.pop_front() {
            for &(edge, child) in &near[parent] {
                if !std::mem::replace(&mut seen[child], true) {
                    steps.push(Step { edge, child, parent });
                    queue.push_back(child);
                }
            }
        }
    }
    steps
}
