//! All pairs of an organisation at a glance: what other features know of them, in a fixed number of statements, and how each pair is.
//!
//! Ten thousand pairs take longer to look at than a page may. What follows from the look is remembered by this server until the
//! trail says that something was done, and at most for ten minutes: what leaves no entry in the trail, an answer to "did you
//! meet?" among it, shows up then.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::clocks::{self, Tick};
use super::model::{Agreement, Answers, Facts, Measure, Reviews, State, Taken, next};
use super::store;
use crate::app::App;
use crate::db::Error;
use crate::i18n::fold;
use crate::identity::{OrganisationId, Part, PersonId};
use crate::meetings::{self, Evidence};
use crate::mentorships::{self, Mentorship, MentorshipId, OpenAgreement};
use crate::people::model::Side;
use crate::programmes::model::Phase;
use crate::programmes::{self, Edition, EditionId, orientation};
use crate::reviews::{self, Kind};
use crate::{activities, audit, goals};

/// So long after its end something may still follow in a mentorship.
const FOLLOWED: SignedDuration = SignedDuration::from_hours(3 * 366 * 24);
/// So many days after its day a coordinator may still ask for what follows.
const ASKED_FOR: i64 = 90;

/// A pair, and what is known of it.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub pair: Mentorship,
    pub edition: Arc<Edition>,
    pub facts: Facts,
    pub taken: Vec<Taken>,
    /// What should have been done some time ago.
    pub late: Vec<Tick>,
    /// How it is, and how it is as far as one of the two may know.
    state: State,
    own_state: State,
    /// By what it is found.
    search: String,
}

/// How the agreement of which pair stands, who has read which orientation, and so on.
struct Known {
    evidence: HashMap<MentorshipId, Evidence>,
    agreements: HashMap<MentorshipId, OpenAgreement>,
    goals: HashMap<MentorshipId, goals::model::Counts>,
    plans: HashMap<MentorshipId, activities::model::Counts>,
    oriented: HashSet<(EditionId, Part, PersonId)>,
    taken: HashMap<MentorshipId, Vec<(Measure, Timestamp)>>,
    reviews: HashMap<MentorshipId, reviews::State>,
}

/// Who of the two has given which review.
fn reviews_of(pair: &Mentorship, given: &reviews::State) -> Reviews {
    let both = |kind| [pair.mentee, pair.mentor].map(|person| given.gave(kind, person));
    Reviews { midpoint: both(Kind::Midpoint), closure: both(Kind::Closure), follow_up: both(Kind::FollowUp) }
}

/// Looks at all pairs of an organisation that run, or that came to their end not long ago.
pub(super) async fn gather(app: &App, organisation: OrganisationId) -> Result<Vec<Line>, Error> {
    let now = app.now();
    let pairs = mentorships::watched(&app.db, organisation, now - FOLLOWED).await?;
    look_at(app, organisation, pairs).await
}

/// Looks at some pairs of an organisation.
pub(super) async fn look_at(
    app: &App,
    organisation: OrganisationId,
    pairs: Vec<Mentorship>,
) -> Result<Vec<Line>, Error> {
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let (db, now) = (&app.db, app.now());
    let ids: Vec<MentorshipId> = pairs.iter().map(|pair| pair.id).collect();
    let today = TimeZone::UTC.to_datetime(now).date();
    let mut oriented = HashSet::new();
    for (edition, part, people) in orientation::oriented_in(db, organisation).await? {
        oriented.extend(people.into_iter().map(|person| (edition, part, person)));
    }
    let mut taken: HashMap<MentorshipId, Vec<(Measure, Timestamp)>> = HashMap::new();
    for (pair, measure, at) in store::measures(db, &ids).await? {
        taken.entry(pair).or_default().push((measure, at));
    }
    let known = Known {
        evidence: meetings::evidence_of(db, &pairs, now).await?,
        agreements: mentorships::open_agreements(db, &ids).await?.into_iter().collect(),
        goals: goals::counts_of(db, &ids, today).await?.into_iter().collect(),
        plans: activities::counts_of(db, &ids, today).await?.into_iter().collect(),
        reviews: reviews::states_of(db, organisation, &ids).await?,
        oriented,
        taken,
    };
    let editions = programmes::editions(db, organisation).await?.into_iter();
    let editions: HashMap<EditionId, (Arc<Edition>, TimeZone)> = editions
        .map(|edition| (edition.id, (edition.settings.calendar.time_zone(), Arc::new(edition))))
        .map(|(id, (zone, edition))| (id, (edition, zone)))
        .collect();
    let line = |pair: Mentorship| {
        let (edition, zone) = editions.get(&pair.edition)?;
        Some(Line::new(pair, Arc::clone(edition), zone, &known, now))
    };
    Ok(pairs.into_iter().filter_map(line).collect())
}

