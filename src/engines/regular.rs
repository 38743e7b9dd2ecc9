//! Regular systems digit by digit: modulo a prime, then modulo its powers.
//!
//! Source: J. D. Dixon, "Exact solution of linear equations using p-adic expansions", *Numerische
//! Mathematik* 40 (1982).

use crate::exact::linear::{Matrix, power_modulo};
use crate::exact::{IntegerEntries as Entries, IntegerRow, Rational, cofactors};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Primes just below `2^31`, one of which divides no determinant that is not made for it.
const PRIMES: [u64; 3] = [2_147_483_647, 2_147_483_629, 2_147_483_587];

/// The solution `x` of `matrix * x == b` for a regular matrix; `None` if it is singular.
///
/// Law: that of [`Matrix::solve`]. Cost: far less from a dozen rows on, since the solution is
/// lifted digit by digit; where that fails, the system is solved by elimination. Panics unless the
/// matrix is square and `b` has one entry a row.
pub fn solve(matrix: &Matrix, b: &[Rational]) -> Option<Vec<Rational>> {
    assert_eq!(matrix.rows(), matrix.cols(), "only a square matrix is regular");
    assert_eq!(b.len(), matrix.rows(), "a right-hand side has one entry a row");
    let row = |i: usize| IntegerRow::new(matrix.row(i).iter().chain([&b[i]]));
    let augmented: Vec<IntegerRow> = (0..matrix.rows()).map(row).collect();
    let by_elimination = || matrix.solve(b).filter(|_| matrix.rank() == matrix.rows());
    solution(&augmented).or_else(by_elimination)
}

/// An entry of a system: a machine word, or a big integer.
trait Entry: Zero {
    /// What is left of a right-hand side.
    type Rest;
    /// Where it starts.
    fn rest(&self) -> Self::Rest;
    fn residue(&self, p: u64) -> u64;
    fn residue_of(rest: &Self::Rest, p: u64) -> u64;
    /// `(rest - <row, digits>) / p`, which is whole; `None` on overflow.
    fn step(rest: &mut Self::Rest, row: &[Self], digits: &[u64], p: u64) -> Option<()>;
    fn bits(&self) -> u64;
    fn times(&self, x: &BigInt) -> BigInt;
}

impl Entry for i64 {
    type Rest = i128;
    fn rest(&self) -> i128 {
        (*self).into()
    }
    fn residue(&self, p: u64) -> u64 {
        Self::residue_of(&self.rest(), p)
    }
    fn residue_of(rest: &i128, p: u64) -> u64 {
        rest.rem_euclid(i128::from(p)) as u64
    }
    fn step(rest: &mut i128, row: &[i64], digits: &[u64], p: u64) -> Option<()> {
        for (a, x) in row.iter().zip(digits) {
            *rest = rest.checked_sub(i128::from(*a) * i128::from(*x))?;
        }
        *rest /= i128::from(p);
        Some(())
    }
    fn bits(&self) -> u64 {
        64 - u64::from(self.unsigned_abs().leading_zeros())
    }
    fn times(&self, x: &BigInt) -> BigInt {
        x * *self
    }
}

impl Entry for BigInt {
    type Rest = BigInt;
    fn rest(&self) -> BigInt {
        self.clone()
    }
    fn residue(&self, p: u64) -> u64 {
        Self::residue_of(self, p)
    }
    fn residue_of(rest: &BigInt, p: u64) -> u64 {
        rest.mod_floor(&BigInt::from(p)).to_u64().expect("a residue is below the prime")
    }
    fn step(rest: &mut BigInt, row: &[BigInt], digits: &[u64], p: u64) -> Option<()> {
        for (a, x) in row.iter().zip(digits).filter(|(a, _)| !a.is_zero()) {
            *rest -= a * *x;
        }
        *rest /= p;
        Some(())
    }
    fn bits(&self) -> u64 {
        BigInt::bits(self)
    }
    fn times(&self, x: &BigInt) -> BigInt {
        x * self
    }
}

