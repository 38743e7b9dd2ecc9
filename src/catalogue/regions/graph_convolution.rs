//! A graph convolution cuts like one node, once for each node.

use crate::catalogue::prelude::*;
use crate::counting::dense::graph_cells;
use crate::engines::Engine;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/graph_convolution", LINE_BY_LINE)
        .derived_from("ChenWangXiong2022", "the question, from the abstract")
        .as_printed("only the abstract was available; the formula is ours"),
    statement: "A invertible  ⟹  regions of relu(A X W + b) = (regions of relu(x W + b))^nodes",
    cases: || {
        invertible([2, 2, 3], 4)
            .with("3 nodes with 2 features, 5 units", 16, invertible([3, 2, 5], 20))
            .with("2 nodes with 3 features, 7 units", 64, invertible([2, 3, 7], 20))
            .with("2 nodes with 3 features, 14 units", 512, mixed((2, 3, 14), 20))
            .with("2 nodes with 3 features, 20 units", 4096, mixed((2, 3, 20), 20))
    },
    hypotheses: &[given("A invertible", |case: &Case| {
        Matrix::from_rows(case.mixing.clone()).rank() == case.mixing.len()
    })
    .needed("nodes that are alike are cut once", || all_alike().cases())],
    // The walk over the cells of all nodes knows nothing of how those of one node are counted.
    conclusion: |case| equal("regions", case.walked(), case.product()),
    twins: &[twin("as if there were no biases", |case: &Case| {
        let (nodes, inputs) = (case.mixing.len(), case.weights.len());
        let central = graph_cells(nodes, inputs, case.biases.len(), false);
        at_most("regions", case.walked(), central)
    })
    .because("three lines in general position have seven cells, through a point six")
    .drawing(|| Cases::listed([triangle()]))],
    well_formed: |case| {
        let (nodes, units) = (case.mixing.len(), case.biases.len());
        let fits = case.mixing.iter().all(|row| row.len() == nodes);
        require!(fits, "the mixing matrix of {nodes} nodes is not square")?;
        let fits = case.weights.iter().all(|row| row.len() == units);
        require!(fits, "expected {units} weights a feature, as many as biases")?;
        let sizes = [nodes, units, case.weights.len()];
        let fits = !sizes.contains(&0) && nodes * units <= 64 && nodes * case.weights.len() <= 8;
        require!(fits, "expected 1 to 64 units and 1 to 8 inputs in all")
    },
};

/// `mixing: [nodes][nodes]`, `weights: [features][units]`, one bias a unit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    mixing: Vec<Vec<Rational>>,
    weights: Vec<Vec<Rational>>,
    biases: Vec<Rational>,
}

impl Case {
    /// The layer that mixes nodes by `mixing`.
    fn network(&self, mixing: &[Vec<Rational>]) -> Network {
        let (nodes, features) = (mixing.len(), self.weights.len());
        let mut weights = Vec::new();
        for row in mixing {
            for unit in 0..self.biases.len() {
                let entries = row.iter().flat_map(|a| self.weights.iter().map(move |w| (a, w)));
                weights.extend(entries.map(|(a, w)| a * &w[unit]));
            }
        }
        let biases = std::iter::repeat_n(&self.biases, nodes).flatten().cloned().collect();
        let dense = Layer::dense(nodes * self.biases.len(), weights, biases);
        let input = Shape::Flat(nodes * features);
        Network::new(input, vec![dense, Layer::relu()]).expect("sizes agree")
    }

    /// Regions of the layer, by a walk over its cells.
    fn walked(&self) -> u64 {
        let tally = self.network(&self.mixing).tally_by(Engine::Mesh, &Domain::Whole);
        tally.expect("the mesh counts everything").cells
    }

    /// Those of a single node, by deletion and restriction, to the power of the number of nodes.
    fn product(&self) -> Rational {
        let one = self.network(&[vec![Rational::ONE]]).count_regions(Notion::R2, &Domain::Whole);
        Rational::from(one).pow(self.mixing.len() as i32)
    }
}

/// Invertible matrices, for at most these numbers of nodes, features and units.
fn invertible([nodes, features, units]: [usize; 3], most: i64) -> impl Strategy<Value = Case> {
    (1..=nodes, 1..=features, 1..=units).prop_flat_map(move |sizes| mixed(sizes, most))
}

fn mixed(
    (nodes, features, units): (usize, usize, usize),
    most: i64,
) -> impl Strategy<Value = Case> {
    let square = || vec(numbers::integers(nodes, 3), nodes);
    let factors = (vec(numbers::nonzero_integer(3), nodes), square(), square(), any::<bool>());
    let weights = vec(numbers::integers(units, most), features);
    (factors, weights, numbers::integers(units, most)).prop_map(
        |((diagonal, mut lower, mut upper, is_turned), weights, biases)| {
            for (i, entry) in diagonal.into_iter().enumerate() {
                lower[i][i + 1..].fill(Rational::ZERO);
                upper[i][..i].fill(Rational::ZERO);
                lower[i][i] = entry;
                upper[i][i] = Rational::ONE;
            }
            let product = Matrix::from_rows(lower).product(&Matrix::from_rows(upper));
            let mut mixing: Vec<_> = (0..product.rows()).map(|i| product.row(i).to_vec()).collect();
            if is_turned {
                mixing.reverse();
            }
            Case { mixing, weights, biases }
        },
    )
}

/// Two nodes that mix to the same sum, and units that switch on at 1, 2, ..
fn all_alike() -> impl Strategy<Value = Case> {
    (1usize..=3).prop_map(|units| Case {
        mixing: vec![vec![Rational::ONE; 2]; 2],
        weights: vec![vec![Rational::ONE; units]],
        biases: (1..=units).map(|k| -Rational::from(k)).collect(),
    })
}

/// Two nodes with two features, and three units in general position.
fn triangle() -> Case {
    let row = |entries: &[i64]| entries.iter().copied().map(Rational::from).collect::<Vec<_>>();
    Case {
        mixing: vec![row(&[1, 0]), row(&[1, 1])],
        weights: vec![row(&[1, 0, 1]), row(&[0, 1, 1])],
        biases: row(&[0, 0, -1]),
    }
}
