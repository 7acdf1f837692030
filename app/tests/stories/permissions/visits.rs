//! How to come to each door: with which records, and with what in hand. The records stay as they are, so that whoever comes next
//! finds the same.

use std::collections::BTreeMap;

use axum::http::Method;
use serde_json::{Value, json};
use telemaco::db::Statement;
use telemaco::identity::Part;
use telemaco::programmes::Standing;

use super::before;
use super::editions::to_editions;
use super::world::{
    Actor, Board, FOREIGNER, NOBODY, PASSWORD, World, calendar_feed, calendar_source, hook, import, link, notice,
    session, token,
};
use crate::support::Client;

/// What is sent to a door.
pub enum Send {
    Get,
    Form(Vec<(String, String)>),
    Json(Method, Value),
    Toml(Method, &'static str),
    Files(Vec<(&'static str, &'static str, String)>),
}

/// One way of coming to a door.
pub struct Visit {
    pub about: &'static str,
    pub path: String,
    pub send: Send,
    /// A browser that replaces the actor's own, where the visit would end its session.
    pub browser: Option<Client>,
}

pub fn get(about: &'static str, path: impl Into<String>) -> Visit {
    Visit { about, path: path.into(), send: Send::Get, browser: None }
}

pub fn post(about: &'static str, path: impl Into<String>, form: &[(&str, &str)]) -> Visit {
    let form = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Visit { about, path: path.into(), send: Send::Form(form), browser: None }
}

impl World<'_> {
    /// The records of people that somebody may come with: `about` and identifier.
    fn people(&self, actor: &Actor) -> Vec<(&'static str, String)> {
        vec![
            ("one's own", actor.own()),
            ("a mentor of the directory", self.mentor.id.to_string()),
            ("somebody who is not in the directory", self.mentee.id.to_string()),
            ("a mentor of another organisation", self.foreign_mentor.id.to_string()),
            ("somebody else of another organisation", self.foreign_mentee.id.to_string()),
            ("nobody", NOBODY.to_owned()),
            ("no identifier at all", "x".to_owned()),
        ]
    }

    fn of_people(&self, actor: &Actor, before: &str, after: &str, form: Option<&[(&str, &str)]>) -> Vec<Visit> {
        let path = |id: &str| format!("{before}/{id}{after}");
        self.people(actor)
            .into_iter()
            .map(|(about, id)| match form {
                None => get(about, path(&id)),
                Some(form) => post(about, path(&id), form),
            })
            .collect()
    }

    /// The imports that somebody may come with, new for whoever may change them.
    async fn of_imports(&self, actor: &Actor, after: &str, form: Option<&[(&str, &str)]>) -> Vec<Visit> {
        let own = import(&mut self.coordinator.clone()).await;
        let foreign = if actor.label == FOREIGNER {
            import(&mut self.foreign_coordinator.clone()).await
        } else {
            self.foreign_import.clone()
        };
        [
            ("one of the organisation", own.as_str()),
            ("one of another organisation", &foreign),
            ("none", NOBODY),
            ("no identifier at all", "x"),
        ]
        .into_iter()
        .map(|(about, id)| match form {
            None => get(about, format!("/imports/{id}{after}")),
            Some(form) => post(about, format!("/imports/{id}{after}"), form),
        })
        .collect()
    }

    async fn links(&self, start: &str, form: Option<&[(&str, &str)]>) -> Vec<Visit> {
        let token = link(self.house, &self.mentee).await;
        [("one that signs somebody in", token.as_str()), ("none", "x")]
            .into_iter()
            .map(|(about, token)| match form {
                None => get(about, format!("{start}/{token}")),
                Some(form) => post(about, format!("{start}/{token}"), form),
            })
            .collect()
    }
}

