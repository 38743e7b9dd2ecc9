//! Layer 2: networks as checked chains of layers.
