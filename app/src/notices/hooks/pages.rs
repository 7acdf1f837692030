//! One's own webhooks.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use uuid::Uuid;

use super::actions::{self, MOST_HOOKS, NewHook};
use super::model::Shape;
use super::store::{self, Hook};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::notices::kinds::Kind;
use crate::problems::{Failure, Problems};
use crate::web::{Answer, Door, Failed, Form, Path, Shell, Who, page, see_other_with};

const HERE: &str = "/notices/hooks";

pub(super) fn doors() -> Vec<Door> {
    let own = Who::May(Act::UseAccount);
    vec![
        Door::get(HERE, own, list),
        Door::post(HERE, own, add),
        Door::post("/notices/hooks/{id}", own, change),
        Door::post("/notices/hooks/{id}/test", own, test),
        Door::post("/notices/hooks/{id}/remove", own, remove),
    ]
}

#[derive(Template)]
#[template(path = "notices/hooks/list.html")]
struct ListPage {
    s: Shell,
    /// Each with the secret that signs what goes there, if it is signed.
    hooks: Vec<(Hook, Option<String>)>,
    kinds: Vec<&'static Kind>,
    inside: Vec<&'static Kind>,
    form: Form,
    problems: Problems,
}

impl ListPage {
    fn can_add(&self) -> bool {
        self.hooks.len() < MOST_HOOKS
    }

    fn host(hook: &Hook) -> String {
        actions::host(hook)
    }

    fn standing(&self, hook: &Hook) -> String {
        let at = |at: &Option<jiff::Timestamp>| at.as_ref().map(|at| self.s.at(at));
        let message = match (at(&hook.stopped_at), hook.trouble, at(&hook.worked_at)) {
            (Some(at), ..) => Message::new("hooks-stopped").with("at", at),
            (None, Some(trouble), _) => Message::new("hooks-fails").with("trouble", Message::new(trouble.key())),
            (None, None, Some(at)) => Message::new("hooks-works").with("at", at),
            (None, None, None) => Message::new("hooks-waits"),
        };
        self.s.tell(&message)
    }

    fn hears(hook: &Hook, kind: &Kind) -> bool {
        hook.kinds.iter().any(|name| name == kind.name)
    }

    /// All of them until somebody chooses.
    fn is_ticked(&self, kind: &Kind) -> bool {
        self.form.text("shape").is_empty() || self.form.all("kinds").any(|name| name == kind.name)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn is_shape(&self, shape: &Shape) -> bool {
        Shape::parse(self.form.text("shape")).unwrap_or(Shape::Standard) == *shape
    }
}

async fn list(State(app): State<App>, viewer: Viewer) -> Answer {
    page(&the_list(&app, &viewer, Form::default(), Problems::default()).await?)
}

async fn the_list(app: &App, viewer: &Viewer, form: Form, problems: Problems) -> Result<ListPage, Failed> {
    let secret = |hook: &Hook| actions::secret(app, hook).filter(|_| hook.shape == Shape::Standard);
    let hooks = store::of_person(&app.db, viewer).await?;
    Ok(ListPage {
        s: Shell::of(app, viewer, "/notices"),
        hooks: hooks.into_iter().map(|hook| (secret(&hook), hook)).map(|(secret, hook)| (hook, secret)).collect(),
        kinds: actions::told_outside(viewer),
        inside: actions::kept_inside(viewer),
        form,
        problems,
    })
}

async fn again(app: &App, viewer: &Viewer, form: Form, problems: Problems) -> Answer {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&the_list(app, viewer, form, problems).await?)?).into_response())
}

fn ticked(form: &Form) -> Vec<String> {
    form.all("kinds").map(str::to_owned).collect()
}

async fn add(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    let new = NewHook { address: form.text("address"), shape: Shape::parse(form.text("shape")), kinds: ticked(&form) };
    match actions::add(&app, &viewer, new).await {
        Ok(_) => Ok(see_other_with(HERE, &Message::new("hooks-added"))),
        Err(Failure::Problems(problems)) => again(&app, &viewer, form, problems).await,
        Err(failure) => Err(failure.into()),
    }
}

async fn change(State(app): State<App>, viewer: Viewer, Path(id): Path<Uuid>, form: Form) -> Answer {
    match actions::set_kinds(&app, &viewer, id, &ticked(&form)).await {
        Ok(()) => Ok(see_other_with(HERE, &Message::new("hooks-changed"))),
        Err(Failure::Problems(problems)) => again(&app, &viewer, Form::default(), problems).await,
        Err(failure) => Err(failure.into()),
    }
}

async fn test(State(app): State<App>, viewer: Viewer, Path(id): Path<Uuid>) -> Answer {
    let said = match actions::test(&app, &viewer, id).await? {
        Ok(()) => Message::new("hooks-tested"),
        Err(trouble) => Message::new("hooks-fails").with("trouble", Message::new(trouble.key())),
    };
    Ok(see_other_with(HERE, &said))
}

async fn remove(State(app): State<App>, viewer: Viewer, Path(id): Path<Uuid>) -> Answer {
    actions::remove(&app, &viewer, id).await?;
    Ok(see_other_with(HERE, &Message::new("hooks-removed")))
}
