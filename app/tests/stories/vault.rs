//! The vault: what is sealed opens in its place alone; keys follow one another, go missing and come back; who is erased takes
//! their own words along and nobody else's.

use telemaco::app::App;
use telemaco::config::{Config, Flags};
use telemaco::db::{Db, Error, counted, migrate};
use telemaco::identity::{self, PersonId};
use telemaco::mentorships::{self, MentorshipId, NewMentorship};
use telemaco::people::model::Side;
use telemaco::problems::Failure;
use telemaco::programmes::{EditionId, Track};
use telemaco::transaction;
use telemaco::vault::{self, Closed, Drawer, Place, Sealed, State, Vault, Words};
use uuid::Uuid;

use crate::consent::cast::{edition, enrol};
use crate::story;
use crate::support::{House, Person};

pub struct Pair {
    /// The coordinator.
    pub ana: Person,
    pub edition: EditionId,
    pub mentorship: MentorshipId,
    pub lucia: Person,
    pub andres: Person,
}

impl Pair {
    pub fn place(&self, author: PersonId, row: Uuid) -> Place {
        Place {
            organisation: self.lucia.organisation,
            mentorship: self.mentorship.0,
            author,
            drawer: Drawer::Shared,
            table: "notes",
            column: "words",
            row,
        }
    }
}

/// A mentee and a mentor of an organisation.
pub async fn pair(house: &House) -> Pair {
    pair_on(house, Track::Promotion).await
}

pub async fn pair_on(house: &House, track: Track) -> Pair {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let lucia = house.person(ana.organisation, "Lucía Ibáñez", &[]).await;
    let andres = house.person(ana.organisation, "Andrés Güell", &[]).await;
    let edition = edition(house, track, &ana, |_| {}).await;
    enrol(house, &ana, edition, Side::Mentee, std::slice::from_ref(&lucia)).await;
    let new = [NewMentorship { mentee: lucia.id, mentor: andres.id }];
    let made: Result<Vec<MentorshipId>, Error> =
        transaction!(house.app.db, tx => mentorships::begin(&house.app, tx, ana.organisation, edition, &new).await);
    Pair { ana, edition, mentorship: made.unwrap()[0], lucia, andres }
}

pub async fn seal(app: &App, place: &Place, text: &str) -> Result<Sealed, Failure> {
    let words = Words::new(text);
    transaction!(app.db, tx => vault::seal(app, tx, place, &words).await)
}

async fn open(app: &App, place: &Place, sealed: &Sealed) -> Result<String, Closed> {
    let keys = vault::keys(app, &app.db, place.organisation, &[place.mentorship]).await.unwrap();
    keys.open(place, sealed).map(|words| words.as_str().to_owned())
}

fn bytes(sealed: &Sealed) -> Vec<u8> {
    match telemaco::db::Value::from(sealed) {
        telemaco::db::Value::Bytes(bytes) => bytes,
        other => panic!("{other:?} are no bytes"),
    }
}

/// A server whose settings name another place for the key.
pub fn without_key(house: &House) -> App {
    house.set_up(|config| config.vault_key_file = house.folder().join("elsewhere.key"))
}

story!(sealed_words_open_in_their_place_alone, async |house: &House| {
    let pair = pair(house).await;
    let (row, other_row) = (house.app.id(), house.app.id());
    let place = pair.place(pair.lucia.id, row);
    let text = "Quiero dejar el comité, y no sé cómo decírselo a Ramón";
    let (one, again) = (seal(&house.app, &place, text).await.unwrap(), seal(&house.app, &place, text).await.unwrap());
    assert_ne!(bytes(&one), bytes(&again), "equal texts, other bytes");
    assert!(!bytes(&one).windows(6).any(|window| window == b"comit\xc3"));
    assert_eq!(open(&house.app, &place, &one).await.unwrap(), text);
    assert_eq!(open(&house.app, &place, &again).await.unwrap(), text);
    // Her key for herself, his key, and another mentorship's: so that each place has a key that could try.
    let only_me = Place { drawer: Drawer::OnlyMe, ..place };
    let his = pair.place(pair.andres.id, row);
    for place in [&only_me, &his] {
        let sealed = seal(&house.app, place, text).await.unwrap();
        assert_eq!(open(&house.app, place, &sealed).await.unwrap(), text);
        assert_eq!(open(&house.app, &Place { row, ..place.to_owned() }, &one).await, Err(Closed::Refused));
    }
    for moved in [
        Place { row: other_row, ..place },
        Place { column: "title", ..place },
        Place { table: "goals", ..place },
        only_me,
        his,
    ] {
        assert_eq!(open(&house.app, &moved, &one).await, Err(Closed::Refused), "{moved:?}");
    }
    // Where nobody ever wrote there is no key at all.
    let elsewhere = Place { mentorship: other_row, ..place };
    assert_eq!(open(&house.app, &elsewhere, &one).await, Err(Closed::Erased));
    // A key moved to another author does not open there either.
    let key =
        "UPDATE content_keys SET author = (SELECT id FROM persons WHERE name = 'Ana Pérez') WHERE drawer = 'only-me'";
    house.raw(key).await;
    let ana = house.app.db.row(&ANA, vec![]).await.unwrap().unwrap().get::<PersonId>("id").unwrap();
    let hers = Place { drawer: Drawer::OnlyMe, ..pair.place(ana, row) };
    assert_eq!(open(&house.app, &hers, &one).await, Err(Closed::Refused));
    let refused = seal(&house.app, &hers, text).await;
    assert!(matches!(refused, Err(Failure::Problems(_))), "nothing is sealed under a key that was moved");
});

