//! Cells counted by sections, and the same cells made by halving: two walks of one network.

use super::stack;
use crate::laws::support::check;
use crease::engines::complex::Complex;
use crease::exact::Rational;
use crease::geometry::double_description::Progress;
use crease::net::regions::{Cells, Domain, Notion};
use crease::net::{Activation, InputBox, Network, Shape};
use quickcheck::{Arbitrary, Gen};

/// A network with many units in its last layer, and small weights: in most cells of the layer
/// before, several of them cut, and many hyperplanes meet where generic ones do not.
#[derive(Clone, Debug)]
struct Crowded {
    inputs: usize,
    widths: Vec<usize>,
    weights: Vec<i64>,
    domain: Domain,
}

impl Arbitrary for Crowded {
    fn arbitrary(g: &mut Gen) -> Self {
        let inputs = 1 + usize::arbitrary(g) % 4;
        let last = 5 + usize::arbitrary(g) % 4;
        let widths = match usize::arbitrary(g) % 3 {
            0 => vec![last],
            1 => vec![2, last],
            _ => vec![3, 2, last],
        };
        let largest = [1, 2, 3, 40][usize::arbitrary(g) % 4];
        let weights = (0..90).map(|_| i64::from(i8::arbitrary(g)) % (largest + 1)).collect();
        let side = InputBox::cube(inputs, &Rational::new(5, 2));
        let domain = if bool::arbitrary(g) { Domain::Whole } else { Domain::Box(side) };
        Self { inputs, widths, weights, domain }
    }
}

impl Crowded {
    fn network(&self) -> Network {
        let weights = self.weights.iter().copied();
        let layers = stack(self.inputs, &self.widths, weights, &Activation::relu());
        Network::new(Shape::Flat(self.inputs), layers).expect("the layers fit")
    }
}

#[test]
fn sections_count_the_cells_that_halves_make() {
    fn law(crowded: Crowded) -> bool {
        let cells = Cells::in_inputs(&crowded.network(), &crowded.domain);
        let made = Complex::of(&cells, usize::MAX).expect("there is no limit").cells.len() as u64;
        let within = |limit| cells.count(Notion::R2, &[], Progress { limit, stop: None });
        let (some, ended) = within(made.div_ceil(2));
        // A walk that stops has found what it was asked for, and nothing that is not there.
        within(u64::MAX) == (made, true)
            && (made.div_ceil(2)..=made).contains(&some)
            && (some == made || !ended)
    }
    check(law as fn(Crowded) -> bool);
}
