//! Counting by linear programs, for cells with too many vertices for the double description.

use super::Domain;
use crate::exact::lp::{Basis, System};
use crate::geometry::arrangement::Form;
use crate::geometry::double_description::Tally;
use crate::net::branch_walk::walk;
use crate::net::{Circuit, Network};
use std::io::{Error, ErrorKind};
use std::ops::ControlFlow;

/// The most sides of a box whose corners are kept. Measured: from nine on, a deep network on it is
/// counted sooner by linear programs.
const FEW_SIDES: usize = 8;

impl Domain {
    /// Whether cells have so many corners here that [`super::Engine::Descent`] counts them sooner
    /// than [`super::Engine::Mesh`]: a box with more than eight sides.
    pub fn has_many_corners(&self) -> bool {
        matches!(self, Self::Box(sides) if sides.lo().len() > FEW_SIDES)
    }
}

impl Network {
    /// The proper activation regions found by [`super::Engine::Descent`] until `go_on` breaks, and
    /// whether the walk was complete. `go_on` receives the number of regions at each of them.
    ///
    /// Cost: one exact linear program for each branch that no known point lies in; each begins at
    /// the basis where the previous one ended. Memory: one path. Panics if the domain
    /// belongs to inputs of another dimension.
    pub fn descend(
        &self,
        domain: &Domain,
        mut go_on: impl FnMut(u64) -> ControlFlow<()>,
    ) -> (Tally, bool) {
        let circuit = Circuit::new(self);
        let mut system = System::new(circuit.inputs);
        let (mut asked, mut basis) = (Vec::<Form>::new(), Basis::default());
        let mut decide = |rows: &[Form]| {
            let same = rows.iter().zip(&asked).take_while(|(row, asked)| row == asked).count();
            system.truncate(same);
            asked.truncate(same);
            for row in &rows[same..] {
                system.below(row.coefficients.iter().map(|c| -c).collect(), row.constant.clone());
                asked.push(row.clone());
            }
            system.feasible_from(&mut basis)
        };
        let inside = domain.forms(circuit.inputs).into_iter().map(|form| form.primitive());
        let mut cells = 0;
        let (tally, ended) = walk(&circuit, inside.collect(), &mut decide, &mut |node| {
            if !node.is_cell() {
                return Ok(());
            }
            cells += 1;
            match go_on(cells) {
                ControlFlow::Continue(()) => Ok(()),
                ControlFlow::Break(()) => Err(Error::from(ErrorKind::Interrupted)),
            }
        });
        let stopped = ended.is_err_and(|error| error.kind() == ErrorKind::Interrupted);
        (tally, !stopped)
    }
}
