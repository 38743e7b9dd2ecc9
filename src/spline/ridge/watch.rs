//! Whoever asks may stop the work.

use super::fit::FitError;

/// Counts steps, and asks now and then whether to go on.
pub(super) struct Watch<'a> {
    go_on: &'a mut dyn FnMut(usize) -> bool,
    steps: usize,
}

impl<'a> Watch<'a> {
    /// `go_on` is asked with the number of steps so far.
    pub fn new(go_on: &'a mut dyn FnMut(usize) -> bool) -> Self {
        Self { go_on, steps: 0 }
    }

    /// Errors: the answer is no.
    pub fn check(&mut self) -> Result<(), FitError> {
        if (self.go_on)(self.steps) { Ok(()) } else { Err(self.stopped()) }
    }

    /// One step more. Errors: as [`Self::check`].
    pub fn step(&mut self) -> Result<(), FitError> {
        self.steps += 1;
        self.check()
    }

    /// The error of work that ends here.
    pub fn stopped(&self) -> FitError {
        FitError::Stopped { steps: self.steps }
    }
}
