-- A mail that had nowhere to go is written once there is an address again.
ALTER TABLE notices ADD COLUMN unreached_at BIGINT;
CREATE INDEX notices_unreached ON notices (person) WHERE unreached_at IS NOT NULL;

-- When a link that was mailed to the organisation's address was last opened: reports about mails from before it are passed over.
ALTER TABLE persons ADD COLUMN reached_at BIGINT;

-- Whether somebody of an organisation was erased since an instant.
CREATE INDEX persons_erased ON persons (organisation, erased_at) WHERE erased_at IS NOT NULL;

-- What followed a question or a look that was given up has no name of its own any more: they are tried again by themselves.
UPDATE jobs SET name = 'meetings.ask' WHERE name = 'meetings.ask.given-up';
UPDATE jobs SET name = 'meetings.quiet' WHERE name = 'meetings.quiet.given-up';
DELETE FROM jobs WHERE name = 'programmes.assign-by.given-up';
