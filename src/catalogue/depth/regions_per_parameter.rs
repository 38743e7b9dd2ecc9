//! With as many parameters, deep filters have more regions for each than one layer.

use crate::catalogue::prelude::*;
use crate::counting::{Plan, Stack};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/regions_per_parameter", AGAINST_ITS_NOTE)
        .derived_from("Xiong2020", "Theorem 6, regions for each parameter")
        .as_printed(
            "from memory, asymptotic, its constants unsure; a finite statement with explicit \
             constants is derived here, for one channel on a line",
        ),
    statement: "n samples, L ≥ 2 layers of d filters of f taps, n_l positions, S = Σ_{l<L} n_l ≥ \
                2 n + 1, d > (4 n_1 L)^n, one layer of as many filters as its parameters allow  ⟹  \
                lower bound / parameters > most regions of the one layer / its parameters",
    cases: || {
        cases(1..=2, 4..=7, 0)
            .with("three and four samples", 8, cases(3..=4, 4..=8, 0))
            .with("just enough filters", 8, cases(1..=4, 4..=5, 1))
            .with("two taps", 8, cases(6..=6, 5..=5, 0))
            .with("six samples, 10 layers", 64, cases(5..=6, 7..=8, 0))
    },
    hypotheses: &[
        given("deep enough", |case: &Case| case.folded() > 2 * case.samples).needed(
            "one layer is as good as itself",
            || {
                (1usize..=4, 1usize..=2, 1usize..=6)
                    .prop_map(|(samples, taps, filters)| Case {
                        samples,
                        taps: taps.min(samples),
                        layers: 1,
                        filters: filters + (4 * samples).pow(samples as u32),
                    })
                    .cases()
            },
        ),
        given("enough filters", |case: &Case| Some(case.filters) > case.enough())
            .needed("one filter in each layer folds nothing", || {
                cases(1..=3, 4..=6, 0).prop_map(|case| Case { filters: 1, ..case }).cases()
            }),
    ],
    conclusion: |case| compare(case, 1),
    twins: &[
        twin("the square of the one layer", |case: &Case| compare(case, 2))
            .because("the exponent of d is S, not more, and the one layer has 2 n")
            .drawing(|| cases(1..=2, 4..=4, 0).cases()),
        twin("the other way round", |case: &Case| {
            let [deep, shallow] = case.ratios(1)?;
            at_most("regions for each parameter", deep, shallow)
        })
        .because("deep filters fold"),
    ],
    well_formed: |case| {
        let Case { samples, taps, layers, filters } = *case;
        let fits = (1..=6).contains(&samples) && (1..=8).contains(&layers) && taps >= 1;
        require!(fits, "{samples} samples, {layers} layers; at most 6 and 8 are asked about")?;
        require!((1..1 << 50).contains(&filters), "there must be fewer than 2^50 filters")?;
        case.stack().map(drop)
    },
};

/// Samples of one channel on a line, the taps of all filters, layers, and filters a layer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    samples: usize,
    taps: usize,
    layers: usize,
    filters: usize,
}

impl Case {
    fn stack(&self) -> Result<Stack, String> {
        let filter = Some([1, self.taps]);
        let plan = Plan { filter, stride: [1, 1], units: self.filters };
        let plans = vec![plan; self.layers];
        Stack::new([1, self.samples], 1, &plans).map_err(|error| error.to_string())
    }

    /// `n_l`, with `n_0 = n`.
    fn positions(&self, layer: usize) -> usize {
        self.samples - layer * (self.taps - 1)
    }

    /// `S`.
    fn folded(&self) -> usize {
        (1..self.layers).map(|layer| self.positions(layer)).sum()
    }

    /// `(4 n_1 L)^n`.
    fn enough(&self) -> Option<usize> {
        (4 * self.positions(1) * self.layers).checked_pow(u32::try_from(self.samples).ok()?)
    }

    /// Regions for each parameter: the lower bound of the layers, and a power of what one layer of so
    /// many units does not exceed, the cells of hyperplanes in general position.
    fn ratios(&self, power: i32) -> Result<[Rational; 2], Undecided> {
        let stack = self.stack().map_err(|_| Undecided("the windows do not fit"))?;
        let limit = 1 << 20;
        let (deep, _) = stack.lower(limit).ok_or(Undecided("the last layer is out of reach"))?;
        let f = self.taps;
        // One channel first, then one from each filter.
        let parameters = Rational::from(self.filters)
            * (Rational::from(f + 1)
                + Rational::from(self.layers - 1)
                    * (Rational::from(f) * Rational::from(self.filters) + Rational::ONE));
        let wide = (&parameters / Rational::from(f + 1)).floor();
        let units = &wide * Rational::from(self.positions(1));
        let mut choices = Rational::ONE;
        let mut shallow = Rational::ONE;
        for i in 0..self.samples {
            choices *= &((&units - Rational::from(i)) / Rational::from(i + 1));
            shallow += &choices;
        }
        let deep = Rational::from(deep) / parameters;
        Ok([deep, shallow.pow(power) / (wide * Rational::from(f + 1))])
    }
}

fn compare(case: &Case, power: i32) -> Conclusion {
    let [deep, shallow] = case.ratios(power)?;
    above("regions for each parameter", deep, shallow)
}

/// Samples, layers and taps that are deep enough, and filters that are enough: one more than that
/// or, with `just` at 0, up to twice as many.
fn cases(samples: Span, layers: Span, just: usize) -> BoxedStrategy<Case> {
    (samples, layers, 1usize..=2, 1u32..=4)
        .prop_map(move |(samples, layers, taps, more)| {
            let taps = if layers * (taps - 1) < samples { taps } else { 1 };
            let mut case = Case { samples, taps, layers, filters: 1 };
            if case.folded() <= 2 * samples {
                case.taps = 1;
            }
            let least = case.enough().expect("a few samples and layers");
            case.filters = least + if just == 1 { 1 } else { 1 + least / more as usize };
            case
        })
        .boxed()
}
