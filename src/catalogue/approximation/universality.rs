//! Every sum of ridges is a network of any depth from some J_0 on, up to 2^-40.

use crate::catalogue::prelude::*;
use crate::construct::expansive::Expansive;
use crate::construct::factor::{FactorError, factor, minimal_filter_count};
use crate::construct::prefix::distance_from_two_taps;
use crate::construct::ridge::Ridge;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/universality", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "the universality theorem, in its finite form")
        .as_printed("density as J → ∞ is stated there; the finite form is what is checked"),
    statement: "s ≥ 2, J ≥ max(p_min(W), ⌈(m+1)d/s⌉), W the stacked directions  ⟹  J filters \
                of degree s, whose product has the directions a~_k, are a network that is b_0 \
                + c_0⟨a~_0, x⟩ + Σ c_k relu(⟨a~_k, x⟩ - t_k) for |x|_∞ ≤ R, and within 2^-40 \
                of the same with a_k",
    cases: || {
        cases(1..=4, 0..=2, 2..=4, 0..=3)
            .with("8 to 12 inputs", 64, cases(8..=12, 0..=1, 2..=6, 0..=3))
            .with("6 inputs, 6 ridges: degree 41", 512, cases(6..=6, 6..=6, 2..=5, 0..=3))
            .with("12 inputs, 4 ridges: degree 59", 4096, cases(12..=12, 4..=4, 2..=7, 0..=3))
    },
    hypotheses: &[
        given("s ≥ 2", |case: &Case| case.s >= 2)
            .needed("a product of linear filters begins with w_1² ≥ 2 w_0 w_2", || {
                cases(3..=5, 0..=0, 1..=1, 0..=3).cases()
            }),
        given("J ≥ J_0", |case: &Case| case.depth >= case.least_depth()).needed(
            "J filters of degree s have no tap beyond J s: no fixed depth serves all",
            || cases(2..=8, 0..=0, 2..=3, -3..=-1).cases(),
        ),
    ],
    conclusion: |case| at_most("error", case.error(), allowed()),
    twins: &[twin("without any error", |case: &Case| {
        equal("value", case.built()?.1.eval(&case.at), case.value())
    })
    .because("the factors of a rational filter are irrational as a rule")],
    well_formed: |case| {
        let (d, ridges) = (case.at.len(), case.coefficients.len());
        let fits = d > 0 && case.directions.iter().all(|a| a.len() == d);
        require!(
            fits && case.directions.len() == ridges + 1 && case.knots.len() == ridges,
            "{ridges} coefficients need as many knots, one direction more"
        )?;
        require!(
            case.s != 0 && case.depth != 0 && case.directions.len() * d <= 64 && case.depth <= 64,
            "s and J must be one at least, J at most 64, (m+1)d at most 64"
        )?;
        require!(case.at.iter().all(|x| x.abs() <= case.reach), "the point does not lie in the box")
    },
};

/// A sum of ridges on `|x|_inf <= reach`, the point `at` of it, and the sizes of the network.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    s: usize,
    depth: usize,
    reach: Rational,
    at: Vec<Rational>,
    constant: Rational,
    slope: Rational,
    /// `a_0, .., a_m`.
    directions: Vec<Vec<Rational>>,
    coefficients: Vec<Rational>,
    knots: Vec<Rational>,
}

/// The factors are built to a residual of at most `2^-BITS`.
const BITS: u32 = 60;

fn allowed() -> Rational {
    Rational::integer(2).pow(-40)
}

impl Case {
    fn stacked(&self) -> Vec<Rational> {
        self.directions.iter().flat_map(|a| a.iter().rev().cloned()).collect()
    }

    /// The given sum at the point.
    fn value(&self) -> Rational {
        let form = |a: &Vec<Rational>| dot(a, &self.at);
        let bends = self.coefficients.iter().zip(&self.knots).zip(&self.directions[1..]);
        let ridges = bends.map(|((c, t), a)| c * (form(a) - t).max(Rational::ZERO));
        &self.constant + &self.slope * form(&self.directions[0]) + ridges.sum::<Rational>()
    }

