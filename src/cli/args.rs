//! The command line.

use super::build::Build;
use super::domain_args::Place;
use super::exit::Exit;
use super::network::Source;
use crate::exact::Rational;
use crate::experiment::width::DECIDING_SEED;
use crate::net::regions::Notion;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, value_parser};
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
    /// Check claims and refute their twins; without arguments, all of them
    #[command(after_help = Exit::help())]
    Check(Check),
    /// Write the ledger into a checkout: every claim with its evidence, tightest case and refuted
    /// twins, and the answers of the commands in fixtures/answers
    #[command(after_help = Exit::help())]
    Ledger {
        /// The checkout
        #[arg(value_name = "DIR", default_value = ".")]
        out: PathBuf,
        /// Worker threads; one a core if not given
        #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
        threads: Option<u16>,
    },
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
        /// Certificate files; - is standard input
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Evaluate a network at a point, exactly
    #[command(after_help = KINKS)]
    Eval {
        /// The network
        #[command(flatten)]
        source: Source,
        /// The point: exact numbers with commas between, such as 1/2,0,3
        #[arg(long, value_name = "POINT", allow_hyphen_values = true)]
        at: String,
        /// Print the derivative of each output too; where units are at a kink, that on the cell
        /// just below the point, and these units
        #[arg(long)]
        gradient: bool,
        /// Print the activation pattern too
        #[arg(long)]
        pattern: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write a network as a network file: every number exact, the same function; or as an ONNX
    /// model, with every number rounded to the nearest double
    Convert {
        /// The network
        #[command(flatten)]
        source: Source,
        /// Only the flat through some points, as a network of coordinates in it: FILE is a points
        /// file; the first point becomes the origin, the others the unit vectors
        #[arg(long, value_name = "FILE[#NAME,NAME,..]")]
        slice: Option<String>,
        /// The network file to write, or the ONNX model if it ends in .onnx; standard output if
        /// not given
        to: Option<PathBuf>,
    },
    /// Count the linear regions of a network, exactly
    #[command(after_help = Exit::help())]
    Count(Count),
    /// Build a network for a function, with a certified bound of the error
    Build {
        /// What is built
        #[command(subcommand)]
        what: Build,
    },
    /// Bound how far a network is from a function on a box, from above and below
    #[command(after_help = FUNCTIONS)]
    Error(Distance),
    /// Draw the linear regions of a network of two inputs, or of a slice through three points; the
    /// outputs of a network along a line; or a network beside a function
    #[cfg(feature = "plot")]
    Plot(Plot),
    /// Print every known bound for the number of linear regions of a shape, side by side
    #[command(after_help = SHAPES)]
    Bound(Bound),
    /// Ask many seeds a question about training, exactly, and test the counts
    #[command(after_help = Exit::help())]
    Experiment(Experiment),
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

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Ids, families or prefixes; every claim without any
    pub names: Vec<String>,
    /// Cases to draw for a claim; a twin may draw four times as many before it counts as survived
    #[arg(long, value_name = "N", default_value_t = DEFAULT_CASES,
          value_parser = value_parser!(u32).range(1..))]
    pub cases: u32,
    /// Seed, added to the one that each id fixes
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Stop after T seconds, finished or not; asked between two cases
    #[arg(long, value_name = "T")]
    pub time: Option<u64>,
    /// Worker threads; one a core if not given. The output does not depend on it
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print JSON, as described by proofs/check.schema.json
    #[arg(long)]
    pub json: bool,
    /// Write every counterexample, those of twins included, to a file of its own for `replay`
    #[arg(long, value_name = "DIR")]
    pub save: Option<PathBuf>,
}

/// A notion by its short name, in any case.
fn notion() -> impl TypedValueParser<Value = Notion> {
    PossibleValuesParser::new(Notion::ALL.map(Notion::name)).map(|name| {
        let named = Notion::ALL.into_iter().find(|n| n.name().eq_ignore_ascii_case(&name));
        named.expect("the parser admits names only")
    })
}

