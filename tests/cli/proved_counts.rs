//! What a certificate proves of two numbers.

use crease::cli::prove;
use crease::exact::Rational;
use crease::geometry::double_description::Tally;
use crease::net::Network;
use crease::net::{Layer, Shape};
use crease::properties::certificate::{Bound, certify_regions};

/// Of one more region, or one less, or of a tree that lacks a line.
#[test]
fn a_certificate_proves_its_own_counts_only() {
    let weights = [1, -1].map(Rational::from).to_vec();
    let layers = vec![Layer::dense(2, weights, vec![1.into(), 2.into()]), Layer::relu()];
    let network = Network::new(Shape::Flat(1), layers).expect("the layers fit");
    let mut text = Vec::new();
    let counts = certify_regions(&network, None, Bound::Exact, "regions/test", &mut text);
    let counts = counts.expect("memory can be written to");
    assert_eq!(counts, Tally { cells: 3, strict: 3 });
    assert_eq!(prove(&mut &text[..], counts), Ok(()));
    for (regions, strict) in [(4, 3), (2, 3), (3, 2), (13, 3)] {
        let what = prove(&mut &text[..], Tally { cells: regions, strict }).expect_err("false");
        assert!(what.starts_with(&format!("{regions} regions, {strict} strict, are not")));
    }
    text.truncate(text.len() - 4);
    assert!(prove(&mut &text[..], counts).is_err());
}
