//! Bounds that depend on the widths alone: `inputs` dimensions, cut in stages by `widths` forms.
//!
//! Stage one lays `widths[0]` affine forms on the space; every later stage lays its forms on each
//! cell, as functions of the positive parts of the stage before. The cells at the end are the
//! linear regions of a dense ReLU network, counted by strict sign patterns. An upper bound holds
//! for shared coefficients too; a lower bound does not, since it is reached by a choice of them.
//!
//! Each function names the provenance of its statement: quoted by a third party, remembered, or
//! derived here. A remembered statement may differ from the print in its constants.

use super::binomial::{choices, choose_up_to};
use crate::exact::Natural;

/// `2^(sum of widths)`: as many cells as sign patterns.
pub fn trivial_upper(widths: &[usize]) -> Natural {
    Natural::from(1u32) << widths.iter().sum::<usize>()
}

/// `2 sum over j < dimension of C(n - 1, j)`, for `n` hyperplanes through one point; 1 for none.
/// Source: Zaslavsky 1975, quoted.
pub fn central_cells(n: usize, dimension: usize) -> Natural {
    match (n.checked_sub(1), dimension.checked_sub(1)) {
        (Some(rest), Some(most)) => choose_up_to(rest, most) * 2u32,
        _ => Natural::from(1u32),
    }
}

/// `sum over j <= dimension of C(n, j) kinks^j`: the most cells of `n` families of `kinks`
/// parallel hyperplanes; also the most pieces of `n` maxout units of rank `kinks + 1`.
///
/// Source: Goujon et al. 2022 for piecewise linear units and Montufar, Ren and Zhang 2022 for
/// maxout units, both remembered; proved in the notes of the claims about such layers.
pub fn family_cells(n: usize, dimension: usize, kinks: usize) -> Natural {
    let mut power = Natural::from(1u32);
    let mut total = Natural::ZERO;
    for choice in choices(n).take(dimension.saturating_add(1)) {
        total += choice * &power;
        power *= kinks;
    }
    total
}

/// Graph convolution `relu(A X W + b)` with invertible `A`, `nodes` nodes, `inputs` features in
/// and `units` out: `(sum over i <= inputs of C(units, i))^nodes`. Without offsets the hyperplanes
/// of each node are central.
///
/// Derived here, for Chen, Wang and Xiong 2022, of which only the abstract was available.
pub fn graph_cells(nodes: usize, inputs: usize, units: usize, offsets: bool) -> Natural {
    let one = if offsets { choose_up_to(units, inputs) } else { central_cells(units, inputs) };
    std::iter::repeat_n(one, nodes).product()
}

/// `prod over l of sum over j <= m_l of C(n_l, j)`, `m_l = min(n_0, .., n_(l-1))`.
/// Source: Montufar 2017, quoted.
pub fn montufar_upper(inputs: usize, widths: &[usize]) -> Natural {
    maxout_upper(inputs, widths, 2)
}

/// `sum over j_1, .., j_L of prod C(n_l, j_l)` with
/// `j_l <= min(n_0, n_1 - j_1, .., n_(l-1) - j_(l-1), n_l)`.
///
/// Source: Serra, Tjandraatmadja and Ramalingam 2018, quoted. Cost: `inputs * sum of widths`
/// products.
pub fn serra_upper(inputs: usize, widths: &[usize]) -> Natural {
    let most = inputs.min(widths.iter().copied().max().unwrap_or(0));
    // By the rank that is left to later stages.
    let mut by_rank = vec![Natural::ZERO; most + 1];
    by_rank[most] = Natural::from(1u32);
    for &width in widths {
        let choices: Vec<_> = choices(width).take(most + 1).collect();
        let mut next = vec![Natural::ZERO; most + 1];
        for (rank, ways) in by_rank.iter().enumerate().filter(|(_, ways)| **ways != Natural::ZERO) {
            for (j, choice) in choices.iter().enumerate().take(rank + 1) {
                next[rank.min(width - j)] += ways * choice;
            }
        }
        by_rank = next;
    }
    by_rank.iter().sum()
}

/// [`serra_upper`], where a line that two forms of one stage cut is cut by the `n` of the next into
/// `2 n + 3` parts at most, and not into `3 (n + 1)`.
///
/// On a cell where one dimension is left, two stages are a network on an interval, so the theorem
/// `depth/two_units_then_many` holds there; the sum over ranks is as before. Law: at most
/// [`serra_upper`]; `2 n + 3` for one input and widths 2, n. Cost: `inputs * length * widths`
/// products. Source: derived here.
pub fn pairs_upper(inputs: usize, widths: &[usize]) -> Natural {
    let most = inputs.min(widths.iter().copied().max().unwrap_or(0));
    // By the rank that is left: what stages make of it from the next on, and from the one after.
    let one = || vec![Natural::from(1u32); most + 1];
    let (mut next, mut after) = (one(), one());
    for (l, &width) in widths.iter().enumerate().rev() {
        let choices: Vec<_> = choices(width).take(most + 1).collect();
        let parts = |rank: usize| -> Natural {
            let terms = choices.iter().enumerate().take(rank + 1);
            terms.map(|(j, choice)| choice * &next[rank.min(width - j)]).sum()
        };
        let mut now: Vec<_> = (0..=most).map(parts).collect();
        if let (2, Some(later), true) = (width, widths.get(l + 1), most > 0) {
            let pair = &after[1] * (2 * later + 3);
            now[1] = now[1].clone().min(pair);
        }
        after = std::mem::replace(&mut next, now);
    }
    next.swap_remove(most)
}

