//! Certificates of fits, for the independent checker; `proofs/FORMAT.md` has the grammar.

use super::data::Data;
use super::decayed::decayed_cost;
use super::decayed_fit::DecayedFit;
use super::interpolation::{Interpolation, Knots};
use super::penalised::{Fit, Penalised};
use super::vector::{VectorInterpolation, length};
use crate::exact::Rational;
use std::io::{self, Write};

/// That no interpolant costs less than `least`, and that the function costs that.
pub fn interpolation(
    problem: &Interpolation<'_>,
    function: &Knots,
    least: &Rational,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "certificate 1 interpolation\nclaim sparsity/connect_the_dots")?;
    points(problem.data(), out)?;
    writeln!(out, "least {least}\nproof")?;
    knots(function, out)?;
    numbers("dual", problem.signs(), out)?;
    writeln!(out, "end")
}

/// That no continuous piecewise linear interpolant has fewer knots than the function.
pub fn fewest_knots(
    problem: &Interpolation<'_>,
    function: &Knots,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "certificate 1 fewest-knots\nclaim sparsity/sparsest_interpolant")?;
    points(problem.data(), out)?;
    writeln!(out, "knots {}\nproof", function.at.len())?;
    knots(function, out)?;
    for interval in problem.packing() {
        let kind = if interval.sign > 0 { "convex" } else { "concave" };
        writeln!(out, "{kind} {}", interval.center + 1)?;
    }
    writeln!(out, "end")
}

/// Bits of the multipliers of several outputs.
const DUAL_BITS: u32 = 64;

/// That no interpolant with several outputs costs less than a bound, and that the functions, which
/// are a least one, cost at most another.
pub fn several(
    problem: &VectorInterpolation,
    functions: &[Knots],
    out: &mut impl Write,
) -> io::Result<()> {
    let (x, outputs) = (problem.x(), problem.outputs());
    writeln!(out, "certificate 1 vector-interpolation\nclaim sparsity/several_outputs")?;
    writeln!(out, "outputs {}\npoints {}", outputs.len(), x.len())?;
    for (i, x) in x.iter().enumerate() {
        let values: Vec<Rational> = outputs.iter().map(|values| values[i].clone()).collect();
        numbers(&format!("point {x}"), &values, out)?;
    }
    let (dual, is_exact) = dual(problem);
    let least = problem.least();
    let (mut lower, mut upper) = (least.lo().clone(), least.hi().clone());
    if !is_exact {
        // What rounding takes from each product of a multiplier, and adds to each root.
        let unit = |bits: u32| Rational::integer(2).pow(-(bits as i32));
        let count = |n: usize| Rational::from(n);
        let jumps = count(x.len());
        lower = lower * (Rational::ONE - count(2 * outputs.len()) * unit(DUAL_BITS))
            - &jumps * unit(128);
        upper += jumps * unit(128);
    }
    writeln!(out, "lower {lower}\nupper {upper}\nproof")?;
    let slopes: Vec<&Rational> = functions.iter().map(|f| &f.slopes[0]).collect();
    numbers("slope", &slopes, out)?;
    for (k, t) in functions[0].at.iter().enumerate() {
        let jump = functions.iter().map(|f| &f.slopes[k + 1] - &f.slopes[k]);
        numbers(&format!("knot {t}"), &jump.collect::<Vec<_>>(), out)?;
    }
    dual.iter().try_for_each(|values| numbers("dual", values, out))?;
    writeln!(out, "end")
}

/// For each output its multipliers: jumps over their lengths, rounded towards 0 where those are no
/// fractions; and whether none was.
fn dual(problem: &VectorInterpolation) -> (Vec<Vec<Rational>>, bool) {
    let mut dual = vec![vec![Rational::ZERO]; problem.outputs().len()];
    let mut is_exact = true;
    let unit = Rational::integer(2).pow(DUAL_BITS as i32);
    for jump in problem.jumps() {
        let size = length(&jump);
        for (values, a) in dual.iter_mut().zip(&jump) {
            values.push(match size.value() {
                Some(size) if size.is_zero() => Rational::ZERO,
                Some(size) => a / size,
                None => {
                    is_exact = false;
                    let part = (a.abs() / size.hi() * &unit).floor() / &unit;
                    if a.is_negative() { -part } else { part }
                }
            });
        }
    }
    if problem.x().len() > 1 {
        dual.iter_mut().for_each(|values| values.push(Rational::ZERO));
    }
    (dual, is_exact)
}

/// That no interpolant costs less than a bound where biases decay, and that the fit costs at most
/// another.
pub fn decayed(data: &Data, found: &DecayedFit, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "certificate 1 decayed-interpolation\nclaim sparsity/decayed_biases")?;
    points(data, out)?;
    let mut upper = found.value.hi().clone();
    if decayed_cost(&found.fit.function()).value().is_none() {
        // What the checker adds to each root.
        upper += Rational::from(found.fit.at.len()) * Rational::integer(2).pow(-128);
    }
    writeln!(out, "lower {}\nupper {upper}\nproof", found.value.lo())?;
    knots(&found.fit, out)?;
    numbers("dual", &found.dual, out)?;
    writeln!(out, "end")
}

/// That the least objective is enclosed as the fit says, by its values from above and by its dual
/// from below.
pub fn penalised(problem: &Penalised, fit: &Fit, out: &mut impl Write) -> io::Result<()> {
    let data = problem.data();
    writeln!(out, "certificate 1 penalised\nclaim sparsity/penalised\npoints {}", data.len())?;
    for ((x, y), weight) in data.x().iter().zip(data.y()).zip(problem.weights()) {
        writeln!(out, "point {x} {y} {weight}")?;
    }
    writeln!(out, "lambda {}", problem.lambda())?;
    writeln!(out, "objective {} {}\nproof", fit.objective.lo(), fit.objective.hi())?;
    numbers("values", &fit.values, out)?;
    numbers("dual", &fit.dual, out)?;
    writeln!(out, "end")
}

fn points(data: &Data, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "points {}", data.len())?;
    data.x().iter().zip(data.y()).try_for_each(|(x, y)| writeln!(out, "point {x} {y}"))
}

fn knots(function: &Knots, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "slope {}", function.slopes[0])?;
    function.at.iter().zip(function.jumps()).try_for_each(|(t, a)| writeln!(out, "knot {t} {a}"))
}

fn numbers<T: std::fmt::Display>(
    keyword: &str,
    list: &[T],
    out: &mut impl Write,
) -> io::Result<()> {
    write!(out, "{keyword}")?;
    list.iter().try_for_each(|number| write!(out, " {number}"))?;
    writeln!(out)
}
