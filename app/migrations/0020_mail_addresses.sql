-- Where mails go: what a server refuses for good, and an address of one's own beside that of the organisation.

-- Since when a server refuses the address for good; nothing is sent there until it is confirmed again.
ALTER TABLE persons ADD COLUMN unreachable_at BIGINT;
-- An address that only its owner sees. Mails go there once it is confirmed, if the person says so or the other one is refused.
ALTER TABLE persons ADD COLUMN private_address TEXT;
ALTER TABLE persons ADD COLUMN private_confirmed_at BIGINT;
ALTER TABLE persons ADD COLUMN private_unreachable_at BIGINT;
ALTER TABLE persons ADD COLUMN mails_privately BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX persons_by_private_address ON persons (private_address) WHERE private_address IS NOT NULL;
