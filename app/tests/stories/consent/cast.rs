//! An edition with people on both sides, and runs of its pairing put there as the board keeps them.

use std::collections::BTreeMap;

use serde_json::json;
use telemaco::db::{Engine, Error, Statement, Value};
use telemaco::identity::PersonId;
use telemaco::people::model::Side;
use telemaco::programmes::model::{NewEnrolment, Settings, Way};
use telemaco::programmes::working_days::WorkingDays;
use telemaco::programmes::{self, EditionId, Standing, Track};
use telemaco::transaction;

use crate::support::{Client, House, Person, form};

pub struct Cast {
    pub coordinator: Person,
    pub browser: Client,
    pub edition: EditionId,
    pub mentees: Vec<Person>,
    pub mentors: Vec<Person>,
}

impl Cast {
    pub async fn new(house: &House, track: Track, mentees: &[&str], mentors: &[&str]) -> Self {
        let coordinator = house.organisation("Banco del Norte", "Ana Pérez").await;
        let (mut learn, mut teach) = (Vec::new(), Vec::new());
        for name in mentees {
            learn.push(house.person(coordinator.organisation, name, &[]).await);
        }
        for name in mentors {
            teach.push(house.person(coordinator.organisation, name, &[]).await);
        }
        Self::with(house, track, coordinator, learn, teach, |_| {}).await
    }

    /// An edition of people who are there already.
    pub async fn with(
        house: &House,
        track: Track,
        coordinator: Person,
        mentees: Vec<Person>,
        mentors: Vec<Person>,
        set: impl FnOnce(&mut Settings),
    ) -> Self {
        let browser = house.browser_of(&coordinator).await;
        let edition = edition(house, track, &coordinator, set).await;
        enrol(house, &coordinator, edition, Side::Mentee, &mentees).await;
        enrol(house, &coordinator, edition, Side::Mentor, &mentors).await;
        Self { coordinator, browser, edition, mentees, mentors }
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/editions/{}/{rest}", self.edition)
    }

    /// A finished run that pairs these, by their places in the two lists.
    pub async fn run(&self, house: &House, pairs: &[(usize, usize)]) -> String {
        let pairs: Vec<(PersonId, PersonId)> =
            pairs.iter().map(|(mentee, mentor)| (self.mentees[*mentee].id, self.mentors[*mentor].id)).collect();
        run(house, &self.coordinator, self.edition, &pairs).await
    }

    /// Runs, sends the proposals, and carries the mails.
    pub async fn propose(&mut self, house: &House, pairs: &[(usize, usize)]) -> String {
        let run = self.run(house, pairs).await;
        let path = self.path("consent/send");
        self.browser.post(&path, &[("run", &run)]).await.expect(303);
        house.work().await;
        run
    }

    /// The coordinator's view as text, everything shown.
    pub async fn overview(&mut self) -> String {
        let path = self.path("consent");
        self.browser.get(&path).await.expect(200).text()
    }

    /// Where each proposal stands, by the mentee's name: the last one where there are several.
    pub async fn states(&self, house: &House) -> BTreeMap<String, String> {
        static STATES: Statement = Statement::new(
            "SELECT persons.name, proposals.state FROM proposals JOIN persons ON persons.id = proposals.mentee \
             WHERE proposals.edition = $1 ORDER BY proposals.created_at, proposals.id",
            file!(),
            line!(),
        );
        let rows = house.app.db.rows(&STATES, vec![self.edition.into()]).await.unwrap();
        rows.iter().map(|row| (row.get("name").unwrap(), row.get("state").unwrap())).collect()
    }

    /// The coordinator publishes.
    pub async fn publish(&mut self) -> crate::support::Seen {
        let path = self.path("publish");
        self.browser.post(&path, &[]).await
    }
}

pub async fn edition(house: &House, track: Track, coordinator: &Person, set: impl FnOnce(&mut Settings)) -> EditionId {
    let viewer = house.viewer(coordinator).await;
    let calendar = WorkingDays { zone: "Europe/Madrid".to_owned(), ..WorkingDays::default() };
    let mut settings = Settings { calendar, ..Settings::default() };
    set(&mut settings);
    let done = async {
        let programme = programmes::add_programme(&house.app, &viewer, "Liderazgo", track).await?;
        let dates = ("2027-01-01".parse().unwrap(), "2027-12-31".parse().unwrap());
        let edition =
            programmes::add_edition(&house.app, &viewer, programme, "Promoción 2027", dates, settings).await?;
        programmes::open_edition(&house.app, &viewer, edition, 1).await?;
        Ok::<_, telemaco::problems::Failure>(edition)
    };
    done.await.map_err(anyhow::Error::from).unwrap()
}

pub async fn enrol(house: &House, by: &Person, edition: EditionId, side: Side, people: &[Person]) {
    let viewer = house.viewer(by).await;
    let new = |person: &Person| NewEnrolment {
        person: person.id,
        side,
        standing: Standing::Enrolled,
        way: Way::Invitation,
        post: None,
        nominated_by: None,
        capacity: None,
    };
    let people: Vec<NewEnrolment> = people.iter().map(new).collect();
    programmes::enrol(&house.app, &viewer, edition, &people).await.map_err(anyhow::Error::from).unwrap();
}

/// Somebody leaves an edition.
pub async fn withdraw(house: &House, edition: EditionId, person: &Person, side: Side) {
    let enrolment = programmes::enrolment_of(&house.app.db, edition, person.id, side).await.unwrap().unwrap();
    let viewer = house.viewer(person).await;
    let step = programmes::Step::Withdraw;
    let done = programmes::step(&house.app, &viewer, enrolment.id, enrolment.version, step, "").await;
    done.map_err(anyhow::Error::from).unwrap();
}

