//! Sums of maxima of affine forms on the plane, and how they bend across each of their lines.

use super::prelude::*;
use crate::net::Form;

/// `(x, y) -> sum of outer max(forms)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maxima {
    /// What is summed.
    pub terms: Vec<Maximum>,
}

/// `outer` times the maximum of the forms `a x + b y + c`, each given as `[a, b, c]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maximum {
    /// The factor.
    pub outer: Rational,
    /// The forms, one at least.
    pub forms: Vec<[Rational; 3]>,
}

/// A line, and how a function bends across it: in each interval between crossings with the other
/// lines a point and the factor `c` with which the function bends like `c relu(line)` there.
#[derive(Clone, Debug)]
pub struct Bends {
    /// Zero on the line.
    pub line: Form,
    /// In order along the line.
    pub at: Vec<(Vec<Rational>, Rational)>,
}

impl Bends {
    /// Whether the bend is the same all along the line.
    pub fn is_constant(&self) -> bool {
        self.at.windows(2).all(|pair| pair[0].1 == pair[1].1)
    }
}

impl Maxima {
    /// Why this is no such sum, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let sizes = || self.terms.iter().map(|term| term.forms.len());
        let forms = sizes().sum::<usize>();
        refuse_if!(
            forms > 24 || sizes().any(|n| !(1..=4).contains(&n)),
            "{forms} forms in all; up to 24 are asked about, 1 to 4 for each maximum"
        );
        Ok(())
    }

    /// The value.
    pub fn eval(&self, x: &[Rational]) -> Rational {
        let value = |[a, b, c]: &[Rational; 3]| a * &x[0] + b * &x[1] + c;
        let term = |term: &Maximum| {
            &term.outer * term.forms.iter().map(value).max().expect("a maximum of something")
        };
        self.terms.iter().map(term).sum()
    }

    /// The lines on which two forms of a maximum agree, each once: outside them the sum is affine.
    pub fn lines(&self) -> Vec<Form> {
        let mut lines = Vec::new();
        for Maximum { forms, .. } in &self.terms {
            for (i, [a, b, c]) in forms.iter().enumerate() {
                let others = forms[i + 1..].iter().map(|[p, q, r]| [a - p, b - q, c - r]);
                lines.extend(others.filter(|[a, b, _]| !a.is_zero() || !b.is_zero()).map(line));
            }
        }
        lines.sort();
        lines.dedup();
        lines
    }

    /// How the sum bends across each of its lines. Cost: for `n` lines `n^2` places, and `n` forms
    /// at each.
    pub fn bends(&self) -> Vec<Bends> {
        let lines = self.lines();
        let bends = |line: &Form| {
            let at = places(line, &lines).into_iter();
            let at = at.map(|x| {
                let bend = self.bend(line, &x, &step(line, &lines, &x));
                (x, bend)
            });
            Bends { line: line.clone(), at: at.collect() }
        };
        lines.iter().map(bends).collect()
    }

    /// The second difference over the step, as a multiple of that of `relu(line)`.
    fn bend(&self, line: &Form, x: &[Rational], step: &Rational) -> Rational {
        let at = |side: &Rational| self.eval(&beside(line, x, side));
        let second = at(step) + at(&-step) - at(&Rational::ZERO) * Rational::from(2);
        second / (step * dot(&line.coefficients, &line.coefficients))
    }

    /// The points of [`Self::bends`] and two points beside each, or the corners of a triangle if
    /// there is no line: a sum of units on these lines that agrees with this one at all of them
    /// agrees everywhere, if both bend alike.
    pub fn witnesses(&self) -> Vec<Vec<Rational>> {
        let lines = self.lines();
        let mut all: Vec<_> =
            [[0, 0], [1, 0], [0, 1]].map(|x| x.map(Rational::integer).to_vec()).into();
        for line in &lines {
            for x in places(line, &lines) {
                let step = step(line, &lines, &x);
                all.extend([beside(line, &x, &step), beside(line, &x, &-&step), x]);
            }
        }
        all
    }
}