/// Doors that want nothing but to be opened.
const PLAIN: &[&str] = &[
    "/",
    "/account",
    "/account/assistant",
    "/account/calendar",
    "/account/mail",
    "/api/audit",
    "/api/break-glass",
    "/api/me",
    "/api/copies",
    "/api/frameworks",
    "/api/me/enrolments",
    "/api/me/mentorships",
    "/api/me/notices",
    "/api/me/outcomes",
    "/api/me/questions",
    "/api/me/reports",
    "/api/me/today",
    "/api/me/webhooks",
    "/api/lenses",
    "/api/me/proposals",
    "/api/mentors",
    "/api/openapi.json",
    "/api/overview",
    "/api/people",
    "/api/programmes",
    "/break-glass",
    "/concerns",
    "/copies",
    "/diary",
    "/frameworks",
    "/frameworks/executive",
    "/healthz",
    "/imports",
    "/lent",
    "/lent/export",
    "/mentors",
    "/mentorships",
    "/month",
    "/nominations",
    "/notices",
    "/notices/hooks",
    "/notices/settings",
    "/overview",
    "/people",
    "/people/new",
    "/profile",
    "/programmes",
    "/programmes/new",
    "/proposals",
    "/readyz",
    "/sign-in",
    "/system",
    "/taking-part",
];

/// Lists that go out as a file.
const EXPORTS: &[&str] = &["/audit/export", "/mentors/export", "/nominations/export", "/people/export"];

/// How somebody comes through a door; `None` for a door that nobody has described.
pub async fn visits(world: &World<'_>, actor: &Actor, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    if method == "GET" && PLAIN.contains(&pattern) {
        return Some(vec![get("", pattern)]);
    }
    if method == "GET" && EXPORTS.contains(&pattern) {
        return Some(vec![get("", format!("{pattern}?form=csv"))]);
    }
    if let Some(visits) = before::visits(world, method, pattern) {
        return Some(visits);
    }
    if let Some(visits) = super::meetings::visits(world, actor, method, pattern) {
        return Some(visits);
    }
    if let Some(visits) = super::consent::visits(world, actor, method, pattern) {
        return Some(visits);
    }
    if let Some(visits) = super::glass::visits(world, method, pattern) {
        return Some(visits);
    }
    if let Some(visits) = super::records::visits(world, method, pattern) {
        return Some(visits);
    }
    if let Some(visits) = super::observations::visits(world, method, pattern) {
        return Some(visits);
    }
    if let Some(visits) = super::journey::visits(world, method, pattern) {
        return Some(visits);
    }
    match pattern.split('/').nth(1)? {
        "account" | "sign-out" => to_account(world, actor, method, pattern).await,
        "people" => to_people(world, actor, method, pattern).await,
        "api" => to_the_api(world, actor, method, pattern).await,
        "editions" if pattern.contains("/pairing") => to_pairing(world, method, pattern),
        "programmes" | "editions" | "taking-part" | "lent" | "overview" => {
            to_editions(world, actor, method, pattern).await
        }
        "imports" => to_imports(world, actor, method, pattern).await,
        _ => to_the_house(world, actor, method, pattern).await,
    }
}

/// The first start, signing in, and what belongs to no feature.
async fn to_the_house(world: &World<'_>, actor: &Actor, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    let nobody = format!("nadie.{}@example.org", world.next());
    Some(match (method, pattern) {
        ("GET", "/calendar/{file}") => {
            let (own, foreign) = (
                calendar_feed(world.house, &world.mentee).await,
                calendar_feed(world.house, &world.foreign_mentee).await,
            );
            vec![
                get("whose address one has", format!("/calendar/{own}.ics")),
                get("of another organisation, whose address one has", format!("/calendar/{foreign}.ics")),
                get("whose address one guesses", "/calendar/x.ics"),
            ]
        }
        ("GET", "/notices/{id}") => {
            let path = |id: String| format!("/notices/{id}");
            of_notices(world, actor).await.map(|(about, id)| get(about, path(id))).collect()
        }
        ("POST", "/notices/read" | "/notices/settings") => vec![post("", pattern, &[])],
        ("POST", "/notices/hooks") => vec![post("", pattern, &NEW_HOOK)],
        ("POST", "/notices/hooks/{id}" | "/notices/hooks/{id}/test" | "/notices/hooks/{id}/remove") => {
            let form = [("kinds", "identity.unreachable")];
            of_hooks(world, actor).await.map(|(about, id)| post(about, pattern.replace("{id}", &id), &form)).collect()
        }
        ("GET", "/metrics") => vec![get("from this machine", pattern), from_afar(actor, pattern)],
        ("GET", "/demo" | "/demo/mail") => vec![get("outside the demo", pattern)],
        ("GET", "/demo/as/{token}") => vec![get("outside the demo", "/demo/as/x")],
        ("GET", "/language/{lang}") => vec![get("", "/language/es")],
        ("GET", "/first/{token}") => world.links("/first", None).await,
        ("POST", "/first/{token}") => world.links("/first", Some(&FOUNDING)).await,
        ("GET", "/confirm/{token}") => world.links("/confirm", None).await,
        ("POST", "/confirm/{token}") => world.links("/confirm", Some(&[])).await,
        ("GET", "/d/{token}" | "/g/{token}" | "/r/{token}" | "/w/{token}") => {
            vec![get("one that was not made here", pattern.replace("{token}", "x"))]
        }
        ("POST", "/d/{token}" | "/r/{token}" | "/w/{token}") => {
            vec![post("one that was not made here", pattern.replace("{token}", "x"), &[])]
        }
        ("POST", "/g/{token}") => vec![post("one that was not made here", "/g/x", &[("line", "Va bien")])],
        ("GET", "/unsubscribe/{token}") => vec![get("one that was not made here", "/unsubscribe/x")],
        ("POST", "/unsubscribe/{token}") => vec![post("one that was not made here", "/unsubscribe/x", &[])],
        ("GET", "/link/{token}") => world.links("/link", None).await,
        ("POST", "/link/{token}") => world.links("/link", Some(&[])).await,
        ("POST", "/sign-in") => vec![
            post("with a password", pattern, &[("address", &world.mentor.address), ("password", PASSWORD)]),
            post("as nobody", pattern, &[("address", &nobody), ("password", PASSWORD)]),
        ],
        ("POST", "/sign-in/link") => vec![post("", pattern, &[("address", &nobody)])],
        ("GET", "/audit") => vec![
            get("", pattern),
            get("before an entry of another organisation", format!("/audit?before={}", world.foreign_entry)),
        ],
        _ => return None,
    })
}

