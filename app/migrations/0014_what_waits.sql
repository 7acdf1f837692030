-- What waits for a coordinator, edition by edition, is on their first page: it is found without reading the rest.

CREATE INDEX enrolments_applied ON enrolments (organisation, edition) WHERE standing = 'applied';
CREATE INDEX proposals_accepted ON proposals (organisation, edition) WHERE state = 'accepted';
