//! The checker accepts what is true and refuses each forgery for its stated reason.

mod error;
mod limits;
mod linear_range;
mod regions;

use crate::support::{files_below, root};
use crease_recheck::{Accepted, Kind, Rejection, check};

/// Every committed certificate: path and text.
pub(super) fn certificates() -> Vec<(String, String)> {
    let mut all = files_below("fixtures/certificates", "cert");
    all.extend(files_below("proofs/certificates", "cert"));
    all
}

/// Those of at most 6 kB: asked about every place of theirs, a longer one takes minutes.
pub(super) fn short_certificates() -> Vec<(String, String)> {
    let mut all = certificates();
    all.retain(|(_, text)| text.len() <= 6_000);
    assert!(all.len() > 50, "{} short certificates", all.len());
    all
}

/// What a text proves; a remark or a longer number costs work and proves nothing more.
fn proved(text: &str) -> Result<Accepted, Rejection> {
    check(text).map(|accepted| Accepted { work: 0, ..accepted })
}

fn example(name: &str) -> String {
    std::fs::read_to_string(root(format!("fixtures/certificates/{name}.cert"))).expect("an example")
}

#[test]
fn every_certificate_is_accepted() {
    for (path, text) in certificates() {
        check(&text).unwrap_or_else(|rejection| panic!("{path}: {rejection}"));
    }
}

#[test]
fn every_kind_has_an_example() {
    let kinds: Vec<_> =
        certificates().iter().filter_map(|(_, text)| check(text).ok()).map(|a| a.kind).collect();
    let all = [
        Kind::Balance,
        Kind::DecayedInterpolation,
        Kind::Error,
        Kind::Factorization,
        Kind::FewestKnots,
        Kind::Interpolation,
        Kind::LeastCost,
        Kind::LinearRange,
        Kind::Penalised,
        Kind::Regions,
        Kind::RegionsAtLeast,
        Kind::Robust,
        Kind::Separation,
        Kind::VectorInterpolation,
    ];
    for kind in all {
        assert!(kinds.contains(&kind), "no certificate of kind {kind}");
    }
}

#[test]
fn every_forgery_is_refused_for_its_stated_reason() {
    let forgeries = files_below("fixtures/forgeries", "cert");
    assert!(forgeries.len() >= 15, "only {} forgeries", forgeries.len());
    for (path, text) in forgeries {
        let first = text.lines().next().unwrap_or_default();
        let reason = first.strip_prefix("# refuse: ").expect("the first line states the reason");
        match check(&text) {
            Ok(accepted) => panic!("{path} is accepted: {}", accepted.fact),
            Err(rejection) => assert_eq!(rejection.to_string(), reason, "{path}"),
        }
    }
}

#[test]
fn a_fact_says_what_was_proved() {
    let product = "the target is a product of filters up to an absolute sum of";
    let points = "form strictly separates the labelled points";
    let network = "on its whole box the network equals the stated function";
    let facts = [
        ("quartic", format!("{product} 0 (coefficients 5, filters 2, length at most 2)")),
        ("cubic", format!("{product} 1/10000 (coefficients 4, filters 2, length at most 2)")),
        ("xor", format!("no affine {points} (dimension 2, points 4)")),
        ("majority", format!("some homogeneous {points} (dimension 3, points 4)")),
        ("sawtooth", format!("{network} (dimension 1, hidden layers 1, units 3, ridges 1)")),
        (
            "tents_in_the_unit_interval",
            "the network has 8 full-dimensional activation regions, 8 of them strict, inside the \
             stated box of R^1 (values 15)"
                .to_owned(),
        ),
        (
            "some_regions_of_every_choice",
            "the network has at least 71 full-dimensional activation regions, at least 71 of them \
             strict, on all of R^2 (values 21)"
                .to_owned(),
        ),
    ];
    for (name, fact) in facts {
        let accepted = check(&example(name)).unwrap();
        assert_eq!(accepted.fact, fact);
        assert_eq!(accepted.claim, format!("example/{name}"));
    }
}

#[test]
fn the_statement_is_the_text_between_claim_and_proof() {
    let accepted = check(&example("quartic")).unwrap();
    assert_eq!(accepted.statement, "target 4 0 0 0 1\nlength 2\nfilters 2\nresidual 0\n");
    assert_eq!(accepted.kind.to_string(), "factorization");
    let accepted = check(&example("xor")).unwrap();
    assert!(accepted.statement.starts_with("dimension 2\n"));
    assert!(accepted.statement.ends_with("point - 1 1\n"), "{}", accepted.statement);
    let accepted = check(&example("sawtooth")).unwrap();
    assert!(accepted.statement.ends_with("ridge -2 -1 2\n"), "{}", accepted.statement);
}

