//! Sittings, items and seats: what they are and the rules that need nothing but themselves. Pure. Who may be in the room is `place`'s.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::activities::model::{ActivityId, Kind as ActivityKind};
use crate::i18n::Message;
use crate::identity::{OrganisationId, PersonId};
use crate::mentorships::MentorshipId;
use crate::problems::Problems;
use crate::programmes::EditionId;
use crate::vault::{Sealed, Words};

crate::id!(/// A meeting or a negotiation that is opened to observers.
    SittingId);
crate::id!(/// An item of a sitting.
    ItemId);
crate::id!(/// One mentee's seat at one sitting.
    SeatId);
crate::id!(/// That somebody without account is asked to open a sitting.
    InvitationId);
crate::id!(/// A text that observers sign.
    TextId);
crate::id!(/// Classes in the order of the items.
    TemplateId);
crate::id!(/// That somebody is cleared for confidential items.
    ClearanceId);

/// So many items a sitting has at most.
pub const MOST_ITEMS: usize = 40;
/// So many observers are a public.
pub const MOST_SEATS: i64 = 20;
/// So many classes a template has at most.
pub const MOST_CLASSES: usize = 16;
/// So many templates an organisation keeps at most.
pub const MOST_TEMPLATES: usize = 30;
const LONGEST_PLACE: usize = 120;
const LONGEST_LINK: usize = 500;
pub(super) const LONGEST_NAME: usize = 120;
const LONGEST_CONFLICT: usize = 2000;
pub(super) const LONGEST_SITTING: SignedDuration = SignedDuration::from_hours(24);

/// The nouns that are stored as a word; those that are shown have the key of their name.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident, $key:literal, $($variant:ident => $code:literal),+ $(,)?) => {
        words!($(#[$meta])* $name, $($variant => $code),+);

        impl $name {
            /// The key of its name.
            pub fn key(self) -> String {
                $key.replace("{}", self.code())
            }
        }
    };
    ($(#[$meta:meta])* $name:ident, $($variant:ident => $code:literal),+ $(,)?) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        $(#[$meta])*
        pub enum $name {
            $($variant),+
        }

        impl $name {
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$variant),+];

            /// As it is stored.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code),+
                }
            }

            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|word| word.code() == code)
            }
        }
    };
}

words!(
    /// What is opened.
    #[schemars(rename = "SittingKind")]
    Kind, "observations-kind-{}", Meeting => "meeting", Negotiation => "negotiation"
);

words!(
    /// How far an item is closed.
    #[schemars(rename = "ItemClass")]
    Class, "observations-class-{}",
    Open => "open",
    Confidential => "confidential",
    LegalAdvice => "legal-advice",
    InsideInformation => "inside-information",
    Supervisory => "supervisory",
);

words!(
    /// Where a sitting stands: a draft until its host agrees, open to wishes, shared out where there were more wishes than seats, held,
    /// or cancelled.
    #[schemars(rename = "SittingState")]
    State, "observations-state-{}",
    Draft => "draft",
    Open => "open",
    Shared => "shared",
    Held => "held",
    Cancelled => "cancelled",
);

words!(
    /// Where a seat stands.
    SeatState, "observations-seat-{}",
    Asked => "asked",
    Held => "held",
    Refused => "refused",
    Withdrawn => "withdrawn",
    NotShared => "not-shared",
);

words!(
    /// Yes or no.
    #[schemars(rename = "SeatAnswer")]
    Answer, Agreed => "agreed", Refused => "refused"
);

words!(
    /// What is known of an observer's conflicts of interest. A barred observer has one that counts for every item.
    Declaration, "observations-conflict-{}",
    NotAsked => "not-asked",
    None => "none",
    Declared => "declared",
    Settled => "settled",
    Barred => "barred",
);

words!(
    /// Whether an observer may be at confidential items: never, with clearance and undertaking, or with an undertaking alone.
    Confidential, "observations-confidential-{}",
    Never => "never",
    Cleared => "cleared",
    Undertaken => "undertaken",
);

words!(
    /// What a link of a mail does.
    LinkAct, Host => "host", Chair => "chair"
);

words!(
    /// Why somebody got a seat of the share-out, or did not: there was room for all; those who had had fewer came first; among these,
    /// those who had the competency still to see; among these, whoever had asked first; they got a seat elsewhere; there was
    /// no seat left for anybody.
    ShareReason,
    Enough => "enough",
    Fewest => "fewest",
    Competency => "competency",
    Earlier => "earlier",
    Elsewhere => "elsewhere",
    Full => "full",
);

