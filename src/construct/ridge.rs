//! The network of the universality proof: a sum of ridge functions, computed by expansive layers.

use super::expansive::{Expansive, Stage, convolve, filter_product, linear_range, toeplitz_row};
use super::line;
use super::ridge_sum::RidgeSum;
use crate::analysis::polynomial::Polynomial;
use crate::exact::Rational;
use crate::net::InputBox;
use crate::properties::{Equality, equal_on_box};
use serde::{Deserialize, Serialize};
use std::convert::identity;

/// `x -> constant + slope <a_0, x> + sum_k c_k max(<a_k, x> - t_k, 0)`, where the directions are
/// read off a product `W` of filters: `a_k` is row `(k + 1) d` of the Toeplitz matrix of `W`, rows
/// counted from one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ridge {
    /// The number `d` of inputs.
    pub width: usize,
    /// The value of the affine part at zero.
    pub constant: Rational,
    /// The factor of `<a_0, x>`.
    pub slope: Rational,
    /// One filter a layer, all of the same length.
    pub filters: Vec<Vec<Rational>>,
    /// `c_1, .., c_m`.
    pub coefficients: Vec<Rational>,
    /// `t_1, .., t_m`.
    pub knots: Vec<Rational>,
}

impl Ridge {
    /// Why the parts do not fit, in a sentence. Everything below relies on it.
    pub fn check(&self) -> Result<(), String> {
        let taps = self.filters.first().map_or(0, Vec::len);
        refuse_if!(
            self.width == 0 || taps == 0,
            "there must be an input, a filter, and an entry in each filter"
        );
        let mut lengths = self.filters.iter().map(Vec::len).enumerate();
        if let Some((index, found)) = lengths.find(|(_, found)| *found != taps) {
            return Err(format!("filter {index} has {found} entries, the first has {taps}"));
        }
        let (coefficients, knots) = (self.coefficients.len(), self.knots.len());
        refuse_if!(coefficients != knots, "{coefficients} coefficients with {knots} knots");
        let (needed, units) = (self.unit(knots) + 1, self.units());
        require!(
            needed <= units,
            "unit {needed} carries the last direction, and the last layer has {units} units"
        )
    }

    /// The width of the last layer.
    pub fn units(&self) -> usize {
        self.width + self.filters.iter().map(|filter| filter.len() - 1).sum::<usize>()
    }

    /// The last unit that carries direction `k`, counted from zero.
    fn unit(&self, k: usize) -> usize {
        (k + 1) * self.width - 1
    }

    /// Whether no direction sits on the very last unit, which is to carry the constant.
    pub fn spares_the_last_unit(&self) -> bool {
        self.unit(self.knots.len()) + 1 < self.units()
    }

    /// Whether the very last unit sees nothing and carries no direction, so that it can be the
    /// constant.
    pub fn leaves_a_constant(&self) -> bool {
        let top = self.filters.iter().any(|filter| filter.last().is_some_and(Rational::is_zero));
        top && self.spares_the_last_unit()
    }

    /// The directions `a_0, .., a_m`.
    pub fn directions(&self) -> Vec<Vec<Rational>> {
        let w = filter_product(&self.filters);
        (0..=self.knots.len()).map(|k| toeplitz_row(&w, self.width, self.unit(k))).collect()
    }

    /// How far the sum is at most, on the box `|x| <= reach`, from the same with these directions.
    ///
    /// A term changes by at most the product of its coefficient, the one-norm of the difference of
    /// its directions, and the reach. Cost: `(m + 1) d` products, and the product of the filters.
    pub fn moved(&self, directions: &[Vec<Rational>], reach: &Rational) -> Rational {
        let factors = [&self.slope].into_iter().chain(&self.coefficients);
        let terms = factors.zip(directions.iter().zip(self.directions())).map(|(c, (a, near))| {
            c.abs() * a.iter().zip(&near).map(|(a, near)| (a - near).abs()).sum::<Rational>()
        });
        reach * terms.sum::<Rational>()
    }

    /// The sum with its directions written out. Panics unless [`Self::check`].
    ///
    /// Cost: `m + 1` rows of `d` entries, and the product of the filters.
    pub fn sum(&self) -> RidgeSum {
        let mut directions = self.directions();
        let slope = directions.remove(0).iter().map(|a| &self.slope * a).collect();
        RidgeSum {
            constant: self.constant.clone(),
            slope,
            directions,
            coefficients: self.coefficients.clone(),
            knots: self.knots.clone(),
        }
    }

