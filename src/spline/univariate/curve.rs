//! Continuous piecewise linear functions of one variable. [`Activation`] is the type.

use crate::exact::Rational;
use crate::net::{Activation, Choice, Layer, Linear, Network, Shape, ShapeError};

/// The total variation of the derivative: the sum of `|jump|` over the knots.
///
/// Law: 0 exactly for affine functions; `tv2(a f + affine) = |a| tv2(f)`. Knots of networks that
/// coincide are one knot here, so the cost is that of the function, not of its weights.
pub fn tv2(f: &Activation) -> Rational {
    f.pieces().windows(2).map(|pair| (&pair[1].0 - &pair[0].0).abs()).sum()
}

/// Each output of a network along the line `t -> from + t direction`, exactly.
///
/// Law: the function at `t` is the network at that point. Cost: for each unit, the breakpoints of
/// all units below it. Panics unless both points have the length of the input.
pub fn along_line(network: &Network, from: &[Rational], direction: &[Rational]) -> Vec<Activation> {
    assert_eq!(from.len(), direction.len(), "a line has a point and a direction of one length");
    let inputs = from.iter().zip(direction).map(|(c, slope)| Curve(line(slope.clone(), c)));
    let outputs = network.run(inputs.collect(), &mut |choice, x| {
        Some(match choice {
            Choice::Activation(f) => x.iter().map(|x| x.under(f)).collect(),
            Choice::MaxPool(..) | Choice::Maximum(_) => {
                choice.windows().iter().map(|w| greatest(x, w)).collect()
            }
        })
    });
    outputs.expect("every choice is made").into_iter().map(|curve| curve.0).collect()
}

/// The network `dense, relu, dense` that is this list of functions, one output each.
///
/// It has as many kinks as the functions have knots, and one unit more where a slope is left over:
/// the affine part is `c (relu(t) - relu(-t))` at the first knot. Functions without knots make one
/// dense layer. Errors: the network is larger than networks may be. Panics if the list is empty.
pub fn network_of(functions: &[Activation]) -> Result<Network, ShapeError> {
    assert!(!functions.is_empty(), "a network has an output");
    let mut knots: Vec<Rational> =
        functions.iter().flat_map(|f| f.breakpoints().iter().cloned()).collect();
    knots.sort();
    knots.dedup();
    let input = Shape::from_axes(&[1]).expect("one input is a shape");
    let outputs = functions.len();
    let slopes: Vec<Rational> = functions.iter().map(|f| f.pieces()[0].0.clone()).collect();
    let Some(first) = knots.first() else {
        let values = functions.iter().map(|f| f.eval(&Rational::ZERO)).collect();
        return Network::new(input, vec![Layer::dense(outputs, slopes, values)]);
    };
    let has_skip = slopes.iter().any(|slope| !slope.is_zero());
    let mut weight = vec![Rational::ONE; knots.len()];
    let mut bias: Vec<Rational> = knots.iter().map(|knot| -knot).collect();
    if has_skip {
        weight.push(-Rational::ONE);
        bias.push(first.clone());
    }
    let (mut outer, mut constants) = (Vec::new(), Vec::new());
    for (f, slope) in functions.iter().zip(&slopes) {
        let start = outer.len();
        outer.resize(start + knots.len(), Rational::ZERO);
        for (i, knot) in f.breakpoints().iter().enumerate() {
            let at = knots.binary_search(knot).expect("every breakpoint is a knot");
            outer[start + at] = &f.pieces()[i + 1].0 - &f.pieces()[i].0;
        }
        // slope (t - first) = slope relu(t - first) - slope relu(first - t).
        outer[start] += slope;
        if has_skip {
            outer.push(-slope);
        }
        constants.push(f.eval(first));
    }
    let units = weight.len();
    let layers = vec![
        Layer::dense(units, weight, bias),
        Layer::relu(),
        Layer::dense(outputs, outer, constants),
    ];
    Network::new(input, layers)
}

/// `slope t + at_zero`.
fn line(slope: Rational, at_zero: &Rational) -> Activation {
    Activation::piecewise_linear(Vec::new(), vec![slope], at_zero).expect("one slope, no order")
}

fn greatest(x: &[Curve], window: &[usize]) -> Curve {
    let relu = Activation::relu();
    let mut window = window.iter();
    let first = window.next().expect("a window is not empty");
    window.fold(x[*first].clone(), |best, i| {
        let mut lead = x[*i].clone();
        lead.subtract(&best);
        let mut sum = best;
        sum.add_scaled(&Rational::ONE, &lead.under(&relu));
        sum
    })
}

/// What a layer makes of functions of `t`.
#[derive(Clone)]
struct Curve(Activation);

impl Curve {
    /// `outer` after this.
    fn under(&self, outer: &Activation) -> Self {
        let inner = &self.0;
        let mut knots = inner.breakpoints().to_vec();
        for (piece, (slope, offset)) in inner.pieces().iter().enumerate() {
            if slope.is_zero() {
                continue;
            }
            let roots = outer.breakpoints().iter().map(|value| (value - offset) / slope);
            knots.extend(roots.filter(|root| inner.piece(root) == piece));
        }
        knots.sort();
        knots.dedup();
        let slope_at = |t: &Rational| {
            let inside = &inner.pieces()[inner.piece(t)].0;
            &outer.pieces()[outer.piece(&inner.eval(t))].0 * inside
        };
        Self::of(knots, slope_at, &outer.eval(&inner.eval(&Rational::ZERO)))
    }

    /// The function with these slopes strictly between the knots.
    fn of(
        knots: Vec<Rational>,
        slope_at: impl Fn(&Rational) -> Rational,
        at_zero: &Rational,
    ) -> Self {
        let half = Rational::new(1, 2);
        let mut inside = Vec::with_capacity(knots.len() + 1);
        inside.push(knots.first().map_or(Rational::ZERO, |first| first - Rational::ONE));
        inside.extend(knots.windows(2).map(|pair| (&pair[0] + &pair[1]) * &half));
        inside.extend(knots.last().map(|last| last + Rational::ONE));
        let slopes = inside.iter().map(slope_at).collect();
        let f = Activation::piecewise_linear(knots, slopes, at_zero);
        Self(f.expect("the knots increase, and there is a slope around each"))
    }
}

impl Linear for Curve {
    fn constant(&self, c: &Rational) -> Self {
        Self(line(Rational::ZERO, c))
    }

    fn add_scaled(&mut self, weight: &Rational, x: &Self) {
        let (a, b) = (&self.0, &x.0);
        let mut knots = [a.breakpoints(), b.breakpoints()].concat();
        knots.sort();
        knots.dedup();
        let slope_at =
            |t: &Rational| &a.pieces()[a.piece(t)].0 + weight * &b.pieces()[b.piece(t)].0;
        let at_zero = a.eval(&Rational::ZERO) + weight * b.eval(&Rational::ZERO);
        *self = Self::of(knots, slope_at, &at_zero);
    }
}
