//! Networks that others published: counts that a second program confirms.
//!
//! Their licences do not let all of them stand here, so `CREASE_REAL` names the folder that holds
//! them: `CREASE_REAL=DIR cargo test published -- --ignored`.

use super::crease;
use std::path::PathBuf;

/// File, points of a slice if any, box, notion, and the number of regions.
///
/// Those on slices and on the plane were found by cutting polygons in doubles as well, those on
/// boxes of more dimensions by the exact engine before it had a filter.
const COUNTS: [(&str, &str, &str, &str, u64); 8] = [
    ("acasxu_1_1", "points5", "-1,1", "R2", 56_179),
    ("mnist_relu_9_200", "points784", "0,1", "R2", 60_662),
    ("tll_8_0", "", "-2,2", "R2", 433),
    ("tll_8_0", "", "-2,2", "R4", 5),
    ("fc1", "", "-1,1", "R2", 71),
    ("acasxu_1_1", "", "-1/100,1/100", "R2", 163),
    ("lunarlander", "", "-1/20,1/20", "R2", 26_680),
    ("Convnet_maxpool", "points784", "0,1/100", "R2", 710),
];

#[test]
#[ignore = "CREASE_REAL names the folder of the networks"]
fn published_networks_have_the_numbers_of_regions_that_others_found() {
    let folder = PathBuf::from(std::env::var_os("CREASE_REAL").expect("CREASE_REAL is set"));
    for (name, points, sides, notion, regions) in COUNTS {
        let network = folder.join(format!("{name}.onnx"));
        let mut args = vec!["count".to_owned(), network.display().to_string()];
        args.extend([format!("--box={sides}"), format!("--notion={notion}")]);
        if !points.is_empty() {
            let file = folder.join(format!("{points}.json"));
            args.extend(["--slice".to_owned(), format!("{}#a,b,c", file.display())]);
        }
        let run = crease(&args);
        assert_eq!(run.code, 0, "{name}: {}", run.err);
        assert!(run.out.starts_with(&format!("{regions} ")), "{name}, {notion}: {}", run.out);
    }
}
