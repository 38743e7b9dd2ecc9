//! The steps of a program in doubles: entries of forms, and beside them bounds on their errors.
//!
//! # The bounds
//!
//! Let `u = 2^-53` and `ULP = 2 u`. A signal in doubles stands for the exact signal times `2^-s`,
//! where the shift `s` is the same in every cell. *Law:* each entry of a unit is within its bound
//! `e` of the exact one, and where `e` is zero the unit is zero.
//!
//! *Factors.* A weight times a power of two is rounded at most twice, so by `3 u` of it. It is
//! zero, or its size is between `2^-200` and `2^200`; else there is no filter ([`Step::float`] is
//! `None`). Weights are divided by about the greatest of their step, so this asks for their ratio
//! only.
//!
//! *Affine steps* `y = c + sum w x` of at most `n` terms. Let `m` be the greatest entry of a unit
//! in size. Products and sums are rounded at most `n + 1` times each on the way of one term, so
//! what is computed, in whatever order, is within `sum |w| (e + (n + 5) u 2 m)` and `(n + 5) u 2
//! |c|`: the error of `x`, that of `w`, the roundings; twice, which covers the products of errors.
//! Let `charge = (n + 8) ULP`. The bound is `charge |c| + sum |w| (e + charge m)`. It is computed
//! beside the entries, as one entry more with the weights `|w|`. A unit that is zero adds nothing
//! and is left out.
//!
//! *Steps from a neighbour.* Where few units change their piece, `y' = y + sum w (x' - x)` over
//! these. The bound of every signal that an affine step computes is at least `charge |y|`, and so
//! is every partial sum: so a rounding of it costs at most `u / charge` of the bound. With `t`
//! units, `2 t` roundings a sum, the bound is multiplied by `1 + t ULP / charge`, and so are the
//! terms of the change. The invariant stays, since the terms of the change are charged like any
//! other. A bound that is large for what is left of its form is no use: then the signal is computed
//! anew.
//!
//! *Pieces, levels, differences, sums with a kept signal* are one product and one sum an entry.
//! With factors that are rounded by `3 u` they err by `5 u` of the sizes of both; `8 ULP` is
//! charged.
//!
//! *Underflow.* A product of doubles that underflows errs by at most `2^-1075` more, a sum by
//! nothing. A bound that is not zero has [`FLOOR`] added to it before it is multiplied by a factor
//! of at least `2^-200`: so a bound of an affine step is at least `2^-1000` where anything was
//! added, and exceeds what `n <= 2^22` products lose. In particular it does not underflow, and a
//! bound of zero means that nothing was added.
//!
//! *Overflow.* An infinite entry, or one that is no number, makes all that depends on it infinite
//! or no number, or is left out by a weight zero that is no term; the greatest entry of a unit is
//! no number if one is. [`Vectors::push_hidden`] believes neither.
//!
//! *Bounds themselves* are sums of products of numbers that are not negative, with at most
//! `2^22` terms: what they lose is less than [`MARGIN`] adds.

use super::compile::Sparse;
use super::incremental::Columns;
use super::program::Step;
use crate::exact::Rational;
use crate::exact::float::scaled;
use crate::exact::vectors::Vectors;
use crate::geometry::piecewise_affine::Split;

/// Covers the roundings made while a bound itself is computed.
const MARGIN: f64 = 1.0 + 1e-9;
/// What a bound is at least unless it is zero: far above what underflows lose.
const FLOOR: f64 = f64::from_bits((1023 - 800) << 52);
/// The least size of a factor of a step, whose greatest is about one.
const LEAST: f64 = f64::from_bits((1023 - 200) << 52);
/// Sums of more terms are not bounded.
const LONGEST: u32 = 1 << 22;
const ULP: f64 = f64::EPSILON;
/// An updated form with a greater relative error is computed anew.
const TELLING: f64 = 1e-6;

/// A step in doubles.
#[derive(Clone, Debug)]
pub(super) enum Float {
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
    Other,
    Join(Vec<f64>),
}

