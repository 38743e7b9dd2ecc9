//! Fits of one input: what is built, what is counted and what proves it agree.

use crease::exact::Rational;
use crease::spline::univariate::{
    Data, Interpolation, Penalised, along_line, fewest_by_search, lambda_max, network_of,
    representation_cost, tv2,
};

/// A stream of small numbers, the same on every run.
struct Draw(u64);

impl Draw {
    /// From 0 to `below - 1`.
    fn next(&mut self, below: u64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        ((self.0 >> 33) % below) as i64
    }

    /// Up to `most` points: values so small that collinear triples and ties are common.
    fn data(&mut self, most: u64) -> Data {
        let n = 1 + self.next(most);
        let mut at = 0;
        let mut abscissa = || {
            at += 1 + self.next(3);
            Rational::integer(at)
        };
        let x: Vec<_> = (0..n).map(|_| abscissa()).collect();
        let y = (0..n).map(|_| Rational::integer(self.next(5) - 2)).collect();
        Data::new(x, y).expect("gaps are positive")
    }
}

#[test]
fn the_rule_of_runs_is_the_search_and_the_packing() {
    let mut draw = Draw(1);
    for _ in 0..1000 {
        let data = draw.data(24);
        let problem = Interpolation::new(&data);
        let sparsest = problem.sparsest();
        assert_eq!(problem.fewest(), fewest_by_search(&data), "{data:?}");
        assert_eq!(problem.fewest(), problem.packing().count(), "{data:?}");
        assert_eq!(problem.fewest(), sparsest.at.len(), "{data:?}");
        for f in [sparsest.function(), problem.chords().function()] {
            assert!(problem.is_minimiser(&f), "{data:?}");
            assert_eq!(tv2(&f), problem.least_exactly(), "{data:?}");
        }
        assert_eq!(problem.least().value(), Some(&problem.least_exactly()));
    }
}

#[test]
fn the_geometric_test_is_the_least_cost() {
    let mut draw = Draw(2);
    let mut minimisers = 0;
    for _ in 0..1000 {
        let data = draw.data(9);
        let problem = Interpolation::new(&data);
        let signs = problem.signs();
        // Through further points: apexes, and points off the chords.
        let mut all: Vec<_> = data.x().iter().cloned().zip(data.y().iter().cloned()).collect();
        for i in 1..data.len() {
            match draw.next(4) {
                0 if signs[i - 1] != 0 && signs[i - 1] == signs[i] => all.push(problem.apex(i - 1)),
                1 => {
                    let middle = (&data.x()[i - 1] + &data.x()[i]) * Rational::new(1, 2);
                    let mean = (&data.y()[i - 1] + &data.y()[i]) * Rational::new(1, 2);
                    all.push((middle, mean + Rational::new(draw.next(5) - 2, 4)));
                }
                _ => {}
            }
        }
        all.sort();
        let (x, y) = all.into_iter().unzip();
        let through = Data::new(x, y).expect("points between points");
        let f = Interpolation::new(&through).chords().function();
        let is_least = tv2(&f) == problem.least_exactly();
        assert_eq!(problem.is_minimiser(&f), is_least, "{data:?} {f:?}");
        minimisers += usize::from(is_least);
    }
    assert!((200..900).contains(&minimisers), "{minimisers} minimisers are no test");
}

#[test]
fn a_network_is_its_function_and_costs_what_it_must() {
    let mut draw = Draw(3);
    for _ in 0..300 {
        let data = draw.data(9);
        let problem = Interpolation::new(&data);
        let f = problem.sparsest().function();
        let network = network_of(std::slice::from_ref(&f)).expect("a small network");
        let back = along_line(&network, &[Rational::ZERO], &[Rational::ONE]);
        assert_eq!(back, [f], "{data:?}");
        for sparsest in [false, true] {
            let without = problem.without_skip(sparsest);
            let fit = without.fit.function();
            assert!(problem.is_interpolated_by(&fit), "{data:?}");
            assert_eq!(without.least.value(), Some(&representation_cost(&fit)), "{data:?}");
            assert!(without.fewest <= fit.breakpoints().len());
            assert!(!sparsest || without.fewest == fit.breakpoints().len(), "{data:?}");
        }
    }
}

#[test]
fn a_penalised_fit_has_a_dual_that_proves_it() {
    let mut draw = Draw(4);
    for _ in 0..300 {
        let data = draw.data(14);
        let weights: Vec<_> =
            (0..data.len()).map(|_| Rational::integer(1 + draw.next(3))).collect();
        let lambda = Rational::new(1 + draw.next(6), 1 + draw.next(6));
        let most = lambda_max(&data, &weights);
        let problem = Penalised::new(data.clone(), weights.clone(), lambda.clone());
        let problem = problem.expect("one weight a point");
        let fit = problem.exactly(&|| false).expect("nobody stops it");
        let fitted = Data::new(data.x().to_vec(), fit.values.clone()).expect("the same abscissae");
        let interpolation = Interpolation::new(&fitted);
        let adjoint = problem.adjoint(&fit.dual);
        for i in 0..data.len() {
            assert_eq!(adjoint[i], &weights[i] * (&data.y()[i] - &fit.values[i]), "{data:?}");
            assert!(fit.dual[i].abs() <= lambda, "{data:?}");
            let sign = interpolation.signs()[i];
            assert!(sign == 0 || fit.dual[i] == &lambda * Rational::from(sign), "{data:?}");
        }
        assert_eq!(lambda >= most, interpolation.signs().iter().all(|sign| *sign == 0));
        let enclosed = problem.enclosed(&|| false).expect("nobody stops it").objective;
        let value = fit.objective.value().expect("an exact fit");
        assert!(enclosed.contains(value), "{data:?}");
        let scale = value.max(&Rational::ONE) * Rational::new(1, 1_000_000_000_000);
        assert!(enclosed.width() <= scale, "{data:?}");
    }
}
