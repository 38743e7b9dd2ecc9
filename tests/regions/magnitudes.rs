//! Weights, biases and boxes of every magnitude, far beyond the doubles: no engine errs.
//!
//! `CREASE_NETWORKS=2000 cargo test magnitudes` asks more networks than an ordinary run.

use super::certificates::accepted;
use super::hard::stream;
use super::reference::{Form, Plain, Row};
use super::{counts, numbers};
use crease::engines::complex::Complex;
use crease::engines::{CountRegions, Engine};
use crease::exact::Rational;
use crease::geometry::double_description::{Progress, Tally};
use crease::net::regions::{Cells, Domain, Notion};
use crease::net::{InputBox, Layer, Network, Shape, Window};
use crease::properties::certificate::{Bound, write_certificate};

type Compile = fn(&Network, &Domain) -> Cells;

/// How far the exponents of ten go: where products underflow, where entries do, beyond the doubles.
const SPREADS: [i32; 9] = [0, 3, 20, 80, 130, 160, 200, 310, 400];

fn ten(exponent: i32) -> Rational {
    Rational::integer(10).pow(exponent)
}

/// Numbers with exponents up to a spread.
struct Draw<R> {
    next: R,
    spread: i32,
    /// Exponents at the ends and in the middle only, so that they meet.
    ends: bool,
}

impl<R: FnMut() -> i64> Draw<R> {
    fn below(&mut self, n: i64) -> i64 {
        (self.next)() % n
    }

    fn magnitude(&mut self) -> Rational {
        let spread = i64::from(self.spread);
        ten(match self.ends {
            true => spread * (self.below(3) - 1),
            false => self.below(2 * spread + 1) - spread,
        } as i32)
    }

    fn number(&mut self) -> Rational {
        let digit = [0, 1, 1, -1, -1, 2, -3][self.below(7) as usize];
        Rational::integer(digit) * self.magnitude()
    }

    /// Forms, some of them copies: proportional, or a hair beside each other.
    fn layer(&mut self, below: usize, width: usize) -> Vec<Form> {
        let mut forms: Vec<Form> = Vec::new();
        for unit in 0..width {
            let mut form: Form = (0..=below).map(|_| self.number()).collect();
            if unit > 0 && self.below(4) == 0 {
                let factor = [1, 1, -1, 2][self.below(4) as usize];
                form = forms[self.below(unit as i64) as usize].clone();
                form.iter_mut().for_each(|x| *x *= &Rational::integer(factor));
                if self.below(2) == 0 {
                    let at = self.below(below as i64 + 1) as usize;
                    form[at] += self.number();
                }
            }
            forms.push(form);
        }
        forms
    }

    fn plain(&mut self) -> Plain {
        let inputs = [1, 1, 2, 2, 3][self.below(5) as usize];
        let widths = match self.below(6) {
            0 => vec![5 - inputs, 1],
            1 | 2 => vec![3, 2, 1],
            3 => vec![2, 3, 2],
            _ => vec![2, 2, 2, 1],
        };
        let mut layers: Vec<Vec<Form>> = Vec::new();
        for width in widths {
            let below = layers.last().map_or(inputs, Vec::len);
            layers.push(self.layer(below, width));
        }
        Plain { inputs, layers }
    }

    /// A convolution of two channels before dense layers: as a network, and as its matrix.
    fn convolution(&mut self) -> (Plain, Network) {
        let (inputs, taps) = (2 + self.below(2) as usize, 2);
        let places = inputs + 1 - taps;
        let channels = if places == 1 { 2 } else { 1 + self.below(2) as usize };
        let filters = self.layer(taps, channels);
        let mut first = Vec::new();
        for filter in &filters {
            for place in 0..places {
                let mut form = vec![Rational::ZERO; inputs + 1];
                form[0] = filter[0].clone();
                form[1 + place..][..taps].clone_from_slice(&filter[1..]);
                first.push(form);
            }
        }
        let second = self.layer(first.len(), 2);
        let plain = Plain { inputs, layers: vec![first, second, self.layer(2, 1)] };
        let dense = plain.network();
        let weight = filters.iter().flat_map(|filter| filter[1..].to_vec()).collect();
        let bias = filters.iter().map(|filter| filter[0].clone()).collect();
        let mut layers = vec![Layer::convolution(channels, Window::line(taps), weight, bias)];
        layers.extend([dense.layers()[1].clone(), Layer::Flatten]);
        layers.extend_from_slice(&dense.layers()[2..]);
        (plain, Network::new(Shape::Line([1, inputs]), layers).expect("the layers fit"))
    }

