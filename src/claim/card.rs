//! The card: what a reader needs to know about a claim.

use super::formal::Formal;
use serde::Serialize;

/// A claim as a reader sees it. It has no case type, so lists and reports can hold it.
pub struct Card {
    /// `family/what_it_says`, the path of the file. It never changes its meaning.
    pub id: &'static str,
    /// The statement in one line of words.
    pub title: &'static str,
    /// Where the statement comes from.
    pub source: Source,
    /// How the wording of the source was obtained.
    pub wording: Wording,
    /// What the source prints, where the statement deviates from it, and why.
    pub as_printed: Option<&'static str>,
    /// What the literature, or a counterexample, says.
    pub standing: Standing,
    /// What this repository can show.
    pub evidence: Evidence,
    /// The theorem that says the same formally, where there is one.
    pub formal: Option<Formal>,
    /// Path of the proof note; empty for a conjecture without one.
    pub note: &'static str,
}

/// How proofs were followed in review, as ledgers print it.
pub mod followed {
    /// Line by line, the note by itself.
    pub const LINE_BY_LINE: &str = "its note, read line by line in review, 2026-11";
    /// Line by line, the claim beside its note.
    pub const AGAINST_ITS_NOTE: &str = "read line by line against its note in review, 2026-11";
    /// Line by line, the note beside the statement.
    pub const AGAINST_THE_STATEMENT: &str =
        "read line by line against the statement in review, 2026-11";
    /// Step by step.
    pub const STEP_BY_STEP: &str = "its note, followed step by step in review";
}

/// The source of a theorem whose card names none; `tests/tidy` refuses it.
const NOWHERE: Source = Source::new("", "");

/// A card is begun by `theorem!`, `refuted!` or `conjecture!`; what is left to say is where the
/// statement comes from.
impl Card {
    /// A question of ours, without a note.
    pub const fn conjecture(id: &'static str, title: &'static str) -> Self {
        Self {
            id,
            title,
            source: Source::new("Crease", "asked here"),
            wording: Wording::Derived,
            as_printed: None,
            standing: Standing::Conjecture,
            evidence: Evidence::PropertyTested,
            formal: None,
            note: "",
        }
    }

    /// A conjecture with a note, whose heading is the title.
    pub const fn noted(id: &'static str, path: &'static str, note: &'static str) -> Self {
        Self { note: path, ..Self::conjecture(id, heading(note)) }
    }

    /// A theorem that is proved in its note. What this repository shows of it is still to be said.
    pub const fn theorem(id: &'static str, path: &'static str, note: &'static str) -> Self {
        Self { standing: Standing::Theorem, source: NOWHERE, ..Self::noted(id, path, note) }
    }

    /// A refuted statement; its note tells how it fell.
    pub const fn refuted(id: &'static str, path: &'static str, note: &'static str) -> Self {
        Self { standing: Standing::Refuted, source: NOWHERE, ..Self::noted(id, path, note) }
    }

    /// The place that we read the statement at.
    pub const fn seen_in(self, key: &'static str, place: &'static str) -> Self {
        Self { source: Source::new(key, place), wording: Wording::Seen, ..self }
    }

    /// The place that a faithful third party quotes or summarises.
    pub const fn quoted_from(self, key: &'static str, place: &'static str) -> Self {
        Self { source: Source::new(key, place), wording: Wording::Quoted, ..self }
    }

    /// The place that the statement is remembered from.
    pub const fn remembered_from(self, key: &'static str, place: &'static str) -> Self {
        Self { source: Source::new(key, place), wording: Wording::Remembered, ..self }
    }

    /// The place that the question comes from.
    pub const fn derived_from(self, key: &'static str, place: &'static str) -> Self {
        Self { source: Source::new(key, place), wording: Wording::Derived, ..self }
    }

    /// What the source prints, where the statement deviates from it, and why.
    pub const fn as_printed(self, printed: &'static str) -> Self {
        Self { as_printed: Some(printed), ..self }
    }

    /// What this repository can show.
    pub const fn shown_by(self, evidence: Evidence) -> Self {
        Self { evidence, ..self }
    }

    /// The theorem of `proofs/formal` that says the same formally, and the digest of what it says.
    pub const fn formally(self, theorem: &'static str, digest: u64) -> Self {
        Self { formal: Some(Formal { theorem, digest }), ..self }
    }

    /// Whether a proof assistant has checked what the card says: the audit has the theorem closed,
    /// and nobody has changed a word of it since.
    pub fn is_formally_proved(&self) -> bool {
        self.formal.is_some_and(|formal| formal.is_proved())
    }

