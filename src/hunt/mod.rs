//! The hunt for a case that breaks a conclusion, for any claim: search instead of luck.
//!
//! The slack of the conclusion is the compass, the hypotheses are constraints, and the generator
//! says what cases are like. An *island* is a search by itself: it draws cases, changes the choices
//! that lead the generator, and changes cases as data (`moves.rs`). It accepts what is not looser
//! than what it accepted some steps ago (late acceptance, an annealing without a temperature: Burke
//! and Bykov 2008), begins anew where it gets stuck, and keeps of all cases that look alike the
//! tightest, so that cases that look new are parents, too. Equalities and yes/no conclusions have
//! no slack: for them what looks new is all there is to go by.
//!
//! An island that only its steps bound is a function of its seed and its number.

mod archive;
mod moves;
mod shrink;
mod tree;

use crate::claim::{AnyClaim, Ask, Chance, Finding, Target, digest};
use archive::{Archive, Member, Tightness};
use moves::{Choices, MOVES};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tree::{Node, Sizes};

/// Cases that are drawn before any is changed.
const WARM_UP: u64 = 32;
/// Steps that acceptance looks back.
const LATE: usize = 16;
/// Steps without a tighter case after which the walk begins anew.
const STUCK: u32 = 64;
/// Cheap: asked within this time, in microseconds.
const CHEAP: u64 = 5_000;
/// Bits of a number, at most, unless a drawn case has more.
const BITS: u64 = 128;
/// Numbers of a case, at most, unless a drawn case has more.
const NUMBERS: usize = 2048;
/// Tries of one way after which half of what is known about it is forgotten.
const FORGET: u32 = 400;
/// Questions that simplify one case.
const SIMPLIFY: u32 = 2_000;

/// How much a part of a hunt may do.
pub struct Limits<'a> {
    /// Steps.
    pub steps: u64,
    /// Without a clock a changed case is at most so many steps away in size from a drawn one: an
    /// element more in a list, a whole number more or less. What it costs may double at each.
    pub growth: i64,
    /// Asked before every step; `true` ends the part.
    pub stop: &'a dyn Fn() -> bool,
    /// Microseconds since some time. Where there is a clock, cheap cases may grow on and on, and
    /// the same seed need not find the same.
    pub clock: Option<&'a dyn Fn() -> u64>,
}

/// A case that was found, and when.
#[derive(Clone, Debug)]
pub struct Found {
    /// The case, as TOML.
    pub case: String,
    /// Both sides of the conclusion.
    pub finding: Finding,
    /// The island that found it.
    pub island: u64,
    /// The step of the island at which it came.
    pub step: u64,
}

/// What was found so far.
#[derive(Clone, Debug, Default)]
pub struct Finds {
    /// Steps done.
    pub steps: u64,
    /// Cases that met the hypotheses and decided something.
    pub met: u64,
    /// Cases that look different.
    pub kept: usize,
    /// The tightest case; `None` also for equalities.
    pub tightest: Option<Found>,
    /// A counterexample, simplified.
    pub counterexample: Option<Found>,
    /// The case at which the claim panicked first.
    pub panicked: Option<String>,
}

/// One search, and what it has found.
#[derive(Clone, Debug)]
pub struct Island {
    seed: u64,
    chance: Chance,
    archive: Archive,
    walker: Option<Member>,
    late: Vec<Tightness>,
    stuck: u32,
    /// Sizes of drawn cases.
    drawn: Vec<Sizes>,
    largest: (u64, usize),
    /// How often each way to a case was tried, and how often that made one that was kept.
    credit: Vec<(u32, u32)>,
    /// What it has found.
    pub finds: Finds,
}

/// A case that nobody was asked of yet.
struct Child {
    case: Node,
    choices: Option<Choices>,
}

impl Island {
    /// The island of this number under a seed.
    pub fn new(claim: &dyn AnyClaim, target: Target<'_>, seed: u64, number: u64) -> Self {
        let twin = match target {
            Target::Claim => "",
            Target::Twin(name) => name,
        };
        let seed = digest(seed, number.to_le_bytes());
        Self {
            seed,
            chance: Chance::new(claim.card().id, twin, seed),
            archive: Archive::default(),
            walker: None,
            late: vec![None; LATE],
            stuck: 0,
            drawn: Vec::new(),
            largest: (BITS, NUMBERS),
            credit: vec![(1, 1); MOVES.len() + 2],
            finds: Finds::default(),
        }
    }

