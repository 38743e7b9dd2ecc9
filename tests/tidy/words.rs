//! Words that have no place in the tree, and files that no `mod` line names.

use super::{files, report};
use std::path::Path;

/// Where floating point may appear at all: proposals, the f64 twin of the exact path, plots.
const FLOATS_ALLOWED: &[&str] = &[
    "src/core/exact/float.rs",
    "src/core/exact/integer.rs",
    // How many digits are enough at most; the solution is put into the system.
    "src/engines/regular.rs",
    // Root proposals: what keeps the roots apart only has to be about right.
    "src/analysis/polynomial/approximate.rs",
    "src/core/exact/vectors/mod.rs",
    "src/core/geometry/double_description/cell_queries.rs",
    "src/core/exact/vectors/between.rs",
    "src/core/exact/vectors/numbers.rs",
    "src/core/exact/vectors/pairs.rs",
    // These decide, behind bounds that their first lines prove.
    "src/core/exact/vectors/boxes.rs",
    "src/core/exact/vectors/hidden.rs",
    "src/core/exact/vectors/hull.rs",
    "src/core/exact/vectors/sharpen.rs",
    "src/core/net/regions/filtered.rs",
    "src/core/net/regions/floats.rs",
    "src/engines/descent.rs",
    "src/engines/ratios.rs",
    "src/engines/lp/lines.rs",
    "src/engines/lp/mod.rs",
    "src/engines/lp/proposal.rs",
    "src/engines/lp/row.rs",
    "src/engines/lp/certify.rs",
    "src/approximate/float_value.rs",
    "src/construct/roots.rs",
    // Fits to functions that are given as floats; what the networks compute is exact.
    "src/construct/fit.rs",
    "src/construct/universal.rs",
    "src/construct/radial.rs",
    "src/construct/nodes.rs",
    "src/construct/ridge_function.rs",
    // Proposes which columns a least fit has; exact numbers decide.
    "src/spline/ridge/fan.rs",
    "src/spline/ridge/penalised.rs",
    "src/spline/ridge/penalised_proposal.rs",
    "src/spline/ridge/proposal.rs",
    "src/spline/ridge/vector.rs",
    "src/spline/ridge/vector_proposal.rs",
    "src/spline/univariate/decayed_fit.rs",
    "src/spline/univariate/decayed_proposal.rs",
    "src/spline/univariate/penalised/proposal.rs",
    // Proposes factors of channels; what they achieve is computed exactly.
    "src/spline/weights/propose.rs",
    "src/train/float.rs",
    // Proposes the weights of deep networks; their margins are computed on the grid.
    "src/train/deep_float.rs",
    // Attacks and relaxations propose points and multipliers; `pass` decides, in whole numbers.
    "src/robust/ascent.rs",
    "src/robust/attack.rs",
    "src/robust/cell.rs",
    "src/robust/climb.rs",
    "src/robust/domain.rs",
    "src/robust/foot.rs",
    "src/robust/program.rs",
    "src/robust/ranges.rs",
    "src/robust/relax.rs",
    "src/robust/search.rs",
    "src/robust/tie.rs",
    "src/robust/simplex.rs",
    "src/cli/robust_table.rs",
    // Where ink lies on pictures of cases.
    "src/cli/site_pictures.rs",
    // The fields of a foreign format, read as bits.
    "src/format/import/message.rs",
    // The attributes that the format keeps in single precision.
    "src/format/import/graph.rs",
    "src/format/import/node.rs",
    "src/format/export/bends.rs",
    // Rounds every number once; how far is stated exactly.
    "src/format/export/writer.rs",
    // Asks of the functions that propose.
    "src/cli/drawn.rs",
    "src/cli/drawn_optima.rs",
    "src/cli/drawn_regions.rs",
    // Ink.
    "src/cli/fit_picture.rs",
    "src/report/picture/mod.rs",
    "src/report/picture/chart.rs",
    "src/report/picture/frame.rs",
    "src/report/picture/line.rs",
    "src/report/picture/plane.rs",
    "src/report/picture/field.rs",
    "src/report/picture/graphs.rs",
    "src/report/picture/images.rs",
    // The numbers and seconds of Python, read exactly.
    "src/python/convert.rs",
    "src/python/work.rs",
];

#[test]
fn floats_stay_where_they_only_propose() {
    let mut offences = Vec::new();
    for file in files("src", &[".rs"]) {
        if FLOATS_ALLOWED.contains(&file.path.as_str()) {
            continue;
        }
        for (number, line) in file.product_lines() {
            let code = line.split("//").next().unwrap_or("");
            if code.contains("f64") || code.contains("f32") {
                offences.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    report("a float may appear only in the files of FLOATS_ALLOWED", offences);
}

#[test]
fn nothing_is_left_unfinished_or_silenced() {
    // Split, so that this file does not contain what it looks for.
    let banned = [
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("#[", "ignore"),
        concat!("#[should", "_panic"),
        concat!("FIX", "ME"),
        concat!("Other(", "String)"),
        concat!("Unspe", "cified"),
    ];
    let mut offences = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for file in files(folder, &[".rs"]) {
            for (number, line) in file.text.lines().enumerate() {
                for word in banned.iter().filter(|word| line.contains(**word)) {
                    offences.push(format!("{}:{} contains {word}", file.path, number + 1));
                }
            }
        }
    }
    report("stubs, ignored tests and bucket errors are defects", offences);
}

#[test]
fn proptest_makes_cases_and_quickcheck_tests_laws() {
    let mut offences = Vec::new();
    for file in files("tests", &[".rs"]) {
        if file.path.starts_with("tests/tidy/") {
            continue;
        }
        let (proptest, quickcheck) =
            (file.text.contains("proptest::"), file.text.contains("quickcheck::"));
        if proptest && quickcheck {
            offences.push(format!("{} uses both", file.path));
        }
        if file.path.starts_with("tests/laws/") && proptest {
            offences.push(format!("{}: laws are a second opinion, without proptest", file.path));
        }
    }
    report("no file uses both libraries", offences);
}

#[test]
fn no_test_file_is_forgotten() {
    let (sources, mut product) = (files("tests", &[".rs"]), files("src/core", &[".rs"]));
    product.extend(files("src/engines", &[".rs"]));
    let declared = |parent: &str, stem: &str| {
        let line = format!("mod {stem};");
        sources.iter().any(|s| s.path == parent && s.text.lines().any(|l| l.ends_with(&line)))
    };
    let mut offences = Vec::new();
    for file in &sources {
        let is_target = matches!(file.path.as_str(), "tests/main.rs" | "tests/obligations.rs");
        // A package of its own.
        if is_target || file.path.starts_with("tests/downstream/") {
            continue;
        }
        let path = Path::new(&file.path);
        let is_folder = path.ends_with("mod.rs");
        let module = if is_folder { path.parent().expect("a folder") } else { path };
        let stem = module.file_stem().expect("a name").to_string_lossy().into_owned();
        let above = module.parent().expect("below tests").to_string_lossy().replace('\\', "/");
        let by_file = format!("{above}.rs");
        let parents = [format!("{above}/mod.rs"), format!("{above}/main.rs"), by_file];
        // Unit tests of what only its own file can name are called from there.
        let of_source = || product.iter().any(|source| source.text.contains(&file.path));
        if !parents.iter().any(|parent| declared(parent, &stem)) && !of_source() {
            offences.push(format!("{}: no `mod {stem};` above it", file.path));
        }
    }
    report("every test file is compiled", offences);
}
