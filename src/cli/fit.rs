//! The command `fit`: the network of least norm, or with the fewest units, through or near data.

use super::error::CliError;
use super::exit::Exit;
use super::fit_line::{self, Line};
use super::fit_space;
use super::progress::LateBar;
use super::sup_error::decimal;
use super::{files, interrupt};
use crate::analysis::enclosure::Enclosure;
use crate::exact::{Big, Rational};
use crate::format::table::{self, Table};
use clap::ValueEnum;
use serde::Serialize;
use std::cell::RefCell;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What a data file is.
pub const DATA: &str = "\
Data:
  A line for each point: inputs, then outputs, with commas, semicolons, tabs or spaces between,
  every number exact: 12, -0.125, 1e-6, -3/7. A header may come first; names x.. and y.. say which
  columns are inputs and which are outputs, otherwise the last one is the output (--outputs N: the
  last N). Lines that begin with # are skipped. Lines may come in any order. A points file (JSON)
  will do, too; - is standard input.
  Equal lines count once if the fit interpolates, and each time with --lambda, where lines with the
  same inputs may have different outputs.

Cost:
  One input: the total variation of the derivative, the sum of |jump of the slope| over all knots
  (of several outputs, the Euclidean length of the jump). It is the least sum of |outer| |inner|
  weights of a network with a free affine part, which is what weight decay comes to. With --skip
  none the affine part costs, too. With --lambda Q the least of half the squared errors plus Q times
  the cost.
  With --biases decayed a jump at t costs sqrt(1 + t^2) times its size, which is what weight decay
  comes to where biases decay, too; the least cost lies between two bounds.
  Several inputs: the sum of |outer| times the norm of the inner weights over the units of a network
  with one hidden layer beside a free affine part. The value is exact for l1 and linf, and lies
  between two bounds for l2 (two inputs). Of several outputs, |outer| is the Euclidean length, and
  the value lies between two bounds (l1 and linf).";

/// Whether the affine part is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Skip {
    /// It costs nothing.
    Free,
    /// There is none: units pay for it; a constant is free.
    None,
}

/// What biases cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Biases {
    /// Nothing.
    Free,
    /// They decay with the input weights.
    Decayed,
}

/// How long a vector of input weights is; the same for one input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Norm {
    /// The sum of absolute values.
    L1,
    /// The greatest absolute value.
    Linf,
    /// Euclidean length.
    L2,
}

/// Arguments of `fit`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The data: a CSV file or a points file; - is standard input
    pub data: PathBuf,
    /// Let the fit miss the data, and weigh the cost with Q against half the squared errors;
    /// without it, it goes through them
    #[arg(long, value_name = "Q", allow_hyphen_values = true)]
    pub lambda: Option<String>,
    /// A fit of least cost: with one input, the chords (the default)
    #[arg(long, conflicts_with = "sparsest")]
    pub least_norm: bool,
    /// Of the fits of least cost, one with the fewest knots
    #[arg(long)]
    pub sparsest: bool,
    /// Whether the affine part is free
    #[arg(long, value_enum, default_value_t = Skip::Free)]
    pub skip: Skip,
    /// Whether biases cost something: offered for one input and one output
    #[arg(long, value_enum, default_value_t = Biases::Free)]
    pub biases: Biases,
    /// The norm of input weights
    #[arg(long, value_enum, default_value_t = Norm::L2)]
    pub norm: Norm,
    /// How many of the last columns are outputs, where no header says it; 1 if not given
    #[arg(long, value_name = "N")]
    pub outputs: Option<usize>,
    /// Write the network to a file: dense, relu, dense
    #[arg(long, value_name = "NET")]
    pub out: Option<PathBuf>,
    /// Write a certificate for `crease-recheck`: that no fit costs less, with --sparsest that none
    /// has fewer knots
    #[arg(long, value_name = "FILE")]
    pub certify: Option<PathBuf>,
    /// Draw the data, the fit and the zone in which all fits of least cost lie
    #[cfg(feature = "plot")]
    #[arg(long, value_name = "FILE.svg")]
    pub plot: Option<PathBuf>,
    /// Draw the fits at the price from which on they are a line, and at a tenth, a hundredth and a
    /// thousandth of it
    #[cfg(feature = "plot")]
    #[arg(long, value_name = "FILE.svg")]
    pub path: Option<PathBuf>,
    /// Give up after T seconds
    #[arg(long, value_name = "T")]
    pub time: Option<u64>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

impl Args {
    /// The price of the cost, which is positive.
    pub fn lambda(&self) -> Result<Option<Rational>, CliError> {
        let Some(text) = &self.lambda else { return Ok(None) };
        let refused = |what: String| CliError::argument(format!("--lambda {text}"), what);
        let lambda = table::number(text.trim().as_bytes()).map_err(|e| refused(e.to_string()))?;
        match lambda.is_positive() {
            true => Ok(Some(lambda)),
            false => Err(refused(
                "expected a positive number; without --lambda the fit goes through \
                                  the data"
                    .to_owned(),
            )),
        }
    }

    /// Errors: biases that decay with what is not offered for them.
    fn biases_fit(&self, table: &Table) -> Result<(), CliError> {
        let refused = [
            (table.inputs > 1, "one input; biases of several are free"),
            (table.outputs > 1, "one output; fit the outputs one by one"),
            (self.lambda.is_some(), "a fit that interpolates; leave out --lambda"),
            (self.skip == Skip::None, "a free affine part; leave out --skip none"),
            (self.sparsest, "a fit of least cost; leave out --sparsest"),
        ];
        match refused.iter().find(|(is_asked, _)| *is_asked && self.biases == Biases::Decayed) {
            Some((_, what)) => {
                Err(CliError::argument("--biases decayed", format!("expected {what}")))
            }
            None => Ok(()),
        }
    }

