//! The command `slurm`: the job script of a count in shards.

use super::count::notion;
use super::domain_args::Place;
use super::error::CliError;
use crate::net::regions::Notion;
use clap::{Subcommand, value_parser};

/// What is counted on a cluster.
#[derive(Debug, Subcommand)]
pub enum Slurm {
    /// Print the job script of a count in shards: an array, and a merge that waits for it
    #[command(after_help = SCRIPT)]
    Count(Args),
}

/// How the script is used.
const SCRIPT: &str = "\
Use:
  crease slurm count NET --tasks 64 --folder DIR > job.sh && sh job.sh

The folder is one that every node sees. A task that is stopped by its time limit, by the end of its
node or for another job goes on from its journal, and so does a script that is submitted again. The
merge writes DIR/count.txt; it names the shards to repeat where some are missing. CREASE names the
program where it is not on the path.";

/// Arguments of `slurm count`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The network, and where its regions are counted
    #[command(flatten)]
    pub place: Place,
    /// What counts as a region: strict, R1 or R2, whose shards add up
    #[arg(long, value_name = "NOTION", default_value = "R2", ignore_case = true,
          value_parser = notion())]
    pub notion: Notion,
    /// Shards, a task of the array each
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..))]
    pub tasks: u16,
    /// Where journals, logs and the sum are written
    #[arg(long, value_name = "DIR", default_value = "crease-count")]
    pub folder: String,
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

/// The script. Errors: a network that cannot be read, a notion without shards.
pub fn script(Slurm::Count(args): &Slurm) -> Result<String, CliError> {
    if !args.notion.adds_up() {
        let what = "shards are of strict, R1 and R2, whose parts add up";
        return Err(CliError::argument(format!("--notion {}", args.notion.name()), what));
    }
    // What cannot be counted is refused here, and not on every node.
    args.place.read()?;
    let Args { tasks, cores, minutes, .. } = args;
    let count = asked(args);
    let (folder, options) = (quoted(&args.folder), &args.options);
    let limit = minutes.map_or(String::new(), |minutes| format!(" --time={minutes}"));
    // A minute before the limit the count ends by itself, and says so.
    let time = minutes.map_or(String::new(), |minutes| format!(" --time {}", 60 * (minutes - 1)));
    Ok(format!(
        "\
#!/bin/sh
# Counts regions in {tasks} shards, and adds them up: sh FILE, from the folder of the network.
set -eu
mkdir -p {folder}
array=$(sbatch --parsable --job-name=crease-count --array=1-{tasks} \\
  --cpus-per-task={cores}{limit} --requeue --open-mode=append --output={folder}/%a.log \\
  {options} <<'TASK'
#!/bin/sh
shard=$SLURM_ARRAY_TASK_ID
\"${{CREASE:-crease}}\" {count} --shard \"$shard/{tasks}\" --journal {folder}/\"$shard\".jsonl \\
  --threads {cores}{time}
code=$?
# Stopped early: this task goes on from its journal.
[ $code -eq 6 ] && scontrol requeue \"${{SLURM_ARRAY_JOB_ID}}_$shard\"
exit $code
TASK
)
merge=$(sbatch --parsable --job-name=crease-merge --dependency=\"afterok:$array\" \\
  --requeue --open-mode=append --output={folder}/merge.log {options} <<'MERGE'
#!/bin/sh
\"${{CREASE:-crease}}\" merge {folder}/*.jsonl > {folder}/count.txt
MERGE
)
echo \"array $array, merge $merge: the sum is written to\" {folder}/count.txt
"
    ))
}

/// The words of the count.
fn asked(args: &Args) -> String {
    let Place { source, slice, sides, whole } = &args.place;
    let mut words = vec!["count".to_owned(), quoted(&source.network.to_string_lossy())];
    let mut option = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            words.extend([name.to_owned(), quoted(value)]);
        }
    };
    let architecture = source.architecture.as_ref().map(|path| path.to_string_lossy());
    option("--architecture", architecture.as_deref());
    option("--slice", slice.as_deref());
    option("--box", sides.as_deref());
    option("--notion", Some(args.notion.name()));
    words.extend(source.logits.then(|| "--logits".to_owned()));
    words.extend(whole.then(|| "--whole".to_owned()));
    words.join(" ")
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./,".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}
