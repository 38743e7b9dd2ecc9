//! No bytes make the reader of ONNX models panic, and the network that it makes of them is written
//! to a file that is read back as it was.

#![no_main]

use crease::format::file::NetworkFile;
use crease::format::import;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(file) = import::onnx(bytes) else { return };
    let written = file.write();
    assert_eq!(NetworkFile::read(written.as_bytes()).as_ref(), Ok(&file), "{written}");
});
