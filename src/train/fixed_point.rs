//! Fixed-point arrays: words over one common power of two.

use crate::exact::Rational;

/// Numbers `values[i] 2^-places`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FixedPointArray {
    /// The numerators, each of absolute value below 2^62.
    pub values: Vec<i64>,
    /// Binary places after the point.
    pub places: u32,
}

/// Numerators stay below this, so that a sum of two is a word.
pub(super) const LIMIT: i64 = 1 << 62;

impl FixedPointArray {
    /// The numbers with the fewest places that hold them all exactly; `None` if words do not.
    pub fn new<'a>(numbers: impl Iterator<Item = &'a Rational> + Clone) -> Option<Self> {
        let mut places = numbers.clone().map(|x| dyadic(x).map(|(_, places)| places));
        let places = places.try_fold(0, |most, places| Some(most.max(places?)))?;
        let value = |x| {
            let (numerator, own) = dyadic(x)?;
            shifted(numerator, places - own)
        };
        Some(Self { values: numbers.map(value).collect::<Option<_>>()?, places })
    }

    /// The number at `i`.
    pub fn get(&self, i: usize) -> Rational {
        on_grid(self.values[i].into(), self.places)
    }

    /// The largest numerator in absolute value.
    pub fn largest(&self) -> i64 {
        self.values.iter().map(|value| value.abs()).max().unwrap_or(0)
    }

    /// Brings the numbers to at least this many places; `None`, and no change, if one does not fit.
    pub fn refine(&mut self, places: u32) -> Option<()> {
        let Some(more) = places.checked_sub(self.places).filter(|&more| more > 0) else {
            return Some(());
        };
        shifted(self.largest(), more)?;
        self.values.iter_mut().for_each(|value| *value <<= more);
        self.places = places;
        Some(())
    }
}

/// `value 2^-places`.
pub(super) fn on_grid(value: i128, places: u32) -> Rational {
    // Lowest terms by shifting: no gcd is needed.
    let shared = value.trailing_zeros().min(places);
    match (i64::try_from(value >> shared), places - shared) {
        (Ok(numerator), rest) if rest < 62 => Rational::new(numerator, 1 << rest),
        (_, rest) => Rational::from(value >> shared) * Rational::integer(2).pow(-(rest as i32)),
    }
}

/// Numerator and places of a fraction over a power of two, both in words.
pub(super) fn dyadic(x: &Rational) -> Option<(i64, u32)> {
    let (numerator, denominator) = x.small_parts()?;
    let is_power = denominator.count_ones() == 1;
    (is_power && numerator.abs() < LIMIT).then(|| (numerator, denominator.trailing_zeros()))
}

/// `value 2^places` if that is below the limit.
pub(super) fn shifted(value: i64, places: u32) -> Option<i64> {
    let wide = i128::from(value).checked_shl(places).filter(|_| places < 64)?;
    i64::try_from(wide).ok().filter(|value| value.abs() < LIMIT)
}
