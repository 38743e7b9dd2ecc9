//! The run that reaches a verdict: listed cases are asked, others drawn, the first few
//! counterexamples shrunk.
//!
//! A run goes part by part, and what a part asks depends on its number alone (`Ask::seek`): parts
//! may be asked in any order on any machines, and what was seen adds up to what one run sees.

use super::Finding;
use super::cases::{Share, idle, turn};
use super::questions::{Ask, PART, Shown};
use super::size::Size;
use super::verdict::{Counts, EMPTY, Tightest, Verdict, digest, place};
use std::collections::BTreeSet;

/// Fewer than this share of the drawn cases meeting the hypotheses is too few: one in four.
const MET_SHARE: u32 = 4;
/// Conclusions evaluated while shrinking one counterexample.
const SHRINK_STEPS: u32 = 4_000;
/// Counterexamples shrunk in one run; the smallest is kept, since each may get stuck elsewhere.
const SHRUNK: usize = 8;
/// Conclusions evaluated, draws and shrinking together, in search of a smaller counterexample.
const SECOND_LOOK: u32 = 300;
/// A twin may draw this many times the budget of its claim.
const TWIN_FACTOR: u32 = 4;

/// A counterexample.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The number of the first one in the whole run, listed cases first, counted from one.
    pub number: u32,
    /// What was seen when the first one came.
    pub counts: Counts,
    /// The smallest of them, shrunk, as TOML.
    pub case: String,
    /// Both sides of the conclusion on it.
    pub finding: Finding,
}

/// What some parts of a run have seen.
#[derive(Clone, Debug)]
pub struct Seen {
    /// What was drawn; different cases are those in [`Self::texts`].
    pub counts: Counts,
    /// How many cases of each stratum were drawn, and met the conclusion.
    pub shares: Vec<Share>,
    /// Digests of the cases that met the hypotheses.
    pub texts: BTreeSet<u64>,
    /// The closest call with its number: of several the first.
    pub tightest: Option<(u32, Tightest)>,
    /// The counterexample.
    pub broken: Option<Broken>,
}

impl Seen {
    fn new(strata: usize) -> Self {
        let counts = Counts { digest: EMPTY, ..Counts::default() };
        let shares = vec![Share::default(); strata];
        Self { counts, shares, texts: BTreeSet::new(), tightest: None, broken: None }
    }

    /// Adds what other parts of the same run have seen. Panics if it has other strata.
    pub fn add(&mut self, other: Self) {
        assert_eq!(self.shares.len(), other.shares.len(), "two targets");
        let (own, new) = (&mut self.counts, other.counts);
        own.drawn = own.drawn.saturating_add(new.drawn);
        own.met = own.met.saturating_add(new.met);
        own.undecided = own.undecided.saturating_add(new.undecided);
        own.why = own.why.or(new.why);
        own.largest = own.largest.max(new.largest);
        for (own, new) in self.shares.iter_mut().zip(other.shares) {
            own.drawn = own.drawn.saturating_add(new.drawn);
            own.met = own.met.saturating_add(new.met);
        }
        self.texts.extend(other.texts);
        if let Some((number, tightest)) = other.tightest {
            self.come_close(number, tightest);
        }
        if let Some(broken) = other.broken {
            self.catch(broken);
        }
    }

    fn come_close(&mut self, number: u32, new: Tightest) {
        let slack = new.finding.slack();
        let is_closer = self
            .tightest
            .as_ref()
            .is_none_or(|(other, best)| (&slack, number) < (&best.finding.slack(), *other));
        if is_closer {
            self.tightest = Some((number, new));
        }
    }

    /// Keeps the smallest counterexample, and the counts of the first.
    fn catch(&mut self, mut new: Broken) {
        if let Some(old) = self.broken.take() {
            if old.number <= new.number {
                (new.number, new.counts) = (old.number, old.counts);
            }
            if Size::of(&old.case) <= Size::of(&new.case) {
                (new.case, new.finding) = (old.case, old.finding);
            }
        }
        self.broken = Some(new);
    }

