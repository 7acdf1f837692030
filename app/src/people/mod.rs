//! Persons beyond their core: what they do, where, for whom, what they can teach and what they want to learn; spreadsheets
//! in and out. Who they are to sign in with is `identity`'s; who mentors whom is `pairing`'s.
//!
//! A spreadsheet becomes people in four pure steps: [`columns::propose`] says what each column seems to mean, the
//! coordinator settles it as a [`columns::Mapping`], [`rows::read_people`] and [`lines::check_lines`] say row by row what is
//! wrong, and [`plan::plan`] what would change.

mod address;
pub mod columns;
mod headings;
pub mod lines;
pub mod model;
pub mod plan;
pub mod rows;
pub mod special;
mod words;

pub use address::address;
