//! Over all signs a generic second layer has the same average number of regions.

use crate::catalogue::prelude::*;
use crate::counting::dense;
use crate::generators::layer_chains::{Dense, dense_with};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/average_over_signs", AGAINST_THE_STATEMENT)
        .derived_from("Crease", "asked here: the expected count under Gaussian weights"),
    statement: "widths n_1, n_2, independent rows in the first layer, no vanishing minor of \
                [W_2 | b_2]  ⟹  the mean of the regions over the signs of the columns of W_2 \
                = Σ_k C(n_1, k) 2^−k Σ_{j≤k} C(n_2 + k, j)",
    cases: || {
        networks(0..=0, 1..=3, 1..=3, 30)
            .with("more inputs than units", 8, networks(1..=3, 1..=3, 1..=4, 99))
            .with("five units", 64, networks(0..=0, 4..=5, 3..=5, 99_999))
            .with("6 inputs, 40 units", 1024, networks(3..=3, 3..=3, 34..=37, 9_999_999))
            .with("six units first", 2048, networks(0..=1, 6..=6, 4..=6, 9_999_999))
    },
    hypotheses: &[
        given("independent rows in the first layer", |Case(net)| {
            let rows = net.layers[0].weights.clone();
            Matrix::from_rows(rows).rank() == net.widths()[0]
        })
        .needed("not all sets of units are on somewhere", || fewer_inputs().cases()),
        given("no vanishing minor in the second", |case: &Case| !case.has_vanishing_minor())
            .needed("parallel hyperplanes, or some through one point, cut less", || {
                networks(0..=0, 1..=3, 1..=3, 1).cases()
            }),
    ],
    conclusion: |case| equal("mean number of regions", case.mean(true), case.expected()),
    twins: &[
        twin("the mean over the signs of the biases", |case: &Case| {
            equal("mean number of regions", case.mean(false), case.expected())
        })
        .because("turning all hyperplanes over is one change of signs among many")
        .drawing(|| networks(0..=0, 1..=3, 1..=3, 30).cases()),
        twin("the mean is the maximum", |case: &Case| {
            let widths = case.0.widths();
            let maximum = dense::serra_upper(widths[0], &widths);
            equal("mean number of regions", case.mean(true), maximum)
        })
        .because("a hyperplane misses an orthant if its signs say so"),
    ],
    well_formed: |case| {
        case.0.check()?;
        match case.0.widths()[..] {
            [1..=6, 1..=40] => Ok(()),
            ref widths => Err(format!("widths {widths:?}, expected at most 6 and at most 40")),
        }
    },
};

/// Two dense layers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Case(Dense);

impl Case {
    /// The average number of regions over the signs of the columns of the second layer; of its
    /// biases if not `columns`.
    fn mean(&self, columns: bool) -> Rational {
        let signs = self.0.widths()[usize::from(!columns)];
        let regions = |set: u32| {
            let mut net = self.0.clone();
            let second = &mut net.layers[1];
            let turned = (0..signs).filter(|i| set >> i & 1 == 1);
            for i in turned {
                if columns {
                    second.weights.iter_mut().for_each(|row| row[i] = -&row[i]);
                } else {
                    second.biases[i] = -&second.biases[i];
                }
            }
            Rational::from(net.regions())
        };
        (0..1 << signs).map(regions).sum::<Rational>() / Rational::integer(1 << signs)
    }

    /// `sum over k of C(n_1, k) 2^-k sum over j <= k of C(n_2 + k, j)`.
    fn expected(&self) -> Rational {
        let widths = self.0.widths();
        let orthants = |k: usize| {
            let cells = choose(widths[0], k) * choose_up_to(widths[1] + k, k);
            Rational::from(cells) / Rational::integer(1 << k)
        };
        (0..=widths[0]).map(orthants).sum()
    }

    /// Whether a minor of the weights of the second layer, with the biases as one more column, is
    /// zero.
    fn has_vanishing_minor(&self) -> bool {
        let second = &self.0.layers[1];
        let with_bias = |(row, bias): (&Vec<Rational>, &Rational)| {
            [&row[..], std::slice::from_ref(bias)].concat()
        };
        let rows: Vec<_> = second.weights.iter().zip(&second.biases).map(with_bias).collect();
        let mut minors = vec![Rational::ZERO; 1 << rows[0].len()];
        minors[0] = Rational::ONE;
        vanishes(&rows, &minors, 0)
    }
}

/// Whether some of these rows, below others whose minors of `size` columns are known, have a minor
/// that is zero. Minors are listed by their columns, as bits.
fn vanishes(rows: &[Vec<Rational>], minors: &[Rational], size: u32) -> bool {
    if 1 << size == minors.len() {
        return false;
    }
    (0..rows.len()).any(|i| {
        let mut next = vec![Rational::ZERO; minors.len()];
        for set in (0..minors.len()).filter(|set| set.count_ones() == size + 1) {
            // Along the row below.
            let expanded = (0..rows[i].len()).filter(|j| set >> j & 1 == 1).map(|j| {
                let product = &rows[i][j] * &minors[set ^ 1 << j];
                if (set >> j).count_ones() % 2 == 1 { product } else { -product }
            });
            next[set] = expanded.sum();
            if next[set].is_zero() {
                return true;
            }
        }
        vanishes(&rows[i + 1..], &next, size + 1)
    })
}

/// Units of both layers, and `more` inputs than units in the first; weights of size at
/// most `most`.
fn networks(more: Span, first: Span, second: Span, most: i64) -> impl Strategy<Value = Case> {
    (more, first, second)
        .prop_flat_map(move |(more, n, m)| dense_with(n + more, vec![n, m], most))
        .prop_map(Case)
}

/// One input fewer than units in the first layer.
fn fewer_inputs() -> impl Strategy<Value = Case> {
    (2usize..=3, 1usize..=3)
        .prop_flat_map(|(n, m)| dense_with(n - 1, vec![n, m], 30))
        .prop_map(Case)
}
