//! The `crease` program: everything it does is in [`crease::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    crease::cli::main(std::env::args_os())
}
