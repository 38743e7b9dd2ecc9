//! Exit codes and printed output.
