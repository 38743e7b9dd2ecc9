//! The least boxes in which one-in-a-box has order m have 1, 2, 4, 7, 10 points.

use crate::analysis::separation::{self, Separation};
use crate::catalogue::prelude::*;
use crate::construct::separation::{Forms, certificate};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("perceptron/one_in_a_box_least_size")
        .derived_from("MinskyPapert1969", "the one-in-a-box theorem, the least boxes")
        .shown_by(Evidence::CertifiedExactly {
            scope: "m = 2 … 5 boxes, at the least size and one below it",
            certify: || (2..=5).flat_map(|m| [1, 0].map(|below| certify(m, below))).collect(),
        }),
    statement: "m = 1, .., 5 boxes of s points  ⟹  some p of degree below m has \
                [p(a_1, .., a_m) > 0] = [every a_i ≥ 1] exactly if s < 1, 2, 4, 7, 10",
    cases: || {
        let anything = (1usize..=4, 1usize..=9).prop_map(|(boxes, size)| Case { boxes, size });
        Cases::listed((1..=4).flat_map(|boxes| (1..=9).map(move |size| Case { boxes, size })))
            .with("up to four boxes", 1, anything)
            .with("five boxes", 128, (9usize..=10).prop_map(|size| Case { boxes: 5, size }))
    },
    hypotheses: &[],
    conclusion: |case| decided(case, case.size < LEAST[case.boxes - 1]),
    twins: &[
        twin("boxes of m points are large enough", |case: &Case| {
            decided(case, case.size < case.boxes)
        })
        .because("three boxes of three points have order two"),
        twin("boxes of 4 m² points are needed", |case: &Case| {
            decided(case, case.size < 4 * case.boxes * case.boxes)
        })
        .because("(1, 1) and (0, 2) have one sum: two boxes of two points have order two")
        .drawing(|| {
            let of = |boxes: usize| (1..=9).map(move |size| Case { boxes, size });
            Cases::listed((2..=4).flat_map(of))
        }),
        twin("one point less is enough", |case: &Case| {
            decided(case, case.size + 1 < LEAST[case.boxes - 1])
        })
        .because("the list has the least sizes")
        .drawing(|| Cases::listed((2..=4).map(|boxes| Case { boxes, size: LEAST[boxes - 1] - 1 }))),
    ],
    well_formed: |case| {
        require!(
            (1..=5).contains(&case.boxes) && (1..=10).contains(&case.size),
            "{} boxes of {} points; 1 to 5 boxes of 1 to 10 points are asked about",
            case.boxes,
            case.size
        )
    },
};

/// The least sizes for 1, 2, .. boxes.
const LEAST: [usize; 5] = [1, 2, 4, 7, 10];

/// So many boxes of so many points.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    boxes: usize,
    size: usize,
}

impl Case {
    /// The numbers of points in the boxes, increasing, and the products of their power sums of
    /// degree below `m` in all: every symmetric polynomial of that degree is a combination.
    fn points(&self) -> (Vec<Vec<Rational>>, Vec<bool>) {
        let numbers = increasing(self.boxes, 0..=self.size);
        let truth = numbers.iter().map(|a| a[0] > 0).collect();
        let partitions: Vec<_> = (0..self.boxes).flat_map(|n| partitions(n, n)).collect();
        let features = |a: &Vec<usize>| {
            let sum = |k: &usize| a.iter().map(|a| a.pow(*k as u32)).sum::<usize>();
            let product = |parts: &Vec<usize>| parts.iter().map(sum).product::<usize>();
            partitions.iter().map(|parts| Rational::from(product(parts))).collect()
        };
        (numbers.iter().map(features).collect(), truth)
    }

    fn separation(&self) -> Separation {
        let (points, truth) = self.points();
        separation::separate_by_rounds(&separation::signed(&points, &truth))
    }
}

/// Claims that the boxes are decided, or are not, in degree `m - 1`. The proof is checked.
fn decided(case: &Case, claimed: bool) -> Conclusion {
    let (points, truth) = case.points();
    let vectors = separation::signed(&points, &truth);
    let weights = separation::checked(&vectors, case.separation());
    equal("decided in degree m - 1", weights.is_some(), claimed)
}

/// The lists of `m` numbers of this range that do not decrease.
fn increasing(m: usize, range: RangeInclusive<usize>) -> Vec<Vec<usize>> {
    if m == 0 {
        return vec![Vec::new()];
    }
    let most = *range.end();
    let with = |a: usize| {
        increasing(m - 1, a..=most).into_iter().map(move |rest| [&[a], &rest[..]].concat())
    };
    range.flat_map(with).collect()
}

/// The partitions of `total` into parts of `most` at most.
fn partitions(total: usize, most: usize) -> Vec<Vec<usize>> {
    if total == 0 {
        return vec![Vec::new()];
    }
    let with = |part: usize| {
        partitions(total - part, part).into_iter().map(move |rest| [&[part], &rest[..]].concat())
    };
    (1..=most.min(total)).flat_map(with).collect()
}

/// The least boxes, or those with one point less, and why they are decided or not.
fn certify(boxes: usize, below: usize) -> Certificate {
    let case = Case { boxes, size: LEAST[boxes - 1] - below };
    let (points, truth) = case.points();
    let proof = case.separation();
    // Points with the multiplier 0 prove nothing.
    let (points, truth, proof) = match proof {
        Separation::Multipliers(multipliers) => {
            let kept = (0..points.len()).filter(|&i| !multipliers[i].is_zero());
            let kept: Vec<_> = kept.collect();
            let multipliers = kept.iter().map(|&i| multipliers[i].clone()).collect();
            let points = kept.iter().map(|&i| points[i].clone()).collect();
            (points, kept.iter().map(|&i| truth[i]).collect(), Separation::Multipliers(multipliers))
        }
        weights => (points, truth, weights),
    };
    Certificate {
        name: format!("boxes_{boxes}_size_{}", case.size),
        text: certificate(CLAIM.card.id, Forms::Homogeneous, &points, &truth, &proof),
    }
}
