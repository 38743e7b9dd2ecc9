//! No text makes the checker panic, and what it accepts it accepts again, whole.

#![no_main]

use crease_recheck::{Rejection, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(accepted) = check(text) else { return };
    assert!(text.contains(&accepted.statement) && text.ends_with("\nend\n"));
    assert_eq!(check(&format!("# a remark\n{text}")).is_ok(), !text.starts_with('#'));
    let cut = check(&text[..text.len() - 1]);
    assert!(matches!(cut, Err(Rejection::Incomplete { .. })), "{cut:?}");
});
