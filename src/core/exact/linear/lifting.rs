//! Regular systems digit by digit: modulo a prime, then modulo its powers.
//!
//! Source: J. D. Dixon, "Exact solution of linear equations using p-adic expansions", *Numerische
//! Mathematik* 40 (1982).

use crate::exact::Rational;
use crate::exact::integer::{Entries, IntegerRow};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// Primes just below `2^31`, one of which divides no determinant that is not made for it.
const PRIMES: [u64; 3] = [2_147_483_647, 2_147_483_629, 2_147_483_587];

/// The solution of a square system `[A | b]` in machine words that is regular modulo one of the
/// primes; `None` where it is not.
///
/// Cost: `n^3` word operations for an inverse modulo the prime, and `n^2` for each 31 bits of the
/// solution. The solution is put into the system before it is returned.
pub(super) fn solution(augmented: &[IntegerRow]) -> Option<Vec<Rational>> {
    let words = |row: &IntegerRow| match &row.entries {
        // So small that a sum over a row stays inside two words.
        Entries::Words(words) if words.iter().all(|x| x.unsigned_abs() < 1 << 62) => {
            Some(words.clone())
        }
        _ => None,
    };
    let rows: Vec<Vec<i64>> = augmented.iter().map(words).collect::<Option<_>>()?;
    let (prime, inverse) = PRIMES.iter().find_map(|&p| Some((p, inverse(&rows, p)?)))?;
    let mut lifting = Lifting::new(&rows, prime, inverse);
    // More digits than the numbers of Cramer's rule have are not needed.
    let bits: f64 = rows.iter().map(|row| row_bits(row)).sum();
    let most = (2.0 * bits / 30.9) as usize + 3;
    let mut digits = 16.min(most);
    loop {
        while lifting.digits.len() < digits {
            lifting.step()?;
        }
        let found = lifting.reconstruct().filter(|(x, den)| solves(&rows, x, den));
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
fn row_bits(row: &[i64]) -> f64 {
    let sum: f64 = row.iter().map(|x| (*x as f64) * (*x as f64)).sum();
    0.5 * (sum + 2.0).log2() + 0.01
}

fn residue(x: i128, p: u64) -> u64 {
    x.rem_euclid(i128::from(p)) as u64
}

/// The inverse of the left part modulo `p`; `None` if it has none.
fn inverse(rows: &[Vec<i64>], p: u64) -> Option<Vec<Vec<u64>>> {
    let n = rows.len();
    let mut table: Vec<Vec<u64>> = Vec::with_capacity(n);
    for (i, row) in rows.iter().enumerate() {
        let left = row[..n].iter().map(|x| residue((*x).into(), p));
        table.push(left.chain((0..n).map(|j| u64::from(i == j))).collect());
    }
    for column in 0..n {
        let found = (column..n).find(|&i| table[i][column] != 0)?;
        table.swap(found, column);
        let mut pivot = std::mem::take(&mut table[column]);
        let scale = super::elimination::power(pivot[column], p - 2, p);
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

struct Lifting<'a> {
    rows: &'a [Vec<i64>],
    prime: u64,
    inverse: Vec<Vec<u64>>,
    /// What the digits so far leave of the right-hand side, over the power of the prime.
    rest: Vec<i128>,
    /// The digits of each unknown, the lowest first.
    digits: Vec<Vec<u64>>,
}

impl<'a> Lifting<'a> {
    fn new(rows: &'a [Vec<i64>], prime: u64, inverse: Vec<Vec<u64>>) -> Self {
        let n = rows.len();
        let rest = rows.iter().map(|row| row[n].into()).collect();
        Self { rows, prime, inverse, rest, digits: Vec::new() }
    }

    /// One more digit; `None` on overflow.
    fn step(&mut self) -> Option<()> {
        let p = self.prime;
        let rest: Vec<u64> = self.rest.iter().map(|x| residue(*x, p)).collect();
        let digit = |row: &Vec<u64>| {
            let sum: u128 = row.iter().zip(&rest).map(|(a, b)| u128::from(a * b)).sum();
            (sum % u128::from(p)) as u64
        };
        let digits: Vec<u64> = self.inverse.iter().map(digit).collect();
        for (rest, row) in self.rest.iter_mut().zip(self.rows) {
            let mut sum = *rest;
            for (a, x) in row.iter().zip(&digits) {
                sum = sum.checked_sub(i128::from(*a) * i128::from(*x))?;
            }
            *rest = sum / i128::from(p);
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
fn solves(rows: &[Vec<i64>], x: &[BigInt], den: &BigInt) -> bool {
    rows.iter().all(|row| {
        let (bound, row) = row.split_last().expect("a row has a right-hand side");
        let left = row.iter().zip(x).filter(|(a, _)| **a != 0);
        left.fold(BigInt::ZERO, |sum, (a, x)| sum + x * *a) == den * *bound
    })
}
