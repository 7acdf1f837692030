//! The list of insiders: what is prepared of an exposure to inside information, what the secretary adds to it, and its columns, which are data,
//! for templates change. Everything is an entry of a chain of the organisation's own: what stood before stays.
//!
//! Regulation (EU) No 596/2014, Art. 18; Implementing Regulation (EU) 2022/1210, Annex I, Template 1.

pub(super) mod actions;
pub mod model;
pub(super) mod pages;
