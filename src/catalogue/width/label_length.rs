//! # The length of labels in the inverse kernel bounds every pairing with them
//!
//! For a positive definite kernel matrix, `(q . y)^2 <= (q . H q) (y . H^-1 y)`, with equality at
//! `q = H^-1 y`. `y . H^-1 y` is the least squared change of the weights that fits the labels, and
//! what generalization bounds for wide networks are made of.
#![doc = include_str!("../../../proofs/width/label_length.md")]

use crate::claim::{self, prelude::*};
use crate::exact::Rational;
use crate::exact::linear::{Matrix, dot};
use crate::generators::numbers;
use crate::kernel::{Points, first_layer};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "width/label_length",
        title: "The length of labels in the inverse kernel bounds every pairing with them",
        statement: "(q · y)² ≤ (q · H q) (y · H⁻¹ y), with equality at q = H⁻¹ y",
        source: Source::new("CaoGu2019", "the corollary with the labels and the inverse kernel"),
        wording: Wording::Derived,
        as_printed: Some("a test error of order √(y · H⁻¹ y / n), with constants not stated"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/width/label_length.md",
    },
    cases,
    hypotheses: &[],
    conclusion: |case| case.finding(case.length()),
    twins: &[
        Twin::concluding(
            "the kernel in place of its inverse",
            |case| {
                let image = case.kernel().apply(&case.labels);
                case.finding(dot(&case.labels, &image))
            },
            "it even orders labellings the other way round",
        ),
        Twin::concluding(
            "the Euclidean length",
            |case| case.finding(dot(&case.labels, &case.labels)),
            "the kernel is shorter than the identity",
        ),
        Twin::concluding(
            "twice the Euclidean length",
            |case| case.finding(dot(&case.labels, &case.labels) * Rational::integer(2)),
            "labels that go against the kernel are longer than twice their length",
        ),
    ],
};

/// Points at multiples of 30 and 45 degrees, labels and a test vector `q`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    data: Points,
    labels: Vec<Rational>,
    q: Vec<Rational>,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        self.data.check().map_err(|error| error.to_string())?;
        let n = self.data.len();
        if [&self.labels, &self.q].iter().any(|x| x.len() != n) {
            return Err(format!("labels and q must have {n} entries, as many as there are points"));
        }
        let kernel = first_layer(&self.data, 0).exact();
        let kernel = kernel.ok_or("an angle is no multiple of 30 or 45 degrees")?;
        if kernel.determinant().is_zero() { Err("the kernel is singular".into()) } else { Ok(()) }
    }
}

impl Case {
    fn kernel(&self) -> Matrix {
        first_layer(&self.data, 0).exact().expect("the angles have rational kernels")
    }

    /// `y . H^-1 y`.
    fn length(&self) -> Rational {
        let solution = self.kernel().solve(&self.labels).expect("the kernel is regular");
        dot(&self.labels, &solution)
    }

    fn finding(&self, length: Rational) -> Conclusion {
        let product = dot(&self.q, &self.kernel().apply(&self.q)) * length;
        Finding::at_most("squared pairing", dot(&self.q, &self.labels).pow(2), product)
    }
}

/// Sign labels on up to five neighbouring vertices of a hexagon or of an octagon, with `q` at
/// random or the solution that attains equality. Five have two opposite pairs at most.
fn cases() -> Cases<Case> {
    let hexagon = (1usize..=5).prop_map(|n| Points::hexagon(&(0..n).collect::<Vec<_>>()));
    let octagon = (1usize..=5).prop_map(|n| {
        let all = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)];
        let point = |&(a, b): &(i64, i64)| vec![Rational::integer(a), Rational::integer(b)];
        Points::plain(all.iter().take(n).map(point).collect())
    });
    let points = prop_oneof![hexagon, octagon];
    (points, vec(any::<bool>(), 5), numbers::integers(5, 3), any::<bool>())
        .prop_map(|(data, signs, mut q, attained)| {
            let n = data.len();
            let sign = |&s: &bool| Rational::from(if s { 1 } else { -1 });
            q.truncate(n);
            let mut case = Case { data, labels: signs.iter().take(n).map(sign).collect(), q };
            if attained {
                case.q = case.kernel().solve(&case.labels).expect("the kernel is regular");
            }
            case
        })
        .cases()
}
