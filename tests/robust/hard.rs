//! Ties, ends, constant pieces, long numbers; forged certificates.

use super::{asked, distance, question};
use crease::exact::Rational;
use crease::net::{Layer, Network, Shape};
use crease::robust::{Asked, Nobody, Norm, Question, QuestionError};

fn numbers(text: &str) -> Vec<Rational> {
    text.split_whitespace().map(|x| x.parse().expect("a number")).collect()
}

/// A dense ReLU network from rows of weights and biases.
fn network(inputs: usize, layers: &[(usize, &str, &str)]) -> Network {
    let mut all = Vec::new();
    for (outputs, weights, biases) in layers {
        if !all.is_empty() {
            all.push(Layer::relu());
        }
        all.push(Layer::dense(*outputs, numbers(weights), numbers(biases)));
    }
    Network::new(Shape::Flat(inputs), all).expect("the layers fit")
}

fn linear(weights: &str) -> Network {
    let weights = numbers(weights);
    let inputs = weights.len();
    let mut both = weights;
    both.extend(vec![Rational::ZERO; inputs]);
    let layer = Layer::dense(2, both, numbers("1 0"));
    Network::new(Shape::Flat(inputs), vec![layer]).expect("the layer fits")
}

fn at(x: &str, label: usize, norm: Norm, radius: Option<i64>) -> Question {
    question(&numbers(x), label, norm, radius)
}

#[test]
fn a_linear_classifier_is_as_far_as_the_dual_norm_says() {
    let network = linear("3 -4");
    let expected = [(Norm::Linf, "1/7"), (Norm::L1, "1/4"), (Norm::L2, "1/25")];
    for (norm, distance_there) in expected {
        for radius in [None, Some(1)] {
            let question = at("0 0", 0, norm, radius);
            let there = Some(numbers(distance_there)[0].clone());
            assert_eq!(distance(&network, &question), there);
            let bound = Asked::new(&network).ask(question).expect("it fits").lipschitz_bound();
            assert_eq!(bound, there, "one layer attains it");
        }
    }
}

#[test]
fn a_box_makes_it_farther_or_infinite() {
    let network = linear("3 -4");
    let boxed = |hi: &str| {
        let sides = crease::net::InputBox::new(numbers("0 0"), numbers(hi)).expect("in order");
        Question { sides: Some(sides), ..at("0 0", 0, Norm::Linf, None) }
    };
    assert_eq!(distance(&network, &boxed("1 1")), Some(Rational::new(1, 4)));
    assert_eq!(distance(&network, &boxed("1 1/8")), None);
    // The end of the box itself counts.
    assert_eq!(distance(&network, &boxed("1 1/4")), Some(Rational::new(1, 4)));
}

#[test]
fn a_tie_at_the_point_is_at_distance_zero_and_a_wrong_label_too() {
    let network = linear("1 1");
    assert_eq!(distance(&network, &at("-1 0", 0, Norm::L1, None)), Some(Rational::ZERO));
    assert_eq!(distance(&network, &at("5 5", 1, Norm::L2, Some(9))), Some(Rational::ZERO));
}

#[test]
fn two_outputs_that_are_equal_on_a_piece_are_a_tie_there() {
    // 1 - relu(x) + relu(x - 1) is 0 from 1 on, where both outputs are equal.
    let network = network(1, &[(2, "1 1", "0 -1"), (2, "-1 1 0 0", "1 0")]);
    for norm in Norm::ALL {
        assert_eq!(distance(&network, &at("0", 0, norm, Some(3))), Some(Rational::ONE));
    }
}

#[test]
fn a_constant_network_has_no_other_label_and_a_flat_start_misleads_nobody() {
    let constant = network(2, &[(1, "0 0", "1"), (2, "1 0", "0 0")]);
    assert_eq!(distance(&constant, &at("0 0", 0, Norm::Linf, Some(8))), None);
    // Constant near 0, as its gradient says; lost at 5/4.
    let flat = network(1, &[(1, "1", "-1"), (2, "-4 0", "1 0")]);
    for (norm, expected) in [(Norm::Linf, "5/4"), (Norm::L1, "5/4"), (Norm::L2, "25/16")] {
        let expected = Some(numbers(expected)[0].clone());
        assert_eq!(distance(&flat, &at("0", 0, norm, Some(2))), expected);
    }
}

#[test]
fn thirds_and_long_denominators_are_exact() {
    let long = format!("1/1{}", "0".repeat(60));
    let network =
        network(2, &[(2, &format!("1/3 {long} 2/7 -1"), "0 1/9"), (2, "-1 -1/3 0 1", "1 0")]);
    for norm in Norm::ALL {
        let (answer, _) = asked(&network, &at("1/3 1/7", 0, norm, Some(5)));
        let upper = answer.upper.clone().expect("there is another label");
        assert!(answer.is_exact());
        assert_eq!(norm.distance(&upper.point, &numbers("1/3 1/7")), upper.distance);
    }
}

