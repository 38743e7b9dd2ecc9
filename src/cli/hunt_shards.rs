//! `hunt` in shards: each searches some of the islands, which know nothing of each other.

use super::error::CliError;
use super::exit::Exit;
use super::hunt::{self, Args, Islands, Quarry};
use super::journal::{Journal, Lines, digest};
use super::merge::{self, Gathered};
use super::pool::{Crew, Threads};
use super::shards::{Heading, Question, Share};
use super::{check, files};
use crate::hunt::{Finds, Found};
use crate::report::plural;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What is asked in shards.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    names: Vec<String>,
    twins: bool,
    islands: u64,
    steps: Option<u64>,
    time: Option<u64>,
    grow: u8,
    seed: u64,
    /// A number made from the claims and the version of the program.
    claims: String,
}

impl Question for Asked {
    const WORK: &'static str = "hunt";
}

/// What an island has found.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    quarry: usize,
    island: u64,
    steps: u64,
    met: u64,
    kept: usize,
    /// The step at which it came, and the case.
    tightest: Option<(u64, String)>,
    counterexample: Option<(u64, String)>,
    panicked: Option<String>,
}

impl Line {
    fn new(quarry: usize, island: u64, finds: &Finds) -> Self {
        let Finds { steps, met, kept, tightest, counterexample, panicked } = finds.clone();
        let noted = |found: Found| (found.step, found.case);
        let (tightest, counterexample) = (tightest.map(noted), counterexample.map(noted));
        Self { quarry, island, steps, met, kept, tightest, counterexample, panicked }
    }

    /// What was found, with both sides of the cases asked again.
    fn read(&self, quarry: &Quarry) -> Result<Finds, String> {
        let asked = quarry.claim.questions(quarry.target(), 0);
        let found = |noted: &Option<(u64, String)>, holds: bool| {
            let Some((step, case)) = noted.clone() else { return Ok(None) };
            let judged = check::guarded("the hunt", || asked.judge(&case).ok()??.ok());
            match judged.ok().flatten().filter(|finding| finding.holds() == holds) {
                Some(finding) => Ok(Some(Found { case, finding, island: 0, step })),
                None => Err("its case does not show what it says: another program wrote it"),
            }
        };
        Ok(Finds {
            steps: self.steps,
            met: self.met,
            kept: self.kept,
            tightest: found(&self.tightest, true)?,
            counterexample: found(&self.counterexample, false)?,
            panicked: self.panicked.clone(),
        })
    }
}

/// The islands of each quarry that a shard has searched, a number of both each.
fn done(
    lines: &Lines<Line>,
    asked: &Asked,
    quarries: usize,
    share: Share,
) -> Result<BTreeSet<(usize, u64)>, String> {
    let mut done = BTreeSet::new();
    for (number, Line { quarry, island, .. }) in lines {
        let is_own = *quarry < quarries && *island < asked.islands && share.has(*island);
        if !is_own || !done.insert((*quarry, *island)) {
            return Err(format!(
                "line {number}: island {island} of claim {quarry} is not one of the shard, or is \
                 there twice"
            ));
        }
    }
    Ok(done)
}

fn claims(quarries: &[Quarry]) -> String {
    let quarry = |Quarry { claim, twin }: &Quarry| {
        format!("{} {twin:?} {}\n", claim.card().id, claim.statement())
    };
    let text: String = quarries.iter().map(quarry).collect();
    digest((env!("CARGO_PKG_VERSION").to_owned() + &text).as_bytes())
}

/// Searches a share of the islands, and notes what each has found. Errors: fewer islands than
/// shards, and a journal of another question.
pub fn run(quarries: &[Quarry], args: &Args, share: Share, path: &Path) -> Result<Exit, CliError> {
    let crew = Crew::new(args.threads, args.time.map(Duration::from_secs))?;
    let islands = hunt::islands(args, crew.threads());
    if islands < share.of as u64 {
        let what = format!("{islands} islands are fewer than the {} shards", share.of);
        return Err(CliError::argument("--islands", what));
    }
    let question = Asked {
        names: args.names.clone(),
        twins: args.twins,
        islands,
        steps: args.steps(),
        time: args.time.filter(|_| args.steps().is_none()),
        grow: args.grow,
        seed: args.seed,
        claims: claims(quarries),
    };
    let (mut journal, lines) = Journal::open(path, &Heading::new(question.clone(), share))?;
    let mut done =
        done(&lines, &question, quarries.len(), share).map_err(|what| journal.refused(what))?;
    let before = done.clone();
    let wants = |quarry, island| share.has(island) && !before.contains(&(quarry, island));
    let mut tell = |quarry, island, finds: &Finds| {
        done.insert((quarry, island));
        journal.note(&Line::new(quarry, island, finds))
    };
    hunt::search(quarries, args, islands, &crew, &wants, &mut tell)?;
    let own = quarries.len() * (0..islands).filter(|island| share.has(*island)).count();
    let (ended, what) = (done.len() == own, plural(quarries.len(), "statement"));
    files::print(match ended {
        true => format!("shard {share} of a hunt of {what}: done\n"),
        false => {
            format!("shard {share}: {} of {own} searches are not finished\n", own - done.len())
        }
    })?;
    Ok(if ended { Exit::AsClaimed } else { Exit::Stopped })
}

/// Adds up the shards of a hunt, and prints what one hunt prints. Errors: shards of other
/// questions, and cases that do not show what they are said to.
pub fn merge(args: &merge::Args) -> Result<Exit, CliError> {
    let Gathered { first, heading, of, shards } =
        merge::gather::<Heading<Asked>, Line>(&args.files)?;
    let asked = heading.question;
    let hunting = Args {
        names: asked.names.clone(),
        twins: asked.twins,
        islands: Some(asked.islands),
        steps: asked.steps,
        time: asked.time,
        grow: asked.grow,
        seed: asked.seed,
        out: args.out.clone(),
        update: args.update,
        json: args.json,
        ..Args::default()
    };
    let quarries = hunt::quarries_of(&hunting)?;
    if claims(&quarries) != asked.claims {
        let what = "its claims are not those of this program: the program that wrote it can add up";
        return Err(CliError::file(first, what));
    }
    check::note_panics();
    let mut found: Islands =
        quarries.iter().map(|_| (0..asked.islands).map(|_| Arc::default()).collect()).collect();
    let mut repeat: Vec<usize> = (1..=of).collect();
    for (number, (path, heading, lines)) in &shards {
        let share = heading.shard;
        let done = done(lines, &asked, quarries.len(), share).map_err(CliError::at(path))?;
        let own = quarries.len() * (0..asked.islands).filter(|i| share.has(*i)).count();
        if done.len() == own {
            repeat.retain(|other| other != number);
        }
        for (number, line) in lines {
            let finds = line.read(&quarries[line.quarry]);
            let finds = finds.map_err(|what| format!("line {number}: {what}"));
            let finds = Mutex::new(finds.map_err(CliError::at(path))?);
            found[line.quarry][line.island as usize] = Arc::new(finds);
        }
    }
    let crew = Crew::new(Threads::default(), None)?;
    let exit = hunt::conclude(hunt::finish(&quarries, &hunting, &crew, &found), &hunting)?;
    merge::ended(args, exit, &repeat, of)
}