/// Arguments of `count`.
#[derive(Debug, Args)]
pub struct Count {
    /// The network, and where its regions are counted
    #[command(flatten)]
    pub place: Place,
    /// What counts as a region: strict sign patterns (strict), activation regions with (R1) or
    /// without (R2) lower-dimensional ones, affine regions (R4), different affine maps (R6)
    #[arg(long, value_name = "NOTION", default_value = "R2", ignore_case = true,
          value_parser = notion())]
    pub notion: Notion,
    /// Stop when N regions are found: the answer is then a lower bound. For R4, which keeps all
    /// cells in memory, give up beyond N cells; a million if not given
    #[arg(long, value_name = "N", value_parser = value_parser!(u64).range(1..))]
    pub limit: Option<u64>,
    /// Stop after T seconds: the answer is then a lower bound
    #[arg(long, value_name = "T")]
    pub time: Option<u64>,
    /// Worker threads; one a core if not given. The answer does not depend on it
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Note finished parts in a file, and begin with what is noted there: a count that was
    /// interrupted goes on when it is asked again
    #[arg(long, value_name = "FILE")]
    pub journal: Option<PathBuf>,
    /// Write every region of R2 to a file, a line of JSON each, as described by
    /// proofs/region.schema.json
    #[arg(long, value_name = "FILE.jsonl", conflicts_with = "journal")]
    pub out: Option<PathBuf>,
    /// Write a certificate of the count to a file, for `crease-recheck`: strict or R2; packed if
    /// it is called `.gz`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["journal", "out", "limit"])]
    pub certify: Option<PathBuf>,
    /// Let the certificate prove only that there are at least so many, and refute nothing: for
    /// where a theorem says that there are no more
    #[arg(long, requires = "certify")]
    pub at_least: bool,
    /// Say there which regions share a facet; keeps all of them in memory
    #[arg(long, requires = "out")]
    pub adjacency: bool,
    /// Print JSON, as described by proofs/count.schema.json
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `error`.
#[derive(Debug, Args)]
pub struct Distance {
    /// The network, which writes one number
    #[command(flatten)]
    pub source: Source,
    /// The function of its inputs
    #[arg(long = "f", value_name = "EXPR", allow_hyphen_values = true)]
    pub function: String,
    /// Where: LO,HI for every side or a pair for each, or [LO,HI]^N, or [LO,HI]x[LO,HI]; the box
    /// that the file names if not given
    #[arg(long = "box", value_name = "BOX", allow_hyphen_values = true)]
    pub sides: Option<String>,
    /// Ask only whether the distance is at most E; exit code 2 if it is more
    #[arg(long = "eps", value_name = "E")]
    pub within: Option<Rational>,
    /// Digits after the point, for a piecewise polynomial function of one variable
    #[arg(long, value_name = "N", default_value_t = 9, conflicts_with = "certify",
          value_parser = value_parser!(u32).range(1..=1000))]
    pub digits: u32,
    /// Stop when N boxes were looked at
    #[arg(long, value_name = "N", default_value_t = 1_000_000,
          value_parser = value_parser!(u64).range(1..))]
    pub limit: u64,
    /// Stop after T seconds
    #[arg(long, value_name = "T")]
    pub time: Option<u64>,
    /// Write a certificate of both bounds to a file, for `crease-recheck`
    #[arg(long, value_name = "FILE")]
    pub certify: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `plot`.
#[cfg(feature = "plot")]
#[derive(Debug, Args)]
pub struct Plot {
    /// The network, and what of it is drawn
    #[command(flatten)]
    pub place: Place,
    /// Draw the network beside this function of its inputs, and the difference
    #[arg(long = "f", value_name = "EXPR", allow_hyphen_values = true, conflicts_with = "slice")]
    pub function: Option<String>,
    /// The picture to write
    #[arg(long, value_name = "FILE.svg")]
    pub out: PathBuf,
}

