//! The demonstration: a whole installation with invented people, and a link for each of them that signs in with one click.
//! The links exist here only.

mod editions;
mod journeys;
mod loops;
mod people;
mod reviews;
mod room;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Args;
use serde::{Deserialize, Serialize};

use super::say;
use super::serve::{listen, log};
use crate::app::{App, Demo, Persona};
use crate::config::{Config, Flags};
use crate::identity::{self, Address, NewOrganisation, NewPerson, Organisation, OrganisationId, Part, PersonId};
use crate::people::columns::{Mapping, SheetRole, propose};
use crate::people::imports::take_in;
use crate::problems::Failure;
use crate::{db, sheets, transaction, vault, web};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Port to listen on
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Folder of the demonstration's database
    #[arg(long, default_value = "telemaco-demo")]
    data: PathBuf,
    /// Begin anew
    #[arg(long)]
    reset: bool,
    /// The same seed invents the same people
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(super) fn run(flags: Flags, arguments: &Arguments) -> anyhow::Result<()> {
    let data = arguments.data.to_str().context("the folder's name is no text")?;
    let flags = flags
        .with("data", data)
        .with("database", "")
        .with("smtp", "")
        .with("listen", &format!("127.0.0.1:{}", arguments.port))
        .with("public_url", &format!("http://localhost:{}", arguments.port));
    if arguments.reset {
        forget(&arguments.data)?;
    }
    super::on_runtime(start(Config::read(&flags)?, arguments))
}

/// What says that a folder is a demonstration's. It is written before anything else, and into an empty folder only, so that no
/// installation can come by it.
const MARK: &str = "demonstration";

fn is_empty(folder: &Path) -> anyhow::Result<bool> {
    Ok(std::fs::read_dir(folder)?.next().is_none())
}

/// Takes the folder for the demonstration: one that is new or empty, or that a demonstration took before.
fn take(config: &Config) -> anyhow::Result<()> {
    let data = &config.data;
    config.make_data_folder()?;
    if data.join(MARK).exists() {
        return Ok(());
    }
    anyhow::ensure!(
        is_empty(data)?,
        "{} holds something that is no demonstration; name another folder with --data",
        data.display()
    );
    std::fs::write(data.join(MARK), "A demonstration of Telémaco. `telemaco demo --reset` deletes this folder.\n")
        .with_context(|| format!("{} cannot be written to", data.display()))
}

/// Deletes what a demonstration left, and only that.
fn forget(data: &Path) -> anyhow::Result<()> {
    if !data.exists() {
        return Ok(());
    }
    let is_ours = data.join(MARK).exists() || is_empty(data)?;
    anyhow::ensure!(is_ours, "{} holds no demonstration; nothing was deleted", data.display());
    std::fs::remove_dir_all(data).with_context(|| format!("{} cannot be deleted", data.display()))
}

async fn start(config: Config, arguments: &Arguments) -> anyhow::Result<()> {
    log(&Config { log: "warn".to_owned(), ..config.clone() })?;
    take(&config)?;
    let mut app = App::open(config).await?;
    db::migrate(&app.db, app.now()).await?;
    vault::ready(&app).await?;
    let listener = listen(&app.config).await?;
    let file = arguments.data.join("personas.json");
    let personas = if file.exists() {
        read_personas(&file)?
    } else {
        let begun = identity::organisations(&app.db).await?;
        anyhow::ensure!(
            begun.is_empty(),
            "the first start of this demonstration was cut short; begin anew with --reset"
        );
        invent(&app, arguments.seed).await.map_err(anyhow::Error::from)?
    };
    write_personas(&app, &file, &personas)?;
    say("Telémaco, a demonstration. Each link signs you in as somebody:\n");
    for persona in &personas {
        let (url, parts) = (url(&app, persona), persona.parts.join(", "));
        say(format!("  {:<24} {:<24} {url}\n  {:<24} {parts}\n", persona.name, persona.organisation, ""));
    }
    say(format!("Everybody: {}/demo    Mails: {0}/demo/mail    Ctrl-C ends it.", app.config.public_url));
    app.demo = Some(Arc::new(Demo { personas }));
    web::serve(app, listener).await
}

fn url(app: &App, persona: &Persona) -> String {
    format!("{}{}", app.config.public_url, persona.path())
}

/// A persona as `personas.json` tells it.
#[derive(Serialize, Deserialize)]
struct Told {
    id: uuid::Uuid,
    name: String,
    email: String,
    organisation: String,
    parts: Vec<String>,
    sign_in_url: String,
    api_token: String,
}

fn write_personas(app: &App, file: &Path, personas: &[Persona]) -> anyhow::Result<()> {
    let told: Vec<Told> = personas
        .iter()
        .map(|persona| Told {
            id: persona.person,
            name: persona.name.clone(),
            email: persona.address.clone(),
            organisation: persona.organisation.clone(),
            parts: persona.parts.clone(),
            sign_in_url: url(app, persona),
            api_token: persona.api_token.clone(),
        })
        .collect();
    let arriving = file.with_extension("part");
    std::fs::write(&arriving, serde_json::to_string_pretty(&told)?)?;
    Ok(std::fs::rename(arriving, file)?)
}

