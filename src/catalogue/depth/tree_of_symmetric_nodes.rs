//! A binary tree of symmetric functions of two bits takes two ReLU units a function.

use crate::catalogue::prelude::*;
use crate::construct::shallow::Shallow;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/tree_of_symmetric_nodes", AGAINST_ITS_NOTE)
        .derived_from("Poggio2017", "compositional functions; parity as a tree of XOR"),
    statement: "n = 2^L bits, a binary tree of n - 1 functions of the number of ones of two bits  \
                ⟹  L hidden layers, two units a function, compute it at every x ∈ {0, 1}^n",
    cases: || {
        trees(0..=3, bits())
            .with("parity", 4, (0usize..=4, any::<u32>()).prop_map(|(l, seed)| parity(l, seed)))
            .with("64 bits", 32, trees(6..=6, bits()))
            .with("256 bits", 128, trees(8..=8, bits()))
    },
    hypotheses: &[given("bits", |case: &Case| {
        case.x.iter().all(|x| x.is_zero() || *x == Rational::ONE)
    })
    .needed("at (1/2, 1/2) a network of XOR is 1, and no bit", || {
        trees(1..=2, numbers::fraction(2, 2).boxed()).cases()
    })],
    conclusion: |case| case.computes(2),
    twins: &[
        twin("one unit a function", |case: &Case| case.computes(1))
            .because("no single unit is XOR: perceptron/xor_one_relu_unit")
            .drawing(|| (1usize..=4, any::<u32>()).prop_map(|(l, seed)| parity(l, seed)).cases()),
        twin("a function may be left out", |case: &Case| {
            let points = boolean_function::points(few(case.x.len())?);
            let wrong = points.iter().filter(|x| case.value(x, true) != case.value(x, false));
            equal("points that change", wrong.count(), 0)
        })
        .because("parity without one XOR is wrong at half of the points")
        .drawing(|| (1usize..=3, any::<u32>()).prop_map(|(l, seed)| parity(l, seed)).cases()),
        twin("one hidden layer needs 2^(n - 1) units", |case: &Case| {
            let n = case.x.len();
            at_least("units", units_for_parity(few(n)?)?, 1usize << (n - 1))
        })
        .because("a rate of shallow networks is an upper bound: n units compute parity")
        .drawing(|| (2usize..=3, any::<u32>()).prop_map(|(l, seed)| parity(l, seed)).cases()),
    ],
    well_formed: |case| {
        let n = case.x.len();
        require!(n.is_power_of_two() && n <= 256, "{n} inputs; expected a power of two up to 256")?;
        let nodes = case.nodes.len();
        require!(nodes + 1 == n, "{nodes} functions of {n} bits; expected one less")?;
        let fits = case.x.iter().all(|x| !x.is_negative());
        require!(fits, "the bits may not be negative: a unit passes on what is positive")
    },
};

/// The bits `[n]`, and of each function its values for 0, 1 and 2 ones: first those that read
/// bits, then layer by layer those that read functions.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    nodes: Vec<[bool; 3]>,
    x: Vec<Rational>,
}

impl Case {
    /// The nodes of each layer.
    fn layers(&self) -> Vec<&[[bool; 3]]> {
        let (mut layers, mut rest) = (Vec::new(), &self.nodes[..]);
        while !rest.is_empty() {
            let (layer, above) = rest.split_at(rest.len().div_ceil(2));
            layers.push(layer);
            rest = above;
        }
        layers
    }

    /// The tree at these bits; without its first function, which then passes on its first bit.
    fn value(&self, x: &[Rational], is_whole: bool) -> Rational {
        let mut x = x.to_vec();
        for (l, layer) in self.layers().into_iter().enumerate() {
            let node = |(i, (node, pair)): (usize, (&[bool; 3], &[Rational]))| {
                let is_left_out = !is_whole && (l, i) == (0, 0);
                if is_left_out { pair[0].clone() } else { at(node, &pair[0], &pair[1]) }
            };
            x = layer.iter().zip(x.chunks(2)).enumerate().map(node).collect();
        }
        x.remove(0)
    }

