//! `crease-recheck FILE...` checks certificates. It compiles the checker by path and shares no line
//! with the library.
//!
//! Standard output holds one line `s VERIFIED <fact>` an accepted certificate and nothing else.
//! Exit codes: 0 all accepted, 1 usage or input, 5 one was refused, 6 one is incomplete; where
//! several apply, the smallest of them.

#[path = "../checker/mod.rs"]
mod checker;

use checker::Rejection;
use std::fs::File;
use std::io::{self, Read, Write};
use std::process::ExitCode;

const USAGE: u8 = 1;
const REFUSED: u8 = 5;
const INCOMPLETE: u8 = 6;

fn main() -> ExitCode {
    let files: Vec<_> = std::env::args_os().skip(1).collect();
    if files.is_empty() || files[0] == "--help" {
        eprintln!("usage: crease-recheck FILE...   (- is standard input)");
        return ExitCode::from(u8::from(files.is_empty()) * USAGE);
    }
    let codes = files.iter().filter_map(|file| {
        let path = file.to_string_lossy();
        recheck(&path, read(file)).err()
    });
    // Every file is checked before the worst outcome is chosen.
    ExitCode::from(codes.collect::<Vec<_>>().into_iter().min().unwrap_or(0))
}

/// The text of a file, not more of it than the checker would take.
fn read(file: &std::ffi::OsStr) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    let limit = checker::MAX_TEXT as u64 + 1;
    if file == "-" {
        io::stdin().lock().take(limit).read_to_end(&mut text)?;
    } else {
        File::open(file)?.take(limit).read_to_end(&mut text)?;
    }
    Ok(text)
}

/// Says what became of one certificate; the error is an exit code.
fn recheck(path: &str, text: io::Result<Vec<u8>>) -> Result<(), u8> {
    let text = text.map_err(|error| {
        eprintln!("c {path}: {error}");
        USAGE
    })?;
    // What is not UTF-8 is not ASCII either: the checker names the line of the replacement.
    match checker::check(&String::from_utf8_lossy(&text)) {
        Ok(accepted) => {
            eprintln!("c {path}: {} certificate for {}", accepted.kind, accepted.claim);
            eprint!("{}", accepted.statement);
            writeln!(io::stdout(), "s VERIFIED {}", accepted.fact).map_err(|_| USAGE)
        }
        Err(rejection) => {
            let is_incomplete = matches!(rejection, Rejection::Incomplete { .. });
            let word = if is_incomplete { "INCOMPLETE" } else { "REFUSED" };
            eprintln!("c {path}: {word}: {rejection}");
            Err(if is_incomplete { INCOMPLETE } else { REFUSED })
        }
    }
}
