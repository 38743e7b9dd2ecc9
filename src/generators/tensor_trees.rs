//! Tensors that convolutional arithmetic circuits compute, laid out as matrices: odd places against
//! even places.
//!
//! A circuit with `n = 2^L` places multiplies, layer by layer, the channels of neighbours and mixes
//! the products. Its output is `sum A[d_1, .., d_n] x_1[d_1] .. x_n[d_n]` for vectors `x_i`.

use super::prelude::*;

/// A circuit in the form of a binary tree. Channel `c` of place `j` of layer 0 is a form in `x_j`;
/// of a later layer `sum_a weights[a] left_a right_a` over the channels of the two places below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tree {
    /// The entries of a vector `x_i`.
    pub entries: usize,
    /// `[layers][places][channels][channels below]`, layer 0 first, where there are `entries`
    /// below. Each layer has half as many places as the one below, the last one place and channel.
    pub layers: Vec<Vec<Vec<Vec<Rational>>>>,
}

/// Sizes of a tree: the entries, and the channels of each layer but the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// The entries of a vector.
    pub entries: usize,
    /// The channels of each layer but the last, which has one; at least one layer.
    pub channels: Vec<usize>,
}

impl Tree {
    /// Why this is no tree of a size that is asked about, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let depth = self.layers.len();
        refuse_if!(
            !(1..=4).contains(&self.entries) || !(2..=4).contains(&depth),
            "{depth} layers, {} entries; 2 to 4 layers and 1 to 4 entries are asked about",
            self.entries
        );
        let mut below = self.entries;
        for (l, layer) in self.layers.iter().enumerate() {
            let places = 1 << (depth - 1 - l);
            let channels = layer.iter().map(Vec::len).max().into_iter().sum();
            let fits = layer.len() == places
                && layer.iter().all(|place| place.len() == channels)
                && layer.iter().flatten().all(|row| row.len() == below);
            refuse_if!(
                !fits || !(1..=4).contains(&channels) || (places == 1 && channels != 1),
                "layer {l}: expected {places} places of 1 to 4 channels, alike, which read \
                 {below} each; the last has one channel"
            );
            below = channels;
        }
        let [rows, _] = self.size_of_matrix();
        require!(rows <= 81, "a matrix of {rows} rows; at most 81 are asked about")
    }

    /// The sizes. Panics unless [`Self::check`] holds.
    pub fn sizes(&self) -> Sizes {
        let (_, lower) = self.layers.split_last().expect("there are layers");
        let channels = lower.iter().map(|layer| layer[0].len()).collect();
        Sizes { entries: self.entries, channels }
    }

    fn size_of_matrix(&self) -> [usize; 2] {
        [self.entries.pow(1 << (self.layers.len() - 2)); 2]
    }

    /// The tensor with the odd places as rows and the even ones as columns. Cost: that of its
    /// entries, times the channels. Panics unless [`Self::check`] holds.
    pub fn matrix(&self) -> Matrix {
        let (forms, products) = self.layers.split_first().expect("there are layers");
        let pairs = forms.chunks(2).map(|pair| {
            pair[0].iter().zip(&pair[1]).map(|(odd, even)| outer(odd, even)).collect::<Vec<_>>()
        });
        // Of each place of a layer: the products of its channels, as matrices.
        let mut below: Vec<Vec<Matrix>> = pairs.collect();
        for layer in products {
            let mixed = layer.iter().zip(&below).map(|(place, products)| {
                place.iter().map(|weights| weighted(weights, products)).collect::<Vec<_>>()
            });
            let mixed: Vec<_> = mixed.collect();
            if let [last] = &mixed[..] {
                return last[0].clone();
            }
            let pairs = mixed.chunks(2).map(|pair| {
                pair[0].iter().zip(&pair[1]).map(|(a, b)| kronecker(a, b)).collect::<Vec<_>>()
            });
            below = pairs.collect();
        }
        unreachable!("the last layer has one place")
    }

    /// The weights, one after the other.
    pub fn weights(&self) -> Vec<Rational> {
        self.layers.concat().concat().concat()
    }

    /// `self + t other`, weight by weight. Panics unless the sizes agree.
    pub fn plus(&self, t: &Rational, other: &Self) -> Self {
        let mut sum = self.clone();
        let mut others = other.weights().into_iter();
        for weight in sum.layers.iter_mut().flatten().flatten().flatten() {
            *weight += t * &others.next().expect("the sizes agree");
        }
        sum
    }
}

