//! A network on a box, folded: units that are affine on the whole box are eliminated.
//!
//! The units that remain change sign on the box. Each is `relu(form)`, where the form reads the
//! inputs and earlier units. The inputs are rescaled to `[-1, 1]`.

use crate::analysis::affine_arithmetic::{
    AffineArithmetic, AffineForm, Combination, SignRange, Sum,
};
use crate::exact::Rational;
use crate::net::{Activation, Circuit, InputBox, Value};

/// Places of the first attempt to fold.
const FIRST: u32 = 192;
/// Places of the last one.
const LAST: u32 = 1 << 13;
/// A unit changes only if it does so by more than two to the minus this; else that is rounding.
const NEGLIGIBLE: u32 = 100;
/// Rounding must add up to less than two to the minus this.
const SHARP: u32 = 80;

/// A folded network of one output, before rounding.
#[derive(Clone, Debug)]
pub(super) struct Folded {
    pub(super) grid: AffineArithmetic,
    /// The forms of the units that change.
    pub(super) units: Vec<AffineForm>,
    /// For each symbol, that of [`AffineArithmetic::positive_part`] if it stands for a unit.
    pub(super) exponents: Vec<Option<i64>>,
    pub(super) output: AffineForm,
}

/// A folded network on the grid of the work.
#[derive(Clone, Debug)]
pub(super) struct Units {
    units: Vec<Combination>,
    output: Combination,
}

impl Folded {
    /// Folds the value of this index on the box.
    pub(super) fn new(circuit: &Circuit, output: usize, domain: &InputBox) -> Self {
        let mut places = FIRST;
        loop {
            let folded = Self::with(circuit, output, domain, places);
            let is_sharp = |x: &AffineForm| folded.grid.is_sharp(x, SHARP);
            let are_sharp = folded.units.iter().all(is_sharp) && is_sharp(&folded.output);
            if places >= LAST || are_sharp {
                return folded;
            }
            places *= 2;
        }
    }

    fn with(circuit: &Circuit, output: usize, domain: &InputBox, places: u32) -> Self {
        let grid = AffineArithmetic::new(places);
        let sides = domain.lo().iter().zip(domain.hi()).enumerate();
        let mut values = vec![grid.constant(&Rational::ONE)];
        values.extend(sides.map(|(i, (lo, hi))| grid.variable(i, lo, hi)));
        let inputs = domain.lo().len();
        let zero = grid.constant(&Rational::ZERO);
        let exponents = vec![None; inputs];
        let mut folded = Self { grid, units: Vec::new(), exponents, output: zero };
        for value in &circuit.values {
            let value = match value {
                Value::Sum(terms) => {
                    let mut sum = Sum::new(&folded.grid);
                    terms.iter().for_each(|(i, weight)| sum.add(weight, &values[*i]));
                    sum.finish()
                }
                Value::Bend(source, activation) => folded.bend(activation, &values[*source]),
                Value::Max(sources) => {
                    let rest = sources[1..].iter().map(|i| &values[*i]);
                    rest.fold(values[sources[0]].clone(), |most, next| {
                        let lead = folded.relu(&folded.grid.difference(&most, next));
                        folded.grid.sum(next, &lead)
                    })
                }
            };
            values.push(value);
        }
        folded.output = values.swap_remove(output);
        folded
    }

    /// The first line, and a positive part for every change of slope.
    fn bend(&mut self, activation: &Activation, x: &AffineForm) -> AffineForm {
        let (breakpoints, pieces) = (activation.breakpoints(), activation.pieces());
        let mut terms = vec![(pieces[0].0.clone(), x.clone())];
        for (breakpoint, pair) in breakpoints.iter().zip(pieces.windows(2)) {
            let mut above = Sum::new(&self.grid);
            above.add(&Rational::ONE, x);
            above.add_constant(&-breakpoint);
            let above = above.finish();
            terms.push((&pair[1].0 - &pair[0].0, self.relu(&above)));
        }
        let mut sum = Sum::new(&self.grid);
        sum.add_constant(&pieces[0].1);
        terms.iter().for_each(|(weight, x)| sum.add(weight, x));
        sum.finish()
    }

    fn relu(&mut self, x: &AffineForm) -> AffineForm {
        match x.side() {
            SignRange::Nonnegative => x.clone(),
            SignRange::Nonpositive => self.grid.constant(&Rational::ZERO),
            SignRange::Unknown if x.barely_crosses(NEGLIGIBLE, &self.grid) => {
                self.grid.nearly_relu(x)
            }
            SignRange::Unknown => {
                let (unit, exponent) = self.grid.positive_part(self.exponents.len(), x);
                self.exponents.push(Some(exponent));
                self.units.push(x.clone());
                unit
            }
        }
    }

    /// The same on a grid of fewer places.
    pub(super) fn rounded(&self, to: &AffineArithmetic) -> Units {
        let rounded = |x: &AffineForm| self.grid.combination(x, to, &self.exponents);
        Units { units: self.units.iter().map(rounded).collect(), output: rounded(&self.output) }
    }
}

impl Units {
    /// The output, where the inputs are these functions of the box brought to size.
    pub(super) fn value(&self, grid: &AffineArithmetic, inputs: Vec<AffineForm>) -> AffineForm {
        let mut values = inputs;
        for unit in &self.units {
            values.push(grid.relu(&grid.combine(unit, &values)));
        }
        grid.combine(&self.output, &values)
    }
}
