//! The answer to a conjecture: what was found or tried, and the file of its network.

use super::super::error::CliError;
use super::super::exit::Exit;
use super::super::{files, interrupt};
use super::Args;
use super::found::{Answer, Case, Decided, Tried};
use super::statement::Statement;
use crate::approximate::Why;
use crate::claim::{Counts, Finding};
use crate::counting::Stack;
use crate::format::file::{NetworkFile, Truth};
use crate::generators::layer_chains::Stacked;
use crate::generators::quantities::Known;
use crate::generators::stacks::Fitting;
use crate::net::Network;
use crate::report::{compact_case, comparison, plural};
use serde::Serialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Characters of a network that a line shows.
const WIDTH: usize = 160;

/// The answer with what is printed beside it.
pub struct Report {
    statement: &'static str,
    shapes: usize,
    left_out: usize,
    why_left_out: Option<String>,
    seed: u64,
    answer: Answer,
    /// Where the network is, and what it measures: name, value, command.
    network: Option<PathBuf>,
    measured: Vec<(String, String, Option<String>)>,
    /// Whether a claim file was asked for.
    asked: Option<PathBuf>,
    /// Whether one was written.
    pub written: bool,
}

impl Report {
    /// The answer, before any file is written.
    pub fn new(statement: &Statement, fitting: &Fitting, answer: Answer, args: &Args) -> Self {
        Self {
            statement: statement.text,
            shapes: fitting.stacks.len(),
            left_out: fitting.left_out,
            why_left_out: fitting.why.clone(),
            seed: args.seed,
            answer,
            network: None,
            measured: Vec::new(),
            asked: args.write.clone(),
            written: false,
        }
    }

    /// The network that comes closest, if none refutes the statement.
    pub fn closest(&self) -> Option<&Case> {
        match &self.answer {
            Answer::Tried(Tried { counterexample: None, closest, .. }) => closest.as_ref(),
            _ => None,
        }
    }

    /// Writes the counterexample, or where that is asked the tightest network, and measures it.
    pub fn write_network(
        &mut self,
        statement: &Statement,
        out: Option<&Path>,
    ) -> Result<(), CliError> {
        let Answer::Tried(tried) = &self.answer else { return Ok(()) };
        let (case, path) = match (&tried.counterexample, &tried.closest, out) {
            (Some(case), _, Some(path)) => (case, path.to_owned()),
            (Some(case), _, None) => (case, free_name()),
            (None, Some(case), Some(path)) => (case, path.to_owned()),
            _ => return Ok(()),
        };
        let network = network_of(&case.case)?;
        let measured = statement.measure(&network);
        let regions = measured.iter().find(|(name, _)| matches!(*name, "regions" | "R2"));
        let regions = regions.and_then(|(_, value)| value.as_ref().ok());
        let truth = regions.map(|regions| Truth {
            activation_regions: regions.to_string().parse().ok(),
            how: Some("counted by crease conjecture".to_owned()),
        });
        let note = format!("{}: {}", self.statement, comparison(&case.finding));
        let file = NetworkFile {
            name: path.file_stem().map_or("network".into(), |s| s.to_string_lossy()).into_owned(),
            network,
            domain: None,
            note: Some(note),
            truth,
        };
        files::write(&path, file.write())?;
        let inputs = file.network.input().units();
        let line = |(name, value): &(&str, Known)| {
            let value = match value {
                Ok(value) => value.to_string(),
                Err(why) => why.words().to_owned(),
            };
            ((*name).to_owned(), value, command(name, &path, inputs))
        };
        self.measured = measured.iter().map(line).collect();
        self.network = Some(path);
        Ok(())
    }

    /// The exit code.
    pub fn exit(&self) -> Exit {
        let stopped = interrupt::seen();
        match &self.answer {
            Answer::Tried(Tried { panicked: Some(_), .. }) => Exit::Bug,
            Answer::Decided(Decided { counterexample: Some(_), .. })
            | Answer::Tried(Tried { counterexample: Some(_), .. }) => Exit::NotAsClaimed,
            _ if stopped => Exit::Stopped,
            Answer::Decided(decided) if decided.shapes < self.shapes => Exit::Stopped,
            Answer::Decided(decided) if decided.undecided > 0 => Exit::Vacuous,
            Answer::Decided(_) => Exit::AsClaimed,
            Answer::Tried(tried) if tried.met() == 0 => Exit::Vacuous,
            Answer::Tried(_) => Exit::AsClaimed,
        }
    }

