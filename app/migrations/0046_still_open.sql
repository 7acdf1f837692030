-- What stood open beside what is sealed, and is sealed from now on. What was written before the first release goes.

-- The answers that are kept for programs repeat what pairs wrote. A key without an answer is refused and does nothing twice.
ALTER TABLE idempotency_keys ADD COLUMN answer BYTEA;
UPDATE idempotency_keys SET status = NULL, location = NULL, body = NULL;

-- Why somebody said no to a proposed pair.
ALTER TABLE proposals ADD COLUMN reason_words BYTEA;
UPDATE proposals SET reason = NULL;

-- The figures of goals. Those of a goal stand with its words from now on.
ALTER TABLE goal_check_ins ADD COLUMN figure BYTEA;
UPDATE goals SET baseline = NULL, target = NULL;
UPDATE goal_check_ins SET value = NULL;

-- Since when a job's tries have run out, where it is tried once a day from then on.
ALTER TABLE jobs ADD COLUMN stands_since BIGINT;
