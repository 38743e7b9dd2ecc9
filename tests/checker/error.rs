//! A second opinion on `error`: the function and the network of the text at points of its box; and
//! what the library writes is accepted.

use super::{number_mutants, short_certificates};
use crate::support::root;
use crease::approximate::{Expression, Goal, SupError, Way, sup_error};
use crease::exact::Rational;
use crease::format::file::NetworkFile;
use crease::net::{Activation, InputBox, Layer, Network, Shape};
use crease_recheck::{self as checker, Kind, check, check_from};

fn q(n: i64, d: i64) -> Rational {
    Rational::new(n, d)
}

fn numbers(words: &[&str]) -> Vec<Rational> {
    words.iter().map(|word| word.parse().expect("an accepted number")).collect()
}

/// What a statement says.
struct Statement {
    function: Expression,
    upper: Rational,
    lower: Rational,
    point: Vec<Rational>,
    ranges: Vec<Vec<Rational>>,
    lines: Vec<String>,
}

impl Statement {
    fn read(text: &str) -> Self {
        let find = |keyword: &str| {
            let line = text.lines().find(|line| line.starts_with(keyword)).expect("it is stated");
            line.split(' ').skip(1).collect::<Vec<_>>()
        };
        let ranges = text.lines().filter(|line| line.starts_with("range "));
        let ranges: Vec<_> =
            ranges.map(|line| numbers(&line.split(' ').skip(1).collect::<Vec<_>>())).collect();
        Self {
            function: Expression::parse(find("function ")[0], ranges.len()).expect("it was read"),
            upper: numbers(&find("upper ")).remove(0),
            lower: numbers(&find("lower ")).remove(0),
            point: numbers(&find("point ")),
            ranges,
            lines: text.lines().map(str::to_owned).collect(),
        }
    }

    /// The network at a point: the values are made one by one.
    fn network(&self, x: &[Rational]) -> Rational {
        let mut values = vec![Rational::ONE];
        values.extend(x.iter().cloned());
        for line in &self.lines {
            let words: Vec<_> = line.split(' ').collect();
            let at = |word: &str| values[word.parse::<usize>().expect("an index")].clone();
            let value = match words[0] {
                "sum" => words[1..]
                    .iter()
                    .map(|term| {
                        let (index, weight) = term.split_once(':').expect("an index and a weight");
                        at(index) * weight.parse::<Rational>().expect("a number")
                    })
                    .sum(),
                "relu" => at(words[1]).max(Rational::ZERO),
                "max" => words[1..].iter().map(|word| at(word)).max().expect("an entry"),
                "bend" => {
                    let rest = numbers(&words[2..]);
                    let breakpoints = rest[2..].iter().step_by(2).cloned().collect();
                    let slopes = rest[1..].iter().step_by(2).cloned().collect();
                    let bend = Activation::piecewise_linear(breakpoints, slopes, &rest[0]);
                    bend.expect("it was read").eval(&at(words[1]))
                }
                "output" => return at(words[1]),
                _ => continue,
            };
            values.push(value);
        }
        unreachable!("a statement has an output")
    }

    fn check(&self) -> Result<(), String> {
        let shares = [q(0, 1), q(1, 1), q(1, 2), q(1, 3), q(5, 7)];
        let mut points = vec![Vec::new()];
        for range in &self.ranges {
            let at = |share: &Rational| &range[0] + share * (&range[1] - &range[0]);
            points = points
                .iter()
                .flat_map(|point: &Vec<_>| {
                    shares.iter().map(|share| [point.as_slice(), &[at(share)]].concat())
                })
                .collect();
        }
        let apart = |x: &[Rational]| {
            let value = self.function.enclose(x, 30).map_err(|error| format!("{x:?}: {error}"))?;
            let network = self.network(x);
            Ok::<_, String>([value.lo() - &network, value.hi() - network])
        };
        for x in &points {
            let [lo, hi] = apart(x)?;
            if lo > self.upper || hi < -&self.upper {
                return Err(format!("at {x:?} the distance is from {lo} to {hi}"));
            }
        }
        let [lo, hi] = apart(&self.point)?;
        let greatest = lo.abs().max(hi.abs());
        if greatest < self.lower {
            return Err(format!("at the point the distance is at most {greatest}"));
        }
        Ok(())
    }
}

