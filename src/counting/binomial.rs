//! Binomial coefficients and their partial sums.

use crate::exact::Natural;

/// The binomial coefficient `C(n, k)`; 0 when `k > n`. Cost: `min(k, n - k)` steps.
pub fn choose(n: usize, k: usize) -> Natural {
    if k > n {
        return Natural::ZERO;
    }
    choices(n).nth(k.min(n - k)).expect("k is at most n")
}

/// `C(n, 0), C(n, 1), .., C(n, n)`. Cost: a product and a quotient with a machine word each.
pub fn choices(n: usize) -> impl Iterator<Item = Natural> {
    (0..=n).scan(Natural::from(1u32), move |next, k| {
        let this = next.clone();
        *next *= n - k;
        *next /= k + 1;
        Some(this)
    })
}

/// `sum over j <= most of C(n, j)`: the cells of `n` hyperplanes in general position in `most`
/// dimensions, and the most that any `n` hyperplanes cut. Source: Zaslavsky 1975, as quoted.
pub fn choose_up_to(n: usize, most: usize) -> Natural {
    choices(n).take(most.saturating_add(1)).sum()
}
