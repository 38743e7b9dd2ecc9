//! An unbalanced channel can be rescaled to the same function with less weight decay.

use crate::catalogue::prelude::*;
use crate::generators::channels::Marked;
use crate::properties::Pairing;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("symmetry/rescaling_descent", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2023", "the neural balance theorem")
        .as_printed("at a minimum with weight decay, |w| = |v| for every unit"),
    statement: "homogeneous in between, biases b of the channel's own, |w|² + |b|² ≠ |v|²  ⟹  \
                some a > 0 keeps f and makes the sum of squares smaller",
    cases: || Cases::of(Kind::PLAIN.at_every_scale(cases)),
    hypotheses: &[
        given("homogeneous activation", |case: &Case| case.mark.channel().is_homogeneous)
            .needed("the rescaled network is another function", || cases(Kind::BENT).cases()),
        given("biases of its own", |case: &Case| case.mark.channel().is_own)
            .needed("scaling a shared bias changes the other channels", || {
                cases(Kind::SHARED).cases()
            }),
        given("unbalanced", |case: &Case| {
            let (p, q) = case.norms();
            p != q
        })
        .needed("at balance no factor lowers p a² + q / a²", balanced),
    ],
    conclusion: |case| {
        let (p, q) = case.norms();
        descent(case, &between(&p, &q))
    },
    twins: &[
        twin("bias outside the balance", |case: &Case| {
            let Pairing { incoming, outgoing, .. } = case.mark.squares();
            refuse_if!(incoming == outgoing, Undecided("without the bias the channel is balanced"));
            descent(case, &between(&incoming, &outgoing))
        })
        .because("a bias that decays counts: (w, b, v) = (3, 4, 5) is balanced"),
        twin("all the way", |case: &Case| {
            let (p, q) = case.norms();
            descent(case, &(q / p))
        })
        .because("the square of the factor must stay between 1 and q / p")
        .drawing(alive),
        twin("the other way round", |case: &Case| {
            let (p, q) = case.norms();
            descent(case, &between(&q, &p))
        })
        .because("the smaller side has to grow"),
    ],
    well_formed: |case| case.mark.check(),
};

/// A network with a marked hidden channel, and an input at which the two functions are compared.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    mark: Marked,
}

impl Case {
    /// `p = |w|^2 + |b|^2` and `q = |v|^2`.
    fn norms(&self) -> (Rational, Rational) {
        let Pairing { incoming, bias, outgoing } = self.mark.squares();
        (incoming + bias, outgoing)
    }
}

/// A positive number whose square lies strictly between 1 and `q / p`: the harmonic mean of the two
/// if `p < q`, their arithmetic mean if `p > q`. If they are equal there is none, and both are 1.
fn between(p: &Rational, q: &Rational) -> Rational {
    let sum = p + q;
    match p.cmp(q) {
        std::cmp::Ordering::Less => q * Rational::from(2) / sum,
        std::cmp::Ordering::Equal => Rational::ONE,
        std::cmp::Ordering::Greater => sum / (p * Rational::from(2)),
    }
}

/// The outputs are compared first; the decay counts only for the same function.
fn descent(case: &Case, factor: &Rational) -> Conclusion {
    let network = case.mark.network();
    let rescaled = case.mark.channel().rescale(network, factor);
    let x = case.mark.x();
    let same = same_signal("largest gap", &rescaled.eval(x), &network.eval(x))?;
    if !same.holds() {
        return Ok(same);
    }
    below("sum of squares", rescaled.squared_norm(), network.squared_norm())
}

fn cases(kind: Kind) -> impl Strategy<Value = Case> {
    channels::marked(kind).prop_map(|mark| Case { mark })
}

fn balanced() -> Cases<Case> {
    let marked = channels::marked(Kind::PLAIN);
    marked.prop_map(|mark| Case { mark: mark.alive().balanced() }).cases()
}

fn alive() -> Cases<Case> {
    let marked = channels::marked(Kind::PLAIN);
    marked.prop_map(|mark| Case { mark: mark.alive() }).cases()
}
