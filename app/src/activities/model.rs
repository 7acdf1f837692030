//! What a plan holds, where the mentee stands on each competency, and when a debrief is owed. Pure.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::identity::PersonId;
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::problems::Problems;
use crate::vault::{Sealed, Words};

crate::id!(/// Something that the mentee will be taught, observe, visit or practise.
    ActivityId);

/// So many activities a plan has at most; a page shows them all.
pub const MOST_ACTIVITIES: usize = 100;
const LONGEST_WHAT: usize = 200;
const LONGEST_WATCH: usize = 1000;
const LONGEST_DEBRIEF: usize = 4000;
const MOST_MINUTES: i64 = 7 * 24 * 60;
/// A debrief is due so many hours after the end: later, one remembers what one thinks of it and not what one saw.
const DEBRIEF_WITHIN: i64 = 48;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "ActivityKind")]
pub enum Kind {
    Teaching,
    MeetingObservation,
    NegotiationObservation,
    FieldTrip,
    NegotiationPractice,
    SpeakingPractice,
    Workshop,
    Reading,
}

impl Kind {
    pub const ALL: [Self; 8] = [
        Self::Teaching,
        Self::MeetingObservation,
        Self::NegotiationObservation,
        Self::FieldTrip,
        Self::NegotiationPractice,
        Self::SpeakingPractice,
        Self::Workshop,
        Self::Reading,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Teaching => "teaching",
            Self::MeetingObservation => "meeting-observation",
            Self::NegotiationObservation => "negotiation-observation",
            Self::FieldTrip => "field-trip",
            Self::NegotiationPractice => "negotiation-practice",
            Self::SpeakingPractice => "speaking-practice",
            Self::Workshop => "workshop",
            Self::Reading => "reading",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn key(self) -> String {
        format!("activities-kind-{}", self.code())
    }

    /// What the mentee does there.
    pub fn way(self) -> Way {
        match self {
            Self::Teaching | Self::Workshop | Self::Reading => Way::Taught,
            Self::MeetingObservation | Self::NegotiationObservation | Self::FieldTrip => Way::Seen,
            Self::NegotiationPractice | Self::SpeakingPractice => Way::Practised,
        }
    }
}

/// How a competency is come by: somebody explains it, somebody is seen at it, one does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Taught,
    Seen,
    Practised,
}

impl Way {
    pub const ALL: [Self; 3] = [Self::Taught, Self::Seen, Self::Practised];

    pub fn code(self) -> &'static str {
        match self {
            Self::Taught => "taught",
            Self::Seen => "seen",
            Self::Practised => "practised",
        }
    }

    pub fn key(self) -> String {
        format!("activities-way-{}", self.code())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "ActivityState")]
pub enum State {
    Planned,
    Done,
    LetGo,
}

impl State {
    pub const ALL: [Self; 3] = [Self::Planned, Self::Done, Self::LetGo];

    pub fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Done => "done",
            Self::LetGo => "let-go",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    pub fn key(self) -> String {
        format!("activities-state-{}", self.code())
    }
}

/// A day, or a month where no day is known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    pub on: Date,
    pub is_month: bool,
}

impl When {
    /// A month begins with its first day.
    pub fn new(on: Date, is_month: bool) -> Self {
        Self { on: if is_month { on.first_of_month() } else { on }, is_month }
    }

    /// The last day on which it may be.
    pub fn last(self) -> Date {
        if self.is_month { self.on.last_of_month() } else { self.on }
    }
}

/// An activity as somebody writes it into the plan.
#[derive(Clone, Debug)]
pub struct Row {
    /// None for a new one.
    pub id: Option<ActivityId>,
    pub kind: Kind,
    pub competency: Option<String>,
    pub when: When,
    pub what: Words,
    /// What to watch for.
    pub watch: Words,
}

fn too_long(most: usize) -> Message {
    Message::new("activities-too-long").with("most", most)
}

/// The form's name for a field of a row.
pub fn field(name: &str, row: usize) -> String {
    format!("{name}-{row}")
}

/// Whole when each row says what it is. `places` are the rows' numbers in the form.
pub fn plan(rows: Vec<Row>, places: &[usize]) -> Result<Vec<Row>, Problems> {
    let mut problems = Problems::default();
    for (row, place) in rows.iter().zip(places) {
        if row.what.as_str().is_empty() {
            problems.add(field("what", *place), Message::new("activities-what-missing"));
        }
        if row.what.is_longer_than(LONGEST_WHAT) {
            problems.add(field("what", *place), too_long(LONGEST_WHAT));
        }
        if row.watch.is_longer_than(LONGEST_WATCH) {
            problems.add(field("watch", *place), too_long(LONGEST_WATCH));
        }
    }
    if rows.len() > MOST_ACTIVITIES {
        problems.add("", Message::new("activities-many").with("most", MOST_ACTIVITIES));
    }
    problems.or(rows)
}

