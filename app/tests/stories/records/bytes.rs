//! Any byte of a record that was changed behind the program's back is found, in every column, on both engines; so is an entry that was taken
//! out, moved, doubled or cut off, and a byte of the exported file.

use telemaco::db::{Row, Statement, Value};
use telemaco::observations::record::{actions, export};
use telemaco::{transaction, values};
use uuid::Uuid;

use super::scene::{Scene, run, scene};
use super::{play, tap};
use crate::cli;
use crate::story;
use crate::support::form::fields;
use crate::support::{Client, House};

/// A row of entries as the table has it.
#[derive(Clone)]
struct Stored {
    organisation: Uuid,
    chain: Uuid,
    number: i64,
    client: Uuid,
    kind: String,
    at: i64,
    entry: String,
    sealed: Option<Vec<u8>>,
    digest: Vec<u8>,
}

static ENTRIES: Statement = Statement::new(
    "SELECT organisation, chain, number, client, kind, at, entry, sealed, digest FROM record_entries ORDER BY chain, number",
    file!(),
    line!(),
);
static HEADS: Statement =
    Statement::new("SELECT chain, organisation, entries, digest FROM record_heads ORDER BY chain", file!(), line!());
static NO_ENTRY: Statement =
    Statement::new("DELETE FROM record_entries WHERE chain = $1 AND number = $2", file!(), line!());
static NO_HEAD: Statement = Statement::new("DELETE FROM record_heads WHERE chain = $1", file!(), line!());
pub static ENTRY: Statement = Statement::new(
    "INSERT INTO record_entries (organisation, chain, number, client, kind, at, entry, sealed, digest) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    file!(),
    line!(),
);
pub static HEAD: Statement = Statement::new(
    "INSERT INTO record_heads (chain, organisation, entries, digest) VALUES ($1, $2, $3, $4)",
    file!(),
    line!(),
);
static NOTED: Statement = Statement::new(
    "UPDATE audit SET detail = replace(detail, '\"entries\":3', '\"entries\":2') WHERE verb = 'observations.record'",
    file!(),
    line!(),
);

fn stored(row: &Row) -> Stored {
    Stored {
        organisation: row.get("organisation").unwrap(),
        chain: row.get("chain").unwrap(),
        number: row.get("number").unwrap(),
        client: row.get("client").unwrap(),
        kind: row.get("kind").unwrap(),
        at: row.get("at").unwrap(),
        entry: row.get("entry").unwrap(),
        sealed: row.get("sealed").unwrap(),
        digest: row.get("digest").unwrap(),
    }
}

async fn put(house: &House, row: &Stored) {
    let row = row.clone();
    let all = values![
        row.organisation,
        row.chain,
        row.number,
        row.client,
        row.kind,
        row.at,
        row.entry,
        row.sealed,
        row.digest
    ];
    run(house, &ENTRY, all).await;
}

async fn take(house: &House, row: &Stored) {
    run(house, &NO_ENTRY, values![row.chain, row.number]).await;
}

async fn is_whole(house: &House) -> bool {
    actions::check_all(&house.app).await.map_err(anyhow::Error::from).unwrap().faults.is_empty()
}

/// One row in place of another, looked at, and back again.
async fn is_found(house: &House, row: &Stored, changed: &Stored) -> bool {
    take(house, row).await;
    put(house, changed).await;
    let is_found = !is_whole(house).await;
    take(house, changed).await;
    put(house, row).await;
    is_found
}

fn flipped(bytes: &[u8], place: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[place] ^= 1;
    bytes
}

fn flipped_id(id: Uuid, place: usize) -> Uuid {
    Uuid::from_slice(&flipped(id.as_bytes(), place)).unwrap()
}

/// Records with entries of many kinds, and a list of insiders with sealed details and columns of its own.
async fn records(house: &House) -> (Scene, Client) {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    play(house, &scene, &mut sara).await;
    let list = sara.get("/insiders").await.expect(200).text();
    let path = format!("/insiders/{}", list.split("href=\"/insiders/").nth(1).unwrap().split('"').next().unwrap());
    for _ in 0..2 {
        let mut form = fields(&sara.get(&path).await.expect(200).text());
        form.insert("value-born".to_owned(), "1990-02-03".to_owned());
        let sent: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        sara.post(&path, &sent).await.expect(303);
    }
    let form = fields(&sara.get("/insiders/columns").await.expect(200).text());
    let sent: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sara.post("/insiders/columns", &sent).await.expect(303);
    (scene, sara)
}

