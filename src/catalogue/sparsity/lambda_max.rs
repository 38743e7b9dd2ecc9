//! From which price on the penalised fit is the least-squares line.

use crate::catalogue::prelude::*;
use crate::generators::line_data;
use crate::spline::univariate::{Data, Interpolation, Penalised, lambda_max};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/lambda_max", AGAINST_ITS_NOTE)
        .derived_from("Debarre2022", "the penalised problem"),
    statement: "the penalised fit is a line  ⟺  λ ≥ max |u|, u the dual of the least-squares line",
    cases: || Cases::of(drawn()),
    hypotheses: &[],
    conclusion: |case| {
        let (most, by_library) = (case.threshold(), lambda_max(&case.data(), &case.ones()));
        if most != by_library {
            return equal("threshold", by_library, most);
        }
        case.compare(|lambda, most| lambda >= most)
    },
    twins: &[
        twin("twice as much is needed", |case: &Case| {
            case.compare(|lambda, most| *lambda >= most * Rational::from(2))
        })
        .because("that is the threshold of a loss without one half"),
        twin("half of it is enough", |case: &Case| {
            case.compare(|lambda, most| lambda * Rational::from(2) >= *most)
        })
        .because("below the threshold a bend pays for itself"),
        twin("a small lambda interpolates", |case: &Case| {
            let (fitted, data) = (case.fit()?, case.data());
            equal("interpolates", fitted.y() == data.y(), is_line(&data)).map(|mut finding| {
                if case.is_small() {
                    finding.bound = Rational::ONE;
                }
                finding
            })
        })
        .because("no lambda above 0 interpolates data that bend"),
    ],
    well_formed: |case| {
        Data::new(case.x.clone(), case.y.clone()).map_err(|error| error.to_string())?;
        require!(case.lambda.is_positive(), "lambda is positive")
    },
};

/// Points, and the price of TV2.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    lambda: Rational,
    x: Vec<Rational>,
    y: Vec<Rational>,
}

impl Case {
    fn data(&self) -> Data {
        Data::new(self.x.clone(), self.y.clone()).expect("the case is well formed")
    }

    fn ones(&self) -> Vec<Rational> {
        vec![Rational::ONE; self.x.len()]
    }

    fn is_small(&self) -> bool {
        self.lambda <= Rational::new(1, 8)
    }

    /// The fitted values, by the active-set method.
    fn fit(&self) -> Result<Data, Undecided> {
        let problem = Penalised::new(self.data(), self.ones(), self.lambda.clone());
        let problem = problem.expect("one weight a point");
        let fit = problem.exactly(&|| false).ok_or(Undecided("there is no fit"))?;
        Ok(Data::new(self.x.clone(), fit.values).expect("the abscissae are those of the data"))
    }

    /// The greatest `|u|`: the least-squares line by the means, and its residuals summed up twice.
    fn threshold(&self) -> Rational {
        let count = Rational::from(self.x.len());
        let mean = |values: &Vec<Rational>| values.iter().sum::<Rational>() / &count;
        let [x, y] = [&self.x, &self.y].map(mean);
        let off: Vec<_> = self.x.iter().map(|p| p - &x).collect();
        let square = dot(&off, &off);
        if square.is_zero() {
            return Rational::ZERO;
        }
        let slope = dot(&off, &self.y) / square;
        let residual = |i: usize| &self.y[i] - &y - &slope * &off[i];
        let [mut climb, mut u, mut most] = [Rational::ZERO; 3];
        for i in 1..self.x.len() {
            climb += residual(i - 1);
            u += &climb * (&self.x[i] - &self.x[i - 1]);
            most = most.max(u.abs());
        }
        most
    }

    fn compare(&self, is_line_for: fn(&Rational, &Rational) -> bool) -> Conclusion {
        equal("is a line", is_line(&self.fit()?), is_line_for(&self.lambda, &self.threshold()))
    }
}

fn is_line(data: &Data) -> bool {
    Interpolation::new(data).signs().iter().all(|sign| *sign == 0)
}

/// Lambda is the threshold one time in three.
fn drawn() -> Vec<(&'static str, u32, BoxedStrategy<Case>)> {
    let strata = line_data::bare().into_iter().filter(|(_, every, _)| *every < 64);
    let case = |rivals: BoxedStrategy<line_data::Rival>| {
        (rivals, 1i64..=8, any::<bool>(), 0usize..3)
            .prop_map(|(rival, size, is_small, choice)| {
                let most = lambda_max(&rival.data(), &vec![Rational::ONE; rival.x.len()]);
                let lambda = match choice {
                    0 if most.is_positive() => most,
                    1 if most.is_positive() => most * Rational::new(size, 5),
                    _ => Rational::new(size, if is_small { 64 } else { 2 }),
                };
                Case { lambda, x: rival.x, y: rival.y }
            })
            .boxed()
    };
    strata.map(|(name, every, rivals)| (name, every, case(rivals))).collect()
}
