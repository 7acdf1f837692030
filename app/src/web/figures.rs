//! Figures: the only place that knows kuva.
