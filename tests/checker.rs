//! The checker accepts what is true and refuses each forgery for its stated reason.
