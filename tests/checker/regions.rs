//! Counts of activation regions: what the writer writes, and what the checker makes of it.

use super::short_certificates;
use crate::support::{files_below, root};
use crease::exact::Rational;
use crease::format::file::NetworkFile;
use crease::geometry::double_description::Tally;
use crease::net::{Circuit, InputBox};
use crease::properties::certificate::{Bound, write_certificate, write_head};
use crease_recheck::{self as checker, Kind, Rejection, check, check_from};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::HashSet;
use std::io::{BufReader, Read, Write};

fn network(name: &str) -> (NetworkFile, checker::Network) {
    let json = std::fs::read_to_string(root(format!("fixtures/networks/{name}.json")));
    let json = json.expect("a network file");
    let file = NetworkFile::read(json.as_bytes()).expect("a network file");
    (file, checker::network(json.as_bytes()).expect("the checker reads it too"))
}

/// Every network file: path and text. Folders below hold files of other forms.
fn network_files() -> Vec<(String, String)> {
    let mut all = files_below("fixtures/networks", "json");
    all.retain(|(path, _)| path.matches('/').count() == 2);
    all
}

fn written(file: &NetworkFile, domain: Option<&InputBox>) -> (Tally, String) {
    let mut text = Vec::new();
    let counts =
        write_certificate(&file.network, domain, Bound::Exact, "example/written", &mut text);
    let counts = counts.expect("a vector takes all bytes");
    (counts, String::from_utf8(text).expect("ASCII"))
}

/// The points of the cells of a tree.
fn points(text: &str) -> Vec<Vec<Rational>> {
    let cells = text.lines().filter_map(|line| line.strip_prefix("C "));
    let point = |cell: &str| {
        let mut numbers = cell.split(' ').map(|word| word.parse::<Rational>().expect("an integer"));
        let denominator = numbers.next().expect("a denominator");
        numbers.map(|x| x / &denominator).collect()
    };
    cells.map(point).collect()
}

#[test]
fn what_is_written_is_accepted_and_counts_what_is_known() {
    // Counts of other programs, kept in the files; all of these networks are generic.
    let names = [
        "arr_n20_d2",
        "arr_n20_d3",
        "cnn1d_in6_f3_c2_2layer",
        "cnn1d_in8_f3_c2",
        "cnn2d_4x4_f2_c1_1layer",
        "mlp_2-10-10-1",
    ];
    for name in names {
        let (file, network) = network(name);
        let (counts, text) = written(&file, None);
        let regions = file.truth.unwrap().activation_regions.unwrap();
        assert_eq!(counts, Tally { cells: regions, strict: regions }, "{name}");
        let accepted = check_from(&mut text.as_bytes(), Some(&network)).unwrap();
        assert_eq!(accepted.kind, Kind::Regions);
        let fact = format!("the network has {regions} full-dimensional activation regions, ");
        assert!(accepted.fact.starts_with(&fact), "{}", accepted.fact);
    }
}

#[test]
fn identities_are_counted_as_the_definitions_say() {
    let counts = |name: &str| written(&network(name).0, None).0;
    // The published example with 5 proper regions, no pattern of which is strict.
    assert_eq!(counts("nested-minimum"), Tally { cells: 5, strict: 0 });
    // On (-inf, 0) and (1, inf) units are dead; the 8 pieces of the unit interval are strict.
    assert_eq!(counts("tent-3"), Tally { cells: 10, strict: 8 });
    assert_eq!(counts("tied-maximum"), Tally { cells: 5, strict: 4 });
    let unit = InputBox::new(vec![Rational::ZERO], vec![Rational::ONE]).unwrap();
    let inside = written(&network("tent-3").0, Some(&unit)).0;
    assert_eq!(inside, Tally { cells: 8, strict: 8 });
}

