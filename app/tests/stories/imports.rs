//! Sheets become people: upload, columns, dry run, confirmation, outcome; and all that may go wrong on the way.

use jiff::SignedDuration;
use telemaco::identity::{self, Part};
use telemaco::people;
use telemaco::sheets as grids;

use crate::story;
use crate::support::edition::{edition, enrol_everybody};
use crate::support::form::path_of;
use crate::support::sheets::{MENTEES, MENTORS, columns, confirm, settle, take_in, upload};
use crate::support::{Client, House, Person, form};

/// What the sheets disclose, and what must be seen nowhere.
const DISCLOSED: &[&str] = &["Bisexual", "Transgender"];
const BASIS: &[(&str, &str)] =
    &[("key", "identity"), ("purpose", "Emparejar a quien lo pide"), ("basis", "Consentimiento explícito")];

async fn upload_both(browser: &mut Client) -> String {
    upload(browser, &[("mentors", "mentors.csv", MENTORS), ("mentees", "mentees.csv", MENTEES)]).await
}

#[track_caller]
fn discloses_nothing(text: &str, what: &str) {
    for word in DISCLOSED {
        assert!(!text.contains(word), "{what} says {word}: {text}");
    }
}

story!(two_sheets_become_people, async |house: &House| {
    let ana = house.organisation("Office of Bridges", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let import = upload_both(&mut browser).await;

    let mapping = browser.get(&format!("{import}/mapping")).await.expect(200);
    discloses_nothing(&mapping.text(), "the mapping page");
    let proposed = form::fields(&mapping.text());
    for (heading, meaning) in [
        ("first name", "given-name"),
        ("last name", "family-name"),
        ("email address", "address"),
        ("both mentor and mentee", "both"),
        ("job title", "title"),
        ("grade", "attribute"),
        ("organisation", "unit"),
        ("profession", "attribute"),
        ("characteristics", "leave-out"),
        ("identity to match", "leave-out"),
        ("match with similar identity", "leave-out"),
        ("biography", "leave-out"),
    ] {
        for column in columns(&mapping.text(), heading) {
            assert_eq!(proposed[&column], meaning, "{heading}");
        }
    }
    // An import whose columns nobody settled leads back to them.
    assert_eq!(browser.get(&import).await.expect(303).location(), format!("{import}/mapping"));

    settle(&mut browser, &import, &[]).await.expect(303);
    let dry = browser.get(&import).await.expect(200);
    assert!(dry.says("Altas: 7. Cambios: 0. Sin cambios: 0.") && dry.says("Guardar 7 personas"), "{}", dry.text());
    assert!(dry.says("Tess Holloway · tess.holloway@example.gov"));
    discloses_nothing(&dry.text(), "the dry run");
    assert!(
        !browser.get("/people").await.expect(200).says("Tess Holloway"),
        "nothing is stored before it is confirmed"
    );

    confirm(&mut browser, &import).await.expect(303);
    let running = browser.get(&import).await.expect(200);
    assert!(running.says("Se está guardando") && running.says(&format!("href=\"{import}\"")), "{}", running.text());
    assert!(!running.says("http-equiv"), "a page that loads itself anew takes the place from whoever reads it");
    assert!(running.statements() < 8, "nothing reads the sheets again: {}", running.statements());
    house.work().await;
    assert!(browser.get(&import).await.expect(200).says("Altas: 7."));
    let list = browser.get("/imports").await.expect(200);
    assert!(list.says("hecha") && list.says("Ana Pérez") && list.says("Altas: 7."));

    let directory = browser.get("/mentors").await.expect(200);
    for name in ["Rowan Ashdown", "Imogen Tarrant", "Kofi Larch", "Marged Pryce"] {
        assert!(directory.says(name), "{name}");
    }
    assert!(!directory.says("Tess Holloway"), "a mentee is not in the directory");
    let rowan = browser.get(&path_of(&directory.text(), "Rowan Ashdown")).await.expect(200);
    assert!(rowan.says("Deputy Director") && rowan.says("Office of Bridges") && rowan.says("SCS1"));
    assert!(!rowan.says("I lead on tolls"), "the biography says it too, so it stayed out");
    discloses_nothing(&rowan.text(), "a person's page");
    // What is both holds both parts.
    let both = browser.get("/people?part=mentee").await.expect(200);
    assert!(both.says("Kofi Larch") && both.says("Tess Holloway") && !both.says("Rowan Ashdown"));
});

story!(what_only_the_rules_may_see_is_seen_nowhere, async |house: &House| {
    let ana = house.organisation("Office of Bridges", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let import = upload_both(&mut browser).await;

    // Without a legal basis it stays out, and what was typed is still there.
    let without = [("key", "identity"), ("purpose", "Emparejar a quien lo pide")];
    let refused = settle(&mut browser, &import, &[("characteristics", "attribute", &without)]).await.expect(422);
    let kept = form::fields(&refused.text());
    assert!(refused.says("base jurídica") && kept.values().any(|value| value == "Emparejar a quien lo pide"));
    discloses_nothing(&refused.text(), "the mapping page with its problem");
    // As anything but an attribute it does not come in at all.
    settle(&mut browser, &import, &[("characteristics", "title", &[])]).await.expect(422);
    // Whoever asks that everybody should see it is not heeded.
    let mut seen_by_all = BASIS.to_vec();
    seen_by_all.push(("seen", "all"));
    let wanted = [("key", "wants-likeness"), ("purpose", "Emparejar"), ("basis", "Consentimiento explícito")];
    settle(
        &mut browser,
        &import,
        &[("characteristics", "attribute", &seen_by_all), ("match with similar identity", "attribute", &wanted)],
    )
    .await
    .expect(303);
    let dry = browser.get(&import).await.expect(200);
    assert!(dry.says("Emparejar a quien lo pide"), "what is admitted is said, with what it is for");
    discloses_nothing(&dry.text(), "the dry run");
    discloses_nothing(&browser.get(&format!("{import}/mapping")).await.text(), "the mapping page");
    confirm(&mut browser, &import).await.expect(303);
    house.work().await;
    let outcome = browser.get(&import).await.expect(200);
    assert!(outcome.says("Altas: 7."));

    // The values are on record, for the rules: pairing those who ask for likeness finds it.
    let rules = "[[prefer]]\nrule = \"similar\"\nattribute = \"identity\"\nweight = 10\nonly_if = \"wants-likeness\"\n";
    let edition = edition(house, &ana).await;
    enrol_everybody(house, &ana, edition).await;
    let board = format!("/editions/{edition}/pairing");
    let text = [("version", "0"), ("text", rules)];
    browser.upload(&format!("{board}/rules/text"), &text, &[]).await.expect(303);
    browser.post(&format!("{board}/runs"), &[]).await.expect(303);
    house.work().await;
    let paired = browser.get(&board).await.expect(200);
    let run = paired.text().split("name=\"run\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let run = format!("{board}/runs/{run}");
    let person = path_of(&paired.text(), "Tess Holloway");
    for page in ["", "/rules", "/criteria", "/marks", "/runs"].map(|page| format!("{board}{page}")).iter().chain([
        &run,
        &person,
        &format!("{person}?next=yes"),
    ]) {
        let seen = browser.get(page).await.expect(200);
        discloses_nothing(&seen.text(), page);
        assert!(!seen.says("identity to match") && !seen.says("characteristics"), "nor is the column named: {page}");
    }
    for kind in ["json", "csv", "xlsx", "report"] {
        let file = browser.get(&format!("{run}/files?form={kind}")).await.expect(200);
        discloses_nothing(&readable(&file.body, kind), kind);
    }
    let json = browser.get(&format!("{run}/files?form=json")).await.json();
    let mentor_of = |mentee: &str| {
        let pairs = json["pairs"].as_array().unwrap();
        pairs.iter().find(|pair| pair["mentee"] == mentee).map(|pair| pair["mentor"].as_str().unwrap().to_owned())
    };
    assert_eq!(mentor_of("tess.holloway@example.gov").as_deref(), Some("rowan.ashdown@example.gov"));
    assert_eq!(mentor_of("nia.sorrel@example.gov").as_deref(), Some("kofi.larch@example.gov"));

    // And seen nowhere, whoever looks, themselves and those like them included.
    let everybody = browser.get("/people").await.expect(200).text();
    let paths: Vec<String> =
        ["Rowan Ashdown", "Kofi Larch", "Tess Holloway"].iter().map(|name| path_of(&everybody, name)).collect();
    let sponsor = house.person(ana.organisation, "Iker Sponsor", &[Part::Sponsor]).await;
    let operator = house.person(ana.organisation, "Olga Operadora", &[Part::Operator]).await;
    let mentor = imported(ana.organisation, &paths[0], "rowan.ashdown@example.gov");
    let mentee = imported(ana.organisation, &paths[2], "tess.holloway@example.gov");
    let pages: Vec<String> =
        ["/", "/mentors", "/people", "/nominations", "/programmes", "/audit", "/imports", "/profile"]
            .map(str::to_owned)
            .into_iter()
            .chain(["csv", "xlsx"].iter().flat_map(|kind| {
                ["/mentors", "/people", "/nominations", "/audit"].map(|list| format!("{list}/export?form={kind}"))
            }))
            .chain(DISCLOSED.iter().map(|word| format!("/mentors?q={word}")))
            .chain(paths.iter().flat_map(|path| [path.clone(), format!("{path}/edit")]))
            .collect();
    for person in [&ana, &sponsor, &operator, &mentor, &mentee] {
        let mut browser = house.browser_of(person).await;
        for page in &pages {
            let seen = browser.open(page).await;
            // The search box says what was searched for.
            let text =
                readable(&seen.body, page).replace("value=\"Bisexual\"", "").replace("value=\"Transgender\"", "");
            discloses_nothing(&text.replace("q=Bisexual", "").replace("q=Transgender", ""), page);
            if page.contains("?q=") {
                assert!(seen.says("Nadie coincide con la búsqueda."), "somebody is found by it");
            }
        }
        let mut program = house.stranger();
        program.bearer =
            Some(identity::new_token(&house.app, person.id, "story").await.map_err(anyhow::Error::from).unwrap());
        for page in
            paths.iter().map(|path| format!("/api{path}")).chain(["/api/mentors".to_owned(), "/api/me".to_owned()])
        {
            discloses_nothing(&program.get(&page).await.text(), &page);
        }
    }
    browser.post(&format!("{}/invite", paths[2]), &[]).await.expect(303);
    house.work().await;
    for mail in house.app.mailer.filed(100).await.unwrap() {
        discloses_nothing(&mail.text, "a mail");
    }
});

fn imported(organisation: identity::OrganisationId, path: &str, address: &str) -> Person {
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    Person { id: identity::PersonId(id), organisation, address: address.to_owned(), name: address.to_owned() }
}

/// A file as text, unpacked where it is a workbook.
fn readable(body: &[u8], name: &str) -> String {
    if body.starts_with(b"PK") {
        let all = grids::read_all(body, name).unwrap();
        return format!("{all:#?}");
    }
    String::from_utf8_lossy(body).into_owned()
}

story!(the_same_sheets_again_change_nothing, async |house: &House| {
    let ana = house.organisation("Office of Bridges", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let attributes: &[(&str, &str)] = &[("key", "tenure"), ("purpose", "Emparejar"), ("seen", "coordinator")];
    let first = "Name,Email,Title,Tenure band\nNia Ruiz,nia@example.org,Analyst,senior\nUnai Gil,unai@example.org,Clerk,junior\n";
    let import = upload(&mut browser, &[("mentors", "people.csv", first.as_bytes())]).await;
    settle(&mut browser, &import, &[("Tenure band", "attribute", attributes)]).await.expect(303);
    confirm(&mut browser, &import).await.expect(303);
    house.work().await;

    // What was said of the columns is remembered.
    let again = upload(&mut browser, &[("mentors", "people.csv", first.as_bytes())]).await;
    let mapping = browser.get(&format!("{again}/mapping")).await.expect(200).text();
    let fields = form::fields(&mapping);
    let column = columns(&mapping, "Tenure band").remove(0);
    assert_eq!(fields[&column], "attribute");
    assert_eq!(fields[&format!("{column}-key")], "tenure");
    assert_eq!(fields[&format!("{column}-purpose")], "Emparejar");
    settle(&mut browser, &again, &[]).await.expect(303);
    let dry = browser.get(&again).await.expect(200);
    assert!(dry.says("No hay nada que cambiar") && dry.says("Sin cambios: 2.") && !dry.says("name=\"digest\""));

    let changed = first.replace("Clerk", "Head Clerk");
    let third = upload(&mut browser, &[("mentors", "people.csv", changed.as_bytes())]).await;
    settle(&mut browser, &third, &[]).await.expect(303);
    let dry = browser.get(&third).await.expect(200);
    assert!(dry.says("Altas: 0. Cambios: 1. Sin cambios: 1."), "{}", dry.text());
    assert!(dry.says("Clerk → Head Clerk"));
    confirm(&mut browser, &third).await.expect(303);
    house.work().await;
    let people = browser.get("/people").await.expect(200).text();
    let unai = browser.get(&path_of(&people, "Unai Gil")).await.expect(200);
    assert!(unai.says("Head Clerk") && unai.says("junior"));
});

story!(an_attribute_is_seen_by_whom_it_is_for, async |house: &House| {
    let ana = house.organisation("Office of Bridges", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let csv = "Name,Email,Shirt,Badge,Shift\nNia Ruiz,nia@example.org,shirt-large,badge-blue,shift-late\n";
    let import = upload(&mut browser, &[("mentors", "people.csv", csv.as_bytes())]).await;
    let attribute =
        |key: &'static str, seen: &'static str| [("key", key), ("purpose", "Para la jornada"), ("seen", seen)];
    // Without a purpose nothing comes in.
    let nothing: &[(&str, &str)] = &[("key", "shirt"), ("purpose", ""), ("seen", "all")];
    settle(&mut browser, &import, &[("Shirt", "attribute", nothing)]).await.expect(422);
    let (all, coordinator, rules) =
        (attribute("shirt", "all"), attribute("badge", "coordinator"), attribute("shift", "rules"));
    let said = [
        ("Shirt", "attribute", all.as_slice()),
        ("Badge", "attribute", coordinator.as_slice()),
        ("Shift", "attribute", rules.as_slice()),
    ];
    settle(&mut browser, &import, &said).await.expect(303);
    confirm(&mut browser, &import).await.expect(303);
    house.work().await;

    let path = path_of(&browser.get("/mentors").await.text(), "Nia Ruiz");
    let mentee = house.person(ana.organisation, "Unai Gil", &[Part::Mentee]).await;
    let sponsor = house.person(ana.organisation, "Iker Rey", &[Part::Sponsor]).await;
    let nia = imported(ana.organisation, &path, "nia@example.org");
    for (person, sees) in [
        (&ana, [true, true, false]),
        (&nia, [true, false, false]),
        (&mentee, [true, false, false]),
        (&sponsor, [true, false, false]),
    ] {
        let seen = house.browser_of(person).await.get(&path).await.expect(200);
        let values = ["shirt-large", "badge-blue", "shift-late"].map(|value| seen.says(value));
        assert_eq!(values, sees, "{}", person.name);
    }
});

story!(a_row_that_is_wrong_keeps_everybody_out, async |house: &House| {
    let ana = house.organisation("Office of Bridges", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let csv = "Name,Email,Capacity,Religion\nNia Ruiz,nia@example.org,2,Quaker\n=Unai Gil,unai(at)example.org,1,\nEva Sanz,eva@example.org,many,\nIker Rey,NIA@example.org,1,\n";
    let import = upload(&mut browser, &[("mentors", "people.csv", csv.as_bytes())]).await;
    settle(&mut browser, &import, &[]).await.expect(303);
    let dry = browser.get(&import).await.expect(200);
    assert!(dry.says("Hay 3 errores que corregir"), "{}", dry.text());
    assert!(dry.says("unai(at)example.org") && dry.says("«many»") && !dry.says("name=\"digest\""));

    // Whoever confirms it all the same is told so on the page, and nobody is stored.
    let version = form::fields(&dry.text())["version"].clone();
    browser.post(&format!("{import}/confirm"), &[("version", &version), ("digest", "x")]).await.expect(303);
    house.work().await;
    assert!(browser.get(&import).await.expect(200).says("Hay 3 errores que corregir"));
    assert!(!browser.get("/people").await.says("Nia Ruiz"));

    for kind in ["csv", "xlsx"] {
        let sheet = browser.get(&format!("{import}/problems?sheet=0&form={kind}")).await.expect(200);
        let read = grids::read(&sheet.body, kind).unwrap();
        assert_eq!(read.headings, ["Name", "Email", "Capacity", "Problema"], "what is special is not handed out");
        assert!(read.rows[0].cells[3].is_empty() && read.rows[2].cells[3].contains("«many»"), "{:?}", read.rows);
        let mended = grids::to_csv(&grids::Table {
            title: "people".to_owned(),
            headings: read.headings.clone(),
            rows: read
                .rows
                .iter()
                .map(|row| {
                    let cell = |cell: &String| match cell.as_str() {
                        "unai(at)example.org" => "unai@example.org".to_owned(),
                        "many" => "3".to_owned(),
                        "NIA@example.org" => format!("iker.{kind}@example.org"),
                        _ => cell.clone(),
                    };
                    row.cells.iter().map(|text| grids::Cell::Text(cell(text))).collect()
                })
                .collect(),
        });
        let again = upload(&mut browser, &[("mentors", "problems.csv", &mended)]).await;
        settle(&mut browser, &again, &[]).await.expect(303);
        confirm(&mut browser, &again).await.expect(303);
        house.work().await;
        assert!(browser.get(&again).await.expect(200).says("Las personas están guardadas"));
    }
    browser.get(&format!("{import}/problems?sheet=7&form=csv")).await.expect(404);
    let people = browser.get("/people").await.text();
    assert!(
        people.contains("=Unai Gil") && people.contains("iker.csv@example.org"),
        "a formula is a text like any other"
    );
});

story!(what_is_no_sheet_is_refused_with_words, async |house: &House| {
    let ana = house.organisation("Office of Bridges", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "people", "Name,Email\nNia Ruiz,nia@example.org\n").await;
    let large = vec![b'a'; 21 * 1024 * 1024];
    let picture: Vec<u8> = [0x89, b'P', b'N', b'G', 0, 0, 0, 1].repeat(40);
    for (content, words) in [
        (picture.as_slice(), "no es una hoja de cálculo"),
        (large.as_slice(), "pasa de 20 MB"),
        (b"".as_slice(), "El archivo está vacío."),
        (b"PK\x03\x04 and no more".as_slice(), "dañado"),
        (b"Name,Name\na,b\n".as_slice(), "Hay dos columnas con el encabezado"),
    ] {
        let sent = browser.upload("/imports", &[], &[("mentors", "people.xlsx", content)]).await.expect(422);
        assert!(sent.says(words), "{words}: {}", sent.text());
        assert!(sent.says("Altas: 1."), "what was imported before is still listed");
    }
    let nothing = browser.upload("/imports", &[], &[("mentors", "", b"")]).await.expect(422);
    assert!(nothing.says("Elige al menos un archivo"));
    assert_eq!(browser.get("/imports").await.text().matches("href=\"/imports/").count(), 1, "nothing was begun");
    // One good sheet and one bad: the bad one is named, and nothing is begun.
    let files: &[(&str, &str, &[u8])] = &[("mentors", "mentors.csv", MENTORS), ("mentees", "x.csv", &picture)];
    let sent = browser.upload("/imports", &[], files).await.expect(422);
    assert!(sent.says("href=\"#mentees\"") && !sent.says("href=\"#mentors\""));
});

story!(two_coordinators_confirm_at_once, async |house: &House| {
    let ana = house.organisation("Office of Bridges", "Ana Pérez").await;
    let ben = house.person(ana.organisation, "Ben Soto", &[Part::Coordinator]).await;
    for round in 0..5 {
        let (mut one, mut other) = (house.browser_of(&ana).await, house.browser_of(&ben).await);
        let csv =
            format!("Name,Email\nNia Ruiz {round},nia{round}@example.org\nUnai Gil {round},unai{round}@example.org\n");
        let import = upload(&mut one, &[("mentors", "people.csv", csv.as_bytes())]).await;
        settle(&mut one, &import, &[]).await.expect(303);
        let looked_at = form::fields(&one.get(&import).await.expect(200).text());
        let fields = [("version", looked_at["version"].as_str()), ("digest", looked_at["digest"].as_str())];
        let door = format!("{import}/confirm");
        let (first, second) = tokio::join!(one.post(&door, &fields), other.post(&door, &fields));
        let mut answers = [first.status.as_u16(), second.status.as_u16()];
        answers.sort_unstable();
        assert_eq!(answers, [303, 409]);
        // Two servers take the job up at once, too.
        let (here, there) = (house.app.clone(), house.app.clone());
        let (here, there) = tokio::join!(telemaco::jobs::run_due(&here), telemaco::jobs::run_due(&there));
        assert_eq!(here.unwrap() + there.unwrap(), 1);
        let people = one.get(&format!("/people?q=nia{round}")).await.expect(200).text();
        assert_eq!(people.matches(&format!("nia{round}@example.org")).count(), 1);
        // Late is late: a third click is told the same.
        other.post(&format!("{import}/confirm"), &[("version", "2"), ("digest", "x")]).await.expect(409);
    }
});

story!(records_that_changed_meanwhile_are_not_written_over, async |house: &House| {
    let ana = house.organisation("Office of Bridges", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "mentors", "Name,Email,Title\nNia Ruiz,nia@example.org,Analyst\n").await;
    let csv = "Name,Email,Title\nNia Ruiz,nia@example.org,Head\nUnai Gil,unai@example.org,Clerk\n";
    let import = upload(&mut browser, &[("mentors", "people.csv", csv.as_bytes())]).await;
    settle(&mut browser, &import, &[]).await.expect(303);
    let dry = form::fields(&browser.get(&import).await.expect(200).text());

    let path = path_of(&browser.get("/people").await.text(), "Nia Ruiz");
    let mut edited = form::fields(&browser.get(&format!("{path}/edit")).await.expect(200).text());
    edited.insert("title".to_owned(), "Director".to_owned());
    edited.insert("roles".to_owned(), "mentor".to_owned());
    let edited: Vec<(&str, &str)> = edited.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&format!("{path}/edit"), &edited).await.expect(303);

    let fields = [("version", dry["version"].as_str()), ("digest", dry["digest"].as_str())];
    browser.post(&format!("{import}/confirm"), &fields).await.expect(303);
    house.work().await;
    let again = browser.get(&import).await.expect(200);
    assert!(again.says("Los datos cambiaron después del ensayo") && again.says("Director → Head"), "{}", again.text());
    assert!(!browser.get("/people").await.says("Unai Gil"), "all or nothing");
    confirm(&mut browser, &import).await.expect(303);
    house.work().await;
    assert!(browser.get(&import).await.expect(200).says("Altas: 1. Cambios: 1."));
    assert!(browser.get(&path).await.says("Head"));
});

story!(an_import_that_is_dropped_leaves_no_sheet, async |house: &House| {
    let ana = house.organisation("Office of Bridges", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let import = upload_both(&mut browser).await;
    settle(&mut browser, &import, &[]).await.expect(303);
    let version = form::fields(&browser.get(&import).await.text())["version"].clone();
    browser.post(&format!("{import}/drop"), &[("version", "1")]).await.expect(409);
    assert!(browser.get(&import).await.says("Guardar 7 personas"), "a stale click drops nothing");
    browser.post(&format!("{import}/drop"), &[("version", &version)]).await.expect(303);
    assert!(browser.get(&import).await.expect(200).says("Esta importación se descartó"));
    browser.get(&format!("{import}/problems?sheet=0&form=csv")).await.expect(404);
    browser.post(&format!("{import}/confirm"), &[("version", "3"), ("digest", "x")]).await.expect(409);
    browser.post(&format!("{import}/mapping"), &[("version", "3")]).await.expect(409);
    house.work().await;
    assert!(!browser.get("/people").await.says("Tess Holloway"));
});

story!(a_stranger_learns_nothing, async |house: &House| {
    let ana = house.organisation("Office of Bridges", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let import = upload_both(&mut browser).await;
    settle(&mut browser, &import, &[]).await.expect(303);
    let fields = form::fields(&browser.get(&import).await.text());
    let confirmed = [("version", fields["version"].as_str()), ("digest", fields["digest"].as_str())];
    let absent = "/imports/01920000-0000-7000-8000-000000000000";

    let other = house.organisation("Department of Lighthouses", "Zoe Ferrer").await;
    let mut theirs = house.browser_of(&other).await;
    let mentee = house.person(ana.organisation, "Unai Gil", &[Part::Mentee, Part::Sponsor, Part::Operator]).await;
    let mut without = house.browser_of(&mentee).await;
    for door in ["", "/mapping", "/problems?sheet=0&form=csv"] {
        let seen = theirs.get(&format!("{import}{door}")).await.expect(404);
        let nowhere = theirs.get(&format!("{absent}{door}")).await.expect(404);
        assert_eq!(seen.text().replace(&import, absent), nowhere.text(), "what is another's looks like what is not");
        without.get(&format!("{import}{door}")).await.expect(404);
        house.stranger().get(&format!("{import}{door}")).await.expect(303);
    }
    for door in ["mapping", "confirm", "drop"] {
        theirs.post(&format!("{import}/{door}"), &confirmed).await.expect(404);
        without.post(&format!("{import}/{door}"), &confirmed).await.expect(404);
        assert_eq!(house.stranger().post(&format!("{import}/{door}"), &confirmed).await.location(), "/sign-in");
    }
    without.upload("/imports", &[], &[("mentors", "mentors.csv", MENTORS)]).await.expect(404);
    without.get("/imports").await.expect(404);
    assert!(!theirs.get("/imports").await.expect(200).says("href=\"/imports/"));
    // Ana's import waits as it did.
    confirm(&mut browser, &import).await.expect(303);
});

story!(a_page_costs_as_much_for_many_as_for_one, async |house: &House| {
    let ana = house.organisation("Office of Bridges", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let few = "Name,Email,Skills,Grade\nNia 0,nia0@example.org,Oratory:4,B\n".to_owned();
    let many = (1..=300)
        .fold(few.clone(), |csv, row| format!("{csv}Nia {row},nia{row}@example.org,Oratory:4;Skill {row} of many,B\n"));
    let mut counts = Vec::new();
    for csv in [few, many] {
        let import = upload(&mut browser, &[("people", "people.csv", csv.as_bytes())]).await;
        let mut count = vec![browser.get(&format!("{import}/mapping")).await.expect(200).statements()];
        settle(&mut browser, &import, &[]).await.expect(303);
        count.push(browser.get(&import).await.expect(200).statements());
        confirm(&mut browser, &import).await.expect(303);
        house.work().await;
        count.push(browser.get(&import).await.expect(200).statements());
        let person = path_of(&browser.get("/people").await.text(), "Nia 0");
        let person_edit = format!("{person}/edit");
        for page in ["/people", "/mentors", "/nominations", "/imports", "/", &person, &person_edit] {
            count.push(browser.get(page).await.expect(200).statements());
        }
        counts.push(count);
    }
    assert_eq!(counts[0], counts[1]);
    assert!(counts[0].iter().all(|count| *count < 12), "{counts:?}");
});

story!(what_was_special_once_stays_so_whatever_a_later_sheet_brings, async |house: &House| {
    let ana = house.organisation("Office of Bridges", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let first = "Name,Email,Characteristic\nNia Ruiz,nia@example.org,Bisexual\nUnai Gil,unai@example.org,Gay\n";
    let import = upload(&mut browser, &[("mentors", "people.csv", first.as_bytes())]).await;
    let admitted = [("key", "trait"), ("purpose", "Emparejar"), ("basis", "Consentimiento explícito")];
    settle(&mut browser, &import, &[("Characteristic", "attribute", &admitted)]).await.expect(303);
    confirm(&mut browser, &import).await.expect(303);
    house.work().await;

    let to_all = [("key", "trait"), ("purpose", "Emparejar"), ("seen", "all")];
    // The same heading with harmless values; another heading for the same attribute; another role's sheet.
    for (round, (field, heading)) in
        [("mentors", "Characteristic"), ("mentors", "Remark"), ("mentees", "Characteristic")].into_iter().enumerate()
    {
        let csv = format!("Name,Email,{heading}\nZoe Sanz {round},zoe{round}@example.org,likes tea\n");
        let import = upload(&mut browser, &[(field, "people.csv", csv.as_bytes())]).await;
        let without = [&to_all[..], &[("basis", "")]].concat();
        let refused = settle(&mut browser, &import, &[(heading, "attribute", &without)]).await.expect(422);
        assert!(refused.says("base jurídica") && !refused.says("likes tea"), "{field} {heading}: {}", refused.text());
        let with = [&to_all[..], &[("basis", "Consentimiento explícito")]].concat();
        settle(&mut browser, &import, &[(heading, "attribute", &with)]).await.expect(303);
        confirm(&mut browser, &import).await.expect(303);
        house.work().await;
        let stored = people::attributes(&house.app.db, ana.organisation).await.unwrap();
        let stored = stored.iter().find(|stored| stored.attribute.key == "trait").unwrap();
        assert!(stored.attribute.is_hidden() && stored.attribute.special.is_some(), "{field} {heading}: {stored:?}");
        assert_eq!(stored.attribute.legal_basis.as_deref(), Some("Consentimiento explícito"));
    }
    // Remembered as special, it may be nothing else either.
    let csv = "Name,Email,Characteristic\nIria Mos,iria@example.org,likes tea\n";
    let import = upload(&mut browser, &[("mentors", "people.csv", csv.as_bytes())]).await;
    assert!(!browser.get(&format!("{import}/mapping")).await.expect(200).says("likes tea"), "its values are not shown");
    settle(&mut browser, &import, &[("Characteristic", "title", &[])]).await.expect(422);

    let everybody = browser.get("/people").await.expect(200).text();
    for name in ["Nia Ruiz", "Unai Gil", "Zoe Sanz 0"] {
        let path = path_of(&everybody, name);
        for page in [path.clone(), format!("{path}/edit")] {
            let seen = browser.get(&page).await.expect(200);
            for word in ["Bisexual", "Gay", "likes tea"] {
                assert!(!seen.says(word), "{name}, {page}: {word}");
            }
        }
    }
});

story!(a_confirmed_import_that_cannot_be_written_comes_back, async |house: &House| {
    let ana = house.organisation("Office of Bridges", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let csv = "Name,Email\nNia Ruiz,nia@example.org\n";
    let import = upload(&mut browser, &[("mentors", "people.csv", csv.as_bytes())]).await;
    settle(&mut browser, &import, &[]).await.expect(303);
    confirm(&mut browser, &import).await.expect(303);
    // As if this version could not read what that one wrote.
    house.raw("UPDATE jobs SET payload = replace(payload, '\"digest\":\"', '\"digest\":1,\"was\":\"')").await;
    for _ in 0..12 {
        house.work().await;
        house.pass(SignedDuration::from_hours(1));
    }
    house.work().await;
    let mut browser = house.browser_of(&ana).await;
    let back = browser.get(&import).await.expect(200);
    assert!(back.says("No se pudo guardar") && back.says("Guardar 1 persona"), "{}", back.text());
    assert!(browser.get("/imports").await.expect(200).says("No se pudo guardar"));
    assert!(!browser.get("/people").await.says("Nia Ruiz"));
    assert!(browser.get("/audit").await.says("Una importación no se pudo guardar"));
    // What the operator lets begin anew does no harm, and the coordinator may confirm again.
    assert_eq!(telemaco::jobs::retry_stuck(&house.app).await.unwrap(), 1);
    confirm(&mut browser, &import).await.expect(303);
    house.work().await;
    assert!(browser.get(&import).await.expect(200).says("Altas: 1."));
});

story!(sheets_of_an_import_that_failed_go_after_a_month, async |house: &House| {
    let ana = house.organisation("Office of Bridges", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let csv = "Name,Email\nNia Ruiz,nia@example.org\n";
    let import = upload(&mut browser, &[("mentors", "people.csv", csv.as_bytes())]).await;
    settle(&mut browser, &import, &[]).await.expect(303);
    confirm(&mut browser, &import).await.expect(303);
    house
        .raw("UPDATE jobs SET payload = replace(payload, '\"digest\":\"', '\"digest\":1,\"was\":\"'), tries = 11")
        .await;
    house.work().await;
    house.pass(SignedDuration::from_hours(31 * 24));
    let mut browser = house.browser_of(&ana).await;
    upload(&mut browser, &[("mentors", "people.csv", csv.as_bytes())]).await;
    assert!(browser.get(&import).await.expect(200).says("Esta importación se descartó"));
});
