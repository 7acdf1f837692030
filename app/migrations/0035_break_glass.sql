-- That two people of different parts open what a pair wrote, for a serious matter and because the agreement that both of the pair
-- signed allows it: who asked whom, why, for how long, and what became of it. `reason` and `hold` are sealed for whoever asked.

CREATE TABLE glass_openings (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    -- The version of the agreement that allows it.
    agreement UUID NOT NULL,
    asked_by UUID NOT NULL REFERENCES persons (id),
    asked_part TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    second UUID NOT NULL REFERENCES persons (id),
    second_part TEXT NOT NULL,
    reason BYTEA NOT NULL,
    hours BIGINT NOT NULL,
    -- Why the pair is not told at once, and when they are; empty where they are told as soon as it is confirmed.
    hold BYTEA,
    tells_at BIGINT,
    confirmed_at BIGINT,
    refused_at BIGINT,
    opens_until BIGINT,
    -- When the two of the pair were told.
    told_at BIGINT,
    closed_at BIGINT,
    closed_by UUID REFERENCES persons (id)
);
CREATE INDEX glass_openings_of_mentorship ON glass_openings (mentorship);
CREATE INDEX glass_openings_by_first ON glass_openings (asked_by, asked_at);
CREATE INDEX glass_openings_by_second ON glass_openings (second, asked_at);
CREATE INDEX glass_openings_of_organisation ON glass_openings (organisation, asked_at);

-- Reporting lines that ended, for whoever has to know that somebody was a line manager until lately.
CREATE TABLE former_lines (
    person UUID NOT NULL REFERENCES persons (id),
    manager UUID NOT NULL REFERENCES persons (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    ended_at BIGINT NOT NULL,
    PRIMARY KEY (person, manager)
);
CREATE INDEX former_lines_of_organisation ON former_lines (organisation, ended_at);

-- Who gave whom which part is asked of the trail.
CREATE INDEX audit_by_verb ON audit (organisation, verb, id);
