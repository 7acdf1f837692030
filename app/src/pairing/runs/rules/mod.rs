//! The rules of an edition as a coordinator reads and edits them: sentences with weights, a text for experts, a page for others.

mod edit;
mod pages;

pub(super) use pages::doors;
