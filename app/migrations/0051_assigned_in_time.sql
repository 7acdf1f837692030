-- Editions that are open already are looked at from now on, as those that are opened later: is whoever is enrolled to be mentored assigned
-- a mentor within the days that the edition allows?
INSERT INTO jobs (id, organisation, name, payload, run_at, tries, created_at)
SELECT id, organisation, 'programmes.assign-by', '{}', 0, 0, 0 FROM editions
WHERE opened_at IS NOT NULL AND closed_at IS NULL;
