-- Meetings of a pair that come again: agreed at once, each of them a meeting of its own. In calendars they are one entry, whose UID is
-- `id` and whose messages count `sequence`. `minutes` and `way` are those of whatever meeting says nothing else; `starts_at` is when the
-- first begins by the rule, once a time holds. `slot` of a meeting is which of them it is, the first being 0, wherever it was moved to.
CREATE TABLE meeting_series (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    rhythm TEXT NOT NULL,
    times BIGINT NOT NULL,
    starts_at BIGINT,
    minutes BIGINT NOT NULL,
    way TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE INDEX meeting_series_of_pair ON meeting_series (mentorship);

ALTER TABLE meetings ADD COLUMN series UUID REFERENCES meeting_series (id);
ALTER TABLE meetings ADD COLUMN slot BIGINT;
CREATE INDEX meetings_of_series ON meetings (series, starts_at);
