//! The limits. A certificate that exceeds one is refused, so a small hostile text costs neither
//! time nor memory.

/// The longest certificate that is read, in bytes; of one about regions, the longest statement.
pub const MAX_TEXT: usize = 1 << 24;
/// The longest numerator or denominator, in decimal digits.
pub const MAX_DIGITS: usize = 10_000;
/// Products of 64-bit words that one certificate may cost; it bounds time and memory.
pub const MAX_WORK: u64 = 1 << 25;
/// The same with the proof of a `factorization`, which multiplies many filters.
pub const MAX_PRODUCTS: u64 = 1 << 27;
/// Coefficients of the affine forms of one layer.
pub const MAX_CELLS: usize = 1 << 20;

/// The longest line of a tree, in bytes.
pub const MAX_LINE: usize = 1 << 20;
/// Coefficients of all affine forms of a network.
pub const MAX_FORMS: usize = 1 << 22;
/// The longest coefficient of an affine form, in bits.
pub const MAX_BITS: u64 = 1 << 13;
/// Branches of one value: pieces of an activation, entries of a maximum.
pub const MAX_OPTIONS: usize = 64;
/// Products of a weight and an input in one layer of a network file.
pub const MAX_TERMS: usize = 1 << 22;
/// Points of a `least-cost` for which all patterns are listed.
pub const MAX_PATTERNS_OF: usize = 12;
/// What the dual function of a `least-cost` may cost: some thousand points of two inputs.
pub const MAX_SWEEPS: u64 = 1 << 32;
