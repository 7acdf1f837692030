//! What follows for whoever heard inside information by mistake: they are told their duties and the sanctions, and say that they have read
//! it, in the exact words (Regulation (EU) No 596/2014 Art. 18(2)). Who is on the list is `insiders`'.

pub(in crate::observations) mod actions;
pub(super) mod api;
mod model;
pub(super) mod pages;
pub(in crate::observations) mod store;
