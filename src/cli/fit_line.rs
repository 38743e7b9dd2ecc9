//! Fits of one input.

use super::error::CliError;
use super::fit::{Args, Biases, Skip};
use super::fit_found::{Found, Names, Problem};
use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;
#[cfg(feature = "plot")]
use crate::exact::float::nearest;
use crate::format::table::Table;
#[cfg(feature = "plot")]
use crate::spline::univariate::lambda_max;
use crate::spline::univariate::{Data, Interpolation, Penalised, VectorInterpolation, decayed_fit};

/// Rows of one input, by increasing input.
#[derive(Clone)]
pub struct Line {
    x: Vec<Rational>,
    /// The outputs, row by row.
    values: Vec<Rational>,
    lines: Vec<u64>,
    outputs: usize,
    /// Of the data, of the input and of the output.
    names: Names,
}

impl Line {
    /// The rows of a table with one input, from the file of this name.
    pub fn new(title: String, table: Table) -> Self {
        let Table { outputs, numbers, lines, names, .. } = table;
        let names = match (&names[..], outputs) {
            ([], _) => Names { title, axes: ["x", "y"].map(str::to_owned) },
            ([x, y, ..], 1) => Names { title, axes: [x.clone(), y.clone()] },
            ([x, ..], _) => Names { title, axes: [x.clone(), "outputs".to_owned()] },
        };
        let mut x = Vec::with_capacity(lines.len());
        let mut values = Vec::with_capacity(numbers.len() - lines.len());
        let mut numbers = numbers.into_iter();
        while let Some(first) = numbers.next() {
            x.push(first);
            values.extend(numbers.by_ref().take(outputs));
        }
        if x.is_sorted() {
            return Self { x, values, lines, outputs, names };
        }
        let mut order: Vec<usize> = (0..x.len()).collect();
        order.sort_by(|i, j| x[*i].cmp(&x[*j]));
        let places = order.iter().flat_map(|i| i * outputs..(i + 1) * outputs);
        Self {
            values: places.map(|place| std::mem::take(&mut values[place])).collect(),
            x: order.iter().map(|i| std::mem::take(&mut x[*i])).collect(),
            lines: order.iter().map(|i| lines[*i]).collect(),
            outputs,
            names,
        }
    }

    fn row(&self, i: usize) -> &[Rational] {
        &self.values[i * self.outputs..(i + 1) * self.outputs]
    }

    /// Drops what stands twice. Errors: one input with two outputs.
    fn distinct(mut self, args: &Args) -> Result<Self, CliError> {
        if self.x.windows(2).all(|pair| pair[0] < pair[1]) {
            return Ok(self);
        }
        let mut keep = vec![true; self.x.len()];
        for (i, keep) in keep.iter_mut().enumerate().skip(1) {
            if self.x[i - 1] != self.x[i] {
                continue;
            }
            if self.row(i - 1) != self.row(i) {
                let [a, b] = [i - 1, i].map(|i| (self.lines[i], values(self.row(i))));
                let what = format!(
                    "line {}: x = {} has the value {}, and on line {} the value {}: no function \
                     goes through both (with --lambda the fit goes near them)",
                    a.0, self.x[i], a.1, b.0, b.1
                );
                return Err(args.data_error(what));
            }
            *keep = false;
        }
        let mut kept = keep.iter();
        self.x.retain(|_| kept.next() == Some(&true));
        let (mut place, outputs) = (0, self.outputs);
        self.values.retain(|_| {
            place += 1;
            keep[(place - 1) / outputs]
        });
        Ok(self)
    }

