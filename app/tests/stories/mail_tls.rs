//! Mails under TLS: with a password, with the certificate of an authority that nobody else knows, and not at all without either.

use std::path::PathBuf;
use std::process::Command;

use telemaco::app::App;
use telemaco::jobs;

use crate::mail::{at_once, before, write_to};
use crate::story;
use crate::support::{House, MailServer};

/// An authority of the house, and a certificate of it for this machine with its key.
struct Certificates {
    authority: PathBuf,
    certificate: PathBuf,
    key: PathBuf,
}

impl Certificates {
    fn make(house: &House) -> Self {
        let file = |name: &str| house.folder().join(name);
        let new = |key: &PathBuf, certificate: &PathBuf, name: &str, more: &[&str]| {
            let mut openssl = Command::new("openssl");
            openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]);
            openssl.args(["-days", "2", "-subj", name]).arg("-keyout").arg(key).arg("-out").arg(certificate).args(more);
            let done = openssl.output().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        };
        let (authority, its_key) = (file("authority.pem"), file("authority.key"));
        new(&its_key, &authority, "/CN=Banco del Norte", &[]);
        let (certificate, key) = (file("server.pem"), file("server.key"));
        let by = ["-CA", authority.to_str().unwrap(), "-CAkey", its_key.to_str().unwrap()];
        let whose = ["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"];
        new(&key, &certificate, "/CN=relay", &[by, whose].concat());
        Self { authority, certificate, key }
    }

    fn server(&self, house: &House, how: &str) -> MailServer {
        MailServer::guarded(&house.folder().join(how), how, [&self.certificate, &self.key])
    }
}

/// The same installation before such a server. In `smtp`, `{}` stands for where it is.
fn at(house: &House, server: &MailServer, smtp: &str, authority: Option<&PathBuf>) -> App {
    let place = server.url.strip_prefix("smtp://").unwrap();
    before(house, server, |config| {
        config.smtp = smtp.replace("{}", place);
        config.smtp_ca_file = authority.cloned().unwrap_or_default();
    })
}

const STARTTLS: &str = "smtp://telemaco:secret@{}?tls=required";
const FROM_THE_START: &str = "smtps://telemaco:secret@{}";

story!(a_mail_and_its_password_go_under_tls, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    at_once(house, &ana).await;
    let certificates = Certificates::make(house);
    for (how, smtp) in [("starttls", STARTTLS), ("tls", FROM_THE_START)] {
        let server = certificates.server(house, how);
        let app = at(house, &server, smtp, Some(&certificates.authority));
        app.mailer.answers().await.unwrap();
        write_to(house, &app, &ana).await;
        assert_eq!(server.letters(&ana.address).len(), 1, "{how}");
        let told = server.passwords();
        assert!(!told.is_empty() && told.iter().all(|told| told == "sealed telemaco secret"), "{how}: {told:?}");
        assert_eq!(jobs::backlog(&app.db).await.unwrap(), jobs::Backlog::default());
        // A wrong one is an operator's to mend, and no refusal of the mail or of the address.
        let app = at(house, &server, &smtp.replace("secret", "secreto"), Some(&certificates.authority));
        write_to(house, &app, &ana).await;
        assert_eq!(server.letters(&ana.address).len(), 1, "{how}");
        assert_eq!(jobs::backlog(&app.db).await.unwrap(), jobs::Backlog { waiting: 1, ..jobs::Backlog::default() });
        house.raw("DELETE FROM jobs").await;
    }
});

story!(nothing_goes_to_a_server_whose_certificate_nobody_vouches_for, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    at_once(house, &ana).await;
    let certificates = Certificates::make(house);
    for (how, smtp) in [("starttls", STARTTLS), ("tls", FROM_THE_START), ("starttls", "smtp://{}?tls=opportunistic")] {
        let server = certificates.server(house, how);
        let app = at(house, &server, smtp, None);
        app.mailer.answers().await.unwrap_err();
        write_to(house, &app, &ana).await;
        assert_eq!((server.asked(&ana.address), server.passwords()), (0, vec![]), "{how} {smtp}");
        assert_eq!(jobs::backlog(&app.db).await.unwrap(), jobs::Backlog { waiting: 1, ..jobs::Backlog::default() });
        house.raw("DELETE FROM jobs").await;
    }
    // A file that holds no authority is said at the start.
    let server = certificates.server(house, "starttls");
    let mut config = (*at(house, &server, STARTTLS, None).config).clone();
    for wrong in [certificates.key, house.folder().join("nowhere.pem")] {
        config.smtp_ca_file = wrong;
        let error = telemaco::mail::Mailer::open(&config).unwrap_err();
        assert!(error.to_string().starts_with("smtp_ca_file: "), "{error:#}");
    }
});
