//! Rational enclosures of irrational numbers, rounded outward to a requested width.