    /// Claims that the network with so many units a function has the output of the tree.
    fn computes(&self, units: usize) -> Conclusion {
        let output = self.network(units).eval(&self.x).remove(0);
        equal("output", output, self.value(&self.x, true))
    }

    /// `f(0) + (f(1) - f(0)) relu(s) + (f(2) - 2 f(1) + f(0)) relu(s - 1)` for each function of the
    /// sum `s` of two, with the first of the units only or with both.
    fn network(&self, units: usize) -> Network {
        let n = self.x.len();
        // How each value is read from the units below.
        let mut read: Vec<Vec<Rational>> = (0..n).map(|i| unit_vector(n, i)).collect();
        let mut constants = vec![Rational::ZERO; n];
        let mut layers = Vec::new();
        for layer in self.layers() {
            let (mut weights, mut biases) = (Vec::new(), Vec::new());
            for (pair, constant) in read.chunks(2).zip(constants.chunks(2)) {
                let sum: Vec<_> = pair[0].iter().zip(&pair[1]).map(|(a, b)| a + b).collect();
                for shift in 0..units {
                    weights.extend(sum.iter().cloned());
                    biases.push(&constant[0] + &constant[1] - Rational::from(shift));
                }
            }
            layers.push(Layer::dense(biases.len(), weights, biases));
            layers.push(Layer::relu());
            let all = units * layer.len();
            (read, constants) = layer
                .iter()
                .enumerate()
                .map(|(i, node)| {
                    let [zero, one, two] = node.map(Rational::from);
                    let slopes = [&one - &zero, two - &one - &one + &zero];
                    let mut row = vec![Rational::ZERO; all];
                    row[units * i..units * (i + 1)].clone_from_slice(&slopes[..units]);
                    (row, zero)
                })
                .unzip();
        }
        layers.push(Layer::dense(1, read.remove(0), constants));
        Network::new(Shape::Flat(n), layers).expect("every layer reads the one before")
    }
}

/// The value of a function for two bits, on the plane: the multilinear extension.
fn at(node: &[bool; 3], x: &Rational, y: &Rational) -> Rational {
    let [zero, one, two] = node.map(Rational::from);
    let slope = &one - &zero;
    &zero + slope * (x + y) + (two - &one - &one + &zero) * x * y
}

fn unit_vector(n: usize, i: usize) -> Vec<Rational> {
    (0..n).map(|j| Rational::from(i == j)).collect()
}

/// So many bits, if all of their points can be asked.
fn few(bits: usize) -> Result<usize, Undecided> {
    if bits <= 10 { Ok(bits) } else { Err(Undecided("the points of more than 10 bits")) }
}

/// As many units on the diagonal as there are bits compute parity, which is checked.
fn units_for_parity(n: usize) -> Result<usize, Undecided> {
    let parity: Vec<_> =
        (0..1usize << n).map(|x| Rational::from(boolean_function::size(x) % 2)).collect();
    let hidden = (0..n).map(|k| (vec![Rational::ONE; n], -Rational::from(k))).collect();
    let network = Shallow::fitted(n, hidden, &parity);
    let is_right = network.misses(|ones, _| ones % 2 == 1) == 0;
    is_right.then_some(network.units.len()).ok_or(Undecided("the units do not compute parity"))
}

fn bits() -> BoxedStrategy<Rational> {
    any::<bool>().prop_map(Rational::from).boxed()
}

fn trees(layers: Span, number: BoxedStrategy<Rational>) -> BoxedStrategy<Case> {
    layers
        .prop_flat_map(move |l| {
            let n = 1usize << l;
            (vec(any::<[bool; 3]>(), n - 1), vec(number.clone(), n))
        })
        .prop_map(|(nodes, x)| Case { nodes, x: x.iter().map(Rational::abs).collect() })
        .boxed()
}

/// A tree of XOR at the bits of the seed.
fn parity(l: usize, seed: u32) -> Case {
    let n = 1usize << l;
    let x = (0..n).map(|i| Rational::from((seed >> (i % 32)) & 1)).collect();
    Case { nodes: vec![[false, true, false]; n - 1], x }
}
