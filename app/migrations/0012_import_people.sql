-- Whom a finished import listed, so that they can be enrolled as they came.

CREATE TABLE import_people (
    import UUID NOT NULL REFERENCES imports (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES persons (id),
    PRIMARY KEY (import, person)
);
CREATE INDEX import_people_of_person ON import_people (person);
