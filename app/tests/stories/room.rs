//! The room as programs meet it: what its pages do they do, for the same people and with the same refusals, and no answer says more to anybody
//! than the page does.

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};
use telemaco::identity::Part;
use uuid::Uuid;

use crate::api::{problem, program, send};
use crate::goals::framed;
use crate::observations::{HOST, another, another_with, plan, secretary};
use crate::records::scene::{Scene, scene, sitting as recorded};
use crate::records::{play, tap};
use crate::seats::until;
use crate::story;
use crate::support::{Client, House, Seen};
use crate::vault::Pair;

/// Opens a sitting as a program does; what differs comes in `change`. Gives the door to it, and what is told of it.
async fn opened(program: &mut Client, pair: &Pair, change: &Value) -> (String, Value) {
    let mut wanted = json!({
        "kind": "meeting", "starts_at": "2027-01-15T09:00:00Z", "ends_at": "2027-01-15T11:00:00Z", "seats": 2,
        "place": "Planta noble", "competencies": ["negotiation"], "host": pair.andres.address,
    });
    for (name, value) in change.as_object().unwrap() {
        wanted[name] = value.clone();
    }
    let path = format!("/api/me/editions/{}/sittings", pair.edition);
    let whole = send(program, Method::POST, &path, &wanted).await.expect(200).json();
    (format!("/api/me/sittings/{}", whole["sitting"]["id"].as_str().unwrap()), whole)
}

/// Sends what needs no body.
async fn done(program: &mut Client, path: &str) -> Seen {
    send(program, Method::POST, path, &json!({})).await
}

/// The fields that something is wrong with.
#[track_caller]
fn fields_of(seen: &Seen) -> Vec<String> {
    let problem = problem(seen);
    problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
}

/// Asks for a seat, and gives its door.
async fn asked(program: &mut Client, path: &str, wish: &Value) -> String {
    let whole = send(program, Method::POST, &format!("{path}/seats"), wish).await.expect(200).json();
    let mentorship = &wish["mentorship"];
    let seats = whole["seats"].as_array().unwrap();
    let own = seats.iter().find(|seat| seat["mentorship"] == *mentorship).unwrap();
    format!("{path}/seats/{}", own["id"].as_str().unwrap())
}

/// Whoever belongs to another organisation, as secretary and coordinator of it.
async fn foreigner(house: &House) -> Client {
    let fermin = house.organisation("Universidad del Sur", "Fermín Soto").await;
    let felisa = house.person(fermin.organisation, "Felisa Soto", &[Part::Secretary]).await;
    program(house, &felisa).await
}

story!(a_program_changes_a_sitting_and_calls_it_off, async |house: &House| {
    let pair = framed(house).await;
    let sol_vidal = secretary(house, &pair).await;
    let (mut ana, mut andres) = (program(house, &pair.ana).await, program(house, &pair.andres).await);
    let (mut lucia, mut sol) = (program(house, &pair.lucia).await, program(house, &sol_vidal).await);
    let mut felisa = foreigner(house).await;
    let (path, whole) = opened(&mut andres, &pair, &json!({})).await;
    assert_eq!(whole["sitting"]["state"], "open");
    for program in [&mut ana, &mut lucia, &mut felisa] {
        problem(&send(program, Method::PATCH, &path, &json!({ "version": 1, "seats": 3 })).await.expect(404));
        problem(&send(program, Method::POST, &format!("{path}/cancel"), &json!({ "version": 1 })).await.expect(404));
        problem(&send(program, Method::POST, &format!("{path}/links"), &json!({ "to": "host" })).await.expect(404));
    }
    // What is left out stays, and what was read is not written over.
    let more = json!({ "version": 1, "seats": 3 });
    let changed = send(&mut andres, Method::PATCH, &path, &more).await.expect(200).json();
    assert_eq!((&changed["sitting"]["seats"], &changed["version"]), (&json!(3), &json!(2)));
    for field in ["place", "competencies", "zone", "terms"] {
        assert_eq!(changed[field], whole[field], "{field}");
    }
    assert_eq!(changed["sitting"]["starts_at"], whole["sitting"]["starts_at"]);
    problem(&send(&mut andres, Method::PATCH, &path, &more).await.expect(409));
    let titled = json!({ "version": 2, "title": "La compra de Astilleros" });
    problem(&send(&mut andres, Method::PATCH, &path, &titled).await.expect(422));
    let kept = json!({ "version": 2, "place": null, "keeper": sol_vidal.address });
    let changed = send(&mut sol, Method::PATCH, &path, &kept).await.expect(200).json();
    assert_eq!((&changed["place"], &changed["keeper"]), (&json!(null), &json!("Sol Vidal")));
    assert_eq!(changed["chair"], "Andrés Güell");
    // Whoever does not keep the room reads neither of them, nor where it is.
    for program in [&mut ana, &mut lucia] {
        let read = program.get(&path).await.expect(200).json();
        let hidden = ["chair", "keeper", "host", "place", "link", "terms", "classes_seen"];
        assert!(hidden.iter().all(|field| read[field].is_null()), "{read}");
    }
    // The same refusals, with the API's own names for fields.
    let late = json!({ "version": 3, "starts_at": "2027-01-15T12:00:00Z" });
    assert_eq!(fields_of(&send(&mut sol, Method::PATCH, &path, &late).await.expect(422)), ["ends_at"]);
    let other = json!({ "version": 3, "kind": "negotiation" });
    assert_eq!(fields_of(&send(&mut sol, Method::PATCH, &path, &other).await.expect(422)), ["kind"]);
    let host = json!({ "version": 3, "host": sol_vidal.address });
    assert_eq!(fields_of(&send(&mut sol, Method::PATCH, &path, &host).await.expect(422)), ["host"]);
    let moved =
        json!({ "version": 3, "starts_at": "2027-01-15T10:00:00Z", "ends_at": "2027-01-15T12:00:00Z", "keeper": null });
    let changed = send(&mut sol, Method::PATCH, &path, &moved).await.expect(200).json();
    assert_eq!((&changed["sitting"]["ends_at"], &changed["keeper"]), (&json!("2027-01-15T12:00:00Z"), &json!(null)));
    // Its host has an account: there is no link to send.
    problem(&send(&mut andres, Method::POST, &format!("{path}/links"), &json!({ "to": "host" })).await.expect(409));
    let cancel = format!("{path}/cancel");
    problem(&send(&mut andres, Method::POST, &cancel, &json!({ "version": 3 })).await.expect(409));
    let gone = send(&mut andres, Method::POST, &cancel, &json!({ "version": 4 })).await.expect(200).json();
    assert_eq!(gone["sitting"]["state"], "cancelled");
    problem(&send(&mut andres, Method::POST, &cancel, &json!({ "version": 5 })).await.expect(409));
    problem(&send(&mut andres, Method::PATCH, &path, &json!({ "version": 5 })).await.expect(409));
});

