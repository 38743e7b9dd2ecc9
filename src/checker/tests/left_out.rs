//! A build without the feature `error` refuses certificates of that kind, and says why.

#![cfg(not(feature = "error"))]

use crease_recheck::check;

#[test]
fn a_kind_that_is_left_out_is_refused_by_its_name() {
    let text = "certificate 1 error\nclaim a/b\n";
    let refused = check(text).expect_err("nothing here can read it");
    assert_eq!(refused.to_string(), "line 1: this build leaves out the kind `error`");
}
