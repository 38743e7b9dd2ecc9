//! `check` in shards: each asks some parts of every claim and twin, and notes what it has seen; the
//! sum is what one run sees.

use super::check::{Args, certificates, guarded, note_panics};
use super::check_journal::{Asked, Got, Line};
use super::error::CliError;
use super::exit::Exit;
use super::journal::{Journal, Lines, digest};
use super::merge::{self, Gathered};
use super::pool::{Crew, Threads};
use super::select::{self, Listed};
use super::shards::{Heading, Share};
use super::{committed, counterexample_file, files, progress, records};
use crate::claim::{Budget, Evidence, Inquiry, Record, Seen, Target, Verdict};
use crate::report::{self, CertificateRecord, Measured, Panic, Row, Run, plural};
use rayon::prelude::*;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often a shard notes what it has seen of a claim that takes long.
const FLUSH: Duration = Duration::from_secs(2);

/// What is asked of a claim.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Claim,
    Twin(&'static str),
    Certificates,
}

/// A claim, a twin, or the certificates of a claim: with its place in the list of all parts.
struct Piece {
    claim: Listed,
    what: What,
    /// Parts of the pieces before it.
    before: u64,
    parts: u32,
}

/// The pieces of all claims, in their order.
struct Plan {
    cases: u32,
    seed: u64,
    pieces: Vec<Piece>,
}

/// How far a shard has come with a piece.
#[derive(Clone, Copy, Default)]
struct Done {
    parts: u32,
    /// Whether nothing more is asked.
    is_over: bool,
}

impl Plan {
    fn new(claims: &[Listed], cases: u32, seed: u64) -> Self {
        let mut pieces = Vec::new();
        for &claim in claims {
            let twins = claim.twins().into_iter().map(|twin| What::Twin(twin.name));
            let certified = matches!(claim.card().evidence, Evidence::CertifiedExactly { .. });
            let certificates = certified.then_some(What::Certificates);
            let all = std::iter::once(What::Claim).chain(twins).chain(certificates);
            pieces.extend(all.map(|what| Piece { claim, what, before: 0, parts: 1 }));
        }
        pieces.par_iter_mut().for_each(|piece| {
            // A generator that cannot be made is one part, in which it panics again.
            let parts = guarded("the claim", || piece.inquiry(cases, seed).map(|all| all.parts()));
            piece.parts = parts.ok().flatten().unwrap_or(1);
        });
        let mut before = 0;
        for piece in &mut pieces {
            piece.before = before;
            before += u64::from(piece.parts);
        }
        Self { cases, seed, pieces }
    }

    /// A number made from what the claims say and from how they are cut into parts.
    fn digest(&self) -> String {
        let piece = |piece: &Piece| {
            let Piece { claim, before, .. } = piece;
            let card = claim.card();
            let hypotheses = claim.hypotheses().into_iter().map(|h| h.name).collect::<Vec<_>>();
            let what = piece.name();
            format!("{} {what} {before} {} {hypotheses:?}\n", card.id, claim.statement())
        };
        let text: String = self.pieces.iter().map(piece).collect();
        digest((env!("CARGO_PKG_VERSION").to_owned() + &text).as_bytes())
    }

    /// How far the lines of a shard have come with each piece.
    fn done(&self, lines: &Lines<Line>, share: Share) -> Result<Vec<Done>, String> {
        let mut done = vec![Done::default(); self.pieces.len()];
        for (number, line) in lines {
            let [from, to] = line.parts;
            let known = self.pieces.get(line.target).zip(done.get_mut(line.target));
            let goes_on = |(piece, old): &(&Piece, &mut Done)| {
                let own = piece.own(share).len() as u32;
                old.parts == from && !old.is_over && (from < to || line.is_last()) && to <= own
            };
            let Some((piece, old)) = known.filter(goes_on) else {
                let target = line.target;
                return Err(format!(
                    "line {number}: target {target} does not go on at part {from}"
                ));
            };
            let is_over = to == piece.own(share).len() as u32 || line.is_last();
            *old = Done { parts: to, is_over };
        }
        Ok(done)
    }

    fn is_whole(&self, done: &[Done], share: Share) -> bool {
        let mut both = self.pieces.iter().zip(done);
        both.all(|(piece, done)| done.is_over || piece.own(share).len() == 0)
    }
}

