//! Puts the steps of a graph in an order: a chain of layers, with branches where several streams
//! are alive at the same time.
//!
//! A lane is a stream that is alive, and the layers that make it of the signal at the end of the
//! chain. Where lanes part or meet they are closed: together they become one layer of the chain.

use super::builder::{Builder, Step, Work};
use super::{ImportError, misfit, scale};
use crate::exact::Rational;
use crate::net::{Affine, Layer, Map, Network, Shape};
use std::ops::Range;

/// The place of what no single node is to blame for.
const GRAPH: &str = "the graph";

/// Layers, and the shape of the signal that they make.
#[derive(Clone)]
pub(super) struct Chain {
    pub(super) input: Shape,
    pub(super) layers: Vec<Layer>,
    pub(super) shape: Shape,
}

/// A stream that is alive.
struct Lane {
    stream: u32,
    /// The part of the chain's signal that the layers read; all of it if there is none.
    part: Option<Range<usize>>,
    chain: Chain,
}

struct Plan {
    trunk: Chain,
    lanes: Vec<Lane>,
    /// How often each stream is still read.
    uses: Vec<usize>,
}

/// The network that makes `output`, in this shape, of stream 0.
pub(super) fn network(
    builder: Builder,
    input: Shape,
    output: u32,
    shape: Shape,
) -> Result<Network, ImportError> {
    Network::new(input, Vec::new()).map_err(misfit(GRAPH))?;
    let mut uses = vec![0; builder.units.len()];
    uses[output as usize] = 1;
    let mut steps: Vec<Step> = Vec::new();
    for step in builder.steps.into_iter().rev() {
        if uses[step.makes as usize] > 0 {
            step.reads.iter().for_each(|stream| uses[*stream as usize] += 1);
            steps.push(step);
        }
    }
    let trunk = Chain::new(input);
    let first = Lane { stream: 0, part: None, chain: trunk.clone() };
    let mut plan = Plan { trunk, lanes: vec![first], uses };
    for step in steps.into_iter().rev() {
        plan.step(&step)?;
    }
    plan.drop_dead(&[]);
    plan.close(&[output])?;
    plan.trunk.reshape(GRAPH, shape)?;
    plan.trunk.network(GRAPH)
}

impl Plan {
    fn step(&mut self, step: &Step) -> Result<(), ImportError> {
        step.reads.iter().for_each(|stream| self.uses[*stream as usize] -= 1);
        self.drop_dead(&step.reads);
        if self.is_residual(step) {
            let body = self.lanes.pop().expect("there are two lanes").chain;
            let body = body.network(&step.place)?;
            self.trunk.push(&step.place, Layer::Residual(body))?;
            self.lanes = vec![Lane { stream: step.makes, part: None, chain: self.trunk.end() }];
            return Ok(());
        }
        if let [stream] = step.reads[..] {
            let mut lane = self.lane(stream);
            if self.uses[stream as usize] > 0 {
                if !self.lanes[lane].chain.layers.is_empty() {
                    let order: Vec<_> = self.lanes.iter().map(|lane| lane.stream).collect();
                    self.close(&order)?;
                    lane = self.lane(stream);
                }
                let Lane { part, chain, .. } = &self.lanes[lane];
                let copy = Lane { stream, part: part.clone(), chain: chain.clone() };
                self.lanes.push(copy);
                lane = self.lanes.len() - 1;
            }
            self.lanes[lane].chain.apply(step)?;
            self.lanes[lane].stream = step.makes;
            return Ok(());
        }
        let others = self.lanes.iter().map(|lane| lane.stream);
        let others = others.filter(|stream| !step.reads.contains(stream));
        let order: Vec<_> = step.reads.iter().copied().chain(others).collect();
        self.close(&order)?;
        let units = |lane: &Lane| lane.part.clone().map_or(0, |part| part.len());
        let read: usize = self.lanes[..step.reads.len()].iter().map(units).sum();
        let is_all = read == self.trunk.shape.units();
        self.drop_dead(&[]);
        let part = (!is_all).then_some(0..read);
        let mut lane = self.trunk.lane(step.makes, part);
        lane.chain.apply(step)?;
        self.lanes.push(lane);
        Ok(())
    }

    /// Whether a step adds what one lane makes of the chain's signal to that signal.
    fn is_residual(&mut self, step: &Step) -> bool {
        if !matches!(step.work, Work::Sum) || self.lanes.len() != 2 {
            return false;
        }
        let is_whole = self.lanes.iter().all(|lane| lane.part.is_none());
        let dies = step.reads.iter().all(|stream| self.uses[*stream as usize] == 0);
        if self.lanes[1].chain.layers.is_empty() {
            self.lanes.swap(0, 1);
        }
        let [kept, body] = &self.lanes[..] else { return false };
        is_whole
            && dies
            && kept.chain.layers.is_empty()
            && !body.chain.layers.is_empty()
            && body.chain.shape == self.trunk.shape
    }

    fn lane(&self, stream: u32) -> usize {
        let is_it = |lane: &Lane| lane.stream == stream;
        self.lanes.iter().position(is_it).expect("a stream that is read is alive")
    }

    /// Drops the lanes of streams that nothing reads any more, but for these.
    fn drop_dead(&mut self, but: &[u32]) {
        let Self { lanes, uses, .. } = self;
        lanes.retain(|lane| uses[lane.stream as usize] > 0 || but.contains(&lane.stream));
    }

