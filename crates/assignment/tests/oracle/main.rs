//! The engine against an oracle that tries every assignment of a small problem.

#![expect(clippy::expect_used, reason = "a test may stop where it stands")]

mod oracle;
mod properties;
mod rules;
mod settled;
