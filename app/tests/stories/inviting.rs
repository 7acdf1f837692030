//! A host without account opens a sitting themselves, by the link of a mail: from the invitation to the seat that the mentee asks for, and
//! what everybody else learns by such a link, which is nothing.

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::json;
use telemaco::identity::Part;
use telemaco::jobs;

use crate::api::{problem, program, send};
use crate::erasure::erase;
use crate::goals::framed;
use crate::logs;
use crate::mail::before;
use crate::observations::{HOST, seat_of, secretary};
use crate::story;
use crate::support::form::fields;
use crate::support::{Client, House, MailServer, Seen};
use crate::vault::Pair;

const NAME: &str = "Rosa Marín";

/// Invites the host, and gives the path of the mail's link.
pub async fn invited(house: &House, browser: &mut Client, pair: &Pair) -> String {
    let whom = [("outside-name", NAME), ("outside-address", HOST)];
    browser.post(&format!("/editions/{}/sittings/invitations", pair.edition), &whom).await.expect(303);
    house.work().await;
    house.link_to(HOST).await
}

/// The form of a link as it is sent, with what differs.
pub async fn pressed(browser: &mut Client, link: &str, change: &[(&str, &str)]) -> Seen {
    let mut form = fields(&browser.get(link).await.expect(200).text());
    let usual = [("kind", "meeting"), ("day", "2027-01-15"), ("from", "10:00"), ("until", "12:00"), ("seats", "2")];
    for (name, value) in usual.iter().chain(&[("zone", "Europe/Madrid")]).chain(change) {
        form.insert((*name).to_owned(), (*value).to_owned());
    }
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(link, &form).await
}

/// Where the invitation of a page is sent again or withdrawn.
async fn place_of(browser: &mut Client, pair: &Pair) -> String {
    let page = browser.get(&format!("/editions/{}/sittings/new", pair.edition)).await.expect(200).text();
    let start = format!("/editions/{}/sittings/invitations/", pair.edition);
    let (_, rest) = page.split_once(&start).unwrap_or_else(|| panic!("nobody is invited: {page}"));
    format!("{start}{}", rest.split('/').next().unwrap())
}

/// That a link says that it was used, and nothing of what was opened with it.
async fn is_used(house: &House, link: &str) {
    let used = house.stranger().get(link).await.expect(200);
    assert!(used.says("Este enlace ya se ha usado"), "{}", used.text());
    for word in ["Banco", "Andrés", "Rosa", "Liderazgo", "Sesión 1"] {
        assert!(!used.says(word), "{word}: {}", used.text());
    }
}

/// That a link answers as one that never was.
async fn opens_nothing(house: &House, link: &str) {
    let mut stranger = house.stranger();
    let gone = stranger.get(link).await.expect(404);
    let made_up = stranger.get(&format!("/o/new/{}", "A".repeat(43))).await.expect(404);
    assert_eq!(gone.text(), made_up.text(), "as a link that never was");
    for word in ["Banco", "Andrés", "Rosa", "Liderazgo"] {
        assert!(!gone.says(word), "{word}: {}", gone.text());
    }
}

