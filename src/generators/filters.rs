//! One convolution with shared filters and a bias for each: the layers whose regions are counted.

use super::prelude::*;
use crate::counting::{Sliding, independent_sets};
use crate::net::Window;

/// The most units of a layer whose regions are counted here.
const MAX_UNITS: usize = 64;

/// The sizes of a convolution without padding: `input` and `filter` are `[height, width]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Height and width of the input.
    pub input: [usize; 2],
    /// Channels of the input.
    pub depth: usize,
    /// Height and width of the filters.
    pub filter: [usize; 2],
    /// Step along both axes.
    pub stride: usize,
    /// Number of filters.
    pub filters: usize,
}

impl Layout {
    /// One filter of so many taps on a line of samples: one channel, stride one.
    pub fn on_a_line(samples: usize, taps: usize) -> Self {
        Self { input: [1, samples], depth: 1, filter: [1, taps], stride: 1, filters: 1 }
    }

    /// Where the filters look. Panics where [`Layout::try_sliding`] refuses.
    pub fn sliding(&self) -> Sliding {
        self.try_sliding().expect("the sizes were checked")
    }

    /// Where the filters look, or why they fit nowhere, in a sentence.
    pub fn try_sliding(&self) -> Result<Sliding, String> {
        Sliding::new(self.input, self.depth, self.filter, [self.stride; 2])
    }

    /// Units of the layer.
    pub fn units(&self) -> usize {
        self.sliding().positions() * self.filters
    }

    /// Why there is no such layer, or none that is counted here, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let sizes = self.input.iter().all(|&n| n <= 16) && self.depth <= 8;
        if !sizes || !(1..=64).contains(&self.filters) {
            return Err("at most a 16x16 input, 8 channels, and 1 to 64 filters".to_owned());
        }
        self.try_sliding().map(drop)
    }

    /// The layer with the named filters: tap `i` of filter `k` is `3^k 2^(i (d i - k))`, where
    /// `i` counts the taps row by row with the channels innermost; every bias is one.
    ///
    /// On a line no minor that the windows allow vanishes: its terms have one of least 2-adic
    /// valuation, the one that matches positions and inputs in order. Panics as
    /// [`Layout::sliding`].
    pub fn named(&self) -> Filters {
        let plane = self.filter[0] * self.filter[1];
        let tap = |k: usize, channel: usize, place: usize| {
            let i = (place * self.depth + channel) as i32;
            let (d, k) = (self.filters as i32, k as i32);
            Rational::integer(3).pow(k) * Rational::integer(2).pow(i * (d * i - k))
        };
        let filter = |k| {
            (0..self.depth)
                .flat_map(|c| (0..plane).map(move |p| (c, p)))
                .map(move |(c, p)| tap(k, c, p))
                .collect()
        };
        let filters = (0..self.filters).map(filter).collect();
        self.with(filters, vec![Rational::ONE; self.filters])
    }

    /// The layer of these sizes with these filters and biases.
    pub fn with(&self, filters: Vec<Vec<Rational>>, biases: Vec<Rational>) -> Filters {
        let Self { input, depth, filter, stride, .. } = *self;
        Filters { input, depth, filter, stride, filters, biases }
    }
}

/// A convolution: `filters: [d][depth * height * width]`, channel first, `biases: [d]`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Filters {
    input: [usize; 2],
    depth: usize,
    filter: [usize; 2],
    stride: usize,
    filters: Vec<Vec<Rational>>,
    biases: Vec<Rational>,
}