    /// Counts what the case of this number showed.
    fn note(&mut self, number: u32, Shown { case, conclusion }: Shown) -> Noted {
        self.counts.drawn += 1;
        let bytes = case.bytes().chain(format!("{conclusion:?}").into_bytes());
        self.counts.digest = digest(self.counts.digest, bytes);
        let finding = match conclusion {
            None => return Noted::Nothing,
            Some(Ok(finding)) => finding,
            Some(Err(why)) => {
                self.counts.undecided += 1;
                self.counts.why.get_or_insert(why);
                return Noted::Nothing;
            }
        };
        self.counts.met += 1;
        self.counts.largest = self.counts.largest.max(Size::of(&case).numbers);
        self.counts.distinct += u32::from(self.texts.insert(digest(EMPTY, case.bytes())));
        if !finding.holds() {
            return Noted::Broken(case, finding);
        }
        if let Some((share, _)) = finding.tightness() {
            self.counts.shares[place(&share)] += 1;
        }
        self.come_close(number, Tightest { finding, case });
        Noted::Met
    }
}

/// What a case was worth.
enum Noted {
    /// It does not meet the hypotheses, or decides nothing.
    Nothing,
    /// It meets the conclusion.
    Met,
    /// It breaks the conclusion.
    Broken(String, Finding),
}

/// A run on one target.
pub struct Inquiry<'a> {
    asked: Box<dyn Ask + 'a>,
    /// Cases to draw.
    limit: u32,
    seen: Seen,
    /// Counterexamples.
    refuted: usize,
    /// Conclusions that may still be evaluated once there is one.
    left: u32,
}

impl<'a> Inquiry<'a> {
    /// The run that draws so many cases of a target, or more of one that is to be refuted.
    pub fn new(asked: Box<dyn Ask + 'a>, cases: u32, expects_refutation: bool) -> Self {
        let factor = if expects_refutation { TWIN_FACTOR } else { 1 };
        let strata = asked.strata().len();
        let limit = if strata == 0 { 0 } else { cases.saturating_mul(factor) };
        Self { asked, limit, seen: Seen::new(strata), refuted: 0, left: SHRINK_STEPS }
    }

    /// The number of parts: those of listed cases come first.
    pub fn parts(&self) -> u32 {
        self.listed_parts() + self.limit.div_ceil(PART)
    }

    fn listed(&self) -> u32 {
        u32::try_from(self.asked.listed()).unwrap_or(u32::MAX)
    }

    fn listed_parts(&self) -> u32 {
        self.listed().div_ceil(PART)
    }

    /// Asks the cases of a part; `false` if it was stopped before the end of the part. Once there
    /// are counterexamples enough, nothing more is drawn.
    pub fn ask(&mut self, part: u32, stop: &dyn Fn() -> bool) -> bool {
        match part.checked_sub(self.listed_parts()) {
            None => {
                let first = part * PART;
                (first..self.listed().min(first + PART)).all(|case| {
                    let goes_on = !stop();
                    if goes_on {
                        self.ask_listed(case);
                    }
                    goes_on
                })
            }
            Some(part) => {
                let first = part * PART;
                let last = self.limit.min(first.saturating_add(PART));
                if !self.is_settled() {
                    self.asked.seek(first + 1);
                }
                for draw in first + 1..=last {
                    if self.is_settled() {
                        break;
                    }
                    if stop() {
                        return false;
                    }
                    self.draw(draw);
                }
                true
            }
        }
    }

    fn is_settled(&self) -> bool {
        self.refuted >= SHRUNK || self.left == 0
    }

    fn ask_listed(&mut self, case: u32) {
        let shown = self.asked.ask(case as usize);
        if let Noted::Broken(text, finding) = self.seen.note(case + 1, shown) {
            self.catch(case + 1, self.seen.counts, (text, finding));
        }
    }

