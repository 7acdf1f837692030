//! Doors to seats: asking, answering, conflicts, the undertaking, and the share-out of an edition.

use askama::Template;
use axum::extract::State as Has;
use axum::response::IntoResponse as _;
use serde::Deserialize;

use super::super::access::Access;
use super::super::actions::By;
use super::super::calendar::{clock_of, times, when};
use super::super::held::actions::finish as finish_activity;
use super::super::inviting::{Invited, waiting};
use super::super::model::{Answer as Yes, Seat, SeatId, Sitting, SittingId, Undertaking};
use super::super::pages::{FIRST, done, key, more, sharing};
use super::super::store as sittings;
use super::super::undertakings::digest;
use super::actions::{self, Settled, Versions};
use super::store;
use crate::activities::{self, model as plan};
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity::{Act, Viewer};
use crate::mentorships::{Mentorship, MentorshipId};
use crate::people::model::Side;
use crate::problems::{Problems, Refusal};
use crate::programmes::orientation::model::{Block, blocks};
use crate::programmes::{self, Edition, EditionId};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, again, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let (anybody, participant) = (Who::May(Act::UseAccount), Who::May(Act::TakePart));
    vec![
        Door::get("/sittings/{id}/seats/new/{mentorship}", participant, wish),
        Door::post("/sittings/{id}/seats/new/{mentorship}", participant, ask),
        Door::post("/sittings/{id}/seats/{seat}/answer", anybody, answer),
        Door::post("/sittings/{id}/seats/{seat}/withdraw", participant, withdraw),
        Door::post("/sittings/{id}/seats/{seat}/conflict", participant, declare),
        Door::post("/sittings/{id}/seats/{seat}/settle", anybody, settle),
        Door::get("/sittings/{id}/seats/{seat}/undertaking", anybody, undertaking),
        Door::post("/sittings/{id}/seats/{seat}/undertaking", participant, sign),
        Door::post("/sittings/{id}/seats/{seat}/finish", participant, finish),
        Door::get("/editions/{id}/sittings", anybody, shares),
        Door::post("/editions/{id}/sittings/share", anybody, share),
    ]
}

// Asking

#[derive(Template)]
#[template(path = "observations/seating/ask.html")]
struct AskPage {
    s: Shell,
    sitting: Sitting,
    pair: Mentorship,
    is_mentee: bool,
    when: String,
    /// The planned activities that it would fulfil, without their words.
    choices: Vec<(plan::ActivityId, String)>,
    form: Form,
    problems: Problems,
}

impl AskPage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        (id, mentorship): (SittingId, MentorshipId),
        (form, problems): (Form, Problems),
    ) -> Result<Self, Failed> {
        let access = Access::of(&app.db, viewer, id).await?;
        let pair = access.running().find(|pair| pair.id == mentorship).ok_or(Refusal::NotFound)?.clone();
        let edition = programmes::edition(&app.db, pair.edition).await?.ok_or(Refusal::NotFound)?;
        let framework = programmes::framework_of(&app.db, &edition).await?.map(|version| version.content);
        let planned = activities::plan(&app.db, mentorship).await?;
        let kind = access.sitting.kind.activity();
        let name = |activity: &plan::Activity| {
            let on = activity.when.on;
            let when = if activity.when.is_month { viewer.lang.month(on) } else { viewer.lang.date(on) };
            let competency = activity.competency.as_ref().and_then(|key| framework.as_ref()?.competency(key));
            let shown = competency.map(|competency| competency.name.told(viewer.lang).to_owned());
            [Some(viewer.lang.say(&activity.kind.key())), Some(when), shown]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · ")
        };
        let spoken_for = store::spoken_for(&app.db, mentorship, id).await?;
        let fits = |activity: &&plan::Activity| {
            activity.is_to_be_done() && activity.kind == kind && !spoken_for.contains(&activity.id)
        };
        Ok(Self {
            s: Shell::of(app, viewer, "/sittings"),
            when: when(viewer.lang, &access.sitting, &viewer.zone),
            is_mentee: pair.side_of(viewer.person) == Some(Side::Mentee),
            choices: planned.iter().filter(fits).map(|activity| (activity.id, name(activity))).collect(),
            sitting: access.sitting,
            pair,
            form,
            problems,
        })
    }

    fn title(&self) -> String {
        if self.is_mentee {
            self.s.with("observations-ask-title", "number", self.sitting.number)
        } else {
            let message = Message::new("observations-propose-title").with("number", self.sitting.number.to_string());
            self.s.tell(&message.with("name", self.pair.mentee_name.as_str()))
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn is_chosen(&self, id: &plan::ActivityId, is_first: &bool) -> bool {
        let typed = self.form.text("activity");
        if self.form.has("activity") { typed == id.to_string() } else { *is_first }
    }
}

async fn wish(Has(app): Has<App>, viewer: Viewer, Path(path): Path<(SittingId, MentorshipId)>) -> Answer {
    page(&AskPage::of(&app, &viewer, path, (Form::default(), Problems::default())).await?)
}

async fn ask(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, mentorship)): Path<(SittingId, MentorshipId)>,
    mut form: Form,
) -> Answer {
    let activity = form.text("activity").parse().ok().map(plan::ActivityId);
    match actions::ask(&app, &viewer, id, (mentorship, activity)).await {
        Ok(_) => Ok(see_other_with(&format!("/sittings/{id}"), &Message::new("observations-asked"))),
        Err(failure) => {
            let (status, problems) = again(failure, "observations-meanwhile", &mut form)?;
            let shown = AskPage::of(&app, &viewer, (id, mentorship), (form, problems)).await?;
            Ok((status, page(&shown)?).into_response())
        }
    }
}

