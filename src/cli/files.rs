//! Reads and writes files, with limits, and with the path in every error.

use super::error::CliError;
pub use crate::report::json_line as json;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// The largest file that is read, in bytes: far above any case or certificate of the catalogue.
const LIMIT: u64 = 16 << 20;

/// A file, or standard input if it is called `-`.
pub fn open(path: &Path) -> Result<Box<dyn BufRead>, CliError> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path);
    let file = file.map_err(CliError::at(path))?;
    Ok(Box::new(BufReader::new(file)))
}

/// These files, and for a folder every file below it that ends in `.cert` or `.cert.gz`, by name.
pub fn certificates(paths: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    let mut found = Vec::new();
    for path in paths {
        let before = found.len();
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        certificates_below(path, &mut found)?;
        if found.len() == before {
            let what = "no certificate is in this folder: expected names that end in .cert";
            return Err(CliError::file(path, what));
        }
    }
    Ok(found)
}

fn certificates_below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), CliError> {
    let entries = std::fs::read_dir(folder).map_err(CliError::at(folder))?;
    let entries = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
    let mut entries = entries.map_err(CliError::at(folder))?;
    entries.sort_unstable();
    for path in entries {
        if path.is_dir() {
            certificates_below(&path, found)?;
        } else if path.to_str().is_some_and(|p| p.ends_with(".cert") || p.ends_with(".cert.gz")) {
            found.push(path);
        }
    }
    Ok(())
}

/// The bytes of a file, which are at most [`LIMIT`].
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, CliError> {
    read_up_to(path, LIMIT)
}

/// The bytes of a file, which are at most `limit`.
pub fn read_up_to(path: &Path, limit: u64) -> Result<Vec<u8>, CliError> {
    let file_error = CliError::at(path);
    let file = File::open(path).map_err(file_error)?;
    let mut bytes = Vec::new();
    // One byte more than the limit tells a file at the limit from one beyond it.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(file_error)?;
    if bytes.len() as u64 > limit {
        return Err(CliError::file(path, format!("larger than {limit} bytes")));
    }
    Ok(bytes)
}

/// The text of a file.
pub fn read(path: &Path) -> Result<String, CliError> {
    String::from_utf8(read_bytes(path)?).map_err(|error| {
        let what = format!("not UTF-8 text: byte {}", error.utf8_error().valid_up_to());
        CliError::file(path, what)
    })
}

/// Writes a file.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), CliError> {
    std::fs::write(path, bytes).map_err(CliError::at(path))
}

/// Makes a folder and those above it, unless they are there.
pub fn make(folder: &Path) -> Result<(), CliError> {
    std::fs::create_dir_all(folder).map_err(CliError::at(folder))
}

/// A file to be written piece by piece; one called `.gz` is packed.
pub fn create(path: &Path) -> Result<Pieces, CliError> {
    let file = File::create(path).map_err(CliError::at(path))?;
    let file = BufWriter::new(file);
    Ok(match path.extension().is_some_and(|extension| extension == "gz") {
        // Trees are long and alike: the fastest level packs them almost as well as the slowest.
        true => Pieces::Gzip(GzEncoder::new(file, Compression::fast())),
        false => Pieces::Plain(file),
    })
}

/// A file that is written piece by piece.
pub enum Pieces {
    /// As it is.
    Plain(BufWriter<File>),
    /// Packed.
    Gzip(GzEncoder<BufWriter<File>>),
}

impl Pieces {
    /// Writes what is left of it.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Self::Plain(mut file) => file.flush(),
            Self::Gzip(file) => file.finish()?.flush(),
        }
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.write(bytes),
            Self::Gzip(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(file) => file.flush(),
            Self::Gzip(file) => file.flush(),
        }
    }
}

/// Writes to standard output. A reader that has seen enough is no error.
pub fn print(bytes: impl AsRef<[u8]>) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes.as_ref()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(CliError::Output(error)),
        _ => Ok(()),
    }
}

/// A file whose writing, or reading, ends when the work is to stop.
pub struct Stoppable<'a, W> {
    /// The file.
    pub out: W,
    /// True when the work is to stop.
    pub stop: &'a AtomicBool,
}

impl<W> Stoppable<'_, W> {
    fn go_on(&self) -> io::Result<()> {
        // The library retries what was interrupted, so this must not be the word for it here.
        if self.stop.load(Ordering::Relaxed) { Err(ErrorKind::TimedOut.into()) } else { Ok(()) }
    }
}

impl<W: Write> Write for Stoppable<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.go_on()?;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<R: Read> Read for Stoppable<'_, R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.go_on()?;
        self.out.read(bytes)
    }
}
