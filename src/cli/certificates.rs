//! The command `recheck`: hands certificates to the independent checker.

use super::error::CliError;
use super::exit::Exit;
use super::files;
use crease_recheck::{self as checker, Network, Rejection};
use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

/// The network of a file, as the checker reads it by itself.
pub fn network(path: &Path) -> Result<Network, CliError> {
    let json = files::read_bytes(path)?;
    checker::network(&json).map_err(|rejection| {
        let what = format!("the checker refuses the network: {rejection}");
        CliError::file(path, what)
    })
}

/// Checks every file before it says how the worst one came out: what to print, what could not be
/// read, and the exit code.
pub fn recheck(paths: &[PathBuf], network: Option<&Network>) -> (String, Vec<CliError>, Exit) {
    let (mut out, mut errors) = (String::new(), Vec::new());
    let (mut refused, mut incomplete) = (false, false);
    for path in paths {
        match recheck_one(path, network, &mut out) {
            Ok(Ok(())) => {}
            Ok(Err(Rejection::Incomplete { .. })) => incomplete = true,
            Ok(Err(_)) => refused = true,
            Err(error) => errors.push(error),
        }
    }
    let exit = if !errors.is_empty() {
        Exit::Usage
    } else if refused {
        Exit::CertificateRefused
    } else if incomplete {
        Exit::Stopped
    } else {
        Exit::AsClaimed
    };
    (out, errors, exit)
}

fn recheck_one(
    path: &Path,
    network: Option<&Network>,
    out: &mut String,
) -> Result<Result<(), Rejection>, CliError> {
    let verdict = checker::check_from(&mut *files::open(path)?, network);
    if let Err(Rejection::Unreadable { error, .. }) = verdict {
        return Err(CliError::file(path, io::Error::other(error)));
    }
    let path = path.display();
    let _ = match &verdict {
        Ok(accepted) => {
            let (kind, claim) = (accepted.kind, &accepted.claim);
            writeln!(out, "{path}: accepted, {kind} for {claim}\n  {}", accepted.fact)
        }
        Err(rejection @ Rejection::Incomplete { .. }) => {
            writeln!(out, "{path}: incomplete: {rejection}")
        }
        Err(rejection) => writeln!(out, "{path}: refused: {rejection}"),
    };
    Ok(verdict.map(|_| ()))
}
