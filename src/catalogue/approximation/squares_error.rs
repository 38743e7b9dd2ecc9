//! Interpolated squares exceed |x|² by at most d/N², and never fall below it.

use crate::catalogue::prelude::*;
use crate::construct::ridge_function::squares_network;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/squares_error", AGAINST_ITS_NOTE)
        .derived_from("Mao2021", "radial functions: the network for |x|²")
        .as_printed("two groups of convolutions are in the abstract; the constants are ours"),
    statement: "|x|_∞ ≤ 1  ⟹  0 ≤ Q(x) - |x|² ≤ d/N² for Q = Σ PL_N(x_i²), stated as |Q(x) - \
                |x|² - d/(2N²)| ≤ d/(2N²)",
    cases: || {
        cases(2, 1..=4, 1..=5).with("6 to 8 inputs, 20 to 32 cells", 64, cases(2, 6..=8, 20..=32))
    },
    hypotheses: &[given("x in the cube", |case: &Case| {
        case.at.iter().all(|x| x.abs() <= Rational::ONE)
    })
    .needed("beyond the nodes the interpolant is straight or constant", || {
        cases(6, 1..=4, 1..=5).cases()
    })],
    conclusion: |case| {
        let half = case.bound() * Rational::new(1, 2);
        at_most("distance from the middle", (case.excess() - &half).abs(), half)
    },
    twins: &[
        twin("1/N² whatever d", |case: &Case| at_most("excess", case.excess(), case.cell()))
            .because("every input adds its own error"),
        twin("d/(N² + 1)", |case: &Case| {
            let smaller = case.bound() / (Rational::ONE + case.cell());
            at_most("excess", case.excess(), smaller)
        })
        .because("attained where every x_i = -1 + 1/N"),
        twin("exact", |case: &Case| equal("excess", case.excess(), 0))
            .because("a piecewise-linear function is no square"),
    ],
    well_formed: |case| {
        let fits = (1..=32).contains(&case.cells) && (1..=8).contains(&case.at.len());
        require!(fits, "there must be 1 to 32 cells and 1 to 8 inputs")
    },
};

/// A point, and the number `N` of cells.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    cells: usize,
    at: Vec<Rational>,
}

impl Case {
    /// `Q(x) - |x|^2`, the network evaluated.
    fn excess(&self) -> Rational {
        let network = squares_network(self.at.len(), self.cells);
        &network.eval(&self.at)[0] - dot(&self.at, &self.at)
    }

    /// `1 / N^2`.
    fn cell(&self) -> Rational {
        Rational::from(self.cells).pow(-2)
    }

    fn bound(&self) -> Rational {
        self.cell() * Rational::from(self.at.len())
    }
}

/// Multiples of half a cell, up to `halves` times 1/2 from the origin; now and then the point where
/// every entry is in the middle of its first cell.
fn cases(halves: i64, d: Span, cells: Span) -> impl Strategy<Value = Case> {
    (d, cells)
        .prop_flat_map(move |(d, cells)| {
            let at = vec(numbers::fraction(halves * cells as i64, 2 * cells as i64), d);
            let middle = vec![Rational::new(1 - cells as i64, cells as i64); d];
            (Just(cells), prop_oneof![3 => at, 1 => Just(middle)])
        })
        .prop_map(|(cells, at)| Case { cells, at })
}
