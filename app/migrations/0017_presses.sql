-- What a coordinator pressed in an edition (sending, publishing, reminding) and is carried out in parts, as long as it is under way. It is
-- read and written as a whole.
ALTER TABLE pairing_turns ADD COLUMN under_way TEXT;
