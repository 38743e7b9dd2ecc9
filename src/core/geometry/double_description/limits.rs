//! What a walk has found, and when it stops.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many cells were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub cells: u64,
    /// Those on which no form of the cascade vanishes identically.
    pub strict: u64,
}

/// What a walk that was asked to stop is told by.
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
    /// Counts cells on which so many forms vanish; says whether to go on.
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
