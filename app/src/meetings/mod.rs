//! Meetings of a pair: times that either side proposes and the other answers, the invitation and its changes, the agenda, notes,
//! promises, a line of reflection; and the question "did you meet?", put to both apart. A mentor's assistant acts on times and
//! places and reads nothing that was said.
//!
//! What somebody types is sealed (`vault`). What others may know of the meetings of pairs, counts and dates, is [`evidence_of`];
//! what each of the two answered when asked apart leaves this feature only there, for the health of pairs, and is shown to nobody.

mod actions;
mod api;
mod calendar;
mod diary;
mod jobs;
mod letters;
mod links;
mod model;
mod pages;
mod rehearsal;
mod reminding;
mod series;
mod shelf;
mod store;
mod voice;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::erasure::Naming;
use crate::features::{Feature, Table};
use crate::mentorships::{Companion, OF_THE_PAIR};
use crate::people::model::Side;

pub use actions::ask;
pub use calendar::CALENDAR;
pub use letters::{page_of, times_link};
pub use model::MeetingId;
pub use rehearsal::{Script, rehearse};
pub use shelf::SHELF;
pub use store::{Planned, assistants_of, between, evidence as evidence_of};
pub use voice::VOICE;

/// What begins and ends with a pair.
pub const COMPANION: Companion = Companion {
    name: "meetings",
    begins: |app, tx, organisation, pairs| Box::pin(actions::begin(app, tx, organisation, pairs)),
    ends: |app, tx, pair| Box::pin(actions::end(app, tx, pair)),
};

pub const FEATURE: Feature = Feature {
    name: "meetings",
    doors: || [pages::doors(), links::doors(), diary::doors(), api::doors()].concat(),
    jobs: jobs::KINDS,
    notices: letters::KINDS,
    tables: &[
        Table::of("meeting_series", &[Naming::With("mentorship", "mentorships")]).because(OF_THE_PAIR),
        Table::of(
            "meetings",
            &[Naming::With("mentorship", "mentorships"), Naming::By("place_by", &[]), Naming::By("created_by", &[])],
        )
        .because(OF_THE_PAIR)
        .sealed(&["place_words"]),
        Table::of("meeting_times", &[Naming::With("meeting", "meetings")]).because(OF_THE_PAIR),
        Table::of("meeting_texts", &[Naming::GoesAlone("author")]).because(OF_THE_PAIR).sealed(&["words"]),
        Table::of("meeting_points", &[Naming::Stays("author", &[])]).because(OF_THE_PAIR).sealed(&["words"]),
        Table::of("meeting_promises", &[Naming::Stays("author", &[])]).because(OF_THE_PAIR).sealed(&["words"]),
        Table::of("assistants", &[Naming::Goes("mentor"), Naming::Goes("assistant")]),
        Table::of("meeting_asks", &[Naming::Goes("person")]),
        Table::of("meeting_links", &[Naming::Goes("person"), Naming::With("ask", "meeting_asks")]),
    ],
};

/// What the system knows of the meetings of a pair: dates and counts, never a word. The two answers are for the health of a pair
/// alone; no page and no message says who answered what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// When the first and the last agreed meeting began whose time has come.
    pub first: Option<Timestamp>,
    pub last: Option<Timestamp>,
    /// How many these are, and how many minutes they took: as written down, else as planned.
    pub count: i64,
    pub minutes: i64,
    /// When the next agreed meeting begins.
    pub next: Option<Timestamp>,
    /// Since when proposed times wait for an answer.
    pub waiting_since: Option<Timestamp>,
    /// Who proposed them.
    pub proposed_by: Option<Side>,
    /// The last occasion of which each said, when asked apart, that they met, or that they did not.
    pub mentee_met: Option<Timestamp>,
    pub mentee_not: Option<Timestamp>,
    pub mentor_met: Option<Timestamp>,
    pub mentor_not: Option<Timestamp>,
    pub open_promises: i64,
    pub first_due: Option<Date>,
}