impl Kind {
    /// The kind of activity that it fulfils.
    pub fn activity(self) -> ActivityKind {
        match self {
            Self::Meeting => ActivityKind::MeetingObservation,
            Self::Negotiation => ActivityKind::NegotiationObservation,
        }
    }
}

impl Class {
    /// How far it is closed. From a class to a closer one nobody is let in who was out.
    pub fn closeness(self) -> u8 {
        match self {
            Self::Open => 0,
            Self::Confidential => 1,
            Self::LegalAdvice | Self::InsideInformation | Self::Supervisory => 2,
        }
    }

    /// Whether no observer is ever in.
    pub fn is_closed(self) -> bool {
        self.closeness() == 2
    }
}

impl State {
    /// Whether it is still to come and seats can be asked for.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Shared)
    }
}

impl SeatState {
    /// Whether the wish or the seat still stands.
    pub fn stands(self) -> bool {
        matches!(self, Self::Asked | Self::Held)
    }
}

/// What an organisation lets observers do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    pub confidential: Confidential,
    pub open_without_undertaking: bool,
    /// Whether a seat needs the secretary's agreement beside the host's.
    pub secretary_agrees: bool,
    /// 0 while nobody wrote one.
    pub version: i64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            confidential: Confidential::Cleared,
            open_without_undertaking: false,
            secretary_agrees: true,
            version: 0,
        }
    }
}

/// Whoever receives observers or chairs: a person, or a name and an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Somebody {
    pub person: Option<PersonId>,
    pub name: String,
    pub address: String,
}

impl Somebody {
    pub fn is_nobody(&self) -> bool {
        self.person.is_none() && self.address.is_empty()
    }

    pub fn is(&self, person: PersonId) -> bool {
        self.person == Some(person)
    }
}

/// A meeting or negotiation that is opened to observers. It has a number and no title.
#[derive(Clone, Debug)]
pub struct Sitting {
    pub id: SittingId,
    pub organisation: OrganisationId,
    pub edition: EditionId,
    pub number: i64,
    pub kind: Kind,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub zone: String,
    pub place: String,
    pub link: String,
    pub seats: i64,
    pub terms: Terms,
    pub host: Somebody,
    pub host_agreed_at: Option<Timestamp>,
    pub chair: Somebody,
    /// Whether somebody else than the host presided of whom nothing is kept any more.
    pub is_chair_forgotten: bool,
    pub keeper: Option<PersonId>,
    pub opened_by: PersonId,
    pub other_side_agreed_at: Option<Timestamp>,
    /// Who recorded that; nobody where it was the host by a link.
    pub other_side_by: Option<PersonId>,
    /// From when to when it had agreed before: what was recorded then is judged by it.
    pub other_side_was: Vec<(Timestamp, Timestamp)>,
    pub state: State,
    pub changed_at: Timestamp,
    pub version: i64,
}

/// Under which undertaking somebody observes, and for how long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    pub text: Option<TextId>,
    pub lasts_months: Option<i64>,
    pub notes_days: Option<i64>,
}

/// Whether something that is so since an instant, if it is, was so at another.
fn is_since(since: Option<Timestamp>, at: Timestamp) -> bool {
    since.is_some_and(|since| since <= at)
}

impl Sitting {
    /// Whether the other side had agreed by an instant, where there is one.
    pub fn has_other_side(&self, at: Timestamp) -> bool {
        let had = |(from, until): &(Timestamp, Timestamp)| *from <= at && at < *until;
        self.kind == Kind::Meeting || is_since(self.other_side_agreed_at, at) || self.other_side_was.iter().any(had)
    }

    /// From when to when the other side agreed, in the order of time; the last of them holds where it has no end.
    pub fn other_side_spans(&self) -> Vec<(Timestamp, Option<Timestamp>)> {
        let mut spans: Vec<_> = self.other_side_was.iter().map(|(from, until)| (*from, Some(*until))).collect();
        spans.extend(self.other_side_agreed_at.map(|from| (from, None)));
        // What was a negotiation as a draft may be a meeting since.
        spans.retain(|_| self.kind == Kind::Negotiation);
        spans.sort_unstable_by_key(|(from, _)| *from);
        spans
    }

    /// Whether the other side agreed at any time of what was planned, where there is one.
    pub fn had_other_side(&self) -> bool {
        let is_of_it = |(from, until): &(Timestamp, Option<Timestamp>)| {
            *from < self.ends_at && until.is_none_or(|until| self.starts_at < until)
        };
        self.kind == Kind::Meeting || self.other_side_spans().iter().any(is_of_it)
    }

