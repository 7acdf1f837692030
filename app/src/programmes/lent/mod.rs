//! What a line manager sees of the editions in which their reports take part: who, since when and how long, and never what is
//! said there.

pub(super) mod pages;
