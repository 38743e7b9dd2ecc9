//! The number of cells of an arrangement by deletion and restriction, without linear programs.

use crate::exact::vectors::Vectors;
use crate::exact::{Integer, IntegerRow, Natural, Rational};
use crate::geometry::Form;
use crate::geometry::double_description::Tally;
use crate::geometry::piecewise_affine::{PiecewiseAffine, Split};
use crate::in_words_or_big;
use crate::net::regions::{Cells, Question};
use crate::ratios::distinct_ratios;

/// The number of strict sign vectors that the forms take on all of the space.
///
/// A hyperplane `H` adds as many cells as the others cut out of it: `r(A) = r(A - H) + r(A / H)`.
/// A form that vanishes identically leaves none. Cost: an elimination for each independent
/// central set at most. `None` after `limit` steps. Source: Zaslavsky 1975, as quoted.
pub fn cells_by_restriction(forms: &[Form], limit: usize) -> Option<Natural> {
    let row = |form: &Form| form.coefficients.iter().chain([&form.constant]).cloned().collect();
    let rows: Vec<Vec<Rational>> = forms.iter().map(row).collect();
    if rows.iter().any(|row| row.iter().all(Rational::is_zero)) {
        return Some(Natural::ZERO);
    }
    cells_of_rows(&rows, limit).map(Natural::from)
}

/// The number of cells of the hyperplanes `row = [coefficients.., constant]`.
///
/// A row without a normal cuts nothing, and equal hyperplanes count once. Cost: as for
/// [`cells_by_restriction`]. `None` after `limit` steps, or beyond `u64`.
pub fn cells_of_rows(rows: &[Vec<Rational>], limit: usize) -> Option<u64> {
    let Some(width) = rows.first().map(Vec::len) else { return Some(1) };
    let cleared: Vec<IntegerRow> = rows.iter().map(|row| IntegerRow::new(row.iter())).collect();
    in_words_or_big!(walk(&cleared, width, limit))
}

/// `None` if a number overflows; `Some(None)` after `limit` steps, or if the count does.
///
/// Hyperplanes that share no coordinate cut independently, and their counts multiply.
fn walk<T: Integer>(cleared: &[IntegerRow], width: usize, limit: usize) -> Option<Option<u64>> {
    let mut rows = Vec::with_capacity(cleared.len());
    for row in cleared {
        let row: Vec<T> = row.read()?;
        if has_normal(&row) {
            rows.push(row);
        }
    }
    let (mut total, mut left) = (1u64, limit);
    for (group, columns) in groups(&rows, width - 1) {
        let columns = || columns.iter().copied().chain([width - 1]);
        let entries = group.iter().flat_map(|&i| columns().map(move |j| (i, j)));
        let entries: Vec<T> = entries.map(|(i, j)| rows[i][j].clone()).collect();
        let (end, width) = (entries.len(), columns().count());
        let mut walk = Walk { entries, left };
        let cells = walk.cells(0, end, width, &T::from_word(1))?;
        left = walk.left;
        match cells.and_then(|cells| total.checked_mul(cells)) {
            Some(product) => total = product,
            None => return Some(None),
        }
    }
    Some(Some(total))
}

/// The rows in groups that share no column with each other, each with its columns in order.
fn groups<T: Integer>(rows: &[Vec<T>], columns: usize) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut groups: Vec<(Vec<usize>, Vec<bool>)> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let mut new: (Vec<usize>, Vec<bool>) =
            (vec![i], row[..columns].iter().map(|x| x.sign() != 0).collect());
        let shares = |(_, used): &(Vec<usize>, Vec<bool>)| {
            used.iter().zip(&new.1).any(|(used, new)| *used && *new)
        };
        let (joined, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(shares);
        for (members, used) in joined {
            new.0.extend(members);
            new.1.iter_mut().zip(used).for_each(|(new, used)| *new |= used);
        }
        groups = apart;
        groups.push(new);
    }
    let listed = |used: Vec<bool>| (0..columns).filter(|&j| used[j]).collect();
    groups.into_iter().map(|(members, used)| (members, listed(used))).collect()
}

fn has_normal<T: Integer>(row: &[T]) -> bool {
    row[..row.len() - 1].iter().any(|x| x.sign() != 0)
}

/// Rows one after another; every level of the recursion keeps its own at the end.
struct Walk<T> {
    entries: Vec<T>,
    left: usize,
}

