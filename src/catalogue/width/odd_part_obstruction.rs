//! The odd part of a network without biases is linear, whatever its width.

use crate::catalogue::prelude::*;
use crate::generators::single_units::{Unit, units};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/odd_part_obstruction", STEP_BY_STEP)
        .derived_from("Crease", "asked here; that the odd part is linear is well known"),
    statement: "Σ c_i x_i = 0, no biases  ⟹  Σ c_i (f(x_i) - f(-x_i)) = 0",
    cases: || {
        cases(true, false, [3, 3, 4])
            .with("8 points, 12 units", 16, cases(true, false, [4, 7, 12]))
            .with("6 inputs, 40 units", 64, cases(true, false, [6, 12, 40]))
            .with("20 inputs, 200 units", 1024, cases(true, false, [20, 40, 200]))
    },
    hypotheses: &[
        given("the combination vanishes", Case::vanishes)
            .needed("a linear function need not vanish", || cases(false, false, [3, 3, 4]).cases()),
        given("no biases", |case: &Case| case.units.iter().all(|u| u.bias.is_zero()))
            .needed("relu(t + b) - relu(-t + b) bends", || cases(true, true, [3, 3, 4]).cases()),
    ],
    conclusion: |case| case.finding(|f| f, case.points.len()),
    twins: &[
        twin("with a second hidden layer", |case: &Case| case.finding(relu, case.points.len()))
            .because("relu(f) has an odd part that is not linear"),
        twin("one point dropped", |case: &Case| case.finding(|f| f, case.points.len() - 1))
            .because("what is left is minus the term of that point"),
    ],
    well_formed: |case| {
        let d = numbers::length_of_first(&case.points, "there must be one point at least")?;
        if case.coefficients.len() != case.points.len() {
            let (c, n) = (case.coefficients.len(), case.points.len());
            return Err(format!("{c} coefficients for {n} points"));
        }
        let lengths = case.points.iter().chain(case.units.iter().map(|u| &u.weights));
        match lengths.map(Vec::len).find(|&len| len != d) {
            Some(len) => {
                Err(format!("a point or unit with {len} entries, the first point has {d}"))
            }
            None => Ok(()),
        }
    },
};

/// Points `[n, d]` with coefficients `[n]`, and a network.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    coefficients: Vec<Rational>,
    points: Vec<Vec<Rational>>,
    units: Vec<Unit>,
}

impl Case {
    fn vanishes(&self) -> bool {
        let entry = |k| self.coefficients.iter().zip(&self.points).map(|(c, x)| c * &x[k]).sum();
        (0..self.points[0].len()).all(|k| Rational::is_zero(&entry(k)))
    }

    fn value(&self, x: &[Rational], sign: i64) -> Rational {
        let sign = Rational::integer(sign);
        let x: Vec<_> = x.iter().map(|t| t * &sign).collect();
        self.units.iter().map(|unit| unit.value(&x)).sum()
    }

    /// `sum_i c_i (g(f(x_i)) - g(f(-x_i)))` over the first points.
    fn finding(&self, then: fn(Rational) -> Rational, points: usize) -> Conclusion {
        let term = |(c, x): (&Rational, &Vec<Rational>)| {
            c * (then(self.value(x, 1)) - then(self.value(x, -1)))
        };
        let sum =
            self.coefficients.iter().zip(&self.points).take(points).map(term).sum::<Rational>();
        equal("weighted sum of the odd parts", sum, 0)
    }
}

fn relu(x: Rational) -> Rational {
    x.max(Rational::ZERO)
}

/// Points of which the last one makes the combination vanish, or not: so many coordinates, points
/// and units at most.
fn cases(vanishing: bool, biased: bool, most: [usize; 3]) -> impl Strategy<Value = Case> {
    let [d, n, m] = most;
    let sizes = (1..=d, 1..=n, 1..=m);
    sizes
        .prop_flat_map(move |(d, n, m)| {
            let bias = if biased { 3 } else { 0 };
            let points = (vec(numbers::integer(3), n), vec(numbers::integers(d, 3), n));
            (points, numbers::integers(d, 3), units(d, 1..=m, [3, bias, 3]))
        })
        .prop_map(move |((mut coefficients, mut points), last, units)| {
            let sum = |k| coefficients.iter().zip(&points).map(|(c, x)| -(c * &x[k])).sum();
            let closing = (0..last.len()).map(sum).collect();
            points.push(if vanishing { closing } else { last });
            coefficients.push(Rational::ONE);
            Case { coefficients, points, units }
        })
}
