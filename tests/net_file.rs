//! Network files: what is good loads and round-trips, what is damaged is refused with its reason.

use crate::support::{files_below, root};
use crease::exact::Rational;
use crease::format::file::{FileError, MAX_BYTES, NetworkFile};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// The networks of the folder itself; folders in it have files in other formats.
fn good() -> Vec<(String, String)> {
    let mut all = files_below("fixtures/networks", "json");
    all.retain(|(path, _)| path.matches('/').count() == 2);
    all
}

fn load(name: &str) -> NetworkFile {
    let bytes = std::fs::read(root(format!("fixtures/networks/{name}.json"))).expect("a fixture");
    NetworkFile::read(&bytes).expect("a good network")
}

fn refusal(text: &str) -> String {
    NetworkFile::read(text.as_bytes()).expect_err("the file is damaged").to_string()
}

/// A one-layer file around a weight.
fn around(weight: &str) -> String {
    format!(
        "{{\"name\": \"x\", \"input_shape\": [1], \"layers\": [{{\"type\": \"dense\", \"weight\": \
         {weight}}}]}}"
    )
}

#[test]
fn every_good_network_loads_and_keeps_its_name() {
    let all = good();
    assert!(all.len() >= 21, "only {} networks", all.len());
    for (path, text) in all {
        let file = NetworkFile::read(text.as_bytes()).unwrap_or_else(|e| panic!("{path}: {e}"));
        assert_eq!(path, format!("fixtures/networks/{}.json", file.name));
    }
}

#[test]
fn reading_undoes_writing() {
    for (path, text) in good() {
        let file = NetworkFile::read(text.as_bytes()).unwrap();
        let written = file.write();
        assert_eq!(NetworkFile::read(written.as_bytes()), Ok(file.clone()), "{path}");
        assert_eq!(NetworkFile::read(written.as_bytes()).unwrap().write(), written, "{path}");
        serde_json::from_str::<serde_json::Value>(&written).expect("another reader agrees");
    }
}

#[test]
fn a_network_means_what_its_file_says() {
    let [zero, one] = [Rational::ZERO, Rational::ONE];
    let xor = load("xor").network;
    for (x, y) in [([&zero, &zero], &zero), ([&zero, &one], &one), ([&one, &zero], &one)] {
        assert_eq!(xor.eval(&x.map(Clone::clone)), std::slice::from_ref(y));
    }
    assert_eq!(xor.eval(&[one.clone(), one.clone()]), std::slice::from_ref(&zero));
    let tent = load("tent-3");
    for k in 0..=8 {
        let y = tent.network.eval(&[Rational::new(k, 8)]);
        assert_eq!(y, [Rational::from(k % 2)], "at {k}/8");
    }
    assert_eq!(tent.domain.expect("a domain").hi(), [one]);
    assert_eq!(tent.truth.expect("a truth").activation_regions, Some(8));
    assert_eq!(load("every-layer").network.output().axes(), [3]);
    // By hand: after the ReLU [2, 1, 1, 1, 1, 1, 1, 0, 0] and 2 to 10. The largest of neighbours,
    // and their means, [2, 1, 1, 1, 0] and [5/2, 9/2, 13/2, 17/2, 10]. Sums [3, 3, 1] and
    // [7, 39/2, 37/2]. The first two of each, added up, less 7/2.
    let line = load("every-line-layer").network;
    let x: Vec<_> = (1..=9).map(Rational::from).collect();
    assert_eq!(line.eval(&x), [Rational::from(29)]);
}

#[test]
fn rows_come_before_columns() {
    let text = "{\"name\": \"x\", \"input_shape\": [1, 5, 6], \"layers\": [{\"type\": \"conv2d\", \
                \"weight\": [[[[0, 0, 0], [1, 0, 0]]]], \"stride\": [1, 2], \"padding\": [0, 1]}]}";
    let network = NetworkFile::read(text.as_bytes()).unwrap().network;
    assert_eq!(network.output().axes(), [1, 4, 3]);
    // Entry [i, j] is 10 i + j; output [i, j] is entry [i + 1, 2 j - 1].
    let x: Vec<_> = (0..30).map(|p| Rational::from(p / 6 * 10 + p % 6)).collect();
    let y = [0, 11, 13, 0, 21, 23, 0, 31, 33, 0, 41, 43].map(Rational::from);
    assert_eq!(network.eval(&x), y);
}

#[test]
fn what_goes_without_saying_may_be_left_out() {
    let short = around("[[2]]");
    let long = short.replace("]}]", "], \"bias\": []}], \"format\": 1, \"domain\": null");
    assert_eq!(NetworkFile::read(short.as_bytes()), NetworkFile::read(long.as_bytes()));
    let conv = |more: &str| {
        let text = format!(
            "{{\"layers\": [{{\"weight\": [[[1, 2]]], \"type\": \"conv1d\"{more}}}], \
             \"input_shape\": [1, 5], \"name\": \"x\"}}"
        );
        NetworkFile::read(text.as_bytes()).unwrap()
    };
    let all = ", \"stride\": [1], \"padding\": 0, \"dilation\": 1, \"groups\": 1";
    assert_eq!(conv(""), conv(all));
    assert_ne!(conv(""), conv(", \"stride\": 2"));
}

#[test]
fn numbers_keep_every_digit() {
    for text in ["\"-3/7\"", "12345678901234567890123", "\"0.125\"", "-0", "\"6/8\""] {
        let file = NetworkFile::read(around(&format!("[[{text}]]")).as_bytes()).unwrap();
        let expected: Rational = text.trim_matches('"').parse().unwrap();
        assert_eq!(file.network.eval(&[Rational::ONE]), [expected]);
        assert_eq!(NetworkFile::read(file.write().as_bytes()), Ok(file));
    }
}

