//! The commands; the arguments of the longer ones stand beside the command.

use super::build::Build;
use super::exit::Exit;
use super::network::Source;
#[cfg(feature = "plot")]
use super::plot;
use super::pool::Threads;
#[cfg(feature = "site")]
use super::site;
use super::slurm::Slurm;
use super::{
    balance, bound, check, conjecture, count, eval, experiment, fit, hunt, merge, new_claim, norm,
    robust, sup_error,
};
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// The theory of convolutional ReLU networks as a test suite, in exact arithmetic.
#[derive(Debug, Parser)]
#[command(name = "crease", version, after_help = Exit::help())]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the claims: id, standing, evidence, title
    List {
        /// Ids, families or prefixes; every claim without any
        names: Vec<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show the card of one claim: statement, source, hypotheses, twins, evidence
    Show {
        /// The id of the claim, or what is enough of it
        id: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Begin a claim: write a complete one, its known cases, its note and its place in the list
    New(new_claim::Args),
    /// Check claims and refute their twins; without arguments, all of them
    #[command(after_help = Exit::help())]
    Check(check::Args),
    /// Search for counterexamples and for tight cases; without arguments, of all claims
    #[command(after_help = Exit::help())]
    Hunt(hunt::Args),
    /// Ask a statement on one line about the regions and norms of networks of a shape: a
    /// counterexample, or what was tried
    #[command(after_help = conjecture::quantities())]
    Conjecture(conjecture::Args),
    /// Write the ledger into a checkout: every claim with its evidence, tightest case and refuted
    /// twins, and the answers of the commands in fixtures/answers
    #[command(after_help = Exit::help())]
    Ledger {
        /// The checkout
        #[arg(value_name = "DIR", default_value = ".")]
        out: PathBuf,
        /// Worker threads
        #[command(flatten)]
        threads: Threads,
    },
    /// Write the catalogue as a site: pages that any browser reads, without a network
    #[cfg(feature = "site")]
    #[command(after_help = Exit::help())]
    Report(site::Args),
    /// Ask the cases of a file again, as `check --save` writes them or fixtures keep them
    Replay {
        /// A saved counterexample, or a file of known cases
        file: PathBuf,
        /// The claim that a file of known cases belongs to; its path says so if not given
        #[arg(long, value_name = "ID")]
        claim: Option<String>,
    },
    /// Have certificates checked by the independent checker
    Recheck {
        /// Accept only certificates that state the network of this file
        #[arg(long = "net", value_name = "NETWORK")]
        network: Option<PathBuf>,
        /// Have them checked by the program that is extracted from a proof, for the kinds it reads:
        /// `crease-verified` beside this one, or where `CREASE_VERIFIED` says
        #[arg(long, conflicts_with = "network")]
        verified: bool,
        /// Certificate files, or folders of them; - is standard input
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Evaluate a network at a point, exactly
    #[command(after_help = eval::KINKS)]
    Eval(eval::Args),
    /// Write a network as a network file: every number exact, the same function; or as an ONNX
    /// model, with every number rounded to single precision, and by how much at most
    Convert {
        /// The network
        #[command(flatten)]
        source: Source,
        /// Only the flat through some points, as a network of coordinates in it: FILE is a points
        /// file; the first point becomes the origin, the others the unit vectors
        #[arg(long, value_name = "FILE[#NAME,NAME,..]")]
        slice: Option<String>,
        /// An ONNX model of doubles: nearer to the network, but few runtimes have all operators
        #[arg(long)]
        double: bool,
        /// The network file to write, or the ONNX model if it ends in .onnx; standard output if
        /// not given
        to: Option<PathBuf>,
    },
    /// Fit data with the network of least norm, or with the fewest units, exactly
    #[command(after_help = fit::DATA)]
    Fit(fit::Args),
    /// Count the linear regions of a network, exactly
    #[command(after_help = Exit::help())]
    Count(count::Args),
    /// Add up the shards of a count, or name those that have to be repeated
    #[command(after_help = Exit::help())]
    Merge(merge::Args),
    /// Print a job script for Slurm
    Slurm {
        /// What is done there
        #[command(subcommand)]
        what: Slurm,
    },
    /// Find how far a point is from another label of a network, exactly
    #[command(after_help = robust::WORDS)]
    Robust(robust::Args),
    /// Build a network for a function, with a certified bound of the error
    Build {
        /// What is built
        #[command(subcommand)]
        what: Build,
    },
    /// Bound how far a network is from a function on a box, from above and below
    #[command(after_help = sup_error::FUNCTIONS)]
    Error(sup_error::Args),
    /// Draw the linear regions of a network of two inputs, or of a slice through three points; the
    /// outputs of a network along a line; or a network beside a function
    #[cfg(feature = "plot")]
    Plot(plot::Args),
    /// Print what the weights of a network cost: decay, path norms, total variation, and the
    /// balance of each channel
    #[command(after_help = norm::NORMS)]
    Norm(norm::Args),
    /// Write the same function by weights of least decay, with a proof of how near they are
    #[command(after_help = balance::RESCALINGS)]
    Balance(balance::Args),
    /// Print every known bound for the number of linear regions of a shape, side by side
    #[command(after_help = bound::SHAPES)]
    Bound(bound::Args),
    /// Ask many seeds a question about training, exactly, and test the counts
    #[command(after_help = Exit::help())]
    Experiment(experiment::Args),
    /// Print a completion script
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the man page of the program, or of one of its commands
    Man {
        /// The command
        command: Option<String>,
    },
}