async fn to_account(world: &World<'_>, actor: &Actor, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    let house = world.house;
    Some(match (method, pattern) {
        ("POST", "/sign-out") => {
            // It ends a session made for it.
            let browser = match &actor.person {
                Some(person) => house.browser_of(person).await,
                None => house.stranger(),
            };
            vec![Visit { browser: Some(browser), ..post("", pattern, &[]) }]
        }
        ("POST", "/account") => {
            let name = actor.person.as_ref().map_or("", |person| &person.name);
            vec![post("", pattern, &[("name", name), ("lang", "es"), ("zone", "Europe/Madrid")])]
        }
        ("POST", "/account/password") => vec![post("", pattern, &[("old", ""), ("new", PASSWORD)])],
        ("POST", "/account/organisation") => {
            let [own, other, foreign] = [actor.own(), world.mentee.id.to_string(), world.foreign_mentee.id.to_string()];
            owned(own, other, foreign).map(|(about, id)| post(about, pattern, &[("person", &id)])).collect()
        }
        ("POST", "/account/sessions/{id}/end") => {
            let own = match &actor.person {
                Some(person) => session(house, person).await,
                None => NOBODY.to_owned(),
            };
            let (other, foreign) = (session(house, &world.mentee).await, session(house, &world.foreign_mentee).await);
            let path = |id| format!("/account/sessions/{id}/end");
            owned(own, other, foreign).map(|(about, id)| post(about, path(id), &[])).collect()
        }
        ("POST", "/account/mail/private") => {
            vec![post("", pattern, &[("private", &format!("casa.{}@example.net", world.next()))])]
        }
        ("POST", "/account/mail/way") => vec![post("", pattern, &[("way", "work")])],
        (
            "POST",
            "/account/data"
            | "/account/mail/again"
            | "/account/mail/private/remove"
            | "/account/calendar/feed"
            | "/account/calendar/feed/revoke",
        ) => vec![post("", pattern, &[])],
        ("POST", "/account/calendar/sources") => vec![
            post("", pattern, &[("address", &format!("https://localhost/{}.ics", world.next()))]),
            post("on this very machine", pattern, &[("address", "https://127.0.0.1/a.ics")]),
        ],
        ("POST", "/account/calendar/sources/{id}/remove") => {
            let own = match &actor.person {
                Some(person) => calendar_source(house, person).await,
                None => NOBODY.to_owned(),
            };
            let other = calendar_source(house, &world.mentee).await;
            let foreign = calendar_source(house, &world.foreign_mentee).await;
            let path = |id| format!("/account/calendar/sources/{id}/remove");
            owned(own, other, foreign).map(|(about, id)| post(about, path(id), &[])).collect()
        }
        ("GET" | "POST", "/account/calendar/sources/{id}/login") => {
            let own = match &actor.person {
                Some(person) => calendar_source(house, person).await,
                None => NOBODY.to_owned(),
            };
            let other = calendar_source(house, &world.mentee).await;
            let foreign = calendar_source(house, &world.foreign_mentee).await;
            let visit = |about, id: String| {
                let path = format!("/account/calendar/sources/{id}/login");
                if method == "GET" {
                    get(about, path)
                } else {
                    post(about, path, &[("user", "ana"), ("password", "x")])
                }
            };
            owned(own, other, foreign).map(|(about, id)| visit(about, id)).collect()
        }
        ("POST", "/account/tokens") => vec![post("", pattern, &[("token", "x"), ("scopes", "own:read")])],
        ("POST", "/account/tokens/{id}/revoke") => {
            let own = match &actor.person {
                Some(person) => token(house, person).await,
                None => NOBODY.to_owned(),
            };
            let (other, foreign) = (token(house, &world.mentee).await, token(house, &world.foreign_mentee).await);
            let path = |id| format!("/account/tokens/{id}/revoke");
            owned(own, other, foreign).map(|(about, id)| post(about, path(id), &[])).collect()
        }
        _ => return None,
    })
}

