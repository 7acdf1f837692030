//! Sheets on their way in, as a coordinator sends them through the pages.

use super::{Client, House, form};

pub const MENTORS: &[u8] = include_bytes!("../data/mentors.csv");
pub const MENTEES: &[u8] = include_bytes!("../data/mentees.csv");

/// What is said of a column on the mapping page: its heading, what it means, and what is written beside it.
pub type Said<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

/// Uploads sheets as `(field, file name, content)` and gives the path of the import.
pub async fn upload(browser: &mut Client, files: &[(&str, &str, &[u8])]) -> String {
    let sent = browser.upload("/imports", &[], files).await.expect(303);
    sent.location().strip_suffix("/mapping").expect("the columns come next").to_owned()
}

/// Sends the mapping page as it was proposed, save what is said otherwise of every column with that heading.
pub async fn settle(browser: &mut Client, import: &str, said: &[Said<'_>]) -> super::Seen {
    let page = browser.get(&format!("{import}/mapping")).await.expect(200).text();
    let mut fields = form::fields(&page);
    for (heading, meaning, more) in said {
        for column in columns(&page, heading) {
            for (field, value) in *more {
                fields.insert(format!("{column}-{field}"), (*value).to_owned());
            }
            fields.insert(column, (*meaning).to_owned());
        }
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&format!("{import}/mapping"), &fields).await
}

/// The names of the fields of a heading, one a sheet that has it.
pub fn columns(page: &str, heading: &str) -> Vec<String> {
    let end = format!("\"><b>{heading}</b>");
    let columns: Vec<String> =
        page.split("<label for=\"").filter_map(|rest| rest.split_once(&end)).map(|(name, _)| name.to_owned()).collect();
    assert!(columns.iter().all(|name| !name.contains('<')), "{columns:?}");
    assert!(!columns.is_empty(), "no column is headed {heading}");
    columns
}

/// Confirms what the dry run shows.
pub async fn confirm(browser: &mut Client, import: &str) -> super::Seen {
    let fields = form::fields(&browser.get(import).await.expect(200).text());
    let digest = fields.get("digest").expect("the dry run may be confirmed");
    browser.post(&format!("{import}/confirm"), &[("version", &fields["version"]), ("digest", digest)]).await
}

/// Takes a sheet in from upload to the last job.
pub async fn take_in(house: &House, browser: &mut Client, field: &str, csv: &str) -> String {
    let import = upload(browser, &[(field, "people.csv", csv.as_bytes())]).await;
    settle(browser, &import, &[]).await.expect(303);
    confirm(browser, &import).await.expect(303);
    house.work().await;
    import
}
