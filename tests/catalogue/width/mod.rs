//! What the claims about width lean on, and what they say of real data.

mod digits;
