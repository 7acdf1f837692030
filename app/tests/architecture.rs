//! The rule of the house, read from the code itself: which part may know which, which dependency has which door, where
//! every table belongs, and that everything people read is a key in both languages. Each failure names its place.

#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[path = "architecture/rust.rs"]
mod rust;
#[path = "architecture/words.rs"]
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rust::{PathUse, Token, paths, tokens};
use sqlx::{Connection as _, SqliteConnection};
use telemaco::erasure::Naming;
use telemaco::features;

/// The features in their order: each may know those above it.
const FEATURES: &[&str] = &[
    "frameworks",
    "people",
    "programmes",
    "mentorships",
    "baselines",
    "pairing",
    "goals",
    "meetings",
    "activities",
    "journal",
    "observations",
    "reviews",
    "outcomes",
    "copies",
    "concerns",
    "breakglass",
    "trips",
    "contacts",
    "negotiation",
    "speaking",
    "feedback",
    "hours",
    "health",
    "home",
    "returns",
];

/// The platform, which knows no feature but through `features`. The parts may know each other.
const PLATFORM: &[&str] = &[
    "identity", "db", "web", "audit", "jobs", "notices", "mail", "calendar", "outbound", "files", "vault", "i18n",
    "sheets", "erasure",
];

/// The ground of the platform: tools that know nobody's business, only each other and how to say what went wrong.
const GROUND: &[&str] = &["db", "i18n", "sheets", "outbound", "problems", "config"];

/// What stands above all: the list of features, the shell's doors, and the start.
const ROOF: &[&str] = &["features", "cli", "lib", "main"];

/// What stands below all.
const FLOOR: &[&str] = &["app", "problems", "config"];

/// A dependency and the one place that may name it.
const DOORS: &[(&str, &[&str])] = &[
    ("sqlx", &["db"]),
    ("lettre", &["mail"]),
    ("mail_parser", &["mail/opening"]),
    ("object_store", &["files"]),
    ("fluent_templates", &["i18n"]),
    ("icu_collator", &["i18n"]),
    ("icu_datetime", &["i18n"]),
    ("icu_decimal", &["i18n"]),
    ("icu_locale_core", &["i18n"]),
    ("icu_normalizer", &["i18n"]),
    ("kuva", &["web/figures"]),
    ("rust_embed", &["web/assets"]),
    ("argon2", &["identity/password"]),
    ("chacha20poly1305", &["vault/cipher"]),
    ("hmac", &["vault/mark"]),
    ("calamine", &["sheets"]),
    ("calcard", &["calendar"]),
    ("hyper", &["outbound"]),
    ("quick_xml", &["sheets", "calendar/asking"]),
    ("rust_xlsxwriter", &["sheets"]),
    ("zip", &["sheets"]),
    // Sheets of people are read by `sheets`. The files of the bare engine are millions of rows of integers in a form of
    // our own, which nothing has to be guessed of: their commands read and write them without detours.
    ("csv", &["sheets", "cli/assign", "cli/pair"]),
];

/// What a `model` has no business with: it is given values.
const IMPURE: &[&str] = &[
    "crate::app",
    "crate::audit",
    "crate::config",
    "crate::db",
    "crate::jobs",
    "crate::mail",
    "crate::sql",
    "crate::transaction",
    "crate::values",
    "crate::web",
    "rand",
    "reqwest",
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::time::Instant",
    "std::time::SystemTime",
    "tokio",
    "tracing",
    "Timestamp::now",
    "Zoned::now",
];

/// Tables that need no organisation, and why.
const OF_NO_ORGANISATION: &[(&str, &str)] = &[
    ("organisations", "it is the organisation"),
    ("accounts", "one sign-in may serve several organisations"),
    ("vault_keys", "one installation has its keys for all its organisations; it holds their fingerprints"),
    ("attempts", "counted before anybody knows who asks; it holds digests"),
];

/// Cryptography that is not ours: the one provider is ring.
const BANNED: &[&str] = &["aws-lc-rs", "aws-lc-sys", "native-tls", "openssl", "openssl-sys"];

/// A source file and where it stands in the tree of modules.
struct Source {
    /// `identity/pages.rs`, relative to `app/src`.
    name: String,
    /// `["identity", "pages"]`; `mod.rs` is its folder.
    module: Vec<String>,
    tokens: Vec<Token>,
    paths: Vec<PathUse>,
}

impl Source {
    fn top(&self) -> &str {
        self.module.first().map_or("lib", String::as_str)
    }

