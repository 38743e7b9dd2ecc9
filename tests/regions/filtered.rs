//! The engine in doubles and the one in integers agree on deep networks of every kind and
//! magnitude, and the signs that doubles cannot tell are asked exactly.
//!
//! `CREASE_NETWORKS=2000 cargo test filtered` asks more networks than an ordinary run.

use super::hard::stream;
use super::{dense, numbers};
use crease::engines::complex::Complex;
use crease::exact::Rational;
use crease::geometry::double_description::Progress;
use crease::net::regions::{Cells, Domain, Notion};
use crease::net::{Activation, InputBox, Layer, Network, Shape, Window};

/// What weights are like, but for a power of two.
#[derive(Clone, Copy)]
enum Digits {
    /// Doubles compute with them exactly: ties, and nothing to round.
    Small,
    /// Fifty bits: networks in general position.
    Long,
    /// Thirds, sevenths and tenths: ties that doubles miss.
    Periodic,
}

/// A network of a few layers from a stream of numbers.
struct Draw<R> {
    next: R,
    /// How far the exponents of two go.
    spread: i64,
    digits: Digits,
}

impl<R: FnMut() -> i64> Draw<R> {
    fn below(&mut self, n: usize) -> usize {
        (self.next)() as usize % n
    }

    fn number(&mut self) -> Rational {
        let exponent = match self.spread {
            0 => 0,
            spread => (self.next)() % (2 * spread + 1) - spread,
        };
        let digits = match self.digits {
            Digits::Small => Rational::integer((self.next)() % 5 - 2),
            Digits::Long => Rational::new((self.next)() % (1 << 50) - (1 << 49), 1 << 49),
            Digits::Periodic => Rational::new((self.next)() % 7 - 3, [3, 3, 7, 10][self.below(4)]),
        };
        digits * Rational::integer(2).pow(exponent as i32)
    }

    fn numbers(&mut self, n: usize) -> Vec<Rational> {
        (0..n).map(|_| self.number()).collect()
    }

    fn activation(&mut self) -> Activation {
        let tenth = Rational::new(1, 10);
        let kinks = || {
            let slopes = vec![Rational::ZERO, tenth.clone(), Rational::integer(-1)];
            Activation::piecewise_linear(numbers(&[-1, 2]), slopes, &Rational::new(1, 3))
        };
        match self.below(9) {
            0 => Activation::leaky_relu(tenth.clone()),
            1 => Activation::absolute_value(),
            2 => Activation::hard_tanh(),
            3 => kinks().expect("the breakpoints are in order"),
            _ => Activation::relu(),
        }
    }

    /// Copies, multiples and zeros among the units are as common as they are fatal.
    fn dense(&mut self, inputs: usize, outputs: usize) -> Layer {
        let (mut weight, mut bias) = (self.numbers(inputs * outputs), self.numbers(outputs));
        if self.below(3) == 0 && outputs > 1 {
            let factor = Rational::integer([0, 1, -1, 2][self.below(4)]);
            let first: Vec<_> = weight[..inputs].iter().map(|x| x * &factor).collect();
            weight[inputs..2 * inputs].clone_from_slice(&first);
            if self.below(2) == 0 {
                bias[1] = &bias[0] * &factor;
            }
        }
        if self.below(3) == 0 {
            bias.clear();
        }
        Layer::dense(outputs, weight, bias)
    }

    fn network(&mut self) -> Network {
        let inputs = 1 + self.below(3);
        let mut layers = Vec::new();
        let (input, mut below) = match self.below(4) {
            0 if inputs > 1 => {
                let channels = 1 + self.below(2);
                let (weight, bias) = (self.numbers(2 * channels), self.numbers(channels));
                layers.push(Layer::convolution(channels, Window::line(2), weight, bias));
                layers.push(Layer::Activation(self.activation()));
                if channels == 2 && inputs == 3 {
                    layers.push(Layer::MaxPool(Window::line(2)));
                    layers.push(Layer::Flatten);
                    (Shape::Line([1, inputs]), channels)
                } else {
                    layers.push(Layer::Flatten);
                    (Shape::Line([1, inputs]), channels * (inputs - 1))
                }
            }
            _ => (Shape::Flat(inputs), inputs),
        };
        for _ in 0..2 + self.below(3) {
            let width = 1 + self.below(if inputs == 3 { 3 } else { 5 });
            layers.push(self.dense(below, width));
            layers.push(Layer::Activation(self.activation()));
            if self.below(5) == 0 {
                let body = vec![self.dense(width, width), Layer::Activation(self.activation())];
                let body = Network::new(Shape::Flat(width), body).expect("the layers fit");
                layers.push(Layer::Residual(body));
            }
            below = width;
        }
        layers.push(self.dense(below, 1));
        Network::new(input, layers).expect("the layers fit")
    }

