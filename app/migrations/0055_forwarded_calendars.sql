-- Mails with which somebody forwarded a calendar: a digest of each, so that one that is delivered twice is read once, and so many a day.
CREATE TABLE forwarded_calendars (
    digest BYTEA PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES persons (id),
    arrived_at BIGINT NOT NULL
);
CREATE INDEX forwarded_calendars_of_person ON forwarded_calendars (person, arrived_at);
