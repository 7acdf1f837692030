//! What a webhook is sent, in the shape that its reader understands, and how it is signed; pure.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{outbound, vault};

/// In which shape a webhook is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "WebhookShape")]
pub(super) enum Shape {
    /// `type`, `timestamp` and `data`, signed as <https://www.standardwebhooks.com> has it.
    Standard,
    /// What an incoming webhook of Slack takes, or of whoever speaks as it does.
    Slack,
    /// What a workflow of Microsoft Teams takes that posts a card.
    Teams,
}

impl Shape {
    pub(super) const ALL: [Self; 3] = [Self::Standard, Self::Slack, Self::Teams];

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Slack => "slack",
            Self::Teams => "teams",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.code() == code)
    }

    pub(super) fn key(self) -> String {
        format!("hooks-shape-{}", self.code())
    }
}

/// What is told. The text names nobody and carries nothing that a pair wrote.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub id: Uuid,
    pub kind: String,
    pub at: Timestamp,
    pub text: String,
    /// What the way there is called.
    pub open: String,
    pub url: String,
    pub about: Option<Uuid>,
}

impl Event {
    pub(super) fn body(&self, shape: Shape) -> Value {
        match shape {
            Shape::Standard => json!({
                "type": self.kind,
                "timestamp": self.at.to_string(),
                "data": { "id": self.id, "about": self.about, "text": self.text, "url": self.url },
            }),
            Shape::Slack => {
                json!({ "text": format!("{} <{}|{}>", escaped(&self.text), self.url, escaped(&self.open)) })
            }
            Shape::Teams => json!({
                "type": "message",
                "attachments": [{
                    "contentType": "application/vnd.microsoft.card.adaptive",
                    "content": {
                        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                        "type": "AdaptiveCard",
                        "version": "1.4",
                        "body": [{ "type": "TextBlock", "text": self.text, "wrap": true }],
                        "actions": [{ "type": "Action.OpenUrl", "title": self.open, "url": self.url }],
                    },
                }],
            }),
        }
    }
}

/// The three signs that Slack reads as its own.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A secret as people give it to the program that checks signatures.
pub(super) fn spoken(secret: &[u8; 32]) -> String {
    format!("whsec_{}", STANDARD.encode(secret))
}

/// `webhook-signature`: one for each secret, so that who has an earlier one can still check.
pub(super) fn signatures(secrets: &[[u8; 32]], id: Uuid, at: Timestamp, body: &str) -> String {
    let signed = format!("{id}.{}.{body}", at.as_second());
    let sign =
        |secret: &[u8; 32]| Some(format!("v1,{}", STANDARD.encode(vault::signature(secret, signed.as_bytes())?)));
    secrets.iter().filter_map(sign).collect::<Vec<_>>().join(" ")
}

/// Why something did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    Way(outbound::Trouble),
    /// It answered that there is nothing there any more.
    Gone,
    /// It answered with another status than success.
    Refused,
}

impl Trouble {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Way(trouble) => trouble.code(),
            Self::Gone => "gone",
            Self::Refused => "refused",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        match code {
            "gone" => Some(Self::Gone),
            "refused" => Some(Self::Refused),
            _ => outbound::Trouble::parse(code).map(Self::Way),
        }
    }

    pub(super) fn key(self) -> String {
        format!("hooks-trouble-{}", self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event() -> Event {
        Event {
            id: Uuid::from_u128(7),
            kind: "mentorships.ended".to_owned(),
            at: "2027-01-11T09:00:00Z".parse().unwrap(),
            text: "Una mentoría <termina> & otra no".to_owned(),
            open: "Abrir".to_owned(),
            url: "https://mentoring.example/notices/7".to_owned(),
            about: None,
        }
    }

    #[test]
    fn each_reads_its_own_shape() {
        let [standard, slack, teams] = Shape::ALL.map(|shape| event().body(shape));
        assert_eq!(
            (&standard["type"], &standard["timestamp"]),
            (&json!("mentorships.ended"), &json!("2027-01-11T09:00:00Z"))
        );
        let link = "<https://mentoring.example/notices/7|Abrir>";
        assert_eq!(slack, json!({ "text": format!("Una mentoría &lt;termina&gt; &amp; otra no {link}") }));
        let card = &teams["attachments"][0]["content"];
        assert_eq!(
            (&card["type"], &card["body"][0]["text"]),
            (&json!("AdaptiveCard"), &json!("Una mentoría <termina> & otra no"))
        );
    }

    /// The example of the specification's own libraries.
    #[test]
    fn it_is_signed_as_the_specification_has_it() {
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = br#"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}"#;
        let signature = vault::signature(&secret, signed).unwrap();
        assert_eq!(STANDARD.encode(signature), "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let at = "2021-02-25T15:02:10Z".parse().unwrap();
        let both = signatures(&[[1; 32], [2; 32]], Uuid::nil(), at, "{}");
        let parts: Vec<&str> = both.split(' ').collect();
        assert!(parts.len() == 2 && parts.iter().all(|part| part.starts_with("v1,")) && parts[0] != parts[1]);
        assert!(spoken(&[1; 32]).starts_with("whsec_"));
    }

    #[test]
    fn troubles_are_read_as_they_were_written() {
        let all = outbound::Trouble::ALL.map(Trouble::Way).into_iter().chain([Trouble::Gone, Trouble::Refused]);
        for trouble in all {
            assert_eq!(Trouble::parse(trouble.code()), Some(trouble));
        }
    }
}
