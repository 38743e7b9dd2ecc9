//! The independent checker: certificate text in, verdict out.
//!
//! It knows std, big integers and how to unpack gzip, and nothing of this crate; `crease-recheck`
//! compiles this folder by path. `proofs/FORMAT.md` states the grammar and what acceptance means.
//! Refusing is the default: what is not understood, out of range or left over is a [`Rejection`].

mod arithmetic;
mod circuit;
mod error;
mod factorization;
mod json;
mod linear_range;
mod network;
mod reader;
mod regions;
mod rows;
mod separation;
mod stream;
mod window;

pub use network::Network;

use flate2::bufread::MultiGzDecoder;
use reader::Checker;
use std::fmt;
use std::io::{BufRead, BufReader};

/// The longest certificate that is read, in bytes; of one about regions, the longest statement.
pub const MAX_TEXT: usize = 1 << 24;
/// The longest numerator or denominator, in decimal digits.
pub const MAX_DIGITS: usize = 10_000;
/// Products of 64-bit words that one certificate may cost; it bounds time and memory.
pub const MAX_WORK: u64 = 1 << 25;
/// The same with the proof of a `factorization`, which multiplies many filters.
pub const MAX_PRODUCTS: u64 = 1 << 27;
/// Coefficients of the affine forms of one layer.
pub const MAX_CELLS: usize = 1 << 20;

/// The longest line of a tree, in bytes.
pub const MAX_LINE: usize = 1 << 20;
/// Coefficients of all affine forms of a network.
pub const MAX_FORMS: usize = 1 << 22;
/// The longest coefficient of an affine form, in bits.
pub const MAX_BITS: u64 = 1 << 13;
/// Branches of one value: pieces of an activation, entries of a maximum.
pub const MAX_OPTIONS: usize = 64;
/// Products of a weight and an input in one layer of a network file.
pub const MAX_TERMS: usize = 1 << 22;

/// What a certificate can prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A network is within a stated distance of a function on a whole box.
    Error,
    /// A sequence is a product of short filters, up to a stated residual.
    Factorization,
    /// A network equals a stated ridge sum on a whole box.
    LinearRange,
    /// A network has a stated number of activation regions.
    Regions,
    /// A network has at least a stated number of activation regions.
    RegionsAtLeast,
    /// Labelled points can, or cannot, be separated by a linear form.
    Separation,
}

/// What an accepted certificate proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The kind of statement.
    pub kind: Kind,
    /// The claim it is evidence for; a name, which the checker does not interpret.
    pub claim: String,
    /// The lines between `claim` and `proof`, as they stand: exactly what was proved.
    pub statement: String,
    /// The statement in one line of words.
    pub fact: String,
}

/// Why a certificate is not accepted. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The text stops before its `end`; nothing that was read is wrong.
    Incomplete {
        /// The line that is missing or not finished.
        line: usize,
        /// What should stand there.
        expected: String,
    },
    /// A line is not of the form that its place asks for.
    Malformed {
        /// Where.
        line: usize,
        /// What should stand there.
        expected: String,
        /// What does.
        found: String,
    },
    /// A limit of the checker is exceeded; nothing is said about the statement.
    TooLarge {
        /// Where.
        line: usize,
        /// Which limit, with its size.
        limit: String,
    },
    /// The certificate could not be read to its end.
    Unreadable {
        /// The line in which it ended.
        line: usize,
        /// What the system says.
        error: String,
    },
    /// The certificate was read, and what it says is false.
    False {
        /// The line that says it.
        line: usize,
        /// What would be true.
        expected: String,
        /// What is stated or computed instead.
        found: String,
    },
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Factorization => "factorization",
            Self::LinearRange => "linear-range",
            Self::Regions => "regions",
            Self::RegionsAtLeast => "regions-at-least",
            Self::Separation => "separation",
        })
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete { line, expected } => {
                write!(f, "line {line}: the text stops where {expected} is expected")
            }
            Self::Unreadable { line, error } => write!(f, "line {line}: {error}"),
            Self::TooLarge { line, limit } => write!(f, "line {line}: more than {limit}"),
            Self::Malformed { line, expected, found } | Self::False { line, expected, found } => {
                write!(f, "line {line}: expected {expected}, found {found}")
            }
        }
    }
}

impl std::error::Error for Rejection {}

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
    let mut checker = Checker { rest: "", line: 1, work: MAX_WORK, limit: MAX_WORK };
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
    let mut checker = Checker { rest: &text, line: 0, work: MAX_WORK, limit: MAX_WORK };
    if text.len() > MAX_TEXT {
        return Err(checker.too_large(format!("{MAX_TEXT} bytes")));
    }
    // One leading remark, for people; nothing else is ever skipped.
    if text.starts_with('#') {
        checker.next_line("a remark")?;
    }
    let kind = match checker.words("certificate")?[..] {
        ["1", "error"] => Kind::Error,
        ["1", "factorization"] => Kind::Factorization,
        ["1", "linear-range"] => Kind::LinearRange,
        ["1", "regions"] => Kind::Regions,
        ["1", "regions-at-least"] => Kind::RegionsAtLeast,
        ["1", "separation"] => Kind::Separation,
        ref other => return Err(checker.malformed("version 1 and a known kind", &other.join(" "))),
    };
    if network.is_some() && matches!(kind, Kind::Factorization | Kind::Separation) {
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
        Kind::Error => checker.error(network)?,
        Kind::Factorization => checker.factorization()?,
        Kind::LinearRange => checker.linear_range(network)?,
        Kind::Regions => checker.regions(source, true, network)?,
        Kind::RegionsAtLeast => checker.regions(source, false, network)?,
        Kind::Separation => checker.separation()?,
    };
    if !checker.rest.is_empty() {
        checker.line += 1;
        return Err(checker.malformed("nothing after `end`", checker.rest));
    }
    let statement = text[start..text.len() - proof.len()].to_owned();
    Ok(Accepted { kind, claim, statement, fact })
}

/// The text up to the line `proof` if a tree follows it, otherwise the whole text; not more than
/// one byte beyond the limit.
fn before_a_tree(source: &mut dyn BufRead) -> Result<Vec<u8>, Rejection> {
    let (mut text, mut has_tree) = (Vec::new(), false);
    for line in 1.. {
        let start = text.len();
        stream::read_line(source, &mut text, MAX_TEXT + 1 - start, line)?;
        let last = &text[start..];
        has_tree |= line <= 2 && last.starts_with(b"certificate 1 regions");
        if last.is_empty() || has_tree && last == b"proof\n" {
            break;
        }
    }
    Ok(text)
}

type Checked<T> = Result<T, Rejection>;
/// The text from the line `proof` on, and the fact that was proved.
type Proved<'a> = (&'a str, String);
