//! Networks on slices, and the points files that name them.

use crate::support::root;
use crease::exact::Rational;
use crease::format::file::NetworkFile;
use crease::format::points::{self, PointsError};
use crease::net::{Network, Shape};
use crease::properties::restricted;

fn network(name: &str) -> Network {
    let bytes = std::fs::read(root(format!("fixtures/networks/{name}.json"))).expect("a fixture");
    NetworkFile::read(&bytes).expect("a good network").network
}

fn ints(numbers: &[i64]) -> Vec<Rational> {
    numbers.iter().map(|n| Rational::integer(*n)).collect()
}

#[test]
fn a_restricted_network_is_the_network_at_the_points_between() {
    for name in ["mlp_3-16-16-1", "cnn2d_4x4_f2_c2_1layer", "cnn1d_in8_f3_c2_2layer"] {
        let whole = network(name);
        let point = |seed: usize| -> Vec<_> {
            let entry = |i: usize| Rational::new(((i * i + 3) * seed % 11) as i64 - 5, 3);
            (0..whole.input().units()).map(entry).collect()
        };
        let points = [point(1), point(2), point(5)];
        let plane = restricted(&whole, &points).expect("independent points");
        assert_eq!(plane.input(), Shape::Flat(2));
        for (s, t) in [(0, 0), (4, 0), (0, 4), (1, 2), (-3, 5), (7, 1)] {
            let at = [Rational::new(s, 4), Rational::new(t, 4)];
            let entry = |i: usize| {
                let [p, q, r] = [0, 1, 2].map(|k: usize| &points[k][i]);
                p + &at[0] * &(q - p) + &at[1] * &(r - p)
            };
            let there: Vec<_> = (0..whole.input().units()).map(entry).collect();
            assert_eq!(plane.eval(&at), whole.eval(&there), "{name} at {at:?}");
            assert_eq!(plane.pattern(&at), whole.pattern(&there), "{name} at {at:?}");
        }
    }
}

#[test]
fn a_restricted_network_is_written_and_read_back() {
    let network = network("cnn2d_4x4_f2_c2_1layer");
    let mut points = vec![ints(&[0; 16]), ints(&[1; 16])];
    points[0][3] = Rational::new(1, 3);
    let network = restricted(&network, &points).expect("two points");
    let file =
        NetworkFile { name: "line".to_owned(), network, domain: None, note: None, truth: None };
    assert_eq!(NetworkFile::read(file.write().as_bytes()), Ok(file));
}

#[test]
fn points_that_span_no_slice_are_refused() {
    let network = network("mlp_3-16-16-1");
    let refused = |points: &[&[i64]]| {
        let points: Vec<_> = points.iter().map(|point| ints(point)).collect();
        restricted(&network, &points).expect_err("no slice")
    };
    assert_eq!(refused(&[]), "a slice takes at least 2 points, found 0");
    assert_eq!(refused(&[&[1, 2, 3]]), "a slice takes at least 2 points, found 1");
    let length = "point 1 has 2 entries, the input has 3";
    assert_eq!(refused(&[&[1, 2, 3], &[1, 2]]), length);
    let dependent = |at| format!("point {at} lies in the flat through the points before it");
    assert_eq!(refused(&[&[1, 2, 3], &[1, 2, 3]]), dependent(1));
    assert_eq!(refused(&[&[0, 0, 0], &[1, 2, 3], &[-2, -4, -6]]), dependent(2));
    let five: [&[i64]; 5] = [&[0, 0, 0], &[1, 0, 0], &[0, 1, 0], &[0, 0, 1], &[1, 1, 1]];
    assert_eq!(refused(&five), dependent(4));
}

#[test]
fn a_points_file_keeps_names_order_and_digits() {
    let text = r#"{"points": [
        {"name": "a", "at": [0, "1/3"]},
        {"name": "b", "label": 3, "at": ["0.125", -2]}
    ]}"#;
    let all = points::read(text.as_bytes()).expect("a points file");
    assert_eq!((all[0].label, all[1].label), (None, Some(3)));
    assert_eq!(all[1].at, [Rational::new(1, 8), Rational::integer(-2)]);
    let back = points::chosen(&all, &["b", "a"]).expect("both are there");
    assert_eq!(back, [all[1].clone(), all[0].clone()]);
    let error = points::chosen(&all, &["c"]).expect_err("not there");
    assert_eq!(error.to_string(), "no point is called \"c\"; there are a, b");
}

#[test]
fn a_damaged_points_file_is_refused() {
    let refused = |text: &str| points::read(text.as_bytes()).expect_err("damaged").to_string();
    for (text, reason) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        (r#"{"points": [{"name": "a", "at": [0.5]}]}"#, "invalid type: floating point `0.5`"),
        (r#"{"points": [{"name": "a", "at": ["1/0"]}]}"#, "the denominator of \"1/0\" is zero"),
        (r#"{"points": [{"name": "a"}]}"#, "missing field `at`"),
        (r#"{"points": [{"name": "a", "at": [], "x": 1}]}"#, "unknown field `x`"),
    ] {
        assert!(refused(text).starts_with(reason), "{}", refused(text));
    }
    let twice = r#"{"points": [{"name": "a", "at": []}, {"name": "a", "at": []}]}"#;
    let error = points::read(twice.as_bytes()).expect_err("one name");
    assert!(matches!(error, PointsError::Twice { index: 1, .. }), "{error}");
}
