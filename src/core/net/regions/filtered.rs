//! A network as a piecewise-affine map in doubles with proved bounds, exact where these are not
//! enough.
//!
//! Beside an exact [`Program`] stands the same program in doubles. A unit's form is a list of
//! doubles and one bound for the errors of all of them. What is handed to the walk is hidden
//! ([`Vectors::push_hidden`]): the sign of a form at a ray is read off the doubles where the bound
//! allows it. Where it does not, the exact program is run along the path of choices, as far as that
//! was not done before, and the integers decide. Nothing exact is computed that no sign asks for.
//! The bounds are those of [`super::floats`].

use super::compile::Sparse;
use super::floats::{Float, Lanes};
use super::machine_int::Residue;
use super::path::{Path, Piece};
use super::program::{self, Program};
use crate::exact::Rational;
use crate::exact::vectors::Vectors;
use crate::geometry::piecewise_affine::{PiecewiseAffine, Signs, Split};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// So often a signal is computed from a neighbour's before it is computed anew.
const UPDATES: u32 = 16;

/// A program in doubles beside the exact one that it stands for.
#[derive(Clone, Debug)]
pub(super) struct Filtered {
    exact: Arc<Program<Rational>>,
    residues: Arc<OnceLock<Program<Residue>>>,
    steps: Vec<Float>,
    start: Vec<Sparse<f64>>,
    lanes: Lanes,
    /// Signs asked for, and those that took exact numbers.
    signs: Arc<[AtomicU64; 2]>,
}

/// What is known at the beginning of a stage.
#[derive(Debug)]
pub(super) struct Node {
    signal: Vec<f64>,
    kept: Vec<Vec<f64>>,
    step: usize,
    /// How often the signal was changed since it was computed.
    updates: u32,
    before: Option<Arc<Node>>,
    path: Arc<Path>,
    residues: OnceLock<program::State<Residue>>,
}

impl Node {
    /// The state in residues.
    fn residues(&self, program: &Program<Residue>) -> &program::State<Residue> {
        self.residues.get_or_init(|| match &self.before {
            None => program.start(),
            Some(before) => program.next(before.residues(program), self.path.choices()),
        })
    }
}

impl Filtered {
    /// The program in doubles; `None` if the magnitudes of its numbers are too far apart.
    pub fn of(exact: Program<Rational>) -> Option<Self> {
        let lanes = Lanes(exact.width + 1);
        let bits = exact.inputs.iter().flatten().map(|(_, x)| x.bits());
        let mut shift = bits.max().unwrap_or(0) as i64;
        let start = lanes.start(&exact.inputs, shift)?;
        let mut kept = Vec::new();
        let steps = exact.steps.iter().map(|step| step.float(&mut shift, &mut kept));
        let steps = steps.collect::<Option<Vec<_>>>()?;
        let (residues, signs) = (Arc::default(), Arc::default());
        Some(Self { exact: Arc::new(exact), residues, steps, start, lanes, signs })
    }

    /// The signs that walks asked for so far.
    pub fn signs(&self) -> Signs {
        let [asked, exact] = &*self.signs;
        let [asked, exact] = [asked, exact].map(|number| number.load(Ordering::Relaxed));
        Signs { asked, exact }
    }

    fn advance(&self, mut node: Node) -> Arc<Node> {
        loop {
            match self.steps.get(node.step) {
                None | Some(Float::Pieces { .. } | Float::Greatest(_)) => return Arc::new(node),
                Some(Float::Affine { constants, columns, charge }) => {
                    node.signal = self.lanes.affine(constants, columns, *charge, &node.signal);
                }
                Some(Float::Keep) => node.kept.push(node.signal.clone()),
                Some(Float::Add(factor)) => {
                    let kept = node.kept.pop().expect("a signal was kept");
                    self.lanes.add(&mut node.signal, *factor, &kept);
                }
                Some(Float::Other) => {
                    let read = node.kept.last().expect("a signal was kept").clone();
                    let made = std::mem::replace(&mut node.signal, read);
                    node.kept.insert(node.kept.len() - 1, made);
                }
                Some(Float::Join(factors)) => {
                    node.kept.pop();
                    let mut made = node.kept.split_off(node.kept.len() + 1 - factors.len());
                    made.push(std::mem::take(&mut node.signal));
                    node.signal = self.lanes.join(&made, factors);
                }
            }
            node.step += 1;
        }
    }

