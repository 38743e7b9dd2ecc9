//! Separation in rounds against separation at once; labels of a line against their units.

use super::support::{Small, check};
use crease::analysis::separation::{
    Separation, accepts_multipliers, accepts_weights, separate, separate_by_rounds,
};
use crease::construct::line_labels::{most_changes, units_for};
use crease::exact::Rational;

#[test]
fn rounds_decide_as_one_program_does() {
    fn law(entries: Vec<Small>) -> bool {
        let entries: Vec<Rational> = entries.into_iter().map(|x| x.0).collect();
        let vectors: Vec<_> = entries.chunks_exact(3).map(<[_]>::to_vec).collect();
        if vectors.is_empty() {
            return true;
        }
        let is_weights = |proof: &Separation| matches!(proof, Separation::Weights(_));
        let found = separate_by_rounds(&vectors);
        let is_proof = match &found {
            Separation::Weights(weights) => accepts_weights(&vectors, weights),
            Separation::Multipliers(multipliers) => accepts_multipliers(&vectors, multipliers),
        };
        is_proof && is_weights(&found) == is_weights(&separate(&vectors))
    }
    check(law as fn(Vec<Small>) -> bool);
}

#[test]
fn units_suffice_exactly_for_the_changes_that_they_may_make() {
    for (units, changes) in (0..9).flat_map(|units| (0..12).map(move |changes| (units, changes))) {
        assert_eq!(units_for(changes) <= units, changes <= most_changes(units));
    }
}