    /// `J_0`; by the room for the units alone where no number of filters is enough.
    fn least_depth(&self) -> usize {
        let filters = minimal_filter_count(&Polynomial::new(self.stacked()), self.s);
        filters.into_iter().fold(self.layers_for_units(), usize::max)
    }

    /// `ceil((m + 1) d / s)`: so many layers make a unit for every direction, and one more.
    fn layers_for_units(&self) -> usize {
        (self.directions.len() * self.at.len()).div_ceil(self.s)
    }

    /// How far the network is off, by proof and at the point; or, where the construction makes
    /// none, how far every network of this kind must be.
    fn error(&self) -> Result<Rational, Undecided> {
        match self.built() {
            Ok((near, net)) => {
                let cube = InputBox::cube(self.at.len(), &self.reach);
                let gap = near.gap(&net, &cube, &self.at);
                let gap = gap.ok_or(Undecided("a unit is not proved linear on the box"))?;
                let certified = gap + near.moved(&self.directions, &self.reach);
                Ok(certified.max((net.eval(&self.at) - self.value()).abs()))
            }
            Err(why) => self.every_error().filter(|least| *least > allowed()).ok_or(why),
        }
    }

    /// What every such network errs by at least somewhere on the box. One that has no ridges errs
    /// by `R |c_0| |a_0 - a~_0|_1`; taps beyond `J s` are zero, and the first three of a product of
    /// linear filters obey an inequality.
    fn every_error(&self) -> Option<Rational> {
        if !self.coefficients.is_empty() {
            return None;
        }
        let taps = self.stacked();
        let beyond: Rational = taps.iter().skip(self.depth * self.s + 1).map(Rational::abs).sum();
        let first = match (&taps[..], self.s) {
            ([w0, w1, w2, ..], 1) => distance_from_two_taps([w0, w1, w2]),
            _ => None,
        };
        let moved = first.into_iter().fold(beyond, Rational::max);
        Some(&self.reach * self.slope.abs() * moved)
    }

    /// The sum with the directions of the filters found, and its network.
    fn built(&self) -> Result<(Ridge, Expansive), Undecided> {
        let stacked = Polynomial::new(self.stacked());
        let found = factor(&stacked, self.s, BITS).map_err(|error| match error {
            FactorError::TooShort { .. } => Undecided("no number of filters multiplies to W"),
            FactorError::OutOfReach { .. } => Undecided("no factors were found"),
        })?;
        let mut filters = found.filters;
        if filters.len().max(self.layers_for_units()) > self.depth {
            return Err(Undecided("the factors found, or their units, need more layers"));
        }
        filters.resize(self.depth, vec![Rational::ONE]);
        filters.iter_mut().for_each(|filter| filter.resize(self.s + 1, Rational::ZERO));
        let near = Ridge {
            width: self.at.len(),
            constant: self.constant.clone(),
            slope: self.slope.clone(),
            filters,
            coefficients: self.coefficients.clone(),
            knots: self.knots.clone(),
        };
        let net = near.network(near.scalar_biases(&self.reach), &near.lift(&self.reach));
        Ok((near, net))
    }
}

/// Small integer directions, at depths from the least on or, with `beyond` negative, below it.
fn cases(
    d: Span,
    ridges: Span,
    s: Span,
    beyond: RangeInclusive<isize>,
) -> impl Strategy<Value = Case> {
    (d, ridges, s, beyond)
        .prop_flat_map(|(d, ridges, s, beyond)| {
            let directions = vec(numbers::integers(d, 3), ridges + 1);
            let affine = (numbers::integer(3), numbers::integer(2));
            let bends = (numbers::integers(ridges, 3), numbers::integers(ridges, 3));
            let at = vec(numbers::fraction(2, 2), d);
            (Just((s, beyond)), directions, affine, bends, at)
        })
        .prop_map(|((s, beyond), directions, (constant, slope), (coefficients, knots), at)| {
            let reach = Rational::ONE;
            let mut case =
                Case { s, depth: 1, reach, at, constant, slope, directions, coefficients, knots };
            case.depth = case.least_depth().saturating_add_signed(beyond).max(1);
            case
        })
}
