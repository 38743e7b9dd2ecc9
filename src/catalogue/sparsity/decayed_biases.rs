//! With decayed biases a dual function under a hyperbola proves a function least.

use crate::catalogue::prelude::*;
use crate::spline::univariate::{
    Data, Interpolation, Tangent, decayed_cost, fewest_by_search, is_under_hyperbola,
};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/decayed_biases", AGAINST_ITS_NOTE)
        .derived_from("BoursierFlammarion2023", "the cost with decayed biases"),
    statement: "eta under √(1+t²), touching at the kinks of f  ⟹  Σ |c_k| √(1+t_k²) ≥ that of f",
    cases: || drawn(1..=2).cases().with("3 to 5 kinks", 4, drawn(3..=5)),
    hypotheses: &[
        given("under the hyperbola", |case: &Case| is_under_hyperbola(&case.eta()))
            .needed("a dual function that is too large proves nothing", || {
                two_corners(true).cases()
            }),
        given("touching at the kinks", |case: &Case| {
            case.tangents().all(|tangent| case.eta_at(&tangent.place) == tangent.height)
        })
        .needed("two kinks may be merged to one that costs less", || two_corners(false).cases()),
    ],
    conclusion: |case| at_least("cost", least(&case.rival()), case.planted()),
    twins: &[
        twin("the least variation is the least cost", |case: &Case| {
            let chords = Interpolation::new(&case.data()).chords().function();
            at_most("cost", least(&chords), case.planted())
        })
        .because("the chords vary as little and cost more"),
        twin("always sparsest", |case: &Case| {
            let fewest = fewest_by_search(&case.data());
            at_most("kinks", case.kinks.len(), fewest)
        })
        .because(
            "four points of one sign can have a least function with three kinks; two would do",
        ),
    ],
    well_formed: |case| {
        let zeros = vec![Rational::ZERO; case.x.len()];
        Data::new(case.x.clone(), zeros).map_err(|error| error.to_string())?;
        require!(case.x.len() >= 2 && case.eta.len() == case.x.len(), "a dual value a point")?;
        require!(case.kinks.len() == case.masses.len(), "a mass a kink")?;
        require!(case.masses.iter().all(Rational::is_positive), "masses are positive")?;
        let small = |h: &Rational| h.abs() < Rational::ONE;
        require!(case.kinks.iter().all(small), "h lies between -1 and 1")?;
        require!(case.kinks.is_sorted_by(|a, b| a < b), "kinks increase")?;
        let ends = [&case.eta[0], &case.eta[case.eta.len() - 1]];
        require!(ends.iter().all(|end| end.is_zero()), "the dual is 0 at the ends")?;
        case.all().map(drop)
    },
};

/// `h` of each kink `2h / (1 - h²)` with its jump; data abscissae with the dual there; and points
/// of another interpolant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    x: Vec<Rational>,
    kinks: Vec<Rational>,
    masses: Vec<Rational>,
    eta: Vec<Rational>,
    bends: Vec<[Rational; 2]>,
}

/// The cost, from below where a root is irrational.
fn least(f: &Activation) -> Rational {
    decayed_cost(f).lo().clone()
}

impl Case {
    fn tangents(&self) -> impl Iterator<Item = Tangent> + '_ {
        self.kinks.iter().map(Tangent::new)
    }

    fn value(&self, t: &Rational) -> Rational {
        let units = self.tangents().zip(&self.masses);
        units.map(|(unit, mass)| mass * (t - unit.place).max(Rational::ZERO)).sum()
    }

    fn planted(&self) -> Rational {
        self.tangents().zip(&self.masses).map(|(unit, mass)| mass * unit.height).sum()
    }

    fn data(&self) -> Data {
        let y = self.x.iter().map(|x| self.value(x)).collect();
        Data::new(self.x.clone(), y).expect("the case is well formed")
    }

    fn all(&self) -> Result<Data, String> {
        let mut all: Vec<_> = self.x.iter().map(|x| (x.clone(), self.value(x))).collect();
        all.extend(self.bends.iter().map(|[t, y]| (t.clone(), y.clone())));
        all.sort();
        let (x, y) = all.into_iter().unzip();
        Data::new(x, y).map_err(|error| error.to_string())
    }

    fn rival(&self) -> Activation {
        let all = self.all().expect("the case is well formed");
        Interpolation::new(&all).chords().function()
    }

    fn eta(&self) -> Data {
        Data::new(self.x.clone(), self.eta.clone()).expect("the case is well formed")
    }

    fn eta_at(&self, t: &Rational) -> Rational {
        let f = Interpolation::new(&self.eta()).chords().function();
        if *t < self.x[0] || *t > self.x[self.x.len() - 1] { Rational::ZERO } else { f.eval(t) }
    }
}

