//! The list of features, and what each offers to the platform. A new feature is a folder and a line here.

pub use crate::erasure::Table;
use crate::web::Door;
use crate::{
    activities, audit, baselines, breakglass, calendar, concerns, copies, erasure, frameworks, goals, health, home,
    identity, jobs, journal, mail, meetings, mentorships, notices, observations, outcomes, pairing, people, programmes,
    reviews, vault, web,
};

/// What a feature offers, as plain data and functions.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    /// The name of its folder, its locale file and its story.
    pub name: &'static str,
    pub doors: fn() -> Vec<Door>,
    pub jobs: &'static [jobs::Kind],
    /// What it tells people of.
    pub notices: &'static [notices::Kind],
    pub tables: &'static [Table],
}

/// Slices of one thing as one, for a feature whose rooms offer each their own; `N` is what they come to together.
pub const fn joined<T: Copy, const N: usize>(parts: &[&[T]]) -> [T; N] {
    let mut all = [parts[0][0]; N];
    let (mut part, mut at) = (0, 0);
    while part < parts.len() {
        let mut place = 0;
        while place < parts[part].len() {
            all[at] = parts[part][place];
            at += 1;
            place += 1;
        }
        part += 1;
    }
    all
}

/// Every table, those that others refer to before them.
pub fn tables() -> impl DoubleEndedIterator<Item = &'static Table> {
    ALL.iter().flat_map(|feature| feature.tables)
}

/// A table by its name.
pub fn table(name: &str) -> Option<&'static Table> {
    tables().find(|table| table.name == name)
}

/// In the order in which they may know each other: a feature knows only those above it.
pub static ALL: &[Feature] = &[
    web::FEATURE,
    jobs::FEATURE,
    audit::FEATURE,
    identity::FEATURE,
    notices::FEATURE,
    calendar::FEATURE,
    vault::FEATURE,
    erasure::FEATURE,
    frameworks::FEATURE,
    people::FEATURE,
    programmes::FEATURE,
    mentorships::FEATURE,
    baselines::FEATURE,
    pairing::FEATURE,
    meetings::FEATURE,
    goals::FEATURE,
    activities::FEATURE,
    journal::FEATURE,
    observations::FEATURE,
    reviews::FEATURE,
    outcomes::FEATURE,
    copies::FEATURE,
    concerns::FEATURE,
    breakglass::FEATURE,
    health::FEATURE,
    home::FEATURE,
];

/// Who has something to say of an edition, on the pages of `programmes`, which come before them. The later has the last word.
pub static SPEAKERS_OF_EDITIONS: &[programmes::Speaker] =
    &[mentorships::SPEAKER, pairing::SPEAKER, observations::learning::SPEAKER, concerns::SPEAKER, health::SPEAKER];

/// Who has something to do when somebody leaves an edition.
pub static FOLLOWERS_OF_DEPARTURES: &[programmes::Follower] = &[mentorships::FOLLOWER];

/// Who has something to do when an edition was changed.
pub static AFTERTHOUGHTS_OF_EDITIONS: &[programmes::Afterthought] = &[reviews::AFTERTHOUGHT];

/// Who says which days somebody works.
pub static WORKED: notices::Worked = programmes::WORKED;

/// Who says which mentees of an edition have a mentor.
pub static MENTORED: programmes::Mentored = mentorships::MENTORED;

/// Who says which of them have or had one.
pub static ASSIGNED: programmes::Mentored = mentorships::ASSIGNED;

/// Who says which lines pairs released to a reader.
pub static RELEASES: programmes::Releases = outcomes::RELEASES;

/// Who may have something under way that keeps an edition open.
pub static HINDRANCES_TO_CLOSING: &[programmes::Hindrance] = &[mentorships::HINDRANCE, pairing::HINDRANCE];

/// Who has something to say of a pair, on the pages of `mentorships`, which come before them.
pub static VOICES_OF_PAIRS: &[mentorships::voices::Voice] = &[
    mentorships::VOICE,
    meetings::VOICE,
    goals::VOICE,
    activities::VOICE,
    observations::VOICE,
    journal::VOICE,
    reviews::VOICE,
    outcomes::VOICE,
    copies::VOICE,
    concerns::VOICE,
    breakglass::VOICE,
];

/// What a pair shares, for whom its agreement lets open it. `breakglass` asks it, and nobody else may.
pub static SHELVES_OF_PAIRS: &[mentorships::shelves::Shelf] =
    &[mentorships::SHELF, meetings::SHELF, goals::SHELF, activities::SHELF, journal::SHELF, reviews::SHELF];

/// Who keeps something from somebody who reads the trail.
pub static DISCRETIONS: &[audit::Discretion] = &[mentorships::DISCRETION, breakglass::DISCRETION];

/// Who keeps a page of its own for the debrief of some activities.
pub static DEBRIEFERS: &[activities::Debriefer] = &[observations::learning::DEBRIEFER];

/// What begins and ends with a pair.
pub static COMPANIONS_OF_PAIRS: &[mentorships::Companion] =
    &[meetings::COMPANION, observations::COMPANION, reviews::COMPANION, health::COMPANION];

/// Who may have something under way that has to be ended before somebody is erased.
pub static HINDRANCES_TO_ERASURE: &[erasure::Hindrance] = &[
    identity::HINDRANCE,
    people::HINDRANCE,
    mentorships::HINDRANCE_TO_ERASURE,
    pairing::HINDRANCE_TO_ERASURE,
    pairing::RUN_HINDERS_ERASURE,
    observations::HINDRANCE,
    concerns::HINDRANCE,
];

/// Who takes in what somebody sends to an address of their own.
pub static RECEIVERS: &[mail::Receiver] = &[observations::RECEIVER];

/// What features have for somebody's calendar, and who of theirs has to find a time.
pub static CALENDARS: &[calendar::Offer] =
    &[mentorships::CALENDAR, meetings::CALENDAR, activities::CALENDAR, observations::CALENDAR];
