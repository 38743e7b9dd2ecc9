//! The command `robust`: answers, certificates, tables, and what it refuses.

use super::{crease, folder};

const IMAGES: &str = "fixtures/networks/trained/images.json";
const CONV: &str = "fixtures/networks/trained/conv4.onnx";

/// Runs the program, which must refuse, and gives its message.
fn refused(args: &[&str]) -> String {
    let run = crease(args);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{args:?}: {}", run.err);
    run.err
}

#[test]
fn a_trained_network_has_an_exact_distance_and_a_certificate() {
    let folder = folder("robust");
    let (proof, nearest) = (folder.join("proof.cert.gz"), folder.join("nearest.json"));
    let [proof, nearest] = [&proof, &nearest].map(|path| path.to_str().expect("UTF-8"));
    let at = format!("{IMAGES}#2a");
    let common = ["robust", CONV, "--at", &at, "--box", "0,1"];
    let run = crease(common.iter().copied().chain(["--certify", proof, "--out", nearest]));
    let words =
        "0.017578674134: the linf distance from label 2 to label 0 of conv4 in the box [0, 1]^64\n";
    assert_eq!((run.code, run.out.as_str()), (0, words), "{}", run.err);
    let checked = crease(["recheck", proof]);
    assert!(checked.out.contains("the linf distance to another label is "), "{}", checked.out);
    let json = crease(common.iter().copied().chain(["--json"]));
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(
        (&json["exact"], &json["label"], &json["other"]),
        (&true.into(), &2.into(), &0.into())
    );
    assert_eq!(json["lower"], json["upper"]);
    assert!(checked.out.contains(json["lower"].as_str().expect("a fraction")));
    // The nearest point is a tie: at distance 0 from another label.
    let tie = crease(["robust", CONV, "--at", &format!("{nearest}#nearest"), "--label", "2"]);
    assert_eq!((tie.code, &tie.out[..26]), (0, "0: at the point itself out"), "{}", tie.err);
}

#[test]
fn an_abandoned_proof_leaves_nothing_in_the_certificate() {
    let proof = folder("robust_abandoned").join("proof.cert");
    let proof = proof.to_str().expect("UTF-8");
    let net = "fixtures/networks/three-labels.json";
    // A nearer point is found in the middle of the first proof.
    let run = crease(["robust", net, "--at=-5,7/2", "--certify", proof]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(crease(["recheck", proof]).code, 0);
}

#[test]
fn many_points_make_a_table_and_a_picture() {
    let picture = folder("robust_table").join("table.svg");
    let picture = picture.to_str().expect("UTF-8");
    let points = format!("{IMAGES}#5b,8a");
    let run = crease(["robust", CONV, "--points", &points, "--box", "0,1", "--picture", picture]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("\n2 of 2 exact; "), "{}", run.out);
    let exact = run.out.matches("the same").count();
    assert_eq!((exact, run.out.lines().count()), (2, 4));
    assert!(std::fs::read_to_string(picture).expect("a picture").contains("PGD believes"));
}

#[test]
fn the_nearest_image_is_drawn_and_a_point_that_is_none_is_refused() {
    let picture = folder("robust_image").join("image.svg");
    let picture = picture.to_str().expect("UTF-8");
    let at = format!("{IMAGES}#2a");
    let run = crease(["robust", CONV, "--at", &at, "--box=0,1", "--norm=l1", "--picture", picture]);
    assert_eq!(run.code, 0, "{}", run.err);
    let svg = std::fs::read_to_string(picture).expect("a picture");
    assert!(svg.contains("a tie with label 0") && svg.contains("the change, at most 0.2496"));
    // One pixel is enough: all others of the change are white.
    assert_eq!(svg.matches("#b2182b").count() + svg.matches("#2166ac").count(), 1);
    let net = "fixtures/networks/three-labels.json";
    let what = refused(&["robust", net, "--at=1,2", "--picture", picture]);
    assert!(what.contains("only images are drawn, and the network takes none"), "{what}");
}

#[test]
fn without_another_label_in_the_box_the_distance_is_infinite() {
    let folder = folder("robust_none");
    let path = folder.join("net.json");
    let net = r#"{"name": "net", "input_shape": [1], "layers": [
        {"type": "dense", "weight": [[1], [0]], "bias": [2, 0]}]}"#;
    std::fs::write(&path, net).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let run = crease(["robust", path, "--at", "0", "--box", "-1,1"]);
    let words = "no point in the box [-1, 1] has another label than 0 in net\n";
    assert_eq!((run.code, run.out.as_str()), (0, words), "{}", run.err);
    let run = crease(["robust", path, "--at", "0", "--norm", "l2"]);
    assert!(
        run.out.starts_with("4: the squared l2 distance from label 0 to label 1"),
        "{}",
        run.out
    );
}

#[test]
fn bad_questions_are_refused() {
    let at = format!("{IMAGES}#2a");
    assert!(refused(&["robust", CONV]).contains("--at"));
    let text = refused(&["robust", CONV, "--at", "1,2"]);
    assert!(text.contains("the network takes 64 numbers, the point has 2"), "{text}");
    let text = refused(&["robust", CONV, "--at", &at, "--label", "10"]);
    assert!(text.contains("label 10 is not one of the 10 outputs"), "{text}");
    let text = refused(&["robust", CONV, "--at", &at, "--box", "0,1/2"]);
    assert!(text.contains("of the point is"), "{text}");
    let text = refused(&["robust", CONV, "--at", &format!("{IMAGES}#2z")]);
    assert!(text.contains("no point is called \"2z\""), "{text}");
    let text = refused(&["robust", "fixtures/networks/xor.json", "--at", "0,0"]);
    assert!(text.contains("the network has one output"), "{text}");
}
