//! Two norms of several outputs have different minimisers.

use crate::catalogue::prelude::*;
use crate::spline::ridge::sign_of_roots;
use crate::spline::univariate::VectorInterpolation;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/output_norms_differ", AGAINST_ITS_NOTE)
        .remembered_from("ParhiNowak2022", "the sum of ||v_k||_1 ||w_k|| over the units of a block")
        .as_printed("the norm of absolute entries; Shenouda and others have Euclid's"),
    statement: "jumps (a_1, b_1), (a_2, b_2) with a_1 a_2 > 0, the first output's kinks merged  ⟹  \
                as much as the chords in absolute entries, more in Euclidean length",
    cases: || drawn(4).cases().with("large jumps", 8, drawn(10_000)),
    hypotheses: &[given("the other output bends", |case: &Case| case.other_bends())
        .needed("alone, an output merges its kinks for nothing", || straight().cases())],
    conclusion: |case| {
        let [before, after] = [case.absolute(&case.chords()), case.absolute(&case.merged())];
        if before != after {
            return equal("absolute entries", after, before);
        }
        above("sign of the Euclidean cost added", case.sign(), 0i64)
    },
    twins: &[
        twin("more in absolute entries", |case: &Case| {
            above("cost", case.absolute(&case.merged()), case.absolute(&case.chords()))
        })
        .because("absolute entries are paid output by output"),
        twin("one set of minimisers", |case: &Case| {
            equal("sign of the Euclidean cost added", case.sign(), 0i64)
        })
        .because("Euclidean length pays less where outputs bend at one place"),
    ],
    well_formed: |case| {
        require!(case.gaps.iter().all(Rational::is_positive), "gaps are positive")?;
        let product = &case.first[0] * &case.first[1];
        require!(product.is_positive(), "the jumps of the first output have one sign")
    },
};

/// The gaps between four points, and the jumps of two outputs at the inner two.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    gaps: [Rational; 3],
    first: [Rational; 2],
    other: [Rational; 2],
}

impl Case {
    fn other_bends(&self) -> bool {
        self.other.iter().any(|jump| !jump.is_zero())
    }

    fn places(&self) -> [Rational; 2] {
        [self.gaps[0].clone(), &self.gaps[0] + &self.gaps[1]]
    }

    /// Through the values at 0, at the last point and at these places.
    fn through(
        &self,
        places: &[Rational],
        value: impl Fn(usize, &Rational) -> Rational,
    ) -> VectorInterpolation {
        let last = self.gaps.iter().sum();
        let x: Vec<Rational> =
            [Rational::ZERO].into_iter().chain(places.iter().cloned()).chain([last]).collect();
        let outputs = (0..2).map(|o| x.iter().map(|x| value(o, x)).collect()).collect();
        VectorInterpolation::new(x, outputs).expect("places increase")
    }

    fn value(&self, output: usize, x: &Rational) -> Rational {
        let jumps = [&self.first, &self.other][output];
        let places = self.places();
        let units = places.iter().zip(jumps);
        units.map(|(t, jump)| jump * (x - t).max(Rational::ZERO)).sum()
    }

    fn chords(&self) -> VectorInterpolation {
        self.through(&self.places(), |output, x| self.value(output, x))
    }

    /// The first output with one kink, where the lines before and after both meet.
    fn merged(&self) -> VectorInterpolation {
        let [s, t] = self.places();
        let [a, b] = &self.first;
        let meet = (a * &s + b * &t) / (a + b);
        let value = |output: usize, x: &Rational| match output {
            0 => (a + b) * (x - &meet).max(Rational::ZERO),
            _ => self.value(output, x),
        };
        self.through(&[s, meet.clone(), t], value)
    }

    fn absolute(&self, f: &VectorInterpolation) -> Rational {
        f.jumps().flatten().map(|entry| entry.abs()).sum()
    }

    /// The sign of what merging adds to the Euclidean cost.
    fn sign(&self) -> i64 {
        let lengths = |f: &VectorInterpolation, sign: i64| -> Vec<(Rational, Rational)> {
            f.jumps().map(|jump| (Rational::integer(sign), dot(&jump, &jump))).collect()
        };
        let mut terms = lengths(&self.merged(), 1);
        terms.extend(lengths(&self.chords(), -1));
        i64::from(sign_of_roots(&terms))
    }
}

fn drawn(most: i64) -> BoxedStrategy<Case> {
    let gap = || (1i64..=5, 1i64..=2).prop_map(|(p, q)| Rational::new(p, q));
    let other = [numbers::integer(most), numbers::integer(most)];
    ([gap(), gap(), gap()], [1..=most, 1..=most], any::<bool>(), other)
        .prop_map(|(gaps, first, is_convex, other)| {
            let first = first.map(|jump| Rational::integer(if is_convex { jump } else { -jump }));
            Case { gaps, first, other }
        })
        .boxed()
}

fn straight() -> BoxedStrategy<Case> {
    drawn(4).prop_map(|case| Case { other: [Rational::ZERO; 2], ..case }).boxed()
}
