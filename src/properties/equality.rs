//! Equality of two networks on a box, proved for every point of it.
//!
//! On the box each unit becomes an affine form plus ridges `c * relu(u(x))`. Units that do not
//! change on the box are folded into the affine part; `relu(u) - relu(-u) = u` and positive scaling
//! bring every ridge into the one form whose first nonzero coefficient is 1. What is left is
//! unique: two sums agree on the box exactly when affine parts and ridges agree, because across
//! the hyperplane of a ridge, which meets the inside of the box, no other term has a jump of
//! slope.
//!
//! **Complete** where units that change on the box read affine forms: one hidden layer always, and
//! deeper networks whose other layers are in their linear range, which is then proved with exact
//! bounds. A unit behind a ridge is bounded term by term; if that leaves it undecided, or if no
//! entry of a max-pool is proved largest, the answer is [`Equality::Undecided`], unless one of
//! three probes (the midpoint and two corners) tells the networks apart.

use crate::exact::Rational;
use crate::exact::linear::dot;
use crate::net::{Activation, Choice, Form, InputBox, Linear, Network};
use std::collections::BTreeMap;

/// What is known about two networks on a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Equality {
    /// The networks agree at every point of the box; this is proved.
    Equal,
    /// They differ at a point of the box.
    Differ {
        /// The point.
        point: Vec<Rational>,
        /// The first network there.
        first: Vec<Rational>,
        /// The second network there.
        second: Vec<Rational>,
    },
    /// A unit stands in the way: it may change on the box, and what it reads is not affine there.
    Undecided {
        /// Whether it belongs to the first network.
        in_first: bool,
        /// The activation or max-pool, counted as in a [`crate::net::Pattern`].
        layer: usize,
        /// The unit; of a max-pool, the output.
        unit: usize,
    },
}

impl Equality {
    /// The largest difference of two outputs at the point that tells the networks apart, 0 if they
    /// are proved equal; `None` if it is undecided.
    pub fn gap(&self) -> Option<Rational> {
        match self {
            Self::Equal => Some(Rational::ZERO),
            Self::Differ { first, second, .. } => {
                first.iter().zip(second).map(|(a, b)| (a - b).abs()).max()
            }
            Self::Undecided { .. } => None,
        }
    }
}

/// Whether two networks agree on a box.
///
/// Cost: a product a term, input and ridge; finding a point of difference adds `O(ridges)` forms.
/// Panics if the networks and the box do not have equally many inputs, or the outputs differ in
/// number.
pub fn equal_on_box(first: &Network, second: &Network, range: &InputBox) -> Equality {
    let outputs = [first.output().units(), second.output().units()];
    assert!(outputs[0] == outputs[1], "the networks write {outputs:?} entries");
    let compare = |point: &[Rational]| {
        let (first, second) = (first.eval(point), second.eval(point));
        (first != second).then(|| Equality::Differ { point: point.to_vec(), first, second })
    };
    let sums = ridge_sums(first, range).map_err(|place| (true, place));
    let sums = sums.and_then(|first| match ridge_sums(second, range) {
        Ok(second) => Ok((first, second)),
        Err(place) => Err((false, place)),
    });
    match sums {
        Ok((first, second)) => {
            let differs = first.into_iter().zip(&second).find_map(|(mut difference, other)| {
                difference.add_scaled(&-Rational::ONE, other);
                (!difference.is_zero()).then_some(difference)
            });
            let Some(difference) = differs else { return Equality::Equal };
            let candidates = difference.candidates(range);
            let found = candidates.iter().find_map(|point| compare(point));
            found.expect("a nonzero ridge sum is nonzero at one of its candidates")
        }
        Err((in_first, (layer, unit))) => {
            let probes = [range.center(), range.lo().to_vec(), range.hi().to_vec()];
            let undecided = Equality::Undecided { in_first, layer, unit };
            probes.iter().find_map(|point| compare(point)).unwrap_or(undecided)
        }
    }
}

