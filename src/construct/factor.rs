//! A long filter as a product of short ones.
//!
//! Convolution of filters is multiplication of polynomials, so a filter with taps `W_0 .. W_M` is
//! `p` convolutions with filters of `s + 1` taps exactly when the polynomial `W` is a product of
//! `p` real factors of degree at most `s`. The factors are as a rule irrational; what is returned
//! are rational filters near them, together with the exact difference that their product leaves.

use super::line;
use super::roots::propose;
use crate::analysis::on_grid;
use crate::analysis::polynomial::Polynomial;
use crate::exact::Rational;

/// How often the working precision is doubled before giving up.
const ATTEMPTS: u32 = 7;

/// The bits of a residual from which on its certificate rounds it up.
const LONG: u64 = 512;

/// Filters whose product is near a target, and by how much exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factorization {
    /// Taps, the lowest first; at least one filter.
    pub filters: Vec<Vec<Rational>>,
    /// The target minus the product of the filters, coefficient by coefficient; empty when exact.
    pub residual: Vec<Rational>,
}

/// Why a filter was not factored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum FactorError {
    /// No number of filters of this degree suffices.
    #[error("filters of degree {degree} cannot build {pairs} pairs of roots that are not real")]
    TooShort { degree: usize, pairs: usize },
    /// The root finder proposed nothing good enough.
    #[error("no proposed factors leave a residual of at most 2^-{bits}")]
    OutOfReach { bits: u32 },
}

/// The least number of real filters with `s + 1` taps whose product is `target`; `None` when no
/// number is enough.
///
/// With degree `D >= 1` and `q` pairs of roots that are not real it is
/// `max(ceil(D / s), ceil(q / floor(s / 2)))`: a filter of degree `s` has room for `s` linear
/// factors or `floor(s / 2)` irreducible quadratic ones. A constant needs one filter. Exact.
pub fn minimal_filter_count(target: &Polynomial, s: usize) -> Option<usize> {
    let Some(degree @ 1..) = target.degree() else { return Some(1) };
    if s == 0 {
        return None;
    }
    match (target.conjugate_pairs(), s / 2) {
        (0, _) => Some(degree.div_ceil(s)),
        (_, 0) => None,
        (pairs, room) => Some(degree.div_ceil(s).max(pairs.div_ceil(room))),
    }
}

/// The fewest filters of degree at most `s` whose product is within `2^-bits` of `target`, the
/// distance being the sum of absolute differences of coefficients.
///
/// The number of filters is exact, from Sturm counts. The taps come from proposed roots and are
/// dyadic, with about as few places as the bound allows; the residual is computed exactly from
/// them, so nothing about the proposal is trusted. A proposal that is not good enough is made again
/// with twice the precision, a few times.
///
/// The roots of each filter, of the first few filters, and of runs of two, four, .. are spread
/// around the circle as those of the target are. So no tap and no product of such filters is much
/// larger than the target's, which grouping roots by place would make them, by a power of two a
/// root.
///
/// Cost: the Sturm counts, `O(D^2)` float and fixed-point operations for each sweep of the root
/// finder at degree `D`, and one product of the filters for each attempt. Errors: both variants of
/// [`FactorError`].
pub fn factor(target: &Polynomial, s: usize, bits: u32) -> Result<Factorization, FactorError> {
    let pairs = |w: &Polynomial| if w.is_zero() { 0 } else { w.conjugate_pairs() };
    let Some(count) = minimal_filter_count(target, s) else {
        return Err(FactorError::TooShort { degree: s, pairs: pairs(target) });
    };
    if target.degree().unwrap_or(0) == 0 {
        return Ok(Factorization { filters: vec![vec![target.leading()]], residual: Vec::new() });
    }
    let parts = target.square_free();
    let mut places = first_precision(target, bits);
    let bound = Rational::integer(2).pow(-(bits as i32));
    for attempt in 0..ATTEMPTS {
        if let Some(near) = nearby_roots(&parts, places, attempt == 0) {
            let filters = group(near, &target.leading(), s, count);
            let found = Factorization::rounded(target, &filters, places);
            let norm = found.residual_norm();
            if norm.is_zero() {
                return Ok(found);
            }
            if norm <= bound {
                // An error of rounding grows by as much as places are fewer, nearly.
                let spare = exponent(&(&bound / norm)).max(2) as u32 - 2;
                let fewer = places.saturating_sub(spare);
                let short = Factorization::rounded(target, &filters, fewer);
                let is_enough = short.residual_norm() <= bound;
                return Ok(if is_enough { short } else { found });
            }
        }
        places *= 2;
    }
    Err(FactorError::OutOfReach { bits })
}

