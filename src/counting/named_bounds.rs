//! Bounds for particular stacks: theorems of the catalogue that no formula for all shapes contains.

use super::binomial::choose_up_to;
use super::bound::Bound;
use super::bound::BoundKind::{Exact, Lower, Upper};
use super::bound::Provenance::Derived;
use super::dense;
use super::stack::Stack;
use crate::exact::Natural;

/// Height, width and channels of an input; filter height and width, stride and number of each
/// layer.
type Shape = ([usize; 3], &'static [[usize; 4]]);

/// Shapes whose maximum is proved, with it and the claim.
const EXACT: [(Shape, u32, &str); 2] = [
    (([1, 4, 1], &[[1, 2, 1, 1], [1, 2, 1, 1]]), 23, "depth/one_filter_twice"),
    (([1, 3, 1], &[[1, 2, 1, 2], [1, 2, 1, 1]]), 29, "depth/two_filters_then_one"),
];

/// Shapes for which a search found a network that has more than any construction known here. That
/// there are no more is a conjecture, which bounds nothing.
const FOUND: [(Shape, u32); 2] = [
    (([1, 3, 1], &[[1, 2, 1, 2], [1, 2, 1, 2]]), 52),
    (([1, 4, 1], &[[1, 2, 1, 1], [1, 2, 1, 1], [1, 2, 1, 1]]), 36),
];

impl Stack {
    /// Whether it has this shape, lying or standing.
    fn is(&self, shape: Shape) -> bool {
        let has = |stack: &Self| {
            let [height, width, depth] = shape.0;
            let first = stack.stages()[0].window;
            let layers = stack.stages().iter().map(|stage| (stage.window, stage.units));
            first.input() == [height, width]
                && first.depth() == depth
                && layers.len() == shape.1.len()
                && layers.zip(shape.1).all(|((window, units), &[rows, columns, step, number])| {
                    // A stride along an axis with one position does nothing.
                    let steps = (0..2)
                        .all(|axis| window.output()[axis] == 1 || window.stride()[axis] == step);
                    window.filter() == [rows, columns] && steps && units == number
                })
        };
        has(self) || has(&self.transposed())
    }
}

/// What is proved of this very shape, or of a kind of few shapes; lower bounds first.
pub(super) fn named(stack: &Stack) -> Vec<Bound> {
    let (seen, widths) = (stack.seen(), stack.widths());
    let mut bounds = Vec::new();
    for (shape, regions) in FOUND.into_iter().filter(|(shape, _)| stack.is(*shape)) {
        let found = Bound::new(Lower, Natural::from(regions), "a network that was found", "");
        let note = "that there are no more is a conjecture";
        bounds.push(found.by("a search", Derived).noting(note));
        debug_assert!(shape.1.len() == widths.len());
    }
    for (_, regions, claim) in EXACT.into_iter().filter(|(shape, ..)| stack.is(*shape)) {
        let exact = Bound::new(Exact, Natural::from(regions), "this shape", claim);
        bounds.push(exact.noting("a proof for it alone"));
    }
    if let (1, &[2, last]) = (seen, &widths[..]) {
        let (value, claim) = (Natural::from(2 * last + 3), "depth/two_units_then_many");
        bounds.push(Bound::new(Exact, value, "two units on a line", claim));
    }
    bounds
}

/// Upper bounds of the first two stages by a theorem of their own, each times what every later
/// stage can cut: `sum of C(N_l, i)` over `i` up to the least width so far.
pub(super) fn begun(stack: &Stack) -> Vec<Bound> {
    let (seen, widths) = (stack.seen(), stack.widths());
    if widths.len() < 2 {
        return Vec::new();
    }
    let mut rank = seen.min(widths[0]).min(widths[1]);
    let later = widths[2..].iter().map(|&width| {
        let cells = choose_up_to(width, rank);
        rank = rank.min(width);
        cells
    });
    let later: Natural = later.product();
    let note = if widths.len() > 2 { "times general position" } else { "" };
    let bound =
        |first: Natural, name, claim| Bound::new(Upper, first * &later, name, claim).noting(note);
    let mut bounds = Vec::new();
    let two = stack.prefix(2);
    for (_, regions, claim) in EXACT.into_iter().filter(|(shape, ..)| two.is(*shape)) {
        if widths.len() > 2 {
            bounds.push(bound(Natural::from(regions), "the shape of the first two layers", claim));
        }
    }
    if widths[0] == seen + 1 && widths[1] == 1 {
        let first = (Natural::from(4u32) << seen) - 3u32;
        bounds.push(bound(first, "one unit more than inputs, then one", ONE_MORE));
    }
    bounds
}

/// Its proof is for any number of inputs, one unit more and then one.
const ONE_MORE: &str = "depth/two_filters_then_one";

/// The bound by ranks where two units on a line are taken together; none where that says nothing
/// new.
pub(super) fn pairs(stack: &Stack) -> Option<Bound> {
    let (seen, widths) = (stack.seen(), stack.widths());
    let value = dense::pairs_upper(seen, &widths);
    let is_new = value < dense::serra_upper(seen, &widths);
    let claim = "depth/two_units_then_many";
    let bound = Bound::new(Upper, value, "ranks left, two units on a line", claim);
    is_new.then(|| bound.by("Serra et al. 2018, sharpened", Derived).noting("as dense layers"))
}