story!(any_byte_that_was_changed_is_found, async |house: &House| {
    let (scene, _) = records(house).await;
    // Where the organisation of a row has to exist, there is another one.
    let other = house.organisation("Universidad del Sur", "Fermín Sur").await.organisation.0;
    assert!(is_whole(house).await);
    let rows: Vec<Stored> = house.app.db.rows(&ENTRIES, Vec::new()).await.unwrap().iter().map(stored).collect();
    assert!(rows.len() > 20 && rows.iter().any(|row| row.sealed.is_some()));
    let exposure = rows.iter().find(|row| row.kind == "exposure").unwrap();
    let details = rows.iter().find(|row| row.sealed.is_some()).unwrap();
    let columns = rows.iter().find(|row| row.kind == "columns").unwrap();
    for row in [&rows[0], exposure, details, columns, &rows[rows.len() - 1]] {
        let mut changed: Vec<(String, Stored)> = vec![
            ("organisation".to_owned(), Stored { organisation: other, ..row.clone() }),
            ("kind".to_owned(), Stored { kind: format!("{}x", row.kind), ..row.clone() }),
            ("sealed".to_owned(), Stored { sealed: Some(vec![7]), ..row.clone() }),
        ];
        for place in 0..16 {
            changed.push((format!("chain {place}"), Stored { chain: flipped_id(row.chain, place), ..row.clone() }));
            changed.push((format!("client {place}"), Stored { client: flipped_id(row.client, place), ..row.clone() }));
        }
        for bit in 0..62 {
            changed.push((format!("at {bit}"), Stored { at: row.at ^ (1 << bit), ..row.clone() }));
            if bit > 5 {
                changed.push((format!("number {bit}"), Stored { number: row.number ^ (1 << bit), ..row.clone() }));
            }
        }
        for place in 0..row.digest.len() {
            changed.push((format!("digest {place}"), Stored { digest: flipped(&row.digest, place), ..row.clone() }));
        }
        let step = if row.number == 1 { 1 } else { 1 + row.entry.len() / 60 };
        for place in (0..row.entry.len()).step_by(step) {
            if let Ok(entry) = String::from_utf8(flipped(row.entry.as_bytes(), place)) {
                changed.push((format!("entry {place}"), Stored { entry, ..row.clone() }));
            }
        }
        for place in 0..row.sealed.as_ref().map_or(0, Vec::len) {
            let sealed = row.sealed.as_ref().map(|sealed| flipped(sealed, place));
            changed.push((format!("sealed {place}"), Stored { sealed, ..row.clone() }));
        }
        if row.sealed.is_some() {
            changed.push(("no sealed".to_owned(), Stored { sealed: None, ..row.clone() }));
        }
        for (what, changed) in changed {
            assert!(is_found(house, row, &changed).await, "{} {}: {what}", row.kind, row.number);
        }
    }
    heads_are_found(house, other).await;
    entries_are_found(house, &scene, &rows).await;
    assert!(is_whole(house).await);
});

async fn heads_are_found(house: &House, other: Uuid) {
    let heads = house.app.db.rows(&HEADS, Vec::new()).await.unwrap();
    assert_eq!(heads.len(), 2);
    for row in &heads {
        let chain: Uuid = row.get("chain").unwrap();
        let organisation: Uuid = row.get("organisation").unwrap();
        let entries: i64 = row.get("entries").unwrap();
        let digest: Vec<u8> = row.get("digest").unwrap();
        let mut changed: Vec<(Uuid, Uuid, i64, Vec<u8>)> = vec![(chain, other, entries, digest.clone())];
        changed.extend((0..16).map(|place| (flipped_id(chain, place), organisation, entries, digest.clone())));
        changed.extend((0..62).map(|bit| (chain, organisation, entries ^ (1 << bit), digest.clone())));
        changed.extend((0..digest.len()).map(|place| (chain, organisation, entries, flipped(&digest, place))));
        run(house, &NO_HEAD, values![chain]).await;
        assert!(!is_whole(house).await, "no head at all");
        for (changed_chain, organisation, entries, digest) in changed {
            run(house, &HEAD, values![changed_chain, organisation, entries, digest]).await;
            assert!(!is_whole(house).await, "{changed_chain} {organisation} {entries}");
            run(house, &NO_HEAD, values![changed_chain]).await;
        }
        run(house, &HEAD, values![chain, organisation, entries, digest]).await;
        assert!(is_whole(house).await);
    }
}