    /// The answer in one word.
    fn word(&self) -> &'static str {
        match (&self.answer, self.exit()) {
            (_, Exit::NotAsClaimed) => "false",
            (_, Exit::Bug) => "panicked",
            (Answer::Decided(_), Exit::AsClaimed) => "true",
            (Answer::Decided(decided), Exit::Stopped) if decided.undecided == 0 => "unfinished",
            (Answer::Tried(tried), _) if tried.met() > 0 => "no counterexample",
            _ => "undecided",
        }
    }

    /// The answer for people.
    pub fn lines(&self) -> String {
        let mut out = format!("{}: {}\n", self.word(), self.statement);
        match &self.answer {
            Answer::Decided(decided) => decided_lines(decided, &mut out),
            Answer::Tried(tried) => self.tried_lines(tried, &mut out),
        }
        if self.shapes > 1 || self.left_out > 0 {
            let _ = write!(out, "  {}", plural(self.shapes, "shape"));
            if let Some(why) = &self.why_left_out {
                let _ = write!(out, ", {} left out that do not fit: {why}", self.left_out);
            }
            out.push('\n');
        }
        if let Some(path) = &self.asked {
            let path = path.display();
            let _ = match self.written {
                true => writeln!(out, "  claim file: {path}"),
                false => writeln!(out, "  no claim file: nothing holds that it could claim"),
            };
        }
        out
    }

    fn tried_lines(&self, tried: &Tried, out: &mut String) {
        if let Some(counts) = &tried.counts {
            let Counts { drawn, distinct, largest, undecided, why, .. } = counts;
            let cases = plural(*drawn as usize, "network");
            let _ = write!(out, "  drawn: {cases}, {distinct} different, up to {largest} numbers");
            if let Some(why) = why {
                let _ = write!(out, "; {undecided} undecided: {why}");
            }
            out.push('\n');
        }
        if let Some((steps, met, kinds)) = tried.hunted {
            let seed = self.seed;
            let _ = writeln!(
                out,
                "  hunted: {steps} steps, {met} networks, {kinds} kinds; seed {seed}"
            );
        }
        let case = tried.counterexample.as_ref().map(|case| ("counterexample", case));
        if let Some((word, case)) = case.or(tried.closest.as_ref().map(|case| ("tightest", case))) {
            let _ = writeln!(out, "  {word}: {}, {}", comparison(&case.finding), case.how);
            let _ = writeln!(out, "      at {}", compact_case(&case.case, WIDTH));
        }
        if let Some(case) = &tried.panicked {
            let case = case.trim_end().replace('\n', "\n      ");
            let _ = writeln!(out, "  bug: the program fails at\n      {case}");
        }
        if let Some(path) = &self.network {
            let _ = writeln!(out, "  its network: {}", path.display());
        }
        for (name, value, command) in &self.measured {
            let _ = match command {
                Some(command) => writeln!(out, "    {name} = {value}: {command}"),
                None => writeln!(out, "    {name} = {value}"),
            };
        }
    }

    /// The answer for programs.
    pub fn json(&self) -> String {
        #[derive(Serialize)]
        struct Line<'a> {
            statement: &'a str,
            answer: &'a str,
            shapes: usize,
            left_out: usize,
            seed: u64,
            /// Networks that were drawn, those of them that differ, and numbers of the largest.
            drawn: Option<[usize; 3]>,
            undecided: usize,
            why: Option<&'a str>,
            /// Steps of the hunt, networks and kinds.
            hunted: Option<(u64, u64, usize)>,
            /// Both sides at the counterexample, or where they come closest.
            finding: Option<&'a Finding>,
            case: Option<toml::Table>,
            file: Option<String>,
            measured: Vec<[&'a str; 2]>,
        }
        let path = self.network.as_ref().map(|path| path.display().to_string());
        let measured = self.measured.iter().map(|(name, value, _)| [&**name, &**value]).collect();
        let base = Line {
            statement: self.statement,
            answer: self.word(),
            shapes: self.shapes,
            left_out: self.left_out,
            seed: self.seed,
            drawn: None,
            undecided: 0,
            why: None,
            hunted: None,
            finding: None,
            case: None,
            file: path,
            measured,
        };
        files::json(&match &self.answer {
            Answer::Decided(decided) => {
                let found = decided.counterexample.as_ref().or(decided.closest.as_ref());
                Line {
                    undecided: decided.undecided,
                    why: decided.why.map(Why::words),
                    finding: found.map(|(_, finding)| finding),
                    case: found.map(|(stack, _)| shape_table(stack)),
                    ..base
                }
            }
            Answer::Tried(tried) => {
                let found = tried.counterexample.as_ref().or(tried.closest.as_ref());
                let drawn = |c: &Counts| [c.drawn as usize, c.distinct as usize, c.largest];
                Line {
                    drawn: tried.counts.as_ref().map(drawn),
                    undecided: tried.counts.as_ref().map_or(0, |counts| counts.undecided as usize),
                    why: tried.counts.as_ref().and_then(|counts| counts.why.map(|why| why.0)),
                    hunted: tried.hunted,
                    finding: found.map(|case| &case.finding),
                    case: found.map(|case| case.case.parse().expect("cases are TOML")),
                    ..base
                }
            }
        })
    }
}

