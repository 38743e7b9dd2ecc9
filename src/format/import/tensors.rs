//! Tensors of a safetensors file, by name.

use super::number::{BRAIN, DOUBLE, HALF, SINGLE};
use super::{ImportError, content, too_many};
use crate::exact::Rational;
use crate::format::file::{MAX_BYTES, MAX_NUMBERS, NamedTensors, quote};
use safetensors::{Dtype, SafeTensors};
use std::collections::HashMap;

/// Every tensor of a file.
pub(super) struct Tensors {
    by_name: HashMap<String, (Vec<usize>, Vec<Rational>)>,
}

impl Tensors {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ImportError> {
        refuse_if!(bytes.len() > MAX_BYTES, too_many("the file", "bytes", MAX_BYTES));
        let file = SafeTensors::deserialize(bytes).map_err(|error| ImportError::Format {
            format: "a safetensors file",
            error: error.to_string(),
        })?;
        let mut by_name = HashMap::new();
        let mut left = MAX_NUMBERS;
        for (name, tensor) in file.iter() {
            let place = format!("tensor {}", quote(name));
            let format = match tensor.dtype() {
                Dtype::F16 => HALF,
                Dtype::BF16 => BRAIN,
                Dtype::F32 => SINGLE,
                Dtype::F64 => DOUBLE,
                // Counters and indices are no weights: one that is named will be missing.
                _ => continue,
            };
            let count = tensor.data().len() / format.bytes;
            left = left
                .checked_sub(count)
                .ok_or_else(|| too_many(&*place, "numbers in all", MAX_NUMBERS))?;
            let numbers = format.read(tensor.data()).map_err(|(index, found)| {
                content(format!("{place}, entry {index}"), "a finite number", found)
            })?;
            by_name.insert(name.to_owned(), (tensor.shape().to_vec(), numbers));
        }
        Ok(Self { by_name })
    }
}

impl NamedTensors for Tensors {
    fn tensor(&self, name: &str) -> Option<(Vec<usize>, Vec<Rational>)> {
        self.by_name.get(name).cloned()
    }

    fn names(&self) -> String {
        let mut names: Vec<_> = self.by_name.keys().map(|name| quote(name)).collect();
        names.sort();
        let more = names.len().saturating_sub(12);
        names.truncate(12);
        names.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
    }
}
