//! Univariate polynomials: square-free decomposition, Sturm counts.
