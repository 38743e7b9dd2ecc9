//! What `hunt` prints.

use super::hunt::{Args, Hunted, Quarry};
use crate::claim::{Finding, Standing};
use crate::hunt::{Finds, Found};
use crate::report::{compact_case, comparison, plural};
use serde::Serialize;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// Characters of a case that a line shows.
const CASE_WIDTH: usize = 160;

fn word(hunted: &Hunted) -> &'static str {
    let Finds { counterexample, panicked, met, .. } = &hunted.finds;
    match (panicked, counterexample) {
        (Some(_), _) => "panicked",
        (None, Some(_)) => "refuted",
        (None, None) if hunted.finds.steps == 0 => "not started",
        (None, None) if *met == 0 => "vacuous",
        (None, None) if hunted.quarry.is_false() => "survives",
        (None, None) if hunted.quarry.claim.card().standing == Standing::Conjecture => {
            "holds so far"
        }
        (None, None) => "holds",
    }
}

fn name(quarry: &Quarry) -> String {
    quarry.twin.map_or_else(|| quarry.claim.card().id.to_owned(), |twin| format!("  {twin}"))
}

/// A line for each quarry, its case below it, and the counts.
pub fn table(all: &[Hunted], args: &Args) -> String {
    let width = |cell: fn(&Hunted) -> usize| all.iter().map(cell).max().unwrap_or(0);
    let first = width(|hunted| name(&hunted.quarry).chars().count());
    let second = width(|hunted| word(hunted).len());
    let mut out = String::new();
    for hunted in all {
        let Finds { steps, met, kept, tightest, counterexample, panicked } = &hunted.finds;
        let (name, word) = (name(&hunted.quarry), word(hunted));
        let sides = |found: &Found| comparison(&found.finding);
        let said = match (counterexample, tightest) {
            (Some(found), _) => {
                format!("island {}, step {}  {}", found.island, found.step, sides(found))
            }
            (None, Some(found)) => {
                format!("{met} cases in {steps} steps, {kept} kinds  tightest: {}", sides(found))
            }
            (None, None) => format!("{met} cases in {steps} steps, {kept} kinds"),
        };
        let _ = writeln!(out, "{}", format!("{name:first$}  {word:second$}  {said}").trim_end());
        if let Some(found) = counterexample.as_ref().or(tightest.as_ref()) {
            let _ = writeln!(out, "      at {}", compact_case(&found.case, CASE_WIDTH));
        }
        if let Some(case) = panicked {
            let case = case.trim_end().replace('\n', "\n      ");
            let _ = writeln!(out, "      bug: the claim panics at\n      {case}");
        }
        let _ = match (&hunted.record, &hunted.tighter) {
            (Some(old), Some(_)) => {
                let old = comparison(&old.finding);
                let done = if args.update { "replaced" } else { "--update replaces it" };
                writeln!(out, "      tighter than the record {old}: {done}")
            }
            (None, Some(_)) if args.update => writeln!(out, "      the first record: written"),
            (None, Some(_)) => writeln!(out, "      there is no record: --update writes one"),
            (Some(old), None) => {
                writeln!(out, "      the record: {}", comparison(&old.finding))
            }
            (None, None) => Ok(()),
        };
    }
    out + &counts(all, args)
}

fn counts(all: &[Hunted], args: &Args) -> String {
    let refuted = all.iter().filter(|hunted| hunted.finds.counterexample.is_some()).count();
    let tighter = all.iter().filter(|hunted| hunted.tighter.is_some()).count();
    let steps: u64 = all.iter().map(|hunted| hunted.finds.steps).sum();
    let hunted = plural(all.len(), "statement");
    let records = plural(tighter, "record");
    let seed = args.seed;
    format!(
        "\n{hunted} hunted, {refuted} refuted, {records} to be set · {steps} steps, seed {seed}\n"
    )
}

/// The tightest case so far of the quarry that is closest to its limit, in words.
pub fn best(quarries: &[Quarry], found: &[Vec<Arc<Mutex<Finds>>>]) -> String {
    let mut best: Option<(&Quarry, Finding)> = None;
    for (quarry, islands) in quarries.iter().zip(found) {
        for finds in islands {
            let finds = finds.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(Found { finding, .. }) = &finds.tightest else { continue };
            if best.as_ref().is_none_or(|(_, best)| finding.tightness() < best.tightness()) {
                best = Some((quarry, finding.clone()));
            }
        }
    }
    let words = |(quarry, finding): (&Quarry, Finding)| {
        format!("tightest: {}, {}", comparison(&finding), name(quarry).trim())
    };
    best.map(words).unwrap_or_default()
}

#[derive(Serialize)]
struct Line<'a> {
    claim: &'static str,
    twin: Option<&'static str>,
    verdict: &'static str,
    steps: u64,
    met: u64,
    kept: usize,
    /// The counterexample, or the tightest case.
    #[serde(flatten)]
    found: Option<Shown<'a>>,
    tighter_than_the_record: bool,
    panicked_at: Option<&'a str>,
}

#[derive(Serialize)]
struct Shown<'a> {
    island: u64,
    step: u64,
    finding: &'a Finding,
    case: toml::Table,
}

/// The same as JSON: a list of one object for each quarry.
pub fn json(all: &[Hunted], _: &Args) -> String {
    let line = |hunted: &Hunted| -> serde_json::Value {
        let finds = &hunted.finds;
        let found = finds.counterexample.as_ref().or(finds.tightest.as_ref());
        let line = Line {
            claim: hunted.quarry.claim.card().id,
            twin: hunted.quarry.twin,
            verdict: word(hunted),
            steps: finds.steps,
            met: finds.met,
            kept: finds.kept,
            found: found.map(|found| Shown {
                island: found.island,
                step: found.step,
                finding: &found.finding,
                case: found.case.parse().expect("a hunt writes its cases as TOML"),
            }),
            tighter_than_the_record: hunted.tighter.is_some(),
            panicked_at: finds.panicked.as_deref(),
        };
        serde_json::to_value(line).expect("strings for keys")
    };
    let all: Vec<_> = all.iter().map(line).collect();
    serde_json::to_string_pretty(&all).expect("strings for keys") + "\n"
}
