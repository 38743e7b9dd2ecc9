//! Two shared filters commute: Σ v z_u − Σ u z_v does not depend on the input.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/commutator_identity", LINE_BY_LINE)
        .formally("commutator_identity", 0xd630_7d77_d528_d122)
        .derived_from("Xiong2020", "the identity behind the failure of Theorem 2 in 2-D"),
    statement: "Σ_p v(p) z_u(p) − Σ_p u(p) z_v(p) = b_u Σ v − b_v Σ u, stride and dilation one",
    cases: || {
        cases(1..=3, 3, 1..=1, 1..=1)
            .with("equal filters", 16, cases(1..=3, 3, 1..=1, 1..=1).prop_map(alike))
            .with("8x8 filters", 16, cases(4..=8, 99, 1..=1, 1..=1))
            .with("24x24 filters", 512, cases(16..=24, 99, 1..=1, 1..=1))
    },
    hypotheses: &[
        given("stride one", |case: &Case| case.stride == 1)
            .needed("the shifts no longer fill the grid", || cases(1..=3, 3, 2..=2, 1..=1).cases()),
        given("dilation one", |case: &Case| case.dilation == 1)
            .needed("taps and positions step apart", || cases(1..=3, 3, 1..=1, 2..=2).cases()),
    ],
    conclusion: |case| equal("weighted difference", case.difference(), case.constant()),
    twins: &[
        twin("constant zero", |case: &Case| equal("weighted difference", case.difference(), 0))
            .because("the biases leave a constant behind"),
        twin("weighted by the own filter", |case: &Case| {
            let [zu, zv] = case.feature_maps();
            let found = dot(&case.u, &zu) - dot(&case.v, &zv);
            equal("weighted difference", found, case.constant())
        })
        .because("each map has to be weighted by the other filter"),
    ],
    well_formed: |case| {
        let small = |n: usize| (1..=32).contains(&n);
        require!(
            [case.filter[0], case.filter[1], case.stride, case.dilation].into_iter().all(small),
            "filter sizes, stride and dilation must lie between 1 and 32"
        )?;
        let (taps, inputs) = (case.filter[0] * case.filter[1], case.input().units());
        for (name, found, expected) in
            [("u", case.u.len(), taps), ("v", case.v.len(), taps), ("x", case.x.len(), inputs)]
        {
            refuse_if!(found != expected, "{name} has {found} entries, expected {expected}");
        }
        Ok(())
    },
};

/// Filters `u, v: [f1 * f2]`, their biases, and an input that makes the output grid `f1 x f2`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    filter: [usize; 2],
    stride: usize,
    dilation: usize,
    u: Vec<Rational>,
    v: Vec<Rational>,
    bias: [Rational; 2],
    x: Vec<Rational>,
}

impl Case {
    /// The input over which the filter has `f1 x f2` positions.
    fn input(&self) -> Shape {
        let axis = |f: usize| (f - 1) * (self.stride + self.dilation) + 1;
        Shape::Plane([1, axis(self.filter[0]), axis(self.filter[1])])
    }

    /// The two output channels of the convolution, one after the other.
    fn feature_maps(&self) -> [Vec<Rational>; 2] {
        let window = Window::plane(self.filter[0], self.filter[1])
            .stride(self.stride)
            .dilation(self.dilation);
        let filters = self.u.iter().chain(&self.v).cloned().collect();
        let conv = Layer::convolution(2, window, filters, self.bias.to_vec());
        let net = Network::new(self.input(), vec![conv]).expect("the input is made to fit");
        let mut zu = net.eval(&self.x);
        let zv = zu.split_off(self.u.len());
        [zu, zv]
    }

    fn difference(&self) -> Rational {
        let [zu, zv] = self.feature_maps();
        dot(&self.v, &zu) - dot(&self.u, &zv)
    }

    fn constant(&self) -> Rational {
        let sum = |filter: &[Rational]| filter.iter().sum::<Rational>();
        &self.bias[0] * sum(&self.v) - &self.bias[1] * sum(&self.u)
    }
}

/// Filters with sides in this range, small integers everywhere.
fn cases(side: Span, most: i64, stride: Span, dilation: Span) -> impl Strategy<Value = Case> {
    ([side.clone(), side], stride, dilation)
        .prop_flat_map(move |(filter, stride, dilation)| {
            let taps = filter[0] * filter[1];
            let axis = |f: usize| (f - 1) * (stride + dilation) + 1;
            let weights = [numbers::integers(taps, most), numbers::integers(taps, most)];
            let bias = [numbers::integer(most), numbers::integer(most)];
            let x = numbers::integers(axis(filter[0]) * axis(filter[1]), most);
            (Just((filter, stride, dilation)), weights, bias, x)
        })
        .prop_map(|((filter, stride, dilation), [u, v], bias, x)| Case {
            filter,
            stride,
            dilation,
            u,
            v,
            bias,
            x,
        })
}

/// With the first filter twice.
fn alike(case: Case) -> Case {
    Case { v: case.u.clone(), ..case }
}
