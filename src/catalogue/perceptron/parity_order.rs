//! Parity of n bits has order n.

use crate::analysis::separation::Separation;
use crate::catalogue::prelude::*;
use crate::construct::separation::{Forms, certificate};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("perceptron/parity_order")
        .remembered_from("MinskyPapert1969", "the parity theorem")
        .shown_by(Evidence::CertifiedExactly {
            scope: "n = 1 … 5, all real coefficients",
            certify: || (1..=5).map(certify).collect(),
        }),
    statement: "deg p < n, p on {0, 1}^n, n ≥ 1  ⟹  [p(x) > 0] ≠ parity(x) for some x",
    cases: || {
        prop_oneof![one_point_wrong(1..=5), of_low_degree(1..=4)]
            .with("6 to 8 bits", 32, prop_oneof![one_point_wrong(6..=8), of_low_degree(6..=8)])
            .with("12 bits", 128, prop_oneof![one_point_wrong(12..=12), of_low_degree(12..=12)])
    },
    hypotheses: &[given("degree below n", |case: &Case| {
        case.coefficients.last().is_some_and(Rational::is_zero)
    })
    .needed("degree n is enough", || right_everywhere().cases())],
    conclusion: |case| case.wrong_about(|ones, _| ones % 2 == 1, 1),
    twins: &[
        twin("two points are wrong", |case: &Case| case.wrong_about(|ones, _| ones % 2 == 1, 2))
            .because("a polynomial of degree n - 1 can be right at all points but one"),
        twin("and has order n", |case: &Case| case.wrong_about(|ones, n| ones == n, 1))
            .because("x + y - 1 is AND: a conjunction has order one")
            .drawing(|| of_the_sum(2..=5, 1).cases()),
        twin("majority has order n", |case: &Case| case.wrong_about(|ones, n| 2 * ones > n, 1))
            .because("2 (x + y + z) - 3 is the majority of three bits: order one")
            .drawing(|| of_the_sum(3..=5, 2).cases()),
    ],
    well_formed: |case| match boolean_function::variables(case.coefficients.len()) {
        Some(1..=14) => Ok(()),
        _ => Err(format!(
            "{} coefficients; a polynomial in n bits has 2^n, for n from 1 to 14",
            case.coefficients.len()
        )),
    },
};

/// The polynomial `p` in `n >= 1` bits, as `coefficients: [2^n]` in the order of
/// [`boolean_function`].
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    coefficients: Vec<Rational>,
}

impl Case {
    /// Claims that `[p > 0]` differs from the predicate of `(ones, n)` at `least` points.
    fn wrong_about(&self, predicate: fn(usize, usize) -> bool, least: u32) -> Conclusion {
        let values = boolean_function::values(&self.coefficients);
        let n = boolean_function::size(values.len() - 1);
        let wrong = |(x, p): &(usize, &Rational)| {
            p.is_positive() != predicate(boolean_function::size(*x), n)
        };
        at_least("points misclassified", values.iter().enumerate().filter(wrong).count(), least)
    }
}

/// Values that agree with parity in sign, where zero counts as even.
fn with_the_sign_of_parity(n: usize) -> impl Strategy<Value = Vec<Rational>> {
    vec(0i64..=3, 1 << n).prop_map(|sizes| {
        let value = |(x, size): (usize, i64)| {
            if boolean_function::size(x) % 2 == 1 { size + 1 } else { -size }
        };
        sizes.into_iter().enumerate().map(|entry| Rational::from(value(entry))).collect()
    })
}

/// Any polynomial that is right everywhere.
fn right_everywhere() -> impl Strategy<Value = Case> {
    (1usize..=4)
        .prop_flat_map(with_the_sign_of_parity)
        .prop_map(|values| Case { coefficients: boolean_function::coefficients(&values) })
}

/// Polynomials of degree below `n` that are right everywhere but at one point: the value there is
/// whatever makes the coefficient of the full product vanish.
fn one_point_wrong(bits: Span) -> impl Strategy<Value = Case> {
    bits.prop_flat_map(|n| (with_the_sign_of_parity(n), 0..1usize << n)).prop_map(
        |(mut values, point)| {
            values[point] = Rational::ZERO;
            let top = boolean_function::coefficients(&values).pop().expect("there is a point");
            let missing_ones = boolean_function::size(values.len() - 1 - point);
            values[point] = if missing_ones % 2 == 1 { top } else { -top };
            Case { coefficients: boolean_function::coefficients(&values) }
        },
    )
}

/// Small integer coefficients, that of the full product zero.
fn of_low_degree(bits: Span) -> impl Strategy<Value = Case> {
    bits.prop_flat_map(|n| numbers::integers((1 << n) - 1, 3)).prop_map(|mut coefficients| {
        coefficients.push(Rational::ZERO);
        Case { coefficients }
    })
}

/// Polynomials `slope (x_1 + .. + x_n) - n + b`.
fn of_the_sum(n: Span, slope: i64) -> impl Strategy<Value = Case> {
    (n, numbers::integer(3)).prop_map(move |(n, b)| {
        let coefficient = |product| match boolean_function::size(product) {
            0 => &b - Rational::from(n),
            1 => Rational::from(slope),
            _ => Rational::ZERO,
        };
        Case { coefficients: (0..1 << n).map(coefficient).collect() }
    })
}

/// The points of `{0, 1}^n` by their products of fewer than `n` bits, labelled by parity, with the
/// multipliers 1.
///
/// The checker asks for strict signs on both sides, the predicate on one. For finitely many points
/// that is the same: a small step of the constant turns one into the other.
fn certify(n: usize) -> Certificate {
    let products = |x: usize| {
        let product = |m: usize| Rational::from(m & x == m);
        (0..(1usize << n) - 1).map(product).collect::<Vec<_>>()
    };
    let points: Vec<_> = (0..1 << n).map(products).collect();
    let odd: Vec<_> = (0..1usize << n).map(|x| boolean_function::size(x) % 2 == 1).collect();
    let proof = Separation::Multipliers(vec![Rational::ONE; 1 << n]);
    Certificate {
        name: format!("bits_{n}"),
        text: certificate(CLAIM.card.id, Forms::Homogeneous, &points, &odd, &proof),
    }
}
