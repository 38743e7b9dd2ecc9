//! `build ridge` and `build max`: networks that equal a function exactly.

use super::output::{Output, sizes};
use super::target::Target;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::cli::law::Law;
use crate::cli::parse_box::sides;
use crate::cli::sup_error::{bounds, expression};
use crate::construct::expansive::Expansive;
use crate::construct::maximum::{compared, maximum};
use crate::construct::piecewise::{MAX_PIECES, affine_pieces};
use crate::construct::ridge::Ridge;
use crate::construct::ridge_function::RidgeFunction;
use crate::construct::ridge_sum::RidgeSum;
use crate::exact::Rational;
use crate::net::{InputBox, Network};
use crate::properties::{Equality, equal_on_box};
use crate::report::plural;
use std::path::{Path, PathBuf};

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

/// A sum of ridge functions, and what is written.
#[derive(Debug, clap::Args)]
pub struct Sum {
    /// The sum; with --direction, a function of one variable
    #[arg(
        long = "f",
        value_name = "EXPR",
        required_unless_present = "from",
        allow_hyphen_values = true
    )]
    function: Option<String>,
    /// The sum by its filters, from a file
    #[arg(long, value_name = "FILE.toml", conflicts_with_all = ["function", "direction", "length"])]
    from: Option<PathBuf>,
    /// Build f(A1 x1 + A2 x2 + ..) near the function f of one variable
    #[arg(long, value_name = "A1,A2,..", allow_hyphen_values = true,
          requires_all = ["function", "error"])]
    direction: Option<String>,
    /// Where: [LO,HI]^N, or [LO,HI]x[LO,HI], or a pair LO,HI for each input
    #[arg(long = "box", value_name = "BOX", allow_hyphen_values = true)]
    sides: String,
    /// The length of the filters: one less than they have taps
    #[arg(long = "filter-length", value_name = "S", required_unless_present = "from")]
    length: Option<usize>,
    /// The biases of hidden layers
    #[arg(long, value_name = "MODE", default_value = "scalar", conflicts_with = "direction")]
    bias: Bias,
    /// Meet the directions up to 2^-N in all, where filters for them are not rational
    #[arg(long, value_name = "N", default_value_t = 64,
          value_parser = clap::value_parser!(u32).range(1..=4096))]
    bits: u32,
    /// The largest error that is allowed, with --direction
    #[arg(long = "eps", value_name = "E", allow_hyphen_values = true, requires = "direction")]
    error: Option<Rational>,
    /// What is written
    #[command(flatten)]
    output: Output,
    /// Write a certificate for `crease-recheck`: that the network is the sum, and with --direction
    /// of the error
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
    /// Stop bounding the error after T seconds, with --direction
    #[arg(long, value_name = "T", requires = "direction")]
    time: Option<u64>,
    /// Draw errors over parameters, down from 16 E, with the line of the theorem, with --direction
    #[cfg(feature = "plot")]
    #[arg(long, value_name = "FILE.svg", requires = "direction")]
    rates: Option<PathBuf>,
}

/// How hidden units are kept from falling below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Bias {
    /// As published: one value for all rows with a full window, and others at both ends
    Published,
    /// One number a layer, the least
    Scalar,
    /// None, for inputs that are not negative and filters that keep them so
    None,
}

/// A maximum of affine functions, and what is written.
#[derive(Debug, clap::Args)]
pub struct Largest {
    /// The maximum: affine functions, max, abs, relu, sums and positive multiples
    #[arg(long = "f", value_name = "EXPR", allow_hyphen_values = true)]
    function: String,
    /// Where: [LO,HI]^N, or [LO,HI]x[LO,HI], or a pair LO,HI for each input
    #[arg(long = "box", value_name = "BOX", allow_hyphen_values = true)]
    sides: String,
    /// What is written
    #[command(flatten)]
    output: Output,
}

/// Regions that are looked at to decide equality.
const MOST: usize = 20_000;

