//! Certificates of region counts: the statement, and the split tree as its evidence.

mod mesh_tree;
mod node_text;
mod pieces;

pub use pieces::{PART, Pieces};

use crate::engines::Engine;
use crate::engines::arrangement;
use crate::engines::branch_walk::walk;
use crate::engines::descent::has_many_corners;
use crate::engines::split_tree::Node;
use crate::exact::Rational;
use crate::geometry::Form;
use crate::geometry::double_description::Tally;
use crate::net::regions::{Cells, Domain};
use crate::net::{Activation, Circuit, InputBox, Network, Value};
use mesh_tree::{MeshTree, Section};
use node_text::write_node;
use std::cell::RefCell;
use std::io::{self, Write};

/// What a certificate of a count proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The number of regions is exactly the one stated.
    Exact,
    /// The number is at least the one stated; a theorem may say that there are no more. Nothing is
    /// refuted.
    AtLeast,
}

/// The engine that [`certify_regions`] walks with: the double description where every value has one
/// breakpoint and the cells have few corners, linear programs elsewhere.
pub fn engine_of(network: &Network, domain: &Domain) -> Engine {
    let has_one_breakpoint = Circuit::new(network).values.iter().all(|value| match value {
        Value::Sum(_) => true,
        Value::Bend(_, activation) => activation.breakpoints().len() == 1,
        Value::Max(_) => false,
    });
    let by_corners = has_one_breakpoint && !has_many_corners(domain);
    if by_corners { Engine::Mesh } else { Engine::Descent }
}

/// Writes a certificate of the number of proper activation regions, as evidence for `claim`.
///
/// [`engine_of`] says how; without the double description [`write_certificate`] writes it. Cost:
/// two walks, and for each branch that does not occur a solve or a small linear program that
/// refutes it. Memory: one path. Errors: those of `out`, and a box without an interior.
pub fn certify_regions(
    network: &Network,
    sides: Option<&InputBox>,
    bound: Bound,
    claim: &str,
    out: &mut dyn Write,
) -> io::Result<Tally> {
    let domain = sides.map_or(Domain::Whole, |sides| Domain::Box(sides.clone()));
    let has_interior =
        sides.is_none_or(|sides| sides.lo().iter().zip(sides.hi()).all(|(l, h)| l < h));
    if !has_interior || engine_of(network, &domain) == Engine::Descent {
        return write_certificate(network, sides, bound, claim, out);
    }
    let cells = Cells::in_inputs(network, &domain);
    let counts = cells.tally();
    write_head(&Circuit::new(network), sides, bound, claim, counts, out)?;
    let tree = MeshTree { bound, section: Section::Whole, out: RefCell::new(&mut *out) };
    let found = cells.ask(tree)?;
    if found != counts {
        let what = format!("{counts:?} were counted, the tree has {found:?}");
        return Err(io::Error::other(what));
    }
    out.write_all(b"end\n")?;
    Ok(counts)
}

/// Writes a certificate of the number of activation regions of a network, in the whole space or in
/// the interior of a box, as evidence for `claim`.
///
/// The tree is walked twice, since its counts stand before it. Cost: that of [`walk`], twice.
/// Errors: those of `out`, and a box without an interior.
pub fn write_certificate(
    network: &Network,
    domain: Option<&InputBox>,
    bound: Bound,
    claim: &str,
    out: &mut dyn Write,
) -> io::Result<Tally> {
    let circuit = Circuit::new(network);
    let dimension = circuit.inputs;
    let mut decide = |rows: &[Form]| arrangement::cell(dimension, rows, &vec![true; rows.len()]);
    let inside = || {
        let domain = domain.map_or(Domain::Whole, |sides| Domain::Box(sides.clone()));
        domain.forms(dimension).iter().map(Form::primitive).collect()
    };
    let (counts, ended) = walk(&circuit, inside(), &mut decide, &mut |_| Ok(()));
    ended?;
    write_head(&circuit, domain, bound, claim, counts, out)?;
    let (_, ended) = walk(&circuit, inside(), &mut decide, &mut |node| match (bound, node) {
        (Bound::AtLeast, Node::Keeps(branches)) => {
            let bare = branches.iter().map(|branch| branch.as_ref().map(|_| Vec::new()));
            write_node(&Node::Keeps(&bare.collect::<Vec<_>>()), out)
        }
        (_, node) => write_node(&node, out),
    });
    ended?;
    out.write_all(b"end\n")?;
    Ok(counts)
}

/// Writes everything before the tree. After the tree belongs a line `end`.
pub fn write_head(
    circuit: &Circuit,
    domain: Option<&InputBox>,
    bound: Bound,
    claim: &str,
    counts: Tally,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_statement(circuit, domain, bound, claim, out)?;
    write_counts(counts, out)
}

/// Writes the lines before the counts.
fn write_statement(
    circuit: &Circuit,
    domain: Option<&InputBox>,
    bound: Bound,
    claim: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let kind = match bound {
        Bound::Exact => "regions",
        Bound::AtLeast => "regions-at-least",
    };
    writeln!(out, "certificate 1 {kind}\nclaim {claim}")?;
    write_circuit(circuit, domain, out)
}

fn write_counts(counts: Tally, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "regions {}\nstrict {}\nproof", counts.cells, counts.strict)
}

/// Writes the lines that state the circuit, and the box if there is one.
pub fn write_circuit(
    circuit: &Circuit,
    domain: Option<&InputBox>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "input {}", circuit.inputs)?;
    if let Some(domain) = domain {
        let sides = domain.lo().iter().zip(domain.hi());
        sides.into_iter().try_for_each(|(lo, hi)| writeln!(out, "range {lo} {hi}"))?;
    }
    for value in &circuit.values {
        write_value(value, out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes the words that state a value.
pub fn write_value(value: &Value, out: &mut dyn Write) -> io::Result<()> {
    match value {
        Value::Sum(terms) => {
            out.write_all(b"sum")?;
            terms.iter().try_for_each(|(i, weight)| write!(out, " {i}:{weight}"))
        }
        Value::Bend(source, activation) if *activation == Activation::relu() => {
            write!(out, "relu {source}")
        }
        Value::Bend(source, activation) => {
            let (at_zero, pieces) = (activation.eval(&Rational::ZERO), activation.pieces());
            write!(out, "bend {source} {at_zero} {}", pieces[0].0)?;
            let rest = activation.breakpoints().iter().zip(&pieces[1..]);
            rest.into_iter().try_for_each(|(b, (slope, _))| write!(out, " {b} {slope}"))
        }
        Value::Max(sources) => {
            out.write_all(b"max")?;
            sources.iter().try_for_each(|i| write!(out, " {i}"))
        }
    }
}