#[test]
fn strings_keep_every_character() {
    let name = r#""a\"b\\c\/d\b\f\n\r\té\u00e9\ud83d\ude00 ☃""#;
    let text = around("[[1]]").replace("\"x\"", name);
    let file = NetworkFile::read(text.as_bytes()).unwrap();
    assert_eq!(file.name, "a\"b\\c/d\u{8}\u{c}\n\r\téé😀 ☃");
    assert_eq!(NetworkFile::read(file.write().as_bytes()), Ok(file));
}

#[test]
fn every_damaged_file_is_refused_for_its_stated_reason() {
    let reasons = std::fs::read_to_string(root("fixtures/damaged/reasons.toml")).unwrap();
    let mut reasons: BTreeMap<String, String> = toml::from_str(&reasons).unwrap();
    let mut differences = Vec::new();
    for entry in std::fs::read_dir(root("fixtures/damaged")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let found = match NetworkFile::read(&std::fs::read(&path).unwrap()) {
                Ok(_) => "it loads".to_owned(),
                Err(error) => error.to_string(),
            };
            if reasons.remove(&name).as_ref() != Some(&found) {
                differences.push(format!("{name} = '''{found}'''"));
            }
        }
    }
    differences.sort();
    assert!(differences.is_empty(), "other reasons than stated:\n{}", differences.join("\n"));
    assert!(reasons.is_empty(), "reasons without a file: {:?}", reasons.keys());
}

/// The refusal, once it is known that it came soon.
fn refused_soon(text: &str) -> String {
    let start = Instant::now();
    let refusal = refusal(text);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}: {refusal}", start.elapsed());
    refusal
}

#[test]
fn limits_name_themselves() {
    assert_eq!(refused_soon(&" ".repeat(MAX_BYTES + 1)), "the file: more than 16777216 bytes");
    let digits = "7".repeat(10_001);
    let place = "layers[0].weight[0][0]: more than 10000 characters in a number";
    assert_eq!(refused_soon(&around(&format!("[[{digits}]]"))), place);
    assert_eq!(refused_soon(&around(&format!("[[\"{digits}\"]]"))), place);
    let string = "layers[0].weight[0][0]: more than 20000 bytes in a string";
    assert_eq!(refused_soon(&around(&format!("[[\"{}\"]]", "7".repeat(1_000_000)))), string);
    let numbers = "layers[0].weight[0][1048576]: more than 1048576 numbers";
    assert_eq!(refused_soon(&around(&format!("[[{}0]]", "0,".repeat(1 << 20)))), numbers);
    let relus = "{\"type\": \"relu\"},".repeat(1001);
    let layers =
        around("[[1]]").replace("{\"type\": \"dense\"", &format!("{relus}{{\"type\": \"dense\""));
    assert_eq!(refused_soon(&layers), "layers[1000]: more than 1000 layers");
}

#[test]
fn nesting_is_refused_where_it_starts() {
    let deep = "[".repeat(10_000);
    let weight = "layers[0].weight[0][0][0][0]: expected an integer or an exact string such as \
                  \"-3/7\", found a list";
    assert_eq!(refused_soon(&around(&deep)), weight);
    assert_eq!(refused_soon(&deep), "the file: expected an object, found a list");
    let body = "{\"type\": \"residual\", \"layers\": [".repeat(10_000);
    let path = format!("layers[0]{}", ".layers[0]".repeat(8));
    let bodies =
        around("[[1]]").replace("{\"type\": \"dense\"", &format!("{body}{{\"type\": \"dense\""));
    assert_eq!(refused_soon(&bodies), format!("{path}.layers: more than 8 nested bodies"));
}

#[test]
fn a_proper_beginning_is_refused_where_it_stops() {
    let text = std::fs::read_to_string(root("fixtures/networks/every-layer.json")).unwrap();
    for end in 0..text.trim_end().len() {
        let error = NetworkFile::read(&text.as_bytes()[..end]).expect_err("it is cut off");
        assert!(matches!(error, FileError::Syntax { .. }), "up to byte {end}: {error}");
    }
}

#[test]
fn a_thousand_padded_pools_are_checked_soon() {
    let pool = "{\"type\": \"maxpool1d\", \"window\": 4096, \"stride\": 2, \"padding\": 4095}";
    let layers = vec![pool; 1000].join(", ");
    let text = format!("{{\"name\": \"x\", \"input_shape\": [1, 4096], \"layers\": [{layers}]}}");
    let start = Instant::now();
    let network = NetworkFile::read(text.as_bytes()).unwrap().network;
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert_eq!(network.output().axes(), [1, 4096]);
}

proptest! {
    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(NetworkFile::read(&bytes).is_err());
    }

    #[test]
    fn a_byte_changed_never_panics(which in any::<prop::sample::Index>(),
                                   place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let all = good();
        let mut bytes = which.get(&all).1.clone().into_bytes();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        if let Ok(file) = NetworkFile::read(&bytes) {
            prop_assert_eq!(NetworkFile::read(file.write().as_bytes()), Ok(file));
        }
    }

    #[test]
    fn what_another_reader_takes_for_json_is_not_called_malformed(
        text in "[ \\n]{0,2}[\\[{\"a0-9,:}\\]\\\\nultrfs.eE+-]{0,12}",
    ) {
        let is_json = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        let refused = NetworkFile::read(text.as_bytes()).expect_err("it is no network");
        if is_json {
            prop_assert!(matches!(refused, FileError::Content { .. }), "{text}: {refused}");
        }
    }
}
