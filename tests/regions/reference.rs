//! Regions without a float, without the engines: every pattern is asked by eliminating coordinates.
//!
//! Nothing is shared with what is tested but fractions. Source: Fourier 1826, Motzkin 1936.

use crease::exact::Rational;
use crease::net::{Layer, Network, Shape};
use std::collections::BTreeMap;

/// `[constant, coefficients..]`.
pub(super) type Form = Vec<Rational>;
/// A form that is positive, or at least not negative.
pub(super) type Row = (Form, bool);

/// Layers of forms in the units before them, a rectifier after each but the last.
#[derive(Clone, Debug)]
pub(super) struct Plain {
    pub inputs: usize,
    pub layers: Vec<Vec<Form>>,
}

struct Cell {
    rows: Vec<Row>,
    /// Whether some unit vanishes identically.
    zero: bool,
    /// The forms of the units.
    map: Vec<Form>,
}

/// Adds a row, scaled to a first coefficient of size one, if it says more than those that are
/// there; `false` if nothing meets it.
fn add(system: &mut BTreeMap<Form, (Rational, bool)>, (form, strict): &Row) -> bool {
    let (constant, normal) = (&form[0], &form[1..]);
    let Some(lead) = normal.iter().find(|x| !x.is_zero()).map(Rational::abs) else {
        return constant.is_positive() || (constant.is_zero() && !strict);
    };
    let key = normal.iter().map(|x| x / &lead).collect();
    let new = (constant / &lead, *strict);
    let old = system.entry(key).or_insert_with(|| new.clone());
    if new.0 < old.0 {
        *old = new;
    } else if new.0 == old.0 {
        old.1 |= strict;
    }
    true
}

/// Whether some point meets all rows.
pub(super) fn is_met(rows: &[Row]) -> bool {
    let mut system = BTreeMap::new();
    if !rows.iter().all(|row| add(&mut system, row)) {
        return false;
    }
    let dimension = rows.first().map_or(0, |(form, _)| form.len() - 1);
    for i in 0..dimension {
        let mut next = BTreeMap::new();
        let (mut lower, mut upper) = (Vec::new(), Vec::new());
        for (normal, (constant, strict)) in system {
            match normal[i].signum() {
                0 => drop(next.insert(normal, (constant, strict))),
                sign => {
                    let size = normal[i].abs();
                    let form = std::iter::once(constant).chain(normal);
                    let form: Form = form.map(|x| x / &size).collect();
                    let list = if sign > 0 { &mut lower } else { &mut upper };
                    list.push((form, strict));
                }
            }
        }
        for (below, a) in &lower {
            for (above, b) in &upper {
                let sum = below.iter().zip(above).map(|(x, y)| x + y).collect();
                if !add(&mut next, &(sum, a | b)) {
                    return false;
                }
            }
        }
        system = next;
    }
    true
}

fn negative(form: &Form) -> Form {
    form.iter().map(|x| -x).collect()
}

fn is_zero(form: &Form) -> bool {
    form.iter().all(Rational::is_zero)
}

/// Whether the closures of two cells share a facet: a point on the border of one that is inside
/// of every other side of both.
fn touch(a: &[Row], b: &[Row]) -> bool {
    a.iter().any(|(border, _)| {
        let Some(i) = (1..border.len()).find(|&i| !border[i].is_zero()) else { return false };
        let on = |(form, _): &Row| -> Form {
            let share = &form[i] / &border[i];
            form.iter().zip(border).map(|(x, h)| x - &share * h).collect()
        };
        let rows = a.iter().chain(b).map(on).filter(|form| !is_zero(form));
        is_met(&rows.map(|form| (form, true)).collect::<Vec<_>>())
    })
}

impl Plain {
    /// The same as a network that engines read.
    pub fn network(&self) -> Network {
        let last = self.layers.len() - 1;
        let mut layers = Vec::new();
        for (depth, forms) in self.layers.iter().enumerate() {
            let weight = forms.iter().flat_map(|form| form[1..].to_vec()).collect();
            let bias = forms.iter().map(|form| form[0].clone()).collect();
            layers.push(Layer::dense(forms.len(), weight, bias));
            if depth < last {
                layers.push(Layer::relu());
            }
        }
        Network::new(Shape::Flat(self.inputs), layers).expect("the layers fit")
    }

