//! A network as a piecewise-affine map with integer forms.
//!
//! ReLU and maximum are homogeneous, so a layer may be multiplied by a positive number if the later
//! layers account for it. Each signal is therefore kept as integer forms over one common scale,
//! which is the same in every cell. Nothing is reduced or rounded.

use super::Domain;
use super::compile::{Listing, Sparse, homogeneous};
use super::coordinates::Frame;
use super::dependencies::Origins;
use super::incremental::Columns;
use super::machine_int::Entry;
use crate::exact::Rational;
use crate::exact::vectors::Vectors;
use crate::geometry::piecewise_affine::{PiecewiseAffine, Split};

/// Integer forms `[constant, coefficients..]` of all units, one after another.
type Signal<T> = Vec<T>;

/// A network compiled for one kind of integer.
#[derive(Clone, Debug)]
pub(super) struct Program<T> {
    /// Entries of a form: the coordinates, and one.
    pub width: usize,
    domain: Domain,
    pub steps: Vec<Step<T>>,
    /// The affine ones among them by their inputs.
    columns: Vec<Option<Columns<T>>>,
    /// The forms that the first step reads.
    pub inputs: Vec<Sparse<T>>,
    origins: Origins<T>,
    /// The coordinates, unless they are the inputs.
    pub frame: Option<Frame>,
}

/// One step of a program.
#[derive(Clone, Debug)]
pub(super) enum Step<T> {
    /// `y[o] = constants[o] + sum of weight * x[i]` over the terms `(o, i, weight)`.
    Affine { constants: Vec<T>, terms: Vec<(u32, u32, T)> },
    /// Every unit on one of these pieces: slope, and value at zero.
    Pieces { levels: Vec<T>, factor: T, pieces: Vec<(T, T)> },
    /// The greatest entry of each window.
    Greatest(Vec<Vec<u32>>),
    /// Remember the signal.
    Keep,
    /// Add the remembered signal, times a factor.
    Add(T),
    /// Remember the signal below the remembered one, and take up that one again.
    Other,
    /// Forget the remembered signal; the ones below it and this one, each times a factor, are one.
    Join(Vec<T>),
}

impl Step<Rational> {
    /// The same step in other integers.
    fn of<T: Entry>(&self) -> Step<T> {
        let all = |numbers: &[Rational]| numbers.iter().map(T::of).collect();
        match self {
            Self::Affine { constants, terms } => {
                let terms = terms.iter().map(|(o, i, w)| (*o, *i, T::of(w))).collect();
                Step::Affine { constants: all(constants), terms }
            }
            Self::Pieces { levels, factor, pieces } => {
                let pieces = pieces.iter().map(|(s, o)| (T::of(s), T::of(o))).collect();
                Step::Pieces { levels: all(levels), factor: T::of(factor), pieces }
            }
            Self::Greatest(windows) => Step::Greatest(windows.clone()),
            Self::Keep => Step::Keep,
            Self::Add(factor) => Step::Add(T::of(factor)),
            Self::Other => Step::Other,
            Self::Join(factors) => Step::Join(all(factors)),
        }
    }
}

/// What is known at the beginning of a stage.
#[derive(Clone, Debug)]
pub(super) struct State<T> {
    signal: Signal<T>,
    kept: Vec<Signal<T>>,
    /// The step that the stage decides.
    step: usize,
}

impl Program<Rational> {
    /// The same program in other integers.
    pub fn in_integers<T: Entry>(&self) -> Program<T> {
        let (domain, frame) = (self.domain.clone(), self.frame.clone());
        Program::new((self.width, domain, frame), &self.steps, &self.inputs)
    }
}

impl<T: Entry> Program<T> {
    /// The program in integers that are wide enough for what the listing says of its bits.
    pub fn of(listing: &Listing) -> Self {
        let (domain, frame) = (listing.domain.clone(), listing.frame.clone());
        Self::new((listing.width, domain, frame), &listing.steps, &listing.inputs)
    }

    fn new(
        (width, domain, frame): (usize, Domain, Option<Frame>),
        steps: &[Step<Rational>],
        inputs: &[Sparse<Rational>],
    ) -> Self {
        let steps: Vec<Step<T>> = steps.iter().map(Step::of).collect();
        let origins = Origins::new(&steps, inputs.len());
        let columns = steps.iter().map(Columns::of).collect();
        let unit = |form: &Sparse<Rational>| form.iter().map(|(k, x)| (*k, T::of(x))).collect();
        let inputs = inputs.iter().map(unit).collect();
        Self { width, domain, steps, columns, inputs, origins, frame }
    }

