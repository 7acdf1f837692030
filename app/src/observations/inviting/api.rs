//! JSON doors to invitations, for whoever invites. What a link opens is for whoever has the mail, in a browser.

use axum::extract::State as Has;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::actions::edition_to_open;
use super::super::api::{SITTINGS, in_our_words};
use super::super::model::InvitationId;
use super::actions::{self, Invited, waiting};
use crate::app::App;
use crate::identity::{Act, TokenScope, Viewer};
use crate::programmes::EditionId;
use crate::web::{Door, Failed, Instant, Json, Path, Told};

pub(super) fn doors() -> Vec<Door> {
    let told = |id, summary, detail| Told { id, tag: SITTINGS, summary, detail };
    let read = (Act::OpenSittings, TokenScope::OwnRead);
    let write = (Act::OpenSittings, TokenScope::OwnWrite);
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/editions/{id}/sittings/invitations",
            read,
            told(
                "list_host_invitations",
                "One's invitations to open a sitting",
                "Those of an edition with which nothing has been opened yet.",
            ),
            list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/editions/{id}/sittings/invitations",
            write,
            told(
                "invite_host",
                "Invite a host without account to open a sitting",
                "They get a mail whose link opens one sitting, of which they are the host, and holds for thirty days. Whoever has an \
                 account is named where a sitting is opened (422). No answer carries the link.",
            ),
            invite,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/editions/{id}/sittings/invitations/{invitation}/links",
            write,
            told(
                "send_host_invitation",
                "Send an invitation again",
                "For whoever invited: another mail, one in an hour at most. All its links hold for thirty days from now.",
            ),
            send_again,
        ),
        Door::program(
            MethodFilter::DELETE,
            "/api/me/editions/{id}/sittings/invitations/{invitation}",
            write,
            told(
                "withdraw_host_invitation",
                "Withdraw an invitation",
                "For whoever invited: its links open nothing any more, and nobody is named by it.",
            ),
            withdraw,
        ),
    ]
}

/// Somebody without account who is asked to open a sitting.
#[derive(Serialize, JsonSchema)]
struct HostInvitation {
    id: InvitationId,
    name: String,
    address: String,
    /// When its last mail was asked for.
    #[schemars(with = "Instant")]
    sent_at: Timestamp,
    /// Until when its links hold.
    #[schemars(with = "Instant")]
    expires_at: Timestamp,
}

/// The invitations that wait.
#[derive(Serialize, JsonSchema)]
struct HostInvitations {
    items: Vec<HostInvitation>,
}

/// Who is to open a sitting.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct HostToInvite {
    name: String,
    address: String,
}

async fn list(Has(app): Has<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Result<Json<HostInvitations>, Failed> {
    edition_to_open(&app.db, &viewer, id).await?;
    let told = |Invited { id, name, address, sent_at, expires_at, .. }: Invited| HostInvitation {
        id,
        name,
        address,
        sent_at,
        expires_at,
    };
    Ok(Json(HostInvitations { items: waiting(&app, &viewer, id).await?.into_iter().map(told).collect() }))
}

async fn invite(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Json(sent): Json<HostToInvite>,
) -> Result<Json<HostInvitations>, Failed> {
    actions::invite(&app, &viewer, id, (&sent.name, &sent.address)).await.map_err(in_our_words)?;
    list(Has(app), viewer, Path(id)).await
}

async fn send_again(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, invitation)): Path<(EditionId, InvitationId)>,
) -> Result<Json<HostInvitations>, Failed> {
    actions::send_again(&app, &viewer, (id, invitation)).await?;
    list(Has(app), viewer, Path(id)).await
}

async fn withdraw(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, invitation)): Path<(EditionId, InvitationId)>,
) -> Result<Json<HostInvitations>, Failed> {
    actions::withdraw(&app, &viewer, (id, invitation)).await?;
    list(Has(app), viewer, Path(id)).await
}
