//! Equispaced units have the kernel of infinitely many, up to one unit.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/equispaced_units", STEP_BY_STEP)
        .derived_from("ChoSaul2009", "the arc-cosine kernel of degree 0"),
    statement: "m equispaced units  ⟹  |share open at x and x' - (1 - angle/π)/2| ≤ 1/m",
    cases: || {
        let strata = cases(true, 24, 12).with("up to 400 units", 32, cases(true, 400, 360));
        strata.with("up to 4000 units", 512, cases(true, 4000, 1 << 20))
    },
    hypotheses: &[given("equispaced", Case::is_equispaced)
        .needed("units on one side see everything or nothing", || cases(false, 24, 12).cases())],
    conclusion: |case| case.finding(case.limit(), Rational::from(case.units.len()).recip()),
    twins: &[
        twin("half a unit", |case: &Case| {
            case.finding(case.limit(), Rational::from(2 * case.units.len()).recip())
        })
        .because("both ends of an arc can fall on a unit"),
        twin("without the factor 1/2", |case: &Case| {
            let limit = case.limit() * Rational::integer(2);
            case.finding(limit, Rational::from(case.units.len()).recip())
        })
        .because("the arc-cosine kernel is twice the share"),
        twin("the angle itself", |case: &Case| {
            let share = Rational::new(1, 2) - case.limit();
            case.finding(share, Rational::from(case.units.len()).recip())
        })
        .because("the share falls as the angle grows"),
    ],
    well_formed: |case| require!(!case.units.is_empty(), "there must be one unit at least"),
};

/// Directions as fractions of a turn: two inputs and the units.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    inputs: [Rational; 2],
    units: Vec<Rational>,
}

/// The distance of two directions, at most half a turn.
fn distance(a: &Rational, b: &Rational) -> Rational {
    let turn = a - b;
    let fraction = &turn - turn.floor();
    fraction.clone().min(Rational::ONE - fraction)
}

impl Case {
    fn is_equispaced(&self) -> bool {
        let m = Rational::from(self.units.len());
        let place = |i: usize| &self.units[0] + Rational::from(i) / &m;
        (0..self.units.len()).all(|i| distance(&self.units[i], &place(i)).is_zero())
    }

    /// `(1 - angle / pi) / 2`, with the angle in turns.
    fn limit(&self) -> Rational {
        Rational::new(1, 2) - distance(&self.inputs[0], &self.inputs[1])
    }

    fn finding(&self, limit: Rational, bound: Rational) -> Conclusion {
        let quarter = Rational::new(1, 4);
        let both = |w: &&Rational| self.inputs.iter().all(|x| distance(w, x) < quarter);
        let share = Rational::from(self.units.iter().filter(both).count())
            / Rational::from(self.units.len());
        at_most("gap of the share", (share - limit).abs(), bound)
    }
}

/// At most these numbers of units and inputs, at multiples of this part of a turn.
fn cases(equispaced: bool, most: usize, parts: i64) -> BoxedStrategy<Case> {
    let turn = move || numbers::fraction(parts, parts);
    (1..=most)
        .prop_flat_map(move |m| {
            let inputs = [turn().boxed(), turn().boxed()];
            (inputs, numbers::fraction(parts / 3, 2 * parts), vec(turn(), m))
        })
        .prop_map(move |(inputs, first, any)| {
            let m = any.len();
            let place = |i| &first + Rational::from(i) / Rational::from(m);
            let units = if equispaced { (0..m).map(place).collect() } else { any };
            Case { inputs, units }
        })
        .boxed()
}
