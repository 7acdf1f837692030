//! How to come to the doors of programmes and editions: each time with an edition of its own, in which a mentee takes part.

use telemaco::identity::{Part, PersonId};
use telemaco::people::model::Side;
use telemaco::programmes::model::{NewEnrolment, Way};
use telemaco::programmes::{self, Standing, Track};

use super::visits::{Visit, get, post};
use super::world::{Actor, FOREIGNER, NOBODY, World};
use crate::support::{Client, Person, form};

/// An edition of a programme of its own, and somebody in it.
pub struct Made {
    pub programme: String,
    pub edition: String,
    pub enrolment: String,
}

impl World<'_> {
    /// Makes an edition of one of the organisations, open or not, in which this person stands so.
    pub async fn edition(&self, by: &Person, is_open: bool, person: PersonId, standing: Standing) -> Made {
        let (app, viewer) = (&self.house.app, self.house.viewer(by).await);
        let dates = ("2027-02-01".parse().unwrap(), "2027-06-30".parse().unwrap());
        let programme = programmes::add_programme(app, &viewer, "Programa", Track::Degree).await.unwrap();
        let settings = programmes::model::Settings {
            applications: true,
            course: Track::Degree.proposed_course("Curso"),
            ..Default::default()
        };
        let edition = programmes::add_edition(app, &viewer, programme, "Edición", dates, settings).await.unwrap();
        let new = NewEnrolment::of(person, Side::Mentee, standing, Way::Import);
        programmes::enrol(app, &viewer, edition, &[new]).await.unwrap();
        if is_open {
            programmes::open_edition(app, &viewer, edition, 1).await.unwrap();
        }
        let enrolment = programmes::enrolment_of(&app.db, edition, person, Side::Mentee).await.unwrap().unwrap();
        Made { programme: programme.to_string(), edition: edition.to_string(), enrolment: enrolment.id.to_string() }
    }

    /// One of each organisation, and what is none.
    pub async fn editions(&self, is_open: bool, standing: Standing) -> Vec<(&'static str, Made)> {
        let none = |id: &str| Made { programme: id.to_owned(), edition: id.to_owned(), enrolment: id.to_owned() };
        vec![
            ("one of the organisation", self.edition(&self.bank, is_open, self.mentee.id, standing).await),
            (
                "one of another organisation",
                self.edition(&self.university, is_open, self.foreign_mentee.id, standing).await,
            ),
            ("none", none(NOBODY)),
            ("no identifier at all", none("x")),
        ]
    }

    /// Somebody of the faculty of this actor's organisation.
    pub fn faculty(&self, actor: &Actor) -> String {
        let label = if actor.label == FOREIGNER { FOREIGNER } else { Part::Faculty.code() };
        let faculty = self.actors.iter().find(|actor| actor.label == label).unwrap();
        faculty.own()
    }

    fn coordinator_of(&self, actor: &Actor) -> (Client, &Person) {
        if actor.label == FOREIGNER {
            (self.foreign_coordinator.clone(), &self.university)
        } else {
            (self.coordinator.clone(), &self.bank)
        }
    }
}

/// The pages and forms of an edition: what follows its path, whether it has been opened, and what is sent.
const PAGES: &[(&str, &str)] = &[
    ("/editions/{id}", ""),
    ("/editions/{id}/settings", "/settings"),
    ("/editions/{id}/onlookers", "/onlookers"),
    ("/editions/{id}/onlookers/export", "/onlookers/export?form=csv"),
    ("/editions/{id}/enrolments", "/enrolments"),
    ("/editions/{id}/enrolments/export", "/enrolments/export?form=csv"),
    ("/editions/{id}/enrolments/new", "/enrolments/new"),
    ("/editions/{id}/enrolments/group", "/enrolments/group"),
    ("/editions/{id}/fallback", "/fallback"),
];

pub async fn to_editions(world: &World<'_>, actor: &Actor, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    if method == "GET" {
        return pages(world, actor, pattern).await;
    }
    let address = if actor.label == FOREIGNER { &world.foreign_mentor.address } else { &world.mentor.address };
    let faculty = world.faculty(actor);
    let mentor = if actor.label == FOREIGNER { world.foreign_mentor.id } else { world.mentor.id }.to_string();
    let sent: (&str, bool, Vec<(&str, &str)>) = match pattern {
        "/programmes/new" => return Some(vec![post("", pattern, NEW)]),
        "/taking-part" | "/taking-part/{enrolment}" | "/lent" => return own(world, actor, pattern, false).await,
        "/programmes/{id}" => ("", true, vec![("version", "1"), ("programme", "Otro nombre")]),
        "/programmes/{id}/editions" => ("/editions", true, NEW.to_vec()),
        "/editions/{id}/settings" => return Some(settings(world, actor).await),
        "/editions/{id}/open" => ("/open", false, vec![("version", "1")]),
        "/editions/{id}/close" => ("/close", true, vec![("version", "2")]),
        "/editions/{id}/mentorships/end" => ("/mentorships/end", true, vec![]),
        "/editions/{id}/onlookers" => ("/onlookers", true, vec![("person", address), ("part", "sponsor")]),
        "/editions/{id}/onlookers/remove" => {
            ("/onlookers/remove", true, vec![("person", &mentor), ("part", "sponsor")])
        }
        "/editions/{id}/enrolments/new" => ("/enrolments/new", true, vec![("side", "mentor"), ("people", address)]),
        "/editions/{id}/enrolments/group" => ("/enrolments/group", true, vec![("side", "mentor"), ("which", "all")]),
        "/editions/{id}/fallback" => ("/fallback", true, vec![("fallback", &faculty), ("which", "all")]),
        "/editions/{id}/enrolments/{enrolment}" => ("/enrolments/", true, vec![("version", "1"), ("post", "Zona")]),
        "/editions/{id}/enrolments/{enrolment}/step" => {
            ("/enrolments//step", true, vec![("version", "1"), ("step", "withdraw")])
        }
        _ => return None,
    };
    let (after, is_open, form) = sent;
    let visits = world.editions(is_open, Standing::Enrolled).await.into_iter().map(|(about, made)| {
        let path = match after.strip_prefix("/enrolments/").filter(|rest| !["new", "group"].contains(rest)) {
            Some(rest) => format!("/editions/{}/enrolments/{}{rest}", made.edition, made.enrolment),
            None if pattern.starts_with("/programmes") => format!("/programmes/{}{after}", made.programme),
            None => format!("/editions/{}{after}", made.edition),
        };
        post(about, path, &form)
    });
    Some(visits.collect())
}

