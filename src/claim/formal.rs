//! What a proof assistant has checked: the formal statements, and the audit of what they rest on.
//!
//! The sources are read as text; nothing here runs the prover. `proofs/formal/check.sh` does, and
//! writes a line of the audit for each theorem that it found to rest on no axiom.

use super::verdict::{EMPTY, digest};

/// What the last run of `proofs/formal/check.sh --audit` found.
const AUDIT: &str = include_str!("../../proofs/formal/AUDIT");

/// A file of theorems, and the files that give the words of their statements a meaning: all that
/// the preamble of `check.sh` for it requires, each after those that it needs.
pub struct Theorems {
    module: &'static str,
    text: &'static str,
    words: &'static [&'static str],
}

/// The theorems that claims name.
pub const CLAIMS: Theorems = Theorems {
    module: "Claims",
    text: include_str!("../../proofs/formal/mathematics/Claims.v"),
    words: &[include_str!("../../proofs/formal/mathematics/Specification.v")],
};

/// What is proved of the verified checker.
pub const CERTIFICATES: Theorems = Theorems {
    module: "Certificates",
    text: include_str!("../../proofs/formal/checker/Certificates.v"),
    words: &[
        include_str!("../../proofs/formal/checker/OField.v"),
        include_str!("../../proofs/formal/checker/Network.v"),
        include_str!("../../proofs/formal/checker/Facts.v"),
        include_str!("../../proofs/formal/checker/LinearRange.v"),
        include_str!("../../proofs/formal/checker/Spline.v"),
        include_str!("../../proofs/formal/checker/Forms.v"),
        include_str!("../../proofs/formal/checker/Tree.v"),
        include_str!("../../proofs/formal/checker/Check.v"),
        include_str!("../../proofs/formal/checker/Nets.v"),
    ],
};

/// Where the theorems that claims name stand.
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
        CLAIMS.digest_of(self.theorem) == Some(self.digest) && CLAIMS.is_audited(self.theorem)
    }
}

impl Theorems {
    /// Whether the audit has the line of this theorem, and of the digest that it has now.
    pub fn is_audited(&self, theorem: &str) -> bool {
        let Some(digest) = self.digest_of(theorem) else { return false };
        let line = format!("{}.{theorem} {digest:016x} closed", self.module);
        AUDIT.lines().any(|audited| audited == line)
    }

    /// The statement of a theorem as its source prints it; `None` if there is none of this name.
    pub fn statement(&self, theorem: &str) -> Option<&'static str> {
        let begin = |word: &str| format!("\nTheorem {theorem}{word}");
        let start = [begin(" "), begin("\n")].iter().find_map(|head| self.text.find(head))? + 1;
        let length = self.text[start..].find("\nProof.")?;
        Some(&self.text[start..start + length])
    }

    /// The digest of a statement after the files that give it a meaning, without comments and
    /// closed proofs, with single spaces between words; `None` if there is no such theorem.
    pub fn digest_of(&self, theorem: &str) -> Option<u64> {
        let words = self.words.iter().map(|text| code(text));
        let text: Vec<_> = words.chain([code(self.statement(theorem)?)]).collect();
        Some(digest(EMPTY, text.join(" ").bytes()))
    }

    /// The names of all theorems.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        let name = |line: &'static str| line.strip_prefix("Theorem ")?.split([' ', ':']).next();
        self.text.lines().filter_map(name)
    }
}

/// The words of a text outside of comments, which nest, and of proofs that end with `Qed.`, with
/// single spaces between them.
fn code(text: &str) -> String {
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
    let (mut words, mut proof) = (Vec::new(), None);
    for word in code.split_whitespace() {
        match word {
            "Proof." => proof = proof.or(Some(words.len())),
            "Qed." => words.truncate(proof.take().unwrap_or(words.len())),
            "Defined." => proof = None,
            _ => {}
        }
        if word != "Qed." {
            words.push(word);
        }
    }
    words.join(" ")
}