/// The solution of a square system `[A | b]` that is regular modulo one of the primes; `None` where
/// it is not.
///
/// Cost: `n^3` word operations for an inverse modulo the prime, and `n^2` for each 31 bits of the
/// solution, times the words of an entry. The solution is put into the system before it is
/// returned.
fn solution(augmented: &[IntegerRow]) -> Option<Vec<Rational>> {
    let words = |row: &IntegerRow| match &row.entries {
        // So small that a sum over a row stays inside two words.
        Entries::Words(words) if words.iter().all(|x| x.unsigned_abs() < 1 << 62) => {
            Some(words.clone())
        }
        _ => None,
    };
    if let Some(rows) = augmented.iter().map(words).collect::<Option<Vec<_>>>() {
        return lifted(&rows);
    }
    let big = |row: &IntegerRow| match &row.entries {
        Entries::Words(words) => words.iter().map(|x| BigInt::from(*x)).collect(),
        Entries::Big(big) => big.clone(),
    };
    lifted(&augmented.iter().map(big).collect::<Vec<Vec<BigInt>>>())
}

fn lifted<E: Entry>(rows: &[Vec<E>]) -> Option<Vec<Rational>> {
    let (prime, inverse) = PRIMES.iter().find_map(|&p| Some((p, inverse(rows, p)?)))?;
    let mut lifting = Lifting::new(rows, prime, inverse);
    // More digits than the numbers of Cramer's rule have are not needed.
    let bits: f64 = rows.iter().map(|row| row_bits(row)).sum();
    let most = (2.0 * bits / 30.9) as usize + 3;
    let mut digits = 16.min(most);
    loop {
        while lifting.digits.len() < digits {
            lifting.step()?;
        }
        let found = lifting.reconstruct().filter(|(x, den)| solves(rows, x, den));
        if let Some((x, den)) = found {
            return Some(x.into_iter().map(|x| Rational::from_parts(x, den.clone())).collect());
        }
        if digits == most {
            return None;
        }
        digits = (2 * digits).min(most);
    }
}

/// Above the logarithm of the Euclidean length of a row.
fn row_bits<E: Entry>(row: &[E]) -> f64 {
    let most = row.iter().map(E::bits).max().unwrap_or(0);
    most as f64 + 0.5 * (row.len() as f64 + 1.0).log2() + 0.01
}

/// The inverse of the left part modulo `p`; `None` if it has none.
fn inverse<E: Entry>(rows: &[Vec<E>], p: u64) -> Option<Vec<Vec<u64>>> {
    let n = rows.len();
    let mut table: Vec<Vec<u64>> = Vec::with_capacity(n);
    for (i, row) in rows.iter().enumerate() {
        let left = row[..n].iter().map(|x| x.residue(p));
        table.push(left.chain((0..n).map(|j| u64::from(i == j))).collect());
    }
    for column in 0..n {
        let found = (column..n).find(|&i| table[i][column] != 0)?;
        table.swap(found, column);
        let mut pivot = std::mem::take(&mut table[column]);
        let scale = power_modulo(pivot[column], p - 2, p);
        pivot.iter_mut().for_each(|x| *x = *x * scale % p);
        for row in table.iter_mut().filter(|row| !row.is_empty() && row[column] != 0) {
            let factor = p - row[column];
            for (x, y) in row[column..].iter_mut().zip(&pivot[column..]) {
                *x = (*x + factor * y) % p;
            }
        }
        table[column] = pivot;
    }
    Some(table.into_iter().map(|row| row[n..].to_vec()).collect())
}

struct Lifting<'a, E: Entry> {
    rows: &'a [Vec<E>],
    prime: u64,
    inverse: Vec<Vec<u64>>,
    /// What the digits so far leave of the right-hand side, over the power of the prime.
    rest: Vec<E::Rest>,
    /// The digits of each unknown, the lowest first.
    digits: Vec<Vec<u64>>,
}

