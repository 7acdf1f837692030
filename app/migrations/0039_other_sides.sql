-- Who is on the other side of a negotiation: what an observer has to know to say whether they have a conflict of interest. Emptied some time
-- after the sitting, with the names of those outside. `named_by` is empty where the host said it by a link.
CREATE TABLE sitting_sides (
    sitting UUID PRIMARY KEY NOT NULL REFERENCES sittings (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    named_by UUID REFERENCES persons (id),
    named_at BIGINT NOT NULL
);
