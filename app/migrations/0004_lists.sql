-- Lists of people stay fast when there are many.

-- By all that somebody is found by, in one text: name and address, and after the break what their profile adds. The directory
-- and the coordinator's list read no second table to pass over those who do not match. What stands in profiles.search is read
-- no more.
UPDATE persons SET search = persons.search || '
' || profiles.search FROM profiles WHERE profiles.person = persons.id AND profiles.search <> '';

-- Whether somebody may be looked up: the mentors, whom the directory need then not pick out of everybody.
ALTER TABLE persons ADD COLUMN in_directory BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE persons SET in_directory = TRUE FROM profiles WHERE profiles.person = persons.id AND profiles.mentor;

-- SQLite walks the people in order and searches without leaving the index. PostgreSQL takes no long text into one.
DROP INDEX persons_in_order;
CREATE INDEX persons_in_order ON persons (organisation, name_sort, id /*sqlite, search*/);
CREATE INDEX persons_in_directory ON persons (organisation, name_sort, id /*sqlite, search*/) WHERE in_directory;

-- Counts, and lists of the few among the many.
CREATE INDEX persons_with_account ON persons (organisation) WHERE account IS NOT NULL;
DROP INDEX profiles_of_organisation;
CREATE INDEX profiles_of_organisation ON profiles (organisation, mentor, mentee, capacity);
CREATE INDEX profiles_of_nominated ON profiles (organisation, person) WHERE post IS NOT NULL;
