//! Scaling a hidden channel up and its readers down leaves the network as it is.

use crate::catalogue::prelude::*;
use crate::generators::channels::MarkedScaling;

pub(super) static CLAIM: Claim<MarkedScaling> = Claim {
    card: theorem!("symmetry/channel_rescaling", AGAINST_ITS_NOTE)
        .formally("channel_rescaling", 0xdb97_1bb3_7e05_c712)
        .remembered_from("Neyshabur2015", "rescaling of nodes, which motivates Path-SGD")
        .as_printed("stated there for units of dense ReLU networks; here for channels"),
    statement: "a > 0, homogeneous in between, biases b of the channel's own  ⟹  \
                f(a w, a b, v / a)(x) = f(w, b, v)(x)",
    cases: || Cases::of(Kind::PLAIN.at_every_scale(|kind| cases(kind, 1))),
    hypotheses: &[
        given("positive factor", |case: &MarkedScaling| case.factor.is_positive())
            .needed("a negative factor moves the signal to the other side of the kink", || {
                cases(Kind::PLAIN, -1).cases()
            }),
        given("homogeneous activation", |case: &MarkedScaling| case.mark.channel().is_homogeneous)
            .needed("a kink away from zero stays where it is", || cases(Kind::BENT, 1).cases()),
        given("biases of its own", |case: &MarkedScaling| case.mark.channel().is_own)
            .needed("a shared bias moves the other channels too", || {
                cases(Kind::SHARED, 1).cases()
            }),
    ],
    conclusion: |case| gap(case, &case.rescaled()),
    twins: &[
        twin("bias left as it was", |case: &MarkedScaling| {
            let (a, one) = (&case.factor, Rational::ONE);
            gap(case, &case.mark.channel().scale(case.mark.network(), [a, &one, &a.recip()]))
        })
        .because("the filter alone is not homogeneous"),
        twin("one reader forgotten", |case: &MarkedScaling| {
            let mut channel = case.mark.channel();
            channel.outgoing.pop();
            gap(case, &channel.rescale(case.mark.network(), &case.factor))
        })
        .because("every weight that reads the channel has to be divided"),
    ],
    well_formed: MarkedScaling::check,
};

fn gap(case: &MarkedScaling, other: &Network) -> Conclusion {
    let x = case.mark.x();
    same_signal("largest gap", &other.eval(x), &case.mark.network().eval(x))
}

/// Factors of one sign, none of them one.
fn cases(kind: Kind, sign: i64) -> impl Strategy<Value = MarkedScaling> {
    let factors = [(2, 1), (3, 1), (1, 2), (2, 3)].map(|(p, q)| Rational::new(sign * p, q));
    (select(factors.to_vec()), channels::marked(kind))
        .prop_map(|(factor, mark)| MarkedScaling { factor, mark })
}
