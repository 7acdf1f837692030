//! Persons beyond their core: what they do, where, for whom, what they can teach and what they want to learn; spreadsheets
//! in and out. Who they are to sign in with is `identity`'s; who mentors whom is `pairing`'s.

pub mod model;
