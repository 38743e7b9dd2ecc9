//! Blocks with skip connections merge into matrices through a bottleneck, exactly.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/merged_blocks", AGAINST_ITS_NOTE)
        .remembered_from("ParhiNowak2022", "optimal networks as compositions of blocks")
        .as_printed("blocks with skip connections, merged; the wording is from memory"),
    statement: "blocks V relu(W x + b) + C x + c, one after the other  ⟹  the same function with \
                the matrix W' V between their units, those of the second reading W' C x + W' c + \
                b' beside it",
    cases: || cases(2).with("6 numbers around 3", 16, blocks(6..=6, 3..=3, 3)),
    hypotheses: &[],
    conclusion: |case| case.compare(true, true),
    twins: &[
        twin("the skip left out", |case: &Case| case.compare(false, true))
            .because("what skips the first block is read by the second"),
        twin("the constant left out", |case: &Case| case.compare(true, false))
            .because("the constant of the first block shifts the units of the second"),
        twin("full rank in the middle", |case: &Case| {
            let middle = case.product(&case.second.weight, &case.first.outer);
            at_least("rank", middle.rank(), middle.rows().min(middle.cols()))
        })
        .because("the numbers between the blocks are fewer than the units around them"),
    ],
    well_formed: |case| {
        let between = case.first.check(case.x.len())?;
        case.second.check(between).map(|_| ())
    },
};

/// `x ↦ V relu(W x + b) + C x + c`, the matrices by rows.
#[derive(Debug, Serialize, Deserialize)]
pub struct Block {
    /// `W`.
    weight: Vec<Vec<Rational>>,
    /// `b`.
    bias: Vec<Rational>,
    /// `V`.
    outer: Vec<Vec<Rational>>,
    /// `C`.
    skip: Vec<Vec<Rational>>,
    /// `c`.
    constant: Vec<Rational>,
}

/// Two blocks, and an input.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    x: Vec<Rational>,
    first: Block,
    second: Block,
}

impl Block {
    fn check(&self, inputs: usize) -> Result<usize, String> {
        let (units, outputs) = (self.bias.len(), self.constant.len());
        let is = |rows: &[Vec<Rational>], height: usize, width: usize| {
            height > 0 && width > 0 && rows.len() == height && rows.iter().all(|r| r.len() == width)
        };
        let fits = is(&self.weight, units, inputs)
            && is(&self.outer, outputs, units)
            && is(&self.skip, outputs, inputs);
        require!(fits, "a block of {units} units from {inputs} to {outputs} numbers is expected")?;
        Ok(outputs)
    }

    /// The block as a layer of units beside the inputs themselves, `x = relu(x) - relu(-x)`.
    fn layers(&self) -> Vec<Layer> {
        let inputs = self.weight[0].len();
        let unit = |i: usize, sign: i64| -> Vec<Rational> {
            (0..inputs).map(|j| Rational::integer(if i == j { sign } else { 0 })).collect()
        };
        let mut rows = self.weight.clone();
        rows.extend((0..inputs).flat_map(|i| [unit(i, 1), unit(i, -1)]));
        let mut bias = self.bias.clone();
        bias.resize(rows.len(), Rational::ZERO);
        let outer = self.outer.iter().zip(&self.skip).flat_map(|(v, c)| {
            let pairs = c.iter().flat_map(|c| [c.clone(), -c]);
            v.iter().cloned().chain(pairs).collect::<Vec<_>>()
        });
        let outer = outer.collect();
        vec![
            Layer::dense(rows.len(), rows.concat(), bias),
            Layer::relu(),
            Layer::dense(self.constant.len(), outer, self.constant.clone()),
        ]
    }
}

impl Case {
    fn product(&self, a: &[Vec<Rational>], b: &[Vec<Rational>]) -> Matrix {
        Matrix::from_rows(a.to_vec()).product(&Matrix::from_rows(b.to_vec()))
    }

    /// The two blocks one after the other, against the units of both at once: those of the second
    /// read `W V relu(..) + W C x + W c + b`.
    fn compare(&self, with_skip: bool, with_constant: bool) -> Conclusion {
        let layers = [self.first.layers(), self.second.layers()].concat();
        let network = Network::new(Shape::Flat(self.x.len()), layers).expect("the blocks fit");
        let Block { weight, bias, outer, skip, constant } = &self.second;
        let units =
            |rows: &[Vec<Rational>], x: &[Rational]| Matrix::from_rows(rows.to_vec()).apply(x);
        let positive = |sums: Vec<Rational>, bias: &[Rational]| -> Vec<Rational> {
            sums.iter().zip(bias).map(|(s, b)| (s + b).max(Rational::ZERO)).collect()
        };
        let hidden = positive(units(&self.first.weight, &self.x), &self.first.bias);
        let mut sums = self.product(weight, &self.first.outer).apply(&hidden);
        let through = self.product(weight, &self.first.skip).apply(&self.x);
        let shift = units(weight, &self.first.constant);
        for (sum, (through, shift)) in sums.iter_mut().zip(through.into_iter().zip(shift)) {
            *sum += if with_skip { through } else { Rational::ZERO };
            *sum += if with_constant { shift } else { Rational::ZERO };
        }
        let made = units(outer, &positive(sums, bias));
        let around = self.product(skip, &self.first.outer).apply(&hidden);
        let past = self.product(skip, &self.first.skip).apply(&self.x);
        let fixed = units(skip, &self.first.constant);
        let merged: Vec<Rational> = (0..made.len())
            .map(|o| &made[o] + &around[o] + &past[o] + &fixed[o] + &constant[o])
            .collect();
        same_signal("largest gap", &merged, &network.eval(&self.x))
    }
}

fn cases(most: i64) -> Cases<Case> {
    blocks(1..=3, 1..=2, most).cases()
}

fn blocks(around: Span, between: Span, most: i64) -> impl Strategy<Value = Case> {
    let block = move |inputs: usize, units: usize, outputs: usize| {
        let table = move |rows: usize, columns: usize| vec(numbers::integers(columns, most), rows);
        let biases = (numbers::integers(units, most), numbers::integers(outputs, most));
        (table(units, inputs), table(outputs, units), table(outputs, inputs), biases).prop_map(
            |(weight, outer, skip, (bias, constant))| Block { weight, bias, outer, skip, constant },
        )
    };
    ([around.clone(), around.clone(), around], between).prop_flat_map(move |([a, b, c], d)| {
        (numbers::integers(a, most), block(a, b, d), block(d, c, a))
            .prop_map(|(x, first, second)| Case { x, first, second })
    })
}