story!(a_program_of_a_host_refuses_and_one_sends_a_link_again, async |house: &House| {
    let pair = framed(house).await;
    let (mut ana, mut andres, mut lucia) =
        (program(house, &pair.ana).await, program(house, &pair.andres).await, program(house, &pair.lucia).await);
    let (path, _) = opened(&mut ana, &pair, &json!({})).await;
    let refuse = format!("{path}/refuse");
    for program in [&mut ana, &mut lucia] {
        problem(&done(program, &refuse).await.expect(404));
    }
    assert_eq!(done(&mut andres, &refuse).await.expect(200).json()["sitting"]["state"], "cancelled");
    problem(&done(&mut andres, &refuse).await.expect(409));
    // A host without account: the link goes by mail, and stands in no answer.
    let outside = json!({ "host": HOST, "host_name": "Rosa Marín" });
    let (path, whole) = opened(&mut andres, &pair, &outside).await;
    assert_eq!((&whole["sitting"]["state"], &whole["terms"]), (&json!("draft"), &json!(null)));
    problem(&lucia.get(&path).await.expect(404));
    house.work().await;
    let mails = house.app.mailer.filed(1000).await.unwrap().len();
    house.pass(SignedDuration::from_hours(2));
    let links = format!("{path}/links");
    problem(&send(&mut andres, Method::POST, &links, &json!({ "to": "nobody" })).await.expect(422));
    let sent = send(&mut andres, Method::POST, &links, &json!({ "to": "host" })).await.expect(200);
    assert!(!sent.says("/o/") && !sent.says(HOST), "{}", sent.text());
    house.work().await;
    assert_eq!(house.app.mailer.filed(1000).await.unwrap().len(), mails + 1);
    // Until they have agreed somebody else may receive.
    let other = json!({ "version": 1, "host": "luis.marin@astilleros.example" });
    assert_eq!(fields_of(&send(&mut andres, Method::PATCH, &path, &other).await.expect(422)), ["host_name"]);
    let other = json!({ "version": 1, "host": "luis.marin@astilleros.example", "host_name": "Luis Marín" });
    let changed = send(&mut andres, Method::PATCH, &path, &other).await.expect(200).json();
    assert_eq!(changed["host"], "Luis Marín");
});

