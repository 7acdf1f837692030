-- What held of items, seats and policies from which instant on. Rows are only added, so that what is told late of a sitting is judged by what
-- held when it happened. Of what was written before, the last word is all that is known.

-- `number` rises with every row of an item. A class is only added together with whether the chair agrees to it.
CREATE TABLE item_classes (
    item UUID NOT NULL REFERENCES sitting_items (id),
    number BIGINT NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    since BIGINT NOT NULL,
    class TEXT,
    is_agreed BOOLEAN NOT NULL,
    -- Empty where a link did it.
    written_by UUID REFERENCES persons (id),
    PRIMARY KEY (item, number)
);
INSERT INTO item_classes (item, number, organisation, since, class, is_agreed, written_by)
SELECT id, 1, organisation, COALESCE(classified_at, 0), class, FALSE, classified_by FROM sitting_items WHERE class IS NOT NULL;
INSERT INTO item_classes (item, number, organisation, since, class, is_agreed, written_by)
SELECT id, 2, organisation, CASE WHEN agreed_at > classified_at THEN agreed_at ELSE classified_at END, class, TRUE, agreed_by
FROM sitting_items WHERE class IS NOT NULL AND classified_at IS NOT NULL AND agreed_at IS NOT NULL;

-- How a wish or a seat stood, and what was known of a conflict of interest. `concerns` are the numbers of the items for which it counts,
-- with a space between.
CREATE TABLE seat_standings (
    seat UUID NOT NULL REFERENCES seats (id),
    number BIGINT NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    since BIGINT NOT NULL,
    state TEXT NOT NULL,
    conflict TEXT NOT NULL,
    concerns TEXT NOT NULL,
    PRIMARY KEY (seat, number)
);
INSERT INTO seat_standings (seat, number, organisation, since, state, conflict, concerns)
SELECT seats.id, 1, seats.organisation, seats.asked_at, seats.state, seats.conflict, COALESCE(concerned.items, '') FROM seats
LEFT JOIN (
    SELECT seat_conflict_items.seat, /*sqlite group_concat(sitting_items.number, ' ')*/ /*postgres string_agg(CAST(sitting_items.number AS TEXT), ' ')*/ AS items
    FROM seat_conflict_items JOIN sitting_items ON sitting_items.id = seat_conflict_items.item GROUP BY seat_conflict_items.seat
) AS concerned ON concerned.seat = seats.id;

-- What an organisation let observers do.
CREATE TABLE policy_versions (
    organisation UUID NOT NULL REFERENCES organisations (id),
    version BIGINT NOT NULL,
    since BIGINT NOT NULL,
    confidential TEXT NOT NULL,
    open_without_undertaking BOOLEAN NOT NULL,
    secretary_agrees BOOLEAN NOT NULL,
    written_by UUID REFERENCES persons (id),
    PRIMARY KEY (organisation, version)
);
INSERT INTO policy_versions (organisation, version, since, confidential, open_without_undertaking, secretary_agrees, written_by)
SELECT organisation, version, 0, confidential, open_without_undertaking, secretary_agrees, changed_by FROM observation_policies;
