//! What stays between two people: a hundred sentences that a pair wrote, looked for by whoever finds a copy of the database, reads
//! the log, the mails, the exports, the trail, or asks the API as somebody else.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use telemaco::identity::{self, Part};

use crate::agreement::{path, sign, write};
use crate::logs::log;
use crate::meetings;
use crate::story;
use crate::support::dump::{database, files, found};
use crate::support::form::fields;
use crate::support::{Client, House, Person};
use crate::vault::{Pair, pair};

const CLAUSES: [&str; 6] = ["purpose", "cadence", "length", "confidentiality", "exit", "reviews"];

/// A hundred sentences that no template, no key and no test says by chance.
fn sentences() -> Vec<String> {
    let matters =
        ["el ascenso de Begoña", "la deuda de Ríos & Peña", "mi miedo a hablar", "\"el plan B\"", "la oferta de Óscar"];
    (0..100)
        .map(|number| format!("Confidencia {number:03}: sobre {}, ni palabra", matters[number % matters.len()]))
        .collect()
}

/// The pair writes all of them: in drafts, proposals that were withdrawn, agreements that held and one that holds.
async fn written(house: &House, pair: &Pair, sentences: &[String]) {
    let mut browsers = [house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await];
    for (round, some) in sentences.chunks(25).enumerate() {
        let mut clauses = CLAUSES.map(|_| String::new());
        for (place, sentence) in some.iter().enumerate() {
            let clause = &mut clauses[place % CLAUSES.len()];
            clause.push_str(sentence);
            clause.push('\n');
        }
        let change: Vec<(&str, &str)> = CLAUSES.into_iter().zip(clauses.iter().map(String::as_str)).collect();
        let (one, other) = browsers.split_at_mut(1);
        let (writer, signer) = if round % 2 == 0 { (&mut one[0], &mut other[0]) } else { (&mut other[0], &mut one[0]) };
        match round {
            0 | 1 => {
                write(writer, pair, &change, "propose").await;
                sign(signer, pair).await;
            }
            2 => write(writer, pair, &change, "propose").await,
            _ => write(writer, pair, &change, "save").await,
        }
        house.work().await;
    }
    said(house, pair, sentences).await;
    // They are there for the two: what is looked for in vain elsewhere was written.
    let mut read = String::new();
    for browser in &mut browsers {
        for rest in ["", "/1", "/2", "/3", "/edit"] {
            read.push_str(&browser.get(&format!("{}{rest}", path(pair))).await.expect(200).read());
        }
    }
    for sentence in sentences {
        let sentence = sentence.replace('&', "&#38;").replace('"', "&#34;");
        assert!(read.contains(&sentence), "{sentence} is read by those who wrote it");
    }
}

/// And says them once more in a meeting: as points, notes, promises, lines and places.
async fn said(house: &House, pair: &Pair, sentences: &[String]) {
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let id = meetings::propose(&mut lucia, pair).await;
    meetings::accept(&mut andres, &id).await;
    let one = format!("/meetings/{id}");
    for (number, sentence) in sentences.iter().enumerate() {
        let (rest, form): (&str, Vec<(&str, &str)>) = match number % 5 {
            0 => ("points", vec![("point", sentence)]),
            1 => ("promises", vec![("promise", sentence), ("who", "me"), ("due", "2027-02-01")]),
            2 => ("texts", vec![("kind", "note"), ("note", sentence), ("visibility", "pair")]),
            3 => ("texts", vec![("kind", "reflection"), ("reflection", sentence), ("visibility", "only-me")]),
            _ => {
                let version = fields(&lucia.get(&one).await.expect(200).text())["version"].clone();
                let form = [("version", version.as_str()), ("way", "online"), ("minutes", "60"), ("place", sentence)];
                lucia.post(&format!("{one}/place"), &form).await.expect(303);
                continue;
            }
        };
        lucia.post(&format!("{one}/{rest}"), &form).await.expect(303);
    }
    meetings::let_it_pass(house, pair).await;
    let page = lucia.get(&one).await.expect(200);
    assert!(page.says("Confidencia 000") && page.says("Confidencia 002") && page.says("Confidencia 003"));
}

