//! Doors to mentorships: the coordinator's list of an edition, somebody's own, and the page of one.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use jiff::Timestamp;
use serde::Deserialize;

use super::actions;
use super::model::{Ending, Mentorship, MentorshipId, Parting};
use super::reading::with_reasons;
use super::store::{self, Counts, ON_A_PAGE, Shown};
use super::voices::{Heard, heard};
use crate::app::App;
use crate::db::After;
use crate::i18n::Message;
use crate::identity::{self, Act, Viewer};
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Edition, EditionId};
use crate::sheets::{Cell, Table};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, download, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let (coordinator, participant) = (Who::May(Act::ManageMentorships), Who::May(Act::TakePart));
    vec![
        Door::get("/editions/{id}/mentorships", coordinator, list),
        Door::get("/editions/{id}/mentorships/export", coordinator, export),
        Door::post("/editions/{id}/mentorships/end", coordinator, end_all),
        Door::get("/mentorships", participant, mine),
        Door::get("/mentorships/{id}", participant, one),
        Door::post("/mentorships/{id}/end", participant, end),
        Door::post("/mentorships/{id}/another", participant, another),
    ]
}

const MOST_EXPORTED: usize = 100_000;

#[derive(Clone, Debug, Default, Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    shown: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    form: String,
}

impl Search {
    fn shown(&self) -> Shown {
        if self.shown == "ended" { Shown::Ended } else { Shown::Running }
    }
}

#[derive(Template)]
#[template(path = "mentorships/list.html")]
struct ListPage {
    s: Shell,
    edition: Edition,
    search: Search,
    counts: Counts,
    rows: Vec<(Mentorship, Option<String>)>,
    more: Option<String>,
    now: Timestamp,
}

impl ListPage {
    fn title(&self) -> String {
        self.s.tell(&Message::new("mentorships-list-title").with("count", self.counts.running))
    }

    /// The day in the edition's own calendar.
    fn day(&self, at: &Timestamp) -> String {
        self.s.lang.date(at.to_zoned_datetime(self.edition.settings.calendar.time_zone()).date())
    }

    fn running(&self) -> String {
        self.s.tell(&Message::new("mentorships-shown-running").with("count", self.counts.running))
    }

    fn ended(&self) -> String {
        self.s.tell(&Message::new("mentorships-shown-ended").with("count", self.counts.ended))
    }

    fn end_all(&self) -> String {
        self.s.tell(&Message::new("mentorships-end-all-button").with("count", self.counts.running))
    }

    fn is_ended(&self) -> bool {
        self.search.shown() == Shown::Ended
    }

    /// Whether the edition's last day has come.
    fn is_over(&self) -> bool {
        self.edition.settings.calendar.time_zone().to_datetime(self.now).date() >= self.edition.ends_on
    }
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    let edition = programmes::edition_for(&app.db, &viewer, id, Act::ManageMentorships).await?;
    let after = After::parse(&search.after);
    let sought = identity::sought(&app, edition.organisation, &search.q).await?;
    let rows = store::page(&app.db, &edition, search.shown(), &sought, &after, ON_A_PAGE + 1).await?;
    let has_more = rows.len() > ON_A_PAGE;
    let rows = with_reasons(&app, &viewer, rows.into_iter().take(ON_A_PAGE).collect()).await?;
    let more = rows.last().filter(|_| has_more).map(|(last, _)| After::of(last.id.0, &last.sort));
    let counts = *super::counts(&app, &edition).await?;
    let s = Shell::of(&app, &viewer, &format!("/editions/{id}/mentorships"));
    page(&ListPage { s, edition, search, counts, rows, more, now: app.now() })
}

async fn end_all(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    let count = actions::end_all(&app, &viewer, id).await?;
    let list = format!("/editions/{id}/mentorships");
    Ok(see_other_with(&list, &Message::new("mentorships-end-all-done").with("count", count)))
}

