//! A mentor's month from the mails alone: each link that is opened and each button that is pressed is counted.

use jiff::Timestamp;

use crate::goals::{self, framed};
use crate::meetings::{let_it_pass, link, propose, suggested_buttons};
use crate::story;
use crate::support::{Client, House, Seen};

/// Somebody's phone, where nobody is signed in.
struct Phone {
    client: Client,
    taps: usize,
}

impl Phone {
    async fn open(&mut self, link: &str) -> Seen {
        self.taps += 1;
        self.client.get(link).await.expect(200)
    }

    async fn press(&mut self, link: &str, form: &[(&str, &str)]) -> Seen {
        self.taps += 1;
        self.client.post(link, form).await
    }
}

story!(a_mentor_s_month_takes_under_ten_taps, async |house: &House| {
    let pair = framed(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let goal = [
        ("statement", "Cerrar el acuerdo con Ríos"),
        ("kind", "professional"),
        ("term", "short"),
        ("visibility", "pair"),
    ];
    let goal = goals::add(&mut lucia, &pair, &goal).await;
    let mut phone = Phone { client: house.stranger(), taps: 0 };

    // A proposal of times.
    let id = propose(&mut lucia, &pair).await;
    house.work().await;
    let answer = link(house, &pair.andres).await;
    let times = suggested_buttons(&phone.open(&answer).await.text());
    phone.press(&answer, &[("time", &times[0])]).await.expect(200);

    // Did you meet? From there a line.
    let_it_pass(house, &pair).await;
    let met = link(house, &pair.andres).await;
    phone.open(&met).await;
    let line = phone.press(&met, &[("met", "yes")]).await.expect(303).location().to_owned();
    let said = [("reflection", "Escuchó antes de proponer."), ("visibility", "pair")];
    phone.press(&line, &said).await.expect(200);

    // How the goal goes: the pulse of the edition asks.
    let pulse: Timestamp = "2027-02-17T10:00:00Z".parse().unwrap();
    house.pass(pulse.duration_since(house.app.now()));
    house.work().await;
    let links = house.links_to(&pair.andres.address).await;
    let goes = links.iter().find(|link| link.starts_with("/g/")).unwrap();
    phone.open(goes).await;
    phone.press(goes, &[("line", "Falta la firma.")]).await.expect(303);

    assert!(phone.taps < 10, "{} taps", phone.taps);
    assert_eq!(phone.taps, 7);
    let mut lucia = house.browser_of(&pair.lucia).await;
    assert!(lucia.get(&format!("/meetings/{id}")).await.expect(200).says("Escuchó antes de proponer."));
    assert!(lucia.get(&goal).await.expect(200).says("Falta la firma."));
});