/// The outputs as ridge sums, or the layer and unit that could not be resolved.
fn ridge_sums(network: &Network, range: &InputBox) -> Result<Vec<RidgeSum>, (usize, usize)> {
    let (mut layer, mut stuck) = (0, 0);
    let sums = network.run(RidgeSum::inputs(range), &mut |choice, sums| {
        let units: Vec<Option<RidgeSum>> = match choice {
            Choice::Activation(f) => sums.iter().map(|sum| sum.through(f, range)).collect(),
            Choice::MaxPool(..) | Choice::Maximum(_) => {
                let windows = choice.windows();
                windows.iter().map(|window| largest(sums, window, range)).collect()
            }
        };
        match units.iter().position(Option::is_none) {
            Some(unit) => stuck = unit,
            None => layer += 1,
        }
        units.into_iter().collect()
    });
    sums.ok_or((layer, stuck))
}

/// The entry of the window that is proved to be largest on the whole box.
fn largest(sums: &[RidgeSum], window: &[usize], range: &InputBox) -> Option<RidgeSum> {
    let leads = |&i: &usize, j: usize| {
        let mut lead = sums[i].clone();
        lead.add_scaled(&-Rational::ONE, &sums[j]);
        !lead.bounds(range).0.is_negative()
    };
    window.iter().find(|i| window.iter().all(|&j| leads(i, j))).map(|i| sums[*i].clone())
}

/// `affine + sum of coefficient * relu(ridge)` on a box.
///
/// Invariant: every ridge takes both signs on the box, its first nonzero coefficient is 1, and its
/// coefficient in the sum is not zero. Inputs that the box fixes occur in no form.
#[derive(Clone)]
struct RidgeSum {
    affine: Form,
    ridges: BTreeMap<Form, Rational>,
}

impl Linear for RidgeSum {
    fn constant(&self, c: &Rational) -> Self {
        Self { affine: self.affine.constant(c), ridges: BTreeMap::new() }
    }

    fn add_scaled(&mut self, weight: &Rational, x: &Self) {
        self.affine.add_scaled(weight, &x.affine);
        for (ridge, coefficient) in &x.ridges {
            self.add_ridge(ridge.clone(), weight * coefficient);
        }
    }
}

impl RidgeSum {
    /// The inputs on the box.
    fn inputs(range: &InputBox) -> Vec<Self> {
        let sides = range.lo().iter().zip(range.hi());
        let entry = |(form, (lo, hi)): (Form, (&Rational, &Rational))| {
            let affine = if lo == hi { form.constant(lo) } else { form };
            Self { affine, ridges: BTreeMap::new() }
        };
        Form::inputs(range.lo().len()).into_iter().zip(sides).map(entry).collect()
    }

    fn is_zero(&self) -> bool {
        self.ridges.is_empty() && self.affine.is_zero()
    }

    fn add_ridge(&mut self, ridge: Form, coefficient: Rational) {
        let sum = self.ridges.remove(&ridge).unwrap_or_default() + coefficient;
        if !sum.is_zero() {
            self.ridges.insert(ridge, sum);
        }
    }

    /// Adds `weight * relu(form)`, folded into the affine part where it does not change.
    fn add_relu(&mut self, weight: &Rational, form: &Form, range: &InputBox) {
        let (lo, hi) = range.bounds(form);
        if !hi.is_positive() {
            return;
        }
        if !lo.is_negative() {
            self.affine.add_scaled(weight, form);
            return;
        }
        let lead = form.coefficients.iter().find(|a| !a.is_zero()).expect("a form that varies");
        let mut ridge = form.constant(&Rational::ZERO);
        ridge.add_scaled(&lead.recip(), form);
        let coefficient = weight * lead.abs();
        if lead.is_negative() {
            // relu(-u) = relu(u) - u.
            self.affine.add_scaled(&-&coefficient, &ridge);
        }
        self.add_ridge(ridge, coefficient);
    }

    /// Bounds on the box: exact without ridges, each ridge taken by itself otherwise.
    fn bounds(&self, range: &InputBox) -> (Rational, Rational) {
        let mut bounds = range.bounds(&self.affine);
        for (ridge, coefficient) in &self.ridges {
            let most = coefficient * range.bounds(ridge).1;
            if most.is_negative() { bounds.0 += most } else { bounds.1 += most }
        }
        bounds
    }

