//! The weights of a symmetric predicate may be averaged over its symmetries.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("perceptron/order_by_averaging", AGAINST_ITS_NOTE)
        .remembered_from("MinskyPapert1969", "the group invariance theorem"),
    statement: "[p > 0] is invariant under the group G  ⟹  [Σ_g p ∘ g / |G| > 0] = [p > 0] \
                at all 2^n points, in no higher degree",
    cases: || {
        let strata = invariant(2..=4).with("5 to 8 bits", 32, invariant(5..=8));
        strata.with("10 bits", 128, invariant(10..=10))
    },
    hypotheses: &[given("invariant predicate", Case::is_invariant)
        .needed("averaging x_1 over the swap of two bits forgets which bit it was", || {
            any_polynomial().cases()
        })],
    conclusion: |case| case.decides_the_same(&case.averaged()),
    twins: &[
        twin("the largest weight instead of the average", |case: &Case| {
            let largest = |orbit: Vec<Rational>| orbit.into_iter().max().expect("the identity");
            case.decides_the_same(&case.along_orbits(largest))
        })
        .because("the maximum of a weight over its orbit is no combination of weights that decide"),
        twin("the weights were symmetric already", |case: &Case| {
            let averaged = case.averaged();
            let pairs = case.coefficients.iter().zip(&averaged);
            equal("weights that averaging changes", pairs.filter(|(a, b)| a != b).count(), 0)
        })
        .because("a symmetric predicate has weights that are not: 2 x + y > 0 is OR"),
        twin("the truth averaged instead of the weights", |case: &Case| {
            let values = boolean_function::values(&case.coefficients);
            let truth: Vec<_> = values.iter().map(|p| Rational::from(p.is_positive())).collect();
            case.decides_the_same(&boolean_function::coefficients(&truth))
        })
        .because("OR is x + y > 0, and x + y - x y as a polynomial"),
    ],
    well_formed: |case| match boolean_function::variables(case.coefficients.len()) {
        Some(2..=12) => Ok(()),
        _ => Err(format!(
            "{} coefficients; a polynomial in n bits has 2^n, for n from 2 to 12",
            case.coefficients.len()
        )),
    },
};

/// A polynomial on the cube and a group that moves its bits; `coefficients: [2^n]` in the order of
/// [`boolean_function`].
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    group: Group,
    coefficients: Vec<Rational>,
}

/// A group of permutations of the bits.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// The identity, and the exchange of the first two bits.
    Swap,
    /// The shifts around the circle.
    Cyclic,
    /// The shifts, and their reflections.
    Dihedral,
}

impl Group {
    /// The elements, as permutations of the bits `0..n`.
    fn elements(self, n: usize) -> Vec<Vec<usize>> {
        let shifts = (0..n).map(|k| (0..n).map(|i| (i + k) % n).collect());
        match self {
            Self::Swap => vec![(0..n).collect(), [1, 0].into_iter().chain(2..n).collect()],
            Self::Cyclic => shifts.collect(),
            Self::Dihedral => {
                let reflections = (0..n).map(|k| (0..n).map(|i| (n + k - i) % n).collect());
                shifts.chain(reflections).collect()
            }
        }
    }
}

/// The point whose ones are moved by the permutation.
fn moved(point: usize, permutation: &[usize]) -> usize {
    permutation.iter().enumerate().map(|(i, to)| ((point >> i) & 1) << to).sum()
}

impl Case {
    fn elements(&self) -> Vec<Vec<usize>> {
        self.group.elements(boolean_function::size(self.coefficients.len() - 1))
    }

    fn is_invariant(&self) -> bool {
        let fires: Vec<_> = boolean_function::values(&self.coefficients)
            .iter()
            .map(Rational::is_positive)
            .collect();
        self.elements().iter().all(|g| (0..fires.len()).all(|x| fires[x] == fires[moved(x, g)]))
    }

    /// Every weight replaced by what `merge` makes of its orbit, one entry a group element.
    fn along_orbits(&self, merge: impl Fn(Vec<Rational>) -> Rational) -> Vec<Rational> {
        let elements = self.elements();
        let orbit =
            |m: usize| elements.iter().map(|g| self.coefficients[moved(m, g)].clone()).collect();
        (0..self.coefficients.len()).map(|m| merge(orbit(m))).collect()
    }

    fn averaged(&self) -> Vec<Rational> {
        self.along_orbits(|orbit| {
            let size = Rational::from(orbit.len());
            orbit.into_iter().sum::<Rational>() / size
        })
    }

    /// Claims that the polynomial with these weights decides the predicate of the case, and has no
    /// product of more bits than the longest of the case.
    fn decides_the_same(&self, weights: &[Rational]) -> Conclusion {
        let degree = boolean_function::degree(&self.coefficients);
        let is_beyond = |(m, weight): &(usize, &Rational)| {
            !weight.is_zero() && Some(boolean_function::size(*m)) > degree
        };
        let beyond = weights.iter().enumerate().filter(is_beyond).count();
        if beyond > 0 {
            return equal("products of more bits", beyond, 0);
        }
        let (before, after) =
            (boolean_function::values(&self.coefficients), boolean_function::values(weights));
        let differ = before.iter().zip(&after).filter(|(a, b)| a.is_positive() != b.is_positive());
        equal("points decided differently", differ.count(), 0)
    }
}

fn groups() -> impl Strategy<Value = Group> {
    prop_oneof![Just(Group::Swap), Just(Group::Cyclic), Just(Group::Dihedral)]
}

/// Polynomials of any weights whose predicate is constant on the orbits: a point fires when the
/// least point of its orbit was drawn to fire.
fn invariant(bits: Span) -> impl Strategy<Value = Case> {
    (groups(), bits)
        .prop_flat_map(|(group, n)| (Just(group), Just(n), vec((any::<bool>(), 0i64..=4), 1 << n)))
        .prop_map(|(group, n, drawn)| {
            let elements = group.elements(n);
            let value = |x: usize| {
                let least = elements.iter().map(|g| moved(x, g)).min().expect("the identity");
                let size = drawn[x].1;
                Rational::from(if drawn[least].0 { size + 1 } else { -size })
            };
            let values: Vec<_> = (0..1 << n).map(value).collect();
            Case { group, coefficients: boolean_function::coefficients(&values) }
        })
}

fn any_polynomial() -> impl Strategy<Value = Case> {
    (groups(), 2usize..=3)
        .prop_flat_map(|(group, n)| (Just(group), numbers::integers(1 << n, 2)))
        .prop_map(|(group, coefficients)| Case { group, coefficients })
}
