//! The active-set method, in any arithmetic.

use crate::exact::Rational;

/// What the method asks of its numbers.
pub(in crate::spline::univariate) trait Scalar:
    Clone + PartialOrd
{
    /// A small whole number.
    fn whole(n: i8) -> Self;
    fn plus(&self, other: &Self) -> Self;
    fn minus(&self, other: &Self) -> Self;
    fn times(&self, other: &Self) -> Self;
    fn over(&self, other: &Self) -> Self;

    fn add(&mut self, other: &Self) {
        *self = self.plus(other);
    }
    fn is_positive(&self) -> bool {
        *self > Self::whole(0)
    }
    fn magnitude(&self) -> Self {
        if *self < Self::whole(0) { Self::whole(0).minus(self) } else { self.clone() }
    }
}

macro_rules! scalar {
    ($type:ty) => {
        impl Scalar for $type {
            fn whole(n: i8) -> Self {
                n.into()
            }
            fn plus(&self, other: &Self) -> Self {
                self + other
            }
            fn minus(&self, other: &Self) -> Self {
                self - other
            }
            fn times(&self, other: &Self) -> Self {
                self * other
            }
            fn over(&self, other: &Self) -> Self {
                self / other
            }
        }
    };
}
scalar!(Rational);
pub(super) use scalar;

/// The knots of a function with the signs of their jumps; knots are inner points, increasing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Face {
    pub knots: Vec<(usize, i8)>,
}

/// The problem by its gaps.
pub(super) struct Problem<S> {
    pub gaps: Vec<S>,
    pub y: Vec<S>,
    pub weights: Vec<S>,
    pub lambda: S,
}

/// Points added in one round are at most as many as segments; rounds that bring nothing end here.
const ROUNDS: usize = 10_000;

impl<S: Scalar> Problem<S> {
    /// The optimum from a proposed face: the face and the values at its nodes. A dual value counts
    /// as too large beyond `lambda + slack`. `None` once `stop` says so.
    ///
    /// Law: without rounding and without slack this is the optimum.
    pub fn optimum(
        &self,
        mut face: Face,
        slack: &S,
        stop: &dyn Fn() -> bool,
    ) -> Option<(Face, Vec<S>)> {
        let mut nodes = self.start(&mut face, stop)?;
        let mut one_at_a_time = false;
        for _ in 0..ROUNDS {
            let dual = self.dual(&face, &self.values(&face, &nodes));
            let added = self.too_large(&face, &dual, slack, one_at_a_time);
            if added.is_empty() {
                break;
            }
            let before = face.clone();
            nodes = self.with_knots(&mut face, &nodes, &added);
            nodes = self.descend(&mut face, nodes, stop)?;
            // Points added together may all turn out wrong; the one that is worst does not.
            one_at_a_time = face == before && !one_at_a_time;
            if face == before && !one_at_a_time {
                break;
            }
        }
        Some((face, nodes))
    }

    /// A face on which the best values have their signs, below the proposed one.
    fn start(&self, face: &mut Face, stop: &dyn Fn() -> bool) -> Option<Vec<S>> {
        loop {
            if stop() {
                return None;
            }
            let nodes = self.solve(face);
            let jumps = self.jumps(face, &nodes);
            let before = face.knots.len();
            let mut jumps = jumps.iter();
            face.knots.retain(|(_, sign)| {
                jumps.next().is_some_and(|jump| S::whole(*sign).times(jump).is_positive())
            });
            if face.knots.len() == before {
                return Some(nodes);
            }
        }
    }

    /// From values with the right signs to the best on a face within this one.
    fn descend(
        &self,
        face: &mut Face,
        mut nodes: Vec<S>,
        stop: &dyn Fn() -> bool,
    ) -> Option<Vec<S>> {
        loop {
            if stop() {
                return None;
            }
            let best = self.solve(face);
            let (from, to) = (self.jumps(face, &nodes), self.jumps(face, &best));
            // The share of the way at which a sign turns first.
            let mut share = S::whole(1);
            let mut is_blocked = false;
            for (i, (_, sign)) in face.knots.iter().enumerate() {
                let sign = S::whole(*sign);
                let (now, then) = (sign.times(&from[i]), sign.times(&to[i]));
                if then.is_positive() {
                    continue;
                }
                let turn = match now.is_positive() {
                    true => now.over(&now.minus(&then)),
                    false => S::whole(0),
                };
                is_blocked = true;
                if turn < share {
                    share = turn;
                }
            }
            if !is_blocked {
                return Some(best);
            }
            for (node, best) in nodes.iter_mut().zip(&best) {
                *node = node.plus(&share.times(&best.minus(node)));
            }
            self.drop_flat(face, &mut nodes, &from, &to, &share);
        }
    }

