-- Until when agreements of the other side of a negotiation held that hold no more, since somebody else is there or it took them back: pairs of
-- instants, in microseconds.
ALTER TABLE sittings ADD COLUMN other_side_was TEXT NOT NULL DEFAULT '';
