//! Sources: the entries of a BibTeX file as people read them.

use std::collections::BTreeMap;

/// What the accents of BibTeX make of a letter.
const ACCENTS: [(&str, &str); 12] = [
    ("{\\\"U}", "Ü"),
    ("{\\\"u}", "ü"),
    ("{\\\"o}", "ö"),
    ("{\\\"O}", "Ö"),
    ("{\\\"a}", "ä"),
    ("{\\'a}", "á"),
    ("{\\'e}", "é"),
    ("{\\'o}", "ó"),
    ("{\\'u}", "ú"),
    ("{\\'i}", "í"),
    ("{\\l}", "ł"),
    ("--", "–"),
];

/// Every entry by its key, in one line: authors, title, where, year.
///
/// Reads what the file of this repository is made of: a field a line, in braces. What it cannot
/// read is left out.
pub(super) fn references(bib: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for entry in bib.split("\n@").map(|entry| entry.trim_start_matches('@')) {
        let Some((_, rest)) = entry.split_once('{') else { continue };
        let Some((key, fields)) = rest.split_once(',') else { continue };
        let mut fields: BTreeMap<_, _> = fields.lines().filter_map(field).collect();
        fields.entry("author").and_modify(|all| *all = all.replace(" and ", ", "));
        let parts = ["author", "title", "journal", "booktitle", "publisher", "year", "note"];
        let parts = parts.into_iter().filter_map(|name| fields.get(name)).map(String::as_str);
        let line = parts.collect::<Vec<_>>().join(". ");
        if !line.is_empty() {
            all.insert(key.trim().to_owned(), line + ".");
        }
    }
    all
}

fn field(line: &str) -> Option<(&str, String)> {
    let (name, value) = line.split_once('=')?;
    let value = value.trim().trim_end_matches(',');
    let value = value.strip_prefix('{')?.strip_suffix('}')?;
    let value = ACCENTS.iter().fold(value.to_owned(), |text, (from, to)| text.replace(from, to));
    let value = value.replace(['{', '}'], "");
    Some((name.trim(), value.trim_end_matches('.').to_owned()))
}