    /// Drops the knots whose jump has come down to 0 after this share of the way.
    fn drop_flat(&self, face: &mut Face, nodes: &mut Vec<S>, from: &[S], to: &[S], share: &S) {
        let is_kept: Vec<bool> = (0..face.knots.len())
            .map(|i| {
                let sign = S::whole(face.knots[i].1);
                let (now, then) = (sign.times(&from[i]), sign.times(&to[i]));
                if then.is_positive() {
                    return true;
                }
                now.is_positive() && now.over(&now.minus(&then)) > *share
            })
            .collect();
        let last = nodes.len() - 1;
        let mut place = 0;
        nodes.retain(|_| {
            let keeps = place == 0 || place == last || is_kept[place - 1];
            place += 1;
            keeps
        });
        let mut kept = is_kept.iter();
        face.knots.retain(|_| kept.next() == Some(&true));
    }

    /// On each segment the point whose dual is largest beyond what is allowed, with its sign; only
    /// the worst of all if `one`.
    fn too_large(&self, face: &Face, dual: &[S], slack: &S, one: bool) -> Vec<(usize, i8)> {
        let limit = self.lambda.plus(slack);
        let mut found: Vec<(usize, S)> = Vec::new();
        let ends = self.ends(face);
        for pair in ends.windows(2) {
            let mut worst: Option<(usize, S)> = None;
            for (i, u) in dual.iter().enumerate().take(pair[1]).skip(pair[0] + 1) {
                let size = u.magnitude();
                if size > limit && worst.as_ref().is_none_or(|(_, most)| size > *most) {
                    worst = Some((i, size));
                }
            }
            found.extend(worst);
        }
        if one {
            let most =
                found.iter().map(|(_, size)| size.clone()).reduce(|a, b| if b > a { b } else { a });
            found.retain(|(_, size)| Some(size) == most.as_ref());
            found.truncate(1);
        }
        let sign = |i: usize| if dual[i].is_positive() { 1 } else { -1 };
        found.into_iter().map(|(i, _)| (i, sign(i))).collect()
    }

    /// The same function with more knots.
    fn with_knots(&self, face: &mut Face, nodes: &[S], added: &[(usize, i8)]) -> Vec<S> {
        let values = self.values(face, nodes);
        face.knots.extend_from_slice(added);
        face.knots.sort_unstable();
        self.ends(face).into_iter().map(|i| values[i].clone()).collect()
    }

    /// The first point, the knots, the last point.
    pub fn ends(&self, face: &Face) -> Vec<usize> {
        let last = self.y.len() - 1;
        let inner = face.knots.iter().map(|(i, _)| *i);
        let mut ends: Vec<usize> = [0].into_iter().chain(inner).chain([last]).collect();
        ends.dedup();
        ends
    }

    /// The values at all points of the function with these values at the nodes.
    pub fn values(&self, face: &Face, nodes: &[S]) -> Vec<S> {
        let ends = self.ends(face);
        let mut values = Vec::with_capacity(self.y.len());
        for (k, pair) in ends.windows(2).enumerate() {
            let slope = nodes[k + 1].minus(&nodes[k]).over(&self.length(pair[0], pair[1]));
            let mut along = S::whole(0);
            for gap in &self.gaps[pair[0]..pair[1]] {
                values.push(nodes[k].plus(&slope.times(&along)));
                along.add(gap);
            }
        }
        values.extend(nodes.last().cloned());
        values
    }

    fn length(&self, from: usize, to: usize) -> S {
        self.gaps[from..to].iter().fold(S::whole(0), |sum, gap| sum.plus(gap))
    }

    /// The jumps at the knots.
    pub fn jumps(&self, face: &Face, nodes: &[S]) -> Vec<S> {
        let ends = self.ends(face);
        let slopes: Vec<S> = ends
            .windows(2)
            .enumerate()
            .map(|(k, pair)| nodes[k + 1].minus(&nodes[k]).over(&self.length(pair[0], pair[1])))
            .collect();
        slopes.windows(2).map(|pair| pair[1].minus(&pair[0])).collect()
    }

