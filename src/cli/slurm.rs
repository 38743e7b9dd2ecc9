//! The command `slurm`: job scripts of work in shards.

use super::domain_args::{Counted, Place};
use super::error::CliError;
use super::{hunt, select};
use clap::{Subcommand, value_parser};

/// What is done on a cluster.
#[derive(Debug, Subcommand)]
pub enum Slurm {
    /// Print the job script of a count in shards: an array, and a merge that waits for it
    #[command(after_help = SCRIPT)]
    Count {
        /// What is counted
        #[command(flatten)]
        counted: Counted,
        /// Write a certificate, too: DIR/count.cert.gz
        #[arg(long)]
        certify: bool,
        /// The array
        #[command(flatten)]
        array: Array,
    },
    /// Print the job script of a check in shards
    #[command(after_help = SCRIPT)]
    Check {
        /// Ids, families or prefixes; every claim without any
        names: Vec<String>,
        /// Cases to draw for a claim
        #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..))]
        cases: u32,
        /// Seed
        #[arg(long, value_name = "S", default_value_t = 0)]
        seed: u64,
        /// The array
        #[command(flatten)]
        array: Array,
    },
    /// Print the job script of a hunt in shards
    #[command(after_help = SCRIPT)]
    Hunt {
        /// Ids, families or prefixes; every claim without any
        names: Vec<String>,
        /// Steps a claim, shared by the islands
        #[arg(long, value_name = "N", value_parser = value_parser!(u64).range(1..))]
        steps: u64,
        /// Islands: one that is stopped begins anew, so let them be short; 4 a task if not given
        #[arg(long, value_name = "K", value_parser = value_parser!(u64).range(1..=1 << 20))]
        islands: Option<u64>,
        /// Steps in size beyond drawn cases
        #[arg(long, value_name = "N", default_value_t = hunt::GROWTH)]
        grow: u8,
        /// Seed
        #[arg(long, value_name = "S", default_value_t = 0)]
        seed: u64,
        /// Hunt the twins too
        #[arg(long)]
        twins: bool,
        /// The array
        #[command(flatten)]
        array: Array,
    },
}

/// How the script is used.
const SCRIPT: &str = "\
Use:
  crease slurm count NET --tasks 64 --folder DIR > job.sh && sh job.sh

The folder is one that every node sees. A task that is stopped by its time limit, by the end of its
node or for another job goes on from its journal, and so does a script that is submitted again; one
that a whole turn did not bring on is not queued again. The merge writes DIR/count.txt, or
check.txt, or hunt.txt; it names the shards to repeat where some are missing. CREASE names the
program where it is not on the path.";

/// Arguments of every array of tasks.
#[derive(Debug, clap::Args)]
pub struct Array {
    /// Shards, a task of the array each
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..))]
    pub tasks: u16,
    /// Where journals, logs and the sum are written; crease-count, crease-check or crease-hunt if
    /// not given
    #[arg(long, value_name = "DIR")]
    pub folder: Option<String>,
    /// Cores of a task
    #[arg(long, value_name = "C", default_value_t = 1,
          value_parser = value_parser!(u16).range(1..))]
    pub cores: u16,
    /// Minutes of a task, after which it is queued again; no limit of its own if not given
    #[arg(long, value_name = "M", value_parser = value_parser!(u32).range(2..))]
    pub minutes: Option<u32>,
    /// More options of every `sbatch`, such as --partition=all
    #[arg(long, value_name = "OPTIONS", default_value = "", allow_hyphen_values = true)]
    pub options: String,
}

