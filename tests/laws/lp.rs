//! Linear systems: every answer carries a proof that is accepted, and agrees with enumeration.

use super::support::{Small, check, panic_message};
use crease::engines::lp::{Basis, Feasibility, Optimum, System};
use crease::exact::Rational;
use crease::exact::linear::{Matrix, dot};
use quickcheck::{Arbitrary, Gen};

/// One row: normal, bound and which of `<=`, `<`, `==` it is.
type Row = (Vec<Rational>, Rational, Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    AtMost,
    Below,
    Equal,
}

/// A system kept as its rows, so that enumeration can read them, and a linear form.
#[derive(Clone, Debug)]
struct Any {
    dimension: usize,
    rows: Vec<Row>,
    form: Vec<Rational>,
}

/// The rows and a box that bounds them.
#[derive(Clone, Debug)]
struct Boxed(Any);

fn vector(g: &mut Gen, len: usize) -> Vec<Rational> {
    (0..len).map(|_| Small::arbitrary(g).0).collect()
}

/// Entries are small and bounds smaller, so that touching, empty and redundant rows are common.
fn row(g: &mut Gen, dimension: usize) -> Row {
    let normal = match u8::arbitrary(g) % 4 {
        0 => vector(g, dimension),
        _ => (0..dimension).map(|_| (i64::from(u8::arbitrary(g) % 5) - 2).into()).collect(),
    };
    let bound = i64::from(u8::arbitrary(g) % 6) - 2;
    let kinds = [Kind::AtMost, Kind::AtMost, Kind::Below, Kind::Below, Kind::Equal];
    (normal, bound.into(), kinds[usize::arbitrary(g) % 5])
}

impl Arbitrary for Any {
    fn arbitrary(g: &mut Gen) -> Self {
        let dimension = usize::arbitrary(g) % 4;
        let rows = (0..usize::arbitrary(g) % 8).map(|_| row(g, dimension)).collect();
        Self { dimension, rows, form: vector(g, dimension) }
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let this = self.clone();
        Box::new((0..self.rows.len()).map(move |i| {
            let mut smaller = this.clone();
            smaller.rows.remove(i);
            smaller
        }))
    }
}

impl Arbitrary for Boxed {
    fn arbitrary(g: &mut Gen) -> Self {
        let mut any = Any::arbitrary(g);
        for j in 0..any.dimension {
            for sign in [1, -1] {
                let mut normal = vec![Rational::ZERO; any.dimension];
                normal[j] = sign.into();
                any.rows.push((normal, 2.into(), Kind::AtMost));
            }
        }
        Self(any)
    }
}

fn system(dimension: usize, rows: &[Row]) -> System {
    let mut system = System::new(dimension);
    for (normal, bound, kind) in rows {
        match kind {
            Kind::AtMost => system.at_most(normal.clone(), bound.clone()),
            Kind::Below => system.below(normal.clone(), bound.clone()),
            Kind::Equal => system.equal(normal.clone(), bound.clone()),
        }
    }
    system
}

impl Any {
    fn system(&self) -> System {
        system(self.dimension, &self.rows)
    }

    /// The same rows with `<` read as `<=`.
    fn closure(&self) -> System {
        let closed = self.rows.iter().map(|(normal, bound, kind)| {
            let kind = if *kind == Kind::Below { Kind::AtMost } else { *kind };
            (normal.clone(), bound.clone(), kind)
        });
        system(self.dimension, &closed.collect::<Vec<_>>())
    }

    /// Every vertex of the closure.
    fn vertices(&self) -> Vec<Vec<Rational>> {
        let closure = self.closure();
        let mut vertices = Vec::new();
        for chosen in 0u32..1 << self.rows.len() {
            if chosen.count_ones() as usize != self.dimension {
                continue;
            }
            let tight = || self.rows.iter().enumerate().filter(|(i, _)| chosen >> i & 1 == 1);
            let normals = tight().map(|(_, row)| row.0.clone()).collect();
            let bounds: Vec<_> = tight().map(|(_, row)| row.1.clone()).collect();
            let square = Matrix::from_rows(normals);
            if square.rank() == self.dimension
                && let Some(x) = square.solve(&bounds)
                && closure.accepts_point(&x)
            {
                vertices.push(x);
            }
        }
        vertices
    }
}

