//! The command `norm`: what the weights of a network cost.

use super::error::CliError;
use super::eval::point;
use super::exit::Exit;
use super::network::Source;
use super::weigh::{Charged, Number, refusals, short, shown};
use super::{files, interrupt, slice};
use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;
use crate::net::Network;
use crate::report::plural;
use crate::spline::ridge::{Norm, Ridges};
use crate::spline::univariate::{along_line, tv2};
use crate::spline::weights::{
    ChannelNorms, Rescaling, channel_norms, decay_of, path_norm, path_sum,
};
use serde::Serialize;
use std::fmt::Write;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The words of the command.
pub const NORMS: &str = "\
Norms:
  decay          the sum of the squares of all weights: what weight decay charges for
  path norm      one hidden layer: the sum of |in| |out| over its channels, Euclidean norms; half
                 the least decay of all rescalings, if nothing leads past the layer
  RTV2           one hidden layer: the second-order total variation of the function in the Radon
                 domain, the least path norm of all dense layers that are this function, up to an
                 affine one. A filter counts at every position, and may cost more than once
  l1 path norm   the sum over all paths of the product of |weight|; an activation counts with its
                 steepest slope. The l2 path norm squared is the same with squares
  TV2            the sum of the jumps of the slope along a line, with 0 at its first point and 1 at
                 its second one
  balance        a channel is balanced if what writes it and what reads it have equal squares: at
                 every stationary point of a loss with weight decay they do";

/// Arguments of `norm`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The network
    #[command(flatten)]
    source: Source,
    /// Along the line through two points: FILE is a points file
    #[arg(long, value_name = "FILE#NAME,NAME", conflicts_with = "from")]
    slice: Option<String>,
    /// Along the line from this point, exact numbers with commas between
    #[arg(long, value_name = "POINT", requires = "to", allow_hyphen_values = true)]
    from: Option<String>,
    /// To this one
    #[arg(long, value_name = "POINT", requires = "from", allow_hyphen_values = true)]
    to: Option<String>,
    /// What is charged
    #[command(flatten)]
    charged: Charged,
    /// Stop after T seconds: what is not known by then is left out
    #[arg(long, value_name = "T")]
    time: Option<u64>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// The most units, inputs and outputs of a network whose function is written out for RTV2: each
/// unit is a form of all inputs.
const LARGEST: usize = 2048;
/// Binary places of what is enclosed.
const BITS: u32 = 64;

#[derive(Serialize)]
struct Report {
    network: String,
    /// What is charged, in words.
    charged: &'static str,
    decay: Number,
    /// With one hidden layer.
    path_norm: Option<Number>,
    rtv2: Option<Number>,
    l1_path_norm: Option<Rational>,
    l2_path_norm_squared: Option<Rational>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<Line>,
    channels: Vec<Channel>,
    balanced: usize,
    /// Activations at which units keep their scale, counted from one.
    fixed: Vec<usize>,
}

#[derive(Serialize)]
struct Line {
    from: String,
    to: String,
    /// One number an output.
    tv2: Vec<Rational>,
    /// The same, only knots between the two points.
    tv2_between: Vec<Rational>,
}

#[derive(Serialize)]
struct Channel {
    /// The affine layer that writes it, and its unit or channel there, counted from one.
    layer: usize,
    channel: usize,
    #[serde(rename = "in")]
    incoming: Rational,
    bias: Rational,
    #[serde(rename = "out")]
    outgoing: Rational,
    balanced: bool,
}

/// Prints what the weights cost; what takes too long is left out, and the exit code says so.
pub fn norm(args: &Args) -> Result<Exit, CliError> {
    let watch = Watch::new(args.time);
    let file = args.source.read()?;
    let network = &file.network;
    let ends = ends(args, network)?;
    let (rescaling, charge) = (Rescaling::of(network), args.charged.charge());
    let channels = channel_norms(network, &rescaling);
    let decay = decay_of(network, &rescaling, charge);
    let path = path_norm(network, &rescaling, charge, BITS);
    let is_large = path.is_some() && size(network) > LARGEST;
    // The quick ones first.
    let [first, second] = [1, 2].map(|power| watch.part(network, move |n| path_sum(n, power)));
    let line = ends.map(|ends| watch.part(network, move |n| line(n, ends)));
    let seminorm = |network: &Network| {
        let ridges = Ridges::of_network(network).ok()?;
        Some(ridges.seminorm(Norm::L2, BITS))
    };
    let rtv2 = (path.is_some() && !is_large).then(|| watch.part(network, seminorm));
    let parts = [
        ("l1 path norm", first.is_none()),
        ("l2 path norm", second.is_none()),
        ("TV2 along the line", matches!(line, Some(None))),
        ("RTV2", matches!(rtv2, Some(None))),
    ];
    let late: Vec<&str> = parts.iter().filter(|(_, is_late)| *is_late).map(|p| p.0).collect();
    let rtv2 = rtv2.flatten().flatten();
    let report = Report {
        network: file.name.clone(),
        charged: args.charged.words(),
        decay: (&decay).into(),
        path_norm: path.as_ref().map(Number::from),
        rtv2: rtv2.as_ref().map(Number::from),
        l1_path_norm: first,
        l2_path_norm_squared: second,
        line: line.flatten(),
        balanced: channels.iter().filter(|own| own.is_balanced(charge)).count(),
        channels: channels.iter().map(|own| channel(own, own.is_balanced(charge))).collect(),
        fixed: rescaling.refused().iter().map(|refused| refused.activation + 1).collect(),
    };
    let exit = if late.is_empty() { Exit::AsClaimed } else { Exit::Stopped };
    if args.json {
        files::print(files::json(&report))?;
        return Ok(exit);
    }
    let mut out = lines(&report, [Some(&decay), path.as_ref(), rtv2.as_ref()]);
    if is_large {
        let _ = writeln!(out, "RTV2 left out: more than {LARGEST} units, inputs and outputs");
    }
    for name in late {
        let _ = writeln!(out, "{name} left out: stopped before it was known");
    }
    refusals(&rescaling).for_each(|words| out += &format!("{words}\n"));
    files::print(out)?;
    Ok(exit)
}

