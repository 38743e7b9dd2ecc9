//! Weights that stand outside of the file, under the names that it gives them.

use super::draft::Nested;
use super::path::quote;
use super::reader::Reader;
use super::{FileError, NetworkFile};
use crate::exact::Rational;

/// Where a `weight` or `bias` that is a name is looked up.
pub trait NamedTensors {
    /// The axes and the numbers of a tensor, row-major; `None` if there is none of this name.
    fn tensor(&self, name: &str) -> Option<(Vec<usize>, Vec<Rational>)>;
    /// The names there are, for the error about another.
    fn names(&self) -> String;
}

impl NetworkFile {
    /// Reads a file in which a `weight` or a `bias` may be the name of a tensor.
    ///
    /// Errors: as [`NetworkFile::read`], and a name without a tensor.
    pub fn read_with(bytes: &[u8], tensors: &dyn NamedTensors) -> Result<Self, FileError> {
        Self::read_from(Reader::new(bytes, Some(tensors))?)
    }
}

impl Reader<'_> {
    /// The tensor whose name stands here; `None` if there is no name, or nowhere to look it up.
    pub(super) fn named(&mut self) -> Result<Option<Nested>, FileError> {
        let Some(tensors) = self.tensors.filter(|_| self.is_string()) else { return Ok(None) };
        let name = self.string()?;
        let (axes, numbers) = tensors.tensor(&name).ok_or_else(|| {
            self.path.content(format!("a tensor among {}", tensors.names()), quote(&name))
        })?;
        self.count_numbers(numbers.len())?;
        Ok(Some(Nested { axes, numbers }))
    }
}
