//! Accounts, sign-in and one's own account, as people meet them.

use jiff::SignedDuration;
use telemaco::identity::{self, Part};

use crate::story;
use crate::support::{Client, House, Person};

const PASSWORD: &str = "tres tristes tigres";

/// The first page, filled as it should be.
const FOUNDING: [(&str, &str); 5] = [
    ("organisation", "Banco del Norte"),
    ("name", "Ana Pérez"),
    ("address", "ana.perez@banco.example"),
    ("zone", "Europe/Madrid"),
    ("password", PASSWORD),
];

/// The path of the link of a first start.
async fn first_link(house: &House) -> String {
    let link = identity::first_link(&house.app).await.map_err(anyhow::Error::from).unwrap().unwrap();
    link.strip_prefix(&house.app.config.public_url).unwrap().to_owned()
}

/// Sets a password, as somebody who came by a link may.
async fn with_password(house: &House, person: &Person) -> Client {
    let mut browser = house.browser_of(person).await;
    browser.post("/account/password", &[("old", ""), ("new", PASSWORD)]).await.expect(303);
    browser
}

async fn sign_in(browser: &mut Client, address: &str, password: &str) -> u16 {
    browser.post("/sign-in", &[("address", address), ("password", password)]).await.status.as_u16()
}

/// Signs in by a mailed link.
async fn by_link(house: &House, address: &str) -> Client {
    let mut browser = house.stranger();
    browser.post("/sign-in/link", &[("address", address)]).await.expect(200);
    house.work().await;
    let link = house.link_to(address).await;
    browser.post(&link, &[]).await.expect(303);
    browser
}

/// The identifier in the first form that posts to such a path: `/account/sessions/{id}/end`.
fn id_in(page: &str, before: &str) -> String {
    page.split(before).nth(1).expect(before).split(['/', '"']).next().unwrap().to_owned()
}

mod first_start {
    use super::*;

    story!(the_first_link_founds_an_organisation_once, async |house: &House| {
        let link = first_link(house).await;
        let mut browser = house.stranger();
        browser.get(&link).await.expect(200);
        let seen = browser.post(&link, &FOUNDING).await.expect(303);
        assert_eq!(seen.location(), "/");
        assert!(browser.get("/").await.expect(200).says("Banco del Norte"));
        // The first coordinator looks after the installation too.
        browser.get("/system").await.expect(200);
        browser.get("/audit").await.expect(200);
        assert!(identity::first_link(&house.app).await.unwrap().is_none(), "there is nothing left to found");
        let mut late = house.stranger();
        late.get(&link).await.expect(404);
        late.post(&link, &FOUNDING).await.expect(404);
        assert_eq!(identity::organisations(&house.app.db).await.unwrap().len(), 1);
        assert_eq!(sign_in(&mut late, "ana.perez@banco.example", PASSWORD).await, 303);
    });

    story!(what_was_typed_stays_beside_all_that_is_wrong, async |house: &House| {
        let link = first_link(house).await;
        let wrong = [
            ("organisation", "—"),
            ("name", "Ana <b>Pérez</b>"),
            ("address", "ana.perez"),
            ("zone", "Europe/Madrid"),
            ("password", "corta"),
        ];
        let seen = house.stranger().post(&link, &wrong).await.expect(422);
        for kept in ["value=\"—\"", "Ana &#60;b&#62;Pérez", "value=\"ana.perez\""] {
            assert!(seen.says(kept), "{kept} in {}", seen.text());
        }
        for field in ["organisation", "address", "password"] {
            assert!(seen.says(&format!("href=\"#{field}\"")), "the summary leads to {field}");
            assert!(seen.says(&format!("id=\"{field}-problem\"")), "{field} is told what is wrong");
        }
        assert!(!seen.says("corta\""), "a password is not written back");
        assert!(identity::organisations(&house.app.db).await.unwrap().is_empty());
        // The link is still good.
        house.stranger().post(&link, &FOUNDING).await.expect(303);
    });

