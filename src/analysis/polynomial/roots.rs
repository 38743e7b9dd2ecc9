//! Where the roots are: multiplicities by Yun's algorithm, counts by Sturm's theorem, isolation by
//! bisection. Nothing here is approximate.

use super::{Integral, Polynomial, exclusion};
use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;
use num_bigint::BigInt;

/// One real root of a polynomial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RealRoot {
    /// The root, and no other root of the polynomial, lies in this closed interval; its ends are
    /// no roots unless it is a single point.
    pub enclosure: Enclosure,
    /// How often the root occurs, at least once.
    pub multiplicity: usize,
}

impl Polynomial {
    /// The square-free decomposition: monic factors `a`, each with its multiplicity `k`, in
    /// ascending order of multiplicity; constants and zero have none.
    ///
    /// Law: this is `leading() * prod a^k`; the factors have positive degree, no multiple roots and
    /// no common root. Source: Yun, *On square-free decomposition algorithms*, 1976.
    pub fn square_free(&self) -> Vec<(Self, usize)> {
        let parts = square_free(&self.integral().1).into_iter();
        parts.map(|(a, k)| (Self::from_integral(a).monic(), k)).collect()
    }

    /// The number of real roots, each counted as often as it occurs.
    ///
    /// Panics on the zero polynomial, which vanishes everywhere.
    pub fn real_roots(&self) -> usize {
        self.assert_not_zero();
        let parts = square_free(&self.integral().1).into_iter();
        parts.map(|(a, k)| k * count(a)).sum()
    }

    /// The number of conjugate pairs of roots that are not real, with multiplicity.
    ///
    /// Law: `real_roots() + 2 * conjugate_pairs()` is the degree. Panics on the zero polynomial.
    pub fn conjugate_pairs(&self) -> usize {
        let real = self.real_roots();
        (self.degree().expect("real_roots has refused zero") - real) / 2
    }

    /// The number of different real roots. Panics on the zero polynomial.
    pub fn distinct_real_roots(&self) -> usize {
        self.assert_not_zero();
        square_free(&self.integral().1).into_iter().map(|(a, _)| count(a)).sum()
    }

    /// The number of different real roots in the half-open interval `lo < z <= hi`; none when
    /// `lo >= hi`. Panics on the zero polynomial.
    ///
    /// Law: additive over adjacent intervals. Source: Sturm's theorem.
    pub fn distinct_real_roots_in(&self, lo: &Rational, hi: &Rational) -> usize {
        let chain = self.chain();
        if lo < hi { chain.count_in(lo, hi) } else { 0 }
    }

    /// The different real roots in ascending order, each enclosed to the given width.
    ///
    /// Cost: one Sturm count for each bisection until roots are apart, one sign after that.
    /// Panics on the zero polynomial and on a width that is not positive.
    pub fn isolate_real_roots(&self, width: &Rational) -> Vec<RealRoot> {
        assert!(width.is_positive(), "roots are isolated to a positive width, not {width}");
        self.assert_not_zero();
        let parts: Vec<_> = square_free(&self.integral().1)
            .into_iter()
            .map(|(a, k)| (Chain::of_square_free(a), k))
            .collect();
        let chain = self.chain();
        let bound = chain.root_bound();
        let mut found = Vec::new();
        let mut open = vec![(-&bound, bound, chain.count_all())];
        while let Some((lo, hi, count)) = open.pop() {
            if count <= 1 {
                found.extend((count == 1).then(|| chain.refine(lo, hi, width)));
                continue;
            }
            let middle = midpoint(&lo, &hi);
            let left = chain.count_in(&lo, &middle);
            // The left half is pushed last, so it is taken first and roots come out in order.
            open.push((middle.clone(), hi, count - left));
            open.push((lo, middle, left));
        }
        found
            .into_iter()
            .map(|enclosure| RealRoot { multiplicity: multiplicity(&parts, &enclosure), enclosure })
            .collect()
    }

    /// The number of different rational roots. Panics on the zero polynomial.
    ///
    /// A rational root of a polynomial with integer coefficients is an integer over the leading
    /// one, so an enclosure narrower than that spacing leaves one candidate for each real root.
    pub fn rational_roots(&self) -> usize {
        self.assert_not_zero();
        let lead = Self::from_integral(self.integral().1).leading().abs();
        let roots = self.isolate_real_roots(&(&lead * Rational::integer(2)).recip());
        let is_rational = |root: &&RealRoot| {
            let candidate = (root.enclosure.hi() * &lead).floor() / &lead;
            root.enclosure.contains(&candidate) && self.eval(&candidate).is_zero()
        };
        roots.iter().filter(is_rational).count()
    }

