//! With decayed biases the kink of three points moves towards zero.

use crate::catalogue::prelude::*;
use crate::spline::ridge::sign_of_roots;
use crate::spline::univariate::{Data, Interpolation};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/decayed_kink_moves", AGAINST_ITS_NOTE)
        .derived_from("BoursierFlammarion2023", "the cost with decayed biases"),
    statement: "three points, a the jump of their chords  ⟹  Σ |c_k| √(1+t_k²) ≥ \
                |a| (x_2 - x_1) / √(1+x_1²), which one kink at -1/x_1 between x_1 and x_2 attains",
    cases: || drawn(4).cases().with("far from zero", 8, drawn(400)),
    hypotheses: &[],
    conclusion: |case| at_least("sign of cost less bound", case.sign(&case.square()), 0i64),
    twins: &[
        twin("the kink stays at the point", |case: &Case| {
            let there = case.jump().pow(2) * (Rational::ONE + case.x[1].pow(2));
            at_least("sign of cost less that of the chords", case.sign(&there), 0i64)
        })
        .because("a kink nearer to zero pays less for its larger jump"),
        twin("without the root", |case: &Case| {
            let reach = case.jump() * (&case.x[1] - &case.x[0]);
            at_least("sign of cost less bound", case.sign(&reach.pow(2)), 0i64)
        })
        .because("the tangent that starts far from zero is flat"),
        twin("strictly more", |case: &Case| {
            above("sign of cost less bound", case.sign(&case.square()), 0i64)
        })
        .because("the kink at -1/x_1 attains it"),
    ],
    well_formed: |case| {
        Data::new(case.x.to_vec(), case.y.to_vec()).map_err(|error| error.to_string())?;
        case.all().map(drop)
    },
};

/// Three points, and further points of an interpolant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    x: [Rational; 3],
    y: [Rational; 3],
    bends: Vec<[Rational; 2]>,
}

impl Case {
    fn all(&self) -> Result<Data, String> {
        let mut all: Vec<_> = self.x.iter().cloned().zip(self.y.iter().cloned()).collect();
        all.extend(self.bends.iter().map(|[t, y]| (t.clone(), y.clone())));
        all.sort();
        let (x, y) = all.into_iter().unzip();
        Data::new(x, y).map_err(|error| error.to_string())
    }

    fn slope(&self, i: usize) -> Rational {
        (&self.y[i + 1] - &self.y[i]) / (&self.x[i + 1] - &self.x[i])
    }

    fn jump(&self) -> Rational {
        self.slope(1) - self.slope(0)
    }

    /// The square of the bound.
    fn square(&self) -> Rational {
        let reach = self.jump() * (&self.x[1] - &self.x[0]);
        reach.pow(2) / (Rational::ONE + self.x[0].pow(2))
    }

    /// The sign of the cost less the root of a number.
    fn sign(&self, square: &Rational) -> i64 {
        let all = self.all().expect("the case is well formed");
        let f = Interpolation::new(&all).chords();
        let kinks = f.at.iter().zip(f.jumps());
        let kinks = kinks.map(|(t, jump)| (jump.abs(), Rational::ONE + t.pow(2)));
        let terms: Vec<_> = kinks.chain([(-Rational::ONE, square.clone())]).collect();
        i64::from(sign_of_roots(&terms))
    }
}

/// With no further point, with one where the bound is attained, or with some anywhere.
fn drawn(far: i64) -> BoxedStrategy<Case> {
    let place = (-far..=far, 1i64..=3).prop_map(|(p, q)| Rational::new(p, q));
    let gap = (1i64..=12, 1i64..=3).prop_map(|(p, q)| Rational::new(p, q));
    let bends = vec((1i64..=15, -3i64..=3), 0..=3);
    (place, [gap.clone(), gap], [-3i64..=3, -3i64..=3, -3i64..=3], bends, 0usize..3)
        .prop_map(|(first, gaps, y, steps, kind)| {
            let second = &first + &gaps[0];
            let x = [first.clone(), second.clone(), second + &gaps[1]];
            let mut case = Case { x, y: y.map(Rational::integer), bends: Vec::new() };
            let touch = (!first.is_zero()).then(|| -first.recip());
            match touch.filter(|t| kind == 1 && case.x[0] < *t && *t < case.x[1]) {
                Some(t) => {
                    let y = &case.y[1] + case.slope(1) * (&t - &case.x[1]);
                    case.bends.push([t, y]);
                }
                None if kind == 2 => {
                    let width = &case.x[2] - &case.x[0];
                    for (place, y) in steps {
                        let t = &case.x[0] + &width * Rational::new(place, 16);
                        let is_new = |s: &Rational| *s != t;
                        if case.x.iter().chain(case.bends.iter().map(|[s, _]| s)).all(is_new) {
                            case.bends.push([t, Rational::integer(y)]);
                        }
                    }
                }
                None => {}
            }
            case
        })
        .boxed()
}
