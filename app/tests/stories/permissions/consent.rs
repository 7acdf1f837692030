//! How to come to the doors of consent and of mentorships. Forms carry what changes nothing: an old version, a run whose pairs stand
//! already, an answer that is none.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};
use telemaco::db::{Error, Statement, Value};
use telemaco::mentorships::{self, MentorshipId, NewMentorship};
use telemaco::people::model::Side;
use telemaco::programmes::{EditionId, Track};
use telemaco::transaction;

use super::meetings::Meeting;
use super::visits::{Visit, get, post};
use super::world::{Actor, FOREIGNER, NOBODY, World};
use crate::consent::cast;
use crate::support::{House, Person};

/// An edition with a proposal that waits for the mentor, and a mentorship.
pub struct Pairing {
    pub edition: EditionId,
    pub run: String,
    pub proposal: String,
    /// The secret of a link that answers the proposal.
    link: String,
    pub mentorship: MentorshipId,
    pub meeting: Meeting,
}

impl Pairing {
    pub async fn build(house: &House, coordinator: &Person, mentee: &Person, mentor: &Person) -> Self {
        static PROPOSAL: Statement = Statement::new("SELECT id FROM proposals WHERE edition = $1", file!(), line!());
        let edition = cast::edition(house, Track::Promotion, coordinator, |_| {}).await;
        cast::enrol(house, coordinator, edition, Side::Mentee, std::slice::from_ref(mentee)).await;
        cast::enrol(house, coordinator, edition, Side::Mentor, std::slice::from_ref(mentor)).await;
        let run = cast::run(house, coordinator, edition, &[(mentee.id, mentor.id)]).await;
        let mut browser = house.browser_of(coordinator).await;
        browser.post(&format!("/editions/{edition}/consent/send"), &[("run", &run)]).await.expect(303);
        let row = house.app.db.row(&PROPOSAL, vec![edition.into()]).await.unwrap().unwrap();
        let proposal: uuid::Uuid = row.get("id").unwrap();
        let pair = [NewMentorship { mentee: mentee.id, mentor: mentor.id }];
        let earlier = cast::edition(house, Track::Promotion, coordinator, |_| {}).await;
        let made: Result<Vec<MentorshipId>, Error> = transaction!(house.app.db, tx => {
            mentorships::begin(&house.app, tx, coordinator.organisation, earlier, &pair).await
        });
        let mentorship = made.unwrap()[0];
        Self {
            meeting: Meeting::build(house, mentorship, mentee, mentor).await,
            edition,
            run,
            proposal: proposal.to_string(),
            link: link(house, mentor, proposal).await,
            mentorship,
        }
    }
}

/// A link to answer with, as a mail would carry it.
async fn link(house: &House, mentor: &Person, proposal: uuid::Uuid) -> String {
    static LINK: Statement = Statement::new(
        "INSERT INTO proposal_links (token, organisation, proposal, person, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
        file!(),
        line!(),
    );
    let secret = house.app.secret();
    let (now, later) = (house.app.now(), house.app.now() + SignedDuration::from_hours(1));
    let values = || {
        let digest = Sha256::digest(secret).to_vec();
        vec![
            Value::Bytes(digest),
            mentor.organisation.into(),
            proposal.into(),
            mentor.id.into(),
            now.into(),
            later.into(),
        ]
    };
    let made: Result<u64, Error> = transaction!(house.app.db, tx => tx.run(&LINK, values()).await);
    made.unwrap();
    URL_SAFE_NO_PAD.encode(secret)
}

