//! Moves: from one case to a neighbour, whatever the cases are about.
//!
//! A move changes numbers, lists and equalities. It knows no conditions: a claim refuses what is no
//! case of it. Most theorems fail at coincidences, so most moves make two things equal, parallel,
//! zero or opposite; the others make a case larger or smaller.

use super::tree::{Node, Place};
use crate::claim::Chance;
use crate::exact::Rational;
use std::collections::BTreeMap;

/// Changes a case, perhaps by parts of another one; `None` if there is nothing to change.
pub type Move = fn(&mut Node, &Node, &mut Chance) -> Option<()>;

/// Every move.
pub const MOVES: &[Move] = &[
    number, number, everywhere, copied, combined, taken, word, grown, grown, shrunk, list, list,
    rows, rows, columns, exchanged,
];

/// A place, half of the time of a kind that is drawn first: a size is as likely as all weights.
fn pick(case: &Node, wanted: impl Fn(&Node) -> bool, chance: &mut Chance) -> Option<Place> {
    let mut places = case.places(wanted);
    if chance.one_in(2) {
        let mut kinds: Vec<_> = places.iter().map(|place| place.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let kind = *kinds.get(chance.below(kinds.len().max(1)))?;
        places.retain(|place| place.kind == kind);
    }
    (!places.is_empty()).then(|| places.swap_remove(chance.below(places.len())))
}

/// A factor: a sign, zero, a power of two, or a small fraction.
fn factor(chance: &mut Chance) -> Rational {
    match chance.below(8) {
        0 | 1 => -Rational::ONE,
        2 => Rational::ZERO,
        3 => power_of_two(chance),
        4 => fraction(chance),
        5 => Rational::new(1, 2),
        _ => Rational::integer(2),
    }
}

/// Mostly between `1/16` and 256, sometimes far out.
fn power_of_two(chance: &mut Chance) -> Rational {
    let exponent = match chance.one_in(4) {
        true => chance.below(105) as i32 - 40,
        false => chance.below(13) as i32 - 4,
    };
    Rational::integer(2).pow(exponent)
}

fn fraction(chance: &mut Chance) -> Rational {
    let denominator = [1, 1, 1, 2, 3, 4][chance.below(6)];
    Rational::new(chance.below(19) as i64 - 9, denominator)
}

/// Another number near to this one, or one that often matters.
fn changed(x: &Rational, chance: &mut Chance) -> Rational {
    match chance.below(12) {
        0 | 1 => x + Rational::ONE,
        2 | 3 => x - Rational::ONE,
        4 => Rational::ZERO,
        5 => Rational::ONE,
        6 => fraction(chance),
        7 => power_of_two(chance),
        8 => -power_of_two(chance),
        9 => x + power_of_two(chance).recip() * Rational::integer(1 - 2 * chance.below(2) as i64),
        _ => x * factor(chance),
    }
}

/// One number.
fn number(case: &mut Node, _: &Node, chance: &mut Chance) -> Option<()> {
    let place = pick(case, Node::is_number, chance)?;
    let node = case.at_mut(&place.path)?;
    let to = changed(&node.number()?, chance);
    node.set(to)
}

/// Every number that equals one of them.
fn everywhere(case: &mut Node, _: &Node, chance: &mut Chance) -> Option<()> {
    let old = case.at(&pick(case, Node::is_number, chance)?.path)?.number()?;
    let new = changed(&old, chance);
    case.map(&mut |x| if *x == old { new.clone() } else { x.clone() })
}

/// One number becomes another one of the case.
fn copied(case: &mut Node, _: &Node, chance: &mut Chance) -> Option<()> {
    let (to, from) = two_numbers(case, chance)?;
    case.at_mut(&to.path)?.set(from)
}

/// One number and another one of the case are added or subtracted.
fn combined(case: &mut Node, _: &Node, chance: &mut Chance) -> Option<()> {
    let (to, from) = two_numbers(case, chance)?;
    let node = case.at_mut(&to.path)?;
    let sum = node.number()? + from * Rational::integer(1 - 2 * chance.below(2) as i64);
    node.set(sum)
}

fn two_numbers(case: &Node, chance: &mut Chance) -> Option<(Place, Rational)> {
    let to = pick(case, Node::is_number, chance)?;
    let mut others = case.places(Node::is_number);
    if !chance.one_in(4) {
        others.retain(|other| other.kind == to.kind);
    }
    let from = &others[chance.below(others.len())];
    Some((to, case.at(&from.path)?.number()?))
}

/// A part of another case takes the place of its like.
fn taken(case: &mut Node, other: &Node, chance: &mut Chance) -> Option<()> {
    let place = pick(case, |_| true, chance)?;
    let mut alike = other.places(|_| true);
    alike.retain(|like| like.kind == place.kind);
    let from = alike.get(chance.below(alike.len().max(1)))?;
    *case.at_mut(&place.path)? = other.at(&from.path)?.clone();
    Some(())
}

/// A truth value is turned around, or a word becomes another one of its kind.
fn word(case: &mut Node, other: &Node, chance: &mut Chance) -> Option<()> {
    let is_word = |node: &Node| matches!(node, Node::Word(_));
    let place = pick(case, is_word, chance)?;
    let Node::Word(value) = case.at(&place.path)? else { return None };
    let to = match value.as_bool() {
        Some(truth) => Node::Word((!truth).into()),
        None => {
            let mut alike = other.places(is_word);
            alike.retain(|like| like.kind == place.kind);
            other.at(&alike.get(chance.below(alike.len().max(1)))?.path)?.clone()
        }
    };
    *case.at_mut(&place.path)? = to;
    Some(())
}

/// Lists of one length, and sizes that equal it, grow together by one.
fn grown(case: &mut Node, _: &Node, chance: &mut Chance) -> Option<()> {
    resized(case, true, chance)
}

/// Lists of one length, and sizes that equal it, lose one together.
fn shrunk(case: &mut Node, _: &Node, chance: &mut Chance) -> Option<()> {
    resized(case, false, chance)
}

/// Half of the time all of that length, else some kinds of them.
fn resized(case: &mut Node, grows: bool, chance: &mut Chance) -> Option<()> {
    let is_list = |node: &Node| matches!(node, Node::List(all) if !all.is_empty());
    let place = pick(case, is_list, chance)?;
    let length = case.at(&place.path)?.children().len();
    let (all, at) = (chance.one_in(2), chance.below(length));
    let mut chosen = BTreeMap::from([(place.kind, true)]);
    let mut include = |kind| all || *chosen.entry(kind).or_insert_with(|| !chance.one_in(3));
    resize(
        case,
        &mut Place { path: Vec::new(), kind: crate::claim::EMPTY },
        &Resize { length, at, grows },
        &mut include,
    );
    Some(())
}

/// A change of one length, everywhere it occurs.
pub struct Resize {
    /// The length.
    pub length: usize,
    /// The element that is doubled or removed.
    pub at: usize,
    /// Whether it is doubled.
    pub grows: bool,
}

/// Changes the lists of this length, and the whole numbers equal to it, of the included kinds.
pub fn resize(
    node: &mut Node,
    place: &mut Place,
    change: &Resize,
    include: &mut impl FnMut(u64) -> bool,
) {
    let kind = place.kind;
    let below = |name: &str| crate::claim::digest(kind, name.bytes().chain([0]));
    match node {
        Node::Integer(n) if *n == change.length as i64 && include(kind) => {
            *n += if change.grows { 1 } else { -1 };
        }
        Node::List(all) => {
            place.kind = below("");
            all.iter_mut().for_each(|node| resize(node, place, change, include));
            if all.len() == change.length && include(kind) {
                match change.grows {
                    true => all.insert(change.at, all[change.at].clone()),
                    false => drop(all.remove(change.at)),
                }
            }
        }
        Node::Record(all) => {
            for (name, node) in all {
                place.kind = below(name);
                resize(node, place, change, include);
            }
        }
        Node::Quoted(inner) => {
            place.kind = below("");
            resize(inner, place, change, include);
        }
        _ => {}
    }
    place.kind = kind;
}

/// One list as a whole.
fn list(case: &mut Node, _: &Node, chance: &mut Chance) -> Option<()> {
    let place = pick(case, |node| matches!(node, Node::List(_)), chance)?;
    let node = case.at_mut(&place.path)?;
    if chance.one_in(4) {
        let factor = factor(chance);
        return node.map(&mut |x| x * &factor);
    }
    let Node::List(all) = node else { return None };
    let length = all.len();
    let at = (length > 0).then(|| chance.below(length))?;
    match chance.below(6) {
        0 => all.insert(at, all[at].clone()),
        1 => drop(all.remove(at)),
        2 => all.swap(at, chance.below(length)),
        3 => all.reverse(),
        4 => all.rotate_left(at),
        _ => *all = vec![all[at].clone(); length],
    }
    Some(())
}

/// Two elements of a list change places, as in an order. Not those of a pair, which often is a
/// height and a width, and what a case costs may depend on which is which.
fn exchanged(case: &mut Node, _: &Node, chance: &mut Chance) -> Option<()> {
    let place = pick(case, |node| matches!(node, Node::List(all) if all.len() > 2), chance)?;
    let Node::List(all) = case.at_mut(&place.path)? else { return None };
    let (a, b) = (chance.below(all.len()), chance.below(all.len()));
    all.swap(a, b);
    Some(())
}

/// One element of a list, by another one.
fn rows(case: &mut Node, _: &Node, chance: &mut Chance) -> Option<()> {
    let place = pick(case, |node| matches!(node, Node::List(all) if all.len() > 1), chance)?;
    let Node::List(all) = case.at_mut(&place.path)? else { return None };
    let (to, from, factor) = (chance.below(all.len()), chance.below(all.len()), factor(chance));
    match chance.below(4) {
        0 => all[to] = all[from].clone(),
        1 => all[to].map(&mut |x| x * &factor)?,
        2 => {
            all[to] = all[from].clone();
            all[to].map(&mut |x| x * &factor)?;
        }
        _ => {
            let numbers = all[from].numbers();
            let mut numbers = numbers.iter();
            all[to].map(&mut |x| match numbers.next() {
                Some(y) => x + y * &factor,
                None => x.clone(),
            })?;
        }
    }
    Some(())
}

/// One column of a list of rows, by another one.
fn columns(case: &mut Node, _: &Node, chance: &mut Chance) -> Option<()> {
    let width = |node: &Node| match node {
        Node::List(rows) if rows.len() > 1 => rows.iter().map(|row| row.children().len()).min(),
        _ => None,
    };
    let place = pick(case, |node| width(node).is_some_and(|width| width > 1), chance)?;
    let node = case.at_mut(&place.path)?;
    let width = width(node)?;
    let (to, from, swaps) = (chance.below(width), chance.below(width), chance.one_in(3));
    let factor = factor(chance);
    let Node::List(rows) = node else { return None };
    for row in rows {
        let Node::List(row) = row else { return None };
        if swaps {
            row.swap(to, from);
        } else {
            row[to] = row[from].clone();
            row[to].map(&mut |x| x * &factor)?;
        }
    }
    Some(())
}

/// The choices that a generator is led by: a stratum, a seed, and steps of simplification or back.
pub type Choices = (usize, u64, Vec<bool>);

/// The most steps of one case.
const MOST: usize = 256;

/// Other choices near to these: some steps more, fewer, or turned around, or another seed.
pub fn choices((stratum, mut seed, mut steps): Choices, chance: &mut Chance) -> Choices {
    let at = chance.below(steps.len() + 1);
    match chance.below(5) {
        0 => steps.truncate(at),
        1 => seed = chance.bits(),
        2 => steps.iter_mut().skip(at).take(1).for_each(|step| *step = !*step),
        _ => {
            let more = 1 << chance.below(6);
            steps.extend((0..more).map(|_| !chance.one_in(4)));
            steps.truncate(MOST);
        }
    }
    (stratum, seed, steps)
}
