//! How many loops an edition has, for whoever looks on at it: counts and hours, and nobody's name.

mod pages;

pub(super) use pages::doors;
