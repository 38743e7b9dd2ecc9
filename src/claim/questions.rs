//! The cases of one target, and what they show. Only this part of a run knows their type, so the
//! rest is compiled once, and not once a claim. The only file with a source of randomness.

use super::cases::{Stratum, turn};
use super::verdict::{EMPTY, digest};
use super::{Case, Cases, Conclusion, Finding, ReplayError};
use proptest::prelude::Rng;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Cases of a part of a run.
pub(super) const PART: u32 = 64;
/// Draws from one stream, at the beginning: as many as a run of 256 cases takes for a twin.
const STREAM: u32 = 1024;

/// What a case showed.
pub struct Shown {
    /// The case, as TOML.
    pub case: String,
    /// `None` if the case does not meet the hypotheses.
    pub conclusion: Option<Conclusion>,
}

/// The cases of a claim, or of one of its twins, of any type.
pub trait Ask {
    /// The number of listed cases.
    fn listed(&self) -> usize;
    /// Asks a listed case.
    fn ask(&self, listed: usize) -> Shown;
    /// The strata that other cases are drawn from.
    fn strata(&self) -> &[Stratum];
    /// Makes the case that is drawn next that of this draw, counted from one: a function of the
    /// target, its seed and this number, as long as all draws take their [turn](Self::turn). The
    /// first 1024 draws are one stream, of which cases that come before are passed over; later ones
    /// have a stream for every 64. Cost: at most 1023 cases.
    fn seek(&mut self, draw: u32);
    /// Draws a case of a stratum; `None` if its strategy makes none.
    fn draw(&mut self, stratum: usize) -> Option<Shown>;
    /// Draws a case of a stratum and asks nothing; its TOML.
    fn glance(&mut self, stratum: usize) -> Option<String>;
    /// The case of a stratum that a seed draws and these steps of simplification, or back, lead to.
    fn chosen(&mut self, stratum: usize, seed: u64, steps: &[bool]) -> Option<String>;
    /// Makes the last drawn case simpler, or less simple again; `false` if there is no way.
    fn vary(&mut self, simplify: bool) -> bool;
    /// The finding of the last drawn case if it is a counterexample.
    fn counterexample(&self) -> Option<Finding>;
    /// The last drawn case, as TOML.
    fn text(&self) -> String;
    /// What a case given as TOML shows; `None` if it does not meet the hypotheses.
    fn judge(&self, case: &str) -> Result<Option<Conclusion>, ReplayError>;

    /// The stratum of draw number `draw`, counted from one. Panics without strata.
    fn turn(&self, draw: u32) -> usize {
        turn(self.strata(), draw)
    }
}

/// What a case shows; `None` if it does not meet the hypotheses.
pub(super) type Judge<'a, C> = Box<dyn Fn(&C) -> Option<Conclusion> + 'a>;
/// A case given as TOML.
pub(super) type Read<'a, C> = Box<dyn Fn(&str) -> Result<C, ReplayError> + 'a>;

/// The questions of one target.
pub(super) struct Questions<'a, C: Case> {
    pub id: &'static str,
    pub cases: Cases<C>,
    pub judge: Judge<'a, C>,
    pub read: Read<'a, C>,
    twin: &'static str,
    seed: u64,
    runner: TestRunner,
    /// The number of the draw that comes next.
    next: u32,
    drawn: Option<Box<dyn ValueTree<Value = C>>>,
}

impl<'a, C: Case> Questions<'a, C> {
    /// The questions of a target with these names, drawn under a seed.
    pub fn new(
        [id, twin]: [&'static str; 2],
        seed: u64,
        cases: Cases<C>,
        judge: Judge<'a, C>,
        read: Read<'a, C>,
    ) -> Self {
        let runner = source(id, twin, seed);
        Self { id, cases, judge, read, twin, seed, runner, next: 1, drawn: None }
    }
}

impl<C: Case> Questions<'_, C> {
    fn shown(&self, case: &C) -> Shown {
        Shown { case: to_toml(case), conclusion: (self.judge)(case) }
    }

