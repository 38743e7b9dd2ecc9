//! Where regions are counted.

use crate::net::{Form, InputBox};

/// An open convex set of inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Domain {
    /// Every input.
    #[default]
    Whole,
    /// The interior of a box.
    Box(InputBox),
    /// Where all of these forms are positive.
    Polyhedron(Vec<Form>),
}

impl Domain {
    /// The forms that are positive inside, for inputs of this dimension.
    pub(super) fn forms(&self, dimension: usize) -> Vec<Form> {
        match self {
            Self::Whole => Vec::new(),
            Self::Polyhedron(forms) => forms.clone(),
            Self::Box(sides) => {
                let x = Form::inputs(dimension);
                let ends = sides.lo().iter().zip(sides.hi());
                ends.zip(x)
                    .flat_map(|((lo, hi), x)| {
                        let mut above = x.clone();
                        above.constant = -lo;
                        let mut below = Form {
                            coefficients: x.coefficients.iter().map(|c| -c).collect(),
                            constant: hi.clone(),
                        };
                        below.constant = hi.clone();
                        [above, below]
                    })
                    .collect()
            }
        }
    }
}
