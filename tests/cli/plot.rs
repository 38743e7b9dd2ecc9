//! `crease plot`: what is drawn, and what cannot be.

use super::{crease, folder};

const TRAINED: &str = "fixtures/networks/trained/conv4-conv8.onnx";
const IMAGES: &str = "fixtures/networks/trained/images.json";

/// What the program says, and the picture.
fn drawn(name: &str, args: &[&str]) -> (String, String) {
    let path = folder(name).join("picture.svg");
    let out = ["--out", path.to_str().expect("UTF-8")];
    let run = crease([&["plot"], args, &out].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{args:?}");
    (run.out, std::fs::read_to_string(&path).expect("a picture"))
}

/// Whether these words stand somewhere, and no others with them.
fn shows(svg: &str, words: &str) -> bool {
    svg.split(['<', '>']).any(|text| text.trim() == words)
}

#[test]
fn a_plane_has_a_polygon_for_every_region() {
    let network = "fixtures/networks/mlp_2-10-10-1.json";
    let (said, svg) = drawn("plane", &[network]);
    let run = crease(["count", network, "--box", "-1,1"]);
    let count = run.out.split(' ').next().expect("a number").to_owned();
    assert!(said.contains(&format!(": {count} proper activation regions (R2), ")), "{said}");
    assert_eq!(svg.matches("<polygon").count().to_string(), count);
    assert!(svg.contains("x0") && svg.contains(&format!("R2: {count} activation")), "{svg}");
}

#[test]
fn a_slice_shows_its_points() {
    let slice = format!("{IMAGES}#3a,8b,1a");
    let (_, svg) = drawn("slice", &[TRAINED, "--slice", &slice, "--box", "0,1/4"]);
    assert!(shows(&svg, "3a") && !shows(&svg, "8b"), "only the origin is in the box");
    assert!(svg.contains("from 3a to 8b") && svg.contains("from 3a to 1a"));
}

#[test]
fn a_line_has_a_curve_for_every_output() {
    let (said, svg) = drawn("line", &[TRAINED, "--slice", &format!("{IMAGES}#3a,8b")]);
    assert_eq!(svg.matches("<polyline").count(), 10);
    assert!(shows(&svg, "output 9") && shows(&svg, "8b"));
    // Every region but the first begins at a breakpoint.
    let regions: usize =
        said.split(": ").nth(1).and_then(|s| s.split(' ').next()?.parse().ok()).expect("a number");
    assert_eq!(svg.matches("#d0d0d0").count() + 1, regions, "{said}");
}

#[test]
fn what_has_no_picture_is_refused() {
    let run = crease(["plot", TRAINED, "--out", "no.svg"]);
    let text = format!(
        "crease: {TRAINED}: a picture has 1 or 2 dimensions, found 64; --slice takes the line or \
         the plane through 2 or 3 points\n"
    );
    assert_eq!((run.code, run.err), (1, text));
}
