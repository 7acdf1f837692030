-- Whether a record is closed as it stands: a correction, or what is told afterwards, may have opened it again. Where nothing ever closed it this
-- is known; of those in which something did it is empty until they are written again, or until the hourly look has read them.
ALTER TABLE record_heads ADD COLUMN is_closed BOOLEAN;
UPDATE record_heads SET is_closed = FALSE WHERE NOT EXISTS (SELECT 1 FROM record_entries
    WHERE record_entries.chain = record_heads.chain AND record_entries.kind = 'closed');
