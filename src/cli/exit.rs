//! The exit codes.

use crate::report::Outcome;
use std::process::ExitCode;

/// What the program's exit code says. Where several apply, [`Outcome`] says which is worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Everything came out as claimed.
    AsClaimed = 0,
    /// The command line was wrong, or an input could not be read.
    Usage = 1,
    /// A claim, a replayed case or a committed record is not as it is stated.
    NotAsClaimed = 2,
    /// A twin survived: the check of its claim has no teeth.
    TwinSurvived = 3,
    /// Too few cases met the hypotheses: nothing was tested.
    Vacuous = 4,
    /// The checker refused a certificate.
    CertificateRefused = 5,
    /// Stopped early, by `--time`, `--limit` or an interrupt, or a certificate stops early; what
    /// was finished is as claimed, and a count is a lower bound.
    Stopped = 6,
    /// A bug of this program.
    Bug = 70,
}

impl Exit {
    /// Every exit code with its meaning, for the help and the man page.
    pub const ALL: [(Self, &str); 8] = [
        (Self::AsClaimed, "everything came out as claimed"),
        (Self::Usage, "wrong usage, or an input that cannot be read"),
        (Self::NotAsClaimed, "a claim, a replayed case or a committed record is not as stated"),
        (Self::TwinSurvived, "a twin survived: a check without teeth"),
        (Self::Vacuous, "nothing was tested: too few cases met the hypotheses"),
        (Self::CertificateRefused, "the checker refused a certificate"),
        (Self::Stopped, "stopped early; so far, all as claimed, and a count is a lower bound"),
        (Self::Bug, "a bug of this program"),
    ];

    /// The codes as the help prints them.
    pub fn help() -> String {
        let line = |(code, meaning): &(Self, &str)| format!("\n  {:>2}  {meaning}", *code as u8);
        let lines: String = Self::ALL.iter().map(line).collect();
        format!("Exit codes (where several apply: 70, 2, 3, 5, 4, 6, 0 in this order):{lines}")
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<Outcome> for Exit {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::AsClaimed => Self::AsClaimed,
            Outcome::Unfinished => Self::Stopped,
            Outcome::Vacuous => Self::Vacuous,
            Outcome::CertificateRefused => Self::CertificateRefused,
            Outcome::TwinSurvived => Self::TwinSurvived,
            Outcome::NotAsClaimed | Outcome::NotAsCommitted => Self::NotAsClaimed,
            Outcome::Panicked => Self::Bug,
        }
    }
}
