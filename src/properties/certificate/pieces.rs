//! A certificate of a count in pieces: the tree above some parts, and the tree of each part, which
//! several machines may write. Put together they are the certificate that one would write.

use super::mesh_tree::{MeshTree, Section};
use super::{Bound, engine_of, write_counts, write_statement};
use crate::engines::Engine;
use crate::geometry::double_description::Tally;
use crate::net::regions::{Cells, Domain, Notion};
use crate::net::{Circuit, InputBox, Network};
use std::cell::RefCell;
use std::io::{self, BufRead, Write};
use std::sync::atomic::AtomicBool;

/// The line of the upper tree in whose place the tree of a part belongs.
pub const PART: &str = "@";

/// What the pieces of one certificate are made from.
pub struct Pieces {
    circuit: Circuit,
    sides: Option<InputBox>,
    bound: Bound,
    cells: Cells,
}

impl Pieces {
    /// The pieces of the certificate of a count; `None` where the double description is not what
    /// [`certify_regions`](super::certify_regions) walks with.
    pub fn new(network: &Network, sides: Option<&InputBox>, bound: Bound) -> Option<Self> {
        let domain = sides.map_or(Domain::Whole, |sides| Domain::Box(sides.clone()));
        if engine_of(network, &domain) == Engine::Descent {
            return None;
        }
        let (circuit, sides) = (Circuit::new(network), sides.cloned());
        Some(Self { circuit, sides, bound, cells: Cells::in_inputs(network, &domain) })
    }

    /// Beginnings of choices that cut the tree into parts, as [`Cells::parts`].
    pub fn parts(&self, least: u64, stop: &AtomicBool) -> Option<Vec<Vec<u32>>> {
        self.cells.parts(Notion::R2, least, stop)
    }

    /// Writes what the certificate states, up to the counts.
    pub fn statement(&self, claim: &str, out: &mut dyn Write) -> io::Result<()> {
        write_statement(&self.circuit, self.sides.as_ref(), self.bound, claim, out)
    }

    /// Writes the tree above parts that begin with so many choices, with a line [`PART`] for each,
    /// in their order.
    pub fn above(&self, choices: usize, out: &mut dyn Write) -> io::Result<()> {
        let (bound, section) = (self.bound, Section::Above(choices));
        self.cells.ask(MeshTree { bound, section, out: RefCell::new(out) }).map(drop)
    }

    /// Writes the tree of a part, and returns its cells.
    pub fn part(&self, prefix: &[u32], out: &mut dyn Write) -> io::Result<Tally> {
        let (bound, section) = (self.bound, Section::Below(prefix));
        self.cells.ask(MeshTree { bound, section, out: RefCell::new(out) })
    }

    /// Puts the certificate together: the statement, the counts of all parts, the tree above them,
    /// and their trees in order. Errors: those of `out`, and an upper tree of other parts.
    pub fn join<'a>(
        statement: &str,
        counts: Tally,
        above: &str,
        parts: impl IntoIterator<Item = &'a str>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        out.write_all(statement.as_bytes())?;
        write_counts(counts, out)?;
        let mut parts = parts.into_iter();
        for line in above.as_bytes().lines() {
            let line = line?;
            let tree = if line == PART { parts.next() } else { None };
            match tree {
                Some(tree) => out.write_all(tree.as_bytes())?,
                None if line == PART => return Err(io::Error::other("a part is missing")),
                None => writeln!(out, "{line}")?,
            }
        }
        match parts.next() {
            Some(_) => Err(io::Error::other("a part more than the tree above has")),
            None => out.write_all(b"end\n"),
        }
    }
}
