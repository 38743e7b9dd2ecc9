//! Polynomials: ring and division laws, square-free decomposition, Sturm counts against products
//! of known roots.

use super::support::{Small, check, panic_message};
use crease::analysis::polynomial::Polynomial;
use crease::exact::Rational;
use quickcheck::{Arbitrary, Gen, TestResult};

/// A polynomial of degree at most 5 with small fractions as coefficients.
#[derive(Clone, Debug)]
struct Any(Polynomial);

impl Arbitrary for Any {
    fn arbitrary(g: &mut Gen) -> Self {
        let len = usize::arbitrary(g) % 7;
        Self(Polynomial::new((0..len).map(|_| Small::arbitrary(g).0).collect()))
    }
}

/// A polynomial given by its roots: real ones with multiplicity, and pairs `x ± iy`.
#[derive(Clone, Debug)]
struct Recipe {
    scale: Rational,
    real: Vec<(Rational, usize)>,
    pairs: Vec<(Rational, Rational)>,
}

impl Arbitrary for Recipe {
    fn arbitrary(g: &mut Gen) -> Self {
        let mut real: Vec<(Rational, usize)> = Vec::new();
        for _ in 0..usize::arbitrary(g) % 4 {
            let (root, times) = (Small::arbitrary(g).0, 1 + usize::arbitrary(g) % 3);
            if real.iter().all(|(other, _)| *other != root) {
                real.push((root, times));
            }
        }
        real.sort();
        let pair = |g: &mut Gen| (Small::arbitrary(g).0, nonzero(g));
        let pairs = (0..usize::arbitrary(g) % 3).map(|_| pair(g)).collect();
        Self { scale: nonzero(g), real, pairs }
    }
}

fn nonzero(g: &mut Gen) -> Rational {
    let x = Small::arbitrary(g).0;
    if x.is_zero() { Rational::ONE } else { x }
}

impl Recipe {
    fn polynomial(&self) -> Polynomial {
        let linear = self.real.iter().map(|(x, k)| linear(x).pow(*k));
        let quadratic = self.pairs.iter().map(|(x, y)| pair(x, y));
        let factors: Vec<_> = linear.chain(quadratic).collect();
        Polynomial::product_of(&factors).scale(&self.scale)
    }

    fn real_roots(&self) -> usize {
        self.real.iter().map(|(_, k)| k).sum()
    }
}

fn linear(root: &Rational) -> Polynomial {
    Polynomial::new(vec![-root, Rational::ONE])
}

fn pair(x: &Rational, y: &Rational) -> Polynomial {
    Polynomial::new(vec![x * x + y * y, Rational::integer(-2) * x, Rational::ONE])
}

fn p(coefficients: &[i64]) -> Polynomial {
    Polynomial::from_integers(coefficients)
}

fn q(text: &str) -> Rational {
    text.parse().expect("an exact number")
}

#[test]
fn polynomials_form_a_commutative_ring() {
    fn law(Any(a): Any, Any(b): Any, Any(c): Any) -> bool {
        let one = Polynomial::constant(Rational::ONE);
        a.sum(&b) == b.sum(&a)
            && a.product(&b) == b.product(&a)
            && a.product(&b).product(&c) == a.product(&b.product(&c))
            && a.product(&b.sum(&c)) == a.product(&b).sum(&a.product(&c))
            && a.difference(&b).sum(&b) == a
            && a.difference(&a).is_zero()
            && a.product(&one) == a
            && Polynomial::product_of([&a, &b, &c]) == a.product(&b).product(&c)
    }
    check(law as fn(_, _, _) -> _);
}

#[test]
fn evaluation_is_a_ring_homomorphism() {
    fn law(Any(a): Any, Any(b): Any, Small(x): Small, Small(y): Small) -> bool {
        a.sum(&b).eval(&x) == a.eval(&x) + b.eval(&x)
            && a.product(&b).eval(&x) == a.eval(&x) * b.eval(&x)
            && a.scale(&y).eval(&x) == a.eval(&x) * &y
    }
    check(law as fn(_, _, _, _) -> _);
}

