//! A network for g(|x|²) errs by at most L d R² (1/N² + 1/(2K)).

use crate::catalogue::prelude::*;
use crate::construct::interpolant::Interpolant;
use crate::construct::radial::Radial;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/radial_error", AGAINST_ITS_NOTE)
        .derived_from("Mao2021", "radial functions: two groups of layers, g of |x|²")
        .as_printed("a rate is remembered; the network and its constants are derived here"),
    statement: "g piecewise linear with slopes at most L on [0, d R²], N convolutions, K cells of \
                g, |x_i| ≤ R  ⟹  |network(x) - g(|x|²)| ≤ L d R² (1/N² + 1/(2K))",
    cases: || {
        cases(1, 1..=3, 1..=4, 1..=4)
            .with("4 to 6 inputs, 12 convolutions", 32, cases(1, 4..=6, 6..=12, 4..=12))
            .with("8 inputs, 24 convolutions", 256, cases(1, 7..=8, 20..=24, 20..=32))
    },
    hypotheses: &[given("x in the cube", |case: &Case| {
        case.at.iter().all(|x| x.abs() <= case.reach)
    })
    .needed("beyond the nodes the interpolant is straight or constant", || {
        cases(8, 1..=3, 1..=4, 1..=4).cases()
    })],
    conclusion: |case| case.compare(case.square_part() + case.profile_part()),
    twins: &[
        twin("the cells of g alone", |case: &Case| case.compare(case.profile_part()))
            .because("a straight g stretches the error of the square"),
        twin("the square alone", |case: &Case| case.compare(case.square_part()))
            .because("g has kinks between its nodes"),
        twin("whatever the number of inputs", |case: &Case| {
            let parts = case.square_part() + case.profile_part();
            case.compare(parts / Rational::from(case.inputs()))
        })
        .because("each input adds its own error"),
    ],
    well_formed: |case| {
        let (d, n, k) = (case.inputs(), case.layers, case.cells);
        let fits = (1..=8).contains(&d) && (1..=32).contains(&n) && (1..=64).contains(&k);
        require!(fits, "{d} inputs, {n} convolutions, {k} cells; at most 8, 32 and 64")?;
        require!(case.reach.is_positive(), "the reach is {}; it must be positive", case.reach)?;
        require!(case.fine.len() >= 2, "g has two values at least")
    },
};

/// `R`, `N`, `K`, the values of `g` at equally spaced points of `[0, d R^2]`, and a point `x`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    reach: Rational,
    layers: usize,
    cells: usize,
    fine: Vec<Rational>,
    at: Vec<Rational>,
}

impl Case {
    fn inputs(&self) -> usize {
        self.at.len()
    }

    /// `d R^2`.
    fn top(&self) -> Rational {
        Rational::from(self.inputs()) * self.reach.pow(2)
    }

    fn profile(&self) -> Interpolant {
        Interpolant { lo: Rational::ZERO, hi: self.top(), values: self.fine.clone() }
    }

    /// `L d R^2`: the steepest slope times the range.
    fn steepest(&self) -> Rational {
        let rises = self.fine.windows(2).map(|v| (&v[1] - &v[0]).abs());
        rises.max().expect("g has a cell") * Rational::from(self.fine.len() - 1)
    }

    fn square_part(&self) -> Rational {
        self.steepest() * Rational::from(self.layers).pow(-2)
    }

    fn profile_part(&self) -> Rational {
        self.steepest() / Rational::from(2 * self.cells)
    }

    fn compare(&self, bound: Rational) -> Conclusion {
        let g = self.profile();
        let coarse = Interpolant::of(|t| g.eval(t), Rational::ZERO, self.top(), self.cells);
        let radial = Radial {
            inputs: self.inputs(),
            reach: self.reach.clone(),
            length: self.inputs(),
            layers: self.layers,
            values: coarse.values,
        };
        let network =
            radial.network().map_err(|_| Undecided("more units than a network may have"))?;
        let value = g.eval(&dot(&self.at, &self.at));
        at_most("distance from g(|x|²)", (&network.eval(&self.at)[0] - value).abs(), bound)
    }
}

/// `g` is straight, of one kink, a zigzag or at random; points at multiples of half a cell, up to
/// `far` times `R` from the middle.
fn cases(far: i64, d: Span, layers: Span, cells: Span) -> BoxedStrategy<Case> {
    (d, layers, cells, 1i64..=3, 0usize..4)
        .prop_flat_map(move |(d, layers, cells, reach, kind)| {
            let fine = numbers::integers(2 * cells + 1, 3);
            let most = far * layers as i64;
            let at = vec(-most..=most, d);
            let middle = Just(vec![1 - layers as i64; d]);
            (Just((layers, cells, reach, kind)), fine, prop_oneof![2 => at, 1 => middle])
        })
        .prop_map(|((layers, cells, reach, kind), mut fine, at)| {
            let reach = Rational::new(reach, 2);
            for (j, value) in fine.iter_mut().enumerate() {
                match kind {
                    0 => *value = Rational::from(j),
                    1 => *value = Rational::from(j.abs_diff(cells)),
                    2 => *value = Rational::from(j % 2),
                    _ => {}
                }
            }
            let place = |step: i64| &reach * Rational::new(step, layers as i64);
            let at = at.into_iter().map(place).collect();
            Case { reach: reach.clone(), layers, cells, fine, at }
        })
        .boxed()
}
