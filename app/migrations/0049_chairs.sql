-- Set once name and address of a chair without account are emptied: somebody else than the host presided, and nobody knows any more who.
ALTER TABLE sittings ADD COLUMN chair_forgotten BOOLEAN NOT NULL DEFAULT FALSE;
