//! Nouns and rules of identity; pure.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::address::address;
use crate::i18n::{Lang, Message, fold};
use crate::problems::Problems;

crate::id!(/// An organisation: a company or a university.
    OrganisationId);
crate::id!(/// A person within one organisation.
    PersonId);
crate::id!(/// A sign-in, which may serve several organisations.
    Account);

/// What somebody does in a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    Operator,
    Coordinator,
    Sponsor,
    Faculty,
    Secretary,
    Mentor,
    Mentee,
    Supervisor,
    Assistant,
    Host,
}

impl Part {
    pub const ALL: [Self; 10] = [
        Self::Operator,
        Self::Coordinator,
        Self::Sponsor,
        Self::Faculty,
        Self::Secretary,
        Self::Mentor,
        Self::Mentee,
        Self::Supervisor,
        Self::Assistant,
        Self::Host,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Coordinator => "coordinator",
            Self::Sponsor => "sponsor",
            Self::Faculty => "faculty",
            Self::Secretary => "secretary",
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
            Self::Supervisor => "supervisor",
            Self::Assistant => "assistant",
            Self::Host => "host",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// The key of its name.
    pub fn key(self) -> String {
        format!("identity-part-{}", self.code())
    }
}

/// Where a part is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Organisation,
    Edition(Uuid),
    Mentorship(Uuid),
}

/// A part and where it is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Held {
    pub part: Part,
    pub scope: Scope,
}

/// What a permission is asked for: whose it is, and where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    pub organisation: OrganisationId,
    pub person: Option<PersonId>,
    pub scope: Option<Scope>,
}

impl Record {
    pub fn of_organisation(organisation: OrganisationId) -> Self {
        Self { organisation, person: None, scope: None }
    }

    pub fn of_person(person: &PersonCore) -> Self {
        Self { organisation: person.organisation, person: Some(person.id), scope: None }
    }
}

/// Whoever asks: a person of one organisation, with what they hold there.
#[derive(Clone, Debug)]
pub struct Viewer {
    pub session: Option<Uuid>,
    pub account: Option<Account>,
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub name: String,
    pub address: String,
    pub lang: Lang,
    pub zone: TimeZone,
    pub parts: Vec<Held>,
    /// When a session began with a link from a mail: proof of the address, fresh for a while.
    pub linked_at: Option<Timestamp>,
    pub seen_at: Option<Timestamp>,
    /// The quiet line that the next page shows.
    pub notice: Option<Message>,
    /// How many notices wait to be read; it is counted no further than to a hundred.
    pub unread: i64,
}

impl Viewer {
    pub fn record(&self) -> Record {
        Record::of_organisation(self.organisation)
    }
}

#[derive(Clone, Debug)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
    pub slug: String,
    pub lang: Lang,
    pub zone: String,
}

/// A person's core.
#[derive(Clone, Debug)]
pub struct PersonCore {
    pub id: PersonId,
    pub organisation: OrganisationId,
    pub account: Option<Account>,
    pub address: String,
    pub name: String,
    pub lang: Lang,
    pub zone: String,
    /// By what else the person is found, folded.
    pub words: String,
    pub in_directory: bool,
    /// Since when the server refuses their address for good.
    pub unreachable_at: Option<Timestamp>,
    pub mailbox: Mailbox,
    /// Since when nothing is left of them but this row.
    pub erased_at: Option<Timestamp>,
    pub version: i64,
}

impl PersonCore {
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// When a day begins where they are, if it has not by then.
    pub fn begins_after(&self, now: Timestamp, day: Date) -> Option<Timestamp> {
        self.time_zone().to_timestamp(day.at(0, 0, 0, 0)).ok().filter(|at| *at > now)
    }

    /// The same, or now while the day lasts; nothing once it is over.
    pub fn begins_or_lasts(&self, now: Timestamp, day: Date) -> Option<Timestamp> {
        let today = self.time_zone().to_datetime(now).date();
        if day == today { Some(now) } else { self.begins_after(now, day) }
    }
}

/// Where somebody's mails go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    pub address: String,
    /// False where the server has refused the address for good: nothing is sent there.
    pub takes: bool,
}

/// What is known of the ways to somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// The address of the organisation.
    pub address: String,
    pub unreachable_at: Option<Timestamp>,
    /// When a link that was mailed there was last opened.
    pub reached_at: Option<Timestamp>,
    /// One of their own, which nobody else sees.
    pub private: Option<String>,
    /// The same of this one; until then it is not used.
    pub confirmed_at: Option<Timestamp>,
    pub private_unreachable_at: Option<Timestamp>,
    /// Whether they want their mails there.
    pub privately: bool,
}