/// At most `count` filters of degree at most `s`, with a product within `2^-bits` of `target` as
/// [`factor`] makes them; `None` if it is proved that there are none, however near.
///
/// The proof is the exact number of filters needed. A construction that fails is an error.
pub fn factor_into(
    target: &Polynomial,
    s: usize,
    count: usize,
    bits: u32,
) -> Result<Option<Factorization>, FactorError> {
    match minimal_filter_count(target, s) {
        Some(least) if least <= count => factor(target, s, bits).map(Some),
        _ => Ok(None),
    }
}

impl Factorization {
    /// These filters as a factorization of `target`, the residual computed exactly.
    pub fn of(target: &Polynomial, filters: Vec<Vec<Rational>>) -> Self {
        let factors: Vec<_> = filters.iter().cloned().map(Polynomial::new).collect();
        let residual = target.difference(&Polynomial::product_of(&factors));
        Self { filters, residual: residual.coefficients().to_vec() }
    }

    /// The filters with taps rounded to multiples of `2^-places`.
    fn rounded(target: &Polynomial, filters: &[Polynomial], places: u32) -> Self {
        let round = |filter: &Polynomial| {
            filter.coefficients().iter().map(|tap| on_grid(tap, places)).collect()
        };
        Self::of(target, filters.iter().map(round).collect())
    }

    /// The sum of absolute values of the residual: zero exactly when the filters multiply to the
    /// target.
    pub fn residual_norm(&self) -> Rational {
        norm(&self.residual)
    }

    /// Whether the norm of the residual is at most `2^-bits`.
    pub fn is_within(&self, bits: u32) -> bool {
        self.residual_norm() <= Rational::integer(2).pow(-(bits as i32))
    }

    /// The certificate that these filters multiply to `target`, of one tap at least, up to the norm
    /// of the residual, for filters of at most `s + 1` taps: a text of kind `factorization` for the
    /// independent checker.
    pub fn certificate(&self, claim: &str, target: &[Rational], s: usize) -> String {
        let filters: String = self.filters.iter().map(|taps| line("filter", taps)).collect();
        // A residual of thousands of digits is stated as the power of two above it.
        let norm = self.residual_norm();
        let stated = if norm.bits() > LONG { power_above(&norm) } else { norm };
        format!(
            "certificate 1 factorization\nclaim {claim}\n{}length {s}\nfilters {}\n\
             residual {stated}\nproof\n{filters}end\n",
            line("target", target),
            self.filters.len(),
        )
    }
}

/// The filters padded to `s + 1` taps, followed by identity filters up to `count` filters at least.
///
/// Law: the product of the filters stays the same.
pub(super) fn padded(
    mut filters: Vec<Vec<Rational>>,
    s: usize,
    count: usize,
) -> Vec<Vec<Rational>> {
    filters.resize(filters.len().max(count), vec![Rational::ONE]);
    filters.iter_mut().for_each(|filter| filter.resize(s + 1, Rational::ZERO));
    filters
}

fn norm(taps: &[Rational]) -> Rational {
    taps.iter().map(Rational::abs).sum()
}

/// A power of two above a number, less than four times as large. Panics on zero.
fn power_above(x: &Rational) -> Rational {
    Rational::integer(2).pow(exponent(x) + 1)
}

/// The exponent of a power of two that is less than twice as large or as small as a number.
fn exponent(x: &Rational) -> i32 {
    x.numerator().bits() as i32 - x.denominator().bits() as i32
}

/// Binary places that suffice when no partial product of filters is much larger than the target.
///
/// Rounding one tap changes the product by at most a unit times the target without that filter,
/// whose coefficients are as a rule of the size of the target's and at most `n` times that.
fn first_precision(target: &Polynomial, bits: u32) -> u32 {
    let taps = target.coefficients();
    bits + norm(taps).ceil().bits() as u32 + 3 * taps.len().ilog2() + 8
}

/// Roots near the true ones.
struct Roots {
    /// Those above the axis, by their argument, as pairs of real and imaginary part.
    pairs: Vec<(Rational, Rational)>,
    /// Those on it, increasing.
    real: Vec<Rational>,
}

