//! On the sphere, an interpolated sum of functions of forms errs by at most Σ L_i R_i/N.

use crate::catalogue::prelude::*;
use crate::construct::interpolant::Interpolant;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/additive_ridge_error", AGAINST_ITS_NOTE)
        .derived_from("Fang2020", "the rate for additive ridge functions")
        .as_printed("a rate is in the abstract; the explicit bound is ours"),
    statement: "|x|_2 = 1, R_i ≥ |ξ_i|_2  ⟹  |Σ c_i |⟨ξ_i, x⟩ - k_i| - its interpolants with N \
                cells on [-R_i, R_i]| ≤ Σ |c_i| R_i/N",
    cases: || {
        let strata = random(1..=4, 1..=5, Room::Enough).with("at the kink", 4, at_the_kink());
        strata.with("20 inputs, up to 64 cells", 64, random(6..=20, 40..=64, Room::Enough))
    },
    hypotheses: &[
        given("|x|_2 = 1", |case: &Case| dot(&case.at, &case.at) == Rational::ONE)
            .needed("beyond the nodes nothing is interpolated", far_out),
        given("R_i ≥ |ξ_i|_2", |case: &Case| {
            case.ridges.iter().all(|r| r.range.pow(2) >= dot(&r.direction, &r.direction))
        })
        .needed("the form leaves the nodes", || random(1..=4, 1..=5, Room::Short).cases()),
    ],
    conclusion: |case| compare(case, 1),
    twins: &[twin("half of it", |case: &Case| compare(case, 2))
        .because("attained in the middle of a cell")],
    well_formed: |case| {
        let fits = |r: &Summand| r.direction.len() == case.at.len() && r.range.is_positive();
        require!(
            case.ridges.iter().all(fits) && (1..=64).contains(&case.cells),
            "a direction needs the length of x, a positive range; 64 cells at most"
        )
    },
};

/// A point, a number of cells, and the summands.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    at: Vec<Rational>,
    cells: usize,
    ridges: Vec<Summand>,
}

/// `factor |<direction, x> - kink|`, interpolated on `[-range, range]`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Summand {
    direction: Vec<Rational>,
    range: Rational,
    factor: Rational,
    kink: Rational,
}

fn compare(case: &Case, divisor: usize) -> Conclusion {
    let (mut error, mut bound) = (Rational::ZERO, Rational::ZERO);
    for ridge in &case.ridges {
        let t = dot(&ridge.direction, &case.at);
        let function = |t: &Rational| &ridge.factor * (t - &ridge.kink).abs();
        let interpolant = Interpolant::of(function, -&ridge.range, ridge.range.clone(), case.cells);
        error += function(&t) - interpolant.eval(&t);
        bound += ridge.factor.abs() * &ridge.range / Rational::from(case.cells * divisor);
    }
    at_most("error", error.abs(), bound)
}

/// Whether the nodes cover what the forms can be.
#[derive(Clone, Copy, PartialEq)]
enum Room {
    Enough,
    Short,
}

fn random(d: Span, cells: Span, room: Room) -> impl Strategy<Value = Case> {
    (d, 1usize..=3, cells)
        .prop_flat_map(move |(d, ridges, cells)| {
            let summand = (numbers::integers(d, 3), numbers::integer(3), numbers::fraction(8, 2));
            (Just(cells), sphere::point(d), vec(summand, ridges))
        })
        .prop_map(move |(cells, at, summands)| {
            let ridges = summands.into_iter().map(|(direction, factor, kink)| {
                let square = dot(&direction, &direction);
                // The least integer whose square is not below, one at least; or one.
                let enough = (1..).map(Rational::integer).find(|r| r.pow(2) >= square);
                let range = match room {
                    Room::Enough => enough.expect("squares grow"),
                    Room::Short => Rational::new(1, 2),
                };
                Summand { direction, range, factor, kink }
            });
            Case { at, cells, ridges: ridges.collect() }
        })
}

/// `|<xi, x>|` at a point where it is zero, in the middle of a cell: the bound is attained.
fn at_the_kink() -> impl Strategy<Value = Case> {
    (sphere::point(2), 0usize..=2, numbers::nonzero_integer(3)).prop_map(|(at, half, factor)| {
        let direction = vec![at[1].clone(), -&at[0]];
        let (range, kink) = (Rational::ONE, Rational::ZERO);
        let ridges = vec![Summand { direction, range, factor, kink }];
        Case { at, cells: 2 * half + 1, ridges }
    })
}

/// Points of the ball of radius 8.
fn far_out() -> Cases<Case> {
    random(1..=4, 1..=5, Room::Enough)
        .prop_map(|mut case| {
            case.at.iter_mut().for_each(|x| *x *= Rational::integer(8));
            case
        })
        .cases()
}
