//! All bounds for one stack, in one list.

use super::binomial::choose_up_to;
use super::bound::Bound;
use super::bound::BoundKind::{Exact, Lower, Upper};
use super::bound::Provenance::{Derived, Quoted, Remembered};
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
    let patterns = dense::trivial_upper(&stack.widths());
    let patterns = Bound::new(Upper, patterns, "sign patterns", "regions/one_more_unit");
    let patterns = patterns.by("Xiong et al. 2020, Lemma 2", Quoted);
    bounds.push(patterns.noting("2 to the number of units"));
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
    let best = own.into_iter().filter(|bound| bound.is_proved && bound.side != Upper);
    let best = best.max_by(|a, b| a.value.cmp(&b.value))?;
    let name = "without the last layer";
    let note = if best.name == name { best.note } else { best.name };
    let bound = Bound::new(Lower, best.value, name, "regions/regions_grow_with_depth");
    Some(bound.noting(note))
}

/// The repaired maximum, or what is known of it.
fn one_stage(stack: &Stack, limit: usize) -> Bound {
    let stage = &stack.stages()[0];
    let found = stage.window.maximum(stage.units, limit);
    let (side, claim, note) = match found.as_ref().map(|(_, reach)| reach) {
        Some(Reach::Theorem) => {
            (Exact, "regions/published_maximum", "generic weights reach the published count")
        }
        Some(Reach::Strip) => {
            (Exact, "regions/strip_maximum", "two filters on a strip, counted on a line")
        }
        Some(Reach::Box) => {
            let claim = match stage.units {
                2 => "regions/box_deficit",
                _ => "regions/three_by_three_deficit",
            };
            (Exact, claim, "the published count less a closed form")
        }
        Some(Reach::Commutator) => {
            (Exact, "regions/commutator_identity", "what two commuting filters exclude is all")
        }
        Some(Reach::FromBelow) => (
            Lower,
            "regions/cells_equal_independent_sets",
            "proved from below; the maximum up to an improbable zero modulo 2^61 - 1",
        ),
        None => (
            Lower,
            "regions/published_maximum",
            "the filters beyond these left out; all of them are too many to count",
        ),
    };
    let (name, value) = match found {
        Some((value, _)) => ("independent sets, shared weights", value),
        None => ("filters with inputs of their own", stage.window.free_lower(stage.units)),
    };
    Bound::new(side, value, name, claim).by("repair of Xiong et al. 2020", Derived).noting(note)
}

fn folded(stack: &Stack, limit: usize) -> Vec<Bound> {
    let value = stack.lower(limit).map(|(value, _)| value);
    let note = match &value {
        Some(value) if *value == Natural::ZERO => "says nothing: fewer filters than input channels",
        Some(_) => "attained inside the open unit cube",
        None => "beyond the limit",
    };
    let source = "Xiong et al. 2020, Theorem 5, with the repaired last factor";
    let folding = Bound::new(Lower, value, "folding", "depth/folding_lower_bound");
    let mut bounds = vec![folding.by(source, Quoted).noting(note)];
    // Without three filters a channel it says nothing.
    if stack.zigzags() > Natural::ZERO {
        let value = stack.zigzag_lower(limit).map(|(value, _)| value);
        let again = Bound::new(Lower, value, "folding once more", "depth/zigzag_lower_bound");
        bounds.push(again.by("Serra et al. 2018, for shared weights", Derived).noting(note));
    }
    bounds
}

/// Lower bounds of dense stacks; those that do not apply are left out.
fn dense_lower(stack: &Stack) -> impl Iterator<Item = Bound> {
    let (inputs, widths) = (stack.inputs(), stack.widths());
    let serra = "Serra et al. 2018";
    let line = dense::line_maximum(inputs, &widths)
        .map(|value| Bound::new(Exact, value, "one input", "depth/line_maximum").by(serra, Quoted));
    let folds = dense::montufar_lower(inputs, &widths).map(|value| {
        let folds = Bound::new(Lower, value, "dense folding", "depth/dense_folding");
        folds.by("Montufar et al. 2014", Quoted)
    });
    let zigzag = dense::serra_lower(inputs, &widths).map(|value| {
        let (name, claim) = ("sharper dense folding", "depth/zigzag_lower_bound");
        Bound::new(Lower, value, name, claim).by(serra, Remembered)
    });
    let mean = dense::signs_lower(inputs, &widths)
        .map(|value| Bound::new(Lower, value, "mean over signs", "depth/average_over_signs"));
    let one = match widths[..] {
        [first, 1] if first <= inputs => {
            let value = (Natural::from(2u32) << first) - 1u32;
            Some(Bound::new(Lower, value, "signs of one unit", "depth/signs_of_one_unit"))
        }
        _ => None,
    };
    [line, folds, zigzag, mean, one].into_iter().flatten()
}

