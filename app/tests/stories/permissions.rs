//! Every door as everybody: each part, with and without the relation, a part held elsewhere, a stranger, somebody of another
//! organisation. What came out is a table for a person to read (`snapshots/…permissions.snap`); nothing here is derived from the
//! table of rights in the code.
//!
//! A new door fails until `visits` says how to come through it.

mod before;
mod consent;
mod editions;
mod glass;
mod journey;
mod meetings;
mod observations;
mod programs;
mod records;
mod visits;
pub mod world;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use telemaco::features;
use telemaco::identity::{self, Act, Grant, Part};
use telemaco::web::Who;
use visits::{Send, Visit, visits};
use world::{Actor, FOREIGNER, NO_PART, World, watch, writes};

use crate::story;
use crate::support::{House, Seen};

/// Words that nobody of the other organisation may read.
const FOREIGN: [&str; 4] = ["Universidad del Sur", "Fermín", "Felisa", "fermin."];
const OWN: [&str; 3] = ["Banco del Norte", "Marta Soler", "Luis Gil"];

async fn knock(actor: &Actor, is_api: bool, visit: &Visit) -> Seen {
    let mut browser = visit.browser.clone().unwrap_or_else(|| actor.browser.clone());
    if is_api {
        browser.forget();
        browser.bearer.clone_from(&actor.token);
    }
    match &visit.send {
        Send::Get => browser.get(&visit.path).await,
        Send::Form(form) => {
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            browser.post(&visit.path, &form).await
        }
        Send::Json(method, body) => {
            let kind = [("content-type", "application/json")];
            browser.request_with(method.clone(), &visit.path, &kind, &body.to_string()).await
        }
        Send::Toml(method, text) => {
            let kind = [("content-type", "application/toml")];
            browser.request_with(method.clone(), &visit.path, &kind, text).await
        }
        Send::Files(files) => {
            let files: Vec<(&str, &str, &[u8])> =
                files.iter().map(|(field, name, text)| (*field, *name, text.as_bytes())).collect();
            browser.upload(&visit.path, &[], &files).await
        }
    }
}

/// What came back, in a word or two: identifiers are left out.
fn outcome(seen: &Seen) -> String {
    let location = seen.location();
    if location.starts_with("/sign-in") && !seen.header("set-cookie").contains("Max-Age=0") {
        return "sign in first".to_owned();
    }
    let place: Vec<&str> =
        location.split('/').map(|step| if uuid::Uuid::parse_str(step).is_ok() { "{id}" } else { step }).collect();
    format!("{} {}", seen.status.as_u16(), place.join("/")).trim_end().to_owned()
}

fn is_refusal(seen: &Seen) -> bool {
    [401, 404].contains(&seen.status.as_u16()) || seen.location().starts_with("/sign-in")
}

/// Who they are, in as few words as say it all.
fn crowd(labels: &[String], is_only: bool) -> String {
    if is_only {
        return "everybody".to_owned();
    }
    let codes = || Part::ALL.map(Part::code);
    let here: Vec<String> = codes().map(str::to_owned).to_vec();
    let elsewhere: Vec<String> = codes().map(|code| format!("{code} elsewhere")).to_vec();
    let has_all = |wanted: &[String]| wanted.iter().all(|label| labels.contains(label));
    if labels.iter().any(|label| label == NO_PART) && has_all(&elsewhere) {
        return "everybody else".to_owned();
    }
    let mut said: Vec<String> = Vec::new();
    for label in labels {
        let said_as = match label {
            label if here.contains(label) && has_all(&here) => "every part",
            label if elsewhere.contains(label) && has_all(&elsewhere) => "every part elsewhere",
            label => label,
        };
        if said.last().is_none_or(|last| last != said_as) {
            said.push(said_as.to_owned());
        }
    }
    said.join(", ")
}

