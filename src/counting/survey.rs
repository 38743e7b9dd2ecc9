//! All bounds for one stack, in one list.

use super::binomial::choose_up_to;
use super::bound::{Bound, BoundKind, Provenance};
use super::dense;
use super::maximum::Reach;
use super::named_bounds::{begun, named, pairs};
use super::stack::{Stack, Stage};
use crate::exact::Natural;

/// The largest rank for which the sum over all vectors of ranks is computed.
const MAX_RANK: usize = 2048;
/// The most bit operations, up to a small factor, that counting by size may take.
const MAX_BITS: usize = 1 << 34;

/// Every bound of this module that applies: lower ones, the maximum where it is reached, upper
/// ones. `limit` is that of [`Sliding::maximum`](super::Sliding::maximum).
///
/// Law: no bound from below exceeds one from above.
pub fn survey(stack: &Stack, limit: usize) -> Vec<Bound> {
    let mut bounds = below(stack, limit);
    let is_one = stack.stages().len() == 1;
    bounds.extend(if is_one { one_upper(stack, limit) } else { several_upper(stack, limit) });
    bounds.push(Bound {
        side: BoundKind::Upper,
        value: Some(dense::trivial_upper(&stack.widths())),
        name: "sign patterns",
        source: "Xiong et al. 2020, Lemma 2",
        known: Provenance::Quoted,
        claim: "regions/one_more_unit",
        is_proved: true,
        note: "2 to the number of units",
    });
    bounds
}

/// What bounds the maximum from below, or is it.
fn below(stack: &Stack, limit: usize) -> Vec<Bound> {
    let several = stack.stages().len() > 1;
    if !several {
        return vec![one_stage(stack, limit)];
    }
    let mut bounds = folded(stack, limit);
    if stack.is_dense() {
        bounds.extend(dense_lower(stack));
    }
    bounds.extend(named(stack));
    bounds.extend(prefixes(stack, limit));
    bounds
}

/// The best lower bound of the layers up to one before the last: further layers may do nothing.
fn prefixes(stack: &Stack, limit: usize) -> Option<Bound> {
    let own = below(&stack.prefix(stack.stages().len() - 1), limit);
    let best = own.into_iter().filter(|bound| bound.is_proved && bound.side != BoundKind::Upper);
    let best = best.max_by(|a, b| a.value.cmp(&b.value))?;
    Some(Bound {
        side: BoundKind::Lower,
        name: "without the last layer",
        source: "derived here",
        known: Provenance::Derived,
        claim: "regions/regions_grow_with_depth",
        note: if best.name == "without the last layer" { best.note } else { best.name },
        ..best
    })
}

/// The repaired maximum, or what is known of it.
fn one_stage(stack: &Stack, limit: usize) -> Bound {
    let stage = &stack.stages()[0];
    let found = stage.window.maximum(stage.units, limit);
    let (side, claim, note) = match found.as_ref().map(|(_, reach)| reach) {
        Some(Reach::Theorem) => (
            BoundKind::Exact,
            "regions/published_maximum",
            "generic weights reach the published count",
        ),
        Some(Reach::Strip) => {
            (BoundKind::Exact, "regions/strip_maximum", "two filters on a strip, counted on a line")
        }
        Some(Reach::Box) => {
            let claim = match stage.units {
                2 => "regions/box_deficit",
                _ => "regions/three_by_three_deficit",
            };
            (BoundKind::Exact, claim, "the published count less a closed form")
        }
        Some(Reach::Commutator) => (
            BoundKind::Exact,
            "regions/commutator_identity",
            "what two commuting filters exclude is all",
        ),
        Some(Reach::FromBelow) => (
            BoundKind::Lower,
            "regions/cells_equal_independent_sets",
            "proved from below; the maximum up to an improbable zero modulo 2^61 - 1",
        ),
        None => (
            BoundKind::Lower,
            "regions/published_maximum",
            "the filters beyond these left out; all of them are too many to count",
        ),
    };
    let source = "repair of Xiong et al. 2020";
    let (name, value) = match found {
        Some((value, _)) => ("independent sets, shared weights", value),
        None => ("filters with inputs of their own", stage.window.free_lower(stage.units)),
    };
    let value = Some(value);
    Bound { side, value, name, source, known: Provenance::Derived, claim, is_proved: true, note }
}

