//! Sizes: where a file grows past its limit, look for the second concept hiding in it.

use super::{Source, files, report};

const MODULE_LINES: usize = 400;
const CLAIM_LINES: usize = 190;
/// The checker without its kind `error`, and that kind. proofs/FORMAT.md names both.
const CHECKER_LINES: usize = 5330;
const CHECKER_OF_ERRORS_LINES: usize = 1750;
const FUNCTION_LINES: usize = 70;
const COLUMNS: usize = 100;

fn limit(path: &str) -> usize {
    if path.starts_with("src/catalogue/") { CLAIM_LINES } else { MODULE_LINES }
}

#[test]
fn files_stay_within_their_limit() {
    let mut offences = Vec::new();
    for file in files("src", &[".rs"]) {
        let (lines, limit) = (file.product_lines().count(), limit(&file.path));
        if lines > limit {
            offences.push(format!("{} has {lines} lines, the limit is {limit}", file.path));
        }
    }
    for file in files("tests", &[".rs"]) {
        let lines = file.text.lines().count();
        if lines > MODULE_LINES {
            offences.push(format!("{} has {lines} lines, the limit is {MODULE_LINES}", file.path));
        }
    }
    report("one room, one concept", offences);
}

#[test]
fn what_must_be_trusted_does_not_grow() {
    let [mut kinds, mut errors] = [0; 2];
    for file in files("src/checker", &[".rs"]) {
        if file.path.starts_with("src/checker/tests/") {
            continue;
        }
        let is_of_errors = file.path.starts_with("src/checker/error/");
        let lines = if is_of_errors { &mut errors } else { &mut kinds };
        *lines += file.product_lines().count();
    }
    assert!(0 < kinds && kinds <= CHECKER_LINES, "the checker has {kinds} lines");
    let limit = CHECKER_OF_ERRORS_LINES;
    assert!(0 < errors && errors <= limit, "the kind `error` has {errors} lines more");
}

#[test]
fn lines_fit_in_100_columns() {
    let mut offences = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for file in files(folder, &[".rs"]) {
            for (number, line) in file.text.lines().enumerate() {
                let columns = line.chars().count();
                if columns > COLUMNS {
                    offences.push(format!("{}:{} has {columns} columns", file.path, number + 1));
                }
            }
        }
    }
    report("a line has at most 100 columns", offences);
}

#[test]
fn functions_fit_on_a_screen() {
    let offences = files("src", &[".rs"]).iter().flat_map(long_functions).collect();
    report("a function has at most 70 lines", offences);
}

/// Formatted code closes a function with a brace at the column of its `fn`.
fn long_functions(file: &Source) -> Vec<String> {
    let lines: Vec<_> = file.text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut offences = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let words = line.trim_start();
        let opens = words.starts_with("fn ") || words.contains(" fn ") && words.ends_with('{');
        if !opens || words.starts_with("//") {
            continue;
        }
        let closing = format!("{}}}", " ".repeat(indent(line)));
        let length = lines[start..].iter().position(|l| *l == closing).unwrap_or(0) + 1;
        if length > FUNCTION_LINES {
            offences.push(format!("{}:{} has {length} lines: {words}", file.path, start + 1));
        }
    }
    offences
}
