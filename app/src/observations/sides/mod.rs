//! Who is on the other side of a negotiation: what an observer has to know to say whether they have a conflict of interest. The host or the
//! secretary says it, and besides them only observers read it who hold a seat; no mail, notice, trail or file carries it.

pub(super) mod actions;
mod api;

pub(super) use api::doors;
