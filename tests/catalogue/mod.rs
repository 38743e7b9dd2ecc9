//! Worked examples and lemmas behind single claims.