#[test]
fn an_accepted_mutant_is_true_at_every_sampled_point() {
    let (mut certificates_seen, mut still_accepted) = (0, 0);
    for (path, text) in short_certificates() {
        let accepted = check(&text).unwrap();
        if accepted.kind != Kind::Error {
            continue;
        }
        certificates_seen += 1;
        Statement::read(&accepted.statement).check().unwrap_or_else(|e| panic!("{path}: {e}"));
        for (_, mutant) in number_mutants(&text) {
            let Ok(accepted) = check(&mutant) else { continue };
            still_accepted += 1;
            let statement = Statement::read(&accepted.statement);
            statement.check().unwrap_or_else(|error| panic!("{path}: {error}\n{mutant}"));
        }
    }
    assert!(certificates_seen >= 3 && still_accepted > 0, "{certificates_seen}, {still_accepted}");
}

fn written(found: &SupError, f: &Expression, net: &Network, domain: &InputBox) -> String {
    let mut text = Vec::new();
    found.write_certificate(f, net, domain, "example/written", &mut text).expect("it is bounded");
    String::from_utf8(text).expect("ASCII")
}

fn bounded(f: &str, net: &Network, domain: &InputBox, goal: &Goal<'_>) -> (SupError, String) {
    let f = Expression::parse(f, domain.lo().len()).expect("it is well made");
    let found = sup_error(&f, net, domain, goal).expect("it is defined");
    let text = written(&found, &f, net, domain);
    (found, text)
}

#[test]
fn what_is_written_is_accepted_and_says_what_was_found() {
    let square = InputBox::new(vec![q(-1, 1), q(0, 1)], vec![q(1, 3), q(2, 1)]).unwrap();
    let line = InputBox::new(vec![q(0, 1)], vec![q(1, 1)]).unwrap();
    for (name, f, domain) in [
        ("xor", "abs(x1-x2)*exp(-x1^2)", &square),
        ("tied-maximum", "max(x1,x2,0)+sqrt(x2)/2", &square),
        ("nested-minimum", "min(x1,x2)+sin(3*x1)*cos(x2)", &square),
        ("every-choice", "log(3+x1)+1/(2+x2)-pi/4", &square),
        ("tent-3", "(x^2+1)^(2/3)", &line),
        ("tent-3", "(x+1/9)^0.251", &line),
    ] {
        let json = std::fs::read(root(format!("fixtures/networks/{name}.json"))).unwrap();
        let net = NetworkFile::read(&json).unwrap().network;
        if net.output().units() != 1 {
            continue;
        }
        let goal = Goal { tolerance: q(1, 10), limit: 3000, ..Goal::default() };
        let (found, text) = bounded(f, &net, domain, &goal);
        let own = checker::network(&json).unwrap();
        let accepted = check_from(&mut text.as_bytes(), Some(&own));
        let accepted = accepted.unwrap_or_else(|rejection| panic!("{name}: {rejection}"));
        let statement = Statement::read(&accepted.statement);
        assert_eq!(Some(statement.upper), found.upper, "{name}");
        assert_eq!(statement.lower, found.lower, "{name}");
        // A little less is too little.
        let less = found.upper.as_ref().unwrap() * q(9, 10);
        let line = format!("upper {}\n", found.upper.unwrap());
        assert!(check(&text.replace(&line, &format!("upper {less}\n"))).is_err(), "{name}");
    }
}

