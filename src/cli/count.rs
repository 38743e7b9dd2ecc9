//! Counting regions: the question, the files that go with it, and the answer in words.

use super::args;
use super::count_run::{Found, IN_MEMORY, Work};
use super::domain_args::{Area, Placed};
use super::error::CliError;
use super::exit::Exit;
use super::files;
use super::interrupt;
use super::journal::digest;
use super::pool::Crew;
use super::region_lines::Listing;
use crate::geometry::double_description::Tally;
use crate::net::regions::{Cells, Domain, Engine, Notion};
use crate::net::{Circuit, Network};
use crate::properties::certificate::{Bound, certify_regions, write_circuit};
use crease_recheck as checker;
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// A count, as JSON prints it.
#[derive(Serialize)]
struct Report {
    network: String,
    notion: &'static str,
    domain: Area,
    /// A decimal number; a lower bound unless complete.
    count: String,
    complete: bool,
    engine: String,
    threads: usize,
    seconds: serde_json::Number,
}

/// Counts, and prints the count.
pub fn count(args: &args::Count) -> Result<Exit, CliError> {
    let Placed { file, domain, mut area } = args.place.read()?;
    area.is_open = args.notion == Notion::R1;
    let descends = domain.has_many_corners()
        && matches!(args.notion, Notion::Strict | Notion::R2)
        && args.journal.is_none()
        && args.out.is_none();
    if !descends {
        args.place.check_corners(&area)?;
    }
    interrupt::watch("stopping");
    let crew = Crew::new(args.threads.map_or(0, usize::from), args.time.map(Duration::from_secs))?;
    let start = Instant::now();
    let work = Work {
        cells: Arc::new(Cells::new(&file.network, &domain)),
        notion: args.notion,
        limit: args.limit.unwrap_or(u64::MAX),
        crew: &crew,
        start,
    };
    let mut engine = Engine::Mesh;
    let (found, complete) = match &args.journal {
        _ if args.out.is_some() => work.listed(args, &file.network, domain)?,
        _ if args.certify.is_some() => work.certified(args, &file.network, domain)?,
        _ if descends => {
            engine = Engine::Descent;
            work.descended(&file.network, domain)?
        }
        Some(path) if args.notion.adds_up() => {
            let circuit = Circuit::new(&file.network);
            let mut text = Vec::new();
            write_circuit(&circuit, None, &mut text).expect("memory can be written to");
            work.noted(path, &area, digest(&text))?
        }
        Some(path) => {
            let what =
                format!("a journal is for strict, R1 and R2, not for {}", args.notion.name());
            return Err(CliError::Content { path: path.clone(), what });
        }
        None if args.notion == Notion::R4 => work.affine_regions()?,
        None => work.unnoted(&mut engine)?,
    };
    // Every domain has an inside, and that is a region in every notion but one.
    let found = found.max(u64::from(args.notion != Notion::Strict));
    let report = Report {
        network: file.name,
        notion: args.notion.name(),
        domain: area,
        count: found.to_string(),
        complete,
        engine: match engine {
            Engine::Restriction | Engine::Descent => engine.name().to_owned(),
            Engine::Mesh => format!("{} in {}", engine.name(), work.cells.integers()),
        },
        threads: crew.threads(),
        seconds: seconds(start.elapsed()),
    };
    print(args.json, &report, found, args.notion)?;
    Ok(if complete { Exit::AsClaimed } else { Exit::Stopped })
}

fn print(json: bool, report: &Report, found: u64, notion: Notion) -> Result<(), CliError> {
    if json {
        let json = serde_json::to_string(report).expect("keys are words");
        return files::print(json + "\n");
    }
    let Report { network, domain, count, .. } = report;
    let least = if report.complete { "" } else { "at least " };
    let on = if domain.slice.is_some() { "," } else { " on" };
    let what = words(notion, found);
    files::print(format!("{least}{count} {what} ({}) of {network}{on} {domain}\n", notion.name()))?;
    let Report { engine, threads, seconds, .. } = report;
    let stopped = if report.complete { "" } else { "; stopped early" };
    let threads = if *threads == 1 { "1 thread".to_owned() } else { format!("{threads} threads") };
    eprintln!("{engine}, {threads}, {seconds} s{stopped}");
    Ok(())
}

/// What the notion counts, after a number.
pub fn words(notion: Notion, count: u64) -> String {
    let words = match notion {
        Notion::Strict => "strict sign region",
        Notion::R1 => "activation region",
        Notion::R2 => "proper activation region",
        Notion::R4 => "affine region",
        Notion::R6 => "different affine map",
    };
    format!("{words}{}", if count == 1 { "" } else { "s" })
}

/// Seconds to a millionth.
fn seconds(time: Duration) -> serde_json::Number {
    let text = format!("{}.{:06}", time.as_secs(), time.subsec_micros());
    text.parse().expect("digits and a point are a number")
}