    /// The values at the nodes that are best on the face, signs of jumps left aside: a
    /// least-squares problem in hat functions, whose matrix is tridiagonal and positive definite.
    pub fn solve(&self, face: &Face) -> Vec<S> {
        let ends = self.ends(face);
        let count = ends.len();
        if count == 1 {
            return self.y.clone();
        }
        let zero = S::whole(0);
        let (mut diagonal, mut beside) = (vec![zero.clone(); count], vec![zero.clone(); count - 1]);
        let mut right = vec![zero.clone(); count];
        let mut lengths = Vec::with_capacity(count - 1);
        for (k, pair) in ends.windows(2).enumerate() {
            let length = self.length(pair[0], pair[1]);
            let mut along = zero.clone();
            for i in pair[0]..pair[1] {
                let after = along.over(&length);
                let before = S::whole(1).minus(&after);
                let weighted = self.weights[i].times(&before);
                diagonal[k].add(&weighted.times(&before));
                right[k].add(&weighted.times(&self.y[i]));
                let other = self.weights[i].times(&after);
                beside[k].add(&other.times(&before));
                diagonal[k + 1].add(&other.times(&after));
                right[k + 1].add(&other.times(&self.y[i]));
                along.add(&self.gaps[i]);
            }
            lengths.push(length);
        }
        let last = self.y.len() - 1;
        diagonal[count - 1].add(&self.weights[last]);
        right[count - 1].add(&self.weights[last].times(&self.y[last]));
        for (k, (_, sign)) in face.knots.iter().enumerate() {
            let price = self.lambda.times(&S::whole(*sign));
            let (left, next) = (price.over(&lengths[k]), price.over(&lengths[k + 1]));
            right[k] = right[k].minus(&left);
            right[k + 1] = right[k + 1].plus(&left).plus(&next);
            right[k + 2] = right[k + 2].minus(&next);
        }
        tridiagonal(diagonal, &beside, right)
    }

    /// The dual of values that are best on a face: 0 at both ends, `lambda sign` at the knots, and
    /// between them a function whose slope jumps by what is left at each point.
    ///
    /// Each segment is summed on its own, so that rounding does not run on.
    pub fn dual(&self, face: &Face, values: &[S]) -> Vec<S> {
        let ends = self.ends(face);
        let zero = S::whole(0);
        let known = |k: usize| match k.checked_sub(1).and_then(|k| face.knots.get(k)) {
            Some((_, sign)) => self.lambda.times(&S::whole(*sign)),
            None => zero.clone(),
        };
        let mut dual = vec![zero.clone()];
        for (k, pair) in ends.windows(2).enumerate() {
            let (from, to) = (known(k), known(k + 1));
            // What is left from the first inner point on, and its sum over the segment.
            let (mut left, mut sum) = (zero.clone(), zero.clone());
            let mut lefts = Vec::with_capacity(pair[1] - pair[0]);
            for (i, value) in values.iter().enumerate().take(pair[1]).skip(pair[0]) {
                if i > pair[0] {
                    left.add(&self.weights[i].times(&self.y[i].minus(value)));
                }
                sum.add(&self.gaps[i].times(&left));
                lefts.push(left.clone());
            }
            let length = self.length(pair[0], pair[1]);
            let first = to.minus(&from).minus(&sum).over(&length);
            let mut u = from;
            for (gap, left) in self.gaps[pair[0]..pair[1]].iter().zip(&lefts) {
                u.add(&gap.times(&first.plus(left)));
                dual.push(u.clone());
            }
            if let Some(last) = dual.last_mut() {
                *last = to;
            }
        }
        dual
    }
}

/// Solves a symmetric positive definite tridiagonal system by elimination.
pub(in crate::spline::univariate) fn tridiagonal<S: Scalar>(
    mut diagonal: Vec<S>,
    beside: &[S],
    mut right: Vec<S>,
) -> Vec<S> {
    for k in 1..diagonal.len() {
        let factor = beside[k - 1].over(&diagonal[k - 1]);
        diagonal[k] = diagonal[k].minus(&factor.times(&beside[k - 1]));
        right[k] = right[k].minus(&factor.times(&right[k - 1]));
    }
    let last = diagonal.len() - 1;
    right[last] = right[last].over(&diagonal[last]);
    for k in (0..last).rev() {
        right[k] = right[k].minus(&beside[k].times(&right[k + 1])).over(&diagonal[k]);
    }
    right
}
