//! A path of choices through a program: what is known of it exactly, once somebody asks.

use super::machine_int::Residue;
use super::program::{Program, State};
use crate::exact::Rational;
use crate::exact::vectors::{Source, Vectors};
use crate::geometry::piecewise_affine::PiecewiseAffine;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, OnceLock, Weak};

type Exact = Arc<Program<Rational>>;

/// The choices of some stages, and the exact state after them.
#[derive(Debug)]
pub(super) struct Path {
    program: Exact,
    before: Option<(Arc<Path>, Arc<[u32]>)>,
    /// A path that differs in the last stage only, whose state is known, until this one is.
    beside: Mutex<Option<Arc<Path>>>,
    state: OnceLock<State<Rational>>,
    rows: OnceLock<Vectors>,
}

impl Path {
    /// The path of no choices.
    pub fn new(program: Exact) -> Self {
        let (state, rows) = (OnceLock::new(), OnceLock::new());
        Self { program, before: None, beside: Mutex::default(), state, rows }
    }

    /// The path that goes on with these choices; `beside` goes on with others.
    pub fn then(self: &Arc<Self>, choices: &[u32], beside: Option<&Arc<Self>>) -> Arc<Self> {
        let known = beside.filter(|path| path.state.get().is_some());
        Arc::new(Self {
            before: Some((self.clone(), choices.into())),
            beside: Mutex::new(known.cloned()),
            ..Self::new(self.program.clone())
        })
    }

    /// The choices of the last stage.
    pub fn choices(&self) -> &[u32] {
        self.before.as_ref().map_or(&[], |(_, choices)| choices)
    }

    /// The exact state. Cost: that of the stages for which it is not known yet.
    fn state(&self) -> &State<Rational> {
        self.state.get_or_init(|| {
            let Some((before, choices)) = &self.before else { return self.program.start() };
            let beside = self.beside.lock().ok().and_then(|mut beside| beside.take());
            let known = beside.as_ref().and_then(|path| Some((path.choices(), path.state.get()?)));
            match known {
                Some(known) => self.program.next_from(before.state(), choices, known),
                None => self.program.next(before.state(), choices),
            }
        })
    }
}

impl Source for Path {
    fn entries(&self, number: usize) -> Vec<Rational> {
        let rows = self.rows.get_or_init(|| {
            let mut rows = Vectors::new(self.program.width);
            self.program.splits(self.state(), &mut rows);
            rows
        });
        rows.pushed(number)
    }
}

/// An affine map: told from others by residues, and known to be equal to another by integers.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    residues: Vec<Residue>,
    program: Exact,
    /// The path, as long as a walk is on it.
    path: Weak<Path>,
    /// Its choices.
    choices: Vec<Arc<[u32]>>,
    exact: OnceLock<Vec<Rational>>,
}

impl Piece {
    /// The piece at the end of a path, with its residues.
    pub fn new(residues: Vec<Residue>, path: &Arc<Path>) -> Self {
        let (mut choices, mut at) = (Vec::new(), path);
        while let Some((before, last)) = &at.before {
            choices.push(last.clone());
            at = before;
        }
        choices.reverse();
        let (program, path) = (path.program.clone(), Arc::downgrade(path));
        Self { residues, program, path, choices, exact: OnceLock::new() }
    }

    fn exact(&self) -> &[Rational] {
        self.exact.get_or_init(|| match self.path.upgrade() {
            Some(path) => self.program.piece(path.state()),
            None => {
                let next = |state, choices: &Arc<[u32]>| self.program.next(&state, choices);
                self.program.piece(&self.choices.iter().fold(self.program.start(), next))
            }
        })
    }
}

impl PartialEq for Piece {
    fn eq(&self, other: &Self) -> bool {
        self.residues == other.residues
            && (self.choices == other.choices || self.exact() == other.exact())
    }
}

impl Eq for Piece {}

impl Hash for Piece {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.residues.hash(state);
    }
}
