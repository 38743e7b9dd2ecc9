//! Worked examples and lemmas behind single claims.

mod convolution;
mod perceptron;
mod width;

/// The example on the crate's front page.
#[test]
fn two_shared_filters_reach_255_regions_and_not_256() {
    include!("front_page.inc")
}
