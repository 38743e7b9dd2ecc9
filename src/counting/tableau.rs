//! Independent sets of vectors, counted by size through deletion and contraction.
//!
//! A matroid of `m` vectors of rank `r` is held in standard form: a basis of `r` elements, and for
//! each of the `m - r` others the row of its coefficients in the basis. Rows may be multiplied by
//! numbers other than zero. A row of zeros is a loop, a column of zeros a coloop; dropping a row
//! deletes its element, dropping a column contracts its element, and the transpose is the dual.

use super::binomial::choices;
use super::modular::Field;
use crate::exact::Natural;

/// A matroid in standard form: `entries: [rows][cols]`.
#[derive(Clone, Debug)]
pub(super) struct Tableau<F> {
    rows: Vec<Vec<F>>,
    cols: usize,
    /// Loops that were dropped are forgotten; coloops are counted.
    coloops: usize,
}

/// `sum of leaf[free][size] y^size (1 + y)^free`, collected without multiplying it out.
#[derive(Default)]
struct Tally {
    leaves: Vec<Vec<i128>>,
    left: usize,
}

impl<F: Field> Tableau<F> {
    /// The matroid of these vectors, all of one length. Cost: one elimination.
    pub fn new(vectors: &[Vec<F>]) -> Self {
        // Columns are elements here; after elimination each pivot row is one basis element.
        let length = vectors.first().map_or(0, Vec::len);
        let mut matrix: Vec<Vec<F>> =
            (0..length).map(|i| vectors.iter().map(|v| v[i].clone()).collect()).collect();
        let mut pivots: Vec<usize> = Vec::new();
        for element in 0..vectors.len() {
            let rank = pivots.len();
            let Some(found) = (rank..length).find(|&i| !matrix[i][element].is_zero()) else {
                continue;
            };
            matrix.swap(rank, found);
            let pivot_row = matrix[rank].clone();
            for (i, row) in matrix.iter_mut().enumerate() {
                if i != rank && !row[element].is_zero() {
                    eliminate(row, &pivot_row, element);
                }
            }
            pivots.push(element);
        }
        let others = (0..vectors.len()).filter(|element| !pivots.contains(element));
        let scaled = |basis: usize, element: usize| &matrix[basis][element];
        // A pivot row is its basis element's coefficients times the pivot: a column factor, which
        // does not change what is independent either.
        let rows = others
            .map(|e| (0..pivots.len()).map(|basis| scaled(basis, e).clone()).collect())
            .collect();
        Self { rows, cols: pivots.len(), coloops: 0 }
    }

    /// The number of elements of a basis.
    pub fn rank(&self) -> usize {
        self.cols + self.coloops
    }

    /// How many independent sets have 0, 1, .. members; `None` after `limit` steps.
    pub fn independent_by_size(self, limit: usize) -> Option<Vec<Natural>> {
        let mut tally = Tally { leaves: Vec::new(), left: limit };
        descend(self, 0, &mut tally)?;
        Some(tally.sizes())
    }

    /// Drops loops and sets coloops aside.
    fn simplify(&mut self) {
        self.rows.retain(|row| row.iter().any(|x| !x.is_zero()));
        let used = |j: usize| self.rows.iter().any(|row| !row[j].is_zero());
        let kept: Vec<usize> = (0..self.cols).filter(|&j| used(j)).collect();
        if kept.len() < self.cols {
            self.coloops += self.cols - kept.len();
            self.cols = kept.len();
            for row in &mut self.rows {
                *row = kept.iter().map(|&j| row[j].clone()).collect();
            }
        }
    }

    /// The matroid without the element of row `i`, and contracted by it.
    fn split(mut self, i: usize) -> [Self; 2] {
        let element = self.rows.swap_remove(i);
        let pivot = element.iter().position(|x| !x.is_zero()).expect("loops were dropped");
        let without = |row: &[F], j: usize| [&row[..j], &row[j + 1..]].concat();
        let contract = |row: &Vec<F>| {
            let mut row = row.clone();
            if !row[pivot].is_zero() {
                eliminate(&mut row, &element, pivot);
            }
            without(&row, pivot)
        };
        let mut rows: Vec<Vec<F>> = self.rows.iter().map(contract).collect();
        // The basis element at the pivot leaves the basis; the sign is a row factor.
        rows.push(without(&element, pivot));
        let contracted = Self { rows, cols: self.cols - 1, coloops: self.coloops };
        [self, contracted]
    }

