-- What an observation leaves behind where it came to nothing.

-- Set when a sitting was held without a record: nothing was open to the observer, so that they have not observed. A record that is kept
-- later says what was so.
ALTER TABLE seats ADD COLUMN kept_out_at BIGINT;

-- What was written of seats that were given back and of sittings that were called off goes with them.
DELETE FROM predictions WHERE seat IN (SELECT seats.id FROM seats JOIN sittings ON sittings.id = seats.sitting
    WHERE seats.state <> 'held' OR sittings.state = 'cancelled');
DELETE FROM loop_talks WHERE seat IN (SELECT seats.id FROM seats JOIN sittings ON sittings.id = seats.sitting
    WHERE seats.state <> 'held' OR sittings.state = 'cancelled');
DELETE FROM loops WHERE seat IN (SELECT seats.id FROM seats JOIN sittings ON sittings.id = seats.sitting
    WHERE seats.state <> 'held' OR sittings.state = 'cancelled');

-- Who heard inside information by mistake, since when they have been told what follows from it, and since when they have said that they read
-- it: in which words, with their digest. One for each exposure, by the entry that said it first. Withdrawn where it turned out that they
-- heard nothing.
CREATE TABLE insider_duties (
    sitting UUID NOT NULL REFERENCES sittings (id),
    exposure BIGINT NOT NULL,
    observer UUID NOT NULL REFERENCES persons (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    item BIGINT NOT NULL,
    told_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    lang TEXT,
    words TEXT,
    digest BYTEA,
    acknowledged_at BIGINT,
    PRIMARY KEY (sitting, exposure)
);
CREATE INDEX insider_duties_of_observer ON insider_duties (observer);
