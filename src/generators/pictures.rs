//! Pictures of black cells on a board, and perceptrons that see few columns at a time.

use super::prelude::*;

/// The black cells of a board, row by row. Two cells touch if they share a side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    rows: Vec<Vec<bool>>,
}

impl Picture {
    /// Rows of equal length. Panics unless they are.
    pub fn new(rows: Vec<Vec<bool>>) -> Self {
        assert!(rows.windows(2).all(|pair| pair[0].len() == pair[1].len()), "rows of one length");
        Self { rows }
    }

    /// The picture whose cell `columns r + c` is a one bit of `cells`.
    pub fn of_bits([rows, columns]: [usize; 2], cells: usize) -> Self {
        let row = |r: usize| (0..columns).map(|c| (cells >> (columns * r + c)) & 1 == 1).collect();
        Self { rows: (0..rows).map(row).collect() }
    }

    /// The black rows `0, 2, .., 2 m` and between them `a_i` cells from the left: the rungs of a
    /// ladder. Panics if a row has more.
    pub fn ladder(columns: usize, rungs: &[usize]) -> Self {
        let rung = |&a: &usize| {
            assert!(a <= columns, "{a} cells in {columns} columns");
            [(0..columns).map(|c| c < a).collect(), vec![true; columns]]
        };
        Self {
            rows: std::iter::once(vec![true; columns]).chain(rungs.iter().flat_map(rung)).collect(),
        }
    }

    /// Whether the cell is on the board and black.
    pub fn is_black(&self, row: usize, column: usize) -> bool {
        self.rows.get(row).and_then(|row| row.get(column)).is_some_and(|cell| *cell)
    }

    /// How many pieces the black cells make.
    pub fn pieces(&self) -> usize {
        let mut white: Vec<Vec<bool>> = self.rows.clone();
        let mut pieces = 0;
        for (r, c) in self.cells() {
            let mut stack = vec![(r, c)];
            let mut is_new = false;
            while let Some((r, c)) = stack.pop() {
                let Some(cell) = white.get_mut(r).and_then(|row| row.get_mut(c)) else { continue };
                if std::mem::take(cell) {
                    is_new = true;
                    let before = [(r.wrapping_sub(1), c), (r, c.wrapping_sub(1))];
                    stack.extend(before.into_iter().chain([(r + 1, c), (r, c + 1)]));
                }
            }
            pieces += usize::from(is_new);
        }
        pieces
    }

    /// The Euler number, cells minus touching pairs plus full squares of four: pieces minus holes.
    pub fn euler_number(&self) -> i64 {
        let count = |cells: &[(usize, usize)]| {
            let all = self.cells().filter(|(r, c)| {
                cells.iter().all(|(down, right)| self.is_black(r + down, c + right))
            });
            all.count() as i64
        };
        let pairs = count(&[(0, 1)]) + count(&[(1, 0)]);
        count(&[]) - pairs + count(&[(0, 1), (1, 0), (1, 1)])
    }

    fn cells(&self) -> impl Iterator<Item = (usize, usize)> {
        let row = |(r, row): (usize, &Vec<bool>)| -> Vec<_> {
            row.iter().enumerate().filter(|(_, cell)| **cell).map(|(c, _)| (r, c)).collect()
        };
        self.rows.iter().enumerate().flat_map(row)
    }
}

/// Sums of masks on the board of three bars, the black rows 0, 2 and 4, with a link in column
/// `left` and one in column `right`, each of which joins the middle bar to the upper or to the
/// lower one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bars {
    /// The length of the bars.
    pub columns: usize,
    /// The column of the first link.
    pub left: usize,
    /// The column of the second link.
    pub right: usize,
    /// What is summed.
    pub masks: Vec<Mask>,
}

/// `weight` where all of the cells `[row, column]` are black, else 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mask {
    /// The weight.
    pub weight: Rational,
    /// The cells.
    pub cells: Vec<[usize; 2]>,
}

impl Mask {
    /// How many columns lie between its first and its last cell.
    pub fn reach(&self) -> usize {
        let columns = || self.cells.iter().map(|[_, column]| column);
        columns().max().zip(columns().min()).map(|(last, first)| last - first).into_iter().sum()
    }
}