    /// All cells in a domain: the full-dimensional ones, or those of all patterns.
    fn cells(&self, domain: &[Row], full: bool) -> Vec<Cell> {
        let unit = |i: usize| (0..=self.inputs).map(move |j| Rational::from(i32::from(i == j)));
        let map = (1..=self.inputs).map(|i| unit(i).collect()).collect();
        let mut cells = vec![Cell { rows: domain.to_vec(), zero: false, map }];
        let (last, hidden) = self.layers.split_last().expect("a network has a layer");
        for layer in hidden {
            cells = cells.into_iter().flat_map(|cell| cell.split(layer, full)).collect();
        }
        for cell in &mut cells {
            cell.map = cell.through(last);
        }
        cells
    }

    /// How many patterns occur in a domain, lower-dimensional ones too.
    pub fn patterns(&self, domain: &[Row]) -> u64 {
        self.cells(domain, false).len() as u64
    }

    /// The strict regions, those of R2, R4 and R6 in an open domain.
    pub fn regions(&self, domain: &[Row]) -> [u64; 4] {
        let cells = self.cells(domain, true);
        let strict = cells.iter().filter(|cell| !cell.zero).count();
        let mut root: Vec<usize> = (0..cells.len()).collect();
        let mut maps = BTreeMap::<&[Form], Vec<usize>>::new();
        for (i, cell) in cells.iter().enumerate() {
            let alike = maps.entry(&cell.map).or_default();
            for &j in alike.iter() {
                if root[i] != root[j] && touch(&cell.rows, &cells[j].rows) {
                    let (old, new) = (root[i], root[j]);
                    root.iter_mut().filter(|r| **r == old).for_each(|r| *r = new);
                }
            }
            alike.push(i);
        }
        let mut roots = root;
        roots.sort_unstable();
        roots.dedup();
        [strict, cells.len(), roots.len(), maps.len()].map(|n| n as u64)
    }
}

impl Cell {
    /// The forms of a layer whose forms read this cell's.
    fn through(&self, layer: &[Form]) -> Vec<Form> {
        let width = self.map[0].len();
        let of = |unit: &Form| {
            let mut sum = vec![Rational::ZERO; width];
            sum[0] = unit[0].clone();
            for (weight, form) in unit[1..].iter().zip(&self.map) {
                sum.iter_mut().zip(form).for_each(|(s, x)| *s += weight * x);
            }
            sum
        };
        layer.iter().map(of).collect()
    }

    fn split(self, layer: &[Form], full: bool) -> Vec<Self> {
        let forms = self.through(layer);
        let mut parts = vec![Cell { rows: self.rows, zero: self.zero, map: Vec::new() }];
        for form in forms {
            let mut next = Vec::new();
            for part in parts {
                let tied = full && is_zero(&form);
                for (row, value) in [
                    ((form.clone(), true), form.clone()),
                    ((negative(&form), full && !tied), vec![Rational::ZERO; form.len()]),
                ] {
                    let rows = [&part.rows[..], &[row]].concat();
                    if is_met(&rows) {
                        let map = [&part.map[..], &[value]].concat();
                        next.push(Cell { rows, zero: part.zero || tied, map });
                    }
                }
            }
            parts = next;
        }
        parts
    }
}

/// The square of side two, cut by two lines and by one that misses it.
#[test]
fn the_reference_counts_by_hand() {
    let form = |entries: [i64; 3]| entries.map(Rational::from).to_vec();
    let layer = [[0, 1, 0], [0, 1, 1], [-5, 1, 0]].map(form).to_vec();
    let sum = [0, 1, 0, 0].map(Rational::from).to_vec();
    let plain = Plain { inputs: 2, layers: vec![layer, vec![sum]] };
    let sides = [[1, 1, 0], [1, -1, 0], [1, 0, 1], [1, 0, -1]].map(|side| (form(side), true));
    assert_eq!((plain.regions(&[]), plain.patterns(&[])), ([6, 6, 2, 2], 6));
    assert_eq!((plain.regions(&sides), plain.patterns(&sides)), ([4, 4, 2, 2], 4));
    // x <= 0 and -x <= 0: a point of two lines has a pattern of its own.
    let line = |entries: [i64; 2]| entries.map(Rational::from).to_vec();
    let kink = [[0, 1], [0, -1]].map(line).to_vec();
    let abs = vec![[0, 1, 1].map(Rational::from).to_vec()];
    let plain = Plain { inputs: 1, layers: vec![kink, abs] };
    assert_eq!((plain.regions(&[]), plain.patterns(&[])), ([2, 2, 2, 2], 3));
}
