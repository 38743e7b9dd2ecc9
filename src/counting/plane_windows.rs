//! Windows on a plane: which counts can be matched, by a sweep over the positions.
//!
//! The sweep goes down the columns of positions, left to right. What the units so far leave to
//! later windows is a polymatroid: the vectors of numbers that can still be kept free, place by
//! place. It is stored by its maximal vectors, which all have the same sum. Two columns of
//! positions see the same polymatroids up to translation, so transitions are worked out once.

use super::sliding::Sliding;
use crate::exact::Natural;
use std::collections::{BTreeMap, HashMap};

/// Free numbers at each place of the frame, `[row * width + column]`.
type Free = Box<[u16]>;
/// The maximal vectors of a polymatroid, sorted.
type Profile = Vec<Free>;

/// The sweep: profiles by number, and the transitions found so far.
struct Sweep {
    /// Height and width of the frame: the numbers that one column of positions sees.
    frame: [usize; 2],
    filter: [usize; 2],
    stride: [usize; 2],
    /// Positions in a column.
    rows: usize,
    depth: u16,
    /// The most units at one position that have a weight.
    most: usize,
    profiles: Vec<Profile>,
    numbers: HashMap<Profile, usize>,
    /// By row and profile: the profile after 0, 1, .. units.
    steps: HashMap<(usize, usize), Vec<usize>>,
    /// Vectors that may still be stored.
    left: usize,
}

/// `sum over admitted t of prod_p weights[t_p]`; `None` when more than `limit` vectors would be
/// stored, in the whole sweep or at once in one step, or places hold more than 65,535 numbers.
///
/// Cost: linear in the number of columns; in their height, the number of profiles is exponential
/// (for 2x2 windows 14 at height 3, 55 at height 4, 214 at height 5). Source: derived here.
pub(super) fn sum(sliding: &Sliding, weights: &[Natural], limit: usize) -> Option<Natural> {
    let [rows, columns] = sliding.output();
    let (filter, stride) = (sliding.filter(), sliding.stride());
    let mut sweep = Sweep {
        frame: [(rows - 1) * stride[0] + filter[0], filter[1]],
        filter,
        stride,
        rows,
        depth: sliding.depth().try_into().ok()?,
        most: weights.len() - 1,
        profiles: Vec::new(),
        numbers: HashMap::new(),
        steps: HashMap::new(),
        left: limit,
    };
    let all_free = vec![sweep.depth; sweep.frame[0] * sweep.frame[1]].into_boxed_slice();
    let start = sweep.number(vec![all_free])?;
    // Ordered, so that the work does not depend on hashing.
    let mut ways = BTreeMap::from([(start, Natural::from(1u32))]);
    for _ in 0..columns {
        for row in 0..rows {
            let mut next = BTreeMap::new();
            for (profile, count) in ways {
                for (units, &after) in sweep.step(row, profile)?.iter().enumerate() {
                    *next.entry(after).or_insert(Natural::ZERO) += &count * &weights[units];
                }
            }
            ways = next;
        }
    }
    Some(ways.into_values().sum())
}

impl Sweep {
    /// The number of a profile, a new one if it was not seen before.
    fn number(&mut self, profile: Profile) -> Option<usize> {
        if let Some(&number) = self.numbers.get(&profile) {
            return Some(number);
        }
        self.left = self.left.checked_sub(profile.len())?;
        let number = self.profiles.len();
        self.profiles.push(profile.clone());
        self.numbers.insert(profile, number);
        Some(number)
    }

    /// The profiles after 0, 1, .. units at the position in `row`, as many as can be matched.
    fn step(&mut self, row: usize, profile: usize) -> Option<&[usize]> {
        if !self.steps.contains_key(&(row, profile)) {
            let mut taken = self.profiles[profile].clone();
            let mut after = Vec::new();
            while !taken.is_empty() && after.len() <= self.most {
                if taken.len() > self.left {
                    return None;
                }
                let left = self.leave(row, &taken);
                after.push(self.number(left)?);
                taken = self.take_one(row, &taken);
            }
            self.steps.insert((row, profile), after);
        }
        Some(&self.steps[&(row, profile)])
    }

    /// The vectors with one number less under the window in `row`.
    fn take_one(&self, row: usize, profile: &[Free]) -> Profile {
        let top = row * self.stride[0] * self.frame[1];
        let window = top..top + self.filter[0] * self.frame[1];
        let mut taken = Vec::new();
        for free in profile {
            for place in window.clone().filter(|&place| free[place] > 0) {
                let mut less = free.clone();
                less[place] -= 1;
                taken.push(less);
            }
        }
        taken.sort_unstable();
        taken.dedup();
        taken
    }

    /// What is left for later windows: places that none of them sees are forgotten, and after the
    /// last row the frame moves on to the next column.
    fn leave(&self, row: usize, profile: &[Free]) -> Profile {
        let left = profile.iter().map(|free| {
            let mut free = free.clone();
            if row + 1 == self.rows {
                self.shift(&mut free)
            } else {
                self.forget(row, &mut free)
            };
            free
        });
        let mut left: Profile = left.collect();
        let sum = |free: &Free| free.iter().map(|&n| u64::from(n)).sum::<u64>();
        let most = left.iter().map(sum).max().unwrap_or(0);
        left.retain(|free| sum(free) == most);
        left.sort_unstable();
        left.dedup();
        left
    }

    /// Forgets the places above the next window that no later column sees.
    fn forget(&self, row: usize, free: &mut Free) {
        for i in 0..self.frame[0] {
            for j in 0..self.frame[1].min(self.stride[1]) {
                if !(row + 1..self.rows).any(|later| self.sees(later, i)) {
                    free[i * self.frame[1] + j] = 0;
                }
            }
        }
    }

    fn shift(&self, free: &mut Free) {
        for i in 0..self.frame[0] {
            let line = &mut free[i * self.frame[1]..][..self.frame[1]];
            line.rotate_left(self.stride[1]);
            let kept = line.len() - self.stride[1];
            line[kept..].fill(self.depth);
        }
    }

    /// Whether the window in `row` sees the line `i` of the frame.
    fn sees(&self, row: usize, i: usize) -> bool {
        (row * self.stride[0]..row * self.stride[0] + self.filter[0]).contains(&i)
    }
}
