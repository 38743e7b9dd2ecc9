//! Counts of regions do not see an invertible change of the inputs.

use crate::catalogue::prelude::*;
use crate::generators::two_hidden_layers::{Deep, sized};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/linear_change_of_inputs", LINE_BY_LINE)
        .derived_from("Crease", "a property to test with"),
    statement: "A invertible  ⟹  strict, R1, R2, R4 and R6 of x ↦ f(A x + s) are those of f; \
                one notion a case",
    cases: || {
        changed(two_hidden_layers::networks(), false)
            .with("3 inputs, 12 units", 16, changed(sized(2..=3, [4..=6, 4..=6]), false))
            // Few units first leave few dimensions to the others, so that regions are few.
            .with("6 inputs, 40 units", 128, changed(sized(6..=6, [2..=3, 38..=40]), false))
            .with("5 inputs, 12 units", 256, changed(sized(4..=5, [6..=8, 3..=4]), false))
            .with("6 inputs, 20 units", 2048, changed(sized(6..=6, [10..=12, 6..=8]), false))
    },
    hypotheses: &[given("A invertible", |case: &Case| {
        Matrix::from_rows(case.matrix.clone()).rank() == case.shift.len()
    })
    .needed("all inputs land in a smaller space", || {
        changed(two_hidden_layers::networks(), true).cases()
    })],
    conclusion: |case| case.compared(usize::MAX),
    twins: &[twin("the first unit alone reads the new inputs", |case: &Case| case.compared(1))
        .because("the others stay where they were")],
    well_formed: |case| {
        case.deep.check()?;
        let inputs = case.deep.network().input().units();
        let is_square = case.matrix.iter().all(|row| row.len() == inputs);
        let fits = is_square && case.matrix.len() == inputs && case.shift.len() == inputs;
        require!(fits, "expected a square matrix and a shift for {inputs} inputs")?;
        match case.deep.network().parameters().first() {
            Some(first) if first.weight.len() == first.bias.len() * inputs => {}
            _ => return Err("expected a dense first layer with a bias for each unit".to_owned()),
        }
        require!(case.notion < Notion::ALL.len(), "notion {} of {}", case.notion, Notion::ALL.len())
    },
};

/// A network whose first layer is dense, and `x -> A x + s`. `notion` counts in [`Notion::ALL`].
///
/// Shape: `matrix: [inputs][inputs]`, `shift: [inputs]`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    notion: usize,
    matrix: Vec<Vec<Rational>>,
    shift: Vec<Rational>,
    deep: Deep,
}

impl Case {
    /// The counts when the first `units` units of the first layer read the new inputs.
    fn compared(&self, units: usize) -> Conclusion {
        let notion = Notion::ALL[self.notion];
        let mut parameters = self.deep.network().parameters();
        let columns = Matrix::from_rows(self.matrix.clone()).transpose();
        let first = &mut parameters[0];
        let rows = first.weight.chunks_mut(self.shift.len()).zip(&mut first.bias);
        for (row, bias) in rows.take(units) {
            *bias += dot(row, &self.shift);
            row.clone_from_slice(&columns.apply(row));
        }
        let changed = self.deep.with(parameters).regions(notion);
        equal("regions after the change", changed, self.deep.regions(notion))
    }
}

/// Small integers; one direction lost if `singular`.
fn changed(networks: BoxedStrategy<Deep>, singular: bool) -> impl Strategy<Value = Case> {
    networks
        .prop_flat_map(move |deep| {
            let inputs = deep.network().input().units();
            let entries = vec(numbers::integers(inputs, 3), inputs);
            (0..Notion::ALL.len(), entries, numbers::integers(inputs, 3), Just(deep))
        })
        .prop_map(move |(notion, mut matrix, shift, deep)| {
            // Large numbers on the diagonal keep it invertible.
            for (i, row) in matrix.iter_mut().enumerate() {
                row[i] += Rational::integer(7);
            }
            if singular {
                matrix[0].fill(Rational::ZERO);
            }
            Case { notion, matrix, shift, deep }
        })
}
