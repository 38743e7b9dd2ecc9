//! Shapes of stacked windows, by their numbers alone.

use super::prelude::*;
use crate::counting::{Plan, Stack, dense};

/// The most units of a chain whose regions are counted here.
pub(super) const MAX_UNITS: usize = 128;
/// The most inputs of one.
pub(super) const MAX_INPUTS: usize = 16;
/// Steps of deletion and contraction that a maximum may take.
pub const LIMIT: usize = 1 << 20;

/// A stack of windows: `input: [channels, height, width]`, and for each layer the height and the
/// width of its filters, the stride and the number of filters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stacking {
    /// Channels, height and width of the input.
    pub input: [usize; 3],
    /// Height and width of the filters, stride, number of filters.
    pub layers: Vec<[usize; 4]>,
}

impl Stacking {
    /// Why no stack of few units has this shape, if none has.
    pub fn check(&self) -> Result<(), String> {
        let [channels, height, width] = self.input;
        let sizes = self.input.iter().chain(self.layers.iter().flatten());
        refuse_if!(
            sizes.clone().any(|&n| n > MAX_UNITS) || channels * height * width > MAX_INPUTS,
            "expected at most {MAX_INPUTS} inputs, and no size above {MAX_UNITS}"
        );
        let stack = self.try_stack()?;
        let units = stack.widths().iter().sum::<usize>();
        require!(units <= MAX_UNITS, "{units} units; at most {MAX_UNITS} are counted here")
    }

    /// Dense layers of these widths: filters over a single place with `inputs` channels.
    pub fn dense(inputs: usize, widths: &[usize]) -> Self {
        let layers = widths.iter().map(|&width| [1, 1, 1, width]).collect();
        Self { input: [inputs, 1, 1], layers }
    }

    /// What the regions of no parameters exceed, if that is fewer than `claimed`: the bound of
    /// Serra et al. (`depth/active_rank_upper_bound`), and `2 n + 3` after two units on a line
    /// (`depth/two_units_then_many`).
    ///
    /// # Errors
    ///
    /// Neither of them says that there are fewer: nothing is decided.
    pub fn fewer_than(&self, claimed: &Natural) -> Result<Natural, &'static str> {
        let stack = self.stack();
        let most = match (stack.inputs(), &stack.widths()[..]) {
            (1, &[2, n]) => Natural::from(2 * n + 3),
            (inputs, widths) => dense::serra_upper(inputs, widths),
        };
        if &most < claimed {
            Ok(most)
        } else {
            Err("no network was built, and no bound excludes one")
        }
    }

    /// The maximum of the last layer, once for each copy that the layers before it make: of every
    /// channel at every position as many as `folds` gives for their filters and the channels.
    ///
    /// # Errors
    ///
    /// The maximum takes more than [`LIMIT`] steps.
    pub fn folded(&self, folds: impl Fn(usize, usize) -> usize) -> Result<Natural, &'static str> {
        let stack = self.stack();
        let last = stack.unfolded_last();
        let maximum = last.window.maximum(last.units, LIMIT);
        let (cells, _) = maximum.ok_or("the maximum of the last layer is out of reach")?;
        Ok(stack.copies(folds) * cells)
    }

    /// Whether so many copies of the last layer have at most `most` regions.
    pub fn is_countable(&self, copies: fn(&Stack) -> Natural, most: u32) -> bool {
        let last = self.stack().unfolded_last();
        let cells = last.window.published_count(last.units);
        self.check().is_ok() && copies(&self.stack()) * cells <= Natural::from(most)
    }

    fn try_stack(&self) -> Result<Stack, String> {
        let [channels, height, width] = self.input;
        let plan = |&[rows, columns, stride, units]: &[usize; 4]| Plan {
            filter: Some([rows, columns]),
            stride: [stride; 2],
            units,
        };
        let plans: Vec<_> = self.layers.iter().map(plan).collect();
        Stack::new([height, width], channels, &plans)
    }

    /// The stack. Panics unless [`Stacking::check`] passes.
    pub fn stack(&self) -> Stack {
        self.try_stack().expect("the shape was checked")
    }
}

/// How large a drawn shape is.
#[derive(Clone, Debug)]
pub struct Extent {
    /// Layers.
    pub layers: Span,
    /// The most filters of a layer.
    pub filters: usize,
    /// Inputs in all.
    pub inputs: Span,
    /// Units in all.
    pub units: Span,
}

/// Shapes on a line of samples, filters of one or two taps.
pub fn line_shapes(extent: Extent) -> BoxedStrategy<Stacking> {
    let layer = (1usize..=2, 1..=extent.filters).prop_map(|(taps, units)| [1, taps, 1, units]);
    windows((Just(1), Just(1), 1..=*extent.inputs.end()), layer, extent)
}

/// Shapes in the plane and on a line, of one channel or two, with steps of one and two.
pub fn plane_shapes(extent: Extent) -> BoxedStrategy<Stacking> {
    let layer = (1usize..=2, 1usize..=3, 1usize..=2, 1..=extent.filters)
        .prop_map(|(rows, columns, stride, units)| [rows, columns, stride, units]);
    windows((1usize..=2, 1usize..=2, 1usize..=3), layer, extent)
}

/// Shapes that end with `output: (channels of the input, height, width)` positions.
fn windows(
    output: impl Strategy<Value = (usize, usize, usize)> + 'static,
    layer: impl Strategy<Value = [usize; 4]> + 'static,
    extent: Extent,
) -> BoxedStrategy<Stacking> {
    (output, vec(layer, extent.layers))
        .prop_map(|((channels, height, width), layers)| {
            let before = |size: usize, filter: usize, stride: usize| (size - 1) * stride + filter;
            let (height, width) = layers
                .iter()
                .rev()
                .fold((height, width), |(h, w), l| (before(h, l[0], l[2]), before(w, l[1], l[2])));
            Stacking { input: [channels, height, width], layers }
        })
        .prop_filter("as large as is asked for", move |shape| {
            let stack = shape.stack();
            let units: usize = stack.widths().iter().sum();
            extent.inputs.contains(&stack.inputs()) && extent.units.contains(&units)
        })
        .boxed()
}
