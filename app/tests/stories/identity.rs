//! Accounts, sign-in and parts, as people meet them.

use crate::story;
use crate::support::House;

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
});
