//! The room: meetings and negotiations that are opened to observers, who may be there, for which items, and under which undertaking.
//! A sitting has a number and an item a number, a class and times; nothing holds a title, a figure or what is talked about. Who is in
//! and who is out is computed (`place`), never stored. What happened in the room is `record`'s.
//!
//! What an observer declares of their conflicts of interest is sealed (`vault`).

mod access;
mod actions;
mod api;
mod calendar;
mod forwarding;
mod held;
mod inviting;
mod items;
mod jobs;
pub mod learning;
mod letters;
mod links;
pub mod model;
mod pages;
mod past;
pub mod place;
mod places;
mod plan_form;
mod policy;
pub mod record;
mod seating;
mod sharing;
mod sides;
mod store;
mod undertakings;
mod voice;

use crate::erasure::{Blank, Hindrance, Naming};
use crate::features::{Feature, Table, joined};
use crate::mail::Receiver;
use crate::mentorships::{Companion, OF_THE_PAIR};

pub use access::Access;
pub use actions::{
    By, Wanted, cancel, change, draft, host_agrees, host_refuses, open, other_side_agrees, other_side_takes_back,
};
pub use calendar::CALENDAR;
pub use held::actions::{finish, hold};
use held::actions::{reckon, took_place};
pub use inviting::invite;
pub use items::actions::{Planned, chair_agrees, classify};
pub use places::{Places, places_of};
pub use policy::actions::clear;
pub use record::waiting_for_secretary;
pub use seating::actions::{Settled, answer, ask, declare, settle, share_out, sign, sign_now, withdraw};
pub use seating::store::{Counts, seat_counts_of, spoken_for, undertakings_of};
pub use sides::actions::name as name_side;
pub use store::{items_of, sitting};
pub use voice::{VOICE, waiting_for};

/// What ends with a pair: its wishes, and its seats that are to come.
pub const COMPANION: Companion = Companion {
    name: "observations",
    begins: |_, _, _, _| Box::pin(async { Ok(()) }),
    ends: |app, tx, pair| Box::pin(seating::actions::part(app, tx, pair)),
};

/// Invitations that somebody forwards from their calendar.
pub const RECEIVER: Receiver = Receiver {
    name: "observations",
    receives: |app, incoming| Box::pin(async move { Ok(forwarding::receive(&app, incoming).await?) }),
};

/// Why what somebody signed stays.
const SIGNED: &str = "evidence that somebody undertook to keep silent, when and until when; the words name them, and of these the digest \
                      stays, which proves them to whoever brings the name";

/// A sitting that is still to come is held or called off before whoever opens it, leads it, keeps its record or observes it is erased.
pub const HINDRANCE: Hindrance =
    Hindrance { name: "observations", hinders: |tx, leaving| Box::pin(actions::keeps(tx, leaving)) };

