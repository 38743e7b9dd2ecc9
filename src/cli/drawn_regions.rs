//! Drawn questions about regions: networks whose first forms depend on each other, and networks
//! of numbers of every magnitude.

use super::drawn::{note, number, q};
use crate::claim::Edited;
use crate::engines::restriction;
use crate::engines::{CountRegions, Engine};
use crate::exact::Rational;
use crate::exact::vectors::{NearBox, Vectors};
use crate::net::regions::{Cells, Domain, Notion};
use crate::net::{InputBox, Layer, Network, Shape};
use crate::train::random::Stream;

/// A network of a few more units than its first forms have dimensions, with biases, and often
/// fewer of these than inputs.
fn dependent(random: &mut Stream, round: usize) -> Network {
    let rank = 4 + round % 2;
    let inputs = rank + round % 4;
    let mut row = |n: usize| -> Vec<Rational> { (0..n).map(|_| number(random)).collect() };
    let mut rows: Vec<_> = (0..rank).map(|_| row(inputs)).collect();
    let factors = row(rank);
    let sum = |i: usize| rows.iter().zip(&factors).map(|(row, factor)| &row[i] * factor).sum();
    let last: Vec<Rational> = (0..inputs).map(sum).collect();
    rows.insert(round % rank, last);
    let layers = vec![
        Layer::dense(rank + 1, rows.concat(), row(rank + 1)),
        Layer::relu(),
        Layer::dense(2, row(2 * rank + 2), row(2)),
        Layer::relu(),
        Layer::dense(1, row(2), vec![q(0, 1)]),
    ];
    Network::new(Shape::Flat(inputs), layers).expect("the layers fit")
}

/// Such networks, counted everywhere and in a box.
pub fn frames(edited: &mut Edited) {
    let mut random = Stream::new(7, 0);
    for round in 0..12 {
        let network = dependent(&mut random, round);
        let range = InputBox::cube(network.input().units(), &q(3, 1));
        counted(edited, &network, Domain::Whole);
        if round % 3 == 0 {
            counted(edited, &network, Domain::Box(range));
        }
    }
}

/// Counts in every notion and by every engine.
fn counted(edited: &mut Edited, network: &Network, domain: Domain) {
    note(edited, Notion::ALL.map(|notion| network.count_regions(notion, &domain)));
    let engines = [Engine::Restriction, Engine::Mesh, Engine::Descent];
    note(edited, engines.map(|engine| network.tally_by(engine, &domain)));
    let cells = Cells::new(network, &domain);
    note(edited, (cells.integers(), restriction::applies(&cells), cells.signs()));
}

/// Networks of one and two inputs with weights, biases and boxes from `10^-400` to `10^400`: where
/// products of doubles underflow, where entries do, and where there are none. Some units are
/// parallel, a hair beside each other.
pub fn magnitudes(edited: &mut Edited) {
    let mut random = Stream::new(8, 0);
    for round in 0..54 {
        let spread = [0, 20, 80, 130, 160, 200, 310, 350, 400][round % 9];
        let mut number = || {
            let exponent = match round % 2 {
                0 => spread * (random.below(3) as i32 - 1),
                _ => random.below(2 * spread as u64 + 1) as i32 - spread,
            };
            let digit = [0, 1, 1, -1, -1, 2, -3][random.below(7) as usize];
            Rational::integer(digit) * Rational::integer(10).pow(exponent)
        };
        let inputs = 1 + round % 2;
        let mut layers = Vec::new();
        for (from, to) in [(inputs, 3), (3, 3), (3, 1)] {
            let mut rows: Vec<Vec<_>> =
                (0..to).map(|_| (0..from).map(|_| number()).collect()).collect();
            let mut biases: Vec<_> = (0..to).map(|_| number()).collect();
            if to > 1 && round % 3 > 0 {
                (rows[1], biases[1]) = (rows[0].clone(), &biases[0] + number());
                rows[1][0] += if round % 3 == 2 { number() } else { Rational::ZERO };
            }
            layers.push(Layer::dense(to, rows.concat(), biases));
            layers.push(Layer::relu());
        }
        layers.pop();
        let network = Network::new(Shape::Flat(inputs), layers).expect("the layers fit");
        counted(edited, &network, Domain::Whole);
        let lo: Vec<_> = (0..inputs).map(|_| number()).collect();
        let hi = lo.iter().map(|lo| lo + Rational::ONE + number().abs()).collect();
        let range = InputBox::new(lo, hi).expect("the ends are in order");
        counted(edited, &network, Domain::Box(range));
    }
}

/// Forms and vectors whose doubles are close to what they stand for and not equal to it: signs at
/// vertices that are computed from the forms through them, of these forms and of others, and
/// bounds on boxes of sums of forms that nearly cancel.
pub fn shadows(edited: &mut Edited) {
    let mut random = Stream::new(9, 0);
    let cross = |x: &[i64; 3], y: &[i64; 3]| -> [i64; 3] {
        [1, 2, 0].map(|i| x[i] * y[(i + 1) % 3] - x[(i + 1) % 3] * y[i])
    };
    for _ in 0..40 {
        let mut word = |size: u64| random.below(2 * size + 1) as i64 - size as i64;
        let mut point = || [1 + word(1 << 29).abs(), word(1 << 29), word(1 << 29)];
        let [x, y, form] = [point(), point(), point()];
        let wall = cross(&x, &y);
        let through: [_; 3] = std::array::from_fn(|i| 3 * form[i] - 2 * wall[i]);
        let beside = [through[0], through[1], through[2] + 1];
        let (mut rows, mut rays) = (Vectors::new(3), Vectors::new(3));
        [form, wall, through, beside].iter().for_each(|row| _ = rows.push_words(row));
        [x, y].iter().for_each(|ray| _ = rays.push_words(ray));
        let sides = [0, 1].map(|ray| rays.side(&rows, 0, ray));
        if sides[0].sign() != sides[1].sign().reverse() || sides[0].sign().is_eq() {
            continue;
        }
        let vertex = rays.combine(0, (0, sides[0]), (1, sides[1]));
        rays.sharpen(&rows, &[1, 0], vertex);
        note(edited, [0, 1, 2, 3].map(|row| rays.side(&rows, row, vertex).sign()));
    }
    for round in 0..40 {
        let inputs = 1 + round % 3;
        let mut word = |size: u64| random.below(2 * size + 1) as i64 - size as i64;
        let form: Vec<_> = (0..inputs).map(|_| word(1 << 58)).collect();
        let other = form.iter().map(|x| word(7) - x);
        let mut rows = Vectors::new(inputs + 1);
        rows.push_words(&[&[1 << 60], &*form].concat());
        rows.push_words(&[&[-1 << 60], &*other.collect::<Vec<_>>()].concat());
        let far = 2f64.powi(12 * (round as i32 % 6));
        let sides = NearBox { lower: vec![-far; inputs], upper: vec![far / 2.0; inputs] };
        for weights in [vec![(0, 1.0), (1, 1.0)], vec![(0, -0.5), (1, -0.5)], vec![(0, 1.0)]] {
            note(edited, rows.most_on(&weights, &sides));
        }
    }
}