    /// Runs steps until one has to be decided.
    fn advance(&self, mut state: State<T>) -> State<T> {
        loop {
            match self.steps.get(state.step) {
                None | Some(Step::Pieces { .. } | Step::Greatest(_)) => return state,
                Some(Step::Affine { constants, terms }) => {
                    state.signal = self.affine(constants, terms, &state.signal);
                }
                Some(Step::Keep) => state.kept.push(state.signal.clone()),
                Some(Step::Add(factor)) => {
                    let kept = state.kept.pop().expect("a signal was kept");
                    for (y, x) in state.signal.iter_mut().zip(&kept) {
                        y.add_product(factor, x);
                    }
                }
                Some(Step::Other) => {
                    let kept = state.kept.last().expect("a signal was kept").clone();
                    let place = state.kept.len() - 1;
                    state.kept.insert(place, std::mem::replace(&mut state.signal, kept));
                }
                Some(Step::Join(factors)) => {
                    state.kept.pop();
                    let made = state.kept.split_off(state.kept.len() + 1 - factors.len());
                    let last = std::mem::take(&mut state.signal);
                    for (made, factor) in made.into_iter().chain([last]).zip(factors) {
                        let first = state.signal.len();
                        state.signal.resize(first + made.len(), T::zero());
                        let sum = &mut state.signal[first..];
                        sum.iter_mut().zip(&made).for_each(|(y, x)| y.add_product(factor, x));
                    }
                }
            }
            state.step += 1;
        }
    }

    fn affine(&self, constants: &[T], terms: &[(u32, u32, T)], x: &[T]) -> Signal<T> {
        let width = self.width;
        let mut y = vec![T::zero(); constants.len() * width];
        // Units that are off are zero everywhere; most of the time they are many.
        let live: Vec<bool> = self.forms(x).map(|x| !x.iter().all(T::is_zero)).collect();
        // In small spaces loops of a length that is known when this is compiled are twice as fast.
        match width {
            2 => add_terms::<T, 2>(terms, &live, x, &mut y),
            3 => add_terms::<T, 3>(terms, &live, x, &mut y),
            4 => add_terms::<T, 4>(terms, &live, x, &mut y),
            5 => add_terms::<T, 5>(terms, &live, x, &mut y),
            _ => {
                for (o, i, weight) in terms.iter().filter(|(_, i, _)| live[*i as usize]) {
                    let y = &mut y[*o as usize * width..][..width];
                    let x = &x[*i as usize * width..][..width];
                    y.iter_mut().zip(x).for_each(|(y, x)| y.add_product(weight, x));
                }
            }
        }
        for (o, constant) in constants.iter().enumerate() {
            y[o * width].add(constant);
        }
        y
    }

    fn forms<'s>(&self, signal: &'s [T]) -> impl Iterator<Item = &'s [T]> {
        signal.chunks_exact(self.width)
    }

    /// Adds a unit's form, on the piece that was chosen, to the end of a signal.
    fn push_piece(&self, form: &[T], (slope, offset): &(T, T), signal: &mut Signal<T>) {
        let first = signal.len();
        if slope.is_one() {
            signal.extend_from_slice(form);
        } else {
            signal.resize(first + self.width, T::zero());
        }
        if !slope.is_zero() && !slope.is_one() {
            signal[first..].iter_mut().zip(form).for_each(|(y, x)| y.add_product(slope, x));
        }
        signal[first].add(offset);
    }

    fn levels(&self, form: &[T], factor: &T, levels: &[T], rows: &mut Vectors) -> Split {
        let first = rows.len();
        for level in levels {
            if level.is_zero() {
                T::push(rows, form);
                continue;
            }
            let mut row = vec![T::zero(); self.width];
            row.iter_mut().zip(form).for_each(|(y, x)| y.add_product(factor, x));
            row[0].subtract(level);
            T::push(rows, &row);
        }
        Split::Levels(first..rows.len())
    }

    fn greatest(&self, window: &[u32], signal: &[T], rows: &mut Vectors) -> Split {
        let form = |i: u32| &signal[i as usize * self.width..][..self.width];
        let differences = rows.len();
        for (a, &earlier) in window.iter().enumerate() {
            for &later in &window[a + 1..] {
                let mut row = form(later).to_vec();
                row.iter_mut().zip(form(earlier)).for_each(|(y, x)| y.subtract(x));
                T::push(rows, &row);
            }
        }
        Split::Greatest { entries: window.to_vec(), differences }
    }
}

/// Adds the terms of live units to forms of `W` entries each.
fn add_terms<T: Entry, const W: usize>(
    terms: &[(u32, u32, T)],
    live: &[bool],
    x: &[T],
    y: &mut [T],
) {
    let (x, y) = (x.as_chunks::<W>().0, y.as_chunks_mut::<W>().0);
    for (o, i, weight) in terms.iter().filter(|(_, i, _)| live[*i as usize]) {
        let (x, y) = (&x[*i as usize], &mut y[*o as usize]);
        (0..W).for_each(|j| y[j].add_product(weight, &x[j]));
    }
}