    /// Goes on with the search until the limits are reached or a counterexample is found.
    pub fn search(&mut self, claim: &dyn AnyClaim, target: Target<'_>, limits: &Limits<'_>) {
        let seed = digest(self.seed, self.finds.steps.to_le_bytes());
        let mut asked = claim.questions(target, seed);
        let end = self.finds.steps.saturating_add(limits.steps);
        while self.finds.steps < end && self.finds.counterexample.is_none() && !(limits.stop)() {
            self.finds.steps += 1;
            let way = self.way();
            let drawn = (way == 0).then_some("a case that is drawn");
            let child = self.guarded(drawn, |island| island.child(&mut *asked, way, limits));
            let kept = child.flatten().is_some_and(|child| self.ask(&*asked, child, limits));
            self.credit[way].0 += 1;
            self.credit[way].1 += u32::from(kept);
            if self.credit[way].0 > FORGET {
                let (tried, kept) = self.credit[way];
                self.credit[way] = (tried / 2, kept / 2);
            }
        }
    }

    /// Which way to a case is tried next: 0 draws one, 1 makes one of choices, the others change
    /// one. Of two ways the one that was kept more often, three times in four; and one time in four
    /// a case is drawn, so that what chance finds soon is found soon.
    fn way(&mut self) -> usize {
        if self.finds.steps <= WARM_UP || self.archive.len() == 0 || self.chance.one_in(4) {
            return 0;
        }
        let two = [(); 2].map(|()| self.chance.below(self.credit.len()));
        let [a, b] = two.map(|way| self.credit[way]);
        let better = u64::from(b.1 + 1) * u64::from(a.0) > u64::from(a.1 + 1) * u64::from(b.0);
        two[usize::from(better && !self.chance.one_in(4))]
    }

    /// A new case; `None` if this way makes none.
    fn child(&mut self, asked: &mut dyn Ask, way: usize, limits: &Limits<'_>) -> Option<Child> {
        let strata = asked.strata().len();
        match way {
            0 => {
                let text = match strata {
                    0 => asked.ask(self.chance.below(asked.listed())).case,
                    _ => {
                        let turn = asked.turn(self.chance.bits() as u32 | 1 << 31);
                        asked.glance(turn)?
                    }
                };
                let case = Node::read(&text)?;
                self.measure(&case);
                Some(Child { case, choices: None })
            }
            1 => {
                let chance = &mut self.chance;
                let parent = self.archive.parent(chance).choices.clone();
                let choices = match (parent, strata) {
                    (_, 0) => return None,
                    (Some(parent), _) if !chance.one_in(4) => parent,
                    _ => (asked.turn(chance.bits() as u32 | 1 << 31), chance.bits(), Vec::new()),
                };
                let (stratum, seed, steps) = moves::choices(choices, chance);
                let case = Node::read(&asked.chosen(stratum, seed, &steps)?)?;
                self.measure(&case);
                Some(Child { case, choices: Some((stratum, seed, steps)) })
            }
            _ => self.changed(MOVES[way - 2], limits),
        }
    }

    /// A case with some moves made, the first of which is this one.
    fn changed(&mut self, first: moves::Move, limits: &Limits<'_>) -> Option<Child> {
        let chance = &mut self.chance;
        let walker = self.walker.as_ref().filter(|_| chance.one_in(2));
        let (parent, cost) = match walker {
            Some(walker) => (walker.case.clone(), walker.cost),
            None => {
                let parent = self.archive.parent(chance);
                (parent.case.clone(), parent.cost)
            }
        };
        let other = self.archive.any(chance).case.clone();
        let mut case = Node::clone(&parent);
        first(&mut case, &other, chance)?;
        for _ in 0..4 {
            if chance.one_in(2) {
                break;
            }
            // Later moves are a bonus: one that finds nothing to change changes nothing.
            let _ = MOVES[chance.below(MOVES.len())](&mut case, &other, chance);
        }
        let sizes = case.sizes();
        let is_small = match limits.clock {
            None => self.excess(&sizes) <= limits.growth,
            // What costs too much cannot be interrupted: one step from what is cheap.
            Some(_) => {
                let step = tree::steps(&parent.sizes(), &sizes);
                step <= i64::from(cost < CHEAP) || self.excess(&sizes) == 0
            }
        };
        let numbers = case.numbers();
        let (bits, count) = self.largest;
        let fits = numbers.len() <= count && numbers.iter().all(|x| x.bits() <= bits);
        let is_new = case != *parent;
        (is_new && fits && is_small).then_some(Child { case, choices: None })
    }

    /// Notes how large a drawn case is.
    fn measure(&mut self, case: &Node) {
        let numbers = case.numbers();
        let bits = numbers.iter().map(|x| 2 * x.bits()).max().unwrap_or(0);
        self.largest = (self.largest.0.max(bits), self.largest.1.max(2 * numbers.len()));
        let sizes = case.sizes();
        if self.drawn.len() < 2 * WARM_UP as usize && !self.drawn.contains(&sizes) {
            self.drawn.push(sizes);
        }
    }

