//! Counting the sets that Hall's condition lets match their windows: transversal matroids.
//!
//! Output position `p` reads the inputs of window `S_p` and carries `units` units. A set of units
//! is independent in the transversal matroid when every unit can be matched to an input of its
//! own window, no input twice. The published count of the regions of a one-layer CNN is the
//! number of these sets. Here it is counted by its definition, condition by condition;
//! [`counting`](crate::counting) does it faster for windows that slide.

use super::choose;
use crate::exact::Rational;
use std::ops::Range;

/// Windows of inputs, as bit sets; at most 128 inputs and 16 positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Windows {
    /// For each set of positions (a bit mask), how many inputs its windows cover together.
    covered: Vec<u32>,
    positions: usize,
}

impl Windows {
    /// Windows given as lists of inputs. Panics beyond 16 positions or 128 inputs.
    pub fn new(windows: &[Vec<usize>]) -> Self {
        assert!(
            windows.len() <= 16,
            "{} positions; Hall's condition has 2^16 rows at most",
            windows.len()
        );
        let mask = |window: &Vec<usize>| {
            window.iter().fold(0u128, |mask, &i| {
                mask | 1u128.checked_shl(i as u32).expect("input below 128")
            })
        };
        let masks: Vec<u128> = windows.iter().map(mask).collect();
        let union = |set: usize| {
            let chosen = (0..masks.len()).filter(|p| set >> p & 1 == 1);
            chosen.fold(0u128, |union, p| union | masks[p]).count_ones()
        };
        Self { covered: (0..1 << masks.len()).map(union).collect(), positions: masks.len() }
    }

    /// Windows of a `filter` sliding with stride one over an `input`, both `[height, width]`.
    pub fn sliding(input: [usize; 2], filter: [usize; 2]) -> Self {
        Self::padded(input, filter, 0)
    }

    /// The same with `padding` zeros on every side: the windows are clipped to the input, and some
    /// may be empty. Panics as [`Windows::new`], and when the filter does not fit.
    pub fn padded(input: [usize; 2], filter: [usize; 2], padding: usize) -> Self {
        // Along one axis: the inputs under the filter at each place.
        let places = |axis: usize| {
            let clip = move |i: usize| i.saturating_sub(padding).min(input[axis]);
            (0..=input[axis] + 2 * padding - filter[axis])
                .map(move |start| clip(start)..clip(start + filter[axis]))
        };
        let window = |rows: &Range<usize>, columns: &Range<usize>| {
            rows.clone().flat_map(|r| columns.clone().map(move |c| r * input[1] + c)).collect()
        };
        let windows: Vec<Vec<usize>> = places(0)
            .flat_map(|rows| places(1).map(move |columns| window(&rows, &columns)))
            .collect();
        Self::new(&windows)
    }

    /// Number of positions.
    pub fn positions(&self) -> usize {
        self.positions
    }

    /// Whether `taken[p]` units at each position `p` satisfy Hall's condition:
    /// every set of positions takes at most as many units as its windows cover inputs.
    pub fn admits(&self, taken: &[u32]) -> bool {
        (0..self.covered.len()).all(|set| {
            let units = (0..self.positions).filter(|p| set >> p & 1 == 1).map(|p| taken[p]);
            units.sum::<u32>() <= self.covered[set]
        })
    }

    /// Independent sets when each position carries `units` units that `weight` may restrict:
    /// the sum over admitted `taken` of `weight(taken)`.
    ///
    /// Cost: `(units + 1)^positions * 2^positions` comparisons at worst.
    fn sum(&self, units: u32, weight: &dyn Fn(&[u32]) -> Rational) -> Rational {
        let mut total = Rational::ZERO;
        let mut taken = vec![0; self.positions];
        self.visit(0, units, &mut taken, &mut |taken| total += weight(taken));
        total
    }

    fn visit(&self, p: usize, units: u32, taken: &mut Vec<u32>, f: &mut dyn FnMut(&[u32])) {
        if p == self.positions {
            return f(taken);
        }
        for count in 0..=units {
            taken[p] = count;
            // Later positions are still zero, so a violated prefix stays violated.
            if !self.admits(taken) {
                break;
            }
            self.visit(p + 1, units, taken, f);
        }
        taken[p] = 0;
    }

    /// `R_N = sum over t in K_N of prod_p C(units, t_p)`: the independent sets, counted.
    ///
    /// Source: equation 3 of Theorem 2 of \[Xiong2020\], as quoted by a third party.
    pub fn published_count(&self, units: u32) -> Rational {
        self.sum(units, &|taken| taken.iter().map(|&t| binomial(units, t)).product())
    }

    /// The independent sets that contain, for some two of the `units` filters, every unit of both.
    ///
    /// When the positions form a box as large as the filter, two shared filters are dependent
    /// there whatever their weights (their correlations commute), so these sets are independent
    /// by Hall's condition only. Cost: as [`Windows::published_count`].
    pub fn sets_with_two_full_filters(&self, units: u32) -> Rational {
        // By the number j of filters that are taken whole: C(units, j) choices, and the sets of
        // the others in which no filter is whole, by inclusion and exclusion.
        self.sum(units, &|taken| {
            let with_whole = |j: u32| -> Rational {
                let rest = taken
                    .iter()
                    .map(|&t| if t < j { Rational::ZERO } else { binomial(units - j, t - j) });
                binomial(units, j) * rest.product::<Rational>()
            };
            // Bonferroni: sets with at least two whole filters = sum_{j>=2} (-1)^j (j-1) S_j.
            let (mut plus, mut minus) = (Rational::ZERO, Rational::ZERO);
            for j in 2..=units {
                let term = with_whole(j) * Rational::from(j - 1);
                if j % 2 == 0 { plus += term } else { minus += term }
            }
            plus - minus
        })
    }
}

/// The binomial coefficient; 0 when `k > n`.
pub fn binomial(n: u32, k: u32) -> Rational {
    Rational::from(choose(n as usize, k as usize))
}
