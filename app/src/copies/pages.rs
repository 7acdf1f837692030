//! Doors to copies: for the two of a pair, who hand them over and take them back; and for those to whom they were handed.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::IntoResponse as _;
use serde::Deserialize;

use super::model::{Content, Copy, CopyId, LONGEST_TITLE, Receiver, Text, Wanted};
use super::{actions, reading, store};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, PersonId, Viewer};
use crate::mentorships::visibility::{Visibility, reads};
use crate::mentorships::{Mentorship, MentorshipId, Reading, mentorship};
use crate::problems::{Problems, Refusal};
use crate::vault::{self, Closed, Keys};
use crate::web::{Answer, Door, Failed, Form, Path, Shell, Who, again, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let participant = Who::May(Act::TakePart);
    vec![
        Door::get("/mentorships/{id}/copies", participant, of_pair),
        Door::post("/mentorships/{id}/copies", participant, hand_over),
        Door::get("/copies", Who::May(Act::ReadEdition), handed),
        Door::get("/copies/{copy}", Who::May(Act::UseAccount), one),
        Door::post("/copies/{copy}/take-back", participant, take_back),
    ]
}

/// So many a page shows.
const ON_A_PAGE: usize = 50;

/// A copy in a list.
struct Row {
    id: CopyId,
    title: String,
    names: String,
    on: String,
    visibility: Visibility,
}

fn row(s: &Shell, keys: &Keys, pair: &Mentorship, copy: &Copy) -> Row {
    let title = reading::content(keys, pair, copy).map(|content| content.title);
    let (by, other) = called(pair, copy.author);
    Row {
        id: copy.id,
        title: title.unwrap_or_else(|closed: Closed| s.t(closed.key())),
        names: s.tell(&Message::new("copies-of").with("name", by).with("other", other)),
        on: s.at(&copy.handed_at),
        visibility: copy.visibility,
    }
}

/// What an author is called, and the other of the pair.
fn called(pair: &Mentorship, author: PersonId) -> (&str, &str) {
    if author == pair.mentee { (&pair.mentee_name, &pair.mentor_name) } else { (&pair.mentor_name, &pair.mentee_name) }
}

#[derive(Template)]
#[template(path = "copies/list.html")]
struct ListPage {
    s: Shell,
    of: Reading,
    rows: Vec<Row>,
    texts: Vec<(String, Text)>,
    /// Those to whom a copy can be handed here.
    receivers: Vec<Receiver>,
    form: Form,
    problems: Problems,
}

impl ListPage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        id: MentorshipId,
        (form, problems): (Form, Problems),
    ) -> Result<Self, Failed> {
        let of = Reading::of(app, viewer, id).await?;
        let s = Shell::of(app, viewer, "/mentorships");
        let mut receivers = Vec::new();
        for receiver in Receiver::ALL {
            if !reading::receivers(&app.db, &of.pair, receiver).await?.is_empty() {
                receivers.push(receiver);
            }
        }
        let keys = vault::keys(app, &app.db, of.pair.organisation, &[id.0]).await?;
        let texts = reading::own_texts(app, (&of.pair, viewer.person), keys, viewer.lang).await?;
        let copies = store::copies(&app.db, id).await?;
        let mine = copies.iter().filter(|copy| reads(copy.visibility, viewer, &of.pair, copy.author));
        let rows = mine.map(|copy| row(&s, &of.keys, &of.pair, copy)).collect();
        let texts = texts.into_iter().map(|text| (text.mark(), text)).collect();
        Ok(Self { s, of, rows, texts, receivers, form, problems })
    }

    fn title(&self) -> String {
        self.s.count("copies-title", &self.rows.len())
    }

    fn is_chosen(&self, code: &str) -> bool {
        self.form.text("to") == code || self.receivers.len() == 1
    }

    fn is_ticked(&self, mark: &str) -> bool {
        self.form.all("texts").any(|ticked| ticked == mark)
    }

    /// The beginning of what a text says.
    fn beginning(text: &Text) -> String {
        const SHOWN: usize = 160;
        let said = text.words.first().map(|(_, said)| said.replace('\n', " ")).unwrap_or_default();
        match said.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", said[..end].trim_end()),
            None => said,
        }
    }
}

