//! The table that `crease check` prints.

use super::compact::plural;
use super::{
    CertificateRecord, Committed, Measured, Outcome, Panic, Row, Run, Summary, compact, family,
};
use crate::claim::{Counts, Standing, Verdict};
use std::fmt::Write;

/// Characters of a counterexample that a line of the table shows.
const CASE_WIDTH: usize = 160;

/// One line of the table; a remark is printed below it.
struct Line {
    name: String,
    verdict: String,
    cases: String,
    sides: String,
    remarks: Vec<String>,
}

/// The table: a line a claim, a line a twin with its counterexample, what went wrong, the counts.
pub fn table(run: &Run) -> String {
    let blocks: Vec<Vec<Line>> = run.rows.iter().map(lines).collect();
    let all = || blocks.iter().flatten();
    let width = |cell: fn(&Line) -> &str| all().map(|l| cell(l).chars().count()).max().unwrap_or(0);
    let name = width(|line| &line.name);
    let verdict = width(|line| &line.verdict);
    let cases = width(|line| &line.cases);
    let mut out = String::new();
    let mut previous = None;
    for (row, block) in run.rows.iter().zip(&blocks) {
        let family = family(row.claim.card().id);
        if previous.is_some_and(|previous| previous != family) {
            out.push('\n');
        }
        previous = Some(family);
        for line in block {
            let text = format!(
                "{:name$}  {:verdict$}  {:cases$}  {}",
                line.name, line.verdict, line.cases, line.sides
            );
            push(&mut out, text.trim_end());
            line.remarks.iter().for_each(|remark| push(&mut out, &format!("      {remark}")));
        }
    }
    failures(&mut out, run);
    footer(&mut out, run);
    out
}

fn push(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

fn lines(row: &Row) -> Vec<Line> {
    let card = row.claim.card();
    let record = match &row.result {
        Ok(measured) => &measured.record,
        Err(panic) => {
            let remarks = vec![format!("in {}: {}", panic.during, first_line(&panic.message))];
            let (name, verdict) = (card.id.to_owned(), "panicked".to_owned());
            return vec![Line {
                name,
                verdict,
                cases: String::new(),
                sides: String::new(),
                remarks,
            }];
        }
    };
    let mut claim = line(card.id.to_owned(), &record.verdict);
    if let (Verdict::Holds { .. }, Standing::Conjecture) = (&record.verdict, card.standing) {
        claim.verdict = "holds so far".to_owned();
    }
    if let Standing::RefutedAsPrinted { repaired_by } = card.standing {
        claim.remarks.push(format!("as printed in {}; true is {repaired_by}", card.source.key));
    }
    let twins = record.twins.iter().map(|twin| {
        let without = if twin.card.drops.is_some() { "without: " } else { "" };
        line(format!("  {without}{}", twin.card.name), &twin.verdict)
    });
    std::iter::once(claim).chain(twins).collect()
}

fn line(name: String, verdict: &Verdict) -> Line {
    let counts = verdict.counts();
    let mut remarks = Vec::new();
    if let (1.., Some(why)) = (counts.undecided, counts.why) {
        remarks.push(format!("undecided: {}, for example: {why}", thousands(counts.undecided)));
    }
    let (cases, sides) = match verdict {
        Verdict::Holds { tightest, .. } => {
            (cases(counts), format!("tightest: {}", compact::comparison(&tightest.finding)))
        }
        Verdict::Refuted { finding, case, .. } => {
            remarks.insert(0, format!("at {}", compact::case(case, CASE_WIDTH)));
            (format!("at case {}", thousands(counts.drawn)), compact::comparison(finding))
        }
        Verdict::Vacuous { stratum: None, .. } => {
            (cases(counts), "too few cases meet the hypotheses and decide anything".to_owned())
        }
        Verdict::Vacuous { stratum: Some(stratum), .. } => {
            (cases(counts), format!("no case of the stratum \"{stratum}\" tests anything"))
        }
        Verdict::Unfinished { counts: Counts { drawn: 0, .. } } => (String::new(), String::new()),
        Verdict::Unfinished { .. } => (cases(counts), "none broke it so far".to_owned()),
    };
    Line { name, verdict: word(verdict).to_owned(), cases, sides, remarks }
}

/// What was drawn: how many cases counted, how many of them differ, and the size of the largest.
pub(super) fn cases(counts: &Counts) -> String {
    let &Counts { drawn, met, distinct, largest, whole, .. } = counts;
    let size = plural(largest, "number");
    let first = match (whole, met == drawn) {
        (true, true) => format!("all {} cases", thousands(drawn)),
        _ => format!("{} of {} cases", thousands(met), thousands(drawn)),
    };
    match distinct == met {
        true => format!("{first}, up to {size}"),
        false => format!("{first}, {} distinct, up to {size}", thousands(distinct)),
    }
}

/// The verdict in a word; what was stopped before its first case was not started.
pub(super) fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Unfinished { counts: Counts { drawn: 0, .. } } => "not started",
        other => other.word(),
    }
}

/// A count with commas between groups of three digits.
fn thousands(count: u32) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// What did not come out as claimed, each with everything needed to ask it again.
fn failures(out: &mut String, run: &Run) {
    for row in run.rows.iter().filter(|row| row.outcome() > Outcome::Unfinished) {
        let id = row.claim.card().id;
        match &row.result {
            Err(Panic { during, message }) => {
                push(out, &format!("\nbug: {id} panicked in {during}\n{message}"));
            }
            Ok(Measured { record, .. }) => {
                if !record.is_as_claimed(row.claim) {
                    failed_claim(out, row, &record.verdict);
                }
                for CertificateRecord { name, refused, .. } in row.certificates() {
                    if let Some(reason) = refused {
                        push(out, &format!("\n{id}: certificate {name} is refused: {reason}"));
                    }
                }
                for twin in record.survivors() {
                    let (name, fault) = (twin.card.name, twin.card.fault);
                    let what = match twin.verdict {
                        Verdict::Vacuous { .. } => "was never tested",
                        Verdict::Unfinished { .. } => continue,
                        _ => "survives",
                    };
                    push(out, &format!("\n{id}: the twin \"{name}\" {what} ({fault})"));
                }
            }
        }
    }
}

