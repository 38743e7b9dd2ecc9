//! The command `count`: its arguments, the files it writes, and the line it prints.

use super::certificate_shards::Certified;
use super::count_run::{Found, IN_MEMORY, Work};
use super::domain_args::{Area, Counted, Placed};
use super::error::CliError;
use super::exit::Exit;
use super::files;
use super::interrupt;
use super::journal::digest;
use super::pool::{Crew, Threads};
use super::region_lines::Listing;
use super::shards::Share;
use crate::engines::{Engine, Goal, Plan};
use crate::geometry::double_description::Tally;
use crate::geometry::piecewise_affine::Signs;
use crate::net::regions::{Domain, Notion};
use crate::net::{Circuit, Network};
use crate::properties::certificate::{Bound, certify_regions, engine_of, write_circuit};
use crate::report::plural;
use clap::value_parser;
use crease_recheck as checker;
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Arguments of `count`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is counted
    #[command(flatten)]
    pub counted: Counted,
    /// Stop when N regions are found: the answer is then a lower bound. For R4, which keeps all
    /// cells in memory, give up beyond N cells; a million if not given
    #[arg(long, value_name = "N", value_parser = value_parser!(u64).range(1..))]
    pub limit: Option<u64>,
    /// Stop after T seconds: the answer is then a lower bound
    #[arg(long, value_name = "T")]
    pub time: Option<u64>,
    /// Worker threads
    #[command(flatten)]
    pub threads: Threads,
    /// Note finished parts in a file, and begin with what is noted there: a count that was
    /// interrupted goes on when it is asked again
    #[arg(long, value_name = "FILE")]
    pub journal: Option<PathBuf>,
    /// Count a share of the parts, the I-th of N, into the journal, or into that of --certify:
    /// `crease merge` adds shards up
    #[arg(long, value_name = "I/N", conflicts_with_all = ["limit", "out"])]
    pub shard: Option<Share>,
    /// Write every region of R2 to a file, a line of JSON each, as described by
    /// proofs/region.schema.json
    #[arg(long, value_name = "FILE.jsonl", conflicts_with = "journal")]
    pub out: Option<PathBuf>,
    /// Write a certificate of the count to a file, for `crease-recheck`: strict or R2; packed if
    /// it is called `.gz`. With --shard the file is a journal, and `crease merge --certify` writes
    /// the certificate
    #[arg(long, value_name = "FILE", conflicts_with_all = ["journal", "out", "limit"])]
    pub certify: Option<PathBuf>,
    /// Let the certificate prove the lower bound only: it is shorter, and a theorem may give the
    /// upper bound
    #[arg(long, requires = "certify")]
    pub at_least: bool,
    /// Say there which regions share a facet; keeps all of them in memory
    #[arg(long, requires = "out")]
    pub adjacency: bool,
    /// Print JSON, as described by proofs/count.schema.json
    #[arg(long)]
    pub json: bool,
}

impl Args {
    /// Refuses a shard without a file.
    fn check_shard(&self) -> Result<(), CliError> {
        let is_noted = self.journal.is_some() || self.certify.is_some();
        match self.shard.is_none() || is_noted {
            true => Ok(()),
            false => {
                let what = "expected --journal FILE, or --certify FILE, to note the parts in";
                Err(CliError::argument("--shard", what))
            }
        }
    }

    /// What a certificate is to prove.
    fn bound(&self) -> Bound {
        if self.at_least { Bound::AtLeast } else { Bound::Exact }
    }
}

/// A count, as JSON prints it.
#[derive(Serialize)]
struct Report {
    network: String,
    notion: &'static str,
    domain: Area,
    /// A decimal number; a lower bound unless complete.
    count: String,
    complete: bool,
    /// The share that was counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    shard: Option<String>,
    engine: String,
    /// How the walk decided signs, if in doubles first.
    #[serde(skip_serializing_if = "Option::is_none")]
    signs: Option<SignCounts>,
    threads: usize,
    seconds: serde_json::Number,
}

/// Signs that a walk asked for, and how many of them took exact numbers.
#[derive(Serialize)]
struct SignCounts {
    asked: u64,
    exact: u64,
}

