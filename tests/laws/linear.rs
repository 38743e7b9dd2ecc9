//! Matrices: determinants, ranks, solutions and null spaces obey linear algebra, and agree with
//! floats where floats are exact.

use super::support::{Small, check, panic_message};
use crease::engines::regular;
use crease::exact::Rational;
use crease::exact::linear::{Matrix, dot};
use nalgebra::DMatrix;
use quickcheck::{Arbitrary, Gen};

/// A matrix of at most 5 x 5 small fractions, often of deficient rank.
#[derive(Clone, Debug)]
struct Any(Matrix);

/// Two square matrices of one size, at most 5.
#[derive(Clone, Debug)]
struct Squares(Matrix, Matrix);

fn matrix(g: &mut Gen, rows: usize, cols: usize) -> Matrix {
    let mut result = Matrix::zero(rows, cols);
    for i in 0..rows {
        for j in 0..cols {
            result[(i, j)] = Small::arbitrary(g).0;
        }
    }
    result
}

impl Arbitrary for Any {
    fn arbitrary(g: &mut Gen) -> Self {
        let mut size = || usize::arbitrary(g) % 6;
        let (rows, inner, cols) = (size(), size(), size());
        match bool::arbitrary(g) {
            true => Self(matrix(g, rows, cols)),
            // A product through a narrow middle has at most that rank.
            false => Self(matrix(g, rows, inner).product(&matrix(g, inner, cols))),
        }
    }
}

impl Arbitrary for Squares {
    fn arbitrary(g: &mut Gen) -> Self {
        let n = usize::arbitrary(g) % 6;
        Self(matrix(g, n, n), matrix(g, n, n))
    }
}

fn whole(rows: &[&[i64]]) -> Matrix {
    Matrix::from_rows(rows.iter().map(|row| row.iter().map(|&x| x.into()).collect()).collect())
}

#[test]
fn a_determinant_is_multiplicative_and_blind_to_transposition() {
    fn law(Squares(a, b): Squares) -> bool {
        a.product(&b).determinant() == a.determinant() * b.determinant()
            && a.transpose().determinant() == a.determinant()
            && Matrix::identity(a.rows()).determinant() == Rational::ONE
    }
    check(law as fn(_) -> _);
}

#[test]
fn exchanging_two_rows_changes_the_sign() {
    fn law(Squares(a, _): Squares) -> bool {
        let mut rows: Vec<Vec<Rational>> = (0..a.rows()).map(|i| a.row(i).to_vec()).collect();
        if rows.len() < 2 {
            return true;
        }
        let last = rows.len() - 1;
        rows.swap(0, last);
        Matrix::from_rows(rows).determinant() == -a.determinant()
    }
    check(law as fn(_) -> _);
}

#[test]
fn small_integer_matrices_agree_with_nalgebra() {
    fn law(entries: Vec<i8>) -> bool {
        let n = [1, 4, 9, 16].iter().take_while(|&&square| square <= entries.len()).count();
        let entry = |i: usize, j: usize| i64::from(entries[i * n + j] % 10);
        let mut ours = Matrix::zero(n, n);
        for i in 0..n {
            for j in 0..n {
                ours[(i, j)] = entry(i, j).into();
            }
        }
        let theirs = DMatrix::from_fn(n, n, |i, j| entry(i, j) as f64);
        // Integers below 2^20: the product is exact, and the determinant after rounding.
        let square = &theirs * &theirs;
        let product = ours.product(&ours);
        let same = |i, j| product[(i, j)] == Rational::integer(square[(i, j)] as i64);
        let determinant = if n == 0 { 1.0 } else { theirs.determinant().round() };
        ours.determinant() == Rational::integer(determinant as i64)
            && (0..n).all(|i| (0..n).all(|j| same(i, j)))
    }
    check(law as fn(_) -> _);
}

#[test]
fn rank_and_nullity_add_up_to_the_columns() {
    fn law(Any(a): Any) -> bool {
        let null = a.null_space();
        let zero = |x: &Vec<Rational>| a.apply(x).iter().all(Rational::is_zero);
        a.rank() + null.len() == a.cols()
            && a.rank() == a.transpose().rank()
            && null.iter().all(zero)
            && (null.is_empty() || Matrix::from_rows(null.clone()).rank() == null.len())
    }
    check(law as fn(_) -> _);
}