async fn of_pair(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    page(&ListPage::of(&app, &viewer, id, (Form::default(), Problems::default())).await?)
}

fn wanted(form: &Form) -> Wanted {
    Wanted {
        receiver: Receiver::parse(form.text("to")),
        title: form.text("title").to_owned(),
        note: form.text("note").to_owned(),
        marks: form.all("texts").map(str::to_owned).collect(),
    }
}

async fn hand_over(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>, mut form: Form) -> Answer {
    match actions::hand_over(&app, &viewer, id, &wanted(&form)).await {
        Ok(_) => Ok(see_other_with(&format!("/mentorships/{id}/copies"), &Message::new("copies-handed"))),
        Err(failure) => {
            let (status, problems) = again(failure, "copies-changed", &mut form)?;
            let shown = ListPage::of(&app, &viewer, id, (form, problems)).await?;
            Ok((status, page(&shown)?).into_response())
        }
    }
}

#[derive(Deserialize)]
struct Before {
    #[serde(default)]
    before: String,
}

#[derive(Template)]
#[template(path = "copies/handed.html")]
struct HandedPage {
    s: Shell,
    rows: Vec<Row>,
    more: Option<CopyId>,
}

async fn handed(State(app): State<App>, viewer: Viewer, Query(before): Query<Before>) -> Answer {
    let before = before.before.parse().ok().map(CopyId);
    let read = reading::handed(&app, &viewer, (before, ON_A_PAGE + 1)).await?;
    let s = Shell::of(&app, &viewer, "/copies");
    let more = (read.copies.len() > ON_A_PAGE).then(|| read.copies.get(ON_A_PAGE - 1)).flatten().map(|copy| copy.id);
    let rows = read.of_pairs().take(ON_A_PAGE).map(|(pair, copy)| row(&s, &read.keys, pair, copy)).collect();
    page(&HandedPage { s, rows, more })
}

#[derive(Template)]
#[template(path = "copies/one.html")]
struct OnePage {
    s: Shell,
    pair: Mentorship,
    copy: Copy,
    content: Result<Content, Closed>,
    is_own: bool,
    is_of_pair: bool,
}

impl OnePage {
    fn title(&self) -> String {
        match &self.content {
            Ok(content) => content.title.clone(),
            Err(closed) => self.s.t(closed.key()),
        }
    }

    fn names(&self) -> String {
        let (name, other) = called(&self.pair, self.copy.author);
        self.s.tell(&Message::new("copies-of").with("name", name).with("other", other))
    }
}

async fn one(State(app): State<App>, viewer: Viewer, Path(id): Path<CopyId>) -> Answer {
    let copy = store::copy(&app.db, viewer.organisation, id).await?.ok_or(Refusal::NotFound)?;
    let pair = mentorship(&app.db, copy.mentorship).await?.ok_or(Refusal::NotFound)?;
    if !reads(copy.visibility, &viewer, &pair, copy.author) {
        return Err(Refusal::NotFound.into());
    }
    let keys = vault::keys(&app, &app.db, pair.organisation, &[pair.id.0]).await?;
    let is_of_pair = pair.is_of(&viewer);
    let s = Shell::of(&app, &viewer, if is_of_pair { "/mentorships" } else { "/copies" });
    let content = reading::content(&keys, &pair, &copy);
    page(&OnePage { s, is_own: copy.author == viewer.person, pair, content, copy, is_of_pair })
}

async fn take_back(State(app): State<App>, viewer: Viewer, Path(id): Path<CopyId>) -> Answer {
    let pair = actions::take_back(&app, &viewer, id).await?;
    Ok(see_other_with(&format!("/mentorships/{pair}/copies"), &Message::new("copies-taken-back")))
}
