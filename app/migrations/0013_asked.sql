-- The time to answer a proposal counts from the mail that asks, and runs out only for who was written to. `reached_at` says since when
-- the side whose answer is awaited has its mail; `unreached_at`, since when that mail is given up.
ALTER TABLE proposals ADD COLUMN reached_at BIGINT;
ALTER TABLE proposals ADD COLUMN unreached_at BIGINT;
UPDATE proposals SET reached_at = coalesce(mentor_answered_at, created_at);