#[test]
fn a_solution_solves_and_a_refusal_is_right() {
    fn law(Any(a): Any, noise: Vec<Small>) -> bool {
        let x: Vec<Rational> =
            (0..a.cols()).map(|j| noise.get(j).map_or(Rational::ONE, |x| x.0.clone())).collect();
        let b = a.apply(&x);
        let other: Vec<Rational> =
            (0..a.rows()).map(|i| noise.get(i).map_or(Rational::ZERO, |x| x.0.clone())).collect();
        let augmented: Vec<Vec<Rational>> =
            (0..a.rows()).map(|i| a.row(i).iter().chain([&other[i]]).cloned().collect()).collect();
        let solvable = a.rows() == 0 || Matrix::from_rows(augmented).rank() == a.rank();
        a.solve(&b).is_some_and(|found| a.apply(&found) == b)
            && match a.solve(&other) {
                Some(found) => solvable && a.apply(&found) == other,
                None => !solvable,
            }
    }
    check(law as fn(_, _) -> _);
}

/// Regular systems by lifting and by elimination; the first prime is an entry, so that its residues
/// mislead.
#[test]
fn a_lifted_solution_is_the_one_that_elimination_finds() {
    fn law(Squares(a, b): Squares, prime: bool) -> bool {
        let n = a.rows();
        let mut a = a.product(&b);
        if n > 0 && prime {
            a[(0, 0)] = Rational::integer((1 << 31) - 1);
        }
        let right: Vec<Rational> = (0..n).map(|i| b[(i, n - 1)].clone()).collect();
        let expected = if a.rank() == n { a.solve(&right) } else { None };
        regular::solve(&a, &right) == expected
    }
    check(law as fn(_, _) -> _);
    // Twelve unknowns with entries of forty bits: hundreds of digits.
    let n = 12;
    let entry =
        |i: i64, j: i64| Rational::integer((i * i + 7 * j + 3).pow(6) % 1_000_003 * 999_983);
    let rows = (0..n).map(|i| (0..n).map(|j| entry(i + 1, j * j + i)).collect()).collect();
    let a = Matrix::from_rows(rows);
    let right: Vec<_> = (0..n).map(Rational::integer).collect();
    assert_eq!(regular::solve(&a, &right), a.solve(&right).filter(|_| a.rank() == n as usize));
}

#[test]
fn products_associate_and_transpose_in_reverse() {
    fn law(Squares(a, b): Squares, entries: Vec<Small>) -> bool {
        let x: Vec<Rational> =
            (0..a.cols()).map(|j| entries.get(j).map_or(Rational::ONE, |x| x.0.clone())).collect();
        a.product(&b).apply(&x) == a.apply(&b.apply(&x))
            && a.product(&b).transpose() == b.transpose().product(&a.transpose())
            && a.product(&Matrix::identity(a.cols())) == a
            && a.transpose().transpose() == a
    }
    check(law as fn(_, _) -> _);
}

#[test]
fn big_entries_obey_the_same_laws() {
    fn law(Squares(a, b): Squares) -> bool {
        // Scaled by 3^60 the elimination leaves machine words.
        let scale = Rational::integer(3).pow(60);
        let mut big = a.clone();
        for i in 0..a.rows() {
            for j in 0..a.cols() {
                big[(i, j)] = &a[(i, j)] * &scale;
            }
        }
        let factor = scale.pow(a.rows() as i32);
        let x: Vec<Rational> = (0..b.rows()).map(|i| dot(b.row(i), b.row(0))).collect();
        let scaled = |x: Vec<Rational>| -> Vec<_> { x.iter().map(|x| x / &scale).collect() };
        big.determinant() == a.determinant() * factor
            && big.rank() == a.rank()
            && big.null_space() == a.null_space()
            && big.solve(&x) == a.solve(&x).map(scaled)
    }
    check(law as fn(_) -> _);
}

#[test]
fn a_rectangular_product_has_the_outer_shape() {
    let (a, b) = (whole(&[&[1, 2, 3]]), whole(&[&[4], &[5], &[6]]));
    assert_eq!(a.product(&b), whole(&[&[32]]));
    assert_eq!(b.product(&a), whole(&[&[4, 8, 12], &[5, 10, 15], &[6, 12, 18]]));
    assert_eq!((b.rows(), b.cols(), b.row(2)), (3, 1, &[Rational::integer(6)][..]));
    assert_eq!(b.transpose(), whole(&[&[4, 5, 6]]));
    assert_eq!(dot(a.row(0), b.transpose().row(0)), Rational::integer(32));
}

