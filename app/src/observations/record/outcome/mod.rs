//! What comes out of a record: the annex to the minutes, and the attendance at items under legal privilege. Both are worked out from the one
//! record whenever they are read, so that they agree with each other to the minute.

mod actions;
pub(super) mod api;
pub mod model;
pub(super) mod pages;
