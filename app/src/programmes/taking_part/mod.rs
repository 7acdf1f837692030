//! What somebody in an edition sees of it: where they stand, what comes next, and what they may do about it.

pub(super) mod pages;
