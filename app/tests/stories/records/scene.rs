//! A board meeting of five items of four classes, with a secretary and an observer who may be at two of the kinds. Everything that lets her in
//! was settled days before it begins, each on its own day.

use sha2::{Digest as _, Sha256};
use telemaco::db::{Error, Statement, Value};
use telemaco::identity::Part;
use telemaco::mentorships::MentorshipId;
use telemaco::observations::model::SittingId;
use telemaco::observations::record::actions;
use telemaco::problems::Failure;
use telemaco::programmes::EditionId;
use telemaco::{transaction, values};
use uuid::Uuid;

use crate::support::{House, Person};
use crate::vault::pair;

pub struct Scene {
    pub coordinator: Person,
    pub secretary: Person,
    pub mentor: Person,
    pub observer: Person,
    pub edition: EditionId,
    pub mentorship: MentorshipId,
    pub sitting: SittingId,
    /// Of the undertaking's words, as the annex has it.
    pub digest: String,
}

static TEXT: Statement = Statement::new(
    "INSERT INTO undertaking_texts (id, organisation, number, text_es, text_en, written_at) VALUES ($1, $2, 71, 'Callar.', 'Silence.', $3)",
    file!(),
    line!(),
);
static SITTING: Statement = Statement::new(
    "INSERT INTO sittings (id, organisation, edition, number, kind, starts_at, ends_at, zone, place, link, seats, undertaking_text, \
     host_name, host_address, chair_name, chair_address, opened_by, state, created_at, changed_at, version) \
     VALUES ($1, $2, $3, 1014, 'meeting', $4, $5, 'Europe/Madrid', '', '', 2, $6, '', '', '', '', $7, 'open', $4, $4, 1)",
    file!(),
    line!(),
);
static ITEM: Statement = Statement::new(
    "INSERT INTO sitting_items (id, organisation, sitting, number, class, planned_from, planned_to, classified_at, agreed_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    file!(),
    line!(),
);
static ITEM_CLASS: Statement = Statement::new(
    "INSERT INTO item_classes (item, number, organisation, since, class, is_agreed) VALUES ($1, $2, $3, $4, $5, $6)",
    file!(),
    line!(),
);
static STANDING: Statement = Statement::new(
    "INSERT INTO seat_standings (seat, number, organisation, since, state, conflict, concerns) VALUES ($1, $2, $3, $4, $5, $6, '')",
    file!(),
    line!(),
);
static SEAT: Statement = Statement::new(
    "INSERT INTO seats (id, organisation, sitting, mentorship, observer, asked_by, asked_at, state, conflict, sequence, changed_at, \
     version) VALUES ($1, $2, $3, $4, $5, $5, $6, 'held', 'none', 0, $6, 1)",
    file!(),
    line!(),
);
static SIGNED: Statement = Statement::new(
    "INSERT INTO undertakings (seat, organisation, observer, text, lang, words, digest, signed_at, ends_on) \
     VALUES ($1, $2, $3, $4, 'es', 'Callar.', $5, $6, '2027-02-15')",
    file!(),
    line!(),
);
static CLEARANCE: Statement = Statement::new(
    "INSERT INTO clearances (id, organisation, person, until, given_by, given_at) VALUES ($1, $2, $3, '2027-12-31', $4, $5)",
    file!(),
    line!(),
);
static KEEPER: Statement = Statement::new("UPDATE sittings SET keeper = $2 WHERE id = $1", file!(), line!());
static STATE: Statement = Statement::new("UPDATE sittings SET state = $2 WHERE id = $1", file!(), line!());

pub async fn run(house: &House, statement: &'static Statement, values: Vec<Value>) {
    let done: Result<u64, Error> = transaction!(house.app.db, tx => tx.run(statement, values.clone()).await);
    assert_eq!(done.unwrap(), 1);
}

pub async fn scene(house: &House) -> Scene {
    let pair = pair(house).await;
    let secretary = house.person(pair.ana.organisation, "Sara Soto", &[Part::Secretary]).await;
    let (sitting, digest) = sitting(house, (pair.edition, pair.mentorship), &pair.lucia, &secretary).await;
    let (coordinator, mentor, observer, mentorship) = (pair.ana, pair.andres, pair.lucia, pair.mentorship);
    Scene { coordinator, secretary, mentor, observer, edition: pair.edition, mentorship, sitting, digest }
}

/// A sitting at which somebody has a seat, and the digest of what they signed.
pub async fn sitting(
    house: &House,
    (edition, mentorship): (EditionId, MentorshipId),
    observer: &Person,
    secretary: &Person,
) -> (SittingId, String) {
    let organisation = secretary.organisation;
    let (sitting, seat, text) = (house.app.id(), house.app.id(), house.app.id());
    let now = house.app.now();
    let days_before = |days: i64| now - jiff::SignedDuration::from_hours(24 * days);
    let ends = now + jiff::SignedDuration::from_hours(2);
    run(house, &TEXT, values![text, organisation, days_before(9)]).await;
    run(house, &SITTING, values![sitting, organisation, edition, now, ends, text, secretary.id]).await;
    for (number, class) in (1_i64..).zip(["open", "confidential", "legal-advice", "inside-information", "open"]) {
        let from = now + jiff::SignedDuration::from_mins(15 * (number - 1));
        let until = now + jiff::SignedDuration::from_mins(15 * number);
        let (item, classified, agreed) = (house.app.id(), days_before(6), days_before(5));
        run(house, &ITEM, values![item, organisation, sitting, number, class, from, until, classified, agreed]).await;
        run(house, &ITEM_CLASS, values![item, 1_i64, organisation, classified, class, false]).await;
        run(house, &ITEM_CLASS, values![item, 2_i64, organisation, agreed, class, true]).await;
    }
    run(house, &SEAT, values![seat, organisation, sitting, mentorship, observer.id, days_before(8)]).await;
    run(house, &STANDING, values![seat, 1_i64, organisation, days_before(8), "asked", "not-asked"]).await;
    run(house, &STANDING, values![seat, 2_i64, organisation, days_before(7), "held", "not-asked"]).await;
    run(house, &STANDING, values![seat, 3_i64, organisation, days_before(4), "held", "none"]).await;
    let digest = Sha256::digest("Callar.").to_vec();
    run(house, &SIGNED, values![seat, organisation, observer.id, text, digest.clone(), days_before(3)]).await;
    run(house, &CLEARANCE, values![house.app.id(), organisation, observer.id, secretary.id, days_before(2)]).await;
    (SittingId(sitting), hex::encode(digest))
}

impl Scene {
    pub fn path(&self, page: &str) -> String {
        format!("/sittings/{}{page}", self.sitting)
    }

    /// Names who keeps the record.
    pub async fn keep(&self, house: &House, keeper: Option<&Person>) {
        run(house, &KEEPER, values![self.sitting, keeper.map(|keeper| keeper.id.0)]).await;
    }

    pub async fn set_state(&self, house: &House, state: &str) {
        run(house, &STATE, values![self.sitting, state]).await;
    }

    /// What whoever changed a class has the record do.
    pub async fn follow(&self, house: &House) {
        let by = (self.secretary.organisation, Some(self.secretary.id));
        let followed: Result<(), Failure> =
            transaction!(house.app.db, tx => actions::follow(&house.app, tx, by, self.sitting).await);
        followed.map_err(anyhow::Error::from).unwrap();
    }

    pub fn chain(&self) -> Uuid {
        self.sitting.0
    }
}
