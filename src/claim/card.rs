//! The card: what a reader needs to know about a claim.

use serde::Serialize;

/// A claim as a reader sees it. It has no case type, so lists and reports can hold it.
pub struct Card {
    /// `family/what_it_says`, the path of the file. It never changes its meaning.
    pub id: &'static str,
    /// The statement in one line of words.
    pub title: &'static str,
    /// The exact finite statement that is checked.
    pub statement: &'static str,
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
    /// Path of the proof note; empty for a conjecture without one.
    pub note: &'static str,
}

/// Who followed the proof of a theorem whose card does not say otherwise.
const REVIEW: &str = "its note, read line by line in review, 2026-11";

/// What cards have in common: the base of a struct update, made by `theorem!`, `refuted!` and
/// `conjecture!`.
impl Card {
    /// A theorem that is proved in its note; the title is the note's heading.
    pub const fn theorem(id: &'static str, path: &'static str, note: &'static str) -> Self {
        let evidence = Evidence::Proved { by: REVIEW };
        Self { evidence, standing: Standing::Theorem, ..Self::noted(id, path, note) }
    }

    /// A question of ours with a note.
    pub const fn noted(id: &'static str, path: &'static str, note: &'static str) -> Self {
        Self { note: path, ..Self::conjecture(id, heading(note)) }
    }

    /// A question of ours without a note.
    pub const fn conjecture(id: &'static str, title: &'static str) -> Self {
        Self {
            id,
            title,
            statement: "",
            source: Source::new("Crease", "asked here"),
            wording: Wording::Derived,
            as_printed: None,
            standing: Standing::Conjecture,
            evidence: Evidence::PropertyTested,
            note: "",
        }
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

/// The card of a theorem: proved in `proofs/<id>.md`, whose heading is its title. What is left to
/// say is the statement and its source.
macro_rules! theorem {
    ($id:literal) => {
        $crate::claim::noted!(theorem, $id)
    };
}

/// The card of a refuted statement; its note tells how it fell.
macro_rules! refuted {
    ($id:literal) => {
        $crate::claim::Card {
            standing: $crate::claim::Standing::Refuted,
            ..$crate::claim::noted!(noted, $id)
        }
    };
}

/// The card of a conjecture: with a title where there is no note, else with the note's heading.
macro_rules! conjecture {
    ($id:literal) => {
        $crate::claim::noted!(noted, $id)
    };
    ($id:literal, $title:literal) => {
        $crate::claim::Card::conjecture($id, $title)
    };
}

/// Reads a note at compile time.
macro_rules! noted {
    ($card:ident, $id:literal) => {
        $crate::claim::Card::$card(
            $id,
            concat!("proofs/", $id, ".md"),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/proofs/", $id, ".md")),
        )
    };
}

pub(crate) use {conjecture, noted, refuted, theorem};

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

/// What this repository can show, weakest first.
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
    /// Proved in a proof assistant.
    FormallyProved {
        /// Path of the formal proof.
        artefact: &'static str,
    },
}

impl Evidence {
    /// The word that lists and reports print.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::PropertyTested => "property-tested",
            Self::Proved { .. } => "proved-here",
            Self::CertifiedExactly { .. } => "certified-exactly",
            Self::FormallyProved { .. } => "formally-proved",
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
