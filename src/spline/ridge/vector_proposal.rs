//! Several outputs in floating point: an interior method over a pool of units, which grows by
//! those whose dual values are too long. It proposes units, weights and multipliers; nothing in
//! this file decides, and numbers that are not numbers make a bad proposal.
//!
//! The multipliers W maximise `<W, Y> - ridge |W|^2 / 2 + t sum_k ln(1 - |W' f_k|^2)` over what is
//! orthogonal to the free columns, for t that falls towards zero; f_k are the values of unit k.
//! Where the gradient vanishes, the weights `2 t W' f_k / (1 - |W' f_k|^2)` fit the data.

use super::fan::Fans;
use super::fit::FitError;
use super::pencil::Atom;
use super::proposal::{Column, column, first_basis};
use super::search::Search;
use super::watch::Watch;
use crate::exact::float::nearest;

/// By how much dual values may be too long, in the rounds in which the pool grows.
const ROUNDS: [f64; 4] = [1e-2, 1e-4, 1e-7, 1e-9];
/// Newton's steps for one t.
const PATIENCE: usize = 60;
/// Rounds in all: more are a cycle.
const MOST_ROUNDS: usize = 300;
/// Weights below this part of the greatest are those of units whose dual values are too short.
const LIGHT: f64 = 1e-6;
/// How far multipliers give way to weights in one step of the last phase.
const GIVE: f64 = 1e-7;

/// Units with their weights for norm one, the heaviest first, and multipliers, one list an output.
pub(super) struct VectorProposal {
    pub units: Vec<(Atom, Vec<f64>)>,
    pub multipliers: Vec<Vec<f64>>,
}

/// Proposes a fit of several outputs; `ridge` is the penalty, or 0 for one through the points.
pub(super) fn propose_vector(
    search: &Search<'_>,
    ridge: f64,
    watch: &mut Watch<'_>,
) -> Result<VectorProposal, FitError> {
    let (data, norm) = (search.data, search.norm);
    let fans = Fans::new(&search.pencils, data, norm, search.free.len() <= data.dimension());
    let frame = Frame::new(search);
    // Units that can go through any data; with a penalty none has to.
    let start = first_basis(data, &search.free).map_or(Vec::new(), |(start, _)| start);
    let mut pool: Vec<Atom> = start.into_iter().filter_map(unit).collect();
    let features = |atom: &Atom| frame.along(&column(&Column::Unit(atom.clone()), data, norm));
    let values: Vec<f64> = data.values().iter().map(nearest).collect();
    let mut barrier = Barrier {
        outputs: data.outputs(),
        ridge,
        right: values.chunks_exact(frame.count).flat_map(|y| frame.along(y)).collect(),
        units: pool.iter().map(&features).collect(),
        w: vec![0.0; frame.axes.len() * data.outputs()],
    };
    let mut rounds = ROUNDS.into_iter();
    let mut clear = rounds.next().unwrap_or_default();
    for _ in 0..MOST_ROUNDS {
        barrier.climb(clear, watch)?;
        let multipliers = frame.multipliers(&barrier);
        let found = fans.promising(&multipliers, 1.0 + clear);
        let most = found.first().map_or(1.0, |(length, _)| *length);
        let new: Vec<Atom> = found.into_iter().map(|(_, atom)| atom).collect();
        let new: Vec<Atom> = new.into_iter().filter(|atom| !pool.contains(atom)).collect();
        if new.is_empty() {
            match rounds.next() {
                Some(next) => clear = next,
                None => break,
            }
            continue;
        }
        // Inside the balls of the new units, too.
        barrier.w.iter_mut().for_each(|w| *w *= 0.9 / most);
        for atom in new.into_iter().take(frame.count.max(16)) {
            barrier.units.push(features(&atom));
            pool.push(atom);
        }
    }
    let mut weights = barrier.weights(barrier.last_t(clear));
    let before = barrier.w.clone();
    barrier.polish(&mut weights);
    // What is free at the units with weights may have gone too far at others.
    if !fans.promising(&frame.multipliers(&barrier), 1.0 + 10.0 * clear).is_empty() {
        barrier.w = before;
    }
    let mut units: Vec<(Atom, Vec<f64>)> = pool.into_iter().zip(weights).collect();
    units.sort_by(|a, b| length(&b.1).total_cmp(&length(&a.1)).then_with(|| a.0.cmp(&b.0)));
    Ok(VectorProposal { units, multipliers: frame.multipliers(&barrier) })
}