pub const FEATURE: Feature = Feature {
    name: "observations",
    doors: || {
        [
            pages::doors(),
            items::doors(),
            seating::doors(),
            sides::doors(),
            held::doors(),
            policy::doors(),
            links::doors(),
            inviting::doors(),
            forwarding::doors(),
            api::doors(),
            record::doors(),
            learning::doors(),
        ]
        .concat()
    },
    jobs: &joined::<_, { jobs::KINDS.len() + inviting::jobs::KINDS.len() + forwarding::KINDS.len() + learning::JOBS.len() }>(&[
        jobs::KINDS,
        inviting::jobs::KINDS,
        forwarding::KINDS,
        learning::JOBS,
    ]),
    notices: &joined::<_, { letters::KINDS.len() + learning::NOTICES.len() }>(&[letters::KINDS, learning::NOTICES]),
    tables: &[
        Table::of("observation_policies", &[Naming::By("changed_by", &[])])
            .because("what an organisation allows is nobody's personal data"),
        Table::of("policy_versions", &[Naming::By("written_by", &[])])
            .because("what an organisation allowed when is nobody's personal data"),
        Table::of("undertaking_texts", &[Naming::By("written_by", &[])])
            .because("a text is nobody's personal data; what was signed refers to it"),
        Table::of(
            "sittings",
            &[
                Naming::By("host", &[]),
                Naming::By("chair", &[]),
                Naming::By("keeper", &[]),
                Naming::By("opened_by", &[]),
                Naming::By("other_side_by", &[]),
            ],
        )
        .because(
            "what records, items and undertakings are of; it names accounts, and those outside until ninety days after its end",
        )
        .quotes(&["host_name", "host_address", "chair_name", "chair_address"]),
        Table::of("sitting_sides", &[Naming::By("named_by", &[])])
            .because("against whom conflicts of interest were declared; emptied ninety days after the end of the sitting"),
        Table::kept("sitting_competencies", "what a sitting shows is nobody's personal data"),
        Table::of("sitting_items", &[Naming::By("classified_by", &[]), Naming::By("agreed_by", &[])])
            .because("evidence of how an item was classified, and when; it names nobody but who did so"),
        Table::of("item_classes", &[Naming::By("written_by", &[])])
            .because("evidence of which class an item had when; it names nobody but who gave it"),
        Table::of("item_templates", &[Naming::By("written_by", &[])])
            .because("classes in an order are nobody's personal data"),
        Table::of(
            "seats",
            &[
                Naming::Stays("observer", &[]),
                Naming::By("asked_by", &[]),
                Naming::By("secretary", &[]),
                Naming::By("settled_by", &[]),
            ],
        )
        .because(
            "evidence of who was let in, by whom and when, to which records and undertakings point; what was declared of conflicts is \
             sealed under a key that goes with whoever declared it",
        )
        .sealed(&["conflict_words"]),
        Table::of("seat_standings", &[Naming::With("seat", "seats")])
            .because("evidence of who held a seat when, and for which items a conflict counted"),
        Table::of("seat_conflict_items", &[Naming::With("seat", "seats")])
            .because("evidence of why somebody was kept out of an item; it holds identifiers"),
        Table::of("undertakings", &[Naming::Stays("observer", &[Blank::Text("words", "")])]).because(SIGNED),
        Table::of("replaced_undertakings", &[Naming::Stays("observer", &[Blank::Text("words", "")])]).because(SIGNED),
        Table::of("clearances", &[Naming::Stays("person", &[]), Naming::By("given_by", &[])])
            .because("evidence of who was let to confidential items, by whom and until when"),
        Table::kept("sitting_links", "links of whoever has no account, as digests, until some hours after the sitting"),
        Table::of("forwarded_calendars", &[Naming::Goes("person")]).untold(),
        Table::of("forwarding_addresses", &[Naming::Goes("person")]).untold(),
        Table::of(
            "sitting_invitations",
            &[Naming::By("invited_by", &[Blank::Text("name", ""), Blank::Text("address", "")])],
        )
        .because(
            "that somebody asked somebody else to open a sitting; of whom nothing stays for more than ninety days, or than whoever asked",
        )
        .quotes(&["name", "address"]),
        Table::kept(
            "sitting_invitation_links",
            "links of whoever is asked to open a sitting, as digests, as long as the invitation is kept",
        ),
        Table::of("sitting_invitation_mails", &[Naming::Goes("asked_by")]).untold(),
        Table::kept(
            "record_entries",
            "evidence of who was in the room for what, and the list of insiders, which has to be kept for five years (Regulation (EU) \
             No 596/2014 Art. 18(5)); it holds identifiers and sealed words",
        ),
        Table::kept("record_heads", "where each record ends; it names nobody"),
        Table::of("insider_duties", &[Naming::Stays("observer", &[Blank::Null("words")])]).because(
            "evidence that whoever heard inside information was told what follows, and in which words (Regulation (EU) No 596/2014 \
             Art. 18(2)); of the words, which name them, the digest stays",
        ),
        Table::of("attendances", &[Naming::Stays("observer", &[])])
            .because("minutes that follow from the records, which are kept"),
        Table::of("loops", &[Naming::With("seat", "seats")]).because(OF_THE_PAIR),
        Table::of("predictions", &[Naming::GoesAlone("author")])
            .because(OF_THE_PAIR)
            .sealed(&["words", "outcome"])
            .by_row("seat"),
        Table::of("loop_talks", &[Naming::Stays("line_by", &[]), Naming::Stays("proposed_by", &[])])
            .because(OF_THE_PAIR)
            .sealed(&["line", "practice"])
            .by_row("seat"),
    ],
};
