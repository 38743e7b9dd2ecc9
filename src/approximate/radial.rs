//! A function of `|x|^2` and a network that goes through a sum of functions of one input each.
//!
//! Let the network be `H(Q(x))` with `Q(x) = sum_i q_i(x_i)`, and write `Q = T (|x|^2 + e)`. Where
//! every `q_i / T - x_i^2` stays within `r_i` of `c_i`, there `e` stays within the sum of the `r_i`
//! of the sum of the `c_i`, and `F(|x|^2) - H(Q(x))` is one of the values of `F(t) - H(T (t + e))`:
//! whatever the dimension, a function of two variables and `d` functions of one are left.

use super::expression::Expression;
use super::reduced_network::Folded;
use super::search::{self, Cuts, Found, Goal, PLACES, Target, lifted, stretched};
use crate::analysis::affine_arithmetic::{AffineArithmetic, AffineForm, Combination, Sum};
use crate::analysis::enclosure::{DomainError, Enclosure};
use crate::analysis::on_grid;
use crate::exact::Rational;
use crate::net::InputBox;

/// How the function and the network are brought down to two variables.
#[derive(Clone, Debug)]
pub struct Radial {
    /// The factor `T` of `|x|^2` in the sum.
    pub scale: Rational,
    /// The factor of the sum in the output.
    pub share: Rational,
    /// For each input, `c_i`, `r_i`, and how its side was cut.
    pub coordinates: Vec<(Rational, Rational, Cuts)>,
}

/// A network that goes through one sum.
struct Inner<'f> {
    folded: &'f Folded,
    inputs: usize,
    /// For each symbol, the input that it is a function of; none for the units after the sum.
    owners: Vec<Option<usize>>,
    /// The slopes of the sum.
    sum: AffineForm,
}

/// The nearest number with 48 places: what was rounded at many places is found again.
fn short(x: &Rational) -> Rational {
    on_grid(x, 48)
}

impl<'f> Inner<'f> {
    fn of(folded: &'f Folded, inputs: usize) -> Option<Self> {
        let mut owners: Vec<Option<usize>> = (0..inputs).map(Some).collect();
        let mut sum = None;
        for unit in &folded.units {
            let symbols: Vec<usize> = unit.directions().map(|(symbol, _)| symbol).collect();
            let owner = match symbols[..] {
                [symbol] if symbol < inputs => Some(symbol),
                _ => None,
            };
            if owner.is_none() {
                if symbols.iter().any(|symbol| owners[*symbol].is_none()) {
                    return None;
                }
                sum.get_or_insert_with(|| unit.part(|_| true));
            }
            owners.push(owner);
        }
        let sum = sum.unwrap_or_else(|| folded.output.part(|symbol| owners[symbol].is_some()));
        // The sum needs a slope to be told by.
        sum.directions().next()?;
        Some(Self { folded, inputs, owners, sum })
    }

    /// A factor of the sum in the output that leaves next to nothing of it.
    fn share(&self) -> Rational {
        let grid = &self.folded.grid;
        let slope = |form: &AffineForm, symbol| form.slope(symbol, grid);
        let symbols = self.sum.directions().map(|(symbol, _)| symbol);
        let steepest = symbols.max_by_key(|symbol| slope(&self.sum, *symbol).abs());
        let symbol = steepest.expect("the sum has a slope");
        short(&(slope(&self.folded.output, symbol) / slope(&self.sum, symbol)))
    }

    /// The kinks of the part of input `i`, increasing, each with the change of slope there, in
    /// terms of the side brought to `[-1, 1]`.
    fn kinks(&self, i: usize) -> Vec<(Rational, Rational)> {
        let grid = &self.folded.grid;
        let units = self.folded.units.iter().zip(self.inputs..);
        let own = units.filter(|(_, symbol)| self.owners[*symbol] == Some(i));
        let kink = |(unit, symbol): (&AffineForm, usize)| {
            let (slope, offset) = (unit.slope(i, grid), unit.offset());
            let exponent = self.folded.exponents[symbol].unwrap_or_default();
            let weight = self.sum.slope(symbol, grid);
            let weight = weight * Rational::integer(2).pow((1 - exponent) as i32);
            (-grid.bounds(&offset).lo() / &slope, weight * slope.abs())
        };
        let mut kinks: Vec<_> = own.map(kink).collect();
        kinks.sort();
        kinks
    }

    /// A guess of the factor of `x^2` in the part of the first input: what the change of slope at
    /// the middle kink says of an interpolant.
    fn scale(&self, domain: &InputBox) -> Rational {
        let kinks = self.kinks(0);
        let Some((_, change)) = kinks.get(kinks.len() / 2) else { return Rational::ONE };
        let middle = kinks.len() / 2;
        let one = Rational::ONE;
        let before = middle.checked_sub(1).map_or(-&one, |k| kinks[k].0.clone());
        let after = kinks.get(middle + 1).map_or(one.clone(), |(kink, _)| kink.clone());
        let radius = (&domain.hi()[0] - &domain.lo()[0]) / Rational::integer(2);
        let scale = short(&(change / ((after - before) * &radius * radius)));
        if scale.is_positive() { scale } else { one }
    }
}

