//! Networks on which rounding, tolerances or general position would go wrong.
//!
//! Three engines that share no decision have to agree: deletion and restriction (where it applies),
//! the mesh of rays, and the descent with one linear program a branch. Where a theorem gives the
//! count it is stated, too.

use super::{dense, numbers};
use crease::engines::{CountRegions, Engine};
use crease::exact::Rational;
use crease::generators::networks::of_every_kind;
use crease::net::regions::{Domain, Notion};
use crease::net::{Activation, InputBox, Layer, Network, Pattern, Shape};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::HashSet;

fn q(numerator: i64, denominator: i64) -> Rational {
    Rational::new(numerator, denominator)
}

/// `2^exponent`.
fn power(exponent: i32) -> Rational {
    Rational::integer(2).pow(exponent)
}

/// One layer of hyperplanes `[coefficients.., offset]`.
fn arrangement(dimension: usize, rows: &[Vec<Rational>]) -> Network {
    let weight = rows.iter().flat_map(|row| row[..dimension].to_vec()).collect();
    let bias = rows.iter().map(|row| row[dimension].clone()).collect();
    let layers = vec![Layer::dense(rows.len(), weight, bias), Layer::relu()];
    Network::new(Shape::Flat(dimension), layers).expect("the layers fit")
}

/// The count on which all engines agree.
fn agreed(network: &Network) -> u64 {
    let mesh = network.tally_by(Engine::Mesh, &Domain::Whole).expect("the mesh counts everything");
    if let Some(fast) = network.tally_by(Engine::Restriction, &Domain::Whole) {
        assert_eq!(fast, mesh, "restriction and mesh");
    }
    let descent = network.tally_by(Engine::Descent, &Domain::Whole);
    assert_eq!(descent, Some(mesh), "descent and mesh");
    mesh.cells
}

/// A small reproducible stream of numbers.
pub(super) fn stream(seed: u64) -> impl FnMut() -> i64 {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 1) as i64
    }
}

/// Lines that differ in slope by 2^-45 only; general position all the same.
#[test]
fn nearly_parallel_lines_are_not_parallel() {
    for n in 2..9i64 {
        let rows: Vec<_> = (0..n)
            .map(|k| {
                vec![Rational::ONE + power(-45) * Rational::from(k), Rational::ONE, q(k * k, 1)]
            })
            .collect();
        assert_eq!(agreed(&arrangement(2, &rows)), (1 + n + n * (n - 1) / 2) as u64);
    }
}

/// Three lines around a triangle of side 2^-60, 2^-300 or 2^40, and the same lines concurrent.
#[test]
fn triangles_of_any_size_are_cells() {
    for exponent in [-300, -60, 0, 40, 300] {
        for (offset, expected) in [(power(exponent), 7), (Rational::ZERO, 6)] {
            let rows = [
                vec![Rational::ONE, Rational::ZERO, Rational::ZERO],
                vec![Rational::ZERO, Rational::ONE, Rational::ZERO],
                vec![-Rational::ONE, -Rational::ONE, offset],
            ];
            assert_eq!(agreed(&arrangement(2, &rows)), expected, "2^{exponent}");
        }
    }
}

/// Hyperplanes through one point with thirds in it: n lines make 2n cells, n generic planes
/// through a point n^2 - n + 2; moved by 2^-60 the last one makes more.
#[test]
fn concurrent_hyperplanes_with_thirds() {
    let mut next = stream(7);
    for n in 3..8i64 {
        let mut rows: Vec<Vec<Rational>> = (0..n)
            .map(|k| {
                let normal = [Rational::from(k * k + 1), Rational::from(2 * k + 1), q(k + 2, 7)];
                let at: Rational = normal.iter().map(|a| a * &q(1, 3)).sum();
                normal.into_iter().chain([-at]).collect()
            })
            .collect();
        assert_eq!(agreed(&arrangement(3, &rows)), (n * n - n + 2) as u64);
        rows[n as usize - 1][3] += power(-60);
        // Away from the point, the last plane is cut in general position.
        let cut = (n - 1) * (n - 2) / 2 + n;
        assert_eq!(agreed(&arrangement(3, &rows)), ((n - 1) * (n - 1) - (n - 1) + 2 + cut) as u64);
        let lines: Vec<Vec<Rational>> = (0..n)
            .map(|_| {
                let normal = [q(next() % 1000, 7), q(next() % 1000, 11)];
                let at: Rational = normal.iter().map(|a| a * &q(2, 3)).sum();
                normal.into_iter().chain([-at]).collect()
            })
            .collect();
        assert_eq!(agreed(&arrangement(2, &lines)), 2 * n as u64);
    }
}

