//! Small networks of every kind, each with a hidden channel: dense, convolutional on a line and in
//! the plane, pooled, and with a residual body. Parameters are small integers, so kinks are hit.

use super::prelude::*;
use crate::net::{Affine, Map, Window};

/// Which networks are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// How large they are.
    pub scale: Scale,
    /// One of these is at every unit.
    pub activations: fn() -> BoxedStrategy<Activation>,
    /// One of these is in every layer.
    pub biases: &'static [Biases],
}

impl Kind {
    /// Small ones with homogeneous activations, and biases that no two channels share.
    pub const PLAIN: Self = Self {
        scale: Scale::Small,
        activations: homogeneous,
        biases: &[Biases::PerChannel, Biases::PerUnit, Biases::Absent],
    };
    /// The same with activations that are not homogeneous.
    pub const BENT: Self = Self { activations: bent, ..Self::PLAIN };
    /// The same with one bias for all channels of a layer.
    pub const SHARED: Self = Self { biases: &[Biases::Shared], ..Self::PLAIN };
    /// The same with every kind of biases.
    pub const ANY_BIASES: Self = Self { biases: ALL_BIASES, ..Self::PLAIN };
    /// The same with every kind of biases and of activations.
    pub const ANY: Self = Self { activations: any_activation, ..Self::ANY_BIASES };

    /// What this makes of networks of every scale.
    pub fn at_every_scale<T, S>(self, of: impl Fn(Self) -> S) -> Strata<T>
    where
        S: Strategy<Value = T> + 'static,
    {
        let of = |scale| of(Self { scale, ..self }).boxed();
        vec![
            ("base", 1, of(Scale::Small)),
            ("parameters 0, 1, -1", 8, of(Scale::Coincident)),
            ("up to 8 units a layer", 16, of(Scale::Large)),
            ("6 inputs, 40 units", 32, of(Scale::Huge)),
        ]
    }
}

const ALL_BIASES: &[Biases] =
    &[Biases::PerChannel, Biases::PerUnit, Biases::Absent, Biases::Shared];

/// How many biases a layer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Biases {
    /// None.
    Absent,
    /// One a channel; one a unit of a dense layer.
    PerChannel,
    /// One a unit.
    PerUnit,
    /// One for the whole layer.
    Shared,
}

/// How large networks are, and their parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Up to three inputs and units a layer, parameters of size up to three.
    Small,
    /// The same with parameters 0, 1 and -1, so that kinks and equal units are common.
    Coincident,
    /// Up to 6 inputs, 8 units and 16 channels.
    Large,
    /// 6 inputs and 40 units, or up to 60 channels.
    Huge,
}

/// Activations that commute with positive factors.
pub fn homogeneous() -> BoxedStrategy<Activation> {
    let leaky = |p, q| Activation::leaky_relu(Rational::new(p, q));
    let all = vec![Activation::relu(), leaky(1, 2), leaky(-1, 3), Activation::absolute_value()];
    select(all).boxed()
}

/// Activations with a kink away from zero, or with a value there.
pub fn bent() -> BoxedStrategy<Activation> {
    let ramp = |kink, at_zero: i64| {
        let slopes = vec![Rational::ZERO, Rational::ONE];
        Activation::piecewise_linear(vec![Rational::from(kink)], slopes, &Rational::from(at_zero))
            .expect("one slope more than kinks")
    };
    select(vec![Activation::hard_tanh(), ramp(1, 0), ramp(0, 1), ramp(-1, 1)]).boxed()
}

/// Activations of both kinds.
pub fn any_activation() -> BoxedStrategy<Activation> {
    prop_oneof![homogeneous(), bent()].boxed()
}

/// Networks with at least one hidden channel, read by one later layer.
pub fn networks(Kind { scale, activations, biases }: Kind) -> BoxedStrategy<Network> {
    let sizes = match scale {
        Scale::Small | Scale::Coincident => [1usize..=3, 1..=3, 1..=2, 1..=2],
        Scale::Large => [2..=6, 2..=8, 1..=4, 1..=4],
        Scale::Huge => [6..=6, 40..=40, 4..=10, 2..=6],
    };
    let most = if scale == Scale::Coincident { 1 } else { 3 };
    let skeleton = (0usize..5, sizes, any::<[bool; 4]>(), 0usize..4, activations(), select(biases))
        .prop_map(|(form, sizes, flags, pool, activation, biases)| {
            let build = Build { activation, biases, sizes, flags, pool };
            match form {
                0 => build.dense(),
                1 => build.convolution(Shape::Line([build.sizes[2], 2 + build.sizes[0].max(3)])),
                2 => build.convolution(Shape::Plane([build.sizes[2], 3, build.sizes[0].max(3)])),
                3 => build.residual(Shape::Flat(build.sizes[0])),
                _ => build.residual(Shape::Line([build.sizes[2], 4])),
            }
        });
    skeleton
        .prop_flat_map(move |skeleton| {
            let entries = numbers::integers(skeleton.parameter_count(), most);
            (Just(skeleton), entries)
        })
        .prop_map(|(skeleton, entries)| filled(&skeleton, &entries))
        .boxed()
}