/// `q_i / T - x_i^2 - c_i` on the side of input `i`.
struct Coordinate<'a> {
    inner: &'a Inner<'a>,
    domain: &'a InputBox,
    i: usize,
    units: Vec<(usize, Combination)>,
    sum: Combination,
    inverse: Rational,
    centre: Rational,
}

impl Target for Coordinate<'_> {
    fn dimension(&self) -> usize {
        1
    }

    fn form(
        &self,
        grid: &AffineArithmetic,
        cell: &[[Rational; 2]],
    ) -> Result<AffineForm, DomainError> {
        let [lo, hi] = &cell[0];
        let at = |e: &Rational| stretched(self.domain, self.i, e);
        let x = grid.variable(0, &at(lo), &at(hi));
        let zero = grid.constant(&Rational::ZERO);
        let mut values = vec![zero; self.inner.owners.len()];
        values[self.i] = grid.variable(0, lo, hi);
        for (symbol, unit) in &self.units {
            values[*symbol] = grid.relu(&grid.combine(unit, &values));
        }
        let mut sum = Sum::new(grid);
        sum.add(&self.inverse, &grid.combine(&self.sum, &values));
        sum.add(&-Rational::ONE, &grid.square(&x));
        sum.add_constant(&-&self.centre);
        Ok(sum.finish())
    }
}

impl<'a> Coordinate<'a> {
    fn new(
        inner: &'a Inner<'a>,
        domain: &'a InputBox,
        i: usize,
        scale: &Rational,
        grid: &AffineArithmetic,
    ) -> Self {
        let folded = inner.folded;
        let own = |symbol: usize| inner.owners[symbol] == Some(i);
        let round = |form: &AffineForm| folded.grid.combination(form, grid, &folded.exponents);
        let units = folded.units.iter().zip(inner.inputs..).filter(|(_, symbol)| own(*symbol));
        let units = units.map(|(unit, symbol)| (symbol, round(unit))).collect();
        let sum = round(&inner.sum.part(own)).without_centre();
        let (inverse, centre) = (scale.recip(), Rational::ZERO);
        Self { inner, domain, i, units, sum, inverse, centre }
    }

    /// The middle between the least and the greatest value at kinks, between them, and at the ends.
    fn middle(&self, grid: &AffineArithmetic) -> Rational {
        let one = Rational::ONE;
        let mut points = vec![-&one, one];
        points.extend(self.inner.kinks(self.i).into_iter().map(|(kink, _)| kink));
        points.retain(|point| point.abs() <= Rational::ONE);
        points.sort();
        let half = Rational::new(1, 2);
        let between: Vec<_> = points.windows(2).map(|p| (&p[0] + &p[1]) * &half).collect();
        let at = |x: &Rational| self.form(grid, &[[x.clone(), x.clone()]]);
        let values = points.iter().chain(&between).filter_map(|x| at(x).ok());
        let values: Vec<_> = values.map(|form| grid.bounds(&form).lo().clone()).collect();
        match (values.iter().min(), values.iter().max()) {
            (Some(lo), Some(hi)) => short(&((lo + hi) * half)),
            _ => Rational::ZERO,
        }
    }
}

/// `F(t) - H(T (t + e))`.
struct Profile<'a> {
    function: &'a Expression,
    squares: Enclosure,
    excess: Enclosure,
    scale: Rational,
    share: Rational,
    /// For each unit after the sum, what it is more than the sum, and its weight in the output.
    units: Vec<(AffineForm, Rational)>,
    constant: AffineForm,
}

impl Target for Profile<'_> {
    fn dimension(&self) -> usize {
        2
    }

    fn form(
        &self,
        grid: &AffineArithmetic,
        cell: &[[Rational; 2]],
    ) -> Result<AffineForm, DomainError> {
        let half = Rational::new(1, 2);
        let variable = |k: usize, ends: &Enclosure| {
            let at = |e: &Rational| ends.lo() + ends.width() * (e + Rational::ONE) * &half;
            grid.variable(k, &at(&cell[k][0]), &at(&cell[k][1]))
        };
        let (t, e) = (variable(0, &self.squares), variable(1, &self.excess));
        let value = self.function.value(grid, std::slice::from_ref(&t), &t)?;
        let mut sum = Sum::new(grid);
        sum.add(&self.scale, &t);
        sum.add(&self.scale, &e);
        let sum = sum.finish();
        let mut output = Sum::new(grid);
        output.add(&self.share, &sum);
        for (offset, weight) in &self.units {
            output.add(weight, &grid.relu(&grid.sum(&sum, offset)));
        }
        let output = grid.sum(&output.finish(), &self.constant);
        Ok(grid.difference(&value, &output))
    }
}

