//! The layers built so far, and the shape of their output.

use super::ImportError;
use super::node::Node;
use crate::net::{Layer, Shape};

/// The layers so far, and the shape of the signal that they make.
pub(super) struct Chain {
    pub(super) layers: Vec<Layer>,
    pub(super) shape: Shape,
}

impl Chain {
    /// Adds a layer, if it fits.
    pub(super) fn push(&mut self, node: &Node<'_>, layer: Layer) -> Result<(), ImportError> {
        let output = layer.output(self.layers.len(), self.shape).map_err(|error| {
            ImportError::Shape { place: node.place.clone(), error: Box::new(error) }
        })?;
        self.shape = output;
        self.layers.push(layer);
        Ok(())
    }
}
