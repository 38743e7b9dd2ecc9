//! `crease norm` and `crease balance`: what weights cost, and the same function for less.

use super::{crease, folder};
use serde_json::Value;
use std::path::Path;

fn json(args: &[&str]) -> Value {
    let run = crease([args, &["--json"]].concat());
    assert_eq!(run.code, 0, "{args:?}: {}", run.err);
    serde_json::from_str(&run.out).expect("one JSON value")
}

/// A network file of its own.
fn written(folder: &Path, layers: &str) -> String {
    let path = folder.join("net.json");
    let text = format!(r#"{{"name": "net", "input_shape": [1], "layers": [{layers}]}}"#);
    std::fs::write(&path, text).expect("a file");
    path.to_str().expect("a path").to_owned()
}

const TRAINED: [&str; 5] =
    ["conv4.onnx", "conv4-conv8.onnx", "norm-pool.onnx", "residual.onnx", "dense.onnx"];

#[test]
fn trained_networks_are_balanced_to_a_part_in_a_trillion_and_stay_what_they_are() {
    let folder = folder("balance_trained");
    for name in TRAINED {
        let network = format!("fixtures/networks/trained/{name}");
        let out = folder.join("balanced.json");
        let cert = folder.join("balance.cert");
        let (out, cert) = (out.to_str().expect("a path"), cert.to_str().expect("a path"));
        let report = json(&[
            "balance",
            &network,
            "--out",
            out,
            "--certify",
            cert,
            "--within",
            "1.000000000001",
        ]);
        assert_eq!((&report["within"], &report["complete"]), (&true.into(), &true.into()));
        // The checker reads network files, not ONNX models.
        let read = folder.join("net.json");
        let read = read.to_str().expect("a path");
        assert_eq!(crease(["convert", &network, read]).code, 0, "{name}");
        let checked = crease(["recheck", "--net", read, cert]);
        assert_eq!(checked.code, 0, "{name}: {}", checked.err);
        // The balanced network has a decay of its own, and no other network is proved of.
        let again = json(&["norm", out]);
        assert_eq!(again["l1_path_norm"], json(&["norm", &network])["l1_path_norm"], "{name}");
        let other = crease(["recheck", "--net", out, cert]);
        assert_eq!(other.code, 5, "{name}: the certificate states another network");
        let pixels: Vec<_> = (0..64).map(|i| format!("{}/16", i % 17)).collect();
        let at = pixels.join(",");
        let [before, after] = [&network[..], out].map(|net| crease(["eval", net, "--at", &at]));
        assert_eq!((before.code, before.out), (after.code, after.out), "{name}");
    }
}

#[test]
fn a_unit_costs_what_the_formulas_say() {
    let folder = folder("norm_unit");
    let unit = r#"{"type": "dense", "weight": [[3], [-1]], "bias": [4, 0]}, {"type": "relu"},
                  {"type": "dense", "weight": [[5, 2]]}"#;
    let network = written(&folder, unit);
    let report = json(&["norm", &network, "--from", "0", "--to", "-2"]);
    assert_eq!(report["decay"], "39");
    assert_eq!((&report["path_norm"], &report["rtv2"]), (&"17".into(), &"17".into()));
    assert_eq!(
        (&report["l1_path_norm"], &report["l2_path_norm_squared"]),
        (&"17".into(), &"229".into())
    );
    // Kinks at -4/3 and 0; t runs twice as fast, and 0 is the first point itself.
    assert_eq!(report["line"]["tv2"], serde_json::json!(["34"]));
    assert_eq!(report["line"]["tv2_between"], serde_json::json!(["30"]));
    let charged = json(&["norm", &network, "--biases"]);
    assert_eq!((&charged["decay"], &charged["balanced"]), (&"55".into(), &1.into()));
    let own = &charged["channels"][0];
    assert_eq!((&own["in"], &own["bias"], &own["out"]), (&"9".into(), &"16".into(), &"25".into()));
}

#[test]
fn what_is_not_homogeneous_keeps_its_scale_in_words() {
    let folder = folder("balance_bent");
    let bent = r#"{"type": "dense", "weight": [[2]]}, {"type": "hardtanh"},
                  {"type": "dense", "weight": [["1/2"]]}"#;
    let network = written(&folder, bent);
    let out = folder.join("out.json");
    let run = crease(["balance", &network, "--out", out.to_str().expect("a path")]);
    assert_eq!(run.code, 0, "{}", run.err);
    let words = "activation 1 does not commute with positive factors: what reaches its 1 unit \
                 keeps its scale\n";
    assert!(run.out.ends_with(words), "{}", run.out);
    assert!(run.out.contains("balanced: 17/4\nno rescaling has less than 17/4"), "{}", run.out);
}

#[test]
fn a_dead_channel_makes_an_infimum_that_is_not_attained() {
    let folder = folder("balance_dead");
    let dead = r#"{"type": "dense", "weight": [[3], [2]]}, {"type": "relu"},
                  {"type": "dense", "weight": [[0, 2]]}"#;
    let network = written(&folder, dead);
    let out = folder.join("out.json");
    let report = json(&["balance", &network, "--out", out.to_str().expect("a path")]);
    assert_eq!((&report["before"], &report["infimum"]), (&"17".into(), &"8".into()));
    let all = written(
        &folder,
        r#"{"type": "dense", "weight": [[3]]}, {"type": "relu"},
                  {"type": "dense", "weight": [[0]]}"#,
    );
    let report = json(&["balance", &all, "--out", out.to_str().expect("a path")]);
    assert_eq!((&report["infimum"], &report["factor"]), (&"0".into(), &Value::Null));
}

#[test]
fn powers_of_two_keep_every_double() {
    let folder = folder("balance_powers");
    let [out, back] = ["out.onnx", "back.json"].map(|name| folder.join(name));
    let (out, back) = (out.to_str().expect("a path"), back.to_str().expect("a path"));
    let network = "fixtures/networks/trained/dense.onnx";
    json(&["balance", network, "--out", out, "--powers-of-two"]);
    json(&["balance", network, "--out", back, "--powers-of-two"]);
    let pixels: Vec<_> = (0..64).map(|i| format!("{}/16", i % 17)).collect();
    let at = pixels.join(",");
    let [before, onnx, file] = [network, out, back].map(|net| crease(["eval", net, "--at", &at]));
    assert_eq!((&before.out, before.code), (&onnx.out, 0));
    assert_eq!(before.out, file.out);
}

#[test]
fn bad_lines_are_refused_with_the_place() {
    let xor = "fixtures/networks/xor.json";
    let cases = [
        (vec!["--from", "0,0", "--to", "0,0"], "0,0 and 0,0: expected two different points"),
        (vec!["--from", "0,0", "--to", "1"], "the point 1: the network takes 2 numbers, found 1"),
        (vec!["--from", "0,a", "--to", "1,1"], "--from, entry 2: expected a number such as"),
    ];
    for (args, words) in cases {
        let run = crease([&["norm", xor], &args[..]].concat());
        assert_eq!(run.code, 1, "{args:?}");
        assert!(run.err.starts_with(&format!("crease: {words}")), "{}", run.err);
    }
}
