//! Where a report comes back that a mail did not arrive. The envelope's sender says who a mail was for and on which day it was sent, and
//! bears a mark that only this installation can make of both and of the address.
//!
//! Whoever receives a mail sees its sender, and may write a report to it. So a mark holds for a fortnight, and not for mails from before
//! its owner last proved that the address works.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Context as _;
use jiff::Timestamp;
use tokio::io::AsyncReadExt as _;
use uuid::Uuid;

use super::opening::{self, Head};
use super::{incoming, report};
use crate::app::App;
use crate::config::Config;
use crate::identity::{self, PersonId, Proved};

/// What the marks are for.
const PURPOSE: &str = "mail returns of a day";
/// So many bytes of it stand in an address, of which the part before the `@` has at most 64 characters (RFC 5321, section 4.5.3.1.1).
const MARK: usize = 9;
/// Who, the last byte of the day, the mark.
const TAG: usize = 2 * (16 + 1 + MARK);
/// So many days a report may be late; mail servers try for five.
const REPORTS_LAST: i64 = 14;
const LONGEST_LOCAL: usize = 64;

/// A report bears a copy of the mail at most; what is longer is none. Of what somebody sends in no more is looked at.
pub const MOST_BYTES: u64 = 1024 * 1024;
/// What a mail's file is called by in addition while it is read, and once it was taken up again.
const HERE: &str = ".telemaco";
const AGAIN: &str = ".again";
/// Whoever takes longer to read one has ended.
const LEFT: Duration = Duration::from_mins(30);
/// So long one is kept that nobody ended reading twice, as anything that is left in such a place.
const KEPT: Duration = Duration::from_hours(36);
/// How often the folder is looked at.
const LOOK: Duration = Duration::from_mins(5);

/// The address that reports come back to, in two parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Returns {
    local: String,
    domain: String,
}

impl Returns {
    /// The address that the settings name, if they name one.
    pub(super) fn open(config: &Config) -> anyhow::Result<Option<Self>> {
        let address = config.mail_returns.as_str();
        if address.is_empty() {
            anyhow::ensure!(
                config.mail_returns_folder.as_os_str().is_empty(),
                "mail_returns_folder: say in mail_returns to which address the reports in it come"
            );
            return Ok(None);
        }
        let parts = address.rsplit_once('@').filter(|(local, domain)| !local.is_empty() && !domain.is_empty());
        let (local, domain) = parts.context("mail_returns is no address")?;
        // The tag is read without regard to case; what stands before it need not be either.
        let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
        anyhow::ensure!(
            is_plain(local) && is_plain(domain) && local.len() + 1 + TAG <= LONGEST_LOCAL,
            "mail_returns: at most {} plain letters and digits before the @, as bounces@example.org",
            LONGEST_LOCAL - 1 - TAG
        );
        let returns = Self { local: local.to_owned(), domain: domain.to_owned() };
        let tagged = returns.tagged(PersonId(Uuid::nil()), &Tag { day: 0, mark: vec![0; MARK] });
        tagged.parse::<lettre::Address>().context("mail_returns is no address")?;
        Ok(Some(returns))
    }

    fn tagged(&self, person: PersonId, Tag { day, mark }: &Tag) -> String {
        let (person, mark) = (hex::encode(person.0.as_bytes()), hex::encode(mark));
        self.with_tag(&format!("{person}{day:02x}{mark}"))
    }

    /// The address with something between the name and the domain.
    pub(super) fn with_tag(&self, tag: &str) -> String {
        format!("{}+{tag}@{}", self.local, self.domain)
    }

    /// What stands there, so long, in what says whom a mail was sent to.
    pub(super) fn tag_in(&self, sent_to: &str, length: usize) -> Option<String> {
        let (sent_to, before) = (sent_to.to_ascii_lowercase(), format!("{}+", self.local.to_ascii_lowercase()));
        let after = format!("@{}", self.domain.to_ascii_lowercase());
        sent_to.match_indices(before.as_str()).find_map(|(at, _)| {
            let (tag, rest) = sent_to[at + before.len()..].split_at_checked(length)?;
            rest.starts_with(&after).then(|| tag.to_owned())
        })
    }