fn decided_lines(decided: &Decided, out: &mut String) {
    if let Some((stack, finding)) = &decided.counterexample {
        let _ = writeln!(out, "  counterexample: {}", comparison(finding));
        let _ = writeln!(out, "    crease bound {}", shape(stack));
    } else if let Some((stack, finding)) = &decided.closest {
        let asked = plural(decided.shapes - decided.undecided, "shape");
        let _ = writeln!(out, "  decided for {asked}, nothing is measured");
        let _ = writeln!(out, "  closest: {} for {}", comparison(finding), shape(stack));
    }
    if let Some(why) = decided.why {
        let undecided = plural(decided.undecided, "shape");
        let _ = writeln!(out, "  undecided for {undecided}: {}", why.words());
    }
}

/// A shape as the arguments write it.
fn shape(stack: &Stack) -> String {
    let first = stack.stages()[0].window;
    let [height, width] = first.input();
    let mut out = format!("--input {height}x{width}");
    if first.depth() > 1 {
        let _ = write!(out, "x{}", first.depth());
    }
    for stage in stack.stages() {
        let ([rows, columns], [down, across]) = (stage.window.filter(), stage.window.stride());
        let _ = write!(out, " --layer {rows}x{columns}:{}", stage.units);
        match (down, across) {
            (1, 1) => {}
            _ if down == across => drop(write!(out, "/s{down}")),
            _ => drop(write!(out, "/s{down}x{across}")),
        }
    }
    out
}

fn shape_table(stack: &Stack) -> toml::Table {
    let mut table = toml::Table::new();
    table.insert("shape".to_owned(), shape(stack).into());
    table
}

/// The network of a case.
pub fn network_of(case: &str) -> Result<Network, CliError> {
    stacked_of(case).map(|case| case.network())
}

/// A case that was written here.
pub fn stacked_of(case: &str) -> Result<Stacked, CliError> {
    toml::from_str(case).map_err(|error| CliError::Construction(error.to_string()))
}

/// What asks the network again for a quantity, where a command does.
fn command(name: &str, path: &Path, inputs: usize) -> Option<String> {
    let path = path.display();
    Some(match name {
        "regions" | "R2" => format!("crease count {path}"),
        "strict" | "R1" | "R4" | "R6" => format!("crease count {path} --notion {name}"),
        "path_norm" | "path_squares" | "decay" => format!("crease norm {path}"),
        "tv2" => {
            let rest = ",0".repeat(inputs.saturating_sub(1));
            format!("crease norm {path} --from 0{rest} --to 1{rest}")
        }
        _ => return None,
    })
}

/// A name that no file has.
fn free_name() -> PathBuf {
    let name = |number: usize| match number {
        1 => PathBuf::from("counterexample.json"),
        _ => PathBuf::from(format!("counterexample-{number}.json")),
    };
    (1..).map(name).find(|path| !path.exists()).expect("numbers do not end")
}