fn folded(stack: &Stack, limit: usize) -> Vec<Bound> {
    let value = stack.lower(limit).map(|(value, _)| value);
    let note = match &value {
        Some(value) if *value == Natural::ZERO => "says nothing: fewer filters than input channels",
        Some(_) => "attained inside the open unit cube",
        None => "beyond the limit",
    };
    let mut bounds = vec![Bound {
        side: BoundKind::Lower,
        value,
        name: "folding",
        source: "Xiong et al. 2020, Theorem 5, with the repaired last factor",
        known: Provenance::Quoted,
        claim: "depth/folding_lower_bound",
        is_proved: true,
        note,
    }];
    // Without three filters a channel it says nothing.
    if stack.zigzags() > Natural::ZERO {
        bounds.push(Bound {
            value: stack.zigzag_lower(limit).map(|(value, _)| value),
            name: "folding once more",
            source: "Serra et al. 2018, for shared weights",
            known: Provenance::Derived,
            claim: "depth/zigzag_lower_bound",
            ..bounds[0].clone()
        });
    }
    bounds
}

/// Lower bounds of dense stacks; those that do not apply are left out.
fn dense_lower(stack: &Stack) -> impl Iterator<Item = Bound> {
    let (inputs, widths) = (stack.inputs(), stack.widths());
    let bound = |side, value: Option<Natural>, name, source, known, claim| {
        value.map(|value| Bound {
            side,
            value: Some(value),
            name,
            source,
            known,
            claim,
            is_proved: true,
            note: "",
        })
    };
    let (quoted, remembered, derived) =
        (Provenance::Quoted, Provenance::Remembered, Provenance::Derived);
    let line = dense::line_maximum(inputs, &widths);
    let montufar = dense::montufar_lower(inputs, &widths);
    let serra = dense::serra_lower(inputs, &widths);
    let signs = dense::signs_lower(inputs, &widths);
    let (maximum, fold) = ("depth/line_maximum", "depth/dense_folding");
    let (zigzag, mean) = ("depth/zigzag_lower_bound", "depth/average_over_signs");
    let one = match widths[..] {
        [first, 1] if first <= inputs => Some((Natural::from(2u32) << first) - 1u32),
        _ => None,
    };
    let sign = "depth/signs_of_one_unit";
    let found = [
        bound(BoundKind::Exact, line, "one input", "Serra et al. 2018", quoted, maximum),
        bound(BoundKind::Lower, montufar, "dense folding", "Montufar et al. 2014", quoted, fold),
        bound(
            BoundKind::Lower,
            serra,
            "sharper dense folding",
            "Serra et al. 2018",
            remembered,
            zigzag,
        ),
        bound(BoundKind::Lower, signs, "mean over signs", "derived here", derived, mean),
        bound(BoundKind::Lower, one, "signs of one unit", "derived here", derived, sign),
    ];
    found.into_iter().flatten()
}

fn one_upper(stack: &Stack, limit: usize) -> Vec<Bound> {
    let stage = &stack.stages()[0];
    let published = stage.window.published_within(stage.units, 1, limit / VECTOR);
    let note = if published.is_some() { "printed as the maximum" } else { "beyond the limit" };
    let mut bounds = vec![Bound {
        side: BoundKind::Upper,
        value: published,
        name: "published count R_N",
        source: "Xiong et al. 2020, Theorem 2, equation 3",
        known: Provenance::Quoted,
        claim: "regions/published_count_is_an_upper_bound",
        is_proved: true,
        note,
    }];
    bounds.extend(stage.window.commutator_bound(stage.units).map(|value| Bound {
        side: BoundKind::Upper,
        value: Some(value),
        name: "published count less commuting filters",
        source: "repair of Xiong et al. 2020",
        known: Provenance::Derived,
        claim: "regions/commutator_identity",
        is_proved: true,
        note: "",
    }));
    bounds.push(Bound {
        side: BoundKind::Upper,
        value: Some(choose_up_to(stage.width(), stack.seen())),
        name: "general position",
        source: "Zaslavsky 1975; Pascanu et al. 2013",
        known: Provenance::Quoted,
        claim: "regions/zaslavsky_bound",
        is_proved: true,
        note: "forgets the windows",
    });
    bounds
}

