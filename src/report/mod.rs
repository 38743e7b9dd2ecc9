//! Layer 5: finished results to bytes.
