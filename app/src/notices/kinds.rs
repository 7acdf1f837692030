//! What features offer and tell: a kind of notice, what may be chosen of it, a notice, and the mail that a kind writes itself.

use uuid::Uuid;

use super::model::Way;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, OrganisationId, PersonCore, PersonId};
use crate::mail::Attached;

/// A kind of notice that a feature offers: `Kind { name, label, mail, ..Kind::USUAL }`.
#[derive(Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own, and a kind names only what is unusual"
)]
pub struct Kind {
    /// The feature and what has happened: `meetings.proposed`. No verb of the audit trail bears the same name.
    pub name: &'static str,
    /// The key of what the settings call it: “Propuestas de reunión”.
    pub label: &'static str,
    /// The key of the sentence that stands in a mail, also as its subject. It takes no arguments and names nobody: executives'
    /// mail is read by assistants.
    pub mail: &'static str,
    /// How people hear of it until they choose.
    pub way: Way,
    /// Whether it may wait for a digest.
    pub waits: bool,
    /// Whether its mail goes at any hour.
    pub urgent: bool,
    /// Whether its mail goes though the notice was read: it carries what is to be had nowhere else, as an invitation does.
    pub always: bool,
    /// Whether the link of its own mail does something. A digest carries it as well.
    pub acts: bool,
    /// The key of why nobody may switch it off, where nobody may.
    pub needed: Option<&'static str>,
    /// Whether webhooks may hear of it: the sentence of the mail, which names nobody, and the link. Not where it says something already that
    /// somebody was told such a thing (docs/decisions/0018).
    pub outside: bool,
    /// Whether nothing of it is left to do once the record has ended that it is about or below whose page it leads, as a pair.
    pub ends: bool,
    /// Whose settings list it.
    pub act: Act,
    /// What its own mail says instead of the sentence, and the link that it acts with.
    pub writes: Option<Writes>,
    /// Where the mail with the kind's sentence leads instead of the page, if to something that acts, and the words of that link.
    pub leads: Option<Leads>,
}

impl Kind {
    /// What most kinds are: mailed at once by day, free to wait or be switched off.
    pub const USUAL: Self = Self {
        name: "",
        label: "",
        mail: "",
        way: Way::AtOnce,
        waits: true,
        urgent: false,
        always: false,
        acts: false,
        needed: None,
        outside: true,
        ends: false,
        act: Act::UseAccount,
        writes: None,
        leads: None,
    };

    /// What may be chosen of it.
    pub fn ways(&self) -> impl Iterator<Item = Way> {
        let is_needed = self.needed.is_some();
        Way::ALL.into_iter().filter(move |way| match way {
            Way::AtOnce => true,
            Way::Daily | Way::Weekly => self.waits,
            Way::Product => !is_needed || !self.way.mails(),
            Way::Off => !is_needed,
        })
    }

    /// How somebody hears of it who has chosen this, or nothing. A choice that is not to be had any more is none.
    pub fn settled(&self, chosen: Option<Way>) -> Way {
        chosen.filter(|chosen| self.ways().any(|way| way == *chosen)).unwrap_or(self.way)
    }

    /// Whether the mail can be switched off.
    pub fn can_go_unmailed(&self) -> bool {
        self.ways().any(|way| way == Way::Product)
    }
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// Somebody who was told, when their mail is written.
#[derive(Clone, Debug)]
pub struct Told {
    pub notice: Uuid,
    pub reader: PersonCore,
    pub about: Option<Uuid>,
    pub key: Option<String>,
    /// The page that it is about.
    pub href: String,
}

impl Told {
    /// The address that leads to what they were told of, and marks it as read.
    pub fn url(&self, app: &App) -> String {
        format!("{}/notices/{}", app.config.public_url, self.notice)
    }
}

/// What a mail of a feature's own says. It may name whom its reader is to meet or go along with, as an invitation does, and carries
/// nothing that a pair wrote.
#[derive(Clone, Debug)]
pub struct Letter {
    pub subject: Message,
    /// What follows the greeting.
    pub paragraphs: Vec<Message>,
    /// The words of the link and where it leads. A link that acts is made here, so that it stands nowhere but in the mail.
    pub link: Option<(Message, String)>,
    pub attached: Option<Attached>,
}

pub type Writing = std::pin::Pin<Box<dyn Future<Output = anyhow::Result<Option<Letter>>> + Send>>;

/// Writes a mail; `None` when there is nothing to be said any more.
pub type Writes = fn(App, Told) -> Writing;
pub type Leads = fn(&App, &Told) -> Option<(Message, String)>;

/// Something to tell somebody.
#[derive(Clone, Debug)]
pub struct Notice {
    pub organisation: OrganisationId,
    pub to: PersonId,
    /// The name of a [`Kind`].
    pub kind: &'static str,
    /// What the page of notices says.
    pub text: Message,
    /// What a mail says instead of the kind's sentence: an edition's name, a day; nobody's name.
    pub mail: Option<Message>,
    /// The path that it leads to.
    pub href: String,
    /// The record that it is about, for webhooks, programs and the kind's own mail.
    pub about: Option<Uuid>,
    /// Of one kind and key, somebody is told once.
    pub key: Option<String>,
}

impl Notice {
    pub fn new(
        organisation: OrganisationId,
        to: PersonId,
        kind: &'static str,
        text: Message,
        href: impl Into<String>,
    ) -> Self {
        Self { organisation, to, kind, text, mail: None, href: href.into(), about: None, key: None }
    }

    #[must_use]
    pub fn about(mut self, record: Uuid) -> Self {
        self.about = Some(record);
        self
    }

    /// Told once, however often this is called with the same key.
    #[must_use]
    pub fn once(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    #[must_use]
    pub fn mailed(mut self, text: Message) -> Self {
        self.mail = Some(text);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_reaches_people() {
        let usual = Kind::USUAL;
        assert_eq!(usual.ways().count(), 5);
        assert_eq!(usual.settled(Some(Way::Off)), Way::Off);
        let needed = Kind { needed: Some("x"), waits: false, ..usual };
        assert_eq!(needed.ways().collect::<Vec<_>>(), [Way::AtOnce]);
        assert_eq!(needed.settled(Some(Way::Off)), Way::AtOnce);
        assert!(!needed.can_go_unmailed() && usual.can_go_unmailed());
        let shown = Kind { needed: Some("x"), way: Way::Product, ..usual };
        assert!(shown.ways().all(|way| way != Way::Off) && shown.can_go_unmailed());
    }
}
