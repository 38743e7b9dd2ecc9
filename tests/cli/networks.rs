//! Networks in every format, on the command line.

use super::{crease, folder};

const TRAINED: &str = "fixtures/networks/trained/conv4-conv8";

/// What the program prints, once it is known that it succeeded.
fn printed(args: &[&str]) -> String {
    let run = crease(args);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{args:?}");
    run.out
}

#[test]
fn each_format_is_read_as_the_same_network() {
    let onnx = printed(&["convert", &format!("{TRAINED}.onnx")]);
    let tensors = format!("{TRAINED}.safetensors");
    assert_eq!(printed(&["convert", &tensors]), onnx);
    let architecture = format!("{TRAINED}.json");
    assert_eq!(printed(&["convert", &tensors, "--architecture", &architecture]), onnx);
    let copy = folder("formats").join("copy.json");
    let copy = copy.to_str().expect("a path in UTF-8");
    assert_eq!(printed(&["convert", &tensors, copy]), "");
    assert_eq!(printed(&["convert", copy]), onnx);
}

#[test]
fn an_onnx_model_is_written_and_read() {
    let folder = folder("onnx");
    let [file, model, again] = ["xor.json", "xor.onnx", "net.json"].map(|name| folder.join(name));
    let [file, model, again] = [&file, &model, &again].map(|path| path.to_str().expect("UTF-8"));
    printed(&["convert", "fixtures/networks/xor.json", model]);
    printed(&["convert", model, file]);
    let at = |network| printed(&["eval", network, "--at", "1/3,5/7"]);
    assert_eq!(at("fixtures/networks/xor.json"), at(file));
    let model = folder.join("max.onnx");
    let model = model.to_str().expect("UTF-8");
    let max = ["build", "max", "--f", "max(x1,2*x2)", "--box", "[-1,1]^2"];
    let run = crease([&max[..], &["--out", again, "--onnx", model]].concat());
    assert!(run.code == 0 && run.err.ends_with(": single precision, every number as it was\n"));
    assert_eq!(at(again), at(model));
    let said = printed(&["convert", "fixtures/networks/every-choice.json", model]);
    assert!(said.contains(": single precision, numbers moved by at most "), "{said}");
    let said = printed(&["convert", "fixtures/networks/xor.json", "--double", model]);
    assert!(said.ends_with(": double precision, every number as it was\n"), "{said}");
    let found = crease(["convert", "fixtures/networks/xor.json", "--double", file]);
    assert!(found.code == 1 && found.err.contains("--double is for an .onnx file"));
}

#[test]
fn many_points_of_a_file_are_evaluated() {
    let network = format!("{TRAINED}.onnx");
    let points = "fixtures/networks/trained/images.json";
    let two = printed(&["eval", &network, "--points", &format!("{points}#3a,8b")]);
    let names: Vec<_> = two.lines().filter(|line| line.starts_with("point ")).collect();
    assert_eq!(names, ["point 3a", "point 8b"]);
    let all = printed(&["eval", &network, "--points", points, "--json"]);
    assert_eq!(all.lines().count(), 20);
}

#[test]
fn a_slice_is_a_network_of_its_coordinates() {
    let network = format!("{TRAINED}.onnx");
    let slice = "fixtures/networks/trained/images.json#3a,8b,1a";
    let file = folder("slices").join("slice.json");
    let file = file.to_str().expect("a path in UTF-8");
    printed(&["convert", &network, "--slice", slice, file]);
    // The first point is the origin, the second the first unit vector.
    let images = std::fs::read(super::root("fixtures/networks/trained/images.json"));
    let images = crease::format::points::read(&images.expect("a fixture")).expect("points");
    for (name, at) in [("3a", "0,0"), ("8b", "1,0"), ("1a", "0,1")] {
        let image = images.iter().find(|point| point.name == name).expect("there");
        let pixels: Vec<_> = image.at.iter().map(ToString::to_string).collect();
        let whole = printed(&["eval", &network, "--at", &pixels.join(",")]);
        assert_eq!(printed(&["eval", file, "--at", at]), whole, "{name}");
    }
}

#[test]
fn what_is_no_network_is_refused_with_its_file() {
    let refused = |args: &[&str]| {
        let run = crease(args);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{args:?}");
        run.err
    };
    let onnx = format!("{TRAINED}.onnx");
    let images = "fixtures/networks/trained/images.json";
    let softmax = "fixtures/networks/onnx/refused/unknown-operator.onnx";
    let error = refused(&["eval", softmax, "--at", "0,0"]);
    let reason = "node 0 (Softmax `n0`): the operator `Softmax`, the last of the network, is not \
                  piecewise linear; --logits reads the network up to it\n";
    assert_eq!(error, format!("crease: {softmax}: {reason}"));
    assert_eq!(printed(&["eval", softmax, "--logits", "--at", "1,2"]), "1\n2\n");
    let error = refused(&["eval", "net.pth", "--at", "0,0"]);
    assert!(error.ends_with("found a PyTorch file; write the model with torch.onnx.export\n"));
    for (args, reason) in [
        (
            &["convert", &onnx, "--architecture", images][..],
            format!("{images}: an architecture is for a .safetensors file"),
        ),
        (
            &["convert", &onnx, "--slice", &format!("{images}#3a")],
            format!("{images}: a slice takes at least 2 points, found 1; the points are 3a"),
        ),
        (
            &["convert", "fixtures/networks/xor.json", "--slice", &format!("{images}#3a,4a")],
            format!("{images}: point 0 has 64 entries, the input has 2; the points are 3a, 4a"),
        ),
        (
            &["convert", &onnx, "--slice", &format!("{images}#3a,3a")],
            format!(
                "{images}: point 1 lies in the flat through the points before it; the points are \
                 3a, 3a"
            ),
        ),
    ] {
        assert_eq!(refused(args), format!("crease: {reason}\n"));
    }
}
