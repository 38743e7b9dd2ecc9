//! From two inputs on, one hidden layer that vanishes far out vanishes everywhere.

use crate::catalogue::prelude::*;
use crate::generators::single_units::{Unit, units};
use crate::properties::regions;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/compact_support", AGAINST_ITS_NOTE)
        .derived_from("Mao2021", "deep networks against shallow ones for radial functions")
        .as_printed("a separation of rates is stated there; this one is exact, and ours"),
    statement: "d ≥ 2, f = b + Σ c_k relu(⟨w_k, x⟩ + b_k) ≠ 0  ⟹  f(x) ≠ 0 for some x with \
                |x|_∞ > R",
    cases: || {
        random(2..=3, 0..=3)
            .with("pyramids", 4, pyramid(false))
            .with("6 inputs, 40 units", 64, random(6..=6, 30..=40))
            .with("16 inputs, 100 units", 1024, random(12..=16, 60..=100))
    },
    hypotheses: &[
        given("two inputs", |case: &Case| case.inputs >= 2)
            .needed("a tent on the line has compact support", || tents().boxed().cases()),
        given("one hidden layer", |case: &Case| !case.clipped)
            .needed("relu(1 - |x_1| - |x_2|) is a pyramid over a diamond", || {
                pyramid(true).cases()
            }),
        given("not zero", |case: &Case| case.differs_from_zero(&[case.cube()]) == Ok(true))
            .needed("zero is zero outside too", || zero().boxed().cases()),
    ],
    conclusion: |case| {
        let found = case.differs_from_zero(&case.boxes_outside());
        equal("not zero outside the cube", found, 1)
    },
    twins: &[],
    well_formed: |case| {
        require!(
            (1..=16).contains(&case.inputs) && case.units.len() <= 100 && case.reach.is_positive(),
            "there must be 1 to 16 inputs, 100 units at most, a positive reach"
        )?;
        match case.units.iter().find(|unit| unit.weights.len() != case.inputs) {
            Some(unit) => Err(format!("{} weights, {} inputs", unit.weights.len(), case.inputs)),
            None => Ok(()),
        }
    },
};

/// `constant + sum output relu(<weights, x> + bias)`, and another ReLU around it if `clipped`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    inputs: usize,
    reach: Rational,
    constant: Rational,
    clipped: bool,
    units: Vec<Unit>,
}

/// The most regions of a box that are looked at.
const MAX_REGIONS: usize = 10_000;

impl Case {
    fn network(&self) -> Network {
        let (mut weight, mut bias, mut outer) = (Vec::new(), Vec::new(), Vec::new());
        for unit in &self.units {
            weight.extend_from_slice(&unit.weights);
            bias.push(unit.bias.clone());
            outer.push(unit.output.clone());
        }
        // A unit that is never on, so that there is one.
        weight.extend(vec![Rational::ZERO; self.inputs]);
        bias.push(Rational::ZERO);
        outer.push(Rational::ZERO);
        let mut layers = vec![Layer::dense(bias.len(), weight, bias), Layer::relu()];
        layers.push(Layer::dense(1, outer, vec![self.constant.clone()]));
        layers.extend(self.clipped.then(Layer::relu));
        Network::new(Shape::Flat(self.inputs), layers).expect("the parts fit")
    }

    /// A cube that meets every hyperplane, and holds the given one.
    fn cube(&self) -> InputBox {
        InputBox::cube(self.inputs, &self.extent())
    }

    /// Beyond this distance from the origin along an axis, and inside it, nothing new happens.
    fn extent(&self) -> Rational {
        let nearest = |unit: &Unit| {
            let largest = unit.weights.iter().map(Rational::abs).max();
            let largest = largest.filter(Rational::is_positive)?;
            Some(unit.bias.abs() / largest + Rational::ONE)
        };
        self.units.iter().filter_map(nearest).fold(self.reach.clone(), Rational::max)
    }