#[derive(Serialize, Deserialize)]
struct Text {
    what: String,
    watch: String,
}

impl Row {
    pub fn words(&self) -> Words {
        Said { what: self.what.clone(), watch: self.watch.clone() }.words()
    }
}

/// What an activity says, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub what: Words,
    pub watch: Words,
}

impl Said {
    /// As it is sealed.
    pub fn words(&self) -> Words {
        let text = Text { what: self.what.as_str().to_owned(), watch: self.watch.as_str().to_owned() };
        Words::new(serde_json::to_string(&text).unwrap_or_default())
    }

    pub fn of(words: &Words) -> Option<Self> {
        let text: Text = serde_json::from_str(words.as_str()).ok()?;
        Some(Self { what: Words::new(text.what), watch: Words::new(text.watch) })
    }
}

/// An activity as it is stored, with what there is of its debrief.
#[derive(Clone, Debug)]
pub struct Activity {
    pub id: ActivityId,
    pub mentorship: MentorshipId,
    pub author: PersonId,
    pub kind: Kind,
    pub competency: Option<String>,
    pub when: When,
    pub words: Sealed,
    pub state: State,
    pub ended_at: Option<Timestamp>,
    pub minutes: Option<i64>,
    pub settled_by: Option<PersonId>,
    pub reason: Option<Sealed>,
    pub changed_at: Timestamp,
    /// How often it was changed, for calendars.
    pub sequence: i64,
    /// When its debrief was written, whether it is still there or was destroyed since.
    pub debriefed_at: Option<Timestamp>,
    /// Since when nothing may be written of it any more: the day has come on which its debrief was to be destroyed.
    pub debrief_closed_at: Option<Timestamp>,
}

impl Activity {
    /// Until when its debrief is to be written, if one is owed.
    pub fn debrief_due(&self) -> Option<Timestamp> {
        let is_owed = self.state == State::Done && self.debriefed_at.is_none() && self.debrief_closed_at.is_none();
        self.ended_at.filter(|_| is_owed).map(debrief_due)
    }

    /// Whether it is planned and nothing was written of it after: what was debriefed was done once, whatever the plan says of it now.
    pub fn is_to_be_done(&self) -> bool {
        self.state == State::Planned && self.debriefed_at.is_none() && self.debrief_closed_at.is_none()
    }

    /// Whether its time has gone and nobody said what became of it.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.state == State::Planned && self.when.last() < today
    }
}

pub fn debrief_due(ended_at: Timestamp) -> Timestamp {
    ended_at.saturating_add(SignedDuration::from_hours(DEBRIEF_WITHIN)).unwrap_or(ended_at)
}

/// When an activity was done, and when its debrief was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    pub id: ActivityId,
    pub ended_at: Option<Timestamp>,
    pub debriefed_at: Option<Timestamp>,
}

/// How an activity went, as far as the plan asks.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    pub ended_at: Timestamp,
    pub minutes: Option<i64>,
}

impl Done {
    pub fn parse(done: Self, now: Timestamp) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        if done.ended_at > now {
            problems.add("day", Message::new("activities-ended-future"));
        }
        if done.minutes.is_some_and(|minutes| !(1..=MOST_MINUTES).contains(&minutes)) {
            problems.add("minutes", Message::new("activities-minutes-wrong"));
        }
        problems.or(done)
    }
}

/// Why an activity is let go has to be said.
pub fn reason(text: &str) -> Result<Words, Problems> {
    let words = Words::typed(text);
    if words.as_str().is_empty() {
        return Err(Problems::one("reason", Message::new("activities-reason-missing")));
    }
    if words.is_longer_than(LONGEST_WATCH) {
        return Err(Problems::one("reason", too_long(LONGEST_WATCH)));
    }
    Ok(words)
}

/// A debrief as it is stored.
#[derive(Clone, Debug)]
pub struct Debrief {
    pub activity: ActivityId,
    pub author: PersonId,
    pub visibility: Visibility,
    pub words: Sealed,
    pub written_at: Option<Timestamp>,
    pub version: i64,
}

/// What the mentee expected, saw and will practise.
#[derive(Clone, Debug, Default)]
pub struct Reflection {
    pub visibility: Visibility,
    pub expected: Words,
    pub seen: Words,
    /// What was seen through what the mentee had chosen to watch for, each by its key: an observation asks for it apart.
    pub through: Vec<(String, Words)>,
    pub practise: Words,
}

