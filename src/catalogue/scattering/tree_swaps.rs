//! Haar scattering does not see halves exchanged in its tree.

use crate::analysis::scattering::tree;
use crate::catalogue::prelude::*;
use crate::generators::signals::{Leaves, leaves};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("scattering/tree_swaps", AGAINST_ITS_NOTE)
        .remembered_from("Chen2014", "invariance of Haar scattering"),
    statement: "y is x with the halves of any nodes of the tree exchanged  ⟹  S y = S x",
    cases: || {
        drawn(1..=2, 1..=2, 3).with("signs and zeros", 4, drawn(1..=4, 1..=1, 1)).with(
            "6 layers",
            32,
            drawn(6..=6, 1..=2, 1000),
        )
    },
    hypotheses: &[],
    conclusion: |case| case.compare(&case.exchanged()),
    twins: &[
        twin("translation by one", |case: &Case| {
            let mut shifted = case.leaves.x.clone();
            shifted.rotate_right(1);
            case.compare(&shifted)
        })
        .because("a translation pairs other neighbours: it is no exchange of halves"),
        twin("the middle two of a block", |case: &Case| {
            let mut crossed = case.leaves.x.clone();
            let half = 1 << case.leaves.layers >> 1;
            crossed.swap(half - 1, half);
            case.compare(&crossed)
        })
        .because("they belong to different pairs, unless a block is one pair"),
        twin("without a modulus", |case: &Case| {
            let [x, y] = [&case.leaves.x, &case.exchanged()]
                .map(|x| tree(x, case.leaves.layers, |difference| difference));
            same_signal("gap", &y, &x)
        })
        .because("a difference changes its sign when its halves are exchanged"),
    ],
    well_formed: |case| {
        case.leaves.check()?;
        let layers = case.leaves.layers;
        require!(layers > 0, "a tree without layers has no nodes")?;
        let (nodes, found) = (case.nodes(), case.swaps.len());
        require!(found == nodes, "{found} decisions for {nodes} nodes")
    },
};

/// A signal, and for every node of the tree, the lowest layer first, whether its halves are
/// exchanged.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    swaps: Vec<bool>,
    leaves: Leaves,
}

impl Case {
    fn nodes(&self) -> usize {
        let n = self.leaves.x.len();
        (1..=self.leaves.layers).map(|layer| n >> layer).sum()
    }

    fn exchanged(&self) -> Vec<Rational> {
        let mut x = self.leaves.x.clone();
        let mut swaps = self.swaps.iter();
        for half in (0..self.leaves.layers).map(|layer| 1 << layer) {
            for (node, _) in x.chunks_mut(2 * half).zip(&mut swaps).filter(|(_, swap)| **swap) {
                node.rotate_left(half);
            }
        }
        x
    }

    fn compare(&self, y: &[Rational]) -> Conclusion {
        let [x, y] = [&self.leaves.x[..], y].map(|x| tree(x, self.leaves.layers, |x| x.abs()));
        same_signal("gap", &y, &x)
    }
}

fn drawn(layers: RangeInclusive<u32>, blocks: Span, most: i64) -> BoxedStrategy<Case> {
    leaves(layers, blocks, most)
        .prop_flat_map(|leaves| {
            let nodes = Case { swaps: Vec::new(), leaves: leaves.clone() }.nodes();
            let case = move |swaps| Case { swaps, leaves: leaves.clone() };
            vec(any::<bool>(), nodes).prop_map(case)
        })
        .boxed()
}
