//! Below a receptive field of d the two ends do not interact.

use crate::catalogue::prelude::*;
use crate::construct::expansive::Expansive;
use crate::generators::expansive::chain;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("convolution/receptive_field", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "the class H_J, whose depth it bounds from below"),
    statement: "J s < d - 1  ⟹  f(x + h e_1 + k e_d) - f(x + h e_1) - f(x + k e_d) + f(x) = 0",
    cases: || {
        cases([0..=3, 1..=3, 2..=4])
            .with("up to 6 layers of 8 taps", 16, cases([4..=7, 4..=6, 2..=4]))
            .with("8 layers on more than 300 inputs", 64, cases([38..=40, 8..=8, 2..=4]))
    },
    hypotheses: &[given("J s < d - 1", |case: &Case| case.net.reach() + 1 < case.net.width)
        .needed("at J s = d - 1 unit d sees all", || cases([0..=3, 1..=3, 1..=3]).cases())],
    conclusion: |case| case.mixed_difference(&case.net, case.net.width - 1),
    twins: &[
        twin("neighbours do not interact", |case: &Case| case.mixed_difference(&case.net, 1))
            .because("one filter with two taps sees x_1 and x_2"),
        twin("dilation 2 reaches no further", |case: &Case| {
            case.mixed_difference(&case.dilated(), case.net.width - 1)
        })
        .because("s + 1 taps at distance 2 span 2 s + 1 inputs"),
    ],
    well_formed: |case| {
        let d = case.net.width;
        require!(
            d >= 2 && case.at.len() == d,
            "{} entries in the point, {d} inputs",
            case.at.len()
        )?;
        case.net.network().map(drop).map_err(|e| e.to_string())
    },
};

/// A network, a point `at: [d]` and the steps `h` and `k`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    at: Vec<Rational>,
    h: Rational,
    k: Rational,
    net: Expansive,
}

impl Case {
    /// The mixed difference of `net` in the first entry and entry `other`, counted from zero.
    fn mixed_difference(&self, net: &Expansive, other: usize) -> Conclusion {
        let value = |first: bool, second: bool| {
            let mut x = self.at.clone();
            if first {
                x[0] += &self.h;
            }
            if second {
                x[other] += &self.k;
            }
            net.eval(&x)
        };
        let difference =
            value(true, true) - value(true, false) - value(false, true) + value(false, false);
        equal("mixed difference", difference, 0)
    }

    /// The same taps with a zero between any two; there are more units then, so biases are left out
    /// and every coefficient is one.
    fn dilated(&self) -> Expansive {
        let mut net = self.net.clone();
        for stage in &mut net.stages {
            let pair = |w: &Rational| [w.clone(), Rational::ZERO];
            stage.filter = stage.filter.iter().flat_map(pair).collect();
            stage.filter.pop();
        }
        let units = net.width + net.reach();
        net.stages.iter_mut().for_each(|stage| stage.bias.clear());
        net.coefficients = vec![Rational::ONE; units];
        net
    }
}

/// Networks of these degrees and depths whose width exceeds `J s` by what the last range says.
fn cases([s, depth, extra]: [Span; 3]) -> impl Strategy<Value = Case> {
    (s, depth, extra)
        .prop_flat_map(|(s, depth, extra)| {
            let width = (s * depth + extra).max(2);
            let steps = (numbers::integer(9), numbers::integer(9));
            (chain(width, s, depth), numbers::integers(width, 5), steps)
        })
        .prop_map(|(net, at, (h, k))| Case { at, h, k, net })
}
