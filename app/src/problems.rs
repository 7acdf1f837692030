//! The three ways in which something is not done, each in its place: [`Problems`] that the person can mend, a
//! [`Refusal`], and a fault of ours. Actions return them; doors translate them.

use std::borrow::Cow;

use crate::i18n::Message;

/// What is wrong with what somebody gave us, field by field, so that they can mend it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems(Vec<Problem>);

/// One thing to mend. The field is the form's name for it; an empty one means the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub field: Cow<'static, str>,
    pub message: Message,
}

/// What is not done for this person, whatever they write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// 400: what a program sent cannot be read.
    Malformed,
    /// 401: nobody is signed in.
    SignIn,
    /// 403: the request came from another site.
    Forbidden,
    /// 403: the person may, but the program's token has not this scope.
    OutOfScope(&'static str),
    /// 404: it does not exist, or not for them; the answer is the same.
    NotFound,
    /// 405: the page is there, but not for this kind of request.
    WrongMethod,
    /// 409: somebody else was faster.
    Conflict,
    /// 409: a request with the same key has begun, and its answer is not known.
    Begun,
    /// 413: larger than the door takes.
    TooLarge,
    /// 415: a program sent a body of another kind than the door takes.
    OtherKind,
    /// 429: too often.
    TooOften,
}

/// Why an action did not happen.
#[derive(Debug)]
pub enum Failure {
    Problems(Problems),
    Refusal(Refusal),
    /// Ours: logged once at the door and shown as a reference number.
    Ours(anyhow::Error),
}

impl Problems {
    pub fn one(field: impl Into<Cow<'static, str>>, message: Message) -> Self {
        let mut problems = Self::default();
        problems.add(field, message);
        problems
    }

    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, message: Message) {
        self.0.push(Problem { field: field.into(), message });
    }

    /// Adds what else was found.
    pub fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// What is wrong elsewhere than with a field.
    #[must_use]
    pub fn without(mut self, field: &str) -> Self {
        self.0.retain(|problem| problem.field != field);
        self
    }

    /// `value` when nothing is wrong.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }

    pub fn of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a Message> {
        self.0.iter().filter(move |problem| problem.field == field).map(|problem| &problem.message)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Ours(error)
    }
}

impl From<crate::db::Error> for Failure {
    fn from(error: crate::db::Error) -> Self {
        match error {
            crate::db::Error::Contended | crate::db::Error::DoneBefore => Self::Refusal(Refusal::Conflict),
            error => Self::Ours(error.into()),
        }
    }
}

impl From<Failure> for anyhow::Error {
    /// For doors that have nobody to tell, jobs and the shell: a sentence in English.
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Problems(problems) => {
                let texts: Vec<String> =
                    problems.iter().map(|problem| crate::i18n::Lang::En.tell(&problem.message)).collect();
                anyhow::anyhow!("{}", texts.join("; "))
            }
            Failure::Refusal(refusal) => anyhow::anyhow!("refused: {refusal:?}"),
            Failure::Ours(error) => error,
        }
    }
}
