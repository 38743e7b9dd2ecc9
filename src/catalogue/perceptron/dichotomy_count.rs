//! n points in general position have 2 Σ_{k<d} C(n-1, k) dichotomies.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("perceptron/dichotomy_count", AGAINST_ITS_NOTE)
        .remembered_from("Cover1965", "the function counting theorem"),
    statement: "x_1 … x_n ∈ R^d, every min(d, n) of them independent  ⟹  \
                #{sgn⟨w, x_i⟩ without a zero} = 2 Σ_{k<d} C(n-1, k)",
    cases: || {
        general(1..=4, 1..=7)
            .with("12 to 16 points of R^4", 32, anywhere(4..=4, 12..=16))
            .with("30 points of R^5", 128, anywhere(5..=5, 30..=30))
            .with("41 points of R^6", 2048, anywhere(6..=6, 41..=41))
    },
    hypotheses: &[given("general position", |case: &Case| {
        separation::in_general_position(&case.points)
    })
    .needed("four of five points in a plane of R^3", four_in_a_plane)],
    conclusion: |case| case.counted(&case.points, case.dimension()),
    twins: &[
        twin("a threshold costs nothing", |case: &Case| {
            let one = [Rational::ONE];
            let lifted: Vec<_> = case.points.iter().map(|x| [x, &one[..]].concat()).collect();
            case.counted(&lifted, case.dimension())
        })
        .because("a threshold is one dimension more")
        .drawing(|| general(1..=2, 1..=4).cases()),
        twin("every labelling occurs", |case: &Case| {
            let all = 1u64 << case.points.len();
            equal("dichotomies", dichotomies(&case.points), all)
        })
        .because("beyond d points some labelling is lost"),
        twin("as many as regions of hyperplanes anywhere", |case: &Case| {
            let regions: u64 = (0..=case.dimension()).map(|k| choose(case.points.len(), k)).sum();
            equal("dichotomies", dichotomies(&case.points), regions)
        })
        .because(
            "n hyperplanes in general position meet in more regions than n through the origin",
        ),
    ],
    well_formed: |case| {
        let d = numbers::length_of_first(&case.points, "there must be one point at least")?;
        let n = case.points.len();
        let fits = d != 0 && n <= 48 && !(n > 12 && d > 6);
        require!(fits, "{n} points of R^{d}; 48 is the most in R^1 to R^6, 12 above")?;
        match case.points.iter().find(|x| x.len() != d) {
            Some(x) => Err(format!("points with {d} and with {} entries", x.len())),
            None => Ok(()),
        }
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

    /// Claims that these points have as many dichotomies as the formula says for `d`.
    fn counted(&self, points: &[Vec<Rational>], d: usize) -> Conclusion {
        let formula: u64 = (0..d).map(|k| 2 * choose(points.len() - 1, k)).sum();
        equal("dichotomies", dichotomies(points), formula)
    }
}

/// Counted one by one with their proofs up to eight points; beyond, as regions of the layer with
/// the points as weights.
fn dichotomies(points: &[Vec<Rational>]) -> u64 {
    if points.len() <= 8 {
        return separation::dichotomies(points).len() as u64;
    }
    let layer = Layer::dense(points.len(), points.concat(), Vec::new());
    let network = Network::new(Shape::Flat(points[0].len()), vec![layer, Layer::relu()]);
    network.expect("the case is well formed").count_regions(Notion::Strict, &Domain::Whole)
}

/// The binomial coefficient.
fn choose(n: usize, k: usize) -> u64 {
    (0..k).fold(1, |product, i| product * (n.saturating_sub(i) as u64) / (i as u64 + 1))
}

fn general(d: Span, n: Span) -> impl Strategy<Value = Case> {
    (d, n)
        .prop_flat_map(|(d, n)| samples::in_general_position(d, n, 3))
        .prop_map(|points| Case { points })
}

/// Points with large entries: nearly always in general position.
fn anywhere(d: Span, n: Span) -> impl Strategy<Value = Case> {
    (d, n)
        .prop_flat_map(|(d, n)| vec(numbers::integers(d, 1000), n))
        .prop_map(|points| Case { points })
}

/// Four points of `R^3` in a plane through the origin, any two independent, and one outside.
fn four_in_a_plane() -> Cases<Case> {
    (samples::in_general_position(2, 4, 2), numbers::integers(2, 2), numbers::nonzero_integer(2))
        .prop_map(|(plane, mut outside, height)| {
            let lift = |x: Vec<Rational>| [x, vec![Rational::ZERO]].concat();
            let mut points: Vec<_> = plane.into_iter().map(lift).collect();
            outside.push(height);
            points.push(outside);
            Case { points }
        })
        .cases()
}
