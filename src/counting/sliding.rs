//! The inputs that each position of a sliding window reads.

/// A window of `filter` sliding by `stride` over a grid of `input`, both `[height, width]`, with
/// `depth` numbers at every place of the grid. There is no padding: windows lie inside.
///
/// Places on the grid are numbered channel first, `(c * height + i) * width + j`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sliding {
    input: [usize; 2],
    depth: usize,
    filter: [usize; 2],
    stride: [usize; 2],
}

/// The most numbers on a grid.
const MAX_INPUTS: usize = 1 << 20;

impl Sliding {
    /// The window, if it fits. Errors, in a sentence: a zero, a window larger than the grid, a huge
    /// grid.
    pub fn new(
        input: [usize; 2],
        depth: usize,
        filter: [usize; 2],
        stride: [usize; 2],
    ) -> Result<Self, String> {
        refuse_if!(
            depth == 0 || [input, filter, stride].iter().flatten().any(|&n| n == 0),
            "sizes and strides are at least 1, found input {input:?}, depth {depth}, \
             window {filter:?} by {stride:?}"
        );
        let inputs = input[0].checked_mul(input[1]).and_then(|n| n.checked_mul(depth));
        refuse_if!(
            inputs.is_none_or(|n| n > MAX_INPUTS),
            "a grid of {input:?} with {depth} numbers each exceeds {MAX_INPUTS} numbers"
        );
        let fits = (0..2).all(|axis| filter[axis] <= input[axis]);
        refuse_if!(!fits, "a window of {filter:?} does not fit a grid of {input:?}");
        Ok(Self { input, depth, filter, stride })
    }

    /// Numbers on the grid.
    pub fn inputs(&self) -> usize {
        self.input[0] * self.input[1] * self.depth
    }

    /// Numbers at each place of the grid.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Height and width of the grid.
    pub fn input(&self) -> [usize; 2] {
        self.input
    }

    /// Height and width of the window.
    pub fn filter(&self) -> [usize; 2] {
        self.filter
    }

    /// Vertical and horizontal step.
    pub fn stride(&self) -> [usize; 2] {
        self.stride
    }

    /// Numbers under one window.
    pub fn taps(&self) -> usize {
        self.filter[0] * self.filter[1] * self.depth
    }

    /// Rows and columns of positions.
    pub fn output(&self) -> [usize; 2] {
        [0, 1].map(|axis| (self.input[axis] - self.filter[axis]) / self.stride[axis] + 1)
    }

    /// The number of positions.
    pub fn positions(&self) -> usize {
        self.output().iter().product()
    }

    /// The numbers that some window sees: the size of the union of the windows.
    pub fn covered(&self) -> usize {
        let output = self.output();
        let along = |axis: usize| {
            let step = self.stride[axis].min(self.filter[axis]);
            (output[axis] - 1) * step + self.filter[axis]
        };
        along(0) * along(1) * self.depth
    }

    /// The place of each tap of the window at `position`, taps channel first. Panics beyond the
    /// last position.
    pub fn window(&self, position: usize) -> Vec<usize> {
        assert!(position < self.positions(), "position {position} of {}", self.positions());
        let [height, width] = self.input;
        let columns = self.output()[1];
        let top = position / columns * self.stride[0];
        let left = position % columns * self.stride[1];
        let [rows, wide] = self.filter;
        let place = |c: usize, i: usize, j: usize| (c * height + top + i) * width + left + j;
        (0..self.depth)
            .flat_map(|c| (0..rows).flat_map(move |i| (0..wide).map(move |j| (c, i, j))))
            .map(|(c, i, j)| place(c, i, j))
            .collect()
    }

    /// Numbers that no other window than one's own may claim: with at most this number of forms at
    /// a position, every set of forms can be matched. Windows in one row share nothing with a row
    /// below, so all they see along that axis is their own.
    pub fn own_taps(&self) -> usize {
        let (filter, stride) = (self.filter, self.stride);
        let own = |axis: usize| if self.overlaps(axis) { stride[axis] } else { filter[axis] };
        own(0) * own(1) * self.depth
    }

    /// The same with height and width exchanged.
    pub fn transposed(&self) -> Self {
        let flip = |[height, width]: [usize; 2]| [width, height];
        let (input, filter, stride) = (self.input, self.filter, self.stride);
        Self { input: flip(input), depth: self.depth, filter: flip(filter), stride: flip(stride) }
    }

    /// Whether windows overlap along `axis`.
    pub(super) fn overlaps(&self, axis: usize) -> bool {
        self.output()[axis] > 1 && self.stride[axis] < self.filter[axis]
    }
}
