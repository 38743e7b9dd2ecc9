//! Behind two generic hidden layers only the dead regions lose their identity.

use crate::catalogue::prelude::*;
use crate::engines::complex::Complex;
use crate::generators::layer_chains::{Dense, Units};
use crate::net::regions::Cells;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/generic_read_out", LINE_BY_LINE)
        .derived_from("Crease", "asked here: is R4 = R6 up to the dead regions?"),
    statement: "two dense hidden layers, the sums of different sets of weighted units differ, \
                read-out weights far apart  ⟹  R4 − R6 = max(1, connected sets of inputs \
                where the last hidden layer is off) − 1",
    cases: || {
        networks([2, 3, 2], 9)
            .prop_map(apart)
            .with("3 inputs, 5 and 3 units", 16, networks([3, 5, 3], 99).prop_map(apart))
            .with("4 inputs, 7 and 4 units", 512, networks([4, 7, 4], 999).prop_map(apart))
    },
    hypotheses: &[
        given("the sums of different units differ", Case::has_different_sums)
            .needed("relu(x) - 2 relu(x - 1) + relu(x - 2) vanishes at both ends", || {
                prop_oneof![networks([2, 3, 2], 1), Just(hat())].prop_map(apart).cases()
            }),
        given("read-out weights far apart", |case: &Case| case.base >= case.apart()).needed(
            "units of the last layer may stand for each other, or not be read",
            || {
                (networks([2, 3, 2], 3), -1..=1i64)
                    .prop_map(|(hidden, base)| Case { hidden, base: Rational::from(base) })
                    .cases()
            },
        ),
    ],
    conclusion: |case| {
        let [regions, maps] = [Notion::R4, Notion::R6].map(|notion| case.count(notion));
        equal("R4 - R6", regions - maps, case.dead_components().max(1) - 1)
    },
    twins: &[
        twin("as many maps as connected regions", |case: &Case| {
            equal("R4", case.count(Notion::R4), case.count(Notion::R6))
        })
        .because("the last layer may be off on both sides of where it is on"),
        twin("every activation region has a map of its own", |case: &Case| {
            equal("R2", case.count(Notion::R2), case.count(Notion::R4))
        })
        .because("dead regions that share a facet are one"),
    ],
    well_formed: |case| {
        case.hidden.check()?;
        let widths = case.hidden.widths();
        let fits = widths.len() == 2 && widths.iter().all(|&n| n <= 12);
        require!(fits, "widths {widths:?}, expected two of at most 12")?;
        let layers = case.hidden.layers.iter();
        let hidden = layers.flat_map(|l| l.weights.iter().flatten().chain(&l.biases));
        match hidden.chain([&case.base]).find(|x| !x.is_integer()) {
            Some(x) => Err(format!("expected integers, found {x}")),
            None => Ok(()),
        }
    },
};

/// Two hidden layers, and one output that reads unit `k` of the last with weight `base^k`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    hidden: Dense,
    base: Rational,
}

impl Case {
    fn layers(&self) -> [&Units; 2] {
        let [first, second] = &self.hidden.layers[..] else { unreachable!("two were checked") };
        [first, second]
    }

    /// What the first units give unit `k` of the second layer when they are on: forms
    /// `[constant, coefficients..]`.
    fn weighted(&self, k: usize) -> Vec<Vec<Rational>> {
        let [first, second] = self.layers();
        let forms = first.biases.iter().zip(&first.weights).zip(&second.weights[k]);
        let times = |((bias, row), w): ((&Rational, &Vec<Rational>), &Rational)| {
            [bias].into_iter().chain(row).map(|x| w * x).collect()
        };
        forms.map(times).collect()
    }