#[test]
fn degrees_add_and_the_zero_polynomial_has_none() {
    fn law(Any(a): Any, Any(b): Any) -> bool {
        let expected = a.degree().zip(b.degree()).map(|(m, n)| m + n);
        a.product(&b).degree() == expected
    }
    check(law as fn(_, _) -> _);
    assert_eq!(p(&[0, 0]).degree(), None);
    assert_eq!(p(&[0, 0]), Polynomial::zero());
    assert_eq!(p(&[5]).degree(), Some(0));
    assert_eq!(p(&[1, 2, 0]).coefficients(), [q("1"), q("2")]);
    assert_eq!(p(&[0, 3]).pow(0), p(&[1]));
    assert_eq!(p(&[1, 1]).pow(3), p(&[1, 3, 3, 1]));
}

#[test]
fn the_derivative_obeys_the_product_rule() {
    fn law(Any(a): Any, Any(b): Any) -> bool {
        let expected = a.derivative().product(&b).sum(&a.product(&b.derivative()));
        a.product(&b).derivative() == expected
    }
    check(law as fn(_, _) -> _);
    assert_eq!(p(&[7, 5, 3, 2]).derivative(), p(&[5, 6, 6]));
    assert!(p(&[7]).derivative().is_zero());
}

#[test]
fn division_leaves_a_remainder_of_smaller_degree() {
    fn law(Any(a): Any, Any(b): Any) -> TestResult {
        if b.is_zero() {
            return TestResult::discard();
        }
        let (quotient, rest) = a.div_rem(&b);
        let identity = quotient.product(&b).sum(&rest) == a;
        TestResult::from_bool(identity && rest.degree() < b.degree())
    }
    check(law as fn(_, _) -> _);
    assert_eq!(p(&[-1, 0, 0, 1]).div_rem(&p(&[-1, 1])), (p(&[1, 1, 1]), p(&[])));
    assert_eq!(p(&[1, 2]).div_rem(&p(&[0, 0, 4])), (p(&[]), p(&[1, 2])));
}

#[test]
fn the_gcd_divides_both_and_contains_every_common_factor() {
    fn law(Any(a): Any, Any(b): Any, Any(common): Any) -> bool {
        let (a, b) = (a.product(&common), b.product(&common));
        let g = a.gcd(&b);
        if a.is_zero() && b.is_zero() {
            return g.is_zero();
        }
        let divides = |d: &Polynomial, p: &Polynomial| p.div_rem(d).1.is_zero();
        divides(&g, &a) && divides(&g, &b) && divides(&common, &g) && g.leading() == Rational::ONE
    }
    check(law as fn(_, _, _) -> _);
    assert_eq!(p(&[-2, 0, 2]).gcd(&p(&[3, 6, 3])), p(&[1, 1]));
    assert_eq!(p(&[6]).gcd(&p(&[4])), p(&[1]));
    assert_eq!(p(&[]).gcd(&p(&[0, -2])), p(&[0, 1]));
}

#[test]
fn the_square_free_decomposition_multiplies_back() {
    fn law(recipe: Recipe) -> bool {
        let whole = recipe.polynomial();
        let parts = whole.square_free();
        let product =
            parts.iter().fold(Polynomial::constant(whole.leading()), |product, (a, k)| {
                product.product(&a.pow(*k))
            });
        let simple = parts.iter().all(|(a, _)| {
            a.leading() == Rational::ONE
                && a.degree() > Some(0)
                && a.gcd(&a.derivative()) == p(&[1])
        });
        let ascending = parts.windows(2).all(|pair| pair[0].1 < pair[1].1);
        product == whole && simple && ascending
    }
    check(law as fn(_) -> _);
}

#[test]
fn the_square_free_decomposition_of_pinned_polynomials() {
    // 6 (z - 1) (z^2 + 1)^2 (z + 2)^4, and the cases without roots.
    let linear = p(&[-1, 1]);
    let whole = linear.product(&p(&[1, 0, 1]).pow(2)).product(&p(&[2, 1]).pow(4)).scale(&q("6"));
    let expected = vec![(linear, 1), (p(&[1, 0, 1]), 2), (p(&[2, 1]), 4)];
    assert_eq!(whole.square_free(), expected);
    assert_eq!((whole.real_roots(), whole.conjugate_pairs()), (5, 2));
    assert!(p(&[]).square_free().is_empty());
    assert!(p(&[-3]).square_free().is_empty());
    assert_eq!(p(&[0, 0, -3]).square_free(), vec![(p(&[0, 1]), 2)]);
}

