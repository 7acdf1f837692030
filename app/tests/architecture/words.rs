//! What people read: every text is a key, every key is there in both languages, and none is left over.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use telemaco::features;

use super::rust::{Piece, Token};
use super::{Source, files, nothing_in, root, sources};

/// Words that are the same in every language.
const NO_KEY: &[&str] = &["Telémaco", "CSV", "XLSX", "JSON", "Español", "English"];

/// Patterns of computed keys whose gap is no string of the program, and who looks at them instead. The gap of every other
/// pattern (`"home-{name}-title"`) must stand somewhere in the program, so that a key left over is found.
const FREE: &[(&str, &str)] = &[("audit-{}", "a verb of the trail: `every_verb_has_words` looks at each")];

/// A message of a locale file.
struct Entry {
    at: String,
    /// The places to be filled.
    places: BTreeSet<String>,
}

/// The messages of a language by key, and what is wrong with their files.
fn entries(language: &str, failures: &mut Vec<String>) -> BTreeMap<String, Entry> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for file in files(&root().join("locales").join(language), "ftl") {
        let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut current: Option<String> = None;
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            let at = format!("app/locales/{language}/{stem}.ftl:{}", number + 1);
            if let Some((key, _)) = line.split_once(" =").filter(|(key, _)| is_key(key)) {
                if !key.starts_with(&format!("{stem}-")) {
                    failures.push(format!("{at}: {key} belongs in the file of its first word"));
                }
                if entries.contains_key(key) {
                    failures.push(format!("{at}: {key} stands twice"));
                }
                entries.insert(key.to_owned(), Entry { at, places: BTreeSet::new() });
                current = Some(key.to_owned());
            }
            if let Some(entry) = current.as_ref().and_then(|key| entries.get_mut(key)) {
                entry.places.extend(line.split('$').skip(1).map(|rest| {
                    rest.chars().take_while(|letter| letter.is_alphanumeric() || "-_".contains(*letter)).collect()
                }));
            }
        }
    }
    entries
}

fn is_key(text: &str) -> bool {
    text.contains('-')
        && text.starts_with(|letter: char| letter.is_ascii_lowercase())
        && text.ends_with(|letter: char| letter.is_ascii_alphanumeric())
        && text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

#[test]
fn both_languages_say_the_same() {
    let mut failures = Vec::new();
    let (spanish, english) = (entries("es", &mut failures), entries("en", &mut failures));
    for (here, there, other) in [(&spanish, &english, "English"), (&english, &spanish, "Spanish")] {
        for (key, entry) in here {
            match there.get(key) {
                None => failures.push(format!("{}: {key} is not there in {other}", entry.at)),
                Some(twin) if twin.places != entry.places => {
                    failures.push(format!("{}: {key} is filled otherwise in {other}", entry.at));
                }
                Some(_) => {}
            }
        }
    }
    nothing_in(&failures);
}

/// Every string of the program with its place: those of the code, and those in the expressions of templates. What is only
/// the beginning of a text, `starts_with("…")`, is none.
fn strings() -> Vec<(String, String)> {
    let mut strings = Vec::new();
    for source in sources() {
        for (index, Token { piece, line }) in source.tokens.iter().enumerate() {
            let is_beginning = index > 1 && source.tokens[index - 2].word() == Some("starts_with");
            if let Piece::Text(text) = piece
                && !is_beginning
            {
                strings.push((source.at(*line), text.clone()));
            }
        }
    }
    for (name, text) in templates() {
        for (number, line) in text.lines().enumerate() {
            for (inside, expression) in pieces_of_template(line) {
                if inside {
                    let quoted = expression.split('"').skip(1).step_by(2);
                    strings.extend(quoted.map(|text| (format!("app/src/{name}:{}", number + 1), text.to_owned())));
                }
            }
        }
    }
    strings
}

fn templates() -> Vec<(String, String)> {
    let src = root().join("src");
    files(&src, "html")
        .into_iter()
        .map(|file| (file.strip_prefix(&src).unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&file).unwrap()))
        .collect()
}

/// A line of a template, in turns outside and inside of `{{ … }}` and `{% … %}`.
fn pieces_of_template(line: &str) -> Vec<(bool, &str)> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(start) = ["{{", "{%", "{#"].iter().filter_map(|open| rest.find(open)).min() {
        pieces.push((false, &rest[..start]));
        let close = match &rest[start..start + 2] {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        let end = rest[start..].find(close).map_or(rest.len(), |length| start + length + 2);
        pieces.push((true, &rest[start..end]));
        rest = &rest[end..];
    }
    pieces.push((false, rest));
    pieces
}

/// Whether a key fits a pattern with gaps, `home-{name}-title`, each filled by a text that will do.
fn fits(key: &str, pattern: &str, will_do: &dyn Fn(&str) -> bool) -> bool {
    let Some((head, rest)) = pattern.split_once('{') else { return key == pattern };
    let (Some((_, rest)), Some(key)) = (rest.split_once('}'), key.strip_prefix(head)) else { return false };
    (1..=key.len()).any(|end| will_do(&key[..end]) && fits(&key[end..], rest, will_do))
}

