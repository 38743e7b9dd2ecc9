//! A network as a piecewise-affine map in doubles with proved bounds, exact where these are not
//! enough.
//!
//! Beside an exact [`Program`] stands the same program in doubles. A unit's form is a list of
//! doubles and one bound for the errors of all of them. What is handed to the walk is hidden
//! ([`Vectors::push_hidden`]): the sign of a form at a ray is read off the doubles where the bound
//! allows it. Where it does not, the exact program is run along the path of choices, as far as that
//! was not done before, and the integers decide. Nothing exact is computed that no sign asks for.
//!
//! # The bounds
//!
//! Let `u = 2^-53` and `ULP = 2 u`. A signal in doubles stands for the exact signal times `2^-s`,
//! where the shift `s` is the same in every cell. *Law:* each entry of a unit is within its bound `e`
//! of the exact one, and where `e` is zero the unit is zero.
//!
//! *Factors.* A weight times a power of two is rounded at most twice, so by `3 u` of it. It is zero,
//! or its size is between `2^-200` and `2^200`; else there is no filter ([`Filtered::of`] is
//! `None`). Weights are divided by about the greatest of their step, so this asks for their ratio
//! only.
//!
//! *Affine steps* `y = c + sum w x` of at most `n` terms. Let `m` be the greatest entry of a unit in
//! size. Products and sums are rounded at most `n + 1` times each on the way of one term, so what is
//! computed, in whatever order, is within `sum |w| (e + (n + 5) u 2 m)` and `(n + 5) u 2 |c|`: the
//! error of `x`, that of `w`, the roundings; twice, which covers the products of errors. Let
//! `charge = (n + 8) ULP`. The bound is `charge |c| + sum |w| (e + charge m)`. It is computed beside
//! the entries, as one entry more with the weights `|w|`. A unit that is zero adds nothing and is
//! left out.
//!
//! *Steps from a neighbour.* Where few units change their piece, `y' = y + sum w (x' - x)` over
//! these. The bound of every signal that an affine step computes is at least `charge |y|`, and so is
//! every partial sum: so a rounding of it costs at most `u / charge` of the bound. With `t` units, `2 t`
//! roundings a sum, the bound is multiplied by `1 + t ULP / charge`, and so are the terms of the
//! change. The invariant stays, since the terms of the change are charged like any other. A bound
//! that is large for what is left of its form is no use: then the signal is computed anew.
//!
//! *Pieces, levels, differences, sums with a kept signal* are one product and one sum an entry. With
//! factors that are rounded by `3 u` they err by `5 u` of the sizes of both; `8 ULP` is charged.
//!
//! *Underflow.* A product of doubles that underflows errs by at most `2^-1075` more, a sum by
//! nothing. A bound that is not zero has [`FLOOR`] added to it before it is multiplied by a factor
//! of at least `2^-200`: so a bound of an affine step is at least `2^-1000` where anything was
//! added, and exceeds what `n <= 2^22` products lose. In particular it does not underflow, and a
//! bound of zero means that nothing was added.
//!
//! *Overflow.* An infinite entry, or one that is no number, makes all that depends on it infinite
//! or no number, or is left out by a weight zero that is no term; the greatest entry of a unit is no
//! number if one is. [`Vectors::push_hidden`] believes neither.
//!
//! *Bounds themselves* are sums of products of numbers that are not negative, with at most
//! `2^22` terms: what they lose is less than [`MARGIN`] adds.

use super::incremental::Columns;
use super::machine_int::Residue;
use super::path::{Path, Piece};
use super::program::{self, Program, Step};
use crate::exact::Rational;
use crate::exact::float::scaled;
use crate::exact::vectors::Vectors;
use crate::geometry::piecewise_affine::{PiecewiseAffine, Signs, Split};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// Covers the roundings made while a bound itself is computed.
const MARGIN: f64 = 1.0 + 1e-9;
/// What a bound is at least unless it is zero: far above what underflows lose.
const FLOOR: f64 = f64::from_bits((1023 - 800) << 52);
/// The least size of a factor of a step, whose greatest is about one.
const LEAST: f64 = f64::from_bits((1023 - 200) << 52);
const ULP: f64 = f64::EPSILON;
/// An updated form with a greater relative error is computed anew.
const TELLING: f64 = 1e-6;
/// So often a signal is computed from a neighbour's before it is computed anew.
const UPDATES: u32 = 16;

