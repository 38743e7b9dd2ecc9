//! Depth makes variation exponential.

use crate::catalogue::prelude::*;
use crate::spline::univariate::{along_line, tv2};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/folded_tent", AGAINST_ITS_NOTE)
        .derived_from("Telgarsky2016", "the sawtooth of composed tents"),
    statement: "TV2 on (0, 1) of 2 min(x, 1 - x), composed L times, is (2^L - 1) 2^(L + 1)",
    cases: || Cases::listed((1..=9).map(|depth| Case { depth })),
    hypotheses: &[],
    conclusion: |case| case.compare(|power| (&power - Rational::ONE) * power * Rational::from(2)),
    twins: &[
        twin("linear in the depth", |case: &Case| {
            let depth = Rational::from(case.depth);
            equal("TV2", case.variation(), depth * Rational::from(4))
        })
        .because("decay grows linearly, the variation exponentially"),
        twin("a kink for each piece", |case: &Case| {
            case.compare(|power| &power * &power * Rational::from(2))
        })
        .because("2^L pieces meet at 2^L - 1 kinks"),
        twin("slopes count once", |case: &Case| {
            case.compare(|power| (&power - Rational::ONE) * power)
        })
        .because("at a kink the slope goes from 2^L to -2^L"),
    ],
    well_formed: |case| {
        require!((1..=12).contains(&case.depth), "a depth from 1 to 12 is expected")
    },
};

/// How often the tent is composed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    depth: usize,
}

impl Case {
    fn compare(&self, bound: fn(Rational) -> Rational) -> Conclusion {
        let power = Rational::from(2).pow(self.depth as i32);
        equal("TV2", self.variation(), bound(power))
    }

    /// Of the network, run along the line, on the open unit interval.
    fn variation(&self) -> Rational {
        // 2 relu(x) - 4 relu(x - 1/2) is the tent on [0, 1], and maps it to itself.
        let half = Rational::new(1, 2);
        let tent = [
            Layer::dense(2, vec![Rational::ONE; 2], vec![Rational::ZERO, -half]),
            Layer::relu(),
            Layer::dense(1, [2, -4].map(Rational::integer).to_vec(), Vec::new()),
        ];
        let layers = (0..self.depth).flat_map(|_| tent.clone()).collect();
        let input = Shape::from_axes(&[1]).expect("one input");
        let network = Network::new(input, layers).expect("the tents fit");
        let f = along_line(&network, &[Rational::ZERO], &[Rational::ONE]).remove(0);
        let inside = |t: &&Rational| t.is_positive() && **t < Rational::ONE;
        let outside: Rational = {
            let jumps = f.pieces().windows(2).map(|pair| (&pair[1].0 - &pair[0].0).abs());
            let all = f.breakpoints().iter().zip(jumps);
            all.filter(|(t, _)| !inside(t)).map(|(_, jump)| jump).sum()
        };
        tv2(&f) - outside
    }
}
