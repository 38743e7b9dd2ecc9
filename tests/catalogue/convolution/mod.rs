//! Lemmas behind claims on expansive convolutions.

mod ridge_network;
