//! The ways to somebody: the address of the organisation, which a server may refuse for good, and one of their own that nobody
//! else sees. It stays theirs when the other one goes.

mod actions;
mod pages;

pub use actions::{Proved, addresses_of, unreachable};
pub(super) use pages::doors;
