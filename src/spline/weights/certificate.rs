//! Certificates of balance: the network by its channels, two bounds of the least decay of all its
//! rescalings, and what proves them.

use super::balance::Balance;
use super::rescaling::{Charge, Rescaling};
use crate::exact::Rational;
use crate::net::{Circuit, Network, Parameters, Value};
use crate::properties::certificate::write_value;
use std::io::{self, Write};

/// Above every constant of a layer, so that a number of a layer is told apart by its weight.
const FIRST: i64 = 1 << 40;

/// Writes a certificate of a balance: some rescaling of the network has a decay of at most
/// `balance.decay.hi()`, none has less than `balance.least`. It is evidence for `claim`.
///
/// Errors: those of `out`. Panics if balance and rescaling are not of this network.
pub fn certify_balance(
    network: &Network,
    rescaling: &Rescaling,
    charge: Charge,
    balance: &Balance,
    claim: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "certificate 1 balance\nclaim {claim}")?;
    statement(network, rescaling, out)?;
    let charge_word = if charge == Charge::All { "all" } else { "weights" };
    writeln!(out, "charge {charge_word}\nmost {}\nleast {}", balance.decay.hi(), balance.least)?;
    writeln!(out, "proof\nplaces {}", balance.places)?;
    for (keyword, factors) in [("factors", &balance.factors), ("reference", &balance.reference)] {
        out.write_all(keyword.as_bytes())?;
        factors[1..].iter().try_for_each(|factor| write!(out, " {factor}"))?;
        out.write_all(b"\n")?;
    }
    let edges = rescaling.edges(&network.parameters(), charge);
    for (edge, flow) in edges.iter().zip(&balance.flow).filter(|(_, flow)| !flow.is_zero()) {
        writeln!(out, "flow {} {} {flow}", edge.from, edge.into)?;
    }
    out.write_all(b"end\n")
}

/// The values: sums with their channel, each number of a layer where it first occurs, and by its
/// number from then on.
fn statement(network: &Network, rescaling: &Rescaling, out: &mut dyn Write) -> io::Result<()> {
    let parameters = network.parameters();
    let (marked, numbers, channels) = marked(&parameters, rescaling);
    let marked = network.with_parameters(marked).expect("the form of the parameters is unchanged");
    let circuit = Circuit::new(&marked);
    let mut own = vec![0; 1 + circuit.inputs];
    // The number of each parameter in the text, once it has one.
    let (mut stated, mut count) = (vec![None; numbers.len()], 0);
    writeln!(out, "input {}", circuit.inputs)?;
    for value in &circuit.values {
        let Value::Sum(terms) = value else {
            write_value(value, out)?;
            out.write_all(b"\n")?;
            own.push(match value {
                Value::Bend(source, _) => own[*source],
                Value::Max(sources) => own[sources[0]],
                Value::Sum(_) => unreachable!("it is none"),
            });
            continue;
        };
        let number = |weight: &Rational| (weight - Rational::integer(FIRST)).wide_integer();
        let index = |weight: &Rational| number(weight).and_then(|n| usize::try_from(n).ok());
        let channel = match terms.iter().find_map(|(_, weight)| index(weight)) {
            Some(parameter) => channels[parameter],
            None => terms.first().map_or(0, |(source, _)| own[*source]),
        };
        write!(out, "unit {channel}")?;
        for (source, weight) in terms {
            match index(weight) {
                None => write!(out, " {source}*{weight}")?,
                Some(parameter) if numbers[parameter].is_zero() => {}
                Some(parameter) => match stated[parameter] {
                    Some(earlier) => write!(out, " {source}={earlier}")?,
                    None => {
                        count += 1;
                        stated[parameter] = Some(count);
                        write!(out, " {source}:{}", numbers[parameter])?;
                    }
                },
            }
        }
        out.write_all(b"\n")?;
        own.push(channel);
    }
    let unread = numbers.iter().zip(&stated).filter(|(x, stated)| stated.is_none() && !x.is_zero());
    let idle: Vec<_> = unread.map(|(x, _)| x.to_string()).collect();
    if !idle.is_empty() {
        writeln!(out, "idle {}", idle.join(" "))?;
    }
    out.write_all(b"output")?;
    circuit.outputs.iter().try_for_each(|output| write!(out, " {output}"))?;
    out.write_all(b"\n")
}

/// Parameters of the same form that are all different, the numbers behind them, and the channels
/// that these write.
fn marked(
    parameters: &[Parameters],
    rescaling: &Rescaling,
) -> (Vec<Parameters>, Vec<Rational>, Vec<usize>) {
    let (mut numbers, mut channels) = (Vec::new(), Vec::new());
    let mut mark = |list: &[Rational], into: &mut dyn Iterator<Item = usize>| -> Vec<Rational> {
        let start = FIRST + numbers.len() as i64;
        numbers.extend_from_slice(list);
        channels.extend(into);
        (start..).take(list.len()).map(Rational::integer).collect()
    };
    let marks = parameters.iter().zip(rescaling.layers()).map(|(own, ends)| Parameters {
        weight: mark(&own.weight, &mut ends.weights.iter().map(|[_, into]| *into)),
        bias: mark(&own.bias, &mut ends.biases.iter().copied()),
    });
    let marks = marks.collect();
    (marks, numbers, channels)
}
