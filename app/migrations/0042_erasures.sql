-- Since when somebody is erased. Their row stays, without name and address, since what is kept as evidence refers to it.
ALTER TABLE persons ADD COLUMN erased_at BIGINT;