fn answer_is_proved(system: &System) -> bool {
    match system.feasible() {
        Feasibility::Point(x) => system.accepts_point(&x),
        Feasibility::Farkas(y) => system.accepts_farkas(&y),
    }
}

#[test]
fn every_answer_is_proved() {
    fn law(any: Any) -> bool {
        answer_is_proved(&any.system()) && answer_is_proved(&any.closure())
    }
    check(law as fn(_) -> _);
}

#[test]
fn feasibility_agrees_with_the_vertices_of_a_bounded_system() {
    fn law(Boxed(any): Boxed) -> bool {
        let vertices = any.vertices();
        // A strict row has a solution exactly when it is strict at the mean of the vertices.
        let count = Rational::from(vertices.len());
        let mean: Vec<Rational> = (0..any.dimension)
            .map(|j| vertices.iter().map(|x| &x[j]).sum::<Rational>())
            .map(|sum| if vertices.is_empty() { sum } else { sum / &count })
            .collect();
        let expected = !vertices.is_empty() && any.system().accepts_point(&mean);
        matches!(any.system().feasible(), Feasibility::Point(_)) == expected
    }
    check(law as fn(_) -> _);
}

#[test]
fn an_optimum_is_the_best_vertex_and_its_multipliers_prove_it() {
    fn law(Boxed(any): Boxed) -> bool {
        let (system, closure) = (any.system(), any.closure());
        match system.maximize(&any.form) {
            Optimum::Infeasible { farkas } => system.accepts_farkas(&farkas),
            Optimum::Unbounded { .. } => false,
            Optimum::Attained { point, value, multipliers } => {
                let best = any.vertices().iter().map(|x| dot(&any.form, x)).max();
                best.as_ref() == Some(&value)
                    && dot(&any.form, &point) == value
                    && closure.accepts_point(&point)
                    && system.accepts_multipliers(&any.form, &value, &multipliers)
            }
        }
    }
    check(law as fn(_) -> _);
}

#[test]
fn an_unbounded_form_grows_along_its_ray() {
    fn law(any: Any) -> bool {
        let (system, closure) = (any.system(), any.closure());
        match system.maximize(&any.form) {
            Optimum::Infeasible { farkas } => system.accepts_farkas(&farkas),
            Optimum::Unbounded { point, ray } => {
                let far: Vec<_> =
                    point.iter().zip(&ray).map(|(x, r)| x + r * Rational::integer(1000)).collect();
                closure.accepts_point(&point)
                    && closure.accepts_point(&far)
                    && dot(&any.form, &ray).is_positive()
            }
            Optimum::Attained { point, value, multipliers } => {
                closure.accepts_point(&point)
                    && dot(&any.form, &point) == value
                    && system.accepts_multipliers(&any.form, &value, &multipliers)
            }
        }
    }
    check(law as fn(_) -> _);
}

#[test]
fn a_walk_along_bases_answers_like_a_fresh_start() {
    fn law(any: Any, turns: Vec<u8>) -> bool {
        let (mut walked, mut basis) = (any.clone(), Basis::default());
        let mut system = any.system();
        turns.iter().filter(|_| !any.rows.is_empty()).all(|&turn| {
            let row = usize::from(turn) % any.rows.len();
            let (normal, bound, _) = &mut walked.rows[row];
            normal.iter_mut().for_each(|x| *x = -&*x);
            *bound = -&*bound;
            system.turn(row);
            let fresh = walked.system().feasible();
            match (system.feasible_from(&mut basis), fresh) {
                (Feasibility::Point(x), Feasibility::Point(_)) => walked.system().accepts_point(&x),
                (Feasibility::Farkas(y), Feasibility::Farkas(_)) => {
                    walked.system().accepts_farkas(&y)
                }
                _ => false,
            }
        })
    }
    check(law as fn(_, _) -> _);
}