#[test]
fn a_box_without_an_interior_is_an_error() {
    let flat = InputBox::new(vec![Rational::ONE], vec![Rational::ONE]).unwrap();
    let network = network("tent-3").0.network;
    let error =
        write_certificate(&network, Some(&flat), Bound::Exact, "a/b", &mut Vec::new()).unwrap_err();
    assert_eq!(error.to_string(), "the box has no interior");
}

/// Witnesses alone prove that there are at least as many, for maxima and kinks, too.
#[test]
fn a_lower_bound_refutes_nothing() {
    for name in ["nested-minimum", "tied-maximum", "every-choice"] {
        let (file, network) = network(name);
        let (counts, whole) = written(&file, None);
        let mut text = Vec::new();
        let bound = Bound::AtLeast;
        let other = write_certificate(&file.network, None, bound, "example/written", &mut text);
        assert_eq!(other.unwrap(), counts);
        let accepted = check_from(&mut text.as_slice(), Some(&network)).unwrap();
        assert_eq!(accepted.kind, Kind::RegionsAtLeast);
        let fact = format!("the network has at least {} full-dimensional", counts.cells);
        assert!(accepted.fact.starts_with(&fact), "{}", accepted.fact);
        assert_eq!(points(&String::from_utf8(text).unwrap()), points(&whole), "{name}");
    }
}

/// The cells are those of the network itself: their points have different patterns, and points
/// taken anywhere have none beside.
#[test]
fn the_cells_are_the_patterns_of_the_network() {
    let names = ["xor", "nested-minimum", "tied-maximum", "line-two-layers", "every-choice"];
    for name in names {
        let (file, _) = network(name);
        let points = points(&written(&file, None).1);
        let patterns: HashSet<_> = points.iter().map(|x| file.network.pattern(x)).collect();
        assert_eq!(patterns.len(), points.len(), "{name}");
        // Odd denominators keep clear of the kinks.
        let inputs = file.network.input().units() as i64;
        for step in 0..4000i64 {
            let entry =
                |i: i64| Rational::new((step * (7919 + 104_729 * i)) % 40_009 - 20_004, 4999);
            let x: Vec<_> = (0..inputs).map(entry).collect();
            assert!(patterns.contains(&file.network.pattern(&x)), "{name} at {x:?}");
        }
    }
}

/// The two readers of network files, which share no line, agree on every layer.
#[test]
fn every_network_file_is_expanded_as_it_is_written() {
    let mut seen = 0;
    for (path, json) in network_files() {
        let file = NetworkFile::read(json.as_bytes()).unwrap();
        let network = checker::network(json.as_bytes()).unwrap_or_else(|e| panic!("{path}: {e}"));
        let mut head = Vec::new();
        let circuit = Circuit::new(&file.network);
        write_head(&circuit, None, Bound::Exact, "a/b", Tally::default(), &mut head).unwrap();
        let outcome = check_from(&mut head.as_slice(), Some(&network));
        let Err(Rejection::Incomplete { expected, .. }) = outcome else {
            panic!("{path}: {outcome:?}")
        };
        assert!(expected.ends_with("of the tree"), "{path}: {expected}");
        seen += 1;
    }
    assert!(seen >= 25, "only {seen} networks");
}

#[test]
fn what_the_reader_of_networks_refuses_so_does_the_checker() {
    let mut seen = 0;
    for entry in std::fs::read_dir(root("fixtures/damaged")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let path = path.display().to_string();
        // Truth, domain, and names with their escapes say nothing about the network.
        let spared = ["domain", "truth", "name", "escape", "surrogate", "reasons.toml"];
        if NetworkFile::read(&bytes).is_err() && !spared.iter().any(|s| path.contains(s)) {
            assert!(checker::network(&bytes).is_err(), "{path}");
            seen += 1;
        }
    }
    assert!(seen >= 40, "only {seen} files");
}

