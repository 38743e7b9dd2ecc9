//! Networks in other formats: what is read means what its runtime computes, the rest is refused.

mod number;

use crate::support::root;
use approx::assert_relative_eq;
use crease::exact::{Rational, float};
use crease::format::file::NetworkFile;
use crease::format::import::{Options, onnx, onnx_with, safetensors};
use crease::format::nnet;
use crease::net::Network;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

const TRAINED: [&str; 4] = ["conv4", "conv4-conv8", "norm-pool", "residual"];

fn bytes(path: impl AsRef<Path>) -> Vec<u8> {
    std::fs::read(root("fixtures/networks").join(path)).expect("a fixture")
}

fn json<T: for<'a> Deserialize<'a>>(path: &str) -> T {
    serde_json::from_slice(&bytes(path)).expect("the fixture is well made")
}

fn imported(path: &str) -> NetworkFile {
    onnx(&bytes(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The runtime rounds to single precision at each step.
fn assert_agrees(network: &Network, at: &[Rational], output: &[String], name: &str) {
    let exact = network.eval(at);
    assert_eq!(exact.len(), output.len(), "{name}");
    for (exact, found) in exact.iter().zip(output) {
        let found: f64 = found.parse().expect("a float");
        assert_relative_eq!(float::nearest(exact), found, epsilon = 2e-5, max_relative = 2e-5);
    }
}

#[derive(Deserialize)]
struct Sample {
    at: Vec<Rational>,
    output: Vec<String>,
}

#[test]
fn every_operator_means_what_its_runtime_computes() {
    let outputs: BTreeMap<String, Vec<Sample>> = json("onnx/outputs.json");
    assert_eq!(outputs.len(), 4);
    for (name, samples) in outputs {
        let network = imported(&format!("onnx/{name}.onnx")).network;
        assert_eq!(samples.len(), 3);
        samples.iter().for_each(|s| assert_agrees(&network, &s.at, &s.output, &name));
    }
}

/// Graphs drawn from a seed, branches and views among them, and one model a habit of exporters.
#[test]
fn graphs_mean_what_their_runtime_computes() {
    let mut outputs: BTreeMap<String, Vec<Sample>> = json("imported/random.json");
    outputs.extend(json::<BTreeMap<_, _>>("imported/small.json"));
    assert!(outputs.len() >= 80);
    for (name, samples) in outputs {
        let file = imported(&format!("imported/{name}.onnx"));
        for Sample { at, output } in &samples {
            let exact = file.network.eval(at);
            let floats: Vec<f64> = output.iter().map(|v| v.parse().expect("a float")).collect();
            let largest = floats.iter().fold(1.0, |m: f64, v| m.max(v.abs()));
            assert_eq!(exact.len(), floats.len(), "{name}");
            for (exact, found) in exact.iter().zip(floats) {
                let off = (float::nearest(exact) - found).abs();
                assert!(off <= 1e-4 * largest, "{name}: {exact} is not {found}");
            }
        }
        assert_eq!(NetworkFile::read(file.write().as_bytes()), Ok(file), "{name}");
    }
}

#[test]
fn a_last_softmax_is_left_out_if_that_is_asked_for() {
    let model = bytes("onnx/refused/unknown-operator.onnx");
    let outside = |_: &str| Err("none".to_owned());
    let file = onnx_with(&model, &Options { logits: true, outside: &outside }).expect("logits");
    assert!(file.network.layers().is_empty());
}

/// Weights beside the model are read, and nothing outside of its folder is asked for.
#[test]
fn weights_lie_beside_the_model() {
    let model = bytes("imported/outside.onnx");
    let outside = |name: &str| {
        assert_eq!(name, "outside.bin");
        Ok(bytes("imported/outside.bin"))
    };
    let file = onnx_with(&model, &Options { logits: false, outside: &outside }).expect("it loads");
    let one = [Rational::ONE, Rational::integer(2)];
    assert_eq!(file.network.eval(&one), [Rational::integer(5), Rational::integer(11)]);
    let text = String::from_utf8_lossy(&model).into_owned();
    assert!(text.contains("outside.bin"));
    let find = |part: &[u8]| model.windows(part.len()).position(|w| w == part).expect("a name");
    let mut escaping = model.clone();
    let at = find(b"outside.bin");
    escaping[at..at + 11].copy_from_slice(b"../side.bin");
    let error = onnx_with(&escaping, &Options { logits: false, outside: &outside });
    assert_eq!(
        error.expect_err("it leaves the folder").to_string(),
        "tensor `w`: expected numbers in this file, or in one of the same folder, given by its \
         name, found `../side.bin`"
    );
}

#[test]
fn an_nnet_file_is_read_with_its_normalization() {
    let text = "// a remark\n2,1,1,2,\n1,2,1,\n0,\n-1.0,\n3.0,\n1.0,10.0,\n2.0,5e-1,\n\
                1.0,\n-1.0,\n0.0,\n0.5,\n1.0,2.0,\n0.25,\n";
    let file = nnet::read(text.as_bytes()).expect("a file");
    // x = 2: (2 - 1) / 2 = 1/2; relu(1/2) + 2 relu(-1/2 + 1/2) + 1/4, times 1/2, plus 10.
    assert_eq!(file.network.eval(&[Rational::integer(2)]), [Rational::new(83, 8)]);
    assert_eq!(file.domain.expect("a box").hi(), [Rational::integer(3)]);
    let error = nnet::read(text.replacen("0.5,", "0.5,1,", 1).as_bytes()).expect_err("two biases");
    assert_eq!(error.to_string(), "line 12: expected 1 numbers as a bias, found 2");
}

#[derive(Deserialize)]
struct Image {
    label: usize,
    at: Vec<Rational>,
}

fn images() -> Vec<Image> {
    let mut file: BTreeMap<String, Vec<Image>> = json("trained/images.json");
    file.remove("points").expect("the points")
}

fn largest<T: PartialOrd>(values: &[T]) -> usize {
    (0..values.len()).fold(0, |best, i| if values[i] > values[best] { i } else { best })
}

#[test]
fn trained_networks_classify_as_their_runtime_does() {
    let outputs: BTreeMap<String, Vec<Vec<String>>> = json("trained/outputs.json");
    let images = images();
    assert_eq!(images.len(), 20);
    for name in TRAINED {
        let file = imported(&format!("trained/{name}.onnx"));
        assert_eq!(file.name, name);
        let mut right = 0;
        for (image, output) in images.iter().zip(&outputs[name]) {
            assert_agrees(&file.network, &image.at, output, name);
            let floats: Vec<f64> = output.iter().map(|v| v.parse().expect("a float")).collect();
            let digit = largest(&file.network.eval(&image.at));
            assert_eq!(digit, largest(&floats), "{name}");
            right += usize::from(digit == image.label);
        }
        assert!(right >= 17, "{name} reads {right} of 20 digits");
    }
}

#[test]
fn an_imported_network_survives_our_own_format() {
    let trained = TRAINED.map(|name| format!("trained/{name}.onnx"));
    for name in trained.iter().map(String::as_str).chain(["onnx/arithmetic.onnx"]) {
        let file = imported(name);
        assert_eq!(NetworkFile::read(file.write().as_bytes()), Ok(file), "{name}");
    }
}

#[test]
fn both_formats_carry_the_same_network() {
    let architecture = bytes("trained/conv4-conv8.json");
    let tensors = bytes("trained/conv4-conv8.safetensors");
    let file = safetensors(&architecture, &tensors).expect("a good pair");
    assert_eq!(file, imported("trained/conv4-conv8.onnx"));
}

#[test]
fn an_architecture_that_does_not_fit_is_refused_where_it_does_not() {
    let architecture = String::from_utf8(bytes("trained/conv4-conv8.json")).expect("UTF-8");
    let tensors = bytes("trained/conv4-conv8.safetensors");
    for (from, to, reason) in [
        (
            "conv2.weight",
            "conv3.weight",
            "architecture: layers[2].weight: expected a tensor among `conv1.bias`, `conv1.weight`, \
             `conv2.bias`, `conv2.weight`, `dense.bias`, `dense.weight`, found `conv3.weight`",
        ),
        (
            "dense.bias",
            "dense.weight",
            "architecture: layers[5].bias: expected a tensor with one axis, found axes [10, 32]",
        ),
        (
            "conv2.weight",
            "conv1.weight",
            "architecture: layers[2].weight[0]: expected 4 entries, one for each input that is \
             read, found 1",
        ),
        (
            "dense.weight",
            "conv1.weight",
            "architecture: layers[5].weight: expected lists nested 2 deep, found lists 4 deep",
        ),
    ] {
        let changed = architecture.replacen(from, to, 1);
        let error = safetensors(changed.as_bytes(), &tensors).expect_err("it does not fit");
        assert_eq!(error.to_string(), reason);
    }
    // Outside of an architecture file a name is no weight.
    let error = NetworkFile::read(architecture.as_bytes()).expect_err("names, not numbers");
    assert_eq!(error.to_string(), "layers[0].weight: expected a list, found a string");
}

#[test]
fn every_refused_model_is_refused_for_its_stated_reason() {
    let folder = root("fixtures/networks/onnx/refused");
    let reasons = std::fs::read_to_string(folder.join("reasons.toml")).expect("the reasons");
    let mut reasons: BTreeMap<String, String> = toml::from_str(&reasons).expect("TOML");
    let mut differences = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "onnx") {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let found = match onnx(&std::fs::read(&path).expect("a fixture")) {
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

#[test]
fn no_beginning_of_a_model_is_another_model() {
    for name in ["trained/norm-pool.onnx", "trained/residual.onnx", "onnx/arithmetic.onnx"] {
        let whole = bytes(name);
        for length in 0..whole.len() {
            assert!(onnx(&whole[..length]).is_err(), "{name}: {length} bytes suffice");
        }
    }
    let architecture = bytes("trained/conv4-conv8.json");
    let tensors = bytes("trained/conv4-conv8.safetensors");
    for length in 0..tensors.len() {
        assert!(safetensors(&architecture, &tensors[..length]).is_err(), "{length} bytes suffice");
    }
}

#[test]
fn a_changed_byte_is_no_panic() {
    let architecture = bytes("trained/conv4-conv8.json");
    let tensors = bytes("trained/conv4-conv8.safetensors");
    for mask in [0x01, 0x10, 0x80, 0xff] {
        for name in ["onnx/branches.onnx", "onnx/pools.onnx", "onnx/arithmetic.onnx"] {
            let whole = bytes(name);
            for at in 0..whole.len() {
                let mut changed = whole.clone();
                changed[at] ^= mask;
                let _ = onnx(&changed);
            }
        }
        for at in 0..tensors.len().min(600) {
            let mut changed = tensors.clone();
            changed[at] ^= mask;
            let _ = safetensors(&architecture, &changed);
        }
    }
}