    /// The mean of each input, how often it occurs, and half the squares lost by that.
    fn means(self) -> (Data, Vec<Rational>, Rational) {
        let (mut x, mut y, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        let mut lost = Rational::ZERO;
        let mut from = 0;
        while from < self.x.len() {
            let count = self.x[from..].iter().take_while(|x| **x == self.x[from]).count();
            let group = &self.values[from..from + count];
            let weight = Rational::from(count);
            let mean = group.iter().sum::<Rational>() / &weight;
            if count > 1 {
                lost += group.iter().map(|y| (y - &mean).pow(2)).sum::<Rational>();
            }
            x.push(self.x[from].clone());
            y.push(mean);
            weights.push(weight);
            from += count;
        }
        let data = Data::new(x, y).expect("inputs are put together and in order");
        (data, weights, lost * Rational::new(1, 2))
    }
}

fn values(row: &[Rational]) -> String {
    row.iter().map(Rational::to_string).collect::<Vec<_>>().join(", ")
}

/// The fit. `None` once `stop` says so.
pub fn solve(
    args: &Args,
    line: Line,
    lambda: Option<Rational>,
    stop: &dyn Fn() -> bool,
) -> Result<Option<Found>, CliError> {
    let (rows, names) = (line.x.len(), line.names.clone());
    let refuse = |option: &str, what: &str| Err(CliError::argument(option, what));
    if line.outputs > 1 && (lambda.is_some() || args.skip == Skip::None) {
        let option = if lambda.is_some() { "--lambda" } else { "--skip none" };
        return refuse(option, "expected one output; fit the outputs one by one");
    }
    let Some(lambda) = lambda else {
        let Line { x, values, outputs, .. } = line.distinct(args)?;
        if outputs > 1 {
            return several((names, rows), x, &values, outputs, args).map(Some);
        }
        let data = Data::new(x, values).map_err(|error| args.data_error(error))?;
        if args.biases == Biases::Decayed {
            let found = decayed_fit(&data, stop);
            return Ok(found.map(|found| Found {
                names,
                rows,
                value: found.value.clone(),
                at: found.fit.at.clone(),
                fit: vec![found.fit.clone()],
                unique: None,
                sparsest: None,
                problem: Problem::Decayed(data, found),
            }));
        }
        return Ok(Some(interpolated(names, rows, data, args)));
    };
    let (data, weights, lost) = line.means();
    let problem = Penalised::new(data, weights, lambda).map_err(|error| args.data_error(error))?;
    let fit = problem.fit(stop);
    let Some(fit) = fit else { return Ok(None) };
    let fitted = Data::new(problem.data().x().to_vec(), fit.values.clone());
    let fitted = fitted.map_err(|error| args.data_error(error))?;
    let interpolation = Interpolation::new(&fitted);
    let knots = if args.sparsest { interpolation.sparsest() } else { interpolation.chords() };
    let value = fit.objective.sum(&Enclosure::point(lost));
    Ok(Some(Found {
        names,
        rows,
        value,
        at: knots.at.clone(),
        // What is decided by signs that are only enclosed stays open.
        unique: fit.is_exact.then(|| interpolation.is_unique()),
        sparsest: fit.is_exact.then(|| interpolation.fewest()),
        fit: vec![knots],
        problem: Problem::Penalise(problem, fit),
    }))
}

/// The fits at `lambda_max` and at a tenth, a hundredth and a thousandth of it. `None` once `stop`
/// says so.
#[cfg(feature = "plot")]
pub fn path_picture(
    args: &Args,
    line: Line,
    stop: &dyn Fn() -> bool,
) -> Result<Option<crate::report::picture::Chart>, CliError> {
    if line.outputs > 1 {
        return Err(CliError::argument(
            "--path",
            "expected one output; fit the outputs one by one",
        ));
    }
    let names = line.names.clone();
    let (data, weights, _) = line.means();
    let most = lambda_max(&data, &weights);
    if most.is_zero() {
        return Err(args.data_error("--path: the data lie on a line, and so does every fit"));
    }
    let mut fits = Vec::new();
    for power in 0..4 {
        let lambda = &most / Rational::integer(10).pow(power);
        let problem = Penalised::new(data.clone(), weights.clone(), lambda.clone());
        let problem = problem.map_err(|error| args.data_error(error))?;
        let Some(fit) = problem.enclosed(stop) else { return Ok(None) };
        let fitted = Data::new(data.x().to_vec(), fit.values);
        let fitted = fitted.map_err(|error| args.data_error(error))?;
        let name = match power {
            0 => format!("λmax = {}", super::fit_picture::digits(nearest(&most))),
            power => format!("λmax/{}", 10i64.pow(power as u32)),
        };
        fits.push((name, Interpolation::new(&fitted).chords()));
    }
    Ok(Some(super::fit_picture::path(&names, &data, &fits)))
}

fn interpolated(names: Names, rows: usize, data: Data, args: &Args) -> Found {
    let interpolation = Interpolation::new(&data);
    let (value, knots, unique, fewest) = if args.skip == Skip::None {
        let found = interpolation.without_skip(args.sparsest);
        (found.least, found.fit, found.is_unique, found.fewest)
    } else {
        let knots = if args.sparsest { interpolation.sparsest() } else { interpolation.chords() };
        (interpolation.least(), knots, interpolation.is_unique(), interpolation.fewest())
    };
    Found {
        names,
        rows,
        value,
        at: knots.at.clone(),
        unique: Some(unique),
        sparsest: Some(fewest),
        fit: vec![knots],
        problem: Problem::Interpolate(data, args.skip),
    }
}

fn several(
    (names, rows): (Names, usize),
    x: Vec<Rational>,
    values: &[Rational],
    outputs: usize,
    args: &Args,
) -> Result<Found, CliError> {
    let column = |o: usize| values.iter().skip(o).step_by(outputs).cloned().collect();
    let outputs = (0..outputs).map(column).collect();
    let problem = VectorInterpolation::new(x, outputs);
    let problem = problem.map_err(|error| args.data_error(error))?;
    let fit = problem.fit(args.sparsest);
    Ok(Found {
        names,
        rows,
        value: problem.least(),
        at: fit.at,
        fit: fit.outputs,
        unique: Some(problem.is_unique()),
        sparsest: Some(problem.fewest()),
        problem: Problem::Several(problem),
    })
}
