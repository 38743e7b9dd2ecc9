//! Long filters as products of short ones, against the eigenvalues of the companion matrix.
//!
//! `cargo bench -p crease-benches --bench factor -- <largest degree>`. Ours ends with an exact
//! residual and a certificate, which the independent checker then reads. Eigenvalues are floats
//! without a bound: what quadratics made of them leave is computed here, exactly.

mod stream;

use crease::analysis::polynomial::Polynomial;
use crease::construct::factor::{Factorization, factor};
use crease::exact::Rational;
use crease::exact::float::{dyadic, nearest};
use crease_recheck::check;
use nalgebra::{Complex, DMatrix};
use std::time::{Duration, Instant};
use stream::Stream;

/// The residual asked for is at most `2^-BITS`.
const BITS: u32 = 100;

fn main() {
    let degree = |word: String| word.parse::<usize>().ok();
    let largest = std::env::args().filter_map(degree).next().unwrap_or(1000);
    println!(
        "degree  s  filters  seconds  residual  checked in  KiB   companion: seconds  residual"
    );
    for n in [30, 100, 300, 1000].into_iter().filter(|n| *n <= largest) {
        let target = random(n);
        for s in [2, 3] {
            let (time, found) = timed(|| factor(&target, s, BITS).expect("s >= 2 is enough"));
            let residual = power_of_two(&found.residual_norm());
            let text = found.certificate("a/b", target.coefficients(), s);
            let (checked, accepted) = timed(|| check(&text));
            accepted.expect("the certificate is true");
            print!(
                "{n:6}  {s}  {:7}  {:7.3}  {residual:8}  {:10.3}  {:3}",
                found.filters.len(),
                time.as_secs_f64(),
                checked.as_secs_f64(),
                text.len() / 1024
            );
            if s == 2 {
                let (time, filters) = timed(|| from_eigenvalues(&target));
                let left = Factorization::of(&target, filters).residual_norm();
                print!("   {:18.3}  {}", time.as_secs_f64(), power_of_two(&left));
            }
            println!();
        }
    }
}

/// Numerators up to 100 and denominators up to 12.
fn random(degree: usize) -> Polynomial {
    let mut stream = Stream(degree as u64);
    let mut tap = || Rational::new(stream.within(100), 1 + (stream.word() % 12) as i64);
    let mut taps: Vec<_> = (0..=degree).map(|_| tap()).collect();
    taps[degree] = Rational::ONE;
    Polynomial::new(taps)
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let value = work();
    (start.elapsed(), value)
}

/// The power of two at or above a positive number.
fn power_of_two(x: &Rational) -> String {
    let exact = (-2000..2000).find(|k| *x <= Rational::integer(2).pow(*k));
    exact.map_or("beyond".to_owned(), |k| format!("2^{k}"))
}

/// What a user would do: roots by the QR algorithm, a quadratic for each pair.
fn from_eigenvalues(target: &Polynomial) -> Vec<Vec<Rational>> {
    let taps: Vec<f64> = target.coefficients().iter().map(nearest).collect();
    let n = taps.len() - 1;
    let companion = DMatrix::from_fn(n, n, |i, j| match j + 1 == n {
        true => -taps[i] / taps[n],
        false => f64::from(u8::from(i == j + 1)),
    });
    let roots: Vec<Complex<f64>> = companion.complex_eigenvalues().iter().copied().collect();
    let tap = |x: f64| dyadic(x).expect("a finite eigenvalue");
    let pairs = roots.iter().filter(|z| z.im > 0.0);
    let pairs = pairs.map(|z| vec![tap(z.norm_sqr()), tap(-2.0 * z.re), Rational::ONE]);
    let real = roots.iter().filter(|z| z.im == 0.0).map(|z| vec![tap(-z.re), Rational::ONE]);
    let mut filters: Vec<_> = pairs.chain(real).collect();
    filters[0].iter_mut().for_each(|tap| *tap *= &target.leading());
    filters
}