// Answering, conflicts

async fn answer(Has(app): Has<App>, viewer: Viewer, Path((id, seat)): Path<(SittingId, SeatId)>, form: Form) -> Answer {
    let yes = Yes::parse(form.text("answer")).ok_or(Refusal::NotFound)?;
    let outcome = actions::answer(&app, By::Person(&viewer), (Some(id), seat), yes).await;
    done(&app, &viewer, id, outcome, (form, "observations-answered")).await
}

async fn withdraw(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
    form: Form,
) -> Answer {
    let outcome = actions::withdraw(&app, &viewer, (id, seat)).await;
    done(&app, &viewer, id, outcome, (form, "observations-withdrawn")).await
}

async fn declare(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
    form: Form,
) -> Answer {
    let has = match form.text("has") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let outcome = if let Some(has) = has {
        actions::declare(&app, &viewer, (id, seat), (has, form.text("words"))).await
    } else {
        Access::of(&app.db, &viewer, id).await?;
        Err(Problems::one("conflict", Message::new("observations-conflict-choose")).into())
    };
    done(&app, &viewer, id, outcome, (form, "observations-declared")).await
}

/// As which versions the form was read.
fn versions(form: &Form) -> Result<Versions, Refusal> {
    let sitting = form.text("sitting").parse().map_err(|_| Refusal::Conflict)?;
    Ok(Versions { seat: form.version()?, sitting })
}

async fn settle(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
    mut form: Form,
) -> Answer {
    let access = Access::of(&app.db, &viewer, id).await?;
    access.must(access.may_settle())?;
    form.set("settles", vec![seat.to_string()]);
    let items = sittings::items_of(&app.db, id).await?;
    let chosen: Vec<&str> = form.all("item").collect();
    let chosen = items.iter().filter(|item| chosen.contains(&item.number.to_string().as_str()));
    let chosen: Vec<_> = chosen.map(|item| item.id).collect();
    // That it counts for nothing is said, not left out.
    let settled = match (form.has("all"), form.has("none"), chosen.is_empty()) {
        (true, false, _) => Some(Settled::All),
        (false, true, true) | (false, false, false) => Some(Settled::Items(chosen)),
        _ => None,
    };
    let outcome = if let Some(settled) = settled {
        actions::settle(&app, &viewer, (id, seat), (versions(&form)?, &settled)).await
    } else {
        Err(Problems::one("seats", Message::new("observations-settle-choose")).into())
    };
    done(&app, &viewer, id, outcome, (form, "observations-settled")).await
}

// The undertaking

#[derive(Template)]
#[template(path = "observations/seating/undertaking.html")]
struct UndertakingPage {
    s: Shell,
    sitting: Sitting,
    seat: Seat,
    is_own: bool,
    lang: Lang,
    text: Vec<Block>,
    /// Of the words that are shown, or that were signed.
    hash: String,
    /// Whether the words are no longer those that were signed.
    is_changed: bool,
    /// Whether the words are gone with whoever signed them.
    is_gone: bool,
    signed: Option<Undertaking>,
    problems: Problems,
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    lang: String,
}

impl UndertakingPage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        (id, seat): (SittingId, SeatId),
        (lang, problems): (Lang, Problems),
    ) -> Result<Self, Failed> {
        let (sitting, seat, words, signed) = actions::undertaking(app, viewer, (id, seat), lang).await?;
        let is_own = seat.observer == viewer.person;
        let found = digest(&words);
        let hash = signed.as_ref().map_or(&found, |signed| &signed.digest);
        let is_gone = signed.as_ref().is_some_and(|signed| signed.words.is_empty());
        Ok(Self {
            s: Shell::of(app, viewer, "/sittings"),
            text: blocks(&words),
            hash: hex::encode(hash),
            is_changed: *hash != found && !is_gone,
            is_gone,
            sitting,
            seat,
            is_own,
            lang,
            signed,
            problems,
        })
    }

    fn title(&self) -> String {
        let key =
            if self.signed.is_some() { "observations-undertaking-signed" } else { "observations-undertaking-title" };
        self.s.with(key, "number", self.sitting.number)
    }

    fn others(&self) -> Vec<Lang> {
        Lang::ALL.into_iter().filter(|lang| self.signed.is_none() && *lang != self.lang).collect()
    }
}

