//! The points closer to a centre than a radius, in a box: least values of affine forms there.

use crate::fraction::{Fraction, Table};
use crate::integer::{Exact, Integer};
use std::cmp::Ordering;

/// How distances are measured; for l2 the square stands for them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Norm {
    Linf,
    L1,
    L2,
}

/// The domain: numbers are integers over one denominator.
pub(super) struct Ball {
    pub(super) norm: Norm,
    /// The centre, then the lower and the upper ends of the box if there is one.
    pub(super) table: Table,
    /// No point of the box is left out without it.
    pub(super) radius: Option<Fraction>,
}

impl Ball {
    fn center(&self) -> &[Integer] {
        &self.table.rows[0]
    }

    /// How far an entry may fall, or rise, in the box.
    fn room(&self, entry: usize, falls: bool) -> Option<Integer> {
        let end = &self.table.rows.get(if falls { 1 } else { 2 })?[entry];
        let center = &self.center()[entry];
        Some(if falls { center - end } else { end - center })
    }

    /// Whether a point, its entries over `den`, is in the box.
    pub(super) fn holds(&self, point: &[Integer], den: &Integer) -> bool {
        let [_, lo, hi] = &self.table.rows[..] else { return true };
        let ends = point.iter().zip(lo.iter().zip(hi));
        ends.into_iter().all(|(x, (lo, hi))| {
            let x = x * &self.table.den;
            lo * den <= x && x <= hi * den
        })
    }

    /// The distance of such a point.
    pub(super) fn distance(&self, point: &[Integer], den: &Integer) -> Fraction {
        let changes = point.iter().zip(self.center());
        let changes = changes.map(|(x, c)| Exact::abs(&(x * &self.table.den - c * den)));
        let (num, power) = match self.norm {
            Norm::Linf => (changes.max().unwrap_or(Integer::ZERO), 1),
            Norm::L1 => (changes.sum(), 1),
            Norm::L2 => (changes.map(|x| &x * &x).sum(), 2),
        };
        let one = den * &self.table.den;
        Fraction { num, den: if power == 1 { one } else { &one * &one } }
    }

    /// The order of `form . x + constant` and 0 on the domain: `Greater` if it is positive there,
    /// `Equal` if it is nowhere negative, `Less` if neither is shown. Of l2 in a box, `pull`
    /// says how much of an entry is left to the ball: its room times this number.
    pub(super) fn order(&self, form: &[Integer], constant: &Fraction, pull: &Fraction) -> Ordering {
        let center = form.iter().zip(self.center()).map(|(a, c)| a * c).sum::<Integer>();
        let den = &self.table.den;
        let at_center = &constant.num * den + center * &constant.den;
        // Over `constant.den * den`, from here on.
        let rooms = form.iter().enumerate().filter(|(_, a)| !a.is_zero());
        let mut moves: Vec<(Integer, Option<Integer>)> =
            rooms.map(|(i, a)| (Exact::abs(a), self.room(i, a.is_positive()))).collect();
        let Some(radius) = &self.radius else {
            let falls = moves.iter().map(|(a, room)| a * room.as_ref().unwrap_or(&Integer::ZERO));
            return (at_center - falls.sum::<Integer>() * &constant.den).cmp(&Integer::ZERO);
        };
        let reach = &radius.num * den;
        let (mut fall, mut is_open) = (Integer::ZERO, false);
        match self.norm {
            Norm::Linf => {
                for (a, room) in &moves {
                    match room.as_ref().map(|room| room * &radius.den).filter(|x| *x < reach) {
                        Some(room) => fall += a * room,
                        None => {
                            fall += a * &reach;
                            is_open = true;
                        }
                    }
                }
            }
            Norm::L1 => {
                moves.sort_by(|x, y| y.0.cmp(&x.0));
                let mut left = reach;
                for (a, room) in moves {
                    match room.map(|room| room * &radius.den).filter(|room| *room < left) {
                        Some(room) => {
                            fall += a * &room;
                            left -= room;
                        }
                        None => {
                            fall += a * &left;
                            is_open = true;
                            break;
                        }
                    }
                }
            }
            Norm::L2 => return self.order_in_ball(&moves, at_center, constant, pull),
        }
        match (at_center * &radius.den - fall * &constant.den).cmp(&Integer::ZERO) {
            Ordering::Equal if is_open => Ordering::Greater,
            order => order,
        }
    }

    fn order_in_ball(
        &self,
        moves: &[(Integer, Option<Integer>)],
        at_center: Integer,
        constant: &Fraction,
        pull: &Fraction,
    ) -> Ordering {
        let radius = self.radius.as_ref().expect("the ball has a radius");
        let den = &self.table.den;
        // The share of the ball, over `den * pull.den`, and what the box takes.
        let (mut square, mut fall) = (Integer::ZERO, Integer::ZERO);
        for (a, room) in moves {
            let whole = a * den * &pull.den;
            let share = match room {
                Some(room) => (room * &pull.num).min(whole.clone()),
                None => whole.clone(),
            };
            if let Some(room) = room {
                fall += (whole - &share) * room;
            }
            square += &share * &share;
        }
        // value = at_center / (constant.den den) - fall / (den pull.den den).
        let scale = den * &pull.den;
        let value = at_center * &scale - fall * &constant.den;
        if value.is_negative() {
            return Ordering::Less;
        }
        // value^2 / (constant.den den)^2 against radius square, both times scale^2.
        let unit = &constant.den * den;
        let left = &value * &value * &radius.den;
        let right = square * &radius.num * &unit * &unit;
        match left.cmp(&right) {
            Ordering::Equal if right.is_zero() => Ordering::Equal,
            Ordering::Equal => Ordering::Greater,
            order => order,
        }
    }
}
