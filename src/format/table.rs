//! Tables of data: rows of inputs and outputs, as comma-separated text or as a points file.
//!
//! Every number is exact: `12`, `-0.125`, `1e-6`, `-3/7`. Cells are separated by commas,
//! semicolons, tabs or spaces, whichever the first line has (in this order: semicolon, tab, comma,
//! space). Lines that begin with `#` are skipped. A first line without a number is a header; names
//! `x..` and `y..` in it say which columns are inputs and which are outputs. Otherwise the last
//! column is the output, or the last so many.

use crate::exact::Rational;
use crate::format::decimal::DecimalError;
pub use crate::format::decimal::number;
use crate::format::points::{self, PointsError};
use csv::{ByteRecord, ReaderBuilder};
use std::io::{self, BufRead, Read};

/// Rows of exact numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// How many numbers of a row are inputs.
    pub inputs: usize,
    /// How many are outputs.
    pub outputs: usize,
    /// The numbers, row by row, inputs first.
    pub numbers: Vec<Rational>,
    /// What a header calls the columns, inputs first; empty without one.
    pub names: Vec<String>,
    /// The line of each row, or the place of its point in a points file, counted from one.
    pub lines: Vec<u64>,
}

/// Why a text is no table.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The text cannot be read.
    #[error(transparent)]
    Unreadable(#[from] io::Error),
    /// The text is not one of rows and cells.
    #[error("{0}")]
    Csv(#[from] csv::Error),
    /// A points file, but not a good one.
    #[error(transparent)]
    Points(#[from] PointsError),
    /// There is no row.
    #[error("expected rows of numbers, found none")]
    Empty,
    /// A cell is no number.
    #[error("line {line}, column {column}: {why}")]
    Cell {
        /// Counted from one.
        line: u64,
        /// Counted from one.
        column: usize,
        /// What was expected, what was found.
        why: DecimalError,
    },
    /// A row is longer or shorter than the first.
    #[error("line {line}: expected {expected} cells as in the first row, found {found}")]
    Width {
        /// Counted from one.
        line: u64,
        /// Cells of the first row.
        expected: usize,
        /// Cells of this one.
        found: usize,
    },
    /// A header names columns that are neither inputs nor outputs, or leaves one of them out.
    #[error("the header names {inputs} inputs x.. and {outputs} outputs y..: expected one of each")]
    Header {
        /// Columns called `x..`.
        inputs: usize,
        /// Columns called `y..`.
        outputs: usize,
    },
    /// There are no columns left for inputs.
    #[error("a row has {columns} numbers: expected inputs, and {outputs} outputs after them")]
    Columns {
        /// Cells of a row.
        columns: usize,
        /// The outputs that were asked for.
        outputs: usize,
    },
    /// A header says otherwise.
    #[error("the header names {found} outputs y.., --outputs says {asked}")]
    Outputs {
        /// In the header.
        found: usize,
        /// On the command line.
        asked: usize,
    },
}

/// The longest first line that is looked at for a separator.
const FIRST_LINE: usize = 1 << 16;

/// Reads a table; `outputs` says how many columns are outputs where no header does.
///
/// Errors: every variant of [`TableError`]. Cost: one pass.
pub fn read(mut source: impl BufRead, outputs: Option<usize>) -> Result<Table, TableError> {
    let mut bare = Vec::new();
    let mut first = 0;
    loop {
        source.by_ref().take(FIRST_LINE as u64).read_until(b'\n', &mut bare)?;
        if bare.starts_with(b"\xef\xbb\xbf") {
            bare.drain(..3);
        }
        if !bare[first..].starts_with(b"#") {
            break;
        }
        first = bare.len();
    }
    if bare.trim_ascii_start().starts_with(b"{") {
        let mut all = bare;
        source.take(super::file::MAX_BYTES as u64 + 1).read_to_end(&mut all)?;
        return of_points(&all, outputs.unwrap_or(1));
    }
    let separator = separator(&bare[first..]);
    let reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .from_reader(io::Cursor::new(bare).chain(source));
    Rows { separator, table: Table::default(), order: Vec::new(), outputs }.read(reader)
}

/// What parts the cells of this line.
fn separator(line: &[u8]) -> u8 {
    let line = line.trim_ascii();
    *[b';', b'\t', b',', b' '].iter().find(|byte| line.contains(byte)).unwrap_or(&b',')
}

fn of_points(bytes: &[u8], outputs: usize) -> Result<Table, TableError> {
    let points = points::read(bytes)?;
    let columns = points.first().ok_or(TableError::Empty)?.at.len();
    refuse_if!(columns <= outputs, TableError::Columns { columns, outputs });
    let mut table = Table { inputs: columns - outputs, outputs, ..Table::default() };
    for (i, point) in points.into_iter().enumerate() {
        let line = i as u64 + 1;
        if point.at.len() != columns {
            return Err(TableError::Width { line, expected: columns, found: point.at.len() });
        }
        table.numbers.extend(point.at);
        table.lines.push(line);
    }
    Ok(table)
}

struct Rows {
    separator: u8,
    table: Table,
    /// For each number of a row the column that it comes from.
    order: Vec<usize>,
    outputs: Option<usize>,
}

impl Rows {
    fn read(mut self, mut reader: csv::Reader<impl Read>) -> Result<Table, TableError> {
        let mut record = ByteRecord::new();
        let mut is_first = true;
        while reader.read_byte_record(&mut record)? {
            let line = record.position().map_or(0, csv::Position::line);
            if self.plain_row(line, &record) {
                continue;
            }
            // Trimmed here: the reader would copy every record for it.
            let cells = record.iter().map(<[u8]>::trim_ascii);
            let cells: Vec<&[u8]> = match self.separator {
                // Many spaces are one.
                b' ' => cells.filter(|cell| !cell.is_empty()).collect(),
                _ => cells.collect(),
            };
            if cells.iter().all(|cell| cell.is_empty()) {
                continue;
            }
            if std::mem::take(&mut is_first) && is_header(&cells) {
                self.header(&cells)?;
                let name = |i: &usize| String::from_utf8_lossy(cells[*i]).into_owned();
                self.table.names = self.order.iter().map(name).collect();
                continue;
            }
            self.row(line, &cells)?;
        }
        if self.table.lines.is_empty() { Err(TableError::Empty) } else { Ok(self.table) }
    }

    fn header(&mut self, names: &[&[u8]]) -> Result<(), TableError> {
        let starts = |letter: u8| {
            let is = move |i: &usize| names[*i].first().map(u8::to_ascii_lowercase) == Some(letter);
            (0..names.len()).filter(is)
        };
        let (x, y) = (starts(b'x').count(), starts(b'y').count());
        if x + y < names.len() || y == 0 && x == 0 {
            return self.columns(names.len());
        }
        refuse_if!(x == 0 || y == 0, TableError::Header { inputs: x, outputs: y });
        if let Some(asked) = self.outputs.filter(|asked| *asked != y) {
            return Err(TableError::Outputs { found: y, asked });
        }
        self.order = starts(b'x').chain(starts(b'y')).collect();
        (self.table.inputs, self.table.outputs) = (x, y);
        Ok(())
    }

    /// The last columns are outputs.
    fn columns(&mut self, columns: usize) -> Result<(), TableError> {
        let outputs = self.outputs.unwrap_or(1);
        refuse_if!(columns <= outputs, TableError::Columns { columns, outputs });
        self.order = (0..columns).collect();
        (self.table.inputs, self.table.outputs) = (columns - outputs, outputs);
        Ok(())
    }

    /// A row of numbers after the first one, without a detour; otherwise nothing.
    fn plain_row(&mut self, line: u64, record: &ByteRecord) -> bool {
        if self.order.is_empty() || self.separator == b' ' || record.len() != self.order.len() {
            return false;
        }
        let before = self.table.numbers.len();
        for column in &self.order {
            match number(record[*column].trim_ascii()) {
                Ok(number) => self.table.numbers.push(number),
                Err(_) => {
                    self.table.numbers.truncate(before);
                    return false;
                }
            }
        }
        self.table.lines.push(line);
        true
    }

    fn row(&mut self, line: u64, cells: &[&[u8]]) -> Result<(), TableError> {
        if self.order.is_empty() {
            // A cell that is no number says more than a wrong number of cells.
            for (column, cell) in cells.iter().enumerate() {
                number(cell).map_err(|why| TableError::Cell { line, column: column + 1, why })?;
            }
            self.columns(cells.len())?;
        }
        if cells.len() != self.order.len() {
            let (expected, found) = (self.order.len(), cells.len());
            return Err(TableError::Width { line, expected, found });
        }
        for column in &self.order {
            let cell = number(cells[*column]);
            let place = |why| TableError::Cell { line, column: column + 1, why };
            self.table.numbers.push(cell.map_err(place)?);
        }
        self.table.lines.push(line);
        Ok(())
    }
}

/// Whether a first line has words and no numbers. What stands for a missing number is no word.
fn is_header(cells: &[&[u8]]) -> bool {
    let missing: [&[u8]; 6] = [b"nan", b"na", b"inf", b"null", b"none", b""];
    let is_word = |cell: &&[u8]| {
        let lower = cell.to_ascii_lowercase();
        let starts = lower.first().is_some_and(|c| c.is_ascii_alphabetic() || *c >= 128);
        starts && !missing.contains(&&*lower)
    };
    let is_word = |cell: &&[u8]| is_word(cell) || cell.starts_with(b"\"") || cell.starts_with(b"#");
    cells.iter().all(is_word)
}