story!(a_host_without_account_opens_a_meeting_by_a_link, async |house: &House| {
    logs::log();
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let (mut andres, mut lucia) = (house.browser_of(&pair.andres).await, house.browser_of(&pair.lucia).await);
    let new = format!("/editions/{}/sittings/new", pair.edition);
    assert!(andres.get(&new).await.expect(200).says("Que la abra quien recibe"));
    let link = invited(house, &mut andres, &pair).await;
    assert!(link.starts_with("/o/new/"), "{link}");
    let mail = house.mail_to(HOST).await.unwrap();
    assert!(mail.contains("Banco del Norte te invita") && !mail.contains("Andrés"), "{mail}");
    // Whoever invited sees that it waits, and until when, and so does whoever opens sittings everywhere.
    let page = andres.get(&new).await.expect(200);
    assert!(page.says(HOST) && page.says("Vale hasta el"), "{}", page.text());
    assert!(house.browser_of(&sol).await.get(&new).await.expect(200).says(HOST));
    // A mail scanner opens it and does nothing.
    let mut rosa = house.stranger();
    for _ in 0..2 {
        let page = rosa.get(&link).await.expect(200);
        assert!(
            page.says("Banco del Norte") && page.says("Andrés") && page.says("Lo que aprendo es mío"),
            "{}",
            page.text()
        );
        assert!(page.says("value=\"Europe/Madrid\"") || page.says("selected>Europe/Madrid"), "{}", page.text());
        assert_eq!((page.header("referrer-policy"), page.header("cache-control")), ("strict-origin", "no-store"));
    }
    assert_eq!(house.count("sittings").await, 0);
    // All that is wrong is said at once, and nothing typed is lost.
    let wrong = [
        ("kind", "negotiation"),
        ("until", ""),
        ("place", "Planta noble"),
        ("link", "http://reunion.example"),
        ("seats", "90"),
        ("zone", "Europa/Vigo"),
        ("lasts", "601"),
        ("notes", "x"),
        ("side", &"Papelera ".repeat(20)),
    ];
    let again = pressed(&mut rosa, &link, &wrong).await.expect(422);
    for said in [
        "Falta la hora a la que acaba",
        "De una plaza a 20",
        "Un enlace empieza por https://",
        "Esa zona horaria no existe",
        "De un día a 3650",
        "Aquí caben 120 letras",
        "value=\"Planta noble\"",
        "value=\"601\"",
        "value=\"negotiation\" checked",
        "Papelera",
    ] {
        assert!(again.says(said), "{said}: {}", again.text());
    }
    let past = pressed(&mut rosa, &link, &[("day", "2020-01-15"), ("lasts", "601"), ("competency", "no-such")]).await;
    assert!(past.expect(422).says("De un mes a 600"));
    pressed(&mut rosa, &link, &[("competency", "no-such")]).await.expect(422);
    assert_eq!(house.count("sittings").await, 0);
    // Whoever has the link names nobody of the house: neither who presides nor who keeps the record.
    let named = [
        ("place", "Planta noble"),
        ("competency", "negotiation"),
        ("lasts", "6"),
        ("chair", pair.ana.address.as_str()),
        ("keeper", pair.lucia.address.as_str()),
        ("host", pair.ana.address.as_str()),
    ];
    let led = pressed(&mut rosa, &link, &named).await.expect(303).location().to_owned();
    assert!(led.starts_with("/o/") && !led.starts_with("/o/new/"), "{led}");
    assert!(rosa.get(&led).await.expect(200).says("No hay ninguna solicitud que contestar"));
    // It is used up: a second press says so, and it opens nothing any more.
    let twice = rosa.post(&link, &[("kind", "meeting")]).await.expect(409);
    assert!(twice.says("Este enlace ya se ha usado") && !twice.says("Banco") && !twice.says("Sesión 1"));
    is_used(house, &link).await;
    // The trail says of the sitting with which invitation it was opened.
    for verb in ["observations.invite", "observations.open"] {
        let noted = format!("audit WHERE verb = '{verb}' AND detail LIKE '%\"invitation\":%'");
        assert_eq!(house.count(&noted).await, 1, "{verb}");
    }
    assert_eq!(house.count("sittings").await, 1);
    house.work().await;
    // The mail brings the link that she keeps.
    let kept = house.mail_saying(HOST, "está abierta a quienes vienen a aprender").await;
    assert!(!kept.contains("/o/new/") && !kept.contains("Planta noble"), "{kept}");
    let kept = kept.split("/o/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let mut rosa = house.stranger();
    assert!(rosa.get(&format!("/o/{kept}")).await.expect(200).says("No hay ninguna solicitud que contestar"));
    // Whoever invited is told, keeps its record, and reads what she said.
    assert!(andres.get("/notices").await.expect(200).says("Quien invitaste ha abierto la sesión 1"));
    assert!(!andres.get(&new).await.expect(200).says("Retirar"));
    let list = andres.get("/sittings").await.expect(200).text();
    let sitting = format!("/sittings/{}", list.split("href=\"/sittings/").nth(1).unwrap().split('"').next().unwrap());
    let page = andres.get(&sitting).await.expect(200);
    assert!(page.says(NAME) && page.says("Planta noble") && page.says("Andrés"), "{}", page.text());
    assert!(
        page.says("obliga 6 meses")
            || house.browser_of(&sol).await.get(&sitting).await.expect(200).says("obliga 6 meses")
    );
    assert!(house.browser_of(&sol).await.get("/notices").await.expect(200).says("sesión 1"));
    // The mentee asks for a seat, and the host answers by her link.
    lucia.post(&format!("{sitting}/seats/new/{}", pair.mentorship), &[]).await.expect(303);
    let seat = seat_of(&mut lucia, &sitting).await.rsplit('/').next().unwrap().to_owned();
    let yes = [("do", "seat"), ("seat", seat.as_str()), ("answer", "agreed")];
    rosa.post(&format!("/o/{kept}"), &yes).await.expect(303);
    let trail = house.browser_of(&pair.ana).await.get("/audit?verb=observations").await.expect(200);
    assert!(trail.says("Invitó a alguien a abrir una sesión") && !trail.says(NAME) && !trail.says(HOST));
    let log = logs::log().text();
    for secret in [link.trim_start_matches("/o/new/"), led.trim_start_matches("/o/"), kept.as_str(), HOST] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
    assert!(log.contains("route=\"/o/new/{token}\""));
});

story!(a_host_opens_a_negotiation_and_says_who_is_on_the_other_side, async |house: &House| {
    let pair = framed(house).await;
    secretary(house, &pair).await;
    // Whoever coordinates invites, and keeps no record.
    let mut ana = house.browser_of(&pair.ana).await;
    let link = invited(house, &mut ana, &pair).await;
    assert!(ana.get(&format!("/editions/{}/sittings", pair.edition)).await.expect(200).says(HOST));
    let said =
        [("kind", "negotiation"), ("other-side", "yes"), ("side", "Cartones del Ebro"), ("zone", "Atlantic/Canary")];
    let mut rosa = house.stranger();
    let led = pressed(&mut rosa, &link, &said).await.expect(303).location().to_owned();
    let page = rosa.get(&led).await.expect(200);
    assert!(page.says("Cartones del Ebro") && page.says("other-side-back"), "{}", page.text());
    let list = ana.get("/sittings").await.expect(200).text();
    let sitting = format!("/sittings/{}", list.split("href=\"/sittings/").nth(1).unwrap().split('"').next().unwrap());
    let program = program(house, &pair.ana).await.get(&format!("/api/me{sitting}")).await.expect(200).json();
    assert_eq!((&program["sitting"]["kind"], &program["keeper"]), (&json!("negotiation"), &json!(null)));
    assert_eq!((&program["zone"], &program["sitting"]["state"]), (&json!("Atlantic/Canary"), &json!("open")));
    assert_eq!(program["sitting"]["starts_at"], "2027-01-15T10:00:00Z");
    assert!(program["other_side_agreed_at"].is_string(), "{program}");
    // Of a meeting nobody is on another side, whatever was typed.
    let whom = [("outside-name", "Marta Gil"), ("outside-address", "marta@ejemplo.example")];
    ana.post(&format!("/editions/{}/sittings/invitations", pair.edition), &whom).await.expect(303);
    house.work().await;
    let link = house.link_to("marta@ejemplo.example").await;
    let said = [("kind", "meeting"), ("other-side", "yes"), ("side", "Papelera del Sur")];
    pressed(&mut house.stranger(), &link, &said).await.expect(303);
    assert_eq!(house.count("sitting_sides").await, 1);
});

story!(an_invitation_is_sent_again_withdrawn_and_forgotten, async |house: &House| {
    let pair = framed(house).await;
    let (mut andres, mut lucia, mut ana) =
        (house.browser_of(&pair.andres).await, house.browser_of(&pair.lucia).await, house.browser_of(&pair.ana).await);
    let invitations = format!("/editions/{}/sittings/invitations", pair.edition);
    let whom = [("outside-name", NAME), ("outside-address", HOST)];
    lucia.post(&invitations, &whom).await.expect(404);
    assert!(house.stranger().post(&invitations, &whom).await.expect(303).location().starts_with("/sign-in"));
    let wrong = andres.post(&invitations, &[("outside-name", ""), ("outside-address", "rosa")]).await.expect(422);
    assert!(wrong.says("Falta el nombre de esa persona") && wrong.says("Falta una dirección de correo válida"));
    assert!(wrong.says("value=\"rosa\""), "{}", wrong.text());
    let account = [("outside-name", ""), ("outside-address", pair.lucia.address.as_str())];
    let wrong = andres.post(&invitations, &account).await.expect(422);
    assert!(wrong.says("Esa persona es de la organización") && wrong.says("Falta el nombre de esa persona"));
    let long = "R".repeat(121);
    let wrong = andres.post(&invitations, &[("outside-name", long.as_str()), ("outside-address", HOST)]).await;
    assert!(wrong.expect(422).says("Aquí caben 120 letras"));
    let first = invited(house, &mut andres, &pair).await;
    assert!(andres.post(&invitations, &whom).await.expect(422).says("Ya tiene una invitación tuya"));
    let place = place_of(&mut andres, &pair).await;
    lucia.post(&format!("{place}/again"), &[]).await.expect(404);
    lucia.post(&format!("{place}/withdraw"), &[]).await.expect(404);
    // Whoever opens sittings everywhere sees it too, and answers for it.
    assert!(ana.get(&format!("/editions/{}/sittings/new", pair.edition)).await.expect(200).says(HOST));
    // After three weeks it is sent again, once in an hour, and both links hold for another thirty days.
    house.pass(SignedDuration::from_hours(21 * 24));
    let mut andres = house.browser_of(&pair.andres).await;
    for _ in 0..2 {
        andres.post(&format!("{place}/again"), &[]).await.expect(303);
        house.work().await;
    }
    let links = house.links_to(HOST).await;
    assert_eq!(links.len(), 2, "{links:?}");
    house.pass(SignedDuration::from_hours(29 * 24));
    for link in [&first, &links[0]] {
        house.stranger().get(link).await.expect(200);
    }
    house.pass(SignedDuration::from_hours(2 * 24));
    opens_nothing(house, &first).await;
    house.stranger().post(&first, &[("kind", "meeting")]).await.expect(404);
    // Held no more, it can be sent again, and be withdrawn.
    let mut andres = house.browser_of(&pair.andres).await;
    let new = format!("/editions/{}/sittings/new", pair.edition);
    assert!(andres.get(&new).await.expect(200).says("Dejó de valer"));
    andres.post(&format!("{place}/again"), &[]).await.expect(303);
    house.work().await;
    let third = house.link_to(HOST).await;
    house.stranger().get(&third).await.expect(200);
    house.browser_of(&pair.ana).await.post(&format!("{place}/withdraw"), &[]).await.expect(303);
    andres.post(&format!("{place}/withdraw"), &[]).await.expect(404);
    andres.post(&format!("{place}/again"), &[]).await.expect(404);
    for link in [&first, &third] {
        opens_nothing(house, link).await;
        // Whoever was filling it in hears that it holds no more.
        let gone = pressed_blind(house, link).await.expect(404);
        assert!(gone.says("Esta invitación ya no vale") && !gone.says("Banco"), "{}", gone.text());
    }
    // That a mail was sent is kept for a while, and not to whom.
    assert_eq!((house.count("sitting_invitations").await, house.count("sitting_invitation_links").await), (1, 0));
    assert_eq!(house.count("sitting_invitations WHERE name <> '' OR address <> ''").await, 0);
    // Nobody writes to one after the other under the house's name.
    for number in 0..19 {
        let address = format!("nadie{number}@example.org");
        andres.post(&invitations, &[("outside-name", NAME), ("outside-address", address.as_str())]).await.expect(303);
        let place = place_of(&mut andres, &pair).await;
        andres.post(&format!("{place}/withdraw"), &[]).await.expect(303);
    }
    assert!(andres.post(&invitations, &whom).await.expect(422).says("Hoy ya han salido 20 invitaciones tuyas"));
    house.pass(SignedDuration::from_hours(25));
    let mut andres = house.browser_of(&pair.andres).await;
    // Withdrawn before its mail is written, it is never written.
    andres.post(&invitations, &whom).await.expect(303);
    let place = place_of(&mut andres, &pair).await;
    andres.post(&format!("{place}/withdraw"), &[]).await.expect(303);
    let before = house.links_to(HOST).await.len();
    house.work().await;
    assert_eq!(house.links_to(HOST).await.len(), before);
    // Nor to the same again and again, whoever asks for it and however they write the address.
    for _ in 0..2 {
        andres.post(&invitations, &whom).await.expect(303);
        let place = place_of(&mut andres, &pair).await;
        andres.post(&format!("{place}/withdraw"), &[]).await.expect(303);
    }
    let shouted = HOST.to_uppercase();
    let same = [("outside-name", NAME), ("outside-address", shouted.as_str())];
    let many = house.browser_of(&pair.ana).await.post(&invitations, &same).await.expect(422);
    assert!(many.says("A esa dirección ya le han llegado hoy 3 invitaciones"), "{}", many.text());
    // Sent again, each counts as well.
    let other = [("outside-name", NAME), ("outside-address", "otra@example.org")];
    andres.post(&invitations, &other).await.expect(303);
    let place = place_of(&mut andres, &pair).await;
    for _ in 0..2 {
        house.pass(SignedDuration::from_hours(2));
        andres.post(&format!("{place}/again"), &[]).await.expect(303);
    }
    house.pass(SignedDuration::from_hours(2));
    let many = andres.post(&format!("{place}/again"), &[]).await.expect(422);
    assert!(many.says("A esa dirección ya le han llegado hoy 3 invitaciones"), "{}", many.text());
    andres.post(&format!("{place}/withdraw"), &[]).await.expect(303);
    house.pass(SignedDuration::from_hours(25));
    let mut andres = house.browser_of(&pair.andres).await;
    // Ninety days after its last mail nothing is kept of whom it named.
    invited(house, &mut andres, &pair).await;
    house.pass(SignedDuration::from_hours(89 * 24));
    house.work().await;
    assert_eq!(house.count("sitting_invitations WHERE address <> ''").await, 1);
    house.pass(SignedDuration::from_hours(2 * 24));
    house.work().await;
    assert_eq!(house.count("sitting_invitations").await + house.count("sitting_invitation_links").await, 0);
    assert_eq!(house.count("sitting_invitation_mails").await, 0);
});

/// Presses a link without having opened it.
async fn pressed_blind(house: &House, link: &str) -> Seen {
    let form = [("kind", "meeting"), ("day", "2027-06-15"), ("from", "10:00"), ("until", "12:00"), ("seats", "2")];
    house.stranger().post(link, &[&form[..], &[("zone", "Europe/Madrid")]].concat()).await
}

story!(an_invitation_holds_only_while_whoever_made_it_may_open_sittings, async |house: &House| {
    let pair = framed(house).await;
    let (mut andres, mut sol) =
        (house.browser_of(&pair.andres).await, house.browser_of(&secretary(house, &pair).await).await);
    let of_mentor = invited(house, &mut andres, &pair).await;
    let of_secretary = invited(house, &mut sol, &pair).await;
    house.stranger().get(&of_mentor).await.expect(200);
    // The mentorship ends, and with it what its mentor may open.
    house.raw(&format!("UPDATE mentorships SET ended_at = 1 WHERE id = {}", house.literal(pair.mentorship.0))).await;
    opens_nothing(house, &of_mentor).await;
    pressed_blind(house, &of_mentor).await.expect(404);
    house.stranger().get(&of_secretary).await.expect(200);
    // Whoever has no account any more vouches for nothing, whatever parts they are left with.
    let of_sol = "UPDATE persons SET account =";
    house.raw(&format!("{of_sol} NULL WHERE name = 'Sol Vidal'")).await;
    opens_nothing(house, &of_secretary).await;
    pressed_blind(house, &of_secretary).await.expect(404);
    assert_eq!(house.count("sittings").await, 0);
    let again = "(SELECT accounts.id FROM accounts WHERE accounts.address = persons.address)";
    house.raw(&format!("{of_sol} {again} WHERE name = 'Sol Vidal'")).await;
    // What is wrong with whom the invitation names is said, though the form has no field for it, and nothing typed is lost.
    let long = "R".repeat(121);
    house.raw(&format!("UPDATE sitting_invitations SET name = '{long}' WHERE name <> ''")).await;
    let wrong = pressed(&mut house.stranger(), &of_secretary, &[("place", "Planta noble")]).await.expect(422);
    assert!(wrong.says("Con el nombre o la dirección de esta invitación"), "{}", wrong.text());
    assert!(wrong.says("value=\"Planta noble\"") && !wrong.says("Aquí caben 120 letras"), "{}", wrong.text());
    house.raw(&format!("UPDATE sitting_invitations SET name = '{NAME}' WHERE name <> ''")).await;
    // Whoever has got an account since is the host as themselves, and signs in.
    let rosa = house.person(pair.ana.organisation, NAME, &[Part::Host]).await;
    house.raw(&format!("UPDATE persons SET address = '{HOST}' WHERE id = {}", house.literal(rosa.id.0))).await;
    let led = pressed_blind(house, &of_secretary).await.expect(303).location().to_owned();
    assert!(led.starts_with("/sittings/"), "{led}");
    let page = house.browser_of(&rosa).await.get(&led).await.expect(200);
    assert!(page.says("sesión 1"), "{}", page.text());
    // Once an edition is closed nobody opens anything in it.
    let whom = [("outside-name", NAME), ("outside-address", "otra@astilleros.example")];
    let invitations = format!("/editions/{}/sittings/invitations", pair.edition);
    sol.post(&invitations, &whom).await.expect(303);
    house.work().await;
    let link = house.link_to("otra@astilleros.example").await;
    house.raw(&format!("UPDATE editions SET closed_at = 1 WHERE id = {}", house.literal(pair.edition.0))).await;
    opens_nothing(house, &link).await;
    sol.post(&invitations, &[("outside-name", NAME), ("outside-address", "x@y.example")]).await.expect(404);
});

story!(two_who_press_the_same_link_open_one_sitting, async |house: &House| {
    let pair = framed(house).await;
    let mut andres = house.browser_of(&pair.andres).await;
    let link = invited(house, &mut andres, &pair).await;
    let (one, other) = tokio::join!(pressed_blind(house, &link), pressed_blind(house, &link));
    let mut answers = [one.status.as_u16(), other.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409]);
    assert_eq!(house.count("sittings").await, 1);
});