impl Filters {
    /// Why this is no layer, or none that is counted here, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        self.layout().check()?;
        if self.filters.len() != self.biases.len() {
            let (filters, biases) = (self.filters.len(), self.biases.len());
            return Err(format!("{filters} filters with {biases} biases"));
        }
        let taps = self.layout().sliding().taps();
        if let Some(filter) = self.filters.iter().find(|filter| filter.len() != taps) {
            return Err(format!("a filter has {} taps, expected {taps}", filter.len()));
        }
        let units = self.layout().units();
        require!(units <= MAX_UNITS, "{units} units; at most {MAX_UNITS} are counted here")
    }

    /// Its sizes.
    pub fn layout(&self) -> Layout {
        let Self { input, depth, filter, stride, .. } = *self;
        Layout { input, depth, filter, stride, filters: self.filters.len() }
    }

    /// The taps of all filters.
    pub fn taps(&self) -> impl Iterator<Item = &Rational> {
        self.filters.iter().flatten()
    }

    /// The biases.
    pub fn biases(&self) -> &[Rational] {
        &self.biases
    }

    /// The layer with this activation. Panics unless [`Filters::check`] passes.
    pub fn network(&self, activation: Activation) -> Network {
        let shape = Shape::Plane([self.depth, self.input[0], self.input[1]]);
        let window = Window::plane(self.filter[0], self.filter[1]).stride(self.stride);
        let (filters, biases) = (self.filters.concat(), self.biases.clone());
        let convolution = Layer::convolution(self.filters.len(), window, filters, biases);
        Network::new(shape, vec![convolution, Layer::Activation(activation)])
            .expect("the layer was checked")
    }

    /// Proper activation regions of the ReLU layer, on all inputs. Panics as
    /// [`Filters::network`].
    pub fn regions(&self) -> u64 {
        self.network(Activation::relu()).count_regions(Notion::R2, &Domain::Whole)
    }

    /// The rows of its units, `[filter * positions + position][input]`.
    pub fn rows(&self) -> Vec<Vec<Rational>> {
        self.layout().sliding().shared_rows(&self.filters.concat())
    }

    /// How many linearly independent sets of rows have 0, 1, .. members.
    pub fn independent_by_size(&self) -> Vec<Natural> {
        independent_sets(&self.rows(), usize::MAX).expect("there is no limit")
    }

    /// How many sets of rows are linearly independent.
    pub fn independent(&self) -> Natural {
        self.independent_by_size().into_iter().sum()
    }

    /// Whether as many sets are independent as for generic filters of these sizes.
    pub fn are_generic(&self) -> bool {
        let layout = self.layout();
        let sizes = layout.sliding().generic_by_size(layout.filters, usize::MAX);
        sizes.is_some_and(|sizes| self.independent() == sizes.into_iter().sum())
    }

    /// The count that is published for layers of these sizes.
    pub fn published(&self) -> Natural {
        let layout = self.layout();
        layout.sliding().published_count(layout.filters)
    }

    /// This layer with other biases.
    pub fn biased(&self, biases: &[Rational]) -> Self {
        Self { biases: biases.to_vec(), ..self.clone() }
    }

    /// This layer with all biases zero.
    pub fn without_biases(&self) -> Self {
        self.biased(&vec![Rational::ZERO; self.biases.len()])
    }

    /// This layer with taps and biases multiplied by `factor`.
    pub fn scaled(&self, factor: &Rational) -> Self {
        let times = |row: &Vec<Rational>| row.iter().map(|x| x * factor).collect();
        Self {
            filters: self.filters.iter().map(times).collect(),
            biases: times(&self.biases),
            ..self.clone()
        }
    }

    /// This layer plus `t` times another of the same layout. Panics if layouts differ.
    pub fn plus(&self, t: &Rational, step: &Self) -> Self {
        assert_eq!(self.layout(), step.layout(), "only layers of one layout are added");
        let add =
            |a: &[Rational], b: &[Rational]| a.iter().zip(b).map(|(a, b)| a + t * b).collect();
        let filters = self.filters.iter().zip(&step.filters).map(|(a, b)| add(a, b)).collect();
        Self { filters, biases: add(&self.biases, &step.biases), ..self.clone() }
    }

    /// Whether some linearly dependent set of units vanishes together at some input.
    ///
    /// Cost: an elimination of one row for every set of independent rows and every other row.
    pub fn has_central_dependence(&self) -> bool {
        let positions = self.layout().sliding().positions();
        let bias = |unit: usize| self.biases[unit / positions].clone();
        let rows = self.rows().into_iter().enumerate();
        let lifted: Vec<Vec<_>> =
            rows.map(|(unit, row)| row.into_iter().chain([bias(unit)]).collect()).collect();
        central(&lifted, &mut Vec::new())
    }

    /// Whether all taps and biases are whole numbers.
    pub fn is_whole(&self) -> bool {
        self.filters.iter().flatten().chain(&self.biases).all(Rational::is_integer)
    }

    /// Whether the bias of some filter is one of these numbers.
    pub fn has_bias_among(&self, numbers: &[Rational]) -> bool {
        self.biases.iter().any(|bias| numbers.contains(bias))
    }

    /// This layer with tap `(c, i, j)` of filter `k` multiplied by `B^(ψ k + C i + j)`, where `C`
    /// is the number of columns of positions, `ψ = s (P - 1) + 1` for `P` positions `s` apart, and
    /// `B = 1 + max |b_k - κ| max_k (sum |g_k|)^n` for the biases `b`, the `kinks` and `n` inputs.
    ///
    /// Units stay as independent as they were. For whole numbers and biases that are no kinks, no
    /// dependent hyperplanes `z = κ` of different units have a point in common: their biases would
    /// satisfy the relation of the rows, a sum of different powers of `B` with factors that are
    /// below `B` and not zero. Panics as [`Layout::sliding`].
    pub fn spread(&self, kinks: &[Rational]) -> Self {
        let sliding = self.layout().sliding();
        let sizes = self.filters.iter().map(|taps| taps.iter().map(Rational::abs).sum());
        let minor = sizes.fold(Rational::ZERO, Rational::max).pow(sliding.inputs() as i32);
        let offsets =
            self.biases.iter().flat_map(|b| kinks.iter().map(move |kink| (b - kink).abs()));
        let base = Rational::ONE + offsets.fold(Rational::ZERO, Rational::max) * minor;
        let columns = sliding.output()[1];
        let next = self.stride * (sliding.positions() - 1) + 1;
        let [height, width] = self.filter;
        let exponent = |k: usize, tap: usize| {
            let place = tap % (height * width);
            (next * k + columns * (place / width) + place % width) as i32
        };
        let spread = |(k, taps): (usize, &Vec<Rational>)| {
            let powers = (0..taps.len()).map(|tap| base.pow(exponent(k, tap)));
            taps.iter().zip(powers).map(|(tap, power)| tap * power).collect()
        };
        Self { filters: self.filters.iter().enumerate().map(spread).collect(), ..self.clone() }
    }
}

