//! Windows over windows: stages of forms with shared coefficients, and the bounds for them.

use super::dense::family_cells;
use super::maximum::Reach;
use super::modular::{Field, Residue};
use super::sliding::Sliding;
use super::tableau::Tableau;
use crate::exact::Natural;

/// One stage: a window, and how many forms lie on each of its positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stage {
    /// Where the forms look.
    pub window: Sliding,
    /// Forms at each position.
    pub units: usize,
}

impl Stage {
    /// Forms in all.
    pub fn width(&self) -> usize {
        self.window.positions() * self.units
    }

    /// Coefficients and offsets, one offset a kind of forms: `units * (taps + 1)`.
    pub fn parameters(&self) -> usize {
        self.units * (self.window.taps() + 1)
    }
}

/// What is asked of one stage; the stage before decides what grid it looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Plan {
    /// Height and width of the window; all of the grid if not given.
    pub filter: Option<[usize; 2]>,
    /// Vertical and horizontal step.
    pub stride: [usize; 2],
    /// Forms at each position.
    pub units: usize,
}

/// Stages that fit: each looks at the positive parts of the forms of the one before, as a grid
/// with `units` numbers a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stack {
    stages: Vec<Stage>,
}

/// The most forms of one stage.
pub const MAX_WIDTH: usize = 1 << 17;

impl Stack {
    /// The stages over a grid of `input` with `depth` numbers a place. Errors: the first stage
    /// that does not fit, in a sentence. Stages count from one there.
    pub fn new(input: [usize; 2], depth: usize, plans: &[Plan]) -> Result<Self, String> {
        let (mut grid, mut depth) = (input, depth);
        let mut stages = Vec::with_capacity(plans.len());
        for (plan, number) in plans.iter().zip(1..) {
            refuse_if!(plan.units == 0, "layer {number} expects at least one filter, found 0");
            let window = Sliding::new(grid, depth, plan.filter.unwrap_or(grid), plan.stride)
                .map_err(|error| format!("layer {number}: {error}"))?;
            let width = window.positions().saturating_mul(plan.units);
            refuse_if!(
                width > MAX_WIDTH,
                "layer {number} has {width} units, the limit is {MAX_WIDTH}"
            );
            (grid, depth) = (window.output(), plan.units);
            stages.push(Stage { window, units: plan.units });
        }
        refuse_if!(stages.is_empty(), "expected at least one layer");
        Ok(Self { stages })
    }

    /// The stages, first to last; at least one.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// The same with height and width exchanged.
    pub(super) fn transposed(&self) -> Self {
        let turned = |stage: &Stage| Stage { window: stage.window.transposed(), ..*stage };
        Self { stages: self.stages.iter().map(turned).collect() }
    }

    fn first(&self) -> &Stage {
        &self.stages[0]
    }

    /// The dimension of the space that is cut.
    pub fn inputs(&self) -> usize {
        self.first().window.inputs()
    }

    /// Forms of each stage.
    pub fn widths(&self) -> Vec<usize> {
        self.stages.iter().map(Stage::width).collect()
    }

    /// Coefficients and offsets of all stages.
    pub fn parameters(&self) -> usize {
        self.stages.iter().map(Stage::parameters).sum()
    }

    /// The numbers of the input that some form looks at: the rank that there can be.
    pub fn seen(&self) -> usize {
        self.first().window.covered()
    }

    /// Whether every window is the whole grid: forms in general position everywhere.
    ///
    /// One position is not enough: a window that cannot step leaves the rest of the grid unseen.
    pub fn is_dense(&self) -> bool {
        self.stages.iter().all(|stage| stage.window.filter() == stage.window.input())
    }

    /// The first `stages` stages. Panics if there are fewer, or none are asked for.
    pub fn prefix(&self, stages: usize) -> Self {
        assert!(stages > 0, "a stack has a stage");
        Self { stages: self.stages[..stages].to_vec() }
    }

    /// The stage whose maximum the lower bound multiplies: the last one, looking at as many
    /// numbers a place as the input has.
    pub fn unfolded_last(&self) -> Stage {
        let last = self.stages[self.stages.len() - 1];
        let (window, depth) = (last.window, self.first().window.depth());
        let window = Sliding::new(window.input(), depth, window.filter(), window.stride());
        Stage { window: window.expect("the depth does not decide what fits"), ..last }
    }

    /// `prod over l < L of floor(d_l / d_0)^(positions_l d_0)`: into how many cubes the stages
    /// before the last can fold the unit cube. Zero if some `d_l < d_0`.
    pub fn folds(&self) -> Natural {
        self.copies(|forms, depth| forms / depth)
    }

    /// `prod over l < L of folds(d_l, d_0)^(positions_l d_0)`.
    pub fn copies(&self, folds: impl Fn(usize, usize) -> usize) -> Natural {
        let depth = self.first().window.depth();
        let (_, folding) = self.stages.split_last().expect("a stack has a stage");
        let power = |stage: &Stage| {
            let exponent = stage.window.positions() * depth;
            let exponent = exponent.try_into().expect("at most 2^20");
            Natural::from(folds(stage.units, depth)).pow(exponent)
        };
        folding.iter().map(power).product()
    }

    /// `prod over l < L of (floor(d_l / d_0) + 1)^(positions_l d_0)`: the same with a zigzag, which
    /// needs three forms for each number a place. Zero if some `d_l < 3 d_0`.
    pub fn zigzags(&self) -> Natural {
        self.copies(|forms, depth| if forms / depth < 3 { 0 } else { forms / depth + 1 })
    }