story!(a_program_keeps_the_other_side, async |house: &House| {
    let pair = framed(house).await;
    let (eva_ruiz, evas) = another_with(house, &pair, "Eva Ruiz", &[Part::Secretary]).await;
    let sol_vidal = secretary(house, &pair).await;
    let (mut ana, mut andres) = (program(house, &pair.ana).await, program(house, &pair.andres).await);
    let (mut lucia, mut sol) = (program(house, &pair.lucia).await, program(house, &sol_vidal).await);
    let (mut eva, mut felisa) = (program(house, &eva_ruiz).await, foreigner(house).await);
    let (path, _) = opened(&mut andres, &pair, &json!({ "kind": "negotiation" })).await;
    let (side, agree, back) =
        (format!("{path}/other-side"), format!("{path}/other-side/agree"), format!("{path}/other-side/take-back"));
    let named = json!({ "name": " Cartones  del Ebro " });
    for program in [&mut ana, &mut lucia, &mut felisa] {
        problem(&send(program, Method::PUT, &side, &named).await.expect(404));
        problem(&done(program, &agree).await.expect(404));
        problem(&done(program, &back).await.expect(404));
    }
    assert_eq!(fields_of(&send(&mut andres, Method::PUT, &side, &json!({ "name": " " })).await.expect(422)), ["name"]);
    let told = send(&mut andres, Method::PUT, &side, &named).await.expect(200).json();
    assert_eq!(told["other_side"], "Cartones del Ebro");
    // Who it is read by whoever has to know, and by nobody else.
    assert_eq!(sol.get(&path).await.expect(200).json()["other_side"], "Cartones del Ebro");
    for program in [&mut ana, &mut lucia] {
        assert!(!program.get(&path).await.expect(200).says("Cartones"));
    }
    assert!(done(&mut andres, &agree).await.expect(200).json()["other_side_agreed_at"].is_string());
    problem(&done(&mut andres, &agree).await.expect(409));
    assert!(done(&mut sol, &back).await.expect(200).json()["other_side_agreed_at"].is_null());
    problem(&done(&mut sol, &back).await.expect(409));
    // A secretary who asks to observe it does not let herself in.
    asked(&mut eva, &path, &json!({ "mentorship": evas })).await;
    problem(&done(&mut eva, &agree).await.expect(422));
    done(&mut sol, &agree).await.expect(200);
    // Another one has agreed to nothing.
    let other = json!({ "name": "Papeles del Segre" });
    assert!(send(&mut sol, Method::PUT, &side, &other).await.expect(200).json()["other_side_agreed_at"].is_null());
    // Whoever presides gives the classes back.
    let version = sol.get(&path).await.expect(200).json()["version"].clone();
    let items = json!({ "version": version, "items": [{ "class": "open" }] });
    send(&mut sol, Method::PUT, &format!("{path}/items"), &items).await.expect(200);
    let seen = json!({ "classes_seen": andres.get(&path).await.expect(200).json()["classes_seen"] });
    send(&mut andres, Method::POST, &format!("{path}/items/agree"), &seen).await.expect(200);
    let back = format!("{path}/items/return");
    for program in [&mut ana, &mut lucia, &mut sol, &mut felisa] {
        problem(&done(program, &back).await.expect(404));
    }
    assert_eq!(done(&mut andres, &back).await.expect(200).json()["items"][0]["is_agreed"], false);
    // No mail and no trail carries a name.
    house.work().await;
    for mail in house.app.mailer.filed(1000).await.unwrap() {
        let text = format!("{mail:?}");
        assert!(!text.contains("Cartones") && !text.contains("Segre"), "{text}");
    }
    let trail = ana.get("/api/audit?verb=observations").await.expect(200);
    assert!(!trail.says("Cartones") && !trail.says("Segre"), "{}", trail.text());
});

story!(a_program_signs_in_a_language_and_says_that_it_took_place, async |house: &House| {
    let pair = framed(house).await;
    let sol_vidal = secretary(house, &pair).await;
    plan(&mut house.browser_of(&pair.lucia).await, &pair).await;
    let (mut ana, mut andres) = (program(house, &pair.ana).await, program(house, &pair.andres).await);
    let (mut lucia, mut sol) = (program(house, &pair.lucia).await, program(house, &sol_vidal).await);
    let mut felisa = foreigner(house).await;
    let (path, whole) = opened(&mut andres, &pair, &json!({})).await;
    let items = json!({ "version": whole["version"], "items": [{ "class": "open" }] });
    let whole = send(&mut sol, Method::PUT, &format!("{path}/items"), &items).await.expect(200).json();
    let seen = json!({ "classes_seen": whole["classes_seen"] });
    send(&mut andres, Method::POST, &format!("{path}/items/agree"), &seen).await.expect(200);
    let planned = lucia.get(&format!("/api/me/mentorships/{}/plan", pair.mentorship)).await.expect(200).json();
    let activity = planned["items"][0]["id"].clone();
    let seat = asked(&mut lucia, &path, &json!({ "mentorship": pair.mentorship, "activity": activity })).await;
    for program in [&mut andres, &mut sol] {
        send(program, Method::POST, &format!("{seat}/answer"), &json!({ "answer": "agreed" })).await.expect(200);
    }
    send(&mut lucia, Method::POST, &format!("{seat}/conflict"), &json!({ "has_conflict": false })).await.expect(200);
    // The words in either language, and signed in the one in which they were read.
    let paper = format!("{seat}/undertaking");
    let own = lucia.get(&paper).await.expect(200).json();
    let english = lucia.get(&format!("{paper}?lang=en")).await.expect(200).json();
    assert_eq!(lucia.get(&format!("{paper}?lang=es")).await.expect(200).json(), own);
    assert_ne!(english["digest"], own["digest"]);
    problem(&lucia.get(&format!("{paper}?lang=la")).await.expect(422));
    problem(&ana.get(&format!("{paper}?lang=en")).await.expect(404));
    let other = json!({ "digest": english["digest"] });
    problem(&send(&mut lucia, Method::POST, &paper, &other).await.expect(409));
    let signs = json!({ "digest": english["digest"], "lang": "en" });
    send(&mut lucia, Method::POST, &paper, &signs).await.expect(200);
    assert_eq!(lucia.get(&format!("{paper}?lang=es")).await.expect(200).json()["words"], english["words"]);
    // That it took place is said once it did, and by those who may.
    let held = format!("{path}/held");
    problem(&done(&mut andres, &held).await.expect(409));
    let finish = format!("{seat}/finish");
    problem(&done(&mut lucia, &finish).await.expect(409));
    until(house, "2027-01-15T10:00:00Z");
    problem(&done(&mut andres, &held).await.expect(422));
    until(house, "2027-01-15T11:01:00Z");
    for program in [&mut ana, &mut lucia, &mut felisa] {
        problem(&done(program, &held).await.expect(404));
    }
    assert_eq!(done(&mut andres, &held).await.expect(200).json()["sitting"]["state"], "held");
    problem(&done(&mut andres, &held).await.expect(409));
    for program in [&mut ana, &mut sol, &mut felisa] {
        problem(&done(program, &finish).await.expect(404));
    }
    done(&mut lucia, &finish).await.expect(200);
    let planned = lucia.get(&format!("/api/me/mentorships/{}/plan", pair.mentorship)).await.expect(200).json();
    assert_eq!(planned["items"][0]["minutes"], 120, "for as long as it was planned");
    // It is past now: for those who come to it with its seats, for faculty that it took place.
    assert_eq!(lucia.get("/api/me/sittings").await.expect(200).json()["items"], json!([]));
    let past = lucia.get("/api/me/sittings/past").await.expect(200).json();
    assert_eq!((&past["items"][0]["held"], &past["items"][0]["observed_minutes"]), (&json!(1), &json!(null)));
    let ines = house.person(pair.ana.organisation, "Inés Vera", &[Part::Faculty]).await;
    let mut ines = program(house, &ines).await;
    let past = ines.get("/api/me/sittings/past").await.expect(200).json();
    assert_eq!((&past["items"][0]["number"], &past["items"][0]["seats"]), (&json!(1), &json!(null)), "{past}");
    problem(&ines.get(&path).await.expect(404));
    assert_eq!(felisa.get("/api/me/sittings/past").await.expect(200).json()["items"], json!([]));
});