    /// The room within a feature, or within a folder of it: `pages`, `store`. What opens a folder is no room: it lists
    /// what the rooms offer.
    fn room(&self) -> Option<&str> {
        let opens_folder = self.name.ends_with("/mod.rs");
        self.module.last().filter(|_| self.module.len() > 1 && !opens_folder).map(String::as_str)
    }

    fn at(&self, line: usize) -> String {
        format!("app/src/{}:{line}", self.name)
    }

    /// A path from the root of the crate, if it leads into the crate.
    fn absolute(&self, path: &PathUse) -> Option<Vec<String>> {
        let mut here = self.module.clone();
        here.extend(std::iter::repeat_n("{}".to_owned(), path.depth));
        match path.segments.first()?.as_str() {
            "crate" => Some(path.segments[1..].to_vec()),
            "super" | "self" => {
                let ups = path.segments.iter().take_while(|segment| *segment == "super").count();
                here.truncate(here.len().saturating_sub(ups));
                here.extend(path.segments.iter().filter(|segment| *segment != "super" && *segment != "self").cloned());
                Some(here)
            }
            _ => None,
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    files(&src, "rs")
        .into_iter()
        .map(|file| {
            let name = file.strip_prefix(&src).unwrap().to_str().unwrap().to_owned();
            let mut module: Vec<String> = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
            if module.last().is_some_and(|last| last == "mod") || module == ["lib"] || module == ["main"] {
                module.pop();
            }
            let tokens = tokens(&fs::read_to_string(&file).unwrap());
            let paths = paths(&tokens);
            Source { name, module, tokens, paths }
        })
        .collect()
}

#[track_caller]
fn nothing_in(failures: &[String]) {
    assert!(failures.is_empty(), "{} found:\n{}", failures.len(), failures.join("\n"));
}

/// Why a module may not know another, if it may not.
fn up(from: &str, to: &str) -> Option<&'static str> {
    let rank = |name: &str| FEATURES.iter().position(|feature| *feature == name);
    match (rank(from), rank(to)) {
        _ if from == to || ROOF.contains(&from) => None,
        (Some(from), Some(to)) if to > from => Some("a feature knows only features above it in the list"),
        (None, Some(_)) => Some("the platform knows no feature; `features` lists them"),
        (Some(_), None) if to == "cli" => Some("nobody knows the shell"),
        _ if GROUND.contains(&from)
            && !GROUND.contains(&to)
            && !["sql", "transaction", "values", "id"].contains(&to) =>
        {
            Some("the ground of the platform knows nobody's business")
        }
        _ => None,
    }
}

#[test]
fn no_arrow_goes_up_between_modules() {
    let mut failures = Vec::new();
    for source in sources() {
        let from = source.top();
        let known = [FEATURES, PLATFORM, ROOF, FLOOR].iter().any(|list| list.contains(&from));
        if !known {
            failures.push(format!("{}: where does `{from}` stand? Add it to a list in this test", source.at(1)));
        }
        for path in &source.paths {
            let Some(target) = source.absolute(path) else { continue };
            let Some(why) = target.first().and_then(|to| up(from, to)) else { continue };
            failures.push(format!("{}: {} — {why}", source.at(path.line), target.join("::")));
        }
    }
    nothing_in(&failures);
}

/// The height of a room within its feature. What has another name (rules with a name of their own) stands beside `model`.
fn height(room: &str) -> u8 {
    match room {
        // The doors of a mail's links and what these share, of whoever keeps a diary, of the demonstration, and of two who open what a
        // pair shares are doors as well, and so is a form that a page and a link have in common.
        "pages" | "plan_form" | "api" | "cli" | "jobs" | "links" | "coming" | "diary" | "rehearsal" | "shelf" => 3,
        "actions" => 2,
        _ => 1,
    }
}

#[test]
fn no_arrow_goes_up_within_a_feature() {
    let sources = sources();
    let modules: BTreeSet<&[String]> = sources.iter().map(|source| source.module.as_slice()).collect();
    let mut failures = Vec::new();
    for source in sources.iter().filter(|source| !ROOF.contains(&source.top())) {
        for path in &source.paths {
            let Some(target) = source.absolute(path) else { continue };
            let Some(module) = (2..=target.len()).rev().map(|end| &target[..end]).find(|path| modules.contains(path))
            else {
                continue;
            };
            let room = module.last().map_or("", String::as_str);
            if module[0] == source.top() {
                let goes_up = source.room().is_some_and(|from| height(from) < height(room));
                let is_rule_that_reads = source.room() == Some("model") && room == "store";
                if goes_up || is_rule_that_reads {
                    failures.push(format!("{}: {} — arrows go down", source.at(path.line), target.join("::")));
                }
            } else if ["store", "pages", "api", "jobs", "cli"].contains(&room) {
                failures.push(format!("{}: {} — another's {room} is its own", source.at(path.line), target.join("::")));
            }
        }
    }
    nothing_in(&failures);
}

/// What a pair shares is opened to others by one feature alone, to its author by another, and what it shows is decided in one place.
#[test]
fn one_feature_opens_what_a_pair_shares() {
    let doors = [
        ("SHELVES_OF_PAIRS", &["features", "breakglass/reading", "copies/reading"][..]),
        ("Glass::new", &["breakglass/reading"][..]),
        ("Glass::of_author", &["copies/reading"][..]),
        ("Relation::Glass", &["mentorships/shelves", "mentorships/visibility"][..]),
    ];
    let (mut failures, mut used) = (Vec::new(), BTreeSet::new());
    for source in sources() {
        let here = source.name.trim_end_matches(".rs");
        for path in &source.paths {
            let whole = path.segments.join("::");
            let named = |name: &str| whole == name || whole.ends_with(&format!("::{name}"));
            let Some((name, places)) = doors.iter().find(|(name, _)| named(name)) else { continue };
            used.insert(*name);
            if !places.contains(&here) {
                failures.push(format!("{}: {name} — only in {}", source.at(path.line), places.join(", ")));
            }
        }
    }
    nothing_in(&failures);
    assert_eq!(used.len(), doors.len(), "the rule is about something: {used:?}");
}

#[test]
fn rules_are_given_values() {
    let mut failures = Vec::new();
    for source in sources().iter().filter(|source| source.room() == Some("model")) {
        for path in source.paths.iter().filter(|path| path.depth == 0) {
            let whole = source
                .absolute(path)
                .map_or_else(|| path.segments.join("::"), |target| format!("crate::{}", target.join("::")));
            let is_in = |impure: &str| whole == impure || whole.starts_with(&format!("{impure}::"));
            if IMPURE.iter().any(|impure| is_in(impure)) {
                failures.push(format!("{}: {whole} in a model", source.at(path.line)));
            }
        }
    }
    nothing_in(&failures);
}

#[test]
fn each_dependency_has_one_door() {
    let mut failures = Vec::new();
    for source in sources() {
        let here = source.name.trim_end_matches(".rs");
        for path in &source.paths {
            let Some((name, places)) = DOORS.iter().find(|(name, _)| path.segments[0] == *name) else { continue };
            let is_at = |place: &str| here == place || here.starts_with(&format!("{place}/"));
            // A module of the same name is not the dependency.
            let is_module = source
                .paths
                .iter()
                .any(|other| source.absolute(other).is_some_and(|target| target.last() == Some(&(*name).to_owned())));
            if !is_module && !places.iter().any(|place| is_at(place)) {
                let path_text = path.segments.join("::");
                failures.push(format!("{}: {path_text} — only in {}", source.at(path.line), places.join(", ")));
            }
        }
    }
    nothing_in(&failures);
}

#[test]
fn one_provider_of_cryptography() {
    let lock = fs::read_to_string(root().join("../Cargo.lock")).unwrap();
    let failures: Vec<String> = lock
        .lines()
        .enumerate()
        .filter(|(_, line)| BANNED.iter().any(|banned| *line == format!("name = \"{banned}\"")))
        .map(|(number, line)| format!("Cargo.lock:{}: {line}", number + 1))
        .collect();
    nothing_in(&failures);
}

/// A table as its migration makes it.
struct Made {
    at: String,
    has_organisation: bool,
}

fn tables_made() -> BTreeMap<String, Made> {
    let mut made = BTreeMap::new();
    for file in files(&root().join("migrations"), "sql") {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&file).unwrap();
        let mut current: Option<String> = None;
        for (number, line) in text.lines().enumerate() {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                let table = rest.split([' ', '(']).next().unwrap().to_owned();
                let at = format!("app/migrations/{name}:{}", number + 1);
                made.insert(table.clone(), Made { at, has_organisation: false });
                current = Some(table);
            } else if line.starts_with(')') {
                current = None;
            } else if let Some(table) = current.as_ref().filter(|_| line.trim_start().starts_with("organisation UUID"))
            {
                made.get_mut(table).unwrap().has_organisation = true;
            }
        }
    }
    made
}

