//! Half spaces make every labelling of points exactly if these are affinely independent.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("perceptron/half_spaces_shatter", AGAINST_ITS_NOTE)
        .remembered_from("VapnikChervonenkis1971", "the dimension of half spaces, by Radon"),
    statement: "x_1 .. x_n in R^d: half spaces make all 2^n labellings  ⟺  the points are \
                affinely independent; so the VC dimension is d + 1",
    cases: || {
        prop_oneof![points(1..=3, 1..=5, 2), simplex(1..=3)]
            .with("six points in R^4 or R^5", 32, points(4..=5, 6..=6, 1))
            .with("a simplex in R^5 or R^6", 64, simplex(5..=6))
            .with("30 points in R^20", 64, points(20..=20, 30..=30, 9))
    },
    hypotheses: &[],
    conclusion: |case| shattered(case, &case.lifted(), case.is_independent()),
    twins: &[
        twin("any d + 1 points", |case: &Case| {
            shattered(case, &case.lifted(), case.points.len() <= case.dimension() + 1)
        })
        .because("three points on a line: the middle one cannot be alone")
        .drawing(|| on_a_line(2..=4).cases()),
        twin("as many without a threshold", |case: &Case| {
            shattered(case, &case.points, case.is_independent())
        })
        .because("half spaces through the origin have dimension d: the origin has no label"),
        twin("d + 2 points in general position", |case: &Case| {
            let lifted = case.lifted();
            let is_one_more = case.points.len() == case.dimension() + 2;
            let is_general = is_one_more && separation::in_general_position(&lifted);
            shattered(case, &lifted, case.is_independent() || is_general)
        })
        .because("the signs of an affine dependence are lost: Radon's partition")
        .drawing(|| two_more(1..=3).cases()),
    ],
    well_formed: |case| {
        let d = numbers::length_of_first(&case.points, "there must be one point at least")?;
        let fits = (1..=20).contains(&d) && case.points.iter().all(|x| x.len() == d);
        require!(fits, "expected points of 1 to 20 entries, all alike")?;
        let n = case.points.len();
        require!(n <= 7 || (d + 1 < n && n <= 40), "{n} points of R^{d}; up to 7, or d + 2 to 40")
    },
};

/// The points `[n, d]`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    points: Vec<Vec<Rational>>,
}

impl Case {
    fn dimension(&self) -> usize {
        self.points[0].len()
    }

    /// The points with an entry 1 more.
    fn lifted(&self) -> Vec<Vec<Rational>> {
        let one = [Rational::ONE];
        self.points.iter().map(|x| [x, &one[..]].concat()).collect()
    }

    fn is_independent(&self) -> bool {
        Matrix::from_rows(self.lifted()).rank() == self.points.len()
    }
}

/// Claims that all labellings are made by half spaces through the origin, or not all.
fn shattered(case: &Case, points: &[Vec<Rational>], claimed: bool) -> Conclusion {
    let lost = lost_by_dependence(points);
    let all = || separation::dichotomies(points).len() == 1 << case.points.len();
    // Where the labels of a dependence are refuted, nothing is left to ask.
    equal("every labelling is made", !lost && all(), claimed)
}

/// Whether the signs of a dependence of the points are refuted by it: Gordan's multipliers.
fn lost_by_dependence(points: &[Vec<Rational>]) -> bool {
    let columns = Matrix::from_rows(points.to_vec()).transpose();
    columns.null_space().first().is_some_and(|dependence| {
        let positive: Vec<_> = dependence.iter().map(|c| !c.is_negative()).collect();
        let sizes: Vec<_> = dependence.iter().map(Rational::abs).collect();
        separation::accepts_multipliers(&separation::signed(points, &positive), &sizes)
    })
}

fn points(d: Span, n: Span, most: i64) -> BoxedStrategy<Case> {
    (d, n)
        .prop_flat_map(move |(d, n)| vec(numbers::integers(d, most), n))
        .prop_map(|points| Case { points })
        .boxed()
}

/// As many points as the dimension, and two.
fn two_more(d: Span) -> BoxedStrategy<Case> {
    d.prop_flat_map(|d| vec(numbers::integers(d, 3), d + 2))
        .prop_map(|points| Case { points })
        .boxed()
}

/// As many different points of a line as the dimension, and one.
fn on_a_line(d: Span) -> BoxedStrategy<Case> {
    d.prop_flat_map(|d| (numbers::integers(d, 3), vec(numbers::nonzero_integer(3), d)))
        .prop_map(|(origin, step)| {
            let point = |i: usize| {
                origin.iter().zip(&step).map(|(x, s)| x + s * Rational::from(i)).collect()
            };
            let points = (0..=step.len()).map(point).collect();
            Case { points }
        })
        .boxed()
}

/// The corners of a simplex, moved and stretched.
fn simplex(d: Span) -> BoxedStrategy<Case> {
    d.prop_flat_map(|d| (numbers::integers(d, 3), vec(numbers::nonzero_integer(3), d)))
        .prop_map(|(origin, edges)| {
            let corner = |i: usize| {
                let mut corner = origin.clone();
                corner[i] += &edges[i];
                corner
            };
            let points = [origin.clone()].into_iter().chain((0..edges.len()).map(corner)).collect();
            Case { points }
        })
        .boxed()
}
