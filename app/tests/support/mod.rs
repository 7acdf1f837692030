//! What every story needs: an installation of its own, and people who open its pages.

pub mod before;
#[expect(dead_code, reason = "not every way of using a browser is used yet")]
pub mod browser;
mod client;
pub mod dump;
pub mod edition;
pub mod form;
mod house;
pub mod looks;
mod peers;
mod post_office;
pub mod sheets;

pub use client::{Client, Seen};
pub use house::{House, Person, new_person};
pub use peers::{MailServer, Radicale, peer};
pub use post_office::{Manner, PostOffice};

/// Tells a story on SQLite and on PostgreSQL: `story!(name, async |house| { … });`
#[macro_export]
macro_rules! story {
    ($name:ident, $tell:expr) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                let house = $crate::support::House::on_sqlite().await;
                ($tell)(&house).await;
                house.end().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                let house = $crate::support::House::on_postgres().await;
                ($tell)(&house).await;
                house.end().await;
            }
        }
    };
}
