//! Who mentors whom: the rules that a coordinator sets, what they make of each pair, the optimal pairs with their reasons and
//! the proof, and what stands in the way of those without one. Finding an optimum is the engine's, `assignment`; who the people
//! are is `people`'s; what becomes of a pair once it is published is `mentorships`'.
//!
//! [`run`] is pure: a [`model::Pool`] and [`rules::Rules`] in, a [`model::Outcome`] out. The command `pair` and the pairing board
//! are doors to it.

pub mod account;
mod attributes;
mod consent;
mod distance;
mod explain;
pub mod files;
pub mod intake;
pub mod model;
pub mod needs;
mod optimum;
mod proposal;
mod rehearsal;
mod report;
pub mod rules;
pub mod rules_file;
pub mod runs;
mod summary;
mod tasks;
mod terms;
#[cfg(test)]
pub(crate) mod testing;
mod toml_lines;
mod who;
mod words;

use crate::erasure::{self, Blank, Naming};
use crate::features::{Feature, Table};
use crate::i18n::Message;
use crate::programmes::Hindrance;

pub use consent::waiting_for;
pub use distance::Coordinates;
pub use optimum::{Failure, least_capacity, run, run_on};
pub use proposal::{known_order, propose_balance, propose_rules};
pub use rehearsal::rehearse;
pub use report::report;
pub use summary::summary;
pub use tasks::SPEAKER;
pub use toml_lines::Fault;

/// Proposals under way keep an edition open.
pub const HINDRANCE: Hindrance =
    Hindrance { name: "pairing", hinders: |tx, edition| Box::pin(consent::hinders(tx, edition)) };

/// Whoever was asked would find nothing to answer, and the other nobody who answers.
pub const HINDRANCE_TO_ERASURE: erasure::Hindrance =
    erasure::Hindrance { name: "pairing", hinders: |tx, leaving| Box::pin(consent::keeps(tx, leaving)) };

/// A run writes down in the end what it read in the beginning.
pub const RUN_HINDERS_ERASURE: erasure::Hindrance = erasure::Hindrance {
    name: "pairing runs",
    hinders: |tx, leaving| {
        Box::pin(async move {
            let under_way = runs::under_way(tx, leaving.organisation).await?;
            Ok((under_way > 0).then(|| Message::new("pairing-run-keeps")))
        })
    },
};

pub const FEATURE: Feature = Feature {
    name: "pairing",
    doors: || [runs::doors(), consent::doors()].concat(),
    jobs: &[
        runs::RUN_KIND,
        runs::RUN_GIVEN_UP_KIND,
        consent::MAIL_KIND,
        consent::MAIL_GIVEN_UP_KIND,
        consent::SILENCE_KIND,
        consent::CARRY_ON_KIND,
    ],
    notices: &[consent::PUBLISHED_KIND],
    tables: &[
        Table::kept("pairing_rules", "rules are nobody's personal data"),
        Table::of("pairing_marks", &[Naming::Goes("mentee"), Naming::Goes("mentor"), Naming::By("marked_by", &[])])
            .because("whoever pinned or forbade a pair is nobody of it")
            .untold(),
        Table::of("pairing_runs", &[Naming::By("started_by", &[])]).because(
            "what ran when, with counts; whom its sentences tell of are identifiers, named when they are read",
        ),
        Table::kept("pairing_proofs", "numbers of people by their place in a run, and their points"),
        Table::of(
            "pairing_results",
            &[
                Naming::Stays("mentee", &[Blank::Text("told", "{}")]),
                Naming::Stays("mentor", &[Blank::Text("told", "{}")]),
            ],
        )
        .because("the proof of a run counts its people by their place in it")
        .untold(),
        Table::of("pairing_run_mentors", &[Naming::Stays("mentor", &[])])
            .because("how many seats a mentor had and filled, which the proof of the run needs")
            .untold(),
        Table::of("pairing_wishes", &[Naming::Goes("person")]).quotes(&["written"]),
        Table::of("proposals", &[Naming::Goes("mentee"), Naming::Goes("mentor")])
            .sealed(&["reason_words"])
            .told("mentor = $1 AND mentor_answered_at IS NOT NULL OR mentee = $1 AND mentee_answered_at IS NOT NULL")
            .without(&[
                "run",
                "why",
                "state",
                "by_silence",
                "mentor_until",
                "mentee_until",
                "reminded_at",
                "reached_at",
                "unreached_at",
                "closed_at",
                "version",
            ])
            .own(&[
                ("reason_words", "CASE WHEN mentee_answered_at IS NULL THEN mentor ELSE mentee END"),
                ("mentor_answered_at", "mentor"),
                ("mentee_answered_at", "mentee"),
            ]),
        Table::of("proposal_links", &[Naming::Goes("person"), Naming::With("proposal", "proposals")]),
        Table::kept(
            "pairing_turns",
            "a count of the coordinator's acts in an edition, and the one that is being carried out",
        ),
    ],
};
