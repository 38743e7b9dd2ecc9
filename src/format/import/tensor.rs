//! Tensors of an ONNX file: axes and exact numbers.

use super::message;
use super::number::{BRAIN, DOUBLE, Format, HALF, SINGLE};
use super::{ImportError, MAX_NUMBERS, Outside, content, too_many};
use crate::exact::Rational;
use crate::format::file::quote;

/// Numbers in row-major order.
#[derive(Clone, Debug)]
pub(super) struct Tensor {
    pub(super) axes: Vec<usize>,
    pub(super) numbers: Vec<Rational>,
    pub(super) kind: Kind,
    /// What the only number stands for if it is no finite one; the number is 0 then.
    pub(super) special: Option<&'static str>,
}

/// What a number of the format is in the mathematics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Float,
    Integer,
    Truth,
}

impl Kind {
    /// The kind of an element type; `None` for texts, complex numbers and quantized ones.
    pub(super) fn of(element: i32) -> Option<Self> {
        match element {
            1 | 10 | 11 | 16 => Some(Self::Float),
            2..=7 | 12 | 13 => Some(Self::Integer),
            9 => Some(Self::Truth),
            _ => None,
        }
    }
}

impl Tensor {
    pub(super) fn new(axes: Vec<usize>, numbers: Vec<Rational>, kind: Kind) -> Self {
        Self { axes, numbers, kind, special: None }
    }

    /// A list of integers.
    pub(super) fn integers(numbers: impl Iterator<Item = usize>) -> Self {
        let numbers: Vec<_> = numbers.map(Rational::from).collect();
        Self::new(vec![numbers.len()], numbers, Kind::Integer)
    }

    /// The tensor of a message.
    pub(super) fn read(
        message: &message::Tensor,
        place: &str,
        outside: &Outside<'_>,
    ) -> Result<Self, ImportError> {
        let refuse = |expected: String, found: String| Err(content(place, expected, found));
        let axes: Vec<_> = message.dims.iter().map_while(|&n| usize::try_from(n).ok()).collect();
        if axes.len() < message.dims.len() {
            return refuse("axes of at least 0".to_owned(), format!("{:?}", message.dims));
        }
        let count = axes.iter().try_fold(1, |count: usize, &n| count.checked_mul(n));
        let Some(count) = count.filter(|count| *count <= MAX_NUMBERS) else {
            return Err(too_many(place, "numbers", MAX_NUMBERS));
        };
        let Some(kind) = Kind::of(message.data_type) else {
            let expected = "numbers, floats or integers or truth values";
            return refuse(expected.to_owned(), format!("element type {}", message.data_type));
        };
        let (bytes, data) = bytes_of(message, place, outside)?;
        if data.len() != bytes * count {
            let found = format!("{} bytes", data.len());
            return refuse(format!("{count} numbers in {} bytes", bytes * count), found);
        }
        let mut special = None;
        let numbers = match float_format(message.data_type) {
            Some(format) => match format.read(&data) {
                Ok(numbers) => numbers,
                Err((_, found)) if count == 1 => {
                    special = Some(found);
                    vec![Rational::ZERO]
                }
                Err((index, found)) => {
                    let place = format!("{place}, entry {index}");
                    return Err(content(place, "a finite number", found));
                }
            },
            None => data.chunks_exact(bytes).map(|x| whole(x, message.data_type)).collect(),
        };
        Ok(Self { axes, numbers, kind, special })
    }

    /// The only number; `None` if there are more or none.
    pub(super) fn single(&self) -> Option<&Rational> {
        match &self.numbers[..] {
            [number] => Some(number),
            _ => None,
        }
    }
}

fn float_format(element: i32) -> Option<Format> {
    match element {
        1 => Some(SINGLE),
        10 => Some(HALF),
        11 => Some(DOUBLE),
        16 => Some(BRAIN),
        _ => None,
    }
}

/// An integer of up to eight bytes, lowest first.
fn whole(bytes: &[u8], element: i32) -> Rational {
    let is_signed = matches!(element, 3 | 5 | 6 | 7);
    let is_negative = is_signed && bytes.last().is_some_and(|byte| *byte >= 128);
    let mut all = [if is_negative { 255 } else { 0 }; 8];
    all[..bytes.len()].copy_from_slice(bytes);
    match is_signed {
        true => Rational::from(i64::from_le_bytes(all)),
        false => Rational::from(u64::from_le_bytes(all)),
    }
}

/// The bytes of one number, and all bytes, whichever field of the message or file holds them.
fn bytes_of(
    message: &message::Tensor,
    place: &str,
    outside: &Outside<'_>,
) -> Result<(usize, Vec<u8>), ImportError> {
    let bytes = match message.data_type {
        1 | 6 | 12 => 4,
        7 | 11 | 13 => 8,
        4 | 5 | 10 | 16 => 2,
        _ => 1,
    };
    if message.data_location != 0 {
        return Ok((bytes, from_outside(message, place, outside)?));
    }
    let data = match message.data_type {
        _ if !message.raw_data.is_empty() => message.raw_data.clone(),
        1 => message.float_data.iter().flat_map(|x| x.to_le_bytes()).collect(),
        11 => message.double_data.iter().flat_map(|x| x.to_le_bytes()).collect(),
        7 => message.int64_data.iter().flat_map(|x| x.to_le_bytes()).collect(),
        // Shorter numbers are kept in the low part of an integer.
        12 | 13 => low(message.uint64_data.iter().map(|x| x.to_le_bytes()), bytes),
        _ => low(message.int32_data.iter().map(|x| x.to_le_bytes()), bytes),
    };
    Ok((bytes, data))
}

fn low<const N: usize>(wide: impl Iterator<Item = [u8; N]>, bytes: usize) -> Vec<u8> {
    wide.flat_map(|x| x.into_iter().take(bytes)).collect()
}

/// The bytes of a tensor that another file holds, from `offset`, `length` of them.
fn from_outside(
    message: &message::Tensor,
    place: &str,
    outside: &Outside<'_>,
) -> Result<Vec<u8>, ImportError> {
    let entry = |key: &str| {
        message.external_data.iter().find(|entry| entry.key == key).map(|entry| &*entry.value)
    };
    let number = |key: &str| match entry(key).map(str::parse::<usize>) {
        None => Ok(None),
        Some(Ok(number)) => Ok(Some(number)),
        Some(Err(_)) => Err(content(place, format!("a number as {key}"), "another text")),
    };
    let location = entry("location").unwrap_or("");
    let is_inside = !location.is_empty()
        && !location.contains(['/', '\\', ':', '\0'])
        && !matches!(location, "." | "..");
    if !is_inside {
        let expected = "numbers in this file, or in one of the same folder, given by its name";
        return Err(content(place, expected, quote(location)));
    }
    let bytes = outside(location).map_err(|error| {
        content(
            place,
            format!("its numbers in the file {} beside the model", quote(location)),
            error,
        )
    })?;
    let begin = number("offset")?.unwrap_or(0);
    let end = number("length")?.map_or(Some(bytes.len()), |length| begin.checked_add(length));
    let part = end.and_then(|end| bytes.get(begin..end));
    part.map(<[u8]>::to_vec).ok_or_else(|| {
        let found = format!("{} bytes", bytes.len());
        content(place, format!("bytes from {begin} on in {}", quote(location)), found)
    })
}