    story!(a_new_start_takes_the_place_of_the_old_link, async |house: &House| {
        let (old, new) = (first_link(house).await, first_link(house).await);
        house.stranger().get(&old).await.expect(404);
        house.stranger().get(&new).await.expect(200);
        house.pass(SignedDuration::from_hours(25));
        house.stranger().post(&new, &FOUNDING).await.expect(404);
    });

    story!(two_founders_race_and_one_wins, async |house: &House| {
        let link = first_link(house).await;
        let (mut one, mut two) = (house.stranger(), house.stranger());
        let (one, two) = tokio::join!(one.post(&link, &FOUNDING), two.post(&link, &FOUNDING));
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 404]);
        assert_eq!(identity::organisations(&house.app.db).await.unwrap().len(), 1);
    });

    story!(a_stranger_learns_nothing, async |house: &House| {
        let mut stranger = house.stranger();
        let lost = stranger.get("/nowhere").await.expect(404).title();
        for token in ["x".to_owned(), "A".repeat(43)] {
            assert_eq!(stranger.get(&format!("/first/{token}")).await.expect(404).title(), lost);
            // Neither a good form nor a bad one is answered.
            assert_eq!(stranger.post(&format!("/first/{token}"), &FOUNDING).await.expect(404).title(), lost);
            assert_eq!(stranger.post(&format!("/first/{token}"), &[]).await.expect(404).title(), lost);
        }
    });

    story!(a_link_that_signs_in_founds_nothing, async |house: &House| {
        let ana = house.organisation("Universidad del Sur", "Ana Pérez").await;
        let mut stranger = house.stranger();
        stranger.post("/sign-in/link", &[("address", &ana.address)]).await.expect(200);
        house.work().await;
        let link = house.link_to(&ana.address).await.replace("/link/", "/first/");
        stranger.get(&link).await.expect(404);
        stranger.post(&link, &FOUNDING).await.expect(404);
        assert_eq!(identity::organisations(&house.app.db).await.unwrap().len(), 1);
    });
}

mod signing_in {
    use super::*;

    story!(a_mailed_link_signs_in_once, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let mut browser = house.stranger();
        browser.post("/sign-in/link", &[("address", &ana.address)]).await.expect(200);
        house.work().await;
        let link = house.link_to(&ana.address).await;
        // A mail scanner that opens the link uses nothing up.
        house.stranger().get(&link).await.expect(200);
        browser.post(&link, &[]).await.expect(303);
        assert!(browser.get("/").await.expect(200).says("Ana Pérez"));
        house.stranger().post(&link, &[]).await.expect(404);
        assert_eq!(house.stranger().get(&link).await.expect(404).cookie_set(), None);
    });

    story!(a_link_grows_old, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        house.stranger().post("/sign-in/link", &[("address", &ana.address)]).await.expect(200);
        house.work().await;
        let link = house.link_to(&ana.address).await;
        house.pass(SignedDuration::from_mins(21));
        let seen = house.stranger().post(&link, &[]).await.expect(404);
        assert!(seen.says("href=\"/sign-in\""), "it says where to ask for another");
    });

    story!(two_who_open_a_link_at_once_get_one_session, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        house.stranger().post("/sign-in/link", &[("address", &ana.address)]).await.expect(200);
        house.work().await;
        let link = house.link_to(&ana.address).await;
        let (mut one, mut two) = (house.stranger(), house.stranger());
        let (one, two) = tokio::join!(one.post(&link, &[]), two.post(&link, &[]));
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 404]);
    });

    story!(a_password_signs_in_and_leads_where_one_wanted_to_go, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        with_password(house, &ana).await;
        let mut browser = house.stranger();
        let seen = browser.get("/audit?q=luis").await.expect(303);
        assert_eq!(seen.location(), "/sign-in?next=/audit%3Fq%3Dluis");
        let seen = browser.get(seen.location().to_owned().as_str()).await.expect(200);
        assert!(seen.says("value=\"/audit?q=luis\""));
        // Letters of an address are not told apart by case; those of a password are, and its blanks count.
        let address = ana.address.to_uppercase();
        assert_eq!(sign_in(&mut browser, &address, &PASSWORD.to_uppercase()).await, 422);
        assert_eq!(sign_in(&mut browser, &address, &format!(" {PASSWORD}")).await, 422);
        let form = [("address", address.as_str()), ("password", PASSWORD), ("next", "/audit?q=luis")];
        let seen = browser.post("/sign-in", &form).await.expect(303);
        assert_eq!(seen.location(), "/audit?q=luis");
        browser.get("/audit").await.expect(200);
        // Somebody who is signed in has no business at the sign-in page.
        assert_eq!(browser.get("/sign-in").await.expect(303).location(), "/");
    });

    story!(nobody_is_led_elsewhere, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        with_password(house, &ana).await;
        for elsewhere in ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "/ñ"] {
            let form = [("address", ana.address.as_str()), ("password", PASSWORD), ("next", elsewhere)];
            assert_eq!(house.stranger().post("/sign-in", &form).await.expect(303).location(), "/", "{elsewhere}");
        }
        for elsewhere in ["https://evil.example/", "//evil.example", "/%5Cevil.example", "/%09/evil.example", "/%C3%B1"]
        {
            let seen = house.stranger().get(&format!("/language/en?next={elsewhere}")).await.expect(303);
            assert_eq!(seen.location(), "/", "{elsewhere}");
        }
    });

    story!(a_stranger_learns_nothing, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        with_password(house, &ana).await;
        let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
        // A wrong password, an account that has none, and an address that nobody has.
        let mut answers = Vec::new();
        for address in [&ana.address, &luis.address, "nadie@example.org"] {
            let form = [("address", address), ("password", "no es la contraseña")];
            let seen = house.stranger().post("/sign-in", &form).await.expect(422);
            answers.push((seen.text().replace(address, "—"), seen.cookie_set().is_some()));
        }
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
        let mut answers = Vec::new();
        for address in [&ana.address, &luis.address, "nadie@example.org"] {
            let seen = house.stranger().post("/sign-in/link", &[("address", address)]).await.expect(200);
            answers.push((seen.text().replace(address, "—"), seen.statements()));
        }
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "not even by how much work it was");
        house.work().await;
        assert!(house.mail_to("nadie@example.org").await.is_none());
        assert!(house.mail_to(&luis.address).await.is_some());
    });
}

