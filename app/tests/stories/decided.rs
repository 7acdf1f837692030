//! Who decides about whom in the room, and who hears of it: nobody about themselves, a conflict of interest about whoever is on the other side
//! now, and everybody who has to do with a sitting of what becomes of it.

use axum::http::Method;
use serde_json::json;
use telemaco::identity::Part;
use telemaco::people::model::Side;
use uuid::Uuid;

use crate::api::{program, send};
use crate::consent::cast::enrol;
use crate::goals::framed;
use crate::observations::{
    HOST, agree_to_items, another, another_with, classify, opened, paired, seat_of, secretary, settled, sign,
};
use crate::seats::{changed, seated, until};
use crate::story;
use crate::support::form::{fields, posted};
use crate::support::{Client, House, Seen};

async fn is_in(browser: &mut Client, sitting: &str) -> bool {
    browser.get(sitting).await.expect(200).says(">Dentro<")
}

story!(another_side_is_asked_about_anew, async |house: &House| {
    let pair = framed(house).await;
    let (eva_ruiz, evas) = another(house, &pair, "Eva Ruiz").await;
    let mut sol = house.browser_of(&secretary(house, &pair).await).await;
    let (mut lucia, mut andres, mut eva) =
        (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await, house.browser_of(&eva_ruiz).await);
    let own = [("kind", "negotiation"), ("host", pair.andres.address.as_str()), ("seats", "3")];
    let sitting = opened(&mut andres, &pair, &own).await;
    classify(&mut sol, &sitting, &["open"]).await;
    agree_to_items(&mut andres, &sitting).await;
    andres.post(&format!("{sitting}/other-side"), &[]).await.expect(303);
    let side = format!("{sitting}/other-side/name");
    andres.post(&side, &[("side", "Cartones del Ebro")]).await.expect(303);
    // What Lucía declared is settled as none of the items; Eva has no conflict, and gives her seat back.
    let hers = seated((&mut lucia, &mut andres, &mut sol), &sitting, &pair.mentorship.to_string()).await;
    sign(&mut lucia, &hers).await;
    lucia.post(&format!("{hers}/conflict"), &[("has", "yes"), ("words", "Mi hermano les vende")]).await.expect(303);
    settled(&mut sol, &hers, &[("none", "yes")]).await.expect(303);
    assert!(is_in(&mut lucia, &sitting).await);
    let seat = seated((&mut eva, &mut andres, &mut sol), &sitting, &evas.to_string()).await;
    sign(&mut eva, &seat).await;
    assert!(is_in(&mut eva, &sitting).await);
    eva.post(&format!("{seat}/withdraw"), &[]).await.expect(303);
    // It is somebody else: neither what was settled nor what was answered was said of them.
    andres.post(&side, &[("side", "Papeles del Segre")]).await.expect(303);
    let page = lucia.get(&sitting).await.expect(200);
    assert!(!page.says(">Dentro<") && page.says("Conflicto declarado, por resolver"), "{}", page.text());
    // Nor did they agree to anything; whoever asks them hears of it.
    assert!(sol.get("/notices").await.expect(200).says("La otra parte de la sesión 1 es otra"));
    assert!(andres.get(&sitting).await.expect(200).says("Aún no consta que acepte"));
    assert!(sol.get("/notices").await.expect(200).says("Hay un conflicto de interés por resolver en la sesión 1"));
    assert!(sol.get(&sitting).await.expect(200).says("Mi hermano les vende"), "her words stand");
    eva.post(&format!("{sitting}/seats/new/{evas}"), &[]).await.expect(303);
    for browser in [&mut andres, &mut sol] {
        browser.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    }
    let page = eva.get(&sitting).await.expect(200);
    assert!(!page.says(">Dentro<") && page.says("Di si tienes algún conflicto"), "{}", page.text());
    eva.post(&format!("{seat}/conflict"), &[("has", "no")]).await.expect(303);
    assert!(!is_in(&mut eva, &sitting).await, "the other side has not agreed");
    let answers = format!("{sitting}/other-side");
    andres.post(&answers, &[]).await.expect(303);
    assert!(is_in(&mut eva, &sitting).await);
    // What was noted by mistake is taken back, and noted again.
    eva.post(&answers, &[("do", "take-back")]).await.expect(404);
    sol.post(&answers, &[("do", "take-back")]).await.expect(303);
    andres.post(&answers, &[("do", "take-back")]).await.expect(409);
    for browser in [&mut eva, &mut andres] {
        assert!(browser.get("/notices").await.expect(200).says("La otra parte de la sesión 1 no acepta"));
    }
    assert!(!is_in(&mut eva, &sitting).await);
    andres.post(&answers, &[]).await.expect(303);
    assert!(is_in(&mut eva, &sitting).await);
    // Her program reads whom she is asked about.
    let mut evas_program = program(house, &eva_ruiz).await;
    let whole = evas_program.get(&format!("/api/me{sitting}")).await.expect(200).json();
    assert_eq!((&whole["other_side"], &whole["zone"]), (&json!("Papeles del Segre"), &json!("Europe/Madrid")));
    assert_eq!(whole["seats"][0]["conflict"], json!("none"), "{whole}");
    assert!(whole["other_side_agreed_at"].is_string() && whole["place"].is_string() && whole["host"].is_string());
    let mut stranger = program(house, &pair.ana).await;
    let whole = stranger.get(&format!("/api/me{sitting}")).await.expect(200).json();
    assert!(whole["other_side"].is_null() && whole["place"].is_null() && whole["link"].is_null(), "{whole}");
    // The last word on a conflict says of how many items.
    settled(&mut sol, &hers, &[("item", "1")]).await.expect(303);
    assert!(sol.get(&sitting).await.expect(200).says("Afecta al punto 1. Lo resolvió Sol Vidal"));
    settled(&mut sol, &hers, &[("none", "yes")]).await.expect(303);
    assert!(is_in(&mut lucia, &sitting).await);
});