#[test]
fn another_network_is_refused_by_its_first_other_value() {
    let text = super::example("regions_of_xor");
    let refused = |name: &str| check_from(&mut text.as_bytes(), Some(&network(name).1));
    assert!(refused("xor").is_ok());
    let reason = refused("nested-minimum").unwrap_err().to_string();
    let expected = "line 5: expected `sum 1:1` as in the network file, found `sum 1:1 2:1`";
    assert_eq!(reason, expected);
    let reason = refused("tent-3").unwrap_err().to_string();
    assert_eq!(reason, "line 5: expected a network of 1 inputs, found 2");
    let separation = super::example("xor");
    let reason = check_from(&mut separation.as_bytes(), Some(&network("xor").1)).unwrap_err();
    let expected = "line 2: expected a kind that states the network of a file, found separation";
    assert_eq!(reason.to_string(), expected);
}

/// Every committed certificate about regions, with the network that it states.
fn stated() -> Vec<(String, String, checker::Network)> {
    let networks: Vec<_> = network_files().into_iter().map(|(_, json)| json).collect();
    let mut all = Vec::new();
    for (path, text) in short_certificates() {
        let is_count = |kind| matches!(kind, Kind::Regions | Kind::RegionsAtLeast);
        if !check(&text).is_ok_and(|accepted| is_count(accepted.kind)) {
            continue;
        }
        let its = networks.iter().map(|json| checker::network(json.as_bytes()).expect("a network"));
        let found =
            its.into_iter().find(|network| check_from(&mut text.as_bytes(), Some(network)).is_ok());
        all.push((path.clone(), text, found.unwrap_or_else(|| panic!("{path}: whose network?"))));
    }
    all
}

#[test]
fn a_number_changed_in_the_network_is_another_network() {
    let mut mutants = 0;
    for (path, text, network) in stated() {
        let start = text.find("\ninput ").unwrap();
        let end = text.find("\nregions ").unwrap();
        let is_digit = |byte: u8| byte.is_ascii_digit();
        for at in (start..end).filter(|at| is_digit(text.as_bytes()[*at])) {
            let line = text[..at].rsplit('\n').next().unwrap();
            if line.starts_with("range") {
                continue;
            }
            for digit in ['0', '1', '7'].iter().filter(|d| !text[at..].starts_with(**d)) {
                let mutant = format!("{}{digit}{}", &text[..at], &text[at + 1..]);
                let outcome = check_from(&mut mutant.as_bytes(), Some(&network));
                assert!(outcome.is_err(), "{path}: byte {at} changed to {digit}");
                mutants += 1;
            }
        }
    }
    assert!(mutants > 500, "only {mutants} mutants");
}

#[test]
fn a_changed_tree_is_refused_or_proves_the_same_count() {
    let (mut refused, mut accepted) = (0, 0);
    for (path, text, _) in stated() {
        let original = check(&text).unwrap();
        let (head, tree) = text.split_at(text.find("\nproof\n").unwrap() + 7);
        let lines: Vec<_> = tree.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let mut others: Vec<String> = vec![String::new(), format!("{line}\n{line}\n")];
            others.extend(["S\n", "Z\n", "P 0 1\n", "N 0 1\n", "O +|+|0 1\n"].map(str::to_owned));
            others.extend(["P", "N", "C"].map(|tag| format!("{tag}{}\n", &line[1..])));
            others.push(format!("A 1 P 0 1\n{line}\n"));
            if let Some(next) = lines.get(at + 1) {
                others.push(format!("{next}\n{line}\n"));
            }
            for other in others.iter().filter(|other| other.trim_end() != *line) {
                let is_exchange = other.ends_with(&format!("\n{line}\n"))
                    && lines.get(at + 1).is_some_and(|next| other.starts_with(next))
                    && !other.starts_with(line);
                let skip = usize::from(is_exchange);
                let keep = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect();
                let (before, after): (String, String) =
                    (keep(&lines[..at]), keep(&lines[at + 1 + skip..]));
                match check(&format!("{head}{before}{other}{after}")) {
                    Ok(proved) => {
                        assert_eq!(proved, original, "{path}, node {at}: {other}");
                        accepted += 1;
                    }
                    Err(_) => refused += 1,
                }
            }
        }
    }
    assert!(refused > 1000 && accepted < refused / 20, "{refused} refused, {accepted} accepted");
}

