//! Two inputs on a circle of directions in equal steps, halfway between some of them or on some.

use super::prelude::*;

/// Two inputs, in steps of half of the one between `2^bits` directions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EqualSteps {
    /// Where the inputs are; directions are at the even steps.
    pub inputs: [u32; 2],
    /// The logarithm of the number of directions.
    pub bits: u32,
}

impl EqualSteps {
    /// Why this is no such pair among `2^most` directions at most, in a sentence.
    pub fn check(&self, most: u32) -> Result<(), String> {
        let bits = self.bits;
        require!((2..=most).contains(&bits), "2^{bits} directions; there must be 2^2 to 2^{most}")?;
        match self.inputs.iter().find(|&&x| x >= self.turn()) {
            Some(x) => Err(format!("an input is at {x}; a turn has {} steps", self.turn())),
            None => Ok(()),
        }
    }

    /// Steps in a turn.
    pub fn turn(&self) -> u32 {
        2 << self.bits
    }

    /// The number of directions.
    pub fn directions(&self) -> Rational {
        Rational::from(1u32 << self.bits)
    }

    /// The distance of two places in steps, at most half a turn.
    pub fn distance(&self, a: u32, b: u32) -> u32 {
        let steps = a.abs_diff(b);
        steps.min(self.turn() - steps)
    }

    /// The angle between the inputs in steps.
    pub fn angle(&self) -> u32 {
        self.distance(self.inputs[0], self.inputs[1])
    }

    /// `(1 - angle / pi) / 2`.
    pub fn law(&self) -> Rational {
        Rational::new(1, 2) - Rational::from(self.angle()) / Rational::from(self.turn())
    }

    /// Whether no input is on a direction.
    pub fn is_between(&self) -> bool {
        self.inputs.iter().all(|x| !x.is_multiple_of(2))
    }

    /// How many directions are less than a quarter turn from both inputs, counted one by one.
    pub fn open(&self) -> usize {
        let is_open = |w: &u32| self.inputs.iter().all(|&x| 4 * self.distance(*w, x) < self.turn());
        (0..self.turn()).step_by(2).filter(is_open).count()
    }
}

/// All pairs between directions.
pub fn listed(bits: std::ops::RangeInclusive<u32>) -> impl Iterator<Item = EqualSteps> {
    bits.flat_map(|bits| {
        let odd = move || (0..1u32 << bits).map(|k| 2 * k + 1);
        odd().flat_map(move |x| odd().map(move |y| EqualSteps { inputs: [x, y], bits }))
    })
}

/// Pairs between directions, or anywhere.
pub fn drawn(bits: std::ops::RangeInclusive<u32>, between: bool) -> BoxedStrategy<EqualSteps> {
    (bits, any::<[u32; 2]>())
        .prop_map(move |(bits, places)| {
            let place = |place: u32| (place >> (31 - bits)) | u32::from(between);
            EqualSteps { inputs: places.map(place), bits }
        })
        .boxed()
}
