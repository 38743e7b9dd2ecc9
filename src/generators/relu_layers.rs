//! Deep ReLU networks without biases, as lists of matrices.

use super::prelude::*;

/// Weights layer by layer, each `[outputs, inputs]`; a ReLU between two layers.
pub type Layers = Vec<Vec<Vec<Rational>>>;

/// The value of the network at `x`. Panics if a layer does not fit.
pub fn value(layers: &Layers, x: &[Rational]) -> Vec<Rational> {
    let mut x = x.to_vec();
    for (l, layer) in layers.iter().enumerate() {
        if l > 0 {
            x = x.into_iter().map(|x| x.max(Rational::ZERO)).collect();
        }
        x = layer.iter().map(|row| dot(row, &x)).collect();
    }
    x
}

/// The layers as a network. Panics if they do not fit each other, or there is none.
pub fn network(layers: &Layers) -> Network {
    let dense = |rows: &Vec<Vec<_>>| Layer::dense(rows.len(), rows.concat(), Vec::new());
    let mut chain: Vec<_> = layers.iter().flat_map(|rows| [dense(rows), Layer::relu()]).collect();
    chain.pop();
    Network::new(Shape::Flat(layers[0][0].len()), chain).expect("the layers fit")
}

/// The sum of the squares of the weights of a layer.
pub fn squared_norm(layer: &[Vec<Rational>]) -> Rational {
    layer.iter().map(|row| dot(row, row)).sum()
}

/// Why the layers do not fit each other and an input, in a sentence.
pub fn check(layers: &Layers, inputs: usize) -> Result<(), String> {
    if !(1..=6).contains(&layers.len()) || !(1..=8).contains(&inputs) {
        return Err("1 to 6 layers, and 1 to 8 inputs".to_owned());
    }
    let mut width = inputs;
    for layer in layers {
        if !(1..=8).contains(&layer.len()) || layer.iter().any(|row| row.len() != width) {
            return Err(format!("a layer has 1 to 8 rows of {width} weights"));
        }
        width = layer.len();
    }
    Ok(())
}

/// Layers of these widths, the inputs first.
pub fn layers(widths: &[usize], most: i64) -> BoxedStrategy<Layers> {
    let layer = |pair: &[usize]| vec(numbers::integers(pair[0], most), pair[1]).boxed();
    widths.windows(2).map(layer).collect::<Vec<_>>().boxed()
}
