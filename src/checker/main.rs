//! `crease-recheck [--net NETWORK] FILE...` checks certificates.
//!
//! Standard output holds one line `s VERIFIED <fact>` for each accepted certificate and nothing
//! else. Exit codes: 0 all accepted, 1 usage or input, 5 one was refused, 6 one is incomplete.
//! Where several apply, the smallest other than 0 counts.

use crease_recheck::{Accepted, MAX_TEXT, Network, Rejection, check_from, network};
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::process::ExitCode;

const USAGE: u8 = 1;
const REFUSED: u8 = 5;
const INCOMPLETE: u8 = 6;
const HELP: &str = "usage: crease-recheck [--net NETWORK] FILE...   (- is standard input)
  --net NETWORK   accept only certificates that state the network of this file (JSON)";

fn main() -> ExitCode {
    let mut files: Vec<OsString> = std::env::args_os().skip(1).collect();
    if files.first().is_some_and(|first| first == "--help") {
        eprintln!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let names_network = files.first().is_some_and(|first| first == "--net");
    if files.len() < if names_network { 3 } else { 1 } {
        eprintln!("{HELP}");
        return ExitCode::from(USAGE);
    }
    let named: Vec<_> = files.drain(..if names_network { 2 } else { 0 }).collect();
    let network = match named.last().map(|path| read_network(path)).transpose() {
        Ok(network) => network,
        Err(code) => return ExitCode::from(code),
    };
    let codes = files.iter().filter_map(|file| {
        let path = file.to_string_lossy();
        report(&path, recheck(file, network.as_ref())).err()
    });
    // Every file is checked before the worst outcome is chosen.
    ExitCode::from(codes.collect::<Vec<_>>().into_iter().min().unwrap_or(0))
}

/// The network of a file; the error is an exit code.
fn read_network(path: &OsStr) -> Result<Network, u8> {
    let mut json = Vec::new();
    let read =
        File::open(path).and_then(|file| file.take(MAX_TEXT as u64 + 1).read_to_end(&mut json));
    let read = match read {
        Ok(_) => network(&json).map_err(|e| e.to_string()),
        Err(error) => Err(error.to_string()),
    };
    read.map_err(|error| {
        eprintln!("c {}: {error}", path.to_string_lossy());
        USAGE
    })
}

/// Checks one file, as it is read.
fn recheck(file: &OsStr, network: Option<&Network>) -> io::Result<Result<Accepted, Rejection>> {
    Ok(match file == "-" {
        true => check_from(&mut io::stdin().lock(), network),
        false => check_from(&mut BufReader::new(File::open(file)?), network),
    })
}

/// Says what became of one certificate; the error is an exit code.
fn report(path: &str, verdict: io::Result<Result<Accepted, Rejection>>) -> Result<(), u8> {
    let verdict = verdict.map_err(|error| {
        eprintln!("c {path}: {error}");
        USAGE
    })?;
    match verdict {
        Ok(accepted) => {
            eprintln!("c {path}: {} certificate for {}", accepted.kind, accepted.claim);
            eprint!("{}", accepted.statement);
            writeln!(io::stdout(), "s VERIFIED {}", accepted.fact).map_err(|_| USAGE)
        }
        Err(rejection) => {
            let (word, code) = match rejection {
                Rejection::Incomplete { .. } => ("INCOMPLETE", INCOMPLETE),
                Rejection::Unreadable { .. } => ("UNREADABLE", USAGE),
                _ => ("REFUSED", REFUSED),
            };
            eprintln!("c {path}: {word}: {rejection}");
            Err(code)
        }
    }
}
