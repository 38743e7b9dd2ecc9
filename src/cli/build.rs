//! The command `build`: networks for functions, with a certified bound of the error.

mod dense;
mod exactly;

#[cfg(feature = "plot")]
use super::comparison;
use super::error::CliError;
use super::exit::Exit;
use super::files;
use super::law::Law;
use super::network::write_onnx;
use super::parse_box::sides;
use super::sup_error::{FUNCTIONS, certify, expression, line, measured};
use crate::approximate::{Expression, Goal, SupError};
use crate::construct::radial::{Radial, RadialError, radial};
use crate::construct::universal::universal;
use crate::exact::Rational;
use crate::exact::float::nearest;
use crate::format::file::NetworkFile;
use crate::net::{InputBox, Layer, Map, Network};
use crate::report::plural;
use std::path::PathBuf;
use std::time::Duration;

/// What is built.
#[derive(Debug, clap::Subcommand)]
pub enum Build {
    /// Near any continuous function: a fitted sum of ridge functions as expansive convolutions of
    /// least depth, with one bias a hidden layer
    #[command(after_help = FUNCTIONS)]
    Universal(Target),
    /// Near a function of |x|^2 on a cube: filters at least as long as there are inputs
    #[command(after_help = FUNCTIONS)]
    Radial(Target),
    /// A sum of ridge functions, exactly: expansive convolutions that are it at every point
    #[command(after_help = exactly::RIDGES)]
    Ridge(exactly::Sum),
    /// The maximum of affine functions, exactly: dense layers of one unit more than inputs
    Max(exactly::Largest),
    /// For a dense network: convolutions with downsampling that are it up to a stated error
    DenseToConv(dense::Convolutions),
}

/// The files of a network.
#[derive(Clone, Debug, clap::Args)]
pub struct Output {
    /// The network file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Write the network as an ONNX model too: every number rounded to single precision
    #[arg(long, value_name = "FILE.onnx")]
    onnx: Option<PathBuf>,
}

/// The function, where it is met, and what is written.
#[derive(Debug, clap::Args)]
pub struct Target {
    /// The function
    #[arg(long = "f", value_name = "EXPR", allow_hyphen_values = true)]
    pub function: String,
    /// Where: [LO,HI]^N, or [LO,HI]x[LO,HI], or a pair LO,HI for each input
    #[arg(long = "box", value_name = "BOX", allow_hyphen_values = true)]
    pub sides: String,
    /// The length of the filters: one less than they have taps
    #[arg(long = "filter-length", value_name = "S")]
    pub length: usize,
    /// The largest error that is allowed
    #[arg(long = "eps", value_name = "E", allow_hyphen_values = true)]
    pub error: Rational,
    /// What is written
    #[command(flatten)]
    pub output: Output,
    /// Write a certificate of the error to a file, for `crease-recheck`
    #[arg(long, value_name = "FILE")]
    pub certificate: Option<PathBuf>,
    /// Stop bounding the error after T seconds
    #[arg(long, value_name = "T")]
    pub time: Option<u64>,
    /// Draw errors over parameters, down from 16 E, with the line of the theorem
    #[cfg(feature = "plot")]
    #[arg(long, value_name = "FILE.svg")]
    pub rates: Option<PathBuf>,
}

/// A network for an error.
type Make<'a> = &'a dyn Fn(&Rational) -> Result<Network, CliError>;

/// Parts of the error that a construction is asked for in turn, until the bound is met.
const SHARES: [(i64, i64); 3] = [(1, 1), (3, 4), (1, 2)];

/// Builds what the command line names, writes it, and prints what is certified of it.
pub fn build(what: &Build) -> Result<Exit, CliError> {
    match what {
        Build::Universal(target) => {
            let (f, domain) = target.read()?;
            let make = |error: &Rational| {
                let made = universal(&|x| f.nearest(x), &domain, target.length, error)?;
                Ok(made.realized.network.network().expect("the parts fit"))
            };
            target.certified(&f, &domain, &make, Law::Ridges)
        }
        Build::Radial(target) => {
            let (f, domain) = target.read()?;
            let make = |error: &Rational| {
                let made = target.radial(&f, &domain, error)?.network();
                Ok(made.map_err(RadialError::from)?)
            };
            let exit = target.certified(&f, &domain, &make, Law::Radial)?;
            files::print(target.table(&f, &domain)?)?;
            Ok(exit)
        }
        Build::Ridge(sum) => sum.build(),
        Build::Max(largest) => largest.build(),
        Build::DenseToConv(convolutions) => convolutions.build(),
    }
}

impl Target {
    fn read(&self) -> Result<(Expression, InputBox), CliError> {
        let domain = sides(&self.sides, None)?;
        Ok((expression(&self.function, domain.lo().len())?, domain))
    }

    /// Builds with less and less of the error until the bound is met; the last network that has
    /// one, with its bounds.
    fn near(
        &self,
        f: &Expression,
        domain: &InputBox,
        make: Make<'_>,
        error: &Rational,
    ) -> Result<Option<(Network, SupError)>, CliError> {
        // The next network is sooner made than a hard question answered.
        let goal = Goal { within: Some(error.clone()), is_hasty: true, ..Goal::default() };
        let time = self.time.map(Duration::from_secs);
        let mut last = None;
        for (part, whole) in SHARES {
            let net = make(&(error * Rational::new(part, whole)))?;
            let Some(found) = measured(f, &net, domain, &goal, time)? else { break };
            let is_met = found.upper.as_ref().is_some_and(|upper| upper <= error);
            last = Some((net, found));
            if is_met {
                break;
            }
        }
        Ok(last)
    }

