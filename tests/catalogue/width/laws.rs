//! Exact width laws: probabilities and least widths that were computed apart in exact fractions.

use super::{lies_between, q};
use crease::analysis::binomial::Binomial;
use crease::analysis::enclosure::{Enclosure, erf, sqrt};
use crease::analysis::frequency::{FrequencyTest, TestSide};
use crease::analysis::separation::{proved_weights, signed};
use crease::exact::Rational;
use crease::train::coverage::{self, Family, xor_square};
use crease::train::width_constants::Demand;
use crease::train::{Samples, TwoLayer};

/// Orthonormal points, half of each label.
fn halves(points: u32) -> Family {
    Family::Orthonormal { positive: points / 2, negative: points / 2 }
}

#[test]
fn widths_that_forget_something_succeed_with_these_probabilities() {
    // Twice the binary logarithm of n; half of the logarithm; n units are more than enough.
    lies_between(&halves(16).near(8), "0.233510", "0.233511");
    lies_between(&halves(256).near(14), "0.061014", "0.061015");
    lies_between(&halves(1024).near(33), "0.940473", "0.940474");
    // The same 16 units for two points and for 4096.
    lies_between(&halves(2).near(16), "0.979970", "0.979971");
    lies_between(&halves(4096).near(16), "0.0000000220", "0.0000000221");
}

#[test]
fn the_expected_counts_of_200_seeds() {
    let expected = |units, points| halves(points).near(units).scale(&Rational::integer(200));
    lies_between(&expected(4, 4), "42.87109375", "42.87109375");
    lies_between(&expected(9, 8), "112.148", "112.149");
    lies_between(&expected(16, 16), "172.669", "172.670");
    lies_between(&expected(16, 64), "121.171", "121.172");
}

/// Successes of 200 runs, and large outputs of 4000, that were drawn apart, with other random
/// numbers: each is as likely as the law says, and a law half of a failure off refuses each.
#[test]
fn counts_drawn_elsewhere_are_as_likely_as_the_laws_say() {
    let judge = |law: Rational, trials: u32, seen: u32| {
        let test = FrequencyTest::new(Binomial::new(trials, law), TestSide::Both, q("1/20"));
        test.accepted().contains(&seen)
    };
    for (units, points, seen) in [(4, 4, 43), (9, 8, 107), (16, 16, 170), (16, 64, 130)] {
        let law = halves(points).probability(units);
        let off = (q("1") - &law) / q("2");
        assert!(judge(law.clone(), 200, seen), "{units} units, {points} points");
        assert!(!judge(law + off, 200, seen), "{units} units, {points} points");
    }
    // More than one in absolute value, where 75 units are near a Gaussian of variance 1/2.
    let tail = Enclosure::point(q("1")).difference(&erf(&q("1"), 60));
    assert!(judge(tail.lo().clone(), 4000, 666));
    assert!(!judge(tail.lo() * q("3/2"), 4000, 666));
}

#[test]
fn outputs_of_one_sign_never_cover_the_other_label() {
    let unit = |i: usize| (0..2).map(|j| Rational::from(i32::from(i == j))).collect();
    let samples = Samples::dense(vec![unit(0), unit(1)], vec![true, false]);
    for heads in 0..16u32 {
        let weight = |k: u32| Rational::integer(if heads >> k & 1 == 1 { 1 } else { -1 });
        let network = TwoLayer {
            weights: vec![vec![weight(0), weight(1)], vec![weight(2), weight(3)]],
            outputs: vec![Rational::ONE; 2],
            scale: Rational::ONE,
            bias: vec![],
        };
        assert!(!coverage::covered(&network, &samples)[1]);
    }
}

/// The margin of orthonormal points is the mean of `sqrt(B) / n` for the heads `B` of `n` coins.
#[test]
fn on_orthonormal_points_the_theorem_asks_for_billions() {
    let asked = |points: u32| {
        let coins = Binomial::new(points, q("1/2"));
        let term = |k: u32| sqrt(&k.into(), 60).expect("a count").scale(&coins.mass(k));
        let zero = Enclosure::point(Rational::ZERO);
        let mean = (0..=points).map(term).fold(zero, |sum, term| sum.sum(&term));
        let margin = mean.scale(&Rational::from(points).recip());
        let demand = Demand {
            samples: points,
            squared_margin: margin.hi().pow(2),
            risk: q("1/10"),
            failure: q("1/10"),
            dyadic: false,
        };
        (margin, demand.width())
    };
    let (margin, width) = asked(2);
    lies_between(&margin, "0.426776", "0.426777");
    lies_between(&width, "2632845000", "2632846000");
    let (margin, width) = asked(64);
    lies_between(&margin, "0.088213", "0.088214");
    lies_between(&width, "1046189000000000", "1046190000000000");
}

/// A width that grows like `n^(1/10)` from 24 units at 8 points asks for 42 at 2048.
#[test]
fn a_power_of_a_tenth_would_need_42_units() {
    let grown = q("24").pow(10) * q("256");
    assert!(q("41").pow(10) < grown && grown < q("42").pow(10));
}

/// Without noise a unit is open at one of `±e_1` and at one of `±e_2`, and its weights can be moved
/// along both apart. So the linearisation at the start separates the square exactly if the units
/// look both ways along both axes: with probability `(1 - 2^(1 - m))^2`.
#[test]
fn without_noise_the_units_at_the_start_separate_with_a_known_probability() {
    for (units, probability) in [(1, "0"), (2, "1/4"), (3, "9/16"), (4, "49/64")] {
        let all = 1u32 << (2 * units);
        let separated = (0..all).filter(|signs| separates(units, *signs)).count();
        assert_eq!(Rational::from(separated) / Rational::from(all), q(probability), "{units}");
    }
}

/// Whether some change of the weights has the right sign at all four points, the gates as they are.
fn separates(units: u32, signs: u32) -> bool {
    let weight = |k: u32| Rational::integer(if signs >> k & 1 == 1 { 1 } else { -1 });
    let network = TwoLayer {
        weights: (0..units).map(|s| vec![weight(2 * s), weight(2 * s + 1)]).collect(),
        outputs: vec![Rational::ONE; units as usize],
        scale: Rational::ONE,
        bias: vec![],
    };
    let samples = xor_square();
    let gradient = |x: &Vec<Vec<Rational>>| network.gradient(x).concat();
    let gradients: Vec<_> = samples.patches.iter().map(gradient).collect();
    proved_weights(&signed(&gradients, &samples.positive)).is_some()
}
