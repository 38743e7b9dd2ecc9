//! Systems of strict inequalities: an answer with a proof against a float's word.

use crate::plain_simplex::Plain;
use crate::stream::Stream;
use crease::engines::lp::{Basis, Feasibility, System};
use crease::exact::Rational;
use criterion::Criterion;
use std::hint::black_box;

/// What is special about the systems of one family.
#[derive(Clone, Copy, PartialEq)]
enum Twist {
    /// Half of them had four rows turned around.
    Turned,
    /// Two opposite rows coincide: empty by nothing.
    Touching,
    /// Two opposite rows are one unit in the last place apart, or overlap by as much.
    Thin,
}

/// One system for both solvers.
struct Problem {
    /// Integers `[normal, bound]` over `2^bits`.
    rows: Vec<Vec<i64>>,
    bits: u32,
}

/// The box every system lies in.
const RADIUS: i64 = 2;

impl Problem {
    /// `count` rows around a random point of `[-1, 1]^dimension`, with a twist.
    fn new(
        stream: &mut Stream,
        (count, dimension): (usize, usize),
        bits: u32,
        twist: Twist,
    ) -> Self {
        let unit = 1i64 << (bits - 1);
        let center: Vec<i64> = (0..dimension).map(|_| stream.within(16)).collect();
        let mut rows = Vec::new();
        for _ in 0..count {
            let mut row: Vec<i64> =
                (0..dimension).map(|_| 16 * (stream.within(unit) / 16)).collect();
            let through: i64 = row.iter().zip(&center).map(|(a, c)| a / 16 * c).sum();
            row.push(through + 1 + stream.within(unit).abs());
            rows.push(row);
        }
        let even = stream.word().is_multiple_of(2);
        match twist {
            Twist::Turned if even => {
                for row in &mut rows[..4] {
                    row.iter_mut().for_each(|x| *x = -*x);
                }
            }
            Twist::Turned => {}
            Twist::Touching | Twist::Thin => {
                // The slit runs through the centre, where every other row has room.
                let through: i64 = rows[0].iter().zip(&center).map(|(a, c)| a / 16 * c).sum();
                rows[0][dimension] = through;
                rows[1] = rows[0].iter().map(|x| -x).collect();
                if twist == Twist::Thin {
                    rows[1][dimension] += if even { 1 } else { -1 };
                }
            }
        }
        Self { rows, bits }
    }

    fn system(&self) -> System {
        let dimension = self.rows[0].len() - 1;
        let mut system = System::new(dimension);
        for row in &self.rows {
            let mut row: Vec<_> = row.iter().map(|&x| Rational::new(x, 1 << self.bits)).collect();
            let bound = row.pop().expect("a row has a bound");
            system.below(row, bound);
        }
        for j in 0..dimension {
            for sign in [1, -1] {
                let mut row = vec![Rational::ZERO; dimension];
                row[j] = sign.into();
                system.below(row, RADIUS.into());
            }
        }
        system
    }

    fn plain(&self) -> Plain {
        let scale = 2f64.powi(-(self.bits as i32));
        let row = |row: &Vec<i64>| row.iter().map(|&x| x as f64 * scale).collect();
        Plain { rows: self.rows.iter().map(row).collect(), radius: RADIUS as f64 }
    }
}

/// 30 systems a family, solved and decided; how often the float's word is wrong is printed.
pub fn benches(criterion: &mut Criterion) {
    for (name, size, bits, twist) in [
        ("30 x 5, 8 bits", (30, 5), 8, Twist::Turned),
        ("30 x 5, 24 bits", (30, 5), 24, Twist::Turned),
        ("30 x 5, touching", (30, 5), 24, Twist::Touching),
        ("30 x 5, thin", (30, 5), 24, Twist::Thin),
        ("60 x 10, 24 bits", (60, 10), 24, Twist::Turned),
        ("60 x 10, touching", (60, 10), 24, Twist::Touching),
        ("60 x 10, thin", (60, 10), 24, Twist::Thin),
    ] {
        let mut stream = Stream(11);
        let problems: Vec<_> =
            (0..30).map(|_| Problem::new(&mut stream, size, bits, twist)).collect();
        let systems: Vec<System> = problems.iter().map(Problem::system).collect();
        let plains: Vec<Plain> = problems.iter().map(Problem::plain).collect();
        let (mut solvable, mut wrong) = (0, 0);
        for (system, plain) in systems.iter().zip(&plains) {
            let truth = match system.feasible() {
                Feasibility::Point(x) => {
                    assert!(system.accepts_point(&x));
                    true
                }
                Feasibility::Farkas(y) => {
                    assert!(system.accepts_farkas(&y));
                    false
                }
            };
            solvable += usize::from(truth);
            wrong += usize::from(plain.is_feasible() != truth);
        }
        println!("{name}: {solvable} of 30 have a point; the float's word is wrong on {wrong}");
        let mut group = criterion.benchmark_group(format!("30 systems, {name}"));
        group.bench_function("proved", |bencher| {
            bencher.iter(|| systems.iter().for_each(|s| drop(black_box(s.feasible()))))
        });
        group.bench_function("plain floats", |bencher| {
            bencher.iter(|| plains.iter().filter(|p| black_box(*p).is_feasible()).count())
        });
        // Neighbours: one row after the other is turned around and back.
        let walk = |warm: bool| {
            systems.iter().take(3).for_each(|system| {
                let (mut system, mut basis) = (system.clone(), Basis::default());
                for step in 0..20 {
                    system.turn(step / 2);
                    if !warm {
                        basis = Basis::default();
                    }
                    black_box(system.feasible_from(&mut basis));
                }
            });
        };
        group.bench_function("60 neighbours, fresh", |bencher| bencher.iter(|| walk(false)));
        group.bench_function("60 neighbours, warm", |bencher| bencher.iter(|| walk(true)));
        group.bench_function("built and proved", |bencher| {
            bencher.iter(|| problems.iter().for_each(|p| drop(black_box(p.system().feasible()))))
        });
        group.finish();
    }
}
