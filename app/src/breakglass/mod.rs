//! Break-glass: if something serious happens, two people of different parts together open what a pair shares, for some hours and with
//! a reason in writing, where the agreement that both of the pair signed allows it. One asks and names the other, who reads why and
//! confirms or refuses. Neither is of the pair, a sponsor or a line manager, in the line of one of the two, or an assistant of one, nor
//! was it lately (`circle`). The pair is told at once, or within thirty days where an investigation would be harmed.
//!
//! What is opened other features offer as `mentorships::shelves::Shelf`, and this one alone asks them (`reading`). Every reading is an
//! entry of the trail, which keeps it from whoever may not know of it before the pair does ([`DISCRETION`]).

mod actions;
mod api;
mod circle;
mod ground;
mod jobs;
mod letters;
mod model;
mod pages;
mod reading;
mod standing;
mod store;
mod voice;

use crate::audit::Discretion;
use crate::erasure::Naming;
use crate::features::{Feature, Table};

pub use actions::{Asked, ask, confirm, waiting_for};
pub use model::{OpeningId, Telling};
pub use voice::VOICE;

/// Whoever may not open what a pair wrote learns nothing of it from the trail before the pair is told.
pub const DISCRETION: Discretion = Discretion {
    name: "breakglass",
    hides: |app, viewer| Box::pin(async move { actions::hidden_from(&app, &viewer).await }),
};

pub const FEATURE: Feature = Feature {
    name: "breakglass",
    doors: || [pages::doors(), api::doors()].concat(),
    jobs: jobs::KINDS,
    notices: letters::KINDS,
    tables: &[Table::of(
        "glass_openings",
        &[Naming::Stays("asked_by", &[]), Naming::By("second", &[]), Naming::By("closed_by", &[])],
    )
    .because("evidence of who opened what a pair wrote, and when; why goes with the key of whoever said it")
    .sealed(&["reason", "hold"])],
};
