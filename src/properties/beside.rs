//! The cell beside a point: where an infinitesimal step leads, and the units that stand at a kink.

use crate::exact::Rational;
use crate::net::{Choice, Form, Network, Pattern};

/// A unit at a breakpoint of its activation, or a max-pool output with several greatest entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kink {
    /// Which list of the [`Pattern`], counted from zero.
    pub list: usize,
    /// Which entry of it, counted from zero.
    pub unit: usize,
}

/// The pattern that holds at `x - (e, e^2, .., e^n)` for every small enough `e > 0`, and the
/// units that stand at a kink at `x`, first to last.
///
/// With one variable that is the left side. The network is affine on the cell that this step
/// enters, which has interior points, and `x` lies on its border or inside; so
/// [`Network::affine_on`] of this pattern has the gradient of that cell, and that of the
/// network wherever there is one. [`Network::pattern`], which looks at `x` alone, may name a
/// pattern that no cell has: `relu(x) - relu(-x)` has both units off at 0.
///
/// How: units are affine forms of the input on the cell, so what a unit is at the step is its
/// value at `x` and, where that decides nothing, the first of its derivatives along
/// `-e_1, -e_2, ..` that is not zero. A unit without one is constant on the cell: the left
/// piece and the first maximum then count, and change nothing. Cost: a product a term and
/// input. Panics if `x` does not have the input's length.
pub fn pattern_beside(network: &Network, x: &[Rational]) -> (Pattern, Vec<Kink>) {
    let (mut layers, mut kinks) = (Vec::new(), Vec::new());
    network.run(Form::inputs(x.len()), &mut |choice, forms| {
        let germs: Vec<_> = forms.iter().map(|form| germ(form, x)).collect();
        let chosen = match choice {
            Choice::Activation(activation) => {
                let constant = |b: &Rational| {
                    let mut germ = vec![Rational::ZERO; x.len() + 1];
                    germ[0] = b.clone();
                    germ
                };
                let ends: Vec<_> = activation.breakpoints().iter().map(constant).collect();
                germs.iter().map(|germ| ends.partition_point(|end| end < germ)).collect()
            }
            Choice::MaxPool(..) | Choice::Maximum(_) => choice.first_maxima(&germs),
        };
        let list = layers.len();
        let units = kinks_of(&choice, &germs.iter().map(|germ| &germ[0]).collect::<Vec<_>>());
        kinks.extend(units.into_iter().map(|unit| Kink { list, unit }));
        let y = choice.apply(&chosen, forms);
        layers.push(chosen);
        Some(y)
    });
    (Pattern { layers }, kinks)
}

/// The value at `x` and the derivatives along `-e_1, -e_2, ..`: compared in this order, they are
/// compared as the form is at the step.
fn germ(form: &Form, x: &[Rational]) -> Vec<Rational> {
    let slopes = form.coefficients.iter().map(|c| -c);
    [form.eval(x)].into_iter().chain(slopes).collect()
}

/// The units at a breakpoint, or the windows with several greatest entries.
fn kinks_of(choice: &Choice<'_>, values: &[&Rational]) -> Vec<usize> {
    let is_kink: Vec<bool> = match choice {
        Choice::Activation(activation) => {
            values.iter().map(|t| activation.breakpoints().binary_search(t).is_ok()).collect()
        }
        Choice::MaxPool(..) | Choice::Maximum(_) => {
            let is_tied = |window: &Vec<usize>| {
                let most = window.iter().map(|&i| values[i]).max();
                window.iter().filter(|&&i| Some(values[i]) == most).count() > 1
            };
            choice.windows().iter().map(is_tied).collect()
        }
    };
    (0..is_kink.len()).filter(|&unit| is_kink[unit]).collect()
}
