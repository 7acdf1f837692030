//! What needs a person today, and how the installation is. It draws on all features and belongs to none.

mod api;
mod pages;
mod today;

use crate::features::Feature;

pub const FEATURE: Feature =
    Feature { name: "home", doors: || [pages::doors(), api::doors()].concat(), jobs: &[], notices: &[], tables: &[] };
