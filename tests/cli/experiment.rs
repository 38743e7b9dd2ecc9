//! `crease experiment`: what it says when it has no time, and what it refuses.

use super::crease;
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
    let page = crease(["experiment", "width", "--time", "0"]).out;
    assert!(page.contains("Stopped early: unfinished rows say nothing."), "{page}");
    assert!(page.contains("was not confirmed"), "{page}");
}

#[test]
fn an_unknown_experiment_is_refused_with_the_known_ones() {
    let run = crease(["experiment", "depth"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("[possible values: width]"), "{}", run.err);
}