impl Piece {
    fn inquiry(&self, cases: u32, seed: u64) -> Option<Inquiry<'_>> {
        let target = match self.what {
            What::Claim => Target::Claim,
            What::Twin(name) => Target::Twin(name),
            What::Certificates => return None,
        };
        Some(self.claim.inquiry(target, cases, seed))
    }

    fn name(&self) -> String {
        match self.what {
            What::Claim => "the claim".to_owned(),
            What::Twin(name) => format!("the twin \"{name}\""),
            What::Certificates => "the certificates".to_owned(),
        }
    }

    /// The parts of a shard: of all parts of all pieces every so many-th.
    fn own(&self, share: Share) -> impl ExactSizeIterator<Item = u32> + use<> {
        let of = share.of as u64;
        let first = (share.number as u64 - 1 + of - self.before % of) % of;
        let first = u32::try_from(first).unwrap_or(u32::MAX).min(self.parts);
        (first..self.parts).step_by(share.of)
    }

    /// Goes on with the parts of a shard; whether all are done.
    fn go_on(
        &self,
        done: Done,
        share: Share,
        budget: &Budget<'_>,
        note: impl Fn([u32; 2], Result<Got, Panic>) -> Result<(), CliError>,
    ) -> Result<bool, CliError> {
        let own: Vec<u32> = self.own(share).skip(done.parts as usize).collect();
        if done.is_over || own.is_empty() {
            return Ok(true);
        }
        let (mut from, mut to) = (done.parts, done.parts);
        let name = self.name();
        let inquiry = guarded(&name, || self.inquiry(budget.cases, budget.seed));
        let mut inquiry = match inquiry {
            Ok(Some(inquiry)) => inquiry,
            Ok(None) => {
                return match guarded(&name, || certificates(self.claim, budget)) {
                    Ok(None) => Ok(false),
                    Ok(Some(all)) => note([0, 1], Ok(Got::Certificates(all))).map(|()| true),
                    Err(panic) => note([0, 1], Err(panic)).map(|()| true),
                };
            }
            Err(panic) => return note([from, from], Err(panic)).map(|()| true),
        };
        let mut sum: Option<Seen> = None;
        let mut latest = Instant::now();
        for (part, left) in own.iter().zip((0..own.len()).rev()) {
            let asked = guarded(&name, || inquiry.ask(*part, budget.stop));
            let seen = inquiry.take();
            let is_over = left == 0 || seen.broken.is_some();
            let is_done = matches!(asked, Ok(true));
            if is_done {
                to += 1;
                match &mut sum {
                    Some(sum) => sum.add(seen),
                    None => sum = Some(seen),
                }
            }
            let is_due = !is_done || is_over || latest.elapsed() > FLUSH;
            if is_due && let Some(seen) = sum.take() {
                note([from, to], Ok(Got::Seen(Box::new(seen))))?;
                (from, latest) = (to, Instant::now());
            }
            match asked {
                Err(panic) => return note([from, from], Err(panic)).map(|()| true),
                Ok(false) => return Ok(false),
                Ok(true) if is_over => return Ok(true),
                Ok(true) => {}
            }
        }
        Ok(true)
    }
}

/// Checks a share of the parts, and notes what it sees. Errors: a journal of another question.
pub fn run(claims: &[Listed], args: &Args, share: Share, path: &Path) -> Result<Exit, CliError> {
    let crew = Crew::new(args.asked.threads, args.asked.time.map(Duration::from_secs))?;
    let stop = || crew.must_stop();
    let budget = Budget { cases: args.asked.cases, seed: args.asked.seed, stop: &stop };
    note_panics();
    let plan = crew.install(|| Plan::new(claims, args.asked.cases, args.asked.seed));
    let question = Asked {
        names: args.asked.names.clone(),
        cases: args.asked.cases,
        seed: args.asked.seed,
        claims: plan.digest(),
    };
    let (journal, lines) = Journal::open(path, &Heading::new(question, share))?;
    let done = plan.done(&lines, share).map_err(|what| journal.refused(what))?;
    let journal = Mutex::new(journal);
    let bar = progress::bar(plan.pieces.len(), "claims and twins");
    let go_on = |(target, done): (usize, &Done)| {
        let note = |parts, got| {
            let line = Line::new(target, parts, got);
            journal.lock().unwrap_or_else(PoisonError::into_inner).note(&line)
        };
        let ended = plan.pieces[target].go_on(*done, share, &budget, note);
        bar.inc(1);
        ended
    };
    let ended: Result<Vec<bool>, CliError> =
        crew.install(|| done.par_iter().enumerate().with_max_len(1).map(go_on).collect());
    bar.finish_and_clear();
    let left = ended?.into_iter().filter(|ended| !ended).count();
    let all = plan.pieces.len();
    files::print(match left {
        0 => format!("shard {share} of a check of {}: done\n", plural(claims.len(), "claim")),
        _ => format!("shard {share}: {left} of {all} claims and twins are not finished\n"),
    })?;
    Ok(if left == 0 { Exit::AsClaimed } else { Exit::Stopped })
}

/// What a piece came to.
enum Outcome {
    Verdict(Verdict),
    Certificates(Option<Vec<CertificateRecord>>),
}

/// What several shards have seen of a piece: their lines with the files that they are of.
type Noticed<'a> = Vec<(&'a Path, usize, Line)>;