async fn undertaking(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(path): Path<(SittingId, SeatId)>,
    Query(chosen): Query<Chosen>,
) -> Answer {
    let lang = Lang::parse(&chosen.lang).unwrap_or(viewer.lang);
    page(&UndertakingPage::of(&app, &viewer, path, (lang, Problems::default())).await?)
}

async fn sign(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
    mut form: Form,
) -> Answer {
    let lang = Lang::parse(form.text("lang")).unwrap_or(viewer.lang);
    match actions::sign(&app, &viewer, (id, seat), (lang, form.text("hash"))).await {
        Ok(()) => Ok(see_other_with(&format!("/sittings/{id}"), &Message::new("observations-signed-now"))),
        Err(failure) => {
            let (status, problems) = again(failure, "observations-text-meanwhile", &mut form)?;
            let shown = UndertakingPage::of(&app, &viewer, (id, seat), (lang, problems)).await?;
            Ok((status, page(&shown)?).into_response())
        }
    }
}

async fn finish(Has(app): Has<App>, viewer: Viewer, Path((id, seat)): Path<(SittingId, SeatId)>, form: Form) -> Answer {
    let outcome = finish_activity(&app, &viewer, (id, seat)).await;
    done(&app, &viewer, id, outcome, (form, "observations-finished")).await
}

// The share-out

/// A sitting for which seats can be asked, and how many there are for how many.
struct Wanted {
    sitting: Sitting,
    when: String,
    asked: i64,
    held: i64,
}

#[derive(Template)]
#[template(path = "observations/seating/share.html")]
struct SharePage {
    s: Shell,
    edition: Edition,
    /// At how many of all its sittings more have asked than there are seats.
    crowded: i64,
    open: Vec<Wanted>,
    /// What the link to those that follow carries.
    more: Option<String>,
    /// On whose clock the times are.
    clock: String,
    /// The reader's own invitations to open a sitting that wait.
    invited: Vec<Invited>,
    problems: Problems,
}

impl SharePage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        id: EditionId,
        (after, problems): (&str, Problems),
    ) -> Result<Self, Failed> {
        let edition = sharing(app, viewer, id).await?;
        let after = key(after).unwrap_or(FIRST);
        let open = sittings::open_after(&app.db, id, app.now(), (after, sittings::ON_A_PAGE)).await?;
        let ids: Vec<SittingId> = open.iter().map(|sitting| sitting.id).collect();
        let counts = sittings::counts_of(&app.db, &ids).await?;
        let wanted = |sitting: Sitting| {
            let (_, asked, held) =
                counts.iter().find(|(of, ..)| *of == sitting.id).copied().unwrap_or((sitting.id, 0, 0));
            Wanted { when: times(viewer.lang, &sitting, &viewer.zone), asked, held, sitting }
        };
        Ok(Self {
            s: Shell::of(app, viewer, "/sittings"),
            edition,
            crowded: sittings::crowded(&app.db, id, app.now()).await?,
            more: more(&open),
            clock: viewer.lang.tell(&clock_of(&viewer.zone)),
            open: open.into_iter().map(wanted).collect(),
            invited: waiting(app, viewer, id).await?,
            problems,
        })
    }

    fn title(&self) -> String {
        self.s.tell(&Message::new("observations-share-title").with("count", self.crowded))
    }
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: String,
}

async fn shares(Has(app): Has<App>, viewer: Viewer, Path(id): Path<EditionId>, Query(query): Query<After>) -> Answer {
    page(&SharePage::of(&app, &viewer, id, (&query.after, Problems::default())).await?)
}

async fn share(Has(app): Has<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    match actions::share_out(&app, &viewer, id).await {
        Ok(shares) => {
            let given = shares.iter().filter(|share| share.is_given).count();
            let notice = Message::new("observations-shared-out").with("given", given);
            let notice = notice.with("not", shares.len() - given);
            Ok(see_other_with(&format!("/editions/{id}/sittings"), &notice))
        }
        Err(failure) => {
            let (status, problems) = again(failure, "observations-meanwhile", &mut Form::default())?;
            Ok((status, page(&SharePage::of(&app, &viewer, id, ("", problems)).await?)?).into_response())
        }
    }
}