#[test]
fn a_remark_changes_nothing() {
    for (_, text) in short_certificates() {
        let bare = text.split_once("certificate 1").map(|(_, rest)| format!("certificate 1{rest}"));
        let bare = bare.expect("the format's first words");
        for remark in ["", "#\n", "# two  spaces\n"] {
            assert_eq!(proved(&format!("{remark}{bare}")), proved(&text));
        }
        assert!(check(&format!("# one\n# two\n{bare}")).is_err());
    }
}

#[test]
fn a_proper_beginning_is_incomplete() {
    for (path, text) in short_certificates() {
        for end in 0..text.len() {
            let outcome = check(&text[..end]);
            assert!(
                matches!(outcome, Err(Rejection::Incomplete { .. })),
                "{path} up to byte {end}: {outcome:?}"
            );
        }
    }
}

/// A line without which a certificate is refused, or left out of a list of layers, units, points
/// or ridges, never proves the statement that stood there.
#[test]
fn a_line_dropped_or_doubled_never_proves_the_same_statement() {
    for (path, text) in short_certificates() {
        let lines: Vec<_> = text.lines().collect();
        let original = check(&text).unwrap();
        // A proof of robustness may bound units more sharply than its leaves need.
        let is_bound = |line: &str| text.contains("\nnorm ") && line.starts_with(['L', 'U']);
        for i in (1..lines.len()).filter(|&i| !is_bound(lines[i])) {
            for copies in [0, 2] {
                let mutant: String = (0..lines.len())
                    .flat_map(|j| vec![lines[j]; if i == j { copies } else { 1 }])
                    .map(|line| format!("{line}\n"))
                    .collect();
                if let Ok(accepted) = check(&mutant) {
                    assert_ne!(accepted.statement, original.statement, "{path}, line {}", i + 1);
                }
            }
        }
    }
}

/// Each number of a text, its remark apart, replaced by a few others; with the place of the change.
pub(super) fn number_mutants(text: &str) -> Vec<(usize, String)> {
    let mut mutants = Vec::new();
    let mut start = text.find("certificate ").expect("the format's first word");
    for word in text[start..].split_inclusive([' ', '\n']) {
        let number = word.trim_end();
        if let Ok(value) = number.parse::<crease::exact::Rational>() {
            let one = crease::exact::Rational::ONE;
            let others = [
                &value + &one,
                &value - &one,
                -&value,
                &value / &(&one + &one),
                crease::exact::Rational::ZERO,
            ];
            for other in others.iter().filter(|other| **other != value) {
                let (before, after) = (&text[..start], &text[start + number.len()..]);
                mutants.push((start, format!("{before}{other}{after}")));
            }
        }
        start += word.len();
    }
    mutants
}

#[test]
fn a_number_changed_in_the_evidence_proves_the_same_or_nothing() {
    for (path, text) in short_certificates() {
        let proof = text.find("\nproof\n").expect("there is evidence");
        let original = proved(&text).unwrap();
        for (place, mutant) in number_mutants(&text) {
            match proved(&mutant) {
                Ok(accepted) if place > proof => assert_eq!(accepted, original, "{path}"),
                Ok(accepted) => assert_ne!(accepted.statement, original.statement, "{path}"),
                Err(Rejection::Incomplete { line, .. }) => {
                    // More filters are promised than the text holds; `end` stands in their place.
                    panic!("{path}: byte {place}, line {line} is called incomplete")
                }
                Err(_) => {}
            }
        }
    }
}

/// What is proved exactly leaves no room: no neighbour of the statement passes with the evidence.
#[test]
fn an_exact_statement_has_no_accepted_neighbour() {
    for name in ["quartic", "xor"] {
        let text = example(name);
        let spared = if name == "quartic" { "length" } else { "nothing" };
        for (place, mutant) in number_mutants(&text) {
            let line = text[..place].rsplit('\n').next().unwrap();
            let is_spared = line.starts_with(spared) || line.starts_with("residual");
            if !is_spared {
                assert!(check(&mutant).is_err(), "{mutant}");
            }
        }
    }
}
