//! The leading coefficient of R_N counts words.

use crate::catalogue::prelude::*;
use crate::counting::transversal::Windows;
use crate::generators::filters::Layout;

pub(super) static CLAIM: Claim<Layout> = Claim {
    card: theorem!("regions/published_leading_words", LINE_BY_LINE)
        .derived_from("Xiong2020", "Theorem 3, its constant")
        .as_printed("remembered without the constant"),
    statement: "m = #∪ S_p: the m-th finite difference of d ↦ R_N(d) at 0 is the number of \
                words of length m in the positions whose counts lie in K_N",
    cases: || {
        let line = (1usize..=5, 1usize..=4, 1usize..=3).prop_map(|(filter, more, stride)| {
            let line = Layout::on_a_line(filter + more, filter);
            Layout { stride, ..line }
        });
        cases().with("9 inputs", 32, line)
    },
    hypotheses: &[],
    conclusion: |case| {
        let order = case.sliding().covered();
        equal("difference", difference(case, order), words(case))
    },
    twins: &[
        twin("all words", |case: &Layout| {
            let order = case.sliding().covered();
            let all = Rational::from(case.sliding().positions()).pow(order as i32);
            equal("difference", difference(case, order), all)
        })
        .because("a position does not take more than its window holds"),
        twin("one order more", |case: &Layout| {
            let order = case.sliding().covered() + 1;
            equal("difference", difference(case, order), words(case))
        })
        .because("beyond the degree differences vanish"),
    ],
    well_formed: Layout::check,
};

/// The finite difference of this order at zero: `sum over d of (-1)^(m - d) C(m, d) R_N(d)`.
fn difference(case: &Layout, order: usize) -> Rational {
    let term = |d: usize| {
        let sign = Rational::integer(if (order - d).is_multiple_of(2) { 1 } else { -1 });
        sign * Rational::from(choose(order, d) * case.sliding().published_count(d))
    };
    (0..=order).map(term).sum()
}

/// The words, one by one: grown letter by letter, by the definition of `K_N`.
fn words(case: &Layout) -> Natural {
    let sliding = case.sliding();
    let windows: Vec<_> = (0..sliding.positions()).map(|p| sliding.window(p)).collect();
    let windows = Windows::new(&windows);
    let mut taken = vec![0; sliding.positions()];
    Natural::from(extensions(&windows, &mut taken, sliding.covered()))
}

/// Words of `left` more letters, when position `p` has occurred `taken[p]` times.
fn extensions(windows: &Windows, taken: &mut [u32], left: usize) -> u64 {
    if left == 0 {
        return 1;
    }
    let mut total = 0;
    for p in 0..taken.len() {
        taken[p] += 1;
        if windows.admits(taken) {
            total += extensions(windows, taken, left - 1);
        }
        taken[p] -= 1;
    }
    total
}

/// Lines and planes that read at most six inputs.
fn cases() -> impl Strategy<Value = Layout> {
    let one_channel = |layout: Layout| Layout { depth: 1, ..layout };
    let plane = filters::plane(4).prop_map(|layout| Layout {
        input: [layout.input[0].min(2), layout.input[1]],
        filter: [layout.filter[0].min(2), layout.filter[1]],
        ..layout
    });
    prop_oneof![3 => filters::line(9).prop_map(one_channel), 1 => plane]
}