impl<T: Entry> PiecewiseAffine for Program<T> {
    type State = State<T>;
    type Piece = Vec<T>;

    fn dimension(&self) -> usize {
        self.width - 1
    }

    fn domain(&self, rows: &mut Vectors) {
        for form in self.domain.forms(self.dimension()) {
            rows.push_fractions(&homogeneous(&form));
        }
    }

    fn stages(&self) -> usize {
        let decides = |step: &&Step<T>| matches!(step, Step::Pieces { .. } | Step::Greatest(_));
        self.steps.iter().filter(decides).count()
    }

    fn start(&self) -> State<T> {
        let begins = |units: usize| vec![T::zero(); units * self.width];
        // Inputs are sparse: what reads them is made of their few entries.
        let (signal, step) = match self.steps.first() {
            Some(Step::Affine { constants, terms }) => {
                let mut y = begins(constants.len());
                for (o, i, weight) in terms {
                    let y = &mut y[*o as usize * self.width..][..self.width];
                    let unit = &self.inputs[*i as usize];
                    unit.iter().for_each(|(k, x)| y[*k].add_product(weight, x));
                }
                for (y, constant) in y.chunks_exact_mut(self.width).zip(constants) {
                    y[0].add(constant);
                }
                (y, 1)
            }
            _ => {
                let mut y = begins(self.inputs.len());
                for (y, unit) in y.chunks_exact_mut(self.width).zip(&self.inputs) {
                    unit.iter().for_each(|(k, x)| y[*k].add(x));
                }
                (y, 0)
            }
        };
        self.advance(State { signal, kept: Vec::new(), step })
    }

    fn splits(&self, state: &State<T>, rows: &mut Vectors) -> Vec<Split> {
        match &self.steps[state.step] {
            Step::Pieces { levels, factor, .. } => {
                self.forms(&state.signal).map(|f| self.levels(f, factor, levels, rows)).collect()
            }
            Step::Greatest(windows) => {
                windows.iter().map(|w| self.greatest(w, &state.signal, rows)).collect()
            }
            _ => unreachable!("a stage begins at a step that decides"),
        }
    }

    fn may_be_made(&self, stage: usize, choices: &[u32]) -> bool {
        self.origins.are_few(stage, choices, self.dimension())
    }

    fn made_of(
        &self,
        stage: usize,
        split: usize,
        choices: &[u32],
        parts: &mut Vec<u32>,
    ) -> Option<bool> {
        // At most this many independent forms vanish on a ray.
        self.origins.of(stage, split, choices, self.dimension(), parts)
    }

    fn next(&self, state: &State<T>, choices: &[u32]) -> State<T> {
        let mut signal = Vec::with_capacity(choices.len() * self.width);
        match &self.steps[state.step] {
            Step::Pieces { pieces, .. } => {
                for (form, &choice) in self.forms(&state.signal).zip(choices) {
                    self.push_piece(form, &pieces[choice as usize], &mut signal);
                }
            }
            Step::Greatest(_) => {
                for &entry in choices {
                    signal.extend_from_slice(
                        &state.signal[entry as usize * self.width..][..self.width],
                    );
                }
            }
            _ => unreachable!("a stage begins at a step that decides"),
        }
        self.advance(State { signal, kept: state.kept.clone(), step: state.step + 1 })
    }

    fn next_from(
        &self,
        state: &State<T>,
        choices: &[u32],
        (others, other): (&[u32], &State<T>),
    ) -> State<T> {
        let changed = || (0..choices.len()).filter(|&unit| choices[unit] != others[unit]);
        let columns = self.columns.get(state.step + 1).and_then(Option::as_ref);
        let (Step::Pieces { pieces, .. }, Some(columns)) = (&self.steps[state.step], columns)
        else {
            return self.next(state, choices);
        };
        // A unit that changes is taken out and put in.
        if other.step != state.step + 2 || 2 * changed().count() > choices.len() {
            return self.next(state, choices);
        }
        let mut next = other.clone();
        let (mut change, mut before) = (Vec::new(), Vec::new());
        for unit in changed() {
            let form = &state.signal[unit * self.width..][..self.width];
            change.clear();
            before.clear();
            self.push_piece(form, &pieces[choices[unit] as usize], &mut change);
            self.push_piece(form, &pieces[others[unit] as usize], &mut before);
            change.iter_mut().zip(&before).for_each(|(x, b)| x.subtract(b));
            columns.add(unit, &change, &mut next.signal);
        }
        next
    }

    fn piece(&self, state: &State<T>) -> Vec<T> {
        state.signal.clone()
    }

    fn point(&self, coordinates: &[Rational]) -> Vec<Rational> {
        match &self.frame {
            Some(frame) => frame.point(coordinates),
            None => coordinates.to_vec(),
        }
    }
}
