//! A network that was exported is read back as the same function.

#![no_main]

mod drawn;

use crease::exact::Rational;
use crease::format::export::{self, Precision};
use crease::format::file::NetworkFile;
use crease::format::import;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(network) = drawn::network(bytes) else { return };
    let file = NetworkFile { name: "n".to_owned(), network, domain: None, note: None, truth: None };
    let Ok(model) = export::onnx(&file, Precision::Double) else { return };
    let read = import::onnx(&model.bytes).expect("what is written is read").network;
    for round in 0..3 {
        let number = |i: usize| Rational::new((5 * i as i64 + 7 * round) % 11 - 5, 4);
        let x: Vec<_> = (0..file.network.input().units()).map(number).collect();
        let (before, after) = (file.network.eval(&x), read.eval(&x));
        // Means of three have no exact weight in binary; nothing else moves.
        assert!(!model.moved.is_zero() || before == after, "{before:?} is not {after:?}");
    }
});