    /// Builds until the bound is met, then writes everything.
    #[cfg_attr(not(feature = "plot"), allow(unused_variables))]
    fn certified(
        &self,
        f: &Expression,
        domain: &InputBox,
        make: Make<'_>,
        law: Law,
    ) -> Result<Exit, CliError> {
        let Some((net, found)) = self.near(f, domain, make, &self.error)? else {
            eprintln!("stopped before there was a bound");
            return Ok(Exit::Stopped);
        };
        if let (Some(path), Some(_)) = (&self.certificate, &found.upper) {
            certify(path, &found, f, &net, domain)?;
        }
        #[cfg(feature = "plot")]
        self.draw_rates(f, domain, make, law, (&net, &found))?;
        let exit = match &found.upper {
            Some(upper) if *upper <= self.error => Exit::AsClaimed,
            _ if found.lower > self.error => Exit::NotAsClaimed,
            _ => Exit::Stopped,
        };
        // An attempt that is bounded only loosely must not read like a result.
        let open = match exit {
            Exit::Stopped => format!("not certified to be within {}: ", self.error),
            _ => String::new(),
        };
        let (bounds, sizes) = (line(&found, domain), sizes(&net, self.length));
        let certified = format!("{open}{}; {sizes}\n", bounds.trim_end());
        self.output.save(&format!("near {f}"), net, domain.clone(), &certified)?;
        files::print(certified)?;
        if exit == Exit::Stopped {
            eprintln!(
                "the bounds do not decide --eps: try a larger --eps or another --filter-length"
            );
        }
        Ok(exit)
    }

    /// Draws how errors and parameters go together, if that is asked: for larger errors too.
    #[cfg(feature = "plot")]
    fn draw_rates(
        &self,
        f: &Expression,
        domain: &InputBox,
        make: Make<'_>,
        law: Law,
        (net, found): (&Network, &SupError),
    ) -> Result<(), CliError> {
        let Some(path) = &self.rates else { return Ok(()) };
        // The bounds of a picture are those of a distance, not of a question about one.
        let measure = |net: &Network| {
            let time = self.time.map(Duration::from_secs);
            let found = measured(f, net, domain, &Goal::default(), time)?;
            let found = found.map(|found| (net.parameter_count(), found.upper, found.lower));
            Ok::<_, CliError>(found)
        };
        let mut all = Vec::new();
        for factor in [16, 8, 4, 2] {
            let error = &self.error * Rational::integer(factor);
            if let Some((net, _)) = self.near(f, domain, make, &error)? {
                all.extend(measure(&net)?);
            }
        }
        all.extend(
            measure(net)?.or_else(|| {
                Some((net.parameter_count(), found.upper.clone(), found.lower.clone()))
            }),
        );
        comparison::rates(path, f, law, &all)
    }

    fn radial(
        &self,
        f: &Expression,
        domain: &InputBox,
        error: &Rational,
    ) -> Result<Radial, CliError> {
        let profile = f.profile().ok_or_else(|| {
            let what = "expected a function in which the inputs occur as |x|^2 only";
            CliError::function(&f.to_string(), what)
        })?;
        let reach = &domain.hi()[0];
        let is_cube =
            domain.hi().iter().all(|hi| hi == reach) && domain.lo().iter().all(|lo| *lo == -reach);
        if !is_cube {
            let what = "a radial network is built on a cube [-R,R]^N".to_owned();
            return Err(CliError::sides(&self.sides, what));
        }
        let inputs = domain.lo().len();
        Ok(radial(&|u| profile.nearest(&[u]), inputs, reach, self.length, error)?)
    }

    /// How the number of parameters grows: for fewer inputs, and for larger errors.
    fn table(&self, f: &Expression, domain: &InputBox) -> Result<String, CliError> {
        let Some(profile) = f.profile() else { return Ok(String::new()) };
        let head = "  inputs      error  layers  nodes  parameters";
        let mut text = format!("\n{head}  over d^(3/2) e^(-1/2) + 1/e\n");
        let inputs = domain.lo().len();
        let reach = &domain.hi()[0];
        for d in [inputs.div_ceil(4), inputs.div_ceil(2), inputs] {
            for factor in [16, 4, 1] {
                let error = &self.error * Rational::integer(factor);
                let made = radial(&|u| profile.nearest(&[u]), d, reach, d, &error)?;
                let count = made.parameter_count();
                let (d, e) = (nearest(&Rational::from(d)), nearest(&error));
                let growth = d.powf(1.5) / e.sqrt() + e.recip();
                let ratio = nearest(&Rational::from(count)) / growth;
                text += &format!(
                    "{d:>8}  {:>9}  {:>6}  {:>5}  {count:>10}  {ratio:>26.2}\n",
                    error.to_string(),
                    made.layers,
                    made.values.len(),
                );
            }
        }
        Ok(text)
    }
}

/// Depth, width, parameters and the length of the filters.
fn sizes(net: &Network, length: usize) -> String {
    let is_convolution = |layer: &&Layer| match layer {
        Layer::Affine(affine) => affine.map == Map::Expansive,
        _ => false,
    };
    let depth = net.layers().iter().filter(is_convolution).count();
    format!(
        "{}, width {}, {}, filter length {length}",
        plural(depth, "convolution"),
        net.width(),
        plural(net.parameter_count(), "parameter")
    )
}

impl Output {
    /// Writes the network with what is certified of it.
    fn save(
        &self,
        name: &str,
        network: Network,
        domain: InputBox,
        note: &str,
    ) -> Result<(), CliError> {
        let (name, note) = (name.to_owned(), Some(note.trim_end().to_owned()));
        let file = NetworkFile { name, network, domain: Some(domain), note, truth: None };
        files::write(&self.out, file.write())?;
        if let Some(path) = &self.onnx {
            eprint!("{}", write_onnx(path, &file, false)?);
        }
        Ok(())
    }
}
