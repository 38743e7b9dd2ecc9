//! What exactness costs, against num-rational and against plain floats.
//!
//! `cargo bench -p crease-benches --bench exact -- <part of a name>`. Times are for the whole batch
//! that the name says; ratios between lines of one group are what to read.

mod elimination;
mod numbers;
mod plain_simplex;
mod programs;
mod stream;

use criterion::{Criterion, criterion_group, criterion_main};
use std::time::Duration;

criterion_group! {
    name = exact;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1));
    targets = numbers::benches, elimination::benches, programs::benches
}
criterion_main!(exact);
