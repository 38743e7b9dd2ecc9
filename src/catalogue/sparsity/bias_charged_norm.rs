//! Charging for biases costs at most the factor √(1 + R²) on knots within R.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/bias_charged_norm", AGAINST_ITS_NOTE)
        .derived_from("Bach2017", "the variation norm with the bias in the weight")
        .as_printed("on a ball of any dimension; here on a line, with the constant"),
    statement: "knots t in [-R, R]  ⟹  Σ |a| √(1 + t²) ≤ √(1 + R²) Σ |a|, squared",
    cases: || cases(true).with("30 knots", 16, knots(true, 30..=30)),
    hypotheses: &[given("knots within", |case: &Case| {
        case.tangents.iter().all(|h| knot(h).abs() <= case.radius)
    })
    .needed("a bias far out costs more", || cases(false))],
    conclusion: |case| case.compare(&(Rational::ONE + case.radius.pow(2))),
    twins: &[
        twin("biases are free", |case: &Case| case.compare(&Rational::ONE))
            .because("with decayed biases a knot off zero costs √(1 + t²)"),
        twin("the radius alone", |case: &Case| case.compare(&case.radius.pow(2)))
            .because("a knot at zero costs one, whatever the radius"),
    ],
    well_formed: |case| {
        let [knots, jumps] = [case.tangents.len(), case.jumps.len()];
        require!(knots == jumps && knots > 0, "as many jumps as knots, found {jumps} and {knots}")?;
        let is_angle = case.tangents.iter().all(|h| h.abs() < Rational::ONE);
        require!(is_angle, "half-angle tangents lie between -1 and 1")
    },
};

/// Slope jumps of a function, and where they are: a knot is the tangent of twice an angle, given by
/// the tangent of that angle, so that `√(1 + t²)` is rational.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    tangents: Vec<Rational>,
    jumps: Vec<Rational>,
    radius: Rational,
}

/// `2 h / (1 - h²)`.
fn knot(h: &Rational) -> Rational {
    Rational::integer(2) * h / (Rational::ONE - h.pow(2))
}

impl Case {
    fn compare(&self, factor: &Rational) -> Conclusion {
        // √(1 + t²) is (1 + h²) / (1 - h²).
        let length = |h: &Rational| (Rational::ONE + h.pow(2)) / (Rational::ONE - h.pow(2));
        let all = || self.tangents.iter().zip(&self.jumps);
        let charged: Rational = all().map(|(h, a)| a.abs() * length(h)).sum();
        let free: Rational = all().map(|(_, a)| a.abs()).sum();
        at_most("squared cost", charged.pow(2), factor * free.pow(2))
    }
}

fn cases(is_within: bool) -> Cases<Case> {
    knots(is_within, 1..=4).cases()
}

/// The radius is that of the outermost knot or, where it need not hold all, of any.
fn knots(is_within: bool, count: Span) -> impl Strategy<Value = Case> {
    let all = vec((numbers::fraction(7, 8), numbers::integer(4)), count);
    (all, any::<prop::sample::Index>()).prop_map(move |(all, pick)| {
        let (tangents, jumps): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        let any = knot(&tangents[pick.index(tangents.len())]).abs();
        let radius = match is_within {
            true => tangents.iter().fold(any, |most, h| knot(h).abs().max(most)),
            false => any,
        };
        Case { tangents, jumps, radius }
    })
}