/// How somebody comes through one of these doors; `None` for a door of others.
pub fn visits(world: &World<'_>, actor: &Actor, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    let (own, foreign) = (&world.pairing, &world.foreign_pairing);
    let of = |kind: fn(&Pairing) -> String, after: &str, form: Option<&[(&str, &str)]>| -> Vec<Visit> {
        let start = pattern.split('/').nth(1).unwrap_or_default();
        [
            ("one of the organisation", kind(own)),
            ("one of another organisation", kind(foreign)),
            ("none", NOBODY.to_owned()),
            ("no identifier at all", "x".to_owned()),
        ]
        .into_iter()
        .map(|(about, id)| {
            let path = format!("/{start}/{id}{after}");
            form.map_or_else(|| get(about, path.clone()), |form| post(about, path.clone(), form))
        })
        .collect()
    };
    let edition: fn(&Pairing) -> String = |pairing| pairing.edition.to_string();
    let proposal: fn(&Pairing) -> String = |pairing| pairing.proposal.clone();
    let mentorship: fn(&Pairing) -> String = |pairing| pairing.mentorship.to_string();
    let none: &[(&str, &str)] = &[];
    let signs = [("number", "9"), ("version", "9"), ("hash", "00")];
    let wishes = [("side", "mentee"), ("version", "0"), ("do", "search")];
    // Whoever has the link of a mail is whom it was written to.
    let link = if actor.label == FOREIGNER { &foreign.link } else { &own.link };
    let run = if actor.label == FOREIGNER { &foreign.run } else { &own.run };
    Some(match (method, pattern) {
        ("GET", "/editions/{id}/wishes") => of(edition, "/wishes", None),
        ("POST", "/editions/{id}/wishes") => of(edition, "/wishes", Some(&wishes)),
        ("GET", "/editions/{id}/consent") => of(edition, "/consent", None),
        ("GET", "/editions/{id}/consent/export") => of(edition, "/consent/export?form=csv", None),
        ("POST", "/editions/{id}/consent/send") => of(edition, "/consent/send", Some(&[("run", run)])),
        ("POST", "/editions/{id}/consent/remind") => of(edition, "/consent/remind", Some(none)),
        ("POST", "/editions/{id}/publish") => of(edition, "/publish", Some(none)),
        ("GET", "/editions/{id}/mentorships") => of(edition, "/mentorships", None),
        ("GET", "/editions/{id}/mentorships/export") => of(edition, "/mentorships/export?form=csv", None),
        ("GET", "/editions/{id}/health") => of(edition, "/health", None),
        ("GET", "/editions/{id}/health/export") => of(edition, "/health/export?form=csv", None),
        ("POST", "/health/{id}") => of(mentorship, "", Some(&[("measure", "nudge")])),
        ("POST", "/proposals/{id}/take-back") => of(proposal, "/take-back", Some(&[("version", "0")])),
        ("GET", "/proposals/{id}") => of(proposal, "", None),
        ("POST", "/proposals/{id}") => of(proposal, "", Some(&[("answer", "accept")])),
        ("GET", "/mentorships/{id}" | "/health/{id}") => of(mentorship, "", None),
        ("POST", "/mentorships/{id}/end") => {
            of(mentorship, "/end", Some(&[("version", "0"), ("manage", "yes"), ("ending", "exit")]))
        }
        ("POST", "/mentorships/{id}/another") => of(mentorship, "/another", Some(&[("version", "0")])),
        ("GET", "/mentorships/{id}/agreement") => of(mentorship, "/agreement", None),
        ("GET", "/mentorships/{id}/agreement/edit") => of(mentorship, "/agreement/edit", None),
        ("GET", "/mentorships/{id}/agreement/{number}") => of(mentorship, "/agreement/1", None),
        ("GET", "/mentorships/{id}/agreement/{number}/text") => of(mentorship, "/agreement/1/text", None),
        ("POST", "/mentorships/{id}/agreement/edit") => of(mentorship, "/agreement/edit", Some(&signs)),
        ("POST", "/mentorships/{id}/agreement/sign") => of(mentorship, "/agreement/sign", Some(&signs)),
        ("POST", "/mentorships/{id}/agreement/discard") => of(mentorship, "/agreement/discard", Some(&signs)),
        ("GET", "/editions/{id}/agreement") => of(edition, "/agreement", None),
        ("POST", "/editions/{id}/agreement") => of(edition, "/agreement", Some(&[("version", "9")])),
        ("GET", "/answer/{token}") => {
            vec![get("one that answers a proposal", format!("/answer/{link}")), get("none", "/answer/x")]
        }
        ("POST", "/answer/{token}") => {
            let form = [("answer", "perhaps")];
            vec![
                post("one that answers a proposal", format!("/answer/{link}"), &form),
                post("none", "/answer/x", &form),
            ]
        }
        _ => return None,
    })
}