/// How many doubles a unit has: the entries of its form, and a bound on the error of each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lanes(pub usize);

/// The number times `2^-shift`; `None` if it is so small or great beside one that bounds would not
/// hold.
fn factor(x: &Rational, shift: i64) -> Option<f64> {
    let y = scaled(x, -shift);
    (x.is_zero() || (LEAST..=1.0 / LEAST).contains(&y.abs())).then_some(y)
}

impl Step<Rational> {
    /// The step in doubles, for a signal that is `2^-shift` times the exact one; what comes out of
    /// it is, too, with the new shift. `None` if the magnitudes of its numbers are too far apart.
    pub fn float(&self, shift: &mut i64, kept: &mut Vec<i64>) -> Option<Float> {
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
                if most > LONGEST {
                    return None;
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
            Self::Other => {
                let read = *kept.last()?;
                kept.insert(kept.len() - 1, std::mem::replace(shift, read));
                Float::Other
            }
            Self::Join(factors) => {
                kept.pop()?;
                let mut made = kept.split_off((kept.len() + 1).checked_sub(factors.len())?);
                made.push(*shift);
                let shifts = made.iter().zip(factors).map(|(s, f)| s + f.bits() as i64);
                *shift = shifts.max()?;
                let factors = factors.iter().zip(made).map(|(f, s)| factor(f, *shift - s));
                Float::Join(factors.collect::<Option<_>>()?)
            }
        })
    }
}

impl Lanes {
    /// Forms in doubles that are `2^-shift` times these, with their errors.
    pub fn start(self, forms: &[Sparse<Rational>], shift: i64) -> Option<Vec<Sparse<f64>>> {
        let unit = |form: &Sparse<Rational>| {
            let entries = form.iter().map(|(k, x)| Some((*k, factor(x, shift)?)));
            let mut entries = entries.collect::<Option<Sparse<f64>>>()?;
            let size = entries.iter().fold(0.0, |most: f64, (_, x)| most.max(x.abs()));
            if size > 0.0 {
                entries.push((self.0 - 1, 4.0 * ULP * size + FLOOR));
            }
            Some(entries)
        };
        forms.iter().map(unit).collect()
    }

    /// The signal of these forms.
    pub fn signal(self, forms: &[Sparse<f64>]) -> Vec<f64> {
        let mut y = vec![0.0; forms.len() * self.0];
        for (y, form) in y.chunks_exact_mut(self.0).zip(forms) {
            form.iter().for_each(|(k, x)| y[*k] = *x);
        }
        y
    }

    /// What an affine step makes of these forms.
    pub fn affine_of(
        self,
        constants: &[[f64; 2]],
        columns: &Columns<f64>,
        charge: f64,
        x: &[Sparse<f64>],
    ) -> Vec<f64> {
        let mut y = self.constants(constants);
        for (i, form) in x.iter().enumerate() {
            let Some(((_, error), entries)) = form.split_last() else { continue };
            let size = entries.iter().fold(0.0, |most: f64, (_, x)| most.max(x.abs()));
            let error = (error + charge * size) * MARGIN + FLOOR;
            for (o, weight) in columns.of_input(i) {
                let y = &mut y[*o as usize * self.0..][..self.0];
                entries.iter().for_each(|(k, x)| y[*k] += weight * x);
                y[self.0 - 1] += weight.abs() * error;
            }
        }
        y
    }

    /// Outputs without terms.
    fn constants(self, constants: &[[f64; 2]]) -> Vec<f64> {
        let mut y = vec![0.0; constants.len() * self.0];
        for (y, constant) in y.chunks_exact_mut(self.0).zip(constants) {
            (y[0], y[self.0 - 1]) = (constant[0], constant[1]);
        }
        y
    }

    /// The units of a signal.
    pub fn units(self, signal: &[f64]) -> impl Iterator<Item = &[f64]> {
        signal.chunks_exact(self.0)
    }

