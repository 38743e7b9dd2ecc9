//! What a proof assistant has checked: the formal statements, and the audit of what they rest on.
//!
//! The sources are read as text; nothing here runs the prover. `proofs/formal/check.sh` does, and
//! writes a line of the audit for each theorem that it found to rest on no axiom.

use super::verdict::{EMPTY, digest};

/// What the last run of `proofs/formal/check.sh --audit` found.
const AUDIT: &str = include_str!("../../proofs/formal/AUDIT");

/// The specification that the theorems of `Claims` are worded in, and these theorems.
const SPECIFICATION: &str = include_str!("../../proofs/formal/mathematics/Specification.v");
const CLAIMS: &str = include_str!("../../proofs/formal/mathematics/Claims.v");

/// Where the theorems stand.
pub const ARTEFACT: &str = "proofs/formal/mathematics/Claims.v";

/// A theorem that says formally what a claim says in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formal {
    /// The name of the theorem in [`ARTEFACT`].
    pub theorem: &'static str,
    /// The digest of specification and statement when a reader last compared it with the claim.
    pub digest: u64,
}

impl Formal {
    /// Whether the audit has this theorem, with this digest, and the sources still have it, too.
    pub fn is_proved(&self) -> bool {
        digest_of(self.theorem) == Some(self.digest) && is_audited(self.theorem, self.digest)
    }
}

/// Whether the audit has the line of this theorem and digest.
pub fn is_audited(theorem: &str, digest: u64) -> bool {
    let line = format!("Claims.{theorem} {digest:016x} closed");
    AUDIT.lines().any(|audited| audited == line)
}

/// The statement of a theorem as its source prints it; `None` if there is none of this name.
pub fn statement(theorem: &str) -> Option<&'static str> {
    let begin = |word: &str| format!("\nTheorem {theorem}{word}");
    let start = [begin(" "), begin("\n")].iter().find_map(|head| CLAIMS.find(head.as_str()))? + 1;
    let length = CLAIMS[start..].find("\nProof.")?;
    Some(&CLAIMS[start..start + length])
}

/// The digest of the specification and the statement of a theorem, without comments and with
/// single spaces between words; `None` if there is no such theorem.
pub fn digest_of(theorem: &str) -> Option<u64> {
    let text = format!("{} {}", words(SPECIFICATION), words(statement(theorem)?));
    Some(digest(EMPTY, text.bytes()))
}

/// The names of all theorems of [`ARTEFACT`].
pub fn theorems() -> impl Iterator<Item = &'static str> {
    let name = |line: &'static str| line.strip_prefix("Theorem ")?.split([' ', ':']).next();
    CLAIMS.lines().filter_map(name)
}

/// The words of a text outside of comments, which nest, with single spaces between them.
fn words(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    let mut depth = 0usize;
    while let Some(c) = rest.chars().next() {
        let (step, change) = match rest {
            _ if rest.starts_with("(*") => (2, 1),
            _ if depth > 0 && rest.starts_with("*)") => (2, -1),
            _ => (c.len_utf8(), 0),
        };
        if change == 0 && depth == 0 {
            code.push(c);
        }
        depth = depth.saturating_add_signed(change);
        rest = &rest[step..];
    }
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}