#[test]
fn sturm_counts_the_roots_of_a_recipe() {
    fn law(recipe: Recipe) -> bool {
        let whole = recipe.polynomial();
        whole.real_roots() == recipe.real_roots()
            && whole.distinct_real_roots() == recipe.real.len()
            && whole.conjugate_pairs() == recipe.pairs.len()
    }
    check(law as fn(_) -> _);
}

#[test]
fn an_interval_count_includes_its_upper_end_and_not_its_lower() {
    fn law(recipe: Recipe, Small(a): Small, Small(b): Small) -> bool {
        let expected = recipe.real.iter().filter(|(x, _)| a < *x && *x <= b).count();
        recipe.polynomial().distinct_real_roots_in(&a, &b) == expected
    }
    check(law as fn(_, _, _) -> _);
    let square = p(&[-4, 0, 1]);
    let count = |lo: &str, hi: &str| square.distinct_real_roots_in(&q(lo), &q(hi));
    assert_eq!((count("-2", "2"), count("-3", "2"), count("-2", "1")), (1, 2, 0));
    assert_eq!((count("2", "2"), count("2", "-3"), count("-3", "-2")), (0, 0, 1));
}

#[test]
fn isolation_encloses_each_root_of_a_recipe_once() {
    fn law(recipe: Recipe, Small(w): Small) -> bool {
        let width = w.abs() + q("1/1000");
        let roots = recipe.polynomial().isolate_real_roots(&width);
        roots.len() == recipe.real.len()
            && roots.iter().zip(&recipe.real).all(|(root, (x, k))| {
                let (lo, hi) = (root.enclosure.lo(), root.enclosure.hi());
                let inside = recipe.real.iter().filter(|(x, _)| lo <= x && x <= hi).count();
                lo <= x
                    && x <= hi
                    && inside == 1
                    && (hi - lo) <= width
                    && root.multiplicity == *k
                    && (lo == hi || (lo < x && x < hi))
            })
    }
    check(law as fn(_, _) -> _);
}

#[test]
fn isolation_reaches_any_width_at_an_irrational_root() {
    let width = Rational::integer(2).pow(-200);
    let roots = p(&[-2, 0, 1]).pow(3).isolate_real_roots(&width);
    assert_eq!(roots.iter().map(|r| r.multiplicity).collect::<Vec<_>>(), [3, 3]);
    let (lo, hi) = (roots[1].enclosure.lo(), roots[1].enclosure.hi());
    let two = q("2");
    assert!(lo * lo < two && two < hi * hi && hi - lo <= width && lo.is_positive());
    assert_eq!(roots[0].enclosure.hi(), &-lo);
}

#[test]
fn polynomials_without_real_roots_are_counted_as_such() {
    for (coefficients, pairs) in [(&[5][..], 0), (&[1, 0, 1], 1), (&[36, 0, 49, 0, 14, 0, 1], 3)] {
        let w = p(coefficients);
        assert_eq!((w.real_roots(), w.distinct_real_roots(), w.conjugate_pairs()), (0, 0, pairs));
        assert!(w.isolate_real_roots(&Rational::ONE).is_empty());
    }
    // Coefficients of one bit under a leading one of many: the root bound must still hold.
    assert_eq!(p(&[-1, 0, 1 << 40]).isolate_real_roots(&q("1/64")).len(), 2);
    assert_eq!(p(&[-(1 << 40), 0, 1]).isolate_real_roots(&q("1/64")).len(), 2);
}

#[test]
fn wilkinson_has_twenty_roots_and_a_small_push_loses_ten() {
    let factors: Vec<_> = (1..=20).map(|k| linear(&Rational::integer(k))).collect();
    let whole = Polynomial::product_of(&factors);
    assert_eq!(whole.real_roots(), 20);
    let mut push = vec![Rational::ZERO; 19];
    push.push(Rational::integer(2).pow(-23));
    let pushed = whole.difference(&Polynomial::new(push));
    assert_eq!((pushed.real_roots(), pushed.conjugate_pairs()), (10, 5));
}

