//! The form that says what a sitting is: kind, when, where and for how many, what it shows and under which undertaking. It is one form,
//! whether a sitting is opened, changed, or opened by a link.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::actions::Wanted;
use super::model::{Kind, MOST_SEATS, Plan, Somebody, Terms, TextId};
use super::policy::store::texts;
use super::undertakings::{PROPOSED, Text, shipped};
use crate::app::App;
use crate::i18n::{Lang, Message, read_date};
use crate::problems::{Failure, Problems};
use crate::programmes::{self, Edition};
use crate::web::Form;

/// What the form offers to choose among.
pub(super) struct Offered {
    /// The competencies of the edition's framework: keys and names.
    pub competencies: Vec<(String, String)>,
    /// What observers can sign, the newest first; none where the organisation has only the one that ships, or where it is not asked.
    pub texts: Vec<Text>,
    lang: Lang,
}

impl Offered {
    pub async fn of(app: &App, edition: &Edition, (lang, asks_terms): (Lang, bool)) -> Result<Self, Failure> {
        let framework = programmes::framework_of(&app.db, edition).await?.map(|version| version.content);
        let all = framework.iter().flat_map(|framework| &framework.competencies);
        let competencies =
            all.map(|competency| (competency.key.clone(), competency.name.told(lang).to_owned())).collect();
        let texts = if asks_terms { texts(&app.db, edition.organisation).await? } else { Vec::new() };
        Ok(Self { competencies, texts, lang })
    }

    #[expect(clippy::unused_self, reason = "a template asks what is offered")]
    pub fn is_chosen(&self, form: &Form, key: &str) -> bool {
        form.all("competency").any(|chosen| chosen == key)
    }

    /// Whether a text is chosen; until one is, the newest.
    pub fn is_text(&self, form: &Form, text: &Text) -> bool {
        let typed = form.text("text");
        let is_newest = self.texts.first().is_some_and(|newest| newest.id == text.id);
        if typed.is_empty() { is_newest } else { typed == text.id.to_string() }
    }

    /// What stands in a field of the terms: what was typed, or what the newest text proposes.
    pub fn term(&self, form: &Form, name: &str) -> String {
        term_of(self.texts.first().map_or(PROPOSED, |newest| newest.terms), form, name)
    }

    pub fn told(&self, text: &Text) -> String {
        text.told(self.lang).to_owned()
    }

    pub fn shipped(&self) -> &'static str {
        shipped(self.lang)
    }
}

/// A form in which nothing has been typed yet.
pub(super) fn blank(fields: &[(&str, &str)]) -> Form {
    let begins = [("kind", "meeting"), ("seats", "1")];
    let fields = begins.iter().chain(fields).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Form::new(fields.collect())
}

/// What somebody typed, as far as a form can say it. It ends on the day on which it begins, unless they say otherwise.
pub(super) fn wanted_from(form: &Form, zone: &str, host: Option<&Somebody>) -> Wanted {
    let mut problems = Problems::default();
    let tz = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let (day, from, until) =
        (read_date(form.text("day")), form.text("from").parse::<Time>().ok(), form.text("until").parse::<Time>().ok());
    if day.is_none() {
        problems.add("day", Message::new("observations-day-missing"));
    }
    if from.is_none() {
        problems.add("from", Message::new("observations-from-missing"));
    }
    if until.is_none() {
        problems.add("until", Message::new("observations-until-missing"));
    }
    let at = |day: Option<Date>, time: Option<Time>| {
        day.zip(time).and_then(|(day, time)| tz.to_timestamp(day.to_datetime(time)).ok())
    };
    let last_day = if form.has("next-day") { day.and_then(|day| day.tomorrow().ok()) } else { day };
    let (starts_at, ends_at) = (at(day, from).unwrap_or_default(), at(last_day, until).unwrap_or_default());
    if day.is_some() && from.zip(until).is_some() && ends_at < starts_at {
        problems.add("until", Message::new("observations-until-before"));
    }
    let kind = Kind::parse(form.text("kind"));
    if kind.is_none() {
        problems.add("kind", Message::new("observations-kind-missing"));
    }
    let seats = form.text("seats").parse().ok();
    if seats.is_none() {
        problems.add("seats", Message::new("observations-seats-wrong").with("most", MOST_SEATS));
    }
    let text = |name: &str| form.text(name).replace('\n', " ");
    let terms = match form.has("lasts").then(|| terms_from(form)).transpose() {
        Ok(terms) => terms,
        Err(wrong) => {
            problems.extend(wrong);
            None
        }
    };
    // What is wrong is said at once, with what is found later, and not one after the other.
    Wanted {
        plan: Plan {
            kind: kind.unwrap_or(Kind::Meeting),
            starts_at,
            ends_at,
            zone: zone.to_owned(),
            place: text("place"),
            link: text("link"),
            seats: seats.unwrap_or(1),
            competencies: form.all("competency").map(str::to_owned).collect(),
            host: Somebody::default(),
            chair: Somebody::default(),
            keeper: None,
        },
        host: host.map_or_else(|| (text("host"), text("host-name")), |host| (host.address.clone(), host.name.clone())),
        chair: (text("chair"), text("chair-name")),
        keeper: text("keeper"),
        problems,
        terms,
    }
}

/// What stands in a field of the terms: what was typed, or what holds.
pub(super) fn term_of(terms: Terms, form: &Form, name: &str) -> String {
    let stored = if name == "lasts" { terms.lasts_months } else { terms.notes_days };
    if form.has(name) { form.text(name).to_owned() } else { stored.map_or_else(String::new, |term| term.to_string()) }
}

/// For how long, as a form says it; an empty field is no end.
pub(super) fn terms_from(form: &Form) -> Result<Terms, Problems> {
    let mut problems = Problems::default();
    let mut number = |name: &'static str, wrong: &'static str, most: i64| {
        let text = form.text(name);
        let read = text.parse::<i64>().ok();
        if read.is_none() && !text.is_empty() {
            problems.add(name, Message::new(wrong).with("most", most));
        }
        read
    };
    let lasts_months = number("lasts", "observations-lasts-wrong", 600);
    let notes_days = number("notes", "observations-notes-wrong", 3650);
    let text = form.text("text").parse().ok().map(TextId);
    problems.or(Terms { text, lasts_months, notes_days })
}
