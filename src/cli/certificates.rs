//! Certificates through the independent checker.

use super::error::CliError;
use super::exit::Exit;
use super::files;
use crate::checker::{self, Rejection};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Checks every file before it says how the worst one came out: what to print, what could not be
/// read, and the exit code.
pub fn recheck(paths: &[PathBuf]) -> (String, Vec<CliError>, Exit) {
    let (mut out, mut errors) = (String::new(), Vec::new());
    let (mut refused, mut incomplete) = (false, false);
    for path in paths {
        match recheck_one(path, &mut out) {
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

fn recheck_one(path: &Path, out: &mut String) -> Result<Result<(), Rejection>, CliError> {
    // What is not UTF-8 is not ASCII either: the checker names the line of the replacement.
    let bytes = files::read_bytes(path)?;
    let verdict = checker::check(&String::from_utf8_lossy(&bytes));
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
