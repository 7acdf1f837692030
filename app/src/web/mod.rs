//! The web's platform: doors and their guards, the page's shell, errors, assets. It knows no feature; `features.rs` lists
//! their doors.

mod assets;
mod description;
mod door;
mod errors;
pub mod figures;
mod forms;
mod health;
mod idempotency;
mod openapi;
mod programs;
mod progress;
mod serve;
mod shell;

pub use assets::{text as asset_text, url as asset};
pub use description::{Tag, Told};
pub use door::{Door, Guest, Path, Peer, Query, Who};
pub use errors::{Answer, Failed, again};
pub use forms::{Form, Upload, Uploads};
pub use openapi::document as openapi;
pub use programs::{Created, Cursor, Day, File, FileKind, Instant, Json, Limit, Page, Params, Toml, Whole, told};
pub use progress::{Progress, Stage};
pub use serve::{router, serve};
pub use shell::{Crumb, NavItem, Shell, download, file, page, see_other, see_other_with};
pub(crate) use shell::{chosen_language, cookie, notice, remember_language};

use crate::features::Feature;

pub const FEATURE: Feature = Feature {
    name: "web",
    doors: || [health::doors(), openapi::doors()].concat(),
    jobs: idempotency::KINDS,
    notices: &[],
    tables: idempotency::TABLES,
};
