//! What the pairs of an edition begin with: the coordinator's page. The rest of it is the agreement's.

mod pages;

pub(super) use pages::doors;