async fn export(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    let edition = programmes::edition_for(&app.db, &viewer, id, Act::ManageMentorships).await?;
    let shown = search.shown();
    let sought = identity::sought(&app, edition.organisation, &search.q).await?;
    let rows = store::page(&app.db, &edition, shown, &sought, &After::default(), MOST_EXPORTED).await?;
    let lang = viewer.lang;
    let zone = edition.settings.calendar.time_zone();
    let day = |at: Timestamp| Cell::Text(at.to_zoned_datetime(zone.clone()).date().to_string());
    let text = |text: &str| Cell::Text(text.to_owned());
    let mut headings = vec![
        "mentorships-mentee",
        "mentorships-mentee-address",
        "mentorships-mentor",
        "mentorships-mentor-address",
        "mentorships-since",
        "mentorships-agreed",
    ];
    if shown == Shown::Ended {
        headings.extend(["mentorships-until", "mentorships-ending", "mentorships-another", "mentorships-reason"]);
    }
    let row = |(pair, reason): &(Mentorship, Option<String>)| {
        let mut cells = vec![
            text(&pair.mentee_name),
            text(&pair.mentee_address),
            text(&pair.mentor_name),
            text(&pair.mentor_address),
            day(pair.began_at),
            pair.agreed_at.map_or_else(|| text(""), &day),
        ];
        if shown == Shown::Ended {
            let another = if pair.another { lang.say("mentorships-yes") } else { String::new() };
            cells.extend([
                pair.ended_at.map_or_else(|| text(""), &day),
                Cell::Text(pair.ending.map(|ending| lang.say(&ending.key())).unwrap_or_default()),
                Cell::Text(another),
                Cell::Text(reason.clone().unwrap_or_default()),
            ]);
        }
        cells
    };
    let table = Table {
        title: lang.say("mentorships-sheet"),
        headings: headings.into_iter().map(|key| lang.say(key)).collect(),
        rows: with_reasons(&app, &viewer, rows).await?.iter().map(row).collect(),
    };
    download(&table, "mentorships", &search.form)
}

/// One of somebody's own, and in which edition.
struct Own {
    pair: Mentorship,
    side: Side,
    edition: String,
    since: String,
    heard: Heard,
}

impl Own {
    fn name(&self) -> &str {
        self.pair.other(self.side).0
    }
}

#[derive(Template)]
#[template(path = "mentorships/mine.html")]
struct MinePage {
    s: Shell,
    own: Vec<Own>,
}

impl MinePage {
    /// The page's title says whom one has.
    fn title(&self) -> String {
        let running = |side: Side| {
            let of_side = move |own: &&Own| own.side == side && own.pair.ended_at.is_none();
            self.own.iter().filter(of_side).collect::<Vec<_>>()
        };
        let message = match (running(Side::Mentee).as_slice(), running(Side::Mentor).as_slice()) {
            ([], []) => Message::new("mentorships-mine-none"),
            ([one, ..], []) => Message::new("mentorships-mine-mentor").with("name", one.pair.mentor_name.as_str()),
            ([], all) => Message::new("mentorships-mine-mentees").with("count", all.len()),
            ([one, ..], all) => Message::new("mentorships-mine-both")
                .with("name", one.pair.mentor_name.as_str())
                .with("count", all.len()),
        };
        self.s.tell(&message)
    }
}

async fn mine(State(app): State<App>, viewer: Viewer) -> Answer {
    let pairs = store::of_person(&app.db, viewer.person).await?;
    let editions = programmes::editions(&app.db, viewer.organisation).await?;
    let named = |id: EditionId| editions.iter().find(|edition| edition.id == id);
    let mut heard = heard(&app, &viewer, &pairs).await?;
    let own = pairs
        .into_iter()
        .filter_map(|pair| {
            let edition = named(pair.edition)?;
            let since = pair.began_at.to_zoned_datetime(edition.settings.calendar.time_zone()).date();
            Some(Own {
                side: pair.side_of(viewer.person)?,
                edition: edition.full_name(),
                since: viewer.lang.date(since),
                heard: heard.remove(&pair.id).unwrap_or_default(),
                pair,
            })
        })
        .collect();
    page(&MinePage { s: Shell::of(&app, &viewer, "/mentorships"), own })
}

#[derive(Template)]
#[template(path = "mentorships/one.html")]
struct OnePage {
    s: Shell,
    pair: Mentorship,
    edition: Edition,
    /// Where the reader stands; nowhere when it is the coordinator.
    side: Option<Side>,
    /// Whether the reader may say how it ended, and reads why.
    manages: bool,
    reason: Option<String>,
    since: String,
    until: Option<String>,
    heard: Heard,
    form: Form,
    problems: Problems,
}

