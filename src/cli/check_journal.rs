//! The journal of a check in shards: what was seen of each claim and twin.

use super::shards::Question;
use crate::claim::{Broken, Counts, Inquiry, Seen, Share, Tightest, Undecided};
use crate::report::{CertificateRecord, Panic};
use serde::{Deserialize, Serialize};

/// What is asked in shards.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Ids, families or prefixes.
    pub names: Vec<String>,
    /// Cases to draw for a claim.
    pub cases: u32,
    /// The seed.
    pub seed: u64,
    /// A number made from the claims and the version of the program.
    pub claims: String,
}

impl Question for Asked {
    const WORK: &'static str = "check";
}

/// What a shard has seen of a target.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The number of the claim or twin, or of the certificates of a claim.
    pub target: usize,
    /// Of the parts of this target that the shard has, counted from zero: from the first to before
    /// the second.
    pub parts: [u32; 2],
    /// What was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Noted>,
    /// The certificates of a claim, checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificates: Option<Vec<CertificateRecord>>,
    /// The panic that ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panic: Option<Panic>,
}

/// What some parts came to.
pub enum Got {
    /// Cases of a claim or of a twin.
    Seen(Box<Seen>),
    /// Certificates.
    Certificates(Vec<CertificateRecord>),
}

impl Line {
    /// The line of some parts of a target.
    pub fn new(target: usize, parts: [u32; 2], got: Result<Got, Panic>) -> Self {
        let mut line = Self { target, parts, seen: None, certificates: None, panic: None };
        match got {
            Ok(Got::Seen(seen)) => line.seen = Some(Noted::new(*seen)),
            Ok(Got::Certificates(all)) => line.certificates = Some(all),
            Err(panic) => line.panic = Some(panic),
        }
        line
    }

    /// Whether nothing more is asked of the target.
    pub fn is_last(&self) -> bool {
        self.panic.is_some() || self.seen.as_ref().is_some_and(|seen| seen.broken.is_some())
    }
}

/// [`Seen`] as a journal keeps it: cases without what they show, which is asked again.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noted {
    drawn: u32,
    met: u32,
    undecided: u32,
    why: Option<String>,
    largest: usize,
    /// Of each stratum, drawn and met.
    shares: Vec<[u32; 2]>,
    /// Digests of the cases that met the hypotheses, sixteen digits each.
    texts: String,
    tightest: Option<(u32, String)>,
    broken: Option<NotedBroken>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NotedBroken {
    number: u32,
    met: u32,
    undecided: u32,
    distinct: u32,
    largest: usize,
    case: String,
}

impl Noted {
    fn new(seen: Seen) -> Self {
        let Seen { counts, shares, texts, tightest, broken } = seen;
        Self {
            drawn: counts.drawn,
            met: counts.met,
            undecided: counts.undecided,
            why: counts.why.map(|why| why.0.to_owned()),
            largest: counts.largest,
            shares: shares.iter().map(|share| [share.drawn, share.met]).collect(),
            texts: texts.iter().map(|text| format!("{text:016x}")).collect(),
            tightest: tightest.map(|(number, tightest)| (number, tightest.case)),
            broken: broken.map(|Broken { number, counts, case, .. }| NotedBroken {
                number,
                met: counts.met,
                undecided: counts.undecided,
                distinct: counts.distinct,
                largest: counts.largest,
                case,
            }),
        }
    }

    /// What was seen, with both sides of the cases that are kept asked again.
    pub fn read(self, inquiry: &Inquiry<'_>) -> Result<Seen, String> {
        let finding = |case: &str, holds: bool| {
            let finding = inquiry.judge(case).filter(|finding| finding.holds() == holds);
            finding.ok_or("its case does not show what it says: another program wrote it")
        };
        let text = |at: usize| {
            let digits = self.texts.get(at..at + 16);
            digits.and_then(|digits| u64::from_str_radix(digits, 16).ok())
        };
        let texts = (0..self.texts.len()).step_by(16).map(text).collect::<Option<_>>();
        let share = |[drawn, met]: &[u32; 2]| Share { drawn: *drawn, met: *met };
        let counts = Counts {
            drawn: self.drawn,
            met: self.met,
            undecided: self.undecided,
            // A word of the program, which outlives it.
            why: self.why.map(|why| Undecided(Box::leak(why.into_boxed_str()))),
            largest: self.largest,
            ..Counts::default()
        };
        let tightest = self.tightest.map(|(number, case)| {
            let finding = finding(&case, true)?;
            Ok::<_, String>((number, Tightest { finding, case }))
        });
        let broken = self.broken.map(|broken| {
            let NotedBroken { number, met, undecided, distinct, largest, case } = broken;
            let finding = finding(&case, false)?;
            let counts = Counts { met, undecided, distinct, largest, ..Counts::default() };
            Ok::<_, String>(Broken { number, counts, case, finding })
        });
        Ok(Seen {
            counts,
            shares: self.shares.iter().map(share).collect(),
            texts: texts.ok_or("its digests are not well made")?,
            tightest: tightest.transpose()?,
            broken: broken.transpose()?,
        })
    }
}
