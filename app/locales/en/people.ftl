# What columns mean
people-column-name = Name
people-column-given-name = First name
people-column-family-name = Last name
people-column-address = E-mail address
people-column-title = Job title
people-column-unit = Unit
people-column-place = Place
people-column-languages = Languages
people-column-zone = Time zone
people-column-manager = Line manager
people-column-external-id = External id
people-column-biography = Biography
people-column-role = Mentor or mentee
people-column-both = Mentor and mentee at once
people-column-capacity = Mentees that a mentor takes
people-column-held = Competencies held
people-column-wanted = Competencies to develop
people-column-competencies = Competencies, held by mentors and wanted by mentees
people-column-preferences = Preferences
people-column-conflicts = Conflicts of interest
people-column-former-mentors = Former mentors
people-column-post = Nominated for
people-column-attribute = Attribute “{ $key }”
people-column-leave-out = Leave out

people-visible-all = Everybody in the directory
people-visible-coordinator = The coordinator
people-visible-rules = The pairing rules alone

people-special-orientation = sexual orientation
people-special-gender-identity = gender identity
people-special-health = health or disability
people-special-belief = religion or belief
people-special-union = trade union membership
people-special-origin = racial or ethnic origin
people-special-politics = political opinions
people-special-identity = protected characteristics

# What is wrong with a mapping
people-mapping-no-address = No column is the e-mail address. It is what tells people apart.
people-mapping-doubled = “{ $other }” already is: { $column }. Leave one of the two out.
people-mapping-no-key = The name of an attribute begins with a small letter and has only small letters without accents, digits and hyphens.
people-mapping-no-purpose = Say what this column is for, or leave it out.
people-mapping-no-basis = This column looks like special-category data ({ $special }). It stays out unless a purpose and a legal basis are recorded (GDPR, Art. 9).
people-mapping-special = This column looks like special-category data ({ $special }). It can only come in as an attribute for the pairing rules, with a purpose and a legal basis (GDPR, Art. 9).

# What is wrong with a row
people-problem = Problem
people-row-address-missing = The e-mail address is missing.
people-row-address-malformed = “{ $value }” is no e-mail address.
people-row-address-doubled = { $value } already stands in row { $row }.
people-row-name-missing = The name is missing.
people-row-capacity-no-number = “{ $value }” is no number of mentees: a whole number from 0 to 1000.
people-row-level-outside = “{ $competency }” has level { $level }; levels go from 1 to 5.
people-row-competency-nameless = “{ $value }” names no competency.
people-row-zone-unknown = “{ $value }” is no time zone. Write it as Europe/Madrid, say.
people-row-language-unknown = “{ $value }” is no language that is known here. Write its name or its tag (es, en).
people-row-role-unknown = “{ $value }” is no role. Write mentor, mentee or both.
people-row-both-unknown = “{ $value }” is neither yes nor no.
people-row-person-unknown = Entry { $entry } of the list names nobody: write an e-mail address, or the id or the full name of somebody in the sheets.
people-row-external-id-doubled = The id “{ $value }” already stands in row { $row }, for another address.
people-row-external-id-taken = This id already belongs to { $address }.
people-row-disagrees = This differs from row { $row } of “{ $sheet }”, which stands.
people-row-manager-unknown = The line manager “{ $value }” is neither in the sheets nor on record; the reporting line stays open.
people-row-manager-self = Nobody is their own line manager.
people-row-manager-circle = The reporting line comes back to where it began: { $chain }.
