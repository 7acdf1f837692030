use clap::Args;

#[derive(Debug, Args)]
pub(super) struct Arguments {}

pub(super) fn run(_flags: crate::config::Flags, _arguments: &Arguments) -> anyhow::Result<()> {
    anyhow::bail!("not built yet")
}
