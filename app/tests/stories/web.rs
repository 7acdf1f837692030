//! What every page and every door has in common: headers, languages, refusals, doors for machines.

use axum::http::Method;
use telemaco::i18n::Lang;
use telemaco::identity::Part;

use crate::story;
use crate::support::{Client, House, Seen};

/// The pages that somebody with every part may open without knowing an identifier, and those for everybody.
fn pages() -> Vec<&'static str> {
    telemaco::features::ALL
        .iter()
        .flat_map(|feature| (feature.doors)())
        .filter(|door| door.method == Method::GET && !door.path.contains('{'))
        .map(|door| door.path)
        .collect()
}

/// Whether nothing on the page is run or styled from within it, as the policy demands.
fn has_no_inline(page: &str) -> bool {
    let lower = page.to_lowercase();
    let handlers = lower.split('<').any(|tag| {
        let tag = tag.split('>').next().unwrap_or_default();
        tag.split(' ').any(|attribute| attribute.starts_with("on") && attribute.contains('='))
            || tag.contains(" style=")
            || tag.contains("javascript:")
    });
    let scripts = lower.split("<script").skip(1).any(|tag| !tag.starts_with(" src=\"/assets/"));
    !handlers && !scripts && !lower.contains("<style") && !lower.contains("http-equiv")
}

fn assert_is_secure(seen: &Seen, path: &str) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ] {
        assert_eq!(seen.header(name), value, "{path}: {name}");
    }
    let policy = seen.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
    for directive in ["script-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(directive), "{path}: {directive}");
    }
}

story!(every_page_is_secure_and_speaks_both_languages, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let all = house.person(ana.organisation, "Luis Gil", &Part::ALL).await;
    for lang in Lang::ALL {
        let mut browser = house.browser_of(&all).await;
        let form = [("name", "Luis Gil"), ("lang", lang.code()), ("zone", "Europe/Madrid")];
        browser.post("/account", &form).await.expect(303);
        for path in pages() {
            let seen = browser.get(path).await;
            assert_is_secure(&seen, path);
            if !seen.header("content-type").starts_with("text/html") {
                continue;
            }
            let page = seen.text();
            assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{path}");
            assert!(has_no_inline(&page), "{path}: {page}");
            assert!(!page.contains("Unknown localization"), "{path}: {page}");
            assert_eq!(page.matches("<h1>").count(), 1, "{path}: one title");
            assert_eq!(seen.header("cache-control"), "no-store", "{path}: personal data stays out of caches");
            // What somebody's pairs are at is asked of each feature that has something to say of them.
            let most = match path {
                "/mentorships" => 10,
                // Of every part at once; of sittings as observer, host, secretary, faculty and coordinator.
                "/" | "/sittings" => 11,
                _ => 9,
            };
            assert!(seen.statements() <= most, "{path}: {} statements", seen.statements());
        }
    }
});

#[test]
fn what_runs_within_a_page_is_found() {
    for inline in
        ["<p onclick=\"x()\">", "<p style=\"color:red\">", "<script>x</script>", "<style>", "<a href=\"javascript:x\">"]
    {
        assert!(!has_no_inline(inline), "{inline}");
    }
    assert!(has_no_inline("<script src=\"/assets/1/enhance.js\" defer></script><p>on a = b</p>"));
}

story!(what_is_not_there_is_said_in_the_persons_language, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let form = [("name", "Ana Pérez"), ("lang", "en"), ("zone", "Europe/Madrid")];
    browser.post("/account", &form).await.expect(303);
    browser.get("/account").await.expect(200);
    // Her browser asks for Spanish; she asked for English.
    let lost = browser.get("/nowhere").await.expect(404);
    assert!(lost.says("<html lang=\"en\"") && lost.says("There is nothing here for you") && lost.says("Ana Pérez"));
    let wrong = browser.get("/sign-out").await.expect(405);
    assert!(wrong.says("<html lang=\"en\"") && has_no_inline(&wrong.text()));
    assert_eq!(wrong.header("allow"), "POST");
    assert_is_secure(&wrong, "/sign-out");
    let mut stranger = house.stranger();
    assert!(stranger.get("/nowhere").await.expect(404).says("Aquí no hay nada para ti"));
    stranger.language = "fr, en;q=0.5";
    assert!(stranger.get("/nowhere").await.expect(404).says("There is nothing here for you"));
    // Identifiers that are none, and queries that cannot be read.
    for path in ["/audit?before=x", "/link/%FF", "/language/fr"] {
        let seen = browser.get(path).await.expect(404);
        assert_eq!(seen.title(), lost.title(), "{path}");
    }
});