fn integers(x: &[i64]) -> Vec<Rational> {
    x.iter().map(|&x| x.into()).collect()
}

/// `x < low` and `x > high` on the line, which touch when the two are equal.
fn slit(low: Rational, high: Rational, kind: Kind) -> System {
    system(1, &[(integers(&[1]), low, kind), (integers(&[-1]), -high, kind)])
}

#[test]
fn a_touching_system_is_empty_exactly_when_it_is_strict() {
    let third = Rational::new(1, 3);
    let strict = slit(third.clone(), third.clone(), Kind::Below);
    let Feasibility::Farkas(y) = strict.feasible() else { panic!("a number below itself") };
    assert!(strict.accepts_farkas(&y) && y[0] == y[1]);
    let closed = slit(third.clone(), third.clone(), Kind::AtMost).feasible();
    assert_eq!(closed, Feasibility::Point(vec![third]));
}

#[test]
fn a_thin_system_is_decided_at_any_width() {
    for bits in [24, 53, 200, 2000] {
        let gap = Rational::integer(2).pow(-bits);
        for end in [Rational::ZERO, Rational::ONE, Rational::integer(1 << 40)] {
            for kind in [Kind::AtMost, Kind::Below] {
                let open = slit(&end + &gap, end.clone(), kind);
                let Feasibility::Point(x) = open.feasible() else {
                    panic!("a gap of 2^-{bits} at {end} was missed");
                };
                assert!(open.accepts_point(&x));
                let shut = slit(end.clone(), &end + &gap, kind);
                let Feasibility::Farkas(y) = shut.feasible() else {
                    panic!("an overlap of 2^-{bits} at {end} was missed");
                };
                assert!(shut.accepts_farkas(&y));
            }
        }
    }
}

#[test]
fn systems_without_coordinates_or_rows_are_decided() {
    assert_eq!(System::new(0).feasible(), Feasibility::Point(vec![]));
    assert_eq!(System::new(2).feasible(), Feasibility::Point(integers(&[0, 0])));
    let decide = |bound: i64, kind| system(0, &[(vec![], bound.into(), kind)]).feasible();
    for (bound, kind, feasible) in [
        (0, Kind::AtMost, true),
        (-1, Kind::AtMost, false),
        (0, Kind::Below, false),
        (1, Kind::Below, true),
        (-1, Kind::Below, false),
        (0, Kind::Equal, true),
        (1, Kind::Equal, false),
        (-1, Kind::Equal, false),
    ] {
        assert_eq!(
            matches!(decide(bound, kind), Feasibility::Point(_)),
            feasible,
            "{bound} {kind:?}"
        );
        // A zero row in one coordinate says the same.
        let zero = system(1, &[(integers(&[0]), bound.into(), kind)]);
        assert_eq!(matches!(zero.feasible(), Feasibility::Point(_)), feasible, "{bound} {kind:?}");
        assert!(answer_is_proved(&zero));
    }
}

