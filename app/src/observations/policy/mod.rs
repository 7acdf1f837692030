//! What a secretary settles beforehand: the policy of the organisation, the texts that observers sign, who is cleared for confidential
//! items, and templates of classes.

pub(super) mod actions;
mod pages;
pub(super) mod store;

pub(super) use pages::doors;
