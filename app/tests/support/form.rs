//! A form as a browser would send it: the fields of a page with what stands in them.

use std::collections::BTreeMap;

/// A form as it is posted.
pub fn posted(form: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The fields of every form of a page: what is written in them, chosen or ticked.
pub fn fields(page: &str) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    for tag in tags(page, "<input ") {
        let is_choice = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
        let is_left = tag.contains("type=\"file\"") || is_choice && !tag.contains(" checked");
        if let Some(name) = attribute(tag, "name").filter(|_| !is_left) {
            fields.insert(name, attribute(tag, "value").unwrap_or_default());
        }
    }
    for (tag, inside) in elements(page, "textarea") {
        if let Some(name) = attribute(tag, "name") {
            fields.insert(name, unescaped(inside.strip_prefix('\n').unwrap_or(inside)));
        }
    }
    for (tag, inside) in elements(page, "select") {
        let options: Vec<&str> = tags(inside, "<option").collect();
        let chosen = options.iter().find(|option| option.contains(" selected")).or_else(|| options.first());
        let value = chosen.and_then(|option| attribute(option, "value"));
        if let Some(name) = attribute(tag, "name") {
            fields.insert(name, value.unwrap_or_default());
        }
    }
    fields
}

/// Where the form goes in which this stands, if it says so itself, and what a browser without scripts sends of it, with other values in
/// some of its fields: as many of one name as are given.
#[track_caller]
pub fn sent(page: &str, says: &str, change: &[(&str, &str)]) -> (Option<String>, Vec<(String, String)>) {
    let found = elements(page, "form").find(|(tag, inside)| tag.contains(says) || inside.contains(says));
    let (tag, inside) = found.unwrap_or_else(|| panic!("no form says {says:?}: {page}"));
    let mut all = fields(inside);
    all.retain(|name, _| change.iter().all(|(changed, _)| changed != name));
    let mut all: Vec<(String, String)> = all.into_iter().collect();
    all.extend(change.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    (attribute(tag, "action"), all)
}

/// The path of somebody's page, as a list links it.
#[track_caller]
pub fn path_of(list: &str, name: &str) -> String {
    let end = format!("\">{name}</a>");
    let (before, _) = list.split_once(&end).unwrap_or_else(|| panic!("{name} is not in the list"));
    before.rsplit("href=\"").next().unwrap().to_owned()
}

fn tags<'a>(page: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    page.split(start).skip(1).map(|rest| rest.split('>').next().unwrap_or_default())
}

fn elements<'a>(page: &'a str, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let (start, end) = (format!("<{name}"), format!("</{name}>"));
    let places: Vec<usize> = page.match_indices(&start).map(|(at, _)| at + start.len()).collect();
    places.into_iter().filter_map(move |at| {
        let (tag, rest) = page[at..].split_once('>')?;
        Some((tag, rest.split_once(&end)?.0))
    })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = format!(" {tag}");
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(rest.split('"').next()?))
}

fn unescaped(text: &str) -> String {
    let marks = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    marks.iter().fold(text.to_owned(), |text, (mark, sign)| text.replace(mark, sign))
}
