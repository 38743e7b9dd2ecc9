//! The index of a critical point of two linear layers.

use crate::catalogue::prelude::*;
use crate::generators::linear_layers::{
    Critical, Sizes, critical, keep_any, keep_the_greatest, keep_the_least,
};

pub(super) static CLAIM: Claim<Critical> = Claim {
    card: theorem!("landscape/linear_index", AGAINST_ITS_NOTE)
        .derived_from("BaldiHornik1989", "critical points of two linear layers")
        .as_printed("from memory: every critical point that is no global minimum is a saddle"),
    statement: "two linear layers of k units, a critical point that keeps r directions  ⟹  the \
                slope is 0, the loss half of what is not explained, and its Hessian has as many \
                negative eigenvalues as there are pairs of a kept and a missed direction that \
                explains more, and k - r for each missed one that explains something",
    cases: || {
        let sizes = |ends, most| Sizes { ends, hidden: 1..=1, spare: 0..=1, most };
        critical(sizes(1..=2, 2), keep_any)
            .with("the least kept", 4, critical(sizes(2..=3, 3), keep_the_least))
            .with("the greatest kept", 8, critical(sizes(1..=3, 3), keep_the_greatest))
            .with("4 inputs and outputs", 32, critical(sizes(4..=4, 3), keep_any))
    },
    hypotheses: &[],
    conclusion: |case| compare(case, pairs(case) + spare(case)),
    twins: &[
        twin("spare units alone", |case: &Critical| compare(case, spare(case)))
            .because("without a spare unit a kept direction can still turn to a better one"),
        twin("pairs alone", |case: &Critical| compare(case, pairs(case)))
            .because("a spare unit may begin to take up what is missed"),
        twin("no saddles", |case: &Critical| compare(case, 0)).because("already the origin is one"),
    ],
    well_formed: |case| {
        case.check()?;
        require!(case.mixing.len() == 1, "{} hidden layers; one", case.mixing.len())
    },
};

fn compare(case: &Critical, expected: usize) -> Conclusion {
    let network = case.network();
    let gradient = network.gradient();
    let is_flat = |g: &Matrix| (0..g.rows()).all(|i| g.row(i).iter().all(Rational::is_zero));
    if !gradient.iter().all(is_flat) {
        return equal("slope", 1, 0);
    }
    // The critical losses: half of what is not explained.
    let size = (0..network.targets.rows()).map(|i| network.targets.row(i)).map(|y| dot(y, y));
    let left = size.sum::<Rational>() - case.split()[0].iter().sum::<Rational>();
    if network.loss() * Rational::integer(2) != left {
        return equal("loss", network.loss(), left / Rational::integer(2));
    }
    equal("negative eigenvalues", Inertia::of(&network.hessian()).negative, expected)
}

fn pairs(case: &Critical) -> usize {
    let [kept, missed] = case.split();
    kept.iter().map(|kept| missed.iter().filter(|missed| *missed > kept).count()).sum()
}

fn spare(case: &Critical) -> usize {
    let [_, missed] = case.split();
    let some = missed.iter().filter(|missed| missed.is_positive()).count();
    (case.least_width() - case.rank()) * some
}
