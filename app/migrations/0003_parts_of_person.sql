-- Every request asks what somebody holds; the indices of 0001 serve only those who say in which scope.

CREATE INDEX parts_of_person ON parts (person);
