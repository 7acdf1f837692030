//! Stories through the front door, each on a database of its own, on both engines. One binary, a file a feature.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a story may stop where it stands")]
#![expect(clippy::disallowed_methods, reason = "a story sets up what the program is given")]

#[path = "../support/mod.rs"]
mod support;

mod activities;
mod agreement;
mod api;
mod assign;
mod audit;
mod baselines;
mod breakglass;
mod browser_pages;
mod by_mail;
mod calendar;
mod cli;
mod concerns;
mod confidence;
mod consent;
mod copies;
mod crash;
mod db;
mod decided;
mod erasure;
mod forwarding;
mod frameworks;
mod goals;
mod health;
mod home;
mod house;
mod identity;
mod imports;
mod inviting;
mod jobs;
mod journal;
mod journey_looks;
mod logs;
mod look_back;
mod loops;
mod mail;
mod mail_tls;
mod meetings;
mod mentorships;
mod met;
mod month;
mod notices;
mod observations;
mod orientation;
mod outcomes;
mod pairing;
mod people;
mod permissions;
mod programmes;
mod records;
mod reviews;
mod room;
mod room_looks;
mod seats;
mod series;
mod sharing;
mod sitting;
mod the_loop;
mod upgrade;
mod vault;
mod web;
mod webhooks;
mod year;
