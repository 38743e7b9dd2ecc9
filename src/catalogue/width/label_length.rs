//! The length of labels in the inverse kernel bounds every pairing with them.

use crate::catalogue::prelude::*;
use crate::kernel::first_layer;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/label_length", STEP_BY_STEP)
        .derived_from("CaoGu2019", "the corollary with the labels and the inverse kernel")
        .as_printed("a test error of order √(y · H⁻¹ y / n), with constants not stated"),
    statement: "(q · y)² ≤ (q · H q) (y · H⁻¹ y), with equality at q = H⁻¹ y",
    cases: || {
        cases(plane().boxed())
            .with("roots of 4 dimensions", 16, cases(roots(4, 8)))
            .with("up to 36 roots of 6 dimensions", 64, cases(roots(6, 40)))
            .with("up to 60 roots of 8 dimensions", 1024, cases(roots(8, 90)))
    },
    hypotheses: &[],
    conclusion: |case| {
        let finding = case.finding(case.length())?;
        if case.q == case.solution() {
            return equal(finding.quantity, finding.found, finding.bound);
        }
        Ok(finding)
    },
    twins: &[
        twin("the kernel in place of its inverse", |case: &Case| {
            let image = case.kernel().apply(&case.labels);
            case.finding(dot(&case.labels, &image))
        })
        .because("it even orders labellings the other way round"),
        twin("the Euclidean length", |case: &Case| case.finding(dot(&case.labels, &case.labels)))
            .because("the kernel is shorter than the identity"),
        twin("twice the Euclidean length", |case: &Case| {
            case.finding(dot(&case.labels, &case.labels) * Rational::integer(2))
        })
        .because("labels that go against the kernel are longer than twice their length"),
    ],
    well_formed: |case| {
        case.data.check()?;
        let n = case.data.len();
        let fits = [&case.labels, &case.q].iter().all(|x| x.len() == n);
        require!(fits, "labels and q must have {n} entries, as many as there are points")?;
        let kernel = first_layer(&case.data, 0).exact();
        let kernel = kernel.ok_or("an angle is no multiple of 30 or 45 degrees")?;
        if kernel.determinant().is_zero() { Err("the kernel is singular".into()) } else { Ok(()) }
    },
};

/// Points at multiples of 30 and 45 degrees, labels and a test vector `q`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    data: Points,
    labels: Vec<Rational>,
    q: Vec<Rational>,
}

impl Case {
    fn kernel(&self) -> Matrix {
        first_layer(&self.data, 0).exact().expect("the angles have rational kernels")
    }

    /// `H^-1 y`.
    fn solution(&self) -> Vec<Rational> {
        self.kernel().solve(&self.labels).expect("the kernel is regular")
    }

    /// `y . H^-1 y`.
    fn length(&self) -> Rational {
        dot(&self.labels, &self.solution())
    }

    fn finding(&self, length: Rational) -> Conclusion {
        let product = dot(&self.q, &self.kernel().apply(&self.q)) * length;
        at_most("squared pairing", dot(&self.q, &self.labels).pow(2), product)
    }
}

/// Up to five neighbouring vertices of a hexagon or of an octagon: two opposite pairs at most.
fn plane() -> impl Strategy<Value = Points> {
    let hexagon = (1usize..=5).prop_map(|n| Points::hexagon(&(0..n).collect::<Vec<_>>()));
    let octagon = (1usize..=5).prop_map(|n| {
        let all = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)];
        let point = |&(a, b): &(i64, i64)| vec![Rational::integer(a), Rational::integer(b)];
        Points::plain(all.iter().take(n).map(point).collect())
    });
    prop_oneof![hexagon, octagon]
}

/// At most the given number of roots, no two of them on a line.
fn roots(d: usize, most: usize) -> BoxedStrategy<Points> {
    directions::roots(d, most).prop_map(directions::without_parallels).boxed()
}

/// Sign labels on such points, with `q` at random or the solution that attains equality.
fn cases(points: BoxedStrategy<Points>) -> BoxedStrategy<Case> {
    (points, vec(any::<bool>(), 90), numbers::integers(90, 3), any::<bool>())
        .prop_map(|(data, signs, mut q, attained)| {
            let n = data.len();
            let sign = |&s: &bool| numbers::sign(s);
            q.truncate(n);
            let mut case = Case { data, labels: signs.iter().take(n).map(sign).collect(), q };
            if attained {
                case.q = case.solution();
            }
            case
        })
        .boxed()
}