fn unit(column: Column) -> Option<Atom> {
    match column {
        Column::Unit(atom) => Some(atom),
        Column::Free(_) => None,
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The Euclidean length.
pub(super) fn length(v: &[f64]) -> f64 {
    dot(v, v).sqrt()
}

/// Orthonormal axes of what is orthogonal to the free columns.
struct Frame {
    /// The number of points.
    count: usize,
    axes: Vec<Vec<f64>>,
}

impl Frame {
    fn new(search: &Search<'_>) -> Self {
        let count = search.data.points().len();
        let free = search.free.iter().map(|&k| column(&Column::Free(k), search.data, search.norm));
        let unit = |i: usize| (0..count).map(|j| f64::from(u8::from(i == j))).collect();
        let (mut axes, mut is_free): (Vec<Vec<f64>>, usize) = (Vec::new(), 0);
        for (k, mut x) in free.chain((0..count).map(unit)).enumerate() {
            let before = length(&x);
            // Twice, against rounding.
            for axis in axes.iter().chain(&axes) {
                let part = dot(axis, &x);
                x.iter_mut().zip(axis).for_each(|(x, a)| *x -= part * a);
            }
            let left = length(&x);
            if left > 1e-7 * before {
                axes.push(x.iter().map(|x| x / left).collect());
                is_free += usize::from(k < search.free.len());
            }
        }
        Self { count, axes: axes.split_off(is_free.min(axes.len())) }
    }

    fn along(&self, x: &[f64]) -> Vec<f64> {
        self.axes.iter().map(|axis| dot(axis, x)).collect()
    }

    fn multipliers(&self, barrier: &Barrier) -> Vec<Vec<f64>> {
        let size = self.axes.len();
        let one = |o: usize| {
            let w = &barrier.w[o * size..(o + 1) * size];
            (0..self.count).map(|i| self.axes.iter().zip(w).map(|(a, w)| a[i] * w).sum()).collect()
        };
        (0..barrier.outputs).map(one).collect()
    }
}

struct Barrier {
    outputs: usize,
    ridge: f64,
    /// The data, output after output, as are the multipliers.
    right: Vec<f64>,
    /// The values of the units, in the frame.
    units: Vec<Vec<f64>>,
    w: Vec<f64>,
}

impl Barrier {
    fn dual_values(&self, w: &[f64], unit: &[f64]) -> Vec<f64> {
        w.chunks_exact(unit.len().max(1)).map(|w| dot(w, unit)).collect()
    }

    fn is_inside(&self, w: &[f64]) -> bool {
        self.units.iter().all(|unit| {
            let values = self.dual_values(w, unit);
            dot(&values, &values) < 1.0
        })
    }

    /// The t at which the weights are about `clear` from the best.
    fn last_t(&self, clear: f64) -> f64 {
        let size = self.right.iter().fold(f64::MIN_POSITIVE, |most, y| most.max(y.abs()));
        0.01 * clear * size
    }

    /// Weights of the units, one an output.
    fn weights(&self, t: f64) -> Vec<Vec<f64>> {
        let weights = |unit: &Vec<f64>| {
            let values = self.dual_values(&self.w, unit);
            let factor = 2.0 * t / (1.0 - dot(&values, &values));
            values.iter().map(|value| factor * value).collect()
        };
        self.units.iter().map(weights).collect()
    }

    /// Follows the centres down to the t of `clear`.
    fn climb(&mut self, clear: f64, watch: &mut Watch<'_>) -> Result<(), FitError> {
        if self.w.is_empty() {
            return Ok(());
        }
        let last = self.last_t(clear);
        let mut t = last.max(self.last_t(1.0));
        loop {
            for _ in 0..PATIENCE {
                watch.step()?;
                if self.newton(t).is_none_or(|decrement| decrement < 1e-2) {
                    break;
                }
            }
            if t <= last {
                return Ok(());
            }
            t = last.max(0.2 * t);
        }
    }

    /// A step of Newton's method. The decrement before it; `None` if there was no step.
    fn newton(&mut self, t: f64) -> Option<f64> {
        let mut system = System::new(self);
        for unit in &self.units {
            let values = self.dual_values(&self.w, unit);
            let left = 1.0 - dot(&values, &values);
            let (first, second) = (2.0 * t / left, 4.0 * t / (left * left));
            let weights: Vec<f64> = values.iter().map(|value| first * value).collect();
            system.add(unit, &weights, first, (&values, second));
        }
        let gradient = system.gradient.clone();
        let step = system.step();
        let decrement = (dot(&gradient, &step) / t).sqrt();
        if !decrement.is_finite() {
            return None;
        }
        let mut scale = if decrement < 0.25 { 1.0 } else { 1.0 / (1.0 + decrement) };
        while scale > 1e-12 {
            let moved: Vec<f64> =
                self.w.iter().zip(&step).map(|(w, step)| w + scale * step).collect();
            if self.is_inside(&moved) {
                self.w = moved;
                return Some(decrement);
            }
            scale *= 0.5;
        }
        None
    }
}

impl Barrier {
    /// Follows the conditions of the least cost itself: dual values of length one, in the direction
    /// of the weights, at every unit with weights, and weights that fit the data. Light units go.
    fn polish(&mut self, weights: &mut [Vec<f64>]) {
        let mut best = (f64::INFINITY, self.w.clone(), weights.to_vec());
        for _ in 0..30 {
            let most = weights.iter().map(|v| length(v)).fold(0.0, f64::max);
            let mut system = System::new(self);
            let mut missed = 0.0f64;
            let mut goals = Vec::with_capacity(weights.len());
            for (unit, v) in self.units.iter().zip(weights.iter_mut()) {
                let size = length(v);
                if size <= LIGHT * most {
                    v.fill(0.0);
                    goals.push(None);
                    continue;
                }
                let towards: Vec<f64> = v.iter().map(|x| x / size).collect();
                let values = self.dual_values(&self.w, unit);
                let off: Vec<f64> = values.iter().zip(&towards).map(|(a, b)| a - b).collect();
                missed = missed.max(length(&off));
                let across = size / (1.0 + GIVE * size);
                let moved = moved(&off, &towards, across);
                let goal: Vec<f64> = v.iter().zip(moved).map(|(v, x)| v + x).collect();
                system.add(unit, &goal, across, (&towards, 1.0 / GIVE - across));
                goals.push(Some((goal, towards, across)));
            }
            missed += length(&system.gradient) / length(&self.right).max(f64::MIN_POSITIVE);
            if missed < best.0 {
                best = (missed, self.w.clone(), weights.to_vec());
            }
            let step = system.step();
            if !length(&step).is_finite() {
                break;
            }
            for ((unit, v), goal) in self.units.iter().zip(weights.iter_mut()).zip(goals) {
                let Some((goal, towards, across)) = goal else { continue };
                let turned = moved(&self.dual_values(&step, unit), &towards, across);
                *v = goal.iter().zip(turned).map(|(v, x)| v + x).collect();
                if dot(v, &towards) < 0.0 {
                    v.fill(0.0);
                }
            }
            self.w.iter_mut().zip(&step).for_each(|(w, step)| *w += step);
        }
        self.w = best.1;
        weights.clone_from_slice(&best.2);
    }
}

/// By how much weights move as their dual values move: `across` off their direction, and far more
/// along it.
fn moved(values: &[f64], towards: &[f64], across: f64) -> Vec<f64> {
    let along = dot(values, towards) * (1.0 / GIVE - across);
    values.iter().zip(towards).map(|(x, u)| across * x + along * u).collect()
}

/// The equations of a step.
struct System {
    outputs: usize,
    /// What the data leave.
    gradient: Vec<f64>,
    /// Lower halves: of the whole, and of what every output adds on its own.
    curvature: Vec<f64>,
    direct: Vec<f64>,
}

impl System {
    fn new(barrier: &Barrier) -> Self {
        let size = barrier.w.len();
        let m = size / barrier.outputs;
        let mut curvature = vec![0.0; size * size];
        (0..size).for_each(|i| curvature[i * size + i] = barrier.ridge);
        let rest = barrier.right.iter().zip(&barrier.w).map(|(y, w)| y - barrier.ridge * w);
        Self {
            outputs: barrier.outputs,
            gradient: rest.collect(),
            curvature,
            direct: vec![0.0; m * m],
        }
    }

    /// A unit with its weights, and how these follow its dual values: all of them by `every`, the
    /// part along a direction by more.
    fn add(&mut self, unit: &[f64], weights: &[f64], every: f64, (along, more): (&[f64], f64)) {
        let long = |v: &[f64]| -> Vec<f64> {
            v.iter().flat_map(|v| unit.iter().map(move |f| v * f)).collect()
        };
        self.gradient.iter_mut().zip(long(weights)).for_each(|(g, x)| *g -= x);
        add_square(&mut self.direct, unit, every);
        add_square(&mut self.curvature, &long(along), more);
    }

    fn step(mut self) -> Vec<f64> {
        let size = self.gradient.len();
        let m = size / self.outputs;
        for o in 0..self.outputs {
            for i in 0..m {
                let at = (o * m + i) * size + o * m;
                let row = self.curvature[at..at + m].iter_mut();
                row.zip(&self.direct[i * m..=i * m + i]).for_each(|(x, y)| *x += y);
            }
        }
        solve_definite(&mut self.curvature, &self.gradient)
    }
}

/// Adds `factor x x'` to the lower half of a square table.
fn add_square(table: &mut [f64], x: &[f64], factor: f64) {
    let size = x.len();
    for (i, head) in x.iter().enumerate().filter(|(_, head)| **head != 0.0) {
        let scaled = factor * head;
        let row = table[i * size..i * size + i + 1].iter_mut();
        row.zip(x).for_each(|(entry, x)| *entry += scaled * x);
    }
}

/// Solves with a positive definite table, given by its lower half, which is lost.
fn solve_definite(table: &mut [f64], right: &[f64]) -> Vec<f64> {
    let size = right.len();
    for i in 0..size {
        for j in 0..=i {
            let (above, below) = table.split_at(i * size);
            let other = if i == j { &below[..j] } else { &above[j * size..j * size + j] };
            let whole = below[j];
            let left = whole - dot(&below[..j], other);
            table[i * size + j] = match i == j {
                // Where only rounding is left, there is no step.
                true if left <= 1e-14 * whole => f64::INFINITY,
                true => left.sqrt(),
                false => left / table[j * size + j],
            };
        }
    }
    let mut x = right.to_vec();
    for i in 0..size {
        x[i] = (x[i] - dot(&table[i * size..i * size + i], &x[..i])) / table[i * size + i];
    }
    for i in (0..size).rev() {
        let above: f64 = (i + 1..size).map(|j| table[j * size + i] * x[j]).sum();
        x[i] = (x[i] - above) / table[i * size + i];
    }
    x
}
