//! Rows of integers: machine words where all of them fit, big integers where one does not.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// The coefficients of an affine form, the constant first; missing ones are 0. Also a point (its
/// common denominator first), and the weights of a combination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// All of them are machine words.
    Words(Vec<i64>),
    /// One of them was not when the row was made.
    Big(Vec<BigInt>),
}

/// One entry of a row.
#[derive(Clone, Copy)]
pub(super) enum Entry<'a> {
    Word(i64),
    Big(&'a BigInt),
}

impl Entry<'_> {
    fn big(self) -> BigInt {
        match self {
            Self::Word(word) => word.into(),
            Self::Big(big) => big.clone(),
        }
    }

    pub(super) fn is_zero(self) -> bool {
        match self {
            Self::Word(word) => word == 0,
            Self::Big(big) => big.is_zero(),
        }
    }

    pub(super) fn is_positive(self) -> bool {
        match self {
            Self::Word(word) => word > 0,
            Self::Big(big) => big.is_positive(),
        }
    }

    /// As an index.
    pub(super) fn index(self) -> Option<usize> {
        match self {
            Self::Word(word) => usize::try_from(word).ok(),
            Self::Big(big) => big.try_into().ok(),
        }
    }
}

impl Row {
    pub(super) fn of(entries: Vec<BigInt>) -> Self {
        let words: Option<Vec<i64>> = entries.iter().map(|x| x.try_into().ok()).collect();
        words.map_or(Self::Big(entries), Self::Words)
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Words(words) => words.len(),
            Self::Big(big) => big.len(),
        }
    }

    pub(super) fn get(&self, index: usize) -> Entry<'_> {
        match self {
            Self::Words(words) => Entry::Word(words[index]),
            Self::Big(big) => Entry::Big(&big[index]),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Entry<'_>> + Clone {
        (0..self.len()).map(|index| self.get(index))
    }

    pub(super) fn is_zero(&self) -> bool {
        self.iter().all(Entry::is_zero)
    }

    /// Whether the linear part is 0 and the constant is not positive: such a form is positive
    /// nowhere.
    pub(super) fn is_never_positive(&self) -> bool {
        self.iter().skip(1).all(Entry::is_zero)
            && self.iter().next().is_none_or(|x| !x.is_positive())
    }

    pub(super) fn bits(&self) -> u64 {
        match self {
            Self::Words(_) => 64,
            Self::Big(big) => big.iter().map(BigInt::bits).max().unwrap_or(0),
        }
    }

    /// Divides by the greatest common divisor.
    pub(super) fn make_primitive(&mut self) {
        match self {
            Self::Words(words) => {
                let mut common = 0u64;
                for word in words.iter() {
                    common = common.gcd(&word.unsigned_abs());
                    if common == 1 {
                        return;
                    }
                }
                // A divisor of 2^63 alone is not a word; the row is then 0 or +-2^63 throughout.
                if let Some(common) = i64::try_from(common).ok().filter(|common| *common > 1) {
                    words.iter_mut().for_each(|word| *word /= common);
                }
            }
            Self::Big(big) => {
                let common = big.iter().fold(BigInt::ZERO, |common, x| common.gcd(x));
                if !common.is_zero() && !common.is_one() {
                    *self = Self::of(big.iter().map(|x| x / &common).collect());
                }
            }
        }
    }

    /// Whether the form is positive at a point.
    pub(super) fn is_positive_at(&self, point: &Self) -> bool {
        if let (Self::Words(form), Self::Words(point)) = (self, point) {
            let mut products = form.iter().zip(point).map(|(a, x)| i128::from(*a) * i128::from(*x));
            if let Some(sum) = products.try_fold(0i128, i128::checked_add) {
                return sum > 0;
            }
        }
        let products = self.iter().zip(point.iter()).map(|(a, x)| a.big() * x.big());
        products.sum::<BigInt>().is_positive()
    }
}

/// The sum of weights times rows, with `width` entries.
pub(super) fn combine<'a>(
    width: usize,
    terms: impl Iterator<Item = (Entry<'a>, &'a Row)> + Clone,
) -> Row {
    if let Some(words) = combine_words(width, terms.clone()) {
        return Row::Words(words);
    }
    let mut sums = vec![BigInt::ZERO; width];
    for (weight, row) in terms {
        let weight = weight.big();
        match row {
            Row::Words(row) => sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += &weight * *x),
            Row::Big(row) => sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += &weight * x),
        }
    }
    Row::of(sums)
}

/// The same; `None` if anything leaves its word.
fn combine_words<'a>(
    width: usize,
    terms: impl Iterator<Item = (Entry<'a>, &'a Row)>,
) -> Option<Vec<i64>> {
    let mut sums = vec![0i128; width];
    for (weight, row) in terms {
        let (Entry::Word(weight), Row::Words(row)) = (weight, row) else { return None };
        for (sum, x) in sums.iter_mut().zip(row) {
            *sum = sum.checked_add(i128::from(weight) * i128::from(*x))?;
        }
    }
    sums.into_iter().map(|sum| sum.try_into().ok()).collect()
}