    /// A lower bound for the maximum, [`Stack::zigzags`] times the maximum of
    /// [`Stack::unfolded_last`], as in [`Stack::lower`].
    ///
    /// Source: after the lower bound for dense stages of Serra et al. 2018, remembered; for shared
    /// coefficients derived here. Networks attain it inside the open unit cube.
    pub fn zigzag_lower(&self, limit: usize) -> Option<(Natural, Reach)> {
        let last = self.unfolded_last();
        let (cells, reach) = last.window.maximum(last.units, limit)?;
        Some((cells * self.zigzags(), reach))
    }

    /// A lower bound for the maximum, [`Stack::folds`] times the maximum of
    /// [`Stack::unfolded_last`], with what is proved about that one; `None` if it is not reached
    /// in `limit` steps. A value from below is still a lower bound.
    ///
    /// Source: Theorem 5 of \[Xiong2020\], quoted; printed with the published count of the last
    /// stage, of which the argument gives the repaired one. Networks attain it inside the open unit
    /// cube.
    pub fn lower(&self, limit: usize) -> Option<(Natural, Reach)> {
        let last = self.unfolded_last();
        let (cells, reach) = last.window.maximum(last.units, limit)?;
        Some((cells * self.folds(), reach))
    }

    /// The published count of the first stage times `sum over i <= n_0 of C(N_l, i)` for each
    /// later one; `None` if the first is not reached with `limit` vectors.
    ///
    /// Source: Theorem 5 of \[Xiong2020\], quoted.
    pub fn xiong_upper(&self, limit: usize) -> Option<Natural> {
        self.pieces_upper(1, limit)
    }

    /// The same when every form cuts along `kinks` parallel hyperplanes: the published count is
    /// that of [`Sliding::published_pieces`], and later factors are `sum of C(N_l, i) kinks^i`.
    /// Source: derived here.
    pub fn pieces_upper(&self, kinks: usize, limit: usize) -> Option<Natural> {
        let first = self.first();
        let cells = first.window.published_within(first.units, kinks, limit)?;
        let later = self.stages[1..].iter();
        let factor = |stage: &Stage| family_cells(stage.width(), self.inputs(), kinks);
        Some(cells * later.map(factor).product::<Natural>())
    }

    /// The published count of the first stage times, for each later one, the number of its
    /// matchable sets of at most `min(n_0, N_1, .., N_(l-1))` members. At most the bounds of
    /// Xiong et al. and of Montufar 2017; `None` if a stage is not reached with `limit` vectors.
    ///
    /// Inside a cell the normals of stage `l` are its own rows times a matrix of that rank, so
    /// independent sets of them are independent sets of its own rows. Source: derived here.
    pub fn by_size_upper(&self, limit: usize) -> Option<Natural> {
        let mut rank = self.inputs();
        let mut total = Natural::from(1u32);
        for stage in &self.stages {
            let sizes = stage.window.published_by_size_within(stage.units, limit)?;
            total *= sizes.into_iter().take(rank.saturating_add(1)).sum::<Natural>();
            rank = rank.min(stage.width());
        }
        Some(total)
    }

    /// For two stages, the sum of the `R_1` largest `I(S)` over sets `S` of forms of the first,
    /// where `R_1` is the maximum of the first stage and `I(S)` counts the independent sets of
    /// rows of `M_2[.., S] M_1[S, ..]` for generic shared coefficients. `None` for another number
    /// of stages, beyond 16 forms in the first, or after `limit` steps.
    ///
    /// Cells of the first stage differ in their sets of positive forms; inside one, the forms of
    /// the second have these rows as normals. Ranks are decided modulo `2^61 - 1` at fixed
    /// pseudo-random coefficients, so the value may be too small where a minor that is not
    /// identically zero vanishes there: it is a bound only up to that. Source: derived here.
    pub fn subset_upper(&self, limit: usize) -> Option<Natural> {
        let [first, second] = self.stages[..] else { return None };
        if first.width() > 16 {
            return None;
        }
        let (cells, _) = first.window.maximum(first.units, limit)?;
        let inner = first.window.generic_rows(first.units, 0);
        let outer = second.window.generic_rows(second.units, 1);
        let mut counts = Vec::with_capacity(1 << first.width());
        for set in 0u32..1 << first.width() {
            let chosen: Vec<usize> = (0..first.width()).filter(|i| set >> i & 1 == 1).collect();
            let rows: Vec<_> = outer.iter().map(|row| combine(row, &inner, &chosen)).collect();
            let sizes = Tableau::new(&rows).independent_by_size(limit)?;
            counts.push(sizes.into_iter().sum::<Natural>());
        }
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let cells = usize::try_from(cells).expect("at most 2^16 sets of forms");
        Some(counts.into_iter().take(cells).sum())
    }
}

/// `sum over the chosen i of row[i] inner[i]`.
fn combine(row: &[Residue], inner: &[Vec<Residue>], chosen: &[usize]) -> Vec<Residue> {
    let mut sum = vec![Residue::zero(); inner[0].len()];
    for &i in chosen {
        for (total, x) in sum.iter_mut().zip(&inner[i]) {
            *total = Residue::plus(total, &Residue::times(&row[i], x));
        }
    }
    sum
}
