-- Reviews of a pair: what each of the two writes apart at the mid-point, at the closure and at the follow-up, the line that they share
-- below it, and the letter that the mentee may have sealed to themselves. `words` are sealed for their author.

CREATE TABLE reviews (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    kind TEXT NOT NULL,
    author UUID NOT NULL REFERENCES persons (id),
    words BYTEA NOT NULL,
    -- Since when it is given; before, it is a draft and its author's alone.
    given_at BIGINT,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (mentorship, kind, author)
);

CREATE TABLE review_lines (
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    kind TEXT NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    author UUID NOT NULL REFERENCES persons (id),
    words BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (mentorship, kind)
);

CREATE TABLE review_letters (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL UNIQUE REFERENCES mentorships (id),
    author UUID NOT NULL REFERENCES persons (id),
    words BYTEA NOT NULL,
    sealed_at BIGINT NOT NULL,
    opened_at BIGINT
);
