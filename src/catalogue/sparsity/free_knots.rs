//! Knots placed by length and by mass approximate with error 1 over their square.

use crate::catalogue::prelude::*;
use crate::generators::line_data::{self, Rival};
use crate::spline::univariate::{Data, Interpolation, tv2};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/free_knots", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2023", "rates of approximation"),
    statement: "cuts at m equal lengths and m equal masses  ⟹  error ≤ length TV2 / (4 m²)",
    cases: || Cases::of(drawn()),
    hypotheses: &[],
    conclusion: |case| {
        let cuts = case.cuts(true);
        let few = at_most("knots", cuts.len() - 2, 2 * case.m - 2)?;
        if !few.holds() {
            return Ok(few);
        }
        case.compare(cuts, 2)
    },
    twins: &[
        twin("equal lengths alone", |case: &Case| case.compare(case.cuts(false), 2))
            .because("a single kink in the middle of a cell costs 1 / m, not 1 / m²"),
        twin("one order more", |case: &Case| case.compare(case.cuts(true), 3))
            .because("the square is the order of continuous piecewise linear functions"),
        twin("half as many knots", |case: &Case| below("knots", case.cuts(true).len() - 2, case.m))
            .because("cells of both kinds are needed, 2m - 2 knots in all"),
    ],
    well_formed: |case| {
        case.target.check()?;
        require!(1 <= case.m && case.m <= 1000, "1 to 1000 cells are expected")
    },
};

/// A function on `[x_1, x_n]`, and the number of cells of each kind.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    m: usize,
    target: Rival,
}

impl Case {
    fn function(&self) -> Activation {
        Interpolation::new(&self.target.data()).chords().function()
    }

    fn ends(&self) -> [&Rational; 2] {
        [&self.target.x[0], &self.target.x[self.target.x.len() - 1]]
    }

    /// Cuts at equal lengths and, if asked, where equal shares of the variation are reached; both
    /// ends included.
    fn cuts(&self, by_mass: bool) -> Vec<Rational> {
        let ([from, to], m) = (self.ends(), Rational::from(self.m));
        let mut cuts: Vec<_> =
            (0..=self.m).map(|k| from + (to - from) * Rational::from(k) / &m).collect();
        if by_mass {
            let f = self.function();
            let total = tv2(&f);
            let (mut sum, mut share) = (Rational::ZERO, 1);
            for (i, pair) in f.pieces().windows(2).enumerate() {
                sum += (&pair[1].0 - &pair[0].0).abs();
                let reached = |share: usize| sum >= &total * Rational::from(share) / &m;
                if share < self.m && reached(share) {
                    cuts.push(f.breakpoints()[i].clone());
                }
                while share < self.m && reached(share) {
                    share += 1;
                }
            }
        }
        cuts.sort();
        cuts.dedup();
        cuts
    }

    /// The greatest error of the interpolant at the cuts, against `length TV2 / (4 m^order)`.
    fn compare(&self, cuts: Vec<Rational>, order: i32) -> Conclusion {
        let f = self.function();
        let values = cuts.iter().map(|t| f.eval(t)).collect();
        let data = Data::new(cuts, values).map_err(|_| Undecided("no cuts"))?;
        let g = Interpolation::new(&data).chords().function();
        let [from, to] = self.ends();
        // The difference is linear between knots of either.
        let errors = f.breakpoints().iter().map(|t| (f.eval(t) - g.eval(t)).abs());
        let worst = errors.fold(Rational::ZERO, Rational::max);
        let bound = (to - from) * tv2(&f) / Rational::from(4) / Rational::from(self.m).pow(order);
        at_most("error", worst, bound)
    }
}

fn drawn() -> Vec<(&'static str, u32, BoxedStrategy<Case>)> {
    let strata = line_data::bare().into_iter();
    let case = |targets: BoxedStrategy<Rival>| {
        (1usize..=6, targets).prop_map(|(m, target)| Case { m, target }).boxed()
    };
    strata.map(|(name, every, targets)| (name, every, case(targets))).collect()
}