impl Piece {
    fn outcome(&self, plan: &Plan, lines: Noticed<'_>, ended: bool) -> Result<Outcome, CliError> {
        let Some(inquiry) = self.inquiry(plan.cases, plan.seed) else {
            let all = lines.into_iter().find_map(|(.., line)| line.certificates);
            return Ok(Outcome::Certificates(all));
        };
        let mut inquiry = inquiry;
        let mut sum = inquiry.take();
        for (path, number, line) in lines {
            let seen = line.seen.map(|noted| noted.read(&inquiry));
            let seen = seen.transpose().map_err(|what| format!("line {number}: {what}"));
            match seen.map_err(CliError::at(path))? {
                Some(seen) if seen.shares.len() == sum.shares.len() => sum.add(seen),
                Some(_) => {
                    return Err(CliError::file(path, format!("line {number}: other strata")));
                }
                None => {}
            }
        }
        Ok(Outcome::Verdict(inquiry.verdict(sum, ended)))
    }
}

/// Adds up the shards of a check, and prints what one run prints. Errors: shards of other
/// questions, and cases that do not show what they are said to.
pub fn merge(args: &merge::Args) -> Result<Exit, CliError> {
    let Gathered { heading, first, of, shards } =
        merge::gather::<Heading<Asked>, Line>(&args.files)?;
    let Asked { names, cases, seed, claims: digest } = heading.question;
    let claims = select::claims(&names)?;
    note_panics();
    let crew = Crew::new(Threads::default(), None)?;
    let plan = crew.install(|| Plan::new(&claims, cases, seed));
    if plan.digest() != digest {
        let what = "its claims are not those of this program: the program that wrote it can add up";
        return Err(CliError::file(first, what));
    }
    let mut repeat: Vec<usize> = (1..=of).collect();
    let mut lines: Vec<Noticed<'_>> = plan.pieces.iter().map(|_| Vec::new()).collect();
    let mut ended: Vec<u32> = vec![0; plan.pieces.len()];
    for (number, (path, heading, own)) in &shards {
        let share = heading.shard;
        let done = plan.done(own, share).map_err(CliError::at(path))?;
        if plan.is_whole(&done, share) {
            repeat.retain(|other| other != number);
        }
        for (ended, done) in ended.iter_mut().zip(&done) {
            *ended += u32::from(done.is_over);
        }
    }
    for (path, _, own) in shards.values() {
        for (number, line) in own {
            lines[line.target].push((path, *number, line.clone()));
        }
    }
    let piece = |((piece, lines), ended): ((&Piece, Noticed<'_>), u32)| {
        let panic = lines.iter().find_map(|(.., line)| line.panic.clone());
        if let Some(panic) = panic {
            return Ok(Err(panic));
        }
        let wanted = u32::try_from(of).unwrap_or(u32::MAX).min(piece.parts);
        match guarded(&piece.name(), || piece.outcome(&plan, lines, ended == wanted)) {
            Ok(outcome) => outcome.map(Ok),
            Err(panic) => Ok(Err(panic)),
        }
    };
    let all = plan.pieces.par_iter().zip(lines).zip(ended);
    let all: Result<Vec<Result<Outcome, Panic>>, CliError> =
        crew.install(|| all.with_max_len(1).map(piece).collect());
    let mut run = Run { cases, seed, rows: rows(&plan, all?), committed: None };
    if let Some(root) = committed::checkout() {
        records::attach(&mut run, &root)?;
    }
    if let Some(folder) = &args.out {
        counterexample_file::write_all(folder, &run)?;
    }
    files::print(if args.json { report::check_json(&run) } else { report::table(&run) })?;
    merge::ended(args, run.worst().into(), &repeat, of)
}

/// A row for each claim, from what its pieces came to.
fn rows(plan: &Plan, all: Vec<Result<Outcome, Panic>>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut parts = plan.pieces.iter().zip(all).peekable();
    while let Some((Piece { claim, .. }, first)) = parts.next() {
        let (mut twins, mut certificates, mut panic) = (Vec::new(), Some(Vec::new()), None);
        let verdict = match first {
            Ok(Outcome::Verdict(verdict)) => Some(verdict),
            Ok(Outcome::Certificates(_)) => None,
            Err(error) => {
                panic = Some(error);
                None
            }
        };
        while let Some((_, outcome)) = parts.next_if(|(piece, _)| piece.what != What::Claim) {
            match outcome {
                Ok(Outcome::Verdict(verdict)) => twins.push(verdict),
                Ok(Outcome::Certificates(all)) => certificates = all,
                Err(error) => panic = panic.or(Some(error)),
            }
        }
        let result = match (verdict, panic) {
            (Some(verdict), None) => {
                let record = Record::new(*claim, verdict, twins);
                Ok(Measured { record, certificates })
            }
            (_, panic) => Err(panic.unwrap_or_else(|| Panic {
                during: "the claim".to_owned(),
                message: "no shard says why".to_owned(),
            })),
        };
        rows.push(Row { claim: *claim, result, record: None });
    }
    rows
}
