//! The order of connectedness on small boards: 2 on lines, 3 on 3 by 3.

use crate::analysis::separation::{self, Separation};
use crate::catalogue::prelude::*;
use crate::construct::separation::{Forms, certificate};
use crate::generators::pictures::Picture;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("perceptron/connectedness_order")
        .derived_from("MinskyPapert1969", "connectedness is not of finite order: small boards")
        .shown_by(Evidence::CertifiedExactly {
            scope: "1 by 3 to 1 by 9, 2 by 2 to 2 by 4, 3 by 3",
            certify: || ORDERS.iter().flat_map(certify).collect(),
        }),
    statement: "order of connectedness, sides touch, the white board connected  =  \
                0 on 1 × 1 and 1 × 2, 1 on 1 × 3, 2 on 1 × 4 to 1 × 9, 2 × 2, 2 × 3, 2 × 4, \
                3 on 3 × 3",
    cases: || Cases::listed(ORDERS.iter().flat_map(|&([r, c], _)| [[r, c], [c, r]]).map(Case::of)),
    hypotheses: &[],
    conclusion: |case| equal("order", case.order(), case.known()),
    twins: &[
        twin("order two on every board", |case: &Case| at_most("order", case.order(), 2))
            .because("two pictures of 3 by 3 have the same pairs up to symmetry"),
        twin("order one on every line", |case: &Case| at_most("order", case.order(), 1))
            .because("1010 and 0101 have the cells of 1100 and 0011")
            .drawing(|| Cases::listed((3..=9).map(|n| Case::of([1, n])))),
        twin("the white board is not connected", |case: &Case| {
            equal("decided in that degree", case.is_decided(case.known(), false), true)
        })
        .because("then one cell has order one"),
    ],
    well_formed: |case| {
        require!(
            ORDERS.iter().any(|(board, _)| *board == case.short_side_first()),
            "{} by {}; boards of 1 by 1 to 1 by 9, 2 by 2 to 2 by 4 and 3 by 3 are asked about",
            case.rows,
            case.columns
        )
    },
};

/// Rows, columns, and the order.
const ORDERS: [([usize; 2], usize); 13] = [
    ([1, 1], 0),
    ([1, 2], 0),
    ([1, 3], 1),
    ([1, 4], 2),
    ([1, 5], 2),
    ([1, 6], 2),
    ([1, 7], 2),
    ([1, 8], 2),
    ([1, 9], 2),
    ([2, 2], 2),
    ([2, 3], 2),
    ([2, 4], 2),
    ([3, 3], 3),
];

/// The sides of a board.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    rows: usize,
    columns: usize,
}

impl Case {
    fn of([rows, columns]: [usize; 2]) -> Self {
        Self { rows, columns }
    }

    fn short_side_first(&self) -> [usize; 2] {
        [self.rows.min(self.columns), self.rows.max(self.columns)]
    }

    fn known(&self) -> usize {
        let listed = ORDERS.iter().find(|(board, _)| *board == self.short_side_first());
        listed.expect("the case is well formed").1
    }

    /// Where each symmetry of the board sends each cell.
    fn symmetries(&self) -> Vec<Vec<usize>> {
        let (rows, columns) = (self.rows, self.columns);
        let kinds = 0..if rows == columns { 8 } else { 4 };
        let sent = |kind: usize, cell: usize| {
            let (mut r, mut c) = (cell / columns, cell % columns);
            if kind & 4 != 0 {
                (r, c) = (c, r);
            }
            r = if kind & 1 != 0 { rows - 1 - r } else { r };
            c = if kind & 2 != 0 { columns - 1 - c } else { c };
            r * columns + c
        };
        kinds.map(|kind| (0..rows * columns).map(|cell| sent(kind, cell)).collect()).collect()
    }

    /// The pictures up to symmetry, each by how many of the products of every orbit of at most
    /// `degree` cells are one; and which are connected.
    fn points(&self, degree: usize, white: bool) -> (Vec<Vec<Rational>>, Vec<bool>) {
        let symmetries = self.symmetries();
        let moved = |cells: usize, to: &Vec<usize>| -> usize {
            to.iter().enumerate().map(|(i, to)| ((cells >> i) & 1) << to).sum()
        };
        let orbit = |cells: usize| {
            let mut orbit: Vec<_> = symmetries.iter().map(|to| moved(cells, to)).collect();
            orbit.sort_unstable();
            orbit.dedup();
            orbit
        };
        let orbits: Vec<_> = (0..1 << (self.rows * self.columns))
            .map(|cells| (cells, orbit(cells)))
            .filter(|(cells, orbit)| orbit[0] == *cells)
            .collect();
        let small = |cells: usize| cells.count_ones() as usize <= degree;
        let products: Vec<_> = orbits.iter().filter(|(cells, _)| small(*cells)).collect();
        let feature = |picture: usize, orbit: &[usize]| {
            Rational::from(orbit.iter().filter(|&&cells| cells & picture == cells).count())
        };
        let point = |picture| products.iter().map(|(_, orbit)| feature(picture, orbit)).collect();
        let connected = |cells| match Picture::of_bits([self.rows, self.columns], cells).pieces() {
            0 => white,
            pieces => pieces == 1,
        };
        orbits.iter().map(|(cells, _)| (point(*cells), connected(*cells))).unzip()
    }

    fn separation(&self, degree: usize, white: bool) -> (Vec<Vec<Rational>>, Separation) {
        let (points, truth) = self.points(degree, white);
        let vectors = separation::signed(&points, &truth);
        let proof = separation::separate_by_rounds(&vectors);
        (vectors, proof)
    }

    /// Whether the pictures are separated in this degree, by a proof that is checked.
    fn is_decided(&self, degree: usize, white: bool) -> bool {
        let (vectors, proof) = self.separation(degree, white);
        separation::checked(&vectors, proof).is_some()
    }

    /// The least degree in which the pictures are separated.
    fn order(&self) -> usize {
        let decided = |degree: &usize| self.is_decided(*degree, true);
        (0..).find(decided).expect("every function of cells is a polynomial")
    }
}

/// Why the order is no less, and no more.
fn certify(&(board, order): &([usize; 2], usize)) -> Vec<Certificate> {
    let case = Case::of(board);
    let of_degree = |degree: usize| {
        let (points, truth) = case.points(degree, true);
        let (_, proof) = case.separation(degree, true);
        Certificate {
            name: format!("{}x{}_degree_{degree}", case.rows, case.columns),
            text: certificate(CLAIM.card.id, Forms::Homogeneous, &points, &truth, &proof),
        }
    };
    if order == 0 { Vec::new() } else { vec![of_degree(order - 1), of_degree(order)] }
}
