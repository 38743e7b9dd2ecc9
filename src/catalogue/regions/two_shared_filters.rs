//! Two shared 2x2 filters on a 3x3 input cut it into at most 255 regions.

use crate::catalogue::prelude::*;
use crate::engines::arrangement::count_cells;
use crate::geometry::Form;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/two_shared_filters", LINE_BY_LINE)
        .formally("two_shared_filters", 0x96d2_c9a0_38f5_92c9)
        .derived_from("Xiong2020", "Theorem 2, equation 3, for the smallest 2-D shape")
        .as_printed("the published value of the maximum for this shape is 256"),
    statement: "input 3x3, two 2x2 filters, stride 1, any weights and biases  ⟹  regions ≤ 255",
    cases: || {
        prop_oneof![1 => shared(0, 3), 3 => shared(1, 9)]
            .with("zeros and ones", 16, shared(0, 1))
            .with("large weights", 64, shared(1, 1 << 20))
    },
    hypotheses: &[given("weights shared", Case::is_shared)
        .needed("locally connected weights reach all 256 patterns", || {
            locally_connected().cases()
        })],
    conclusion: |case| at_most("regions", case.regions(), 255),
    twins: &[twin("at most 254", |case: &Case| at_most("regions", case.regions(), 254))
        .because("generic shared weights reach 255")],
    well_formed: |_| Ok(()),
};

/// Which inputs a position reads: position `p` has its corner at `CORNERS[p]` of the 3x3 input.
const CORNERS: [usize; 4] = [0, 1, 3, 4];
/// The taps of a 2x2 filter from its corner.
const TAPS: [usize; 4] = [0, 1, 3, 4];

/// Weights `[filter][position][tap]` and biases `[filter][position]`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    weights: [[[Rational; 4]; 4]; 2],
    biases: [[Rational; 4]; 2],
}

impl Case {
    fn is_shared(&self) -> bool {
        self.weights.iter().all(|filter| filter.iter().all(|taps| *taps == filter[0]))
    }

    /// Strict sign patterns of the 8 pre-activations, over all of the input space.
    fn regions(&self) -> u64 {
        let units = self.weights.iter().zip(&self.biases);
        let forms: Vec<Form> = units
            .flat_map(|(filter, biases)| filter.iter().zip(biases).zip(CORNERS))
            .map(|((taps, bias), corner)| {
                let mut normal = vec![Rational::ZERO; 9];
                for (tap, weight) in TAPS.iter().zip(taps) {
                    normal[corner + tap] = weight.clone();
                }
                Form { coefficients: normal, constant: bias.clone() }
            })
            .collect();
        count_cells(9, &forms)
    }
}

/// Shared filters with `least <= |weight| <= most`; half of the cases share the biases too.
fn shared(least: i64, most: i64) -> impl Strategy<Value = Case> {
    let weight = move || {
        (least..=most, any::<bool>())
            .prop_map(|(n, minus)| Rational::from(if minus { -n } else { n }))
    };
    let filter = move || [weight(), weight(), weight(), weight()];
    let bias = || vec(numbers::integer(9), 4).prop_map(four);
    ([filter(), filter()], [bias(), bias()], any::<bool>()).prop_map(
        |(filters, mut biases, free)| {
            if !free {
                biases.iter_mut().for_each(|b| *b = std::array::from_fn(|_| b[0].clone()));
            }
            let weights = filters.map(|f| std::array::from_fn(|_| f.clone()));
            Case { weights, biases }
        },
    )
}

/// A filter of its own at every position.
fn locally_connected() -> impl Strategy<Value = Case> {
    let four_of = || vec(numbers::nonzero_integer(9), 4).prop_map(four);
    let filter = move || [four_of(), four_of(), four_of(), four_of()];
    let bias = || vec(numbers::integer(9), 4).prop_map(four);
    ([filter(), filter()], [bias(), bias()]).prop_map(|(weights, biases)| Case { weights, biases })
}

fn four(entries: Vec<Rational>) -> [Rational; 4] {
    entries.try_into().expect("four entries were drawn")
}
