-- What a run leaves free that others keep: then it is a what-if, from which nothing is sent. NULL where it is a run like any.
ALTER TABLE pairing_runs ADD COLUMN frees TEXT;
-- Pairs that are not allowed although they bear a score in the proof, as numbers: else a dash would tell who declared a conflict.
ALTER TABLE pairing_runs ADD COLUMN barred BYTEA;