/// Whether one of the rows, which end in a bias, completes an independent set to one that is
/// dependent and central; `basis` holds members with a column where the later rows vanish.
fn central(rows: &[Vec<Rational>], basis: &mut Vec<(usize, Vec<Rational>)>) -> bool {
    rows.iter().enumerate().any(|(at, row)| {
        let mut rest = row.clone();
        for (column, member) in &*basis {
            if !rest[*column].is_zero() {
                let factor = &rest[*column] / &member[*column];
                rest.iter_mut().zip(member).for_each(|(x, m)| *x -= &factor * m);
            }
        }
        let inputs = rest.len() - 1;
        let Some(column) = rest[..inputs].iter().position(|x| !x.is_zero()) else {
            // One relation holds among these rows; it holds for the biases too, or it does not.
            return rest[inputs].is_zero();
        };
        basis.push((column, rest));
        let found = central(&rows[at + 1..], basis);
        basis.pop();
        found
    })
}

/// Layouts on a line: up to five samples, two channels, stride two and three filters, with at most
/// `units` units.
pub fn line(units: usize) -> BoxedStrategy<Layout> {
    (1usize..=3, 0usize..=2, 1usize..=2, 1usize..=2, 1usize..=3)
        .prop_map(move |(filter, more, depth, stride, filters)| {
            let depth = if filter + more > 3 { 1 } else { depth };
            let input = [1, filter + more];
            fewer(Layout { input, depth, filter: [1, filter], stride, filters }, units)
        })
        .boxed()
}

