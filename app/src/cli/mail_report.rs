use std::io::Read as _;

use crate::app::App;
use crate::config::Config;
use crate::mail;

/// Takes in a report from standard input, or what somebody sends in. What is neither, or is about nobody here, is no failure: a mail server
/// would write back that it could not be delivered.
pub(super) async fn run(config: Config) -> anyhow::Result<()> {
    anyhow::ensure!(!config.mail_returns.is_empty(), "mail_returns: say to which address reports come");
    let app = App::open(config).await?;
    let mut message = Vec::new();
    std::io::stdin().take(mail::MOST_BYTES + 1).read_to_end(&mut message)?;
    mail::take_in(&app, &message).await?;
    app.db.close().await;
    Ok(())
}
