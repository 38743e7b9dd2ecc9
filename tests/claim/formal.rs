//! The formal statements and the cards that name them, without a prover: nobody changed one side.

use crease::catalogue;
use crease::claim::formal;

#[test]
fn a_card_has_the_digest_of_its_formal_statement() {
    let mut found = 0;
    for claim in catalogue::all() {
        let card = claim.card();
        let Some(named) = card.formal else { continue };
        found += 1;
        let (id, theorem) = (card.id, named.theorem);
        assert_eq!(id.rsplit('/').next(), Some(theorem), "{id}: a theorem is named as its claim");
        let Some(digest) = formal::CLAIMS.digest_of(theorem) else {
            panic!("{id}: {} has no theorem {theorem}", formal::ARTEFACT);
        };
        assert_eq!(
            digest, named.digest,
            "{id}: the formal statement or the specification changed: compare both with the claim, \
             then write {digest:#018x} into {}",
            "its card"
        );
        assert!(
            named.is_proved(),
            "{id}: proofs/formal/AUDIT does not have {theorem} closed with digest {digest:016x}; \
             run proofs/formal/check.sh --audit"
        );
    }
    assert!(found >= 17, "{found} claims are proved formally");
}

#[test]
fn every_theorem_is_audited_as_it_stands() {
    for (theorems, least) in [(formal::CLAIMS, 19), (formal::CERTIFICATES, 8)] {
        let names: Vec<_> = theorems.names().collect();
        for name in &names {
            assert!(
                theorems.is_audited(name),
                "{name} is not in AUDIT, with {:x?}",
                theorems.digest_of(name)
            );
        }
        assert!(names.len() >= least, "{} theorems, {least} were expected", names.len());
    }
}
