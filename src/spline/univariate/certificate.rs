//! Certificates of fits, for the independent checker; `proofs/FORMAT.md` has the grammar.

use super::data::Data;
use super::interpolation::{Interpolation, Knots};
use super::penalised::{Fit, Penalised};
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
