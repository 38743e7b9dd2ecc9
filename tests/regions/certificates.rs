//! Certificates written by the mesh: accepted by the independent checker, with the same counts.

use super::oracle::Tiny;
use crate::laws::support::check;
use crate::support::files_below;
use crease::engines::{CountRegions, Engine};
use crease::exact::Rational;
use crease::format::file::NetworkFile;
use crease::generators::networks::of_every_kind;
use crease::net::regions::Domain;
use crease::net::{InputBox, Layer, Network, Shape};
use crease::properties::certificate::{Bound, certify_regions};
use crease_recheck::{self as checker, Kind};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Whether the certificates of the network are accepted and state the counts of a tally.
pub(super) fn accepted(network: &Network, sides: Option<&InputBox>) -> Result<(), String> {
    let domain = sides.map_or(Domain::Whole, |sides| Domain::Box(sides.clone()));
    let tally = network.tally(&domain);
    let stated = [format!("regions {}\n", tally.cells), format!("strict {}\n", tally.strict)];
    for bound in [Bound::Exact, Bound::AtLeast] {
        let mut text = Vec::new();
        let counts = certify_regions(network, sides, bound, "regions/test", &mut text);
        let counts = counts.map_err(|error| error.to_string())?;
        let text = String::from_utf8(text).expect("certificates are ASCII");
        let accepted = checker::check(&text).map_err(|rejection| format!("{rejection}\n{text}"))?;
        let is_bound = accepted.kind == Kind::RegionsAtLeast;
        let states = stated.iter().all(|line| accepted.statement.contains(line.as_str()));
        if (counts.cells, counts.strict) != (tally.cells, tally.strict)
            || !states
            || is_bound != (bound == Bound::AtLeast)
        {
            return Err(format!("{counts:?} and {tally:?}:\n{}", accepted.statement));
        }
    }
    Ok(())
}

#[test]
fn small_degenerate_networks_are_certified_on_space_and_in_boxes() {
    fn law(tiny: Tiny) -> bool {
        let network = tiny.network();
        let sides = InputBox::cube(network.input().units(), &Rational::new(2, 3));
        for sides in [None, Some(&sides)] {
            accepted(&network, sides).unwrap_or_else(|error| panic!("{tiny:?}: {error}"));
        }
        true
    }
    check(law as fn(Tiny) -> bool);
}

/// Of max(x, x, y) two entries are equal everywhere: no region is strict, not even where y is the
/// greatest. Every engine and the certificate say so.
#[test]
fn equal_entries_that_are_not_the_greatest_leave_no_strict_region() {
    let weights = [1, 0, 1, 0, 0, 1].map(Rational::integer).to_vec();
    let layers = vec![
        Layer::dense(3, weights, vec![Rational::ZERO; 3]),
        Layer::Maximum(vec![vec![0, 1, 2], vec![1, 2]]),
    ];
    let network = Network::new(Shape::Flat(2), layers).expect("the layers fit");
    for engine in [Engine::Mesh, Engine::Descent] {
        let tally = network.tally_by(engine, &Domain::Whole).expect("it can count");
        assert_eq!((tally.cells, tally.strict), (2, 0), "{engine:?}");
    }
    accepted(&network, None).unwrap_or_else(|error| panic!("{error}"));
}

/// A network of every kind of layer, drawn with this seed.
fn of_seed(seed: u64) -> Network {
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed.to_le_bytes(); 4].concat());
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    of_every_kind().new_tree(&mut runner).expect("nothing is rejected").current()
}

/// Entries of a maximum out of order, one entry twice, branches: what the certificate states is
/// what every engine counts, and the checker accepts it.
#[test]
fn networks_of_every_kind_of_layer_are_certified_as_they_are_counted() {
    let mut asked = 0;
    for seed in 0..150 {
        let network = of_seed(seed);
        let inputs = network.input().units();
        if inputs > 3 || network.units() > 8 {
            continue;
        }
        let sides = InputBox::cube(inputs, &Rational::new(3, 2));
        for sides in [None, Some(&sides)] {
            accepted(&network, sides).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        }
        let [mesh, descent] =
            [Engine::Mesh, Engine::Descent].map(|e| network.tally_by(e, &Domain::Whole));
        assert_eq!(mesh, descent, "seed {seed}");
        asked += 1;
    }
    assert!(asked >= 30, "only {asked} networks were small enough");
}

#[test]
fn networks_of_the_folder_are_certified() {
    let mut seen = 0;
    for (path, text) in files_below("fixtures/networks", "json") {
        let Ok(file) = NetworkFile::read(text.as_bytes()) else { continue };
        if file.truth.and_then(|truth| truth.activation_regions).is_none_or(|count| count > 800) {
            continue;
        }
        accepted(&file.network, file.domain.as_ref()).unwrap_or_else(|e| panic!("{path}: {e}"));
        seen += 1;
    }
    assert!(seen >= 5, "only {seen} networks");
}