    /// What the other side agreed to holds no more from an instant on. Says whether it had agreed.
    pub fn without_other_side(&mut self, now: Timestamp) -> bool {
        self.other_side_by = None;
        let agreed_at = self.other_side_agreed_at.take();
        self.other_side_was.extend(agreed_at.map(|agreed_at| (agreed_at, now)));
        agreed_at.is_some()
    }

    /// The zone on whose clock it is.
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// The day on which it begins, on its own clock.
    pub fn day(&self) -> Date {
        self.time_zone().to_datetime(self.starts_at).date()
    }

    /// Who agrees to the classes of the items: the chair, or the host where nobody is named.
    pub fn presiding(&self) -> &Somebody {
        if self.chair.is_nobody() && !self.is_chair_forgotten { &self.host } else { &self.chair }
    }

    pub fn has_begun(&self, now: Timestamp) -> bool {
        self.starts_at <= now
    }

    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends_at <= now
    }

    pub fn minutes(&self) -> i64 {
        (self.ends_at.as_second() - self.starts_at.as_second()) / 60
    }

    /// Whether what ended at an instant can have been this sitting: after it began, and on the day of its end at the latest, since whoever types
    /// it may know the day better than the hour.
    pub fn can_have_ended(&self, at: Timestamp) -> bool {
        let day = |at: Timestamp| self.time_zone().to_datetime(at).date();
        self.starts_at <= at && day(at) <= day(self.ends_at)
    }
}

/// When, where and for how many, as somebody says it.
#[derive(Clone, Debug)]
pub struct Plan {
    pub kind: Kind,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub zone: String,
    pub place: String,
    pub link: String,
    pub seats: i64,
    pub competencies: Vec<String>,
    pub host: Somebody,
    pub chair: Somebody,
    pub keeper: Option<PersonId>,
}

pub(super) fn too_long(most: usize) -> Message {
    Message::new("observations-too-long").with("most", most)
}

impl Plan {
    pub fn parse(plan: Self, now: Timestamp) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        if plan.starts_at <= now {
            problems.add("day", Message::new("observations-starts-past"));
        }
        let length = plan.starts_at.duration_until(plan.ends_at);
        if !length.is_positive() || length > LONGEST_SITTING {
            problems.add("until", Message::new("observations-length-wrong"));
        }
        if !(1..=MOST_SEATS).contains(&plan.seats) {
            problems.add("seats", Message::new("observations-seats-wrong").with("most", MOST_SEATS));
        }
        for (field, text, most) in [
            ("place", &plan.place, LONGEST_PLACE),
            ("link", &plan.link, LONGEST_LINK),
            ("host-name", &plan.host.name, LONGEST_NAME),
            ("chair-name", &plan.chair.name, LONGEST_NAME),
        ] {
            if text.chars().count() > most {
                problems.add(field, too_long(most));
            }
        }
        if !plan.link.is_empty() && !plan.link.starts_with("https://") {
            problems.add("link", Message::new("observations-link-wrong"));
        }
        if plan.host.is_nobody() {
            problems.add("host", Message::new("observations-host-missing"));
        }
        problems.or(plan)
    }
}

/// An item as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub id: ItemId,
    pub sitting: SittingId,
    pub number: i64,
    pub class: Option<Class>,
    pub planned_from: Option<Timestamp>,
    pub planned_to: Option<Timestamp>,
    pub classified_at: Option<Timestamp>,
    pub agreed_at: Option<Timestamp>,
}

/// The classes of items as somebody saw them who agrees to them.
pub fn classes_seen(items: &[Item]) -> String {
    let seen = |item: &Item| format!("{}:{}", item.number, item.class.map_or("-", Class::code));
    items.iter().map(seen).collect::<Vec<_>>().join(" ")
}

/// Whether the chair's agreement stays when an item changes its class: a closer one lets nobody in whom the chair kept out.
pub fn agreement_stays(before: Option<Class>, after: Option<Class>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => before == after || after.closeness() > before.closeness(),
        _ => false,
    }
}

/// A seat as it is stored, from the wish on.
#[derive(Clone, Debug)]
pub struct Seat {
    pub id: SeatId,
    pub sitting: SittingId,
    pub mentorship: MentorshipId,
    pub observer: PersonId,
    pub observer_name: String,
    pub activity: Option<ActivityId>,
    pub asked_by: PersonId,
    pub asked_at: Timestamp,
    pub state: SeatState,
    pub host_answer: Option<Answer>,
    pub secretary_answer: Option<Answer>,
    /// Since when the share-out has given a seat, or has not.
    pub shared_at: Option<Timestamp>,
    pub reason: Option<Reason>,
    pub conflict: Declaration,
    pub conflict_words: Option<Sealed>,
    pub sequence: i64,
    pub changed_at: Timestamp,
    pub version: i64,
    /// Since when the observer's undertaking for it is signed.
    pub signed_at: Option<Timestamp>,
    /// Since when it is known that nothing was open to them, at a sitting that was held without a record.
    pub kept_out_at: Option<Timestamp>,
}

