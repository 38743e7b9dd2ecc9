//! A box meets no more regions than the space around it.

use crate::catalogue::prelude::*;
use crate::engines::Engine;
use crate::generators::two_hidden_layers::{Deep, sized};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/box_has_no_more_regions", LINE_BY_LINE)
        .derived_from("Crease", "a property to test with"),
    statement: "regions (R2) in an open box ≤ regions on all inputs",
    cases: || {
        boxed(two_hidden_layers::networks())
            .with("3 inputs, 6 and 3 units", 16, boxed(sized(2..=3, [4..=6, 2..=3])))
            .with("4 inputs, 8 and 4 units", 64, boxed(sized(4..=4, [6..=8, 2..=4])))
            .with("6 inputs, 2 and 40 units", 128, boxed(sized(6..=6, [2..=3, 38..=40])))
            .with("6 inputs, 12 and 4 units", 512, boxed(sized(6..=6, [10..=12, 2..=4])))
            .with("6 inputs, 20 and 1 units", 2048, boxed(sized(6..=6, [18..=20, 1..=1])))
    },
    hypotheses: &[],
    conclusion: |case| compared(case, 0),
    twins: &[
        twin("one fewer", |case: &Case| compared(case, 1)).because("a box may see everything"),
        twin("everything is seen", |case: &Case| {
            let [inside, all] = case.counts();
            equal("regions inside", inside, all)
        })
        .because("a box may lie in one region"),
    ],
    well_formed: |case| {
        case.deep.check()?;
        let expected = case.deep.network().input().units();
        require!(
            case.lo.len() == expected,
            "a box of {} sides for {expected} inputs",
            case.lo.len()
        )?;
        InputBox::new(case.lo.clone(), case.hi.clone()).map_err(|error| error.to_string())?;
        let fits = case.lo.iter().zip(&case.hi).all(|(lo, hi)| lo < hi);
        require!(fits, "a box with a side of length zero has no inside")
    },
};

fn compared(case: &Case, more: u64) -> Conclusion {
    let [inside, all] = case.counts();
    at_most("regions inside", inside + more, all)
}

/// A network and a box of inputs.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    lo: Vec<Rational>,
    hi: Vec<Rational>,
    deep: Deep,
}

impl Case {
    /// Inside, by linear programs, and everywhere, by the extreme rays of the cells.
    fn counts(&self) -> [u64; 2] {
        let sides = InputBox::new(self.lo.clone(), self.hi.clone()).expect("the box was checked");
        let by = |engine, domain| {
            let tally = self.deep.network().tally_by(engine, &domain);
            tally.expect("both count any network on any domain").cells
        };
        [by(Engine::Descent, Domain::Box(sides)), by(Engine::Mesh, Domain::Whole)]
    }
}

/// Boxes with sides of up to eight halves.
fn boxed(networks: BoxedStrategy<Deep>) -> impl Strategy<Value = Case> {
    networks
        .prop_flat_map(|deep| {
            let inputs = deep.network().input().units();
            let corner = vec(numbers::fraction(6, 2), inputs);
            let sides = vec(1i64..=8, inputs);
            (corner, sides, Just(deep))
        })
        .prop_map(|(lo, sides, deep)| {
            let far = lo.iter().zip(sides).map(|(lo, side)| lo + Rational::new(side, 2));
            Case { hi: far.collect(), lo, deep }
        })
}
