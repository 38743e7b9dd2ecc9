//! The published count `R_N`: sets of forms that can be matched each to a number of its window.
//!
//! `units` forms lie on every position. A vector `t` of counts, one a position, is admitted when
//! every set of positions takes at most as many forms as its windows see numbers together (Hall's
//! condition); `R_N` is the sum over admitted `t` of `prod_p C(units, t_p)`. By definition that is
//! [`Windows::published_count`](super::transversal::Windows); here it is a sweep.

use super::binomial::{choices, choose_up_to};
use super::sliding::Sliding;
use super::{line_windows, plane_windows};
use crate::exact::Natural;

/// Forms that are matched one by one, at most.
const MATCHED: usize = 1 << 12;

impl Sliding {
    /// `R_N = sum over admitted t of prod_p C(units, t_p)`.
    ///
    /// The most cells that forms with shared coefficients can cut is at most this, and on a line
    /// equal to it. Cost: that of [`Sliding::weighted_sum`].
    /// Source: equation 3 of Theorem 2 of \[Xiong2020\], where it is said to be the maximum for
    /// every shape; as quoted by a third party.
    pub fn published_count(&self, units: usize) -> Natural {
        self.published_pieces(units, 1)
    }

    /// The same when every form cuts along `kinks` parallel hyperplanes, as a piecewise linear
    /// function with this number of kinks does: the sum of `prod_p C(units, t_p) kinks^(t_p)`.
    ///
    /// A set of independent hyperplanes takes at most one of each family. Derived here for
    /// \[Xiong2024\], of which only the abstract was available.
    pub fn published_pieces(&self, units: usize, kinks: usize) -> Natural {
        self.published_within(units, kinks, usize::MAX).expect("no limit was set")
    }

    /// [`Sliding::published_pieces`], or `None` when a plane needs more than `limit` vectors.
    pub fn published_within(&self, units: usize, kinks: usize, limit: usize) -> Option<Natural> {
        self.weighted_sum(&self.weights(units, kinks), limit)
    }

    /// How many of the sets have 0, 1, .. members, a log-concave sequence that sums to
    /// [`Sliding::published_count`]; `None` when a plane needs more than `limit` vectors. Cost:
    /// twice that, with longer numbers.
    pub fn published_by_size_within(&self, units: usize, limit: usize) -> Option<Vec<Natural>> {
        self.weighted_by_size(&self.weights(units, 1), limit)
    }

    /// `d!` times the leading coefficient of [`Sliding::published_count`] as a polynomial in
    /// `units`, where its degree `d` is [`Sliding::covered`]: the number of words in the positions,
    /// of length `d`, whose counts are admitted. On a line these are words of parking functions.
    ///
    /// The repaired maximum has the same leading coefficient: sets without two forms of one kind
    /// are not touched by sharing, and dominate. Source: derived here; the degree is Theorem 3 of
    /// \[Xiong2020\], remembered. Cost: as [`Sliding::published_by_size_within`]. `None` as there.
    pub fn leading_words(&self, limit: usize) -> Option<Natural> {
        let (taps, degree) = (self.taps(), self.covered());
        let factorial = |n: usize| (1..=n).fold(Natural::from(1u32), |f, i| f * i);
        // Weights 1 / t!, times taps! to make them integers.
        let whole = factorial(taps);
        let weights: Vec<_> = (0..=taps).map(|t| &whole / factorial(t)).collect();
        let top = self.weighted_by_size(&weights, limit)?.pop()?;
        let scale = whole.pow(u32::try_from(self.positions()).ok()?);
        Some(top * factorial(degree) / scale)
    }

    /// `C(units, t) kinks^t` for the `t` that one window can match.
    fn weights(&self, units: usize, kinks: usize) -> Vec<Natural> {
        let mut power = Natural::from(1u32);
        let mut weights = Vec::new();
        for choice in choices(units).take(self.taps() + 1) {
            weights.push(choice * &power);
            power *= kinks;
        }
        weights
    }

