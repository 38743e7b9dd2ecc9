//! A read-out without zeros keeps every region of one hidden layer.

use crate::catalogue::prelude::*;
use crate::generators::planes::Planes;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/read_out_keeps_regions", LINE_BY_LINE)
        .derived_from("Crease", "derived here"),
    statement: "one hidden layer, no two units vanish on one hyperplane, no read-out weight is \
                zero  ⟹  regions (R4) = regions (R2)",
    cases: || {
        cases(planes::planes(1), false)
            .with("3 inputs, 9 units", 16, cases(planes::many(2..=3, 6..=9), false))
            .with("4 inputs, 12 units", 256, cases(planes::many(4..=4, 9..=12), false))
            .with("6 inputs, 14 units", 2048, cases(planes::many(6..=6, 12..=14), false))
    },
    hypotheses: &[
        given("no read-out weight is zero", |case: &Case| {
            !case.read_out.iter().any(Rational::is_zero)
        })
        .needed("a unit that nobody reads bends nothing", || {
            cases(planes::planes(1), true).cases()
        }),
        given("no two units share a hyperplane", |case: &Case| !case.planes.repeats_any())
            .needed("relu(x) - relu(-x) is x", || cases(planes::planes(1), false).cases()),
    ],
    conclusion: |case| case.compared(Notion::R4),
    twins: &[twin("no two regions have the same map", |case: &Case| case.compared(Notion::R6))
        .because("relu(x) - 2 relu(x - 1) + relu(x - 2) is zero on either side")],
    well_formed: |case| {
        case.planes.check()?;
        let (units, weights) = (case.planes.count(), case.read_out.len());
        (units == weights)
            .then_some(())
            .ok_or_else(|| format!("{weights} read-out weights for {units} units"))
    },
};

/// One hidden layer and one output. Shape: `read_out: [units]`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    planes: Planes,
    read_out: Vec<Rational>,
}

impl Case {
    fn compared(&self, notion: Notion) -> Conclusion {
        let (m, planes) = (self.planes.count(), &self.planes);
        let (weight, bias) = (planes.normals.concat(), planes.offsets.to_vec());
        let layers = vec![
            Layer::dense(m, weight, bias),
            Layer::relu(),
            Layer::dense(1, self.read_out.clone(), vec![Rational::ZERO]),
        ];
        let network =
            Network::new(Shape::Flat(planes.dimension()), layers).expect("it was checked");
        let count = |notion| network.count_regions(notion, &Domain::Whole);
        equal("regions", count(notion), count(Notion::R2))
    }
}

/// One in two read-outs has weights of size one, so that units may cancel.
fn cases(planes: BoxedStrategy<Planes>, zeros: bool) -> impl Strategy<Value = Case> {
    planes
        .prop_flat_map(move |planes| {
            let units = planes.count();
            let weight = |most| {
                let any = numbers::integer(most);
                any.prop_map(move |x| if x.is_zero() && !zeros { Rational::ONE } else { x })
            };
            let read_out = prop_oneof![vec(weight(1), units), vec(weight(3), units)];
            (Just(planes), read_out)
        })
        .prop_map(|(planes, read_out)| Case { planes, read_out })
}
