-- The user name and the password with which a calendar is read, sealed under a key of the person who gave them.
ALTER TABLE calendar_sources ADD COLUMN login BYTEA;
