//! Tangent kernels of convolutional networks, beside their limit for many channels.

use crate::exact::Rational;
use crate::kernel::{Channels, pooled_tangent};
use crate::train::random::Stream;
use std::sync::LazyLock;

/// Two signals on a circle of four positions, the taps of a filter, and the convolutional layers.
const SIGNALS: [[i64; 4]; 2] = [[1, 0, 2, 1], [0, 1, -1, 3]];
const TAPS: usize = 3;
const DEPTH: usize = 2;
/// How far the kernel may be from its limit, times the root of the number of channels, over the
/// limit. Chosen by 250 draws of 16 channels in doubles, from another generator: 12 were farther.
const REACH: i64 = 5;

/// The limit, narrow enough to compare with.
pub static LIMIT: LazyLock<Rational> = LazyLock::new(|| {
    let signal = |entries: [i64; 4]| entries.map(|t| vec![t.into()]).to_vec();
    let [x, y] = SIGNALS.map(signal);
    pooled_tangent(&x, &y, TAPS, DEPTH, 80).lo().clone()
});

/// The kernel of a random network. A weight is the heads among 63 fair coins minus the tails, in
/// the place of a normal number; its variance is 63.
pub fn draw(random: &mut Stream, channels: u32) -> Rational {
    let channels = channels as usize;
    let mut weight = || 2 * i64::from((random.bits() >> 1).count_ones()) - 63;
    let mut filters = Vec::new();
    let mut inputs = TAPS;
    for _ in 0..DEPTH {
        let filter = |_| (0..inputs).map(|_| weight()).collect();
        filters.push((0..channels).map(filter).collect());
        inputs = TAPS * channels;
    }
    let network = Channels { filters, output: (0..channels).map(|_| weight()).collect() };
    let [x, y] = SIGNALS.map(|entries| entries.map(|t| vec![t]));
    network.kernel(&x, &y, &Rational::integer(63))
}

/// Whether a kernel is within `5 / sqrt(channels)` of its limit, relatively.
pub fn is_near(kernel: &Rational, channels: u32) -> bool {
    is_near_to(&LIMIT, kernel, channels)
}

/// The same of another limit.
pub fn is_near_to(limit: &Rational, kernel: &Rational, channels: u32) -> bool {
    let reach = limit * &Rational::integer(REACH);
    (kernel - limit).pow(2) * Rational::from(channels) <= reach.pow(2)
}
