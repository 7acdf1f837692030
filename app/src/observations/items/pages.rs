//! Doors to the items of a sitting: the secretary's form for all of them at once, and the chair's agreement.

use askama::Template;
use axum::extract::State as Has;
use axum::response::IntoResponse as _;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::Deserialize;

use super::super::access::Access;
use super::super::actions::By;
use super::super::calendar::times;
use super::super::model::{Class, Item, MOST_ITEMS, Sitting, SittingId, TemplateId};
use super::super::pages::done;
use super::super::policy::store::{Template as Classes, templates};
use super::super::store;
use super::actions::{self, Planned};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::problems::Problems;
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, again, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let anybody = Who::May(Act::UseAccount);
    vec![
        Door::get("/sittings/{id}/items", anybody, edit),
        Door::post("/sittings/{id}/items", anybody, write),
        Door::post("/sittings/{id}/items/agree", anybody, agree),
        Door::post("/sittings/{id}/items/return", anybody, give_back),
    ]
}

/// An item as the form has it.
#[derive(Clone, Debug, Default)]
struct Row {
    class: String,
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "observations/items/items.html")]
struct ItemsPage {
    s: Shell,
    sitting: Sitting,
    rows: Vec<Row>,
    templates: Vec<Classes>,
    problems: Problems,
}

impl ItemsPage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        sitting: Sitting,
        (rows, problems): (Vec<Row>, Problems),
    ) -> Result<Self, Failed> {
        let templates = templates(&app.db, viewer.organisation).await?;
        Ok(Self { s: Shell::of(app, viewer, "/sittings"), sitting, rows, templates, problems })
    }

    fn title(&self) -> String {
        self.s.with("observations-items-title", "number", self.sitting.number)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn wrong(&self, name: &str, place: &usize) -> Vec<String> {
        self.problems.of(&format!("{name}-{place}")).map(|message| self.s.tell(message)).collect()
    }

    fn many(&self) -> usize {
        self.rows.len()
    }

    /// The hours of the sitting, within which its items are.
    fn hours(&self) -> String {
        self.s.with("observations-items-hours", "hours", times(self.s.lang, &self.sitting, &self.sitting.time_zone()))
    }
}

fn rows_of(sitting: &Sitting, items: &[Item]) -> Vec<Row> {
    let zone = sitting.time_zone();
    let time = |at: Option<Timestamp>| {
        at.map_or_else(String::new, |at| at.to_zoned_datetime(zone.clone()).strftime("%H:%M").to_string())
    };
    let row = |item: &Item| Row {
        class: item.class.map_or_else(String::new, |class| class.code().to_owned()),
        from: time(item.planned_from),
        to: time(item.planned_to),
    };
    items.iter().map(row).collect()
}

#[derive(Deserialize)]
struct Begun {
    #[serde(default)]
    count: String,
    #[serde(default)]
    template: String,
}

/// So many items a meeting has until somebody says otherwise.
const USUAL: usize = 5;

/// How many items were asked for, if that can be.
fn counted(text: &str) -> Option<usize> {
    text.trim().parse().ok().filter(|count| (1..=MOST_ITEMS).contains(count))
}

/// The rows that the form begins with: those of a template, or so many as were asked for.
fn begun(mut rows: Vec<Row>, begun: &Begun, templates: &[Classes]) -> Vec<Row> {
    let template = begun.template.parse().ok().map(TemplateId);
    if let Some(classes) = templates.iter().find(|one| Some(one.id) == template).map(|one| &one.classes) {
        rows.resize(classes.len(), Row::default());
        for (row, class) in rows.iter_mut().zip(classes) {
            class.code().clone_into(&mut row.class);
        }
        return rows;
    }
    if let Some(count) = counted(&begun.count) {
        rows.resize(count, Row::default());
    } else if rows.is_empty() {
        rows.resize(USUAL, Row::default());
    }
    rows
}

/// Refuses whoever says the classes neither as a secretary nor for one.
async fn reads(app: &App, access: &Access) -> Result<(), Failed> {
    if !access.classifies() {
        let seats = store::seats_of(&app.db, access.sitting.id).await?;
        access.must(access.classifies_for(&seats))?;
    }
    Ok(())
}

