-- A page reads its own rows and no more, whatever an edition holds.

-- The proof of a run is tens of megabytes and is read for its file alone. In the row of its run SQLite walked through all of it to
-- reach the columns behind. `barred` are the pairs that are not allowed although they bear a score in the proof.
CREATE TABLE pairing_proofs (
    run UUID PRIMARY KEY NOT NULL REFERENCES pairing_runs (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    proof BYTEA NOT NULL,
    barred BYTEA
);
INSERT INTO pairing_proofs (run, organisation, proof, barred)
    SELECT id, organisation, proof, barred FROM pairing_runs WHERE proof IS NOT NULL;
ALTER TABLE pairing_runs DROP COLUMN proof;
ALTER TABLE pairing_runs DROP COLUMN barred;

-- Lists are walked in their order, searched and counted without leaving the index: what a row holds besides is read of those rows alone
-- that a page shows.
CREATE INDEX pairing_results_in_order ON pairing_results (run, place, mentee, mentor);
CREATE INDEX pairing_results_compared ON pairing_results (run, mentee, mentor, place);

DROP INDEX proposals_of_edition;
CREATE INDEX proposals_of_edition ON proposals
    (edition, state, mentee, mentor, mentor_until, mentee_until, reached_at, reminded_at, unreached_at);
DROP INDEX proposals_in_order;
CREATE INDEX proposals_in_order ON proposals (edition, mentee_sort, id, state, mentee, mentor, unreached_at);
CREATE INDEX proposals_of_run ON proposals (run);

DROP INDEX mentorships_in_order;
CREATE INDEX mentorships_in_order ON mentorships (edition, mentee_sort, id, ended_at, mentee, mentor);
CREATE INDEX mentorships_by_end ON mentorships (edition, ended_at, mentee);

CREATE INDEX parts_of_place ON parts (scope_id, part, person) WHERE scope_id IS NOT NULL;
CREATE INDEX profiles_of_mentors ON profiles (person, capacity) WHERE mentor;
CREATE INDEX persons_marked ON persons (organisation, version, created_at);
DROP INDEX profiles_of_organisation;
CREATE INDEX profiles_of_organisation ON profiles (organisation, mentor, mentee, capacity, person);
