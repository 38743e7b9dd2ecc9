//! The program: arguments, files, progress, exit codes. The only room that does input and output.

mod args;
mod balance;
mod bound;
mod build;
mod certificate_shards;
mod certificates;
pub mod check;
mod check_journal;
mod check_shards;
mod committed;
#[cfg(feature = "plot")]
mod comparison;
mod conjecture;
mod count;
mod count_journal;
mod count_merge;
mod count_run;
mod counterexample_file;
mod domain_args;
mod drawn;
mod drawn_laws;
mod drawn_optima;
mod drawn_regions;
mod edited;
mod error;
mod eval;
mod exit;
mod experiment;
#[cfg(feature = "plot")]
mod experiment_pictures;
mod files;
mod fit;
mod fit_found;
mod fit_line;
#[cfg(feature = "plot")]
mod fit_picture;
mod fit_space;
pub mod hunt;
mod hunt_report;
mod hunt_shards;
mod interrupt;
mod journal;
mod law;
mod merge;
mod network;
mod new_claim;
mod norm;
mod parse_box;
#[cfg(feature = "plot")]
mod plot;
mod pool;
mod progress;
pub mod records;
mod region_lines;
mod replay;
mod robust;
mod robust_files;
mod robust_table;
mod select;
mod shape_args;
pub mod shards;
#[cfg(feature = "site")]
mod site;
#[cfg(feature = "site")]
mod site_from;
#[cfg(feature = "site")]
mod site_pictures;
mod slice;
mod slurm;
mod sup_error;
mod verified;
mod weigh;

pub use committed::{beside_claims, pages};
pub use count::prove;
pub use error::CliError;
pub use exit::Exit;
pub use pool::Threads;

use crate::claim::AnyClaim;
use crate::report;
use args::{Cli, Command};
use clap::{CommandFactory, Parser};
use std::ffi::OsString;
use std::panic;
use std::path::Path;
use std::process::ExitCode;

/// Runs the program on the claims of another package instead of ours: a `main` of one line.
///
/// ```no_run
/// # const CLAIMS: &[&dyn crease::claim::AnyClaim] = &[];
/// fn main() -> std::process::ExitCode {
///     crease::cli::main_of(CLAIMS, std::env::args_os())
/// }
/// ```
pub fn main_of(
    claims: &'static [&'static dyn AnyClaim],
    args: impl IntoIterator<Item = OsString>,
) -> ExitCode {
    select::serve(claims);
    main(args)
}

/// Runs the program with these arguments, the first of which is its name.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come as errors too; if they cannot be printed nobody is reading.
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::AsClaimed }.into();
        }
    };
    // The panic itself has been printed by the time it arrives here.
    match panic::catch_unwind(|| command(cli.command)) {
        Ok(Ok(exit)) => exit.into(),
        Ok(Err(error)) => {
            eprintln!("crease: {error}");
            Exit::Usage.into()
        }
        Err(_) => Exit::Bug.into(),
    }
}