story!(whom_somebody_invited_goes_with_them, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let link = invited(house, &mut house.browser_of(&sol).await, &pair).await;
    house.stranger().get(&link).await.expect(200);
    erase(house, &sol).await.map_err(anyhow::Error::from).unwrap();
    assert_eq!(house.count("sitting_invitations").await, 1, "that somebody was asked is kept for a while");
    assert_eq!(house.count("sitting_invitations WHERE name <> '' OR address <> ''").await, 0);
    opens_nothing(house, &link).await;
    pressed_blind(house, &link).await.expect(404);
    assert!(
        !house.browser_of(&pair.ana).await.get(&format!("/editions/{}/sittings/new", pair.edition)).await.says(HOST)
    );
});

story!(a_program_invites_a_host, async |house: &House| {
    let pair = framed(house).await;
    let (mut andres, mut lucia) = (program(house, &pair.andres).await, program(house, &pair.lucia).await);
    let path = format!("/api/me/editions/{}/sittings/invitations", pair.edition);
    let whom = json!({ "name": NAME, "address": HOST });
    problem(&send(&mut lucia, Method::POST, &path, &whom).await.expect(404));
    let wrong =
        problem(&send(&mut andres, Method::POST, &path, &json!({ "name": "", "address": "x" })).await.expect(422));
    let fields: Vec<&str> =
        wrong["errors"].as_array().unwrap().iter().filter_map(|one| one["field"].as_str()).collect();
    assert_eq!(fields, ["name", "address"]);
    let list = send(&mut andres, Method::POST, &path, &whom).await.expect(200).json();
    assert_eq!((&list["items"][0]["name"], &list["items"][0]["address"]), (&json!(NAME), &json!(HOST)));
    assert_eq!(andres.get(&path).await.expect(200).json(), list);
    problem(&lucia.get(&path).await.expect(404));
    let one = format!("{path}/{}", list["items"][0]["id"].as_str().unwrap());
    problem(&send(&mut lucia, Method::POST, &format!("{one}/links"), &json!({})).await.expect(404));
    send(&mut andres, Method::POST, &format!("{one}/links"), &json!({})).await.expect(200);
    problem(&send(&mut lucia, Method::DELETE, &one, &json!({})).await.expect(404));
    let left = send(&mut andres, Method::DELETE, &one, &json!({})).await.expect(200).json();
    assert_eq!(left["items"], json!([]));
    problem(&send(&mut andres, Method::DELETE, &one, &json!({})).await.expect(404));
});