static ANA: telemaco::db::Statement =
    telemaco::db::Statement::new("SELECT id FROM persons WHERE name = 'Ana Pérez'", file!(), line!());

story!(a_list_of_many_mentorships_costs_one_statement, async |house: &House| {
    let pair = pair(house).await;
    let place = pair.place(pair.lucia.id, house.app.id());
    let sealed = seal(&house.app, &place, "una línea").await.unwrap();
    let mut wanted: Vec<Uuid> = (0..300).map(|_| house.app.id()).collect();
    wanted.push(pair.mentorship.0);
    let read = vault::keys(&house.app, &house.app.db, place.organisation, &wanted);
    let (keys, statements) = counted(read).await;
    assert_eq!(keys.unwrap().open(&place, &sealed).unwrap().as_str(), "una línea");
    assert_eq!(statements, 1);
    // Another organisation asks in vain.
    let other = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let keys = vault::keys(&house.app, &house.app.db, other.organisation, &wanted).await.unwrap();
    assert!(keys.open(&place, &sealed).is_err());
});

story!(two_write_their_first_words_at_once, async |house: &House| {
    let pair = pair(house).await;
    let second = house.second_server().await;
    let places = [house.app.id(), house.app.id()].map(|row| pair.place(pair.lucia.id, row));
    let (one, two) = tokio::join!(seal(&house.app, &places[0], "una"), seal(&second, &places[1], "otra"));
    assert_eq!(open(&second, &places[0], &one.unwrap()).await.unwrap(), "una");
    assert_eq!(open(&house.app, &places[1], &two.unwrap()).await.unwrap(), "otra");
    second.db.close().await;
});

story!(who_is_erased_takes_their_own_words_and_nobody_elses, async |house: &House| {
    let pair = pair(house).await;
    let row = house.app.id();
    let (hers, his) = (pair.place(pair.lucia.id, row), pair.place(pair.andres.id, row));
    let for_herself = Place { drawer: Drawer::OnlyMe, ..hers };
    let mut sealed = Vec::new();
    for place in [&hers, &for_herself, &his] {
        sealed.push(seal(&house.app, place, "lo nuestro").await.unwrap());
    }
    let destroyed: Result<u64, Error> = transaction!(house.app.db, tx => {
        vault::destroy_keys_of(tx, pair.lucia.organisation, pair.lucia.id).await
    });
    assert_eq!(destroyed.unwrap(), 2);
    assert_eq!(open(&house.app, &hers, &sealed[0]).await, Err(Closed::Erased));
    assert_eq!(open(&house.app, &for_herself, &sealed[1]).await, Err(Closed::Erased));
    assert_eq!(open(&house.app, &his, &sealed[2]).await.unwrap(), "lo nuestro");
    // A key made later is another one.
    seal(&house.app, &hers, "de nuevo").await.unwrap();
    assert_eq!(open(&house.app, &hers, &sealed[0]).await, Err(Closed::Refused));
});