/// Layouts in the plane: filters up to 2x2 on inputs up to 3x3.
pub fn plane(units: usize) -> BoxedStrategy<Layout> {
    ([1usize..=2, 1usize..=2], [0usize..=1, 0usize..=1], 1usize..=2, 1usize..=3)
        .prop_map(move |(filter, more, stride, filters)| {
            let input = [filter[0] + more[0], filter[1] + more[1]];
            fewer(Layout { input, depth: 1, filter, stride, filters }, units)
        })
        .boxed()
}

/// With as many of the filters as `units` allow.
fn fewer(sizes: Layout, units: usize) -> Layout {
    let most = (units / sizes.sliding().positions()).max(1);
    Layout { filters: sizes.filters.min(most), ..sizes }
}

/// The smallest shape on which two shared filters are dependent though their windows allow more:
/// 2x2 filters on a 3x3 input.
pub fn postcard(filters: usize) -> Layout {
    Layout { input: [3, 3], depth: 1, filter: [2, 2], stride: 1, filters }
}

/// Layers of these sizes with integer taps and biases of absolute value at most `most`.
///
/// In one of four, coincidences: zero taps and ones, a filter twice, no biases.
pub fn layers(sizes: BoxedStrategy<Layout>, most: i64) -> BoxedStrategy<Filters> {
    let drawn = sizes.prop_flat_map(move |sizes| {
        let taps = sizes.sliding().taps();
        let entry = move || numbers::integer(most);
        let rough = prop_oneof![1 => Just(1), 3 => Just(most)].prop_flat_map(move |most| {
            let filters = vec(vec(numbers::integer(most), taps), sizes.filters);
            (filters, vec(numbers::integer(most), sizes.filters))
        });
        let fine = (
            vec(vec(numbers::nonzero_integer(most), taps), sizes.filters),
            vec(entry(), sizes.filters),
        );
        let parameters = prop_oneof![1 => rough, 3 => fine];
        (Just(sizes), parameters, 0usize..12)
    });
    drawn
        .prop_map(|(sizes, (mut filters, mut biases), coincidence)| {
            match coincidence {
                0 => biases.fill(Rational::ZERO),
                1 => biases.fill(Rational::ONE),
                2 => filters[sizes.filters - 1] = filters[0].clone(),
                _ => {}
            }
            sizes.with(filters, biases)
        })
        .boxed()
}

/// Layers of these sizes in which all filters but the last `others` are one filter with different
/// biases: so few regions that many units on many inputs can be asked about.
pub fn mostly_parallel(sizes: BoxedStrategy<Layout>, others: usize) -> BoxedStrategy<Filters> {
    layers(sizes, 99)
        .prop_map(move |mut layer| {
            let alike = layer.filters.len().saturating_sub(others);
            let (filter, bias) = (layer.filters[0].clone(), layer.biases[0].clone());
            for k in 1..alike {
                layer.filters[k] = filter.clone();
                layer.biases[k] = &bias + Rational::from(k);
            }
            layer
        })
        .boxed()
}

/// Layers of whole numbers without zeros, every bias one in half of the cases.
pub fn whole(sizes: BoxedStrategy<Layout>, most: i64) -> BoxedStrategy<Filters> {
    sizes
        .prop_flat_map(move |sizes| {
            let taps = vec(numbers::nonzero_integer(most), sizes.sliding().taps());
            let biases = vec(numbers::nonzero_integer(3), sizes.filters);
            (Just(sizes), vec(taps, sizes.filters), biases, any::<bool>())
        })
        .prop_map(|(sizes, filters, biases, common)| match common {
            true => sizes.with(filters, vec![Rational::ONE; sizes.filters]),
            false => sizes.with(filters, biases),
        })
        .boxed()
}
