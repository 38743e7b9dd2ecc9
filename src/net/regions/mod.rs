//! Linear regions of networks: which notion, where, and how many.

mod domain;
mod entry;
mod program;

pub use domain::Domain;

use super::Network;
use crate::exact::Rational;
use crate::geometry::mesh::{Explorer, Tally};
use program::Program;

impl Network {
    /// Cells by their activation patterns.
    pub fn tally(&self, domain: &Domain) -> Tally {
        let program = Program::<i128>::new(self, domain);
        if program.bits <= 120 {
            Explorer::new(&program).count().0
        } else {
            Explorer::new(&Program::<Rational>::new(self, domain)).count().0
        }
    }
}