    /// The boxes that make up a large cube without the given one: one on either side of each axis.
    ///
    /// Large enough that every hyperplane that meets the space at all meets one of them.
    fn boxes_outside(&self) -> Vec<InputBox> {
        let far = self.extent() * Rational::integer(64);
        let side = |axis: usize, above: bool| {
            let (mut lo, mut hi) = (vec![-&far; self.inputs], vec![far.clone(); self.inputs]);
            if above {
                lo[axis] = self.reach.clone()
            } else {
                hi[axis] = -&self.reach
            }
            InputBox::new(lo, hi).expect("far is beyond the reach")
        };
        (0..self.inputs).flat_map(|axis| [side(axis, false), side(axis, true)]).collect()
    }

    /// Whether the network is not zero somewhere in one of the boxes. With one hidden layer that is
    /// decided by the jumps of slope; else by the values at the vertices of all regions.
    fn differs_from_zero(&self, boxes: &[InputBox]) -> Result<bool, Undecided> {
        let network = self.network();
        let zero = vec![Rational::ZERO; self.inputs];
        let zero = vec![Layer::dense(1, zero, vec![Rational::ZERO])];
        let zero = Network::new(Shape::Flat(self.inputs), zero).expect("one unit");
        let differs = |range: &InputBox| -> Result<bool, Undecided> {
            if let Some(gap) = equal_on_box(&network, &zero, range).gap() {
                return Ok(gap.is_positive());
            }
            let regions = regions(&network, &Domain::Box(range.clone()), MAX_REGIONS);
            let regions = regions.ok_or(Undecided("the box has too many regions"))?;
            let mut vertices = regions.iter().flat_map(|region| &region.vertices);
            Ok(vertices.any(|vertex| !network.eval(vertex)[0].is_zero()))
        };
        boxes.iter().try_fold(false, |found, range| Ok(found || differs(range)?))
    }
}

fn random(inputs: Span, count: Span) -> impl Strategy<Value = Case> {
    (inputs, count, 1i64..=3)
        .prop_flat_map(|(inputs, count, reach)| {
            (Just((inputs, reach)), numbers::integer(1), units(inputs, count..=count, [2, 2, 2]))
        })
        .prop_map(|((inputs, reach), constant, units)| Case {
            inputs,
            reach: reach.into(),
            constant,
            clipped: false,
            units,
        })
        .prop_filter("zero has its own twin", |case| {
            case.differs_from_zero(&[case.cube()]) == Ok(true)
        })
}

/// `height - |x_1| - .. - |x_d|`, clipped or not, on a cube that holds the whole of it.
fn pyramid(clipped: bool) -> impl Strategy<Value = Case> {
    (2usize..=3, 1i64..=3).prop_map(move |(inputs, height)| {
        let unit = |(axis, sign): (usize, i64)| {
            let weight = |i| Rational::integer(if i == axis { sign } else { 0 });
            let weights: Vec<_> = (0..inputs).map(weight).collect();
            Unit { weights, bias: Rational::ZERO, output: -Rational::ONE }
        };
        let units = (0..inputs).flat_map(|axis| [(axis, 1), (axis, -1)]).map(unit);
        let (constant, reach) = (height.into(), height.into());
        Case { inputs, reach, constant, clipped, units: units.collect() }
    })
}

/// `relu(t + 1) - 2 relu(t) + relu(t - 1)`, higher or lower.
fn tents() -> impl Strategy<Value = Case> {
    (numbers::nonzero_integer(3), 1i64..=3).prop_map(|(height, reach)| {
        let unit = |(bias, output): (i64, i64)| Unit {
            weights: vec![Rational::ONE],
            bias: bias.into(),
            output: &height * Rational::integer(output),
        };
        let units = [(1, 1), (0, -2), (-1, 1)].map(unit).into();
        Case { inputs: 1, reach: reach.into(), constant: Rational::ZERO, clipped: false, units }
    })
}

/// `relu(u) - relu(u)`: nothing at all.
fn zero() -> impl Strategy<Value = Case> {
    (2usize..=3, 1i64..=3).prop_map(|(inputs, reach)| {
        let weights = vec![Rational::ONE; inputs];
        let outputs = [Rational::ONE, -Rational::ONE];
        let unit = |output| Unit { weights: weights.clone(), bias: Rational::ONE, output };
        let units = outputs.map(unit).into();
        Case { inputs, reach: reach.into(), constant: Rational::ZERO, clipped: false, units }
    })
}
