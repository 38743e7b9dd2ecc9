//! The linear range of a network: what its units do on a whole box.
//!
//! On a box, an affine form has exact bounds: the midpoint value, plus and minus the weighted
//! one-norm of its coefficients. If these bounds leave every unit on one piece, the network is
//! affine on the box. That is a proof about every point of the box.

use crate::exact::Rational;
use crate::net::{AffineMap, Choice, Form, InputBox, Linear, Network};

/// What one unit does on a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRange {
    /// The least value that enters the unit; of a max-pool, a lower bound of its maximum.
    pub lo: Rational,
    /// The greatest value that enters the unit.
    pub hi: Rational,
    /// The choice, as in a [`crate::net::Pattern`], that holds on the whole box; `None` if it
    /// changes, and for a max-pool if no entry is largest throughout.
    pub choice: Option<usize>,
}

/// What the units do on a box, as far as everything before them is affine there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinearRange {
    /// The units of each activation and max-pool, in the order of a pattern, up to and including
    /// the first layer in which a unit changes its choice.
    pub layers: Vec<Vec<UnitRange>>,
    /// The network on the box, if no unit changes.
    pub map: Option<AffineMap>,
}

/// What every unit does on the box, with exact bounds, as long as the layers stay affine.
///
/// A ReLU whose bounds touch zero does not change: it is on from 0 up, off from 0 down. Law:
/// where `map` is given it equals the network on the whole box. Panics if the box does not have
/// the input's dimension.
pub fn linear_range(network: &Network, range: &InputBox) -> LinearRange {
    let mut layers = Vec::new();
    let forms = network.run(Form::inputs(range.lo().len()), &mut |choice, forms| {
        let units = ranges(&choice, range, forms);
        let chosen: Option<Vec<usize>> = units.iter().map(|unit| unit.choice).collect();
        layers.push(units);
        Some(choice.apply(&chosen?, forms))
    });
    LinearRange { layers, map: forms.map(AffineMap::from_forms) }
}

fn ranges(choice: &Choice<'_>, range: &InputBox, forms: &[Form]) -> Vec<UnitRange> {
    match choice {
        Choice::Activation(activation) => forms
            .iter()
            .map(|form| {
                let (lo, hi) = range.bounds(form);
                UnitRange { choice: activation.piece_on(&lo, &hi), lo, hi }
            })
            .collect(),
        Choice::MaxPool(..) | Choice::Maximum(_) => {
            let windows = choice.windows();
            windows.iter().map(|window| maximum_range(range, forms, window)).collect()
        }
    }
}

fn maximum_range(range: &InputBox, forms: &[Form], window: &[usize]) -> UnitRange {
    let bounds: Vec<_> = window.iter().map(|i| range.bounds(&forms[*i])).collect();
    let largest = |&&i: &&usize| {
        window.iter().all(|&j| {
            let mut lead = forms[i].clone();
            lead.subtract(&forms[j]);
            !range.bounds(&lead).0.is_negative()
        })
    };
    let choice = window.iter().find(largest).copied();
    let greatest = |end: fn(&(Rational, Rational)) -> &Rational| {
        bounds.iter().map(end).max().expect("a window meets the signal").clone()
    };
    UnitRange { lo: greatest(|b| &b.0), hi: greatest(|b| &b.1), choice }
}