story!(nobody_decides_about_themselves, async |house: &House| {
    let pair = framed(house).await;
    let (eva, evas) = another_with(house, &pair, "Eva Ruiz", &[Part::Secretary]).await;
    let (mut andres, mut eva_browser) = (house.browser_of(&pair.andres).await, house.browser_of(&eva).await);
    let own = [("host", pair.andres.address.as_str())];
    let sitting = opened(&mut andres, &pair, &own).await;
    let wish = format!("{sitting}/seats/new/{evas}");
    eva_browser.get(&format!("{sitting}/record")).await.expect(200);
    eva_browser.post(&wish, &[]).await.expect(303);
    let seat = seat_of(&mut eva_browser, &sitting).await;
    let page = eva_browser.get(&sitting).await.expect(200);
    assert!(!page.says("Sí, puede venir Eva Ruiz"), "{}", page.text());
    let denied = eva_browser.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(422);
    assert!(denied.says("Sobre la propia plaza decide otra persona"), "{}", denied.text());
    // She is the only secretary: nobody else can agree as one, and the host's yes is enough.
    andres.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    assert!(eva_browser.get(&sitting).await.expect(200).says("Plaza concedida"));
    eva_browser.post(&format!("{seat}/conflict"), &[("has", "yes"), ("words", "Un primo")]).await.expect(303);
    let denied = settled(&mut eva_browser, &seat, &[("none", "yes")]).await.expect(422);
    assert!(denied.says("decide otra persona"), "{}", denied.text());
    // Nobody else is secretary: whoever receives hears of it and settles it, and reads none of her words.
    let told = andres.get("/notices").await.expect(200);
    assert!(told.says("Hay un conflicto de interés por resolver en la sesión 1"), "{}", told.text());
    let page = andres.get(&sitting).await.expect(200);
    assert!(page.says("Lo que escribió no lo lee nadie más") && !page.says("Un primo"), "{}", page.text());
    settled(&mut andres, &seat, &[("all", "yes")]).await.expect(303);
    let clear = [("person", eva.address.as_str()), ("until", "2027-12-31")];
    let denied = eva_browser.post("/room/clearances", &clear).await.expect(422);
    assert!(denied.says("Nadie se autoriza a sí mismo"), "{}", denied.text());
    // Nor does she say which class an item has, or what the rules are: the first falls to whoever receives.
    assert!(!eva_browser.get(&sitting).await.expect(200).says("Clasificar los puntos"));
    let mut form = fields(&andres.get(&format!("{sitting}/items?count=1")).await.expect(200).text());
    form.insert("class-1".to_owned(), "open".to_owned());
    let denied = eva_browser.post(&format!("{sitting}/items"), &posted(&form)).await.expect(422);
    assert!(denied.says("lo dice otra persona"), "{}", denied.text());
    andres.post(&format!("{sitting}/items"), &posted(&form)).await.expect(303);
    let rules = [("version", "0"), ("confidential", "undertaken"), ("secretary", "yes")];
    let denied = eva_browser.post("/room", &rules).await.expect(422);
    assert!(denied.says("las reglas las cambia otra persona"), "{}", denied.text());
    // Nor does she write when she came and went.
    for page in ["/record", "/record/sheet", "/record/annex", "/record/entries"] {
        eva_browser.get(&format!("{sitting}{page}")).await.expect(404);
    }
    let client = Uuid::now_v7().to_string();
    let closed = [("client", client.as_str()), ("what", "closed")];
    eva_browser.post(&format!("{sitting}/record"), &closed).await.expect(404);
    assert!(!eva_browser.get(&sitting).await.expect(200).says("Registro de la sala"));
    // A negotiation that she asks to observe: what its other side says is noted by whoever receives.
    let own = [("kind", "negotiation"), ("host", pair.andres.address.as_str())];
    let negotiation = opened(&mut andres, &pair, &own).await;
    eva_browser.post(&format!("{negotiation}/seats/new/{evas}"), &[]).await.expect(303);
    let denied = eva_browser.post(&format!("{negotiation}/other-side"), &[]).await.expect(422);
    assert!(denied.says("lo dice otra persona"), "{}", denied.text());
    andres.post(&format!("{negotiation}/other-side"), &[]).await.expect(303);
    // Nor does she name against whom conflicts are declared, or who presides and would agree to the classes.
    let page = eva_browser.get(&negotiation).await.expect(200);
    assert!(!page.says("/other-side/name"), "{}", page.text());
    let name = format!("{negotiation}/other-side/name");
    let denied = eva_browser.post(&name, &[("side", "Cartones del Ebro")]).await.expect(422);
    assert!(denied.says("lo dice otra persona"), "{}", denied.text());
    andres.post(&name, &[("side", "Cartones del Ebro")]).await.expect(303);
    let chair = [("chair", "amiga@example.com"), ("chair-name", "Una Amiga")];
    let denied = changed(&mut eva_browser, &negotiation, &chair).await.expect(422);
    assert!(denied.says("Quién preside lo cambia quien recibe"), "{}", denied.text());
    // Another secretary does all of it.
    let sol_vidal = secretary(house, &pair).await;
    let mut sol = house.browser_of(&sol_vidal).await;
    andres.get(&format!("{sitting}/items")).await.expect(404);
    sol.post("/room", &rules).await.expect(303);
    settled(&mut sol, &seat, &[("none", "yes")]).await.expect(303);
    sol.post("/room/clearances", &clear).await.expect(303);
    sol.get(&format!("{sitting}/record")).await.expect(200);
    // Without a record, that it was held says that whoever has a seat was there.
    until(house, "2027-01-15T09:01:00Z");
    let held = format!("{sitting}/held");
    let denied = house.browser_of(&eva).await.post(&held, &[]).await.expect(422);
    assert!(denied.says("Sobre la propia plaza decide otra persona"), "{}", denied.text());
    sol = house.browser_of(&sol_vidal).await;
    sol.post(&held, &[]).await.expect(303);
});