#[test]
fn every_table_belongs_to_one_feature_and_one_organisation() {
    let made = tables_made();
    let mut failures = Vec::new();
    for (table, Made { at, has_organisation }) in &made {
        let owners: Vec<&str> = features::ALL
            .iter()
            .filter(|feature| feature.tables.iter().any(|owned| owned.name == table))
            .map(|feature| feature.name)
            .collect();
        if owners.len() != 1 {
            failures.push(format!("{at}: {table} is in the tables of {owners:?}; exactly one feature keeps it"));
        }
        let is_exempt = OF_NO_ORGANISATION.iter().any(|(exempt, _)| exempt == table);
        if *has_organisation == is_exempt {
            failures.push(format!("{at}: {table} has a column `organisation`, or a reason to have none; not both"));
        }
    }
    for table in features::ALL.iter().flat_map(|feature| feature.tables) {
        if !made.contains_key(table.name) {
            failures.push(format!("no migration makes the table {} that a feature says is its own", table.name));
        }
    }
    nothing_in(&failures);
}

/// Columns that name a person although no key of the schema says so.
const NAMING_WITHOUT_KEY: &[(&str, &str)] = &[("content_keys", "author"), ("persons", "id")];

/// A new table, or a new column of one, cannot be forgotten: the schema itself says which columns refer to persons.
#[tokio::test]
async fn every_column_that_names_a_person_says_what_an_erasure_does() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("schema.db");
    let db = telemaco::db::Db::open(&format!("sqlite:{}", file.display()), 1).await.unwrap();
    telemaco::db::migrate(&db, jiff::Timestamp::UNIX_EPOCH).await.unwrap();
    db.close().await;
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    let mut named: BTreeSet<(String, String)> =
        NAMING_WITHOUT_KEY.iter().map(|(table, column)| ((*table).to_owned(), (*column).to_owned())).collect();
    let mut failures = Vec::new();
    for table in features::tables() {
        let keys: Vec<(String, String)> = sqlx::query_as("SELECT \"from\", \"table\" FROM pragma_foreign_key_list($1)")
            .bind(table.name)
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let of_persons = keys.iter().filter(|(_, of)| of == "persons").map(|(column, _)| column.clone());
        named.extend(of_persons.map(|column| (table.name.to_owned(), column)));
        for naming in table.names {
            if let Naming::With(column, of) = naming {
                if !keys.contains(&((*column).to_owned(), (*of).to_owned())) {
                    failures.push(format!("{}.{column} does not refer to {of}", table.name));
                }
            } else if !named.remove(&(table.name.to_owned(), naming.column().to_owned())) {
                failures.push(format!("{}.{} names nobody", table.name, naming.column()));
            }
        }
        let all_go = !table.names.is_empty()
            && table.names.iter().all(|naming| matches!(naming, Naming::Goes(_) | Naming::With(..)));
        let stays = table.names.iter().any(|naming| matches!(naming, Naming::Stays(..) | Naming::GoesAlone(_)));
        if table.why.is_empty() && (stays || table.names.is_empty()) && !all_go {
            failures.push(format!("{}: why do rows stay?", table.name));
        }
    }
    failures.extend(named.iter().map(|(table, column)| format!("{table}.{column}: what does an erasure do with it?")));
    nothing_in(&failures);
}

#[test]
fn no_feature_reads_another_ones_tables() {
    let mut failures = Vec::new();
    let owners: Vec<(&str, &str)> = features::ALL
        .iter()
        .flat_map(|feature| feature.tables.iter().map(|table| (table.name, feature.name)))
        .collect();
    for statement in telemaco::db::statements() {
        let file = statement.file.split_once("src/").map_or(statement.file, |(_, file)| file);
        let home = file.split('/').next().unwrap();
        let text = statement.on(telemaco::db::Engine::Sqlite);
        let words: BTreeSet<&str> = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
        for (table, owner) in &owners {
            let names_it =
                ["FROM ", "JOIN ", "INTO ", "UPDATE "].iter().any(|verb| text.contains(&format!("{verb}{table}")));
            if words.contains(table) && names_it && *owner != home && FEATURES.contains(owner) {
                failures.push(format!("app/src/{file}:{}: {table} is {owner}'s", statement.line));
            }
        }
    }
    nothing_in(&failures);
}