/// Counts, and prints the count.
pub fn count(args: &Args) -> Result<Exit, CliError> {
    args.check_shard()?;
    // The clock runs while files are read.
    let crew = Crew::new(args.threads, args.time.map(Duration::from_secs))?;
    let Placed { file, domain, mut area } = args.counted.place.read()?;
    area.is_open = args.counted.notion == Notion::R1;
    let goal = match (&args.journal, &args.out, &args.certify, args.limit) {
        (None, None, None, None) => Goal::Total,
        (None, None, None, Some(_)) => Goal::Limit,
        _ => Goal::Cells,
    };
    let certifies = args.certify.is_some() && args.counted.notion.has_tally();
    if !certifies && !Plan::descends(&domain, args.counted.notion, goal) {
        args.counted.place.check_corners(&area)?;
    }
    interrupt::watch("stopping");
    let start = Instant::now();
    let work = Work {
        plan: Arc::new(Plan::new(&file.network, &domain, args.counted.notion, goal)),
        limit: args.limit.unwrap_or(u64::MAX),
        crew: &crew,
        start,
    };
    let (engine, (found, complete)) = match &args.journal {
        _ if args.out.is_some() => (Engine::Mesh, work.listed(args, &file.network, domain)?),
        _ if let (Some(path), Some(share)) = (&args.certify, args.shard) => {
            let (network, share) = (&file.network, (share, place(&file.name, &area)));
            let (domain, area, bound) = (&domain, &area, args.bound());
            let certified = Certified { network, domain, area, bound, share };
            (Engine::Mesh, work.certified_share(path, certified)?)
        }
        _ if args.certify.is_some() => {
            (engine_of(&file.network, &domain), work.certified(args, &file.network, domain)?)
        }
        Some(path) if args.counted.notion.adds_up() => {
            let circuit = Circuit::new(&file.network);
            let mut text = Vec::new();
            write_circuit(&circuit, None, &mut text).expect("memory can be written to");
            let share = args.shard.map(|share| (share, place(&file.name, &area)));
            (Engine::Mesh, work.noted(path, &area, digest(&text), share)?)
        }
        Some(path) => {
            let name = args.counted.notion.name();
            let what = format!("a journal is for strict, R1 and R2, not for {name}");
            return Err(CliError::file(path, what));
        }
        None => work.run(domain)?,
    };
    // Every domain has an inside, and that is a region in every notion but one.
    let is_whole = args.shard.is_none();
    let found = found.max(u64::from(is_whole && args.counted.notion != Notion::Strict));
    let report = Report {
        network: file.name,
        notion: args.counted.notion.name(),
        domain: area,
        count: found.to_string(),
        complete: complete && is_whole && !args.at_least,
        shard: args.shard.map(|shard| shard.to_string()),
        engine: match engine {
            Engine::Restriction | Engine::Descent => engine.name().to_owned(),
            Engine::Mesh => format!("{} in {}", engine.name(), work.plan.cells.integers()),
        },
        signs: signs(&work.plan),
        threads: crew.threads(),
        seconds: seconds(start.elapsed()),
    };
    print(args, &report, found, complete)?;
    Ok(if complete { Exit::AsClaimed } else { Exit::Stopped })
}

fn signs(plan: &Plan) -> Option<SignCounts> {
    let signs = plan.cells.signs().filter(|signs| signs.asked > 0);
    signs.map(|Signs { asked, exact }| SignCounts { asked, exact })
}

fn print(args: &Args, report: &Report, found: u64, ended: bool) -> Result<(), CliError> {
    if args.json {
        return files::print(files::json(report));
    }
    let Report { network, notion, domain, count, complete, engine, threads, seconds, .. } = report;
    let least = if *complete { "" } else { "at least " };
    let (what, place) = (words(args.counted.notion, found), place(network, domain));
    let note = match &args.shard {
        Some(shard) => format!(": shard {shard}"),
        None if args.at_least => ": the certificate proves no upper bound".to_owned(),
        None => String::new(),
    };
    files::print(format!("{least}{count} {what} ({notion}) of {place}{note}\n"))?;
    let stopped = if ended { "" } else { "; stopped early" };
    eprintln!("{engine}, {}, {seconds} s{stopped}", plural(*threads, "thread"));
    Ok(())
}