impl<'a> Profile<'a> {
    fn new(
        inner: &Inner<'_>,
        function: &'a Expression,
        radial: &Radial,
        ends: [Enclosure; 2],
        grid: &AffineArithmetic,
    ) -> Self {
        let folded = inner.folded;
        let fine = &folded.grid;
        // The sum in terms of units is the sum in terms of their symbols, and this.
        let of_units = (inner.inputs..inner.owners.len()).filter(|s| inner.owners[*s].is_some());
        let lift: Rational = of_units.map(|symbol| inner.sum.slope(symbol, fine)).sum();
        let is_inner = |symbol: usize| inner.owners[symbol].is_some();
        let more = |form: &AffineForm, share: &Rational| {
            let mut rest = Sum::new(fine);
            rest.add(&Rational::ONE, &form.part(is_inner));
            rest.add(&Rational::ONE, &form.offset());
            rest.add(&-share, &inner.sum);
            rest.add_constant(&-(share * &lift));
            fine.bounds(&rest.finish())
        };
        let outer = folded.units.iter().zip(inner.inputs..).filter(|(_, s)| !is_inner(*s));
        let mut constant = more(&folded.output, &radial.share);
        let mut units = Vec::new();
        for (unit, symbol) in outer {
            let exponent = folded.exponents[symbol].unwrap_or_default();
            let slope = folded.output.slope(symbol, fine);
            // The symbol is 2^(1 - exponent) times the unit, less one.
            constant = constant.difference(&Enclosure::point(slope.clone()));
            let weight = slope * Rational::integer(2).pow((1 - exponent) as i32);
            units.push((grid.between(&more(unit, &Rational::ONE)), weight));
        }
        let [squares, excess] = ends;
        let (scale, share) = (radial.scale.clone(), radial.share.clone());
        let constant = grid.between(&constant);
        Self { function, squares, excess, scale, share, units, constant }
    }
}

/// The range of `|x|^2`.
fn squared_norm(domain: &InputBox) -> Enclosure {
    let zero = Enclosure::point(Rational::ZERO);
    domain.lo().iter().zip(domain.hi()).fold(zero, |sum, (lo, hi)| {
        let (a, b) = (lo * lo, hi * hi);
        let is_inside = !lo.is_positive() && !hi.is_negative();
        let least = if is_inside { Rational::ZERO } else { (&a).min(&b).clone() };
        sum.sum(&Enclosure::new(least, a.max(b)))
    })
}

/// The bound by way of two variables, if function and network allow that; an upper bound only.
///
/// It gives up where boxes do not help. `None` for a constant, a box without inside and a network
/// that does not go through one sum: there is nothing to be won.
pub(super) fn bound(
    function: &Expression,
    folded: &Folded,
    domain: &InputBox,
    goal: &Goal<'_>,
) -> Option<(Radial, Found)> {
    let profile = function.profile().filter(|_| function.uses_squared_norm())?;
    if domain.lo().iter().zip(domain.hi()).any(|(lo, hi)| lo == hi) {
        return None;
    }
    let inner = Inner::of(folded, domain.lo().len())?;
    let grid = AffineArithmetic::new(PLACES);
    let (scale, share) = (inner.scale(domain), inner.share());
    let mut radial = Radial { scale, share, coordinates: Vec::new() };
    let mut excess = Enclosure::point(Rational::ZERO);
    let mut boxes = 0;
    for i in 0..inner.inputs {
        let mut target = Coordinate::new(&inner, domain, i, &radial.scale, &grid);
        target.centre = target.middle(&grid);
        let tolerance = Rational::new(1, 50);
        let stop = goal.stop;
        let limit = goal.limit.saturating_sub(boxes).min(100_000);
        let goal = Goal { within: None, tolerance, limit, is_hasty: true, stop, progress: None };
        let found = search::greatest(&target, &grid, &goal).ok()?;
        boxes += found.boxes;
        let reach = lifted(&found.upper?);
        let ends = Enclosure::new(&target.centre - &reach, &target.centre + &reach);
        excess = excess.sum(&ends);
        radial.coordinates.push((target.centre, reach, found.cuts));
    }
    let ends = [squared_norm(domain), excess];
    let target = Profile::new(&inner, &profile, &radial, ends, &grid);
    // A lower bound in two variables is none of the distance: nobody is told.
    let limit = goal.limit.saturating_sub(boxes);
    let goal = Goal { progress: None, is_hasty: true, limit, ..goal.clone() };
    let mut found = search::greatest(&target, &grid, &goal).ok()?;
    found.boxes += boxes;
    Some((radial, found))
}

/// Points of `[-1, 1]^d` at which the distance may be large: all inputs at kinks or between them,
/// the same one or two neighbours.
pub(super) fn candidates(folded: &Folded, inputs: usize) -> Vec<Vec<Rational>> {
    let Some(inner) = Inner::of(folded, inputs) else { return Vec::new() };
    let one = Rational::ONE;
    let mut places = vec![-&one, one.clone()];
    places.extend(inner.kinks(0).into_iter().map(|(kink, _)| short(&kink)));
    places.retain(|place| place.abs() <= one);
    places.sort();
    let half = Rational::new(1, 2);
    let between: Vec<_> = places.windows(2).map(|p| (&p[0] + &p[1]) * &half).collect();
    places.extend(between);
    places.sort();
    let mut points = Vec::new();
    for pair in places.windows(3) {
        for count in 0..inputs {
            points.push((0..inputs).map(|i| pair[if i < count { 2 } else { 0 }].clone()).collect());
        }
    }
    points
}
