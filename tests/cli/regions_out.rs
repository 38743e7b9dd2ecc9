//! `crease count --out`: every region as a line, and the lines together as the domain.

use super::{crease, folder};
use crease::exact::Rational;
use crease::format::file::NetworkFile;
use serde_json::Value;

const SMALL: &str = "fixtures/networks/mlp_2-10-10-1.json";

/// The lines that the program writes, and its exit code.
fn listed(name: &str, args: &[&str]) -> (i32, Vec<Value>) {
    let path = folder(name).join("regions.jsonl");
    let out = ["--out", path.to_str().expect("UTF-8")];
    let run = crease([&["count"], args, &out].concat());
    let text = std::fs::read_to_string(&path).expect("a file");
    let lines = text.lines().map(|line| {
        super::schema::assert_valid_by("region", line);
        serde_json::from_str(line).expect("JSON")
    });
    let lines: Vec<Value> = lines.collect();
    assert!(run.out.contains(&format!("{} proper activation region", lines.len())), "{}", run.out);
    (run.code, lines)
}

fn number(value: &Value) -> Rational {
    value.as_str().expect("an exact string").parse().expect("a number")
}

fn numbers(value: &Value) -> Vec<Rational> {
    value.as_array().expect("a list").iter().map(number).collect()
}

fn network() -> crease::net::Network {
    let bytes = std::fs::read(super::root(SMALL)).expect("a fixture");
    NetworkFile::read(&bytes).expect("a network").network
}

#[test]
fn each_line_is_true_of_its_region() {
    let (code, lines) = listed("out", &[SMALL]);
    assert_eq!((code, lines.len()), (0, 242));
    let network = network();
    for (index, line) in lines.iter().enumerate() {
        assert_eq!(line["index"], index);
        let point = numbers(&line["point"]);
        let pattern = serde_json::to_value(network.pattern(&point).layers).expect("numbers");
        assert_eq!(line["pattern"], pattern);
        for half_space in line["halfspaces"].as_array().expect("a list") {
            let products = numbers(&half_space["coefficients"]);
            let products = products.iter().zip(&point).map(|(c, x)| c * x);
            let value = products.fold(number(&half_space["constant"]), |sum, x| sum + x);
            assert!(value.is_positive(), "{half_space} at {point:?}");
        }
        let row = numbers(&line["map"]["matrix"][0]);
        let value = row.iter().zip(&point).map(|(a, x)| a * x);
        let value = value.fold(number(&line["map"]["offset"][0]), |sum, x| sum + x);
        assert_eq!(vec![value], network.eval(&point));
        assert_eq!(line["bounded"] == true, line["volume"].is_string());
    }
}

/// In one, two and three dimensions, without rounding.
#[test]
fn the_volumes_of_a_box_add_up() {
    let cases: [(&str, &[&str], Rational); 4] = [
        (SMALL, &["--box", "-1,1"], Rational::integer(4)),
        (SMALL, &["--box", "-1/3,1,0,2/7"], Rational::new(8, 21)),
        ("fixtures/networks/tent-3.json", &["--box", "-1,5/2"], Rational::new(7, 2)),
        ("fixtures/networks/arr_n20_d3.json", &["--box", "0,1/2,-1,1,0,3"], Rational::integer(3)),
    ];
    for (i, (path, args, expected)) in cases.into_iter().enumerate() {
        let args = [&[path], args].concat();
        let (_, lines) = listed(&format!("volumes-{i}"), &args);
        assert!(lines.len() > 3, "{path}: {}", lines.len());
        let volumes = lines.iter().map(|line| number(&line["volume"]));
        assert_eq!(volumes.fold(Rational::ZERO, |sum, x| sum + x), expected, "{path}");
    }
}

/// A neighbour is a region whose pattern differs, and the relation is symmetric and connected.
#[test]
fn neighbours_are_listed_if_asked() {
    let (_, lines) = listed("neighbours", &[SMALL, "--box", "-1,1", "--adjacency"]);
    let neighbours: Vec<Vec<usize>> = lines
        .iter()
        .map(|line| serde_json::from_value(line["neighbours"].clone()).expect("a list"))
        .collect();
    let mut reached = vec![0];
    let mut next = 0;
    while let Some(&region) = reached.get(next) {
        for &other in &neighbours[region] {
            assert!(neighbours[other].contains(&region), "{region} and {other}");
            assert!(lines[other]["pattern"] != lines[region]["pattern"]);
            if !reached.contains(&other) {
                reached.push(other);
            }
        }
        next += 1;
    }
    assert_eq!(reached.len(), lines.len());
}

#[test]
fn a_listing_can_be_cut_short_and_is_of_one_notion() {
    let (code, lines) = listed("limited", &[SMALL, "--limit", "7"]);
    assert_eq!((code, lines.len()), (6, 7));
    let refused = |args: &[&str]| {
        let run = crease([&["count", SMALL], args].concat());
        assert_eq!((run.code, run.out.as_str()), (1, ""));
        run.err
    };
    assert_eq!(
        refused(&["--out", "no.jsonl", "--notion", "R4"]),
        "crease: no.jsonl: regions are listed for R2, not for R4\n"
    );
    assert!(refused(&["--adjacency"]).contains("--out"));
    assert!(refused(&["--out", "no/such/folder/x"]).starts_with("crease: no/such/folder/x: "));
}
