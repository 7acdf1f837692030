-- Each mail that was asked for to somebody outside who is invited to open a sitting: so many of somebody's a day, and so many to the same
-- address, of which there is a digest.
CREATE TABLE sitting_invitation_mails (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    asked_by UUID NOT NULL REFERENCES persons (id),
    address BYTEA NOT NULL,
    asked_at BIGINT NOT NULL
);
CREATE INDEX sitting_invitation_mails_of_person ON sitting_invitation_mails (asked_by, asked_at);
CREATE INDEX sitting_invitation_mails_to ON sitting_invitation_mails (organisation, address, asked_at);
