//! What stands before the first meeting: an edition that is open, with people in it and who mentors whom.

use telemaco::app::App;
use telemaco::db::{Error, Statement};
use telemaco::frameworks::{self, FrameworkVersionId};
use telemaco::identity::PersonId;
use telemaco::mentorships::{self, NewMentorship};
use telemaco::people::model::Side;
use telemaco::problems::Failure;
use telemaco::programmes::model::{NewEnrolment, Settings, Way};
use telemaco::programmes::{self, EditionId, Standing, Track};
use telemaco::transaction;

use super::sheets::take_in;
use super::{House, Person, form};

/// Two mentees with a line manager, and two mentors; Álvaro is the line manager of Carla, Begoña of Diego.
pub const PEOPLE: &str = "Name,Email,Role,Line manager\n\
    Álvaro Núñez,alvaro@example.org,,\n\
    Begoña Sáez,begona@example.org,mentor,\n\
    Carla Rey,carla@example.org,mentee,alvaro@example.org\n\
    Diego Paz,diego@example.org,mentee,begona@example.org\n\
    Elena Gil,elena@example.org,mentor,\n";

/// An edition and whoever has to do with it.
pub struct Scene {
    pub coordinator: Person,
    pub edition: EditionId,
    pub manager: Person,
    pub second_manager: Person,
    pub mentee: Person,
    pub second_mentee: Person,
    pub mentor: Person,
}

impl Scene {
    /// An open edition with the shipped framework. Carla and Diego are enrolled as mentees, Elena and Begoña as mentors;
    /// nobody is paired.
    pub async fn of(house: &House, organisation: &str, coordinator: &str, track: Track) -> Self {
        let coordinator = house.organisation(organisation, coordinator).await;
        let mut browser = house.browser_of(&coordinator).await;
        take_in(house, &mut browser, "people", PEOPLE).await;
        let list = browser.get("/people").await.expect(200).text();
        let person = |name: &str, address: &str| {
            let id = form::path_of(&list, name).rsplit('/').next().unwrap().parse().unwrap();
            let (name, address) = (name.to_owned(), address.to_owned());
            Person { id: PersonId(id), organisation: coordinator.organisation, address, name }
        };
        let edition = open_edition(house, &coordinator, track).await;
        let scene = Self {
            edition,
            manager: person("Álvaro Núñez", "alvaro@example.org"),
            second_manager: person("Begoña Sáez", "begona@example.org"),
            mentee: person("Carla Rey", "carla@example.org"),
            second_mentee: person("Diego Paz", "diego@example.org"),
            mentor: person("Elena Gil", "elena@example.org"),
            coordinator,
        };
        scene.enrol(house, &[&scene.mentee, &scene.second_mentee], Side::Mentee).await;
        scene.enrol(house, &[&scene.mentor, &scene.second_manager], Side::Mentor).await;
        scene
    }

    pub async fn enrol(&self, house: &House, people: &[&Person], side: Side) {
        let new: Vec<NewEnrolment> = people
            .iter()
            .map(|person| NewEnrolment {
                person: person.id,
                side,
                standing: Standing::Enrolled,
                way: Way::Import,
                post: None,
                nominated_by: None,
                capacity: None,
            })
            .collect();
        let viewer = house.viewer(&self.coordinator).await;
        programmes::enrol(&house.app, &viewer, self.edition, &new).await.map_err(anyhow::Error::from).unwrap();
    }

    /// Begins a mentorship.
    pub async fn pair(&self, house: &House, mentee: &Person, mentor: &Person) {
        let pair = [NewMentorship { mentee: mentee.id, mentor: mentor.id }];
        let organisation = self.coordinator.organisation;
        let begun: Result<(), Error> = transaction!(house.app.db, tx => {
            mentorships::begin(&house.app, tx, organisation, self.edition, &pair).await.map(drop)
        });
        begun.unwrap();
    }

    /// The path of a page of the edition.
    pub fn path(&self, page: &str) -> String {
        format!("/editions/{}/{page}", self.edition)
    }
}

/// An edition that is open, with the framework that comes with the product.
pub async fn open_edition(house: &House, coordinator: &Person, track: Track) -> EditionId {
    static FRAMEWORK: Statement =
        Statement::new("UPDATE editions SET framework = $2, opened_at = $3 WHERE id = $1", file!(), line!());
    let (app, viewer) = (&house.app, house.viewer(coordinator).await);
    let made = async {
        let programme = programmes::add_programme(app, &viewer, "Cantera", track).await?;
        let dates = ("2027-02-01".parse().unwrap(), "2027-12-31".parse().unwrap());
        programmes::add_edition(app, &viewer, programme, "2027", dates, Settings::default()).await
    };
    let edition = made.await.map_err(anyhow::Error::from).unwrap();
    let framework = shipped(app, coordinator).await;
    let values = || vec![edition.into(), framework.into(), app.now().into()];
    let set: Result<u64, Error> = transaction!(app.db, tx => tx.run(&FRAMEWORK, values()).await);
    set.unwrap();
    edition
}

/// The shipped framework, taken over by the organisation.
pub async fn shipped(app: &App, coordinator: &Person) -> FrameworkVersionId {
    let taken: Result<FrameworkVersionId, Failure> =
        transaction!(app.db, tx => frameworks::take_shipped(app, tx, coordinator.organisation).await);
    taken.map_err(anyhow::Error::from).unwrap()
}
