//! The population: of cases that look alike the tightest, so that cases that look new are kept.

use super::moves::Choices;
use super::tree::{Node, Place};
use crate::claim::{Chance, EMPTY, Finding, digest};
use crate::exact::Rational;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How tight a case is: [`Finding::tightness`].
pub type Tightness = Option<(Rational, Rational)>;

/// A case that a claim was asked of.
#[derive(Clone, Debug)]
pub struct Member {
    /// The case.
    pub case: Arc<Node>,
    /// Both sides of the conclusion.
    pub finding: Finding,
    /// How tight it is.
    pub tightness: Tightness,
    /// The choices that made it, if it was made of choices.
    pub choices: Option<Choices>,
    /// What it took to ask, in microseconds; 0 where nobody looks at a clock.
    pub cost: u64,
    /// How often it was a parent, and what that took.
    pub used: u64,
}

/// What tells cases apart: sizes, coincidences, both sides of the conclusion; all of it rough, but
/// the numbers themselves where they are few.
type Look = [i64; 9];
/// So few numbers are told apart one by one.
const FEW: usize = 3;
/// As long as there are fewer kinds of cases.
const KINDS: usize = 4096;

/// The cases that are kept.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    members: Vec<Member>,
    looks: BTreeMap<Look, usize>,
}

impl Archive {
    /// Keeps a case if it looks new, or is at least as tight as the one that looks alike.
    pub fn offer(&mut self, member: Member) -> bool {
        let mut look = look(&member);
        if self.members.len() >= KINDS {
            look[8] = 0;
        }
        let Some(&index) = self.looks.get(&look) else {
            self.looks.insert(look, self.members.len());
            self.members.push(member);
            return true;
        };
        let old = &mut self.members[index];
        let is_tighter = member.tightness < old.tightness;
        if is_tighter || member.tightness == old.tightness {
            *old = Member { used: if is_tighter { 0 } else { old.used }, ..member };
        }
        is_tighter
    }

    /// How many cases look different.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// A parent: of two, the less used one, or the tighter one. Panics without any.
    pub fn parent(&mut self, chance: &mut Chance) -> &Member {
        let two = [(); 2].map(|()| chance.below(self.members.len()));
        let [a, b] = two.map(|index| &self.members[index]);
        let second = match chance.one_in(2) {
            true => b.used < a.used,
            false => b.tightness < a.tightness,
        };
        let member = &mut self.members[two[usize::from(second)]];
        member.used += 1 + member.cost / 2000;
        member
    }

    /// Any case. Panics without any.
    pub fn any(&self, chance: &mut Chance) -> &Member {
        &self.members[chance.below(self.members.len())]
    }
}

/// Twice the logarithm to base two, rounded down.
fn rough(n: usize) -> i64 {
    match n {
        0 => -1,
        _ => 2 * i64::from(n.ilog2()) + i64::from(n.ilog2() > 0 && n >> (n.ilog2() - 1) & 1 == 1),
    }
}

fn look(member: &Member) -> Look {
    let Member { case, finding, tightness, .. } = member;
    let mut numbers = case.numbers();
    let bits = numbers.iter().map(Rational::bits).max().unwrap_or(0) as i64;
    let (count, zeros) = (numbers.len(), numbers.iter().filter(|x| x.is_zero()).count());
    let text = || numbers.iter().flat_map(|x| format!("{x} ").into_bytes());
    let few = if count <= FEW { digest(EMPTY, text()) as i64 } else { 0 };
    numbers.sort_unstable();
    numbers.dedup();
    let mut ties = 0;
    case.walk(&mut Place { path: Vec::new(), kind: EMPTY }, &mut |node, _| {
        if let Node::List(rows) = node {
            let is_row = |row: &Node| matches!(row, Node::List(_) | Node::Record(_));
            let mut others = rows.iter().enumerate().take(32).filter(|(_, row)| is_row(row));
            ties += usize::from(others.any(|(i, row)| rows[..i].contains(row)));
        }
    });
    let sizes: i64 =
        case.sizes().values().fold(0i64, |sum, (_, n)| sum.saturating_add(n.saturating_abs()));
    let found = &finding.found;
    let magnitude = if found.is_integer() { 0 } else { 64 } + found.bits().min(63) as i64 / 2;
    let tight = tightness.as_ref().map_or(4, |(share, _)| {
        let below = |n| *share <= Rational::new(1, n);
        if share.is_zero() { 0 } else { 3 - i64::from(below(4)) - i64::from(below(16)) }
    });
    [
        rough(usize::try_from(sizes).unwrap_or(usize::MAX)),
        rough(count),
        rough(numbers.len()) / 2,
        [0, 1, 2][usize::from(zeros > 0) + usize::from(2 * zeros >= count)],
        ties.min(2) as i64,
        magnitude * i64::from(found.signum()),
        tight,
        bits / 8,
        few,
    ]
}