#[derive(Serialize, Deserialize)]
struct Thought {
    expected: String,
    seen: String,
    #[serde(default)]
    through: Vec<(String, String)>,
    practise: String,
}

impl Reflection {
    /// Beforehand only what is expected can be said; afterwards what was seen has to be.
    pub fn parse(reflection: Self, is_done: bool) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let is_empty = |words: &Words| words.as_str().is_empty();
        let is_unseen = is_empty(&reflection.seen) && reflection.through.iter().all(|(_, words)| is_empty(words));
        if is_done && is_unseen {
            problems.add("seen", Message::new("activities-seen-missing"));
        }
        if !is_done && reflection.expected.as_str().is_empty() {
            problems.add("expected", Message::new("activities-expected-missing"));
        }
        let fields =
            [("expected", &reflection.expected), ("seen", &reflection.seen), ("practise", &reflection.practise)];
        for (name, words) in fields {
            if words.is_longer_than(LONGEST_DEBRIEF) {
                problems.add(name, too_long(LONGEST_DEBRIEF));
            }
        }
        for (place, (_, words)) in reflection.through.iter().enumerate() {
            if words.is_longer_than(LONGEST_DEBRIEF) {
                problems.add(field("through", place), too_long(LONGEST_DEBRIEF));
            }
        }
        if !matches!(reflection.visibility, Visibility::OnlyMe | Visibility::Pair) {
            problems.add("visibility", Message::new("activities-visibility-unknown"));
        }
        problems.or(reflection)
    }

    pub fn words(&self) -> Words {
        let thought = Thought {
            expected: self.expected.as_str().to_owned(),
            seen: self.seen.as_str().to_owned(),
            through: self.through.iter().map(|(key, words)| (key.clone(), words.as_str().to_owned())).collect(),
            practise: self.practise.as_str().to_owned(),
        };
        Words::new(serde_json::to_string(&thought).unwrap_or_default())
    }

    pub fn of(visibility: Visibility, words: &Words) -> Option<Self> {
        let thought: Thought = serde_json::from_str(words.as_str()).ok()?;
        Some(Self {
            visibility,
            expected: Words::new(thought.expected),
            seen: Words::new(thought.seen),
            through: thought.through.into_iter().map(|(key, text)| (key, Words::new(text))).collect(),
            practise: Words::new(thought.practise),
        })
    }

    /// Whether a figure stands in it. A note with figures is a document that somebody may have to hand over.
    pub fn has_figures(&self) -> bool {
        let fields = [&self.expected, &self.seen, &self.practise];
        fields.iter().any(|words| words.as_str().chars().any(|letter| letter.is_ascii_digit()))
    }
}

/// Where the mentee stands on a competency, as far as the plan tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub done: usize,
    pub planned: usize,
    pub debriefed: usize,
    /// The ways by which nobody has planned or done anything yet.
    pub missing: Vec<Way>,
}

/// What was done and is planned for a competency, and what is still to come by.
pub fn standing(competency: &str, activities: &[Activity]) -> Standing {
    let of = || activities.iter().filter(|activity| activity.competency.as_deref() == Some(competency));
    let count = |state: State| of().filter(|activity| activity.state == state).count();
    let has = |way: Way| of().any(|activity| activity.state != State::LetGo && activity.kind.way() == way);
    Standing {
        done: count(State::Done),
        planned: count(State::Planned),
        debriefed: of().filter(|activity| activity.debriefed_at.is_some()).count(),
        missing: Way::ALL.into_iter().filter(|way| !has(*way)).collect(),
    }
}

