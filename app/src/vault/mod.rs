//! Words that people write in confidence, sealed at rest. Each author has a data key in each mentorship, and another for what is
//! for them alone; data keys are wrapped under the installation's key, which is in a file or in the environment and never in the
//! database. Who may read what is not decided here: a feature asks that first, and then for the words.
//!
//! A feature says where a text stands ([`Place`]) and keeps the [`Sealed`] that it gets; it never sees a key. Sealed words open
//! in their place alone: under another organisation, mentorship, author, drawer, table, column or row they are refused, and so they
//! are where another instant stands with them than that at which they were written ([`Sealed::written_at`]). For a
//! list, [`keys`] reads the keys of all its mentorships with one statement, and [`Keys::open`] opens row by row without waiting.
//!
//! [Decision 0013](../../../docs/decisions/0013-content-keys.md) says why it is so.

mod actions;
mod cipher;
mod keyring;
mod mark;
mod store;
mod words;

use uuid::Uuid;

use crate::erasure::Naming;
use crate::features::{Feature, Table};
use crate::identity::{OrganisationId, PersonId};

pub use actions::{
    Keys, OwnKeys, Rotated, State, destroy_keys_of, keys, keys_of_author, ready, rotate, seal, seal_over, state,
};
pub use keyring::{KeyId, Trouble, Vault, line_of};
pub use mark::signature;
pub use words::{Closed, Sealed, Words};

pub const FEATURE: Feature = Feature {
    name: "vault",
    doors: Vec::new,
    jobs: &[],
    notices: &[],
    tables: &[
        Table::of("content_keys", &[Naming::Goes("author")]).untold(),
        Table::kept("vault_keys", "fingerprints of the installation's keys are nobody's personal data"),
    ],
};

/// Where a text stands, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub organisation: OrganisationId,
    pub mentorship: Uuid,
    pub author: PersonId,
    pub drawer: Drawer,
    pub table: &'static str,
    pub column: &'static str,
    pub row: Uuid,
}

/// Which of an author's keys in a mentorship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Drawer {
    /// What at least one other may read.
    Shared,
    /// What only the author may read.
    OnlyMe,
}

/// Whose data key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Owner {
    organisation: OrganisationId,
    mentorship: Uuid,
    author: PersonId,
    drawer: Drawer,
}

impl Drawer {
    fn code(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::OnlyMe => "only-me",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        [Self::Shared, Self::OnlyMe].into_iter().find(|drawer| drawer.code() == code)
    }
}

impl Place {
    /// A place for what an organisation has to keep, whoever wrote it: under a key of its own, which goes with nobody. Whoever asks for it
    /// with [`keys`] says the organisation's identifier.
    pub fn of_house(organisation: OrganisationId, (table, column, row): (&'static str, &'static str, Uuid)) -> Self {
        let (mentorship, author) = (organisation.0, PersonId(organisation.0));
        Self { organisation, mentorship, author, drawer: Drawer::Shared, table, column, row }
    }

    /// A place for what somebody keeps for themselves outside every mentorship, as a password for their calendar: under a key of their own,
    /// which goes with them. Whoever asks for it with [`keys`] says the person's identifier.
    pub fn of_person(
        organisation: OrganisationId,
        person: PersonId,
        (table, column, row): (&'static str, &'static str, Uuid),
    ) -> Self {
        Self { organisation, mentorship: person.0, author: person, drawer: Drawer::OnlyMe, table, column, row }
    }

    fn owner(&self) -> Owner {
        let Self { organisation, mentorship, author, drawer, .. } = *self;
        Owner { organisation, mentorship, author, drawer }
    }
}
