//! Behind a layer that folds, two shared filters are as good as free ones.

use crate::catalogue::prelude::*;
use crate::engines::restriction::cells_of_rows;
use crate::net::AffineMap;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/folds_unshare_filters")
        .derived_from("Xiong2020", "Theorem 5, the published count of the last layer")
        .shown_by(Evidence::Proved {
            by: "read line by line in review, 2026-11; the 510 ranks are computed in every run",
        }),
    statement: "input 3x3, four filters 1x1, two filters 2x2, fixed parameters; every input on \
                one of two pieces of the first layer, not all on one  ⟹  256 regions there",
    cases: || Cases::listed((1..(1 << 9) - 1).map(pieces)),
    hypotheses: &[given("not all on one piece", |case: &Case| {
        case.pieces.iter().any(|piece| piece != &case.pieces[0])
    })
    .needed("there the filters are shared, and commute", || {
        Cases::listed(vec![pieces(0), pieces((1 << 9) - 1)])
    })],
    conclusion: |case| equal("regions", case.regions(PIECES), 256),
    twins: &[
        twin("no more than one layer alone", |case: &Case| {
            at_most("regions", case.regions(PIECES), 255)
        })
        .because("filters that differ from place to place do not commute"),
        twin("the same weights on both pieces", |case: &Case| {
            equal("regions", case.regions([PIECES[0]; 2]), 256)
        })
        .because("then they are the same at every place"),
    ],
    well_formed: |case| match (case.pieces.len(), case.pieces.iter().find(|&&piece| piece > 1)) {
        (9, None) => Ok(()),
        (9, Some(piece)) => Err(format!("piece {piece}, expected 0 or 1")),
        (inputs, _) => Err(format!("{inputs} inputs, expected 9")),
    },
};

/// For each piece the taps of two filters, as the slope of what they see there.
type Slopes = [[[i64; 4]; 2]; 2];

const PIECES: Slopes = [[[1, 2, 3, 5], [2, 7, 1, 4]], [[2, -1, 1, 3], [1, 1, -2, 5]]];

/// The piece of each of the nine inputs, row by row: 0 for (1, 2) and 1 for (3, 4).
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    pieces: Vec<usize>,
}

impl Case {
    /// The regions that touch the point where every input is in the middle of its piece: those of
    /// the units that vanish there.
    fn regions(&self, slopes: Slopes) -> u64 {
        let network = network(slopes);
        let middle = self.pieces.iter().map(|&piece| Rational::new(4 * piece as i64 + 3, 2));
        let middle: Vec<_> = middle.collect();
        let values = network.eval(&middle);
        let AffineMap { matrix, offset } = network.affine_on(&network.pattern(&middle));
        let row = |unit: usize| matrix.row(unit).iter().chain([&offset[unit]]).cloned().collect();
        let here = (0..offset.len()).filter(|&unit| values[unit].is_zero());
        let rows: Vec<Vec<_>> = here.map(row).collect();
        cells_of_rows(&rows, usize::MAX).expect("there is no limit")
    }
}

/// The first layer has the kinks 0, 1, 2 and 3. A tap of the second sees a function of the input
/// that is 0 up to 0, has its two slopes on the two pieces, and is 1 in the middle of both; the
/// biases are such that there all units vanish. Without the last ReLU: the output is what it reads.
fn network(slopes: Slopes) -> Network {
    let kinks = (0..4).map(|kink| -Rational::from(kink)).collect();
    let first = Layer::convolution(4, Window::plane(1, 1), vec![Rational::ONE; 4], kinks);
    let filters = (0..2).flat_map(|filter| {
        let taps: Vec<_> =
            (0..4).map(|tap| changes(slopes.map(|piece| piece[filter][tap]))).collect();
        (0..4).flat_map(move |kink| taps.clone().into_iter().map(move |tap| tap[kink].clone()))
    });
    let biases = vec![-Rational::integer(4); 2];
    let second = Layer::convolution(2, Window::plane(2, 2), filters.collect(), biases);
    let layers = vec![first, Layer::relu(), second];
    Network::new(Shape::Plane([1, 3, 3]), layers).expect("the windows fit")
}

/// By how much the slope changes at 0, 1, 2 and 3 if the value is 1 at 3/2 and 7/2, and the slope
/// there the first and the second of these.
fn changes([first, second]: [i64; 2]) -> [Rational; 4] {
    let half = |n: i64| Rational::new(n, 2);
    [half(2 - first), half(3 * first - 2), half(-3 * first - second), half(first + 3 * second)]
}

/// One piece an input, from the bits of a number.
fn pieces(bits: usize) -> Case {
    Case { pieces: (0..9).map(|input| bits >> input & 1).collect() }
}