    /// Makes the lanes, in this order, the signal of the chain.
    fn close(&mut self, order: &[u32]) -> Result<(), ImportError> {
        self.lanes.sort_by_key(|lane| order.iter().position(|stream| *stream == lane.stream));
        let mut end = Some(0);
        for lane in &self.lanes {
            let part = lane.part.as_ref().filter(|part| Some(part.start) == end);
            end = part.filter(|_| lane.chain.layers.is_empty()).map(|part| part.end);
        }
        if end == Some(self.trunk.shape.units()) {
            return Ok(());
        }
        if let [lane] = &mut self.lanes[..] {
            self.trunk.follow(lane)?;
            *lane = self.trunk.lane(lane.stream, None);
            return Ok(());
        }
        let mut branches = Vec::new();
        let mut start = 0;
        for lane in &mut self.lanes {
            let mut chain = self.trunk.end();
            chain.follow(lane)?;
            let units = chain.shape.units();
            branches.push(chain.network(GRAPH)?);
            *lane = self.trunk.lane(lane.stream, Some(start..start + units));
            start += units;
        }
        self.trunk.push(GRAPH, Layer::Branches(branches))
    }
}

/// The layer that keeps a part of a signal.
fn select(part: Range<usize>) -> Layer {
    let rows = part.map(|i| vec![[i as u32, 0]]).collect();
    Layer::sparse(rows, vec![Rational::ONE], Vec::new())
}

impl Chain {
    pub(super) fn new(input: Shape) -> Self {
        Self { input, layers: Vec::new(), shape: input }
    }

    /// A chain that begins where this one ends.
    fn end(&self) -> Self {
        Self::new(self.shape)
    }

    fn lane(&self, stream: u32, part: Option<Range<usize>>) -> Lane {
        let chain = match &part {
            None => self.end(),
            Some(part) => Self::new(Shape::Flat(part.len())),
        };
        Lane { stream, part, chain }
    }

    fn network(self, place: &str) -> Result<Network, ImportError> {
        Network::new(self.input, self.layers).map_err(misfit(place))
    }

    /// Adds the choice of the part that a lane reads, and its layers.
    fn follow(&mut self, lane: &Lane) -> Result<(), ImportError> {
        let part = lane.part.clone().map(select);
        part.iter().chain(&lane.chain.layers).try_for_each(|layer| self.push(GRAPH, layer.clone()))
    }

    /// Adds what a step does.
    fn apply(&mut self, step: &Step) -> Result<(), ImportError> {
        if let Some(shape) = step.shape {
            self.reshape(&step.place, shape)?;
        }
        match &step.work {
            Work::Layer(layer) => self.push(&step.place, layer.clone()),
            Work::Scale { factor, addend } => scale::apply(self, &step.place, factor, addend),
            Work::Sum => {
                let half = self.shape.units() as u32 / 2;
                let rows = (0..half).map(|i| vec![[i, 0], [half + i, 0]]).collect();
                self.push(&step.place, Layer::sparse(rows, vec![Rational::ONE], Vec::new()))
            }
        }
    }

    /// Gives the signal another shape, if it has not got it.
    fn reshape(&mut self, place: &str, shape: Shape) -> Result<(), ImportError> {
        if shape == self.shape {
            return Ok(());
        }
        // What only changed the shape before is not needed.
        if let Some(Layer::Flatten | Layer::Reshape(_)) = self.layers.last() {
            self.layers.pop();
            let network = Network::new(self.input, std::mem::take(&mut self.layers));
            let network = network.expect("the layers fit before");
            self.shape = network.output();
            self.layers = network.layers().to_vec();
            return self.reshape(place, shape);
        }
        match shape {
            Shape::Flat(_) => self.push(place, Layer::Flatten),
            _ => self.push(place, Layer::Reshape(shape)),
        }
    }

    /// Adds a layer, if it fits. What chooses among entries that were chosen chooses at once.
    pub(super) fn push(&mut self, place: &str, layer: Layer) -> Result<(), ImportError> {
        if let (Some(Layer::Affine(last)), Layer::Affine(next)) = (self.layers.last(), &layer)
            && let (Some(kept), Map::Sparse(rows)) = (last.selection(), &next.map)
            && let Some(rows) = composed(rows, &kept)
        {
            self.layers.pop();
            self.shape = Shape::Flat(rows.len());
            let (weight, bias) = (next.weight.clone(), next.bias.clone());
            self.layers.push(Layer::Affine(Affine { map: Map::Sparse(rows), weight, bias }));
            return Ok(());
        }
        self.shape = layer.output(self.layers.len(), self.shape).map_err(misfit(place))?;
        self.layers.push(layer);
        Ok(())
    }
}

/// Rows that read the entries from which others were copied; `None` if one occurs twice in a row.
fn composed(rows: &[Vec<[u32; 2]>], kept: &[usize]) -> Option<Vec<Vec<[u32; 2]>>> {
    let row = |row: &Vec<[u32; 2]>| {
        let mut row: Vec<_> = row.iter().map(|[i, w]| [kept[*i as usize] as u32, *w]).collect();
        row.sort_unstable();
        row.windows(2).all(|pair| pair[0][0] < pair[1][0]).then_some(row)
    };
    rows.iter().map(row).collect()
}