impl Work<'_> {
    /// The count, with all regions in a file.
    fn listed(
        &self,
        args: &args::Count,
        network: &Network,
        domain: Domain,
    ) -> Result<Found, CliError> {
        let path = args.out.clone().expect("there is a file to write");
        if self.notion != Notion::R2 {
            let what = format!("regions are listed for R2, not for {}", self.notion.name());
            return Err(CliError::Content { path, what });
        }
        let (limit, adjacency) = (self.limit, args.adjacency);
        let listing = Listing { path, adjacency, limit, in_memory: IN_MEMORY as usize };
        let network = network.clone();
        let written = self.one(move |stop| listing.write(&network, &domain, stop))?;
        written.unwrap_or(Ok((0, false)))
    }

    /// Writes a certificate and has it checked; one that was stopped is incomplete, and the checker
    /// says so. Nothing is counted that the certificate does not prove.
    fn certified(
        &self,
        args: &args::Count,
        network: &Network,
        domain: Domain,
    ) -> Result<Found, CliError> {
        let path = args.certify.clone().expect("there is a file to write");
        let (notion, network) = (self.notion, network.clone());
        let sides = match domain {
            Domain::Whole => None,
            Domain::Box(sides) => Some(sides),
            Domain::Polyhedron(_) => unreachable!("the command line knows boxes only"),
        };
        if !matches!(notion, Notion::Strict | Notion::R2) {
            let what = format!("a certificate is of strict or R2, not of {}", notion.name());
            return Err(CliError::Content { path, what });
        }
        let out = files::create(&path)?;
        if !path.is_file() {
            let what = "expected a file that can be read again: its certificate is checked".into();
            return Err(CliError::Content { path, what });
        }
        let bound = if args.at_least { Bound::AtLeast } else { Bound::Exact };
        let written = self.one(move |stop| {
            let mut out = files::Stoppable { out, stop };
            let counts =
                certify_regions(&network, sides.as_ref(), bound, "regions/count", &mut out)?;
            out.out.finish().map(|()| counts)
        })?;
        let counts = match written {
            Some(Ok(counts)) => counts,
            Some(Err(error)) if error.kind() != io::ErrorKind::TimedOut => {
                return Err(CliError::File { path, error });
            }
            _ => return Ok((0, false)),
        };
        let file = File::open(&path);
        let file = file.map_err(|error| CliError::File { path: path.clone(), error })?;
        let checked = self.one(move |stop| {
            let mut file = BufReader::new(files::Stoppable { out: file, stop });
            let proof = prove(&mut file, counts);
            (!stop.load(Ordering::Relaxed)).then_some(proof)
        })?;
        match checked.flatten() {
            Some(Ok(())) if notion == Notion::Strict => Ok((counts.strict, true)),
            Some(Ok(())) => Ok((counts.cells, true)),
            Some(Err(what)) => Err(CliError::Content { path, what }),
            None => Ok((0, false)),
        }
    }
}

/// Asks the independent checker whether a certificate proves these counts; why not, if it does not.
fn prove(certificate: &mut dyn BufRead, counts: Tally) -> Result<(), String> {
    let Tally { cells: regions, strict } = counts;
    let unproved =
        |why: String| format!("{regions} regions, {strict} strict, are not proved: {why}");
    let accepted = checker::check_from(certificate, None).map_err(|e| unproved(e.to_string()))?;
    match accepted.statement.ends_with(&format!("\nregions {regions}\nstrict {strict}\n")) {
        true => Ok(()),
        false => Err(unproved(accepted.fact)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Rational;
    use crate::net::{Layer, Shape};

    /// Of one more region, or one less, or of a tree that lacks a line.
    #[test]
    fn a_certificate_proves_its_own_counts_only() {
        let weights = [1, -1].map(Rational::from).to_vec();
        let layers = vec![Layer::dense(2, weights, vec![1.into(), 2.into()]), Layer::relu()];
        let network = Network::new(Shape::Flat(1), layers).expect("the layers fit");
        let mut text = Vec::new();
        let counts = certify_regions(&network, None, Bound::Exact, "regions/test", &mut text);
        let counts = counts.expect("memory can be written to");
        assert_eq!(counts, Tally { cells: 3, strict: 3 });
        assert_eq!(prove(&mut &text[..], counts), Ok(()));
        for (regions, strict) in [(4, 3), (2, 3), (3, 2), (13, 3)] {
            let what = prove(&mut &text[..], Tally { cells: regions, strict }).expect_err("false");
            assert!(what.starts_with(&format!("{regions} regions, {strict} strict, are not")));
        }
        text.truncate(text.len() - 4);
        assert!(prove(&mut &text[..], counts).is_err());
    }
}