    /// Whether the address stands in what says whom a mail was sent to, with whatever tag.
    fn is_named_in(&self, sent_to: &str) -> bool {
        let (sent_to, local) = (sent_to.to_ascii_lowercase(), self.local.to_ascii_lowercase());
        let domain = self.domain.to_ascii_lowercase();
        let is_of_a_word = |sign: char| sign.is_ascii_alphanumeric() || ".-_+".contains(sign);
        sent_to.match_indices(local.as_str()).any(|(at, _)| {
            let after = &sent_to[at + local.len()..];
            let after = after.strip_prefix('+').map_or(after, |tag| tag.trim_start_matches(is_of_a_word));
            !sent_to[..at].ends_with(is_of_a_word)
                && after
                    .strip_prefix('@')
                    .and_then(|rest| rest.strip_prefix(domain.as_str()))
                    .is_some_and(|rest| !rest.starts_with(is_of_a_word))
        })
    }

    /// Who and what else stands in what says whom a report was sent to.
    fn read(&self, sent_to: &str) -> Option<(PersonId, Tag)> {
        let tag = hex::decode(self.tag_in(sent_to, TAG)?).ok()?;
        let (person, rest) = tag.split_at_checked(16)?;
        let (day, mark) = rest.split_first()?;
        Some((PersonId(Uuid::from_slice(person).ok()?), Tag { day: *day, mark: mark.to_vec() }))
    }
}

/// What an address bears beside who a mail was for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tag {
    /// The last byte of the day's number, which tells the last days apart; the mark is made of all of it.
    day: u8,
    mark: Vec<u8>,
}

/// The day's number. No finer: a server that has a mail wait on purpose (greylisting) wants to see the same sender when it is tried again.
fn day_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(24 * 60 * 60)
}

/// The day of the last fortnight whose number ends so.
fn day_meant(last: u8, today: i64) -> Option<i64> {
    (today - REPORTS_LAST..=today).find(|day| day.to_be_bytes()[7] == last)
}

fn marked(person: PersonId, day: i64, address: &str) -> Vec<u8> {
    [&person.0.as_bytes()[..], &day.to_be_bytes(), address.to_lowercase().as_bytes()].concat()
}

/// The envelope's sender of a mail to this address of somebody's; nothing where no reports are read, or no key is there to mark it.
pub(super) fn sender(app: &App, person: PersonId, address: &str) -> Option<String> {
    let returns = app.mailer.returns.as_ref()?;
    let day = day_of(app.now());
    let mark = app.vault.mark(PURPOSE, &marked(person, day, address))?;
    Some(returns.tagged(person, &Tag { day: day.to_be_bytes()[7], mark: mark[..MARK].to_vec() }))
}

/// What became of a mail that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    /// It is a report of a mail server; an address was noted for it as one that takes no mail, or was not.
    Report { is_noted: bool },
    /// Somebody wrote it to an address of ours: no copy of it is kept.
    Letter,
    /// It is to nobody here.
    Nothing,
}

/// Takes in what came, and says whether an address was noted for it as one that takes no mail.
pub async fn take_in(app: &App, message: &[u8]) -> anyhow::Result<bool> {
    Ok(taken(app, message).await? == Taken::Report { is_noted: true })
}

async fn taken(app: &App, message: &[u8]) -> anyhow::Result<Taken> {
    let Some(returns) = &app.mailer.returns else { return Ok(Taken::Nothing) };
    let head = opening::of_head(message).to_vec();
    let Some(head) = tokio::task::spawn_blocking(move || opening::head(&head)).await? else {
        return Ok(Taken::Nothing);
    };
    if incoming::receive(app, returns, &head, message).await? {
        return Ok(Taken::Letter);
    }
    if !head.is_report {
        let is_ours = head.sent_to.iter().any(|sent_to| returns.is_named_in(sent_to));
        return Ok(if is_ours { Taken::Letter } else { Taken::Nothing });
    }
    let is_whole = u64::try_from(message.len()).is_ok_and(|length| length <= MOST_BYTES);
    Ok(Taken::Report { is_noted: is_whole && came_back(app, returns, &head, message).await? })
}