/// How long the parts of a report may take.
struct Watch {
    end: Option<Instant>,
}

impl Watch {
    /// Between two looks at the clock.
    const TICK: Duration = Duration::from_millis(20);

    fn new(seconds: Option<u64>) -> Self {
        interrupt::watch("stopping");
        Self { end: seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds)) }
    }

    /// What `work` makes of the network; `None` if the time is over before, or at an interrupt.
    /// The work then goes on beside until the program ends.
    fn part<T: Send + 'static>(
        &self,
        network: &Network,
        work: impl FnOnce(&Network) -> T + Send + 'static,
    ) -> Option<T> {
        let (send, receive) = mpsc::channel();
        let network = network.clone();
        let worker = thread::spawn(move || {
            // Nobody listens once the time is over.
            let _ = send.send(work(&network));
        });
        loop {
            match receive.recv_timeout(Self::TICK) {
                Ok(made) => return Some(made),
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                    return None;
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    let is_over = self.end.is_some_and(|end| Instant::now() >= end);
                    if is_over || interrupt::seen() {
                        return None;
                    }
                }
            }
        }
    }
}

fn size(network: &Network) -> usize {
    network.units() + network.input().units() + network.output().units()
}

/// Two points of a line, each with its name.
type Ends = [(String, Vec<Rational>); 2];

/// The two points that the command line names.
fn ends(args: &Args, network: &Network) -> Result<Option<Ends>, CliError> {
    let both = match (&args.slice, &args.from, &args.to) {
        (Some(slice), ..) => {
            let points = slice::points(slice)?.into_iter().map(|point| (point.name, point.at));
            let points: Vec<_> = points.collect();
            points.try_into().map_err(|points: Vec<_>| {
                let what = format!("a line goes through 2 points, found {}", points.len());
                CliError::argument(format!("--slice {slice}"), what)
            })?
        }
        (_, Some(from), Some(to)) => {
            [(from.clone(), point("--from", from)?), (to.clone(), point("--to", to)?)]
        }
        _ => return Ok(None),
    };
    let expected = network.input().units();
    for (name, at) in &both {
        if at.len() != expected {
            let what = format!("the network takes {expected} numbers, found {}", at.len());
            return Err(CliError::argument(format!("the point {name}"), what));
        }
    }
    if both[0].1 == both[1].1 {
        let what = "expected two different points".to_owned();
        return Err(CliError::argument(format!("{} and {}", both[0].0, both[1].0), what));
    }
    Ok(Some(both))
}

fn line(network: &Network, [(from, start), (to, end)]: Ends) -> Line {
    let direction: Vec<_> = end.iter().zip(&start).map(|(b, a)| b - a).collect();
    let outputs = along_line(network, &start, &direction);
    let inside = |t: &Rational| t.is_positive() && *t < Rational::ONE;
    let between = |f: &crate::net::Activation| -> Rational {
        let jumps = f.pieces().windows(2).map(|pair| (&pair[1].0 - &pair[0].0).abs());
        f.breakpoints().iter().zip(jumps).filter(|(t, _)| inside(t)).map(|(_, jump)| jump).sum()
    };
    Line {
        from,
        to,
        tv2: outputs.iter().map(tv2).collect(),
        tv2_between: outputs.iter().map(between).collect(),
    }
}

fn channel(own: &ChannelNorms, balanced: bool) -> Channel {
    Channel {
        layer: own.layer + 1,
        channel: own.row + 1,
        incoming: own.incoming.clone(),
        bias: own.bias.clone(),
        outgoing: own.outgoing.clone(),
        balanced,
    }
}

fn lines(report: &Report, [decay, path, rtv2]: [Option<&Enclosure>; 3]) -> String {
    let mut out = String::new();
    let decay_of = format!("decay of {} ({}):", report.network, report.charged);
    for (name, number) in [(&*decay_of, decay), ("path norm", path), ("RTV2", rtv2)] {
        if let Some(number) = number {
            let _ = writeln!(out, "{name} {}", shown(number));
        }
    }
    let sums = [("l1 path norm", &report.l1_path_norm)];
    let squared = [("l2 path norm squared", &report.l2_path_norm_squared)];
    for (name, sum) in sums.into_iter().chain(squared) {
        if let Some(sum) = sum {
            let _ = writeln!(out, "{name} {}", shown(&Enclosure::point(sum.clone())));
        }
    }
    if let Some(line) = &report.line {
        let all: Vec<_> = line.tv2.iter().map(|x| short(x, true)).collect();
        let between: Vec<_> = line.tv2_between.iter().map(|x| short(x, true)).collect();
        let _ = writeln!(
            out,
            "TV2 along the line from {} to {}: {}",
            line.from,
            line.to,
            all.join(" ")
        );
        let _ = writeln!(out, "TV2 between them: {}", between.join(" "));
    }
    let count = report.channels.len();
    let _ = writeln!(out, "{} of {} balanced", report.balanced, plural(count, "channel"));
    for own in &report.channels {
        let [incoming, bias, outgoing] =
            [&own.incoming, &own.bias, &own.outgoing].map(|x| short(x, false));
        let _ = writeln!(
            out,
            "  layer {} channel {}: in {incoming}, bias {bias}, out {outgoing}{}",
            own.layer,
            own.channel,
            if own.balanced { ", balanced" } else { "" }
        );
    }
    out
}