impl Sum {
    /// Builds the sum, writes it, and prints what is proved of it.
    pub fn build(&self) -> Result<Exit, CliError> {
        let domain = sides(&self.sides, None)?;
        if let Some(direction) = &self.direction {
            return self.along(direction, &domain);
        }
        let (ridge, wanted) = match &self.from {
            Some(path) => (file(path, &domain)?, None),
            None => {
                let wanted = self.wanted(&domain)?;
                let tolerance = Rational::integer(2).pow(-(self.bits as i32));
                let made = wanted.realize(self.length.unwrap_or_default(), &domain, &tolerance)?;
                (made.ridge, Some((wanted, made.deviation)))
            }
        };
        let net = self.network(&ridge, &domain)?;
        let network = net.network().expect("the parts fit");
        let equality = equal_on_box(&network, &ridge.sum().shallow(), &domain);
        assert!(equality == Equality::Equal, "no hidden unit is clipped, found {equality:?}");
        let corner = domain.lo().to_vec();
        let (upper, lower, point) = match &wanted {
            None => (Rational::ZERO, Rational::ZERO, corner),
            Some((wanted, deviation)) => match equal_on_box(&network, &wanted.shallow(), &domain) {
                Equality::Equal => (Rational::ZERO, Rational::ZERO, corner),
                Equality::Differ { point, first, second } => {
                    (deviation.clone(), (&first[0] - &second[0]).abs(), point)
                }
                Equality::Undecided { .. } => unreachable!("both were resolved on the box"),
            },
        };
        if let Some(path) = &self.certificate {
            let claim = "convolution/ridge_network";
            files::write(path, ridge.certificate(claim, &net, &domain))?;
        }
        let what = match upper.is_zero() {
            true => "equal at every point of the box",
            false => "equal at every point of the box to the sum of the rounded filters",
        };
        let bounds = bounds(&domain, Some(&upper), &lower, &point);
        let length = ridge.filters[0].len() - 1;
        let line = format!("{bounds}; {}; {what}\n", sizes(&network, length));
        let name = self.function.as_deref().unwrap_or("a sum of ridge functions");
        self.output.save(name, network, domain, &line)?;
        files::print(line)?;
        Ok(Exit::AsClaimed)
    }

    /// The sum that the command line gives.
    fn wanted(&self, domain: &InputBox) -> Result<RidgeSum, CliError> {
        let text = self.function.as_deref().unwrap_or_default();
        let f = expression(text, domain.lo().len())?;
        RidgeSum::of(&f).ok_or_else(|| {
            let expected = "an affine function and multiples of relu, abs, max and min of affine";
            let what = format!("expected {expected} functions, at most {MAX_PIECES}");
            CliError::function(text, what)
        })
    }

    /// The network with the biases that were asked for.
    fn network(&self, ridge: &Ridge, domain: &InputBox) -> Result<Expansive, CliError> {
        let reach = reach(domain).max(Rational::ONE);
        let (hidden, lift) = match self.bias {
            Bias::Published => {
                let shifts = ridge.published_shifts(&reach);
                let lift = shifts.last().expect("there is a filter").clone();
                (ridge.repeated_middle(&shifts), lift.max(ridge.lift(&reach)))
            }
            Bias::Scalar => (ridge.scalar_biases(&reach), ridge.lift(&reach)),
            Bias::None => (vec![Vec::new(); ridge.filters.len() - 1], ridge.lift(&reach)),
        };
        match ridge.clipped(&hidden, domain) {
            None => Ok(ridge.network(hidden, &lift)),
            Some((layer, unit, least)) => Err(CliError::Clipped { layer, unit, least }),
        }
    }

