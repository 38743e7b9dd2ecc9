//! Where regions are counted.

use crate::exact::Rational;
use crate::net::{Form, InputBox};

/// An open convex set of inputs.
///
/// Boxes are meant without their faces. For every notion that counts regions with interior points
/// (strict, R2, R4, R6) that is the number for the closed box too: what meets a face has points
/// inside. For R1 it is not: on `[0, 1]` a unit `relu(x)` is off at 0, a pattern that no point of
/// `(0, 1)` has, so R1 is 2 on the closed interval, and 1 on the open one, which is counted.
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
    pub fn forms(&self, dimension: usize) -> Vec<Form> {
        match self {
            Self::Whole => Vec::new(),
            Self::Polyhedron(forms) => forms.clone(),
            Self::Box(sides) => {
                let side = |(x, (lo, hi)): (Form, (&Rational, &Rational))| {
                    let opposite = x.coefficients.iter().map(|c| -c).collect();
                    let below = Form { coefficients: opposite, constant: hi.clone() };
                    [Form { constant: -lo, ..x }, below]
                };
                let ends = sides.lo().iter().zip(sides.hi());
                Form::inputs(dimension).into_iter().zip(ends).flat_map(side).collect()
            }
        }
    }
}