story!(programs_are_refused_in_their_own_form, async |house: &House| {
    let mut program = house.stranger();
    program.language = "en";
    for (method, path, status) in
        [(Method::GET, "/api/me", 401), (Method::GET, "/api/nowhere", 404), (Method::POST, "/api/me", 405)]
    {
        // RFC 9457.
        let seen = program.request_with(method, path, &[], "").await.expect(status);
        assert_eq!(seen.header("content-type"), "application/problem+json", "{path}");
        let problem = seen.json();
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], "about:blank");
        assert!(problem["title"].is_string() && problem["detail"].is_string());
        assert!(!seen.says("Unknown localization"));
    }
});

story!(a_form_on_another_site_does_nothing, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let body = "name=Mallory&lang=en&zone=Europe%2FMadrid";
    let form = ("content-type", "application/x-www-form-urlencoded");
    for from in [
        [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
        [("sec-fetch-site", "same-site"), ("origin", "https://shop.example.org")],
        [("x-nothing", ""), ("origin", "https://evil.example")],
        [("x-nothing", ""), ("origin", "null")],
    ] {
        let headers = [form, from[0], from[1]];
        let seen = browser.request_with(Method::POST, "/account", &headers, body).await.expect(403);
        assert!(seen.says("<html lang=\"es\"") && seen.says("Ana Pérez"), "in her language and frame");
        assert_is_secure(&seen, "/account");
    }
    assert!(browser.get("/account").await.expect(200).says("value=\"Ana Pérez\""));
    // From our own pages, as browsers say it with and without fetch metadata.
    for from in [("sec-fetch-site", "same-origin"), ("origin", "http://localhost:8080")] {
        browser.request_with(Method::POST, "/account", &[form, from], body).await.expect(303);
    }
    assert!(browser.get("/account").await.expect(200).says("value=\"Mallory\""));
});

story!(a_guest_chooses_a_language, async |house: &House| {
    let mut guest = house.stranger();
    assert!(guest.get("/sign-in").await.expect(200).says("<html lang=\"es\""));
    let seen = guest.get("/language/en?next=/sign-in").await.expect(303);
    assert_eq!(seen.location(), "/sign-in");
    assert!(guest.get("/sign-in").await.expect(200).says("<html lang=\"en\""));
    let mut french = house.stranger();
    french.language = "fr";
    assert!(french.get("/sign-in").await.says("<html lang=\"es\""), "Spanish where nothing else is known");
    french.language = "de;q=0.9, en-GB;q=0.8, es;q=0.7";
    assert!(french.get("/sign-in").await.says("<html lang=\"en\""));
});

story!(notices_are_shown_once_and_only_on_pages, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let form = [("name", "Ana Pérez"), ("lang", "es"), ("zone", "Europe/Madrid")];
    browser.post("/account", &form).await.expect(303);
    // A file in between does not use the line up, and a page that is not there may show it.
    browser.get("/audit/export?form=csv").await.expect(200);
    assert!(browser.get("/nowhere").await.expect(404).says("role=\"status\""));
    assert!(!browser.get("/account").await.expect(200).says("role=\"status\""));
    // A line that nobody of ours wrote is not shown.
    browser.keep_cookie("telemaco_notice", "bm9uc2Vuc2U");
    assert!(!browser.get("/account").await.expect(200).says("role=\"status\""));
});

story!(signs_that_no_engine_keeps_do_no_harm, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let form = [("name", "Ana\0 Pérez"), ("lang", "es"), ("zone", "Europe/Madrid")];
    browser.post("/account", &form).await.expect(303);
    assert!(browser.get("/account").await.expect(200).says("value=\"Ana\u{fffd} Pérez\""));
    browser.get("/audit?q=%00&verb=%00").await.expect(200);
    browser.post("/sign-in", &[("address", "a\0@b.example"), ("password", "\0")]).await.expect(422);
});