fn command(command: Command) -> Result<Exit, CliError> {
    match command {
        Command::List { names, json } => {
            let claims = select::claims(&names)?;
            files::print(if json { report::list_json(claims) } else { report::list(claims) })?;
        }
        Command::Show { id, json } => {
            let claim = select::claim(&id)?;
            files::print(if json { report::show_json(claim) } else { report::show(claim) })?;
        }
        Command::New(args) => files::print(new_claim::new(&args)?)?,
        Command::Check(args) => return check(&args),
        Command::Hunt(args) => return hunt::hunt(&args),
        Command::Ledger { out, threads } => return ledger(&out, threads),
        #[cfg(feature = "site")]
        Command::Report(args) => return site::report(&args),
        Command::Replay { file, claim } => {
            let (text, exit) = replay::replay(&file, claim.as_deref())?;
            files::print(text)?;
            return Ok(exit);
        }
        Command::Recheck { verified: true, files, .. } => {
            let (text, exit) = verified::recheck(&files::certificates(&files)?)?;
            files::print(text)?;
            return Ok(exit);
        }
        Command::Recheck { network, files, .. } => {
            let network = network.map(|path| certificates::network(&path)).transpose()?;
            let files = files::certificates(&files)?;
            let (text, errors, exit) = certificates::recheck(&files, network.as_ref());
            files::print(text)?;
            errors.iter().for_each(|error| eprintln!("crease: {error}"));
            return Ok(exit);
        }
        Command::Eval(args) => files::print(eval::eval(&args)?)?,
        Command::Convert { source, slice, double, to } => {
            let mut file = source.read()?;
            if let Some(slice) = &slice {
                file = slice::restricted(&file, slice)?;
            }
            match to {
                Some(path) => files::print(network::write(&path, &file, double)?)?,
                None => files::print(file.write())?,
            }
        }
        Command::Count(args) => return count::count(&args),
        Command::Merge(args) => return merge::merge(&args),
        Command::Slurm { what } => files::print(slurm::script(&what)?)?,
        Command::Fit(args) => return fit::fit(&args),
        Command::Robust(args) => return robust::robust(&args),
        Command::Build { what } => return build::build(&what),
        Command::Error(args) => return sup_error::distance(&args),
        #[cfg(feature = "plot")]
        Command::Plot(args) => files::print(match &args.function {
            Some(function) => comparison::plot(&args, function)?,
            None => plot::plot(&args)?,
        })?,
        Command::Norm(args) => return norm::norm(&args),
        Command::Balance(args) => return balance::balance(&args),
        Command::Conjecture(args) => return conjecture::conjecture(&args),
        Command::Bound(args) => files::print(bound::bound(&args)?)?,
        Command::Experiment(args) => return experiment::experiment(&args),
        Command::Completions { shell } => files::print(completions(shell))?,
        Command::Man { command } => files::print(man(command.as_deref())?)?,
    }
    Ok(Exit::AsClaimed)
}

fn check(args: &check::Args) -> Result<Exit, CliError> {
    let claims = select::claims(&args.asked.names)?;
    interrupt::watch("stopping between two cases");
    if let (Some(share), Some(path)) = (args.shard, &args.journal) {
        return check_shards::run(&claims, args, share, path);
    }
    let mut run = check::run(&claims, &args.asked)?;
    if let Some(root) = committed::checkout() {
        records::attach(&mut run, &root)?;
        run.committed = Some(committed::compare(&run, &root, args.asked.names.is_empty()));
    }
    if let Some(folder) = &args.save {
        counterexample_file::write_all(folder, &run)?;
    }
    files::print(if args.json { report::check_json(&run) } else { report::table(&run) })?;
    Ok(run.worst().into())
}

/// Writes the pages of the ledger and the answers of commands into a checkout.
fn ledger(out: &Path, threads: Threads) -> Result<Exit, CliError> {
    let asked = check::Asked { cases: check::DEFAULT_CASES, threads, ..Default::default() };
    interrupt::watch("stopping between two cases");
    let mut run = check::run(&select::claims(&[])?, &asked)?;
    if run.stopped() {
        return Ok(Exit::Stopped);
    }
    records::attach(&mut run, out)?;
    for report::Page { path, text } in report::ledger(&run) {
        let path = out.join("proofs").join(path);
        if let Some(folder) = path.parent() {
            files::make(folder)?;
        }
        files::write(&path, &text)?;
    }
    if select::is_own() {
        edited::write(&run, out).map_err(CliError::at(&out.join("fixtures/edited.txt")))?;
    }
    // Last, since it takes longest.
    let answers = out.join("fixtures/answers");
    if select::is_own() || answers.is_dir() {
        committed::write_answers(out).map_err(CliError::at(&answers))?;
    }
    Ok(run.worst().into())
}

/// The completion script of a shell.
fn completions(shell: clap_complete::Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "crease", &mut script);
    script
}

/// The man page of the program or of one command, in roff.
fn man(command: Option<&str>) -> Result<Vec<u8>, CliError> {
    let mut page = Cli::command();
    page.build();
    let page = match command {
        None => page,
        Some(name) => match page.find_subcommand(name) {
            Some(found) => found.clone(),
            None => {
                let names: Vec<_> = page.get_subcommands().map(clap::Command::get_name).collect();
                let names = names.join(", ");
                let what = format!("no command is called \"{name}\"; there are {names}");
                return Err(CliError::Name(what));
            }
        },
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff).map_err(CliError::Output)?;
    Ok(roff)
}