#[test]
fn forged_proofs_are_refused() {
    let shut = slit(0.into(), 1.into(), Kind::AtMost);
    assert!(shut.accepts_farkas(&integers(&[1, 1])));
    for forged in [&[1, 2][..], &[-1, -1], &[0, 0], &[1], &[1, 1, 0], &[]] {
        assert!(!shut.accepts_farkas(&integers(forged)), "{forged:?}");
    }
    // 0 <= 0 proves nothing, and 0 < 0 does.
    assert!(!slit(1.into(), 1.into(), Kind::AtMost).accepts_farkas(&integers(&[1, 1])));
    assert!(slit(1.into(), 1.into(), Kind::Below).accepts_farkas(&integers(&[1, 1])));
    assert!(!slit(2.into(), 1.into(), Kind::Below).accepts_farkas(&integers(&[1, 1])));
    // An equation takes part with either sign.
    let equation = system(
        1,
        &[(integers(&[1]), 0.into(), Kind::Equal), (integers(&[1]), (-1).into(), Kind::AtMost)],
    );
    assert!(equation.accepts_farkas(&integers(&[-1, 1])));
    assert!(!equation.accepts_farkas(&integers(&[1, -1])));
    // A strict row that does not take part does not help.
    let idle = system(
        1,
        &[
            (integers(&[1]), 0.into(), Kind::AtMost),
            (integers(&[-1]), 0.into(), Kind::AtMost),
            (integers(&[1]), 5.into(), Kind::Below),
        ],
    );
    assert!(!idle.accepts_farkas(&integers(&[1, 1, 0])));
}

#[test]
fn points_on_a_strict_boundary_are_refused() {
    let row = |kind| system(1, &[(integers(&[2]), 1.into(), kind)]);
    let at = |kind, x: Rational| row(kind).accepts_point(&[x]);
    let half = || Rational::new(1, 2);
    assert_eq!((at(Kind::AtMost, half()), at(Kind::Below, half())), (true, false));
    assert_eq!((at(Kind::Equal, half()), at(Kind::Equal, Rational::ZERO)), (true, false));
    assert_eq!((at(Kind::Below, Rational::ZERO), at(Kind::AtMost, Rational::ONE)), (true, false));
}

#[test]
fn a_textbook_optimum_has_its_textbook_multipliers() {
    // max 3x + 5y with x <= 4, 2y <= 12, 3x + 2y <= 18, x, y >= 0: 36 at (2, 6).
    let mut system = System::new(2);
    for (normal, bound) in [([1, 0], 4), ([0, 2], 12), ([3, 2], 18), ([-1, 0], 0), ([0, -1], 0)] {
        system.at_most(integers(&normal), bound.into());
    }
    assert_eq!((system.dimension(), system.rows()), (2, 5));
    let multipliers = vec![0.into(), Rational::new(3, 2), 1.into(), 0.into(), 0.into()];
    let (point, value) = (integers(&[2, 6]), 36.into());
    assert_eq!(
        system.maximize(&integers(&[3, 5])),
        Optimum::Attained { point, value, multipliers }
    );
    let half = system.maximize(&[Rational::new(3, 2), Rational::new(5, 2)]);
    assert!(matches!(half, Optimum::Attained { value, .. } if value == 18.into()));
}

#[test]
fn a_cycling_example_ends() {
    // Beale's example, on which the steepest rule alone visits the same vertices for ever.
    let q = Rational::new;
    let mut system = System::new(4);
    system.at_most(vec![q(1, 4), (-60).into(), q(-1, 25), 9.into()], 0.into());
    system.at_most(vec![q(1, 2), (-90).into(), q(-1, 50), 3.into()], 0.into());
    system.at_most(integers(&[0, 0, 1, 0]), 1.into());
    for j in 0..4 {
        let mut normal = integers(&[0; 4]);
        normal[j] = (-1).into();
        system.at_most(normal, 0.into());
    }
    let form = [q(3, 4), (-150).into(), q(1, 50), (-6).into()];
    let Optimum::Attained { value, .. } = system.maximize(&form) else { panic!("it is bounded") };
    assert_eq!(value, q(1, 20));
}

#[test]
fn a_row_of_the_wrong_length_panics() {
    let act = || System::new(2).below(integers(&[1]), 0.into());
    assert!(panic_message(act).contains("a row has one entry a coordinate"));
    let act = || System::new(2).maximize(&integers(&[1]));
    assert!(panic_message(act).contains("a form has one entry a coordinate"));
    assert!(panic_message(|| System::new(2).turn(0)).contains("row 0 of a system with 0 rows"));
}