story!(every_door_as_everybody, async |house: &House| {
    let world = World::build(house).await;
    watch(house).await;
    let mut table = String::from(
        "Every door, tried as everybody: a stranger; somebody without a part; each part, held in the organisation; each part\n\
         “elsewhere”, held in an edition and a mentorship with which the record has nothing to do; somebody with every part in\n\
         another organisation. “sign in first”: sent to the page where one signs in. The doors of the first start and of the\n\
         demo open in stories of their own.\n",
    );
    let mut unknown = Vec::new();
    for door in features::ALL.iter().flat_map(|feature| (feature.doors)()) {
        let is_api = door.path.starts_with("/api/");
        // Per visit, in the order of the visits: who got which answer.
        let mut lines: Vec<Row> = Vec::new();
        for actor in &world.actors {
            let Some(visits) = visits(&world, actor, door.method.as_str(), door.path).await else {
                unknown.push(format!("{} {}", door.method, door.path));
                break;
            };
            let mut before = writes(house).await;
            for (place, visit) in visits.into_iter().enumerate() {
                let seen = knock(actor, is_api, &visit).await;
                let after = writes(house).await;
                if is_refusal(&seen) && !visit.path.starts_with("/sign-out") {
                    assert_eq!(after, before, "{} {} was refused and wrote", door.method, visit.path);
                }
                before = after;
                let words: &[&str] = if actor.label == FOREIGNER { &OWN } else { &FOREIGN };
                for word in words {
                    let is_read = seen.says(word) && visit.about != "under a manager of another organisation";
                    assert!(!is_read, "{} reads {word} at {} {}", actor.label, door.method, visit.path);
                }
                if lines.len() == place {
                    lines.push(Row { about: visit.about, outcomes: BTreeMap::new() });
                }
                lines[place].outcomes.entry(outcome(&seen)).or_default().push(actor.label.clone());
            }
        }
        write_rows(&mut table, &format!("{} {}", door.method, door.path), &lines);
    }
    assert!(unknown.is_empty(), "say in `visits` how to come through {unknown:#?}");
    insta::assert_snapshot!("permissions", table);
});

/// One way of coming to a door: who got which answer.
struct Row {
    about: &'static str,
    outcomes: BTreeMap<String, Vec<String>>,
}

fn write_rows(table: &mut String, door: &str, rows: &[Row]) {
    writeln!(table, "\n{door}").unwrap();
    for Row { about, outcomes } in rows {
        if !about.is_empty() {
            writeln!(table, "  {about}").unwrap();
        }
        for (outcome, labels) in outcomes {
            writeln!(table, "    {outcome:<27} {}", crowd(labels, outcomes.len() == 1)).unwrap();
        }
    }
}

/// What `docs/permissions.md` says: the table of rights and the doors that ask for them.
fn document() -> String {
    let mut text = String::from(
        "# Who may do what\n\n\
         Written from the code; `TELEMACO_WRITE_DOCS=1 cargo test -p telemaco --test stories permissions` writes it again.\n\
         A right goes no further than the organisation in which it is held: what belongs to another one is not there. What one\n\
         may not see answers as if it did not exist.\n\n\
         | To | may |\n| --- | --- |\n",
    );
    for (act, grants) in identity::WHO_MAY {
        let grants: Vec<String> = grants.iter().copied().map(grant_in_words).collect();
        writeln!(text, "| {} | {} |", act_in_words(*act), grants.join(", ")).unwrap();
    }
    text.push_str("\n## Doors\n\n| Door | Who may come through it |\n| --- | --- |\n");
    for door in features::ALL.iter().flat_map(|feature| (feature.doors)()) {
        let who = match door.who {
            Who::Anyone => "everybody".to_owned(),
            Who::Demo => "everybody, in the demo".to_owned(),
            Who::May(act) => format!("who may {}", act_in_words(act).to_lowercase()),
            Who::Token(act, scope) => {
                let token = scope.map_or_else(String::new, |scope| format!(", with `{}`", scope.code()));
                format!("a program of who may {}{token}", act_in_words(act).to_lowercase())
            }
        };
        writeln!(text, "| `{} {}` | {who} |", door.method, door.path).unwrap();
    }
    text
}

/// `ReadDirectory` as `Read directory`.
fn act_in_words(act: Act) -> String {
    let mut words = String::new();
    for letter in format!("{act:?}").chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
            words.extend(letter.to_lowercase());
        } else {
            words.push(letter);
        }
    }
    words
}

fn grant_in_words(grant: Grant) -> String {
    match grant {
        Grant::Everybody => "everybody of the organisation".to_owned(),
        Grant::Own => "whoever it is about".to_owned(),
        Grant::Holds(part) => format!("the {}", part.code()),
        Grant::HoldsThere(part) => format!("the {} of the very edition or mentorship", part.code()),
    }
}

#[test]
fn the_document_says_what_the_code_does() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/permissions.md");
    if std::env::var_os("TELEMACO_WRITE_DOCS").is_some() {
        std::fs::write(&file, document()).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(written, document(), "write docs/permissions.md again, with TELEMACO_WRITE_DOCS=1");
}
