//! Two filters on a box of positions as large as they are have exactly one dependent set of rows.

use crate::catalogue::prelude::*;
use crate::counting::{Sliding, independent_sets};

/// The most steps of deletion and contraction for one case.
const STEPS: usize = 1 << 20;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/box_deficit", LINE_BY_LINE)
        .formally("box_deficit", 0xeb29_82aa_c2c7_bcb5)
        .derived_from("Xiong2020", "by how much Theorem 2 fails in two dimensions")
        .as_printed("printed without a deficit"),
    statement: "input (2 f_1 − 1) x (2 f_2 − 1), f_1, f_2 ≥ 2, two filters f_1 x f_2, no tap \
                zero, no common factor: R_N − #{independent sets of rows} = 1",
    cases: || {
        filters(small(), 0, false, 9)
            .with("one tap many times", 16, filters(small(), 0, false, 1))
            .with(
                "3x3, 2x4 and 2x5 filters",
                64,
                filters(vec![[3, 3], [2, 4], [5, 2]], 0, false, 99),
            )
            .with(
                "3x4, 4x4 and 4x5 filters",
                1024,
                filters(vec![[3, 4], [4, 4], [4, 5]], 0, false, 99),
            )
    },
    hypotheses: &[
        given("both sides at least two", |case: &Case| case.filter.iter().all(|&f| f > 1))
            .needed("on a line the published count is right", || {
                filters(vec![[1, 2], [1, 3], [2, 1], [1, 1], [3, 1]], 0, false, 9).cases()
            }),
        given("as many positions as taps", |case: &Case| case.more == [0, 0]).needed(
            "every set that contains the relation is lost, and there are more of them",
            || filters(vec![[2, 2]], 1, false, 9).cases(),
        ),
        given("no tap is zero", |case: &Case| case.u.iter().chain(&case.v).all(|x| !x.is_zero()))
            .needed("a unit outside the relation may be in a set that contains it, or not", || {
                filters(vec![[2, 2], [2, 3]], 0, true, 2).cases()
            }),
        given("no common factor", |case: &Case| (0..2).all(|axis| case.has_no_factor_along(axis)))
            .needed("the same filter twice is dependent at each position", || {
                filters(vec![[2, 2]], 0, false, 1).prop_map(alike).cases()
            }),
    ],
    conclusion: |case| equal("deficit", case.deficit(), 1),
    twins: &[twin("no deficit", |case: &Case| equal("deficit", case.deficit(), 0))
        .because("the filters commute")],
    well_formed: |case| {
        let small = case.filter.iter().all(|f| (1..=6).contains(f));
        let fits = small && case.more.iter().sum::<usize>() <= 1;
        require!(fits, "sides of at most 6, and at most one row or column more")?;
        let taps = case.filter[0] * case.filter[1];
        match [&case.u, &case.v].into_iter().find(|filter| filter.len() != taps) {
            Some(filter) => Err(format!("a filter has {} taps, expected {taps}", filter.len())),
            None => Ok(()),
        }
    },
};

/// Two filters, row by row, and how much larger the grid of positions is.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    filter: [usize; 2],
    more: [usize; 2],
    u: Vec<Rational>,
    v: Vec<Rational>,
}

impl Case {
    fn window(&self) -> Sliding {
        let side = |axis: usize| 2 * self.filter[axis] - 1 + self.more[axis];
        Sliding::new([side(0), side(1)], 1, self.filter, [1, 1]).expect("the filter fits")
    }

    fn deficit(&self) -> Result<Rational, Undecided> {
        let window = self.window();
        let too_long = Undecided("the sets take too many steps");
        let published = window.published_within(2, 1, STEPS).ok_or(too_long)?;
        let rows = window.shared_rows(&[&self.u[..], &self.v].concat());
        let sets = independent_sets(&rows, STEPS).ok_or(too_long)?;
        Ok(Rational::from(published) - sets.into_iter().map(Rational::from).sum::<Rational>())
    }

    /// Whether no polynomial that contains the variable of `axis` divides both filters.
    ///
    /// Such a factor divides both at every value of the other variable, and remains one where the
    /// highest power of `u` does not vanish. Without it the resultant is not zero, and vanishes at
    /// fewer values than are tried.
    fn has_no_factor_along(&self, axis: usize) -> bool {
        let [along, across] = [self.filter[axis], self.filter[1 - axis]];
        let tap = |filter: &[Rational], i: usize, j: usize| {
            let (row, column) = if axis == 0 { (i, j) } else { (j, i) };
            filter[row * self.filter[1] + column].clone()
        };
        let at = |filter: &[Rational], value: &Rational| {
            let coefficient = |i: usize| {
                Polynomial::new((0..across).map(|j| tap(filter, i, j)).collect()).eval(value)
            };
            Polynomial::new((0..along).map(coefficient).collect())
        };
        let is_used = |&i: &usize| (0..across).any(|j| !tap(&self.u, i, j).is_zero());
        let highest = (0..along).rev().find(is_used);
        let tried = 2 * (along - 1) * (across - 1) + across;
        highest.is_some()
            && (0..=tried).map(Rational::from).any(|value| {
                let [u, v] = [&self.u, &self.v].map(|filter| at(filter, &value));
                u.degree() == highest && u.gcd(&v).degree() == Some(0)
            })
    }
}

fn small() -> Vec<[usize; 2]> {
    vec![[2, 2], [2, 3], [3, 2]]
}

/// Filters of these sizes with integer taps up to `most`, and grids that are larger by `more` along
/// one axis.
fn filters(
    sizes: Vec<[usize; 2]>,
    more: usize,
    has_zeros: bool,
    most: i64,
) -> impl Strategy<Value = Case> {
    (select(sizes), any::<bool>())
        .prop_flat_map(move |(filter, columns)| {
            let tap = || match has_zeros {
                true => numbers::integer(most).boxed(),
                false => numbers::nonzero_integer(most).boxed(),
            };
            let taps = || vec(tap(), filter[0] * filter[1]);
            (Just(filter), Just(if columns { [0, more] } else { [more, 0] }), taps(), taps())
        })
        .prop_map(|(filter, more, u, v)| Case { filter, more, u, v })
}

/// With the first filter twice.
fn alike(case: Case) -> Case {
    Case { v: case.u.clone(), ..case }
}
