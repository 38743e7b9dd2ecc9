//! Gradient attacks in doubles: what they find is a proposal.

use super::cell::{Cells, Witness};
use super::domain::Norm;
use crate::exact::Rational;
use crate::exact::float::nearest;

/// Crossings that are made exact, the nearest ones.
const MADE_EXACT: usize = 2;
/// Steps of one descent.
const STEPS: usize = 40;

/// A distance that an attack believes to be enough; none if it found nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Believed {
    /// One step along the gradient, as long as the norm allows.
    pub fgsm: Option<f64>,
    /// Many small steps, each projected.
    pub pgd: Option<f64>,
}

/// The smallest change `w` in the box of rooms with `gradient . w = -fall`, for the norm.
pub fn cheapest(norm: Norm, gradient: &[f64], fall: f64, rooms: &[(f64, f64)]) -> Option<Vec<f64>> {
    // How far an entry may go downhill.
    let room = |i: usize| if gradient[i] > 0.0 { -rooms[i].0 } else { rooms[i].1 };
    let most: f64 = (0..gradient.len()).map(|i| gradient[i].abs() * room(i)).sum();
    if fall.is_nan() || fall > most {
        return None;
    }
    let lengths: Vec<f64> = match norm {
        Norm::L1 => {
            let mut order: Vec<usize> = (0..gradient.len()).collect();
            order.sort_by(|a, b| gradient[*b].abs().total_cmp(&gradient[*a].abs()));
            let (mut lengths, mut left) = (vec![0.0; gradient.len()], fall);
            for i in order {
                let rate = gradient[i].abs();
                if left <= 0.0 || rate == 0.0 {
                    break;
                }
                lengths[i] = room(i).min(left / rate);
                left -= lengths[i] * rate;
            }
            lengths
        }
        _ => {
            let at = |t: f64| -> Vec<f64> {
                let step = |i: usize| if norm == Norm::Linf { t } else { t * gradient[i].abs() };
                (0..gradient.len())
                    .map(|i| if gradient[i] == 0.0 { 0.0 } else { step(i).min(room(i)) })
                    .collect()
            };
            let falls = |lengths: &[f64]| -> f64 {
                lengths.iter().zip(gradient).map(|(l, g)| l * g.abs()).sum()
            };
            let (mut low, mut high) = (0.0, 1.0);
            for _ in 0..200 {
                if falls(&at(high)) >= fall {
                    break;
                }
                high *= 2.0;
            }
            for _ in 0..100 {
                let middle = 0.5 * (low + high);
                if falls(&at(middle)) >= fall { high = middle } else { low = middle }
            }
            at(high)
        }
    };
    Some(lengths.iter().zip(gradient).map(|(l, g)| -l * g.signum()).collect())
}

/// What an attack needs of the network: the margin and its gradient.
struct Slope<'c, 'a> {
    cells: &'c Cells<'a>,
    center: Vec<f64>,
    rooms: Vec<(f64, f64)>,
}

impl<'c, 'a> Slope<'c, 'a> {
    fn new(cells: &'c Cells<'a>) -> Self {
        let center: Vec<f64> = cells.domain.center.iter().map(nearest).collect();
        let room = |i: usize| match &cells.domain.sides {
            Some(sides) => {
                (nearest(&sides.lo()[i]) - center[i], nearest(&sides.hi()[i]) - center[i])
            }
            None => (f64::NEG_INFINITY, f64::INFINITY),
        };
        let rooms = (0..center.len()).map(room);
        let rooms = rooms.map(|(a, b)| (a.max(-1e12), b.min(1e12))).collect();
        Self { cells, center, rooms }
    }

    fn at(&self, x: &[f64], class: usize) -> (f64, Vec<f64>) {
        let program = self.cells.program;
        let (entries, entering) = program.near_entries(x);
        let is_on: Vec<bool> = entering.iter().map(|z| *z > 0.0).collect();
        let row = &self.cells.margins[class].1;
        (row.near_at(&entries), program.near_gradient(row, &is_on))
    }

    fn moved(&self, change: &[f64]) -> Vec<f64> {
        self.center.iter().zip(change).map(|(c, w)| c + w).collect()
    }

    /// The change that a step from `x` along the signs of the gradient leads to, in the box.
    fn downhill(&self, x: &[f64], gradient: &[f64]) -> Vec<f64> {
        let width = self.rooms.iter().fold(0.0f64, |most, (lo, hi)| most.max(hi - lo));
        let step = steepest(Norm::Linf, gradient, (width / 8.0).min(1.0));
        let moved = x.iter().zip(&step).zip(&self.center).map(|((x, s), c)| x + s - c);
        moved.zip(&self.rooms).map(|(w, (lo, hi))| w.clamp(*lo, *hi)).collect()
    }

    fn least_margin(&self, x: &[f64]) -> f64 {
        let (entries, _) = self.cells.program.near_entries(x);
        let margins = self.cells.margins.iter().map(|(_, row)| row.near_at(&entries));
        margins.fold(f64::INFINITY, f64::min)
    }
}