/// A network and a domain in words.
fn place(network: &str, domain: &Area) -> String {
    let on = if domain.slice.is_some() { "," } else { " on" };
    format!("{network}{on} {domain}")
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
    if count == 1 { words.to_owned() } else { format!("{words}s") }
}

/// Seconds to a millionth.
pub fn seconds(time: Duration) -> serde_json::Number {
    let text = format!("{}.{:06}", time.as_secs(), time.subsec_micros());
    text.parse().expect("digits and a point are a number")
}

impl Work<'_> {
    /// The count, with all regions in a file.
    fn listed(&self, args: &Args, network: &Network, domain: Domain) -> Result<Found, CliError> {
        let path = args.out.clone().expect("there is a file to write");
        if self.plan.notion != Notion::R2 {
            let what = format!("regions are listed for R2, not for {}", self.plan.notion.name());
            return Err(CliError::file(path, what));
        }
        let (limit, adjacency) = (self.limit, args.adjacency);
        let listing = Listing { path, adjacency, limit, in_memory: IN_MEMORY as usize };
        let network = network.clone();
        let written = self.one(move |stop| listing.write(&network, &domain, stop))?;
        written.unwrap_or(Ok((0, false)))
    }

    /// Writes a certificate and has it checked; one that was stopped is incomplete, and the checker
    /// says so. Nothing is counted that the certificate does not prove.
    fn certified(&self, args: &Args, network: &Network, domain: Domain) -> Result<Found, CliError> {
        let path = args.certify.clone().expect("there is a file to write");
        let (notion, network) = (self.plan.notion, network.clone());
        let sides = match domain {
            Domain::Whole => None,
            Domain::Box(sides) => Some(sides),
            Domain::Polyhedron(_) => unreachable!("the command line knows boxes only"),
        };
        if !notion.has_tally() {
            let what = format!("a certificate is of strict or R2, not of {}", notion.name());
            return Err(CliError::file(path, what));
        }
        let out = files::create(&path)?;
        if !path.is_file() {
            let what = "expected a file that can be read again: its certificate is checked";
            return Err(CliError::file(path, what));
        }
        let bound = args.bound();
        let written = self.one(move |stop| {
            let mut out = files::Stoppable { out, stop };
            let counts =
                certify_regions(&network, sides.as_ref(), bound, "regions/count", &mut out)?;
            out.out.finish().map(|()| counts)
        })?;
        let counts = match written {
            Some(Ok(counts)) => counts,
            Some(Err(error)) if error.kind() != io::ErrorKind::TimedOut => {
                return Err(CliError::file(path, error));
            }
            _ => return Ok((0, false)),
        };
        let file = File::open(&path);
        let file = file.map_err(CliError::at(&path))?;
        let checked = self.one(move |stop| {
            let mut file = BufReader::new(files::Stoppable { out: file, stop });
            let proof = prove(&mut file, counts);
            (!stop.load(Ordering::Relaxed)).then_some(proof)
        })?;
        match checked.flatten() {
            Some(Ok(())) => Ok((notion.of(counts), true)),
            Some(Err(what)) => Err(CliError::file(path, what)),
            None => Ok((0, false)),
        }
    }
}

/// Asks the independent checker whether a certificate proves these counts; why not, if it does not.
pub fn prove(certificate: &mut dyn BufRead, counts: Tally) -> Result<(), String> {
    let Tally { cells: regions, strict } = counts;
    let unproved =
        |why: String| format!("{regions} regions, {strict} strict, are not proved: {why}");
    let accepted = checker::check_from(certificate, None).map_err(|e| unproved(e.to_string()))?;
    match accepted.statement.ends_with(&format!("\nregions {regions}\nstrict {strict}\n")) {
        true => Ok(()),
        false => Err(unproved(accepted.fact)),
    }
}
