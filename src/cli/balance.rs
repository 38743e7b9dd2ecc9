//! The command `balance`: the same function by weights of least decay, up to a proved factor.

use super::error::CliError;
use super::exit::Exit;
use super::files;
use super::interrupt;
use super::network::{Source, write};
use super::progress::LateBar;
use super::weigh::{Charged, Number, refusals, short, shown};
use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;
use crate::format::file::NetworkFile;
use crate::report::plural;
use crate::spline::weights::{
    Balance, Rescaling, Rounding, balance as balanced, certify_balance, decay_of,
};
use serde::Serialize;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What the command promises.
pub const RESCALINGS: &str = "\
A rescaling multiplies what writes a channel by a positive factor and divides what reads it by the
same: the function stays, exactly. Factors are chosen so that the sum of squares is least. The
infimum over all rescalings is bounded from below by a proof, and --certify writes it down.

What is written is exact in a network file. An ONNX model rounds every number to a double; with
--powers-of-two the factors are powers of two, and numbers that are doubles stay what they are.

Channels joined by a residual layer, a pool or a shared bias have one factor. Units at an activation
that is not positively homogeneous (hard tanh) keep the factor 1.";

/// Arguments of `balance`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The network
    #[command(flatten)]
    source: Source,
    /// The balanced network to write: a network file, or an ONNX model if it ends in .onnx
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// What is charged
    #[command(flatten)]
    charged: Charged,
    /// Factors that are powers of two
    #[arg(long)]
    powers_of_two: bool,
    /// Ask whether the decay is within this factor of the infimum, such as 1.000001; exit code 2
    /// if that is not proved
    #[arg(long, value_name = "F")]
    within: Option<Rational>,
    /// Write a certificate of both bounds to a file, for `crease-recheck`
    #[arg(long, value_name = "FILE")]
    certify: Option<PathBuf>,
    /// Stop looking for better factors after T seconds
    #[arg(long, value_name = "T")]
    time: Option<u64>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    network: &'a str,
    /// What is charged, in words.
    charged: &'static str,
    before: Number,
    after: Number,
    /// No rescaling has a smaller decay.
    infimum: &'a Rational,
    /// The decay after is at most so many times the infimum; `None` if that is 0.
    factor: Option<String>,
    /// With `--within`: whether that is proved.
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<bool>,
    channels: usize,
    /// Activations at which units keep their scale, counted from one.
    fixed: Vec<usize>,
    complete: bool,
}

/// Digits of a factor after the point.
const DIGITS: u32 = 15;

/// Balances what the command line names, writes it, and prints what is proved.
pub fn balance(args: &Args) -> Result<Exit, CliError> {
    let file = args.source.read()?;
    let (rescaling, charge) = (Rescaling::of(&file.network), args.charged.charge());
    let edges = rescaling.edges(&file.network.parameters(), charge);
    let (rounding, start) = (rounding(args), Instant::now());
    let limit = args.time.map(Duration::from_secs);
    let mut bar = LateBar::new(None, "{pos} sweeps  {elapsed}", start);
    interrupt::watch("stopping between two sweeps");
    let mut complete = true;
    let found = balanced(rescaling.channels(), &edges, rounding, &mut || {
        bar.bar.inc(1);
        bar.tick();
        complete = !interrupt::seen() && limit.is_none_or(|limit| start.elapsed() < limit);
        complete
    });
    bar.bar.finish_and_clear();
    let network = rescaling.apply(&file.network, &found.factors);
    let written = NetworkFile { network, truth: None, ..file.clone() };
    eprint!("{}", write(&args.out, &written, false)?);
    if let Some(path) = &args.certify {
        let claim = "symmetry/least_decay";
        let mut out = files::create(path)?;
        certify_balance(&file.network, &rescaling, charge, &found, claim, &mut out)
            .and_then(|()| out.flush())
            .and_then(|()| out.finish())
            .map_err(CliError::at(path))?;
    }
    let before = decay_of(&file.network, &rescaling, charge);
    let within = args.within.as_ref().map(|f| *found.decay.hi() <= f * &found.least);
    let report = Report {
        network: &file.name,
        charged: args.charged.words(),
        before: (&before).into(),
        after: (&found.decay).into(),
        infimum: &found.least,
        factor: factor(&found),
        within,
        channels: rescaling.channels() - 1,
        fixed: rescaling.refused().iter().map(|refused| refused.activation + 1).collect(),
        complete,
    };
    files::print(match args.json {
        true => files::json(&report),
        false => {
            let mut text = lines(&report, &before, &found);
            refusals(&rescaling).for_each(|words| text += &format!("{words}\n"));
            text
        }
    })?;
    Ok(match (within, complete) {
        (Some(false), true) => Exit::NotAsClaimed,
        (_, false) => Exit::Stopped,
        _ => Exit::AsClaimed,
    })
}

fn rounding(args: &Args) -> Rounding {
    if args.powers_of_two { Rounding::PowersOfTwo } else { Rounding::Fine }
}

/// The decay over its lower bound, rounded up.
fn factor(found: &Balance) -> Option<String> {
    let is_positive = found.least.is_positive();
    is_positive.then(|| super::sup_error::fixed(&(found.decay.hi() / &found.least), true, DIGITS))
}

fn lines(report: &Report<'_>, before: &Enclosure, found: &Balance) -> String {
    let (network, charged) = (report.network, report.charged);
    let channels = plural(report.channels, "channel");
    let mut text = format!("decay of {network} ({charged}, {channels}): {}\n", shown(before));
    text += &format!("balanced: {}\n", shown(&found.decay));
    let least = short(&found.least, false);
    text += &match &report.factor {
        Some(factor) => format!(
            "no rescaling has less than {least}: the balanced network is within a factor {factor}\n"
        ),
        None => format!("no rescaling has less than {least}: nothing better is proved\n"),
    };
    if report.within == Some(false) {
        text += "that it is within the factor of --within is not proved\n";
    }
    text
}
