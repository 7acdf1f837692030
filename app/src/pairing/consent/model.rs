//! Nouns and rules of consent: a proposal, where it stands, what each of the two may see of it, and what an answer makes of it.
//! Pure.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Couple;
use crate::i18n::Message;
use crate::identity::{OrganisationId, PersonId};
use crate::mentorships::told_reason;
use crate::pairing::runs::{ReasonKept, RunId};
use crate::people::model::Side;
use crate::problems::Problems;
use crate::programmes::EditionId;
use crate::vault::{Sealed, Words};

crate::id!(/// A pair of whom both sides are asked.
    ProposalId);

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    MentorAsked,
    /// The mentor has accepted; the mentee knows of the proposal from now on.
    MenteeAsked,
    Accepted,
    Published,
    /// One of the two said no, or the mentor nothing.
    Declined,
    /// By the coordinator, or since a newer run changed it.
    TakenBack,
}

#[derive(Clone, Debug)]
pub struct Proposal {
    pub id: ProposalId,
    pub organisation: OrganisationId,
    pub edition: EditionId,
    pub mentee: PersonId,
    pub mentor: PersonId,
    pub mentee_name: String,
    pub mentor_name: String,
    /// Messages as they are kept, which a list of hundreds has no use for: see [`Proposal::why_for`].
    pub why: String,
    pub state: State,
    /// Whether the last answer is one that nobody gave in time.
    pub by_silence: bool,
    pub mentor_until: Timestamp,
    /// Absent until the mentor has accepted.
    pub mentee_until: Option<Timestamp>,
    /// Whether the mail that asks has gone to the side whose answer is awaited: before, no window runs out.
    pub reached: bool,
    /// Whether that mail is given up.
    pub unreached: bool,
    /// Why somebody said no; the coordinator alone reads it (`reasons`).
    pub reason: Option<Sealed>,
    /// Since when it may be told that the proposal changed.
    pub closed_at: Option<Timestamp>,
    pub version: i64,
    pub(super) sort: Vec<u8>,
}

/// What one of the two may see of a proposal. Whether the other one has answered, and what, is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Without an end while the mail that asks has not gone and was to have gone long ago.
    Asked {
        until: Option<Timestamp>,
    },
    SaidYes {
        by_silence: bool,
    },
    SaidNo {
        by_silence: bool,
    },
    /// “The coordinator changed the proposal”, whatever happened.
    Changed,
    Published,
}

/// What somebody answers, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub accepts: bool,
    pub reason: Option<Words>,
}

/// A proposal as a newer run finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pairing) struct Standing {
    pub id: ProposalId,
    pub couple: Couple,
    pub state: State,
    /// Whether the mentee has been shown the mentor's name.
    pub mentee_knows: bool,
    pub closed: bool,
}

/// A pair of a run, and what became of it in the edition.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub place: i64,
    pub couple: Couple,
    pub mentee_sort: Vec<u8>,
    /// A [`Told`](crate::pairing::runs::Told) as it is kept.
    pub told: String,
    /// The proposal under way that it is, if it is one.
    pub stands: Option<ProposalId>,
    pub is_declined: bool,
}

/// What a run makes of some of its pairs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Renewal {
    /// Pairs to be asked, by their place in the list.
    pub asked: Vec<usize>,
    /// How many stand and are kept.
    pub kept: usize,
    /// Proposals of which somebody takes part no longer.
    pub taken_back: Vec<ProposalId>,
}

/// Something that the coordinator pressed and that is carried out in parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::pairing) struct Press {
    pub id: Uuid,
    pub by: PersonId,
    pub at: Timestamp,
    pub what: What,
    /// How many pairs of how many.
    pub done: usize,
    pub all: usize,
    pub came_of_it: Done,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "press", rename_all = "kebab-case")]
pub(in crate::pairing) enum What {
    Send {
        run: RunId,
        /// The last pair of the run that was looked at.
        place: i64,
    },
    Publish,
}

/// What came of a press so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::pairing) struct Done {
    pub asked: usize,
    pub kept: usize,
    pub taken_back: usize,
    pub mentorships: usize,
}

impl What {
    /// Whether the other is the same press, however far it has come.
    pub fn is_same(self, other: Self) -> bool {
        match (self, other) {
            (Self::Send { run: one, .. }, Self::Send { run: other, .. }) => one == other,
            (Self::Publish, Self::Publish) => true,
            _ => false,
        }
    }
}

impl Press {
    /// How far it has come, as a sentence.
    pub fn told(&self) -> Message {
        let key = match self.what {
            What::Send { .. } => "consent-still-sending",
            What::Publish => "consent-still-publishing",
        };
        Message::new(key).with("done", self.done).with("all", self.all)
    }
}

