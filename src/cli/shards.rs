//! Shards of a count: which parts each has, by weights that every shard estimates alike.

use super::journal::Shard;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;
use std::str::FromStr;

/// The most shards of a count.
const MOST: usize = 1 << 16;

/// One of several shards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Counted from one.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

impl Share {
    /// The shard with so many parts of a place.
    pub fn with(self, parts: usize, place: String) -> Shard {
        let Self { number, of } = self;
        Shard { number, of, parts, place }
    }
}

impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.parse::<usize>().ok();
        let parts = text.split_once('/').and_then(|(i, n)| Some((number(i)?, number(n)?)));
        match parts {
            Some((number, of)) if (1..=of).contains(&number) && of <= MOST => {
                Ok(Self { number, of })
            }
            _ => Err(format!("expected I/N with 1 <= I <= N <= {MOST}, such as 3/16")),
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// The shard of each part, counted from zero. The weight of a part is the number of finer ones that
/// begin like it; the heaviest parts go first, each to the shard that has least so far.
pub fn divided(parts: &[Vec<u32>], finer: &[Vec<u32>], shards: usize) -> Vec<usize> {
    let mut order: Vec<(Reverse<u64>, usize)> =
        weights(parts, finer).into_iter().map(Reverse).zip(0..).collect();
    order.sort_unstable();
    let mut loads: BinaryHeap<Reverse<(u64, usize)>> =
        (0..shards).map(|shard| Reverse((0, shard))).collect();
    let mut divided = vec![0; parts.len()];
    for (Reverse(weight), part) in order {
        let Some(Reverse((load, shard))) = loads.pop() else { break };
        divided[part] = shard;
        loads.push(Reverse((load + weight, shard)));
    }
    divided
}

/// Both lists are in the order of the walk.
fn weights(parts: &[Vec<u32>], finer: &[Vec<u32>]) -> Vec<u64> {
    let mut weights = vec![1; parts.len()];
    let mut at = 0;
    for fine in finer {
        while at < parts.len() && !fine.starts_with(&parts[at]) {
            at += 1;
        }
        match weights.get_mut(at) {
            Some(weight) => *weight += 1,
            None => break,
        }
    }
    weights
}
