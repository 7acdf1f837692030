-- "Did you meet?", asked of both apart: a row for each of them and each occasion. `meeting` is missing where a pair has been quiet.
-- Nobody but the person reads the answer; the health of a pair counts it.
CREATE TABLE meeting_asks (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    meeting UUID REFERENCES meetings (id),
    person UUID NOT NULL REFERENCES persons (id),
    about BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT,
    met BOOLEAN,
    UNIQUE (mentorship, person, about)
);
CREATE INDEX meeting_asks_of_person ON meeting_asks (person, answered_at);

-- Links of mails that act without signing in. Each is one person's and does one thing; only its digest is kept.
CREATE TABLE meeting_links (
    token BYTEA PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES persons (id),
    act TEXT NOT NULL,
    meeting UUID REFERENCES meetings (id),
    ask UUID REFERENCES meeting_asks (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX meeting_links_by_end ON meeting_links (expires_at);