story!(a_new_key_follows_while_servers_work, async |house: &House| {
    let pair = pair(house).await;
    let second = house.second_server().await;
    // More keys than are wrapped anew in one transaction.
    let names: Vec<_> = (0..520).map(|number| crate::support::new_person(&format!("Persona {number}"))).collect();
    let people: Result<Vec<PersonId>, Error> = transaction!(house.app.db, tx => {
        identity::add_person(&house.app, tx, pair.lucia.organisation, &names).await
    });
    let places: Vec<Place> = people.unwrap().iter().map(|author| pair.place(*author, house.app.id())).collect();
    let text = Words::new("antes");
    let sealed: Result<Vec<Sealed>, Failure> = transaction!(house.app.db, tx => {
        let mut sealed = Vec::new();
        for place in &places {
            sealed.push(vault::seal(&house.app, tx, place, &text).await?);
        }
        Ok(sealed)
    });
    let sealed = sealed.unwrap();
    let State::Well { current: first, .. } = vault::state(&house.app).await.unwrap() else { panic!("all is well") };
    let late = pair.place(pair.andres.id, house.app.id());
    // The other server has the old key in memory alone, and goes on.
    let (rotated, written) = tokio::join!(vault::rotate(&house.app), seal(&second, &late, "meanwhile"));
    let (rotated, written) = (rotated.unwrap(), written.unwrap());
    assert!(rotated.rewrapped >= 520 && rotated.left == 0 && rotated.current != first, "{rotated:?}");
    assert_eq!(rotated.free, [first]);
    let hers = pair.place(pair.lucia.id, house.app.id());
    let after = seal(&second, &hers, "after").await.unwrap();
    assert_eq!(open(&second, &places[7], &sealed[7]).await.unwrap(), "antes");
    // The old key is taken away; a server that starts now opens everything.
    let file = house.app.vault.file().unwrap().to_owned();
    let kept: String = std::fs::read_to_string(&file).unwrap();
    let keys: Vec<&str> = kept.lines().filter(|line| line.starts_with("tvk1_")).collect();
    assert_eq!(keys.len(), 2);
    std::fs::write(&file, keys[0]).unwrap();
    let third = house.second_server().await;
    assert_eq!(third.vault.ids(), [rotated.current]);
    let keys = vault::keys(&third, &third.db, pair.lucia.organisation, &[pair.mentorship.0]).await.unwrap();
    for (place, sealed) in places.iter().zip(&sealed) {
        assert_eq!(keys.open(place, sealed).unwrap(), text);
    }
    assert_eq!(open(&third, &late, &written).await.unwrap(), "meanwhile");
    assert_eq!(open(&third, &hers, &after).await.unwrap(), "after");
    assert!(matches!(vault::state(&third).await.unwrap(), State::Well { .. }));
    second.db.close().await;
    third.db.close().await;
});

story!(a_missing_key_closes_and_loses_nothing, async |house: &House| {
    let pair = pair(house).await;
    let place = pair.place(pair.lucia.id, house.app.id());
    let sealed = seal(&house.app, &place, "entre tú y yo").await.unwrap();
    let app = without_key(house);
    let State::Missing { wanted, trouble } = vault::ready(&app).await.unwrap() else { panic!("the key is missing") };
    assert_eq!((wanted.len(), wanted[0].1, trouble), (1, 1, Some(vault::Trouble::Absent)));
    assert!(!app.vault.file().unwrap().exists(), "no other key is made in its place");
    assert_eq!(open(&app, &place, &sealed).await, Err(Closed::KeyMissing));
    for author in [pair.lucia.id, pair.andres.id] {
        let refused = seal(&app, &pair.place(author, house.app.id()), "más").await;
        assert!(matches!(refused, Err(Failure::Problems(_))), "{refused:?}");
    }
    let operator = house.person(pair.lucia.organisation, "Olga Operadora", &[identity::Part::Operator]).await;
    let mut olga = house.browser_of(&operator).await;
    assert!(olga.get("/system").await.expect(200).says("La instalación está bien"));
    let mut closed = crate::support::Client::of(&app);
    closed.keep_cookie("telemaco_session", olga.cookie("telemaco_session").unwrap());
    let system = closed.get("/system").await.expect(200);
    assert!(system.says("Algo necesita atención") && system.says("no se abre hasta que vuelva"), "{}", system.text());
    // Another key is not it; the right one is, as soon as it is back.
    let file = app.vault.file().unwrap();
    std::fs::write(file, vault::line_of([9; 32])).unwrap();
    assert_eq!(open(&app, &place, &sealed).await, Err(Closed::KeyMissing));
    std::fs::copy(house.app.vault.file().unwrap(), file).unwrap();
    assert_eq!(open(&app, &place, &sealed).await.unwrap(), "entre tú y yo");
});

story!(of_two_servers_that_start_first_one_makes_the_key, async |house: &House| {
    let address = house.another_database().await;
    let server = async |name: &str| {
        let folder = house.folder().join(name);
        let flags = Flags::default().with("data", folder.to_str().unwrap()).with("database", &address);
        let app = App::open(Config::read(&flags).unwrap()).await.unwrap();
        migrate(&app.db, house.app.now()).await.unwrap();
        app
    };
    let (one, two) = (server("one").await, server("two").await);
    assert_eq!(vault::state(&one).await.unwrap(), State::New);
    let (first, second) = tokio::join!(vault::ready(&one), vault::ready(&two));
    let states = [first.unwrap(), second.unwrap()];
    let is_well = |state: &State| matches!(state, State::Well { .. });
    assert_eq!(states.iter().filter(|state| is_well(state)).count(), 1, "{states:?}");
    let files = [&one, &two].map(|app| app.vault.file().unwrap().exists());
    assert_eq!(files, [is_well(&states[0]), is_well(&states[1])], "who came second keeps no key that opens nothing");
    // Who came second is given the key.
    let (with, without) = if files[0] { (&one, &two) } else { (&two, &one) };
    std::fs::copy(with.vault.file().unwrap(), without.vault.file().unwrap()).unwrap();
    let again = App { vault: Vault::open(&without.config), ..without.clone() };
    assert!(is_well(&vault::ready(&again).await.unwrap()));
    for app in [&one, &two] {
        let db: &Db = &app.db;
        db.close().await;
    }
});
