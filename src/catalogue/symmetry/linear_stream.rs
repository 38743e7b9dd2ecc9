//! A linear residual stream is balanced as a matrix, over all of its writers and readers.

use crate::catalogue::prelude::*;
use crate::properties::gradient;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("symmetry/linear_stream", AGAINST_ITS_NOTE)
        .derived_from("Du2018", "abstract: squared norms of layers along gradient flow"),
    statement: "x₀ = W u, then x ← x + B relu(A x), no activation on the stream, output R x  ⟹  \
                Σ over writers ∂W Wᵀ = Σ over readers Rᵀ ∂R, as matrices",
    cases: || {
        cases(false, 3)
            .with("6 channels, 3 blocks", 16, streams(false, [6..=6, 3..=3, 1..=2, 1..=3], 3))
            .with("6 inputs, 40 units", 64, streams(false, [6..=8, 4..=4, 6..=7, 10..=10], 3))
    },
    hypotheses: &[given("linear stream", |case: &Case| !case.relu_after).needed(
        "a ReLU after the addition commutes with positive factors of single channels only",
        || cases(true, 3),
    )],
    conclusion: |case| case.largest(usize::MAX),
    twins: &[
        twin("block by block", |case: &Case| case.largest(1))
            .because("one block alone is not balanced"),
        twin("readers left alone", |case: &Case| {
            let (written, _) = case.sides(usize::MAX);
            let largest = entries(&written).map(|x| x.abs()).max();
            let largest = largest.ok_or(Undecided("the stream has no channel"))?;
            equal("largest entry", largest, 0)
        })
        .because("what is written is read"),
    ],
    well_formed: |case| {
        let channels = case.writer.len();
        let is = |rows: &[Vec<Rational>], height: usize, width: usize| {
            height > 0 && width > 0 && rows.len() == height && rows.iter().all(|r| r.len() == width)
        };
        let fits = is(&case.writer, channels, case.x.len())
            && is(&case.reader, case.cotangent.len(), channels)
            && case
                .blocks
                .iter()
                .all(|[a, b]| is(a, a.len(), channels) && is(b, channels, a.len()));
        require!(fits, "matrices that fit a stream of {channels} channels are expected")
    },
};

/// A residual stream: how it is written, its blocks, and how it is read.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    x: Vec<Rational>,
    cotangent: Vec<Rational>,
    /// One row a channel.
    writer: Vec<Vec<Rational>>,
    /// For each block the rows of `A`, units by channels, and of `B`, channels by units.
    blocks: Vec<[Vec<Vec<Rational>>; 2]>,
    /// One row an output.
    reader: Vec<Vec<Rational>>,
    /// Whether a ReLU follows whatever writes the stream.
    relu_after: bool,
}

fn entries(matrix: &Matrix) -> impl Iterator<Item = &Rational> {
    (0..matrix.rows()).flat_map(|i| matrix.row(i))
}

impl Case {
    fn network(&self) -> Network {
        let dense = |rows: &[Vec<Rational>]| Layer::dense(rows.len(), rows.concat(), Vec::new());
        let channels = Shape::Flat(self.writer.len());
        let after = || self.relu_after.then(Layer::relu);
        let mut layers = vec![dense(&self.writer)];
        layers.extend(after());
        for [a, b] in &self.blocks {
            let body = vec![dense(a), Layer::relu(), dense(b)];
            layers.push(Layer::Residual(Network::new(channels, body).expect("the case fits")));
            layers.extend(after());
        }
        layers.push(dense(&self.reader));
        Network::new(Shape::Flat(self.x.len()), layers).expect("the case fits")
    }

    /// `Σ ∂W Wᵀ` over what writes and `Σ Rᵀ ∂R` over what reads, of so many layers at most on
    /// either side.
    fn sides(&self, most: usize) -> (Matrix, Matrix) {
        let network = self.network();
        let gradient = gradient(&network, &self.x, &self.cotangent).parameters;
        let (layers, channels) = (network.parameters(), self.writer.len());
        let table = |numbers: &[Rational], rows: usize| {
            Matrix::from_rows(numbers.chunks(numbers.len() / rows).map(<[_]>::to_vec).collect())
        };
        let (mut written, mut read) =
            (Matrix::zero(channels, channels), Matrix::zero(channels, channels));
        let add = |sum: &mut Matrix, term: Matrix| {
            (0..channels).for_each(|i| (0..channels).for_each(|j| sum[(i, j)] += &term[(i, j)]));
        };
        // Layers in order: the writer, then A and B of each block, then the reader.
        let last = layers.len() - 1;
        let writers = (0..last).step_by(2).take(most);
        for layer in writers {
            let [w, dw] = [&layers, &gradient].map(|all| table(&all[layer].weight, channels));
            add(&mut written, dw.product(&w.transpose()));
        }
        for layer in (1..=last).step_by(2).take(most) {
            let rows = layers[layer].weight.len() / channels;
            let [r, dr] = [&layers, &gradient].map(|all| table(&all[layer].weight, rows));
            add(&mut read, r.transpose().product(&dr));
        }
        (written, read)
    }

    fn largest(&self, most: usize) -> Conclusion {
        let (written, read) = self.sides(most);
        let gaps = entries(&written).zip(entries(&read)).map(|(a, b)| (a - b).abs());
        let largest = gaps.max().ok_or(Undecided("the stream has no channel"))?;
        equal("largest gap", largest, 0)
    }
}

fn cases(relu_after: bool, most: i64) -> Cases<Case> {
    streams(relu_after, [1..=3, 0..=2, 1..=2, 1..=3], most).cases()
}

/// Streams of so many channels and blocks, inputs and outputs, and units a block.
fn streams(relu_after: bool, sizes: [Span; 4], most: i64) -> impl Strategy<Value = Case> {
    let [channels, blocks, ends, units] = sizes;
    (channels, blocks, ends, units).prop_flat_map(move |(c, blocks, m, units)| {
        let table = move |rows: usize, columns: usize| vec(numbers::integers(columns, most), rows);
        let block = (table(units, c), table(c, units)).prop_map(|(a, b)| [a, b]);
        let signals = (numbers::integers(m, most), numbers::integers(m, most));
        (signals, table(c, m), vec(block, blocks), table(m, c)).prop_map(
            move |((x, cotangent), writer, blocks, reader)| Case {
                x,
                cotangent,
                writer,
                blocks,
                reader,
                relu_after,
            },
        )
    })
}
