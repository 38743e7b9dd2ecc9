//! The simplex method as a float-only program would do it: fast, with a threshold and no proof.

/// `{x : A x < b, |x_j| < radius}`, rows scaled to about one by the caller.
pub struct Plain {
    /// `[normal, bound]`, row by row.
    pub rows: Vec<Vec<f64>>,
    /// The box.
    pub radius: f64,
}

/// What the usual solvers take for zero.
const THRESHOLD: f64 = 1e-7;

impl Plain {
    /// Whether there seems to be a point: `max t` with `A x + t <= b`, `|x_j| <= radius - t`, from
    /// the corner of the box, steepest rule, stopped at the first `t` beyond the threshold.
    pub fn is_feasible(&self) -> bool {
        let n = self.rows[0].len() - 1;
        let (width, count) = (n + 2, self.rows.len() + n);
        let mut table = Vec::with_capacity(count * width);
        for row in &self.rows {
            let (bound, normal) = row.split_last().expect("a row has a bound");
            table.extend(normal);
            table.extend([1.0, bound + self.radius * normal.iter().sum::<f64>()]);
        }
        for j in 0..n {
            table.extend((0..n).map(|k| f64::from(u8::from(j == k))));
            table.extend([1.0, 2.0 * self.radius]);
        }
        let constant = |table: &[f64], row: usize| table[(row + 1) * width - 1];
        let worst = (0..count).min_by(|&a, &b| constant(&table, a).total_cmp(&constant(&table, b)));
        let depth_row = worst.expect("there are rows");
        pivot(&mut table, width, depth_row, n);
        for _ in 0..50 * count {
            if constant(&table, depth_row) > THRESHOLD {
                return true;
            }
            let gains = &table[depth_row * width..(depth_row + 1) * width - 1];
            let steepest = (0..=n).min_by(|&a, &b| gains[a].total_cmp(&gains[b]));
            let column = steepest.expect("there are columns");
            if gains[column] > -1e-9 {
                return false;
            }
            let mut best = None;
            let mut least = f64::INFINITY;
            for (row, entries) in table.chunks_exact(width).enumerate() {
                if entries[column] > 1e-9 && row != depth_row {
                    let ratio = entries[width - 1] / entries[column];
                    if ratio < least {
                        (best, least) = (Some(row), ratio);
                    }
                }
            }
            match best {
                Some(row) => pivot(&mut table, width, row, column),
                None => return true,
            }
        }
        false
    }
}

fn pivot(table: &mut [f64], width: usize, row: usize, column: usize) {
    let (above, rest) = table.split_at_mut(row * width);
    let (pivot_row, below) = rest.split_at_mut(width);
    let inverse = 1.0 / pivot_row[column];
    pivot_row.iter_mut().for_each(|x| *x *= inverse);
    pivot_row[column] = inverse;
    for entries in above.chunks_exact_mut(width).chain(below.chunks_exact_mut(width)) {
        let head = entries[column];
        if head != 0.0 {
            entries[column] = 0.0;
            for (x, y) in entries.iter_mut().zip(pivot_row.iter()) {
                *x -= head * y;
            }
        }
    }
}
