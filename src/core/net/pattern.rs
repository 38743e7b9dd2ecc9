//! Activation patterns, and the affine map that a network is on one pattern.

use super::form::AffineMap;
use super::network::{Choice, Network};
use crate::exact::Rational;
use crate::geometry::Form;

/// What every unit does: the piece of each activation, the input that each maximum takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern {
    /// One list for every activation and max-pool, first to last, a residual body where it stands.
    ///
    /// Of an activation: the index of the piece, so 0 and 1 for a ReLU off and on. Of a max-pool:
    /// the index of the maximal entry in the signal that the pool reads.
    pub layers: Vec<Vec<usize>>,
}

impl Network {
    /// The pattern at `x`: the left piece at a kink, the first of several maxima.
    ///
    /// Panics if `x` does not have the input's length.
    pub fn pattern(&self, x: &[Rational]) -> Pattern {
        let mut layers = Vec::new();
        self.run(x.to_vec(), &mut |choice, x| {
            let chosen = choice.at(x);
            let y = choice.apply(&chosen, x);
            layers.push(chosen);
            Some(y)
        });
        Pattern { layers }
    }

    /// The affine map that the network is where this pattern holds.
    ///
    /// Law: `affine_on(&pattern(x)).apply(x) == eval(x)`. Cost: a product a term and input. Panics
    /// if the pattern does not belong to a network of these shapes.
    pub fn affine_on(&self, pattern: &Pattern) -> AffineMap {
        let mut layers = pattern.layers.iter();
        let forms = self.run(Form::inputs(self.input().units()), &mut |choice, forms| {
            let chosen = layers.next().expect("the pattern has a list for every layer");
            assert!(choice.admits(chosen, forms.len()), "the pattern fits the layer");
            Some(choice.apply(chosen, forms))
        });
        assert!(layers.next().is_none(), "the pattern has no list left over");
        AffineMap::from_forms(forms.expect("every choice is made"))
    }
}

impl Choice<'_> {
    /// Whether `chosen` names an existing piece for each of the `inputs`, or for each window an
    /// entry that lies in it.
    fn admits(&self, chosen: &[usize], inputs: usize) -> bool {
        match self {
            Self::Activation(activation) => {
                let pieces = activation.pieces().len();
                chosen.len() == inputs && chosen.iter().all(|piece| *piece < pieces)
            }
            Self::MaxPool(..) | Self::Maximum(_) => {
                let windows = self.windows();
                chosen.len() == windows.len()
                    && windows.iter().zip(chosen).all(|(window, i)| window.contains(i))
            }
        }
    }
}
