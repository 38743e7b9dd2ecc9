//! Every claim of the catalogue times every obligation, and the ledger, which shares their run.

use crease::catalogue;
use crease::claim::{AnyClaim, Record, Target, Tightest, parse_known};
use crease::obligations::{CASES, certificates, trials, verdict};
use crease::report::{self, CertificateRecord, Measured, Page, Row, Run};
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::Path;

fn main() {
    let claims: Vec<_> = catalogue::all().collect();
    let mut trials = trials(&claims, root());
    trials.push(Trial::test("ledger::is_up_to_date [run]", is_up_to_date));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The committed ledger is what the run prints, line by line.
fn is_up_to_date() -> Result<(), Failed> {
    let rows = catalogue::all().map(row).collect();
    let run = Run { cases: CASES, seed: 0, rows, committed: None };
    for Page { path, text: fresh } in report::ledger(&run) {
        let committed = std::fs::read_to_string(root().join("proofs").join(&path))?;
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
        refused: result.as_ref().err().map(ToString::to_string),
        text: certificate.text.clone(),
    });
    let certificates = Some(certificates.collect());
    let record = Record::new(claim, verdict(claim, Target::Claim).clone(), twins);
    Row { claim, result: Ok(Measured { record, certificates }), record: kept(claim) }
}

/// The record of a claim, which replays as the file says.
fn kept(claim: &'static dyn AnyClaim) -> Option<Tightest> {
    let path = format!("fixtures/records/{}.toml", claim.card().id);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let known = parse_known(&std::fs::read_to_string(path).ok()?).expect("a record");
    let [known] = &known[..] else { panic!("{}: one record", claim.card().id) };
    let finding = known.check(claim).unwrap_or_else(|error| panic!("{error}"));
    Some(Tightest { finding, case: known.case.to_string() })
}