/// The notices that somebody may come with.
async fn of_notices(world: &World<'_>, actor: &Actor) -> impl Iterator<Item = (&'static str, String)> {
    let own = match &actor.person {
        Some(person) => notice(world.house, person).await,
        None => NOBODY.to_owned(),
    };
    let (other, foreign) = (notice(world.house, &world.mentee).await, notice(world.house, &world.foreign_mentee).await);
    owned(own, other, foreign)
}

const NEW_HOOK: [(&str, &str); 3] =
    [("address", "https://localhost/x"), ("shape", "slack"), ("kinds", "identity.unreachable")];

async fn of_hooks(world: &World<'_>, actor: &Actor) -> impl Iterator<Item = (&'static str, String)> {
    let own = match &actor.person {
        Some(person) => hook(world.house, person).await,
        None => NOBODY.to_owned(),
    };
    owned(own, hook(world.house, &world.mentee).await, hook(world.house, &world.foreign_mentee).await)
}

/// What belongs to one person alone.
fn owned(own: String, other: String, foreign: String) -> impl Iterator<Item = (&'static str, String)> {
    [
        ("one's own", own),
        ("somebody else's", other),
        ("somebody's of another organisation", foreign),
        ("no identifier at all", "x".to_owned()),
    ]
    .into_iter()
}

async fn to_people(world: &World<'_>, actor: &Actor, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    Some(match (method, pattern) {
        ("POST", "/people/new") => {
            let number = world.next();
            let address = format!("alguien.{number}@example.org");
            let form = [("name", "Alguien Más"), ("address", &address), ("version", "0"), ("roles", "mentee")];
            let other = format!("otro.{number}@example.org");
            let manager = ("manager", world.foreign_mentor.address.as_str());
            let foreign = [form[0], ("address", &other), form[2], manager];
            vec![post("", pattern, &form), post("under a manager of another organisation", pattern, &foreign)]
        }
        ("GET", "/people/{id}") => world.of_people(actor, "/people", "", None),
        ("GET", "/people/{id}/edit") => world.of_people(actor, "/people", "/edit", None),
        ("POST", "/people/{id}/edit") => edits(world, actor).await,
        ("POST", "/people/{id}/parts") => parts(world, actor),
        ("POST", "/people/{id}/invite") => world.of_people(actor, "/people", "/invite", Some(&[])),
        _ => return None,
    })
}

pub fn send(about: &'static str, method: Method, path: impl Into<String>, body: Value) -> Visit {
    Visit { send: Send::Json(method, body), ..get(about, path) }
}

