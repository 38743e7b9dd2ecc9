//! Gaussian elimination in integers: every entry stays a minor of the matrix, every division exact.
//!
//! Source: E. H. Bareiss, "Sylvester's identity and multistep integer-preserving Gaussian
//! elimination", *Mathematics of Computation* 22 (1968).

use crate::exact::Rational;
use crate::exact::integer::{Integer, IntegerRow};

/// A row echelon form without fractions, complete or after the first steps.
pub(crate) struct Echelon<T> {
    /// The rows that hold a pivot, then the others. When complete, the column of a pivot is `last`
    /// in its own row and zero elsewhere.
    pub rows: Vec<Vec<T>>,
    /// The column of the pivot of row 0, 1, …; increasing.
    pub pivots: Vec<usize>,
    /// The last pivot: for a regular square matrix its determinant, up to `swapped`.
    pub last: T,
    /// Whether the number of row exchanges was odd.
    pub swapped: bool,
    /// The first column that no step has cleared.
    next: usize,
}

/// Brings the rows to echelon form with pivots in the first `columns` columns; `None` on overflow.
///
/// With `complete` the rows above a pivot are cleared too (Gauss–Jordan). Cost: `O(r^2 c)` steps of
/// two products and one exact division; entries grow to `r` times the bits of the matrix, and
/// whatever `T` is they are machine integers until they outgrow those.
pub(crate) fn echelon<T: Integer>(
    rows: &[IntegerRow],
    columns: usize,
    complete: bool,
) -> Option<Echelon<T>> {
    let mut form = match Echelon::<i128>::start(rows) {
        Some(mut words) => {
            words.advance(columns, complete);
            words.widened()
        }
        None => Echelon::<T>::start(rows)?,
    };
    form.advance(columns, complete).then_some(form)
}

impl<T: Integer> Echelon<T> {
    fn start(rows: &[IntegerRow]) -> Option<Self> {
        let rows = rows.iter().map(IntegerRow::read).collect::<Option<_>>()?;
        let (pivots, last) = (Vec::new(), T::from_word(1));
        Some(Self { rows, pivots, last, swapped: false, next: 0 })
    }

    /// Clears column after column; stops before a step that might overflow, and says so by `false`.
    fn advance(&mut self, columns: usize, complete: bool) -> bool {
        while self.next < columns {
            let top = self.pivots.len();
            let column = self.next;
            let pivot = (top..self.rows.len()).find(|&i| self.rows[i][column].sign() != 0);
            if let Some(found) = pivot {
                if !self.rows.iter().flatten().all(T::products_fit) {
                    return false;
                }
                self.swapped ^= found != top;
                self.rows.swap(found, top);
                self.step(top, complete);
            }
            self.next += 1;
        }
        true
    }

    /// Clears the next column with the pivot in row `top`.
    fn step(&mut self, top: usize, complete: bool) {
        let column = self.next;
        let pivot_row = std::mem::take(&mut self.rows[top]);
        let pivot = &pivot_row[column];
        for (i, row) in self.rows.iter_mut().enumerate() {
            if i == top || (i < top && !complete) {
                continue;
            }
            let head = row[column].clone();
            // Below the pivot everything to the left is zero already.
            let first = if i < top { 0 } else { column };
            for (x, y) in row.iter_mut().zip(&pivot_row).skip(first) {
                *x = T::cross(x, pivot, &head, y, &self.last).expect("the products fit");
            }
        }
        self.last = pivot.clone();
        self.rows[top] = pivot_row;
        self.pivots.push(column);
    }
}

impl Echelon<i128> {
    fn widened<T: Integer>(self) -> Echelon<T> {
        let wide = |row: Vec<i128>| row.into_iter().map(T::from_wide).collect();
        Echelon {
            rows: self.rows.into_iter().map(wide).collect(),
            pivots: self.pivots,
            last: T::from_wide(self.last),
            swapped: self.swapped,
            next: self.next,
        }
    }
}

/// The rank of the rows; `None` on overflow.
pub(crate) fn rank<T: Integer>(rows: &[IntegerRow], columns: usize) -> Option<usize> {
    Some(echelon::<T>(rows, columns, false)?.pivots.len())
}

/// The determinant of a square matrix of cleared rows; `None` on overflow.
pub(crate) fn determinant<T: Integer>(rows: &[IntegerRow]) -> Option<Rational> {
    let form = echelon::<T>(rows, rows.len(), false)?;
    if form.pivots.len() < rows.len() {
        return Some(Rational::ZERO);
    }
    let value = form.last.over(&T::from_word(if form.swapped { -1 } else { 1 }));
    Some(rows.iter().fold(value, |value, row| value / &row.scale))
}

/// A solution of `[A | b]` with zeros at the columns without a pivot; inner `None` if none exists.
pub(crate) fn solution<T: Integer>(
    augmented: &[IntegerRow],
    columns: usize,
) -> Option<Option<Vec<Rational>>> {
    let form = echelon::<T>(augmented, columns, true)?;
    if form.rows[form.pivots.len()..].iter().any(|row| row[columns].sign() != 0) {
        return Some(None);
    }
    let mut x = vec![Rational::ZERO; columns];
    for (row, &column) in form.rows.iter().zip(&form.pivots) {
        x[column] = row[columns].over(&form.last);
    }
    Some(Some(x))
}

/// A basis of `{x : A x = 0}`, one vector for each column without a pivot, where it is one.
pub(crate) fn null_space<T: Integer>(
    rows: &[IntegerRow],
    columns: usize,
) -> Option<Vec<Vec<Rational>>> {
    let form = echelon::<T>(rows, columns, true)?;
    let free = (0..columns).filter(|column| !form.pivots.contains(column));
    Some(
        free.map(|column| {
            let mut x = vec![Rational::ZERO; columns];
            x[column] = Rational::ONE;
            for (row, &pivot) in form.rows.iter().zip(&form.pivots) {
                x[pivot] = -row[column].over(&form.last);
            }
            x
        })
        .collect(),
    )
}

/// The largest prime below `2^31`; products of two residues fit a word.
const PRIME: u32 = (1 << 31) - 1;

/// The rank modulo one prime: never more than the rank, and far cheaper.
pub(crate) fn rank_modulo_prime(rows: &[IntegerRow], columns: usize) -> usize {
    let p = u64::from(PRIME);
    let mut rows: Vec<Vec<u64>> = rows.iter().map(|row| row.residues(PRIME)).collect();
    let mut top = 0;
    for column in 0..columns {
        let Some(found) = (top..rows.len()).find(|&i| rows[i][column] != 0) else {
            continue;
        };
        rows.swap(found, top);
        let (done, rest) = rows.split_at_mut(top + 1);
        let pivot_row = &done[top][column..];
        let inverse = power_modulo(pivot_row[0], p - 2, p);
        for row in rest {
            // Adding (p - q) times the pivot row subtracts q times it.
            let factor = (p - row[column] * inverse % p) % p;
            for (x, y) in row[column..].iter_mut().zip(pivot_row) {
                *x = (*x + factor * y) % p;
            }
        }
        top += 1;
    }
    top
}

/// `base^exponent` modulo `p`, which is below `2^32`.
pub fn power_modulo(base: u64, mut exponent: u64, p: u64) -> u64 {
    let (mut base, mut result) = (base % p, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % p;
        }
        base = base * base % p;
        exponent >>= 1;
    }
    result
}