impl Done {
    pub fn and(self, other: Self) -> Self {
        Self {
            asked: self.asked + other.asked,
            kept: self.kept + other.kept,
            taken_back: self.taken_back + other.taken_back,
            mentorships: self.mentorships + other.mentorships,
        }
    }
}

impl State {
    pub const ALL: [Self; 6] =
        [Self::MentorAsked, Self::MenteeAsked, Self::Accepted, Self::Published, Self::Declined, Self::TakenBack];

    pub fn code(self) -> &'static str {
        match self {
            Self::MentorAsked => "mentor-asked",
            Self::MenteeAsked => "mentee-asked",
            Self::Accepted => "accepted",
            Self::Published => "published",
            Self::Declined => "declined",
            Self::TakenBack => "taken-back",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the pair may still come about without another run.
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::MentorAsked | Self::MenteeAsked | Self::Accepted)
    }
}

impl Proposal {
    /// On which side of it somebody stands, if they do.
    pub fn side_of(&self, person: PersonId) -> Option<Side> {
        match person {
            _ if person == self.mentee => Some(Side::Mentee),
            _ if person == self.mentor => Some(Side::Mentor),
            _ => None,
        }
    }

    /// Who stands on a side.
    pub fn person(&self, side: Side) -> PersonId {
        match side {
            Side::Mentee => self.mentee,
            Side::Mentor => self.mentor,
        }
    }

    /// What one side may see, or nothing: a mentee knows nothing of a mentor who has not accepted. A mentor who accepted sees
    /// the same whether the mentee is asked, has accepted or has declined; only the coordinator's next act changes it.
    pub fn seen_by(&self, side: Side, now: Timestamp) -> Option<Seen> {
        let mentor_declined = self.state == State::Declined && self.mentee_until.is_none();
        let has_time = |until: Timestamp| now < until || !self.reached;
        let asked = |until: Timestamp| Seen::Asked {
            until: Some(until).filter(|until| self.reached || (now < *until && !self.unreached)),
        };
        Some(match (side, self.state) {
            (Side::Mentee, _) if self.mentee_until.is_none() => return None,
            (_, State::TakenBack) => Seen::Changed,
            (_, State::Published) => Seen::Published,
            (Side::Mentor, State::MentorAsked) if has_time(self.mentor_until) => asked(self.mentor_until),
            (Side::Mentor, State::MentorAsked) => Seen::SaidNo { by_silence: true },
            (Side::Mentor, State::Declined) if mentor_declined => Seen::SaidNo { by_silence: self.by_silence },
            (Side::Mentor, State::Declined) if self.closed_at.is_some() => Seen::Changed,
            (Side::Mentor, State::MenteeAsked | State::Accepted | State::Declined) => {
                Seen::SaidYes { by_silence: false }
            }
            (Side::Mentee, State::MenteeAsked) => match self.mentee_until {
                Some(until) if has_time(until) => asked(until),
                _ => Seen::SaidYes { by_silence: true },
            },
            (Side::Mentee, State::Accepted) => Seen::SaidYes { by_silence: self.by_silence },
            (Side::Mentee, State::Declined) => Seen::SaidNo { by_silence: false },
            (Side::Mentee, State::MentorAsked) => return None,
        })
    }

    /// Where an answer leads, or `None` where nothing is asked of this side any more.
    pub fn after(&self, side: Side, accepts: bool, now: Timestamp) -> Option<State> {
        let Some(Seen::Asked { .. }) = self.seen_by(side, now) else { return None };
        Some(match (side, accepts) {
            (_, false) => State::Declined,
            (Side::Mentor, true) => State::MenteeAsked,
            (Side::Mentee, true) => State::Accepted,
        })
    }

    /// Until when an answer is waited for, and from which side.
    pub fn awaited(&self) -> Option<(Side, Timestamp)> {
        match self.state {
            State::MentorAsked => Some((Side::Mentor, self.mentor_until)),
            State::MenteeAsked => self.mentee_until.map(|until| (Side::Mentee, until)),
            _ => None,
        }
    }

    /// Why the two, as one side is told. A mentor is told how many words both texts share, and not which: what a mentee wrote of
    /// themselves is theirs to tell.
    pub fn why_for(&self, side: Side) -> Vec<Message> {
        let told = |reason: &Message| match (side, reason.key.as_ref()) {
            (Side::Mentor, "pairing-reason-words-these") => Message {
                key: "pairing-reason-words".into(),
                arguments: reason.arguments.iter().filter(|(name, _)| name == "count").cloned().collect(),
            },
            _ => reason.clone(),
        };
        let why: Vec<Message> = serde_json::from_str(&self.why).unwrap_or_default();
        why.iter().map(told).collect()
    }

    /// Which side said no.
    pub fn declined_by(&self) -> Option<Side> {
        (self.state == State::Declined).then_some(self.last_asked())
    }

