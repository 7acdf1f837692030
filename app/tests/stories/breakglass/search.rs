//! A search for a pair in the trail: whoever must not learn of the request that follows does not learn of the search either.

use axum::http::Method;
use jiff::SignedDuration;
use telemaco::db::Error;
use telemaco::identity::{self, Part, TokenScopes};
use telemaco::transaction;

use super::{Stage, form, long_held, reports_to};
use crate::story;
use crate::support::{House, Person};

const SEARCHED: &str = "Buscó la mentoría de dos personas";

/// How many searches somebody reads of in the trail: on its page, in the file, and by a program.
async fn read_of(house: &House, person: &Person) -> [usize; 3] {
    let mut browser = house.browser_of(person).await;
    let page = browser.get("/audit").await.expect(200).text().matches(SEARCHED).count();
    let file = browser.get("/audit/export?form=csv").await.expect(200).text().matches(SEARCHED).count();
    let token = identity::new_token_of(&house.app, person.id, "Trail", &TokenScopes::every()).await;
    let mut program = house.stranger();
    program.bearer = Some(token.map_err(anyhow::Error::from).unwrap());
    let told = program.request_with(Method::GET, "/api/audit", &[], "").await.expect(200);
    [page, file, told.text().matches("breakglass.find").count()]
}

story!(a_search_is_kept_from_whom_the_request_is_kept_from_and_for_as_long, async |house: &House| {
    let stage = Stage::agreed(house).await;
    let organisation = stage.pair.ana.organisation;
    let secretary = house.person(organisation, "Secretaria Justa", &[Part::Secretary]).await;
    // Lucía coordinates as well, and so does her line manager: they read the trail.
    let boss = house.person(organisation, "Jefa Directa", &[Part::Coordinator]).await;
    let apart = house.person(organisation, "Otra Coordinadora", &[Part::Coordinator]).await;
    let granted: Result<u64, Error> = transaction!(house.app.db, tx => {
        identity::grant(&house.app, tx, organisation, &[(stage.pair.lucia.id, Part::Coordinator)]).await
    });
    granted.unwrap();
    reports_to(house, &stage.pair.lucia, &boss).await;
    long_held(house).await;
    let two = [("one", stage.pair.lucia.address.as_str()), ("other", stage.pair.andres.address.as_str())];
    let mut browser = house.browser_of(&secretary).await;
    browser.post("/break-glass", &two).await.expect(303);
    for person in [&stage.pair.lucia, &boss] {
        assert_eq!(read_of(house, person).await, [0; 3], "{}", person.name);
    }
    assert_eq!(read_of(house, &apart).await, [1; 3], "whoever stands apart sees who searches");
    // A search that found nothing tells of nobody.
    let nobody = [("one", stage.pair.lucia.address.as_str()), ("other", apart.address.as_str())];
    browser.post("/break-glass", &nobody).await.expect(422);
    for (person, count) in [(&stage.pair.lucia, 1), (&boss, 1), (&apart, 2)] {
        assert_eq!(read_of(house, person).await, [count; 3], "{}", person.name);
    }
    // The pair is told of what was opened: that somebody had searched is no secret any more.
    let second = stage.luis.id.to_string();
    let opening = browser.post(&stage.ask(), &form(&second, &[])).await.expect(303).location().to_owned();
    assert_eq!(read_of(house, &stage.pair.lucia).await, [1; 3]);
    house.browser_of(&stage.luis).await.post(&format!("{opening}/confirm"), &[]).await.expect(303);
    assert_eq!(read_of(house, &stage.pair.lucia).await, [2; 3]);
    // What nothing came of is kept for as long as it might have been from the pair.
    house.pass(SignedDuration::from_mins(1));
    house.browser_of(&secretary).await.post("/break-glass", &two).await.expect(303);
    for (days, count) in [(0, 2), (30, 2), (2, 3)] {
        house.pass(SignedDuration::from_hours(24 * days));
        assert_eq!(read_of(house, &stage.pair.lucia).await, [count; 3], "{days}");
    }
});