#[test]
fn what_has_no_answer_is_refused_in_words() {
    let zero = panic_message(|| p(&[]).real_roots());
    assert!(zero.starts_with("the zero polynomial vanishes everywhere"), "{zero}");
    for refused in [
        panic_message(|| p(&[]).distinct_real_roots()),
        panic_message(|| p(&[]).distinct_real_roots_in(&q("0"), &q("1"))),
        panic_message(|| p(&[]).isolate_real_roots(&q("1"))),
    ] {
        assert_eq!(refused, zero);
    }
    let width = panic_message(|| p(&[0, 1]).isolate_real_roots(&q("0")));
    assert_eq!(width, "roots are isolated to a positive width, not 0");
    let divisor = panic_message(|| p(&[0, 1]).div_rem(&p(&[])));
    assert_eq!(divisor, "the divisor is not the zero polynomial");
}

#[test]
fn rational_roots_are_told_from_irrational_ones() {
    fn law(recipe: Recipe) -> bool {
        let with_root_two = recipe.polynomial().product(&p(&[-2, 0, 1]));
        with_root_two.rational_roots() == recipe.real.len()
    }
    check(law as fn(_) -> _);
    let cases = [(&[-2, 0, 0, 1][..], 0), (&[8, 0, 0, 1], 1), (&[1, -5, 6], 2), (&[7], 0)];
    for (coefficients, count) in cases {
        assert_eq!(p(coefficients).rational_roots(), count, "{coefficients:?}");
    }
    // The root 2/3 next to an irrational one less than 1/100 away.
    assert_eq!(p(&[-2, 3]).product(&p(&[-4001, 0, 9000])).rational_roots(), 1);
}

#[test]
fn close_and_extreme_real_roots_are_counted() {
    // Roots that words cannot tell apart are left to Sturm's theorem.
    let close = p(&[-1, 0, 1 << 40]).product(&p(&[-1, 0, (1 << 40) + 1]));
    assert_eq!((close.real_roots(), close.conjugate_pairs()), (4, 0));
    let apart = p(&[1 << 40, -1, 0, 1 << 10]).product(&p(&[1, 1 << 50]));
    assert_eq!((apart.real_roots(), apart.conjugate_pairs()), (2, 1));
    // At the ends of the unit interval, where the two halves of the count meet.
    let ends = p(&[-1, 0, 1]).product(&p(&[0, 2, 5, 2])).product(&p(&[1, 0, 1]));
    assert_eq!((ends.real_roots(), ends.distinct_real_roots()), (5, 5));
    assert_eq!(ends.product(&p(&[-1, 1])).distinct_real_roots(), 5);
}

#[test]
fn a_degree_of_several_hundred_has_as_many_real_roots_as_sturm_counts() {
    // 1 + z + .. + z^n has the root -1 for odd n and no other real one.
    for n in [299usize, 300] {
        let w = Polynomial::new(vec![Rational::ONE; n + 1]);
        assert_eq!((w.real_roots(), w.conjugate_pairs()), (n % 2, n / 2));
    }
}

#[test]
fn polishing_finds_all_places_of_a_pair_and_of_real_roots() {
    // (z^2 - 2)(z^2 + 1), proposed to one decimal.
    let w = p(&[-2, 0, -1, 0, 1]);
    let proposed = [("1.4", "0"), ("-1.4", "0.1"), ("0.1", "1.1"), ("0", "-0.9")];
    let proposed = proposed.map(|(re, im)| (q(re), q(im)));
    let found = w.polish_roots(&proposed, 120);
    let near = |x: &Rational| x.abs() < Rational::integer(2).pow(-110);
    assert!(near(&(&found[0].0 * &found[0].0 - q("2"))) && near(&found[0].1));
    assert!(near(&(&found[0].0 + &found[1].0)) && near(&found[1].1));
    assert!(near(&found[2].0) && near(&(&found[2].1 - q("1"))));
    assert!(near(&found[3].0) && near(&(&found[3].1 + q("1"))));
    // Coinciding proposals cost nothing but speed.
    assert_eq!(w.polish_roots(&[(q("1.4"), q("0")), (q("1.4"), q("0"))], 40).len(), 2);
}
