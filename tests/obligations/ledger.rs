//! The ledger says what a run says. Obligations and ledger share one run: whoever asks for
//! a verdict first waits for it, everyone else reads it.

use crease::catalogue;
use crease::claim::{AnyClaim, Budget, Certificate, Evidence, Record, Target, Verdict};
use crease::report::{self, CertificateRecord, Measured, Page, Row, Run};
use crease_recheck::{self as checker, Accepted, Rejection};
use libtest_mimic::Failed;
use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Cases for a claim, as `crease ledger` draws them; a twin may draw four times as many.
const CASES: u32 = 256;

/// Values that are computed once, by name.
struct Once<T: 'static>(Mutex<BTreeMap<String, &'static OnceLock<T>>>);

impl<T> Once<T> {
    const fn new() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }

    fn get(&self, name: String, compute: impl FnOnce() -> T) -> &'static T {
        let cell = {
            let mut cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            *cells.entry(name).or_insert_with(|| Box::leak(Box::default()))
        };
        cell.get_or_init(compute)
    }
}

/// The verdict on a claim or twin.
pub fn verdict(claim: &'static dyn AnyClaim, target: Target<'_>) -> &'static Verdict {
    static VERDICTS: Once<Verdict> = Once::new();
    let name = format!("{} {target:?}", claim.card().id);
    VERDICTS.get(name, || claim.check(target, &Budget::cases(CASES)))
}

/// The certificates of a claim, each with what the checker says; none without such evidence.
pub fn certificates(
    claim: &'static dyn AnyClaim,
) -> &'static [(Certificate, Result<Accepted, Rejection>)] {
    static CERTIFICATES: Once<Vec<(Certificate, Result<Accepted, Rejection>)>> = Once::new();
    let Evidence::CertifiedExactly { certify, .. } = claim.card().evidence else { return &[] };
    let checked = |certificate: Certificate| {
        let result = checker::check(&certificate.text);
        (certificate, result)
    };
    let checked = || certify().into_iter().map(checked).collect();
    CERTIFICATES.get(claim.card().id.to_owned(), checked)
}

/// The committed ledger is what the run prints, line by line.
pub fn is_up_to_date() -> Result<(), Failed> {
    let rows = catalogue::all().map(row).collect();
    let run = Run { cases: CASES, seed: 0, rows, committed: None };
    for Page { path, text: fresh } in report::ledger(&run) {
        let committed = std::fs::read_to_string(super::root("proofs").join(&path))?;
        let lines = || committed.lines().zip(fresh.lines()).enumerate();
        let difference = match lines().find(|(_, (committed, fresh))| committed != fresh) {
            Some((i, (committed, fresh))) => {
                format!("line {} is\n{committed}\nand a run says\n{fresh}", i + 1)
            }
            None if committed == fresh => continue,
            None => format!("{} bytes, and a run has {}", committed.len(), fresh.len()),
        };
        let remedy = "cargo run -- ledger";
        return Err(format!("proofs/{path}: {difference}\nwrite it anew: {remedy}").into());
    }
    Ok(())
}

fn row(claim: &'static dyn AnyClaim) -> Row {
    let twins = claim.twins();
    let twins = twins.iter().map(|twin| verdict(claim, Target::Twin(twin.name)).clone());
    let certificates = certificates(claim).iter().map(|(certificate, result)| CertificateRecord {
        name: certificate.name.clone(),
        refused: result.as_ref().err().map(Rejection::to_string),
        text: certificate.text.clone(),
    });
    let certificates = Some(certificates.collect());
    let record = Record::new(claim, verdict(claim, Target::Claim).clone(), twins);
    Row { claim, result: Ok(Measured { record, certificates }) }
}
