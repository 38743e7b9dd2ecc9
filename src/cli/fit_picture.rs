//! The pictures of `fit --plot`.

use super::fit_found::Names;
use crate::exact::Rational;
use crate::exact::float::nearest;
use crate::report::picture::{Chart, Pen, Series, Words};
use crate::report::plural;
use crate::spline::univariate::{Data, Interpolation, Knots};

/// Points beyond which large dots would only hide the line.
const DOTS: usize = 40;

fn pen(points: usize) -> Pen {
    if points > DOTS { Pen::Specks } else { Pen::Points }
}

/// A fit of one output.
pub struct Picture<'a> {
    /// Of the data.
    pub names: &'a Names,
    /// The data.
    pub data: &'a Data,
    /// The values that the fit takes, if it misses the data.
    pub fitted: Option<&'a [Rational]>,
    /// The fit.
    pub fit: &'a Knots,
    /// Whether the fits of least cost are those of least variation through the fitted values.
    pub knows_all: bool,
}

impl Picture<'_> {
    /// The data, the fit, the zone in which all fits of least cost lie, and one more of them.
    pub fn chart(&self) -> Chart {
        let fitted = self.fitted.map_or(self.data.y(), |values| values).to_vec();
        let fitted = Data::new(self.data.x().to_vec(), fitted).expect("one value for each input");
        let interpolation = Interpolation::new(&fitted);
        let point = |x: &Rational, y: &Rational| [nearest(x), nearest(y)];
        let at = |i: usize| point(&fitted.x()[i], &fitted.y()[i]);
        let mut zones = Vec::new();
        for run in interpolation.runs().filter(|_| self.knows_all) {
            for i in run.first..run.last {
                let (t, y) = interpolation.apex(i);
                zones.push(vec![at(i), point(&t, &y), at(i + 1)]);
            }
        }
        let data: Vec<_> =
            self.data.x().iter().zip(self.data.y()).map(|(x, y)| point(x, y)).collect();
        let f = self.fit.function();
        let named =
            |name: &str, knots: &Knots| format!("{name}, {}", plural(knots.at.len(), "knot"));
        let series = |label, points, pen| Series { label, points, pen };
        let mut all = vec![
            series(plural(data.len(), "point"), data.clone(), pen(data.len())),
            series(named("fit", self.fit), graph(self.fit, self.data.x()), Pen::Solid),
        ];
        if (1..=DOTS).contains(&self.fit.at.len()) {
            let knots = self.fit.at.iter().map(|t| point(t, &f.eval(t))).collect();
            all.push(series("its knots".to_owned(), knots, Pen::Rings));
        }
        if !zones.is_empty() {
            let (chords, sparsest) = (interpolation.chords(), interpolation.sparsest());
            let (name, other) = match *self.fit == chords {
                true => ("as good: fewest", &sparsest),
                false => ("as good: chords", &chords),
            };
            if data.len() <= DOTS {
                all.push(series(named(name, other), graph(other, self.data.x()), Pen::Dashed));
            }
            all.push(series("zone of all fits".to_owned(), Vec::new(), Pen::Zone));
        }
        let legend = match (self.knows_all, zones.len()) {
            (false, _) => Vec::new(),
            (true, _) if fitted.len() == 1 => vec!["every line through it is as good".to_owned()],
            (true, 0) => vec!["the only fit of least cost".to_owned()],
            (true, _) => vec!["fits of least cost".to_owned()],
        };
        framed(self.names, legend, zones, all)
    }
}

/// The data and fits at several prices, each with its name.
pub fn path(names: &Names, data: &Data, fits: &[(String, Knots)]) -> Chart {
    let points = data.x().iter().zip(data.y()).map(|(x, y)| [nearest(x), nearest(y)]).collect();
    let mut series: Vec<Series> = fits
        .iter()
        .map(|(name, knots)| Series {
            label: format!("{name}, {}", plural(knots.at.len(), "knot")),
            points: graph(knots, data.x()),
            pen: Pen::Solid,
        })
        .collect();
    let label = plural(data.len(), "point");
    series.push(Series { label, points, pen: Pen::Specks });
    framed(names, Vec::new(), Vec::new(), series)
}

/// Four digits of a positive number; with a power of ten where it is far from one.
pub fn digits(x: f64) -> String {
    let before = x.log10().floor();
    match (-3.0..7.0).contains(&before) {
        true => format!("{x:.0$}", (3.0 - before).max(0.0) as usize),
        false => format!("{x:.3e}"),
    }
}

/// The outputs of a fit over one input.
pub fn several(names: &Names, x: &[Rational], outputs: &[Vec<Rational>], fit: &[Knots]) -> Chart {
    let mut series = Vec::new();
    for (i, (values, knots)) in outputs.iter().zip(fit).enumerate() {
        let label = format!("output {}", i + 1);
        series.push(Series { label, points: graph(knots, x), pen: Pen::Solid });
        let points = x.iter().zip(values).map(|(x, y)| [nearest(x), nearest(y)]).collect();
        series.push(Series { label: plural(x.len(), "point"), points, pen: pen(x.len()) });
    }
    framed(names, Vec::new(), Vec::new(), series)
}

/// The corners of a function from a little before the data to a little after.
fn graph(knots: &Knots, x: &[Rational]) -> Vec<[f64; 2]> {
    let (first, last) = (&x[0], &x[x.len() - 1]);
    // Half of a mean gap: a fit of many points says little about what lies far beyond.
    let margin = (last - first) / Rational::from(2 * x.len());
    let f = knots.function();
    let ends = [first - &margin, last + &margin];
    let inner = knots.at.iter().filter(|t| **t > ends[0] && **t < ends[1]);
    let mut places: Vec<&Rational> = inner.collect();
    places.insert(0, &ends[0]);
    places.push(&ends[1]);
    places.into_iter().map(|t| [nearest(t), nearest(&f.eval(t))]).collect()
}

fn framed(
    names: &Names,
    legend: Vec<String>,
    zones: Vec<Vec<[f64; 2]>>,
    series: Vec<Series>,
) -> Chart {
    // A header says by a first letter which columns are inputs: no part of a name.
    let axis = |name: &String| {
        let rest = name.strip_prefix(['x', 'y']).and_then(|rest| rest.strip_prefix('_'));
        rest.filter(|rest| !rest.is_empty()).unwrap_or(name).to_owned()
    };
    let axes = names.axes.each_ref().map(axis);
    let words = Words { title: names.title.clone(), axes, legend };
    let all = || series.iter().flat_map(|s| &s.points).chain(zones.iter().flatten());
    let ranges = [0, 1].map(|axis| {
        let none = [f64::INFINITY, f64::NEG_INFINITY];
        let [lo, hi] = all().fold(none, |[lo, hi], p| [lo.min(p[axis]), hi.max(p[axis])]);
        let margin = if axis == 0 { 0.0 } else { (hi - lo) / 20.0 };
        [lo - margin, hi + margin]
    });
    Chart { words, ranges, bases: [None; 2], zones, series }
}
