//! What a form brings: its fields as they were typed, and its files.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;

use super::errors::Failed;
use crate::problems::{Failure, Refusal};

/// The fields of a plain form, in order. Nothing is parsed here, so that nothing typed is lost.
#[derive(Clone, Debug, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    pub fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// Puts values in place of what the field has.
    pub fn set(&mut self, name: &str, values: Vec<String>) {
        self.0.retain(|(field, _)| field != name);
        self.0.extend(values.into_iter().map(|value| (name.to_owned(), value)));
    }

    /// The first value of a field, trimmed; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// The value as it was typed, blanks included: a password.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }

    /// The version of what was typed over. A form of ours always brings it.
    pub fn version(&self) -> Result<i64, Refusal> {
        self.text("version").parse().map_err(|_| Refusal::NotFound)
    }

    /// The same, for a form that is shown again; `now` where it is shown for the first time.
    pub fn version_or(&self, now: i64) -> i64 {
        self.version().unwrap_or(now)
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Failed;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failed> {
        let fields = axum::Form::<Vec<(String, String)>>::from_request(request, state)
            .await
            .map_err(|rejection| rejected(rejection.status()))?;
        Ok(Self(fields.0))
    }
}

/// A file that a form brought.
#[derive(Clone, Debug)]
pub struct Upload {
    pub field: String,
    pub file_name: String,
    pub content: Vec<u8>,
}

/// The fields and files of a form that uploads.
#[derive(Clone, Debug, Default)]
pub struct Uploads {
    pub form: Form,
    pub files: Vec<Upload>,
}

impl<S: Send + Sync> FromRequest<S> for Uploads {
    type Rejection = Failed;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failed> {
        let mut parts =
            Multipart::from_request(request, state).await.map_err(|rejection| rejected(rejection.status()))?;
        let mut uploads = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|error| rejected(error.status()))? {
            let field = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let content = part.bytes().await.map_err(|error| rejected(error.status()))?;
            match file_name {
                // A file field left empty arrives as a file without name and content.
                Some(name) if name.is_empty() && content.is_empty() => {}
                Some(file_name) => uploads.files.push(Upload { field, file_name, content: content.to_vec() }),
                None => uploads.form.0.push((field, String::from_utf8_lossy(&content).into_owned())),
            }
        }
        Ok(uploads)
    }
}

fn rejected(status: StatusCode) -> Failed {
    let refusal = if status == StatusCode::PAYLOAD_TOO_LARGE { Refusal::TooLarge } else { Refusal::NotFound };
    Failed(Failure::Refusal(refusal))
}