/// Two kinks at points, and the interpolant that merges them, which costs less. The dual touches at
/// both, and is above the hyperbola between them; or it is under it and touches at neither.
fn two_corners(touches: bool) -> BoxedStrategy<Case> {
    let heights = [(-1, 2), (-1, 3), (0, 1), (1, 3), (1, 2), (3, 5)];
    let all = heights.map(|(p, q)| Rational::new(p, q)).to_vec();
    (proptest::sample::subsequence(all, 2), 1i64..=3, 1i64..=3)
        .prop_map(move |(kinks, a, b)| {
            let [a, b] = [a, b].map(Rational::from);
            let [s, t] = [0, 1].map(|i| Tangent::new(&kinks[i]).place);
            let merged = (&a * &s + &b * &t) / (&a + &b);
            let high = |i: usize| match touches {
                true => Tangent::new(&kinks[i]).height,
                false => Rational::new(1, 2),
            };
            let eta = vec![Rational::ZERO, high(0), high(1), Rational::ZERO];
            let x = vec![&s - Rational::from(4), s, t.clone(), t + Rational::from(4)];
            let bends = vec![[merged, Rational::ZERO]];
            Case { x, kinks, masses: vec![a, b], eta, bends }
        })
        .boxed()
}

/// Neighbouring tangents at `h_1 < h_2` meet at `(h_1 + h_2) / (1 - h_1 h_2)`.
fn drawn(count: Span) -> BoxedStrategy<Case> {
    let heights = [(-1, 2), (-1, 3), (0, 1), (1, 4), (1, 3), (1, 2), (3, 5)];
    let all = heights.map(|(p, q)| Rational::new(p, q)).to_vec();
    let bend = (0usize..8, -2i64..=2);
    (proptest::sample::subsequence(all, count), vec(1i64..=3, 5), vec(bend, 2))
        .prop_map(|(kinks, masses, steps)| {
            let tangents: Vec<_> = kinks.iter().map(Tangent::new).collect();
            let end = &tangents[kinks.len() - 1];
            let first = &tangents[0].place - Rational::new(1, 2);
            let last = &end.place + Rational::new(1, 2);
            let meets = kinks
                .windows(2)
                .map(|pair| (&pair[0] + &pair[1]) / (Rational::ONE - &pair[0] * &pair[1]));
            let mut x = vec![&first - Rational::from(4), first];
            x.extend(meets);
            x.extend([last.clone(), &last + Rational::from(4)]);
            let n = x.len();
            let touching = tangents.iter().zip(&x[1..]).map(|(tangent, t)| tangent.at(t));
            let zero = [Rational::ZERO];
            let eta = zero.iter().cloned().chain(touching);
            let eta = eta.chain([end.at(&last), Rational::ZERO]).collect();
            let masses = masses[..kinks.len()].iter().map(|m| Rational::from(*m)).collect();
            let mut case = Case { x, kinks, masses, eta, bends: Vec::new() };
            let mut taken = Vec::new();
            for (gap, off) in steps {
                let i = gap % (n - 1);
                if !taken.contains(&i) {
                    taken.push(i);
                    let t = (&case.x[i] + &case.x[i + 1]) * Rational::new(1, 2);
                    let y = case.value(&t) + Rational::new(off, 4);
                    case.bends.push([t, y]);
                }
            }
            case
        })
        .boxed()
}
