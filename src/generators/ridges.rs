//! Networks with one hidden layer of ReLU units beside an affine part, and data for them.

use super::prelude::*;
use crate::construct::shallow::Shallow;
use crate::spline::ridge::{Data, DataError, Fit, Norm, Question, Ridges, Skip, Unit, fit};
use proptest::collection::SizeRange;

/// `x -> constant + <slope, x> + sum_k outer_k relu(<weights_k, x> - thresholds_k)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RidgeNet {
    /// The value of the affine part at zero.
    pub constant: Rational,
    /// One number an input.
    pub slope: Vec<Rational>,
    /// The weights of each unit, one an input.
    pub weights: Vec<Vec<Rational>>,
    /// The threshold of each unit.
    pub thresholds: Vec<Rational>,
    /// The outer weight of each unit.
    pub outer: Vec<Rational>,
}

impl RidgeNet {
    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let (d, units) = (self.slope.len(), self.weights.len());
        refuse_if!(!(1..=12).contains(&d), "{d} inputs; there must be 1 to 12");
        let fits = [self.thresholds.len(), self.outer.len()] == [units; 2];
        let fits = fits && self.weights.iter().all(|w| w.len() == d);
        require!(fits, "a unit has a weight an input, a threshold and an outer weight")
    }

    /// The same network, without a skip connection.
    pub fn of_shallow(net: &Shallow) -> Self {
        Self {
            constant: net.constant.clone(),
            slope: vec![Rational::ZERO; net.bits],
            weights: net.units.iter().map(|unit| unit.weights.clone()).collect(),
            thresholds: net.units.iter().map(|unit| -&unit.bias).collect(),
            outer: net.units.iter().map(|unit| unit.outer.clone()).collect(),
        }
    }

    /// The function.
    pub fn ridges(&self) -> Ridges {
        let unit = |((weights, threshold), outer): ((&Vec<Rational>, &Rational), &Rational)| Unit {
            weights: weights.clone(),
            threshold: threshold.clone(),
            outer: vec![outer.clone()],
        };
        let parts = self.weights.iter().zip(&self.thresholds).zip(&self.outer);
        Ridges {
            inputs: self.slope.len(),
            constant: vec![self.constant.clone()],
            slope: vec![self.slope.clone()],
            units: parts.map(unit).collect(),
        }
    }
}

/// A network, and points for it; their values play no part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetAtPoints {
    /// The network.
    pub net: RidgeNet,
    /// The points.
    pub data: Scattered,
}

impl NetAtPoints {
    /// Whether the points are inputs of the network.
    pub fn check(&self) -> Result<(), String> {
        self.net.check()?;
        self.data.check().map_err(|error| error.to_string())?;
        let (d, found) = (self.net.slope.len(), self.data.dimension());
        if d == found { Ok(()) } else { Err(format!("the points have {d} coordinates")) }
    }
}

/// Points with a value each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scattered {
    /// The points.
    pub points: Vec<Vec<Rational>>,
    /// The values.
    pub values: Vec<Rational>,
}

impl Scattered {
    /// Whether these are data.
    pub fn check(&self) -> Result<(), DataError> {
        self.data().map(|_| ())
    }

    /// The data, or why these are none.
    pub fn data(&self) -> Result<Data, DataError> {
        Data::new(self.points.clone(), self.values.clone())
    }

    /// The number of inputs. Panics unless [`Self::check`] holds.
    pub fn dimension(&self) -> usize {
        self.points[0].len()
    }

    /// The rank of the rows `[x 1]`.
    pub fn affine_rank(&self) -> usize {
        let row = |x: &Vec<Rational>| x.iter().cloned().chain([Rational::ONE]).collect();
        Matrix::from_rows(self.points.iter().map(row).collect()).rank()
    }

    /// The network of least cost through the points, if there is one and it was found.
    pub fn least(&self, norm: Norm, skip: Skip) -> Option<Fit> {
        let question = Question { data: self.data().ok()?, norm, penalty: None, skip };
        fit(&question, &mut |_| true).ok()
    }

    /// The same points with other values.
    pub fn with_values(&self, values: Vec<Rational>) -> Self {
        Self { points: self.points.clone(), values }
    }
}

