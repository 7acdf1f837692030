-- Who reports to whom is asked of the whole organisation, and a profile is long.
CREATE INDEX profiles_of_managed ON profiles (organisation, person, manager) WHERE manager IS NOT NULL;

-- What a coordinator pressed in an edition (sending, publishing, reminding) and is carried out in parts, as long as it is under way. It is
-- read and written as a whole.
ALTER TABLE pairing_turns ADD COLUMN under_way TEXT;