/// The network with these numbers as parameters, in order.
fn filled(skeleton: &Network, entries: &[Rational]) -> Network {
    let mut entries = entries.iter().cloned();
    let mut parameters = skeleton.parameters();
    for own in &mut parameters {
        own.weight.iter_mut().chain(&mut own.bias).zip(&mut entries).for_each(|(p, e)| *p = e);
    }
    skeleton.with_parameters(parameters).expect("the form of the parameters is unchanged")
}

/// The choices behind one skeleton: a network whose parameters are all zero.
struct Build {
    activation: Activation,
    biases: Biases,
    sizes: [usize; 4],
    flags: [bool; 4],
    pool: usize,
}

impl Build {
    /// One or two hidden layers.
    fn dense(&self) -> Network {
        let [input, hidden, second, output] = self.sizes;
        let mut chain = Chain::new(Shape::Flat(input), self.biases);
        chain.affine(Map::Dense { outputs: hidden });
        chain.layers.push(Layer::Activation(self.activation.clone()));
        if self.flags[0] {
            chain.affine(Map::Dense { outputs: second });
            chain.layers.push(Layer::Activation(self.activation.clone()));
        }
        chain.affine(Map::Dense { outputs: output });
        chain.network()
    }

    /// A convolution, pooled or not, read by a convolution or by a dense layer.
    fn convolution(&self, input: Shape) -> Network {
        let [taps, step, _, made] = self.sizes;
        let step = 1 + (step - 1) % 3;
        let [is_grouped, is_dilated, pools_first, ends_dense] = self.flags;
        let window = |taps: usize| match input {
            Shape::Plane(_) => Window::plane(taps.min(2), 2),
            _ => Window::line(taps),
        };
        let groups = if is_grouped { input.channels() } else { 1 };
        let mut first = window(taps).padding(step / 2).stride(1 + step / 3);
        if is_dilated && taps < 3 {
            first = first.dilation(2);
        }
        let mut chain = Chain::new(input, self.biases);
        chain.affine(Map::Convolution { channels: groups * made, groups, window: first });
        if pools_first {
            chain.pool(self.pool, window(2));
        }
        chain.layers.push(Layer::Activation(self.activation.clone()));
        if !pools_first {
            chain.pool(self.pool, window(2));
        }
        if ends_dense {
            chain.layers.push(Layer::Flatten);
            chain.affine(Map::Dense { outputs: made });
        } else {
            let groups = if is_grouped { groups } else { 1 };
            let channels = groups * made;
            chain.affine(Map::Convolution { channels, groups, window: window(1).padding(1) });
        }
        chain.network()
    }

    /// A hidden layer inside a residual body, and a layer before it or after it.
    fn residual(&self, signal: Shape) -> Network {
        let mut body = Chain::new(signal, self.biases);
        let same = |channels| match signal {
            Shape::Flat(_) => Map::Dense { outputs: channels },
            _ => Map::Convolution { channels, groups: 1, window: Window::line(3).padding(1) },
        };
        body.affine(same(self.sizes[3]));
        body.layers.push(Layer::Activation(self.activation.clone()));
        let channels = match signal {
            Shape::Flat(units) => units,
            _ => signal.channels(),
        };
        body.affine(same(channels));
        let mut chain = Chain::new(signal, self.biases);
        if !self.flags[1] {
            chain.affine(same(channels));
        }
        if self.flags[0] {
            chain.layers.push(Layer::Activation(self.activation.clone()));
        }
        chain.layers.push(Layer::Residual(body.network()));
        if self.flags[1] {
            chain.layers.push(Layer::Activation(self.activation.clone()));
            chain.affine(same(1));
        }
        chain.network()
    }
}

/// Layers so far; every one fits the one before.
struct Chain {
    input: Shape,
    layers: Vec<Layer>,
    biases: Biases,
}

impl Chain {
    fn new(input: Shape, biases: Biases) -> Self {
        Self { input, layers: Vec::new(), biases }
    }

    fn network(&self) -> Network {
        Network::new(self.input, self.layers.clone()).expect("the layers are built to fit")
    }

    /// Adds a layer with as many zeros as it has weights, and its biases.
    fn affine(&mut self, map: Map) {
        let input = self.network().output();
        let weights = match map {
            Map::Dense { outputs } => outputs * input.units(),
            Map::Convolution { channels, groups, window } => {
                channels * input.channels() / groups * window.taps()
            }
            _ => 0,
        };
        let zeros = |n| vec![Rational::ZERO; n];
        let layer = |bias| Layer::Affine(Affine { map: map.clone(), weight: zeros(weights), bias });
        let output = layer(Vec::new()).output(0, input).expect("the layer is built to fit");
        let biases = match (self.biases, output) {
            (Biases::Absent, _) => 0,
            (Biases::Shared, _) => 1,
            (Biases::PerUnit, _) | (Biases::PerChannel, Shape::Flat(_)) => output.units(),
            (Biases::PerChannel, _) => output.channels(),
        };
        self.layers.push(layer(zeros(biases)));
    }

    /// Adds a pool of this kind if its window fits.
    fn pool(&mut self, kind: usize, window: Window) {
        let pool = match kind {
            0 => return,
            1 => Layer::MaxPool(window),
            2 => Layer::sum_pool(window),
            _ => Layer::average_pool(window),
        };
        if pool.output(0, self.network().output()).is_ok() {
            self.layers.push(pool);
        }
    }
}