/// Dyadic weights of fifty bits, in which no product fits a double, in general position.
#[test]
fn fifty_bit_weights_in_general_position() {
    let mut next = stream(3);
    for (d, n) in [(2usize, 9usize), (3, 7), (4, 6)] {
        let rows: Vec<Vec<Rational>> =
            (0..n).map(|_| (0..=d).map(|_| q(next() % (1 << 50), 1 << 49)).collect()).collect();
        let choose = |k: usize| (0..k).fold(1u64, |c, i| c * (n - i) as u64 / (i + 1) as u64);
        assert_eq!(agreed(&arrangement(d, &rows)), (0..=d).map(choose).sum::<u64>());
    }
}

/// Coincident, parallel, opposite and missing hyperplanes in random company.
#[test]
fn copies_parallels_and_zero_rows_in_any_company() {
    let mut next = stream(11);
    for round in 0..40 {
        let d = 1 + round % 4;
        let mut rows: Vec<Vec<Rational>> =
            (0..4).map(|_| (0..=d).map(|_| Rational::from(next() % 3)).collect()).collect();
        let copy: Vec<Rational> = rows[0].iter().map(|x| x * &q(-5, 3)).collect();
        let mut shifted = rows[1].clone();
        shifted[d] += power(-70);
        rows.extend([copy, shifted]);
        agreed(&arrangement(d, &rows));
    }
}

/// Where x > 0 the second layer computes a^2 x - a (a x) + 2^-60 y: all but the last cancels.
#[test]
fn a_cancellation_to_two_to_the_minus_sixty() {
    let a = q((1 << 30) - 1, 1 << 30);
    let square = &a * &a;
    for (last, expected) in [(power(-60), 5), (Rational::ZERO, 4)] {
        let first = vec![
            Rational::ONE,
            Rational::ZERO,
            -Rational::ONE,
            Rational::ZERO, //
            a.clone(),
            Rational::ZERO,
            Rational::ZERO,
            Rational::ONE,
        ];
        let second = vec![square.clone(), -&square, -&a, last];
        let network = Network::new(
            Shape::Flat(2),
            vec![
                Layer::dense(4, first, vec![]),
                Layer::relu(),
                Layer::dense(1, second, vec![]),
                Layer::relu(),
            ],
        )
        .expect("the layers fit");
        // Four quadrants; where x < 0 < y the form is a^2 x + 2^-60 y, and its line cuts.
        assert_eq!(agreed(&network), expected);
    }
}

/// Tents composed k times: 2^k pieces inside the unit interval, 2^k + 2 regions of the line.
#[test]
fn deep_cascades_of_tents() {
    for k in 2..8u32 {
        let mut layers = Vec::new();
        for depth in 0..k {
            // The tent 2 relu(x) - 4 relu(x - 1/2), its output layer folded into the next input.
            let (weight, bias) = match depth {
                0 => (numbers(&[1, 1]), vec![Rational::ZERO, q(-1, 2)]),
                _ => (numbers(&[2, -4, 2, -4]), vec![Rational::ZERO, q(-1, 2)]),
            };
            layers.push(Layer::dense(2, weight, bias));
            layers.push(Layer::relu());
        }
        layers.push(dense(1, &[2, -4], &[]));
        let network = Network::new(Shape::Flat(1), layers).expect("the layers fit");
        assert_eq!(agreed(&network), (1 << k) + 2, "{k} tents");
    }
}

/// Two and three layers with shared small weights: dead units, exact ties and copies everywhere.
#[test]
fn degenerate_deep_networks() {
    let mut next = stream(5);
    for round in 0..40 {
        let inputs = 1 + round % 3;
        let mut below = inputs;
        let mut layers = Vec::new();
        for width in [3, 2, 2] {
            let weight: Vec<i64> = (0..width * below).map(|_| next() % 3 - 1).collect();
            let bias: Vec<i64> = (0..width).map(|_| next() % 2).collect();
            layers.extend([dense(width, &weight, &bias), Layer::relu()]);
            below = width;
        }
        agreed(&Network::new(Shape::Flat(inputs), layers).expect("the layers fit"));
    }
}

