//! Polynomials of how many points lie in each of several boxes: what a perceptron is that treats
//! the points of a box alike.

use super::prelude::*;
use crate::analysis::separation;
use std::iter::successors;

/// The most numbers of points that are listed one by one.
const MOST_LISTED: usize = 1024;

/// A polynomial `p` in the numbers `a_1, .., a_m` of points in `m` boxes of `size` points each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boxes {
    /// How many boxes there are, 1 to 6.
    pub boxes: usize,
    /// How many points a box has, 1 to 200.
    pub size: usize,
    /// What `p` is the sum of.
    pub terms: Vec<Term>,
}

/// `coefficient` times the product of the `a_i` with these powers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The coefficient.
    pub coefficient: Rational,
    /// One power a box.
    pub powers: Vec<usize>,
}

impl Boxes {
    /// Why this is no such polynomial, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let Self { boxes, size, terms } = self;
        refuse_if!(
            !(1..=6).contains(boxes) || !(1..=200).contains(size) || terms.len() > 400,
            "{boxes} boxes of {size} points, {} terms; 1 to 6 boxes of 1 to 200 points and up \
             to 400 terms are asked about",
            terms.len()
        );
        let is_odd = |term: &&Term| {
            term.powers.len() != *boxes || term.powers.iter().any(|&power| power > 12)
        };
        match terms.iter().find(is_odd) {
            Some(term) => Err(format!("expected {boxes} powers up to 12, found {:?}", term.powers)),
            None => Ok(()),
        }
    }

    /// The largest sum of powers; `None` for no terms.
    pub fn degree(&self) -> Option<usize> {
        let terms = self.terms.iter().filter(|term| !term.coefficient.is_zero());
        terms.map(|term| term.powers.iter().sum()).max()
    }

    /// The largest box that the curve of [`Self::counts`] needs.
    pub fn enough(&self) -> usize {
        (2 * self.boxes - 1) * (2 * self.boxes - 1)
    }

    /// Whether `p` is positive at these numbers.
    pub fn fires(&self, counts: &[usize]) -> bool {
        let value = |term: &Term| {
            let factors = counts.iter().zip(&term.powers);
            let product = factors.map(|(&a, &power)| Rational::from(a).pow(power as i32));
            &term.coefficient * product.product::<Rational>()
        };
        self.terms.iter().map(value).sum::<Rational>().is_positive()
    }

    /// The numbers of points that are asked about: all of them if there are few, else the curve
    /// `a_i = (t - 2 i + 1)^2` for `t = 0, .., 2 m`; `None` if the boxes are too small for it.
    ///
    /// At the odd `t` one box is empty, at the even ones none is.
    pub fn counts(&self) -> Option<Vec<Vec<usize>>> {
        let (m, size) = (self.boxes, self.size);
        if (size + 1).pow(m as u32) <= MOST_LISTED {
            return Some(every(m, size));
        }
        let square = |t: usize, i: usize| t.abs_diff(2 * i + 1).pow(2);
        let at = |t: usize| (0..m).map(|i| square(t, i)).collect();
        (size >= self.enough()).then(|| (0..=2 * m).map(at).collect())
    }
}

/// All lists of `m` numbers from 0 to `most`.
pub fn every(m: usize, most: usize) -> Vec<Vec<usize>> {
    let longer = |lists: &Vec<Vec<usize>>| {
        let with = |list: &Vec<usize>| (0..=most).map(|a| [&list[..], &[a]].concat()).collect();
        Some(lists.iter().flat_map(|list| -> Vec<_> { with(list) }).collect())
    };
    successors(Some(vec![Vec::new()]), longer).nth(m).expect("there is no last one")
}

/// Powers of `m` numbers that add up to `degree` at most.
fn powers(m: usize, degree: usize) -> Vec<Vec<usize>> {
    every(m, degree).into_iter().filter(|powers| powers.iter().sum::<usize>() <= degree).collect()
}

/// Polynomials of degree `m - 1`, in boxes that are large enough for the curve, or larger: with any
/// coefficients, and those that are right on the curve at all points but one.
pub fn of_low_degree() -> Strata<Boxes> {
    vec![
        ("base", 1, prop_oneof![any_of(1..=2, 1), right_but_once(1..=2)].boxed()),
        ("three boxes", 8, prop_oneof![any_of(3..=3, 1), right_but_once(3..=3)].boxed()),
        ("four boxes", 32, right_but_once(4..=4)),
        ("larger boxes", 8, in_larger_boxes(prop_oneof![any_of(1..=3, 1), right_but_once(1..=3)])),
        ("six boxes", 64, right_but_once(5..=6)),
    ]
}

/// The same polynomials in boxes of up to twenty points more.
fn in_larger_boxes(boxes: impl Strategy<Value = Boxes> + 'static) -> BoxedStrategy<Boxes> {
    let larger = |(boxes, more): (Boxes, usize)| Boxes { size: boxes.size + more, ..boxes };
    (boxes, 1usize..=20).prop_map(larger).boxed()
}