/// How the plans of pairs stand, in figures: what anybody who may know of the pair may know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub planned: i64,
    pub done: i64,
    pub minutes: i64,
    /// The next day on which something is planned; of a month, its first.
    pub next_on: Option<Date>,
    /// Debriefs that are owed, those in time among them.
    pub owed: i64,
    /// The end of what the oldest of them is owed for.
    pub owed_since: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn activity(kind: Kind, competency: &str, state: State) -> Activity {
        Activity {
            id: ActivityId(Uuid::nil()),
            mentorship: MentorshipId(Uuid::nil()),
            author: PersonId(Uuid::nil()),
            kind,
            competency: Some(competency.to_owned()),
            when: When::new(date(2027, 3, 14), false),
            words: Sealed::empty(),
            state,
            ended_at: None,
            minutes: None,
            settled_by: None,
            reason: None,
            changed_at: Timestamp::UNIX_EPOCH,
            sequence: 0,
            debriefed_at: None,
            debrief_closed_at: None,
        }
    }

    #[test]
    fn a_month_lasts_to_its_end() {
        let month = When::new(date(2027, 2, 14), true);
        assert_eq!((month.on, month.last()), (date(2027, 2, 1), date(2027, 2, 28)));
        let mut one = activity(Kind::Reading, "x", State::Planned);
        one.when = month;
        assert!(!one.is_overdue(date(2027, 2, 28)) && one.is_overdue(date(2027, 3, 1)));
        one.state = State::Done;
        assert!(!one.is_overdue(date(2027, 3, 1)));
    }

    #[test]
    fn a_debrief_is_owed_for_two_days_after_the_end() {
        let mut one = activity(Kind::FieldTrip, "x", State::Done);
        assert_eq!(one.debrief_due(), None);
        one.ended_at = Some("2027-03-01T10:00:00Z".parse().unwrap());
        assert_eq!(one.debrief_due(), Some("2027-03-03T10:00:00Z".parse().unwrap()));
        one.debriefed_at = one.ended_at;
        assert_eq!(one.debrief_due(), None);
    }

    #[test]
    fn what_is_still_to_come_by_follows_from_the_plan() {
        let plan = [
            activity(Kind::Teaching, "negotiation", State::Done),
            activity(Kind::NegotiationObservation, "negotiation", State::Planned),
            activity(Kind::NegotiationPractice, "negotiation", State::LetGo),
            activity(Kind::SpeakingPractice, "persuasion", State::Planned),
        ];
        let negotiation = standing("negotiation", &plan);
        assert_eq!((negotiation.done, negotiation.planned), (1, 1));
        assert_eq!(negotiation.missing, [Way::Practised], "what was let go is not practised");
        assert_eq!(standing("ethics", &plan).missing, Way::ALL);
    }

    #[test]
    fn a_row_says_what_it_is() {
        let row = |what: &str| Row {
            id: None,
            kind: Kind::Reading,
            competency: None,
            when: When::new(date(2027, 3, 1), false),
            what: Words::new(what),
            watch: Words::new("qué pide primero"),
        };
        assert!(plan(vec![row("Leer")], &[3]).is_ok());
        let problems = plan(vec![row("Leer"), row("")], &[0, 7]).unwrap_err();
        assert!(problems.of("what-7").next().is_some() && problems.iter().count() == 1);
        let many = plan((0..=MOST_ACTIVITIES).map(|_| row("Leer")).collect(), &[]);
        assert!(many.unwrap_err().of("").next().is_some());
        assert_eq!(Said::of(&row("Leer").words()).unwrap().watch, Words::new("qué pide primero"));
    }

    #[test]
    fn a_reflection_says_what_was_seen_once_it_was() {
        let reflection = |expected: &str, seen: &str| Reflection {
            visibility: Visibility::Pair,
            expected: Words::new(expected),
            seen: Words::new(seen),
            ..Reflection::default()
        };
        assert!(Reflection::parse(reflection("tensión", ""), false).is_ok());
        assert!(Reflection::parse(reflection("tensión", ""), true).is_err());
        assert!(Reflection::parse(reflection("", "calma"), true).is_ok());
        assert!(Reflection::parse(reflection("", "calma"), false).is_err());
        let through = |text: &str| vec![("anchors".to_owned(), Words::new(text))];
        let watched = Reflection { through: through("calma"), ..reflection("", "") };
        assert!(Reflection::parse(watched.clone(), true).is_ok(), "what was seen through a lens is seen");
        assert!(Reflection::parse(Reflection { through: through(""), ..reflection("", "") }, true).is_err());
        assert_eq!(Reflection::of(Visibility::Pair, &watched.words()).unwrap().through, watched.through);
        let handed = Reflection { visibility: Visibility::Submitted, ..reflection("", "calma") };
        assert!(Reflection::parse(handed, true).is_err());
        assert!(reflection("", "pidió 300").has_figures() && !reflection("", "pidió mucho").has_figures());
        assert_eq!(Reflection::of(Visibility::Pair, &reflection("a", "b").words()).unwrap().seen, Words::new("b"));
        let now: Timestamp = "2027-03-01T10:00:00Z".parse().unwrap();
        assert!(Done::parse(Done { ended_at: now, minutes: Some(90) }, now).is_ok());
        assert!(
            Done::parse(Done { ended_at: now + SignedDuration::from_secs(1), minutes: Some(0) }, now)
                .unwrap_err()
                .iter()
                .count()
                == 2
        );
        assert!(reason("").is_err());
    }
}
