-- Where programs of somebody's own are told what they are told.

-- `kinds` is a list of names of kinds of notices, JSON. The secret that signs what goes there is kept nowhere: it is made of
-- the installation's key and the identifier. A hook that was in vain for too long is stopped.
CREATE TABLE hooks (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES persons (id),
    address TEXT NOT NULL,
    shape TEXT NOT NULL,
    kinds TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    worked_at BIGINT,
    trouble TEXT,
    stopped_at BIGINT
);
CREATE INDEX hooks_of_person ON hooks (person);
