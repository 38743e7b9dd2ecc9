//! `build dense-to-conv`: convolutions for a dense network, and the distance between the two.

use super::output::Output;
use crate::analysis::polynomial::Polynomial;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::network::Source;
use crate::cli::parse_box::{place, sides};
use crate::cli::pool::{Crew, News, Threads};
use crate::cli::{files, interrupt, progress};
use crate::construct::downsampled::{DenseLayer, DenseNet, Downsampled, downsampled};
use crate::construct::factor::{Factorization, minimal_filter_count};
use crate::exact::Rational;
use crate::exact::float::nearest;
use crate::format::file::MAX_LAYERS;
use crate::net::{InputBox, Layer, Map, Network};
use crate::train::random::Stream;
use std::path::PathBuf;
use std::sync::Arc;

/// A dense network, where it is met, and what is written.
#[derive(Debug, clap::Args)]
pub struct Convolutions {
    /// The network: dense layers with a ReLU after each but the last
    #[command(flatten)]
    source: Source,
    /// Where: LO,HI for every side or a pair for each, or [LO,HI]^N, or [LO,HI]x[LO,HI]; the box
    /// that the file names if not given
    #[arg(long = "box", value_name = "BOX", allow_hyphen_values = true)]
    sides: Option<String>,
    /// The length of the filters: one less than they have taps
    #[arg(long = "filter-length", value_name = "S")]
    length: usize,
    /// Meet the weights of each layer up to 2^-N in all, and each bias
    #[arg(long, value_name = "N", default_value_t = 64,
          value_parser = clap::value_parser!(u32).range(1..=4096))]
    bits: u32,
    /// Compare the two networks exactly at N random points of the box, besides its middle and two
    /// corners
    #[arg(long, value_name = "N", default_value_t = 0)]
    points: u64,
    /// The seed of the points
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    seed: u64,
    /// What is written
    #[command(flatten)]
    output: Output,
    /// Write certificates for `crease-recheck` that the filters of each layer multiply to its rows:
    /// FILE.1, FILE.2, ..
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
}

/// The entries of a random point divide the sides of the box in multiples of one part in this.
const PARTS: u64 = 1 << 10;
/// The claim that certificates are for.
const CLAIM: &str = "approximation/dense_layers_as_convolutions";

/// What was seen at points of the box.
struct Seen {
    points: u64,
    /// The largest difference of two outputs.
    largest: Rational,
    at: Vec<Rational>,
    /// Whether the outputs were those of the realised weights.
    is_realised: bool,
}

impl Convolutions {
    /// Builds the convolutions, compares and writes them, and prints what is certified of them.
    pub fn build(&self) -> Result<Exit, CliError> {
        let file = self.source.read()?;
        let path = &self.source.network;
        let refused = |what: String| CliError::file(path, what);
        let dense = dense(&file.network).map_err(refused)?;
        let domain = match (&self.sides, &file.domain) {
            (Some(text), _) => sides(text, Some(dense.inputs()))?,
            (None, Some(own)) => own.clone(),
            (None, None) => {
                return Err(refused("the file names no box; say which with --box".to_owned()));
            }
        };
        // Two layers a convolution and one to keep its rows; without a ReLU at the end.
        let group = |layer: &DenseLayer| {
            let target = Polynomial::new(layer.stacked());
            minimal_filter_count(&target, self.length).map_or(0, |count| 2 * count + 1)
        };
        let layers = dense.layers.iter().map(group).sum::<usize>().saturating_sub(1);
        if layers > MAX_LAYERS {
            let what = format!(
                "filters of length {} make {layers} layers: expected {MAX_LAYERS} at most, as many \
                 as a network file holds",
                self.length
            );
            return Err(refused(what));
        }
        let made = downsampled(&dense, &domain, self.length, self.bits)?;
        let error = made.error.iter().max().expect("a network has an output");
        let seen = self.compare(&dense, &made, &domain)?;
        let is_as_claimed = seen.largest <= *error && seen.is_realised;
        let certified = self.words(&dense, &made, &domain, &seen);
        self.write_certificates(&dense, &made)?;
        self.output.save("convolutions for a dense network", made.network(), domain, &certified)?;
        files::print(certified)?;
        Ok(match is_as_claimed {
            true if seen.points == self.points + 3 => Exit::AsClaimed,
            true => Exit::Stopped,
            false => Exit::NotAsClaimed,
        })
    }

    /// Both networks at the corners with the least and the greatest entries, at the middle, and at
    /// random points; fewer after an interrupt.
    fn compare(
        &self,
        dense: &DenseNet,
        made: &Downsampled,
        domain: &InputBox,
    ) -> Result<Seen, CliError> {
        interrupt::watch("comparing no more points");
        let nets = [made.network(), made.realised().network(), dense.network()].map(Arc::new);
        let random = |number| {
            let mut stream = Stream::new(self.seed, number);
            let entry = |(lo, hi): (&Rational, &Rational)| {
                let part = Rational::from(stream.below(PARTS + 1)) / Rational::from(PARTS);
                lo + (hi - lo) * part
            };
            domain.lo().iter().zip(domain.hi()).map(entry).collect()
        };
        let fixed = [domain.center(), domain.lo().to_vec(), domain.hi().to_vec()];
        let points: Vec<Vec<Rational>> =
            fixed.into_iter().chain((0..self.points).map(random)).collect();
        let bar = progress::bar(points.len(), "points");
        let jobs = points.clone().into_iter().map(|x| {
            let nets = nets.clone();
            move |_: &_| {
                let [found, realised, wanted] = nets.map(|net| net.eval(&x));
                let gaps = found.iter().zip(&wanted).map(|(a, b)| (a - b).abs());
                (gaps.max().expect("a network has an output"), found == realised)
            }
        });
        let mut seen =
            Seen { points: 0, largest: Rational::ZERO, at: points[0].clone(), is_realised: true };
        Crew::new(Threads::default(), None)?.work(jobs, |news| {
            if let News::Done(number, (gap, is_realised)) = news {
                seen.points += 1;
                seen.is_realised &= is_realised;
                if gap > seen.largest {
                    (seen.largest, seen.at) = (gap, points[number].clone());
                }
                bar.inc(1);
            }
            Ok(())
        })?;
        bar.finish_and_clear();
        Ok(seen)
    }