/// Arguments of `bound`.
#[derive(Debug, Args)]
pub struct Bound {
    /// The input: HEIGHTxWIDTHxCHANNELS, or a part of it
    #[arg(long, value_name = "INPUT")]
    pub input: String,
    /// A layer, first to last: HEIGHTxWIDTH:FILTERS/sSTRIDE, or a part of it
    #[arg(long = "layer", value_name = "LAYER", required = true)]
    pub layers: Vec<String>,
    /// Steps that one count may take before it is given up
    #[arg(long, value_name = "N", default_value_t = 1 << 19)]
    pub limit: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `experiment`.
#[derive(Debug, Args)]
pub struct Experiment {
    /// Which experiment
    pub name: ExperimentName,
    /// Seed; the default is the one that decides, others explore
    #[arg(long, value_name = "S", default_value_t = DECIDING_SEED)]
    pub seed: u64,
    /// Also run the theorem at the width it asks for: half a billion units
    #[arg(long)]
    pub long: bool,
    /// Write pictures of the widths into a folder
    #[cfg(feature = "plot")]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Stop after T seconds; rows that are not finished say so
    #[arg(long, value_name = "T")]
    pub time: Option<u64>,
    /// Worker threads; one a core if not given. The answer does not depend on it
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The experiments.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ExperimentName {
    /// How much width gradient descent needs
    Width,
}

/// What `eval` says at a kink.
const KINKS: &str = "\
At a kink:
  A unit is at a kink where its activation changes slope, or where a max-pool has several greatest
  entries. Each is printed as `kink layer L unit U`, counted from one; layers are the lines of
  --pattern, units their entries.
  The gradient is then that on the cell which x - (e, e^2, .., e^n) enters for small e > 0: a step
  down along the first input, then along the second, and so on; with one input it is the derivative
  from the left. It is exact, and it is the gradient of the network wherever that has one.
  The pattern is that at the point itself: the left piece of every unit, the first greatest entry.";

/// The grammar of functions.
pub const FUNCTIONS: &str = "\
Functions:
  --f \"abs(x1) + exp(-x1^2 - 2*x2^2)\"
  --f \"1/(1 + |x|^2)\"        |x|^2 is the sum of the squares of all inputs
  --f \"max(x, 3/7)^(1/2)\"    x is x1 where there is one input

  + - * / and ^ with a number; numbers such as 2, 0.25 and 3/7, and pi; x1, x2, ..; |x|^2;
  abs relu sqrt exp log sin cos of one argument, max min of two or more

Both bounds are proved: the upper one by enclosures on parts of the box, the lower one at the point.
Without --eps, work goes on until they are within two percent of each other. Where f is made of
+ - * / and powers, abs, relu, max and min of one variable, roots of polynomials are isolated
instead: the distance is exact if it is a fraction, else known to any number of digits. A
certificate is of the bounds by parts.";

/// Sums of ridge functions, and the file that gives one by its filters.
pub const RIDGES: &str = "\
A sum of ridge functions is an affine function and multiples of relu of affine functions:
  --f \"1/2 - x1 + 3*relu(x1 + 2*x2 - 1/3) - abs(x2)\"
abs, max and min of affine functions are such sums too. The directions become one long filter, which
is cut into filters of length S; where those are not rational they are rounded, and what that
changes is bounded exactly.

  --f \"exp(-x^2)\" --direction 1,2 --eps 1/20
is near exp(-(x1 + 2*x2)^2): the form, then copies of it that interpolate f.

  --from FILE.toml gives the filters, from which the directions are read: with W their product, the
  direction a_k has the entries W[(k + 1) d - 1], .., W[k d]
    width = 2                                     d, the number of inputs
    constant = \"1/2\"
    slope = 1                                     the factor of <a_0, x>
    filters = [[1, 1, 0], [1, \"-1/2\", 0]]       all of one length
    coefficients = [3]                            of the ridges of a_1, a_2, ..
    knots = [\"1/3\"]                             relu(<a_k, x> - knot)";

/// The grammar of shapes.
const SHAPES: &str = "\
Shapes:
  --input 3x3x1          height 3, width 3, one channel
  --input 3x3            the same
  --input 5              a vector: height 1, width 5
  --layer 2x2:3          three filters of height 2 and width 2, stride 1
  --layer 1x2:3/s2       with stride 2 along both axes; /s1x2 gives one for each
  --layer 4              dense: four units, each of which reads everything

A ReLU follows every layer, nothing is padded, and a filter has one bias for all its positions.
Counted are strict sign patterns of all units; every bound is about the largest number of them
over all weights and biases.";

/// The budget of people, CI and the ledger, in cases a claim.
pub const DEFAULT_CASES: u32 = 256;
