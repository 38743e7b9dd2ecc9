//! Proposes the factors of a balanced network, in floats: coordinate descent on their logarithms.
//!
//! Nothing here decides. The lower bound of [`super::balance`] holds whatever is proposed.

use super::rescaling::Edge;
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};

/// What is proposed.
pub(super) struct Proposal {
    /// The binary logarithm of each channel's factor.
    logarithms: Vec<f64>,
    /// For each channel, its strongly connected component; edges between two are on no cycle.
    pub components: Vec<usize>,
}

/// A channel moves less than this in its last step, in binary logarithms.
const STEP: f64 = 1e-13;
/// Edges on no cycle are made smaller than the rest by this many binary places.
const BELOW: f64 = 64.0;

/// Factors of least decay, nearly; `go_on` is asked before each sweep there and back. Cost: eight
/// exponentials an edge and sweep.
pub(super) fn propose(
    channels: usize,
    edges: &[Edge],
    go_on: &mut dyn FnMut() -> bool,
) -> Proposal {
    let components = components(channels, edges);
    let squares: Vec<f64> = edges.iter().map(|edge| logarithm(&edge.squares)).collect();
    let (mut read, mut written) = (vec![Vec::new(); channels], vec![Vec::new(); channels]);
    for (edge, size) in edges.iter().zip(&squares) {
        if edge.from != edge.into && components[edge.from] == components[edge.into] {
            written[edge.into].push((edge.from, *size));
            read[edge.from].push((edge.into, *size));
        }
    }
    let mut t = vec![0.0; channels];
    let moved = |t: &mut [f64], channel: usize| -> f64 {
        if written[channel].is_empty() || read[channel].is_empty() {
            return 0.0;
        }
        let inward = sum(written[channel].iter().map(|(from, size)| size - 2.0 * t[*from]));
        let outward = sum(read[channel].iter().map(|(into, size)| size + 2.0 * t[*into]));
        let next = (outward - inward) / 4.0;
        (next - std::mem::replace(&mut t[channel], next)).abs()
    };
    while go_on() {
        let there = (1..channels).map(|c| moved(&mut t, c)).fold(0.0, f64::max);
        let back = (1..channels).rev().map(|c| moved(&mut t, c)).fold(0.0, f64::max);
        if there.max(back) <= STEP {
            break;
        }
    }
    let logarithms = apart(t, &components, edges, &squares);
    Proposal { logarithms, components }
}

/// Moves components against each other, so that what lies between two nearly vanishes.
fn apart(mut t: Vec<f64>, components: &[usize], edges: &[Edge], squares: &[f64]) -> Vec<f64> {
    let scaled: Vec<_> =
        edges.iter().zip(squares).map(|(e, q)| q + 2.0 * (t[e.into] - t[e.from])).collect();
    let is_between = |edge: &Edge| components[edge.from] != components[edge.into];
    let pick = |between: bool| {
        let chosen = edges.iter().zip(&scaled).filter(move |(e, _)| is_between(e) == between);
        chosen.map(|(_, q)| *q)
    };
    let most = pick(true).fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return t;
    }
    let kept = pick(false).fold(f64::NEG_INFINITY, f64::max);
    let aim = if kept.is_finite() { kept } else { 0.0 } - BELOW - (edges.len() as f64).log2();
    let step = ((most - aim) / 2.0).max(0.0).ceil();
    // Components are numbered against the direction of the edges between them.
    let mut order: Vec<_> = edges.iter().filter(|edge| is_between(edge)).collect();
    order.sort_by_key(|edge| std::cmp::Reverse(components[edge.from]));
    let mut level = vec![0u32; components.iter().max().map_or(0, |c| c + 1)];
    for edge in order {
        let below = level[components[edge.from]] + 1;
        let own = &mut level[components[edge.into]];
        *own = below.max(*own);
    }
    for (t, component) in t.iter_mut().zip(components) {
        *t -= step * (f64::from(level[*component]) - f64::from(level[components[0]]));
    }
    t
}

impl Proposal {
    /// The factors with this many binary digits; with one, powers of two.
    pub(super) fn factors(&self, digits: u32) -> Vec<Rational> {
        let factor = |t: &f64| match digits {
            0 | 1 => Rational::integer(2).pow(t.round() as i32),
            _ => {
                let whole = t.floor();
                let scale = f64::from(1u32 << (digits - 1).min(30));
                let leading = ((t - whole).exp2() * scale).round() / scale;
                dyadic(leading).expect("it is from 1 to 2") * Rational::integer(2).pow(whole as i32)
            }
        };
        self.logarithms.iter().map(factor).collect()
    }
}

/// The binary logarithm of a positive number of any size.
fn logarithm(q: &Rational) -> f64 {
    let exponent = q.numerator().bits() as i32 - q.denominator().bits() as i32;
    match exponent.abs() < 900 {
        true => nearest(q).log2(),
        false => nearest(&(q * Rational::integer(2).pow(-exponent))).log2() + f64::from(exponent),
    }
}

/// The logarithm of the sum of numbers given by theirs.
fn sum(terms: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = terms.clone().fold(f64::NEG_INFINITY, f64::max);
    terms.map(|term| (term - most).exp2()).sum::<f64>().log2() + most
}

/// The strongly connected component of each channel, by Tarjan's algorithm; a component has a
/// greater number than those that its edges lead to.
fn components(channels: usize, edges: &[Edge]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let mut next = vec![Vec::new(); channels];
    edges.iter().for_each(|edge| next[edge.from].push(edge.into));
    let (mut seen, mut low) = (vec![UNSEEN; channels], vec![0; channels]);
    let (mut component, mut stack, mut path) = (vec![UNSEEN; channels], Vec::new(), Vec::new());
    let (mut time, mut made) = (0, 0);
    for start in 0..channels {
        if seen[start] == UNSEEN {
            path.push((start, 0));
        }
        while let Some((channel, at)) = path.pop() {
            if at == 0 {
                (seen[channel], low[channel]) = (time, time);
                time += 1;
                stack.push(channel);
            } else {
                low[channel] = low[channel].min(low[next[channel][at - 1]]);
            }
            let unfinished = |c: &usize| component[*c] == UNSEEN;
            let mut at = at;
            while let Some(other) = next[channel].get(at) {
                at += 1;
                if seen[*other] == UNSEEN {
                    path.extend([(channel, at), (*other, 0)]);
                    break;
                }
                if unfinished(other) {
                    low[channel] = low[channel].min(seen[*other]);
                }
            }
            if path.last().is_some_and(|(_, at)| *at == 0) {
                continue;
            }
            if low[channel] == seen[channel] {
                while let Some(member) = stack.pop() {
                    component[member] = made;
                    if member == channel {
                        break;
                    }
                }
                made += 1;
            }
        }
    }
    component
}
