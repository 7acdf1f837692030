-- Which address somebody has now to which they forward calendars: each new one has the next number, and the one of before opens nothing.
CREATE TABLE forwarding_addresses (
    person UUID PRIMARY KEY NOT NULL REFERENCES persons (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    number BIGINT NOT NULL
);
