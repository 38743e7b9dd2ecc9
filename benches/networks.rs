//! Exact evaluation of convolutional networks.

use criterion::Criterion;

/// Empty until networks are evaluated in integers over one power of two.
pub fn benches(_criterion: &mut Criterion) {}
