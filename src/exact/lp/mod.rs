//! Systems of linear inequalities: a point, or a Farkas vector against one.
