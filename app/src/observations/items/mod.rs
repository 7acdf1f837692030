//! The items of a sitting: how many, of which class, when; and the chair's agreement to them.

pub(super) mod actions;
mod pages;

pub(super) use pages::doors;