fn one_upper(stack: &Stack, limit: usize) -> Vec<Bound> {
    let stage = &stack.stages()[0];
    let published = stage.window.published_within(stage.units, 1, limit / VECTOR);
    let claim = "regions/published_count_is_an_upper_bound";
    let printed = Bound::new(Upper, published, "published count R_N", claim)
        .by("Xiong et al. 2020, Theorem 2, equation 3", Quoted)
        .noting_if_found("printed as the maximum");
    let commuting = stage.window.commutator_bound(stage.units).map(|value| {
        let name = "published count less commuting filters";
        Bound::new(Upper, value, name, "regions/commutator_identity")
            .by("repair of Xiong et al. 2020", Derived)
    });
    let value = choose_up_to(stage.width(), stack.seen());
    let general = Bound::new(Upper, value, "general position", "regions/zaslavsky_bound")
        .by("Zaslavsky 1975; Pascanu et al. 2013", Quoted)
        .noting("forgets the windows");
    [printed].into_iter().chain(commuting).chain([general]).collect()
}

fn several_upper(stack: &Stack, limit: usize) -> Vec<Bound> {
    let (inputs, widths) = (stack.seen(), stack.widths());
    let rank = inputs.min(widths.iter().copied().max().unwrap_or(0));
    let serra = (rank <= MAX_RANK).then(|| dense::serra_upper(inputs, &widths));
    let by_size =
        stack.stages().iter().all(is_small).then(|| stack.by_size_upper(limit / VECTOR)).flatten();
    let mut bounds = begun(stack);
    if rank <= MAX_RANK {
        bounds.extend(pairs(stack));
    }
    if stack.stages().len() == 2 {
        let value = stack.subset_upper(limit.min(1 << 14));
        let claim = "depth/active_subsets_upper_bound";
        let subsets = Bound::new(Upper, value, "active subsets", claim).by("two layers", Derived);
        let note = "ranks modulo 2^61 - 1: a bound up to an improbable zero";
        bounds.push(Bound { is_proved: false, ..subsets.noting_if_found(note) });
    }
    bounds.extend(repaired(stack, limit, by_size.as_ref()));
    let by_size = Bound::new(Upper, by_size, "matchable sets by size", "");
    let xiong = stack.xiong_upper(limit / VECTOR);
    let claim = "depth/multilayer_upper_bound";
    let xiong = Bound::new(Upper, xiong, "first layer times general position", claim);
    let claim = "depth/active_rank_upper_bound";
    let serra = Bound::new(Upper, serra, "ranks left by active units", claim);
    let montufar = dense::montufar_upper(inputs, &widths);
    let claim = "depth/smallest_width_upper_bound";
    let montufar = Bound::new(Upper, montufar, "smallest width so far", claim);
    let dense = "as dense layers";
    bounds.extend([
        by_size.by("any depth", Derived).noting_if_found(""),
        xiong.by("Xiong et al. 2020, Theorem 5", Quoted).noting_if_found(""),
        serra.by("Serra et al. 2018", Quoted).noting_if_found(dense),
        montufar.by("Montufar 2017", Quoted).noting(dense),
    ]);
    bounds
}

/// Where the published count of the first layer is not its maximum: the bound by size with what
/// the maximum is, or is at most.
fn repaired(stack: &Stack, limit: usize, by_size: Option<&Natural>) -> Option<Bound> {
    let first = stack.stages()[0];
    let published = first.window.published_within(first.units, 1, limit / VECTOR)?;
    let own = [below(&stack.prefix(1), limit), one_upper(&stack.prefix(1), limit)].concat();
    let own = own.into_iter().filter(|bound| bound.side != Lower && bound.value.is_some());
    let best = own.min_by(|a, b| a.value.cmp(&b.value))?;
    let most = best.value.filter(|most| *most < published)?;
    // The sum over all sizes of the first layer is one factor.
    let value = by_size? / published * most;
    Some(Bound::new(Upper, value, "repaired first layer, sets by size", best.claim))
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
