//! `crease new`: the files of a claim of one's own, complete and true, to change line by line.

use super::error::CliError;
use super::files;
use std::path::{Path, PathBuf};

const CLAIM: &str = include_str!("claim.txt");
const KNOWN: &str = include_str!("known.txt");
const NOTE: &str = include_str!("note.txt");

/// The words of the language, which are no names of modules.
const KEYWORDS: [&str; 45] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "use", "where",
];

/// The arguments of `crease new`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The id, FAMILY/NAME: a family of the package, and a name of small letters, digits and _
    id: String,
    /// The statement in words, as a title
    #[arg(default_value = "A sum is at most as large as the sizes of its terms")]
    title: String,
    /// The package that the claim belongs to
    #[arg(long = "in", value_name = "DIR", default_value = ".")]
    package: PathBuf,
}

/// Writes the claim, its known cases, its note and its line in the list; nothing where one of them
/// is there already. Returns what is said about it.
pub fn new(args: &Args) -> Result<String, CliError> {
    let Args { id, title, package } = args;
    let (family, name) =
        id.split_once('/').filter(|(f, n)| is_name(f) && is_name(n)).ok_or_else(|| {
            CliError::argument(id, "expected FAMILY/NAME, each of small letters, digits and _")
        })?;
    if title.contains(['"', '\\', '\n']) || title.trim().is_empty() {
        let what = "expected a title in words, on one line, without quotation marks";
        return Err(CliError::argument(title, what));
    }
    let (folder, own) = folder(package, family)?;
    let fill = |text: &str| {
        let texts = [("{id}", id.as_str()), ("{title}", title), ("{crate}", own)];
        texts.iter().fold(text.to_owned(), |text, (mark, with)| text.replace(mark, with))
    };
    let made = [
        (folder.join(name).with_extension("rs"), fill(CLAIM)),
        (package.join(format!("fixtures/{id}.toml")), fill(KNOWN)),
        (package.join(format!("proofs/{id}.md")), fill(NOTE)),
    ];
    let list = folder.join("mod.rs");
    let listed = with_entry(&files::read(&list)?, family, name)
        .map_err(|what| CliError::file(&list, what))?;
    if let Some((path, _)) = made.iter().find(|(path, _)| path.exists()) {
        return Err(CliError::file(path, "is there already; expected the name of a new claim"));
    }
    let mut said = String::new();
    for (path, text) in made.iter().chain([&(list, listed)]) {
        path.parent().map_or(Ok(()), files::make)?;
        files::write(path, text)?;
        said += &format!("wrote {}\n", path.display());
    }
    Ok(said + &format!("`cargo run -- check {id}` checks it as it stands: now make it yours\n"))
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !KEYWORDS.contains(&word)
}

/// The folder of a family, in this project or in a package of one's own, and how the package calls
/// what it builds on.
fn folder(package: &Path, family: &str) -> Result<(PathBuf, &'static str), CliError> {
    let places = [("src/catalogue", "crate"), ("src", "crease")];
    let mut families = Vec::new();
    for (place, own) in places {
        let folder = package.join(place).join(family);
        if is_family(&folder) {
            return Ok((folder, own));
        }
        let entries = std::fs::read_dir(package.join(place)).into_iter().flatten().flatten();
        families.extend(entries.map(|e| e.path()).filter(|path| is_family(path)));
    }
    let names = families.iter().filter_map(|path| path.file_name()?.to_str());
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    let what = match names[..] {
        [] => "expected a package with claims; copy tests/downstream, or name one with --in".into(),
        _ => format!("no family is called \"{family}\"; there are {}", names.join(", ")),
    };
    Err(CliError::file(package, what))
}

fn is_family(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join("mod.rs")).is_ok_and(|text| text.contains("claims! { \""))
}

/// The list of a family with one entry more, at its end.
fn with_entry(list: &str, family: &str, name: &str) -> Result<String, String> {
    let head = format!("claims! {{ \"{family}\":");
    let start = list.find(&head).ok_or(format!("expected a line with {head}"))?;
    let start = start + head.len();
    let end = start + list[start..].find("\n}").ok_or("expected a line with } after the list")?;
    let is_it = |line: &str| line.trim().trim_matches(['(', ')', ',']) == name;
    if list[start..end].lines().any(is_it) {
        return Err(format!("lists {name} already; expected the name of a new claim"));
    }
    Ok(format!("{}\n    {name},{}", &list[..end], &list[end..]))
}