    /// A box with ends of any magnitude.
    fn sides(&mut self, inputs: usize) -> InputBox {
        let lo: Vec<_> = (0..inputs).map(|_| self.number()).collect();
        let hi = lo.iter().map(|lo| lo + self.magnitude()).collect();
        InputBox::new(lo, hi).expect("the ends are in order")
    }
}

/// The rows of a box, open or closed.
fn rows(sides: &InputBox, open: bool) -> Vec<Row> {
    let row = |i: usize, sign: i64, constant: Rational| {
        let mut form = vec![Rational::ZERO; sides.lo().len() + 1];
        (form[0], form[1 + i]) = (constant, sign.into());
        (form, open)
    };
    let ends = sides.lo().iter().zip(sides.hi()).enumerate();
    ends.flat_map(|(i, (lo, hi))| [row(i, 1, -lo), row(i, -1, hi.clone())]).collect()
}

/// What is wrong with the counts of a network on a domain.
fn faults(plain: &Plain, network: &Network, sides: Option<&InputBox>) -> Vec<String> {
    let domain = sides.map_or(Domain::Whole, |sides| Domain::Box(sides.clone()));
    let rows = |open| sides.map_or(Vec::new(), |sides| rows(sides, open));
    let [strict, r2, r4, r6] = plain.regions(&rows(true));
    let [open, closed] = [true, false].map(|open| plain.patterns(&rows(open)));
    let mut faults = Vec::new();
    let mut ask = |what: &str, found: &dyn std::fmt::Debug, ok: bool| {
        if !ok {
            faults.push(format!("{what}: {found:?}, not {:?}", [strict, open, r2, r4, r6]));
        }
    };
    ask("chain", &(), r6 <= r4 && r4 <= r2 && r2 <= open && open <= closed && strict <= r2);
    let found = counts(network, &domain);
    // A box that is open and one that is closed differ in patterns on its border, and R1 only.
    let right = |found: [u64; 5]| {
        (open..=closed).contains(&found[1])
            && [found[0], found[2], found[3], found[4]] == [strict, r2, r4, r6]
    };
    ask("counts", &found, right(found));
    for (what, of) in [("walk", Cells::exact as Compile), ("walk in doubles", Cells::filtered)] {
        let cells = of(network, &domain);
        let walk = |notion| cells.count(notion, &[], Progress { limit: u64::MAX, stop: None }).0;
        let mut walked = Notion::ALL.map(walk);
        // The walk counts maps where it is asked for regions of R4.
        walked[3] =
            Complex::of(&cells, usize::MAX).map_or(0, |complex| complex.affine_regions() as u64);
        ask(what, &walked, right(walked));
    }
    let tally = Tally { cells: r2, strict };
    for engine in [Engine::Mesh, Engine::Descent, Engine::Restriction] {
        let found = network.tally_by(engine, &domain);
        let applies = found.is_some() || engine == Engine::Restriction;
        ask(engine.name(), &found, applies && found.is_none_or(|found| found == tally));
    }
    let mut sink = std::io::sink();
    let tree = write_certificate(network, sides, Bound::Exact, "regions/test", &mut sink);
    let tree = tree.expect("the box has an inside");
    ask("split tree", &tree, (tree.cells, tree.strict) == (r2, strict));
    let certified = accepted(network, sides);
    ask("certificate", &certified, certified.is_ok());
    faults
}