mod limits {
    use super::*;

    const TRIES: usize = 10;
    const WRONG: &str = "no es la contraseña";

    story!(guessing_is_stopped_over_all_servers_and_not_for_long, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        with_password(house, &ana).await;
        let second = house.second_server().await;
        for number in 0..TRIES {
            let mut browser = if number % 2 == 0 { house.stranger() } else { Client::of(&second) };
            browser.peer = ([192, 0, 2, u8::try_from(number).unwrap()], 40_000).into();
            assert_eq!(sign_in(&mut browser, &ana.address, WRONG).await, 422);
        }
        // Not even the right one is looked at, at either server and from anywhere.
        for mut browser in [house.stranger(), Client::of(&second)] {
            assert_eq!(sign_in(&mut browser, &ana.address, PASSWORD).await, 429);
        }
        // Guessing at a password does not bar the way to the owner's mailbox, nor to those who are in.
        by_link(house, &ana.address).await.get("/account").await.expect(200);
        house.pass(SignedDuration::from_mins(14));
        assert_eq!(sign_in(&mut house.stranger(), &ana.address, PASSWORD).await, 429);
        // Going on while it is shut does not keep it shut.
        house.pass(SignedDuration::from_mins(2));
        assert_eq!(sign_in(&mut house.stranger(), &ana.address, PASSWORD).await, 303);
        second.db.close().await;
    });

    story!(who_signs_in_begins_anew, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        with_password(house, &ana).await;
        for _ in 0..3 {
            for _ in 1..TRIES {
                assert_eq!(sign_in(&mut house.stranger(), &ana.address, WRONG).await, 422);
            }
            assert_eq!(sign_in(&mut house.stranger(), &ana.address, PASSWORD).await, 303);
        }
    });

    story!(a_peer_that_tries_everybody_is_stopped, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let mut peer = house.stranger();
        peer.peer = "[2001:db8:1:2::7]:40000".parse().unwrap();
        for number in 0..100 {
            let seen = peer.post("/sign-in/link", &[("address", &format!("nadie{number}@example.org"))]).await;
            seen.expect(200);
        }
        let form = [("address", ana.address.as_str())];
        peer.post("/sign-in/link", &form).await.expect(429);
        // The neighbour in the same /64 is the same customer; another one is not.
        peer.peer = "[2001:db8:1:2:ffff::8]:40000".parse().unwrap();
        peer.post("/sign-in/link", &form).await.expect(429);
        peer.peer = "[2001:db8:1:3::7]:40000".parse().unwrap();
        peer.post("/sign-in/link", &form).await.expect(200);
    });

    story!(a_proxy_is_believed_only_where_it_is_trusted, async |house: &House| {
        let behind = house.set_up(|config| config.trusted_proxies = vec!["10.0.0.1".parse().unwrap()]);
        let mut browser = Client::of(&behind);
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let ask = async |browser: &mut Client, claimed: &str, number: usize| {
            let headers = [form[0], ("x-forwarded-for", claimed)];
            let body = format!("address=nadie{number}%40example.org");
            browser.request_with(axum::http::Method::POST, "/sign-in/link", &headers, &body).await.status.as_u16()
        };
        // Somebody who comes straight to us may claim what they like.
        browser.peer = ([192, 0, 2, 9], 40_000).into();
        for number in 0..100 {
            assert_eq!(ask(&mut browser, &format!("198.51.100.{number}"), number).await, 200);
        }
        assert_eq!(ask(&mut browser, "198.51.100.200", 100).await, 429);
        // Behind the proxy, what counts is the address that the proxy saw.
        browser.peer = ([10, 0, 0, 1], 40_000).into();
        for number in 0..100 {
            assert_eq!(ask(&mut browser, &format!("198.51.100.{number}, 203.0.113.5"), number).await, 200);
        }
        assert_eq!(ask(&mut browser, "203.0.113.5", 101).await, 429);
        assert_eq!(ask(&mut browser, "203.0.113.6", 102).await, 200);
    });

    story!(a_crowd_that_signs_in_at_once_is_let_in, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let mut people = Vec::new();
        for number in 0..24_u8 {
            people.push(house.person(ana.organisation, &format!("Persona {number}"), &[Part::Mentee]).await);
        }
        let asked = at_once(house, &people, async |mut browser, person| {
            browser.post("/sign-in/link", &[("address", &person.address)]).await
        });
        assert_eq!(asked.await, [200; 24]);
        house.work().await;
        let mut links = std::collections::BTreeMap::new();
        for person in &people {
            links.insert(person.address.clone(), house.link_to(&person.address).await);
        }
        let opened =
            at_once(house, &people, async |mut browser, person| browser.post(&links[&person.address], &[]).await);
        assert_eq!(opened.await, [303; 24]);
    });

    /// What each of a crowd is answered when all of them come together, each from an address of their own.
    async fn at_once<'a>(
        house: &House,
        people: &'a [Person],
        come: impl AsyncFn(Client, &'a Person) -> crate::support::Seen,
    ) -> Vec<u16> {
        let visits = people.iter().zip(1_u8..).map(async |(person, number)| {
            let mut browser = house.stranger();
            browser.peer = ([192, 0, 2, number], 40_000).into();
            come(browser, person).await.status.as_u16()
        });
        futures_util::future::join_all(visits).await
    }

    story!(the_old_password_cannot_be_guessed_in_a_found_session, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let mut browser = with_password(house, &ana).await;
        let other = "otros tristes tigres";
        for _ in 0..TRIES {
            browser.post("/account/password", &[("old", WRONG), ("new", other)]).await.expect(422);
        }
        browser.post("/account/password", &[("old", PASSWORD), ("new", other)]).await.expect(429);
        house.pass(SignedDuration::from_mins(16));
        browser.post("/account/password", &[("old", PASSWORD), ("new", other)]).await.expect(303);
    });
}

