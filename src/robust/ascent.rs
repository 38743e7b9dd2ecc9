//! The best lower bound of a row by ascent in its multipliers, in doubles: a proposal.
//!
//! Where the linear program of a relaxation asks for a table, this goes through the network twice a
//! step: backward for the bound that the multipliers have, forward from the point where it is met
//! for the direction in which it grows. It serves every norm, and networks of many layers.

use super::domain::Domain;
use super::pass::Multipliers;
use super::program::{Program, Row};
use super::relax::rounded;
use std::rc::Rc;

/// Rates of the two means of the gradient.
const MEANS: (f64, f64) = (0.9, 0.999);
/// The first step of a share, and the part of it that is left after each step.
const STEP: (f64, f64) = (0.15, 0.97);
/// Steps after which an ascent that will not arrive is given up.
const EARLY: usize = 12;

/// What each unit passes on of its own coefficient, and what it adds.
#[derive(Clone, Debug, Default)]
pub struct Slopes {
    /// Of open units: the share of a coefficient that is not negative.
    share: Vec<f64>,
    /// Of units whose side is fixed: how hard they are pushed to it.
    push: Vec<f64>,
    /// The multiplier of each further row, not negative.
    rows: Vec<f64>,
}

impl Slopes {
    /// Where an ascent begins: an open unit passes everything on if it is rather on than off.
    pub fn new(ranges: &[(f64, f64)], units: usize, rows: usize) -> Self {
        let share = |(lo, hi): &(f64, f64)| if *hi > -lo { 1.0 } else { 0.0 };
        let mut share: Vec<f64> = ranges.iter().map(share).collect();
        share.resize(units, 0.0);
        Self { share, push: vec![0.0; units], rows: vec![0.0; rows] }
    }
}

/// A bound, and where it is met.
pub struct Met {
    /// The bound.
    pub value: f64,
    /// The input where it is met.
    pub input: Vec<f64>,
    /// For each open unit how much of the bound is lost there.
    pub losses: Vec<(usize, f64)>,
}

/// The ascents of one search.
pub struct Ascent<'a> {
    program: &'a Program,
    /// Where the bounds hold.
    pub domain: Rc<Domain>,
    /// Terms of all units, one after the other.
    starts: Vec<usize>,
    terms: Vec<(u32, f64)>,
    constants: Vec<f64>,
    /// Coefficients of the last pass backward, and values of the last pass forward.
    coefficients: Vec<f64>,
    values: Vec<f64>,
    slopes: Vec<f64>,
}

impl<'a> Ascent<'a> {
    /// Ready for any row of the program on the domain.
    pub fn new(program: &'a Program, domain: Rc<Domain>) -> Self {
        let (mut starts, mut terms, mut constants) = (vec![0], Vec::new(), Vec::new());
        for row in &program.units {
            terms.extend(row.terms.iter().zip(&row.near.0).map(|((i, _), w)| (*i as u32, *w)));
            starts.push(terms.len());
            constants.push(row.near.1);
        }
        let (coefficients, values, slopes) = (Vec::new(), Vec::new(), Vec::new());
        Self { program, domain, starts, terms, constants, coefficients, values, slopes }
    }

    fn terms(&self, unit: usize) -> &[(u32, f64)] {
        &self.terms[self.starts[unit]..self.starts[unit + 1]]
    }

    /// The bound of `goal[0] + sum of rows[r] goal[r]` that the slopes have, and where it is met.
    fn backward(
        &mut self,
        goal: &[(f64, &Row)],
        ranges: &[(f64, f64)],
        slopes: &Slopes,
    ) -> (f64, Vec<f64>) {
        let (inputs, units) = (self.program.inputs, ranges.len());
        let mut own = std::mem::take(&mut self.coefficients);
        own.clear();
        own.resize(inputs + units, 0.0);
        self.slopes.clear();
        self.slopes.resize(units, 0.0);
        let mut bound = 0.0;
        for (r, (factor, row)) in goal.iter().enumerate() {
            let factor = if r == 0 { *factor } else { factor * slopes.rows[r - 1] };
            if factor != 0.0 {
                row.terms.iter().zip(&row.near.0).for_each(|((i, _), w)| own[*i] += factor * w);
                bound += factor * row.near.1;
            }
        }
        for unit in (0..units).rev() {
            let c = own[inputs + unit];
            let (lo, hi) = ranges[unit];
            let slope = if lo >= 0.0 {
                let push = slopes.push[unit];
                bound += push * lo;
                c - push
            } else if hi <= 0.0 {
                let push = slopes.push[unit];
                bound -= push * hi;
                push
            } else if c < 0.0 {
                let slope = c * hi / (hi - lo);
                bound -= slope * lo;
                slope
            } else {
                c * slopes.share[unit]
            };
            self.slopes[unit] = slope;
            if slope != 0.0 {
                for (i, w) in self.terms(unit) {
                    own[*i as usize] += slope * w;
                }
                bound += slope * self.constants[unit];
            }
        }
        let (least, input) = self.domain.near_least(&own[..inputs]);
        self.coefficients = own;
        (bound + least, input)
    }

    /// The rates of the bound in what each unit makes and what enters it, at the input.
    fn forward(&mut self, input: &[f64], ranges: &[(f64, f64)], slopes: &Slopes) -> Vec<f64> {
        let inputs = self.program.inputs;
        let mut values = std::mem::take(&mut self.values);
        values.clear();
        values.extend_from_slice(input);
        let mut entering = Vec::with_capacity(ranges.len());
        for (unit, (lo, hi)) in ranges.iter().enumerate() {
            let products = self.terms(unit).iter().map(|(i, w)| w * values[*i as usize]);
            let z = products.sum::<f64>() + self.constants[unit];
            entering.push(z);
            values.push(if *lo >= 0.0 {
                z
            } else if *hi <= 0.0 {
                0.0
            } else if self.coefficients[inputs + unit] < 0.0 {
                hi / (hi - lo) * (z - lo)
            } else {
                slopes.share[unit] * z
            });
        }
        self.values = values;
        entering
    }

