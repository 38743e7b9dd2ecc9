//! No bytes make the reader of tensors panic, whatever the architecture asks of them.

#![no_main]

use crease::format::file::NetworkFile;
use crease::format::import;
use libfuzzer_sys::fuzz_target;

const ARCHITECTURE: &[u8] = include_bytes!("../../fixtures/networks/trained/conv4-conv8.json");

fuzz_target!(|bytes: &[u8]| {
    let Ok(file) = import::safetensors(ARCHITECTURE, bytes) else { return };
    let written = file.write();
    assert_eq!(NetworkFile::read(written.as_bytes()).as_ref(), Ok(&file), "{written}");
});