    /// The sum at a point, from its definition: no network, no matrix.
    ///
    /// Panics unless [`Self::check`].
    pub fn value(&self, x: &[Rational]) -> Rational {
        let factors: Vec<_> = self.filters.iter().cloned().map(Polynomial::new).collect();
        let w = Polynomial::product_of(&factors);
        // Entry c of a_k is the tap at (k + 1) d - c, both counted as in the definition.
        let term =
            |k: usize, c: usize| Some(w.coefficients().get((k + 1) * self.width - c)? * &x[c - 1]);
        let along = |k: usize| (1..=self.width).filter_map(|c| term(k, c)).sum::<Rational>();
        let bends = self.coefficients.iter().zip(&self.knots).zip(1..);
        let bends = bends.map(|((c, t), k)| c * (along(k) - t).max(Rational::ZERO));
        &self.constant + &self.slope * along(0) + bends.sum::<Rational>()
    }

    /// The published shifts on the box `|x| <= reach`: `B_0 = reach` and `B_j = |w^(j)|_1 B_(j-1)`,
    /// for `j` from 1 to the last layer.
    pub fn published_shifts(&self, reach: &Rational) -> Vec<Rational> {
        let norms = self.filters.iter().map(|f| f.iter().map(Rational::abs).sum::<Rational>());
        norms
            .scan(reach.clone(), |b, norm| {
                *b *= &norm;
                Some(b.clone())
            })
            .collect()
    }

    /// The biases that keep every hidden unit of layer `j` at `<row, x> + shifts[j - 1]`. Where a
    /// row has its full window they agree, as the class asks. Cost: one convolution a layer.
    pub fn repeated_middle(&self, shifts: &[Rational]) -> Vec<Vec<Rational>> {
        let mut before = vec![Rational::ZERO; self.width];
        let hidden = self.filters.len() - 1;
        let layers = self.filters[..hidden].iter().zip(shifts);
        layers
            .map(|(filter, shift)| {
                let carried = convolve(filter, &before);
                before = vec![shift.clone(); carried.len()];
                carried.iter().map(|u| shift - u).collect()
            })
            .collect()
    }

    /// The least single bias of each hidden layer that keeps its units nonnegative on the box
    /// `|x| <= reach`, given the layers before. Cost: three convolutions a layer.
    pub fn scalar_biases(&self, reach: &Rational) -> Vec<Vec<Rational>> {
        let hidden = &self.filters[..self.filters.len() - 1];
        let range = linear_range(hidden, &InputBox::cube(self.width, reach), identity);
        range.biases.into_iter().map(|bias| vec![bias]).collect()
    }

    /// The first hidden unit that falls below zero somewhere on the box: its layer and its place
    /// there, counted from one, and its least value; `None` if every hidden layer is in its linear
    /// range, so that [`Self::network`] with these biases is the sum on the box.
    ///
    /// Cost: three convolutions a layer. Panics unless [`Self::check`], with a side for each input.
    pub fn clipped(
        &self,
        hidden: &[Vec<Rational>],
        range: &InputBox,
    ) -> Option<(usize, usize, Rational)> {
        let (mut w, mut middle) = (vec![Rational::ONE], range.center());
        let radius: Vec<_> = range.hi().iter().zip(&middle).map(|(hi, mid)| hi - mid).collect();
        for (layer, (filter, bias)) in self.filters.iter().zip(hidden).enumerate() {
            w = convolve(filter, &w);
            middle = convolve(filter, &middle);
            if !bias.is_empty() {
                middle.iter_mut().zip(bias.iter().cycle()).for_each(|(m, b)| *m += b);
            }
            let sizes: Vec<_> = w.iter().map(Rational::abs).collect();
            let spread = convolve(&sizes, &radius);
            let mut least = middle.iter().zip(&spread).map(|(m, r)| m - r).enumerate();
            if let Some((unit, least)) = least.find(|(_, least)| least.is_negative()) {
                return Some((layer + 1, unit + 1, least));
            }
        }
        None
    }

    /// A number that no unit of the last layer exceeds on the box `|x| <= reach`, at least one.
    pub fn lift(&self, reach: &Rational) -> Rational {
        let sizes: Vec<_> = filter_product(&self.filters).iter().map(Rational::abs).collect();
        let largest = convolve(&sizes, &vec![reach.clone(); self.width]).into_iter().max();
        largest.expect("a unit").max(Rational::ONE)
    }