mod sessions {
    use super::*;

    story!(sessions_are_listed_and_ended_by_their_owner, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let (mut here, mut there) = (house.browser_of(&ana).await, house.browser_of(&ana).await);
        let page = here.get("/account").await.expect(200).text();
        assert_eq!(page.matches("/account/sessions/").count(), 1, "one's own is not ended by mistake");
        let other = id_in(&page, "/account/sessions/");
        let seen = here.post(&format!("/account/sessions/{other}/end"), &[]).await.expect(303);
        assert_eq!(seen.location(), "/account");
        assert_eq!(there.get("/account").await.expect(303).location(), "/sign-in?next=/account");
        here.post(&format!("/account/sessions/{other}/end"), &[]).await.expect(404);
        assert_eq!(here.get("/account").await.expect(200).text().matches("/account/sessions/").count(), 0);
    });

    story!(a_session_ends_by_itself_and_when_one_signs_out, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let (mut short, mut long) = (house.browser_of(&ana).await, house.browser_of(&ana).await);
        let stolen = short.clone();
        let seen = short.post("/sign-out", &[]).await.expect(303);
        assert_eq!((seen.location(), short.cookie("telemaco_session")), ("/sign-in", None));
        assert_eq!(stolen.clone().get("/").await.expect(303).location(), "/sign-in", "the cookie is worth nothing now");
        house.pass(SignedDuration::from_hours(14 * 24 - 1));
        long.get("/").await.expect(200);
        house.pass(SignedDuration::from_hours(2));
        long.get("/").await.expect(303);
    });

    story!(the_cookie_is_for_us_alone, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        with_password(house, &ana).await;
        let form = [("address", ana.address.as_str()), ("password", PASSWORD)];
        let seen = house.stranger().post("/sign-in", &form).await.expect(303);
        let cookie = seen.header("set-cookie").to_owned();
        assert!(cookie.contains("; HttpOnly; SameSite=Lax") && !cookie.contains("Secure"), "{cookie}");
        let secure = house.set_up(|config| config.public_url = "https://mentoring.example".to_owned());
        let seen = Client::of(&secure).post("/sign-in", &form).await.expect(303);
        assert!(seen.header("set-cookie").ends_with("; Secure"));
        assert_eq!(seen.header("strict-transport-security"), "max-age=31536000");
    });

    story!(a_stranger_learns_nothing, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
        let mut hers = house.browser_of(&ana).await;
        house.browser_of(&ana).await;
        let session = id_in(&hers.get("/account").await.text(), "/account/sessions/");
        let mut other = house.browser_of(&eva).await;
        let none = "00000000-0000-0000-0000-000000000000";
        for id in [session.as_str(), none, "x"] {
            let seen = other.post(&format!("/account/sessions/{id}/end"), &[]).await.expect(404);
            assert_eq!(seen.title(), other.get("/nowhere").await.title());
        }
        hers.get("/account").await.expect(200);
        assert!(!other.get("/account").await.expect(200).says(&session));
        for path in ["/account", "/account/password", "/account/tokens", "/account/organisation", "/sign-out"] {
            assert_eq!(house.stranger().post(path, &[]).await.expect(303).location(), "/sign-in", "{path}");
        }
    });
}