/// `None` when the proposal has not the true numbers of real roots and of pairs.
///
/// Of a proposal that is trusted, the roots nearest to the axis are put on it and those below are
/// left out: half of the work, and right unless the floats were far off.
fn nearby_roots(parts: &[(Polynomial, usize)], places: u32, is_trusted: bool) -> Option<Roots> {
    let mut found = Roots { pairs: Vec::new(), real: Vec::new() };
    for (part, multiplicity) in parts {
        let real = part.distinct_real_roots();
        let mut proposed = propose(part);
        if is_trusted {
            proposed.sort_by_cached_key(|(_, im)| im.abs());
            proposed[..real].iter_mut().for_each(|(_, im)| *im = Rational::ZERO);
            proposed.retain(|(_, im)| !im.is_negative());
        }
        let mut roots = part.polish_roots(&proposed, places + 32);
        roots.sort_by_cached_key(|(_, im)| im.abs());
        let (on_axis, off_axis) = roots.split_at_checked(real)?;
        let upper: Vec<_> = off_axis.iter().filter(|(_, im)| im.is_positive()).collect();
        if on_axis.len() + 2 * upper.len() != part.degree()? {
            return None;
        }
        // On a grid coarser than the noise of the proposal, the order of the roots is settled.
        let settled = |x: &Rational| on_grid(x, places + 8);
        for _ in 0..*multiplicity {
            found.real.extend(on_axis.iter().map(|(x, _)| settled(x)));
            found.pairs.extend(upper.iter().map(|(x, y)| (settled(x), settled(y))));
        }
    }
    found.real.sort();
    // The argument grows as the cotangent x / y falls.
    found.pairs.sort_by(|(x, y), (u, v)| (u * y).cmp(&(x * v)).then_with(|| y.cmp(v)));
    Some(found)
}

/// `count` filters of degree at most `s`, which have room for all roots.
///
/// The pairs are dealt out around the circle, the real roots where room is left; the filters stand
/// in the order of reversed bits, in which any run of `2^k` that starts at a multiple of `2^k` was
/// dealt evenly.
fn group(roots: Roots, leading: &Rational, s: usize, count: usize) -> Vec<Polynomial> {
    let mut hands = vec![Vec::new(); count];
    let mut room = vec![s; count];
    for (i, (x, y)) in roots.pairs.iter().enumerate() {
        let factor = vec![x * x + y * y, Rational::integer(-2) * x, Rational::ONE];
        hands[i % count].push(Polynomial::new(factor));
        room[i % count] -= 2;
    }
    let mut next = roots.pairs.len();
    for x in &roots.real {
        next = (next..).find(|i| room[i % count] > 0).expect("there is room for every root");
        hands[next % count].push(Polynomial::new(vec![-x, Rational::ONE]));
        room[next % count] -= 1;
        next += 1;
    }
    let digits = count.next_power_of_two().trailing_zeros();
    let reversed = |i: usize| i.reverse_bits().checked_shr(usize::BITS - digits).unwrap_or(0);
    let order = (0..1usize << digits).map(reversed).filter(|i| *i < count);
    let filters: Vec<_> = order.map(|i| Polynomial::product_of(&hands[i])).collect();
    balanced(filters, leading)
}

/// Multiples of monic filters, with about equally large taps and a product that has this leading
/// coefficient: by powers of two, and what is left is a factor of the first.
fn balanced(filters: Vec<Polynomial>, leading: &Rational) -> Vec<Polynomial> {
    let power = |exponent: i32| Rational::integer(2).pow(exponent);
    let largest = |filter: &Polynomial| filter.coefficients().iter().map(Rational::abs).max();
    let size = |filter: &Polynomial| exponent(&largest(filter).expect("a monic filter"));
    let sizes: Vec<i32> = filters.iter().map(size).collect();
    let all = exponent(leading) + sizes.iter().sum::<i32>();
    // The first i filters get i parts of the exponent, rounded down.
    let count = filters.len() as i32;
    let parts = |i: i32| (all * i).div_euclid(count);
    let scaled = |((filter, size), i): ((Polynomial, i32), i32)| {
        let factor = power(parts(i + 1) - parts(i) - size);
        let rest = if i == 0 { leading * power(-exponent(leading)) } else { Rational::ONE };
        filter.scale(&(factor * rest))
    };
    filters.into_iter().zip(sizes).zip(0..).map(scaled).collect()
}