impl Line {
    fn new(pair: Mentorship, edition: Arc<Edition>, zone: &TimeZone, known: &Known, now: Timestamp) -> Self {
        let day = |at: Timestamp| zone.to_datetime(at).date();
        let facts = facts((&pair, &edition), known, &day);
        let (settings, today) = (&edition.settings, day(now));
        // What has ended is in nobody's way.
        let has_ended = pair.ended_at.is_some();
        let state = |counts| if has_ended { State::OnTrack } else { facts.state(settings, today, counts) };
        let (state, own_state) = (state(true), state(false));
        let taken = known.taken.get(&pair.id).into_iter().flatten();
        let taken = taken.map(|(measure, at)| Taken { measure: *measure, on: day(*at) }).collect();
        let mut late = clocks::ticks(&facts, &edition, today);
        late.retain(|tick| tick.is_late(&settings.calendar, today));
        let words = [&pair.mentee_name, &pair.mentor_name, &pair.mentee_address, &pair.mentor_address];
        Self { state, own_state, late, search: fold(&words.map(String::as_str).join(" ")), pair, edition, facts, taken }
    }

    /// How it is, as far as this person may know.
    pub fn state(&self, reader: PersonId) -> State {
        if self.is_of(reader) { self.own_state } else { self.state }
    }

    pub fn is_of(&self, person: PersonId) -> bool {
        self.pair.side_of(person).is_some()
    }

    /// The day in the edition's calendar.
    pub fn today(&self, now: Timestamp) -> Date {
        self.edition.settings.calendar.time_zone().to_datetime(now).date()
    }

    /// What this coordinator would do next; nothing about a pair of which they are one, nor about one that has ended.
    pub fn next(&self, reader: PersonId, now: Timestamp) -> Option<Measure> {
        if self.is_of(reader) || !self.runs() {
            return None;
        }
        next(self.state, &self.facts, &self.taken, &self.edition.settings.calendar, self.today(now))
    }

    pub fn runs(&self) -> bool {
        self.pair.ended_at.is_none() && self.edition.phase() == Phase::Open
    }

    /// Whether it has ended and is late with what follows. After a while nobody is asked for it any more.
    fn is_followed(&self, now: Timestamp) -> bool {
        let today = self.today(now);
        let is_recent = |tick: &Tick| tick.due_on.saturating_add(ASKED_FOR.days()) >= today;
        self.pair.ended_at.is_some() && self.late.iter().any(is_recent)
    }
}