story!(a_form_that_is_too_large_is_refused, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let long = "x".repeat(300 * 1024);
    let form = [("name", long.as_str()), ("lang", "es"), ("zone", "Europe/Madrid")];
    assert!(browser.post("/account", &form).await.expect(413).says("<html lang=\"es\""));
});

story!(assets_are_kept_for_ever_and_others_are_not_there, async |house: &House| {
    let mut guest = house.stranger();
    let page = guest.get("/sign-in").await.expect(200).text();
    let style = page.split('"').find(|text| text.starts_with("/assets/") && text.ends_with("style.css")).unwrap();
    let seen = guest.get(style).await.expect(200);
    assert_eq!(seen.header("content-type"), "text/css");
    assert_eq!(seen.header("cache-control"), "public, max-age=31536000, immutable");
    for path in ["/assets/1/../Cargo.toml", "/assets/1/%2e%2e/Cargo.toml", "/assets/1/none.css", "/assets/1/"] {
        guest.get(path).await.expect(404);
    }
});

story!(machines_can_ask_how_it_is, async |house: &House| {
    let mut probe = house.stranger();
    assert_eq!(probe.get("/healthz").await.expect(200).text(), "ok\n");
    assert_eq!(probe.get("/readyz").await.expect(200).text(), "ready\n");
    let seen = probe.get("/metrics").await.expect(200);
    assert!(seen.says("telemaco_requests_total{route=\"/readyz\",status=\"200\"}"), "{}", seen.text());
    // Identifiers stand in no label.
    probe.get("/link/AAAA?x=ana.perez").await.expect(404);
    let metrics = probe.get("/metrics").await.expect(200).text();
    assert!(metrics.contains("route=\"/link/{token}\"") && !metrics.contains("AAAA") && !metrics.contains("ana.perez"));
});

story!(metrics_are_not_there_for_strangers, async |house: &House| {
    let mut far = house.stranger();
    far.peer = ([192, 0, 2, 1], 40_000).into();
    let lost = far.get("/nowhere").await.expect(404).title();
    assert_eq!(far.get("/metrics").await.expect(404).title(), lost);
    let mut proxied = house.stranger();
    let forwarded = [("x-forwarded-for", "127.0.0.1")];
    proxied.request_with(Method::GET, "/metrics", &forwarded, "").await.expect(404);
    // With a token, from anywhere, and only with it.
    let app = house.set_up(|config| config.metrics_token = "a token of sufficient length".to_owned());
    let mut scraper = Client::of(&app);
    scraper.get("/metrics").await.expect(404);
    scraper.bearer = Some("a token of insufficient length".to_owned());
    scraper.get("/metrics").await.expect(404);
    scraper.bearer = Some("a token of sufficient length".to_owned());
    scraper.peer = far.peer;
    scraper.get("/metrics").await.expect(200);
});

story!(a_server_without_its_database_says_so, async |house: &House| {
    let second = house.second_server().await;
    let mut probe = Client::of(&second);
    probe.get("/readyz").await.expect(200);
    second.db.close().await;
    probe.get("/healthz").await.expect(200);
    probe.get("/readyz").await.expect(503);
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    std::mem::swap(&mut browser, &mut probe);
    let session = probe.cookie("telemaco_session").unwrap().to_owned();
    browser.keep_cookie("telemaco_session", &session);
    let seen = browser.get("/account").await.expect(500);
    assert!(seen.says("<html lang=\"es\"") && !seen.says("sqlx") && !seen.says("pool"));
});

story!(an_address_that_bears_a_secret_goes_no_further, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    house.stranger().post("/sign-in/link", &[("address", &ana.address)]).await.expect(200);
    house.work().await;
    let mut stranger = house.stranger();
    let alive = stranger.get(&house.link_to(&ana.address).await).await.expect(200);
    let mut seen = vec![("/link/{token}", alive)];
    let doors = telemaco::features::ALL.iter().flat_map(|feature| (feature.doors)());
    for door in doors.filter(|door| door.method == Method::GET && door.bears_secret()) {
        seen.push((door.path, stranger.get(&door.path.replace("{token}", "x")).await));
    }
    assert!(seen.len() > 7);
    // A page fetches its style sheet, and a proxy writes down what it came from.
    for (path, page) in seen {
        assert_eq!(
            (page.header("referrer-policy"), page.header("cache-control")),
            ("strict-origin", "no-store"),
            "{path}"
        );
    }
});
