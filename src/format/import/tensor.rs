//! Tensors of an ONNX file: axes and exact numbers.

use super::message;
use super::number::{BRAIN, DOUBLE, Format, HALF, SINGLE};
use super::{ImportError, content, too_many};
use crate::exact::Rational;
use crate::format::file::MAX_NUMBERS;

/// Numbers in row-major order.
#[derive(Clone, Debug)]
pub(super) struct Tensor {
    pub(super) axes: Vec<usize>,
    pub(super) numbers: Vec<Rational>,
}

impl Tensor {
    /// The tensor of a message.
    pub(super) fn read(message: &message::Tensor, place: &str) -> Result<Self, ImportError> {
        let refuse = |expected: String, found: String| Err(content(place, expected, found));
        let axes: Vec<_> = message.dims.iter().map_while(|&n| usize::try_from(n).ok()).collect();
        if axes.len() < message.dims.len() {
            return refuse("axes of at least 0".to_owned(), format!("{:?}", message.dims));
        }
        let count = axes.iter().try_fold(1, |count: usize, &n| count.checked_mul(n));
        let Some(count) = count.filter(|count| *count <= MAX_NUMBERS) else {
            return Err(too_many(place, "numbers", MAX_NUMBERS));
        };
        if message.data_location != 0 {
            return refuse("its numbers in this file".to_owned(), "a place outside".to_owned());
        }
        let numbers = match floats(message) {
            Some((format, data)) => {
                let bytes = format.bytes * count;
                if data.len() != bytes {
                    let found = format!("{} bytes", data.len());
                    return refuse(format!("{count} numbers in {bytes} bytes"), found);
                }
                format.read(&data).map_err(|(index, found)| {
                    content(format!("{place}, entry {index}"), "a finite number", found)
                })?
            }
            None => integers(message, place)?.into_iter().map(Rational::from).collect(),
        };
        match numbers.len() == count {
            true => Ok(Self { axes, numbers }),
            false => refuse(format!("{count} numbers"), numbers.len().to_string()),
        }
    }

    /// The only number; `None` if there are more or none.
    pub(super) fn single(&self) -> Option<&Rational> {
        match &self.numbers[..] {
            [number] => Some(number),
            _ => None,
        }
    }
}

/// The format and the bits of a tensor of floats, whichever of its fields holds them; `None` for
/// other types.
fn floats(message: &message::Tensor) -> Option<(Format, Vec<u8>)> {
    let format = match message.data_type {
        1 => SINGLE,
        10 => HALF,
        11 => DOUBLE,
        16 => BRAIN,
        _ => return None,
    };
    let data = match message.data_type {
        _ if !message.raw_data.is_empty() => message.raw_data.clone(),
        1 => message.float_data.iter().flat_map(|x| x.to_le_bytes()).collect(),
        11 => message.double_data.iter().flat_map(|x| x.to_le_bytes()).collect(),
        // Sixteen bits are kept in the low half of an integer.
        _ => message.int32_data.iter().flat_map(|x| (*x as u16).to_le_bytes()).collect(),
    };
    Some((format, data))
}

/// The numbers of a tensor of 64-bit integers, such as the target of a reshape.
pub(super) fn integers(message: &message::Tensor, place: &str) -> Result<Vec<i64>, ImportError> {
    if message.data_type != 7 {
        let expected = "numbers of type float16, bfloat16, float, double or int64";
        return Err(content(place, expected, format!("element type {}", message.data_type)));
    }
    if message.raw_data.is_empty() {
        return Ok(message.int64_data.clone());
    }
    let chunks = message.raw_data.as_chunks::<8>();
    match chunks.1 {
        [] => Ok(chunks.0.iter().map(|bytes| i64::from_le_bytes(*bytes)).collect()),
        _ => {
            let found = format!("{} bytes", message.raw_data.len());
            Err(content(place, "integers of 8 bytes each", found))
        }
    }
}