#[track_caller]
fn nothing_in(place: &str, bytes: &[u8], sentences: &[String]) {
    let found = found(bytes, sentences);
    assert!(found.is_none(), "{place} holds “{}”", found.unwrap_or_default());
}

async fn with_part(house: &House, pair: &Pair, part: Part) -> Person {
    house.person(pair.ana.organisation, &format!("Aquí {}", part.code()), &[part]).await
}

story!(a_hundred_sentences_are_found_nowhere, async |house: &House| {
    log();
    let sentences = sentences();
    let pair = pair(house).await;
    written(house, &pair, &sentences).await;
    nothing_in("the database", &database(house).await, &sentences);
    nothing_in("the mail", &files(&house.app.config.mail_folder()), &sentences);
    nothing_in("the data folder", &files(&house.app.config.data), &sentences);
    // What everybody else can ask for, in pages, files and JSON.
    let (edition, mentorship) = (pair.edition, pair.mentorship);
    let pages = [
        format!("/mentorships/{mentorship}"),
        format!("/editions/{edition}"),
        format!("/editions/{edition}/agreement"),
        format!("/editions/{edition}/mentorships"),
        format!("/editions/{edition}/mentorships/export?form=csv"),
        format!("/editions/{edition}/mentorships/export?form=xlsx"),
        format!("/overview/{edition}"),
        "/audit".to_owned(),
        "/audit/export?form=csv".to_owned(),
        "/people/export?form=xlsx".to_owned(),
        "/".to_owned(),
        "/lent".to_owned(),
        "/system".to_owned(),
        path(&pair),
        format!("{}/1/text", path(&pair)),
        meetings::list(&pair),
        "/diary".to_owned(),
    ];
    let doors = [
        "/api/me/mentorships".to_owned(),
        format!("/api/mentorships/{mentorship}"),
        format!("/api/editions/{edition}/mentorships"),
        format!("/api/me/mentorships/{mentorship}/meetings"),
        "/api/audit".to_owned(),
        "/api/people".to_owned(),
    ];
    let mut others = vec![pair.ana.clone()];
    for part in [Part::Sponsor, Part::Faculty, Part::Supervisor, Part::Assistant, Part::Operator] {
        others.push(with_part(house, &pair, part).await);
    }
    for person in &others {
        let mut browser = house.browser_of(person).await;
        for page in &pages {
            nothing_in(page, &browser.get(page).await.body, &sentences);
        }
        nothing_in_doors(house, person, &doors, &sentences).await;
    }
    for person in [&pair.lucia, &pair.andres] {
        nothing_in_doors(house, person, &doors, &sentences).await;
    }
    nothing_in("the log", log().text().as_bytes(), &sentences);
});

async fn nothing_in_doors(house: &House, person: &Person, doors: &[String], sentences: &[String]) {
    let mut program: Client = house.stranger();
    program.bearer = Some(identity::new_token(&house.app, person.id, "x").await.map_err(anyhow::Error::from).unwrap());
    for door in doors {
        nothing_in(door, &program.get(door).await.body, sentences);
    }
}

story!(whoever_looks_would_have_found_it, async |house: &House| {
    // Others than those above: where both stories run in one process, what is planted here reaches the same log.
    let sentences: Vec<String> =
        sentences().iter().map(|text| text.replace("Confidencia", "Confesión").replace("ó", "o")).collect();
    house.organisation("Banco del Norte", "Ana Pérez").await;
    let text = format!("antes y después: {} y más allá", sentences[42]);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(text.as_bytes()).unwrap();
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(text.as_bytes()).unwrap();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hidden = [
        text.replace('\'', "''"),
        hex::encode(&text),
        STANDARD.encode(&text),
        format!("x{}", URL_SAFE_NO_PAD.encode(&text)),
        STANDARD.encode(gzip.finish().unwrap()),
        hex::encode(zlib.finish().unwrap()),
        hex::encode(wide),
        hex::encode(STANDARD.encode(&text)),
        serde_json::json!(text).to_string().replace('\'', "''"),
    ];
    assert_eq!(found(&database(house).await, &sentences), None);
    for form in hidden {
        house.raw(&format!("UPDATE organisations SET name = '{form}'")).await;
        assert_eq!(found(&database(house).await, &sentences), Some(sentences[42].as_str()), "{form}");
    }
});