    /// Whether for every unit of the second layer the sums over different sets of units of the
    /// first are different.
    fn has_different_sums(&self) -> bool {
        let units = self.layers()[0].biases.len();
        (0..self.layers()[1].biases.len()).all(|k| {
            let forms = self.weighted(k);
            let sum = |set: u32| -> Vec<Rational> {
                let on = || forms.iter().zip(0..).filter(|(_, i)| set >> i & 1 == 1);
                let at = |at: usize| on().map(|(form, _)| form[at].clone()).sum();
                (0..=self.hidden.inputs).map(at).collect()
            };
            let mut sums: Vec<_> = (0..1 << units).map(sum).collect();
            sums.sort();
            sums.windows(2).all(|pair| pair[0] != pair[1])
        })
    }

    /// A base for which nothing cancels: more than twice any coefficient that a unit of the second
    /// layer has on any region.
    fn apart(&self) -> Rational {
        let largest = |(k, bias): (usize, &Rational)| {
            let forms = self.weighted(k);
            let at = |at: usize| forms.iter().map(|form| form[at].abs()).sum::<Rational>();
            let linear = (1..=self.hidden.inputs).map(at);
            linear.fold(at(0) + bias.abs(), Rational::max)
        };
        let units = self.layers()[1].biases.iter().enumerate();
        units.map(largest).fold(Rational::ZERO, Rational::max) * Rational::integer(2)
            + Rational::ONE
    }

    fn network(&self) -> Network {
        let hidden = self.hidden.network();
        let units = hidden.output().units();
        let read_out = (0..units).map(|k| self.base.pow(k as i32)).collect();
        let mut layers = hidden.layers().to_vec();
        layers.push(Layer::dense(1, read_out, Vec::new()));
        Network::new(hidden.input(), layers).expect("the read-out fits")
    }

    fn count(&self, notion: Notion) -> u64 {
        self.network().count_regions(notion, &Domain::Whole)
    }

    /// Connected sets of regions on which the second layer is off.
    fn dead_components(&self) -> u64 {
        let cells = Cells::new(&self.hidden.network(), &Domain::Whole);
        let complex = Complex::of(&cells, usize::MAX).expect("there is no limit");
        let first = self.layers()[0].biases.len();
        complex.components(|cell| cell.pattern[first..].iter().all(|&on| on == 0)) as u64
    }
}

/// The same with the least base for which nothing cancels.
fn apart(hidden: Dense) -> Case {
    let mut case = Case { hidden, base: Rational::ONE };
    case.base = case.apart();
    case
}

/// Networks of at most these inputs, first and second units, with entries up to `far`. In every
/// other network the last layer is on near the origin and off far away.
fn networks([inputs, first, second]: [usize; 3], far: i64) -> impl Strategy<Value = Dense> {
    (1..=inputs, 1..=first, 1..=second, any::<bool>())
        .prop_flat_map(move |(inputs, m, n, is_hill)| {
            let entry = numbers::nonzero_integer(far);
            let first = (vec(numbers::integers(inputs, 3), m), numbers::integers(m, 3));
            let second = (vec(vec(entry, m), n), numbers::integers(n, far));
            (Just((inputs, is_hill)), first, second)
        })
        .prop_map(|((inputs, is_hill), first, mut second)| {
            if is_hill {
                let weights = second.0.iter_mut().flatten();
                weights.for_each(|w| *w = -w.abs());
                second.1.iter_mut().for_each(|c| *c = c.abs());
            }
            let layers = [first, second].map(|(weights, biases)| Units { weights, biases });
            Dense { inputs, layers: layers.to_vec() }
        })
}

/// `relu(x) - 2 relu(x - 1) + relu(x - 2) + 1`, never off.
fn hat() -> Dense {
    let integers = |row: &[i64]| row.iter().copied().map(Rational::from).collect::<Vec<_>>();
    let first = Units { weights: vec![integers(&[1]); 3], biases: integers(&[0, -1, -2]) };
    let second = Units { weights: vec![integers(&[1, -2, 1])], biases: integers(&[1]) };
    Dense { inputs: 1, layers: vec![first, second] }
}