/// Doors for programs.
async fn to_the_api(world: &World<'_>, actor: &Actor, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    Some(match (method, pattern) {
        ("GET", "/api/people/{id}") => world.of_people(actor, "/api/people", "", None),
        ("POST", "/api/people") => {
            let (one, other) = (world.next(), world.next());
            let new = |number: u32| json!({ "email": format!("alguien.{number}@example.org"), "name": "Alguien Más" });
            let mut foreign = new(other);
            foreign["manager"] = json!(world.foreign_mentor.address);
            vec![
                send("", Method::POST, pattern, new(one)),
                send("under a manager of another organisation", Method::POST, pattern, foreign),
            ]
        }
        ("POST", "/api/me/notices/{id}/read") => {
            let visit = |(about, id)| send(about, Method::POST, format!("/api/me/notices/{id}/read"), json!({}));
            of_notices(world, actor).await.map(visit).collect()
        }
        ("POST", "/api/me/notices/read") => vec![send("", Method::POST, pattern, json!({}))],
        ("POST", "/api/me/webhooks") => {
            let new = json!({ "address": NEW_HOOK[0].1, "shape": "slack", "kinds": [NEW_HOOK[2].1] });
            vec![send("", Method::POST, pattern, new)]
        }
        ("DELETE", "/api/me/webhooks/{id}") => {
            let visit =
                |(about, id): (_, String)| send(about, Method::DELETE, pattern.replace("{id}", &id), Value::Null);
            of_hooks(world, actor).await.map(visit).collect()
        }
        // What the record says already.
        ("PATCH", "/api/people/{id}") => {
            let versions = versions(world, actor).await;
            let people = world.people(actor).into_iter();
            let visit = |(about, id): (&'static str, String)| {
                let version: i64 = versions.get(&id).map_or(1, |version| version.parse().unwrap());
                send(about, Method::PATCH, format!("/api/people/{id}"), json!({ "version": version }))
            };
            people.map(visit).collect()
        }
        _ => return super::programs::visits(world, actor, method, pattern).await,
    })
}

/// Forms that say what the records say already.
async fn edits(world: &World<'_>, actor: &Actor) -> Vec<Visit> {
    let versions = versions(world, actor).await;
    let people = [&world.mentor, &world.mentee, &world.foreign_mentor, &world.foreign_mentee];
    world
        .people(actor)
        .into_iter()
        .map(|(about, id)| {
            let version = versions.get(&id).map_or("1", String::as_str);
            let known = people.into_iter().chain(&actor.person).find(|person| person.id.to_string() == id);
            let name = known.map_or("x", |person| &person.name);
            let is_mentor = [&world.mentor, &world.foreign_mentor].iter().any(|mentor| mentor.name == name);
            let role = if is_mentor { "mentor" } else { "mentee" };
            post(about, format!("/people/{id}/edit"), &[("name", name), ("version", version), ("roles", role)])
        })
        .collect()
}

/// Whoever may stays what they are; everybody else would become what they ask for.
fn parts(world: &World<'_>, actor: &Actor) -> Vec<Visit> {
    let everything = Part::ALL.map(|part| ("parts", part.code()));
    let wanted = |about: &str| match about {
        "one's own" if actor.label == FOREIGNER => everything.to_vec(),
        "one's own" => vec![("parts", "coordinator")],
        _ => vec![("parts", "faculty")],
    };
    let path = |id: &str| format!("/people/{id}/parts");
    let mut visits: Vec<Visit> =
        world.people(actor).into_iter().map(|(about, id)| post(about, path(&id), &wanted(about))).collect();
    let mentee = world.mentee.id.to_string();
    visits.push(post("to make an operator", path(&mentee), &[("parts", "operator")]));
    visits
}

async fn to_imports(world: &World<'_>, actor: &Actor, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    Some(match (method, pattern) {
        ("POST", "/imports") => {
            let sheet = format!("Nombre,Correo\nOtra Persona,otra.{}@example.org\n", world.next());
            let send = Send::Files(vec![("mentees", "personas.csv", sheet)]);
            vec![Visit { send, ..get("", pattern) }]
        }
        ("GET", "/imports/{id}") => world.of_imports(actor, "", None).await,
        ("GET", "/imports/{id}/mapping") => world.of_imports(actor, "/mapping", None).await,
        ("GET", "/imports/{id}/enrol") => of_done_imports(world, actor, None).await,
        ("POST", "/imports/{id}/enrol") => {
            let place = usize::from(actor.label == FOREIGNER);
            let edition = world.editions(true, Standing::Enrolled).await.swap_remove(place).1.edition;
            of_done_imports(world, actor, Some(&[("edition", &edition)])).await
        }
        ("GET", "/imports/{id}/problems") => world.of_imports(actor, "/problems?sheet=0&form=csv", None).await,
        ("POST", "/imports/{id}/mapping") => {
            world.of_imports(actor, "/mapping", Some(&[("version", "2"), ("c0-0", "name"), ("c0-1", "address")])).await
        }
        ("POST", "/imports/{id}/confirm") => {
            world.of_imports(actor, "/confirm", Some(&[("version", "2"), ("digest", "x")])).await
        }
        ("POST", "/imports/{id}/drop") => world.of_imports(actor, "/drop", Some(&[("version", "2")])).await,
        _ => return None,
    })
}