#[test]
fn every_key_is_there_and_every_one_is_used() {
    let mut failures = Vec::new();
    let english = entries("en", &mut Vec::new());
    let prefixes: BTreeSet<&str> = english.keys().filter_map(|key| key.split('-').next()).collect();
    let strings = strings();
    let bears_prefix = |text: &str| text.split('-').next().is_some_and(|prefix| prefixes.contains(prefix));
    let said: BTreeSet<&str> = strings.iter().map(|(_, text)| text.as_str()).collect();
    let is_said = |gap: &str| said.contains(gap);
    let fits_one = |key: &str, pattern: &str| {
        let is_free = FREE.iter().any(|(free, _)| *free == pattern);
        fits(key, pattern, &|gap| is_free || is_said(gap))
    };
    let is_file = |text: &str| text.contains("}.");
    let patterns: Vec<&(String, String)> =
        strings.iter().filter(|(_, text)| bears_prefix(text) && text.contains("-{") && !is_file(text)).collect();
    for (at, text) in &strings {
        if bears_prefix(text) && is_key(text) && !english.contains_key(text) {
            failures.push(format!("{at}: \"{text}\" is no key"));
        }
    }
    for (at, pattern) in &patterns {
        if !english.keys().any(|key| fits_one(key, pattern)) {
            failures.push(format!("{at}: \"{pattern}\" makes no key that there is"));
        }
    }
    for (key, entry) in &english {
        if !said.contains(key.as_str()) && !patterns.iter().any(|(_, pattern)| fits_one(key, pattern)) {
            failures.push(format!("{}: {key} is never used", entry.at));
        }
    }
    nothing_in(&failures);
}

#[test]
fn every_verb_has_words() {
    let mut failures = Vec::new();
    let english = entries("en", &mut Vec::new());
    let jobs = features::ALL.iter().flat_map(|feature| feature.jobs).map(|kind| kind.name);
    let notices = features::ALL.iter().flat_map(|feature| feature.notices).map(|kind| kind.name);
    let others: BTreeSet<&str> = jobs.chain(notices).collect();
    let mut said = BTreeSet::new();
    for source in sources() {
        for verb in verbs(&source, &others) {
            let key = format!("audit-{}", verb.1.replace('.', "-"));
            if !english.contains_key(&key) {
                failures.push(format!("{}: {} is written to the trail and {key} does not say it", verb.0, verb.1));
            }
            said.insert(key);
        }
    }
    for (key, entry) in english.iter().filter(|(key, _)| key.matches('-').count() > 1 && key.starts_with("audit-")) {
        if !said.contains(key) {
            failures.push(format!("{}: {key}: nothing of that name is written to the trail", entry.at));
        }
    }
    nothing_in(&failures);
}

/// Strings such as `identity.sign-in`, which are not the names of jobs and notices.
fn verbs(source: &Source, others: &BTreeSet<&str>) -> Vec<(String, String)> {
    let is_verb = |text: &str| {
        text.split_once('.').is_some_and(|(feature, rest)| {
            features::ALL.iter().any(|known| known.name == feature)
                && !rest.is_empty()
                && rest.chars().all(|letter| letter.is_ascii_lowercase() || "-.".contains(letter))
        }) && !others.contains(text)
            && !["html", "csv", "xlsx", "ods"].iter().any(|extension| text.ends_with(&format!(".{extension}")))
    };
    source
        .tokens
        .iter()
        .filter_map(|token| match &token.piece {
            Piece::Text(text) if is_verb(text) => Some((source.at(token.line), text.clone())),
            _ => None,
        })
        .collect()
}

#[test]
fn no_template_speaks_by_itself() {
    let mut failures = Vec::new();
    for (name, text) in templates() {
        let outside: Vec<String> = text
            .lines()
            .map(|line| {
                pieces_of_template(line).into_iter().filter(|(inside, _)| !inside).map(|(_, text)| text).collect()
            })
            .collect();
        for (line, words) in spoken(&outside.join("\n")) {
            failures.push(format!("app/src/{name}:{line}: “{words}” is no key"));
        }
    }
    nothing_in(&failures);
}

/// The words between tags, and those in attributes that are read aloud, with their lines. Style sheets are passed over.
fn spoken(page: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let (mut rest, mut line) = (page, 1);
    loop {
        let (text, tag) = rest.split_once('<').map_or((rest, None), |(text, tag)| (text, Some(tag)));
        found.extend(text.lines().enumerate().map(|(number, text)| (line + number, text.to_owned())));
        line += text.matches('\n').count();
        let Some(tag) = tag else { break };
        let is_style = tag.starts_with("style");
        let (inside, after) = tag.split_once(if is_style { "</style>" } else { ">" }).unwrap_or((tag, ""));
        if !is_style {
            for attribute in ["title=\"", "alt=\"", "aria-label=\"", "placeholder=\"", "aria-description=\""] {
                let values = inside.split(attribute).skip(1).map(|value| value.split('"').next().unwrap());
                found.extend(values.map(|value| (line, value.to_owned())));
            }
        }
        line += inside.matches('\n').count();
        rest = after;
    }
    found
        .into_iter()
        .map(|(line, text)| (line, without_known(&text).trim().to_owned()))
        .filter(|(_, text)| text.chars().any(char::is_alphabetic))
        .collect()
}

fn without_known(text: &str) -> String {
    let mut text = text.to_owned();
    for known in NO_KEY {
        text = text.replace(known, "");
    }
    // `&nbsp;` and its like are signs, not words.
    let mut bare = String::new();
    let mut rest = text.as_str();
    while let Some((before, entity)) = rest.split_once('&') {
        bare.push_str(before);
        rest = entity.split_once(';').filter(|(name, _)| name.len() < 8).map_or(entity, |(_, after)| after);
    }
    bare + rest
}

#[test]
fn the_ear_for_words_hears_them() {
    let page = "<style>p { color: red }</style>\n<p class=\"a\"\n title=\"Hola\">Buenos días</p>\n<a>CSV</a> &nbsp;·";
    assert_eq!(spoken(page), [(2, "Hola".to_owned()), (3, "Buenos días".to_owned())]);
    let will_do = |gap: &str| gap == "mentor";
    assert!(fits("home-mentor-title", "home-{name}-title", &will_do));
    assert!(!fits("home-sponsor-title", "home-{name}-title", &will_do));
    assert!(!fits("home-title", "home-{name}-title", &will_do));
}