/// The form scaled to coprime integers, the first coefficient that is not 0 positive.
fn line([a, b, c]: [Rational; 3]) -> Form {
    let sign = sign(a.is_positive() || (a.is_zero() && b.is_positive()));
    let scaled = [a, b].map(|x| x * &sign).to_vec();
    Form { coefficients: scaled, constant: c * sign }.primitive()
}

/// The point moved off the line along its normal.
fn beside(line: &Form, x: &[Rational], side: &Rational) -> Vec<Rational> {
    x.iter().zip(&line.coefficients).map(|(x, n)| x + side * n).collect()
}

/// A point of the line inside each interval between its crossings with the others.
fn places(line: &Form, lines: &[Form]) -> Vec<Vec<Rational>> {
    let n = &line.coefficients;
    let foot = -&line.constant / dot(n, n);
    let along = [-&n[1], n[0].clone()];
    let at = |s: &Rational| -> Vec<_> { (0..2).map(|i| &foot * &n[i] + s * &along[i]).collect() };
    let start = at(&Rational::ZERO);
    let crossing = |other: &Form| {
        let rate = dot(&other.coefficients, &along);
        (!rate.is_zero()).then(|| -other.eval(&start) / rate)
    };
    let mut cuts: Vec<_> = lines.iter().filter_map(crossing).collect();
    cuts.sort();
    cuts.dedup();
    let half = Rational::new(1, 2);
    let mut inside: Vec<_> = cuts.windows(2).map(|pair| (&pair[0] + &pair[1]) * &half).collect();
    inside.extend(cuts.first().map(|first| first - Rational::ONE));
    inside.extend(cuts.last().map(|last| last + Rational::ONE));
    if cuts.is_empty() {
        inside.push(Rational::ZERO);
    }
    inside.sort();
    inside.iter().map(at).collect()
}

/// A step along the normal that stays on this side of every other line.
fn step(line: &Form, lines: &[Form], x: &[Rational]) -> Rational {
    let bound = |other: &Form| {
        let rate = dot(&other.coefficients, &line.coefficients).abs();
        let off = other.eval(x).abs();
        (!rate.is_zero() && !off.is_zero()).then(|| off / (rate * Rational::from(2)))
    };
    lines.iter().filter_map(bound).fold(Rational::ONE, Rational::min)
}

/// Whether the gradients of the forms lie on a line of the plane of gradients.
pub fn on_a_line(forms: &[[Rational; 3]]) -> bool {
    let row = |form: &[Rational; 3]| vec![form[0].clone(), form[1].clone(), Rational::ONE];
    Matrix::from_rows(forms.iter().map(row).collect()).rank() < 3
}

/// Three forms with numbers up to `most / denominator`.
pub fn three_forms(most: i64, denominator: i64) -> impl Strategy<Value = [[Rational; 3]; 3]> {
    let number = numbers::fraction(most, denominator);
    let form = move || [number.clone(), number.clone(), number.clone()];
    [form(), form(), form()]
}

/// Sums whose bends are constant: maxima of two forms, and maxima of three beside those of their
/// opposites.
pub fn of_one_layer(terms: Span, most: i64) -> BoxedStrategy<Maxima> {
    let term = (three_forms(most, 1), numbers::nonzero_integer(2), 0usize..=2);
    vec(term, terms)
        .prop_map(|drawn| {
            let mut terms = Vec::new();
            for (forms, outer, kind) in drawn {
                if kind == 0 {
                    let opposite = forms.clone().map(|form| form.map(|x| -x)).to_vec();
                    terms.push(Maximum { outer: outer.clone(), forms: opposite });
                }
                let taken = if kind == 0 { 3 } else { kind };
                terms.push(Maximum { outer, forms: forms[..taken].to_vec() });
            }
            Maxima { terms }
        })
        .boxed()
}
