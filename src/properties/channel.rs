//! Hidden channels: the parameters that write one, and those that read it.

use crate::exact::Rational;
use crate::net::{Affine, Layer, Map, Network, Parameters, Shape, Weight};

/// Where the parameters around one hidden channel lie.
///
/// A dense layer writes one channel a unit. Activations, pooling, downsampling and flattening keep
/// channels apart; the next layer with weights reads them. No weight writes or reads another
/// channel, too. Entries increase, and a weight that meets nothing but padding is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// The layer that writes it, as an index into [`Network::parameters`].
    pub writer: usize,
    /// The weights that write it: a row, or a filter over the input channels of its group.
    pub incoming: Vec<usize>,
    /// The biases that are added to it.
    pub bias: Vec<usize>,
    /// The layer that reads it, as an index into [`Network::parameters`].
    pub reader: usize,
    /// The weights that read it.
    pub outgoing: Vec<usize>,
    /// Whether no other channel shares its biases.
    pub is_own: bool,
    /// Whether everything between writer and reader commutes with positive factors.
    pub is_homogeneous: bool,
}

/// Three inner products over the parameters around a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairing {
    /// Over the incoming weights.
    pub incoming: Rational,
    /// Over the biases.
    pub bias: Rational,
    /// Over the outgoing weights.
    pub outgoing: Rational,
}

/// Channel `index` of what a layer with weights writes, for `writer` as in [`Channel`].
///
/// `None` unless that layer has weights and this channel, a later layer of the same chain reads it
/// before any residual layer adds to it, and its weights are its own: an expansive convolution of
/// what a dense layer writes reads all units by the same taps.
pub fn channel(network: &Network, writer: usize, index: usize) -> Option<Channel> {
    channel_from(network, 0, writer, index)
}

/// The same, where `first` affine layers come before this chain.
fn channel_from(network: &Network, first: usize, writer: usize, index: usize) -> Option<Channel> {
    let mut here = first;
    for (at, layer) in network.layers().iter().enumerate() {
        match layer {
            Layer::Affine(affine) if here == writer => {
                return written(network, at, affine, writer, index);
            }
            Layer::Affine(_) => here += 1,
            other => {
                for body in other.bodies() {
                    let next = here + body.parameters().len();
                    if writer < next {
                        return channel_from(body, here, writer, index);
                    }
                    here = next;
                }
            }
        }
    }
    None
}

/// Channel `index` of the layer `at` of this chain.
fn written(
    network: &Network,
    at: usize,
    layer: &Affine,
    writer: usize,
    index: usize,
) -> Option<Channel> {
    let (_, input) = network.stages().nth(at)?;
    let mut later = network.stages().skip(at + 1).peekable();
    let (_, written) = *later.peek()?;
    let units = written.units();
    let channels = match layer.map {
        Map::Dense { .. } => units,
        _ => written.channels(),
    };
    if !layer.is_parametric() || index >= channels {
        return None;
    }
    // Signals are channel-first, so a channel is a run of units of equal length.
    let run = |units: usize| (0..units).map(|u| u * channels / units == index).collect::<Vec<_>>();
    let here = run(units);
    let mut there = here.clone();
    let mut is_homogeneous = true;
    let mut reader = writer;
    let (read_by, read) = loop {
        match later.next()? {
            (Layer::Affine(affine), shape) => {
                reader += 1;
                if affine.is_parametric() {
                    break (affine, shape);
                }
                is_homogeneous &= affine.bias.is_empty();
                there = carried(affine, shape, &there)?;
            }
            (Layer::Activation(activation), _) => is_homogeneous &= activation.is_homogeneous(),
            // Only a signal with channels is pooled, and each of them by itself.
            (Layer::MaxPool(_), _) => there = run(later.peek()?.1.units()),
            (Layer::Flatten, _) => {}
            // A reshape may cut a channel in pieces.
            _ => return None,
        }
    };
    let (mut inside, mut outside) = (vec![false; layer.bias.len()], vec![false; layer.bias.len()]);
    for (output, &is_in) in here.iter().enumerate() {
        if let Some(b) = layer.bias_index(output, units) {
            inside[b] |= is_in;
            outside[b] |= !is_in;
        }
    }
    let bias: Vec<_> = (0..inside.len()).filter(|&b| inside[b]).collect();
    Some(Channel {
        writer,
        incoming: weights(layer, input, |output, _| here[output])?,
        is_own: bias.iter().all(|&b| !outside[b]),
        bias,
        reader,
        outgoing: weights(read_by, read, |_, unit| there[unit])?,
        is_homogeneous,
    })
}

/// The units behind a layer without weights that see the chosen ones. `None` if one of them sees
/// others, too.
fn carried(layer: &Affine, input: Shape, chosen: &[bool]) -> Option<Vec<bool>> {
    let units = Layer::Affine(layer.clone()).output(0, input).ok()?.units();
    let mut sees = vec![[false; 2]; units];
    layer.for_each_term(input, |output, unit, _| sees[output][usize::from(chosen[unit])] = true);
    sees.into_iter().map(|[others, it]| (!(others && it)).then_some(it)).collect()
}

impl Channel {
    /// The inner products of `a` and `b`, each of the form of [`Network::parameters`].
    pub fn pairing(&self, a: &[Parameters], b: &[Parameters]) -> Pairing {
        let dot = |entries: &[usize], a: &[Rational], b: &[Rational]| {
            entries.iter().map(|&p| &a[p] * &b[p]).sum()
        };
        let [written, read] = [self.writer, self.reader].map(|layer| (&a[layer], &b[layer]));
        Pairing {
            incoming: dot(&self.incoming, &written.0.weight, &written.1.weight),
            bias: dot(&self.bias, &written.0.bias, &written.1.bias),
            outgoing: dot(&self.outgoing, &read.0.weight, &read.1.weight),
        }
    }

    /// The network with the three kinds of parameters multiplied by three factors.
    pub fn scale(&self, network: &Network, [incoming, bias, outgoing]: [&Rational; 3]) -> Network {
        let mut parameters = network.parameters();
        let written = &mut parameters[self.writer];
        self.incoming.iter().for_each(|&p| written.weight[p] = &written.weight[p] * incoming);
        self.bias.iter().for_each(|&p| written.bias[p] = &written.bias[p] * bias);
        let read = &mut parameters[self.reader];
        self.outgoing.iter().for_each(|&p| read.weight[p] = &read.weight[p] * outgoing);
        network.with_parameters(parameters).expect("the form of the parameters is unchanged")
    }

    /// The network with the filter and the biases of the channel multiplied by `factor`, and what
    /// reads it divided by `factor`. Panics if `factor` is zero.
    pub fn rescale(&self, network: &Network, factor: &Rational) -> Network {
        self.scale(network, [factor, factor, &factor.recip()])
    }
}

/// The weights that occur in a term whose output and input are chosen, increasing. `None` if one of
/// them occurs in another term, too.
fn weights(
    layer: &Affine,
    input: Shape,
    is_chosen: impl Fn(usize, usize) -> bool,
) -> Option<Vec<usize>> {
    let mut meets = vec![[false; 2]; layer.weight.len()];
    layer.for_each_term(input, |output, unit, weight| {
        if let Weight::Parameter(p) = weight {
            meets[p][usize::from(is_chosen(output, unit))] = true;
        }
    });
    let is_own = meets.iter().all(|[others, it]| !(*others && *it));
    is_own.then(|| (0..meets.len()).filter(|&p| meets[p][1]).collect())
}