impl Bars {
    /// Why this is no such board, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let Self { columns, left, right, masks } = self;
        refuse_if!(
            !(2..=64).contains(columns) || left >= right || right >= columns || masks.len() > 400,
            "{columns} columns, links in {left} and {right}, {} masks; expected 2 to 64 \
             columns, a left and a right one, and up to 400 masks",
            masks.len()
        );
        let cells = || masks.iter().flat_map(|mask| &mask.cells);
        match cells().find(|[row, column]| *row >= 5 || column >= columns) {
            Some(cell) => Err(format!("cell {cell:?} is not on the board of 5 by {columns}")),
            None => Ok(()),
        }
    }

    /// The picture whose links join the middle bar to the lower one where so asked.
    pub fn picture(&self, is_low: [bool; 2]) -> Picture {
        let bars = (0..5).map(|row| vec![row % 2 == 0; self.columns]).collect();
        let mut picture = Picture::new(bars);
        for (column, is_low) in [self.left, self.right].into_iter().zip(is_low) {
            picture.rows[if is_low { 3 } else { 1 }][column] = true;
        }
        picture
    }

    /// The sum of the masks that the picture covers.
    pub fn sum(&self, is_low: [bool; 2]) -> Rational {
        let picture = self.picture(is_low);
        let covered =
            |mask: &&Mask| mask.cells.iter().all(|[row, column]| picture.is_black(*row, *column));
        self.masks.iter().filter(covered).map(|mask| &mask.weight).sum()
    }

    /// Whether no mask sees both links.
    pub fn sees_one_link(&self) -> bool {
        self.masks.iter().all(|mask| mask.reach() < self.right - self.left)
    }

    /// The board with a mask that sees both links added.
    fn with_both(mut self, weight: Rational, is_low: [bool; 2]) -> Self {
        let row = |is_low| if is_low { 3 } else { 1 };
        let cells = vec![[row(is_low[0]), self.left], [row(is_low[1]), self.right]];
        self.masks.push(Mask { weight, cells });
        self
    }
}

/// Masks of any cells that see one link at most, among them those of the links alone.
pub fn near_sighted() -> Strata<Bars> {
    let of = |gap: Span, masks: Span| drawn(gap, masks, 0, 0..=2);
    vec![
        ("base", 1, of(1..=3, 0..=4)),
        ("20 masks", 8, of(2..=6, 20..=20)),
        ("links alone", 4, links_alone()),
        ("60 columns", 32, of(40..=55, 60..=60)),
    ]
}

/// Masks that may reach further than near-sighted ones by `further` columns, beside links at these
/// distances, on a board with so many columns more on either side.
pub fn drawn(gap: Span, masks: Span, further: usize, beside: Span) -> BoxedStrategy<Bars> {
    (gap, beside.clone(), beside)
        .prop_flat_map(move |(gap, before, after)| {
            let columns = before + gap + 1 + after;
            let width = (gap + further).min(columns);
            let cells = vec([0usize..5, 0..width], 0..=3);
            let mask = (numbers::nonzero_integer(3), 0..=columns - width, cells);
            (Just([columns, before, before + gap]), vec(mask, masks.clone()))
        })
        .prop_map(|([columns, left, right], masks)| {
            let mask = |(weight, start, cells): (Rational, usize, Vec<[usize; 2]>)| Mask {
                weight,
                cells: cells.into_iter().map(|[row, column]| [row, start + column]).collect(),
            };
            Bars { columns, left, right, masks: masks.into_iter().map(mask).collect() }
        })
        .boxed()
}

/// A constant and one mask for each place of a link: often right about three of the four pictures.
pub fn links_alone() -> BoxedStrategy<Bars> {
    (1usize..=4, numbers::integers(5, 2))
        .prop_map(|(gap, weights)| {
            let places = [vec![], vec![[1, 0]], vec![[3, 0]], vec![[1, gap]], vec![[3, gap]]];
            let pairs = weights.into_iter().zip(places);
            let masks = pairs.map(|(weight, cells)| Mask { weight, cells }).collect();
            Bars { columns: gap + 1, left: 0, right: gap, masks }
        })
        .boxed()
}

/// Masks that see both links, and decide.
pub fn far_sighted() -> BoxedStrategy<Bars> {
    (1usize..=3, 1i64..=2, any::<bool>())
        .prop_map(|(gap, weight, one_way)| {
            let none = Bars { columns: gap + 1, left: 0, right: gap, masks: Vec::new() };
            let with = none.with_both(Rational::integer(weight), [one_way, !one_way]);
            with.with_both(Rational::ONE, [!one_way, one_way])
        })
        .boxed()
}