/// Vectors of rational Euclidean length, with small entries.
pub fn pythagorean(d: usize) -> BoxedStrategy<Vec<Rational>> {
    let base: &[&[i64]] = match d {
        1 => &[&[1]],
        2 => &[&[1, 0], &[0, 1], &[3, 4], &[4, -3], &[5, 12], &[8, 15]],
        3 => &[&[1, 0, 0], &[0, 3, 4], &[1, 2, 2], &[2, -1, 2], &[2, 3, 6], &[4, 4, 7]],
        4 | 5 => &[&[1, 1, 1, 1], &[1, 0, 0, 0], &[0, 1, 2, 2], &[1, 1, 1, -1], &[2, 4, 5, 6]],
        _ => &[
            &[1, 1, 1, 1, 1, 2],
            &[0, 0, 0, 0, 0, 1],
            &[2, 0, 1, 3, 1, 1],
            &[3, 1, 1, 1, 2, 3],
            &[0, 2, 0, 4, 5, 6],
            &[4, 0, 0, 3, 0, 0],
        ],
    };
    let base: Vec<Vec<i64>> = base.iter().map(|v| v.to_vec()).collect();
    (select(base), vec(any::<bool>(), d), numbers::nonzero_integer(3), 1..=2i64)
        .prop_map(move |(v, signs, factor, divisor)| {
            let entries = v.into_iter().chain(std::iter::repeat(0)).take(d).zip(signs);
            let signed = entries.map(|(x, minus)| if minus { -x } else { x });
            signed.map(|x| Rational::integer(x) * &factor / Rational::integer(divisor)).collect()
        })
        .boxed()
}

/// Vectors of small integers, zero among them.
pub fn integral(d: usize) -> BoxedStrategy<Vec<Rational>> {
    numbers::integers(d, 2).boxed()
}

/// Networks whose units draw their weights from a strategy. Two in five share the hyperplane of the
/// unit before them, turned either way; some have no weights.
pub fn nets(
    d: usize,
    units: impl Into<SizeRange>,
    weights: fn(usize) -> BoxedStrategy<Vec<Rational>>,
) -> BoxedStrategy<RidgeNet> {
    let unit = (
        weights(d),
        numbers::fraction(6, 2),
        numbers::integer(3),
        prop_oneof![3 => Just(None), 2 => numbers::nonzero_integer(2).prop_map(Some)],
    );
    (numbers::integer(3), numbers::integers(d, 3), vec(unit, units))
        .prop_map(|(constant, slope, units)| {
            let mut net = RidgeNet {
                constant,
                slope,
                weights: Vec::new(),
                thresholds: Vec::new(),
                outer: Vec::new(),
            };
            for (weights, threshold, outer, again) in units {
                let last = net.weights.last().cloned().zip(net.thresholds.last().cloned());
                let (weights, threshold) = match (again, last) {
                    (Some(factor), Some((w, t))) => {
                        (w.iter().map(|w| w * &factor).collect(), t * factor)
                    }
                    _ => (weights, threshold),
                };
                net.weights.push(weights);
                net.thresholds.push(threshold);
                net.outer.push(outer);
            }
            net
        })
        .boxed()
}

/// Networks of these sizes whose units draw their weights from a strategy, with points on a grid.
pub fn nets_at_points(
    [d, n, units]: [Span; 3],
    weights: fn(usize) -> BoxedStrategy<Vec<Rational>>,
) -> BoxedStrategy<NetAtPoints> {
    d.prop_flat_map(move |d| (nets(d, units.clone(), weights), scattered(d, n.clone(), 4)))
        .prop_map(|(net, data)| NetAtPoints { net, data })
        .boxed()
}

/// Different points of a small grid, with small integers as values: collinear points, ties and
/// equal values are common.
pub fn scattered(
    d: usize,
    n: std::ops::RangeInclusive<usize>,
    side: i64,
) -> BoxedStrategy<Scattered> {
    let places: Vec<Vec<i64>> = (0..d).fold(vec![Vec::new()], |places, _| {
        let longer = |place: Vec<i64>| {
            (0..side).map(move |x| place.iter().copied().chain([x]).collect::<Vec<_>>())
        };
        places.into_iter().flat_map(longer).collect()
    });
    let n = *n.start()..=(*n.end()).min(places.len());
    proptest::sample::subsequence(places, n)
        .prop_flat_map(|points| {
            let count = points.len();
            (Just(points).prop_shuffle(), numbers::integers(count, 3))
        })
        .prop_map(|(points, values)| Scattered {
            points: points
                .into_iter()
                .map(|x| x.into_iter().map(Rational::integer).collect())
                .collect(),
            values,
        })
        .boxed()
}

/// `n - d + 1` points on an axis whose values alternate, and `d - 1` points that span the rest.
pub fn zigzag(d: usize, n: usize, heights: &[i64]) -> Scattered {
    let unit = |k: usize, x: i64| {
        (0..d).map(|i| Rational::integer(if i == k { x } else { 0 })).collect::<Vec<_>>()
    };
    let on_axis = n - d + 1;
    let alternate = |i: usize| {
        let height = heights[i % heights.len()];
        Rational::integer(if i.is_multiple_of(2) { height } else { -height })
    };
    Scattered {
        points: (0..on_axis).map(|i| unit(0, i as i64)).chain((1..d).map(|k| unit(k, 1))).collect(),
        values: (0..on_axis).map(alternate).chain((1..d).map(|_| Rational::ZERO)).collect(),
    }
}