async fn edit(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, Query(query): Query<Begun>) -> Answer {
    let access = Access::of(&app.db, &viewer, id).await?;
    reads(&app, &access).await?;
    let items = store::items_of(&app.db, id).await?;
    let rows = rows_of(&access.sitting, &items);
    let mut problems = Problems::default();
    let is_wrong = !query.count.is_empty() && query.template.is_empty() && counted(&query.count).is_none();
    if is_wrong {
        problems.add("how-many", Message::new("observations-items-wrong").with("most", MOST_ITEMS));
    }
    let mut shown = ItemsPage::of(&app, &viewer, access.sitting, (rows, problems)).await?;
    shown.rows = begun(std::mem::take(&mut shown.rows), &query, &shown.templates);
    page(&shown)
}

fn rows_from(form: &Form) -> Vec<Row> {
    let text = |name: &str, place: usize| form.text(&format!("{name}-{place}")).to_owned();
    let count = form.text("count").parse::<usize>().unwrap_or(0).min(MOST_ITEMS + 1);
    let row = |place| Row { class: text("class", place), from: text("time-from", place), to: text("time-to", place) };
    (1..=count).map(row).collect()
}

/// The items as the form says them. A time before the beginning is after midnight.
fn planned(sitting: &Sitting, rows: &[Row]) -> Result<Vec<Planned>, Problems> {
    let (zone, day) = (sitting.time_zone(), sitting.day());
    let mut problems = Problems::default();
    let on = |day: Date, time: Time| zone.to_timestamp(day.to_datetime(time)).ok();
    let mut at = |text: &str, name: &str, place: usize| {
        let time = text.parse::<Time>().ok();
        if time.is_none() && !text.is_empty() {
            problems.add(format!("{name}-{place}"), Message::new("observations-item-time-wrong"));
        }
        let at = on(day, time?)?;
        if at < sitting.starts_at { on(day.tomorrow().ok()?, time?) } else { Some(at) }
    };
    let mut planned = Vec::with_capacity(rows.len());
    for (place, row) in (1..).zip(rows) {
        let (from, to) = (at(&row.from, "time-from", place), at(&row.to, "time-to", place));
        planned.push(Planned { class: Class::parse(&row.class), from, to });
    }
    problems.or(planned)
}

async fn write(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, mut form: Form) -> Answer {
    let access = Access::of(&app.db, &viewer, id).await?;
    reads(&app, &access).await?;
    let mut rows = rows_from(&form);
    let version = form.version()?;
    // Other rows are only prepared: what was chosen stays, and nothing is saved yet.
    if form.has("prepare") {
        let mut shown = ItemsPage::of(&app, &viewer, access.sitting, (Vec::new(), Problems::default())).await?;
        let wanted = Begun { count: form.text("how-many").to_owned(), template: form.text("template").to_owned() };
        if wanted.template.is_empty() && counted(&wanted.count).is_none() {
            shown.problems.add("how-many", Message::new("observations-items-wrong").with("most", MOST_ITEMS));
        }
        shown.rows = begun(std::mem::take(&mut rows), &wanted, &shown.templates);
        shown.sitting.version = version;
        return page(&shown);
    }
    let written = match planned(&access.sitting, &rows) {
        Ok(planned) => actions::classify(&app, &viewer, (id, version), &planned).await,
        Err(problems) => Err(problems.into()),
    };
    match written {
        Ok(()) => Ok(see_other_with(&format!("/sittings/{id}"), &Message::new("observations-classified"))),
        Err(failure) => {
            let (status, problems) = again(failure, "observations-meanwhile", &mut form)?;
            let mut shown = ItemsPage::of(&app, &viewer, access.sitting, (rows, problems)).await?;
            shown.sitting.version = form.version_or(shown.sitting.version);
            Ok((status, page(&shown)?).into_response())
        }
    }
}

async fn give_back(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, form: Form) -> Answer {
    let outcome = actions::chair_returns(&app, By::Person(&viewer), Some(id)).await;
    done(&app, &viewer, id, outcome, (form, "observations-chair-returned")).await
}

async fn agree(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, form: Form) -> Answer {
    let outcome = actions::chair_agrees(&app, By::Person(&viewer), Some(id), form.text("seen")).await;
    done(&app, &viewer, id, outcome, (form, "observations-chair-noted")).await
}