    fn chain(&self) -> Chain {
        self.assert_not_zero();
        let p = self.integral().1;
        let repeated = p.gcd(&p.derivative());
        Chain::of_square_free(p.exact_quotient(&repeated))
    }

    fn assert_not_zero(&self) {
        assert!(
            !self.is_zero(),
            "the zero polynomial vanishes everywhere: its roots have no number"
        );
    }
}

/// The number of real roots of a square-free polynomial: words if they tell, else Sturm's theorem.
fn count(p: Integral) -> usize {
    exclusion::count(&p).unwrap_or_else(|| Chain::of_square_free(p).count_all())
}

/// Square-free factors with multiplicities, primitive, with positive leading coefficients.
fn square_free(p: &Integral) -> Vec<(Integral, usize)> {
    if p.is_seen_square_free() {
        return vec![(p.clone().normal(), 1)];
    }
    let mut parts = Vec::new();
    let slope = p.derivative();
    let repeated = p.gcd(&slope);
    if repeated.is_zero() {
        return parts;
    }
    let mut rest = p.exact_quotient(&repeated);
    // By Gauss's lemma all quotients by primitive divisors are integer polynomials.
    let mut excess = slope.exact_quotient(&repeated).difference(&rest.derivative());
    for multiplicity in 1.. {
        if rest.degree_or_zero() == 0 {
            break;
        }
        let factor = rest.gcd(&excess);
        rest = rest.exact_quotient(&factor);
        excess = excess.exact_quotient(&factor).difference(&rest.derivative());
        if factor.degree_or_zero() > 0 {
            parts.push((factor, multiplicity));
        }
    }
    parts
}

fn multiplicity(parts: &[(Chain, usize)], root: &Enclosure) -> usize {
    let (lo, hi) = (root.lo(), root.hi());
    let holds = |chain: &Chain| chain.0[0].sign_at(lo) == 0 || chain.count_in(lo, hi) > 0;
    let part = parts.iter().find(|(chain, _)| holds(chain));
    part.expect("every root is a root of a square-free part").1
}

fn midpoint(lo: &Rational, hi: &Rational) -> Rational {
    (lo + hi) / Rational::integer(2)
}

/// The Sturm chain of a square-free polynomial: itself, its derivative, then negated remainders,
/// each up to a positive factor.
struct Chain(Vec<Integral>);

impl Chain {
    fn of_square_free(p: Integral) -> Self {
        let mut chain = vec![p.primitive().1];
        let mut next = chain[0].derivative();
        while !next.is_zero() {
            // Taking the content out before the next division is what keeps the chain short.
            let divisor = next.primitive().1;
            next = chain[chain.len() - 1].pseudo_remainder(&divisor).negated();
            chain.push(divisor);
        }
        Self(chain)
    }

    /// Sign changes along the chain, zeros left out.
    fn variations(&self, sign: impl Fn(&Integral) -> i8) -> usize {
        let signs: Vec<i8> = self.0.iter().map(sign).filter(|&s| s != 0).collect();
        signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
    }

    fn count_all(&self) -> usize {
        self.variations(|p| p.sign_at_infinity(false))
            - self.variations(|p| p.sign_at_infinity(true))
    }

    /// Roots in `lo < z <= hi`, where `lo <= hi`.
    fn count_in(&self, lo: &Rational, hi: &Rational) -> usize {
        self.variations(|p| p.sign_at(lo)) - self.variations(|p| p.sign_at(hi))
    }

    /// A power of two greater than every root in absolute value.
    ///
    /// Cauchy's bound is `1 + max |c_i| / |c_n|`, and `|c_i| / |c_n| < 2^(b_i - b_n + 1)` for
    /// numbers of `b_i` and `b_n` bits.
    fn root_bound(&self) -> Rational {
        let coefficients = self.0[0].coefficients();
        let bits = |c: &BigInt| c.magnitude().bits();
        let longest = coefficients.iter().map(bits).max().unwrap_or(0);
        let lead = coefficients.last().map_or(0, bits);
        Rational::from(BigInt::from(1) << (longest - lead + 2))
    }

    /// Narrows `lo < z <= hi`, which holds exactly one root, to the width and to ends that are no
    /// roots, or to the root itself when bisection meets it.
    fn refine(&self, mut lo: Rational, mut hi: Rational, width: &Rational) -> Enclosure {
        let sign = |x: &Rational| self.0[0].sign_at(x);
        let right = sign(&hi);
        if right == 0 {
            return Enclosure::point(hi);
        }
        while &hi - &lo > *width || sign(&lo) == 0 {
            let middle = midpoint(&lo, &hi);
            match sign(&middle) {
                0 => return Enclosure::point(middle),
                s if s == right => hi = middle,
                _ => lo = middle,
            }
        }
        Enclosure::new(lo, hi)
    }
}
