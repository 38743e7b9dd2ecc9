//! The independent checker: certificate text in, verdict out.
