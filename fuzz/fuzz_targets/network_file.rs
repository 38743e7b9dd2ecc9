//! No bytes make the reader of network files panic, and what it reads it writes back.

#![no_main]

use crease::format::file::NetworkFile;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(file) = NetworkFile::read(bytes) else { return };
    let written = file.write();
    assert_eq!(NetworkFile::read(written.as_bytes()).as_ref(), Ok(&file), "{written}");
});