    /// What an affine step makes of a signal.
    pub fn affine(
        self,
        constants: &[[f64; 2]],
        columns: &Columns<f64>,
        charge: f64,
        x: &[f64],
    ) -> Vec<f64> {
        let mut y = self.constants(constants);
        let mut term = vec![0.0; self.0];
        for (i, x) in self.units(x).enumerate() {
            if charged(x, charge, &mut term) {
                add_column(columns.of_input(i), &term, &mut y);
            }
        }
        y
    }

    /// The signal after an affine step, from another one after the same step, where units of the
    /// signal before it are on these pieces and not on those; `None` if little is left of some
    /// output.
    pub fn updated(
        self,
        (signal, other): (&[f64], &[f64]),
        turned: impl ExactSizeIterator<Item = (usize, [(f64, f64); 2])>,
        (columns, charge): (&Columns<f64>, f64),
    ) -> Option<Vec<f64>> {
        let (lanes, last) = (self.0, self.0 - 1);
        let growth = (1.0 + turned.len() as f64 * ULP / charge) * MARGIN;
        let mut updated = other.to_vec();
        updated.iter_mut().skip(last).step_by(lanes).for_each(|error| *error *= growth);
        let (mut pair, mut term) = (Vec::with_capacity(2 * lanes), vec![0.0; lanes]);
        for (unit, pieces) in turned {
            pair.clear();
            let x = &signal[unit * lanes..][..lanes];
            pieces.into_iter().for_each(|piece| self.push_piece(x, piece, &mut pair));
            let (change, old) = pair.split_at_mut(lanes);
            change[..last].iter_mut().zip(&*old).for_each(|(x, old)| *x -= old);
            change[last] += old[last];
            if charged(change, charge, &mut term) {
                term[last] *= growth;
                add_column(columns.of_input(unit), &term, &mut updated);
            }
        }
        let tells = |x: &[f64]| x[last] == 0.0 || x[last] < TELLING * greatest(&x[..last]);
        let tell = self.units(&updated).all(tells);
        tell.then_some(updated)
    }

    /// Adds the kept signal, times a factor.
    pub fn add(self, signal: &mut [f64], factor: f64, kept: &[f64]) {
        let last = self.0 - 1;
        for (y, x) in signal.chunks_exact_mut(self.0).zip(self.units(kept)) {
            if is_zero(x) {
                continue;
            }
            let sizes = greatest(&y[..last]) + factor.abs() * greatest(&x[..last]);
            let error = y[last] + factor.abs() * x[last] + 8.0 * ULP * sizes;
            (0..last).for_each(|k| y[k] += factor * x[k]);
            y[last] = error * MARGIN + FLOOR;
        }
    }

    /// The units of several signals, each signal times a factor.
    pub fn join(self, made: &[Vec<f64>], factors: &[f64]) -> Vec<f64> {
        let mut joined = Vec::with_capacity(made.iter().map(Vec::len).sum());
        for (signal, &factor) in made.iter().zip(factors) {
            self.units(signal).for_each(|x| self.push_piece(x, (factor, 0.0), &mut joined));
        }
        joined
    }

    /// Adds a unit, on the piece that was chosen, to the end of a signal.
    pub fn push_piece(self, x: &[f64], (slope, offset): (f64, f64), signal: &mut Vec<f64>) {
        let first = signal.len();
        let last = self.0 - 1;
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

    /// Writes the rows of a unit at its levels.
    pub fn levels(self, x: &[f64], factor: f64, levels: &[f64], rows: &mut Vectors) -> Split {
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

    /// Writes the differences between the units of a window.
    pub fn greatest(self, window: &[u32], signal: &[f64], rows: &mut Vectors) -> Split {
        let unit = |i: u32| &signal[i as usize * self.0..][..self.0];
        let last = self.0 - 1;
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
        (0..L).for_each(|k| y[*o as usize][k] += factors[k] * term[k]);
    }
}