async fn came_back(app: &App, returns: &Returns, head: &Head, message: &[u8]) -> anyhow::Result<bool> {
    // Without a key no mark is known: the report waits, where it was delivered from, until one is there.
    anyhow::ensure!(!app.vault.ids().is_empty(), "no key of the installation is at hand, so no report can be judged");
    let Some((person, tag)) = head.sent_to.iter().find_map(|sent_to| returns.read(sent_to)) else {
        return Ok(false);
    };
    let Some(day) = day_meant(tag.day, day_of(app.now())) else { return Ok(false) };
    let Some(core) = identity::person(&app.db, person).await? else { return Ok(false) };
    let is_meant = |known: &Proved| app.vault.made_of(PURPOSE, &marked(person, day, &known.address), &tag.mark, MARK);
    let known = identity::addresses_of(&app.db, person).await?;
    let Some(Proved { address, at: proved_at }) = known.into_iter().find(is_meant) else { return Ok(false) };
    // Of a mail of the same day nobody can say whether it went before: the next one shows.
    if proved_at.is_some_and(|at| day <= day_of(at)) {
        return Ok(false);
    }
    // Where their mailbox sends on to somebody else who is gone, it is not theirs that takes no mail.
    let message = message.to_vec();
    let refused = tokio::task::spawn_blocking(move || report::refused(&message)).await?;
    if !refused.iter().any(|refused| refused.eq_ignore_ascii_case(&address)) {
        return Ok(false);
    }
    tracing::warn!("a report says that an address is refused for good");
    identity::unreachable(app, &core, &address).await?;
    Ok(true)
}

/// Looks at the folder of reports every few minutes, as long as the server runs.
pub async fn watch(app: App) {
    let folder = app.config.mail_returns_folder.clone();
    if folder.as_os_str().is_empty() {
        return;
    }
    loop {
        if let Err(error) = look(&app, &folder).await {
            tracing::error!(error = format!("{error:#}"), "the reports of mail servers could not be read");
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Takes in what is new in a Maildir, and says how many addresses were noted. What was read is put away in `cur`, whatever it was, but for
/// what somebody wrote to an address of ours, which is deleted; what could not be read is there at the next look.
pub async fn look(app: &App, folder: &Path) -> anyhow::Result<usize> {
    let mut noted = 0;
    take_up_again(app, folder).await?;
    for file in files(&folder.join("new")).await? {
        // One that cannot be read keeps no other from being read.
        match look_at(app, folder, &file).await {
            Ok(is_noted) => noted += usize::from(is_noted),
            Err(error) => tracing::error!(error = format!("{error:#}"), "a report of a mail server could not be read"),
        }
    }
    Ok(noted)
}

async fn look_at(app: &App, folder: &Path, file: &Path) -> anyhow::Result<bool> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // It is out of the way before it is read: what ends whoever reads it does so once, and no other server reads it as well.
    let here = folder.join("tmp").join(format!("{name}{HERE}"));
    let cur = folder.join("cur");
    anyhow::ensure!(tokio::fs::metadata(&cur).await.is_ok_and(|data| data.is_dir()), "{} is not there", cur.display());
    match tokio::fs::rename(file, &here).await {
        // Another server has taken it.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        outcome => outcome.with_context(|| format!("{} cannot be taken", file.display()))?,
    }
    let taken = match read_in(app, &here).await {
        Ok(taken) => taken,
        Err(error) => {
            tokio::fs::rename(&here, file).await.with_context(|| format!("{} cannot be put back", here.display()))?;
            return Err(error);
        }
    };
    let away = cur.join(format!("{name}:2,S"));
    let cannot = || format!("{} cannot be put away", here.display());
    match taken {
        Taken::Letter => tokio::fs::remove_file(&here).await.with_context(cannot)?,
        Taken::Report { .. } | Taken::Nothing => tokio::fs::rename(&here, &away).await.with_context(cannot)?,
    }
    Ok(taken == Taken::Report { is_noted: true })
}

async fn read_in(app: &App, file: &Path) -> anyhow::Result<Taken> {
    let mut message = Vec::new();
    let file = tokio::fs::File::open(file).await?;
    // From now on it is known when it was taken.
    let file = file.into_std().await;
    file.set_modified(clock(app))?;
    tokio::fs::File::from_std(file).take(MOST_BYTES + 1).read_to_end(&mut message).await?;
    taken(app, &message).await
}

/// The time as files bear it.
fn clock(app: &App) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(app.now().as_second()).unwrap_or_default())
}

