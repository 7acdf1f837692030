//! The secretary's register: what comes, what waits for an answer, which undertakings run out, what was heard that was closed. It reads; what
//! is done about it is done on the pages that it leads to.

pub(super) mod actions;
pub(super) mod api;
pub(super) mod pages;
mod store;
