-- Meetings of a pair: times that were proposed, the time that holds, what was said, and what the two promised.
--
-- What somebody typed is sealed (`words`), in the key of whoever wrote it. What stands beside it in the clear is what a calendar,
-- the hours and the health of a pair need: times, lengths, states, dates, and whose turn it is.

-- `starts_at` is the time that holds, if one does; `zone` the clock by which it was agreed. `sequence` is that of the last
-- calendar message. `asked_by` is the side whose proposed times wait for an answer. `spent` is how many minutes it took.
CREATE TABLE meetings (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    state TEXT NOT NULL,
    starts_at BIGINT,
    zone TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    spent BIGINT,
    way TEXT NOT NULL,
    place_by UUID REFERENCES persons (id),
    place_words BYTEA,
    asked_by TEXT,
    sequence BIGINT NOT NULL,
    created_by UUID NOT NULL REFERENCES persons (id),
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX meetings_of_pair ON meetings (mentorship, starts_at, id);

-- Times that were proposed and not answered yet.
CREATE TABLE meeting_times (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    meeting UUID NOT NULL REFERENCES meetings (id),
    starts_at BIGINT NOT NULL,
    UNIQUE (meeting, starts_at)
);

-- Notes and reflections.
CREATE TABLE meeting_texts (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    meeting UUID NOT NULL REFERENCES meetings (id),
    kind TEXT NOT NULL,
    author UUID NOT NULL REFERENCES persons (id),
    visibility TEXT NOT NULL,
    words BYTEA NOT NULL,
    written_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX meeting_texts_of_meeting ON meeting_texts (meeting, id);

-- Points of the agenda. They are the pair's: what no meeting has settled stands on the agenda of the next one.
CREATE TABLE meeting_points (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    meeting UUID NOT NULL REFERENCES meetings (id),
    author UUID NOT NULL REFERENCES persons (id),
    words BYTEA NOT NULL,
    settled_in UUID REFERENCES meetings (id),
    written_at BIGINT NOT NULL
);
CREATE INDEX meeting_points_of_pair ON meeting_points (mentorship, settled_in);

-- What one of the two owes the other.
CREATE TABLE meeting_promises (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    meeting UUID NOT NULL REFERENCES meetings (id),
    author UUID NOT NULL REFERENCES persons (id),
    owed_by TEXT NOT NULL,
    due_on TEXT NOT NULL,
    words BYTEA NOT NULL,
    written_at BIGINT NOT NULL,
    done_at BIGINT
);
CREATE INDEX meeting_promises_of_pair ON meeting_promises (mentorship, done_at);

-- Who acts on a mentor's diary.
CREATE TABLE assistants (
    mentor UUID PRIMARY KEY NOT NULL REFERENCES persons (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    assistant UUID NOT NULL REFERENCES persons (id),
    named_at BIGINT NOT NULL
);
CREATE INDEX assistants_of ON assistants (assistant);
