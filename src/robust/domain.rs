//! Where a point may be moved: a ball around it, inside of a box; least values there, exactly.

use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};
use crate::net::InputBox;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a distance is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Norm {
    /// The greatest change of an entry.
    Linf,
    /// The sum of the changes.
    L1,
    /// The root of the sum of squares. Its square stands for it everywhere: that is a fraction.
    L2,
}

impl Norm {
    /// All norms.
    pub const ALL: [Self; 3] = [Self::Linf, Self::L1, Self::L2];

    /// As the command line writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Linf => "linf",
            Self::L1 => "l1",
            Self::L2 => "l2",
        }
    }

    /// The distance of two points; for l2 its square.
    pub fn distance(self, x: &[Rational], y: &[Rational]) -> Rational {
        let changes = x.iter().zip(y).map(|(x, y)| (x - y).abs());
        match self {
            Self::Linf => changes.max().unwrap_or(Rational::ZERO),
            Self::L1 => changes.sum(),
            Self::L2 => changes.map(|change| &change * &change).sum(),
        }
    }

    /// The length of a vector in doubles; for l2 not its square.
    pub fn near_length(self, x: &[f64]) -> f64 {
        match self {
            Self::Linf => x.iter().fold(0.0, |most, x| x.abs().max(most)),
            Self::L1 => x.iter().map(|x| x.abs()).sum(),
            Self::L2 => x.iter().map(|x| x * x).sum::<f64>().sqrt(),
        }
    }
}

impl fmt::Display for Norm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The points closer to the centre than the radius, inside of a closed box.
#[derive(Clone, Debug)]
pub struct Domain {
    /// How distances are measured.
    pub norm: Norm,
    /// The centre; it lies in the box.
    pub center: Vec<Rational>,
    /// The box, if there is one.
    pub sides: Option<InputBox>,
    /// Points are closer than this, for l2 its square; all points of the box without it.
    pub radius: Option<Rational>,
    /// The least box around all of that, and whether an end is that of the open ball.
    lo: Vec<(Rational, bool)>,
    hi: Vec<(Rational, bool)>,
    /// The same ends in doubles.
    pub near_lo: Vec<f64>,
    /// The upper ends.
    pub near_hi: Vec<f64>,
    /// The centre in doubles.
    pub near_center: Vec<f64>,
    /// The radius in doubles; for l2 not its square.
    pub near_radius: f64,
}

impl Domain {
    /// The open ball in the box. Panics without a radius and without a box.
    pub fn new(
        norm: Norm,
        center: Vec<Rational>,
        sides: Option<InputBox>,
        radius: Option<Rational>,
    ) -> Self {
        assert!(radius.is_some() || sides.is_some(), "a domain is bounded");
        // Of l2 a little more than the root: it only bounds, and is never met.
        let reach = radius.as_ref().map(|radius| match norm {
            Norm::L2 => above_root(radius),
            _ => radius.clone(),
        });
        let end = |i: usize, sign: i64| {
            let side = sides
                .as_ref()
                .map(|sides| if sign < 0 { sides.lo()[i].clone() } else { sides.hi()[i].clone() });
            let ball = reach.as_ref().map(|reach| &center[i] + &(reach * Rational::integer(sign)));
            match (side, ball) {
                (Some(side), Some(ball)) => {
                    let is_of_ball = if sign < 0 { ball >= side } else { ball <= side };
                    if is_of_ball { (ball, true) } else { (side, false) }
                }
                (Some(side), None) => (side, false),
                (None, ball) => (ball.expect("a domain is bounded"), true),
            }
        };
        let lo: Vec<_> = (0..center.len()).map(|i| end(i, -1)).collect();
        let hi: Vec<_> = (0..center.len()).map(|i| end(i, 1)).collect();
        let near = |ends: &[(Rational, bool)]| ends.iter().map(|(x, _)| nearest(x)).collect();
        let (near_lo, near_hi) = (near(&lo), near(&hi));
        let near_radius = radius.as_ref().map_or(f64::INFINITY, |radius| match norm {
            Norm::L2 => nearest(radius).sqrt(),
            _ => nearest(radius),
        });
        let near_center = center.iter().map(nearest).collect();
        Self { norm, center, sides, radius, lo, hi, near_lo, near_hi, near_center, near_radius }
    }