    /// A function of one linear form.
    fn along(&self, direction: &str, domain: &InputBox) -> Result<Exit, CliError> {
        let entry = |(i, text): (usize, &str)| {
            let what = || format!("expected a number such as -3/7 or 2, found \"{text}\"");
            let refused = |_| CliError::argument(format!("--direction, entry {}", i + 1), what());
            text.trim().parse().map_err(refused)
        };
        let direction: Vec<Rational> =
            direction.split(',').enumerate().map(entry).collect::<Result<_, _>>()?;
        let (found, expected) = (direction.len(), domain.lo().len());
        if found != expected {
            let what = format!("expected a side for each of {found} entries of --direction");
            return Err(CliError::sides(&self.sides, what));
        }
        let text = self.function.clone().unwrap_or_default();
        let profile = expression(&text, 1)?;
        let refused = |error| CliError::function(&text, error);
        let f = profile.along(&direction).map_err(refused)?;
        let reach = reach(domain);
        let target = Target {
            function: f.to_string(),
            sides: self.sides.clone(),
            length: self.length.unwrap_or_default(),
            error: self.error.clone().unwrap_or_default(),
            output: self.output.clone(),
            certificate: self.certificate.clone(),
            time: self.time,
            #[cfg(feature = "plot")]
            rates: self.rates.clone(),
        };
        let make = |error: &Rational| -> Result<Network, CliError> {
            let g = &|t| profile.nearest(&[t]);
            Ok(RidgeFunction::propose(g, &direction, &reach, target.length, error)?.network())
        };
        target.certified(&f, domain, &make, Law::Form)
    }
}

/// The largest absolute value of an end of the box.
fn reach(domain: &InputBox) -> Rational {
    let ends = domain.lo().iter().chain(domain.hi());
    ends.map(Rational::abs).max().unwrap_or_default()
}

/// A sum by its filters.
fn file(path: &Path, domain: &InputBox) -> Result<Ridge, CliError> {
    let refused = |what: String| CliError::file(path, what);
    let text = files::read(path)?;
    let ridge: Ridge = toml::from_str(&text).map_err(|error| {
        let line = text[..error.span().map_or(0, |span| span.start)].matches('\n').count() + 1;
        refused(format!("line {line}: {}", error.message()))
    })?;
    ridge.check().map_err(refused)?;
    if !ridge.leaves_a_constant() {
        let expected = "expected a filter that ends in 0, and a unit after the last direction";
        return Err(refused(format!("no unit is left for the constant: {expected}")));
    }
    match domain.lo().len() {
        found if found != ridge.width => {
            Err(refused(format!("expected a box of {} sides, found {found}", ridge.width)))
        }
        _ => Ok(ridge),
    }
}

impl Largest {
    /// Builds the maximum, writes it, and prints what is proved of it.
    pub fn build(&self) -> Result<Exit, CliError> {
        let domain = sides(&self.sides, None)?;
        let f = expression(&self.function, domain.lo().len())?;
        let forms = affine_pieces(&f).ok_or_else(|| {
            let what = format!("expected a maximum of affine functions, at most {MAX_PIECES}");
            CliError::function(&self.function, what)
        })?;
        if let Some(side) = domain.lo().iter().zip(domain.hi()).position(|(lo, hi)| lo == hi) {
            let end = &domain.lo()[side];
            let what = format!("side {side} goes from {end} to {end}: expected LO < HI");
            return Err(CliError::sides(&self.sides, what));
        }
        let network = maximum(&forms, &reach(&domain));
        let found = compared(&network, &forms, &domain, MOST);
        assert!(found.differ.is_none(), "the construction is exact, differs at {:?}", found.differ);
        let corner = domain.lo().to_vec();
        let how = match found.is_decided {
            true => format!("equal on each of its {}", plural(found.regions, "region")),
            false => {
                format!("equal by construction, compared on {}", plural(found.regions, "region"))
            }
        };
        let hidden = plural(forms.len() - 1, "hidden layer");
        let line = format!(
            "{}; {hidden}, width {}, {} parameters; {how}\n",
            bounds(&domain, Some(&Rational::ZERO), &Rational::ZERO, &corner),
            network.width(),
            network.parameter_count()
        );
        self.output.save(&self.function, network, domain, &line)?;
        files::print(line)?;
        Ok(Exit::AsClaimed)
    }
}
