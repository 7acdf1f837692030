-- How the goals go is asked when the pulse of the edition says so; the rounds that goals had of their own go.
DELETE FROM jobs WHERE name IN ('goals.ask', 'goals.ask.given-up');

-- Calendars say when a day was moved: an edition's last day, an activity's.
ALTER TABLE editions ADD COLUMN changed_at BIGINT;
UPDATE editions SET changed_at = created_at;
ALTER TABLE activities ADD COLUMN sequence BIGINT NOT NULL DEFAULT 0;