/// Takes up again what is left of a mail that was being read when its server ended: once, since that mail may have ended it.
async fn take_up_again(app: &App, folder: &Path) -> anyhow::Result<()> {
    for file in files(&folder.join("tmp")).await? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(name) = name.strip_suffix(HERE) else { continue };
        let taken = tokio::fs::metadata(&file).await.and_then(|data| data.modified());
        let now = clock(app);
        let age = taken.ok().and_then(|at| now.duration_since(at).ok()).unwrap_or_default();
        let outcome = match name.ends_with(AGAIN) {
            false if age > LEFT => tokio::fs::rename(&file, folder.join("new").join(format!("{name}{AGAIN}"))).await,
            true if age > KEPT => tokio::fs::remove_file(&file).await,
            _ => continue,
        };
        outcome.with_context(|| format!("{} cannot be put back", file.display()))?;
    }
    Ok(())
}

/// The files of a part of a Maildir, in the order of their names, which begin with when they came.
async fn files(place: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let cannot = || format!("mail_returns_folder: {} cannot be read", place.display());
    let mut entries = tokio::fs::read_dir(place).await.with_context(cannot)?;
    let mut files = Vec::new();
    while let Some(entry) = entries.next_entry().await.with_context(cannot)? {
        if entry.file_type().await.is_ok_and(|kind| kind.is_file()) {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use crate::config::Flags;

    use super::*;

    fn returns(address: &str) -> anyhow::Result<Option<Returns>> {
        Returns::open(&Config::read(&Flags::default().with("mail_returns", address)).unwrap())
    }

    #[test]
    fn a_tag_is_read_wherever_it_stands() {
        let returns = returns("bounces@mentoring.example").unwrap().unwrap();
        let (person, tag) = (PersonId(Uuid::from_u128(7)), Tag { day: 0xa, mark: vec![9; MARK] });
        let address = returns.tagged(person, &tag);
        assert!(address.split('@').next().unwrap().len() <= LONGEST_LOCAL, "{address}");
        for sent_to in [address.clone(), format!("<{address}>"), address.to_uppercase(), format!("x@y, A <{address}>")]
        {
            assert_eq!(returns.read(&sent_to), Some((person, tag.clone())), "{sent_to}");
        }
        for other in [
            "bounces@mentoring.example",
            "bounces+12@mentoring.example",
            &address.replace("mentoring", "elsewhere"),
            &address.replace('@', "0@"),
        ] {
            assert_eq!(returns.read(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_to_the_address_is_told_from_other_mail() {
        let returns = returns("bounces@mentoring.example").unwrap().unwrap();
        for ours in [
            "bounces@mentoring.example",
            "A <Bounces+c12@Mentoring.example>",
            "x@y.example, bounces+@mentoring.example",
        ] {
            assert!(returns.is_named_in(ours), "{ours}");
        }
        for other in [
            "ana@mentoring.example",
            "not-bounces@mentoring.example",
            "bounces@elsewhere.example",
            "bounces@mentoring.example.org",
            "bounces",
            "",
        ] {
            assert!(!returns.is_named_in(other), "{other}");
        }
    }

    #[test]
    fn a_day_is_known_for_a_fortnight() {
        for today in [20_000, 20_224, 20_225, 20_230] {
            for ago in 0..=REPORTS_LAST {
                let day: i64 = today - ago;
                assert_eq!(day_meant(day.to_be_bytes()[7], today), Some(day));
            }
            for ago in [-1, REPORTS_LAST + 1, 255] {
                assert_eq!(day_meant((today - ago).to_be_bytes()[7], today), None, "{ago} days before {today}");
            }
        }
    }

    #[test]
    fn an_address_that_would_be_too_long_is_refused() {
        assert_eq!(returns("").unwrap(), None);
        returns("bounces-12@example.org").unwrap();
        for wrong in [
            "bounces",
            "@example.org",
            "bounces@",
            "bounces+x@example.org",
            "bounces-of-us@example.org",
            "a..b@example.org",
            "bounces@x..org",
        ] {
            returns(wrong).unwrap_err();
        }
    }
}
