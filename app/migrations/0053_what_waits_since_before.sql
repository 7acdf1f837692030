-- What was written before it was reminded of: promises and goals with a day, what is planned, concerns that nobody has taken up; and
-- letters whose day was moved. Each organisation is looked at once, part by part; what is written since has jobs of its own.
INSERT INTO jobs (id, organisation, name, payload, run_at, tries, created_at)
SELECT /*postgres gen_random_uuid()*//*sqlite randomblob(16)*/, organisations.id, looks.name, '{}', 0, 0, 0
FROM organisations CROSS JOIN (
    SELECT 'meetings.promises-before' AS name
    UNION ALL SELECT 'goals.due-before'
    UNION ALL SELECT 'activities.planned-before'
    UNION ALL SELECT 'concerns.waiting-before'
    UNION ALL SELECT 'reviews.letters-days'
) AS looks;
