//! An edition with everybody enrolled who is on record, as a story needs it.

use telemaco::people::model::Side;
use telemaco::programmes::model::{NewEnrolment, Settings, Way};
use telemaco::programmes::{self, EditionId, Standing, Track};
use telemaco::{people, transaction};

use super::{House, Person};

/// An open edition of a programme of its own.
pub async fn edition(house: &House, coordinator: &Person) -> EditionId {
    let viewer = house.viewer(coordinator).await;
    let programme = programmes::add_programme(&house.app, &viewer, "Promoción interna", Track::Promotion).await;
    let programme = programme.map_err(anyhow::Error::from).unwrap();
    let dates = ("2027-02-01".parse().unwrap(), "2028-01-31".parse().unwrap());
    let made =
        programmes::add_edition(&house.app, &viewer, programme, "Edición 2027", dates, Settings::default()).await;
    let id = made.map_err(anyhow::Error::from).unwrap();
    programmes::open_edition(&house.app, &viewer, id, 1).await.map_err(anyhow::Error::from).unwrap();
    id
}

/// Enrols everybody on record on the sides of their roles; says how many.
pub async fn enrol_everybody(house: &House, coordinator: &Person, edition: EditionId) -> u64 {
    let viewer = house.viewer(coordinator).await;
    let known: Result<_, telemaco::problems::Failure> =
        transaction!(house.app.db, tx => Ok(people::records(tx, coordinator.organisation).await?));
    let mut new = Vec::new();
    for record in known.map_err(anyhow::Error::from).unwrap() {
        let roles = record.draft.roles;
        for side in [roles.mentee.then_some(Side::Mentee), roles.mentor.then_some(Side::Mentor)].into_iter().flatten() {
            new.push(NewEnrolment {
                person: record.id,
                side,
                standing: Standing::Enrolled,
                way: Way::Import,
                post: None,
                nominated_by: None,
                capacity: None,
            });
        }
    }
    programmes::enrol(&house.app, &viewer, edition, &new).await.map_err(anyhow::Error::from).unwrap()
}
