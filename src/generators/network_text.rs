//! Networks in case files: the text of a network file, quoted.

use super::prelude::*;
use crate::format::file::{FileError, NetworkFile};

/// A network that serde writes as the text of a network file, and checks while it reads one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text(pub Network);

impl TryFrom<String> for Text {
    type Error = FileError;

    fn try_from(text: String) -> Result<Self, FileError> {
        NetworkFile::read(text.as_bytes()).map(|file| Self(file.network))
    }
}

impl From<Text> for String {
    fn from(Text(network): Text) -> Self {
        let name = "case".to_owned();
        let file = NetworkFile { name, network, domain: None, note: None, truth: None }.write();
        // On one line, as the rest of a printed case.
        file.lines().map(str::trim).collect::<Vec<_>>().join(" ")
    }
}