impl<T: Integer> Walk<T> {
    /// Cells of the rows of this width that stand at `start..end`, each with a normal. All entries
    /// are minors of the first matrix, so `previous`, the last pivot, divides what is eliminated.
    fn cells(
        &mut self,
        start: usize,
        end: usize,
        width: usize,
        previous: &T,
    ) -> Option<Option<u64>> {
        let rows = (end - start) / width;
        let Some(left) = self.left.checked_sub(1) else { return Some(None) };
        self.left = left;
        match (rows, width) {
            (0, _) => return Some(Some(1)),
            (1, _) => return Some(Some(2)),
            (_, 2) => return Some(Some(1 + distinct_ratios(&self.entries[start..end])?)),
            _ => {}
        }
        let mut total = 1;
        for wall in (0..rows).rev() {
            let first = self.entries.len();
            if let Some(pivot) = self.restrict(start, wall, width, previous)? {
                let end = self.entries.len();
                match self.cells(first, end, width - 1, &pivot)? {
                    Some(cells) => total += cells,
                    None => return Some(None),
                }
            }
            self.entries.truncate(first);
        }
        Some(Some(total))
    }

    /// Appends what the rows before `wall` are on it, without those that miss it; the pivot.
    /// `Some(None)` if one of them is the same hyperplane once more, so that this one adds nothing.
    fn restrict(
        &mut self,
        start: usize,
        wall: usize,
        width: usize,
        previous: &T,
    ) -> Option<Option<T>> {
        let at = start + wall * width;
        let column = (0..width - 1)
            .find(|&j| self.entries[at + j].sign() != 0)
            .expect("rows without a normal were dropped");
        let pivot = self.entries[at + column].clone();
        // Points are compared by their ratios, which need no division.
        let one = T::from_word(1);
        let divisor = if width == 3 { &one } else { previous };
        for row in 0..wall {
            let from = start + row * width;
            let first = self.entries.len();
            let factor = self.entries[from + column].clone();
            for j in (0..width).filter(|&j| j != column) {
                let (x, w) = (&self.entries[from + j], &self.entries[at + j]);
                let entry = T::cross(x, &pivot, &factor, w, divisor)?;
                self.entries.push(entry);
            }
            if !has_normal(&self.entries[first..]) {
                // Parallel to the wall, or the wall itself.
                if self.entries.last().is_some_and(|offset| offset.sign() == 0) {
                    return Some(None);
                }
                self.entries.truncate(first);
            }
        }
        Some(Some(pivot))
    }
}

/// The count of one stage of hyperplanes on all of space; `None` if the cells are others, or after
/// about this many numbers.
pub fn tally(cells: &Cells, numbers: usize) -> Option<Tally> {
    cells.ask(Restricted { numbers })
}

/// Whether [`tally`] applies: one stage of hyperplanes on all of space.
pub fn applies(cells: &Cells) -> bool {
    cells.ask(IsArrangement)
}

struct Restricted {
    numbers: usize,
}

impl Question for Restricted {
    type Answer = Option<Tally>;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> Option<Tally> {
        let rows = arrangement(cascade)?;
        // A step computes about as many numbers as there are.
        let limit = self.numbers / (rows.len() * rows.length()).max(1);
        if limit == 0 {
            return None;
        }
        let mut zeros = 0;
        let mut hyperplanes = Vec::with_capacity(rows.len());
        for row in 0..rows.len() {
            let mut row = rows.pushed(row);
            row.rotate_left(1);
            zeros += u32::from(row.iter().all(Rational::is_zero));
            hyperplanes.push(row);
        }
        let cells = cells_of_rows(&hyperplanes, limit)?;
        Some(Tally { cells, strict: if zeros == 0 { cells } else { 0 } })
    }
}

/// The rows of the hyperplanes, if the cells are those of an arrangement of them in all of space.
fn arrangement<C: PiecewiseAffine>(map: &C) -> Option<Vectors> {
    let mut rows = Vectors::new(map.dimension() + 1);
    map.domain(&mut rows);
    if map.stages() != 1 || !rows.is_empty() {
        return None;
    }
    let splits = map.splits(&map.start(), &mut rows);
    splits.iter().all(|split| matches!(split, Split::Levels(_))).then_some(rows)
}

struct IsArrangement;

impl Question for IsArrangement {
    type Answer = bool;
    fn ask<C: PiecewiseAffine>(&self, map: &C) -> bool {
        arrangement(map).is_some()
    }
}