impl Seat {
    /// Whether their undertaking was signed by an instant.
    pub fn has_signed(&self, at: Timestamp) -> bool {
        is_since(self.signed_at, at)
    }

    /// Whether everybody who has to has agreed.
    pub fn is_agreed(&self, policy: Policy) -> bool {
        let is = |answer: Option<Answer>| answer == Some(Answer::Agreed);
        is(self.host_answer) && (!policy.secretary_agrees || is(self.secretary_answer))
    }
}

/// Why the share-out gave somebody a seat or none, with its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    pub code: ShareReason,
    /// Seats that they had had before.
    pub had: i64,
    /// Whether a competency that the sitting shows was still to be seen by them.
    pub still: bool,
    pub wishes: i64,
    pub places: i64,
}

/// An undertaking as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undertaking {
    pub seat: SeatId,
    pub observer: PersonId,
    pub text: TextId,
    pub words: String,
    pub digest: Vec<u8>,
    pub signed_at: Timestamp,
    pub ends_on: Option<Date>,
    /// The day on which the notes of the observation are destroyed.
    pub notes_until: Option<Date>,
}

/// That somebody is cleared for confidential items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clearance {
    pub id: ClearanceId,
    pub person: PersonId,
    pub person_name: String,
    pub until: Date,
    pub given_at: Timestamp,
    /// Who gave it.
    pub given_by: String,
}

/// What an observer declares of their conflicts of interest; nothing where there is none.
pub fn declared(has_conflict: bool, text: &str) -> Result<Option<Words>, Problems> {
    if !has_conflict {
        return Ok(None);
    }
    let words = Words::typed(text);
    if words.as_str().is_empty() {
        return Err(Problems::one("conflict", Message::new("observations-conflict-missing")));
    }
    if words.is_longer_than(LONGEST_CONFLICT) {
        return Err(Problems::one("conflict", too_long(LONGEST_CONFLICT)));
    }
    Ok(Some(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_closer_class_keeps_the_agreement_of_the_chair() {
        use Class::{Confidential, InsideInformation, LegalAdvice, Open};
        assert!(agreement_stays(Some(Open), Some(Confidential)) && agreement_stays(Some(Open), Some(Open)));
        assert!(agreement_stays(Some(Confidential), Some(LegalAdvice)));
        assert!(!agreement_stays(Some(Confidential), Some(Open)) && !agreement_stays(None, Some(Open)));
        assert!(!agreement_stays(Some(LegalAdvice), Some(InsideInformation)), "closed for another reason");
        assert!(!agreement_stays(Some(Open), None));
        assert_eq!(Class::ALL.map(Class::is_closed), [false, false, true, true, true]);
    }

    #[test]
    fn a_plan_says_when_and_for_whom() {
        let now: Timestamp = "2027-03-01T10:00:00Z".parse().unwrap();
        let plan = Plan {
            kind: Kind::Meeting,
            starts_at: now + SignedDuration::from_hours(24),
            ends_at: now + SignedDuration::from_hours(26),
            zone: "Europe/Madrid".to_owned(),
            place: "Planta 4".to_owned(),
            link: String::new(),
            seats: 2,
            competencies: Vec::new(),
            host: Somebody { address: "host@example.org".to_owned(), ..Somebody::default() },
            chair: Somebody::default(),
            keeper: None,
        };
        assert!(Plan::parse(plan.clone(), now).is_ok());
        let wrong = Plan {
            starts_at: now,
            ends_at: now,
            seats: 0,
            link: "http://x".to_owned(),
            host: Somebody::default(),
            ..plan
        };
        let problems = Plan::parse(wrong, now).unwrap_err();
        for field in ["day", "until", "seats", "link", "host"] {
            assert!(problems.of(field).next().is_some(), "{field}");
        }
    }

    #[test]
    fn a_conflict_is_declared_in_words() {
        assert!(declared(false, "x").unwrap().is_none());
        assert!(declared(true, " ").is_err());
        assert_eq!(declared(true, "mi hermana").unwrap().unwrap().as_str(), "mi hermana");
    }
}
