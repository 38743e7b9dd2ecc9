//! The counts of a walk, and the limits on it.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

/// Numbers of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub cells: u64,
    /// Those on which no form of the cascade vanishes identically.
    pub strict: u64,
}

/// Limits on a walk.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// Stop when this many cells were found.
    pub limit: u64,
    /// Stop when this becomes true.
    pub stop: Option<&'a AtomicBool>,
}

impl Progress<'_> {
    /// Never stop.
    pub const UNBOUNDED: Progress<'static> = Progress { limit: u64::MAX, stop: None };
}

impl Tally {
    /// Adds `cells` cells on which `zeros` forms vanish; breaks when a limit is reached.
    pub(super) fn add(
        &mut self,
        cells: u64,
        zeros: u32,
        progress: Progress<'_>,
    ) -> ControlFlow<()> {
        self.cells += cells;
        if zeros == 0 {
            self.strict += cells;
        }
        let stopped = progress.stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
        match self.cells >= progress.limit || stopped {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }
}