fn failed_claim(out: &mut String, row: &Row, verdict: &Verdict) {
    let card = row.claim.card();
    let standing = card.standing.word();
    match verdict {
        Verdict::Refuted { finding, case, .. } => {
            let sides = compact::comparison(finding);
            push(out, &format!("\n{}: listed as {standing}, but {sides} at", card.id));
            case.lines().for_each(|line| push(out, &format!("    {line}")));
        }
        Verdict::Holds { .. } => {
            push(out, &format!("\n{}: listed as {standing}, but no case refutes it", card.id));
        }
        Verdict::Vacuous { counts, stratum } => {
            let Counts { met, drawn, undecided, .. } = counts;
            let cases = format!(
                "{met} of {drawn} cases meet the hypotheses and decide something, {undecided} are \
                 undecided"
            );
            let stratum =
                stratum.map_or(String::new(), |name| format!(", none of the stratum \"{name}\""));
            push(out, &format!("\n{}: {cases}{stratum}, so nothing was tested", card.id));
        }
        Verdict::Unfinished { .. } => {}
    }
}

fn footer(out: &mut String, run: &Run) {
    for difference in run.committed.iter().flat_map(|all| &all.differences) {
        push(out, &format!("\nnot as committed: {difference}"));
    }
    let open: Vec<_> = run.rows.iter().flat_map(open_questions).collect();
    if !open.is_empty() {
        push(out, "\nopen: hypotheses that nobody knows to be needed");
        open.iter().for_each(|line| push(out, &format!("  {line}")));
    }
    push(out, &format!("\n{}", counts(&run.summary())));
    match &run.committed {
        None => push(out, "known cases and records were not compared: no fixtures here, or shards"),
        Some(all) => push(out, &committed(all)),
    }
    push(out, &format!("{} cases a claim, seed {}", thousands(run.cases), run.seed));
    if run.stopped() {
        push(out, "stopped early: what is unfinished or not started is undecided");
    }
}

/// The hypotheses of a claim that nobody knows to be needed, a line each.
pub(super) fn open_questions(row: &Row) -> Vec<String> {
    let id = row.claim.card().id;
    let open =
        row.claim.hypotheses().into_iter().filter_map(|h| h.unsharp.map(|why| (h.name, why)));
    open.map(|(name, why)| format!("{id}: \"{name}\": {why}")).collect()
}

/// How many claims stand on which rung of evidence, weakest first, in words.
pub(super) fn rungs(sum: &Summary) -> String {
    let rungs = [
        (sum.property_tested, "property-tested only"),
        (sum.proved_here, "proved here"),
        (sum.certified_exactly, "certified exactly"),
        (sum.formally_proved, "formally proved"),
    ];
    let rungs = rungs.into_iter().filter(|(count, _)| *count > 0);
    let rungs: Vec<_> = rungs.map(|(count, word)| format!("{count} {word}")).collect();
    format!("Evidence: {}", rungs.join(", "))
}

/// What was compared with the committed files, in words.
fn committed(all: &Committed) -> String {
    let Committed { known_cases, records, forgeries, answers, edited, differences } = all;
    let result = match differences.len() {
        0 => "all as committed".to_owned(),
        more => format!("{more} not as committed"),
    };
    let parts = [
        (known_cases, "known case", "replayed"),
        (records, "row", "of the ledger compared"),
        (forgeries, "forged certificate", "refused"),
        (answers, "command", "answered"),
        (edited, "text", "edited"),
    ];
    let parts = parts.into_iter().filter(|(count, ..)| **count > 0);
    let parts: Vec<_> =
        parts.map(|(count, noun, done)| format!("{} {done}", plural(*count, noun))).collect();
    format!("{}: {result}", parts.join(" · "))
}

/// The counts in words; a kind that does not occur is not mentioned.
pub(super) fn counts(sum: &Summary) -> String {
    let kinds = [
        (sum.theorems, plural(sum.theorems, "theorem")),
        (sum.conjectures, plural(sum.conjectures, "conjecture")),
        (sum.refuted_as_printed, format!("{} refuted as printed", sum.refuted_as_printed)),
        (sum.refuted, format!("{} refuted", sum.refuted)),
    ];
    let kinds = kinds.into_iter().filter(|(count, _)| *count > 0);
    let kinds: Vec<_> = kinds.map(|(_, words)| words).collect();
    let mut text = format!("{} of {} claims as claimed", sum.as_claimed, sum.claims);
    if !kinds.is_empty() {
        let _ = write!(text, " ({})", kinds.join(", "));
    }
    let _ = write!(text, " · {} of {} twins refuted", sum.twins_refuted, sum.twins);
    if sum.certificates > 0 {
        let (accepted, all) = (sum.certificates_accepted, sum.certificates);
        let _ = write!(text, " · {accepted} of {all} certificates accepted");
    }
    let vacuous = if sum.vacuous == 0 { "none".to_owned() } else { sum.vacuous.to_string() };
    let _ = write!(text, " · vacuous: {vacuous}");
    for (count, word) in [(sum.unfinished, "unfinished"), (sum.panicked, "panicked")] {
        if count > 0 {
            let _ = write!(text, " · {word}: {count}");
        }
    }
    if sum.unsharp > 0 {
        let _ = write!(text, " · open hypotheses: {}", sum.unsharp);
    }
    text
}
