//! `recheck --verified`: hands certificates to the checker whose soundness is proved.
//!
//! It is a program of its own, which `proofs/formal/check.sh` extracts from the proof.

use super::error::CliError;
use super::exit::Exit;
use super::files;
use std::env;
use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The variable that says where the program is.
const VARIABLE: &str = "CREASE_VERIFIED";
/// What it is called beside this program.
const NAME: &str = "crease-verified";

/// Checks every file before it says how the worst one came out: what to print, and the exit code.
/// The first error that is not about a certificate ends it.
pub fn recheck(paths: &[PathBuf]) -> Result<(String, Exit), CliError> {
    let program = program()?;
    let mut out = String::new();
    let (mut refused, mut incomplete) = (false, false);
    for path in paths {
        let (text, code) = run(&program, path)?;
        let word = match code {
            Some(0) => "accepted",
            Some(5) => "refused",
            Some(6) => "incomplete",
            _ => return Err(CliError::file(&program, format!("failed: {}", text.trim()))),
        };
        refused |= word == "refused";
        incomplete |= word == "incomplete";
        let _ =
            writeln!(out, "{}: {word} by the verified checker\n  {}", path.display(), text.trim());
    }
    let exit = match (refused, incomplete) {
        (true, _) => Exit::CertificateRefused,
        (false, true) => Exit::Stopped,
        (false, false) => Exit::AsClaimed,
    };
    Ok((out, exit))
}

/// Where the verified checker is: the variable says so, or it lies beside this program.
fn program() -> Result<PathBuf, CliError> {
    if let Some(path) = env::var_os(VARIABLE) {
        return Ok(PathBuf::from(path));
    }
    let beside = env::current_exe().ok().map(|exe| exe.with_file_name(NAME));
    beside.filter(|path| path.is_file()).ok_or_else(|| CliError::Argument {
        argument: "--verified".to_owned(),
        what: format!(
            "there is no {NAME} beside this program; build it with proofs/formal/check.sh, which \
             leaves it in target/formal, and say where it is by {VARIABLE}"
        ),
    })
}

/// What the program says about one certificate, unpacked, and its exit code.
fn run(program: &Path, path: &Path) -> Result<(String, Option<i32>), CliError> {
    let mut certificate = files::open(path)?;
    let mut command = Command::new(program);
    command.arg("-").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(CliError::at(program))?;
    if let Some(mut pipe) = child.stdin.take() {
        match io::copy(&mut certificate, &mut pipe) {
            // It stops reading where it refuses.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(CliError::file(path, error));
            }
            Ok(_) => {}
        }
    }
    let said = child.wait_with_output().map_err(CliError::at(program))?;
    let text = [said.stdout, said.stderr].concat();
    Ok((String::from_utf8_lossy(&text).into_owned(), said.status.code()))
}
