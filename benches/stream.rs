//! Reproducible numbers for benchmarks.

/// The splitmix64 sequence from a seed.
pub struct Stream(pub u64);

impl Stream {
    /// The next word.
    pub fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// An integer of absolute value at most `most`.
    pub fn within(&mut self, most: i64) -> i64 {
        (self.word() % (2 * most as u64 + 1)) as i64 - most
    }
}
