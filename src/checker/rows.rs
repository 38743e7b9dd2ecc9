//! Integer vectors: machine words where all entries fit, big integers otherwise.
//!
//! They are the affine forms of the kind `regions`, its points and its multipliers.

use crate::integer::{Exact, Integer, gcd_of_words};
use std::cmp::Ordering;

/// The coefficients of an affine form, the constant first; missing ones are 0. Also a point (its
/// common denominator first), and the weights of a combination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// All of them are machine words.
    Words(Vec<i64>),
    /// One of them was not when the row was made.
    Big(Vec<Integer>),
}

/// One entry of a row.
#[derive(Clone, Copy)]
pub(super) enum Entry<'a> {
    Word(i64),
    Big(&'a Integer),
}

impl Entry<'_> {
    pub(super) fn big(self) -> Integer {
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
    pub(super) fn of(entries: Vec<Integer>) -> Self {
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

    /// The only entry, if it is 1 or -1.
    pub(super) fn sign_alone(&self) -> Option<bool> {
        match self {
            Self::Words(words) => match words[..] {
                [sign @ (1 | -1)] => Some(sign == 1),
                _ => None,
            },
            Self::Big(_) => None,
        }
    }

    /// This row, or that of the opposite numbers.
    pub(super) fn signed(&self, is_positive: bool) -> Self {
        match self {
            _ if is_positive => self.clone(),
            Self::Words(words) => {
                let opposite: Option<_> = words.iter().map(|word| word.checked_neg()).collect();
                let big = || Self::Big(words.iter().map(|word| -Integer::from(*word)).collect());
                opposite.map_or_else(big, Self::Words)
            }
            Self::Big(big) => Self::Big(big.iter().map(|x| -x).collect()),
        }
    }

    pub(super) fn bits(&self) -> u64 {
        match self {
            Self::Words(_) => 64,
            Self::Big(big) => big.iter().map(Integer::bits).max().unwrap_or(0),
        }
    }

    /// Divides by the greatest common divisor.
    pub(super) fn make_primitive(&mut self) {
        match self {
            Self::Words(words) => {
                let mut common = 0u64;
                for word in words.iter() {
                    common = gcd_of_words(common, word.unsigned_abs());
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
                let common = big.iter().fold(Integer::ZERO, |common, x| common.gcd(x));
                if !common.is_zero() && !common.is_one() {
                    *self = Self::of(big.iter().map(|x| x / &common).collect());
                }
            }
        }
    }

    /// The sign of the form at a point, as an order relative to 0.
    pub(super) fn sign_at(&self, point: &Self) -> Ordering {
        if let (Self::Words(form), Self::Words(point)) = (self, point) {
            let mut products = form.iter().zip(point).map(|(a, x)| i128::from(*a) * i128::from(*x));
            if let Some(sum) = products.try_fold(0i128, i128::checked_add) {
                return sum.cmp(&0);
            }
        }
        let products = self.iter().zip(point.iter()).map(|(a, x)| a.big() * x.big());
        products.sum::<Integer>().cmp(&Integer::ZERO)
    }
}

/// A row, added or subtracted a number of times.
#[derive(Clone, Copy)]
pub(super) struct Term<'a> {
    pub(super) weight: Entry<'a>,
    pub(super) is_added: bool,
    pub(super) row: &'a Row,
}

/// The sum of weights times rows, with `width` entries.
pub(super) fn combine<'a>(width: usize, terms: impl Iterator<Item = Term<'a>> + Clone) -> Row {
    if let Some(sums) = combine_words(width, terms.clone()) {
        let words: Option<Vec<i64>> = sums.iter().map(|sum| (*sum).try_into().ok()).collect();
        return words
            .map_or_else(|| Row::Big(sums.into_iter().map(Integer::from).collect()), Row::Words);
    }
    combine_big(width, terms)
}

/// Whether the sum has the linear part 0 and a constant that is not positive: such a form is
/// positive nowhere.
pub(super) fn is_never_positive<'a>(
    width: usize,
    terms: impl Iterator<Item = Term<'a>> + Clone,
) -> bool {
    match combine_words(width, terms.clone()) {
        Some(sums) => sums[0] <= 0 && sums[1..].iter().all(|sum| *sum == 0),
        None => {
            let sum = combine_big(width, terms);
            !sum.get(0).is_positive() && sum.iter().skip(1).all(Entry::is_zero)
        }
    }
}

fn combine_big<'a>(width: usize, terms: impl Iterator<Item = Term<'a>>) -> Row {
    let mut sums = vec![Integer::ZERO; width];
    for Term { weight, is_added, row } in terms {
        let weight = if is_added { weight.big() } else { -weight.big() };
        match row {
            Row::Words(row) => sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += &weight * *x),
            Row::Big(row) => sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += &weight * x),
        }
    }
    Row::of(sums)
}

/// The same in double words; `None` if an operand is no word, or a sum no double word.
fn combine_words<'a>(width: usize, terms: impl Iterator<Item = Term<'a>>) -> Option<Vec<i128>> {
    let mut sums = vec![0i128; width];
    for Term { weight, is_added, row } in terms {
        let (Entry::Word(weight), Row::Words(row)) = (weight, row) else { return None };
        let weight = if is_added { weight } else { weight.checked_neg()? };
        for (sum, x) in sums.iter_mut().zip(row) {
            *sum = sum.checked_add(i128::from(weight) * i128::from(*x))?;
        }
    }
    Some(sums)
}