    /// How many steps of size lead to a case from the drawn one that is nearest.
    fn excess(&self, sizes: &Sizes) -> i64 {
        self.drawn.iter().map(|drawn| tree::steps(drawn, sizes)).min().unwrap_or(0)
    }

    /// Asks the claim of a case; whether it is worth to be kept.
    fn ask(&mut self, asked: &dyn Ask, child: Child, limits: &Limits<'_>) -> bool {
        let Child { case, choices } = child;
        let text = case.write();
        let now = || limits.clock.map_or(0, |clock| clock());
        let start = now();
        let judged = self.guarded(Some(&text), |_| asked.judge(&text));
        let Some(Ok(Some(Ok(finding)))) = judged else { return false };
        let cost = now().saturating_sub(start);
        self.finds.met += 1;
        if !finding.holds() {
            self.catch(asked, case, limits);
            return true;
        }
        let tightness = finding.tightness();
        let step = self.finds.steps;
        let best = self.finds.tightest.as_ref().and_then(|found| found.finding.tightness());
        if tightness.is_some() && (best.is_none() || tightness < best) {
            self.finds.tightest =
                Some(Found { case: text, finding: finding.clone(), island: 0, step });
        }
        let case = Arc::new(case);
        let member = Member { case, finding, tightness, choices, cost, used: 0 };
        self.walk(&member);
        let kept = self.archive.offer(member);
        self.finds.kept = self.archive.len();
        kept
    }

    /// Late acceptance: the walk goes on from a case that is as tight as it was some steps ago.
    fn walk(&mut self, member: &Member) {
        let late = &mut self.late[(self.finds.steps % LATE as u64) as usize];
        match &self.walker {
            Some(walker) if self.stuck < STUCK => {
                let is_tighter = member.tightness < walker.tightness;
                let accepts = member.tightness <= walker.tightness || member.tightness <= *late;
                self.stuck = if is_tighter { 0 } else { self.stuck + 1 };
                if accepts {
                    self.walker = Some(member.clone());
                }
                *late = self.walker.as_ref().and_then(|walker| walker.tightness.clone());
            }
            _ => {
                let member = match self.archive.len() {
                    0 => member.clone(),
                    _ => self.archive.parent(&mut self.chance).clone(),
                };
                self.late = vec![member.tightness.clone(); LATE];
                self.walker = Some(member);
                self.stuck = 0;
            }
        }
    }

    /// Simplifies a counterexample and keeps it.
    fn catch(&mut self, asked: &dyn Ask, case: Node, limits: &Limits<'_>) {
        let broken = |island: &mut Self, text: &str| {
            let judged = island.guarded(Some(text), |_| asked.judge(text))?;
            judged.ok()??.ok().filter(|finding| !finding.holds())
        };
        let step = self.finds.steps;
        let case = shrink::simplified(case, SIMPLIFY, |text| {
            !(limits.stop)() && broken(self, text).is_some()
        });
        let case = case.write();
        if let Some(finding) = broken(self, &case) {
            self.finds.counterexample = Some(Found { case, finding, island: 0, step });
        }
    }

    /// Runs what may panic, and notes the case at which it does, if it is a case of the claim: a
    /// library that is led through its simplifications in any order may panic, and shows nothing.
    fn guarded<T>(&mut self, case: Option<&str>, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let result = catch_unwind(AssertUnwindSafe(|| work(self)));
        if let (Err(_), Some(case)) = (&result, case) {
            self.finds.panicked.get_or_insert_with(|| case.to_owned());
        }
        result.ok()
    }
}

/// A simpler case that is as tight.
pub fn simplified(
    claim: &dyn AnyClaim,
    target: Target<'_>,
    found: &Found,
    stop: &dyn Fn() -> bool,
) -> Found {
    let asked = claim.questions(target, 0);
    let finding = |text: &str| {
        let judged = catch_unwind(AssertUnwindSafe(|| asked.judge(text))).ok()?;
        judged.ok()??.ok().filter(Finding::holds)
    };
    let Some(case) = Node::read(&found.case) else { return found.clone() };
    let tightness = found.finding.tightness();
    let case = shrink::simplified(case, SIMPLIFY / 4, |text| {
        !stop() && finding(text).is_some_and(|finding| finding.tightness() <= tightness)
    });
    let case = case.write();
    match finding(&case) {
        Some(finding) => Found { case, finding, ..*found },
        None => found.clone(),
    }
}
