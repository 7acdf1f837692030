//! A person as a spreadsheet row or a form tells it, before and apart from any record.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What somebody is here for; somebody may be both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    pub mentor: bool,
    pub mentee: bool,
}

/// On which side of mentoring somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    Mentee,
    Mentor,
}

/// A competency with the level held or wanted, 1 to 5, where one was given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CompetencyLevel {
    pub name: String,
    pub level: Option<u8>,
}

/// One person, parsed. Addresses are trimmed and in lower case; a list keeps the order in which it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDraft {
    pub address: String,
    pub name: String,
    pub title: Option<String>,
    pub unit: Option<String>,
    pub place: Option<String>,
    /// Primary language subtags: `es`, `en`, `eu`.
    pub languages: Vec<String>,
    /// A zone of the IANA database: `Europe/Madrid`.
    pub zone: Option<String>,
    /// The line manager: an address or an external id, as written.
    pub manager: Option<String>,
    pub external_id: Option<String>,
    pub biography: Option<String>,
    pub roles: Roles,
    /// How many mentees a mentor takes.
    pub capacity: Option<u32>,
    pub held: Vec<CompetencyLevel>,
    pub wanted: Vec<CompetencyLevel>,
    /// Addresses of those whom this person would like to be paired with, dearest first.
    pub preferences: Vec<String>,
    /// Addresses of those whom this person must not be paired with.
    pub conflicts: Vec<String>,
    /// Addresses of those who were this person's mentor before.
    pub former_mentors: Vec<String>,
    /// The post for which the person was nominated.
    pub post: Option<String>,
    /// Named attributes by key, each with the values of its cell.
    pub attributes: BTreeMap<String, Vec<String>>,
}

impl Side {
    pub const BOTH: [Self; 2] = [Self::Mentee, Self::Mentor];

    pub fn code(self) -> &'static str {
        match self {
            Self::Mentee => "mentee",
            Self::Mentor => "mentor",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|side| side.code() == code)
    }

    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Mentee => Self::Mentor,
            Self::Mentor => Self::Mentee,
        }
    }
}

impl PersonDraft {
    /// By what the person is found besides name and address: what everybody sees in the directory.
    pub fn words(&self) -> String {
        let texts = [&self.title, &self.unit, &self.place].into_iter().flatten().map(String::as_str);
        let held = self.held.iter().map(|held| held.name.as_str());
        texts.chain(held).collect::<Vec<_>>().join(" ")
    }

    /// What the person is called where people read it: the name, else the address.
    pub fn called(&self) -> &str {
        let name = self.name.trim();
        if name.is_empty() { self.address.as_str() } else { name }
    }
}
