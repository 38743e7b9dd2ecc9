//! Without biases the number of regions is even.

use crate::catalogue::prelude::*;
use crate::generators::filters::Filters;
use crate::generators::wide_layouts::walked;

pub(super) static CLAIM: Claim<Filters> = Claim {
    card: theorem!("regions/central_layers_are_even", LINE_BY_LINE)
        .derived_from("Crease", "a property to test with"),
    statement: "no biases, some weight not zero: regions (R2) of one convolution ≡ 0 mod 2",
    cases: || {
        layers(1)
            .prop_map(|layer| layer.without_biases())
            .with("4 inputs, 20 units", 16, central(2..=4, 10..=20))
            .with("6 inputs, 16 units", 64, central(5..=6, 10..=16))
            .with("6 inputs, 40 units", 512, central(6..=6, 36..=40))
    },
    hypotheses: &[
        given("no biases", |case: &Filters| case.biases().iter().all(Rational::is_zero))
            .needed("two parallel hyperplanes have three sides", || layers(1).cases()),
        given("some weight", |case: &Filters| {
            case.rows().iter().flatten().any(|weight| !weight.is_zero())
        })
        .needed("all of space is one region", || {
            layers(1).prop_map(|layer| layer.scaled(&Rational::ZERO)).cases()
        }),
    ],
    conclusion: |case| equal("regions modulo 2", walked(case) % 2, 0),
    twins: &[twin("a multiple of four", |case: &Filters| {
        equal("regions modulo 4", walked(case) % 4, 0)
    })
    .because("three lines through a point have six sectors")],
    well_formed: Filters::check,
};

fn layers(most: i64) -> BoxedStrategy<Filters> {
    let layouts = prop_oneof![3 => filters::line(6), 1 => filters::plane(6)].boxed();
    prop_oneof![filters::layers(layouts.clone(), most), filters::layers(layouts, 7)].boxed()
}

fn central(inputs: Span, units: Span) -> impl Strategy<Value = Filters> {
    filters::layers(wide_layouts::layouts(inputs, units), 20)
        .prop_map(|layer| layer.without_biases())
}
