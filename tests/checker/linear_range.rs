//! A second opinion on `linear-range`: the network of the text, evaluated at points of its box.

use crate::checker::{number_mutants, short_certificates};
use crease::exact::Rational;
use crease_recheck::{Kind, check};

type Row = Vec<Rational>;

fn numbers(line: &str) -> Row {
    line.split(' ').skip(1).map(|word| word.parse().expect("an accepted number")).collect()
}

fn dot(a: &[Rational], b: &[Rational]) -> Rational {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn relu(x: Rational) -> Rational {
    if x.is_negative() { Rational::ZERO } else { x }
}

/// The statement's network and its stated function at one point.
fn both_sides(statement: &str, x: &[Rational]) -> (Rational, Rational) {
    let (mut signal, mut before) = (x.to_vec(), Vec::new());
    let (mut network, mut stated) = (Rational::ZERO, Rational::ZERO);
    let affine = |row: &[Rational], x: &[Rational]| &row[0] + &dot(&row[1..], x);
    for line in statement.lines() {
        let row = numbers(line);
        match line.split(' ').next().expect("a line has a word") {
            "conv" => {
                before = vec![Rational::ZERO; signal.len() + row.len() - 1];
                for (k, tap) in row.iter().enumerate() {
                    for (i, value) in signal.iter().enumerate() {
                        before[i + k] += &(tap * value);
                    }
                }
            }
            "dense" => before.clear(),
            "row" => before.push(dot(&row, &signal)),
            "bias" => {
                let bias = row.iter().cycle().take(before.len());
                signal = before.iter().zip(bias).map(|(h, b)| relu(h + b)).collect();
            }
            "readout" => network = affine(&row, &signal),
            "affine" => stated = affine(&row, x),
            "ridge" => stated += &(&row[0] * &relu(affine(&row[1..], x))),
            _ => {}
        }
    }
    (network, stated)
}

/// Points of the box: every mixture of its ends, its thirds and its middle that is cheap.
fn points(statement: &str) -> Vec<Row> {
    let ranges: Vec<_> =
        statement.lines().filter(|line| line.starts_with("range")).map(numbers).collect();
    let share = |n: i64, d: i64| Rational::new(n, d);
    let shares = [share(0, 1), share(1, 1), share(1, 2), share(1, 3), share(5, 7)];
    let mut all = vec![Row::new()];
    for range in &ranges {
        all = shares
            .iter()
            .flat_map(|share| {
                let value = &range[0] + &(share * &(&range[1] - &range[0]));
                all.iter()
                    .map(move |point| [point.as_slice(), std::slice::from_ref(&value)].concat())
            })
            .collect();
    }
    all
}

fn agree(statement: &str) -> Result<(), String> {
    for x in points(statement) {
        let (network, stated) = both_sides(statement, &x);
        if network != stated {
            return Err(format!("at {x:?} the network is {network}, stated is {stated}"));
        }
    }
    Ok(())
}

#[test]
fn the_network_is_the_stated_function_at_every_sampled_point() {
    for (path, text) in short_certificates() {
        let accepted = check(&text).unwrap();
        if accepted.kind == Kind::LinearRange {
            agree(&accepted.statement).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
}

/// Whatever number is changed: what is still accepted is still true.
#[test]
fn an_accepted_mutant_is_true_at_every_sampled_point() {
    let mut still_accepted = 0;
    for (path, text) in short_certificates() {
        for (_, mutant) in number_mutants(&text) {
            let Ok(accepted) = check(&mutant) else { continue };
            if accepted.kind == Kind::LinearRange {
                still_accepted += 1;
                agree(&accepted.statement).unwrap_or_else(|error| panic!("{path}: {error}"));
            }
        }
    }
    assert!(still_accepted > 0, "no mutant asks anything");
}