fn read_personas(file: &Path) -> anyhow::Result<Vec<Persona>> {
    let told: Vec<Told> = serde_json::from_str(&std::fs::read_to_string(file)?)
        .with_context(|| format!("{} cannot be read; begin anew with --reset", file.display()))?;
    Ok(told
        .into_iter()
        .map(|told| Persona {
            person: told.id,
            name: told.name,
            address: told.email,
            organisation: told.organisation,
            parts: told.parts,
            secret: told.sign_in_url.rsplit('/').next().unwrap_or_default().to_owned(),
            api_token: told.api_token,
        })
        .collect())
}

/// Invents both organisations and gives a key to those whom a visitor may want to be.
async fn invent(app: &App, seed: u64) -> Result<Vec<Persona>, Failure> {
    let mut personas = Vec::new();
    for house in people::houses(seed) {
        let organisation = found(app, &house).await?;
        enrol(app, &organisation, &house).await?;
        let cast = cast(app, &organisation, &house).await?;
        let coordinator = cast.iter().find(|(_, _, _, parts)| parts.contains(&Part::Coordinator));
        let (coordinator, ..) = coordinator.ok_or_else(|| anyhow::anyhow!("a house has a coordinator"))?;
        let visitors: Vec<PersonId> = cast.iter().map(|(id, ..)| *id).collect();
        editions::add(app, &organisation, *coordinator, &visitors, house.plan()).await?;
        for (id, name, address, parts) in cast {
            personas.push(Persona {
                person: id.0,
                name,
                address,
                organisation: organisation.name.clone(),
                parts: parts.iter().map(|part| part.code().to_owned()).collect(),
                secret: URL_SAFE_NO_PAD.encode(app.secret()),
                api_token: identity::new_token(app, id, "demo").await?,
            });
        }
    }
    Ok(personas)
}

async fn found(app: &App, house: &people::House) -> Result<Organisation, Failure> {
    let coordinator = house.staff.first().ok_or_else(|| anyhow::anyhow!("a house has a coordinator"))?;
    let new = NewOrganisation {
        name: house.name.to_owned(),
        lang: crate::i18n::Lang::Es,
        zone: "Europe/Madrid".to_owned(),
        coordinator: new_person(&coordinator.0, &house.address(&coordinator.0))?,
    };
    let organisation: Result<(OrganisationId, PersonId), Failure> =
        transaction!(app.db, tx => identity::add_organisation(app, tx, &new).await);
    let (id, _) = organisation?;
    let all = identity::organisations(&app.db).await?;
    Ok(all
        .into_iter()
        .find(|organisation| organisation.id == id)
        .ok_or_else(|| anyhow::anyhow!("it was just added"))?)
}

fn new_person(name: &str, address: &str) -> Result<NewPerson, Failure> {
    let address = Address::parse(address).ok_or_else(|| anyhow::anyhow!("{address} is no address"))?;
    let (name, zone) = (name.to_owned(), "Europe/Madrid".to_owned());
    Ok(NewPerson { address, name, lang: crate::i18n::Lang::Es, zone, words: String::new(), in_directory: false })
}

/// The people come in as everybody's do: from a sheet.
async fn enrol(app: &App, organisation: &Organisation, house: &people::House) -> Result<(), Failure> {
    let sheet = sheets::read(house.sheet().as_bytes(), "personas.csv")
        .map_err(|refusal| anyhow::anyhow!("the demonstration's sheet: {refusal}"))?;
    let mapping = Mapping::proposed(&propose(&sheet, SheetRole::Mixed, &std::collections::HashMap::new()));
    let run = take_in(app, organisation, &[(sheet, SheetRole::Mixed, mapping)], false, &|_| {}).await?;
    if run.reading.has_errors() {
        return Err(anyhow::anyhow!("the demonstration's sheet has errors: {:?}", run.reading.problems).into());
    }
    Ok(())
}

/// Those whom a visitor may be, with the parts that they hold.
async fn cast(
    app: &App,
    organisation: &Organisation,
    house: &people::House,
) -> Result<Vec<(PersonId, String, String, Vec<Part>)>, Failure> {
    let cast: Vec<(String, Vec<Part>)> = house.staff.iter().cloned().chain(house.stars()).collect();
    transaction!(app.db, tx => {
        let records = crate::people::records(&mut *tx, organisation.id).await?;
        let mut found = Vec::new();
        for (name, parts) in &cast {
            let address = house.address(name);
            let known = records.iter().find(|record| record.draft.address == address).map(|record| record.id);
            let id = if let Some(id) = known {
                id
            } else {
                let new = new_person(name, &address)?;
                let ids = identity::add_person(app, tx, organisation.id, &[new]).await?;
                ids.into_iter().next().ok_or_else(|| anyhow::anyhow!("one person was added"))?
            };
            let grants: Vec<(PersonId, Part)> = parts.iter().map(|part| (id, *part)).collect();
            identity::grant(app, tx, organisation.id, &grants).await?;
            found.push((id, name.clone(), address, parts.clone()));
        }
        Ok::<_, Failure>(found)
    })
}