    /// The least value of a form in doubles, and a point of the closure where it is met.
    pub fn near_least(&self, form: &[f64]) -> (f64, Vec<f64>) {
        let downhill = |i: usize| if form[i] > 0.0 { self.near_lo[i] } else { self.near_hi[i] };
        let room = |i: usize| (downhill(i) - self.near_center[i]).abs();
        let mut lengths = vec![0.0; form.len()];
        let mut order: Vec<usize> = (0..form.len()).filter(|i| form[*i] != 0.0).collect();
        match (&self.radius, self.norm) {
            (None, _) | (_, Norm::Linf) => order.iter().for_each(|i| lengths[*i] = room(*i)),
            (_, Norm::L1) => {
                order.sort_unstable_by(|a, b| form[*b].abs().total_cmp(&form[*a].abs()));
                let mut left = self.near_radius;
                for i in order {
                    lengths[i] = room(i).min(left);
                    left -= lengths[i];
                }
            }
            (_, Norm::L2) => {
                // Entries that meet the box leave what is left of the radius to the others.
                let mut left = self.near_radius * self.near_radius;
                loop {
                    let size = order.iter().map(|i| form[*i] * form[*i]).sum::<f64>().sqrt();
                    let rate = if size > 0.0 { left.max(0.0).sqrt() / size } else { 0.0 };
                    let before = order.len();
                    order.retain(|i| {
                        let (length, room) = (rate * form[*i].abs(), room(*i));
                        lengths[*i] = length.min(room);
                        let is_free = length < room;
                        if !is_free {
                            left -= room * room;
                        }
                        is_free
                    });
                    if order.len() == before {
                        break;
                    }
                }
            }
        }
        let moved = |i: usize| match form[i] > 0.0 {
            true => self.near_center[i] - lengths[i],
            false => self.near_center[i] + lengths[i],
        };
        let point: Vec<f64> = (0..form.len()).map(moved).collect();
        (form.iter().zip(&point).map(|(a, x)| a * x).sum(), point)
    }

    /// Whether `form . x + constant` is positive on the whole domain. See [`Domain::pull`].
    pub fn is_positive(&self, form: &[Rational], constant: &Rational, pull: &Rational) -> bool {
        match self.least(form, constant, pull) {
            Least::Closed(value, is_open) => value.is_positive() || (value.is_zero() && is_open),
            Least::Root { value, square } => match square.is_zero() {
                true => value.is_positive(),
                false => !value.is_negative() && &value * &value >= square,
            },
        }
    }

    /// A lower bound of `form . x + constant` on the domain; sharp but for l2, where it is a root.
    pub fn lower_bound(&self, form: &[Rational], constant: &Rational, pull: &Rational) -> Rational {
        match self.least(form, constant, pull) {
            Least::Closed(value, _) => value,
            Least::Root { value, square } => value - above_root(&square),
        }
    }

    fn least(&self, form: &[Rational], constant: &Rational, pull: &Rational) -> Least {
        match (&self.radius, self.norm) {
            (None, _) | (_, Norm::Linf) => self.least_of_box(form, constant),
            (Some(radius), Norm::L1) => self.least_of_octahedron(form, constant, radius),
            (Some(radius), Norm::L2) => self.least_of_ball(form, constant, radius, pull),
        }
    }

    fn least_of_box(&self, form: &[Rational], constant: &Rational) -> Least {
        // The long number, the radius, is multiplied once.
        let (mut value, mut slope, mut is_open) = (constant.clone(), Rational::ZERO, false);
        for (i, a) in form.iter().enumerate().filter(|(_, a)| !a.is_zero()) {
            let (end, is_of_ball) = if a.is_positive() { &self.lo[i] } else { &self.hi[i] };
            if *is_of_ball {
                value += a * &self.center[i];
                slope += a.abs();
                is_open = true;
            } else {
                value += a * end;
            }
        }
        if let Some(radius) = self.radius.as_ref().filter(|_| is_open) {
            value -= &(slope * radius);
        }
        Least::Closed(value, is_open)
    }

    /// How far an entry may go downhill in the box; `None` if nothing ends it.
    fn room(&self, i: usize, a: &Rational) -> Option<Rational> {
        let sides = self.sides.as_ref()?;
        let end = if a.is_positive() { &sides.lo()[i] } else { &sides.hi()[i] };
        Some((end - &self.center[i]).abs())
    }