    /// The activation of this sum; `None` if it may change and a ridge comes before.
    fn through(&self, activation: &Activation, range: &InputBox) -> Option<Self> {
        let (lo, hi) = self.bounds(range);
        if let Some(piece) = activation.piece_on(&lo, &hi) {
            return Some(activation.apply(piece, self));
        }
        if !self.ridges.is_empty() {
            return None;
        }
        // A piecewise-linear function is its first line plus a ReLU for every change of slope.
        let mut sum = activation.apply(0, self);
        for (breakpoint, pair) in
            activation.breakpoints().iter().zip(activation.pieces().windows(2))
        {
            let mut form = self.affine.clone();
            form.constant -= breakpoint;
            sum.add_relu(&(&pair[1].0 - &pair[0].0), &form, range);
        }
        Some(sum)
    }

    /// Points of the box, at one of which a nonzero sum is not zero.
    ///
    /// Across a ridge, three points on a segment that no other ridge bends: the sum bends there, so
    /// it is not zero at all three. Without ridges, the midpoint and a step along every axis.
    fn candidates(&self, range: &InputBox) -> Vec<Vec<Rational>> {
        let center = range.center();
        let Some(ridge) = self.ridges.keys().next() else {
            let step = |i: usize| {
                let mut point = center.clone();
                point[i] = range.hi()[i].clone();
                point
            };
            return [center.clone()].into_iter().chain((0..center.len()).map(step)).collect();
        };
        // The hyperplane of the ridge cuts the segment between its extreme corners.
        let low = range.minimizer(ridge);
        let up: Vec<Rational> = center.iter().zip(&low).map(|(c, low)| c - low).collect();
        let share = -ridge.eval(&low) / dot(&ridge.coefficients, &up);
        let inside = moved(&low, &share, &up);
        let along = self.leaving(ridge, &inside, range);
        let alone = moved(&inside, &self.room(&inside, &along, range), &along);
        let across = &ridge.coefficients;
        let step = self.room(&alone, across, range);
        vec![moved(&alone, &step, across), moved(&alone, &-step, across), alone]
    }

    /// A direction in the hyperplane of `ridge` that leaves every other ridge through `point`.
    fn leaving(&self, ridge: &Form, point: &[Rational], range: &InputBox) -> Vec<Rational> {
        let normal = &ridge.coefficients;
        let others = || self.ridges.keys().filter(|other| *other != ridge);
        let met: Vec<&Form> = others().filter(|other| other.eval(point).is_zero()).collect();
        // Each ridge met rules out fewer numbers than there are dimensions: the roots of a
        // polynomial that is not zero, since no two ridges share a hyperplane.
        for t in 0.. {
            let curve = |(i, (lo, hi)): (usize, (&Rational, &Rational))| {
                if lo == hi { Rational::ZERO } else { Rational::integer(t).pow(i as i32) }
            };
            let moment: Vec<Rational> =
                range.lo().iter().zip(range.hi()).enumerate().map(curve).collect();
            let scaled: Vec<Rational> = moment.iter().map(|c| c * dot(normal, normal)).collect();
            let direction = moved(&scaled, &-dot(normal, &moment), normal);
            if met.iter().all(|other| !dot(&other.coefficients, &direction).is_zero()) {
                return direction;
            }
        }
        unreachable!("finitely many directions are ruled out")
    }

    /// Half the way from `point` along `direction`, either way, to the border of the box or to the
    /// next ridge that does not pass through the point.
    fn room(&self, point: &[Rational], direction: &[Rational], range: &InputBox) -> Rational {
        let to_ridges = self
            .ridges
            .keys()
            .map(|ridge| (ridge.eval(point).abs(), dot(&ridge.coefficients, direction).abs()));
        let to_sides = point.iter().zip(direction).enumerate().map(|(i, (x, d))| {
            let distance = (x - &range.lo()[i]).min(&range.hi()[i] - x);
            (distance, d.abs())
        });
        let steps = to_ridges
            .chain(to_sides)
            .filter(|(gap, speed)| gap.is_positive() && speed.is_positive());
        let nearest = steps.map(|(gap, speed)| gap / speed).min();
        nearest.unwrap_or(Rational::ONE) / Rational::integer(2)
    }
}

/// `point + step * direction`.
fn moved(point: &[Rational], step: &Rational, direction: &[Rational]) -> Vec<Rational> {
    point.iter().zip(direction).map(|(x, d)| x + step * d).collect()
}
