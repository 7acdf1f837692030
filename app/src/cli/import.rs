use clap::Args;

#[derive(Debug, Args)]
pub(super) struct Arguments {}

pub(super) async fn run(_config: crate::config::Config, _arguments: Arguments) -> anyhow::Result<()> {
    anyhow::bail!("not built yet")
}
