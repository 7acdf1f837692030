//! From a finished import to an edition: its very people, enrolled as they came.

pub(super) mod pages;
