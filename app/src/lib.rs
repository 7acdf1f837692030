//! Telémaco: executive mentoring programmes, from enrolment to returns. `ARCHITECTURE.md` is the map.

pub mod cli;
pub mod db;
pub mod i18n;
pub mod pairing;
pub mod people;
pub mod sheets;
pub mod web {
    pub mod figures;
}
