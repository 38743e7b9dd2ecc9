//! `crease experiment`: what it says when it has no time, and what it refuses.

use super::crease;
#[cfg(feature = "plot")]
use super::folder;
use serde_json::Value;

#[test]
fn without_time_nothing_is_claimed() {
    let run = crease(["experiment", "width", "--time", "0", "--json"]);
    let report: Value = serde_json::from_str(&run.out).expect("one JSON value");
    assert_eq!((run.code, &report["complete"]), (6, &Value::Bool(false)));
    let rows = report["rows"].as_array().expect("a list");
    assert!(rows.iter().any(|row| row["verdict"] == "unfinished"));
    assert!(rows.iter().all(|row| row["verdict"] != "refused"));
    // The law needs no seeds.
    assert_eq!(report["widths"][0]["least"], 11);
    assert_eq!(report["digits"]["margin_at_least"], "0.1822");
    let page = crease(["experiment", "width", "--time", "0"]).out;
    assert!(page.contains("Stopped early: unfinished rows say nothing."), "{page}");
    assert!(page.contains("was not confirmed"), "{page}");
    assert!(
        page.contains("  3 layers, 512 points in cones, risk 1/10, 32 units: 0 of 0"),
        "{page}"
    );
    assert!(page.contains("  4 layers, 8 points in cones, risk 1/10, 32 and 128 units:"), "{page}");
    assert!(
        page.contains("That layers of deep networks move like 1/√m was not confirmed"),
        "{page}"
    );
}

#[test]
fn an_unknown_experiment_is_refused_with_the_known_ones() {
    let run = crease(["experiment", "depth"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("[possible values: width]"), "{}", run.err);
}

#[cfg(feature = "plot")]
#[test]
fn the_law_is_drawn_without_a_seed() {
    let folder = folder("experiment-width");
    let out = folder.to_str().expect("UTF-8");
    let run = crease(["experiment", "width", "--time", "0", "--out", out]);
    assert_eq!(run.code, 6, "{}", run.err);
    for (name, label) in [
        ("law-by-points.svg", "exact law"),
        ("width-by-points.svg", "orthonormal: theorem"),
        ("width-by-risk.svg", "square: theorem"),
        ("distance-by-width.svg", "4 layers"),
    ] {
        let svg = std::fs::read_to_string(folder.join(name)).expect("a picture");
        assert!(svg.contains("<svg") && svg.contains(label) && !svg.contains("NaN"), "{name}");
    }
}
