//! One observation: what to watch for and what is predicted, what was seen, what the two made of it, what is practised.

mod forms;
mod pages;

pub(super) use pages::doors;
