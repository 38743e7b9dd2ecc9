//! The command `merge`: adds up the shards of some work.

use super::error::CliError;
use super::exit::Exit;
use super::journal::{self, Heading, Lines, difference};
use super::shards::Share;
use super::{
    certificate_shards, check_shards, count_merge, experiment, files, hunt_shards, interrupt,
};
use crate::report::plural;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::io::{BufRead, Read};
use std::path::PathBuf;

/// Arguments of `merge`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The journals of the shards, as `--shard I/N --journal FILE` of `count`, `check`, `hunt` and
    /// `experiment` writes them
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Write the cases that shards of `check` or `hunt` have found to files in this folder, for
    /// `replay`; or the pictures of an experiment
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Keep what shards of `hunt` have found that is tighter than the records of this checkout
    #[arg(long)]
    pub update: bool,
    /// Write the certificate of a count whose shards were counted with `--certify`, and have it
    /// checked; packed if it is called `.gz`
    #[arg(long, value_name = "FILE")]
    pub certify: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Longest first line of a journal that is looked at, in bytes.
const FIRST: u64 = 1 << 20;

/// Adds up the shards of one work. Errors: files of different work, a shard that is there twice.
pub fn merge(args: &Args) -> Result<Exit, CliError> {
    interrupt::watch("stopping between two cases");
    let Some(path) = args.files.first() else { return Ok(Exit::Usage) };
    let mut first = Vec::new();
    let file = files::open(path)?.take(FIRST);
    { file }.read_until(b'\n', &mut first).map_err(CliError::at(path))?;
    let work = serde_json::from_slice::<serde_json::Value>(&first);
    let line = work.unwrap_or_default();
    let work = line.get("work").and_then(|work| work.as_str()).unwrap_or("count");
    let certifies = line.get("certificate").is_some();
    let fits = [
        ("--out", args.out.is_some(), work != "count"),
        ("--update", args.update, work == "hunt"),
        ("--certify", args.certify.is_some(), certifies),
    ];
    if let Some((option, ..)) = fits.iter().find(|(_, is_asked, fits)| *is_asked && !fits) {
        return Err(CliError::argument(*option, format!("not for shards of a {work} like these")));
    }
    match work {
        "check" => check_shards::merge(args),
        "hunt" => hunt_shards::merge(args),
        "experiment" => experiment::merge(args),
        _ if certifies => certificate_shards::merge(args),
        _ => count_merge::merge(args),
    }
}

/// The shards of one work.
pub struct Gathered<H, L> {
    /// The first file, and the question, which is that of all.
    pub first: PathBuf,
    /// Its heading.
    pub heading: H,
    /// How many shards there are.
    pub of: usize,
    /// The file, the heading and the lines of each shard, by its number.
    pub shards: BTreeMap<usize, (PathBuf, H, Lines<L>)>,
}

/// Reads the journals of shards. Errors: files of different questions, and a shard that is there
/// twice.
pub fn gather<H: Heading, L: DeserializeOwned>(
    files: &[PathBuf],
) -> Result<Gathered<H, L>, CliError> {
    let mut gathered: Option<Gathered<H, L>> = None;
    for path in files {
        let (heading, lines) = journal::read::<H, L>(path)?;
        let refused = |what: String| Err(CliError::file(path, what));
        let Some(Share { number, of }) = heading.share() else {
            let what = "expected a shard, found the journal of a whole count: ask `crease count` \
                        again to go on with it";
            return refused(what.to_owned());
        };
        let all = gathered.get_or_insert_with(|| {
            let (first, heading) = (path.clone(), heading.clone());
            Gathered { first, heading, of, shards: BTreeMap::new() }
        });
        let first = all.first.display();
        match difference(&heading, &all.heading) {
            Some([what, own, other]) if what != "shard" => {
                let work = H::WORK;
                return refused(format!(
                    "another {work}: its {what} is {own}, not the {other} of {first}"
                ));
            }
            _ if of != all.of => {
                return refused(format!("one of {of} shards, not of the {} of {first}", all.of));
            }
            _ => {}
        }
        if let Some((other, ..)) = all.shards.get(&number) {
            return refused(format!("shard {number} again: it is {}", other.display()));
        }
        if !(1..=of).contains(&number) {
            return refused(format!("no shard: number {number} of {of}"));
        }
        all.shards.insert(number, (path.clone(), heading, lines));
    }
    gathered.ok_or_else(|| CliError::argument("FILE", "expected the journals of some shards"))
}

/// Says which shards have to be repeated, beside JSON on the error stream; and the exit code, which
/// is that of the sum unless something is missing from one as claimed.
pub fn ended(args: &Args, sum: Exit, repeat: &[usize], of: usize) -> Result<Exit, CliError> {
    let repeated = to_be_repeated(repeat, of);
    match args.json {
        true => eprint!("{repeated}"),
        false => files::print(repeated)?,
    }
    Ok(if sum == Exit::AsClaimed && !repeat.is_empty() { Exit::Stopped } else { sum })
}

/// The line that names the shards without a file, or with one that is not finished; empty if there
/// are none.
pub fn to_be_repeated(repeat: &[usize], of: usize) -> String {
    match repeat {
        [] => String::new(),
        _ => {
            let shards = plural(repeat.len(), "shard");
            format!("{shards} of {of} to be repeated: {}\n", ranges(repeat))
        }
    }
}

/// Increasing numbers in the words of a job array: `2,5-7`.
fn ranges(numbers: &[usize]) -> String {
    let mut runs: Vec<[usize; 2]> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some([_, last]) if *last + 1 == number => *last = number,
            _ => runs.push([number; 2]),
        }
    }
    let run = |[first, last]: &[usize; 2]| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    runs.iter().map(run).collect::<Vec<_>>().join(",")
}
