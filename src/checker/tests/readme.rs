//! What the README shows is what the program prints.

use std::path::{Path, PathBuf};
use std::process::Command;

const FOLDER: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn every_command_of_the_readme_prints_what_it_shows() {
    let readme = std::fs::read_to_string(Path::new(FOLDER).join("README.md")).expect("the README");
    let shown: Vec<_> = readme.split("```text\n$ ").skip(1).collect();
    assert!(!shown.is_empty(), "no command is shown");
    for block in shown {
        let (block, _) = block.split_once("```").expect("the block ends");
        let (command, expected) = block.split_once('\n').expect("a command has a line");
        let arguments = command.strip_prefix("crease-recheck ").expect("our program").split(' ');
        let mut run = Command::new(env!("CARGO_BIN_EXE_crease-recheck"));
        let found = run.args(arguments).current_dir(FOLDER).output().expect("it runs");
        assert!(found.status.success());
        assert_eq!(String::from_utf8_lossy(&found.stdout), expected, "$ {command}");
    }
}

/// Files and folders that the README names exist.
#[test]
fn the_readme_names_files_that_exist() {
    let readme = std::fs::read_to_string(Path::new(FOLDER).join("README.md")).expect("the README");
    let named: Vec<_> = readme.split('`').skip(1).step_by(2).collect();
    let files: Vec<_> =
        named.into_iter().filter(|name| name.ends_with(".rs") || name.ends_with('/')).collect();
    assert!(files.len() >= 10, "{files:?}");
    for file in files {
        assert!(PathBuf::from(FOLDER).join(file).exists(), "{file}");
    }
}