    /// Who answered last, where somebody said no.
    pub fn last_answered_by(&self) -> PersonId {
        self.person(self.last_asked())
    }

    fn last_asked(&self) -> Side {
        if self.mentee_until.is_some() { Side::Mentee } else { Side::Mentor }
    }
}

impl Answer {
    pub fn new(word: &str, reason: &str) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let reason = told_reason(reason, &mut problems);
        let accepts = match word {
            "accept" => true,
            "decline" => false,
            _ => {
                problems.add("", Message::new("consent-answer-missing"));
                return Err(problems);
            }
        };
        problems.or(Self { accepts, reason: reason.filter(|_| !accepts).map(Words::new) })
    }
}

/// What of a pair's reasons the two themselves are told. Left out is whatever speaks of somebody's choice (who ranked whom), of
/// others (the load of a mentor), of criteria reserved to the rules, and of attributes that only the coordinator sees: those are the
/// reasons that name an attribute without saying its values.
pub fn told_to_pair(reasons: &[ReasonKept]) -> Vec<Message> {
    const TOLD: &[&str] = &[
        "pairing-reason-competency",
        "pairing-reason-competency-held",
        "pairing-reason-competency-levels",
        "pairing-reason-zone-same",
        "pairing-reason-zone-hours",
        "pairing-reason-zone-minutes",
        "pairing-reason-place-same",
        "pairing-reason-place-near",
        "pairing-reason-gap-values",
        "pairing-reason-similar-values",
        "pairing-reason-different-values",
        "pairing-reason-words-these",
    ];
    let told = reasons.iter().filter(|reason| TOLD.contains(&reason.text.key.as_ref()));
    told.map(|reason| reason.text.clone()).collect()
}

/// The last day on which an answer counts: a window ends with a midnight.
pub fn last_day(until: Timestamp, zone: &TimeZone) -> Date {
    let before = Timestamp::from_microsecond(until.as_microsecond() - 1).unwrap_or(until);
    before.to_zoned_datetime(zone.clone()).date()
}