#[test]
fn bad_questions_are_refused() {
    let network = linear("1 1");
    let asked = Asked::new(&network);
    let refused = |question| asked.ask(question).err();
    let dimension = QuestionError::Dimension { expected: 2, found: 1 };
    assert_eq!(refused(at("0", 0, Norm::L1, None)), Some(dimension));
    let label = QuestionError::Label { label: 2, outputs: 2 };
    assert_eq!(refused(at("0 0", 2, Norm::L1, None)), Some(label));
    let outside =
        QuestionError::Outside { entry: 2, found: 2.into(), lo: (-1).into(), hi: 1.into() };
    assert_eq!(refused(at("0 2", 0, Norm::L1, Some(1))), Some(outside));
    let one = Network::new(Shape::Flat(1), vec![Layer::dense(1, numbers("1"), numbers("0"))]);
    let one = Asked::new(&one.expect("the layer fits"));
    assert_eq!(one.ask(at("0", 0, Norm::L1, None)).err(), Some(QuestionError::OneOutput));
}

#[test]
fn a_search_that_is_stopped_has_proved_what_it_says() {
    let network = linear("-4 0");
    let asked = Asked::new(&network);
    let ready = asked.ask(at("0 0", 0, Norm::Linf, Some(2))).expect("the question fits");
    let answer = ready.distance(&mut Nobody, &mut |_| true);
    assert_eq!(answer.lower, Some(Rational::ZERO));
    assert_eq!(answer.upper.map(|upper| upper.distance), Some(Rational::new(1, 4)));
}

/// Every number of an accepted certificate made a little larger or smaller.
#[test]
fn a_certificate_with_another_number_proves_itself_or_nothing() {
    let network = network(2, &[(3, "1 2 -1 1 1/2 -3", "0 1 1/3"), (2, "-1 1 -2 1 0 1", "2 0")]);
    let truth = asked(&network, &at("0 0", 0, Norm::Linf, Some(3)));
    let lower = truth.0.lower.expect("there is another label");
    let text = truth.1;
    let mut refused = 0;
    let lines: Vec<&str> = text.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        let words: Vec<&str> = line.split(' ').collect();
        for place in 1..words.len() {
            for change in [-1, 1] {
                let Ok(x) = words[place].parse::<Rational>() else { continue };
                let mut words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
                words[place] = (x + Rational::integer(change)).to_string();
                let mut lines: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
                lines[number] = words.join(" ");
                let changed = lines.join("\n") + "\n";
                match crease_recheck::check(&changed) {
                    Err(_) => refused += 1,
                    Ok(accepted) => {
                        // A proof may have room to spare; a larger distance has none.
                        let stated =
                            accepted.statement.lines().find_map(|l| l.strip_prefix("lower "));
                        let stated: Rational = stated.expect("a bound").parse().expect("a number");
                        let proof = lines.iter().position(|l| l == "proof").expect("a proof");
                        assert!(number < proof || stated == lower);
                        assert!(number > proof || !line.starts_with("lower") || stated < lower);
                    }
                }
            }
        }
    }
    assert!(refused > 40, "{refused} refused");
}

/// The answer knows no unit of measure: inputs in other units scale it, outputs do not, whatever
/// the doubles of the search make of them.
#[test]
fn distances_scale_with_the_inputs_and_not_with_the_outputs() {
    let three_labels = |inward: &Rational, outward: &Rational| {
        let times =
            |factor: &Rational, text: &str| numbers(text).iter().map(|x| x * factor).collect();
        let (one, plain) = (Rational::ONE, |text: &str| numbers(text));
        let layers = vec![
            Layer::dense(4, times(&inward.recip(), "2 1 -1 1 1/2 -3 1 0"), plain("0 1 -1/3 -1")),
            Layer::relu(),
            Layer::dense(3, times(&one, "1 -1 2 0 -2 1 1/3 1 1 1 -1 -1"), plain("-1 1 1/2")),
            Layer::relu(),
            Layer::dense(3, times(outward, "1 0 -1 1/2 2 0 -1 1 1"), times(outward, "0 1/4 0")),
        ];
        Network::new(Shape::Flat(2), layers).expect("the layers fit")
    };
    for exponent in [0, -40, -100, 40, 100, -600, 600] {
        let unit = Rational::integer(2).pow(exponent);
        for (inward, outward) in [(&unit, &Rational::ONE), (&Rational::ONE, &unit)] {
            let network = three_labels(inward, outward);
            let point: Vec<_> = numbers("-5 7/2").iter().map(|x| x * inward).collect();
            for (norm, expected) in Norm::ALL.into_iter().zip(numbers("9/4 27/8 729/80")) {
                let power = if norm == Norm::L2 { 2 } else { 1 };
                let expected = expected * inward.pow(power);
                let asked = question(&point, 1, norm, None);
                assert_eq!(distance(&network, &asked), Some(expected), "{norm} 2^{exponent}");
            }
        }
    }
}