    /// Climbs for so many steps, or until the bound is above `enough` or hardly will be positive;
    /// the slopes are left where the bound was best.
    pub fn climb(
        &mut self,
        goal: &[(f64, &Row)],
        ranges: &[(f64, f64)],
        slopes: &mut Slopes,
        steps: usize,
        enough: f64,
    ) -> Met {
        let (inputs, units, rows) = (self.program.inputs, ranges.len(), goal.len() - 1);
        let mut own = slopes.clone();
        let mut means = vec![(0.0f64, 0.0f64); 2 * units + rows];
        let (mut best, mut input) = (f64::NEG_INFINITY, Vec::new());
        let (mut rate, mut decay, mut early) = (STEP.0, (1.0, 1.0), f64::NEG_INFINITY);
        for step in 0..steps.max(1) {
            let (value, at) = self.backward(goal, ranges, &own);
            // Beyond the doubles a value is no number: the first input is kept all the same.
            if value > best || step == 0 {
                (best, input) = (value, at.clone());
                slopes.clone_from(&own);
            }
            if best > enough || step + 1 >= steps {
                break;
            }
            // What the last steps gained says what more of them may.
            if enough.is_finite() && step % EARLY == EARLY - 1 {
                let left = ((steps - step) / EARLY) as f64;
                if best + (best - early) * left.min(4.0) < 0.0 {
                    break;
                }
                early = best;
            }
            let entering = self.forward(&at, ranges, &own);
            decay = (decay.0 * MEANS.0, decay.1 * MEANS.1);
            let moved = |mean: &mut (f64, f64), gradient: f64| {
                mean.0 = MEANS.0 * mean.0 + (1.0 - MEANS.0) * gradient;
                mean.1 = MEANS.1 * mean.1 + (1.0 - MEANS.1) * gradient * gradient;
                let size = (mean.1 / (1.0 - decay.1)).sqrt();
                if size > 0.0 { mean.0 / (1.0 - decay.0) / size } else { 0.0 }
            };
            let own_coefficients = &self.coefficients[inputs..];
            let scale = own_coefficients.iter().fold(0.0f64, |most, c| most.max(c.abs()));
            for (unit, (lo, hi)) in ranges.iter().copied().enumerate() {
                let (c, z) = (own_coefficients[unit], entering[unit]);
                if lo == 0.0 || hi == 0.0 {
                    let uphill = if lo == 0.0 { -z } else { z };
                    let by = moved(&mut means[2 * unit], uphill);
                    own.push[unit] = (own.push[unit] + rate * scale * by).max(0.0);
                } else if lo < 0.0 && hi > 0.0 && c > 0.0 {
                    let by = moved(&mut means[2 * unit + 1], c * z);
                    own.share[unit] = (own.share[unit] + rate * by).clamp(0.0, 1.0);
                }
            }
            for (r, (factor, row)) in goal.iter().skip(1).enumerate() {
                let by = moved(&mut means[2 * units + r], factor * row.near_at(&self.values));
                let size = |row: &Row| row.near.0.iter().fold(0.0f64, |m, w| m.max(w.abs()));
                // A row without weights is no help.
                if size(row) > 0.0 {
                    let unit = size(goal[0].1) / size(row);
                    own.rows[r] = (own.rows[r] + rate * unit * by).max(0.0);
                }
            }
            rate *= STEP.1;
        }
        Met { value: best, input, losses: Vec::new() }
    }

    /// The bound that the slopes have, and what each open unit loses.
    pub fn look(&mut self, goal: &[(f64, &Row)], ranges: &[(f64, f64)], slopes: &Slopes) -> Met {
        let inputs = self.program.inputs;
        let (value, input) = self.backward(goal, ranges, slopes);
        let entering = self.forward(&input, ranges, slopes);
        let mut losses = Vec::new();
        for (unit, (lo, hi)) in ranges.iter().enumerate() {
            if *lo < 0.0 && *hi > 0.0 {
                let c = self.coefficients[inputs + unit];
                let gap = (self.values[inputs + unit] - entering[unit].max(0.0)).abs();
                let most = if c < 0.0 { -lo * hi / (hi - lo) } else { 0.0 };
                losses.push((unit, c.abs() * (gap + 0.1 * most)));
            }
        }
        Met { value, input, losses }
    }

    /// The bound alone.
    pub fn value(&mut self, goal: &[(f64, &Row)], ranges: &[(f64, f64)], slopes: &Slopes) -> f64 {
        self.backward(goal, ranges, slopes).0
    }

    /// Whole multipliers for what the slopes say.
    pub fn proposed(
        &mut self,
        goal: &[(f64, &Row)],
        ranges: &[(f64, f64)],
        slopes: &Slopes,
    ) -> Multipliers {
        self.backward(goal, ranges, slopes);
        let is_stated = |unit: &usize| {
            let (lo, hi) = ranges[*unit];
            (lo < 0.0 && hi > 0.0) || slopes.push[*unit] != 0.0
        };
        let units: Vec<(usize, f64)> =
            (0..ranges.len()).filter(is_stated).map(|unit| (unit, self.slopes[unit])).collect();
        let rows: Vec<(f64, &Row)> = goal
            .iter()
            .enumerate()
            .map(|(r, (_, row))| (if r == 0 { 1.0 } else { slopes.rows[r - 1] }, *row))
            .collect();
        rounded(self.program, &rows, &units)
    }
}
