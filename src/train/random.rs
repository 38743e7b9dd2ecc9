//! Random numbers that are a function of a seed, a stream and a position, on every machine.
//!
//! The bits are those of ChaCha with eight rounds (Bernstein 2008): a counter in a keyed
//! permutation, so streams never overlap and none depends on how many numbers another one drew.

use crate::exact::Rational;
use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// One stream of one seed.
///
/// ```
/// use crease::train::random::Stream;
/// let draw = |seed, stream| Stream::new(seed, stream).bits();
/// assert_eq!(draw(1, 0), draw(1, 0));
/// assert_ne!(draw(1, 0), draw(1, 1));
/// ```
#[derive(Debug)]
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream of this number under this seed: the key is the seed as 32 little-endian bytes,
    /// the nonce is the number of the stream, the counter begins at zero.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut random = ChaCha8Rng::from_seed(key);
        random.set_stream(stream);
        Self(random)
    }

    /// 64 fair bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number below `limit`, each equally likely: what would favour some is drawn again. Panics
    /// if `limit` is zero.
    pub fn below(&mut self, limit: u64) -> u64 {
        let unfair = (u64::MAX % limit + 1) % limit;
        loop {
            let bits = self.bits();
            if bits <= u64::MAX - unfair {
                return bits % limit;
            }
        }
    }

    /// Whether a fair coin shows heads.
    pub fn coin(&mut self) -> bool {
        self.bits() & 1 == 1
    }

    /// An odd number of eighths, symmetric around zero, that stands in for a standard normal one:
    /// the heads among 63 fair coins, minus the tails, over 8. Its variance is 63/64, it is never
    /// zero, and it is a dyadic fraction.
    pub fn weight(&mut self) -> Rational {
        let heads = (self.bits() >> 1).count_ones();
        Rational::new(2 * i64::from(heads) - 63, 8)
    }
}
