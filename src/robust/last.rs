//! The last resort: where every unit is fixed and doubles have no answer, the exact method for
//! systems of linear inequalities has one.

use super::cell::{Cells, Witness};
use super::domain::{Domain, Norm};
use super::nearest::{Foot, Side, foot, nearest_point};
use super::pass::{Multipliers, Range};
use crate::engines::lp::{Feasibility, System};
use crate::exact::Rational;

/// What the exact method says of a cell.
pub enum Last {
    /// No point of the open domain in this cell has the other label.
    Kept(Multipliers),
    /// This one has.
    Lost(Witness),
}

impl Cells<'_> {
    /// Decides a cell, given by ranges of which none has both signs. For linf and l1 the point of a
    /// cell that is lost is one of those that are nearest, if that `is_asked`: it costs a second
    /// exact program.
    pub fn decide(&self, ranges: &[Range], class: usize, is_asked: bool) -> Last {
        let pattern: Vec<bool> = ranges.iter().map(|(lo, _)| !lo.is_negative()).collect();
        match (self.domain.norm, &self.domain.radius) {
            (Norm::L2, Some(radius)) => self.decide_square(&pattern, class, radius),
            _ => self.decide_linear(&pattern, class, is_asked),
        }
    }

    /// The part of a cell where the label is lost: the margin first, the units, and the box.
    fn lost_part(&self, pattern: &[bool], class: usize) -> Vec<Side> {
        let negated =
            |(rates, constant): Side| -> Side { (rates.iter().map(|x| -x).collect(), -constant) };
        let mut sides = vec![negated(self.exact_form(&self.margins[class].1, pattern))];
        for (row, is_on) in self.program.units.iter().zip(pattern) {
            let form = self.exact_form(row, pattern);
            sides.push(if *is_on { form } else { negated(form) });
        }
        for (i, (lo, hi)) in
            self.domain.sides.iter().flat_map(|s| s.lo().iter().zip(s.hi())).enumerate()
        {
            let mut rates = vec![Rational::ZERO; self.program.inputs];
            rates[i] = Rational::ONE;
            sides.push((rates.clone(), -lo));
            sides.push(negated((rates, -hi)));
        }
        sides
    }

    /// For l2: by the foot of the perpendicular on the part of the cell where the label is lost.
    fn decide_square(&self, pattern: &[bool], class: usize, radius: &Rational) -> Last {
        let sides = self.lost_part(pattern, class);
        let other = &self.margins[class].0;
        match foot(&sides, &self.domain.center) {
            Foot::Empty(y) => Last::Kept(self.kept(pattern, class, &y).0),
            Foot::Point(point, y) => {
                let distance = Norm::L2.distance(&point, &self.domain.center);
                if distance < *radius {
                    return Last::Lost(Witness { distance, point, other: *other });
                }
                // The foot is one multiplied form away from the centre.
                let (mut kept, common) = self.kept(pattern, class, &y);
                kept.pull = common;
                Last::Kept(kept)
            }
        }
    }

    fn decide_linear(&self, pattern: &[bool], class: usize, is_asked: bool) -> Last {
        let radius = &self.domain.radius;
        let inputs = self.program.inputs;
        // An entry, and for l1 how far each is from the centre.
        let is_sum = radius.is_some() && self.domain.norm == Norm::L1;
        let columns = if is_sum { 2 * inputs } else { inputs };
        let wide = |mut row: Vec<Rational>| {
            row.resize(columns, Rational::ZERO);
            row
        };
        let negated = |row: &[Rational]| row.iter().map(|x| -x).collect::<Vec<_>>();
        let mut system = System::new(columns);
        let (other, margin) = &self.margins[class];
        let (form, constant) = self.exact_form(margin, pattern);
        system.at_most(wide(form), -constant);
        for (row, is_on) in self.program.units.iter().zip(pattern) {
            let (form, constant) = self.exact_form(row, pattern);
            match is_on {
                true => system.at_most(wide(negated(&form)), constant),
                false => system.at_most(wide(form), -constant),
            }
        }
        for i in 0..inputs {
            for sign in [1, -1].map(Rational::integer) {
                let mut row = vec![Rational::ZERO; columns];
                row[i] = sign.clone();
                if let Some(sides) = &self.domain.sides {
                    let end = if sign.is_positive() { &sides.hi()[i] } else { &sides.lo()[i] };
                    system.at_most(row.clone(), &sign * end);
                }
                let center = &sign * &self.domain.center[i];
                match radius {
                    Some(_) if is_sum => {
                        row[inputs + i] = -Rational::ONE;
                        system.at_most(row, center);
                    }
                    Some(radius) => system.below(row, center + radius),
                    None => {}
                }
            }
        }
        if let Some(radius) = radius.as_ref().filter(|_| is_sum) {
            let mut row = vec![Rational::ZERO; columns];
            row[inputs..].fill(Rational::ONE);
            system.below(row, radius.clone());
        }
        match system.feasible() {
            Feasibility::Point(mut point) => {
                point.truncate(inputs);
                let Domain { norm, center, .. } = &*self.domain;
                if is_asked {
                    point = nearest_point(&self.lost_part(pattern, class), center, *norm)
                        .expect("it has a point");
                }
                let distance = self.domain.norm.distance(&point, &self.domain.center);
                Last::Lost(Witness { distance, point, other: *other })
            }
            Feasibility::Farkas(y) => Last::Kept(self.kept(pattern, class, &y).0),
        }
    }

    /// The multipliers of a proof, from those of the margin and of the units' sides, and what they
    /// were multiplied by to be whole.
    fn kept(&self, pattern: &[bool], class: usize, y: &[Rational]) -> (Multipliers, Rational) {
        let (inputs, margin) = (self.program.inputs, &self.margins[class].1);
        let mut entries = vec![Rational::ZERO; inputs + pattern.len()];
        margin.terms.iter().for_each(|(i, weight)| entries[*i] += &y[0] * weight);
        let mut units = Vec::new();
        for (unit, row) in self.program.units.iter().enumerate().rev() {
            let own = std::mem::take(&mut entries[inputs + unit]);
            let slope = match pattern[unit] {
                true => own - &y[1 + unit],
                false => y[1 + unit].clone(),
            };
            if !slope.is_zero() {
                row.terms.iter().for_each(|(i, weight)| entries[*i] += &slope * weight);
            }
            if !slope.is_zero() || pattern[unit] {
                units.push((unit, slope / &row.scale));
            }
        }
        units.reverse();
        let first = &y[0] / &margin.scale;
        let mut common = Rational::ONE;
        for x in units.iter().map(|(_, x)| x).chain([&first]) {
            let rest = &common * x;
            if !rest.is_integer() {
                common *= &Rational::from(rest.denominator());
            }
        }
        let units = units.into_iter().map(|(unit, x)| (unit, x * &common)).collect();
        (Multipliers { rows: vec![first * &common], units, pull: Rational::ZERO }, common)
    }
}
