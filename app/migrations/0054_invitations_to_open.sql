-- Somebody without account who is asked to open a sitting, and the links of the mails to them. Of a link only the digest is kept.
CREATE TABLE sitting_invitations (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    edition UUID NOT NULL REFERENCES editions (id),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    invited_by UUID NOT NULL REFERENCES persons (id),
    sent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    sitting UUID REFERENCES sittings (id)
);
CREATE INDEX sitting_invitations_of_person ON sitting_invitations (invited_by, edition);

CREATE TABLE sitting_invitation_links (
    token BYTEA PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    invitation UUID NOT NULL REFERENCES sitting_invitations (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX sitting_invitation_links_of ON sitting_invitation_links (invitation);
