//! Factorizations: as many filters as promised, as short as promised, and an honest residual.

use super::support::{Small, check};
use crease::analysis::polynomial::Polynomial;
use crease::construct::factor::{
    FactorError, Factorization, factor, factor_into, minimal_filter_count,
};
use crease::exact::Rational;
use quickcheck::{Arbitrary, Gen};

/// The residual asked for is at most `2^-BITS`.
const BITS: u32 = 100;

/// Real roots and pairs `x ± iy`, repeats allowed, a leading coefficient, and the length `s >= 2`.
#[derive(Clone, Debug)]
struct Recipe {
    real: Vec<Rational>,
    pairs: Vec<(Rational, Rational)>,
    leading: Rational,
    s: usize,
}

impl Arbitrary for Recipe {
    fn arbitrary(g: &mut Gen) -> Self {
        let nonzero = |x: Rational| if x.is_zero() { Rational::ONE } else { x };
        let real = (0..usize::arbitrary(g) % 5).map(|_| Small::arbitrary(g).0).collect();
        let pair = |g: &mut Gen| (Small::arbitrary(g).0, nonzero(Small::arbitrary(g).0));
        let pairs = (0..usize::arbitrary(g) % 4).map(|_| pair(g)).collect();
        let leading = nonzero(Small::arbitrary(g).0);
        Self { real, pairs, leading, s: 2 + usize::arbitrary(g) % 4 }
    }
}

impl Recipe {
    fn polynomial(&self) -> Polynomial {
        let linear = self.real.iter().map(|x| Polynomial::new(vec![-x, Rational::ONE]));
        let quadratic = self.pairs.iter().map(|(x, y)| {
            Polynomial::new(vec![x * x + y * y, Rational::integer(-2) * x, Rational::ONE])
        });
        let factors: Vec<_> = linear.chain(quadratic).collect();
        Polynomial::product_of(&factors).scale(&self.leading)
    }
}

fn p(coefficients: &[i64]) -> Polynomial {
    Polynomial::from_integers(coefficients)
}

/// The convolution, written out, so that the residual is not believed.
fn convolve(filters: &[Vec<Rational>]) -> Vec<Rational> {
    filters.iter().fold(vec![Rational::ONE], |product, taps| {
        let mut out = vec![Rational::ZERO; product.len() + taps.len() - 1];
        for (i, a) in product.iter().enumerate() {
            for (j, b) in taps.iter().enumerate() {
                out[i + j] += a * b;
            }
        }
        out
    })
}

fn is_a_factorization(found: &Factorization, target: &Polynomial, s: usize, bits: u32) -> bool {
    let product = Polynomial::new(convolve(&found.filters));
    let residual = target.difference(&product);
    let norm: Rational = residual.coefficients().iter().map(Rational::abs).sum();
    residual.coefficients() == found.residual
        && norm == found.residual_norm()
        && norm <= Rational::integer(2).pow(-(bits as i32))
        && found.filters.iter().all(|taps| (1..=s + 1).contains(&taps.len()))
        && Some(found.filters.len()) == minimal_filter_count(target, s)
}

#[test]
fn filters_of_a_recipe_multiply_back_to_it() {
    fn law(recipe: Recipe) -> bool {
        let target = recipe.polynomial();
        let found = factor(&target, recipe.s, BITS).expect("s >= 2 is always enough");
        is_a_factorization(&found, &target, recipe.s, BITS)
    }
    check(law as fn(_) -> _);
}

#[test]
fn too_few_filters_are_refused_and_enough_are_built() {
    let pairs = p(&[36, 0, 49, 0, 14, 0, 1]);
    assert_eq!(factor_into(&pairs, 3, 2, BITS), Ok(None), "each cubic holds one pair");
    assert_eq!(factor_into(&p(&[1, 0, 1]), 1, 9, BITS), Ok(None), "no line holds a pair");
    let built = factor_into(&pairs, 3, 3, BITS).expect("three pairs are proposed well");
    let built = built.expect("three cubics are enough");
    assert!(is_a_factorization(&built, &pairs, 3, BITS) && built.is_within(BITS));
}

