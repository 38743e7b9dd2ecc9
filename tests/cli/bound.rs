//! `crease bound`: what it prints, and what it refuses.

use super::crease;

fn printed(args: &[&str]) -> String {
    let run = crease([&["bound"], args].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{args:?}");
    run.out
}

fn json(args: &[&str]) -> serde_json::Value {
    serde_json::from_str(&printed(&[args, &["--json"]].concat())).expect("one JSON value")
}

/// `side regions` of the bounds, in order.
fn bounds(args: &[&str]) -> Vec<String> {
    let report = json(args);
    let row =
        |row: &serde_json::Value| format!("{} {}", row["side"], row["regions"]).replace('"', "");
    report["bounds"].as_array().expect("a list").iter().map(row).collect()
}

#[test]
fn the_smallest_plane_shows_the_published_count_and_the_maximum() {
    let shape = ["--input", "3x3x1", "--layer", "2x2:2"];
    let out = printed(&shape);
    let head = "input 3x3x1: 9 numbers\n\
                layer 1: 2 filters 2x2, stride 1x1, to 2x2x2: 8 units, 10 parameters\n";
    assert!(out.starts_with(head), "{out}");
    assert!(out.contains("\n  exact  255  independent sets, shared weights "), "{out}");
    assert!(out.contains("\n  upper  256  published count R_N "), "{out}");
    assert!(out.contains("\ntogether: 255 <= maximum <= 255, with 10 parameters\n"), "{out}");
    assert!(out.contains(" parameters\nby regions/strip_maximum\n"), "{out}");
    let line = printed(&["--input", "1x4", "--layer", "1x2:3"]);
    assert!(line.ends_with("\nwith d filters: 42 / 4! * d^4 + lower terms\n"), "{line}");
    assert_eq!(bounds(&shape), ["exact 255", "upper 256", "upper 255", "upper 256", "upper 256"]);
    let report = json(&shape);
    assert_eq!(report["lower_per_parameter"], "51/2");
    assert_eq!(report["bounds"][1]["known"], "quoted");
}

#[test]
fn two_layers_show_every_bound() {
    let shape = ["--input", "1x4", "--layer", "1x2:2", "--layer", "1x2:2"];
    let expected = [
        "lower 120",
        "lower 55",
        "upper 753",
        "upper 880",
        "upper 880",
        "upper 817",
        "upper 912",
        "upper 1024",
    ];
    assert_eq!(bounds(&shape), expected);
    let report = json(&shape);
    // The bound by active subsets rests on ranks modulo a prime.
    assert_eq!(report["bounds"][2]["proved"], false);
    assert_eq!((&report["lower"], &report["upper"]), (&"120".into(), &"817".into()));
    let dense = ["--input", "1", "--layer", "3", "--layer", "3"];
    assert!(bounds(&dense).contains(&"exact 16".to_owned()));
}

/// Theorems about few shapes are asked, too.
#[test]
fn the_best_bound_is_named_with_its_claim() {
    for (shape, most, claim) in [
        ("1 --layer 2 --layer 2", "7", "depth/two_units_then_many"),
        ("1 --layer 2 --layer 3", "9", "depth/two_units_then_many"),
        ("1x3 --layer 1x2:2 --layer 1x2:1", "29", "depth/two_filters_then_one"),
        ("1x4 --layer 1x2:1 --layer 1x2:1", "23", "depth/one_filter_twice"),
        ("4x1 --layer 2x1:1 --layer 2x1:1", "23", "depth/one_filter_twice"),
        ("2 --layer 3 --layer 1", "13", "depth/two_filters_then_one"),
        ("1 --layer 3 --layer 3", "16", "depth/line_maximum"),
        ("3x3 --layer 2x2:20", "169352084511", "regions/three_by_three_deficit"),
        ("5x5 --layer 3x3:2", "262143", "regions/strip_maximum"),
        ("3x4 --layer 2x2:2", "4061", "regions/strip_maximum"),
        ("3 --layer 3 --layer 1", "15", "depth/active_rank_upper_bound"),
        ("1x2 --layer 1x1:6/s2 --layer 3", "28", "depth/active_rank_upper_bound"),
    ] {
        let args: Vec<_> = ["--input"].into_iter().chain(shape.split(' ')).collect();
        let report = json(&args);
        assert_eq!(
            (&report["upper"], &report["upper_by"]),
            (&most.into(), &claim.into()),
            "{shape}"
        );
        let lower: u64 = report["lower"].as_str().and_then(|n| n.parse().ok()).expect("a number");
        assert!(lower <= most.parse().expect("a number"), "{shape}: {lower} <= {most}");
    }
    // What was found, without a proof that there is no more, bounds nothing from above.
    let report = json(&["--input", "1x3", "--layer", "1x2:2", "--layer", "1x2:2"]);
    assert_eq!((&report["lower"], &report["upper"]), (&"52".into(), &"56".into()));
    assert_eq!(report["lower_by"], "a network that was found");
    let out = printed(&["--input", "1", "--layer", "2", "--layer", "2", "--layer", "2"]);
    let named =
        "from below by depth/folding_lower_bound, from above by depth/two_units_then_many\n";
    assert!(out.ends_with(named), "{out}");
}

#[test]
fn long_numbers_are_shortened_for_people_only() {
    let shape = ["--input", "1x1000", "--layer", "1x5:8"];
    assert!(printed(&shape).contains(" 157145484187.. (1261 digits)  published count R_N "));
    let report = json(&shape);
    assert_eq!(report["bounds"][1]["regions"].as_str().map(str::len), Some(1261));
    assert_eq!(report["bounds"][0]["side"], "exact");
}

#[test]
fn what_is_beyond_the_limit_is_left_open() {
    let shape = ["--input", "3x7", "--layer", "2x2:2", "--limit", "3"];
    assert_eq!(bounds(&shape)[..2], ["lower 4096", "upper null"]);
    assert!(printed(&shape).contains("together: 4096 <= maximum <= "));
}

#[test]
fn shapes_that_are_none_are_refused() {
    let refused = |args: &[&str]| {
        let run = crease([&["bound"], args].concat());
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{args:?}");
        run.err
    };
    let layer = |text: &str| refused(&["--input", "3x3", "--layer", text]);
    for text in
        ["2y2:2", "2x2", "2:2", "2x2:", ":2", "2x2:2/s", "2x2:2/t2", "3/s2", "+3", "1x2x3:4"]
    {
        let expected = format!(
            "crease: --layer \"{text}\": expected HEIGHTxWIDTH:FILTERS/sSTRIDE, \
             such as 2x2:3, 1x2:3/s2 or 4\n"
        );
        assert_eq!(layer(text), expected);
    }
    let no = refused(&["--input", "3x3x1x1", "--layer", "2"]);
    assert!(no.starts_with("crease: --input \"3x3x1x1\": expected HEIGHT"), "{no}");
    assert_eq!(
        layer("4x1:2"),
        "crease: layer 1: a window of [4, 1] does not fit a grid of [3, 3]\n"
    );
    assert_eq!(layer("2x2:0"), "crease: layer 1 expects at least one filter, found 0\n");
    assert!(layer("2x2:2/s0").contains("at least 1, found input [3, 3]"));
    assert!(layer("99999999").contains("layer 1 has 99999999 units, the limit is 131072"));
    assert!(refused(&["--input", "3x3"]).contains("--layer"));
}
