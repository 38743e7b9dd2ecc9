//! Reads how the evidence cuts a box into parts, and checks the bound on each part.

use super::fixed::{FixedPoint, Interval, NoValue};
use super::form::AffineForm;
use crate::fraction::Fraction;
use crate::integer::{Exact, Integer};
use crate::limits::MAX_WORK;
use crate::reader::Checker;
use crate::verdict::Checked;

/// The most halvings of one part.
const MAX_CUTS: usize = 1 << 10;

/// A function on `[-1, 1]^d`, part by part.
pub(super) struct Target<'t> {
    pub(super) dimension: usize,
    pub(super) form: &'t dyn Fn(&[Interval]) -> Result<AffineForm, NoValue>,
}

impl Checker<'_> {
    pub(super) fn index(&self, words: &[&str], count: usize) -> Checked<usize> {
        let index = match words {
            [word] => self.natural(word).and_then(|index| usize::try_from(index).ok()),
            _ => None,
        };
        let expected = format!("the index of a value below {count}");
        index.filter(|i| *i < count).ok_or_else(|| self.malformed(expected, &words.join(" ")))
    }

    /// Reads how the box is cut, and checks that the function stays within the bound on every part.
    pub(super) fn parts(
        &mut self,
        target: &Target<'_>,
        bound: &Fraction,
        fixed: FixedPoint,
    ) -> Checked<()> {
        // Rounded towards zero: what is within this is within the bound.
        let most: Integer = (&bound.num << fixed.places).div_floor(&bound.den);
        let whole = Interval { lo: -fixed.one(), hi: fixed.one() };
        let mut left = vec![(0, vec![whole; target.dimension])];
        while let Some((depth, mut cell)) = left.pop() {
            self.work = MAX_WORK;
            let (keyword, words) = self.one_of(&["cut", "part"])?;
            if keyword == "cut" {
                let axis = self.index(&words, target.dimension + 1)?;
                let Some(axis) = axis.checked_sub(1) else {
                    return Err(self.malformed("an axis, counted from 1", "0"));
                };
                let Interval { lo, hi } = &cell[axis];
                let middle: Integer = (lo + hi) >> 1;
                if depth == MAX_CUTS || hi - lo <= Integer::from(4) {
                    return Err(self.too_large(format!("{MAX_CUTS} cuts of one part")));
                }
                let mut upper = cell.clone();
                upper[axis].lo = middle.clone();
                cell[axis].hi = middle;
                left.extend([(depth + 1, upper), (depth + 1, cell)]);
                continue;
            }
            self.nothing_more("part", &words)?;
            let expected = || format!("a part on which {bound} is not exceeded");
            match (target.form)(&cell) {
                Ok(form) if form.range.size() <= most => {}
                Ok(form) => {
                    let found = format!("up to {}", shown(&form.range.size(), fixed));
                    return Err(self.is_false(expected(), found));
                }
                Err(NoValue) => return Err(self.is_false(expected(), "no bound")),
            }
        }
        Ok(())
    }
}

/// A number of the grid with six digits after the point, rounded down, for people.
pub(super) fn shown(x: &Integer, fixed: FixedPoint) -> String {
    let millions: Integer = (x * 1_000_000) >> fixed.places;
    let million = Integer::from(1_000_000);
    let (whole, part) = (millions.div_floor(&million), millions.rem_floor(&million));
    match whole.bits() {
        0..=64 if whole.is_negative() => "less than 0".to_owned(),
        0..=64 => format!("{whole}.{part:06}"),
        _ => "more than 2^64".to_owned(),
    }
}
