//! A quadratic unit of two inputs has a minimum that is not global.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("landscape/quadratic_spurious", AGAINST_ITS_NOTE)
        .derived_from("DuLee2018", "what fewer units than inputs allow"),
    statement: "one unit of two inputs, targets a², b² at (1, 0), (0, 1), and (a + b)² at (1, 1) \
                with the weight c, 16 c a² b² < h² (2 min(a, b) - h)², h < 2 min(a, b)  ⟹  the \
                loss is higher on all of the border of the box of half-width h around (a, -b) \
                than at its centre",
    cases: || {
        drawn(4, 1, 1..=4).with("fractions", 4, drawn(40, 7, 1..=7)).with(
            "weights near the limit",
            4,
            drawn(9, 2, 8..=8),
        )
    },
    hypotheses: &[
        given("a small weight", |case: &Case| case.weight < case.limit())
            .needed("the third target pulls the unit out of the box", || {
                drawn(3, 1, 30..=90).cases()
            }),
        given("a small box", |case: &Case| {
            let least = (&case.a).min(&case.b);
            case.half_width < least + least
        })
        .needed("the border of a larger box meets (-a, -b), which fits", || {
            drawn(3, 1, 1..=4)
                .prop_map(|mut case| {
                    case.a = &case.b + &case.a;
                    case.half_width = &case.a + &case.a;
                    case.weight = case.limit() / Rational::integer(2);
                    case
                })
                .cases()
        }),
    ],
    conclusion: |case| {
        let centre = case.loss(&case.a, &-&case.b);
        equal("sides that come down to the centre", case.low_sides(&centre), 0)
    },
    twins: &[
        twin("the centre is the minimum", |case: &Case| {
            let line = Polynomial::new(vec![Rational::ZERO, Rational::ONE]);
            let loss = case.along(&line, &Polynomial::constant(-&case.b));
            equal("slope", loss.derivative().eval(&case.a), 0)
        })
        .because("the third target moves it a little: only the box is certain"),
        twin("with a second unit as well", |case: &Case| {
            at_least("loss", case.with_second_unit(), case.loss(&case.a, &-&case.b))
        })
        .because("a second unit along (1, 1) opens a way down"),
    ],
    well_formed: |case| {
        let Case { a, b, weight, half_width } = case;
        let least = a.min(b);
        require!(least.is_positive() && weight.is_positive(), "a, b and the weight are positive")?;
        require!(half_width.is_positive(), "the half-width is positive")
    },
};

/// The targets, the weight of the third sample, and the half-width of the box.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    a: Rational,
    b: Rational,
    weight: Rational,
    half_width: Rational,
}

impl Case {
    /// `h² (2 min(a, b) - h)² / (16 a² b²)`.
    fn limit(&self) -> Rational {
        let (a, b, h) = (&self.a, &self.b, &self.half_width);
        let least = a.min(b);
        (h * (least + least - h) / (Rational::integer(4) * a * b)).pow(2)
    }

    /// The loss, half of the weighted squares; as a polynomial if one weight is one.
    fn loss(&self, w: &Rational, v: &Rational) -> Rational {
        let constant = |x: &Rational| Polynomial::constant(x.clone());
        self.along(&constant(w), &constant(v)).eval(&Rational::ZERO)
    }

    fn along(&self, w: &Polynomial, v: &Polynomial) -> Polynomial {
        let off = |w: &Polynomial, target: &Rational| {
            let square = Polynomial::constant(target.pow(2));
            w.pow(2).difference(&square).pow(2)
        };
        let third = off(&w.sum(v), &(&self.a + &self.b)).scale(&self.weight);
        off(w, &self.a).sum(&off(v, &self.b)).sum(&third).scale(&Rational::new(1, 2))
    }

    /// How many of the four sides have a point that is no higher.
    fn low_sides(&self, level: &Rational) -> usize {
        let (h, centre) = (&self.half_width, [self.a.clone(), -&self.b]);
        let line = Polynomial::new(vec![Rational::ZERO, Rational::ONE]);
        let level = Polynomial::constant(level.clone());
        let mut low = 0;
        for (fixed, side) in [(0, -h), (0, h.clone()), (1, -h), (1, h.clone())] {
            let at = Polynomial::constant(&centre[fixed] + side);
            let loss = match fixed {
                0 => self.along(&at, &line),
                _ => self.along(&line, &at),
            };
            let above = loss.difference(&level);
            let (start, end) = (&centre[1 - fixed] - h, &centre[1 - fixed] + h);
            let ends = [&start, &end].map(|t| above.eval(t));
            let is_high = ends.iter().all(Rational::is_positive)
                && above.distinct_real_roots_in(&start, &end) == 0;
            low += usize::from(!is_high);
        }
        low
    }

    /// The loss at (a, -b) with a short second unit along (1, 1).
    fn with_second_unit(&self) -> Rational {
        let (a, b, c) = (&self.a, &self.b, &self.weight);
        let eight = Rational::integer(8);
        let most = &eight * a * b * c / (Rational::ONE + &eight * c);
        let square = most.min(Rational::new(1, 2)).pow(2);
        let third = (Rational::integer(4) * (&square - a * b)).pow(2) * c;
        (square.pow(2) * Rational::integer(2) + third) / Rational::integer(2)
    }
}

/// The weight in eighths of the limit, and the half-width in eighths of what is possible.
fn drawn(most: i64, denominator: i64, weight: RangeInclusive<i64>) -> BoxedStrategy<Case> {
    (1..=most, 1..=most, 1..=7i64, weight)
        .prop_map(move |(a, b, width, weight)| {
            let [a, b] = [a, b].map(|x| Rational::new(x, denominator));
            let half_width = (&a).min(&b) * Rational::new(width, 4);
            let mut case = Case { a, b, weight: Rational::ONE, half_width };
            case.weight = case.limit() * Rational::new(8 * weight - 1, 64);
            case
        })
        .boxed()
}
