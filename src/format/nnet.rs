//! Networks in the `.nnet` format of the ACAS Xu benchmarks: text, dense layers with ReLU between.
//!
//! Lines that begin with `//` are remarks. Then, with commas between: the numbers of layers,
//! inputs, outputs and of units in the widest layer; the sizes of all layers, the input first; a
//! line that nothing uses; the least inputs; the greatest inputs; the means, one for each input and
//! one for all outputs; the ranges, likewise; and for each layer its weights, a row a line, and its
//! biases, one a line.
//!
//! **What is read is the function of physical quantities**: `range_out f((x - mean) / range) +
//! mean_out`, as the published tools of the format evaluate it, with one difference. They clip an
//! input to its least and greatest value first; that is not done, since outside of them nothing was
//! trained. The box that they span is the domain of the file. Every decimal is read exactly.

use super::decimal;
use super::file::NetworkFile;
use crate::exact::Rational;
use crate::net::{InputBox, Layer, MAX_UNITS, Network, Shape};

/// Why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected {expected}, found {found}")]
pub struct NnetError {
    /// Counted from one.
    pub line: usize,
    /// What should stand there.
    pub expected: String,
    /// What does.
    pub found: String,
}

/// The lines that are no remarks, with their numbers.
struct Lines<'a> {
    lines: Vec<(usize, &'a str)>,
    next: usize,
}

impl Lines<'_> {
    fn error<T>(
        &self,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Result<T, NnetError> {
        let line = self.lines.get(self.next.saturating_sub(1)).map_or(0, |(number, _)| *number);
        Err(NnetError { line, expected: expected.into(), found: found.into() })
    }

    /// The numbers of the next line, of which there must be `count`, if that is known.
    fn numbers(&mut self, what: &str, count: Option<usize>) -> Result<Vec<Rational>, NnetError> {
        let Some(&(_, text)) = self.lines.get(self.next) else {
            return self.error(what, "the end of the file");
        };
        self.next += 1;
        let mut numbers = Vec::new();
        for field in text.split(',').map(str::trim).filter(|field| !field.is_empty()) {
            match decimal::number(field.as_bytes()) {
                Ok(number) if !field.contains('/') => numbers.push(number),
                _ => {
                    let shown: String = field.chars().take(20).collect();
                    return self.error(format!("numbers as {what}"), format!("\"{shown}\""));
                }
            }
        }
        match count.is_none_or(|count| count == numbers.len()) {
            true => Ok(numbers),
            false => {
                let expected = format!("{} numbers as {what}", count.unwrap_or(0));
                self.error(expected, numbers.len().to_string())
            }
        }
    }
}

/// The network of a file. Errors: the first line that is not what belongs there. Cost: linear in
/// the length.
pub fn read(bytes: &[u8]) -> Result<NetworkFile, NnetError> {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with("//")).collect();
    let mut lines = Lines { lines, next: 0 };
    let header = lines.numbers("the numbers of layers, inputs, outputs and units", Some(4))?;
    let size = |number: &Rational| {
        let size = number.to_string().parse::<usize>().ok();
        size.filter(|size| (1..=MAX_UNITS).contains(size))
    };
    let [layers, inputs, outputs] = [0, 1, 2].map(|i| size(&header[i]));
    let (Some(layers), Some(inputs), Some(outputs)) = (layers, inputs, outputs) else {
        return lines.error("sizes from 1 to 2^20", "others");
    };
    let sizes = lines.numbers("the sizes of all layers", None)?;
    let sizes: Vec<usize> = match sizes.iter().map(size).collect::<Option<Vec<_>>>() {
        Some(sizes)
            if Some(sizes.len()) == usize::checked_add(layers, 1)
                && sizes[0] == inputs
                && sizes[layers] == outputs =>
        {
            sizes
        }
        _ => {
            let expected = format!("{inputs}, .., {outputs} as the sizes of {layers} layers");
            return lines.error(expected, format!("{} numbers", sizes.len()));
        }
    };
    lines.numbers("a line that is not used", None)?;
    let lo = lines.numbers("the least inputs", Some(inputs))?;
    let hi = lines.numbers("the greatest inputs", Some(inputs))?;
    let means = lines.numbers("the means of inputs and outputs", Some(inputs + 1))?;
    let ranges = lines.numbers("the ranges of inputs and outputs", Some(inputs + 1))?;
    if let Some(range) = ranges.iter().find(|range| !range.is_positive()) {
        return lines.error("ranges above 0", range.to_string());
    }
    let mut made = Vec::new();
    for (index, pair) in sizes.windows(2).enumerate() {
        let [reads, units] = [pair[0], pair[1]];
        let (mut weight, mut bias) = (Vec::new(), Vec::new());
        for _ in 0..units {
            weight.extend(lines.numbers("a row of weights", Some(reads))?);
        }
        for _ in 0..units {
            bias.extend(lines.numbers("a bias", Some(1))?);
        }
        if index == 0 {
            of_quantities(&mut weight, &mut bias, &means, &ranges);
        }
        if index + 1 == layers {
            weight.iter_mut().for_each(|weight| *weight = &*weight * &ranges[inputs]);
            bias.iter_mut().for_each(|b| *b = &*b * &ranges[inputs] + &means[inputs]);
        }
        made.push(Layer::dense(units, weight, bias));
        if index + 1 < layers {
            made.push(Layer::relu());
        }
    }
    let network = match Network::new(Shape::Flat(inputs), made) {
        Ok(network) => network,
        Err(error) => return lines.error("layers that fit", error.to_string()),
    };
    let domain = match InputBox::new(lo, hi) {
        Ok(domain) => Some(domain),
        Err(error) => return lines.error("least inputs below the greatest", error.to_string()),
    };
    let name = "nnet".to_owned();
    Ok(NetworkFile { name, network, domain, note: None, truth: None })
}

/// Makes a layer of normalized inputs one of the quantities themselves.
fn of_quantities(
    weight: &mut [Rational],
    bias: &mut [Rational],
    means: &[Rational],
    ranges: &[Rational],
) {
    let reads = weight.len() / bias.len();
    for (row, bias) in weight.chunks_mut(reads).zip(bias) {
        for ((weight, mean), range) in row.iter_mut().zip(means).zip(ranges) {
            *weight = &*weight / range;
            *bias -= &*weight * mean;
        }
    }
}
