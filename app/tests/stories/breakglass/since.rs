//! When something was written, which its seal says and nothing that happens to its row: what was written under another promise stays shut
//! whatever becomes of it, and what is written anew is opened.

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use telemaco::i18n::Lang;

use super::{Stage, both, long_held, opened, sign};
use crate::goals::framed;
use crate::meetings::{accept, propose};
use crate::reviews::{give, review};
use crate::story;
use crate::support::form::fields;
use crate::support::{Client, House};
use crate::{activities, agreement, goals, loops};

/// What a page's own form brings, with other texts in some of its fields.
async fn resend(browser: &mut Client, page: &str, change: &[(&str, &str)]) {
    let mut sent = fields(&browser.get(page).await.expect(200).text());
    sent.extend(change.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(page, &sent).await.expect(303);
}

async fn version(browser: &mut Client, page: &str) -> String {
    fields(&browser.get(page).await.expect(200).text())["version"].clone()
}

/// Everything of a pair that can change without another word, by its pages.
struct Written {
    goal: String,
    trip: String,
    visit: String,
    decision: String,
    other: String,
    meeting: String,
    text: String,
}

const BEFORE: [&str; 12] = [
    "Antes: negociar sola",
    "Antes: con tres reuniones",
    "Antes: ensayar",
    "Antes: ya voy por la segunda",
    "Antes: dirigir la zona",
    "Antes: visita al puerto",
    "Antes: quién cede",
    "Antes: que ceda él",
    "Antes: ¿acepto el norte?",
    "Antes: sale a tiempo",
    "Antes: no me grites",
    "Antes: en el Gijón",
];

async fn write(house: &House, stage: &Stage) -> Written {
    let (mut lucia, mut andres) = both(house, stage).await;
    let (pair, home) = (&stage.pair, &stage.home);
    let goal = [
        ("statement", BEFORE[0]),
        ("measure", BEFORE[1]),
        ("steps", BEFORE[2]),
        ("kind", "professional"),
        ("term", "short"),
        ("visibility", "pair"),
    ];
    let goal = goals::add(&mut lucia, pair, &goal).await;
    lucia.post(&format!("{goal}/check-in"), &[("line", BEFORE[3]), ("on", "2027-01-11")]).await.expect(303);
    let objective = [("version", "0"), ("objective", BEFORE[4])];
    lucia.post(&format!("{home}/goals/objective"), &objective).await.expect(303);
    let trip = activities::planned(&mut andres, pair, BEFORE[5], BEFORE[6]).await;
    let more = [("what-1", "Antes: la otra visita"), ("on-1", "2027-01-11"), ("kind-1", "field-trip"), ("rows", "2")];
    resend(&mut andres, &format!("{home}/plan/edit"), &more).await;
    let list = andres.get(&format!("{home}/plan")).await.expect(200).text();
    let (start, _) = list.split_once("\">Antes: la otra visita</a>").unwrap();
    let visit = start.rsplit("href=\"").next().unwrap().to_owned();
    let expects = [("version", "0"), ("expected", BEFORE[7]), ("seen", ""), ("practise", ""), ("visibility", "pair")];
    lucia.post(&format!("{trip}/debrief"), &expects).await.expect(303);
    let mut decisions = Vec::new();
    for visibility in ["pair", "only-me"] {
        let form = [
            ("question", BEFORE[8]),
            ("what-0", BEFORE[9]),
            ("percent-0", "70"),
            ("known-on", "2027-02-01"),
            ("visibility", visibility),
        ];
        let made = lucia.post(&format!("{home}/journal/new"), &form).await.expect(303);
        decisions.push(made.location().to_owned());
    }
    let meeting = format!("/meetings/{}", propose(&mut lucia, pair).await);
    accept(&mut andres, meeting.rsplit('/').next().unwrap()).await;
    let seen = version(&mut lucia, &meeting).await;
    let place = [("version", seen.as_str()), ("minutes", "60"), ("way", "mentor"), ("place", BEFORE[11])];
    lucia.post(&format!("{meeting}/place"), &place).await.expect(303);
    let note = [("kind", "note"), ("note", BEFORE[10]), ("visibility", "pair")];
    lucia.post(&format!("{meeting}/texts"), &note).await.expect(303);
    let page = lucia.get(&meeting).await.expect(200).text();
    let text = page.split(&format!("{meeting}/texts/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let [decision, other]: [String; 2] = decisions.try_into().unwrap();
    Written { goal, trip, visit, decision, other, text: format!("{meeting}/texts/{text}"), meeting }
}

async fn shown(house: &House, stage: &Stage, opening: &str) -> crate::support::Seen {
    house.browser_of(&stage.luis).await.get(&format!("{opening}/words")).await.expect(200)
}

story!(what_becomes_of_a_text_does_not_make_it_newer, async |house: &House| {
    let stage = Stage::of(house).await;
    let written = write(house, &stage).await;
    house.pass(SignedDuration::from_hours(1));
    sign(house, &stage, "yes").await;
    house.pass(SignedDuration::from_mins(5));
    let (mut lucia, mut andres) = both(house, &stage).await;
    // A tick, another date, done, let go, planned again, resolved, settled, taken up again; nothing is said anew.
    let goal = &written.goal;
    let step = fields(&lucia.get(goal).await.expect(200).text())["step"].clone();
    lucia.post(&format!("{goal}/step"), &[("step", &step), ("do", "done")]).await.expect(303);
    resend(&mut andres, &format!("{goal}/edit"), &[("due", "2027-06-01")]).await;
    let seen = version(&mut lucia, goal).await;
    let why = [("version", seen.as_str()), ("outcome", "let-go"), ("reason", "Desde: ya no hace falta")];
    andres.post(&format!("{goal}/settle"), &why).await.expect(303);
    resend(&mut lucia, &format!("{}/plan/edit", stage.home), &[("on-0", "2027-01-12"), ("on-1", "2027-01-12")]).await;
    let expects = [("version", "1"), ("expected", BEFORE[7]), ("seen", ""), ("practise", ""), ("visibility", "pair")];
    lucia.post(&format!("{}/debrief", written.trip), &expects).await.expect(303);
    let was = [("day", "2027-01-11"), ("time", "08:00"), ("minutes", "60")];
    andres.post(&format!("{}/done", written.trip), &was).await.expect(303);
    andres.post(&format!("{}/let-go", written.visit), &[("reason", "Antes de nada")]).await.expect(303);
    andres.post(&format!("{}/reopen", written.visit), &[]).await.expect(303);
    andres.post(&format!("{}/let-go", written.visit), &[("reason", "Desde: está en obras")]).await.expect(303);
    let same = [("version", "1"), ("known-on", "2027-03-01")];
    resend(&mut lucia, &format!("{}/edit", written.decision), &same).await;
    let seen = version(&mut lucia, &written.decision).await;
    let came = [("version", seen.as_str()), ("came", "0"), ("lesson", "Desde: fue el equipo")];
    lucia.post(&format!("{}/resolve", written.decision), &came).await.expect(303);
    let seen = version(&mut andres, &written.meeting).await;
    let longer = [("version", seen.as_str()), ("minutes", "90"), ("way", "mentor"), ("place", BEFORE[11])];
    andres.post(&format!("{}/place", written.meeting), &longer).await.expect(303);
    let same = [("version", "1"), ("visibility", "pair"), ("words", BEFORE[10])];
    lucia.post(&written.text, &same).await.expect(303);
    let objective = [("version", "1"), ("objective", BEFORE[4])];
    lucia.post(&format!("{}/goals/objective", stage.home), &objective).await.expect(303);
    long_held(house).await;
    let opening = opened(house, &stage, &[]).await;
    let page = shown(house, &stage, &opening).await;
    assert!(!page.says("Antes:"), "{}", page.text());
    for since in ["Desde: ya no hace falta", "Desde: está en obras", "Desde: fue el equipo"] {
        assert!(page.says(since), "{since}: {}", page.text());
    }
    // What came is said without the words of before.
    assert!(page.says("Una de las cosas que esperaba"), "{}", page.text());
    // Words that are other ones are written anew, and so is what is opened to the pair, and what came of it.
    let seen = version(&mut lucia, &written.other).await;
    lucia.post(&format!("{}/share", written.other), &[("version", &seen)]).await.expect(303);
    let seen = version(&mut lucia, &written.decision).await;
    let again = [("version", seen.as_str()), ("came", "none"), ("lesson", "Desde: lo veo de otro modo")];
    lucia.post(&format!("{}/resolve", written.decision), &again).await.expect(303);
    let seen = version(&mut andres, &written.meeting).await;
    let moved = [("version", seen.as_str()), ("minutes", "90"), ("way", "mentor"), ("place", "Desde: en la oficina")];
    andres.post(&format!("{}/place", written.meeting), &moved).await.expect(303);
    let note = [("version", "2"), ("visibility", "pair"), ("words", "Desde: no me vuelvas a gritar")];
    lucia.post(&written.text, &note).await.expect(303);
    let page = shown(house, &stage, &opening).await;
    let anew =
        [BEFORE[8], BEFORE[9], "Desde: lo veo de otro modo", "Desde: en la oficina", "Desde: no me vuelvas a gritar"];
    for since in anew {
        assert!(page.says(since), "{since}: {}", page.text());
    }
    for before in BEFORE.iter().filter(|before| !anew.contains(before)) {
        assert!(!page.says(before), "{before}: {}", page.text());
    }
    assert!(!page.says("Desde: fue el equipo"), "{}", page.text());
});

story!(what_they_agree_to_practise_after_a_sitting_stays_shut, async |house: &House| {
    let stage = Stage::around(house, framed(house).await).await;
    let seat = loops::seat(house, &stage.pair, loops::PLAN).await;
    let mut lucia = loops::to_the_debrief(house, &stage.pair, &seat).await;
    let mut andres = house.browser_of(&stage.pair.andres).await;
    // He proposes it under the undertaking to those whom she observed, when nobody else may read what they write.
    let proposed = [
        ("line", "Antes: ¿y si callan?"),
        ("kind", "speaking-practice"),
        ("what", "Antes: callar"),
        ("on", "2027-02-01"),
    ];
    loops::send_form(&mut andres, &seat, loops::TALK, &proposed, 303).await;
    house.pass(SignedDuration::from_hours(1));
    sign(house, &stage, "yes").await;
    house.pass(SignedDuration::from_mins(5));
    // She agrees since: a button, and not a word. It stands in the plan, under her name, sealed now.
    lucia.post(&format!("{}/agree", seat.path), &[("version", "1")]).await.expect(303);
    let plan = format!("{}/plan", stage.home);
    assert!(andres.get(&plan).await.expect(200).says("Antes: callar"));
    // Beside it something that he plans in the plan itself; and he writes more into what they agreed.
    let edit = andres.get(&format!("{plan}/edit")).await.expect(200).text();
    let form = fields(&edit);
    let rows: usize = form["rows"].parse().unwrap();
    let is_practice = |row: &usize| form.get(&format!("what-{row}")).is_some_and(|what| what == "Antes: callar");
    let row = (0..rows).find(is_practice).unwrap_or_else(|| panic!("{edit}"));
    let free = (0..rows).find(|row| form.get(&format!("what-{row}")).is_some_and(String::is_empty)).unwrap();
    let [watch, what, on, kind] =
        [format!("watch-{row}"), format!("what-{free}"), format!("on-{free}"), format!("kind-{free}")];
    let more = [
        (watch.as_str(), "Y contar hasta diez"),
        (what.as_str(), "Desde: la otra visita"),
        (on.as_str(), "2027-02-02"),
        (kind.as_str(), "field-trip"),
    ];
    resend(&mut andres, &format!("{plan}/edit"), &more).await;
    long_held(house).await;
    let opening = opened(house, &stage, &[]).await;
    let page = shown(house, &stage, &opening).await;
    assert!(page.says("Desde: la otra visita"), "{}", page.text());
    for shut in
        ["Antes:", "contar hasta diez", "tiró de todo lo demás", "Callar después de proponer", "Ceden en el plazo"]
    {
        assert!(!page.says(shut), "{shut}: {}", page.text());
    }
});

story!(a_review_that_is_given_again_without_another_word_is_no_newer, async |house: &House| {
    let stage = Stage::of(house).await;
    let (mut lucia, mut andres) = both(house, &stage).await;
    let page = review(&stage.pair, "midpoint");
    let hers = [("works", "Antes: que me escuche"), ("hard", "Antes: los plazos")];
    let his = [("works", "Dado desde: ir despacio")];
    give(&mut lucia, &page, &hers).await;
    let draft = [("version", "0"), ("do", "save"), ("works", his[0].1)];
    andres.post(&page, &draft).await.expect(303);
    house.pass(SignedDuration::from_hours(1));
    sign(house, &stage, "yes").await;
    house.pass(SignedDuration::from_mins(5));
    // She presses again. He gives for the first time what he had for himself: it is for both from now on.
    give(&mut lucia, &page, &hers).await;
    give(&mut andres, &page, &his).await;
    long_held(house).await;
    let opening = opened(house, &stage, &[]).await;
    let seen = shown(house, &stage, &opening).await;
    assert!(!seen.says("Antes:") && seen.says("Dado desde: ir despacio"), "{}", seen.text());
});

story!(a_review_with_another_word_is_newer_and_so_is_the_line_of_both, async |house: &House| {
    let stage = Stage::of(house).await;
    let (mut lucia, mut andres) = both(house, &stage).await;
    let page = review(&stage.pair, "midpoint");
    give(&mut lucia, &page, &[("works", "Antes: que me escuche")]).await;
    house.pass(SignedDuration::from_hours(1));
    sign(house, &stage, "no").await;
    house.pass(SignedDuration::from_mins(5));
    give(&mut lucia, &page, &[("works", "Desde no: que me escuche bien")]).await;
    give(&mut andres, &page, &[("works", "Antes: ir despacio")]).await;
    let line = format!("{page}/line");
    lucia.post(&line, &[("version", "0"), ("line", "Antes: seguimos los martes")]).await.expect(303);
    house.pass(SignedDuration::from_mins(5));
    sign(house, &stage, "yes").await;
    house.pass(SignedDuration::from_mins(5));
    // The other saves the line of both as it stands: whose it is and when it was written stays.
    andres.post(&line, &[("version", "1"), ("line", "Antes: seguimos los martes")]).await.expect(303);
    long_held(house).await;
    let opening = opened(house, &stage, &[]).await;
    let seen = shown(house, &stage, &opening).await;
    assert!(!seen.says("Antes:") && !seen.says("Desde no:"), "{}", seen.text());
    andres.post(&line, &[("version", "2"), ("line", "Desde: seguimos los jueves")]).await.expect(303);
    let seen = shown(house, &stage, &opening).await;
    assert!(!seen.says("Antes:") && seen.says("Desde: seguimos los jueves"), "{}", seen.text());
});

story!(a_draft_that_is_saved_again_stays_its_authors, async |house: &House| {
    let stage = Stage::agreed(house).await;
    house.pass(SignedDuration::from_hours(1));
    let (mut lucia, mut andres) = both(house, &stage).await;
    agreement::write(&mut lucia, &stage.pair, &[("cadence", "Los jueves, en su despacho")], "save").await;
    let written = Lang::Es.instant(house.app.now(), &TimeZone::get("Europe/Madrid").unwrap());
    let by = format!("<small>Lucía Ibáñez · {written}</small>");
    house.pass(SignedDuration::from_hours(26));
    // Either saves it again without another word.
    for browser in [&mut andres, &mut lucia] {
        agreement::write(browser, &stage.pair, &[], "save").await;
    }
    let page = andres.get(&agreement::path(&stage.pair)).await.expect(200);
    assert!(page.says("Lo cambió Lucía Ibáñez"), "{}", page.text());
    long_held(house).await;
    let opening = opened(house, &stage, &[]).await;
    let seen = shown(house, &stage, &opening).await;
    assert!(seen.says("Los jueves, en su despacho") && seen.says(&by), "{by}: {}", seen.text());
    // Another word, and it is his, of now.
    agreement::write(&mut andres, &stage.pair, &[("cadence", "Los jueves, en el mío")], "save").await;
    let written = Lang::Es.instant(house.app.now(), &TimeZone::get("Europe/Madrid").unwrap());
    let seen = shown(house, &stage, &opening).await;
    assert!(seen.says(&format!("<small>Andrés Güell · {written}</small>")) && !seen.says(&by), "{}", seen.text());
});

story!(words_of_the_form_that_did_not_say_when_are_from_before, async |house: &House| {
    let stage = Stage::agreed(house).await;
    let (mut lucia, _) = both(house, &stage).await;
    let goal = [("statement", "Sin fecha"), ("kind", "professional"), ("term", "short"), ("visibility", "pair")];
    let goal = goals::add(&mut lucia, &stage.pair, &goal).await;
    let opening = opened(house, &stage, &[]).await;
    assert!(shown(house, &stage, &opening).await.says("Sin fecha"));
    undated(house).await;
    let page = shown(house, &stage, &opening).await;
    assert!(!page.says("Sin fecha") && !page.says("Este texto no se abre"), "{}", page.text());
    lucia.get(&goal).await.expect(200);
});

/// Makes the seals of goals look as if they were of the first form.
async fn undated(house: &House) {
    let one = match house.app.db.engine() {
        telemaco::db::Engine::Sqlite => "UPDATE goals SET words = x'01' || substr(words, 2, 40) || substr(words, 50)",
        telemaco::db::Engine::Postgres => {
            "UPDATE goals SET words = '\\x01'::bytea || substr(words, 2, 40) || substr(words, 50)"
        }
    };
    house.raw(one).await;
}
