//! How much width gradient descent needs: laws, tests and certificates beside the theorem.

mod at_theorem_width;
pub mod cones;
pub mod convolution;
pub mod deep;
mod digits;
mod judge;
mod table;
mod trial;

pub use digits::Digits;
pub use judge::{Answer, Test, Verdict};
pub use table::{WidthRow, theorem, widths};
pub use trial::Tally;

use crate::train::coverage::Family;
use std::ops::Range;

/// What a trial is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether descent fits a family, and whether the initial units cover it. Both must agree.
    Covers {
        /// The points.
        family: Family,
    },
    /// Whether descent brings the risk on `points` points in two pairs of opposite cones down to
    /// `1 / goal`.
    Learns {
        /// The number of points.
        points: u32,
        /// The inverse of the risk to be reached.
        goal: u32,
        /// The most steps.
        steps: u32,
    },
    /// Whether a run of 2304 steps certifies an average risk of at most 1/2, with `lambda = 24`.
    Certifies {
        /// The number of points in the cones; 4 is the square of exclusive or itself.
        points: u32,
    },
    /// Whether a run of 4096 steps on sixteen real images certifies an average risk of at most 1/2,
    /// with `lambda = 24`.
    CertifiesDigits,
    /// Whether the units at the start have at least half of the margin of the cones, at `points`
    /// points.
    Starts {
        /// The number of points.
        points: u32,
    },
    /// Whether the tangent kernel of a convolutional network with two layers is within a multiple
    /// of `1 / sqrt(channels)` of its limit, at two signals.
    Converges,
    /// Whether descent on all layers, the output layer counted, brings the risk on points in
    /// the cones down to `1 / goal`.
    Deep {
        /// The number `L` of layers.
        layers: u32,
        /// The number of points.
        points: u32,
        /// The inverse of the risk to be reached.
        goal: u32,
    },
    /// Whether the layers of such a network, and of one of a quarter of its width, move by the same
    /// multiple of `1 / sqrt(m)`, up to a factor of 3/2, on the way to the risk 1/10 at 8 points.
    Scales {
        /// The number `L` of layers.
        layers: u32,
    },
    /// The theorem at the width it asks for, on two points of the line.
    Whole,
}

/// A question, asked of several networks of one width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The question.
    pub question: Question,
    /// Hidden units, or channels; for [`Question::Whole`] as many as the theorem asks for.
    pub units: u32,
    /// How many networks are drawn; one for [`Question::Whole`].
    pub trials: u32,
    /// Whether a test decides about the count.
    pub is_tested: bool,
}

/// Some trials of a row: what one worker does in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The number of the row.
    pub row: usize,
    /// The trials.
    pub trials: Range<u32>,
}

/// Steps that a risk of `1 / goal` may take, over `goal`. The risk falls like 60 over the number of
/// steps. With a horizon of 60, seed 0 refused the row of 24 units and 8 points (94 of 200): some
/// runs need longer. Four times that was chosen on other seeds, by descent in doubles.
const HORIZON: u32 = 240;

/// The seed that decides. It was named after the horizon and before it was first run, because a
/// seed that has been looked at to choose the horizon cannot test it.
pub const DECIDING_SEED: u64 = 20_261_122;

/// The rows of the experiment; the whole theorem only in the long version.
pub fn rows(long: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut ask = |question, units, trials, is_tested| {
        rows.push(Row { question, units, trials, is_tested });
    };
    // Beside the exact laws.
    for (units, points) in [(4, 4), (9, 8), (16, 16), (16, 64)] {
        let family = Family::Orthonormal { positive: points / 2, negative: points / 2 };
        ask(Question::Covers { family }, units, 200, true);
    }
    for units in [4, 8, 16] {
        ask(Question::Covers { family: Family::XorSquare }, units, 200, true);
    }
    // At fixed margin.
    let learns = |points, goal| Question::Learns { points, goal, steps: HORIZON * goal };
    for (points, units) in [(8, 24), (2048, 32)] {
        ask(learns(points, 10), units, 200, true);
    }
    for units in [4, 8, 12] {
        for points in [8, 64, 512] {
            ask(learns(points, 10), units, 40, false);
        }
    }
    for goal in [5, 10, 20, 50, 100] {
        ask(learns(64, goal), 32, 20, false);
    }
    // With a certificate of their own.
    for units in [4, 16, 64, 256] {
        ask(Question::Certifies { points: 4 }, units, 24, false);
    }
    for (points, trials) in [(8, 12), (64, 12), (256, 6)] {
        for units in [16, 64] {
            ask(Question::Certifies { points }, units, trials, false);
        }
    }
    for (units, trials) in [(16, 12), (64, 6)] {
        ask(Question::CertifiesDigits, units, trials, false);
    }
    // Units at the start, and kernels, beside their limits.
    for points in [8, 64, 512, 4096] {
        for units in [16, 32, 64] {
            ask(Question::Starts { points }, units, 20, false);
        }
    }
    for units in [16, 64, 256] {
        ask(Question::Converges, units, 200, true);
    }
    // With every layer of a deep network trained.
    for layers in [2, 3, 4] {
        let deep = |points, goal| Question::Deep { layers, points, goal };
        ask(deep(8, 10), 32, 200, true);
        ask(deep(512, 10), 32, 20, false);
        ask(deep(8, 10), 8, 200, false);
        ask(deep(8, 5), 32, 200, false);
        ask(Question::Scales { layers }, 128, 200, true);
    }
    if long {
        ask(Question::Whole, at_theorem_width::units(), 1, false);
    }
    rows
}

/// The rows cut into parts of about the same work, the longest first.
pub fn parts(rows: &[Row]) -> Vec<Part> {
    let mut parts = Vec::new();
    for (row, asked) in rows.iter().enumerate() {
        let size = asked.together();
        for first in (0..asked.trials).step_by(size as usize) {
            parts.push(Part { row, trials: first..asked.trials.min(first + size) });
        }
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.work(rows)));
    parts
}

impl Part {
    /// About how many products its trials take, for rows of which it is a part.
    pub fn work(&self, rows: &[Row]) -> u64 {
        rows[self.row].work().saturating_mul(self.trials.len() as u64)
    }
}

impl Row {
    /// Trials that are done in one go.
    fn together(&self) -> u32 {
        u32::try_from(2_000_000_000 / self.work().max(1)).unwrap_or(u32::MAX).clamp(1, 50)
    }

    /// About how many products a trial takes.
    fn work(&self) -> u64 {
        let units = u64::from(self.units);
        // Values, errors and gradients, for about a hundred steps.
        let descent = |layers: u32, points: u32| {
            300 * u64::from(points) * units * (u64::from(layers - 2) * units + 3)
        };
        match self.question {
            Question::Covers { family } => {
                let points = u64::from(family.points());
                units * points * points * 200
            }
            Question::Learns { points, steps, .. } => u64::from(points) * units * u64::from(steps),
            Question::Certifies { points } => u64::from(points) * (units + 50) * 2304 * 16,
            Question::CertifiesDigits => 16 * (2 * units * 64 + 3000) * 4096,
            Question::Starts { points } => u64::from(points) * units * 500,
            Question::Converges => units * units * 100,
            Question::Deep { layers, points, .. } => descent(layers, points),
            Question::Scales { layers } => descent(layers, deep::COMPARED.0),
            Question::Whole => 1 << 40,
        }
    }
}
