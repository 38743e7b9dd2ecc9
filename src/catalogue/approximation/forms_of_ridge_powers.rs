//! Every form of degree q is a sum of powers of the forms with whole coefficients of sum q.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/forms_of_ridge_powers", AGAINST_ITS_NOTE)
        .derived_from("Mao2021", "polynomials Q(x) as sums of powers of forms")
        .as_printed(
            "from memory: generic forms do; that those with whole coefficients of sum q do is \
             derived here, after the uniqueness of interpolation on a simplex",
        ),
    statement: "P homogeneous of degree q in d variables  ⟹  P(x) = Σ c_ξ ⟨ξ, x⟩^q over the ξ ≥ 0 \
                with whole entries of sum q, for exactly one c",
    cases: || {
        cases(1..=2, 0..=4)
            .with("3 variables", 8, cases(3..=3, 0..=4))
            .with("4 variables", 32, cases(4..=4, 1..=3))
            .with("two variables, degree 12", 64, cases(2..=2, 8..=12))
            .with("5 variables, degree 4", 512, cases(5..=5, 4..=4))
    },
    hypotheses: &[],
    conclusion: |case| {
        let all = exponents(case.variables, case.degree);
        case.compare(&all)
    },
    twins: &[
        twin("one form fewer", |case: &Case| {
            let mut all = exponents(case.variables, case.degree);
            all.pop();
            case.compare(&all)
        })
        .because("there are as many monomials as forms, and none can be spared"),
        twin("sums of two axes", |case: &Case| {
            let mut all = exponents(case.variables, case.degree);
            all.retain(|xi| xi.iter().filter(|&&k| k > 0).count() <= 2);
            case.compare(&all)
        })
        .because("for cubes of three variables the product of all three is missing")
        .drawing(|| cases(3..=3, 3..=4).cases()),
        twin("as many forms as there are, all on a line", |case: &Case| {
            let count = exponents(case.variables, case.degree).len();
            let line = (0..count).map(|k| {
                let mut xi = vec![1; case.variables];
                xi[0] = k;
                xi
            });
            case.compare(&line.collect::<Vec<_>>())
        })
        .because("their powers see three variables as two")
        .drawing(|| cases(3..=3, 2..=3).cases()),
    ],
    well_formed: |case| {
        let (d, q) = (case.variables, case.degree);
        require!((1..=6).contains(&d) && q <= 12, "{d} variables, degree {q}; at most 6 and 12")?;
        let count = exponents(d, q).len();
        require!(count <= 100, "{count} monomials; at most 100 are asked about")?;
        let fits = case.coefficients.len() == count && case.at.len() == d;
        require!(fits, "there must be {count} coefficients, and a point of {d} entries")
    },
};

/// A form by its coefficients, monomials in the order of `exponents`, and a point.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    variables: usize,
    degree: usize,
    coefficients: Vec<Rational>,
    at: Vec<Rational>,
}

/// All lists of so many whole numbers with this sum, the first entry largest first.
fn exponents(variables: usize, sum: usize) -> Vec<Vec<usize>> {
    if variables == 1 {
        return vec![vec![sum]];
    }
    let longer = |first: usize| {
        let rest = exponents(variables - 1, sum - first);
        rest.into_iter().map(move |rest| [vec![first], rest].concat())
    };
    (0..=sum).rev().flat_map(longer).collect()
}

/// The product of `x_i^(k_i)`.
fn monomial(x: &[Rational], exponents: &[usize]) -> Rational {
    let power = |(x, &k): (&Rational, &usize)| x.pow(i32::try_from(k).expect("a small degree"));
    x.iter().zip(exponents).map(power).product()
}

fn whole(xi: &[usize]) -> Vec<Rational> {
    xi.iter().map(|&k| Rational::from(k)).collect()
}

impl Case {
    /// `q! / (k_1! .. k_d!)`: how often a monomial is in the power of a sum.
    fn multinomial(&self, exponents: &[usize]) -> Rational {
        let factorial = |n: usize| (1..=n).map(Rational::from).product::<Rational>();
        factorial(self.degree) / exponents.iter().map(|&k| factorial(k)).product::<Rational>()
    }

    /// How far the powers of these forms are from the form at the point, where they can make it.
    fn compare(&self, forms: &[Vec<usize>]) -> Conclusion {
        let monomials = exponents(self.variables, self.degree);
        let row = |k: &Vec<usize>| {
            let count = self.multinomial(k);
            forms.iter().map(|xi| &count * monomial(&whole(xi), k)).collect()
        };
        let system = Matrix::from_rows(monomials.iter().map(row).collect());
        if system.rank() < monomials.len() {
            return equal("independent powers", system.rank(), monomials.len());
        }
        let weights =
            system.solve(&self.coefficients).ok_or(Undecided("more powers than needed"))?;
        let power = i32::try_from(self.degree).map_err(|_| Undecided("a large degree"))?;
        let terms =
            weights.iter().zip(forms).map(|(c, xi)| c * dot(&whole(xi), &self.at).pow(power));
        let value =
            monomials.iter().zip(&self.coefficients).map(|(k, c)| c * monomial(&self.at, k));
        equal("sum of powers", terms.sum::<Rational>(), value.sum::<Rational>())
    }
}

fn cases(variables: Span, degree: Span) -> BoxedStrategy<Case> {
    (variables, degree)
        .prop_flat_map(|(d, q)| {
            let count = exponents(d, q).len();
            let numbers = (numbers::integers(count, 4), vec(numbers::fraction(6, 2), d));
            (Just((d, q)), numbers)
        })
        .prop_map(|((variables, degree), (coefficients, at))| Case {
            variables,
            degree,
            coefficients,
            at,
        })
        .boxed()
}