    fn draw(&mut self, draw: u32) {
        let stratum = turn(self.asked.strata(), draw);
        self.seen.shares[stratum].drawn += 1;
        // A generator that cannot make a case has drawn one that nothing meets.
        let Some(shown) = self.asked.draw(stratum) else {
            self.seen.counts.drawn += 1;
            return;
        };
        if self.refuted > 0 {
            self.left -= 1;
        }
        let number = self.listed().saturating_add(draw);
        match self.seen.note(number, shown) {
            Noted::Nothing => {}
            Noted::Met => self.seen.shares[stratum].met += 1,
            Noted::Broken(case, finding) => {
                let counts = self.seen.counts;
                let (found, steps) = shrink(&mut *self.asked, (case, finding), self.left);
                self.left = if self.refuted == 0 { SECOND_LOOK } else { self.left - steps };
                self.catch(number, counts, found);
            }
        }
    }

    fn catch(&mut self, number: u32, counts: Counts, (case, finding): (String, Finding)) {
        self.refuted += 1;
        self.seen.catch(Broken { number, counts, case, finding });
    }

    /// What was seen since this was asked last.
    pub fn take(&mut self) -> Seen {
        std::mem::replace(&mut self.seen, Seen::new(self.asked.strata().len()))
    }

    /// What a case shows, if it meets the hypotheses and decides something.
    pub fn judge(&self, case: &str) -> Option<Finding> {
        self.asked.judge(case).ok()??.ok()
    }

    /// Asks all parts.
    pub(super) fn run(mut self, stop: &dyn Fn() -> bool) -> Verdict {
        let ended = (0..self.parts()).all(|part| self.ask(part, stop));
        // A case of every stratum that the run did not reach, for the digest alone: a change of
        // what only longer runs ask would be noticed by none.
        for stratum in 0..self.seen.shares.len() {
            if self.seen.shares[stratum].drawn == 0
                && let Some(text) = self.asked.glance(stratum)
            {
                self.seen.counts.digest = digest(self.seen.counts.digest, text.into_bytes());
            }
        }
        let seen = self.take();
        self.verdict(seen, ended)
    }

    /// The verdict on what was seen in all parts, or in some.
    pub fn verdict(&self, seen: Seen, ended: bool) -> Verdict {
        let whole = self.asked.strata().is_empty();
        let distinct = u32::try_from(seen.texts.len()).unwrap_or(u32::MAX);
        let counts = Counts { whole, distinct, ..seen.counts };
        if let Some(Broken { number, counts: first, case, finding }) = seen.broken {
            // The counts say when the first counterexample came, the case is the smallest of them.
            let counts = Counts { drawn: number, digest: counts.digest, whole, ..first };
            return Verdict::Refuted { counts, case, finding };
        }
        if !ended {
            return Verdict::Unfinished { counts };
        }
        match (seen.tightest, idle(self.asked.strata(), &seen.shares)) {
            (_, Some(stratum)) => Verdict::Vacuous { counts, stratum: Some(stratum) },
            (Some((_, tightest)), None) if counts.met >= counts.drawn.div_ceil(MET_SHARE) => {
                Verdict::Holds { counts, tightest }
            }
            _ => Verdict::Vacuous { counts, stratum: None },
        }
    }
}

/// The smallest counterexample that at most `limit` steps of simplification reach without leaving
/// the hypotheses, and the number of steps. What decides nothing is no counterexample.
fn shrink(
    asked: &mut dyn Ask,
    mut best: (String, Finding),
    limit: u32,
) -> ((String, Finding), u32) {
    let mut moved = asked.vary(true);
    let mut steps = 0;
    while moved && steps < limit {
        steps += 1;
        let finding = asked.counterexample();
        let is_one = finding.is_some();
        if let Some(finding) = finding {
            best = (asked.text(), finding);
        }
        moved = asked.vary(is_one);
    }
    (best, steps)
}
