//! How to come to the doors of what stands before the first meeting: frameworks, orientation, baselines.

use telemaco::db::Error;
use telemaco::frameworks;
use telemaco::mentorships::{self, NewMentorship};
use telemaco::people::model::Side;
use telemaco::programmes::model::{NewEnrolment, Way};
use telemaco::programmes::{self, EditionId, Standing, Track};
use telemaco::transaction;

use super::visits::{Visit, get, post};
use super::world::{NOBODY, World};
use crate::support::before::open_edition;
use crate::support::form::fields;
use crate::support::{Client, House, Person};

/// An edition with its framework, in which a mentor has a mentee.
pub struct Before {
    edition: EditionId,
    framework: String,
    version: String,
    mentee: String,
    heading: Vec<(String, String)>,
    competency: Vec<(String, String)>,
}

impl Before {
    pub async fn build(house: &House, coordinator: &Person, mentor: &Person, mentee: &Person) -> Self {
        let edition = open_edition(house, coordinator, Track::Degree).await;
        let sides = [(mentee, Side::Mentee), (mentor, Side::Mentor)];
        let people = sides.map(|(person, side)| NewEnrolment {
            person: person.id,
            side,
            standing: Standing::Enrolled,
            way: Way::Import,
            post: None,
            nominated_by: None,
            capacity: None,
        });
        let viewer = house.viewer(coordinator).await;
        programmes::enrol(&house.app, &viewer, edition, &people).await.map_err(anyhow::Error::from).unwrap();
        let pair = [NewMentorship { mentee: mentee.id, mentor: mentor.id }];
        let begun: Result<(), Error> = transaction!(house.app.db, tx => {
            mentorships::begin(&house.app, tx, coordinator.organisation, edition, &pair).await.map(drop)
        });
        begun.unwrap();
        let own = frameworks::choices(&house.app.db, coordinator.organisation).await.unwrap().remove(0);
        let framework = own.framework.to_string();
        let mut browser = house.browser_of(coordinator).await;
        let heading = form(&mut browser, &format!("/frameworks/{framework}/edit")).await;
        let competency = form(&mut browser, &format!("/frameworks/{framework}/competencies/ethics")).await;
        let version = own.version.to_string();
        Self { edition, framework, version, mentee: mentee.id.to_string(), heading, competency }
    }
}

async fn form(browser: &mut Client, page: &str) -> Vec<(String, String)> {
    fields(&browser.get(page).await.expect(200).text()).into_iter().collect()
}

/// The pages of one organisation, of another, and of none, each with the form that says what stands there already.
fn each<'a>(
    world: &'a World<'_>,
    path: impl Fn(&str) -> String,
    id: impl Fn(&'a Before) -> String,
    form: Option<&dyn Fn(&'a Before) -> Vec<(String, String)>>,
) -> Vec<Visit> {
    let (own, foreign) = (&world.before, &world.foreign_before);
    [
        ("of the organisation", id(own), own),
        ("of another organisation", id(foreign), foreign),
        ("none", NOBODY.to_owned(), own),
        ("no identifier at all", "x".to_owned(), own),
    ]
    .into_iter()
    .map(|(about, id, before)| match form {
        None => get(about, path(&id)),
        Some(form) => {
            let form = form(before);
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            post(about, path(&id), &form)
        }
    })
    .collect()
}

fn fixed(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// How somebody comes through a door of these; `None` for every other.
pub fn visits(world: &World<'_>, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    let gets = method == "GET";
    if let Some(rest) = pattern.strip_prefix("/frameworks/{id}") {
        let rest = rest.replace("{key}", if rest.ends_with("/move") { "leading-people" } else { "ethics" });
        let rest = rest.replace("{number}", "1");
        let path = |id: &str| format!("/frameworks/{id}{rest}");
        let id = |before: &Before| before.framework.clone();
        return Some(match (gets, rest.as_str()) {
            (true, _) => each(world, path, id, None),
            (false, "/edit") => each(world, path, id, Some(&|before| before.heading.clone())),
            (false, "/competencies/ethics") => each(world, path, id, Some(&|before| before.competency.clone())),
            (false, "/competencies/leading-people/move") => {
                each(world, path, id, Some(&|_| fixed(&[("version", "1"), ("to", "up")])))
            }
            (false, "/restore") => each(world, path, id, Some(&|_| fixed(&[("version", "1"), ("number", "1")]))),
            // Somebody else changed it meanwhile, so that it stays as it is.
            (false, _) => each(world, path, id, Some(&|_| fixed(&[("version", "0")]))),
        });
    }
    if (method, pattern) == ("POST", "/frameworks/copy") {
        let visits = each(
            world,
            |_| "/frameworks/copy".to_owned(),
            |before| before.version.clone(),
            Some(&|before| vec![("of".to_owned(), before.version.clone())]),
        );
        let ready_made = post("the one that ships", pattern, &[("of", "executive")]);
        return Some(visits.into_iter().take(2).chain([ready_made]).collect());
    }
    let rest = pattern.strip_prefix("/editions/{id}")?;
    let id = |before: &Before| before.edition.to_string();
    let path = |id: &str| format!("/editions/{id}{}", rest.replace("{part}", "mentor"));
    Some(match (method, rest) {
        ("GET", "/orientation" | "/orientation/readers" | "/orientation/{part}" | "/baseline" | "/baselines") => {
            each(world, path, id, None)
        }
        ("GET", "/orientation/readers/export" | "/baselines/export") => {
            each(world, |id| format!("{}?form=csv", path(id)), id, None)
        }
        ("POST", "/orientation") => {
            let settings = programmes::model::Settings::default();
            let words = programmes::orientation::model::digest(&settings, telemaco::identity::Part::Mentee);
            each(world, path, id, Some(&|_| fixed(&[("part", "mentee"), ("words", &words)])))
        }
        ("POST", "/orientation/{part}") => each(world, path, id, Some(&|_| fixed(&[("version", "1")]))),
        ("GET", "/baseline/{mentee}") => of_mentee(world, None),
        ("POST", "/baseline/{mentee}") => of_mentee(world, Some(&[("do", "save"), ("times", "0"), ("draft", "0")])),
        _ => return None,
    })
}

fn of_mentee(world: &World<'_>, form: Option<&[(&str, &str)]>) -> Vec<Visit> {
    let (own, foreign) = (&world.before, &world.foreign_before);
    [
        ("of a mentee of the organisation", own.edition.to_string(), own.mentee.as_str()),
        ("of a mentee of another organisation", foreign.edition.to_string(), foreign.mentee.as_str()),
        ("of nobody", own.edition.to_string(), NOBODY),
        ("no identifier at all", own.edition.to_string(), "x"),
    ]
    .into_iter()
    .map(|(about, edition, mentee)| {
        let path = format!("/editions/{edition}/baseline/{mentee}");
        form.map_or_else(|| get(about, path.clone()), |form| post(about, path.clone(), form))
    })
    .collect()
}