/// `sum over k of C(n_1, k) 2^-k sum over j <= k of C(n_2 + k, j)`, rounded up: the mean number of
/// cells of two stages over all signs of the coefficients of the second, which some signs reach.
/// `None` unless there are two stages and `n_1` is at most `inputs`.
///
/// Source: derived here, `depth/average_over_signs`.
pub fn signs_lower(inputs: usize, widths: &[usize]) -> Option<Natural> {
    let &[first, second] = widths else { return None };
    if first > inputs {
        return None;
    }
    let sum: Natural = choices(first)
        .take(first + 1)
        .enumerate()
        .map(|(k, choice)| (choice * choose_up_to(second + k, k)) << (first - k))
        .sum();
    let scale = Natural::from(1u32) << first;
    Some((sum + &scale - 1u32) / scale)
}

/// `prod over l < L of floor(n_l / n_0)^(n_0) * sum over j <= n_0 of C(n_L, j)`; `None` without
/// stages or unless every width but the last is at least `inputs`.
///
/// Source: Montufar et al. 2014, quoted; printed for widths that are all at least `inputs`.
pub fn montufar_lower(inputs: usize, widths: &[usize]) -> Option<Natural> {
    let folds = |width: usize| width / inputs;
    folded_lower(inputs, widths, 1, folds)
}

/// `prod over l < L of (floor(n_l / n_0) + 1)^(n_0) * sum over j <= n_0 of C(n_L, j)`; `None`
/// without stages or unless every width but the last is at least `3 inputs`.
///
/// Source: Serra et al. 2018, remembered; that the last width is free is derived here.
pub fn serra_lower(inputs: usize, widths: &[usize]) -> Option<Natural> {
    let folds = |width: usize| width / inputs + 1;
    folded_lower(inputs, widths, 3, folds)
}

fn folded_lower(
    inputs: usize,
    widths: &[usize],
    least: usize,
    folds: impl Fn(usize) -> usize,
) -> Option<Natural> {
    let (&last, folding) = widths.split_last()?;
    if inputs == 0 || folding.iter().any(|&width| width / least < inputs) {
        return None;
    }
    let power = |&width: &usize| Some(Natural::from(folds(width)).pow(inputs.try_into().ok()?));
    let folded = folding.iter().map(power).product::<Option<Natural>>()?;
    Some(folded * choose_up_to(last, inputs))
}

/// One input and every width but the last at least 3: the maximum is `prod (n_l + 1)`, attained.
/// `None` otherwise. Source: Serra et al. 2018, quoted; that the last width is free is derived.
pub fn line_maximum(inputs: usize, widths: &[usize]) -> Option<Natural> {
    let (_, folding) = widths.split_last()?;
    if inputs != 1 || folding.iter().any(|&width| width < 3) {
        return None;
    }
    Some(widths.iter().map(|&width| Natural::from(width + 1)).product())
}

/// `prod over l of sum over j <= m_l of C(rank (rank - 1) / 2 * n_l, j)` for maxout units of this
/// rank, `m_l = min(n_0, .., n_(l-1))`. Source: Serra et al. 2018, quoted in part.
pub fn maxout_upper(inputs: usize, widths: &[usize], rank: usize) -> Natural {
    let pairs = rank * rank.saturating_sub(1) / 2;
    let mut dimension = inputs;
    let stage = |&width: &usize| {
        let cells = choose_up_to(pairs * width, dimension);
        dimension = dimension.min(width);
        cells
    };
    widths.iter().map(stage).product()
}

/// `2^(k-1) (w_1 + 1) w_2 .. w_k`: the most pieces on a line, without stages 1.
/// Source: Arora et al. 2018, remembered.
pub fn arora_upper(widths: &[usize]) -> Natural {
    let Some((&first, later)) = widths.split_first() else { return Natural::from(1u32) };
    let rest: Natural = later.iter().map(|&width| Natural::from(width) * 2u32).product();
    rest * (first + 1)
}

/// `(2 width)^depth`: pieces on a line of `depth` stages of one width.
/// Source: Telgarsky 2016, remembered.
pub fn telgarsky_upper(width: usize, depth: u32) -> Natural {
    (Natural::from(width) * 2u32).pow(depth)
}
