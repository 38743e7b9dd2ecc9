//! The journal of a count: which parts are done, and how many regions were found there.

use super::journal::{Heading, Lines};
use super::shards::Share;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The question of a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The version of this format.
    pub crease_count: u32,
    /// What counts as a region.
    pub notion: String,
    /// The domain in words.
    pub domain: String,
    /// A number made from the network and the exact domain.
    pub network: String,
    /// How many parts there are, and a number made from them.
    pub parts: (usize, String),
    /// What a certificate proves, if one is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// The shard of the count, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
}

/// A share of the parts, that one machine of several counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shard {
    /// Counted from one.
    pub number: usize,
    /// How many shards there are.
    pub of: usize,
    /// The parts that are its own.
    pub parts: usize,
    /// The network and the domain in words.
    pub place: String,
}

/// A finished part.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Its number.
    pub part: usize,
    /// Its regions.
    pub count: u64,
}

impl Heading for Question {
    const START: &'static str = r#"{"crease_count":"#;
    const WORK: &'static str = "count";

    fn members(&self) -> Vec<(String, String)> {
        let Self { crease_count, notion, domain, network, parts, certificate, .. } = self.clone();
        let shard = self.share().map_or("none".to_owned(), |share| share.to_string());
        let certificate = certificate.unwrap_or("none".to_owned());
        let members = [
            ("version", crease_count.to_string()),
            ("notion", notion),
            ("domain", domain),
            ("network", network),
            ("list of parts", parts.1),
            ("certificate", certificate),
            ("shard", shard),
        ];
        members.map(|(name, said)| (name.to_owned(), said)).to_vec()
    }

    fn share(&self) -> Option<Share> {
        self.shard.as_ref().map(|shard| Share { number: shard.number, of: shard.of })
    }
}

/// The finished parts of so many that these lines note.
pub fn noted(lines: Lines<Line>, parts: usize) -> Result<HashMap<usize, u64>, String> {
    let mut done = HashMap::new();
    for (number, Line { part, count }) in lines {
        if part >= parts || done.insert(part, count).is_some_and(|was| was != count) {
            return Err(format!("line {number}: part {part} is not one, or counted twice"));
        }
    }
    Ok(done)
}
