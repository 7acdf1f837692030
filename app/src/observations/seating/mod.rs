//! Seats: asking for one, answering, sharing out where there are more wishes than seats; conflicts of interest, and the undertaking.

pub(super) mod actions;
mod pages;
pub(super) mod store;

pub(super) use pages::doors;
pub(super) use store::{came, recorded};