/// What a run makes of some of its pairs: what stands is kept, and the others are asked. Those are not asked who declined each other or
/// parted (`parted`), whose mentee has a mentor already (`paired`), and of whom one takes part no longer (`takes_part`); what stood of
/// the last is taken back.
pub(super) fn renew(
    found: &[Found],
    parted: &HashSet<Couple>,
    paired: &HashSet<PersonId>,
    takes_part: impl Fn(Couple) -> bool,
) -> Renewal {
    let mut renewal = Renewal::default();
    for (row, one) in found.iter().enumerate() {
        match one.stands {
            Some(proposal) if !takes_part(one.couple) => renewal.taken_back.push(proposal),
            Some(_) => renewal.kept += 1,
            None if one.is_declined || parted.contains(&one.couple) || paired.contains(&one.couple.mentee) => {}
            None if takes_part(one.couple) => renewal.asked.push(row),
            None => {}
        }
    }
    renewal
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn id(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn now() -> Timestamp {
        "2027-01-11T09:00:00Z".parse().unwrap()
    }

    fn proposal(state: State, mentee_until: Option<Timestamp>) -> Proposal {
        Proposal {
            id: ProposalId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            edition: EditionId(Uuid::nil()),
            mentee: id(1),
            mentor: id(2),
            mentee_name: String::new(),
            mentor_name: String::new(),
            why: String::new(),
            state,
            by_silence: false,
            mentor_until: now() + SignedDuration::from_hours(1),
            mentee_until,
            reached: true,
            unreached: false,
            reason: None,
            closed_at: None,
            version: 1,
            sort: Vec::new(),
        }
    }

    #[test]
    fn a_mentee_knows_nothing_of_a_mentor_who_has_not_accepted() {
        for state in State::ALL {
            assert_eq!(proposal(state, None).seen_by(Side::Mentee, now()), None, "{state:?}");
        }
        let until = now() + SignedDuration::from_hours(1);
        assert_eq!(
            proposal(State::MenteeAsked, Some(until)).seen_by(Side::Mentee, now()),
            Some(Seen::Asked { until: Some(until) })
        );
    }

    #[test]
    fn a_mentor_who_accepted_cannot_tell_what_the_mentee_said() {
        let until = Some(now() + SignedDuration::from_hours(1));
        let seen = |state, closed: bool| {
            let closed_at = closed.then(now);
            Proposal { closed_at, ..proposal(state, until) }.seen_by(Side::Mentor, now())
        };
        let waiting = seen(State::MenteeAsked, false);
        assert_eq!(waiting, Some(Seen::SaidYes { by_silence: false }));
        assert_eq!(seen(State::Accepted, false), waiting);
        assert_eq!(seen(State::Declined, false), waiting, "nothing changes when the mentee declines");
        assert_eq!(seen(State::Declined, true), Some(Seen::Changed));
        assert_eq!(seen(State::TakenBack, true), Some(Seen::Changed), "nor can it be told from what was taken back");
    }

    #[test]
    fn a_window_that_ran_out_is_an_answer_already() {
        let late = now() + SignedDuration::from_hours(2);
        let asked = proposal(State::MentorAsked, None);
        assert_eq!(asked.after(Side::Mentor, true, now()), Some(State::MenteeAsked));
        assert_eq!(asked.after(Side::Mentor, true, late), None);
        assert_eq!(asked.seen_by(Side::Mentor, late), Some(Seen::SaidNo { by_silence: true }));
        let mentee = proposal(State::MenteeAsked, Some(now() + SignedDuration::from_hours(1)));
        assert_eq!(mentee.after(Side::Mentee, false, late), None);
        assert_eq!(mentee.seen_by(Side::Mentee, late), Some(Seen::SaidYes { by_silence: true }));
        assert_eq!(mentee.after(Side::Mentor, false, now()), None, "the mentor has answered");
    }

    #[test]
    fn no_window_runs_out_for_who_was_not_written_to() {
        let late = now() + SignedDuration::from_hours(2);
        let asked = |reached, unreached| Proposal { reached, unreached, ..proposal(State::MentorAsked, None) };
        assert_eq!(asked(false, false).seen_by(Side::Mentor, late), Some(Seen::Asked { until: None }));
        assert_eq!(asked(false, true).seen_by(Side::Mentor, now()), Some(Seen::Asked { until: None }));
        assert_eq!(asked(false, true).after(Side::Mentor, true, late), Some(State::MenteeAsked), "they may answer");
        let until = Some(now() + SignedDuration::from_hours(1));
        assert_eq!(asked(false, false).seen_by(Side::Mentor, now()), Some(Seen::Asked { until }));
        let mentee = Proposal { reached: false, ..proposal(State::MenteeAsked, until) };
        assert_eq!(mentee.seen_by(Side::Mentee, late), Some(Seen::Asked { until: None }), "silence is no yes");
        assert_eq!(mentee.seen_by(Side::Mentor, late), Some(Seen::SaidYes { by_silence: false }));
    }

    #[test]
    fn a_pair_is_told_nothing_of_choices_and_reserved_criteria() {
        let reason =
            |rule: &str, key: &'static str| ReasonKept { rule: rule.to_owned(), points: 10, text: Message::new(key) };
        let told = told_to_pair(&[
            reason("competencies", "pairing-reason-competency-levels"),
            reason("mentee-ranking", "pairing-reason-ranked-by-mentee"),
            reason("mentor-ranking", "pairing-reason-ranked-by-mentor"),
            reason("similar:salary", "pairing-reason-similar"),
            reason("reserved", "pairing-wish-reserved"),
            reason("balance", "pairing-reason-balance"),
        ]);
        assert_eq!(told, [Message::new("pairing-reason-competency-levels")]);
    }

    #[test]
    fn a_mentor_is_not_told_which_words_a_mentee_wrote() {
        let words = Message::new("pairing-reason-words-these").with("count", 2_i64).with("words", "divorcio, vela");
        let zone = Message::new("pairing-reason-zone-same");
        let asked =
            Proposal { why: serde_json::json!([words, zone]).to_string(), ..proposal(State::MentorAsked, None) };
        assert_eq!(
            asked.why_for(Side::Mentee),
            [words, zone.clone()],
            "whose words they are, and what mentors show anyway"
        );
        assert_eq!(asked.why_for(Side::Mentor), [Message::new("pairing-reason-words").with("count", 2_i64), zone]);
    }

    #[test]
    fn a_newer_run_keeps_what_it_holds() {
        let couple = |number: u128| Couple { mentee: id(number), mentor: id(10 + number) };
        let proposal = |number: u128| ProposalId(Uuid::from_u128(number));
        let found: Vec<Found> = (1..=7)
            .map(|number| Found {
                place: 0,
                couple: couple(number),
                mentee_sort: Vec::new(),
                told: String::new(),
                stands: [1, 6].contains(&number).then(|| proposal(number)),
                is_declined: number == 3,
            })
            .collect();
        let (parted, paired) = (HashSet::from([couple(4)]), HashSet::from([id(5)]));
        let renewal = renew(&found, &parted, &paired, |couple| couple.mentee != id(6) && couple.mentee != id(7));
        let left = "declined, parted, with a mentor, and no longer there";
        assert_eq!(renewal, Renewal { asked: vec![1], kept: 1, taken_back: vec![proposal(6)] }, "{left}");
    }

    #[test]
    fn a_window_is_told_by_its_last_day() {
        let madrid = TimeZone::get("Europe/Madrid").unwrap();
        assert_eq!(last_day("2027-01-14T23:00:00Z".parse().unwrap(), &madrid), jiff::civil::date(2027, 1, 14));
    }
}