    fn domain(&mut self, inputs: usize) -> Domain {
        let mut ends = || {
            let (a, b) = (self.number(), self.number());
            let (lo, hi) = if a < b { (a, b) } else { (b, a) };
            if lo == hi { (lo, hi + Rational::ONE) } else { (lo, hi) }
        };
        let (lo, hi) = (0..inputs).map(|_| ends()).unzip();
        Domain::Box(InputBox::new(lo, hi).expect("the ends are in order"))
    }
}

/// Everything that walks over cells say: counts, parts, neighbours, points.
fn answers(cells: &Cells) -> ([u64; 4], Option<Vec<Vec<u32>>>, [usize; 4]) {
    let walk = |notion| cells.count(notion, &[], Progress::UNBOUNDED).0;
    let counts = [Notion::Strict, Notion::R1, Notion::R2, Notion::R6].map(walk);
    let parts = cells.parts(Notion::R2, 7, &false.into());
    let complex = Complex::of(cells, usize::MAX).expect("there is no limit");
    let faces = complex.cells.iter().map(|cell| cell.faces.len()).sum();
    let bounded = complex.cells.iter().filter(|cell| cell.bounded).count();
    assert_eq!(cells.affine_regions(usize::MAX), Some(complex.affine_regions()), "R4");
    (counts, parts, [complex.affine_regions(), complex.adjacent.len(), faces, bounded])
}

#[test]
fn doubles_with_bounds_count_as_integers_do() {
    let asked = std::env::var("CREASE_NETWORKS").ok().and_then(|text| text.parse().ok());
    let (mut filtered, mut exact, mut all) = (0, 0, 0);
    for number in 0..asked.unwrap_or(60u64) {
        let spread = [0, 0, 3, 20, 60, 150, 400, 900, 1100][number as usize % 9];
        let digits = [Digits::Small, Digits::Long, Digits::Periodic][number as usize / 9 % 3];
        let mut draw = Draw { next: stream(number + 77), spread, digits };
        for _ in 0..20 {
            let _ = draw.below(2);
        }
        let network = draw.network();
        let sides = draw.domain(network.input().units());
        for domain in [Domain::Whole, sides] {
            let cells = Cells::filtered(&network, &domain);
            let found = answers(&cells);
            let expected = answers(&Cells::exact(&network, &domain));
            assert_eq!(found, expected, "network {number}, 2^{spread}: {network:?} on {domain:?}");
            if let Some(signs) = cells.signs() {
                filtered += 1;
                all += signs.asked;
                exact += signs.exact;
            }
        }
    }
    // Doubles that always gave up, or never, would test nothing.
    assert!(filtered > 20, "only {filtered} walks began in doubles");
    assert!(0 < exact && exact < all, "{exact} of {all} signs took exact numbers");
}

/// Lines through one point with thirds in it: their common vertex is on all of them, which no
/// rounding tells, and its neighbour 2^-80 away is not.
#[test]
fn what_doubles_cannot_tell_is_asked_exactly() {
    for (shift, regions) in [(Rational::ZERO, 6), (Rational::integer(2).pow(-80), 7)] {
        // On the half plane x > -1 the second layer sees x - 1/3 and y - 2/3.
        let first = dense(2, &[1, 0, 0, 1], &[9, 9]);
        let bias = [Rational::new(-28, 3), Rational::new(-29, 3), Rational::integer(-19) + &shift];
        let second = Layer::dense(3, numbers(&[1, 0, 0, 1, 1, 1]), bias.to_vec());
        let network =
            Network::new(Shape::Flat(2), vec![first, Layer::relu(), second, Layer::relu()])
                .expect("the layers fit");
        let square = InputBox::new(numbers(&[-8, -8]), numbers(&[8, 8]));
        let domain = Domain::Box(square.expect("the ends are in order"));
        let cells = Cells::filtered(&network, &domain);
        let (found, _) = cells.count(Notion::R2, &[], Progress::UNBOUNDED);
        assert_eq!(found, regions, "moved by {shift}");
        let signs = cells.signs().expect("the filter applies");
        assert!(0 < signs.exact && signs.exact < signs.asked, "{signs:?}");
    }
}
