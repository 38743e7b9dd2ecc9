//! What the claims about width lean on, numbers that were computed apart, and what they say of real
//! data.

mod constants;
mod digits;
mod laws;
mod linearisation;
mod margins;

use crease::analysis::enclosure::Enclosure;
use crease::exact::Rational;

fn q(text: &str) -> Rational {
    text.parse().expect("an exact number")
}

fn lies_between(x: &Enclosure, low: &str, high: &str) {
    assert!(*x.lo() >= q(low) && *x.hi() <= q(high), "{low} <= {x:?} <= {high}");
}