/// A program in doubles beside the exact one that it stands for.
#[derive(Clone, Debug)]
pub(super) struct Filtered {
    exact: Arc<Program<Rational>>,
    residues: Arc<OnceLock<Program<Residue>>>,
    steps: Vec<Float>,
    start: Vec<f64>,
    /// Doubles of a unit: the entries of its form, and a bound on the error of each.
    lanes: usize,
    /// Signs asked for, and those that took exact numbers.
    signs: Arc<[AtomicU64; 2]>,
}

/// A step in doubles.
#[derive(Clone, Debug)]
enum Float {
    Affine {
        /// Constant and error of each output.
        constants: Vec<[f64; 2]>,
        columns: Columns<f64>,
        /// What the roundings of a sum lose, for each unit of the sizes of its terms.
        charge: f64,
    },
    Pieces {
        levels: Vec<f64>,
        factor: f64,
        pieces: Vec<(f64, f64)>,
    },
    Greatest(Vec<Vec<u32>>),
    Keep,
    Add(f64),
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

/// The number times `2^-shift`; `None` if it is so small or great beside one that bounds would not
/// hold.
fn factor(x: &Rational, shift: i64) -> Option<f64> {
    let y = scaled(x, -shift);
    (x.is_zero() || (LEAST..=1.0 / LEAST).contains(&y.abs())).then_some(y)
}

impl Step<Rational> {
    /// The step in doubles, for a signal that is `2^-shift` times the exact one; what comes out of
    /// it is, too, with the new shift. `None` if the magnitudes of its numbers are too far apart.
    fn float(&self, shift: &mut i64, kept: &mut Vec<i64>) -> Option<Float> {
        let bits = |numbers: &mut dyn Iterator<Item = &Rational>| {
            numbers.map(Rational::bits).max().unwrap_or(0) as i64
        };
        Some(match self {
            Self::Affine { constants, terms } => {
                let own = bits(&mut terms.iter().map(|(.., w)| w));
                *shift += own;
                let mut most = 0;
                let (mut run, mut last) = (0, u32::MAX);
                for (o, ..) in terms {
                    run = if *o == last { run + 1 } else { 1 };
                    (last, most) = (*o, most.max(run));
                }
                let charge = (f64::from(most) + 8.0) * ULP;
                let constant = |c: &Rational| {
                    let c = factor(c, *shift)?;
                    Some([c, if c == 0.0 { 0.0 } else { charge * c.abs() + FLOOR }])
                };
                let constants = constants.iter().map(constant).collect::<Option<_>>()?;
                let terms = terms.iter().map(|(o, i, w)| Some((*o, *i, factor(w, own)?)));
                let terms = terms.collect::<Option<Vec<_>>>()?;
                Float::Affine { constants, columns: Columns::new(&terms), charge }
            }
            Self::Pieces { levels, factor: f, pieces } => {
                let own = bits(&mut pieces.iter().map(|(slope, _)| slope)) - 1;
                let levels = levels.iter().map(|level| factor(level, *shift));
                let levels = levels.collect::<Option<_>>()?;
                *shift += own;
                let piece =
                    |(s, o): &(Rational, Rational)| Some((factor(s, own)?, factor(o, *shift)?));
                let pieces = pieces.iter().map(piece).collect::<Option<_>>()?;
                Float::Pieces { levels, factor: factor(f, 0)?, pieces }
            }
            Self::Greatest(windows) => Float::Greatest(windows.clone()),
            Self::Keep => {
                kept.push(*shift);
                Float::Keep
            }
            Self::Add(f) => Float::Add(factor(f, *shift - kept.pop()?)?),
        })
    }
}

impl Filtered {
    /// The program in doubles; `None` if the magnitudes of its numbers are too far apart.
    pub fn of(exact: Program<Rational>) -> Option<Self> {
        let lanes = exact.width + 1;
        let mut shift = exact.inputs.iter().map(Rational::bits).max().unwrap_or(0) as i64;
        let mut start = Vec::with_capacity(exact.inputs.len() / exact.width * lanes);
        for form in exact.inputs.chunks_exact(exact.width) {
            let first = start.len();
            for x in form {
                start.push(factor(x, shift)?);
            }
            start.push(match greatest(&start[first..]) {
                0.0 => 0.0,
                size => 4.0 * ULP * size + FLOOR,
            });
        }
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
                    node.signal = self.affine(constants, columns, *charge, &node.signal);
                }
                Some(Float::Keep) => node.kept.push(node.signal.clone()),
                Some(Float::Add(factor)) => {
                    let kept = node.kept.pop().expect("a signal was kept");
                    self.add(&mut node.signal, *factor, &kept);
                }
            }
            node.step += 1;
        }
    }

    /// The node after this one, on a path that leads there, without a neighbour.
    fn computed(&self, node: &Arc<Node>, path: Arc<Path>) -> Arc<Node> {
        let choices = path.choices();
        let mut signal = Vec::with_capacity(choices.len() * self.lanes);
        match &self.steps[node.step] {
            Float::Pieces { pieces, .. } => {
                for (x, &choice) in self.units(&node.signal).zip(choices) {
                    self.push_piece(x, pieces[choice as usize], &mut signal);
                }
            }
            Float::Greatest(_) => {
                for &entry in choices {
                    let first = entry as usize * self.lanes;
                    signal.extend_from_slice(&node.signal[first..][..self.lanes]);
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

    fn units<'s>(&self, signal: &'s [f64]) -> impl Iterator<Item = &'s [f64]> {
        signal.chunks_exact(self.lanes)
    }

    fn affine(
        &self,
        constants: &[[f64; 2]],
        columns: &Columns<f64>,
        charge: f64,
        x: &[f64],
    ) -> Vec<f64> {
        let lanes = self.lanes;
        let mut y = vec![0.0; constants.len() * lanes];
        for (y, constant) in y.chunks_exact_mut(lanes).zip(constants) {
            (y[0], y[lanes - 1]) = (constant[0], constant[1]);
        }
        let mut term = vec![0.0; lanes];
        for (i, x) in self.units(x).enumerate() {
            if charged(x, charge, &mut term) {
                add_column(columns.of_input(i), &term, &mut y);
            }
        }
        y
    }

    /// The signal after an affine step, from that of another node after the same step, where units
    /// of `node` are on these pieces and not on those; `None` if little is left of some output.
    fn updated(
        &self,
        node: &Node,
        other: &Node,
        turned: impl ExactSizeIterator<Item = (usize, [(f64, f64); 2])>,
        (columns, charge): (&Columns<f64>, f64),
    ) -> Option<Vec<f64>> {
        let (lanes, last) = (self.lanes, self.lanes - 1);
        let growth = (1.0 + turned.len() as f64 * ULP / charge) * MARGIN;
        let mut signal = other.signal.clone();
        signal.iter_mut().skip(last).step_by(lanes).for_each(|error| *error *= growth);
        let (mut pair, mut term) = (Vec::with_capacity(2 * lanes), vec![0.0; lanes]);
        for (unit, pieces) in turned {
            pair.clear();
            let x = &node.signal[unit * lanes..][..lanes];
            pieces.into_iter().for_each(|piece| self.push_piece(x, piece, &mut pair));
            let (change, old) = pair.split_at_mut(lanes);
            change[..last].iter_mut().zip(&*old).for_each(|(x, old)| *x -= old);
            change[last] += old[last];
            if charged(change, charge, &mut term) {
                term[last] *= growth;
                add_column(columns.of_input(unit), &term, &mut signal);
            }
        }
        let tells = |x: &[f64]| x[last] == 0.0 || x[last] < TELLING * greatest(&x[..last]);
        let tell = self.units(&signal).all(tells);
        tell.then_some(signal)
    }

    /// Adds the kept signal, times a factor.
    fn add(&self, signal: &mut [f64], factor: f64, kept: &[f64]) {
        let last = self.lanes - 1;
        for (y, x) in signal.chunks_exact_mut(self.lanes).zip(self.units(kept)) {
            if is_zero(x) {
                continue;
            }
            let sizes = greatest(&y[..last]) + factor.abs() * greatest(&x[..last]);
            let error = y[last] + factor.abs() * x[last] + 8.0 * ULP * sizes;
            (0..last).for_each(|k| y[k] += factor * x[k]);
            y[last] = error * MARGIN + FLOOR;
        }
    }

    /// Adds a unit, on the piece that was chosen, to the end of a signal.
    fn push_piece(&self, x: &[f64], (slope, offset): (f64, f64), signal: &mut Vec<f64>) {
        let first = signal.len();
        let last = self.lanes - 1;
        signal.extend_from_slice(x);
        let y = &mut signal[first..];
        if slope != 1.0 || offset != 0.0 {
            let is_zero = slope == 0.0 || is_zero(x);
            y.iter_mut().for_each(|y| *y *= slope);
            y[0] += offset;
            y[last] = match is_zero && offset == 0.0 {
                true => 0.0,
                false => {
                    let sizes = slope.abs() * greatest(&x[..last]) + offset.abs();
                    (slope.abs() * x[last] + 8.0 * ULP * sizes) * MARGIN + FLOOR
                }
            };
        }
    }

    fn levels(&self, x: &[f64], factor: f64, levels: &[f64], rows: &mut Vectors) -> Split {
        let first = rows.len();
        let (error, form) = x.split_last().expect("a form has a constant");
        for &level in levels {
            if level == 0.0 {
                rows.push_hidden(form, *error);
                continue;
            }
            let mut row: Vec<f64> = form.iter().map(|x| x * factor).collect();
            row[0] -= level;
            let sizes = factor * greatest(form) + level.abs();
            rows.push_hidden(&row, (factor * error + 8.0 * ULP * sizes) * MARGIN + FLOOR);
        }
        Split::Levels(first..rows.len())
    }

    fn greatest(&self, window: &[u32], signal: &[f64], rows: &mut Vectors) -> Split {
        let unit = |i: u32| &signal[i as usize * self.lanes..][..self.lanes];
        let last = self.lanes - 1;
        let differences = rows.len();
        for (a, &earlier) in window.iter().enumerate() {
            for &later in &window[a + 1..] {
                let (x, y) = (unit(earlier), unit(later));
                let row: Vec<f64> = y[..last].iter().zip(x).map(|(y, x)| y - x).collect();
                let error = match is_zero(x) && is_zero(y) {
                    true => 0.0,
                    false => (x[last] + y[last] + 2.0 * ULP * greatest(&row)) * MARGIN + FLOOR,
                };
                rows.push_hidden(&row, error);
            }
        }
        Split::Greatest { entries: window.to_vec(), differences }
    }
}

/// Whether a unit is zero, without an error.
fn is_zero(x: &[f64]) -> bool {
    x.iter().all(|x| *x == 0.0)
}

/// The greatest size, or what is not a number.
fn greatest(x: &[f64]) -> f64 {
    x.iter().fold(0.0, |most: f64, x| if most.is_nan() || x.abs() <= most { most } else { x.abs() })
}

/// Writes a unit with the error that a term with the weight one has; `false` if it is zero.
fn charged(x: &[f64], charge: f64, term: &mut [f64]) -> bool {
    let last = x.len() - 1;
    if is_zero(x) {
        return false;
    }
    term.copy_from_slice(x);
    term[last] = (x[last] + charge * greatest(&x[..last])) * MARGIN + FLOOR;
    true
}

/// Adds a unit to the forms that read it, error by error.
fn add_column(column: &[(u32, f64)], term: &[f64], y: &mut [f64]) {
    match term.len() {
        3 => add_lanes::<3>(column, term, y),
        4 => add_lanes::<4>(column, term, y),
        5 => add_lanes::<5>(column, term, y),
        6 => add_lanes::<6>(column, term, y),
        lanes => {
            for (o, weight) in column {
                let y = &mut y[*o as usize * lanes..][..lanes];
                let (error, entries) = y.split_last_mut().expect("there is a constant");
                entries.iter_mut().zip(term).for_each(|(y, x)| *y += weight * x);
                *error += weight.abs() * term[lanes - 1];
            }
        }
    }
}

fn add_lanes<const L: usize>(column: &[(u32, f64)], term: &[f64], y: &mut [f64]) {
    let y = y.as_chunks_mut::<L>().0;
    let Some(term) = term.first_chunk::<L>() else { return };
    for (o, weight) in column {
        let mut factors = [*weight; L];
        factors[L - 1] = weight.abs();
        let y = &mut y[*o as usize];
        (0..L).for_each(|k| y[k] += factors[k] * term[k]);
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
        self.advance(Node {
            signal: self.start.clone(),
            kept: Vec::new(),
            step: 0,
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
                let units = self.units(&node.signal);
                units.map(|x| self.levels(x, *factor, levels, rows)).collect()
            }
            Float::Greatest(windows) => {
                windows.iter().map(|w| self.greatest(w, &node.signal, rows)).collect()
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
            if let Some(signal) = self.updated(node, other, turned, (columns, *charge)) {
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