/// One tap of whoever keeps the record.
async fn tap(browser: &mut Client, sitting: &str, fields: &[(&str, &str)]) -> Seen {
    let client = Uuid::now_v7().to_string();
    let all = [&[("client", client.as_str())], fields].concat();
    browser.post(&format!("{sitting}/record"), &all).await
}

story!(nobody_writes_their_own_line_of_the_list, async |house: &House| {
    let pair = framed(house).await;
    let (eva, evas) = another_with(house, &pair, "Eva Ruiz", &[Part::Secretary]).await;
    let sol = secretary(house, &pair).await;
    let (mut andres, mut eva_browser, mut sol_browser) =
        (house.browser_of(&pair.andres).await, house.browser_of(&eva).await, house.browser_of(&sol).await);
    let sitting = opened(&mut andres, &pair, &[("host", pair.andres.address.as_str())]).await;
    classify(&mut sol_browser, &sitting, &["inside-information", "open"]).await;
    seated((&mut eva_browser, &mut andres, &mut sol_browser), &sitting, &evas.to_string()).await;
    until(house, "2027-01-15T09:01:00Z");
    let (mut andres, mut eva_browser, mut sol) =
        (house.browser_of(&pair.andres).await, house.browser_of(&eva).await, house.browser_of(&sol).await);
    tap(&mut andres, &sitting, &[("what", "comes"), ("observer", &eva.id.to_string())]).await.expect(303);
    tap(&mut andres, &sitting, &[("what", "item-begins"), ("item", "1"), ("all-the-same", "yes")]).await.expect(303);
    // The other secretary hears of it, and she does not.
    let said = "Eva Ruiz estuvo en la sala durante el punto 1";
    assert!(sol.get("/notices").await.expect(200).says(said));
    assert!(!eva_browser.get("/notices").await.expect(200).says(said));
    // Nor does she read in the register who heard what there.
    let (annex, exposed) = (format!("{sitting}/record/annex"), "/records?part=exposed");
    assert!(sol.get(exposed).await.expect(200).says(&annex));
    assert!(!eva_browser.get(exposed).await.expect(200).says(&annex));
    let list = eva_browser.get("/insiders").await.expect(200);
    assert!(list.says("la completa otra persona"), "{}", list.text());
    let line = list.text().split("href=\"/insiders/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let line = format!("/insiders/{line}");
    assert!(!eva_browser.get(&line).await.expect(200).says("name=\"version\""));
    let form = fields(&sol.get(&line).await.expect(200).text());
    eva_browser.post(&line, &posted(&form)).await.expect(404);
    for door in ["tell", "destroy"] {
        eva_browser.post(&format!("{line}/{door}"), &[]).await.expect(404);
    }
    sol.post(&line, &posted(&form)).await.expect(303);
});

story!(whoever_a_record_names_does_not_keep_it_and_keeps_their_seat, async |house: &House| {
    let pair = framed(house).await;
    let (eva, evas) = another_with(house, &pair, "Eva Ruiz", &[Part::Secretary]).await;
    let sol = secretary(house, &pair).await;
    let (mut andres, mut eva_browser, mut sol) =
        (house.browser_of(&pair.andres).await, house.browser_of(&eva).await, house.browser_of(&sol).await);
    let sitting = opened(&mut andres, &pair, &[("host", pair.andres.address.as_str())]).await;
    let seat = seated((&mut eva_browser, &mut andres, &mut sol), &sitting, &evas.to_string()).await;
    until(house, "2027-01-15T08:30:00Z");
    let (mut andres, mut eva_browser) = (house.browser_of(&pair.andres).await, house.browser_of(&eva).await);
    tap(&mut andres, &sitting, &[("what", "comes"), ("observer", &eva.id.to_string())]).await.expect(303);
    // It began before its time, and she was there: the seat is neither given back nor taken away.
    let late = eva_browser.post(&format!("{seat}/withdraw"), &[]).await.expect(422);
    assert!(late.says("El registro de la sesión ya ha empezado"), "{}", late.text());
    andres.post(&format!("{seat}/answer"), &[("answer", "refused")]).await.expect(422);
    assert!(eva_browser.get(&sitting).await.expect(200).says("Plaza concedida"));
    for page in ["/record", "/record/sheet", "/record/annex", "/record/entries"] {
        eva_browser.get(&format!("{sitting}{page}")).await.expect(404);
    }
    assert!(!eva_browser.get(&sitting).await.expect(200).says("Registro de la sala"));
    tap(&mut andres, &sitting, &[("what", "closed")]).await.expect(303);
});

story!(what_a_program_leaves_out_of_the_terms_is_as_it_stood, async |house: &House| {
    let pair = framed(house).await;
    let (mut ana, mut andres) = (program(house, &pair.ana).await, program(house, &pair.andres).await);
    let mut browser = house.browser_of(&pair.andres).await;
    let open = format!("/api/me/editions/{}/sittings", pair.edition);
    let mut wanted = json!({
        "kind": "meeting", "starts_at": "2027-01-15T09:00:00Z", "ends_at": "2027-01-15T11:00:00Z", "seats": 2,
        "place": " Planta noble,\nsala 2 ", "competencies": ["negotiation", "negotiation"], "host": pair.andres.address,
    });
    let draft = send(&mut ana, Method::POST, &open, &wanted).await.expect(200).json();
    let id = draft["sitting"]["id"].as_str().unwrap().to_owned();
    send(&mut andres, Method::POST, &format!("/api/me/sittings/{id}/agree"), &json!({})).await.expect(200);
    let page = browser.get(&format!("/sittings/{id}")).await.expect(200);
    assert!(page.says("obliga 24 meses; las notas se destruyen a los 90 días"), "{}", page.text());
    assert!(page.says("Planta noble, sala 2"), "{}", page.text());
    // What is left out is of the newest text; what is null has no end.
    for (terms, lasts) in
        [(json!({ "notes_days": 10 }), true), (json!({ "lasts_months": null, "notes_days": 10 }), false)]
    {
        wanted["terms"] = terms;
        let opened = send(&mut andres, Method::POST, &open, &wanted).await.expect(200).json();
        let page = browser.get(&format!("/sittings/{}", opened["sitting"]["id"].as_str().unwrap())).await.expect(200);
        assert!(page.says("las notas se destruyen a los 10 días"), "{}", page.text());
        assert_eq!(page.says("obliga 24 meses"), lasts, "{}", page.text());
    }
});

story!(whoever_is_paired_anew_has_their_own_seat_and_what_they_declared, async |house: &House| {
    let pair = framed(house).await;
    let mut sol = house.browser_of(&secretary(house, &pair).await).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let sitting = opened(&mut andres, &pair, &[("host", pair.andres.address.as_str())]).await;
    classify(&mut sol, &sitting, &["open"]).await;
    agree_to_items(&mut andres, &sitting).await;
    let first = seated((&mut lucia, &mut andres, &mut sol), &sitting, &pair.mentorship.to_string()).await;
    lucia.post(&format!("{first}/conflict"), &[("has", "yes"), ("words", "Trabajé con ellos")]).await.expect(303);
    settled(&mut sol, &first, &[("all", "yes")]).await.expect(303);
    sign(&mut lucia, &first).await;
    let annex = format!("{sitting}/record/annex");
    assert!(sol.get(&annex).await.expect(200).says("texto 1, firmado"));
    let end = format!("/mentorships/{}/end", pair.mentorship);
    lucia.post(&end, &[("version", "1"), ("reason", "Horarios"), ("another", "yes")]).await.expect(303);
    let marta = house.person(pair.ana.organisation, "Marta Gil", &[]).await;
    enrol(house, &pair.ana, pair.edition, Side::Mentor, std::slice::from_ref(&marta)).await;
    let anew = paired(house, &pair, &pair.lucia, &marta).await;
    house.pass(jiff::SignedDuration::from_mins(1));
    lucia.post(&format!("{sitting}/seats/new/{anew}"), &[]).await.expect(303);
    // What she declared was of the sitting: her mentor is another, and it is not.
    let page = sol.get(&sitting).await.expect(200).text();
    assert_eq!(page.matches("Trabajé con ellos").count(), 1, "{page}");
    let second = page.rsplit("/answer\"").nth(1).unwrap().rsplit("action=\"").next().unwrap().to_owned();
    assert_ne!(first, second);
    for browser in [&mut andres, &mut sol] {
        browser.post(&format!("{second}/answer"), &[("answer", "agreed")]).await.expect(303);
    }
    lucia.post(&format!("{second}/conflict"), &[("has", "no")]).await.expect(422);
    // What she signed for the seat that she had is none for this one.
    assert!(!sol.get(&annex).await.expect(200).says("texto 1, firmado"));
    sign(&mut lucia, &second).await;
    assert!(sol.get(&annex).await.expect(200).says("texto 1, firmado"));
    assert!(!is_in(&mut lucia, &sitting).await);
    settled(&mut sol, &second, &[("none", "yes")]).await.expect(303);
    assert!(is_in(&mut lucia, &sitting).await);
    // Her phone reads the seat that she holds.
    until(house, "2027-01-15T09:01:00Z");
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let client = Uuid::now_v7().to_string();
    let begins = [("client", client.as_str()), ("what", "item-begins"), ("item", "1")];
    andres.post(&format!("{sitting}/record"), &begins).await.expect(303);
    let place = lucia.get(&format!("{sitting}/place")).await.expect(200);
    assert!(place.says("Ya puedes entrar") && !place.says("No hay ninguna plaza acordada"), "{}", place.text());
});

story!(where_nobody_is_secretary_the_host_hears_of_an_exposure, async |house: &House| {
    let pair = framed(house).await;
    let rosa = house.person(pair.ana.organisation, "Rosa Marín", &[Part::Host]).await;
    let mut rosa = house.browser_of(&rosa).await;
    let own = [("host", "Rosa Marín"), ("host-name", ""), ("keeper", pair.andres.address.as_str())];
    let sitting = opened(&mut rosa, &pair, &own).await;
    classify(&mut rosa, &sitting, &["inside-information", "open"]).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    lucia.post(&format!("{sitting}/seats/new/{}", pair.mentorship), &[]).await.expect(303);
    let seat = seat_of(&mut lucia, &sitting).await;
    rosa.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    until(house, "2027-01-15T09:01:00Z");
    let (mut andres, id) = (house.browser_of(&pair.andres).await, pair.lucia.id.to_string());
    let record = format!("{sitting}/record");
    let tap = async |browser: &mut Client, tap: &[(&str, &str)]| {
        let client = Uuid::now_v7().to_string();
        let all = [&[("client", client.as_str())], tap].concat();
        browser.post(&record, &all).await
    };
    tap(&mut andres, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    // The button says who hears of it: there is no secretary.
    let page = andres.get(&record).await.expect(200);
    assert!(page.says("quien recibe lo sabe al momento") && !page.says("la secretaría lo sabe"), "{}", page.text());
    tap(&mut andres, &[("what", "item-begins"), ("item", "1"), ("all-the-same", "yes")]).await.expect(303);
    for browser in [&mut rosa, &mut andres] {
        let told = browser.get("/notices").await.expect(200);
        assert!(told.says("Lucía Ibáñez estuvo en la sala durante el punto 1"), "{}", told.text());
    }
    assert!(!house.browser_of(&pair.ana).await.get("/notices").await.expect(200).says("Lucía Ibáñez estuvo"));
    let annex = andres.get(&format!("{record}/annex")).await.expect(200);
    assert!(annex.says("nadie lleva la secretaría, que es quien completa la lista"), "{}", annex.text());
});

story!(whoever_has_to_do_with_a_sitting_hears_what_becomes_of_it, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let olga = house.person(pair.ana.organisation, "Olga Ferrer", &[]).await;
    let (mut ana, mut lucia) = (house.browser_of(&pair.ana).await, house.browser_of(&pair.lucia).await);
    // Whoever opened it hears what its host says.
    let refused = opened(&mut ana, &pair, &[("host", olga.address.as_str())]).await;
    house.browser_of(&olga).await.post(&format!("{refused}/refuse"), &[]).await.expect(303);
    assert!(ana.get("/notices").await.expect(200).says("Quien recibe la sesión 1 no quiere que vengan"));
    let sitting = opened(&mut ana, &pair, &[("kind", "negotiation"), ("chair", olga.address.as_str())]).await;
    house.work().await;
    let link = house.link_to(HOST).await;
    let mut rosa = house.stranger();
    // Whoever presides hears of classes once the host has agreed, and not before.
    classify(&mut house.browser_of(&sol).await, &sitting, &["open"]).await;
    let asked = "Los puntos de la sesión 2 esperan tu conformidad";
    assert!(!house.browser_of(&olga).await.get("/notices").await.expect(200).says(asked));
    let text = fields(&rosa.get(&link).await.expect(200).text())["text"].clone();
    // What is too long comes back as it was typed, and nothing of the rest is done.
    let long = "a".repeat(121);
    let terms = [("do", "agree"), ("text", text.as_str()), ("lasts", "3"), ("other-side", "yes")];
    let wrong = rosa.post(&link, &[&terms[..], &[("side", &long)]].concat()).await.expect(422);
    assert!(
        wrong.says(&long)
            && wrong.says("Aquí caben 120 letras")
            && wrong.says("name=\"other-side\" value=\"yes\" checked")
    );
    assert!(ana.get(&sitting).await.expect(200).says("Por confirmar"));
    rosa.post(&link, &[&terms[..], &[("side", "Cartones del Ebro")]].concat()).await.expect(303);
    assert!(ana.get("/notices").await.expect(200).says("Quien recibe la sesión 2 acepta que vengan"));
    assert!(house.browser_of(&olga).await.get("/notices").await.expect(200).says(asked));
    let wrong = rosa.post(&link, &[("do", "side"), ("side", &long)]).await.expect(422);
    assert!(wrong.says(&long) && !wrong.says("value=\"Cartones del Ebro\""), "{}", wrong.text());
    // Called off: host, chair, secretary and whoever waits for a seat hear of it.
    lucia.post(&format!("{sitting}/seats/new/{}", pair.mentorship), &[]).await.expect(303);
    let version = fields(&ana.get(&sitting).await.expect(200).text())["version"].clone();
    ana.post(&format!("{sitting}/cancel"), &[("version", &version)]).await.expect(303);
    for person in [&sol, &olga, &pair.lucia] {
        let told = house.browser_of(person).await.get("/notices").await.expect(200);
        assert!(told.says("La sesión 2 está cancelada"), "{}", told.text());
    }
    assert!(!ana.get("/notices").await.expect(200).says("La sesión 2 está cancelada"), "whoever did it knows");
    house.work().await;
    let mail = house.mail_saying(HOST, "ha cancelado la observación de la sesión 2").await;
    assert!(!mail.contains("/o/"), "{mail}");
});

story!(whoever_opens_and_receives_chooses_and_who_coordinates_keeps_no_record, async |house: &House| {
    let pair = framed(house).await;
    let (mut ana, mut andres) = (house.browser_of(&pair.ana).await, house.browser_of(&pair.andres).await);
    let new = format!("/editions/{}/sittings/new", pair.edition);
    // The text that ships stands there until there is one of the house.
    let page = andres.get(&new).await.expect(200);
    assert!(page.says("Lo que aprendo es mío") && page.says("name=\"lasts\""), "{}", page.text());
    let own = [("host", pair.andres.address.as_str()), ("lasts", "6"), ("notes", "10")];
    let sitting = opened(&mut andres, &pair, &own).await;
    let page = andres.get(&sitting).await.expect(200);
    assert!(page.says("obliga 6 meses; las notas se destruyen a los 10 días"), "{}", page.text());
    let page = andres.get(&new).await.expect(200).text();
    let text = fields(&page)["text"].clone();
    let wrong = [
        ("kind", "meeting"),
        ("day", "2027-01-15"),
        ("from", "10:00"),
        ("until", "12:00"),
        ("seats", "2"),
        ("host", pair.andres.address.as_str()),
        ("text", text.as_str()),
        ("lasts", "601"),
        ("notes", "x"),
    ];
    let wrong = andres.post(&new, &wrong).await.expect(422);
    assert!(wrong.says("De un día a 3650") && wrong.says("value=\"601\""), "{}", wrong.text());
    // Whoever coordinates reads of no sitting who was there, whoever opens it.
    let keeper = [
        ("kind", "meeting"),
        ("day", "2027-01-15"),
        ("from", "10:00"),
        ("until", "12:00"),
        ("seats", "2"),
        ("host", HOST),
        ("host-name", "Rosa Marín"),
        ("keeper", pair.ana.address.as_str()),
    ];
    let refused = ana.post(&new, &keeper).await.expect(422);
    assert!(refused.says("Quien coordina no lleva el registro"), "{}", refused.text());
    secretary(house, &pair).await;
    let draft = opened(&mut ana, &pair, &[]).await;
    let refused = changed(&mut ana, &draft, &[("keeper", &pair.ana.address)]).await.expect(422);
    assert!(refused.says("Quien coordina no lleva el registro"), "{}", refused.text());
    // Nor where she kept it as the host of a draft and names another.
    let ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270120T090000Z\r\nDTEND:20270120T103000Z\r\n\
         END:VEVENT\r\nEND:VCALENDAR\r\n";
    let upload = format!("/editions/{}/sittings/calendar", pair.edition);
    let days = ics.replace("DTEND:20270120", "DTEND:20270123");
    let long = ana.upload(&upload, &[], &[("file", "x.ics", days.as_bytes())]).await.expect(422);
    assert!(long.says("en menos de un día"), "{}", long.text());
    let made = ana.upload(&upload, &[], &[("file", "x.ics", ics.as_bytes())]).await.expect(303);
    let uploaded = made.location().trim_end_matches("/edit").to_owned();
    let own = [("host", pair.ana.address.as_str()), ("keeper", pair.ana.address.as_str())];
    changed(&mut ana, &uploaded, &own).await.expect(303);
    let refused = changed(&mut ana, &uploaded, &[("host", HOST), ("host-name", "Rosa Marín")]).await.expect(422);
    assert!(refused.says("Quien coordina no lleva el registro"), "{}", refused.text());
    // A host without account reads who keeps it.
    house.work().await;
    house.pass(jiff::SignedDuration::from_mins(1));
    let mut ana = house.browser_of(&pair.ana).await;
    let named = opened(&mut ana, &pair, &[("keeper", pair.andres.address.as_str())]).await;
    assert_ne!(named, draft);
    house.work().await;
    let link = house.link_to(HOST).await;
    assert!(house.stranger().get(&link).await.expect(200).says("Quien lleva el registro: Andrés Güell"));
});

story!(whoever_waits_for_a_seat_or_an_answer_gets_it_once_there_is_one, async |house: &House| {
    let pair = framed(house).await;
    let (eva, evas) = another(house, &pair, "Eva Ruiz").await;
    let mut sol = house.browser_of(&secretary(house, &pair).await).await;
    let (mut lucia, mut andres, mut eva) =
        (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await, house.browser_of(&eva).await);
    let sitting = opened(&mut andres, &pair, &[("host", pair.andres.address.as_str()), ("seats", "1")]).await;
    let mentorship = pair.mentorship.to_string();
    lucia.post(&format!("{sitting}/seats/new/{mentorship}"), &[]).await.expect(303);
    eva.post(&format!("{sitting}/seats/new/{evas}"), &[]).await.expect(303);
    let (hers, seat) = (seat_of(&mut lucia, &sitting).await, seat_of(&mut eva, &sitting).await);
    for browser in [&mut andres, &mut sol] {
        for seat in [&hers, &seat] {
            browser.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
        }
    }
    assert!(lucia.get(&sitting).await.expect(200).says("Solicitada"), "two wishes, and one seat");
    changed(&mut andres, &sitting, &[("seats", "2")]).await.expect(303);
    for browser in [&mut lucia, &mut eva] {
        assert!(browser.get(&sitting).await.expect(200).says("Plaza concedida"));
    }
    // A no is taken back by whoever said it, until it begins.
    andres.post(&format!("{seat}/answer"), &[("answer", "refused")]).await.expect(303);
    sol.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(409);
    assert!(andres.get(&sitting).await.expect(200).says("Retirar el no"));
    andres.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    assert!(eva.get(&sitting).await.expect(200).says("Plaza concedida"));
    // Whoever observes hears of another link.
    let told = "cambia de fecha, de hora o de lugar";
    assert!(!lucia.get("/notices").await.expect(200).says(told));
    changed(&mut andres, &sitting, &[("link", "https://video.example/b")]).await.expect(303);
    assert!(lucia.get("/notices").await.expect(200).says(told));
    // Nobody waits for a secretary whom the rules do not ask any more.
    let other = opened(&mut andres, &pair, &[("host", pair.andres.address.as_str())]).await;
    lucia.post(&format!("{other}/seats/new/{mentorship}"), &[]).await.expect(303);
    let waits = seat_of(&mut lucia, &other).await;
    andres.post(&format!("{waits}/answer"), &[("answer", "agreed")]).await.expect(303);
    assert!(lucia.get(&other).await.expect(200).says("Solicitada"));
    sol.post("/room", &[("version", "0"), ("confidential", "cleared")]).await.expect(303);
    assert!(lucia.get(&other).await.expect(200).says("Plaza concedida"));
});

story!(a_no_that_is_taken_back_is_a_wish_like_any_other, async |house: &House| {
    let pair = framed(house).await;
    let (eva, evas) = another(house, &pair, "Eva Ruiz").await;
    let mut sol = house.browser_of(&secretary(house, &pair).await).await;
    let (mut lucia, mut andres, mut eva) =
        (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await, house.browser_of(&eva).await);
    let sitting = opened(&mut andres, &pair, &[("host", pair.andres.address.as_str()), ("seats", "1")]).await;
    let mentorship = pair.mentorship.to_string();
    lucia.post(&format!("{sitting}/seats/new/{mentorship}"), &[]).await.expect(303);
    let hers = seat_of(&mut lucia, &sitting).await;
    // The share-out gave it to her, and the host says no.
    house.raw("UPDATE seats SET shared_at = asked_at").await;
    sol.post(&format!("{hers}/answer"), &[("answer", "agreed")]).await.expect(303);
    andres.post(&format!("{hers}/answer"), &[("answer", "refused")]).await.expect(303);
    // Where the secretary says no as well and takes it back, she waits again, and hears of it.
    let again = "vuelve a estar pendiente";
    assert!(!lucia.get("/notices").await.expect(200).says(again));
    eva.post(&format!("{sitting}/seats/new/{evas}"), &[]).await.expect(303);
    andres.post(&format!("{hers}/answer"), &[("answer", "agreed")]).await.expect(303);
    assert!(lucia.get(&sitting).await.expect(200).says("Solicitada"), "two wishes, and one seat");
    assert!(lucia.get("/notices").await.expect(200).says(again));
    // Meanwhile the seat is given to somebody else: one seat is not given twice.
    andres.post(&format!("{hers}/answer"), &[("answer", "refused")]).await.expect(303);
    let seat = seat_of(&mut eva, &sitting).await;
    for browser in [&mut andres, &mut sol] {
        browser.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    }
    assert!(eva.get(&sitting).await.expect(200).says("Plaza concedida"));
    let full = andres.post(&format!("{hers}/answer"), &[("answer", "agreed")]).await.expect(422);
    assert!(full.says("Ya no quedan plazas"), "{}", full.text());
    // Nor does whoever presides now observe, or whose pair has ended.
    changed(&mut andres, &sitting, &[("seats", "2"), ("keeper", &pair.lucia.address)]).await.expect(303);
    let part = andres.post(&format!("{hers}/answer"), &[("answer", "agreed")]).await.expect(422);
    assert!(part.says("no observa esa misma sesión"), "{}", part.text());
    changed(&mut andres, &sitting, &[("keeper", "")]).await.expect(303);
    house.raw("UPDATE mentorships SET ended_at = 1").await;
    let parted = andres.post(&format!("{hers}/answer"), &[("answer", "agreed")]).await.expect(422);
    assert!(parted.says("ha terminado"), "{}", parted.text());
});

story!(what_a_secretary_reads_and_ticks_is_what_is_so, async |house: &House| {
    let pair = framed(house).await;
    let (eva, evas) = another(house, &pair, "Eva Ruiz").await;
    let mut sol = house.browser_of(&secretary(house, &pair).await).await;
    let (mut lucia, mut andres, mut eva) =
        (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await, house.browser_of(&eva).await);
    // A draft that becomes a negotiation has its one item, and loses it again.
    let mut ana = house.browser_of(&pair.ana).await;
    let draft = opened(&mut ana, &pair, &[]).await;
    changed(&mut ana, &draft, &[("kind", "negotiation")]).await.expect(303);
    assert!(sol.get(&draft).await.expect(200).says("Punto 1"));
    changed(&mut ana, &draft, &[("kind", "meeting")]).await.expect(303);
    assert!(!sol.get(&draft).await.expect(200).says("Punto 1"));
    // What was chosen of the rules comes back where somebody else saved them first.
    sol.post("/room", &[("version", "0"), ("confidential", "never"), ("secretary", "yes")]).await.expect(303);
    let stale = sol.post("/room", &[("version", "0"), ("confidential", "undertaken")]).await.expect(409);
    assert!(stale.says("value=\"undertaken\" checked"), "{}", stale.text());
    // A negotiation whose other side nobody has asked waits in the register.
    let own = [("kind", "negotiation"), ("host", pair.andres.address.as_str()), ("seats", "1")];
    let sitting = opened(&mut andres, &pair, &own).await;
    lucia.post(&format!("{sitting}/seats/new/{}", pair.mentorship), &[]).await.expect(303);
    house.pass(jiff::SignedDuration::from_mins(1));
    eva.post(&format!("{sitting}/seats/new/{evas}"), &[]).await.expect(303);
    let register = sol.get("/records").await.expect(200);
    assert!(register.says("la respuesta de la otra parte"), "{}", register.text());
    assert!(register.says("2 plazas que esperan a quien recibe"), "{}", register.text());
    // Shared out, a seat that is given back is offered to whoever got none.
    sol.post(&format!("/editions/{}/sittings/share", pair.edition), &[]).await.expect(303);
    let seat = seat_of(&mut lucia, &sitting).await;
    for browser in [&mut andres, &mut sol] {
        browser.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    }
    lucia.post(&format!("{seat}/conflict"), &[("has", "yes"), ("words", "Un primo")]).await.expect(303);
    // Two ticks that cannot both be come back as they were sent.
    let both = settled(&mut sol, &seat, &[("all", "yes"), ("none", "yes")]).await.expect(422).text();
    assert_eq!(both.matches("value=\"yes\" checked").count(), 2, "{both}");
    assert!(!eva.get("/notices").await.expect(200).says("Ha quedado libre una plaza"));
    lucia.post(&format!("{seat}/withdraw"), &[]).await.expect(303);
    assert!(eva.get("/notices").await.expect(200).says("Ha quedado libre una plaza en la sesión 2"));
    eva.post(&format!("{sitting}/seats/new/{evas}"), &[]).await.expect(303);
});

story!(a_link_offers_nothing_that_comes_too_late, async |house: &House| {
    let pair = framed(house).await;
    secretary(house, &pair).await;
    let (mut ana, mut lucia) = (house.browser_of(&pair.ana).await, house.browser_of(&pair.lucia).await);
    opened(&mut ana, &pair, &[]).await;
    house.work().await;
    let unanswered = house.link_to(HOST).await;
    house.pass(jiff::SignedDuration::from_mins(1));
    let sitting = opened(&mut ana, &pair, &[("kind", "negotiation")]).await;
    house.work().await;
    let link = house.link_to(HOST).await;
    assert_ne!(link, unanswered);
    let mut rosa = house.stranger();
    let text = fields(&rosa.get(&link).await.expect(200).text())["text"].clone();
    rosa.post(&link, &[("do", "agree"), ("text", &text), ("lasts", "3")]).await.expect(303);
    lucia.post(&format!("{sitting}/seats/new/{}", pair.mentorship), &[]).await.expect(303);
    let seat = seat_of(&mut lucia, &sitting).await.rsplit('/').next().unwrap().to_owned();
    let offered = rosa.get(&link).await.expect(200);
    for button in ["value=\"other-side\"", "name=\"answer\"", "value=\"side\""] {
        assert!(offered.says(button), "{button}: {}", offered.text());
    }
    assert!(rosa.get(&unanswered).await.expect(200).says("value=\"agree\""));
    // It is over: nobody is let in any more, and who is on the other side is heard for some hours.
    until(house, "2027-01-15T11:30:00Z");
    let late = rosa.get(&link).await.expect(200);
    assert!(!late.says("value=\"other-side\"") && !late.says("name=\"answer\""), "{}", late.text());
    rosa.post(&link, &[("do", "other-side")]).await.expect(409);
    rosa.post(&link, &[("do", "seat"), ("seat", &seat), ("answer", "agreed")]).await.expect(409);
    assert!(late.says("value=\"side\""), "{}", late.text());
    rosa.post(&link, &[("do", "side"), ("side", "Cartones del Ebro")]).await.expect(303);
    let late = rosa.get(&unanswered).await.expect(200);
    assert!(late.says("ya ha pasado") && !late.says("value=\"agree\""), "{}", late.text());
    // Once it is said what came of it nothing is, and what was typed is still there to be said elsewhere.
    house.raw("UPDATE sittings SET state = 'held' WHERE state = 'open'").await;
    assert!(!rosa.get(&link).await.expect(200).says("value=\"side\""));
    let late = rosa.post(&link, &[("do", "side"), ("side", "Papeles del Segre")]).await.expect(409);
    assert!(late.says("value=\"Papeles del Segre\""), "{}", late.text());
});
