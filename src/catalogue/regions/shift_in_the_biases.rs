//! A shift of the input can be absorbed in the biases if it is constant over space.

use crate::catalogue::prelude::*;
use crate::generators::filters::{Filters, Layout};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/shift_in_the_biases", LINE_BY_LINE)
        .derived_from("Crease", "a property to test with"),
    statement: "s constant on every channel: the layer with biases b_k + (w_k · s at position \
                0) has as many regions (R2) as the layer",
    cases: || {
        let small = prop_oneof![3 => filters::line(6), 1 => filters::plane(6)].boxed();
        cases(small, true)
            .with("4 inputs, 20 units", 16, cases(wide_layouts::layouts(2..=4, 10..=20), true))
            .with("6 inputs, 16 units", 64, cases(wide_layouts::layouts(5..=6, 10..=16), true))
            .with("6 inputs, 40 units", 1024, cases(wide_layouts::layouts(6..=6, 36..=40), true))
    },
    hypotheses: &[given("constant over space", Case::is_constant)
        .needed("the other positions would need other biases", || {
            cases(filters::line(6), false).cases()
        })],
    conclusion: |case| {
        let shifted = case.layer.biased(&case.absorbed());
        equal("regions after the shift", shifted.regions(), case.layer.regions())
    },
    twins: &[twin("the shift itself", |case: &Case| {
        let raw: Vec<_> = case.layer.biases().iter().map(|b| b + &case.shift[0]).collect();
        let shifted = case.layer.biased(&raw);
        equal("regions after the shift", shifted.regions(), case.layer.regions())
    })
    .because("a filter multiplies the shift by the sum of its taps")],
    well_formed: |case| {
        case.layer.check()?;
        let (expected, found) = (case.layer.layout().sliding().inputs(), case.shift.len());
        require!(found == expected, "a shift of {found} inputs, expected {expected}")
    },
};

/// A layer, and a shift for every input.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    shift: Vec<Rational>,
    layer: Filters,
}

impl Case {
    fn is_constant(&self) -> bool {
        let plane = self.shift.len() / self.layer.layout().depth;
        self.shift.chunks(plane).all(|channel| channel.iter().all(|s| *s == channel[0]))
    }

    /// The biases, each with what its filter makes of the shift at the first position.
    fn absorbed(&self) -> Vec<Rational> {
        let positions = self.layer.layout().sliding().positions();
        let rows = self.layer.rows();
        let made = rows.iter().step_by(positions).map(|row| dot(row, &self.shift));
        made.zip(self.layer.biases()).map(|(made, bias)| made + bias).collect()
    }
}

/// Layers, half of them without biases, where a shift tells.
fn cases(layouts: BoxedStrategy<Layout>, constant: bool) -> impl Strategy<Value = Case> {
    (filters::layers(layouts, 4), any::<bool>())
        .prop_flat_map(|(layer, central)| {
            let layer = if central { layer.without_biases() } else { layer };
            let inputs = layer.layout().sliding().inputs();
            (numbers::integers(inputs, 3), Just(layer))
        })
        .prop_map(move |(mut shift, layer)| {
            if constant {
                let plane = shift.len() / layer.layout().depth;
                shift.chunks_mut(plane).for_each(|channel| channel.fill(channel[0].clone()));
            }
            Case { shift, layer }
        })
}