    /// The highest rung of evidence, as lists and reports print it.
    pub fn rung(&self) -> &'static str {
        if self.is_formally_proved() { "formally-proved" } else { self.evidence.word() }
    }

    /// The claim that is true where this one is false as its source words it.
    pub const fn repaired_by(self, repaired_by: &'static str) -> Self {
        Self { standing: Standing::RefutedAsPrinted { repaired_by }, ..self }
    }
}

/// The heading of a note: its first line without the `# ` in front. A note without one does not
/// compile.
const fn heading(note: &'static str) -> &'static str {
    let bytes = note.as_bytes();
    assert!(bytes[0] == b'#' && bytes[1] == b' ', "a note begins with `# ` and its title");
    let mut end = 2;
    while bytes[end] != b'\n' {
        end += 1;
    }
    note.split_at(end).0.split_at(2).1
}

/// Begins the card of a theorem, which is proved in `proofs/<id>.md`, with who followed the proof.
/// Without it the card has to say what else shows the theorem.
#[macro_export]
macro_rules! theorem {
    ($id:literal) => {
        $crate::noted!(theorem, $id)
    };
    ($id:literal, $by:expr) => {
        $crate::noted!(theorem, $id).shown_by($crate::claim::Evidence::Proved { by: $by })
    };
}

/// Begins the card of a refuted statement.
#[macro_export]
macro_rules! refuted {
    ($id:literal) => {
        $crate::noted!(refuted, $id)
    };
}

/// Begins the card of a conjecture, with a title where there is no note.
#[macro_export]
macro_rules! conjecture {
    ($id:literal) => {
        $crate::noted!(noted, $id)
    };
    ($id:literal, $title:literal) => {
        $crate::claim::Card::conjecture($id, $title)
    };
}

/// Reads a note at compile time, from the folder of the package that the claim is in.
#[doc(hidden)]
#[macro_export]
macro_rules! noted {
    ($standing:ident, $id:literal) => {
        $crate::claim::Card::$standing(
            $id,
            concat!("proofs/", $id, ".md"),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/proofs/", $id, ".md")),
        )
    };
}

/// A key of `proofs/references.bib` and the place in that source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The key.
    pub key: &'static str,
    /// Theorem, section or page.
    pub place: &'static str,
}

impl Source {
    /// A place in a source.
    pub const fn new(key: &'static str, place: &'static str) -> Self {
        Self { key, place }
    }
}

/// How we know what the source says. Nothing below `Seen` is presented as the published wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wording {
    /// We read the statement in the source itself.
    Seen,
    /// We read a faithful third party quoting or summarising the source.
    Quoted,
    /// Reconstructed from memory of the source; constants are not advertised as published.
    Remembered,
    /// Derived here. The source is where the question comes from.
    Derived,
}

/// What the literature says about the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Proved; the note has the proof.
    Theorem,
    /// Open.
    Conjecture,
    /// False as its source words it, in a wording that was read, not remembered; a claim of this
    /// catalogue states what is true instead.
    RefutedAsPrinted {
        /// The id of the repaired claim.
        repaired_by: &'static str,
    },
    /// Refuted, though no text that was read asserts it: a conjecture, or a wording remembered.
    Refuted,
}

impl Standing {
    /// Whether the claim is expected to be refuted.
    pub const fn is_refuted(self) -> bool {
        matches!(self, Self::RefutedAsPrinted { .. } | Self::Refuted)
    }

    /// The word that lists and reports print.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Theorem => "theorem",
            Self::Conjecture => "conjecture",
            Self::RefutedAsPrinted { .. } => "refuted as printed",
            Self::Refuted => "refuted",
        }
    }
}

/// What this repository can show, weakest first; a formal proof ([`Card::formal`]) is above all.
#[derive(Clone, Copy)]
pub enum Evidence {
    /// Checked exactly on generated cases.
    PropertyTested,
    /// The note has a complete proof, and the check runs beside it.
    Proved {
        /// Who or what followed the proof.
        by: &'static str,
    },
    /// Certificates that the independent checker accepts, for a named finite scope.
    CertifiedExactly {
        /// What the certificates cover.
        scope: &'static str,
        /// Makes the certificates.
        certify: fn() -> Vec<Certificate>,
    },
}

impl Evidence {
    /// The word that lists and reports print.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::PropertyTested => "property-tested",
            Self::Proved { .. } => "proved-here",
            Self::CertifiedExactly { .. } => "certified-exactly",
        }
    }
}

/// A text that the independent checker reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// File stem under `proofs/certificates/<id>/`.
    pub name: String,
    /// The certificate, in the format of `proofs/FORMAT.md`.
    pub text: String,
}
