//! Twelve rational filters of three taps begin with any five rational coefficients.

use crate::catalogue::prelude::*;
use crate::construct::expansive::filter_product;
use crate::construct::prefix::{five_coefficients, two_quadratics};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/twelve_rational_filters", AGAINST_ITS_NOTE)
        .derived_from("Crease", "how many rational filters does a beginning need? asked here"),
    statement: "w ∈ ℚ⁵  ⟹  12 rational filters of three taps or fewer have a product that begins \
                with w_0, .., w_4",
    cases: || {
        cases(3, 1)
            .with("halves and thirds", 8, cases(9, 6))
            .with("1 + r z⁴", 8, one_term(8))
            .with("begins with zeros", 16, (cases(3, 1), 1usize..=5).prop_map(behind_zeros))
            .with("numbers of many digits", 32, cases(99, 2))
    },
    hypotheses: &[],
    conclusion: |case| {
        let filters = case.filters()?;
        if filters.len() > 12 {
            return at_most("filters", filters.len(), 12);
        }
        if let Some(long) = filters.iter().find(|filter| filter.len() > 3) {
            return at_most("taps", long.len(), 3);
        }
        compare(case, 5, &filters)
    },
    twins: &[
        twin("two filters", |case: &Case| compare(case, 5, &first_two(case)?))
            .because("two that begin with four coefficients have a fifth of their own"),
        twin("and a sixth coefficient", |case: &Case| compare(case, 6, &case.filters()?))
            .because("the correction of the fifth leaves the sixth as it is")
            .drawing(|| one_term(8).prop_map(with_a_sixth).cases()),
        twin("without the four squares", |case: &Case| {
            let mut filters = case.filters()?;
            filters.truncate(4);
            compare(case, 5, &filters)
        })
        .because("one pair more is right for minus a square or four times a fourth power alone"),
    ],
    well_formed: |case| {
        let small = |w: &Rational| w.bits() <= 64;
        require!(case.w.iter().all(small), "numbers of more than 64 bits are not asked about")
    },
};

/// `w_0, .., w_4`, and what the next coefficient is to be.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    w: [Rational; 5],
    next: Rational,
}

impl Case {
    fn filters(&self) -> Result<Vec<Vec<Rational>>, Undecided> {
        five_coefficients(&self.w)
            .ok_or(Undecided("a number of more than 130 bits as four squares"))
    }
}

/// Two filters that begin with the first four coefficients.
fn first_two(case: &Case) -> Result<Vec<Vec<Rational>>, Undecided> {
    let [first @ .., _] = &case.w;
    let middle = &case.w[1] + Rational::ONE;
    let filters = two_quadratics(first, &middle).ok_or(Undecided("no two with this tap"))?;
    Ok(filters.to_vec())
}

/// The distance of the first coefficients of the product from those that are asked for.
fn compare(case: &Case, terms: usize, filters: &[Vec<Rational>]) -> Conclusion {
    let mut product = filter_product(filters);
    product.resize(product.len().max(terms), Rational::ZERO);
    let wanted = case.w.iter().chain([&case.next]);
    let gaps = product.iter().zip(wanted).take(terms).map(|(p, w)| (p - w).abs());
    equal("distance of the coefficients", gaps.sum::<Rational>(), 0)
}

/// Fractions with numerators up to `most`.
fn cases(most: i64, denominators: i64) -> BoxedStrategy<Case> {
    let number = (-most..=most, 1..=denominators).prop_map(|(n, d)| Rational::new(n, d));
    let numbers = vec(number, 5);
    (numbers, 1..=most)
        .prop_map(|(numbers, first)| {
            let mut w = [0, 1, 2, 3, 4].map(|i: usize| numbers[i].clone());
            if w[0].is_zero() {
                w[0] = Rational::integer(first);
            }
            Case { w, next: Rational::ZERO }
        })
        .boxed()
}

/// `1 + r z^4` for `r` of both signs.
fn one_term(most: i64) -> BoxedStrategy<Case> {
    numbers::fraction(most, 4)
        .prop_map(|r| {
            let [zero, one] = [Rational::ZERO, Rational::ONE];
            Case { w: [one, zero.clone(), zero.clone(), zero, r], next: Rational::ZERO }
        })
        .boxed()
}

fn with_a_sixth(case: Case) -> Case {
    Case { next: Rational::ONE, ..case }
}

/// The same behind so many zeros.
fn behind_zeros((mut case, zeros): (Case, usize)) -> Case {
    case.w[..zeros].fill(Rational::ZERO);
    case
}
