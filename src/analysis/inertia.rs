//! The signs of the eigenvalues of a symmetric matrix, by congruence and without a root.

use crate::exact::linear::Matrix;

/// How many eigenvalues of a symmetric matrix are positive, zero and negative.
///
/// ```
/// use crease::analysis::inertia::Inertia;
/// use crease::exact::linear::Matrix;
/// let swap = Matrix::from_rows(vec![vec![0.into(), 1.into()], vec![1.into(), 0.into()]]);
/// assert_eq!(Inertia::of(&swap), Inertia { positive: 1, zero: 0, negative: 1 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inertia {
    /// The number of positive eigenvalues.
    pub positive: usize,
    /// The number of zero eigenvalues.
    pub zero: usize,
    /// The number of negative eigenvalues.
    pub negative: usize,
}

impl Inertia {
    /// The inertia of a symmetric matrix, of which the entries above the diagonal are read.
    ///
    /// Law: `B^T A B` has the inertia of `A` for every regular `B` (Sylvester), so pivots on the
    /// diagonal, and rows added to rows where it vanishes, may count for eigenvalues.
    /// Cost: `O(n^3)` operations. Panics unless the matrix is square.
    pub fn of(a: &Matrix) -> Self {
        assert_eq!(a.rows(), a.cols(), "only a square matrix has an inertia");
        let mut left = a.clone();
        let mut open: Vec<usize> = (0..a.rows()).collect();
        let mut result = Self { positive: 0, zero: 0, negative: 0 };
        while let Some(pivot) = pivot(&mut left, &open) {
            if left[(pivot, pivot)].is_positive() {
                result.positive += 1;
            } else {
                result.negative += 1;
            }
            open.retain(|&i| i != pivot);
            clear(&mut left, &open, pivot);
        }
        result.zero = open.len();
        result
    }

    /// Whether no eigenvalue is negative.
    pub fn is_semidefinite(&self) -> bool {
        self.negative == 0
    }
}

fn entry(i: usize, j: usize) -> (usize, usize) {
    (i.min(j), i.max(j))
}

/// A row whose entry on the diagonal is not zero, made by adding another row and column if there
/// is none; `None` if nothing but zeros is left.
fn pivot(left: &mut Matrix, open: &[usize]) -> Option<usize> {
    if let Some(i) = open.iter().find(|&&i| !left[(i, i)].is_zero()) {
        return Some(*i);
    }
    let pairs = open.iter().flat_map(|&i| open.iter().map(move |&j| (i, j)));
    let (i, j) = pairs.into_iter().find(|&(i, j)| i < j && !left[(i, j)].is_zero())?;
    // Row and column j are added to row and column i: the diagonal entry becomes twice (i, j).
    left[(i, i)] = &left[(i, j)] + &left[(i, j)];
    for &k in open.iter().filter(|&&k| k != i) {
        let other = left[entry(j, k)].clone();
        left[entry(i, k)] += &other;
    }
    Some(i)
}

fn clear(left: &mut Matrix, open: &[usize], pivot: usize) {
    let inverse = left[(pivot, pivot)].recip();
    for (at, &i) in open.iter().enumerate() {
        let head = &left[entry(pivot, i)] * &inverse;
        if head.is_zero() {
            continue;
        }
        for &j in &open[at..] {
            let product = &head * &left[entry(pivot, j)];
            left[(i, j)] -= product;
        }
    }
}