impl Sizes {
    /// How many places there are.
    pub fn places(&self) -> usize {
        1 << self.channels.len()
    }

    /// `min(channels of layer 0, entries)` to the power `places / 2`.
    pub fn full_rank(&self) -> usize {
        self.channels[0].min(self.entries).pow(self.places() as u32 / 2)
    }

    /// How many weights there are, each counted as one layer's place, channel and input.
    pub fn shape(&self) -> Vec<[usize; 3]> {
        let mut below = self.entries;
        let mut places = self.places();
        let mut shape = Vec::new();
        for &channels in self.channels.iter().chain([&1]) {
            shape.push([places, channels, below]);
            (below, places) = (channels, places / 2);
        }
        shape
    }

    /// The tree with these weights, one after the other. Panics if there are too few.
    pub fn tree(&self, weights: &[Rational]) -> Tree {
        let mut weights = weights.iter().cloned();
        let layer = |[places, channels, below]: [usize; 3]| {
            let mut row = || weights.by_ref().take(below).collect::<Vec<_>>();
            let mut place = || (0..channels).map(|_| row()).collect::<Vec<_>>();
            (0..places).map(|_| place()).collect()
        };
        Tree { entries: self.entries, layers: self.shape().into_iter().map(layer).collect() }
    }

    /// The tree of identities: channel `c` of layer 0 is entry `c`, channel 0 of layer 1 is the sum
    /// of all products, and channel 0 of each layer above the product of channels 0. Law: its
    /// matrix has rank [`Self::full_rank`], with ones and zeros only.
    pub fn identities(&self) -> Tree {
        let count = self.shape().iter().map(|shape| shape.iter().product::<usize>()).sum();
        let mut tree = self.tree(&vec![Rational::ZERO; count]);
        for (l, layer) in tree.layers.iter_mut().enumerate() {
            for place in layer {
                match l {
                    0 => place.iter_mut().enumerate().for_each(|(c, row)| {
                        row.iter_mut().skip(c).take(1).for_each(|w| *w = Rational::ONE);
                    }),
                    1 => place[0].fill(Rational::ONE),
                    _ => place[0][0] = Rational::ONE,
                }
            }
        }
        tree
    }
}

/// The matrix of all products.
pub fn outer(rows: &[Rational], columns: &[Rational]) -> Matrix {
    Matrix::from_rows(rows.iter().map(|a| columns.iter().map(|b| a * b).collect()).collect())
}

/// The Kronecker product.
fn kronecker(a: &Matrix, b: &Matrix) -> Matrix {
    let row = |i: usize| {
        let (high, low) = (a.row(i / b.rows()), b.row(i % b.rows()));
        high.iter().flat_map(|x| low.iter().map(move |y| x * y)).collect()
    };
    Matrix::from_rows((0..a.rows() * b.rows()).map(row).collect())
}

/// The matrices added up with these weights.
fn weighted(weights: &[Rational], matrices: &[Matrix]) -> Matrix {
    let mut sum = Matrix::zero(matrices[0].rows(), matrices[0].cols());
    for (weight, matrix) in weights.iter().zip(matrices).filter(|(weight, _)| !weight.is_zero()) {
        for i in 0..sum.rows() {
            for j in 0..sum.cols() {
                sum[(i, j)] += weight * &matrix[(i, j)];
            }
        }
    }
    sum
}

/// Sizes with layers, entries and channels in these ranges.
pub fn sizes(layers: Span, entries: Span, channels: Span) -> BoxedStrategy<Sizes> {
    (entries, vec(channels, layers))
        .prop_map(|(entries, channels)| Sizes { entries, channels })
        .boxed()
}

/// Trees of these sizes with integers up to `most`.
pub fn trees(sizes: BoxedStrategy<Sizes>, most: i64) -> BoxedStrategy<Tree> {
    sizes
        .prop_flat_map(move |sizes| {
            let count =
                sizes.shape().iter().map(|shape| shape.iter().product::<usize>()).sum::<usize>();
            (Just(sizes), numbers::integers(count, most))
        })
        .prop_map(|(sizes, weights)| sizes.tree(&weights))
        .boxed()
}

/// Trees whose weights are all the same number.
pub fn alike(sizes: BoxedStrategy<Sizes>) -> BoxedStrategy<Tree> {
    (sizes, numbers::nonzero_integer(2))
        .prop_map(|(sizes, weight)| {
            let count = sizes.shape().iter().map(|shape| shape.iter().product::<usize>()).sum();
            sizes.tree(&vec![weight; count])
        })
        .boxed()
}