    /// The classes of parallel elements of a matroid of rank two, by size.
    fn parallel_classes(&self) -> Vec<usize> {
        let basis = [[F::one(), F::zero()], [F::zero(), F::one()]];
        let points =
            basis.into_iter().chain(self.rows.iter().map(|r| [r[0].clone(), r[1].clone()]));
        let mut classes: Vec<([F; 2], usize)> = Vec::new();
        for [x, y] in points {
            let same = |[a, b]: &[F; 2]| F::times(&x, b) == F::times(&y, a);
            match classes.iter_mut().find(|(point, _)| same(point)) {
                Some((_, size)) => *size += 1,
                None => classes.push(([x, y], 1)),
            }
        }
        classes.into_iter().map(|(_, size)| size).collect()
    }

    /// The dual: rows and columns exchanged. Coloops are set aside in both.
    fn dual(&self) -> Self {
        let column = |j: usize| self.rows.iter().map(|row| row[j].clone()).collect();
        let (rows, cols) = ((0..self.cols).map(column).collect(), self.rows.len());
        Self { rows, cols, coloops: self.coloops }
    }
}

/// `row` minus the multiple of `by` that makes its entry `at` zero, up to a factor.
fn eliminate<F: Field>(row: &mut [F], by: &[F], at: usize) {
    let (pivot, factor) = (by[at].clone(), row[at].clone());
    for (x, y) in row.iter_mut().zip(by) {
        *x = F::cross(x, &pivot, &factor, y);
    }
}

/// Adds the independent sets of a matroid to the tally, `chosen` contracted elements included.
fn descend<F: Field>(mut matroid: Tableau<F>, chosen: usize, tally: &mut Tally) -> Option<()> {
    tally.left = tally.left.checked_sub(1)?;
    matroid.simplify();
    let free = matroid.coloops;
    let (nullity, rank) = (matroid.rows.len(), matroid.cols);
    let elements = nullity + rank;
    match (nullity, rank) {
        (0, _) => tally.add(free, chosen, 1),
        // Everything but the whole circuit.
        (1, _) => {
            tally.add(free + elements, chosen, 1);
            tally.add(free, chosen + elements, -1);
        }
        (_, 1) => {
            tally.add(free, chosen, 1);
            tally.add(free, chosen + 1, elements);
        }
        (_, 2) => {
            let pairs = |n: usize| n * (n - 1) / 2;
            let parallel: usize = matroid.parallel_classes().into_iter().map(pairs).sum();
            tally.add(free, chosen, 1);
            tally.add(free, chosen + 1, elements);
            tally.add(free, chosen + 2, pairs(elements) - parallel);
        }
        // Dependent are the sets whose complement lies in one class of the dual.
        (2, _) => {
            tally.add(free + elements, chosen, 1);
            tally.add(free, chosen + elements, -1);
            for class in matroid.dual().parallel_classes() {
                tally.add(free + class, chosen + elements - class, -1);
                tally.add(free, chosen + elements, 1);
            }
        }
        _ => {
            // A short circuit soon leaves a loop behind, or a coloop.
            let size = |row: &Vec<F>| row.iter().filter(|x| !x.is_zero()).count();
            let short = (0..nullity).min_by_key(|&i| size(&matroid.rows[i])).expect("a row");
            let [deleted, contracted] = matroid.split(short);
            descend(deleted, chosen, tally)?;
            descend(contracted, chosen + 1, tally)?;
        }
    }
    Some(())
}

impl Tally {
    fn add(&mut self, free: usize, size: usize, count: impl TryInto<i128>) {
        let count = count.try_into().unwrap_or_else(|_| unreachable!("small counts fit"));
        if self.leaves.len() <= free {
            self.leaves.resize(free + 1, Vec::new());
        }
        let row = &mut self.leaves[free];
        if row.len() <= size {
            row.resize(size + 1, 0);
        }
        row[size] += count;
    }

    /// The coefficients of the polynomial.
    fn sizes(&self) -> Vec<Natural> {
        let length = self.leaves.iter().enumerate().map(|(free, row)| free + row.len()).max();
        let mut positive = vec![Natural::ZERO; length.unwrap_or(0)];
        let mut negative = positive.clone();
        for (free, row) in self.leaves.iter().enumerate() {
            for (size, &count) in row.iter().enumerate().filter(|(_, count)| **count != 0) {
                let target = if count > 0 { &mut positive } else { &mut negative };
                for (k, choice) in choices(free).enumerate() {
                    target[size + k] += choice * count.unsigned_abs();
                }
            }
        }
        let mut sizes: Vec<_> = positive.into_iter().zip(negative).map(|(p, n)| p - n).collect();
        while sizes.last() == Some(&Natural::ZERO) {
            sizes.pop();
        }
        sizes
    }
}
