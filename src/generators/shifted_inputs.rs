//! Chains of expansive ReLU convolutions, with an input to be shifted.

use super::prelude::*;

/// A chain of expansive convolutions, each followed by a ReLU; an input; and a shift.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Shifted {
    /// By how much the input is shifted to the right.
    pub shift: usize,
    x: Vec<Rational>,
    filters: Vec<Vec<Rational>>,
    biases: Vec<Vec<Rational>>,
}

/// Whether a layer has one bias, or one for each of its outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Biases {
    /// One.
    Constant,
    /// One a unit.
    PerUnit,
}

/// The signs of biases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// All signs.
    Any,
    /// Zero or negative.
    NotPositive,
}

/// Whether the input ends with as many zeros as the shift is long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// It does.
    Enough,
    /// Nothing is known of its end.
    None,
}

impl Shifted {
    /// The biases, layer by layer.
    pub fn biases(&self) -> &[Vec<Rational>] {
        &self.biases
    }

    /// How much longer each layer makes its signal: the length of its filter less one.
    pub fn growth(&self) -> impl Iterator<Item = usize> {
        self.filters.iter().map(|filter| filter.len() - 1)
    }

    /// The length of the input.
    #[expect(clippy::len_without_is_empty, reason = "an input has at least one sample")]
    pub fn len(&self) -> usize {
        self.x.len()
    }

    /// Whether every layer uses one bias at all positions.
    pub fn has_constant_biases(&self) -> bool {
        self.biases.iter().all(|bias| bias.windows(2).all(|pair| pair[0] == pair[1]))
    }

    /// Whether the input vanishes where the shift pushes samples out.
    pub fn has_room(&self) -> bool {
        self.x.iter().rev().take(self.shift).all(Rational::is_zero)
    }

    /// The outputs at the input, and at the shifted input.
    pub fn outputs(&self) -> (Vec<Rational>, Vec<Rational>) {
        let network = self.network().expect("the case was checked");
        (network.eval(&self.x), network.eval(&right(&self.x, self.shift)))
    }

    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        if self.filters.len() != self.biases.len() {
            let (filters, biases) = (self.filters.len(), self.biases.len());
            return Err(format!("{filters} filters come with {biases} lists of biases"));
        }
        self.network().map(drop)
    }

    fn network(&self) -> Result<Network, String> {
        let layers = self.filters.iter().zip(&self.biases);
        let layers = layers.flat_map(|(filter, bias)| {
            [Layer::expansive(filter.clone(), bias.clone()), Layer::relu()]
        });
        Network::new(Shape::Flat(self.x.len()), layers.collect()).map_err(|e| e.to_string())
    }
}

/// The signal moved to the right by `shift`, filled with zeros, of the same length.
pub fn right(x: &[Rational], shift: usize) -> Vec<Rational> {
    let zeros = vec![Rational::ZERO; shift.min(x.len())];
    let kept = x.len() - zeros.len();
    [&zeros[..], &x[..kept]].concat()
}

/// `scale` times the following, at most: three layers with filters of three taps, four samples and
/// shifts of three.
pub fn shifted(scale: usize, biases: Biases, signs: Signs, room: Room) -> BoxedStrategy<Shifted> {
    let signal = numbers::integers(1..=4 * scale, 3);
    (0..=3 * scale, signal, vec(numbers::integers(1..=3 * scale, 3), 1..=3 * scale))
        .prop_flat_map(move |(shift, mut x, filters)| {
            if room == Room::Enough {
                x.resize(x.len() + shift, Rational::ZERO);
            }
            let mut len = x.len();
            let lists: Vec<_> = filters
                .iter()
                .map(|filter| {
                    len += filter.len() - 1;
                    numbers::integers(if biases == Biases::Constant { 1 } else { len }, 3)
                })
                .collect();
            (Just(shift), Just(x), Just(filters), lists)
        })
        .prop_map(move |(shift, x, filters, mut biases)| {
            if signs == Signs::NotPositive {
                biases.iter_mut().flatten().for_each(|bias| *bias = -bias.abs());
            }
            Shifted { shift, x, filters, biases }
        })
        .boxed()
}