impl Ways {
    /// The private address where it is wanted, or where the other one is refused, as long as mails reach it.
    pub fn mailbox(&self) -> Mailbox {
        let is_open = self.confirmed_at.is_some() && self.private_unreachable_at.is_none();
        let wanted = self.privately || self.unreachable_at.is_some();
        match &self.private {
            Some(private) if is_open && wanted => Mailbox { address: private.clone(), takes: true },
            _ => Mailbox { address: self.address.clone(), takes: self.unreachable_at.is_none() },
        }
    }
}

/// A person to be added.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub address: Address,
    pub name: String,
    pub lang: Lang,
    pub zone: String,
    /// By what else the person is found: what a feature knows of them.
    pub words: String,
    /// Whether everybody in the organisation may look the person up.
    pub in_directory: bool,
}

/// The text by which a person is found, folded: name and address, and on a line of their own the words of a feature. No search
/// holds a line break, so nothing is found across it.
pub fn search_text(name: &str, address: &str, words: &str) -> String {
    let core = fold(&format!("{name} {address}"));
    if words.is_empty() { core } else { format!("{core}\n{}", fold(words)) }
}

/// The words in a text by which a person is found.
pub fn words_of(search: &str) -> &str {
    search.split_once('\n').map_or("", |(_, words)| words)
}

/// A mail address, in lower case; whether somebody reads it only a mail can tell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address(String);

impl Address {
    pub fn parse(text: &str) -> Option<Self> {
        address(text).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// An organisation to be added, with its first coordinator.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    pub name: String,
    pub lang: Lang,
    pub zone: String,
    pub coordinator: NewPerson,
}

/// What the first page asks for, as it was typed.
#[derive(Clone, Copy, Debug)]
pub struct Founding<'a> {
    pub organisation: &'a str,
    pub name: &'a str,
    pub address: &'a str,
    pub zone: &'a str,
    pub lang: Lang,
    pub password: &'a str,
}

impl Founding<'_> {
    pub fn parse(&self) -> Result<NewOrganisation, Problems> {
        let coordinator = parse_person(self.name, self.address, self.lang, self.zone);
        let mut problems = coordinator.as_ref().err().cloned().unwrap_or_default();
        if slug(self.organisation).is_empty() {
            problems.add("organisation", Message::new("identity-organisation-missing"));
        }
        let name = self.organisation.trim().to_owned();
        let (lang, zone) = (self.lang, self.zone.to_owned());
        problems.or(())?;
        Ok(NewOrganisation { name, lang, zone, coordinator: coordinator? })
    }
}

/// Parses a name, an address and a zone as somebody typed them.
pub fn parse_person(name: &str, address: &str, lang: Lang, zone: &str) -> Result<NewPerson, Problems> {
    let mut problems = Problems::default();
    if name.trim().is_empty() {
        problems.add("name", Message::new("identity-name-missing"));
    } else if name.chars().count() > 200 {
        problems.add("name", Message::new("identity-name-long"));
    }
    let parsed = Address::parse(address);
    if parsed.is_none() {
        problems.add("address", Message::new("identity-address-wrong"));
    }
    if TimeZone::get(zone).is_err() {
        problems.add("zone", Message::new("identity-zone-unknown"));
    }
    match parsed {
        Some(address) => {
            let (name, zone) = (name.trim().to_owned(), zone.to_owned());
            problems.or(NewPerson { address, name, lang, zone, words: String::new(), in_directory: false })
        }
        None => Err(problems),
    }
}

/// The path of an organisation in commands: its name, folded and hyphenated.
pub fn slug(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> =
        folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// How far a program may go with a person's token: never further than the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenScope {
    OwnRead,
    OwnWrite,
    PeopleRead,
    PeopleWrite,
    ProgrammesRead,
    ProgrammesWrite,
    PairingRead,
    PairingWrite,
    AuditRead,
}