    /// The node after this one, on a path that leads there, without a neighbour.
    fn computed(&self, node: &Arc<Node>, path: Arc<Path>) -> Arc<Node> {
        let choices = path.choices();
        let mut signal = Vec::with_capacity(choices.len() * self.lanes.0);
        match &self.steps[node.step] {
            Float::Pieces { pieces, .. } => {
                for (x, &choice) in self.lanes.units(&node.signal).zip(choices) {
                    self.lanes.push_piece(x, pieces[choice as usize], &mut signal);
                }
            }
            Float::Greatest(_) => {
                for &entry in choices {
                    let first = entry as usize * self.lanes.0;
                    signal.extend_from_slice(&node.signal[first..][..self.lanes.0]);
                }
            }
            _ => unreachable!("a stage begins at a step that decides"),
        }
        self.advance(Node {
            signal,
            kept: node.kept.clone(),
            step: node.step + 1,
            updates: 0,
            before: Some(node.clone()),
            path,
            residues: OnceLock::new(),
        })
    }
}

impl PiecewiseAffine for Filtered {
    type State = Arc<Node>;
    type Piece = Piece;

    fn dimension(&self) -> usize {
        self.exact.dimension()
    }

    fn domain(&self, rows: &mut Vectors) {
        self.exact.domain(rows);
    }

    fn stages(&self) -> usize {
        self.exact.stages()
    }

    fn start(&self) -> Arc<Node> {
        let (signal, step) = match self.steps.first() {
            Some(Float::Affine { constants, columns, charge }) => {
                (self.lanes.affine_of(constants, columns, *charge, &self.start), 1)
            }
            _ => (self.lanes.signal(&self.start), 0),
        };
        self.advance(Node {
            signal,
            kept: Vec::new(),
            step,
            updates: 0,
            before: None,
            path: Arc::new(Path::new(self.exact.clone())),
            residues: OnceLock::new(),
        })
    }

    fn splits(&self, node: &Arc<Node>, rows: &mut Vectors) -> Vec<Split> {
        rows.open(node.path.clone());
        match &self.steps[node.step] {
            Float::Pieces { levels, factor, .. } => {
                let units = self.lanes.units(&node.signal);
                units.map(|x| self.lanes.levels(x, *factor, levels, rows)).collect()
            }
            Float::Greatest(windows) => {
                windows.iter().map(|w| self.lanes.greatest(w, &node.signal, rows)).collect()
            }
            _ => unreachable!("a stage begins at a step that decides"),
        }
    }

    fn may_be_made(&self, stage: usize, choices: &[u32]) -> bool {
        self.exact.may_be_made(stage, choices)
    }

    fn made_of(
        &self,
        stage: usize,
        split: usize,
        choices: &[u32],
        parts: &mut Vec<u32>,
    ) -> Option<bool> {
        self.exact.made_of(stage, split, choices, parts)
    }

    fn next(&self, node: &Arc<Node>, choices: &[u32]) -> Arc<Node> {
        self.computed(node, node.path.then(choices, None))
    }

    fn next_from(
        &self,
        node: &Arc<Node>,
        choices: &[u32],
        (others, other): (&[u32], &Arc<Node>),
    ) -> Arc<Node> {
        let path = node.path.then(choices, Some(&other.path));
        let changed: Vec<usize> = (0..choices.len()).filter(|&i| choices[i] != others[i]).collect();
        let is_near = 2 * changed.len() <= choices.len() && other.updates < UPDATES;
        let steps = (&self.steps[node.step], self.steps.get(node.step + 1));
        if let (Float::Pieces { pieces, .. }, Some(Float::Affine { columns, charge, .. })) = steps
            && is_near
            && other.step == node.step + 2
        {
            let turned =
                changed.iter().map(|&i| (i, [choices, others].map(|c| pieces[c[i] as usize])));
            let signals = (&node.signal[..], &other.signal[..]);
            if let Some(signal) = self.lanes.updated(signals, turned, (columns, *charge)) {
                return Arc::new(Node {
                    signal,
                    kept: other.kept.clone(),
                    step: other.step,
                    updates: other.updates + 1,
                    before: Some(node.clone()),
                    path,
                    residues: OnceLock::new(),
                });
            }
        }
        self.computed(node, path)
    }

    fn piece(&self, node: &Arc<Node>) -> Piece {
        let program = self.residues.get_or_init(|| self.exact.in_integers());
        Piece::new(program.piece(node.residues(program)), &node.path)
    }

    fn note(&self, signs: Signs) {
        self.signs[0].fetch_add(signs.asked, Ordering::Relaxed);
        self.signs[1].fetch_add(signs.exact, Ordering::Relaxed);
    }

    fn point(&self, coordinates: &[Rational]) -> Vec<Rational> {
        self.exact.point(coordinates)
    }
}