/// Whether an engine is wrong about the network of this number.
fn faults_of(number: u64) -> Vec<String> {
    let spread = SPREADS[number as usize % SPREADS.len()];
    let mut draw = Draw { next: stream(number + 1), spread, ends: number.is_multiple_of(2) };
    // The first few numbers of a stream are alike.
    for _ in 0..20 {
        let _ = draw.below(2);
    }
    let (plain, network) = match draw.below(5) {
        0 => draw.convolution(),
        _ => {
            let plain = draw.plain();
            let network = plain.network();
            (plain, network)
        }
    };
    let sides = draw.sides(plain.inputs);
    let mut faults: Vec<String> = [None, Some(&sides)]
        .into_iter()
        .flat_map(|sides| faults(&plain, &network, sides))
        .map(|fault| format!("network {number}, 10^{spread}: {fault}"))
        .collect();
    faults.truncate(4);
    faults
}

#[test]
fn every_engine_agrees_with_elimination_at_every_magnitude() {
    let asked = std::env::var("CREASE_NETWORKS").ok().and_then(|text| text.parse().ok());
    let networks: u64 = asked.unwrap_or(150);
    let wrong: Vec<_> = (0..networks).map(faults_of).filter(|faults| !faults.is_empty()).collect();
    let all: Vec<String> = wrong.iter().flatten().take(40).cloned().collect();
    let (wrong, list) = (wrong.len(), all.join("\n"));
    assert!(wrong == 0, "{wrong} of {networks} networks are counted wrongly:\n{list}");
}

fn agreed(plain: &Plain, sides: Option<&InputBox>) {
    assert_eq!(faults(plain, &plain.network(), sides), Vec::<String>::new());
}

fn interval(lo: Rational, hi: Rational) -> InputBox {
    InputBox::new(vec![lo], vec![hi]).expect("the ends are in order")
}

/// Kinks at -10^160, 1 - 10^160, and 10^-160 above the first.
#[test]
fn parallels_far_away_are_counted() {
    let one = || Rational::ONE;
    let network = |biases: &[Rational]| {
        let second: Vec<Form> = biases.iter().map(|bias| vec![bias.clone(), one()]).collect();
        let sum = vec![one(); second.len() + 1];
        Plain { inputs: 1, layers: vec![vec![vec![ten(160), one()]], second, vec![sum]] }
    };
    let two = network(&[-one(), -ten(-160)]);
    assert_eq!(two.regions(&[]), [4, 4, 3, 3]);
    agreed(&two, None);
    // Where the first unit is off, the one without a bias vanishes.
    let three = network(&[Rational::ZERO, -one(), -ten(-160)]);
    let sides = interval(-ten(161), ten(161));
    assert_eq!(three.regions(&rows(&sides, true)), [3, 4, 4, 4]);
    agreed(&three, Some(&sides));
    agreed(&three, None);
}

/// Kinks at 10^400 on either side, where no double is.
#[test]
fn kinks_beyond_the_doubles_are_counted() {
    let first = [1, -1].map(|slope| vec![ten(400), slope.into()]).to_vec();
    let second = vec![numbers(&[-1, 1, 0]), vec![-ten(-400), 1.into(), 0.into()]];
    let plain = Plain { inputs: 1, layers: vec![first, second, vec![numbers(&[0, 1, 1])]] };
    assert_eq!(plain.regions(&[])[1], 5);
    agreed(&plain, None);
}

/// A box that begins or ends at the kink.
#[test]
fn a_box_that_ends_at_a_kink_has_one_region() {
    let identity = || vec![numbers(&[0, 1])];
    let plain = Plain { inputs: 1, layers: vec![identity(), identity()] };
    for [lo, hi] in [[0, 1], [-1, 0]] {
        let sides = interval(lo.into(), hi.into());
        assert_eq!(plain.regions(&rows(&sides, true)), [1; 4]);
        agreed(&plain, Some(&sides));
    }
}
