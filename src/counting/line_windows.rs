//! Windows on a line: which counts can be matched, by the greedy filling from the left.
//!
//! Windows are intervals whose ends move together, so units are matched best in order, each to the
//! leftmost number that is free. Before a window the state is the number `q` of its leading
//! numbers that earlier units have taken.

use crate::exact::Natural;

/// `sum over admitted t of prod_p weights[t_p]` for `positions` windows of `width` numbers, each
/// `step` numbers after the one before.
///
/// Cost: `positions * width * min(width, weights)` products. Source: derived here.
pub(super) fn sum(positions: usize, width: usize, step: usize, weights: &[Natural]) -> Natural {
    let mut state = vec![Natural::ZERO; width + 1];
    state[0] = Natural::from(1u32);
    for position in 0..positions {
        let mut filled = vec![Natural::ZERO; width + 1];
        for (taken, ways) in state.iter().enumerate() {
            if *ways == Natural::ZERO {
                continue;
            }
            for (weight, q) in weights.iter().zip(taken..=width) {
                filled[q] += ways * weight;
            }
        }
        if position + 1 == positions {
            return filled.iter().sum();
        }
        state = vec![Natural::ZERO; width + 1];
        for (q, ways) in filled.into_iter().enumerate() {
            state[q.saturating_sub(step)] += ways;
        }
    }
    Natural::from(1u32)
}