impl TokenScope {
    pub const ALL: [Self; 9] = [
        Self::OwnRead,
        Self::OwnWrite,
        Self::PeopleRead,
        Self::PeopleWrite,
        Self::ProgrammesRead,
        Self::ProgrammesWrite,
        Self::PairingRead,
        Self::PairingWrite,
        Self::AuditRead,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::OwnRead => "own:read",
            Self::OwnWrite => "own:write",
            Self::PeopleRead => "people:read",
            Self::PeopleWrite => "people:write",
            Self::ProgrammesRead => "programmes:read",
            Self::ProgrammesWrite => "programmes:write",
            Self::PairingRead => "pairing:read",
            Self::PairingWrite => "pairing:write",
            Self::AuditRead => "audit:read",
        }
    }

    /// For the API's description, which is in English.
    pub fn about(self) -> &'static str {
        match self {
            Self::OwnRead => "read where the person takes part: enrolments, proposals, mentorships",
            Self::OwnWrite => "answer, accept, decline and leave for the person",
            Self::PeopleRead => "read the directory and people",
            Self::PeopleWrite => "add and change people",
            Self::ProgrammesRead => "read programmes, editions, enrolments, frameworks and mentorships",
            Self::ProgrammesWrite => "set programmes and editions up, enrol people, end mentorships",
            Self::PairingRead => "read rules, runs, results and proposals",
            Self::PairingWrite => "set rules, run the pairing, ask for consent, publish",
            Self::AuditRead => "read the audit trail",
        }
    }

    /// The key of what it lets a program do.
    pub fn key(self) -> &'static str {
        match self {
            Self::OwnRead => "identity-scope-own-read",
            Self::OwnWrite => "identity-scope-own-write",
            Self::PeopleRead => "identity-scope-people-read",
            Self::PeopleWrite => "identity-scope-people-write",
            Self::ProgrammesRead => "identity-scope-programmes-read",
            Self::ProgrammesWrite => "identity-scope-programmes-write",
            Self::PairingRead => "identity-scope-pairing-read",
            Self::PairingWrite => "identity-scope-pairing-write",
            Self::AuditRead => "identity-scope-audit-read",
        }
    }

    pub fn only_reads(self) -> bool {
        self.code().ends_with(":read")
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// The scopes of a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenScopes(Vec<TokenScope>);

impl TokenScopes {
    pub fn every() -> Self {
        Self(TokenScope::ALL.to_vec())
    }

    pub fn of(scopes: impl IntoIterator<Item = TokenScope>) -> Self {
        let mut scopes: Vec<TokenScope> = scopes.into_iter().collect();
        scopes.sort_unstable();
        scopes.dedup();
        Self(scopes)
    }

    /// As they are kept: codes, parted by blanks. What is no scope any more opens nothing.
    pub fn parse(kept: &str) -> Self {
        Self::of(kept.split(' ').filter_map(TokenScope::parse))
    }

    pub fn kept(&self) -> String {
        self.codes().join(" ")
    }

    pub fn codes(&self) -> Vec<&'static str> {
        self.0.iter().map(|scope| scope.code()).collect()
    }

    pub fn has(&self, scope: TokenScope) -> bool {
        self.0.contains(&scope)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn all(&self) -> &[TokenScope] {
        &self.0
    }
}

/// What a bearer token begins with, so that scanners of leaked secrets know it.
pub const TOKEN_PREFIX: &str = "tlm_";

/// A secret as a link or cookie carries it.
pub fn encode(secret: &[u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(secret)
}

/// What is kept of a secret: its digest. A secret has 256 random bits, so a fast digest is enough.
pub fn digest(secret: &[u8; 32]) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

/// The digest of a secret as it was carried, if it is one.
pub fn digest_of(encoded: &str) -> Option<Vec<u8>> {
    let secret: [u8; 32] = URL_SAFE_NO_PAD.decode(encoded).ok()?.try_into().ok()?;
    Some(digest(&secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_go_where_they_arrive() {
        let at = Some(Timestamp::UNIX_EPOCH);
        let work = Ways { address: "work".to_owned(), ..Ways::default() };
        let goes = |ways: &Ways| (ways.mailbox().address, ways.mailbox().takes);
        assert_eq!(goes(&work), ("work".to_owned(), true));
        assert_eq!(goes(&Ways { unreachable_at: at, ..work.clone() }), ("work".to_owned(), false));
        let both = Ways { private: Some("own".to_owned()), privately: true, ..work };
        assert_eq!(goes(&both), ("work".to_owned(), true), "it is not confirmed");
        let both = Ways { confirmed_at: at, ..both };
        assert_eq!(goes(&both), ("own".to_owned(), true));
        assert_eq!(goes(&Ways { private_unreachable_at: at, ..both.clone() }), ("work".to_owned(), true));
        let both = Ways { privately: false, ..both };
        assert_eq!(goes(&both), ("work".to_owned(), true));
        assert_eq!(goes(&Ways { unreachable_at: at, ..both }), ("own".to_owned(), true));
    }

    #[test]
    fn parts_are_read_as_they_are_written() {
        for part in Part::ALL {
            assert_eq!(Part::parse(part.code()), Some(part));
        }
        assert_eq!(Part::parse("director"), None);
    }

    #[test]
    fn a_digest_is_found_again() {
        let secret = [7; 32];
        assert_eq!(digest_of(&encode(&secret)), Some(digest(&secret)));
        assert_eq!(digest_of("short"), None);
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Banco del Norte, S.A."), "banco-del-norte-s-a");
        assert_eq!(slug("Universidad de Ñuñoa"), "universidad-de-nunoa");
    }
}
