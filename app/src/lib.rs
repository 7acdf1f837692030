//! Telémaco: executive mentoring programmes, from enrolment to returns. `ARCHITECTURE.md` is the map.

pub mod app;
pub mod cli;
pub mod config;
pub mod features;
pub mod problems;

// Features, each may know those above it.
pub mod activities;
pub mod baselines;
pub mod breakglass;
pub mod concerns;
pub mod copies;
pub mod frameworks;
pub mod goals;
pub mod health;
pub mod home;
pub mod journal;
pub mod meetings;
pub mod mentorships;
pub mod observations;
pub mod outcomes;
pub mod pairing;
pub mod people;
pub mod programmes;
pub mod reviews;

// The platform, which knows no feature.
pub mod audit;
pub mod calendar;
pub mod db;
pub mod erasure;
pub mod i18n;
pub mod identity;
pub mod jobs;
pub mod mail;
pub mod notices;
pub mod outbound;
pub mod sheets;
pub mod vault;
pub mod web;
