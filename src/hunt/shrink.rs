//! Simpler cases that keep a property.

use super::moves::{Resize, resize};
use super::tree::{Node, Place};
use crate::claim::{EMPTY, Size};
use crate::exact::Rational;

/// The simplest case that at most `limit` questions reach while it keeps what it has to keep.
pub fn simplified(mut case: Node, limit: u32, mut keeps: impl FnMut(&str) -> bool) -> Node {
    let mut left = limit;
    let mut try_one = |case: &mut Node, simpler: Node| {
        let (old, new) = (case.write(), simpler.write());
        let asked = left > 0 && Size::of(&new) < Size::of(&old);
        left -= u32::from(asked);
        let kept = asked && keeps(&new);
        if kept {
            *case = simpler;
        }
        kept
    };
    loop {
        let mut moved = false;
        let mut at = 0;
        // A case that changes has other places: the count goes on among them.
        while let Some(place) = case.places(|node| node.number().is_some() || is_list(node)).get(at)
        {
            match simpler(&case, place).into_iter().any(|other| try_one(&mut case, other)) {
                true => moved = true,
                false => at += 1,
            }
        }
        if !moved {
            return case;
        }
    }
}

fn is_list(node: &Node) -> bool {
    matches!(node, Node::List(all) if !all.is_empty())
}

/// Cases that are simpler at this place, the simplest first.
fn simpler(case: &Node, place: &Place) -> Vec<Node> {
    let Some(node) = case.at(&place.path) else { return Vec::new() };
    if let Some(x) = node.number() {
        let half = (&x * Rational::new(1, 2)).floor();
        let nearer = if x.is_negative() { &x + Rational::ONE } else { &x - Rational::ONE };
        let others = [Rational::ZERO, Rational::ONE, x.abs(), half, x.floor(), nearer];
        return others.into_iter().filter_map(|to| replaced(case, place, &x, to)).collect();
    }
    let length = node.children().len();
    let with = |all: bool, at: usize| {
        let mut other = case.clone();
        match (all, other.at_mut(&place.path)) {
            (false, Some(Node::List(list))) => drop(list.remove(at)),
            _ => {
                let root = &mut Place { path: Vec::new(), kind: EMPTY };
                resize(&mut other, root, &Resize { length, at, grows: false }, &mut |_| true);
            }
        }
        other
    };
    (0..length.min(MOST)).flat_map(|at| [with(true, at), with(false, at)]).collect()
}

/// Elements of one list whose removal is tried.
const MOST: usize = 12;

/// The case with another number at a place; `None` if it is the same, or cannot stand there.
fn replaced(case: &Node, place: &Place, old: &Rational, to: Rational) -> Option<Node> {
    if to == *old {
        return None;
    }
    let mut other = case.clone();
    other.at_mut(&place.path)?.set(to)?;
    Some(other)
}
