//! What the README and the page of conjectures show is what the program prints, command by command.

use super::folder;
use crate::support::root;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The commands of the README with the output below each, a list for every block.
fn blocks(readme: &str) -> Vec<Vec<(String, String)>> {
    let texts = readme.split("```text\n").skip(1);
    let texts = texts.map(|rest| rest.split("```").next().unwrap_or_default());
    let shown = texts.filter(|text| text.starts_with("$ "));
    let command = |piece: &str| {
        let (line, output) = piece.split_once('\n').unwrap_or((piece, ""));
        (line.to_owned(), output.to_owned())
    };
    shown.map(|text| format!("\n{text}").split("\n$ ").skip(1).map(command).collect()).collect()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        match path.is_dir() {
            true => copy(&path, &target),
            false => drop(std::fs::copy(&path, &target).expect("a file")),
        }
    }
}

/// Builds the program of the other package beside ours: `cargo test --test main` alone does not.
fn build_the_checker(program: &Path) {
    let folder = program.parent().expect("a folder");
    let profile = folder.file_name().and_then(|name| name.to_str()).expect("the profile's folder");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--package", "crease-recheck", "--profile"])
        .arg(if profile == "debug" { "dev" } else { profile })
        .arg("--target-dir")
        .arg(folder.parent().expect("the target folder"))
        .current_dir(root(""))
        .status()
        .expect("cargo starts");
    assert!(built.success(), "crease-recheck does not build");
}

#[test]
fn every_output_of_the_readme_is_what_the_program_prints() {
    prints_what_is_shown("README.md", "readme");
}

#[test]
fn every_output_of_the_page_of_conjectures_is_what_the_program_prints() {
    prints_what_is_shown("proofs/CONJECTURES.md", "conjectures_page");
}

/// Runs the commands of a page in a copy of the checkout.
fn prints_what_is_shown(page: &str, name: &str) {
    let checkout = folder(name);
    for part in ["fixtures", "proofs"] {
        copy(&root(part), &checkout.join(part));
    }
    let program = Path::new(env!("CARGO_BIN_EXE_crease"));
    build_the_checker(program);
    let mut path = vec![program.parent().expect("a folder").to_owned()];
    path.extend(std::env::var_os("PATH").iter().flat_map(|all| std::env::split_paths(all)));
    let path = std::env::join_paths(path).expect("a search path");
    let text = std::fs::read_to_string(root(page)).expect("the page");
    let blocks = blocks(&text);
    assert!(blocks.len() >= 3 && blocks.iter().all(|block| !block.is_empty()));
    for block in blocks {
        let mut here: PathBuf = checkout.clone();
        for (line, expected) in block {
            if let Some(folder) = line.strip_prefix("cd ") {
                here.push(folder);
                continue;
            }
            let run = Command::new("sh")
                .args(["-c", &line])
                .env("PATH", &path)
                .current_dir(&here)
                .stdin(Stdio::null())
                .output()
                .expect("a shell");
            let found = String::from_utf8(run.stdout).expect("UTF-8");
            let errors = String::from_utf8_lossy(&run.stderr);
            assert_eq!(found.trim_end(), expected.trim_end(), "$ {line}\n{errors}");
        }
    }
}