    /// The network with these hidden biases, each empty, one entry, or one a unit.
    ///
    /// It equals the sum wherever every hidden unit stays nonnegative, no last unit exceeds `lift`
    /// in size before its bias, `lift` is positive and [`Self::leaves_a_constant`]; this function
    /// asks none of these, so that a wrong recipe can be tried. The last layer carries
    /// `<a_0, x> + lift` at unit `d`, `<a_k, x> - t_k` at unit `(k + 1) d`, the constant `lift` at
    /// the very last unit, and nothing elsewhere.
    ///
    /// Cost: one convolution a layer. Panics unless [`Self::check`] and there is one bias vector
    /// for each layer but the last.
    pub fn network(&self, hidden: Vec<Vec<Rational>>, lift: &Rational) -> Expansive {
        assert_eq!(hidden.len() + 1, self.filters.len(), "one bias vector a hidden layer");
        let mut carried = vec![Rational::ZERO; self.width];
        for (filter, bias) in self.filters.iter().zip(&hidden) {
            carried = convolve(filter, &carried);
            let biases = bias.iter().cycle().take(if bias.is_empty() { 0 } else { carried.len() });
            carried.iter_mut().zip(biases).for_each(|(u, b)| *u += b);
        }
        let last = self.filters.last().expect("there is a filter");
        let (mut wanted, coefficients) = self.last_layer(lift);
        wanted.iter_mut().zip(convolve(last, &carried)).for_each(|(b, u)| *b -= u);
        let stages = self.filters.iter().cloned().zip(hidden.into_iter().chain([wanted]));
        let stages = stages.map(|(filter, bias)| Stage { filter, bias }).collect();
        Expansive { width: self.width, coefficients, stages }
    }

    /// How far a network is from the sum: at the point, else at a point of the box where
    /// [`equal_on_box`] tells them apart, 0 if they are proved equal on the box. `None` if they
    /// agree at the point and equality is undecided.
    ///
    /// Panics if the parts, the box and the point do not fit each other.
    pub fn gap(&self, net: &Expansive, range: &InputBox, point: &[Rational]) -> Option<Rational> {
        let (net, sum) = (net.network().expect("the parts fit"), self.sum().shallow());
        let gap = |x: &[Rational]| (&net.eval(x)[0] - self.value(x)).abs();
        Some(gap(point)).filter(|gap| !gap.is_zero()).or_else(|| {
            match equal_on_box(&net, &sum, range) {
                Equality::Equal => Some(Rational::ZERO),
                Equality::Differ { point, .. } => Some(gap(&point)),
                Equality::Undecided { .. } => None,
            }
        })
    }

    /// The certificate that `net` is this sum on the box: a text of kind `linear-range` for the
    /// independent checker, which stands if `net` comes from [`Self::network`] and is right.
    ///
    /// Every hidden unit is stated to be on, a unit with a direction to be open, the constant and
    /// unit `d` to be on, and all others to be off. Panics if the parts do not fit.
    pub fn certificate(&self, claim: &str, net: &Expansive, range: &InputBox) -> String {
        let mut text = format!("certificate 1 linear-range\nclaim {claim}\n");
        for (lo, hi) in range.lo().iter().zip(range.hi()) {
            text += &line("range", &[lo.clone(), hi.clone()]);
        }
        for stage in &net.stages {
            text += &line("conv", &stage.filter);
            let none = [Rational::ZERO];
            text += &line("bias", if stage.bias.is_empty() { &none } else { &stage.bias });
        }
        text += &line("readout 0", &net.coefficients);
        let sum = self.sum();
        text += &line(&format!("affine {}", self.constant), &sum.slope);
        let ridges = sum.coefficients.iter().zip(&sum.knots).zip(&sum.directions);
        for ((c, t), a) in ridges.filter(|((c, _), _)| !c.is_zero()) {
            text += &line(&format!("ridge {c} {}", -t), a);
        }
        text += "proof\n";
        let mut units = self.width;
        for stage in &net.stages[..net.stages.len() - 1] {
            units += stage.filter.len() - 1;
            text += &format!("states {}\n", "+".repeat(units));
        }
        text + &format!("states {}\nend\n", self.last_states())
    }

    /// What each last unit does on the box: `+` on, `-` off, `?` open.
    fn last_states(&self) -> String {
        let state = |unit: usize| match unit + 1 {
            next if next == self.units() || next == self.width => '+',
            next if next.is_multiple_of(self.width)
                && next / self.width <= self.knots.len() + 1 =>
            {
                '?'
            }
            _ => '-',
        };
        (0..self.units()).map(state).collect()
    }

    /// What each last unit adds to its linear form, and its coefficient.
    fn last_layer(&self, lift: &Rational) -> (Vec<Rational>, Vec<Rational>) {
        let units = self.units();
        let (mut wanted, mut coefficients) = (vec![-lift; units], vec![Rational::ZERO; units]);
        let (first, top) = (self.unit(0), units - 1);
        wanted[top] = lift.clone();
        if !lift.is_zero() {
            coefficients[top] = (&self.constant - &self.slope * lift) / lift;
        }
        wanted[first] = lift.clone();
        coefficients[first] = self.slope.clone();
        for (k, (c, t)) in self.coefficients.iter().zip(&self.knots).enumerate() {
            wanted[self.unit(k + 1)] = -t;
            coefficients[self.unit(k + 1)] = c.clone();
        }
        (wanted, coefficients)
    }
}