const NEW: &[(&str, &str)] = &[
    ("track", "promotion"),
    ("programme", "Programa"),
    ("name", "Edición"),
    ("starts-on", "2027-02-01"),
    ("ends-on", "2027-06-30"),
];

async fn pages(world: &World<'_>, actor: &Actor, pattern: &str) -> Option<Vec<Visit>> {
    if pattern == "/taking-part/{enrolment}" {
        return own(world, actor, pattern, true).await;
    }
    let editions = world.editions(true, Standing::Enrolled).await;
    let visits = editions.into_iter().map(|(about, made)| {
        let Made { programme, edition, enrolment } = made;
        let after = PAGES.iter().find(|(page, _)| *page == pattern).map(|(_, after)| *after);
        Some(match (pattern, after) {
            (_, Some(after)) => get(about, format!("/editions/{edition}{after}")),
            ("/programmes/{id}", _) => get(about, format!("/programmes/{programme}")),
            ("/overview/{edition}", _) => get(about, format!("/overview/{edition}")),
            ("/overview/{edition}/loops", _) => get(about, format!("/overview/{edition}/loops")),
            ("/overview/{edition}/export", _) => get(about, format!("/overview/{edition}/export?form=csv")),
            ("/editions/{id}/enrolments/{enrolment}", _) => {
                get(about, format!("/editions/{edition}/enrolments/{enrolment}"))
            }
            _ => return None,
        })
    });
    visits.collect()
}

/// The settings as they stand.
async fn settings(world: &World<'_>, actor: &Actor) -> Vec<Visit> {
    let mut visits = Vec::new();
    let (mut coordinator, _) = world.coordinator_of(actor);
    for (about, made) in world.editions(true, Standing::Enrolled).await {
        let path = format!("/editions/{}/settings", made.edition);
        let mut form = form::fields(&coordinator.get(&path).await.text());
        form.insert("zone".to_owned(), "Europe/Madrid".to_owned());
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        visits.push(post(about, path, &form));
    }
    visits
}

/// What somebody does about their own part, and about their reports.
async fn own(world: &World<'_>, actor: &Actor, pattern: &str, is_get: bool) -> Option<Vec<Visit>> {
    let (mut coordinator, by) = world.coordinator_of(actor);
    if pattern == "/lent" {
        let manager = actor.person.as_ref().map_or("", |person| person.address.as_str());
        let address = format!("informe.{}@example.org", world.next());
        let new = [
            ("name", "Informe Directo"),
            ("address", &address),
            ("version", "0"),
            ("roles", "mentor"),
            ("manager", manager),
        ];
        let report = coordinator.post("/people/new", &new).await.expect(303).location().replace("/people/", "");
        let editions = world.editions(true, Standing::Enrolled).await;
        let place = usize::from(actor.label == FOREIGNER);
        let edition = editions[place].1.edition.as_str();
        let mentee = world.mentee.id.to_string();
        return Some(vec![
            post("one's own report", pattern, &[("person", &report), ("edition", edition), ("post", "Zona")]),
            post("somebody else's report", pattern, &[("person", &mentee), ("edition", edition), ("post", "Zona")]),
        ]);
    }
    let own = match &actor.person {
        Some(person) => world.edition(by, true, person.id, Standing::Asked).await.enrolment,
        None => NOBODY.to_owned(),
    };
    let mut others = world.editions(true, Standing::Asked).await;
    if pattern == "/taking-part" {
        let visits = others
            .into_iter()
            .map(|(about, made)| post(about, pattern, &[("edition", made.edition.as_str()), ("side", "mentor")]));
        return Some(visits.collect());
    }
    let own = Made { programme: String::new(), edition: String::new(), enrolment: own };
    others[0].0 = "somebody else's";
    others[1].0 = "somebody's of another organisation";
    let visits = std::iter::once(("one's own", own)).chain(others).map(|(about, made)| {
        let path = format!("/taking-part/{}", made.enrolment);
        if is_get { get(about, path) } else { post(about, path, &[("version", "1"), ("step", "accept")]) }
    });
    Some(visits.collect())
}