async fn entries_are_found(house: &House, scene: &Scene, rows: &[Stored]) {
    let record: Vec<&Stored> = rows.iter().filter(|row| row.chain == scene.chain()).collect();
    let last = record[record.len() - 1];
    let before = record[record.len() - 2];
    // Taken out, and cut off at the end; then with a head that says the same, which the trail knows better.
    for row in [record[1], last] {
        take(house, row).await;
        assert!(!is_whole(house).await);
        put(house, row).await;
    }
    take(house, last).await;
    run(house, &NO_HEAD, values![last.chain]).await;
    run(house, &HEAD, values![last.chain, last.organisation, before.number, before.digest.clone()]).await;
    assert!(!is_whole(house).await, "cut off together with its head");
    put(house, last).await;
    run(house, &NO_HEAD, values![last.chain]).await;
    run(house, &HEAD, values![last.chain, last.organisation, last.number, last.digest.clone()]).await;
    assert!(is_whole(house).await);
    // Doubled, and two that change places.
    let doubled = Stored { number: last.number + 1, client: Uuid::from_u128(1), ..last.clone() };
    put(house, &doubled).await;
    assert!(!is_whole(house).await);
    take(house, &doubled).await;
    let (one, other) = (record[2], record[3]);
    take(house, one).await;
    take(house, other).await;
    put(house, &Stored { number: other.number, ..one.clone() }).await;
    put(house, &Stored { number: one.number, ..other.clone() }).await;
    assert!(!is_whole(house).await);
    take(house, one).await;
    take(house, other).await;
    put(house, one).await;
    put(house, other).await;
    // All of a record, with its head: the trail says that there was one.
    for row in &record {
        take(house, row).await;
    }
    run(house, &NO_HEAD, values![last.chain]).await;
    assert!(!is_whole(house).await, "a record that is gone");
    for row in &record {
        put(house, row).await;
    }
    run(house, &HEAD, values![last.chain, last.organisation, last.number, last.digest.clone()]).await;
}

story!(the_command_checks_the_chains, async |house: &House| {
    let (scene, mut sara) = records(house).await;
    let installation = match house.app.db.file() {
        Some(_) => format!("data={}", house.app.config.data.display()),
        None => format!("database={}", house.app.config.database()),
    };
    let verify = |file: Option<&std::path::Path>| {
        let mut command = cli::telemaco(house.folder());
        command.args(["verify", "--lang", "en"]);
        match file {
            Some(file) => command.arg(file),
            None => command.args(["--records", "--set"]).arg(&installation),
        };
        cli::run(&mut command)
    };
    let (is_well, said) = verify(None);
    assert!(is_well && said.contains("2 records were checked"), "{said}");
    let exported = sara.get(&scene.path("/record/export")).await.expect(200);
    let file = house.folder().join("record.json");
    std::fs::write(&file, &exported.body).unwrap();
    let (is_well, said) = verify(Some(&file));
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200).read();
    let head = said.split("last is ").nth(1).unwrap().split('.').next().unwrap().to_owned();
    assert!(is_well && annex.contains(&head), "the annex bears the same digest: {said}");
    // A letter of the file, anywhere in an entry or a digest.
    let text = exported.text();
    let entries = text.find("\"entries\"").unwrap();
    let letters = (entries..text.len()).filter(|place| text.as_bytes()[*place].is_ascii_alphanumeric());
    for place in letters.step_by(7) {
        let changed = flipped(text.as_bytes(), place);
        let is_found = !export::check(&changed).is_ok_and(|checked| checked.faults.is_empty());
        assert!(is_found, "{}", &text[place.saturating_sub(20)..(place + 20).min(text.len())]);
    }
    std::fs::write(&file, text.replace("item-begins", "item-bogins")).unwrap();
    let (is_well, said) = verify(Some(&file));
    assert!(!is_well && said.contains("is not the record that was written"), "{said}");
    // What somebody changed in the trail is found too.
    let noted: Result<u64, telemaco::db::Error> =
        transaction!(house.app.db, tx => tx.run(&NOTED, Vec::<Value>::new()).await);
    noted.unwrap();
    let (is_well, said) = verify(None);
    assert!(!is_well && said.contains("not as") && said.contains(&scene.chain().to_string()), "{said}");
    // Whoever goes on writing does not heal it.
    let _ = tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await;
    assert!(!verify(None).0);
});
