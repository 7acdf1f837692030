//! An edition at a glance, for those who look on from outside: counts and dates, no content.

pub(super) mod pages;
