//! The cases of a claim: strata of growing size, or a whole space listed.

use proptest::strategy::{BoxedStrategy, Strategy};

/// Draws this many cases of a stratum before one of them has to count.
const PATIENCE: u32 = 4;

/// The cases of a statement: a listed space, strata of random cases, or both.
///
/// The first stratum holds small cases, since a counterexample is simplified inside its stratum.
/// The later ones hold the large and the degenerate cases that the small ones cannot stand for.
pub struct Cases<C> {
    pub(super) listed: Vec<C>,
    pub(super) strata: Vec<Stratum>,
    pub(super) strategies: Vec<BoxedStrategy<C>>,
}

/// One kind of random case: its name, and that one draw in `every` is of it.
pub struct Stratum {
    name: &'static str,
    every: u32,
}

/// How many cases of one stratum were drawn, and how many of them tested something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Cases that were drawn.
    pub drawn: u32,
    /// Those that met the conclusion.
    pub met: u32,
}

/// The stratum of draw number `draw`, counted from one: the rarest whose turn it is; those that are
/// as rare as each other take turns.
pub(super) fn turn(strata: &[Stratum], draw: u32) -> usize {
    let due = strata.iter().map(|s| s.every).filter(|every| draw.is_multiple_of(*every));
    let Some(every) = due.max() else { return 0 };
    let tied: Vec<_> = (0..strata.len()).filter(|&i| strata[i].every == every).collect();
    tied[(draw / every) as usize % tied.len()]
}

/// A stratum that was drawn from and never tested anything.
pub(super) fn idle(strata: &[Stratum], shares: &[Share]) -> Option<&'static str> {
    let idle = |share: &Share| share.drawn >= PATIENCE && share.met == 0;
    strata.iter().zip(shares).find(|(_, share)| idle(share)).map(|(s, _)| s.name)
}

impl<C: std::fmt::Debug + 'static> Cases<C> {
    /// Random cases, all of one stratum.
    pub fn drawn(strategy: impl Strategy<Value = C> + 'static) -> Self {
        Self::of(vec![("base", 1, strategy.boxed())])
    }

    /// Random cases of several strata, the first of which holds the small ones: the name of each,
    /// the number of draws that one of them is, and its strategy.
    pub fn of(strata: Vec<(&'static str, u32, BoxedStrategy<C>)>) -> Self {
        let none = Self::listed([]);
        strata
            .into_iter()
            .fold(none, |all, (name, every, strategy)| all.with(name, every, strategy))
    }

    /// A small space, every case of which is asked once.
    pub fn listed(cases: impl IntoIterator<Item = C>) -> Self {
        let listed = cases.into_iter().collect();
        Self { listed, strata: Vec::new(), strategies: Vec::new() }
    }

    /// Adds a stratum that one draw in `every` comes from. The draws that a rarer stratum claims
    /// are its own, so a stratum with a large `every` is reached by long runs only.
    pub fn with(
        mut self,
        name: &'static str,
        every: u32,
        strategy: impl Strategy<Value = C> + 'static,
    ) -> Self {
        self.strata.push(Stratum { name, every: every.max(1) });
        self.strategies.push(strategy.boxed());
        self
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
