//! Sums of many fractions: exact while that is short, enclosed beyond.

use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;

/// Bits of the longest exact sum. Its text stays below [`Rational::MAX_DIGITS`] characters.
const MAX_BITS: u64 = 1 << 14;

/// The sum of the terms: a point while no partial sum has more than 2^14 bits, else an enclosure
/// whose width is at most 2^-100 of the greatest term for each term.
///
/// Cost: terms are added in pairs, so numbers of like length meet; quasilinear.
pub fn total(terms: impl Iterator<Item = Rational> + Clone) -> Enclosure {
    match exact(terms.clone()) {
        Some(sum) => Enclosure::point(sum),
        None => rounded(terms),
    }
}

/// `None` when a partial sum is too long.
fn exact(terms: impl Iterator<Item = Rational>) -> Option<Rational> {
    // Entry k holds nothing or the sum of 2^k terms, as the digits of a binary counter.
    let mut sums: Vec<Option<Rational>> = Vec::new();
    for term in terms.filter(|term| !term.is_zero()) {
        let mut carry = term;
        let mut place = 0;
        while let Some(slot) = sums.get_mut(place) {
            let Some(other) = slot.take() else { break };
            carry += other;
            if carry.bits() > MAX_BITS {
                return None;
            }
            place += 1;
        }
        match sums.get_mut(place) {
            Some(slot) => *slot = Some(carry),
            None => sums.push(Some(carry)),
        }
    }
    let sum: Rational = sums.into_iter().flatten().sum();
    (sum.bits() <= MAX_BITS).then_some(sum)
}

fn rounded(terms: impl Iterator<Item = Rational> + Clone) -> Enclosure {
    let greatest = terms.clone().map(|term| term.abs()).max().unwrap_or_default();
    // 2^100 units are at least the greatest term, and not many more.
    let (n, d) = (greatest.numerator().bits() as i64, greatest.denominator().bits() as i64);
    let unit = Rational::integer(2).pow((n - d + 1 - 100) as i32);
    let (mut count, mut sum) = (0u64, Rational::ZERO);
    for term in terms {
        sum += (term / &unit).floor();
        count += 1;
    }
    let lo = sum * &unit;
    let hi = &lo + Rational::from(count) * unit;
    Enclosure::new(lo, hi)
}
