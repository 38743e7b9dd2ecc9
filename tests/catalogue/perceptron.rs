//! What the perceptron's claims refuse to be asked.

use crease::catalogue;
use crease::claim::{ReplayError, Target};

/// `R^2 |u|^2 / margin^2` is the square of the far sample: 10000 is asked, 10001 is not.
#[test]
fn a_mistake_bound_above_ten_thousand_is_refused() {
    let claim = catalogue::find("perceptron/mistake_bound").expect("a claim");
    let ask = |far: &str| {
        let case = format!(
            "u = [1, 0]\nstart = [0, 0]\nsamples = [{far}, [1, 0]]\npositive = [true, true]"
        );
        claim.replay(Target::Claim, &case)
    };
    assert!(ask("[100, 0]").expect("well formed").finding().holds());
    let refused = "the bound is above 10000; no more mistakes are counted".to_owned();
    assert_eq!(ask("[100, 1]"), Err(ReplayError::IllFormed(refused)));
}