/// What the board says of a pair: one reason that may be told, and three that may not.
pub fn told() -> String {
    let reason = |rule: &str, key: &str, arguments: serde_json::Value| json!({ "rule": rule, "points": 37, "text": { "key": key, "arguments": arguments } });
    json!({ "reasons": [
        reason("competencies", "pairing-reason-competency-levels", json!([["name", "Negociación"], ["wanted", 4], ["held", 5]])),
        reason("mentee-ranking", "pairing-reason-ranked-by-mentee", json!([["place", 3], ["of", 5]])),
        reason("mentor-ranking", "pairing-reason-ranked-by-mentor", json!([["place", 2], ["of", 4]])),
        reason("reserved", "pairing-wish-reserved", json!([])),
    ] })
    .to_string()
}

/// A finished run of an edition.
pub async fn run(house: &House, by: &Person, edition: EditionId, pairs: &[(PersonId, PersonId)]) -> String {
    static RUN: Statement = Statement::new(
        "INSERT INTO pairing_runs (id, organisation, edition, number, name, state, rules, started_by, created_at, \
         finished_at, version) VALUES ($1, $2, $3, (SELECT count(*) + 1 FROM pairing_runs WHERE edition = $3), 'x', 'done', \
         '', $4, $5, $5, 1)",
        file!(),
        line!(),
    );
    static RESULT: Statement = Statement::new(
        "INSERT INTO pairing_results (run, organisation, place, mentee, mentor, score, told) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        file!(),
        line!(),
    );
    let (id, now, told) = (house.app.id(), house.app.now(), told());
    let rows = || -> Vec<Vec<Value>> {
        pairs
            .iter()
            .zip(0_i64..)
            .map(|((mentee, mentor), place)| {
                vec![
                    id.into(),
                    by.organisation.into(),
                    place.into(),
                    (*mentee).into(),
                    (*mentor).into(),
                    912_i64.into(),
                    told.as_str().into(),
                ]
            })
            .collect()
    };
    let done: Result<(), Error> = transaction!(house.app.db, tx => {
        tx.run(&RUN, vec![id.into(), by.organisation.into(), edition.into(), by.id.into(), now.into()]).await?;
        tx.run_many(&RESULT, rows()).await?;
        Ok(())
    });
    done.unwrap();
    id.to_string()
}

/// Mails are added and stay where they are: thousands take longer than what a story is about.
pub async fn hold_mails(house: &House) {
    let held = "NEW.name LIKE '%.mail-%'";
    let trigger = match house.app.db.engine() {
        Engine::Sqlite => format!(
            "CREATE TRIGGER hold AFTER INSERT ON jobs WHEN {held} BEGIN UPDATE jobs SET failed_at = 1 WHERE id = NEW.id; END"
        ),
        Engine::Postgres => format!(
            "CREATE FUNCTION hold() RETURNS trigger AS $$ BEGIN NEW.failed_at := 1; RETURN NEW; END $$ LANGUAGE plpgsql; \
             CREATE TRIGGER hold BEFORE INSERT ON jobs FOR EACH ROW WHEN ({held}) EXECUTE FUNCTION hold()"
        ),
    };
    house.raw(&trigger).await;
}

/// Of an edition: the mails held that ask somebody, and how many of them differ; what was told of mentorships that began, and how much of
/// that differs.
pub async fn letters(house: &House, edition: EditionId) -> [usize; 4] {
    static LETTERS: Statement = Statement::new(
        "SELECT count(*) AS asks, count(DISTINCT payload) AS asked, \
         (SELECT count(*) FROM notices JOIN mentorships ON mentorships.id = notices.about \
          WHERE notices.kind = 'pairing.published' AND mentorships.edition = $1) AS told, \
         (SELECT count(*) FROM (SELECT DISTINCT notices.person, notices.about FROM notices \
          JOIN mentorships ON mentorships.id = notices.about \
          WHERE notices.kind = 'pairing.published' AND mentorships.edition = $1) AS pairs) AS heard \
         FROM jobs WHERE name = 'pairing.mail-proposal' AND payload LIKE '%\"letter\":\"ask\"%'",
        file!(),
        line!(),
    );
    let row = house.app.db.row(&LETTERS, vec![edition.into()]).await.unwrap().unwrap();
    ["asks", "asked", "told", "heard"].map(|column| usize::try_from(row.get::<i64>(column).unwrap()).unwrap())
}

/// The path of the only proposal in somebody's list.
pub async fn proposal_of(browser: &mut Client) -> String {
    let list = browser.get("/proposals").await.expect(200).text();
    let mut paths = list.split("href=\"/proposals/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let first = paths.next().unwrap_or_else(|| panic!("no proposal in {list}"));
    format!("/proposals/{first}")
}

/// The version with which the coordinator may take back the proposal of somebody, and its path.
pub fn take_back_of(overview: &str, name: &str) -> (String, String) {
    let end = format!("aria-label=\"Retirar la propuesta de {name}\"");
    let before = overview.split(&end).next().filter(|before| before.len() < overview.len());
    let before = before.unwrap_or_else(|| panic!("{name} has nothing to take back"));
    let start = before.rfind("<form").unwrap();
    let path = before[start..].split("action=\"").nth(1).unwrap().split('"').next().unwrap();
    (path.to_owned(), form::fields(&before[start..])["version"].clone())
}