    /// What is certified, and what was seen.
    fn words(
        &self,
        dense: &DenseNet,
        made: &Downsampled,
        domain: &InputBox,
        seen: &Seen,
    ) -> String {
        let error = made.error.iter().max().expect("a network has an output");
        let at: Vec<_> = seen.at.iter().map(Rational::to_string).collect();
        let (ours, theirs) = (made.parameters(), dense.network().parameter_count());
        let ratio = nearest(&(Rational::from(ours) / Rational::from(theirs)));
        // Where filters are no longer than a layer has inputs.
        let is_bounded = dense.layers.iter().all(|layer| self.length <= layer.weight[0].len());
        let bound = if is_bounded { ", and below 5/2 whatever the sizes" } else { "" };
        let mut text = format!(
            "every output within {} of the dense network on {}\n\
             {} away at ({})\n\
             {} convolutions, width {}, {ours} parameters, filter length {}\n\
             the dense network has {theirs} parameters: {ratio:.2} times as many{bound}\n",
            scientific(error, true),
            place(domain),
            scientific(&seen.largest, false),
            at.join(", "),
            made.depth(),
            made.network().width(),
            self.length,
        );
        for (number, (group, layer)) in (1..).zip(made.groups.iter().zip(&dense.layers)) {
            let (weights, bias) = group.distance(layer);
            text += &format!(
                "layer {number}: {} convolutions are exactly a dense layer, with weights {} off in \
                 all and a bias {} off at most\n",
                group.filters.len(),
                scientific(&weights, true),
                scientific(&bias, true)
            );
        }
        let verdict = if seen.is_realised { "exactly" } else { "NOT" };
        text += &format!(
            "at {} points (seed {}) the outputs are {verdict} those of these layers\n",
            seen.points, self.seed
        );
        text
    }

    fn write_certificates(&self, dense: &DenseNet, made: &Downsampled) -> Result<(), CliError> {
        let Some(path) = &self.certificate else { return Ok(()) };
        for (number, (group, layer)) in (1..).zip(made.groups.iter().zip(&dense.layers)) {
            let target = layer.stacked();
            let found = Factorization::of(&Polynomial::new(target.clone()), group.filters.clone());
            let mut name = path.as_os_str().to_owned();
            name.push(format!(".{number}"));
            files::write(&PathBuf::from(name), found.certificate(CLAIM, &target, self.length))?;
        }
        Ok(())
    }
}

/// A number that is not negative with three digits, rounded up or down.
fn scientific(x: &Rational, is_up: bool) -> String {
    if x.is_zero() {
        return "0".to_owned();
    }
    let ten = Rational::integer(10);
    let (mut digits, mut exponent) = (x * Rational::integer(100), 0);
    while digits >= Rational::integer(1000) {
        (digits, exponent) = (digits / &ten, exponent + 1);
    }
    while digits < Rational::integer(100) {
        (digits, exponent) = (digits * &ten, exponent - 1);
    }
    digits = if is_up { digits.ceil() } else { digits.floor() };
    if digits == Rational::integer(1000) {
        (digits, exponent) = (Rational::integer(100), exponent + 1);
    }
    let digits = digits.to_string();
    let (whole, part) = digits.split_at(1);
    format!("{whole}.{part}e{exponent}")
}

/// The dense layers of a network that has a ReLU after each but the last; a signal that is no
/// vector may be made one first.
fn dense(net: &Network) -> Result<DenseNet, String> {
    let refused = |at: usize, found: &str| {
        format!("layer {at}: expected dense layers with a ReLU after each but the last, {found}")
    };
    let first = usize::from(matches!(net.layers().first(), Some(Layer::Flatten)));
    let mut layers = Vec::new();
    for (at, layer) in net.layers().iter().enumerate().skip(first) {
        match layer {
            Layer::Affine(affine) if (at - first).is_multiple_of(2) => {
                let Map::Dense { outputs } = affine.map else {
                    return Err(refused(at, "found another map"));
                };
                let inputs = affine.weight.len() / outputs;
                let weight = affine.weight.chunks(inputs).map(<[_]>::to_vec).collect();
                let bias = match &affine.bias[..] {
                    [] => vec![Rational::ZERO; outputs],
                    [one] => vec![one.clone(); outputs],
                    all => all.to_vec(),
                };
                layers.push(DenseLayer { weight, bias });
            }
            layer if !(at - first).is_multiple_of(2) && *layer == Layer::relu() => {}
            _ => return Err(refused(at, "found another layer")),
        }
    }
    if (net.layers().len() - first).is_multiple_of(2) {
        return Err(refused(net.layers().len(), "found none"));
    }
    let net = DenseNet { layers };
    net.check().map(|()| net)
}
