//! Fixture loading and nothing else.

use std::path::{Path, PathBuf};

/// A path inside the package.
pub fn root(path: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every file with this extension below a folder, sorted: its path inside the package and its text.
pub fn files_below(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.expect("a listed entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                let text = std::fs::read_to_string(&path).expect("a text file");
                let path = path
                    .strip_prefix(root(""))
                    .expect("a path below the package")
                    .display()
                    .to_string();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}