    /// The budget is spent where it buys most; each entry ends at its box.
    fn least_of_octahedron(
        &self,
        form: &[Rational],
        constant: &Rational,
        radius: &Rational,
    ) -> Least {
        let mut value = constant.clone();
        let mut moves = Vec::new();
        for (i, a) in form.iter().enumerate().filter(|(_, a)| !a.is_zero()) {
            value += a * &self.center[i];
            moves.push((a.abs(), self.room(i, a)));
        }
        moves.sort_by(|x, y| y.0.cmp(&x.0));
        let mut left = radius.clone();
        for (rate, room) in moves {
            match room.filter(|room| *room < left) {
                Some(room) => {
                    value -= &rate * &room;
                    left -= &room;
                }
                None => {
                    value -= &rate * &left;
                    return Least::Closed(value, true);
                }
            }
        }
        Least::Closed(value, false)
    }

    /// Of each entry a share is left to the ball, and the rest is least at an end of the box.
    fn least_of_ball(
        &self,
        form: &[Rational],
        constant: &Rational,
        radius: &Rational,
        pull: &Rational,
    ) -> Least {
        let (mut value, mut square) = (constant.clone(), Rational::ZERO);
        for (i, a) in form.iter().enumerate().filter(|(_, a)| !a.is_zero()) {
            value += a * &self.center[i];
            let size = a.abs();
            let share = match self.room(i, a) {
                Some(room) => {
                    let share = (&room * pull).min(size.clone());
                    value -= (&size - &share) * room;
                    share
                }
                None => size,
            };
            square += &share * &share;
        }
        Least::Root { value, square: square * radius }
    }

    /// For l2 in a box: where an entry ends at its box, room times this is what of its coefficient
    /// is left to the ball, and the box takes the rest. Any number is sound.
    ///
    /// The minimum is at `clip(center - t form)` with the `t` where the ball ends; this is `1 / t`.
    pub fn pull(&self, form: &[Rational]) -> Rational {
        let (Norm::L2, Some(_), Some(_)) = (self.norm, &self.sides, &self.radius) else {
            return Rational::ZERO;
        };
        let mut rooms: Vec<(f64, f64)> = Vec::new();
        for (i, a) in form.iter().enumerate().filter(|(_, a)| !a.is_zero()) {
            rooms.push((
                self.room(i, a).map_or(f64::INFINITY, |room| nearest(&room)),
                nearest(&a.abs()),
            ));
        }
        let most = rooms.iter().fold(0.0f64, |most, (_, a)| most.max(*a));
        rooms.iter_mut().for_each(|(_, a)| *a /= most);
        let length = |t: f64| rooms.iter().map(|(room, a)| room.min(t * a).powi(2)).sum::<f64>();
        let (mut low, mut high) = (0.0, 1.0);
        let square = self.near_radius * self.near_radius;
        for _ in 0..200 {
            if length(high) >= square {
                break;
            }
            high *= 2.0;
        }
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if length(middle) >= square { high = middle } else { low = middle }
        }
        // A few bits do: the bound is flat there.
        let rate = (most / high).clamp(1e-290, 1e290);
        let rounded = f64::from_bits(rate.to_bits() & !((1 << 30) - 1));
        dyadic(rounded).unwrap_or(Rational::ZERO)
    }
}

/// The least value of a form on a domain.
enum Least {
    /// On the closure; the flag says that it is not met on the domain itself.
    Closed(Rational, bool),
    /// It is at least `value` less the root of `square`, and more if `square` is not zero.
    Root { value: Rational, square: Rational },
}

/// The root, if it is a fraction; else a short fraction that is a little above it.
///
/// Where a plane touches a ball in a fraction, what it bounds is the root of a square.
pub fn above_root(x: &Rational) -> Rational {
    if x.is_zero() {
        return Rational::ZERO;
    }
    let root = Rational::from(x.numerator().sqrt()) / Rational::from(x.denominator().sqrt());
    if &root * &root == *x {
        return root;
    }
    let near = nearest(x).sqrt() * (1.0 + 1e-12);
    match dyadic(near) {
        Some(root) if near > 1e-100 && &root * &root >= *x => root,
        _ => x + &Rational::ONE,
    }
}