fn several_upper(stack: &Stack, limit: usize) -> Vec<Bound> {
    let (inputs, widths) = (stack.seen(), stack.widths());
    let rank = inputs.min(widths.iter().copied().max().unwrap_or(0));
    let serra = (rank <= MAX_RANK).then(|| dense::serra_upper(inputs, &widths));
    let by_size =
        stack.stages().iter().all(is_small).then(|| stack.by_size_upper(limit / VECTOR)).flatten();
    let bound = |value: Option<Natural>, name, source, known, claim, note| {
        let note = if value.is_some() { note } else { "beyond the limit" };
        Bound { side: BoundKind::Upper, value, name, source, known, claim, is_proved: true, note }
    };
    let (quoted, derived) = (Provenance::Quoted, Provenance::Derived);
    let mut bounds = begun(stack);
    if rank <= MAX_RANK {
        bounds.extend(pairs(stack));
    }
    if stack.stages().len() == 2 {
        let note = "ranks modulo 2^61 - 1: a bound up to an improbable zero";
        let value = stack.subset_upper(limit.min(1 << 14));
        let claim = "depth/active_subsets_upper_bound";
        let subsets = bound(value, "active subsets", "two layers", derived, claim, note);
        bounds.push(Bound { is_proved: false, ..subsets });
    }
    bounds.extend(repaired(stack, limit, by_size.as_ref()));
    let (xiong, dense) = ("Xiong et al. 2020, Theorem 5", "as dense layers");
    let claim = "depth/multilayer_upper_bound";
    bounds.push(bound(by_size, "matchable sets by size", "any depth", derived, "", ""));
    let value = stack.xiong_upper(limit / VECTOR);
    bounds.push(bound(value, "first layer times general position", xiong, quoted, claim, ""));
    let claim = "depth/active_rank_upper_bound";
    let (name, source) = ("ranks left by active units", "Serra et al. 2018");
    bounds.push(bound(serra, name, source, quoted, claim, dense));
    let montufar = Some(dense::montufar_upper(inputs, &widths));
    let claim = "depth/smallest_width_upper_bound";
    bounds.push(bound(montufar, "smallest width so far", "Montufar 2017", quoted, claim, dense));
    bounds
}

/// Where the published count of the first layer is not its maximum: the bound by size with what
/// the maximum is, or is at most.
fn repaired(stack: &Stack, limit: usize, by_size: Option<&Natural>) -> Option<Bound> {
    let first = stack.stages()[0];
    let published = first.window.published_within(first.units, 1, limit / VECTOR)?;
    let own = [below(&stack.prefix(1), limit), one_upper(&stack.prefix(1), limit)].concat();
    let own =
        own.into_iter().filter(|bound| bound.side != BoundKind::Lower && bound.value.is_some());
    let best = own.min_by(|a, b| a.value.cmp(&b.value))?;
    let most = best.value.filter(|most| *most < published)?;
    // The sum over all sizes of the first layer is one factor.
    Some(Bound {
        side: BoundKind::Upper,
        value: Some(by_size? / published * most),
        name: "repaired first layer, sets by size",
        source: "derived here",
        known: Provenance::Derived,
        claim: best.claim,
        is_proved: true,
        note: "",
    })
}

/// A vector of the profile program costs about as much as this many steps of the others.
const VECTOR: usize = 16;

/// How the published count and the maximum of one stage grow with the number of forms, as
/// `words / degree! * units^degree`: the degree and the words. `None` for several stages, and
/// where that is too expensive.
pub fn growth(stack: &Stack, limit: usize) -> Option<(usize, Natural)> {
    let &[stage] = stack.stages() else { return None };
    let most = Stage { units: stage.window.taps(), ..stage };
    if !is_small(&most) {
        return None;
    }
    Some((stage.window.covered(), stage.window.leading_words(limit / VECTOR)?))
}

/// Whether counting by size takes little enough.
fn is_small(stage: &Stage) -> bool {
    let length = stage.width().saturating_mul(stage.window.covered());
    let steps = stage.window.positions() * stage.units.min(stage.window.taps());
    length.saturating_mul(steps.saturating_mul(stage.window.taps())) <= MAX_BITS
}
