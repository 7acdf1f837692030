-- Editions that are open already are looked at from now on: whether everybody is assigned a mentor in time. For others the look begins
-- when they open or somebody is enrolled.
INSERT INTO jobs (id, organisation, name, payload, run_at, tries, created_at)
SELECT id, organisation, 'programmes.assign-by', '{}', 0, 0, 0 FROM editions WHERE opened_at IS NOT NULL AND closed_at IS NULL;