#[test]
fn the_hard_and_the_degenerate_targets_are_factored() {
    let binomial = p(&[1, 1]).pow(30);
    let wilkinson: Vec<_> = (1..=20).map(|k| p(&[-k, 1])).collect();
    let cyclotomic = |m: usize| {
        let mut taps = vec![Rational::ZERO; m + 1];
        (taps[0], taps[m]) = (Rational::ONE, Rational::ONE);
        Polynomial::new(taps)
    };
    let tiny = p(&[1, 2, 3, 4, 5]).scale(&Rational::integer(2).pow(-90));
    let close = p(&[-2, 0, 1]).product(&p(&[-2_000_001, 0, 1_000_000]));
    for target in [
        cyclotomic(7),
        cyclotomic(30),
        p(&[1; 31]),
        p(&[0, 0, 0, 5]),
        p(&[1, 0, 2, 0, 1]).pow(3),
        Polynomial::product_of(&wilkinson),
        binomial,
        tiny,
        close,
        p(&[-2, 0, 0, 1]),
        p(&[1 << 40, 3, 1]),
        p(&[1, 3, 1 << 40]),
        p(&[7, 1]),
    ] {
        for s in [2, 3, 5, 40] {
            let found = factor(&target, s, BITS).expect("s >= 2 is always enough");
            assert!(is_a_factorization(&found, &target, s, BITS), "{target:?} with s = {s}");
        }
    }
}

#[test]
fn a_long_filter_is_factored_and_its_certificate_stands() {
    let taps = (0..=160i64).map(|i| Rational::new((i * i * 37 + 11) % 61 - 30, 1 + i % 7));
    let target = Polynomial::new(taps.collect());
    for s in [2, 3] {
        let found = factor(&target, s, BITS).expect("s >= 2 is always enough");
        assert!(is_a_factorization(&found, &target, s, BITS));
        let text = found.certificate("a/b", target.coefficients(), s);
        let line = text.lines().find_map(|line| line.strip_prefix("residual ")).expect("a line");
        // Stated above the truth and in few digits.
        let stated: Rational = q(line);
        assert!(stated.bits() <= 256 && found.residual_norm() <= stated);
        assert!(stated < found.residual_norm() * Rational::integer(4));
        let accepted = crease_recheck::check(&text);
        assert!(accepted.is_ok(), "{accepted:?}");
    }
}

#[test]
fn a_factorization_of_degree_300_is_certified() {
    let taps = (0..=300i64).map(|i| Rational::new((i * i * 37 + 11) % 101 - 50, 1 + i % 11));
    let target = Polynomial::new(taps.collect());
    let found = factor(&target, 2, BITS).expect("s = 2");
    assert!(found.residual_norm() <= Rational::integer(2).pow(-100));
    let longest = found.filters.iter().flatten().map(Rational::bits).max().expect("taps");
    assert!(longest <= 140, "{longest} bits");
    let text = found.certificate("a/b", target.coefficients(), 2);
    let accepted = crease_recheck::check(&text);
    assert!(accepted.is_ok(), "{accepted:?}");
    // Half of the residual is not proved, and that is settled with few places.
    let line = text.lines().find(|line| line.starts_with("residual ")).expect("a line");
    let denied = text.replace(line, &format!("{line}000"));
    let refused = crease_recheck::check(&denied).expect_err("too good");
    assert!(refused.to_string().contains("expected a residual of at least"), "{refused}");
}

#[test]
fn roots_of_very_different_sizes_are_factored() {
    let roots = [-40i32, -12, -3, 0, 5, 30].map(|k| Rational::integer(2).pow(k));
    let factors = roots.map(|r| Polynomial::new(vec![r, Rational::ZERO, Rational::ONE]));
    let target = Polynomial::product_of(&factors).product(&p(&[1 << 40, 3, 1]));
    for s in [2, 3, 4] {
        let found = factor(&target, s, BITS).expect("s >= 2 is always enough");
        assert!(is_a_factorization(&found, &target, s, BITS));
    }
}