story!(lists_of_sittings_go_on, async |house: &House| {
    let pair = framed(house).await;
    let (mut andres, mut lucia) = (program(house, &pair.andres).await, program(house, &pair.lucia).await);
    for day in ["2027-01-17", "2027-01-15", "2027-01-16"] {
        let at = json!({ "starts_at": format!("{day}T09:00:00Z"), "ends_at": format!("{day}T10:00:00Z") });
        opened(&mut andres, &pair, &at).await;
    }
    let mut felisa = foreigner(house).await;
    for (list, expected) in [("/api/me/sittings", [2, 3, 1]), ("/api/me/sittings/past", [1, 3, 2])] {
        if list.ends_with("past") {
            until(house, "2027-02-01T09:00:00Z");
        }
        let whole = lucia.get(list).await.expect(200);
        assert_eq!(whole.json()["next"], json!(null));
        let (mut after, mut numbers) = (String::new(), Vec::new());
        loop {
            let seen = lucia.get(&format!("{list}?limit=2{after}")).await.expect(200);
            assert_eq!(seen.statements(), whole.statements());
            let page = seen.json();
            numbers.extend(page["items"].as_array().unwrap().iter().map(|one| one["number"].as_i64().unwrap()));
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(numbers, expected, "{list}");
        problem(&lucia.get(&format!("{list}?after=x")).await.expect(422));
        assert_eq!(felisa.get(list).await.expect(200).json()["items"], json!([]));
    }
});

story!(programs_share_out_and_whoever_reads_no_names_is_told_none, async |house: &House| {
    let pair = framed(house).await;
    let (eva_ruiz, evas) = another(house, &pair, "Eva Ruiz").await;
    let sol_vidal = secretary(house, &pair).await;
    let (mut ana, mut andres) = (program(house, &pair.ana).await, program(house, &pair.andres).await);
    let (mut lucia, mut eva) = (program(house, &pair.lucia).await, program(house, &eva_ruiz).await);
    let (mut sol, mut felisa) = (program(house, &sol_vidal).await, foreigner(house).await);
    let share = format!("/api/me/editions/{}/sittings/share", pair.edition);
    let wishes = format!("{share}/wishes");
    let (first, _) = opened(&mut andres, &pair, &json!({ "seats": 1 })).await;
    asked(&mut lucia, &first, &json!({ "mentorship": pair.mentorship })).await;
    house.pass(SignedDuration::from_mins(1));
    let evas_seat = asked(&mut eva, &first, &json!({ "mentorship": evas })).await;
    for program in [&mut lucia, &mut andres, &mut felisa] {
        problem(&program.get(&share).await.expect(404));
        problem(&program.get(&wishes).await.expect(404));
        problem(&done(program, &share).await.expect(404));
    }
    // Counts for whoever shares out, names for whoever reads who observes.
    let told = ana.get(&share).await.expect(200);
    assert_eq!((&told.json()["crowded"], &told.json()["items"][0]["asked"]), (&json!(1), &json!(2)));
    assert!(!told.says("Lucía") && !told.says("Eva") && !told.says(&pair.mentorship.to_string()), "{}", told.text());
    problem(&ana.get(&wishes).await.expect(404));
    let would = sol.get(&wishes).await.expect(200).json();
    let who = |would: &Value| -> Vec<(String, bool)> {
        let one = |one: &Value| (one["name"].as_str().unwrap().to_owned(), one["is_given"].as_bool().unwrap());
        would.as_array().unwrap().iter().map(one).collect()
    };
    let expected = [("Lucía Ibáñez".to_owned(), true), ("Eva Ruiz".to_owned(), false)];
    assert_eq!(who(&would["items"]), expected);
    assert!(would["items"][1]["why"].as_str().unwrap().len() > 20, "{would}");
    let page = sol.get(&format!("{wishes}?limit=1")).await.expect(200).json();
    let rest = sol.get(&format!("{wishes}?limit=1&after={}", page["next"].as_str().unwrap())).await.expect(200).json();
    assert_eq!((&rest["items"][0], &rest["next"]), (&would["items"][1], &json!(null)));
    problem(&sol.get(&format!("{wishes}?after=x")).await.expect(422));
    // It gives what it said that it would, and says why.
    let shared = done(&mut sol, &share).await.expect(200).json();
    assert_eq!(shared, json!({ "given": 1, "not_given": 1 }));
    let read = sol.get(&first).await.expect(200).json();
    for wish in would["items"].as_array().unwrap() {
        let seat = read["seats"].as_array().unwrap().iter().find(|seat| seat["id"] == wish["seat"]).unwrap();
        assert_eq!(seat["state"] != "not-shared", wish["is_given"].as_bool().unwrap(), "{seat}");
        assert_eq!(seat["why"], wish["why"]);
    }
    let own = eva.get(&first).await.expect(200).json();
    let seats = own["seats"].as_array().unwrap();
    assert_eq!((seats.len(), &seats[0]["state"]), (1, &json!("not-shared")), "{own}");
    assert!(seats[0]["why"].is_string() && evas_seat.ends_with(seats[0]["id"].as_str().unwrap()));
    // Where a coordinator shares out, they read how many.
    let at = json!({ "seats": 1, "starts_at": "2027-01-20T09:00:00Z", "ends_at": "2027-01-20T11:00:00Z" });
    let (second, _) = opened(&mut andres, &pair, &at).await;
    asked(&mut lucia, &second, &json!({ "mentorship": pair.mentorship })).await;
    asked(&mut eva, &second, &json!({ "mentorship": evas })).await;
    let shared = done(&mut ana, &share).await.expect(200);
    assert_eq!(shared.json(), json!({ "given": 1, "not_given": 1 }));
    assert_eq!(eva.get(&second).await.expect(200).json()["seats"][0]["state"], "asked", "she has had fewer");
    assert_eq!(sol.get(&wishes).await.expect(200).json()["items"], json!([]));
});

story!(a_program_settles_the_rules_of_the_room, async |house: &House| {
    let pair = framed(house).await;
    let (eva_ruiz, evas) = another_with(house, &pair, "Eva Ruiz", &[Part::Secretary]).await;
    let sol_vidal = secretary(house, &pair).await;
    let (mut ana, mut andres) = (program(house, &pair.ana).await, program(house, &pair.andres).await);
    let (mut lucia, mut sol) = (program(house, &pair.lucia).await, program(house, &sol_vidal).await);
    let (mut eva, mut felisa) = (program(house, &eva_ruiz).await, foreigner(house).await);
    for path in ["/api/room", "/api/room/texts", "/api/room/clearances", "/api/room/templates"] {
        for program in [&mut ana, &mut andres, &mut lucia] {
            problem(&program.get(path).await.expect(404));
        }
    }
    // The policy, over the version that was read.
    let shipped = sol.get("/api/room").await.expect(200).json();
    assert_eq!((&shipped["version"], &shipped["confidential"]), (&json!(0), &json!("cleared")));
    let rules = json!({
        "version": 0, "confidential": "undertaken", "open_without_undertaking": false, "secretary_agrees": true,
    });
    problem(&send(&mut ana, Method::PUT, "/api/room", &rules).await.expect(404));
    let written = send(&mut sol, Method::PUT, "/api/room", &rules).await.expect(200).json();
    assert_eq!((&written["version"], &written["confidential"]), (&json!(1), &json!("undertaken")));
    problem(&send(&mut sol, Method::PUT, "/api/room", &rules).await.expect(409));
    problem(&send(&mut sol, Method::PUT, "/api/room", &json!({ "version": 1 })).await.expect(422));
    assert_eq!(felisa.get("/api/room").await.expect(200).json(), shipped);
    // A secretary who asks to observe changes nothing that lets her in.
    let (path, _) = opened(&mut andres, &pair, &json!({})).await;
    asked(&mut eva, &path, &json!({ "mentorship": evas })).await;
    let mut next = rules.clone();
    next["version"] = json!(1);
    problem(&send(&mut eva, Method::PUT, "/api/room", &next).await.expect(422));
    // Texts are added, and never changed.
    let text = json!({ "seen": 1, "es": "Callo.", "en": "I keep silent.", "lasts_months": 12, "notes_days": null });
    let mut wrong = text.clone();
    (wrong["es"], wrong["notes_days"]) = (json!(" "), json!(0));
    let refused = send(&mut sol, Method::POST, "/api/room/texts", &wrong).await.expect(422);
    assert_eq!(fields_of(&refused), ["es", "notes_days"]);
    let mut half = text.clone();
    half.as_object_mut().unwrap().remove("lasts_months");
    problem(&send(&mut sol, Method::POST, "/api/room/texts", &half).await.expect(422));
    problem(&send(&mut lucia, Method::POST, "/api/room/texts", &text).await.expect(404));
    let texts = send(&mut sol, Method::POST, "/api/room/texts", &text).await.expect(200).json();
    let newest = &texts["items"][0];
    assert_eq!(
        (&newest["number"], &newest["en"], &newest["notes_days"]),
        (&json!(2), &json!("I keep silent."), &json!(null))
    );
    problem(&send(&mut sol, Method::POST, "/api/room/texts", &text).await.expect(409));
    // Clearances.
    let clear = json!({ "person": "Lucía Ibáñez", "until": "2027-12-31" });
    problem(&send(&mut andres, Method::POST, "/api/room/clearances", &clear).await.expect(404));
    let given = send(&mut sol, Method::POST, "/api/room/clearances", &clear).await.expect(200).json();
    assert_eq!(
        (&given["items"][0]["name"], &given["items"][0]["given_by"]),
        (&json!("Lucía Ibáñez"), &json!("Sol Vidal"))
    );
    let past = json!({ "person": sol_vidal.address, "until": "2026-01-01" });
    let refused = send(&mut sol, Method::POST, "/api/room/clearances", &past).await.expect(422);
    assert_eq!(fields_of(&refused), ["until", "person"]);
    let one = format!("/api/room/clearances/{}", given["items"][0]["id"].as_str().unwrap());
    for program in [&mut ana, &mut lucia, &mut felisa] {
        problem(&send(program, Method::DELETE, &one, &json!({})).await.expect(404));
    }
    assert_eq!(send(&mut sol, Method::DELETE, &one, &json!({})).await.expect(200).json()["items"], json!([]));
    problem(&send(&mut sol, Method::DELETE, &one, &json!({})).await.expect(404));
    // Templates.
    let template = json!({ "name": " Consejo  ordinario", "classes": ["open", "legal-advice"] });
    problem(&send(&mut andres, Method::POST, "/api/room/templates", &template).await.expect(404));
    let kept = send(&mut sol, Method::POST, "/api/room/templates", &template).await.expect(200).json();
    assert_eq!(kept["items"][0]["name"], "Consejo ordinario");
    let refused = send(&mut sol, Method::POST, "/api/room/templates", &template).await.expect(422);
    assert_eq!(fields_of(&refused), ["name"]);
    let empty = json!({ "name": "", "classes": [] });
    let refused = send(&mut sol, Method::POST, "/api/room/templates", &empty).await.expect(422);
    assert_eq!(fields_of(&refused), ["name", "classes"]);
    let one = format!("/api/room/templates/{}", kept["items"][0]["id"].as_str().unwrap());
    problem(&send(&mut felisa, Method::DELETE, &one, &json!({})).await.expect(404));
    assert_eq!(send(&mut sol, Method::DELETE, &one, &json!({})).await.expect(200).json()["items"], json!([]));
    problem(&send(&mut sol, Method::DELETE, &one, &json!({})).await.expect(404));
});

/// The doors to what comes out of a record.
fn papers(scene: &Scene) -> [String; 3] {
    ["annex", "privilege", "export"].map(|paper| format!("/api/me/sittings/{}/record/{paper}", scene.sitting))
}

story!(a_program_reads_what_comes_out_of_a_record, async |house: &House| {
    let scene = scene(house).await;
    let mut browser = house.browser_of(&scene.secretary).await;
    play(house, &scene, &mut browser).await;
    let (mut sara, mut lucia) = (program(house, &scene.secretary).await, program(house, &scene.observer).await);
    let (mut andres, mut ana) = (program(house, &scene.mentor).await, program(house, &scene.coordinator).await);
    let mut felisa = foreigner(house).await;
    let [annex, privilege, export] = papers(&scene);
    let record = format!("/api/me/sittings/{}/record", scene.sitting);
    let inside = format!("{record}/inside");
    let says = |item: u32, class: &str| json!({ "client": Uuid::now_v7(), "item": item, "class": class });
    for program in [&mut lucia, &mut andres, &mut ana, &mut felisa] {
        for path in [&annex, &privilege, &export] {
            problem(&program.get(path).await.expect(404));
        }
        problem(&send(program, Method::POST, &inside, &says(1, "supervisory")).await.expect(404));
    }
    // As the pages say it, to the minute.
    let told = sara.get(&annex).await.expect(200);
    assert!(told.statements() <= 12, "{}", told.statements());
    let told = told.json();
    let item = |number: usize| &told["items"][number - 1];
    assert_eq!(told["items"].as_array().unwrap().len(), 5);
    let was = |one: &Value| (one["is_closed"].clone(), one["inside"].clone(), one["is_exposed"].clone());
    let span = |from: &str, until: &str| json!([{ "from": format!("2027-01-11T{from}:00Z"), "until": format!("2027-01-11T{until}:00Z") }]);
    assert_eq!(was(&item(1)["observers"][0]), (json!(false), span("09:01", "09:10"), json!(false)));
    assert_eq!(was(&item(3)["observers"][0]), (json!(true), json!([]), json!(false)));
    assert_eq!(was(&item(4)["observers"][0]), (json!(true), span("09:37", "09:39"), json!(true)));
    assert_eq!((&told["exposures"], &told["is_provisional"]), (&json!(1), &json!(false)));
    assert_eq!((&told["other_side"], &told["wants_secretary"]), (&json!([]), &json!(false)));
    assert_eq!(item(1)["observers"][0]["is_unseated"], false);
    let paper = &told["undertakings"][0];
    assert_eq!((&paper["name"], &paper["signed"]["text"]), (&json!("Lucía Ibáñez"), &json!(71)));
    assert_eq!(paper["signed"]["digest"], scene.digest);
    assert_eq!(told["head"], sara.get(&record).await.expect(200).json()["head"]);
    // At privileged items whoever was out had left, and came back.
    let apart = sara.get(&privilege).await.expect(200).json();
    assert_eq!((apart["items"].as_array().unwrap().len(), &apart["undertakings"]), (1, &json!([])));
    let one = &apart["items"][0]["observers"][0];
    assert_eq!((&one["left_at"], &one["back_at"]), (&json!("2027-01-11T09:21:00Z"), &json!("2027-01-11T09:36:00Z")));
    // As tables the papers are for those who read them.
    let table = browser.get(&scene.path("/record/annex/export?form=csv")).await.expect(200);
    let line = |start: &str| table.text().lines().find(|line| line.starts_with(start)).unwrap().to_owned();
    assert!(
        line("1,").contains("2027-01-11, 09:01 UTC")
            && line("1,").contains("dentro")
            && line("1,").contains(&scene.digest)
    );
    assert!(line("4,").contains("estando cerrado"), "{}", table.text());
    let table = browser.get(&scene.path("/record/privilege/export?form=csv")).await.expect(200).text();
    assert!(table.lines().count() == 2 && table.contains("2027-01-11, 09:21 UTC"), "{table}");
    assert!(browser.get(&scene.path("/record/annex/export?form=xlsx")).await.expect(200).body.starts_with(b"PK"));
    for paper in ["annex", "privilege"] {
        let path = scene.path(&format!("/record/{paper}/export"));
        house.browser_of(&scene.observer).await.get(&path).await.expect(404);
        house.browser_of(&scene.coordinator).await.get(&path).await.expect(404);
    }
    // Whoever took them out of the house stands in the trail, without whom they name.
    assert_eq!(house.count("audit WHERE verb = 'observations.paper'").await, 3);
    let trail = house.browser_of(&scene.coordinator).await.get("/audit?verb=observations.paper").await.expect(200);
    assert!(trail.says("Sacó los asistentes de una sesión en un archivo") && !trail.says("Lucía"), "{}", trail.text());
    // The file is that of the page.
    let file = sara.get(&export).await.expect(200);
    let page = browser.get(&scene.path("/record/export")).await.expect(200);
    assert_eq!((&file.body, file.header("content-disposition")), (&page.body, page.header("content-disposition")));
    assert!(file.says("telemaco record 1"));
    // Afterwards a secretary says that something closed was dealt with, and takes it back.
    assert_eq!(fields_of(&send(&mut sara, Method::POST, &inside, &says(1, "open")).await.expect(422)), ["class"]);
    problem(&send(&mut sara, Method::POST, &inside, &says(9, "supervisory")).await.expect(422));
    let stated = send(&mut sara, Method::POST, &inside, &says(1, "supervisory")).await.expect(200).json();
    assert_eq!(stated["items"][0]["stated"], json!(["supervisory"]));
    assert_eq!((&stated["items"][0]["observers"][0]["is_exposed"], &stated["exposures"]), (&json!(true), &json!(2)));
    let again = send(&mut sara, Method::POST, &inside, &says(1, "supervisory")).await.expect(200).json();
    assert_eq!(again["head"], stated["head"], "it is said once");
    let entries = sara.get(&record).await.expect(200).json();
    let entry = entries["entries"].as_array().unwrap().iter().find(|entry| entry["kind"] == "stated").unwrap();
    let strike = json!({ "client": Uuid::now_v7(), "entry": entry["number"] });
    // Whoever keeps the record reads its papers, and has not said it.
    scene.keep(house, Some(&scene.mentor)).await;
    andres.get(&annex).await.expect(200);
    let corrections = format!("{record}/corrections");
    problem(&send(&mut andres, Method::POST, &corrections, &strike).await.expect(404));
    problem(&send(&mut andres, Method::POST, &inside, &says(2, "supervisory")).await.expect(404));
    send(&mut sara, Method::POST, &corrections, &strike).await.expect(200);
    let after = sara.get(&annex).await.expect(200).json();
    assert_eq!((&after["items"][0]["stated"], &after["exposures"]), (&json!([]), &json!(1)));
    assert_eq!(after["corrections"], 1);
    // The register says the same, and nobody else reads it.
    let register = sara.get("/api/records").await.expect(200);
    assert!(register.statements() <= 14, "{}", register.statements());
    let register = register.json();
    let heard = &register["exposures"]["items"][0];
    assert_eq!((&heard["observer"], &heard["item"]), (&json!(scene.observer.id), &json!(4)));
    assert!(heard["name"].is_null(), "whoever stands in the list of insiders is named by no program");
    assert_eq!((&register["unread"], &register["past_keeping"]), (&json!(1), &json!(0)));
    assert_eq!(register["kept"]["items"][0]["number"], 1014);
    assert_eq!(register["ending"]["items"][0]["ends_on"], "2027-02-15");
    for part in ["", "/coming", "/ending", "/kept", "/exposures"] {
        let path = format!("/api/records{part}");
        for program in [&mut lucia, &mut andres, &mut ana] {
            problem(&program.get(&path).await.expect(404));
        }
        let foreign = felisa.get(&path).await.expect(200);
        assert!(!foreign.says("1014") && !foreign.says("Lucía"), "{}", foreign.text());
    }
    for part in ["coming", "ending", "kept", "exposures"] {
        problem(&sara.get(&format!("/api/records/{part}?after=x")).await.expect(422));
        assert_eq!(sara.get(&format!("/api/records/{part}")).await.expect(200).json(), register[part], "{part}");
    }
});

story!(a_program_reads_what_follows_from_what_was_heard, async |house: &House| {
    let scene = scene(house).await;
    let mut browser = house.browser_of(&scene.secretary).await;
    let (mut lucia, mut sara) = (program(house, &scene.observer).await, program(house, &scene.secretary).await);
    let mut andres = program(house, &scene.mentor).await;
    assert_eq!(lucia.get("/api/me/duties").await.expect(200).json()["items"], json!([]));
    play(house, &scene, &mut browser).await;
    let own = lucia.get("/api/me/duties").await.expect(200).json()["items"][0].clone();
    assert!(own["words"].as_str().unwrap().contains("no compres ni vendas"), "{own}");
    assert_eq!((&own["number"], &own["item"], &own["is_open"]), (&json!(1014), &json!(4), &json!(true)));
    let english = lucia.get("/api/me/duties?lang=en").await.expect(200).json()["items"][0].clone();
    assert!(english["words"].as_str().unwrap().contains("do not buy or sell"));
    let read = format!("/api/me/duties/{}/{}", scene.sitting, own["exposure"]);
    let reads = json!({ "digest": english["digest"], "lang": "en" });
    for program in [&mut sara, &mut andres] {
        assert_eq!(program.get("/api/me/duties").await.expect(200).json()["items"], json!([]));
        problem(&send(program, Method::POST, &read, &reads).await.expect(404));
    }
    problem(&send(&mut lucia, Method::POST, &read, &json!({ "digest": "00" })).await.expect(409));
    problem(&send(&mut lucia, Method::POST, &read, &json!({ "digest": english["digest"] })).await.expect(409));
    let said = send(&mut lucia, Method::POST, &read, &reads).await.expect(200).json();
    assert_eq!(said["items"][0]["is_open"], false);
    assert!(said["items"][0]["read_at"].is_string());
    problem(&send(&mut lucia, Method::POST, &read, &reads).await.expect(409));
    assert_eq!(lucia.get("/api/me/duties").await.expect(200).json()["items"][0]["words"], english["words"]);
    assert_eq!(sara.get("/api/records").await.expect(200).json()["unread"], 0);
});

story!(a_secretary_who_observes_reads_no_record_by_program, async |house: &House| {
    let pair = framed(house).await;
    let (eva_ruiz, evas) = another_with(house, &pair, "Eva Ruiz", &[Part::Secretary]).await;
    let sol_vidal = secretary(house, &pair).await;
    let (sitting, digest) = recorded(house, (pair.edition, evas), &eva_ruiz, &sol_vidal).await;
    let scene = Scene {
        coordinator: pair.ana.clone(),
        secretary: sol_vidal.clone(),
        mentor: pair.andres.clone(),
        observer: eva_ruiz.clone(),
        edition: pair.edition,
        mentorship: evas,
        sitting,
        digest,
    };
    let mut browser = house.browser_of(&sol_vidal).await;
    let id = eva_ruiz.id.to_string();
    tap(&mut browser, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    tap(&mut browser, &scene, &[("what", "item-begins"), ("item", "4"), ("all-the-same", "yes")]).await.expect(303);
    let (mut eva, mut sol) = (program(house, &eva_ruiz).await, program(house, &sol_vidal).await);
    for path in papers(&scene) {
        problem(&eva.get(&path).await.expect(404));
        sol.get(&path).await.expect(200);
    }
    let inside = format!("/api/me/sittings/{sitting}/record/inside");
    let says = json!({ "client": Uuid::now_v7(), "item": 4, "class": "supervisory" });
    problem(&send(&mut eva, Method::POST, &inside, &says).await.expect(404));
    // Nor of it in the register, which another secretary reads.
    for part in ["exposures", "kept"] {
        let path = format!("/api/records/{part}");
        assert_eq!(eva.get(&path).await.expect(200).json()["items"], json!([]), "{part}");
        assert_eq!(sol.get(&path).await.expect(200).json()["items"][0]["sitting"], json!(sitting), "{part}");
    }
    let register = eva.get("/api/records").await.expect(200).json();
    assert_eq!((&register["exposures"]["items"], &register["kept"]["items"]), (&json!([]), &json!([])), "{register}");
    assert_eq!(
        eva.get("/api/me/duties").await.expect(200).json()["items"][0]["item"],
        4,
        "what follows is hers to read"
    );
});