mod own_account {
    use super::*;

    story!(a_password_is_set_changed_and_ends_other_sessions, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let mut other = house.browser_of(&ana).await;
        let mut browser = house.browser_of(&ana).await;
        // There is no old one to ask for.
        assert!(!browser.get("/account").await.expect(200).says("name=\"old\""));
        let seen = browser.post("/account/password", &[("new", "ana.perez@example.org1")]).await.expect(422);
        assert!(seen.says("id=\"new-problem\"") && !seen.says("ana.perez@example.org1"));
        browser.post("/account/password", &[("new", PASSWORD)]).await.expect(303);
        other.get("/account").await.expect(303);
        assert!(browser.get("/account").await.expect(200).says("name=\"old\""));
        // Now the old one is asked for.
        let new = "otros tristes tigres";
        let seen = browser.post("/account/password", &[("old", "nada"), ("new", "corta")]).await.expect(422);
        assert!(seen.says("id=\"old-problem\"") && seen.says("id=\"new-problem\""), "both are said at once");
        browser.post("/account/password", &[("old", PASSWORD), ("new", new)]).await.expect(303);
        assert_eq!(sign_in(&mut house.stranger(), &ana.address, PASSWORD).await, 422);
        assert_eq!(sign_in(&mut house.stranger(), &ana.address, new).await, 303);
    });

    story!(a_fresh_link_stands_for_a_forgotten_password, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        with_password(house, &ana).await;
        let mut browser = by_link(house, &ana.address).await;
        assert!(!browser.get("/account").await.expect(200).says("name=\"old\""));
        let mut late = by_link(house, &ana.address).await;
        house.pass(SignedDuration::from_mins(31));
        assert!(late.get("/account").await.expect(200).says("name=\"old\""), "proof grows old");
        late.post("/account/password", &[("new", "otros tristes tigres")]).await.expect(422);
        by_link(house, &ana.address)
            .await
            .post("/account/password", &[("new", "otros tristes tigres")])
            .await
            .expect(303);
        browser.get("/account").await.expect(303);
        assert_eq!(sign_in(&mut house.stranger(), &ana.address, "otros tristes tigres").await, 303);
    });

    story!(settings_are_kept_and_wrong_ones_come_back, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let mut browser = house.browser_of(&ana).await;
        let form = [("name", "Ana Pérez Ríos"), ("lang", "en"), ("zone", "America/Bogota")];
        let seen = browser.post("/account", &form).await.expect(303);
        assert_eq!(seen.location(), "/account");
        let page = browser.get("/account").await.expect(200);
        assert!(page.says("<html lang=\"en\"") && page.says("value=\"Ana Pérez Ríos\"") && page.says("Changes saved."));
        assert!(page.says("<option selected>America/Bogota</option>") && page.says("(America/Bogota)"));
        // The quiet line is shown once.
        assert!(!browser.get("/account").await.expect(200).says("Changes saved."));
        let wrong = [("name", " "), ("lang", "en"), ("zone", "Europe/Atlantis")];
        let seen = browser.post("/account", &wrong).await.expect(422);
        assert!(seen.says("id=\"name-problem\"") && seen.says("id=\"zone-problem\"") && seen.says("Europe/Atlantis"));
        assert!(browser.get("/account").await.expect(200).says("Ana Pérez Ríos"));
    });

    story!(tokens_are_shown_once_work_and_are_revoked, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let mut browser = house.browser_of(&ana).await;
        browser.post("/account/tokens", &[("token", " ")]).await.expect(422);
        let made =
            browser.post("/account/tokens", &[("token", "Nómina"), ("scopes", "own:read")]).await.expect(200).text();
        let token = made.split("<code class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
        assert!(token.starts_with("tlm_"), "scanners of leaked secrets know it");
        let page = browser.get("/account").await.expect(200).text();
        assert!(page.contains("Nómina") && !page.contains(&token));
        let mut program = house.stranger();
        program.bearer = Some(token.clone());
        let me = program.get("/api/me").await.expect(200).json();
        assert_eq!((me["email"].as_str(), me["parts"][0].as_str()), (Some(ana.address.as_str()), Some("coordinator")));
        // A token opens the API and no page; a session opens pages and no API.
        program.get("/account").await.expect(303);
        browser.get("/api/me").await.expect(401);
        browser.post(&format!("/account/tokens/{}/revoke", id_in(&page, "/account/tokens/")), &[]).await.expect(303);
        program.get("/api/me").await.expect(401);
        browser.post(&format!("/account/tokens/{}/revoke", id_in(&page, "/account/tokens/")), &[]).await.expect(404);
    });

    story!(the_account_page_costs_the_same_with_many_rows, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let mut browser = house.browser_of(&ana).await;
        let few = browser.get("/account").await.expect(200).statements();
        for number in 0..20 {
            house.browser_of(&ana).await;
            let name = format!("programa {number}");
            identity::new_token(&house.app, ana.id, &name).await.map_err(anyhow::Error::from).unwrap();
        }
        let page = browser.get("/account").await.expect(200);
        assert_eq!(page.text().matches("/account/tokens/").count(), 20);
        assert_eq!(page.statements(), few);
        assert!(few <= 6, "{few}");
        assert_eq!(browser.get("/sign-in").await.statements(), 1);
        assert_eq!(house.stranger().get("/sign-in").await.statements(), 0);
    });

    story!(a_stranger_learns_nothing, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
        let mut hers = house.browser_of(&ana).await;
        hers.post("/account/tokens", &[("token", "Nómina"), ("scopes", "own:read")]).await.expect(200);
        let token = id_in(&hers.get("/account").await.text(), "/account/tokens/");
        let mut his = house.browser_of(&luis).await;
        his.post(&format!("/account/tokens/{token}/revoke"), &[]).await.expect(404);
        assert!(!his.get("/account").await.expect(200).says("Nómina"));
        assert!(hers.get("/account").await.expect(200).says("Nómina"));
        for token in ["", "tlm_", "tlm_AAAA", &format!("tlm_{}", "A".repeat(43))] {
            let mut program = house.stranger();
            program.bearer = Some(token.to_owned());
            let seen = program.get("/api/me").await.expect(401);
            assert_eq!(seen.header("content-type"), "application/problem+json");
            assert_eq!(seen.header("www-authenticate"), "Bearer");
            assert_eq!(seen.json()["status"], 401);
        }
    });
}