#[test]
fn a_constant_is_one_filter_and_so_is_zero() {
    for c in [0, 1, -7] {
        let found = factor(&p(&[c]), 3, BITS).expect("one filter");
        assert_eq!((found.filters, found.residual), (vec![vec![c.into()]], vec![]));
        assert_eq!([0, 1, 2].map(|s| minimal_filter_count(&p(&[c]), s)), [Some(1); 3]);
    }
}

#[test]
fn the_least_number_of_filters_of_pinned_targets() {
    // Three pairs: two fit a filter of degree 4 or 5, one a filter of degree 2 or 3.
    let pairs = p(&[1, 0, 1]).product(&p(&[4, 0, 1])).product(&p(&[9, 0, 1]));
    let count = |w: &Polynomial| [0, 1, 2, 3, 4, 5, 6, 7].map(|s| minimal_filter_count(w, s));
    let row = |least: [usize; 8]| least.map(|n| (n > 0).then_some(n));
    assert_eq!(count(&pairs), row([0, 0, 3, 3, 2, 2, 1, 1]));
    assert_eq!(count(&p(&[1, 1]).pow(7)), row([0, 7, 4, 3, 2, 2, 2, 1]));
    assert_eq!(count(&pairs.product(&p(&[0, 1]))), row([0, 0, 4, 3, 2, 2, 2, 1]));
    assert_eq!(count(&p(&[1, 0, 1]).pow(3)), row([0, 0, 3, 3, 2, 2, 1, 1]));
}

#[test]
fn filters_too_short_for_a_pair_are_refused() {
    let refused = factor(&p(&[1, 0, 1]), 1, BITS);
    assert_eq!(refused, Err(FactorError::TooShort { degree: 1, pairs: 1 }));
    let refused = factor(&p(&[1, 1]), 0, BITS).unwrap_err();
    assert_eq!(refused, FactorError::TooShort { degree: 0, pairs: 0 });
    assert!(factor(&p(&[-1, 0, 1]), 1, BITS).is_ok());
}

#[test]
fn rational_roots_with_short_fractions_leave_no_residual() {
    let target = p(&[-3, 2]).product(&p(&[1, 0, 4])).product(&p(&[5, 1]));
    let found = factor(&target, 2, BITS).expect("s = 2");
    assert!(found.residual.is_empty() && found.residual_norm().is_zero());
}

#[test]
fn a_given_list_of_filters_has_its_exact_residual() {
    let filters = vec![vec![1.into(), 1.into()], vec![1.into(), Rational::integer(-1)]];
    let found = Factorization::of(&p(&[2, 0, 3]), filters);
    assert_eq!(found.residual, [Rational::ONE, Rational::ZERO, 4.into()]);
    assert_eq!(found.residual_norm(), 5.into());
}

#[test]
fn the_certificate_states_target_length_count_and_residual() {
    let target = p(&[-1, 0, 2]);
    let filters = vec![vec![1.into(), 1.into()], vec![Rational::integer(-1), q("3/2")]];
    let text = Factorization::of(&target, filters).certificate("a/b", target.coefficients(), 1);
    let expected = "certificate 1 factorization\nclaim a/b\ntarget -1 0 2\nlength 1\nfilters 2\n\
                    residual 1\nproof\nfilter 1 1\nfilter -1 3/2\nend\n";
    assert_eq!(text, expected);
}

fn q(text: &str) -> Rational {
    text.parse().expect("an exact number")
}

#[test]
fn the_independent_checker_accepts_what_the_construction_writes() {
    for (target, s) in [(p(&[-2, 0, 0, 1]), 2), (p(&[1; 12]), 3), (p(&[0]), 2), (p(&[-7]), 1)] {
        let found = factor(&target, s, BITS).expect("room for every factor");
        let taps = target.coefficients();
        let taps = if taps.is_empty() { &[Rational::ZERO][..] } else { taps };
        let accepted = crease_recheck::check(&found.certificate("a/b", taps, s));
        assert!(accepted.is_ok(), "{accepted:?}");
    }
}
