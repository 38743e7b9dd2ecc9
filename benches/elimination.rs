//! Determinants: Gauss in fractions, ours and num-rational's, against elimination in integers.

use crate::stream::Stream;
use crease::exact::Rational;
use crease::exact::linear::Matrix;
use criterion::Criterion;
use num_rational::BigRational;
use num_traits::Zero;
use std::hint::black_box;

/// What plain Gaussian elimination needs, so that both fractions run the same lines.
trait Field: Clone {
    fn is_nothing(&self) -> bool;
    fn over(&self, other: &Self) -> Self;
    fn times(&self, other: &Self) -> Self;
    fn minus(&self, other: &Self) -> Self;
}

macro_rules! field {
    ($t:ty) => {
        impl Field for $t {
            fn is_nothing(&self) -> bool {
                self.is_zero()
            }
            fn over(&self, other: &Self) -> Self {
                self / other
            }
            fn times(&self, other: &Self) -> Self {
                self * other
            }
            fn minus(&self, other: &Self) -> Self {
                self - other
            }
        }
    };
}
field!(Rational);
field!(BigRational);

/// The product of the pivots; the sign of the row exchanges is left out.
fn gauss<T: Field>(mut a: Vec<Vec<T>>) -> T {
    let n = a.len();
    let mut product: Option<T> = None;
    for k in 0..n {
        let found = (k..n).find(|&i| !a[i][k].is_nothing()).expect("a regular matrix");
        a.swap(k, found);
        let (done, rest) = a.split_at_mut(k + 1);
        let pivot_row = &done[k];
        for row in rest {
            let factor = row[k].over(&pivot_row[k]);
            for j in k + 1..n {
                row[j] = row[j].minus(&factor.times(&pivot_row[j]));
            }
        }
        product = Some(product.map_or(pivot_row[k].clone(), |p| p.times(&pivot_row[k])));
    }
    product.expect("not empty")
}

/// `n x n` determinants of 20-bit integers.
pub fn benches(criterion: &mut Criterion) {
    for n in [8, 16, 32] {
        let mut stream = Stream(7);
        let mut row = || (0..n).map(|_| Rational::from(stream.within(1 << 19))).collect();
        let rows: Vec<Vec<Rational>> = (0..n).map(|_| row()).collect();
        let theirs: Vec<Vec<BigRational>> =
            rows.iter().map(|row| row.iter().map(BigRational::from).collect()).collect();
        let matrix = Matrix::from_rows(rows.clone());
        assert_eq!(gauss(rows.clone()).abs(), matrix.determinant().abs());
        let mut group = criterion.benchmark_group(format!("elimination {n} x {n}"));
        group.sample_size(10);
        group.bench_function("in integers", |b| b.iter(|| black_box(&matrix).determinant()));
        group.bench_function("rank modulo a prime", |b| b.iter(|| black_box(&matrix).rank()));
        group.bench_function("Gauss, Rational", |b| b.iter(|| gauss(black_box(rows.clone()))));
        group
            .bench_function("Gauss, num-rational", |b| b.iter(|| gauss(black_box(theirs.clone()))));
        group.finish();
    }
}