    fn current(&self) -> C {
        self.drawn.as_ref().expect("a case was drawn").current()
    }
}

impl<C: Case> Ask for Questions<'_, C> {
    fn listed(&self) -> usize {
        self.cases.listed.len()
    }

    fn ask(&self, listed: usize) -> Shown {
        self.shown(&self.cases.listed[listed])
    }

    fn strata(&self) -> &[Stratum] {
        &self.cases.strata
    }

    fn seek(&mut self, draw: u32) {
        let first = draw - (draw - 1) % PART;
        let (start, seed) = match first <= STREAM {
            true => (1, self.seed),
            false => (first, digest(self.seed, first.to_le_bytes())),
        };
        if start > 1 || draw < self.next {
            self.runner = source(self.id, self.twin, seed);
            self.next = start;
        }
        while self.next < draw {
            let stratum = self.turn(self.next);
            // What cannot be drawn is passed over, too.
            let _ = self.cases.strategies[stratum].new_tree(&mut self.runner);
            self.next += 1;
        }
    }

    fn draw(&mut self, stratum: usize) -> Option<Shown> {
        self.next = self.next.saturating_add(1);
        let tree = self.cases.strategies[stratum].new_tree(&mut self.runner).ok()?;
        let shown = self.shown(&tree.current());
        self.drawn = Some(tree);
        Some(shown)
    }

    fn glance(&mut self, stratum: usize) -> Option<String> {
        let tree = self.cases.strategies[stratum].new_tree(&mut self.runner).ok()?;
        Some(to_toml(&tree.current()))
    }

    fn chosen(&mut self, stratum: usize, seed: u64, steps: &[bool]) -> Option<String> {
        let mut runner = source(self.id, "", seed);
        let mut tree = self.cases.strategies[stratum].new_tree(&mut runner).ok()?;
        for simpler in steps {
            // What cannot be made simpler, or less so, stays.
            let _ = if *simpler { tree.simplify() } else { tree.complicate() };
        }
        Some(to_toml(&tree.current()))
    }

    fn vary(&mut self, simplify: bool) -> bool {
        let tree = self.drawn.as_mut().expect("a case was drawn");
        if simplify { tree.simplify() } else { tree.complicate() }
    }

    fn counterexample(&self) -> Option<Finding> {
        (self.judge)(&self.current())?.ok().filter(|finding| !finding.holds())
    }

    fn text(&self) -> String {
        to_toml(&self.current())
    }

    fn judge(&self, case: &str) -> Result<Option<Conclusion>, ReplayError> {
        (self.read)(case).map(|case| (self.judge)(&case))
    }
}

/// The seed of one target: fixed by its names, so that adding a claim disturbs no other.
fn seed(id: &str, twin: &str, extra: u64) -> [u8; 32] {
    let mut seed = [0; 32];
    for (lane, chunk) in seed.chunks_mut(8).enumerate() {
        let bytes = id.bytes().chain([0]).chain(twin.bytes()).chain([lane as u8]);
        let hash = digest(EMPTY ^ extra.rotate_left(17), bytes);
        chunk.copy_from_slice(&hash.to_le_bytes());
    }
    seed
}

/// The source of the cases of a run on one target.
pub(super) fn source(id: &str, twin: &str, extra: u64) -> TestRunner {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed(id, twin, extra));
    TestRunner::new_with_rng(Config::default(), rng)
}

/// Chances that are a function of some names and of a number, on every machine.
#[derive(Clone, Debug)]
pub struct Chance(TestRng);

impl Chance {
    /// The chances of these names under this number.
    pub fn new(id: &str, twin: &str, extra: u64) -> Self {
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &seed(id, twin, extra)))
    }

    /// 64 fair bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number below `limit`, nearly fair. Panics if `limit` is zero.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.bits() % limit as u64) as usize
    }

    /// True one time in `n`.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

/// A case as the text that `replay` reads. Panics if the case type cannot be written as TOML.
fn to_toml<C: Case>(case: &C) -> String {
    toml::to_string(case).expect("a case is a struct of numbers, lists and words")
}
