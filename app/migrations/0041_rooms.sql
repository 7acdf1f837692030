-- What an observation leaves behind where it came to nothing.

-- Set when a sitting was held without a record: nothing was open to the observer, so that they have not observed. A record that is kept
-- later says what was so.
ALTER TABLE seats ADD COLUMN kept_out_at BIGINT;

-- Whether anything stands in a record that happened in the room. What was noted by mistake and struck did not, and a record in which nothing
-- else stands is none: nobody came or stayed away by it. Empty for records that are older, until the hourly look has read them, and for the list
-- of insiders.
ALTER TABLE record_heads ADD COLUMN has_begun BOOLEAN;

-- What was written of seats that were given back and of sittings that were called off goes with them.
DELETE FROM predictions WHERE seat IN (SELECT seats.id FROM seats JOIN sittings ON sittings.id = seats.sitting
    WHERE seats.state <> 'held' OR sittings.state = 'cancelled');
DELETE FROM loop_talks WHERE seat IN (SELECT seats.id FROM seats JOIN sittings ON sittings.id = seats.sitting
    WHERE seats.state <> 'held' OR sittings.state = 'cancelled');
DELETE FROM loops WHERE seat IN (SELECT seats.id FROM seats JOIN sittings ON sittings.id = seats.sitting
    WHERE seats.state <> 'held' OR sittings.state = 'cancelled');

-- A debrief of a sitting that was called off goes too, since no day will come on which it would: that it was written, and when, stays. Not
-- where it is that of another sitting as well.
UPDATE activities SET debrief_closed_at = (SELECT max(sittings.changed_at) FROM seats JOIN sittings ON sittings.id = seats.sitting
        WHERE seats.activity = activities.id AND sittings.state = 'cancelled'),
    debriefed_at = (SELECT activity_debriefs.written_at FROM activity_debriefs WHERE activity_debriefs.activity = activities.id)
    WHERE id IN (SELECT activity FROM activity_debriefs WHERE written_at IS NOT NULL)
    AND id IN (SELECT seats.activity FROM seats JOIN sittings ON sittings.id = seats.sitting
        WHERE seats.activity IS NOT NULL AND sittings.state = 'cancelled')
    AND id NOT IN (SELECT seats.activity FROM seats JOIN sittings ON sittings.id = seats.sitting
        WHERE seats.activity IS NOT NULL AND seats.state = 'held' AND sittings.state <> 'cancelled');
DELETE FROM activity_debriefs WHERE activity IN (SELECT id FROM activities WHERE debrief_closed_at IS NOT NULL);

-- An activity is fulfilled by one seat: of several it stays with the one at whose sitting it was done, or with the first.
UPDATE seats SET activity = NULL, version = version + 1 WHERE activity IS NOT NULL AND EXISTS (SELECT 1 FROM seats AS other
    JOIN sittings AS theirs ON theirs.id = other.sitting JOIN sittings AS own ON own.id = seats.sitting
    JOIN activities ON activities.id = other.activity
    WHERE other.activity = seats.activity AND other.id <> seats.id AND other.state IN ('asked', 'held') AND theirs.state <> 'cancelled'
    AND (seats.state NOT IN ('asked', 'held') OR own.state = 'cancelled'
        OR (CASE WHEN activities.ended_at BETWEEN theirs.starts_at AND theirs.ends_at THEN 0 ELSE 1 END, theirs.starts_at, other.id)
        < (CASE WHEN activities.ended_at BETWEEN own.starts_at AND own.ends_at THEN 0 ELSE 1 END, own.starts_at, seats.id)));

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
