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
fn a_function_is_drawn_beside_its_network() {
    let folder = folder("plot-functions");
    let [net, rates] = ["net.json", "rates.svg"].map(|name| folder.join(name));
    let [net, rates] = [&net, &rates].map(|path| path.to_str().expect("UTF-8"));
    let words = "build ridge --f exp(-4*x^2) --direction 1 --box [-1,1] --filter-length 2";
    let more = ["--eps", "1/20", "--out", net, "--rates", rates];
    let run = crease(words.split(' ').chain(more));
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let (said, svg) = drawn("graphs", &[net, "--f", "exp(-4*x^2)"]);
    assert!(said.contains("sup |f - net| on [-1, 1] is at most 0.0"), "{said}");
    assert!(["f", "network", "f - network"].iter().all(|words| shows(&svg, words)));
    assert_eq!(svg.matches("<polyline").count(), 3);
    let rates = std::fs::read_to_string(rates).expect("a picture");
    assert!(rates.matches("<circle").count() >= 2 * 5, "five networks by two bounds");
    assert!(shows(&rates, "c / P") && shows(&rates, "parameters P"));
    let xor = "fixtures/networks/xor.json";
    let (said, svg) = drawn("field", &[xor, "--box", "0,1", "--f", "1-abs(x1+x2-1)"]);
    assert!(said.contains(" is at most 0.000"), "they are equal: {said}");
    assert_eq!(svg.matches("<path").count(), 2, "the level lines of both");
    assert!(shows(&svg, "network: level lines, 0.2 apart"), "{svg}");
    let run = crease(["plot", xor, "--f", "x3", "--out", net]);
    assert!(run.code == 1 && run.err.starts_with("crease: --f \"x3\": column 1"), "{}", run.err);
}

#[test]
fn the_window_is_named() {
    let network = "fixtures/networks/mlp_2-10-10-1.json";
    let (said, _) = drawn("window", &[network]);
    assert!(said.ends_with(" (R6) in the box [-1, 1]^2\n"), "{said}");
    let (said, _) = drawn("window", &[network, "--box", "0,1,0,2"]);
    assert!(said.ends_with(" (R6) in the box [0, 1] x [0, 2]\n"), "{said}");
}

#[test]
fn numbers_beyond_doubles_are_refused() {
    let folder = folder("plot-beyond");
    let (net, out) = (folder.join("net.json"), folder.join("out.svg"));
    let (net, out) = (net.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
    let said = |weight: &str, more: &[&str]| {
        let layers = format!(r#"[{{"type":"dense","weight":[["{weight}"]]}},{{"type":"relu"}}]"#);
        let text = format!(r#"{{"name":"n","input_shape":[1],"layers":{layers}}}"#);
        std::fs::write(net, text).expect("a file");
        let run = crease([&["plot", net, "--out", out], more].concat());
        if run.code == 0 {
            let svg = std::fs::read_to_string(out).expect("a picture");
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
        (run.code, run.err)
    };
    let huge = format!("1{}", "0".repeat(400));
    let tiny = format!("1/{huge}");
    let beyond = |what: &str| {
        format!("crease: {net}: {what} beyond 2^1000 in absolute value cannot be drawn\n")
    };
    assert_eq!(said(&huge, &[]), (1, beyond("outputs")));
    assert_eq!(said(&huge, &["--f", "x"]), (1, beyond("values")));
    assert_eq!(said("1", &["--box", &format!("0,{huge}")]), (1, beyond("coordinates")));
    let narrow = [format!("0,{tiny}"), format!("1{},1{}1", "0".repeat(20), "0".repeat(19))];
    for sides in narrow {
        for more in [vec!["--box", &sides], vec!["--box", &sides, "--f", "x"]] {
            let (code, err) = said("1", &more);
            assert!(code == 1 && err.contains("coordinates that differ by less than"), "{err}");
        }
    }
    for weight in [&tiny, "0", &"9".repeat(200), "1"] {
        assert_eq!(said(weight, &[]).0, 0);
        assert_eq!(said(weight, &["--f", "1"]).0, 0);
    }
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
