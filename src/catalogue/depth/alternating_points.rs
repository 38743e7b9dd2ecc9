//! A function of t affine pieces is wrong at ⌈(n − t − 1) / 2⌉ of n alternating labels.

use crate::catalogue::prelude::*;
use crate::spline::univariate::{Data, Interpolation};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/alternating_points", AGAINST_ITS_NOTE)
        .derived_from("Telgarsky2016", "few pieces against many changes of label")
        .as_printed(
            "from memory: at least a share (n - 4 t) / (3 n) is wrong for functions that cross 1/2 \
             with t affine pieces; for continuous ones the sharp number is derived here",
        ),
    statement: "f continuous with t affine pieces, labels alternate on n points  ⟹  [f > 0] is \
                wrong at ⌈(n - t - 1) / 2⌉ points or more",
    cases: || {
        prop_oneof![anyhow(0..=4, 2..=8), through(2..=9)]
            .with("40 points", 16, prop_oneof![anyhow(5..=12, 40..=40), through(40..=40)])
            .with("100 points", 64, prop_oneof![anyhow(20..=30, 100..=100), through(100..=100)])
    },
    hypotheses: &[],
    conclusion: |case| wrong(case, |t| t + 1),
    twins: &[
        twin("a change for every piece", |case: &Case| wrong(case, |t| t))
            .because("t pieces cross zero t times, so they have t + 1 intervals of one sign"),
        twin("one wrong for each point too many", |case: &Case| {
            let least = (case.points as i64 - case.pieces() as i64 - 1).max(0);
            at_least("points misjudged", case.wrong(), least)
        })
        .because("in each interval the label that is rarer is wrong: one of two points")
        .drawing(|| anyhow(0..=2, 4..=9).cases()),
    ],
    well_formed: |case| {
        let (n, t) = (case.points, case.corners.len());
        require!((1..=200).contains(&n), "{n} points; 1 to 200 are asked about")?;
        require!((2..=200).contains(&t), "{t} corners; 2 to 200 are asked about")?;
        case.data().map(drop)
    },
};

/// A function that is straight between and beyond its corners `[x, y]`, and the points 1, .., n,
/// the odd ones of which are to be positive.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    points: usize,
    corners: Vec<[Rational; 2]>,
}

impl Case {
    fn data(&self) -> Result<Data, String> {
        let (x, y) = self.corners.iter().map(|[x, y]| (x.clone(), y.clone())).unzip();
        Data::new(x, y).map_err(|error| error.to_string())
    }

    fn function(&self) -> Activation {
        let data = self.data().expect("the case is well formed");
        Interpolation::new(&data).chords().function()
    }

    fn pieces(&self) -> usize {
        self.function().pieces().len()
    }

    fn wrong(&self) -> usize {
        let f = self.function();
        let is_wrong = |i: &usize| f.eval(&Rational::from(*i)).is_positive() != (i % 2 == 1);
        (1..=self.points).filter(is_wrong).count()
    }
}

/// Claims that half of the points beyond the intervals of one sign are wrong.
fn wrong(case: &Case, intervals: fn(usize) -> usize) -> Conclusion {
    let beyond = case.points.saturating_sub(intervals(case.pieces()));
    at_least("points misjudged", case.wrong(), beyond.div_ceil(2))
}

/// Corners at halves of integers.
fn anyhow(inner: Span, points: Span) -> BoxedStrategy<Case> {
    let inner = *inner.start() + 2..=*inner.end() + 2;
    (points, vec((1i64..=5, numbers::integer(3)), inner))
        .prop_map(|(points, drawn)| {
            let mut at = Rational::ZERO;
            let corner = |(gap, y): (i64, Rational)| {
                at += Rational::new(gap, 2);
                [at.clone(), y]
            };
            Case { points, corners: drawn.into_iter().map(corner).collect() }
        })
        .boxed()
}

/// Right at the first points, then of one sign: the fewest errors for so many pieces.
fn through(points: Span) -> BoxedStrategy<Case> {
    points
        .prop_flat_map(|n| (Just(n), 2..=n))
        .prop_map(|(points, right)| {
            let height = |i: usize| Rational::integer(if i % 2 == 1 { 1 } else { -1 });
            let corners = (1..=right).map(|i| [Rational::from(i), height(i)]).collect();
            Case { points, corners }
        })
        .boxed()
}