/// Points with another label that linear models of the network lead to, made exact in their cells;
/// the nearest first, and only a few.
pub fn proposals(cells: &Cells<'_>) -> Vec<Witness> {
    let slope = Slope::new(cells);
    let mut crossings: Vec<(f64, usize, Vec<f64>)> = Vec::new();
    for class in 0..cells.margins.len() {
        let mut x = slope.center.clone();
        let mut best: Option<(f64, Vec<f64>)> = None;
        // A model that is wrong time and again is asked for more than it promises.
        let mut eager = 1.0;
        for _ in 0..STEPS {
            let (margin, gradient) = slope.at(&x, class);
            let here: f64 =
                gradient.iter().zip(&x).zip(&slope.center).map(|((g, x), c)| g * (x - c)).sum();
            // The model is `margin + gradient . (x' - x)`, to be a little below 0.
            let fall = eager * (margin - here) + 1e-9 * (1.0 + margin.abs());
            // Where the model never gets there, a step downhill shows another one.
            let change = cheapest(cells.domain.norm, &gradient, fall, &slope.rooms);
            let change = change.unwrap_or_else(|| slope.downhill(&x, &gradient));
            let next = slope.moved(&change);
            let is_same = next.iter().zip(&x).all(|(a, b)| (a - b).abs() < 1e-12);
            x = next;
            eager *= 1.1;
            if slope.at(&x, class).0 <= 0.0 {
                eager = 1.0;
                // The first crossing on the way from the centre.
                let (mut low, mut high) = (0.0, 1.0);
                for _ in 0..40 {
                    let middle = 0.5 * (low + high);
                    let part: Vec<f64> = change.iter().map(|w| w * middle).collect();
                    match slope.at(&slope.moved(&part), class).0 <= 0.0 {
                        true => high = middle,
                        false => low = middle,
                    }
                }
                let part: Vec<f64> = change.iter().map(|w| w * high).collect();
                let length = cells.domain.norm.near_length(&part);
                if best.as_ref().is_none_or(|(least, _)| length < *least) {
                    best = Some((length, slope.moved(&part)));
                }
                x = slope.moved(&part);
            }
            if is_same {
                break;
            }
        }
        crossings.extend(best.map(|(length, x)| (length, class, x)));
    }
    crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
    let made_exact = crossings.iter().filter_map(|(_, class, x)| cells.descend(x, *class));
    let mut found: Vec<Witness> = made_exact.take(MADE_EXACT).collect();
    found.sort_by(|a, b| a.distance.cmp(&b.distance));
    found
}

/// What FGSM and PGD believe: the smallest length at which they change the label, by bisection
/// between 0 and `reach`. Neither proves anything.
pub fn believed(cells: &Cells<'_>, reach: &Rational) -> Believed {
    let slope = Slope::new(cells);
    let reach = match cells.domain.norm {
        Norm::L2 => nearest(reach).sqrt(),
        _ => nearest(reach),
    };
    let bisect = |succeeds: &dyn Fn(f64) -> bool| {
        let mut high = (1..=64).map(|k| reach * f64::from(k) / 16.0).find(|e| succeeds(*e))?;
        let mut low = 0.0;
        for _ in 0..30 {
            let middle = 0.5 * (low + high);
            if succeeds(middle) { high = middle } else { low = middle }
        }
        Some(high)
    };
    let classes = 0..cells.margins.len();
    let gradients: Vec<_> = classes.clone().map(|c| slope.at(&slope.center, c)).collect();
    // The label that is closest to win at the point is the one that the loss looks at.
    let nearest_class = classes.min_by(|a, b| gradients[*a].0.total_cmp(&gradients[*b].0));
    let Some(nearest_class) = nearest_class else { return Believed::default() };
    let fgsm = |length: f64| {
        let change = steepest(cells.domain.norm, &gradients[nearest_class].1, length);
        slope.least_margin(&clipped(&slope, &change)) <= 0.0
    };
    let pgd = |length: f64| {
        let mut x = slope.center.clone();
        for _ in 0..STEPS {
            let (_, gradient) = slope.at(&x, nearest_class);
            let step = steepest(cells.domain.norm, &gradient, length / 8.0);
            let change: Vec<f64> =
                x.iter().zip(&step).zip(&slope.center).map(|((x, s), c)| x + s - c).collect();
            x = clipped(&slope, &projected(cells.domain.norm, change, length));
            if slope.least_margin(&x) <= 0.0 {
                return true;
            }
        }
        false
    };
    Believed { fgsm: bisect(&fgsm), pgd: bisect(&pgd) }
}

fn clipped(slope: &Slope<'_, '_>, change: &[f64]) -> Vec<f64> {
    let sides = change.iter().zip(&slope.rooms);
    let change: Vec<f64> = sides.map(|(w, (lo, hi))| w.clamp(*lo, *hi)).collect();
    slope.moved(&change)
}

/// The change of this length that a linear model falls most along.
fn steepest(norm: Norm, gradient: &[f64], length: f64) -> Vec<f64> {
    match norm {
        Norm::Linf => {
            gradient.iter().map(|g| if *g == 0.0 { 0.0 } else { -length * g.signum() }).collect()
        }
        Norm::L2 => {
            let size = norm.near_length(gradient).max(1e-300);
            gradient.iter().map(|g| -length * g / size).collect()
        }
        Norm::L1 => {
            let top = (0..gradient.len())
                .max_by(|a, b| gradient[*a].abs().total_cmp(&gradient[*b].abs()));
            let mut change = vec![0.0; gradient.len()];
            if let Some(top) = top {
                change[top] = -length * gradient[top].signum();
            }
            change
        }
    }
}

/// A change scaled back into the ball; for linf clipped.
fn projected(norm: Norm, change: Vec<f64>, length: f64) -> Vec<f64> {
    match norm {
        Norm::Linf => change.into_iter().map(|w| w.clamp(-length, length)).collect(),
        _ => {
            let size = norm.near_length(&change);
            let factor = if size > length { length / size } else { 1.0 };
            change.into_iter().map(|w| w * factor).collect()
        }
    }
}