/// All monomials of degree below `m + 1 - lower`, with small integers.
pub fn any_of(boxes: Span, lower: usize) -> BoxedStrategy<Boxes> {
    boxes
        .prop_flat_map(move |m| {
            let powers = powers(m, m - lower);
            (Just(m), numbers::integers(powers.len(), 3), Just(powers))
        })
        .prop_map(|(boxes, coefficients, powers)| {
            let pairs = coefficients.into_iter().zip(powers);
            let terms = pairs.map(|(coefficient, powers)| Term { coefficient, powers }).collect();
            let size = (2 * boxes - 1) * (2 * boxes - 1);
            Boxes { boxes, size, terms }
        })
        .boxed()
}

/// Products of `m - 1` forms `alpha a_1 + beta a_2 + gamma`, each with two zeros along the curve:
/// together a zero in each of its gaps but two neighbours, so that one point is misjudged.
fn right_but_once(boxes: Span) -> BoxedStrategy<Boxes> {
    let drawn = boxes.prop_flat_map(|m| {
        (Just(m), 0..2 * m - 1, Just((0..2 * m - 2).collect::<Vec<_>>()).prop_shuffle(), 1i64..=3)
    });
    drawn
        .prop_map(|(boxes, missing, order, factor)| {
            let gaps: Vec<_> =
                (0..2 * boxes).filter(|g| *g != missing && *g != missing + 1).collect();
            let root = |k: usize| Rational::from(gaps[k]) + Rational::new(1, 2);
            let start =
                vec![Term { coefficient: Rational::integer(factor), powers: vec![0; boxes] }];
            let terms = order
                .chunks(2)
                .fold(start, |terms, pair| times(&terms, &through([root(pair[0]), root(pair[1])])));
            let size = (2 * boxes - 1) * (2 * boxes - 1);
            Boxes { boxes, size, terms }
        })
        .boxed()
}

/// Factors of `a_1`, `a_2` and 1 with which their sum is `(t - u)(t - v)` along the curve.
fn through([u, v]: [Rational; 2]) -> [Rational; 3] {
    let beta = (&u + &v - Rational::integer(2)) / Rational::integer(4);
    let alpha = Rational::ONE - &beta;
    let constant = u * v - &alpha - &beta * Rational::integer(9);
    [alpha, beta, constant]
}

/// The terms multiplied by a form in the first two numbers, collected.
fn times(terms: &[Term], form: &[Rational; 3]) -> Vec<Term> {
    let mut product: Vec<Term> = Vec::new();
    for term in terms {
        for (i, factor) in form.iter().enumerate() {
            let mut powers = term.powers.clone();
            powers.iter_mut().skip(i).take(usize::from(i < 2)).for_each(|power| *power += 1);
            let coefficient = &term.coefficient * factor;
            match product.iter_mut().find(|term| term.powers == powers) {
                Some(found) => found.coefficient += coefficient,
                None => product.push(Term { coefficient, powers }),
            }
        }
    }
    product
}

/// `c a_1 a_2 .. a_m`, which is right everywhere.
pub fn products() -> BoxedStrategy<Boxes> {
    (1usize..=3, 1i64..=3)
        .prop_map(|(boxes, c)| Boxes {
            boxes,
            size: (2 * boxes - 1) * (2 * boxes - 1),
            terms: vec![Term { coefficient: Rational::integer(c), powers: vec![1; boxes] }],
        })
        .boxed()
}

/// `c (a_1 + .. + a_m)`, which is positive where some box is not empty, for two boxes or three.
pub fn sums() -> BoxedStrategy<Boxes> {
    (2usize..=3, 1i64..=3)
        .prop_map(|(boxes, c)| {
            let power = |i| (0..boxes).map(|j| usize::from(i == j)).collect();
            let term = |i| Term { coefficient: Rational::integer(c), powers: power(i) };
            let size = (2 * boxes - 1) * (2 * boxes - 1);
            Boxes { boxes, size, terms: (0..boxes).map(term).collect() }
        })
        .boxed()
}

/// Polynomials of degree `m - 1` that are right everywhere, in boxes that are small.
pub fn in_small_boxes() -> Vec<Boxes> {
    [(2, 1), (3, 1), (3, 2), (3, 3)].into_iter().map(|(m, size)| decided(m, size)).collect()
}

fn decided(boxes: usize, size: usize) -> Boxes {
    let (counts, powers) = (every(boxes, size), powers(boxes, boxes - 1));
    let term = |powers: &Vec<usize>| Term { coefficient: Rational::ONE, powers: powers.clone() };
    let value = |counts: &Vec<usize>, term: &Term| {
        let factors = counts.iter().zip(&term.powers).map(|(a, power)| a.pow(*power as u32));
        Rational::from(factors.product::<usize>())
    };
    let mut terms: Vec<_> = powers.iter().map(term).collect();
    let row = |counts| terms.iter().map(|term| value(counts, term)).collect();
    let rows: Vec<Vec<_>> = counts.iter().map(row).collect();
    let truth: Vec<_> = counts.iter().map(|counts| counts.iter().all(|&a| a > 0)).collect();
    let weights = separation::proved_weights(&separation::signed(&rows, &truth));
    let weights = weights.expect("small boxes are decided in a lower degree");
    terms.iter_mut().zip(weights).for_each(|(term, weight)| term.coefficient = weight);
    Boxes { boxes, size, terms }
}