    /// Whether the time is over, or there was an interrupt.
    pub fn stop(&self, start: Instant) -> impl Fn() -> bool + use<> {
        let limit = self.time.map(Duration::from_secs);
        move || interrupt::seen() || limit.is_some_and(|limit| start.elapsed() >= limit)
    }

    /// An error of the data file.
    pub fn data_error(&self, what: impl std::fmt::Display) -> CliError {
        CliError::file(&self.data, what)
    }
}

/// Fits, prints what was found and writes the files that were asked for.
pub fn fit(args: &Args) -> Result<Exit, CliError> {
    let start = Instant::now();
    interrupt::watch("stopping");
    let lambda = args.lambda()?;
    let stop = args.stop(start);
    let Some(table) = read(&args.data, args.outputs, &stop)? else { return stopped() };
    args.biases_fit(&table)?;
    let bar = RefCell::new(LateBar::new(None, "fitting  {elapsed}", Instant::now()));
    let stop = || {
        bar.borrow_mut().tick();
        stop()
    };
    // A slope that costs something near data, and several outputs beside a penalty or a slope that
    // costs something, are asked of the fits of several inputs.
    let is_unskipped = args.skip == Skip::None && (lambda.is_some() || table.outputs > 1);
    let is_penalised_vector = table.outputs > 1 && lambda.is_some();
    if table.inputs > 1 || is_unskipped || is_penalised_vector {
        let Some(found) = fit_space::solve(args, table, lambda, &stop)? else { return stopped() };
        found.write_files(args)?;
        files::print(if args.json { found.json() } else { found.text() })?;
        return Ok(Exit::AsClaimed);
    }
    let title = args.data.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let line = Line::new(title, table);
    #[cfg(feature = "plot")]
    if let Some(path) = &args.path {
        match fit_line::path_picture(args, line.clone(), &stop)? {
            Some(picture) => files::write(path, picture.svg())?,
            None => return stopped(),
        }
    }
    let Some(found) = fit_line::solve(args, line, lambda, &stop)? else {
        return stopped();
    };
    found.write_files(args)?;
    files::print(if args.json { found.json() } else { found.text() })?;
    Ok(Exit::AsClaimed)
}

/// A number, or two between which it lies.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Value {
    /// The number.
    Exact(Rational),
    /// The two.
    Between([Rational; 2]),
}

impl Value {
    /// What is known of an enclosed number.
    pub fn of(enclosure: &Enclosure) -> Self {
        match enclosure.value() {
            Some(value) => Self::Exact(value.clone()),
            None => Self::Between([enclosure.lo().clone(), enclosure.hi().clone()]),
        }
    }
}

/// A number as people read it: exact if it is short.
pub fn shown(x: &Rational) -> String {
    let text = x.to_string();
    match text.len() <= 40 {
        true => text,
        // About: so long a number is for programs, which read it in the JSON.
        false => {
            let sign = if x.is_negative() { "-" } else { "" };
            let (digits, power) = scientific(&x.abs(), false);
            format!("{sign}{digits}..{power}")
        }
    }
}

/// A value in words: what it is, or between which numbers it lies.
pub fn stated(value: &Enclosure) -> String {
    if let Some(value) = value.value() {
        return format!("is {}", shown(value));
    }
    let bound = |x: &Rational, is_up| {
        let (digits, power) = scientific(x.max(&Rational::ZERO), is_up);
        digits + &power
    };
    format!("lies between {} and {}", bound(value.lo(), false), bound(value.hi(), true))
}

/// Whether a fit is the only one, in words.
pub fn only(is_unique: Option<bool>) -> &'static str {
    match is_unique {
        Some(true) => "it is the only one",
        Some(false) => "it is not the only one",
        None => "whether it is the only one is not decided",
    }
}

/// Digits of a number that is not negative, rounded up or down, and a power of ten for one that is
/// far from one.
fn scientific(x: &Rational, is_up: bool) -> (String, String) {
    let length = |x: Big| x.to_string().len() as i32;
    let power = length(x.numerator()) - length(x.denominator());
    if x.is_zero() || (-4..=15).contains(&power) {
        return (decimal(x, is_up), String::new());
    }
    let ten = |power| Rational::integer(10).pow(power);
    let power = if ten(power) > *x { power - 1 } else { power };
    (decimal(&(x / ten(power)), is_up), format!("e{power}"))
}

fn stopped() -> Result<Exit, CliError> {
    eprintln!("crease: stopped before there was a fit");
    Ok(Exit::Stopped)
}

/// The table of a file; `None` once `stop` says so.
fn read(
    path: &Path,
    outputs: Option<usize>,
    stop: &dyn Fn() -> bool,
) -> Result<Option<Table>, CliError> {
    if outputs == Some(0) {
        return Err(CliError::argument("--outputs 0", "expected one output at least"));
    }
    let source = files::open(path)?;
    let len = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file);
    let len = len.and_then(|found| found.len().try_into().ok());
    let template = "{bytes} read of {total_bytes}  {elapsed}";
    let bar = LateBar::new(len, template, Instant::now());
    match table::read(Watched { source, bar, stop }, outputs) {
        Err(_) if stop() => Ok(None),
        table => table.map(Some).map_err(CliError::at(path)),
    }
}

/// A file that is read with a bar, and ends in an error once `stop` says so.
struct Watched<'a> {
    source: Box<dyn BufRead>,
    bar: LateBar,
    stop: &'a dyn Fn() -> bool,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Watched<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if (self.stop)() {
            return Err(io::Error::other("stopped"));
        }
        self.bar.tick();
        self.source.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.bar.bar.inc(count as u64);
        self.source.consume(count);
    }
}
