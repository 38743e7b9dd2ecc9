//! Hidden vectors: signs are those of the integers, behind doubles that err as much as they may.

use crate::laws::support::check;
use crease::exact::Rational;
use crease::exact::float::nearest;
use crease::exact::linear::dot;
use crease::exact::vectors::{Hull, Source, Vectors};
use quickcheck::{Arbitrary, Gen};
use std::cmp::Ordering;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering as Memory};

/// Three integers of some size, small ones often.
#[derive(Clone, Debug)]
struct Triple([i64; 3]);

impl Arbitrary for Triple {
    fn arbitrary(g: &mut Gen) -> Self {
        let size = [2, 2, 8, 30, 50][usize::arbitrary(g) % 5];
        Self([(); 3].map(|()| i64::arbitrary(g) % (1 << size)))
    }
}

/// How the doubles of a form err: the bound is the greatest entry over a power of two.
#[derive(Clone, Debug)]
struct Blur {
    bits: i32,
    scale: i32,
    noise: [i8; 3],
}

impl Arbitrary for Blur {
    fn arbitrary(g: &mut Gen) -> Self {
        let bits = [2, 9, 11, 20, 30, 40, 50][usize::arbitrary(g) % 7];
        let scale = [0, 0, 90, -90, 700, -900][usize::arbitrary(g) % 6];
        Self { bits, scale, noise: [(); 3].map(|()| i8::arbitrary(g)) }
    }
}

/// Forms, and how often somebody read one.
#[derive(Debug)]
struct Forms(Vec<Vec<Rational>>, AtomicU64);

impl Source for Forms {
    fn entries(&self, number: usize) -> Vec<Rational> {
        self.1.fetch_add(1, Memory::Relaxed);
        self.0[number].clone()
    }
}

fn plain(words: [i64; 3]) -> Vec<Rational> {
    words.map(Rational::from).to_vec()
}

/// Hides forms behind doubles.
fn hidden(forms: Vec<Vec<Rational>>, blurs: &[Blur]) -> (Vectors, Arc<Forms>) {
    let source = Arc::new(Forms(forms, AtomicU64::new(0)));
    let mut rows = Vectors::new(3);
    // A row before the source opens has nothing to do with it.
    rows.push_words(&[1, 0, 0]);
    rows.open(source.clone());
    for (form, blur) in source.0.iter().zip(blurs.iter().cycle()) {
        let entries: Vec<f64> = form.iter().map(nearest).collect();
        let greatest = entries.iter().fold(0.0f64, |most, x| most.max(x.abs()));
        let error = greatest * 0.5f64.powi(blur.bits);
        let blurred = entries.iter().zip(blur.noise).map(|(x, t)| x + error * f64::from(t) / 129.0);
        let scale = 2.0f64.powi(blur.scale);
        let scaled: Vec<f64> = blurred.map(|x| x * scale).collect();
        rows.push_hidden(&scaled, (error + greatest * 1e-15) * scale);
    }
    (rows, source)
}

/// The line through two points.
fn line(x: &[Rational], y: &[Rational]) -> Vec<Rational> {
    let minor = |i: usize, j: usize| &x[i] * &y[j] - &x[j] * &y[i];
    vec![minor(1, 2), minor(2, 0), minor(0, 1)]
}

/// Two points, the line through them, forms that cut between them, and a line through where the
/// first of these does: signs at the cut are exact, by combination and from the forms.
#[test]
fn signs_of_hidden_forms_at_vertices_are_exact() {
    static READ: AtomicU64 = AtomicU64::new(0);
    static ASKED: AtomicU64 = AtomicU64::new(0);
    fn law(ends: [Triple; 2], forms: Vec<Triple>, blurs: Vec<Blur>, turn: i8) -> bool {
        if blurs.is_empty() || forms.is_empty() {
            return true;
        }
        // Points, not directions.
        let [x, y] = ends.map(|Triple([a, b, c])| [a.abs() + 1, b, c]);
        let (px, py) = (plain(x), plain(y));
        let wall = line(&px, &py);
        let mut all: Vec<Vec<Rational>> = forms.iter().map(|form| plain(form.0)).collect();
        let turn = Rational::from(turn);
        let through = all[0].iter().zip(&wall).map(|(f, w)| f + &turn * w).collect();
        all.extend([wall, through]);
        let (count, walls) = (all.len(), [all.len() - 1, all.len(), 1]);
        let (rows, source) = hidden(all.clone(), &blurs);
        let mut rays = Vectors::new(3);
        rays.push_words(&x);
        rays.push_words(&y);
        let sides = [0, 1].map(|ray| rays.side(&rows, 1, ray));
        let values = [&px, &py].map(|p| dot(&all[0], p));
        let right = |sign: Ordering, value: &Rational| sign == value.cmp(&Rational::ZERO);
        let mut ok = sides.iter().zip(&values).all(|(side, value)| right(side.sign(), value));
        let mut points = vec![px, py];
        if &values[0] * &values[1] < Rational::ZERO {
            // Once as it is combined, once from two or three forms that vanish there.
            let size = values.each_ref().map(Rational::abs);
            let pairs = points[0].iter().zip(&points[1]);
            let cut: Vec<_> = pairs.map(|(x, y)| &size[0] * y + &size[1] * x).collect();
            for walls in [&[][..], &walls[..1], &[walls[0], 1], &walls] {
                let ray = rays.combine(1, (0, sides[0]), (1, sides[1]));
                if !walls.is_empty() {
                    rays.sharpen(&rows, walls, ray);
                }
                points.push(cut.clone());
            }
        }
        for (ray, point) in points.iter().enumerate() {
            for (form, entries) in all.iter().enumerate() {
                let side = rays.side(&rows, 1 + form, ray);
                ok &= right(side.sign(), &dot(entries, point));
            }
        }
        let mut hull = Hull::default();
        if rays.hull(0..points.len(), &mut hull) {
            for (form, entries) in all.iter().enumerate() {
                let sign = rows.side_of_hull(1 + form, &hull);
                ok &= sign.is_none_or(|sign| points.iter().all(|p| right(sign, &dot(entries, p))));
            }
        }
        READ.fetch_add(source.1.load(Memory::Relaxed), Memory::Relaxed);
        ASKED.fetch_add(count as u64, Memory::Relaxed);
        ok && (0..count).all(|form| {
            let entries = rows.pushed(1 + form);
            line(&entries, &all[form]).iter().all(Rational::is_zero)
        })
    }
    check(law as fn([Triple; 2], Vec<Triple>, Vec<Blur>, i8) -> bool);
    // Some forms were read, and not all of them.
    let [read, asked] = [&READ, &ASKED].map(|number| number.load(Memory::Relaxed));
    assert!(0 < read && read < asked, "{read} of {asked} forms were read");
}