fn facts((pair, edition): (&Mentorship, &Edition), known: &Known, day: &impl Fn(Timestamp) -> Date) -> Facts {
    let evidence = known.evidence.get(&pair.id).cloned().unwrap_or_default();
    let open = known.agreements.get(&pair.id);
    let agreement = match (pair.agreed_at, open.and_then(|open| Some((open.since?, open.author)))) {
        (Some(at), _) => Agreement::Signed(day(at)),
        (None, Some((since, author))) => {
            Agreement::Waits(day(since), if author == pair.mentee { Side::Mentor } else { Side::Mentee })
        }
        (None, None) => Agreement::None,
    };
    let has_read = |part: Part, person: PersonId| known.oriented.contains(&(pair.edition, part, person));
    Facts {
        began_on: day(pair.began_at),
        ended_on: pair.ended_at.map(day),
        agreement,
        oriented: [has_read(Part::Mentee, pair.mentee), has_read(Part::Mentor, pair.mentor)],
        first: evidence.first.map(day),
        last: evidence.last.map(day),
        meetings: evidence.count,
        next: evidence.next.map(day),
        waiting: evidence.waiting_since.map(day).zip(evidence.proposed_by.map(Side::other)),
        // From here on nobody knows whose answer it was.
        answers: Answers {
            met: evidence.mentee_met.max(evidence.mentor_met).map(day),
            not_met: evidence.mentee_not.max(evidence.mentor_not).map(day),
        },
        open_promises: evidence.open_promises,
        first_due: evidence.first_due,
        goals: known.goals.get(&pair.id).copied(),
        plan: known.plans.get(&pair.id).copied(),
        due: reviews::due(edition, pair),
        reviews: known.reviews.get(&pair.id).map_or_else(Reviews::default, |given| reviews_of(pair, given)),
    }
}

/// How many pairs there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    /// Of those that run, how many are in which state, in the order of [`State::ALL`].
    pub states: [usize; 4],
    /// Those that are not on track, or late with something.
    pub attention: usize,
    /// Those after whom somebody should look.
    pub need_somebody: usize,
    /// Those that have ended and are late with what follows.
    pub ended: usize,
}

impl Figures {
    fn count(&mut self, line: &Line, reader: PersonId) {
        if line.runs() {
            self.states[line.state(reader) as usize] += 1;
        } else {
            self.ended += 1;
        }
        self.attention += usize::from(Shown::Attention.has(line, reader));
        self.need_somebody += usize::from(line.state(reader).needs_somebody() || !line.late.is_empty());
    }

    pub fn of(self, state: State) -> usize {
        self.states[state as usize]
    }

    /// Those that run.
    pub fn running(self) -> usize {
        self.states.iter().sum()
    }

    pub fn all(self) -> usize {
        self.running() + self.ended
    }
}

/// Which pairs a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Those that are not on track, or late with something.
    Attention,
    All,
    Only(State),
}

impl Shown {
    fn has(self, line: &Line, reader: PersonId) -> bool {
        match self {
            Self::Attention => line.state(reader) != State::OnTrack || !line.late.is_empty(),
            Self::All => true,
            Self::Only(only) => line.runs() && line.state(reader) == only,
        }
    }
}

/// The pairs of an organisation that run in open editions, and those that have ended and are late with what follows, in the order of
/// the mentees' names.
#[derive(Debug, Default)]
pub(super) struct Look {
    lines: Vec<Line>,
}

impl Look {
    pub async fn of(app: &App, organisation: OrganisationId) -> Result<Arc<Self>, Error> {
        let work = async {
            let mut lines = gather(app, organisation).await?;
            lines.retain(|line| line.runs() || line.is_followed(app.now()));
            Ok(Self { lines })
        };
        audit::remembered(app, (organisation.0, organisation.0), work).await
    }

    pub fn figures(&self, edition: EditionId, reader: PersonId) -> Figures {
        self.figures_by_edition(reader).remove(&edition).unwrap_or_default()
    }

    pub fn figures_by_edition(&self, reader: PersonId) -> BTreeMap<EditionId, Figures> {
        let mut figures: BTreeMap<EditionId, Figures> = BTreeMap::new();
        for line in &self.lines {
            figures.entry(line.pair.edition).or_default().count(line, reader);
        }
        figures
    }

    /// The pairs of an edition that a list shows, after one of them.
    pub fn shown<'a>(
        &'a self,
        edition: EditionId,
        reader: PersonId,
        shown: Shown,
        search: &str,
        after: Option<MentorshipId>,
    ) -> impl Iterator<Item = &'a Line> + use<'a> {
        let search = fold(search.trim());
        // Where that one is there no longer, the list begins anew.
        let start = after.and_then(|after| self.lines.iter().position(|line| line.pair.id == after));
        self.lines.iter().skip(start.map_or(0, |start| start + 1)).filter(move |line| {
            line.pair.edition == edition && shown.has(line, reader) && line.search.contains(&search)
        })
    }
}
