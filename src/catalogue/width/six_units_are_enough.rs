//! On hexagonal patches six units have the kernel of infinitely many.

use crate::analysis::definite::Symmetric;
use crate::catalogue::prelude::*;
use crate::kernel::{averaged, empirical, first_layer};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/six_units_are_enough", STEP_BY_STEP)
        .derived_from("ChoSaul2009", "the arc-cosine kernel of degree 0"),
    statement: "patches and filters the vertices of a hexagon  ⟹  their kernel is P⁻² Σ_pq \
                ⟨x_p, x'_q⟩ (1 - angle/π)/2",
    cases: || {
        let images = |positions, most| {
            (1..=positions)
                .prop_flat_map(move |positions| vec(vec(0usize..6, positions), 1..=most))
                .prop_map(|images| Case { images })
        };
        let strata = images(4usize, 3usize).with("6 images of up to 20 patches", 32, images(20, 6));
        strata.with("10 images of up to 100 patches", 1024, images(100, 10))
    },
    hypotheses: &[],
    conclusion: |case| case.gap(&[0, 1, 2, 3, 4, 5], case.positions(), 1),
    twins: &[
        twin("three units", |case: &Case| case.gap(&[0, 2, 4], case.positions(), 1)).because(
            "a half circle around a vertex holds three of six vertices, and one of these three",
        ),
        twin("without the factor 1/2", |case: &Case| {
            case.gap(&[0, 1, 2, 3, 4, 5], case.positions(), 2)
        })
        .because("both gates are open with probability (1 - angle/π)/2"),
        twin("patch by patch", |case: &Case| case.gap(&[0, 1, 2, 3, 4, 5], 1, 1))
            .because("the mean over positions is taken"),
    ],
    well_formed: |case| {
        let first = case.images.first().filter(|image| !image.is_empty());
        require!(
            first.is_some_and(|first| case.images.iter().all(|image| image.len() == first.len())),
            "there must be an image, and each must have as many patches, one at least"
        )?;
        match case.images.iter().flatten().find(|&&vertex| vertex >= 6) {
            Some(vertex) => Err(format!("a hexagon has the vertices 0 to 5, not {vertex}")),
            None => Ok(()),
        }
    },
};

/// Images: for each patch its vertex of the hexagon, in sixths of a turn. Shape `[n, P]`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    images: Vec<Vec<usize>>,
}

impl Case {
    fn positions(&self) -> usize {
        self.images[0].len()
    }

    /// The largest difference between the kernel of these units and `factor` times the limit,
    /// averaged over this many patches at a time.
    fn gap(&self, units: &[usize], averaged_over: usize, factor: i64) -> Conclusion {
        let vertices: Vec<usize> = self.images.iter().flatten().copied().collect();
        let patches = Points::hexagon(&vertices);
        // A unit is given by its values at the basis, which is that of the form.
        let form = Matrix::from_rows(patches.form.clone());
        let units: Vec<_> = Points::hexagon(units).points.iter().map(|w| form.apply(w)).collect();
        let found = averaged(&empirical(&patches, &units), self.positions());
        let limit = averaged(&first_layer(&patches, 0), averaged_over);
        let entries = |kernel: &Symmetric, factor: i64| -> Vec<Rational> {
            let matrix = kernel.exact().expect("all angles are multiples of 60 degrees");
            let all = (0..matrix.rows()).flat_map(|i| matrix.row(i).to_vec());
            all.map(|t| t * Rational::integer(factor)).collect()
        };
        same_signal("largest gap", &entries(&found, 1), &entries(&limit, factor))
    }
}
