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
static LIMIT: LazyLock<Rational> = LazyLock::new(|| {
    let signal = |entries: [i64; 4]| entries.map(|t| vec![t.into()]).to_vec();
    let [x, y] = SIGNALS.map(signal);
    pooled_tangent(&x, &y, TAPS, DEPTH, 80).lo().clone()
});

/// The kernel of a random network. A weight is the heads among 63 fair coins minus the tails, in
/// the place of a normal number; its variance is 63.
pub(super) fn draw(random: &mut Stream, channels: u32) -> Rational {
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
pub(super) fn is_near(kernel: &Rational, channels: u32) -> bool {
    is_near_to(&LIMIT, kernel, channels)
}

fn is_near_to(limit: &Rational, kernel: &Rational, channels: u32) -> bool {
    let reach = limit * &Rational::integer(REACH);
    (kernel - limit).pow(2) * Rational::from(channels) <= reach.pow(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2.57723902.., computed apart.
    #[test]
    fn the_reach_of_100_channels_is_half_of_the_limit() {
        let at = |text: &str| is_near(&text.parse().expect("a number"), 100);
        assert!(at("2.57723") && at("1.28862") && at("3.86585"));
        assert!(!at("1.28861") && !at("3.86586"));
    }

    /// A recursion without the factor 2 of one layer has half of the limit.
    #[test]
    fn a_limit_that_is_off_by_two_is_far_from_wide_networks() {
        let double = &*LIMIT * &Rational::integer(2);
        let half = &*LIMIT / Rational::integer(2);
        let kernels: Vec<_> = (0..12).map(|k| draw(&mut Stream::new(7, k), 256)).collect();
        let near = |limit: &Rational| {
            kernels.iter().filter(|kernel| is_near_to(limit, kernel, 256)).count()
        };
        let counts = [near(&LIMIT), near(&double), near(&half)];
        assert!(counts[0] >= 10 && counts[1] <= 2 && counts[2] <= 2, "{counts:?}");
    }
}