/// Activations right after activations, with kinks off zero: a unit that is off is not at the next
/// kink.
#[test]
fn activations_one_after_the_other_are_counted_alike() {
    let kinked = |draw: &mut dyn FnMut() -> i64| {
        let mut kinks: Vec<i64> = (0..1 + draw() % 2).map(|_| draw() % 7 - 3).collect();
        kinks.sort_unstable();
        kinks.dedup();
        let slopes =
            (0..=kinks.len()).map(|i| Rational::from((draw() % 3 + i as i64) % 3)).collect();
        let kinks = kinks.into_iter().map(|kink| q(kink, 4)).collect();
        let value = q(draw() % 5 - 2, 2);
        Layer::Activation(Activation::piecewise_linear(kinks, slopes, &value).expect("in order"))
    };
    let mut found = 0;
    for seed in 0..120 {
        let mut draw = stream(seed);
        let inputs = 1 + seed as usize % 2;
        let mut layers = Vec::new();
        for _ in 0..2 + draw() % 2 {
            if draw() % 2 == 0 {
                let weight = (0..inputs * inputs).map(|_| draw() % 5 - 2).collect::<Vec<_>>();
                let bias = (0..inputs).map(|_| draw() % 3 - 1).collect::<Vec<_>>();
                layers.push(dense(inputs, &weight, &bias));
            }
            layers.push(if draw() % 3 == 0 { Layer::relu() } else { kinked(&mut draw) });
        }
        let network = Network::new(Shape::Flat(inputs), layers).expect("the layers fit");
        found = found.max(agreed(&network));
    }
    assert!(found > 20, "{found} regions at most");
    let relu_then_kink = vec![
        Layer::relu(),
        Layer::Activation(
            Activation::piecewise_linear(vec![q(3, 8)], numbers(&[0, 1]), &Rational::ZERO)
                .expect("one kink"),
        ),
    ];
    let network = Network::new(Shape::Flat(2), relu_then_kink).expect("the layers fit");
    assert_eq!(agreed(&network), 9);
}

/// Chains of every kind of layer (branches, maxima, shared sparse weights): every engine, and each
/// notion, in a box and on all of space.
#[test]
fn networks_of_every_kind_are_counted_alike() {
    let mut runner = TestRunner::deterministic();
    let (mut found, mut reached, mut kinds) = (0, 0, [0; 4]);
    for _ in 0..400 {
        let tree = of_every_kind().new_tree(&mut runner).expect("nothing is rejected");
        let network: Network = tree.current();
        if network.input().units() > 3 || network.units() > 14 {
            continue;
        }
        for layer in network.layers() {
            match layer {
                Layer::Branches(_) => kinds[0] += 1,
                Layer::Maximum(_) => kinds[1] += 1,
                Layer::Residual(_) => kinds[2] += 1,
                Layer::MaxPool(_) => kinds[3] += 1,
                _ => {}
            }
        }
        found = found.max(agreed(&network));
        let sides = InputBox::cube(network.input().units(), &q(3, 2));
        for domain in [Domain::Whole, Domain::Box(sides)] {
            let [r1, r2, r4, r6] = [Notion::R1, Notion::R2, Notion::R4, Notion::R6]
                .map(|notion| network.count_regions(notion, &domain));
            assert!(r6 <= r4 && r4 <= r2 && r2 <= r1, "{network:?}: {r6} {r4} {r2} {r1}");
            // Evaluation knows nothing of the engines; inside the box it meets no other pattern.
            let mut next = stream(r1);
            let met: HashSet<Pattern> = (0..120)
                .map(|_| (0..network.input().units()).map(|_| q(next() % 1500, 1001)).collect())
                .map(|x: Vec<Rational>| network.pattern(&x))
                .collect();
            assert!(met.len() as u64 <= r1, "{network:?}: {} patterns, not {r1}", met.len());
            reached += u32::from(met.len() as u64 == r1);
        }
    }
    assert!(reached > 20, "sampling reaches the count {reached} times");
    assert!(found > 20 && kinds.iter().all(|&n| n >= 10), "{found} regions, {kinds:?}");
}
