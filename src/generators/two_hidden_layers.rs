//! Networks with two hidden layers of few units, full of coincidences: dead units, proportional
//! rows, layers of zeros.

use super::network_text::Text;
use super::prelude::*;
use crate::net::{Parameters, Window};

/// A network of few inputs and units before rectifiers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Deep {
    network: Text,
}

impl Deep {
    /// Why its regions are not counted here, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let (inputs, units) = (self.network().input().units(), self.network().units());
        require!(inputs <= 8 && units <= 64, "{inputs} inputs and {units} units; at most 8 and 64")
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network.0
    }

    /// Regions on all inputs.
    pub fn regions(&self, notion: Notion) -> u64 {
        self.network().count_regions(notion, &Domain::Whole)
    }

    /// The same with other parameters. Panics unless they have the old form.
    pub fn with(&self, parameters: Vec<Parameters>) -> Self {
        let network = self.network().with_parameters(parameters);
        Self { network: Text(network.expect("the form of the parameters is unchanged")) }
    }

    /// The network up to its first activation; all of it if there is none.
    pub fn first_stage(&self) -> Self {
        let layers = self.network().layers();
        let activation = layers.iter().position(|layer| matches!(layer, Layer::Activation(_)));
        let end = activation.map_or(layers.len(), |at| at + 1);
        let first = Network::new(self.network().input(), layers[..end].to_vec());
        Self { network: Text(first.expect("the beginning of a network is one")) }
    }
}

/// Two hidden layers of up to three units, and one output; mostly entries -1, 0 and 1.
pub fn networks() -> BoxedStrategy<Deep> {
    hidden([1..=2, 1..=3, 1..=3], prop_oneof![2 => Just(1i64), 1 => Just(4)])
}

/// Networks with two hidden layers and one output, drawn with these numbers of inputs and units.
pub fn sized(inputs: Span, [first, second]: [Span; 2]) -> BoxedStrategy<Deep> {
    hidden([inputs, first, second], prop_oneof![1 => Just(1i64), 2 => Just(20)])
}

fn hidden(sizes: [Span; 3], most: impl Strategy<Value = i64> + 'static) -> BoxedStrategy<Deep> {
    (sizes, most, any::<bool>())
        .prop_flat_map(|([inputs, first, second], most, biased)| {
            let entries =
                [first * inputs, second * first, second].map(|n| vec(numbers::integer(most), n));
            let most = if biased { most } else { 0 };
            let biases = [first, second].map(|n| vec(numbers::integer(most), n));
            (Just([inputs, first, second]), entries, biases)
        })
        .prop_map(|([inputs, first, second], [v, w, last], [b, c])| {
            let layers = vec![
                Layer::dense(first, v, b),
                Layer::relu(),
                Layer::dense(second, w, c),
                Layer::relu(),
                Layer::dense(1, last, vec![Rational::ZERO]),
            ];
            let network = Network::new(Shape::Flat(inputs), layers).expect("built to fit");
            Deep { network: Text(network) }
        })
        .boxed()
}

/// Two convolutions on a line of up to three samples, without padding; the second has one position.
pub fn lines() -> BoxedStrategy<Deep> {
    let sizes = [1usize..=2, 1..=2, 1..=2, 1..=2];
    (sizes, prop_oneof![Just(1i64), Just(4)])
        .prop_flat_map(|([first, second, f, g], most)| {
            let entries = [first * f, second * first * g].map(|n| vec(numbers::integer(most), n));
            let biases = [first, second].map(|n| vec(numbers::integer(most), n));
            (Just([first, second, f, g]), entries, biases)
        })
        .prop_map(|([first, second, f, g], [v, w], [b, c])| {
            let layers = vec![
                Layer::convolution(first, Window::line(f), v, b),
                Layer::relu(),
                Layer::convolution(second, Window::line(g), w, c),
                Layer::relu(),
            ];
            let input = Shape::Line([1, f + g - 1]);
            Deep { network: Text(Network::new(input, layers).expect("built to fit")) }
        })
        .boxed()
}
