//! Without biases, every layer accounts for the whole output.

use crate::catalogue::prelude::*;
use crate::generators::channels::Probe;
use crate::generators::hidden_channels::{Biases, bent};
use proptest::sample::Index;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("symmetry/layer_homogeneity", AGAINST_ITS_NOTE)
        .derived_from("Du2018", "abstract: squared norms of layers along gradient flow"),
    statement: "no bias from layer l on, homogeneous activations, l in no residual body  ⟹  \
                ⟨W_l, ∂W_l⟩ = ⟨c, f(x)⟩",
    cases: || Cases::of(WITHOUT_BIASES.at_every_scale(|kind| cases(kind, false))),
    hypotheses: &[
        given("no bias from the layer on", |case: &Case| {
            let later = &case.probe.network().parameters()[case.layer..];
            later.iter().all(|own| own.bias.iter().all(Rational::is_zero))
        })
        .needed("a bias contributes what no weight accounts for", || {
            cases(Kind { biases: &[Biases::PerChannel], ..Kind::PLAIN }, false).cases()
        }),
        given("homogeneous activations", |case: &Case| is_homogeneous(case.probe.network()))
            .needed("a piece that is not through the origin contributes its offset", || {
                cases(Kind { activations: bent, ..WITHOUT_BIASES }, false).cases()
            }),
        given("outside residual bodies", |case: &Case| {
            trunk(case.probe.network()).contains(&case.layer)
        })
        .needed("what the skip carries bypasses the layer", || cases(WITHOUT_BIASES, true).cases()),
    ],
    conclusion: |case| equal("⟨W, ∂W⟩", case.share(case.layer), case.output()),
    twins: &[twin("all layers together", |case: &Case| {
        let layers = 0..case.probe.network().parameters().len();
        let total: Rational = layers.map(|layer| case.share(layer)).sum();
        equal("sum of ⟨W, ∂W⟩ over the layers", total, case.output())
    })
    .because("each layer gives the output once, so three layers give it three times")],
    well_formed: |case| {
        case.probe.check()?;
        match case.probe.network().parameters().get(case.layer) {
            Some(own) if !own.weight.is_empty() => Ok(()),
            _ => Err(format!("the network has no layer {} with weights", case.layer)),
        }
    },
};

/// An affine layer, counted as in the list of parameters; and a network with an input and the
/// cotangent `c` of the output.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    layer: usize,
    probe: Probe,
}

impl Case {
    fn share(&self, layer: usize) -> Rational {
        let own = &self.probe.network().parameters()[layer];
        dot(&own.weight, &self.probe.gradient()[layer].weight)
    }

    fn output(&self) -> Rational {
        self.probe.value(self.probe.network())
    }
}

fn is_homogeneous(network: &Network) -> bool {
    network.layers().iter().all(|layer| match layer {
        Layer::Activation(activation) => activation.is_homogeneous(),
        other => other.bodies().iter().all(is_homogeneous),
    })
}

/// The affine layers outside residual bodies.
fn trunk(network: &Network) -> Vec<usize> {
    let (mut found, mut next) = (Vec::new(), 0);
    for layer in network.layers() {
        match layer {
            Layer::Affine(_) => {
                found.push(next);
                next += 1;
            }
            other => next += other.bodies().iter().map(|b| b.parameters().len()).sum::<usize>(),
        }
    }
    found
}

const WITHOUT_BIASES: Kind = Kind { biases: &[Biases::Absent], ..Kind::PLAIN };

/// A layer with weights, inside a residual body if `in_body` is set and there is one.
fn cases(kind: Kind, in_body: bool) -> impl Strategy<Value = Case> {
    channels::probes(kind).prop_flat_map(|probe| (any::<Index>(), Just(probe))).prop_map(
        move |(pick, probe)| {
            let trunk = trunk(probe.network());
            let parameters = probe.network().parameters();
            let weighted = (0..parameters.len()).filter(|&l| !parameters[l].weight.is_empty());
            let (outer, inner): (Vec<_>, Vec<_>) = weighted.partition(|l| trunk.contains(l));
            let layer = *pick.get(if in_body && !inner.is_empty() { &inner } else { &outer });
            Case { layer, probe }
        },
    )
}
