//! Shards: which parts of some work each has, so that they need no talk between them, and the first
//! line of the journals in which they note what they have done.

use super::count_journal::Shard;
use super::journal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;
use std::str::FromStr;

/// The most shards.
const MOST: usize = 1 << 16;

/// One of several shards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Counted from one.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

impl Share {
    /// All of it.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// Whether part number `part`, counted from zero, is its own, where parts are dealt in turn.
    pub fn has(self, part: u64) -> bool {
        part % self.of as u64 == self.number as u64 - 1
    }

    /// The shard of a count with so many parts of a place.
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

/// What is asked in shards, other than a count.
pub trait Question: Serialize + DeserializeOwned + Clone {
    /// The command.
    const WORK: &'static str;
}

/// The first line of the journal of a shard.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading<Q> {
    /// The version of this format.
    crease_shard: u32,
    /// The command.
    work: String,
    /// The question.
    #[serde(bound = "Q: Question")]
    pub question: Q,
    /// The shard.
    pub shard: Share,
}

impl<Q: Question> Heading<Q> {
    /// The heading of a shard.
    pub fn new(question: Q, shard: Share) -> Self {
        Self { crease_shard: 1, work: Q::WORK.to_owned(), question, shard }
    }
}

impl<Q: Question> journal::Heading for Heading<Q> {
    const START: &'static str = r#"{"crease_shard":"#;
    const WORK: &'static str = Q::WORK;

    fn members(&self) -> Vec<(String, String)> {
        let named = |name: &str, said: &dyn fmt::Display| (name.to_owned(), said.to_string());
        let mut members = vec![named("version", &self.crease_shard), named("work", &self.work)];
        let question = serde_json::to_value(&self.question).unwrap_or_default();
        let said = question.as_object().into_iter().flatten();
        members.extend(said.map(|(name, value)| named(name, value)));
        members.push(named("shard", &self.shard));
        members
    }

    fn share(&self) -> Option<Share> {
        Some(self.shard)
    }
}

/// The shard of each part, counted from zero. The weight of a part is the number of finer ones that
/// begin like it.
pub fn divided(parts: &[Vec<u32>], finer: &[Vec<u32>], shards: usize) -> Vec<usize> {
    dealt(&weights(parts, finer), shards)
}

/// The shard of each of the parts with these weights, counted from zero: the heaviest parts go
/// first, each to the shard that has least so far.
pub fn dealt(weights: &[u64], shards: usize) -> Vec<usize> {
    let mut order: Vec<(Reverse<u64>, usize)> =
        weights.iter().copied().map(Reverse).zip(0..).collect();
    order.sort_unstable();
    let mut loads: BinaryHeap<Reverse<(u64, usize)>> =
        (0..shards).map(|shard| Reverse((0, shard))).collect();
    let mut dealt = vec![0; weights.len()];
    for (Reverse(weight), part) in order {
        let Some(Reverse((load, shard))) = loads.pop() else { break };
        dealt[part] = shard;
        loads.push(Reverse((load.saturating_add(weight), shard)));
    }
    dealt
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