/// A certificate of a square grid of lines, made while it is read.
struct Grid {
    side: usize,
    cell: usize,
    text: Vec<u8>,
}

impl Grid {
    fn new(side: usize) -> Self {
        let mut text = "certificate 1 regions\nclaim example/grid\ninput 2\n".to_owned();
        let units = 2 * side;
        (0..units).for_each(|i| text += &format!("sum 0:-{} {}:1\n", i % side + 1, i / side + 1));
        (0..units).for_each(|i| text += &format!("relu {}\n", i + 3));
        let cells = (side + 1) * (side + 1);
        text += &format!("regions {cells}\nstrict {cells}\nproof\n");
        Self { side, cell: 0, text: text.into_bytes() }
    }

    /// The nodes before a cell that the cells before it do not have, and the cell.
    fn nodes(&self) -> String {
        let (column, row) = (self.cell / (self.side + 1), self.cell % (self.side + 1));
        // Where the first unit that is off splits off, all further ones are off: k - x > 0 refutes
        // x - (k + 1) > 0.
        let first_off = |on: usize| match self.side.checked_sub(on + 1) {
            Some(further) => format!("S\n{}", "N 0 1 1 1\n".repeat(further)),
            None => String::new(),
        };
        let below = if row == 0 { first_off(column) } else { String::new() };
        format!("{below}{}C 2 {} {}\n", first_off(row), 2 * column + 1, 2 * row + 1)
    }
}

impl Read for Grid {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let cells = (self.side + 1).pow(2);
        if self.text.is_empty() && self.cell <= cells {
            let text = if self.cell < cells { self.nodes() } else { "end\n".to_owned() };
            (self.text, self.cell) = (text.into_bytes(), self.cell + 1);
        }
        let length = buffer.len().min(self.text.len());
        buffer[..length].copy_from_slice(&self.text[..length]);
        self.text.drain(..length);
        Ok(length)
    }
}

#[test]
fn a_tree_is_checked_while_it_is_made() {
    let accepted = check_from(&mut BufReader::new(Grid::new(40)), None).unwrap();
    let fact = "the network has 1681 full-dimensional activation regions, 1681 of them strict, \
                on all of R^2 (values 160)";
    assert_eq!(accepted.fact, fact);
    assert!(accepted.statement.ends_with("strict 1681\n"));
}

#[test]
fn a_packed_tree_is_unpacked_while_it_is_checked() {
    let packed = |text: &[u8]| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(text).and_then(|()| packer.finish()).expect("a vector takes all bytes")
    };
    let text = super::example("regions_decided_ahead");
    let whole = packed(text.as_bytes());
    assert_eq!(check_from(&mut whole.as_slice(), None), check(&text));
    // Two packed parts, one after the other, are the file that they make together.
    let (first, second) = text.as_bytes().split_at(200);
    let parts = [packed(first), packed(second)].concat();
    assert_eq!(check_from(&mut parts.as_slice(), None), check(&text));
    for end in 1..whole.len() {
        let outcome = check_from(&mut &whole[..end], None);
        assert!(outcome.is_err(), "{end} bytes of {}: {outcome:?}", whole.len());
    }
    let mut damaged = whole.clone();
    *damaged.last_mut().expect("it is not empty") ^= 1;
    assert!(matches!(check_from(&mut &damaged[..], None), Err(Rejection::Unreadable { .. })));
    let longer = packed(format!("{text} ").as_bytes());
    assert!(check_from(&mut longer.as_slice(), None).is_err());
}

#[test]
fn a_source_that_breaks_off_is_named() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the cable is cut"))
        }
    }
    let text = super::example("regions_of_xor");
    let half = &text.as_bytes()[..text.len() - 6];
    let outcome = check_from(&mut BufReader::new(half.chain(Broken)), None);
    assert!(matches!(outcome, Err(Rejection::Unreadable { line: 18, .. })), "{outcome:?}");
}
