//! `cargo run -- check`, `list`, `show`, `replay`, `ledger` and all else, for our claims.

use std::process::ExitCode;

fn main() -> ExitCode {
    crease::cli::main_of(my_claims::CLAIMS, std::env::args_os())
}