/// The script. What cannot be done is refused here, and not on every node. Errors: a network that
/// cannot be read, a notion without shards, a name that means nothing, fewer islands than tasks.
pub fn script(what: &Slurm) -> Result<String, CliError> {
    match what {
        Slurm::Count { counted: Counted { place, notion }, certify, array } => {
            if !notion.adds_up() {
                let what = "shards are of strict, R1 and R2, whose parts add up";
                return Err(CliError::argument(format!("--notion {}", notion.name()), what));
            }
            place.read()?;
            let mut words = of_place(place);
            words.option("--notion", Some(notion.name()));
            Ok(array.script("count", words, *certify))
        }
        Slurm::Check { names, cases, seed, array } => {
            select::claims(names)?;
            let mut words = Words(names.iter().map(|name| quoted(name)).collect());
            words.option("--cases", Some(cases));
            words.option("--seed", Some(seed));
            Ok(array.script("check", words, false))
        }
        Slurm::Hunt { names, steps, islands, grow, seed, twins, array } => {
            select::claims(names)?;
            let islands = islands.unwrap_or(4 * u64::from(array.tasks));
            if islands < array.tasks.into() {
                let what = format!("{islands} islands are fewer than the {} tasks", array.tasks);
                return Err(CliError::argument("--islands", what));
            }
            let mut words = Words(names.iter().map(|name| quoted(name)).collect());
            words.option("--steps", Some(steps));
            words.option("--islands", Some(islands));
            words.option("--grow", Some(grow));
            words.option("--seed", Some(seed));
            words.flag("--twins", *twins);
            Ok(array.script("hunt", words, false))
        }
    }
}

impl Array {
    /// The script of a command with these words.
    fn script(&self, work: &str, Words(words): Words, certifies: bool) -> String {
        let Self { tasks, cores, minutes, options, .. } = self;
        let folder = self.folder.clone().unwrap_or_else(|| format!("crease-{work}"));
        let (folder, words) = (quoted(&folder), words.join(" "));
        let limit = minutes.map_or(String::new(), |minutes| format!(" --time={minutes}"));
        // A minute before the limit the work ends by itself, and says so.
        let time =
            minutes.map_or(String::new(), |minutes| format!(" --time {}", 60 * (minutes - 1)));
        let (journal, certify) = match certifies {
            true => ("--certify", format!(" --certify {folder}/{work}.cert.gz")),
            false => ("--journal", String::new()),
        };
        format!(
            "\
#!/bin/sh
# A {work} in {tasks} shards, and their sum: sh FILE, from the folder where it was printed.
set -eu
mkdir -p {folder}
array=$(sbatch --parsable --job-name=crease-{work} --array=1-{tasks} \\
  --cpus-per-task={cores}{limit} --requeue --open-mode=append --output={folder}/%a.log \\
  {options} <<'TASK'
#!/bin/sh
shard=$SLURM_ARRAY_TASK_ID
size() {{ wc -c 2>/dev/null < {folder}/\"$shard\".jsonl || echo 0; }}
before=$(size)
\"${{CREASE:-crease}}\" {work} {words} \\
  --shard \"$shard/{tasks}\" {journal} {folder}/\"$shard\".jsonl \\
  --threads {cores}{time}
code=$?
# Stopped early: this task goes on from its journal, if it has come on.
[ $code -eq 6 ] && [ $(size) -gt $before ] && scontrol requeue \"${{SLURM_ARRAY_JOB_ID}}_$shard\"
exit $code
TASK
)
merge=$(sbatch --parsable --job-name=crease-merge --dependency=\"afterok:$array\" \\
  --requeue --open-mode=append --output={folder}/merge.log {options} <<'MERGE'
#!/bin/sh
\"${{CREASE:-crease}}\" merge {folder}/*.jsonl{certify} > {folder}/{work}.txt
MERGE
)
echo \"array $array, merge $merge: the sum is written to\" {folder}/{work}.txt
"
        )
    }
}

/// Words of a command, as a shell reads them.
struct Words(Vec<String>);

impl Words {
    fn option(&mut self, name: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.0.extend([name.to_owned(), quoted(&value.to_string())]);
        }
    }

    fn flag(&mut self, name: &str, is_given: bool) {
        self.0.extend(is_given.then(|| name.to_owned()));
    }
}

fn of_place(place: &Place) -> Words {
    let Place { source, slice, sides, whole } = place;
    let mut words = Words(vec![quoted(&source.network.to_string_lossy())]);
    let architecture = source.architecture.as_ref().map(|path| path.to_string_lossy());
    words.option("--architecture", architecture.as_deref());
    words.option("--slice", slice.as_deref());
    words.option("--box", sides.as_deref());
    words.flag("--logits", source.logits);
    words.flag("--whole", *whole);
    words
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./,".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}