mod organisations {
    use super::*;
    use telemaco::transaction;

    async fn invite(house: &House, by: &Person, whom: &Person) {
        let viewer = house.viewer(by).await;
        identity::invite(&house.app, &viewer, whom.id).await.map_err(anyhow::Error::from).unwrap();
    }

    story!(an_invitation_makes_an_account, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
        invite(house, &ana, &luis).await;
        house.work().await;
        let mail = house.mail_to(&luis.address).await.unwrap();
        assert!(mail.contains("Banco del Norte") && mail.contains("Luis Gil"), "{mail}");
        let link = house.link_to(&luis.address).await;
        let mut browser = house.stranger();
        assert!(browser.get(&link).await.expect(200).says("<form method=\"post\">"));
        let seen = browser.post(&link, &[]).await.expect(303);
        assert_eq!(seen.location(), "/account");
        assert!(browser.get("/account").await.expect(200).says("role=\"status\""), "a word of welcome");
        browser.post("/account/password", &[("new", PASSWORD)]).await.expect(303);
        assert_eq!(sign_in(&mut house.stranger(), &luis.address, PASSWORD).await, 303);
        // The invitation has done its work.
        house.stranger().post(&link, &[]).await.expect(404);
    });

    story!(an_invitation_lasts_two_weeks_and_can_be_sent_again, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
        invite(house, &ana, &luis).await;
        house.work().await;
        let old = house.link_to(&luis.address).await;
        house.pass(SignedDuration::from_hours(13 * 24));
        house.stranger().get(&old).await.expect(200);
        house.pass(SignedDuration::from_hours(25));
        house.stranger().post(&old, &[]).await.expect(404);
        invite(house, &ana, &luis).await;
        house.work().await;
        let new = house.links_to(&luis.address).await.into_iter().find(|link| *link != old).unwrap();
        house.stranger().post(&new, &[]).await.expect(303);
    });

    story!(one_sign_in_serves_two_organisations_with_separate_records, async |house: &House| {
        let bank = house.organisation("Banco del Norte", "Ana Pérez").await;
        let university = house.organisation("Universidad del Sur", "Eva Ruiz").await;
        let mentor = house.person(bank.organisation, "Marta Soler", &[Part::Mentor]).await;
        let same = house.person(university.organisation, "Marta Soler", &[Part::Coordinator]).await;
        assert_eq!(mentor.address, same.address);
        invite(house, &bank, &mentor).await;
        house.work().await;
        let mut browser = house.stranger();
        browser.post(&house.link_to(&mentor.address).await, &[]).await.expect(303);
        assert!(!browser.get("/account").await.expect(200).says("Universidad del Sur"), "not before she accepts");
        invite(house, &university, &same).await;
        house.work().await;
        let links = house.links_to(&mentor.address).await;
        for link in &links {
            browser.post(link, &[]).await;
        }
        let page = browser.get("/account").await.expect(200);
        assert!(page.says("Universidad del Sur") && page.says("Banco del Norte"));
        // What she is in one she is not in the other.
        browser.get("/audit").await.expect(200);
        let form = [("name", "Dra. Marta Soler"), ("lang", "es"), ("zone", "Europe/Madrid")];
        browser.post("/account", &form).await.expect(303);
        let to = id_in(&browser.get("/account").await.text(), "name=\"person\" value=\"");
        assert_eq!(to, mentor.id.to_string());
        browser.post("/account/organisation", &[("person", &to)]).await.expect(303);
        browser.get("/audit").await.expect(404);
        let page = browser.get("/account").await.expect(200);
        assert!(page.says("value=\"Marta Soler\"") && !page.says("Dra. Marta Soler"), "records are separate");
        // And back.
        browser.post("/account/organisation", &[("person", &same.id.to_string())]).await.expect(303);
        browser.get("/audit").await.expect(200);
        // A token belongs to the record for which it was made.
        let token = identity::new_token(&house.app, mentor.id, "x").await.map_err(anyhow::Error::from).unwrap();
        let mut program = house.stranger();
        program.bearer = Some(token);
        assert_eq!(program.get("/api/me").await.expect(200).json()["organisation"], "Banco del Norte");
    });

    story!(a_stranger_learns_nothing, async |house: &House| {
        let bank = house.organisation("Banco del Norte", "Ana Pérez").await;
        let university = house.organisation("Universidad del Sur", "Eva Ruiz").await;
        house.browser_of(&bank).await;
        let mut browser = house.browser_of(&university).await;
        // Neither somebody else's record nor one that is not.
        for person in [bank.id.to_string(), "00000000-0000-0000-0000-000000000000".to_owned(), "x".to_owned()] {
            browser.post("/account/organisation", &[("person", &person)]).await.expect(404);
        }
        assert!(browser.get("/account").await.expect(200).says("Universidad del Sur"));
        let stranger = house.viewer(&university).await;
        assert!(identity::invite(&house.app, &stranger, bank.id).await.is_err());
        assert_eq!(house.work().await, 0, "nothing was to be sent");
    });

    story!(only_an_operator_makes_operators_and_a_coordinator_stays, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let luis = house.person(ana.organisation, "Luis Gil", &[]).await;
        let hers = house.viewer(&ana).await;
        let set = async |viewer: &identity::Viewer, whom: &Person, parts: &[Part]| {
            identity::set_parts(&house.app, viewer, whom.id, parts)
                .await
                .map_err(|failure| anyhow::Error::from(failure).to_string())
        };
        let no_operator = set(&hers, &luis, &[Part::Operator]).await.unwrap_err();
        let last = set(&hers, &ana, &[]).await.unwrap_err();
        assert_ne!(no_operator, last);
        set(&hers, &luis, &[Part::Coordinator, Part::Mentor]).await.unwrap();
        set(&hers, &ana, &[Part::Sponsor]).await.unwrap();
        assert_eq!(set(&hers, &luis, &[]).await.unwrap_err(), last);
        // An operator who coordinates may make another one; the part alone gives no right over people.
        transaction!(house.app.db, tx => {
            identity::grant(&house.app, tx, ana.organisation, &[(luis.id, Part::Operator), (ana.id, Part::Operator)]).await
        })
        .unwrap();
        let (his, hers) = (house.viewer(&luis).await, house.viewer(&ana).await);
        assert!(set(&hers, &luis, &[Part::Coordinator]).await.is_err(), "an operator sees no people");
        set(&his, &ana, &[Part::Operator, Part::Faculty]).await.unwrap();
        set(&his, &ana, &[]).await.unwrap();
        assert!(identity::parts_of(&house.app.db, ana.id).await.unwrap().is_empty());
    });

    story!(two_coordinators_who_dismiss_each_other_leave_one, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let luis = house.person(ana.organisation, "Luis Gil", &[Part::Coordinator]).await;
        let (hers, his) = (house.viewer(&ana).await, house.viewer(&luis).await);
        let second = house.second_server().await;
        let (one, two) = tokio::join!(
            identity::set_parts(&house.app, &hers, luis.id, &[]),
            identity::set_parts(&second, &his, ana.id, &[]),
        );
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let left = identity::person_ids_with_part(&house.app.db, ana.organisation, Part::Coordinator).await.unwrap();
        assert_eq!(left.len(), 1);
        second.db.close().await;
    });
}