story!(whoever_invites_learns_that_no_mail_arrives, async |house: &House| {
    let pair = framed(house).await;
    secretary(house, &pair).await;
    let mut andres = house.browser_of(&pair.andres).await;
    house.work().await;
    let server = MailServer::start(&house.folder().join("smtp"));
    server.refuses("never", &[HOST]);
    let app = before(house, &server, |_| {});
    let whom = [("outside-name", NAME), ("outside-address", HOST)];
    andres.post(&format!("/editions/{}/sittings/invitations", pair.edition), &whom).await.expect(303);
    jobs::run_due(&app).await.unwrap();
    let told = andres.get("/notices").await.expect(200);
    assert!(told.says("Una invitación a abrir una sesión no llega") && !told.says(HOST), "{}", told.text());
    // And of a sitting that they open for somebody outside.
    let new = format!("/editions/{}/sittings/new", pair.edition);
    let mut form = fields(&andres.get(&new).await.expect(200).text());
    for (name, value) in
        [("day", "2027-01-15"), ("from", "10:00"), ("until", "12:00"), ("host", HOST), ("host-name", NAME)]
    {
        form.insert(name.to_owned(), value.to_owned());
    }
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    andres.post(&new, &form).await.expect(303);
    jobs::run_due(&app).await.unwrap();
    let told = andres.get("/notices").await.expect(200);
    assert!(told.says("Los correos a quien recibe la sesión 1 no llegan") && !told.says(HOST), "{}", told.text());
    assert_eq!(server.asked(HOST), 2);
});