    /// `sum over admitted t of prod_p weights[t_p]`, where `t_p` runs below `weights.len()`.
    ///
    /// Cost: on a line, and on a plane when the windows overlap along one axis only,
    /// `positions * taps * weights` products; else exponential in the shorter side of the grid of
    /// positions and linear in the longer one, and `None` beyond `limit` stored vectors.
    /// Panics without weights.
    pub fn weighted_sum(&self, weights: &[Natural], limit: usize) -> Option<Natural> {
        assert!(!weights.is_empty(), "the empty set has a weight");
        let [rows, columns] = self.output();
        if self.admits_all(weights.len() - 1) {
            let power = u32::try_from(self.positions()).ok()?;
            return Some(weights.iter().sum::<Natural>().pow(power));
        }
        for along in [1, 0] {
            if !self.overlaps(1 - along) {
                return Some(self.strip(along, weights).pow(self.output()[1 - along] as u32));
            }
        }
        if rows <= columns {
            return plane_windows::sum(self, weights, limit);
        }
        plane_windows::sum(&self.transposed(), weights, limit)
    }

    /// Whether `each` forms on every position can be matched at once; then every `t` is admitted.
    ///
    /// Cost: a search through the windows for each form, and none where windows own enough numbers
    /// for it. Beyond `MATCHED` forms the others are not tried: `false`.
    fn admits_all(&self, each: usize) -> bool {
        let forms = self.positions().saturating_mul(each);
        if each <= self.own_taps() || forms > self.inputs().min(MATCHED) {
            return each <= self.own_taps();
        }
        let windows: Vec<_> = (0..self.positions()).map(|p| self.window(p)).collect();
        let mut holders = vec![None; self.inputs()];
        (0..forms).all(|form| is_served(form / each, &windows, &mut holders))
    }

    /// The sum over one line of windows, which step along one axis only.
    fn strip(&self, along: usize, weights: &[Natural]) -> Natural {
        // Across the axis, all windows of the line see the same numbers.
        let across = self.taps() / self.filter()[along];
        line_windows::sum(self.output()[along], self.taps(), self.stride()[along] * across, weights)
    }

    /// [`Sliding::weighted_sum`] by the size of `t`: entry `k` sums over `t` with `sum_p t_p = k`.
    pub fn weighted_by_size(&self, weights: &[Natural], limit: usize) -> Option<Vec<Natural>> {
        let total = self.weighted_sum(weights, limit)?;
        // Weights times powers of 2^digit keep the sizes apart: no coefficient exceeds the total.
        let digit = total.bits() + 1;
        let shifted: Vec<_> = weights.iter().zip(0u64..).map(|(w, t)| w << (digit * t)).collect();
        let mut rest = self.weighted_sum(&shifted, limit)?;
        let mut sizes = Vec::new();
        while rest != Natural::ZERO {
            let higher = &rest >> digit;
            sizes.push(rest - (&higher << digit));
            rest = higher;
        }
        Some(sizes)
    }

    /// Whether some theorem says that generic shared forms reach [`Sliding::published_count`], so
    /// that it is the maximum: windows that overlap along one axis at most, one form a position,
    /// or no more forms a position than numbers of its own. Source: derived here.
    pub fn published_is_maximum(&self, units: usize) -> bool {
        !(self.overlaps(0) && self.overlaps(1)) || units <= self.own_taps().max(1)
    }

    /// The bound that forgets the windows: `inputs` dimensions, all forms in general position.
    pub fn dense_count(&self, units: usize) -> Natural {
        choose_up_to(self.positions() * units, self.inputs())
    }
}

/// Gives this position one more number of its window, where others may have to change theirs;
/// `holders` has the position that each number is given to.
fn is_served(position: usize, windows: &[Vec<usize>], holders: &mut [Option<usize>]) -> bool {
    // The position that asks for each number, and the number that each position would give up.
    let mut asked = vec![None; holders.len()];
    let mut given_up = vec![None; windows.len()];
    let mut waiting = vec![position];
    while let Some(asking) = waiting.pop() {
        for &number in &windows[asking] {
            if asked[number].is_some() {
                continue;
            }
            asked[number] = Some(asking);
            match holders[number] {
                None => {
                    let mut free = Some(number);
                    while let Some(number) = free {
                        holders[number] = asked[number];
                        free = asked[number].and_then(|taker| given_up[taker]);
                    }
                    return true;
                }
                Some(holder) if holder != position && given_up[holder].is_none() => {
                    given_up[holder] = Some(number);
                    waiting.push(holder);
                }
                Some(_) => {}
            }
        }
    }
    false
}
