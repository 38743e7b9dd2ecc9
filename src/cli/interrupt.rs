//! Interrupts: the first one asks the work to stop, the second one ends the program.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};

/// Set by the first interrupt.
static SEEN: AtomicBool = AtomicBool::new(false);

/// Makes an interrupt only be [`seen`], and a second one end the program with exit code 130.
pub fn watch(stopping: &'static str) {
    // Where no handler can be installed an interrupt ends the program, which is no worse.
    let _ = ctrlc::set_handler(move || {
        if SEEN.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        if std::io::stderr().is_terminal() {
            eprintln!("{stopping}; interrupt again to end at once");
        }
    });
}

/// Whether there was an interrupt.
pub fn seen() -> bool {
    SEEN.load(Ordering::Relaxed)
}
