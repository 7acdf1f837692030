//! What reviews say on the pages of their pair: which were given and which comes next; to the two what is theirs to write, and to the
//! mentee alone that there is a letter.

use std::collections::HashMap;

use jiff::civil::{Date, Time};

use super::model::{Due, Kind, State, due, may_write};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::Viewer;
use crate::mentorships::voices::{Section, Step, Voice, When, Word, Words};
use crate::mentorships::{Mentorship, MentorshipId};
use crate::problems::Failure;
use crate::programmes::{self, Edition, EditionId};

pub const VOICE: Voice =
    Voice { name: "reviews", says: |app, viewer, pairs| Box::pin(async move { says(&app, &viewer, &pairs).await }) };

async fn says(app: &App, viewer: &Viewer, pairs: &[Mentorship]) -> Result<Words, Failure> {
    let ids: Vec<MentorshipId> = pairs.iter().map(|pair| pair.id).collect();
    let states = store::states_of(&app.db, viewer.organisation, &ids).await?;
    let editions = programmes::editions(&app.db, viewer.organisation).await?;
    let editions: HashMap<EditionId, &Edition> = editions.iter().map(|edition| (edition.id, edition)).collect();
    let none = State::default();
    let word = |pair: &Mentorship| {
        let edition = editions.get(&pair.edition)?;
        let today = app.now().to_zoned_datetime(edition.settings.calendar.time_zone()).date();
        let state = states.get(&pair.id).unwrap_or(&none);
        let stand = Stand { viewer, pair, state, due: due(edition, pair), today, edition };
        Some((pair.id, stand.word()))
    };
    Ok(pairs.iter().filter_map(word).collect())
}

/// How the reviews of a pair stand for a reader.
struct Stand<'a> {
    viewer: &'a Viewer,
    pair: &'a Mentorship,
    state: &'a State,
    due: Due,
    today: Date,
    edition: &'a Edition,
}

impl Stand<'_> {
    fn word(&self) -> Word {
        let is_own = self.pair.is_of(self.viewer);
        let link = is_own.then(|| (self.href("reviews"), Message::new("reviews-voice-link")));
        let section = Section { title: Message::new("reviews-voice-title"), lines: self.lines(), link };
        let steps = if is_own { self.steps() } else { Vec::new() };
        Word { section: Some(section), steps, ..Word::default() }
    }

    fn href(&self, page: &str) -> String {
        format!("/mentorships/{}/{page}", self.pair.id)
    }

    /// What was given, and what comes next.
    fn lines(&self) -> Vec<Message> {
        let said = |kind: Kind| match self.state.how_many(kind) {
            0 => None,
            count => Some(Message::new(format!("reviews-voice-{}", kind.code())).with("count", count)),
        };
        let mut lines: Vec<Message> = Kind::ALL.into_iter().filter_map(said).collect();
        let waits = |kind: &Kind| self.state.how_many(*kind) < 2 && self.comes(*kind);
        if let Some(next) = Kind::ALL.into_iter().find(waits) {
            let day = self.viewer.lang.date(self.due.of(next));
            lines.push(Message::new(format!("reviews-voice-next-{}", next.code())).with("day", day));
        }
        if lines.is_empty() {
            lines.push(Message::new("reviews-voice-none"));
        }
        lines
    }

    /// Whether a review may still be written, now or once it is due.
    fn comes(&self, kind: Kind) -> bool {
        may_write(kind, self.pair, &self.due, self.today.max(self.due.of(kind))).is_ok()
            && (kind != Kind::FollowUp || self.pair.ended_at.is_some())
    }

    fn steps(&self) -> Vec<Step> {
        let me = self.viewer.person;
        let mut steps = Vec::new();
        let runs = self.pair.ended_at.is_none();
        for kind in Kind::ALL {
            let is_due = self.today >= self.due.of(kind) && self.comes(kind);
            let is_past = kind == Kind::Midpoint && self.today >= self.due.closure;
            let other_gave = self.state.how_many(kind) > 0;
            if self.state.gave(kind, me) || !self.comes(kind) || is_past || !(is_due || other_gave) {
                continue;
            }
            let when = if other_gave { When::OtherWaits } else { self.from(self.due.of(kind)) };
            steps.push(self.step(kind.code(), when, &format!("reviews/{}", kind.code())));
        }
        if runs && self.state.how_many(Kind::Closure) == 2 {
            steps.push(self.step("close", When::Anytime, "reviews/closure"));
        }
        if self.pair.mentee == me {
            steps.extend(self.letter(runs));
        }
        steps
    }

    /// A letter that waits to be opened, or that may still be written at the start.
    fn letter(&self, runs: bool) -> Option<Step> {
        match self.state.letter {
            Some(letter) if !letter.opened && self.today >= self.due.follow_up => {
                Some(self.step("letter-open", When::Anytime, "letter"))
            }
            None if runs && self.pair.agreed_at.is_some() && self.today < self.due.midpoint => {
                Some(self.step("letter-write", When::Anytime, "letter"))
            }
            _ => None,
        }
    }

    /// The beginning of a day, where the edition counts its days.
    fn from(&self, day: Date) -> When {
        let zone = self.edition.settings.calendar.time_zone();
        zone.to_timestamp(day.to_datetime(Time::midnight())).map_or(When::Anytime, When::By)
    }

    fn step(&self, name: &str, when: When, page: &str) -> Step {
        Step {
            when,
            title: Message::new(format!("reviews-step-{name}-title")),
            text: Message::new(format!("reviews-step-{name}-text")),
            button: Message::new(format!("reviews-step-{name}-button")),
            href: self.href(page),
        }
    }
}