/// `exp(-|x|^2)` through an interpolant of every square, and one of the exponential.
pub fn radial(inputs: usize, cells: i64, knots: i64) -> Network {
    let count = inputs as i64;
    let mut first = Vec::new();
    for i in 0..inputs {
        for _ in 0..cells {
            first.extend((0..inputs).map(|k| q(i64::from(i == k), 1)));
        }
    }
    let node = |j: i64| q(2 * j, cells) - Rational::ONE;
    let biases = (0..inputs).flat_map(|_| (0..cells).map(|j| -node(j))).collect();
    let slopes = |j: i64| if j == 0 { node(0) + node(1) } else { q(4, cells) };
    let row: Vec<_> = (0..inputs).flat_map(|_| (0..cells).map(slopes)).collect();
    let top = q(count, 1) + q(count, cells * cells);
    let knot = |j: i64| &top * q(j, knots);
    let second: Vec<_> = (0..knots).flat_map(|_| row.clone()).collect();
    let f: Expression = "exp(-x)".parse().expect("it is well made");
    let value = |j| f.enclose(&[knot(j)], 30).expect("it is defined").lo().clone();
    let values: Vec<_> = (0..=knots).map(value).collect();
    let mut before = Rational::ZERO;
    let jumps = values.windows(2).map(|pair| {
        let slope = (&pair[1] - &pair[0]) * q(knots, 1) / &top;
        &slope - std::mem::replace(&mut before, slope.clone())
    });
    let jumps: Vec<_> = jumps.collect();
    let units = (count * cells) as usize;
    let layers = vec![
        Layer::dense(units, first, biases),
        Layer::relu(),
        Layer::dense(knots as usize, second, (0..knots).map(|j| q(count, 1) - knot(j)).collect()),
        Layer::relu(),
        Layer::dense(1, jumps, vec![values[0].clone()]),
    ];
    Network::new(Shape::Flat(inputs), layers).expect("the layers fit")
}

#[test]
fn a_radial_function_is_certified_in_any_dimension() {
    for (inputs, cells, knots) in [(2, 4, 6), (5, 5, 12)] {
        let cube = InputBox::cube(inputs, &Rational::ONE);
        let net = radial(inputs, cells, knots);
        let count = inputs as i64;
        // The error of the squares is d/N^2 at most, the exponential has slope 1 at most, and its
        // interpolant is off by an eighth of the square of a cell.
        let squares = q(count, cells * cells);
        let cell = (q(count, 1) + &squares) / q(knots, 1);
        let bound = &squares + &cell * &cell / q(8, 1);
        let goal = Goal { within: Some(&bound * q(11, 10)), ..Goal::default() };
        let (found, text) = bounded("exp(-|x|^2)", &net, &cube, &goal);
        assert!(matches!(found.way, Way::Radial(..)), "{inputs} inputs");
        let accepted = check(&text).unwrap_or_else(|rejection| panic!("{inputs}: {rejection}"));
        assert_eq!(accepted.kind, Kind::Error);
        let upper = found.upper.clone().unwrap();
        assert!(upper <= bound * q(11, 10), "{inputs} inputs: {found:?}");
        assert!(&found.lower * q(4, 1) >= upper, "{inputs} inputs: {found:?}");
    }
}

#[test]
fn another_network_or_output_is_refused() {
    let json = std::fs::read(root("fixtures/networks/xor.json")).unwrap();
    let own = checker::network(&json).unwrap();
    let net = NetworkFile::read(&json).unwrap().network;
    let cube = InputBox::cube(2, &Rational::ONE);
    let (_, text) = bounded("x1*x2", &net, &cube, &Goal::default());
    assert!(check_from(&mut text.as_bytes(), Some(&own)).is_ok());
    let other = text.replace("output 7\n", "output 6\n");
    assert_ne!(other, text);
    let refused = check_from(&mut other.as_bytes(), Some(&own)).unwrap_err().to_string();
    assert!(refused.contains("expected the outputs [7] of the network file, found"), "{refused}");
}
