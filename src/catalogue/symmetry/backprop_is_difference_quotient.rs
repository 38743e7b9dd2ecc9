//! Off the kinks, back-propagation is an exact difference quotient.

use crate::catalogue::prelude::*;
use crate::generators::channels::Probe;
use crate::generators::hidden_channels::any_activation;
use crate::net::Pattern;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("symmetry/backprop_is_difference_quotient", AGAINST_ITS_NOTE)
        .derived_from("Rumelhart1986", "the backward pass")
        .as_printed("a limit of quotients for smooth units; exact here, off the kinks"),
    statement: "one pattern at p - h, p, p + h  ⟹  ∂f/∂p = (f(p + h) - f(p)) / h",
    cases: || Cases::of(KIND.at_every_scale(cases)),
    hypotheses: &[given("one pattern around", |case: &Case| case.step().is_some())
        .needed("at a kink the two sides have other slopes", || cases(KIND).cases())],
    conclusion: |case| case.compare(case.parameter, &case.step_or_least()),
    twins: &[
        twin("any step will do", |case: &Case| case.compare(case.parameter, &Rational::ONE))
            .because("a long step crosses a kink"),
        twin("weights read backwards", |case: &Case| {
            case.compare(case.mirrored(), &case.step_or_least())
        })
        .because("the order of the weights: a filter is not its mirror image, nor a matrix"),
        twin("biases have no gradient", |case: &Case| {
            let mut finding = case.compare(case.parameter, &case.step_or_least())?;
            if case.is_bias() {
                finding.found = Rational::ZERO;
            }
            Ok(finding)
        })
        .because("a bias is a weight of the constant input one"),
    ],
    well_formed: |case| {
        case.probe.check()?;
        let count = case.probe.network().parameter_count();
        require!(case.parameter < count, "there are {count} parameters, none is {}", case.parameter)
    },
};

/// A parameter, counted through the list of parameters, weights before biases in each layer; and a
/// network with an input and a cotangent.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    parameter: usize,
    probe: Probe,
}

/// The step is 1, 1/2, .. down to this power of 1/2; where none fits, the point counts as a kink.
const HALVINGS: i32 = 16;

impl Case {
    /// The largest tried step at which the pattern is the same on both sides.
    fn step(&self) -> Option<Rational> {
        let here = self.pattern(self.probe.network());
        let half = Rational::new(1, 2);
        let mut steps = (0..=HALVINGS).map(|k| half.pow(k));
        steps.find(|h| [-h, h.clone()].iter().all(|h| self.pattern(&self.moved(h)) == here))
    }

    /// At a kink no step fits, and the least one shows the slope to its right.
    fn step_or_least(&self) -> Rational {
        self.step().unwrap_or_else(|| Rational::new(1, 2).pow(HALVINGS))
    }

    fn pattern(&self, network: &Network) -> Pattern {
        network.pattern(self.probe.x())
    }

    /// The network with the step added to the parameter.
    fn moved(&self, step: &Rational) -> Network {
        let mut parameters = self.probe.network().parameters();
        let mut entries =
            parameters.iter_mut().flat_map(|p| p.weight.iter_mut().chain(&mut p.bias));
        *entries.nth(self.parameter).expect("the case is well formed") += step;
        self.probe.network().with_parameters(parameters).expect("the form is unchanged")
    }

    /// The place of the parameter in its layer, and the number of weights there.
    fn place(&self) -> (usize, usize) {
        let (mut place, mut weights) = (self.parameter, 0);
        for own in self.probe.network().parameters() {
            weights = own.weight.len();
            let len = weights + own.bias.len();
            if place < len {
                break;
            }
            place -= len;
        }
        (place, weights)
    }

    fn is_bias(&self) -> bool {
        let (place, weights) = self.place();
        place >= weights
    }

    /// The weight as far from the last weight of its layer as the parameter is from the first.
    fn mirrored(&self) -> usize {
        let (place, weights) = self.place();
        if place < weights { self.parameter + weights - 1 - 2 * place } else { self.parameter }
    }

    /// The gradient by `entry`, against the quotient by the parameter of the case.
    fn compare(&self, entry: usize, step: &Rational) -> Conclusion {
        let gradient = self.probe.gradient();
        let mut entries = gradient.iter().flat_map(|own| own.weight.iter().chain(&own.bias));
        let found = entries.nth(entry).expect("the case is well formed").clone();
        let [moved, here] = [&self.moved(step), self.probe.network()].map(|n| self.probe.value(n));
        let quotient = (moved - here) / step;
        equal("gradient by one parameter", found, quotient)
    }
}

const KIND: Kind = Kind { activations: any_activation, ..Kind::PLAIN };

fn cases(kind: Kind) -> impl Strategy<Value = Case> {
    channels::probes(kind)
        .prop_flat_map(|probe| (0..probe.network().parameter_count(), Just(probe)))
        .prop_map(|(parameter, probe)| Case { parameter, probe })
}
