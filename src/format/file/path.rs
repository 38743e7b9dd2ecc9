//! Paths to values in a file, and the texts that errors quote.

use super::FileError;
use std::fmt;

/// A place in the file, outermost step first.
#[derive(Clone, Default)]
pub(super) struct Path(Vec<Step>);

/// From a value to one inside it.
#[derive(Clone)]
pub(super) enum Step {
    Key(&'static str),
    Index(usize),
}

impl Path {
    pub(super) fn push(&mut self, step: Step) {
        self.0.push(step);
    }

    pub(super) fn pop(&mut self) {
        self.0.pop();
    }

    /// The path to a member or an entry of what this is the path to.
    pub(super) fn key(&self, key: &'static str) -> Self {
        Self(self.0.iter().cloned().chain([Step::Key(key)]).collect())
    }

    /// The path to an entry of the list that this is the path to.
    pub(super) fn index(&self, index: usize) -> Self {
        Self(self.0.iter().cloned().chain([Step::Index(index)]).collect())
    }

    pub(super) fn too_many(&self, what: &'static str, limit: usize) -> FileError {
        FileError::TooMany { path: self.to_string(), what, limit }
    }

    pub(super) fn content(
        &self,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> FileError {
        let (expected, found) = (expected.into(), found.into());
        FileError::Content { path: self.to_string(), expected, found }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("the file");
        }
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if i == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// The start of a text as a message shows it.
pub(in crate::format) fn quote(text: &str) -> String {
    let mut quoted = String::from("`");
    for c in text.chars().take(40) {
        match c {
            ' '..='~' => quoted.push(c),
            _ => quoted.extend(c.escape_debug()),
        }
    }
    quoted + if text.chars().nth(40).is_some() { "...`" } else { "`" }
}
