//! The independent checker: it reads a certificate and says what the certificate proves, if
//! anything.
//!
//! It uses std, big integers and gzip, and no code of the programs that write certificates.
//! `proofs/FORMAT.md` states the grammar and what acceptance means. The checker refuses by default:
//! what it does not understand, what exceeds a limit and what is left over is a [`Rejection`].

mod arithmetic;
mod balance;
mod ball;
mod circuit;
mod dual_function;
#[cfg(feature = "error")]
mod error;
mod factorization;
mod fraction;
mod integer;
mod json;
mod layers;
mod least_cost;
mod limits;
mod linear_range;
mod network;
mod reader;
mod regions;
mod relus;
mod robust;
mod robust_tree;
mod rows;
mod separation;
mod spline;
mod stream;
mod verdict;
mod window;

pub use limits::*;
pub use network::Network;
pub use verdict::{Accepted, Kind, Rejection};

use flate2::bufread::MultiGzDecoder;
use reader::Checker;
use std::io::{BufRead, BufReader};

/// Checks one certificate. Never panics; cost: at most [`MAX_WORK`] word products, [`MAX_PRODUCTS`]
/// for a factorization, and for the tree of a count of regions, and for each part of a box, what
/// the lines ask for.
pub fn check(text: &str) -> Result<Accepted, Rejection> {
    check_from(&mut text.as_bytes(), None)
}

/// Reads a network file, to be compared with what certificates state.
///
/// The lines of a rejection are those of the file. Cost: at most [`MAX_WORK`] word products.
pub fn network(json: &[u8]) -> Result<Network, Rejection> {
    let mut checker = Checker { rest: "", line: 1, work: MAX_WORK, limit: MAX_WORK, spent: 0 };
    if json.len() > MAX_TEXT {
        return Err(checker.too_large(format!("{MAX_TEXT} bytes")));
    }
    checker.rest = std::str::from_utf8(json).map_err(|error| {
        checker.line += json[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        checker.malformed("UTF-8", "another byte")
    })?;
    checker.network()
}

/// Checks one certificate as it is read, gzip unpacked; with a network, only one that states that
/// network.
///
/// Of a tree, no more is kept than the path to the current node: memory does not grow with its
/// length. Everything else is read whole, up to [`MAX_TEXT`].
pub fn check_from(
    source: &mut dyn BufRead,
    network: Option<&Network>,
) -> Result<Accepted, Rejection> {
    let start = source.fill_buf();
    match start.map_err(|error| Rejection::Unreadable { line: 1, error: error.to_string() })? {
        // No text begins like this.
        [0x1f, ..] => check_text(&mut BufReader::new(MultiGzDecoder::new(source)), network),
        _ => check_text(source, network),
    }
}

fn check_text(source: &mut dyn BufRead, network: Option<&Network>) -> Result<Accepted, Rejection> {
    let bytes = before_a_tree(source)?;
    // What is not UTF-8 is not ASCII either: the reader names the line of the replacement.
    let text = String::from_utf8_lossy(&bytes);
    let mut checker = Checker { rest: &text, line: 0, work: MAX_WORK, limit: MAX_WORK, spent: 0 };
    if text.len() > MAX_TEXT {
        return Err(checker.too_large(format!("{MAX_TEXT} bytes")));
    }
    // One leading remark, for people; nothing else is ever skipped.
    if text.starts_with('#') {
        checker.next_line("a remark")?;
    }
    let kind = match checker.words("certificate")?[..] {
        ["1", "balance"] => Kind::Balance,
        ["1", "decayed-interpolation"] => Kind::DecayedInterpolation,
        ["1", "error"] if cfg!(feature = "error") => Kind::Error,
        ["1", "error"] => return Err(Rejection::LeftOut { line: checker.line, kind: Kind::Error }),
        ["1", "factorization"] => Kind::Factorization,
        ["1", "least-cost"] => Kind::LeastCost,
        ["1", "fewest-knots"] => Kind::FewestKnots,
        ["1", "interpolation"] => Kind::Interpolation,
        ["1", "linear-range"] => Kind::LinearRange,
        ["1", "penalised"] => Kind::Penalised,
        ["1", "regions"] => Kind::Regions,
        ["1", "regions-at-least"] => Kind::RegionsAtLeast,
        ["1", "robust"] => Kind::Robust,
        ["1", "separation"] => Kind::Separation,
        ["1", "vector-interpolation"] => Kind::VectorInterpolation,
        ref other => return Err(checker.malformed("version 1 and a known kind", &other.join(" "))),
    };
    if network.is_some() && !kind.states_a_network() {
        let expected = "a kind that states the network of a file";
        return Err(checker.is_false(expected, kind.to_string()));
    }
    let name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_/".contains(c);
    let claim = match checker.words("claim")?[..] {
        [id] if id.chars().all(name) && id.len() <= 200 => id.to_owned(),
        ref other => return Err(checker.malformed("the id of a claim", &other.join(" "))),
    };
    let start = text.len() - checker.rest.len();
    let (proof, fact) = match kind {
        Kind::Balance => checker.balance(network)?,
        #[cfg(feature = "error")]
        Kind::Error => checker.error(network)?,
        #[cfg(not(feature = "error"))]
        Kind::Error => unreachable!("refused above"),
        Kind::Factorization => checker.factorization()?,
        Kind::LeastCost => checker.least_cost()?,
        Kind::FewestKnots => checker.fewest_knots()?,
        Kind::LinearRange => checker.linear_range(network)?,
        Kind::Penalised => checker.penalised()?,
        Kind::Regions => checker.regions(source, true, network)?,
        Kind::RegionsAtLeast => checker.regions(source, false, network)?,
        Kind::Robust => checker.robust(source, network)?,
        Kind::Separation => checker.separation()?,
        Kind::Interpolation | Kind::VectorInterpolation | Kind::DecayedInterpolation => {
            checker.interpolation(kind)?
        }
    };
    if !checker.rest.is_empty() {
        checker.line += 1;
        return Err(checker.malformed("nothing after `end`", checker.rest));
    }
    let statement = text[start..text.len() - proof.len()].to_owned();
    Ok(Accepted { kind, claim, statement, fact, work: checker.spent })
}

/// The text up to the line `proof` if a tree follows it, otherwise the whole text; not more than
/// one byte beyond the limit.
fn before_a_tree(source: &mut dyn BufRead) -> Result<Vec<u8>, Rejection> {
    let (mut text, mut has_tree) = (Vec::new(), false);
    for line in 1.. {
        let start = text.len();
        stream::read_line(source, &mut text, MAX_TEXT + 1 - start, line)?;
        let last = &text[start..];
        let kinds = [&b"certificate 1 regions"[..], b"certificate 1 robust"];
        has_tree |= line <= 2 && kinds.iter().any(|kind| last.starts_with(kind));
        if last.is_empty() || has_tree && last == b"proof\n" {
            break;
        }
    }
    Ok(text)
}