/// The imports whose people may be enrolled, and one that is not done.
async fn of_done_imports(world: &World<'_>, actor: &Actor, form: Option<&[(&str, &str)]>) -> Vec<Visit> {
    let open = if actor.label == FOREIGNER {
        import(&mut world.foreign_coordinator.clone()).await
    } else {
        import(&mut world.coordinator.clone()).await
    };
    let [own, foreign] = &world.done_imports;
    [
        ("one of the organisation", own.as_str()),
        ("one of another organisation", foreign),
        ("one that is not done", &open),
        ("none", NOBODY),
        ("no identifier at all", "x"),
    ]
    .into_iter()
    .map(|(about, id)| match form {
        None => get(about, format!("/imports/{id}/enrol")),
        Some(form) => post(about, format!("/imports/{id}/enrol"), form),
    })
    .collect()
}

/// The boards that somebody may come with: an edition, a run of it and somebody in that run.
fn to_pairing(world: &World<'_>, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    let nobody = Board {
        edition: NOBODY.to_owned(),
        run: NOBODY.to_owned(),
        mentee: NOBODY.to_owned(),
        mentor: NOBODY.to_owned(),
    };
    let mixed = Board { edition: world.board.edition.clone(), ..world.foreign_board.clone() };
    let boards = [
        ("one of the organisation", &world.board),
        ("one of another organisation", &world.foreign_board),
        ("an edition of the organisation with what is another's", &mixed),
        ("none", &nobody),
    ];
    let visit = |(about, board): (&'static str, &Board)| {
        let path =
            pattern.replace("{id}", &board.edition).replace("{run}", &board.run).replace("{mentee}", &board.mentee);
        Some(match (method, pattern.rsplit('/').next()?) {
            ("GET", "compare") => get(about, format!("{path}?before={run}&after={run}", run = board.run)),
            ("GET", _) => get(about, path),
            // A version that nobody has: whoever may is told that somebody else was faster, and nothing changes.
            ("POST", "rules" | "name") => post(about, path, &[("version", "99"), ("name", "x"), ("base", "")]),
            ("POST", "text") => {
                let send = Send::Files(vec![("file", "rules.toml", String::new())]);
                Visit { send, ..get(about, path) }
            }
            // A run is under way already, so that there is no second.
            ("POST", "runs") => post(about, path, &[]),
            ("POST", "marks") => {
                post(about, path, &[("mentee", &board.mentee), ("mentor", &board.mentor), ("mark", "forbid")])
            }
            _ => return None,
        })
    };
    boards.into_iter().map(visit).collect()
}

const FOUNDING: [(&str, &str); 5] = [
    ("organisation", "Otra Casa"),
    ("name", "Mal Intencionado"),
    ("address", "mal@example.org"),
    ("zone", "Europe/Madrid"),
    ("password", PASSWORD),
];

/// The same request from another machine.
fn from_afar(actor: &Actor, path: &str) -> Visit {
    let mut browser = actor.browser.clone();
    browser.peer = ([192, 0, 2, 1], 40_000).into();
    Visit { browser: Some(browser), ..get("from another machine", path) }
}

/// The versions of the records that a form may change, so that a right to change them is seen to succeed.
async fn versions(world: &World<'_>, actor: &Actor) -> BTreeMap<String, String> {
    static VERSION: Statement = Statement::new("SELECT version FROM persons WHERE id = $1", file!(), line!());
    let mut versions = BTreeMap::new();
    let own = actor.person.as_ref().map(|person| person.id);
    for id in [Some(world.mentor.id), Some(world.mentee.id), own].into_iter().flatten() {
        let row = world.house.app.db.row(&VERSION, vec![id.into()]).await.unwrap().unwrap();
        versions.insert(id.to_string(), row.get::<i64>("version").unwrap().to_string());
    }
    versions
}
