//! Every engine counts the same regions, the notions are in order, and certificates are accepted,
//! whatever the network.

#![no_main]

mod drawn;

use crease::engines::{CountRegions, Engine};
use crease::exact::Rational;
use crease::net::InputBox;
use crease::net::regions::{Domain, Notion};
use crease::properties::certificate::{Bound, write_certificate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(network) = drawn::network(bytes) else { return };
    let inputs = network.input().units();
    if inputs > 3 || network.units() > 10 {
        return;
    }
    let sides = InputBox::cube(inputs, &Rational::new(3, 2));
    for sides in [None, Some(&sides)] {
        let domain = sides.map_or(Domain::Whole, |sides| Domain::Box(sides.clone()));
        let mesh = network.tally_by(Engine::Mesh, &domain);
        assert_eq!(network.tally_by(Engine::Descent, &domain), mesh);
        if let Some(fast) = network.tally_by(Engine::Restriction, &domain) {
            assert_eq!(Some(fast), mesh);
        }
        let [strict, r1, r2, r4, r6] = Notion::ALL.map(|n| network.count_regions(n, &domain));
        assert_eq!(mesh.map(|mesh| (mesh.strict, mesh.cells)), Some((strict, r2)));
        assert!(r6 <= r4 && r4 <= r2 && r2 <= r1, "{r6} {r4} {r2} {r1}");
        let mut text = Vec::new();
        let tally = write_certificate(&network, sides, Bound::Exact, "regions/test", &mut text);
        assert_eq!(tally.ok(), mesh);
        let text = String::from_utf8(text).expect("certificates are ASCII");
        assert!(crease_recheck::check(&text).is_ok(), "{text}");
    }
});
