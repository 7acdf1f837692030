//! Stories through the front door, each on a database of its own, on both engines. One binary, a file a feature.

#[path = "../support/mod.rs"]
mod support;

mod crash;
mod house;
mod identity;
mod imports;
mod pairing;
mod people;