impl<'a, E: Entry> Lifting<'a, E> {
    fn new(rows: &'a [Vec<E>], prime: u64, inverse: Vec<Vec<u64>>) -> Self {
        let n = rows.len();
        let rest = rows.iter().map(|row| row[n].rest()).collect();
        Self { rows, prime, inverse, rest, digits: Vec::new() }
    }

    /// One more digit; `None` on overflow.
    fn step(&mut self) -> Option<()> {
        let p = self.prime;
        let rest: Vec<u64> = self.rest.iter().map(|x| E::residue_of(x, p)).collect();
        let digit = |row: &Vec<u64>| {
            let sum: u128 = row.iter().zip(&rest).map(|(a, b)| u128::from(a * b)).sum();
            (sum % u128::from(p)) as u64
        };
        let digits: Vec<u64> = self.inverse.iter().map(digit).collect();
        for (rest, row) in self.rest.iter_mut().zip(self.rows) {
            E::step(rest, row, &digits, p)?;
        }
        self.digits.push(digits);
        Some(())
    }

    /// Numerators over one denominator that agree with all digits, if short ones do.
    fn reconstruct(&self) -> Option<(Vec<BigInt>, BigInt)> {
        let modulus = BigInt::from(self.prime).pow(self.digits.len() as u32);
        let most: BigInt = (&modulus >> 1usize).sqrt();
        let mut den = BigInt::one();
        let mut found: Vec<(BigInt, BigInt)> = Vec::with_capacity(self.rows.len());
        for j in 0..self.rows.len() {
            let lifted = self.digits.iter().rev();
            let lifted =
                lifted.fold(BigInt::ZERO, |x, digit| x * self.prime + BigInt::from(digit[j]));
            let mut x = (lifted * &den).mod_floor(&modulus);
            if &x + &x > modulus {
                x -= &modulus;
            }
            if x.abs() > most {
                let (n, d) = fraction(&x.mod_floor(&modulus), &modulus, &most)?;
                den *= d;
                x = n;
            }
            if den.bits() > most.bits() {
                return None;
            }
            found.push((x, den.clone()));
        }
        Some((found.into_iter().map(|(x, own)| x * (&den / own)).collect(), den))
    }
}

/// The fraction `n / d` with `n = d x` modulo the modulus and both at most `most`, by Euclid's
/// algorithm stopped half way.
fn fraction(x: &BigInt, modulus: &BigInt, most: &BigInt) -> Option<(BigInt, BigInt)> {
    let (mut a, mut b) = (modulus.clone(), x.clone());
    let (mut s, mut t) = (BigInt::ZERO, BigInt::one());
    while b > *most {
        // Many divisions in one step, while none of them can go beyond half way.
        let limbs = |x: &BigInt| x.magnitude().to_u64_digits();
        let is_far = b.bits() > most.bits() + 64;
        if let Some(c) = is_far.then(|| cofactors(&limbs(&a), &limbs(&b))).flatten() {
            (a, b) = (&a * c[0] + &b * c[1], &a * c[2] + &b * c[3]);
            (s, t) = (&s * c[0] + &t * c[1], s * c[2] + t * c[3]);
            continue;
        }
        let (quotient, rest) = a.div_rem(&b);
        let next = s - &quotient * &t;
        (a, b) = (b, rest);
        (s, t) = (t, next);
    }
    if t.is_zero() || t.abs() > *most {
        return None;
    }
    Some(if t.sign() == Sign::Minus { (-b, -t) } else { (b, t) })
}

/// Whether the numerators over the denominator solve every row.
fn solves<E: Entry>(rows: &[Vec<E>], x: &[BigInt], den: &BigInt) -> bool {
    rows.iter().all(|row| {
        let (bound, row) = row.split_last().expect("a row has a right-hand side");
        let left = row.iter().zip(x).filter(|(a, _)| !a.is_zero());
        left.fold(BigInt::ZERO, |sum, (a, x)| sum + a.times(x)) == bound.times(den)
    })
}
