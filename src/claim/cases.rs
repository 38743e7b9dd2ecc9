//! The cases of a claim: strata of growing size, or a whole space listed.

use proptest::strategy::{BoxedStrategy, Strategy};
use proptest::test_runner::TestRunner;

/// Draws this many cases of a stratum before one of them has to count.
const PATIENCE: u32 = 4;

/// The cases of a statement: a listed space, strata of random cases, or both.
///
/// The first stratum holds small cases, since a counterexample is simplified inside its stratum.
/// The later ones hold the large and the degenerate cases that the small ones cannot stand for.
pub struct Cases<C> {
    listed: Vec<C>,
    strata: Vec<Stratum<C>>,
}

/// One kind of random case, and how often it is drawn.
struct Stratum<C> {
    name: &'static str,
    every: u32,
    strategy: BoxedStrategy<C>,
}

/// How many cases of one stratum were drawn, and how many of them tested something.
#[derive(Clone, Copy, Default)]
pub(super) struct Share {
    pub drawn: u32,
    pub met: u32,
}

impl<C: std::fmt::Debug + 'static> Cases<C> {
    /// Random cases, all of one stratum.
    pub fn drawn(strategy: impl Strategy<Value = C> + 'static) -> Self {
        let base = Stratum { name: "base", every: 1, strategy: strategy.boxed() };
        Self { listed: Vec::new(), strata: vec![base] }
    }

    /// Random cases of several strata, the first of which holds the small ones: the name of each,
    /// the number of draws that one of them is, and its strategy.
    pub fn of(strata: Vec<(&'static str, u32, BoxedStrategy<C>)>) -> Self {
        let stratum = |(name, every, strategy)| Stratum { name, every, strategy };
        Self { listed: Vec::new(), strata: strata.into_iter().map(stratum).collect() }
    }

    /// A small space, every case of which is asked once.
    pub fn listed(cases: impl IntoIterator<Item = C>) -> Self {
        Self { listed: cases.into_iter().collect(), strata: Vec::new() }
    }

    /// Adds a stratum that one draw in `every` comes from. The draws that a rarer stratum claims
    /// are its own, so a stratum with a large `every` is reached by long runs only.
    pub fn with(
        mut self,
        name: &'static str,
        every: u32,
        strategy: impl Strategy<Value = C> + 'static,
    ) -> Self {
        self.strata.push(Stratum { name, every: every.max(1), strategy: strategy.boxed() });
        self
    }

    /// The cases that are asked before any is drawn.
    pub(super) fn take_listed(&mut self) -> Vec<C> {
        std::mem::take(&mut self.listed)
    }

    /// Whether there is nothing to draw: the listed cases are the whole space.
    pub(super) fn is_whole(&self) -> bool {
        self.strata.is_empty()
    }

    /// How many strata there are.
    pub(super) fn strata(&self) -> usize {
        self.strata.len()
    }

    /// The stratum of draw number `draw`, counted from one: the rarest whose turn it is.
    pub(super) fn turn(&self, draw: u32) -> usize {
        let due = |(_, stratum): &(usize, &Stratum<C>)| draw.is_multiple_of(stratum.every);
        let rarest = self.strata.iter().enumerate().filter(due).max_by_key(|(_, s)| s.every);
        rarest.map_or(0, |(index, _)| index)
    }

    /// A case of a stratum, ready to be simplified; `None` if the strategy made none.
    pub(super) fn tree(
        &self,
        stratum: usize,
        runner: &mut TestRunner,
    ) -> Option<<BoxedStrategy<C> as Strategy>::Tree> {
        self.strata[stratum].strategy.new_tree(runner).ok()
    }

    /// A stratum that was drawn from and never tested anything.
    pub(super) fn idle(&self, shares: &[Share]) -> Option<&'static str> {
        let idle = |share: &Share| share.drawn >= PATIENCE && share.met == 0;
        self.strata.iter().zip(shares).find(|(_, share)| idle(share)).map(|(s, _)| s.name)
    }
}

/// Turns a strategy into the cases of a statement, all of one stratum.
pub trait IntoCases: Strategy + Sized + 'static {
    /// The cases.
    fn cases(self) -> Cases<Self::Value>
    where
        Self::Value: 'static,
    {
        Cases::drawn(self)
    }

    /// The cases, with a stratum more: [`Cases::with`].
    fn with(
        self,
        name: &'static str,
        every: u32,
        strategy: impl Strategy<Value = Self::Value> + 'static,
    ) -> Cases<Self::Value>
    where
        Self::Value: 'static,
    {
        self.cases().with(name, every, strategy)
    }
}

impl<S: Strategy + 'static> IntoCases for S {}