impl OnePage {
    fn title(&self) -> String {
        let (mentee, mentor) = (self.pair.mentee_name.as_str(), self.pair.mentor_name.as_str());
        let message = match (self.side, self.pair.ended_at) {
            (Some(side), None) => {
                let key = match side {
                    Side::Mentee => "mentorships-one-mentor",
                    Side::Mentor => "mentorships-one-mentee",
                };
                Message::new(key).with("name", self.pair.other(side).0)
            }
            (Some(side), Some(_)) => Message::new("mentorships-one-ended").with("name", self.pair.other(side).0),
            (None, None) => Message::new("mentorships-one-pair").with("mentee", mentee).with("mentor", mentor),
            (None, Some(_)) => Message::new("mentorships-one-pair-ended").with("mentee", mentee).with("mentor", mentor),
        };
        self.s.tell(&message)
    }

    /// Whom the reader is paired with: name and address.
    fn other(&self) -> Option<(&str, &str)> {
        self.side.map(|side| self.pair.other(side))
    }

    /// Whether who left it rests until they ask for another match, as far as the reader may know.
    fn rests(&self) -> bool {
        self.pair.rests().is_some_and(|left| self.manages || self.side == Some(left))
    }

    /// Whether the reader left it and asked for another match.
    fn asked(&self) -> bool {
        let left = self.pair.ended_by.and_then(|person| self.pair.side_of(person));
        self.pair.another && self.side.is_some() && self.side == left
    }

    /// What resting means, for the reader.
    fn resting(&self) -> String {
        match self.pair.rests() {
            Some(left) if self.manages => {
                let name = if left == Side::Mentee { &self.pair.mentee_name } else { &self.pair.mentor_name };
                self.s.with("mentorships-rests-managed", "name", name)
            }
            _ => self.s.t("mentorships-rests"),
        }
    }

    fn is_mentee(&self) -> bool {
        self.side == Some(Side::Mentee)
    }
}

async fn one(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    page(&the_one(&app, &viewer, id, Form::default(), Problems::default()).await?)
}

async fn the_one(
    app: &App,
    viewer: &Viewer,
    id: MentorshipId,
    form: Form,
    problems: Problems,
) -> Result<OnePage, Failed> {
    let pair = store::mentorship(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if !actions::may_read(viewer, &pair) {
        return Err(Refusal::NotFound.into());
    }
    let edition = programmes::edition(&app.db, pair.edition).await?.ok_or(Refusal::NotFound)?;
    let heard = heard(app, viewer, std::slice::from_ref(&pair)).await?.remove(&id).unwrap_or_default();
    let side = pair.side_of(viewer.person);
    let manages = side.is_none() && actions::manages(viewer, &pair);
    let (pair, reason) = if manages {
        with_reasons(app, viewer, vec![pair]).await?.pop().ok_or(Refusal::NotFound)?
    } else {
        (pair, None)
    };
    let zone = edition.settings.calendar.time_zone();
    let day = |at: Timestamp| at.to_zoned_datetime(zone.clone()).date();
    let place = if manages { format!("/editions/{}/mentorships", edition.id) } else { "/mentorships".to_owned() };
    Ok(OnePage {
        s: Shell::of(app, viewer, &place),
        since: viewer.lang.date(day(pair.began_at)),
        until: pair.ended_at.map(|at| viewer.lang.date(day(at))),
        side,
        manages,
        reason,
        pair,
        edition,
        heard,
        form,
        problems,
    })
}

async fn another(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>, form: Form) -> Answer {
    let version = form.version()?;
    actions::ask_another(&app, &viewer, id, version).await?;
    Ok(see_other_with(&format!("/mentorships/{id}"), &Message::new("mentorships-another-asked")))
}

async fn end(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>, form: Form) -> Answer {
    let version = form.version()?;
    // Either of the two can only leave; the coordinator says what it was.
    let ending = if form.has("manage") { Ending::parse(form.text("ending")) } else { Some(Ending::Exit) };
    let ended = match Parting::new(ending, form.text("reason"), form.text("another") == "yes") {
        Ok(parting) => actions::end(&app, &viewer, id, version, &parting).await,
        Err(problems) => Err(problems.into()),
    };
    match ended {
        Ok(()) => Ok(see_other_with(&format!("/mentorships/{id}"), &Message::new("mentorships-ended"))),
        Err(Failure::Problems(problems)) => {
            let again = the_one(&app, &viewer, id, form, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response())
        }
        // It has ended meanwhile, or changed: how it stands now, and what was typed.
        Err(Failure::Refusal(Refusal::Conflict)) => {
            let problems = Problems::one("", Message::new("mentorships-changed-meanwhile"));
            let again = the_one(&app, &viewer, id, form, problems).await?;
            Ok((StatusCode::CONFLICT, page(&again)?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}
