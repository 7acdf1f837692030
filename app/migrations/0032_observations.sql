-- The room: meetings and negotiations that are opened to observers, who may be there, for which items, and under which undertaking.
--
-- A sitting has a number and no title; an item has a number, a class and times. No column holds what is talked about.

-- What an organisation lets observers do. Without a row holds what `observations/model.rs` says.
CREATE TABLE observation_policies (
    organisation UUID PRIMARY KEY NOT NULL REFERENCES organisations (id),
    -- Whether an observer may be at confidential items: never, cleared, undertaken.
    confidential TEXT NOT NULL,
    open_without_undertaking BOOLEAN NOT NULL,
    secretary_agrees BOOLEAN NOT NULL,
    changed_by UUID NOT NULL REFERENCES persons (id),
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- What observers sign. A text is never changed; a change adds one. Nobody wrote the one that ships.
CREATE TABLE undertaking_texts (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    number BIGINT NOT NULL,
    text_es TEXT NOT NULL,
    text_en TEXT NOT NULL,
    -- How many months it binds; without, it has no end.
    lasts_months BIGINT,
    -- After how many days the notes of an observation are destroyed; without, they are not.
    notes_days BIGINT,
    written_by UUID REFERENCES persons (id),
    written_at BIGINT NOT NULL,
    UNIQUE (organisation, number)
);

-- `number` is serial in the organisation. The host is a person, or a name and an address; so is the chair. `undertaking_text`,
-- `lasts_months` and `notes_days` are what the host agreed to.
CREATE TABLE sittings (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    edition UUID NOT NULL REFERENCES editions (id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    zone TEXT NOT NULL,
    place TEXT NOT NULL,
    link TEXT NOT NULL,
    seats BIGINT NOT NULL,
    undertaking_text UUID REFERENCES undertaking_texts (id),
    lasts_months BIGINT,
    notes_days BIGINT,
    host UUID REFERENCES persons (id),
    host_name TEXT NOT NULL,
    host_address TEXT NOT NULL,
    host_agreed_at BIGINT,
    chair UUID REFERENCES persons (id),
    chair_name TEXT NOT NULL,
    chair_address TEXT NOT NULL,
    -- Who keeps the record of what happens in the room.
    keeper UUID REFERENCES persons (id),
    opened_by UUID NOT NULL REFERENCES persons (id),
    -- Since when the other side of a negotiation agrees that somebody observes, and who recorded it.
    other_side_agreed_at BIGINT,
    other_side_by UUID REFERENCES persons (id),
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (organisation, number)
);
CREATE INDEX sittings_of_edition ON sittings (edition, starts_at, id);
CREATE INDEX sittings_of_organisation ON sittings (organisation, starts_at, id);
CREATE INDEX sittings_of_host ON sittings (host);
CREATE INDEX sittings_of_chair ON sittings (chair);

-- What a sitting lets be seen: keys of the edition's framework.
CREATE TABLE sitting_competencies (
    sitting UUID NOT NULL REFERENCES sittings (id),
    competency TEXT NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (sitting, competency)
);

-- An item: a number, a class once it has one, and planned times. Nobody observes one to which the chair has not agreed.
CREATE TABLE sitting_items (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    sitting UUID NOT NULL REFERENCES sittings (id),
    number BIGINT NOT NULL,
    class TEXT,
    planned_from BIGINT,
    planned_to BIGINT,
    classified_by UUID REFERENCES persons (id),
    classified_at BIGINT,
    -- Since when the chair agrees; `agreed_by` is empty where that was done by a link.
    agreed_at BIGINT,
    agreed_by UUID REFERENCES persons (id),
    UNIQUE (sitting, number)
);

-- Classes in the order of the items, for sittings that are alike. `classes` are codes with a space between.
CREATE TABLE item_templates (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    classes TEXT NOT NULL,
    written_by UUID NOT NULL REFERENCES persons (id),
    written_at BIGINT NOT NULL
);
CREATE INDEX item_templates_of_organisation ON item_templates (organisation);

-- One mentee's seat at one sitting, from the wish on. `activity` is what it fulfils of the pair's plan, which may have changed since.
-- `had`, `still`, `wishes` and `places` are the figures of the share-out.
CREATE TABLE seats (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    sitting UUID NOT NULL REFERENCES sittings (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    observer UUID NOT NULL REFERENCES persons (id),
    activity UUID,
    asked_by UUID NOT NULL REFERENCES persons (id),
    asked_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    host_answer TEXT,
    host_answered_at BIGINT,
    secretary_answer TEXT,
    secretary_answered_at BIGINT,
    secretary UUID REFERENCES persons (id),
    shared_at BIGINT,
    reason TEXT,
    had BIGINT,
    still BOOLEAN,
    wishes BIGINT,
    places BIGINT,
    conflict TEXT NOT NULL,
    conflict_words BYTEA,
    settled_by UUID REFERENCES persons (id),
    settled_at BIGINT,
    -- Of the last calendar message.
    sequence BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (sitting, mentorship)
);
CREATE INDEX seats_of_observer ON seats (observer, sitting);
CREATE INDEX seats_of_mentorship ON seats (mentorship);

-- The items at which an observer is out because of a conflict of interest.
CREATE TABLE seat_conflict_items (
    seat UUID NOT NULL REFERENCES seats (id),
    item UUID NOT NULL REFERENCES sitting_items (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (seat, item)
);

-- What an observer signed: the exact words, their SHA-256, when, and until when it binds.
CREATE TABLE undertakings (
    seat UUID PRIMARY KEY NOT NULL REFERENCES seats (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    observer UUID NOT NULL REFERENCES persons (id),
    text UUID NOT NULL REFERENCES undertaking_texts (id),
    lang TEXT NOT NULL,
    words TEXT NOT NULL,
    digest BYTEA NOT NULL,
    signed_at BIGINT NOT NULL,
    ends_on TEXT,
    notes_until TEXT
);
CREATE INDEX undertakings_of_observer ON undertakings (observer);
CREATE INDEX undertakings_by_end ON undertakings (organisation, ends_on);

-- Who is cleared for confidential items, and until when.
CREATE TABLE clearances (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES persons (id),
    until TEXT NOT NULL,
    given_by UUID NOT NULL REFERENCES persons (id),
    given_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX clearances_of_person ON clearances (person);

-- Links of mails for a host or a chair without account. Only the digest is kept.
CREATE TABLE sitting_links (
    token BYTEA PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    sitting UUID NOT NULL REFERENCES sittings (id),
    act TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sitting_links_by_end ON sitting_links (expires_at);