#[test]
fn wrong_shapes_panic_with_the_reason() {
    let (a, x) = (whole(&[&[1, 2]]), [Rational::ONE]);
    assert!(panic_message(|| dot(&x, &[])).contains("vectors of one length"));
    assert!(panic_message(|| a.product(&a)).contains("as many columns as rows"));
    assert!(panic_message(|| a.apply(&x)).contains("one entry a column"));
    assert!(panic_message(|| a.solve(&[])).contains("one entry a row"));
    assert!(panic_message(|| a.determinant()).contains("only a square matrix"));
    assert!(panic_message(|| a.row(1).to_vec()).contains("row 1 of a matrix with 1 rows"));
    assert!(panic_message(|| a[(0, 2)].clone()).contains("column 2 of a matrix with 2 columns"));
    let act = || {
        let mut a = whole(&[&[1, 2]]);
        a[(0, 2)] = Rational::ONE;
    };
    assert!(panic_message(act).contains("entry (0, 2) is outside the matrix"));
    let ragged = || Matrix::from_rows(vec![vec![Rational::ONE], vec![]]);
    assert!(panic_message(ragged).contains("one length"));
}

fn vector(x: &[i64]) -> Vec<Rational> {
    x.iter().map(|&x| x.into()).collect()
}

#[test]
fn a_determinant_counts_the_row_exchanges() {
    assert_eq!(whole(&[&[0, 2], &[3, 0]]).determinant(), Rational::integer(-6));
    let cycle = whole(&[&[0, 2, 0], &[0, 0, 3], &[5, 0, 0]]);
    assert_eq!(cycle.determinant(), Rational::integer(30));
    assert_eq!(whole(&[&[1, 2], &[2, 4]]).determinant(), Rational::ZERO);
    assert_eq!(Matrix::zero(0, 0).determinant(), Rational::ONE);
    let fractions = Matrix::from_rows(vec![vec![Rational::new(2, 3)]]);
    assert_eq!(fractions.determinant(), Rational::new(2, 3));
}

#[test]
fn a_dependent_system_is_solved_or_refused() {
    let a = whole(&[&[1, 2, 3], &[2, 4, 6], &[0, 1, 1]]);
    assert_eq!(a.rank(), 2);
    assert_eq!(a.solve(&vector(&[1, 2, 0])), Some(vector(&[1, 0, 0])));
    assert_eq!(a.solve(&vector(&[1, 1, 0])), None);
    assert_eq!(a.null_space(), vec![vector(&[-1, -1, 1])]);
}

#[test]
fn a_rank_that_one_prime_hides_is_found() {
    let hidden = whole(&[&[(1 << 31) - 1, 0], &[0, 1]]);
    assert_eq!(hidden.rank(), 2);
    assert_eq!(hidden.determinant(), Rational::integer((1 << 31) - 1));
}

#[test]
fn empty_matrices_have_rank_zero_and_full_null_spaces() {
    assert_eq!((Matrix::zero(0, 3).rank(), Matrix::zero(3, 0).rank()), (0, 0));
    assert_eq!(Matrix::zero(0, 2).null_space(), vec![vector(&[1, 0]), vector(&[0, 1])]);
    assert_eq!(Matrix::zero(2, 0).solve(&vector(&[0, 0])), Some(vec![]));
    assert_eq!(Matrix::zero(2, 0).solve(&vector(&[0, 1])), None);
    assert_eq!(Matrix::zero(2, 0).product(&Matrix::zero(0, 2)), Matrix::zero(2, 2));
}

#[test]
fn elimination_beyond_machine_words_is_exact() {
    let big = Rational::integer(2).pow(90);
    let a =
        Matrix::from_rows(vec![vec![big.clone(), Rational::ONE], vec![Rational::ONE, big.recip()]]);
    assert_eq!((a.determinant(), a.rank()), (Rational::ZERO, 1));
    let b = Matrix::from_rows(vec![vec![big.clone(), 1.into()], vec![1.into(), big.clone()]]);
    assert_eq!(b.determinant(), &big * &big - Rational::ONE);
    let sums = vec![&big + &Rational::ONE, &Rational::ONE + &big];
    assert_eq!(b.solve(&sums), Some(vector(&[1, 1])));
}
