//! The number of different fractions in a list: sorted by doubles, compared exactly.

use crate::exact::Integer;

/// More than how far apart the quotients of two equal fractions are, relatively.
///
/// An integer rounds by half an epsilon, a quotient of two that is normal then errs by less than
/// `1.6` epsilons: two of them by `3.2`. Where this times a quotient is subnormal it loses at most
/// `2^-1075`, an eighth of an epsilon of the least normal number.
const NEAR: f64 = 4.0 * f64::EPSILON;

/// The number of different fractions `b / a` among pairs `a, b` with `a` not zero; `None` if the
/// integers overflow. Cost: a sort of doubles, and a product for each pair that doubles cannot
/// tell apart.
pub fn distinct_ratios<T: Integer>(pairs: &[T]) -> Option<u64> {
    let quotient = |pair: &[T]| pair[1].nearest() / pair[0].nearest();
    let mut order: Vec<(f64, usize)> =
        pairs.chunks_exact(2).enumerate().map(|(i, pair)| (quotient(pair), i)).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    // A quotient that is zero or normal has the stated error; any other says nothing: integers
    // beyond the largest double make infinities, zeros or no numbers.
    let telling = |(q, i): &(f64, usize)| q.is_normal() || pairs[2 * i + 1].sign() == 0;
    let telling = order.iter().all(telling) && order.iter().all(|(q, _)| q.is_finite());
    let mut distinct = 0;
    // One of each fraction that the order cannot tell from the present one.
    let mut near: Vec<usize> = Vec::new();
    let mut last = f64::NAN;
    for &(quotient, i) in &order {
        if telling && quotient - last > NEAR * quotient.abs().max(last.abs()) {
            near.clear();
        }
        last = quotient;
        let mut new = true;
        for &j in &near {
            let difference = T::cross(
                &pairs[2 * i],
                &pairs[2 * j + 1],
                &pairs[2 * i + 1],
                &pairs[2 * j],
                &T::from_word(1),
            )?;
            if difference.sign() == 0 {
                new = false;
                break;
            }
        }
        if new {
            near.push(i);
            distinct += 1;
        }
    }
    Some(distinct)
}

#[cfg(test)]
#[path = "../../tests/engines/ratios.rs"]
mod tests;
