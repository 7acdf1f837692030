//! That a sitting was held, and what follows: who observed it and for how long, by its record or, where nothing stands in one, by where each
//! could be; and that seats and plans say the same.

pub(super) mod actions;
mod api;

pub(super) use api::doors;
