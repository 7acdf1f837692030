# Lists and values inside sentences
pairing-text = { $text }
pairing-list = { $list }, { $item }

# What rules call the fields of a person
pairing-field-biography = biography
pairing-field-languages = languages
pairing-field-place = place
pairing-field-post = target post
pairing-field-title = job title
pairing-field-unit = unit
pairing-field-zone = time zone

pairing-language-ar = Arabic
pairing-language-ca = Catalan
pairing-language-de = German
pairing-language-en = English
pairing-language-es = Spanish
pairing-language-eu = Basque
pairing-language-fr = French
pairing-language-gl = Galician
pairing-language-it = Italian
pairing-language-nl = Dutch
pairing-language-pt = Portuguese
pairing-language-zh = Chinese

# Rules that must hold
pairing-must-same-person = Nobody mentors themselves
pairing-must-capacity = Nobody mentors more people than they have seats
pairing-must-reporting-line = Nobody mentors somebody above or below them in their reporting line, at any depth
pairing-must-conflict = Nobody is paired with somebody with whom either declared a conflict
pairing-must-former-mentor = Nobody gets a mentor whom they had before
pairing-must-language = Both speak a common language
pairing-must-equal = Both have the same “{ $attribute }”
pairing-must-differ = They do not have the same “{ $attribute }”
pairing-must-above = { $levels ->
    [0] In “{ $attribute }” the mentor stands no lower than the mentee
    [one] In “{ $attribute }” the mentor stands at least { $levels } level above the mentee
   *[other] In “{ $attribute }” the mentor stands at least { $levels } levels above the mentee
}
pairing-must-reserved = A criterion reserved to the rules is met

# Preferences
pairing-wish-competencies = The mentor holds the competencies that the mentee wants to learn; the level counts
pairing-wish-mentee-ranking = The mentee put the mentor on their list, and how high
pairing-wish-mentor-ranking = The mentor put the mentee on their list, and how high
pairing-wish-zone = { $hours ->
    [one] Their clocks agree; at { $hours } hour apart nothing is left
   *[other] Their clocks agree; at { $hours } hours apart nothing is left
}
pairing-wish-place = They are near each other
pairing-wish-gap = { $levels ->
    [0] In “{ $attribute }” the mentor stands level with the mentee; further up counts less, below not at all
    [one] In “{ $attribute }” the mentor stands { $levels } level above the mentee; further up counts less, level or below not at all
   *[other] In “{ $attribute }” the mentor stands { $levels } levels above the mentee; nearer or further up counts less, level or below not at all
}
pairing-wish-similar = They are alike in “{ $attribute }”
pairing-wish-different = They differ in “{ $attribute }”
pairing-wish-words = The mentee's “{ $mentee }” and the mentor's “{ $mentor }” share words
pairing-wish-only-if = { $wish }; only for mentees who say yes in “{ $attribute }”
pairing-wish-reserved = Criteria reserved to the rules
pairing-wish-balance = Load is shared: each further mentee of one mentor costs points

# Reasons
pairing-reason-competency = { $name }: wanted and offered
pairing-reason-competency-held = { $name }: wanted; offers level { $held }
pairing-reason-competency-levels = { $name }: wants level { $wanted }, offers { $held }
pairing-reason-ranked-by-mentee = The mentee ranked this mentor { $place } of { $of }
pairing-reason-ranked-by-mentor = The mentor ranked this mentee { $place } of { $of }
pairing-reason-zone-same = Same time
pairing-reason-zone-hours = { $hours ->
    [one] { $hours } hour apart
   *[other] { $hours } hours apart
}
pairing-reason-zone-minutes = { $hours } h { $minutes } min apart
pairing-reason-place-same = Both in { $place }
pairing-reason-place-near = Near each other: { $mentee } and { $mentor }
pairing-reason-gap = { $levels ->
    [0] Same level in “{ $attribute }”
    [one] { $levels } level above in “{ $attribute }”
   *[other] { $levels } levels above in “{ $attribute }”
}
pairing-reason-gap-values = { $gap }: { $mentee } → { $mentor }
pairing-reason-similar = Alike in “{ $attribute }”
pairing-reason-similar-values = Same “{ $attribute }”: { $values }
pairing-reason-different = Different “{ $attribute }”
pairing-reason-different-values = Different “{ $attribute }”: { $mentee } and { $mentor }
pairing-reason-words = { $count ->
    [one] Their texts share { $count } word
   *[other] Their texts share { $count } words
}
pairing-reason-words-these = { $count ->
    [one] Their texts share { $count } word: { $words }
   *[other] Their texts share { $count } words: { $words }
}
pairing-reason-balance = Mentee number { $seat } of this mentor
pairing-reason-none = Allowed by the rules; no preference speaks for or against it

# Why somebody is left out
pairing-why-no-mentors = There is no mentor in the list.
pairing-why-nobody = { $mentors ->
    [one] The rules do not allow the only mentor.
   *[other] The rules allow none of the { $mentors } mentors.
}
pairing-why-no-seats = { $count ->
    [one] The only mentor whom the rules allow has no seat.
   *[other] The { $count } mentors whom the rules allow have no seats.
}
pairing-why-full = { $count ->
    [one] The only mentor whom the rules allow is full.
   *[other] All { $count } mentors whom the rules allow are full.
}
pairing-why-rule = { $count ->
    [one] { $barrier } keeps out { $count } mentor.
   *[other] { $barrier } keeps out { $count } mentors.
}
pairing-why-oneself = One of the mentors is the same person.
pairing-barrier-reporting-line = The reporting line
pairing-barrier-private = A reason that stays private
pairing-barrier-former-mentor = Having been their mentor before
pairing-barrier-language = No common language
pairing-barrier-equal = Another “{ $attribute }”
pairing-barrier-differ = The same “{ $attribute }”
pairing-barrier-above = { $levels ->
    [0] Standing lower in “{ $attribute }”
    [one] Standing less than { $levels } level above in “{ $attribute }”
   *[other] Standing less than { $levels } levels above in “{ $attribute }”
}
pairing-barrier-value = { $barrier } ({ $value })
pairing-barrier-unknown = { $barrier } (not stated)

# What would mend it
pairing-mend-seat = One more seat with { $mentor } would do, and nobody else would move.
pairing-mend-without = Without the rule “{ $rule }” there would be a seat with { $mentor }.
pairing-mend-without-moving = { $moves ->
    [one] Without the rule “{ $rule }” there would be a seat with { $mentor }, and { $moves } other person would change mentor.
   *[other] Without the rule “{ $rule }” there would be a seat with { $mentor }, and { $moves } other people would change mentor.
}
pairing-mend-several = No single change is enough. Nearest is { $mentor }; against the pair stands: { $rules }
pairing-mend-several-and-seat = No single change is enough. Nearest is { $mentor }, who has no free seat; against the pair stands: { $rules }
pairing-mend-other-mentors = Only another mentor would help.

# About the whole
pairing-note-no-mentees = The list of mentees is empty: there is nobody to pair.
pairing-note-no-mentors = { $mentees ->
    [one] The list of mentors is empty: { $mentees } person waits for a mentor.
   *[other] The list of mentors is empty: { $mentees } people wait for a mentor.
}
pairing-note-nobody-allowed = The rules forbid every pair. Below stands, for each person, which rule stands in the way.
pairing-note-no-seats = No mentor has a seat: capacity is 0 everywhere.
pairing-note-few-seats = { $seats ->
    [one] There is { $seats } seat for { $mentees } people: not everybody can have a mentor, whatever the rules.
   *[other] There are { $seats } seats for { $mentees } people: not everybody can have a mentor, whatever the rules.
}
pairing-note-more-seats = { $seats ->
    [one] { $seats } more seat would be enough for everybody whom the rules allow a mentor: { $list }.
   *[other] { $seats } more seats would be enough for everybody whom the rules allow a mentor: { $list }.
}
pairing-note-more-seats-at = { $mentor } (+{ $seats })
pairing-note-more-seats-others = and more with { $mentors } others
pairing-note-equal-scores = All allowed pairs score the same: the rules do not tell them apart, many assignments are as good as this one, and the order of the rows decided.
pairing-note-reserved = Criteria reserved to the rules count in this assignment; their points are shown for nobody.
pairing-note-dropped = { $rows ->
    [one] { $rows } row of the sheets gave nobody and took no part. It stands below, with why.
   *[other] { $rows } rows of the sheets gave nobody and took no part. They stand below, with why.
}

# rules.toml
pairing-fault = Line { $line }: { $fault }
pairing-fault-toml = this is no TOML: { $detail }
pairing-fault-unknown-key = nobody knows the key “{ $key }”. Known here: { $known }.
pairing-fault-missing = the key “{ $key }” is missing.
pairing-fault-text = “{ $key }” wants a text between quotation marks.
pairing-fault-number = “{ $key }” wants a number.
pairing-fault-whole = “{ $key }” wants a whole number from { $least } to { $most }.
pairing-fault-choice = “{ $key }” wants one of: { $known }.
pairing-fault-list = “{ $key }” wants a list between square brackets.
pairing-fault-table = “{ $key }” wants a table of keys and values.
pairing-fault-too-many = there are more than { $most } rules.
pairing-fault-penalties = the penalties need at least one number, and none may be lower than the one before it.
pairing-fault-order-empty = the order “{ $order }” has no values.
pairing-fault-order-twice = the value “{ $value }” stands twice in the order.
pairing-fault-no-such-order = the rule needs the order “{ $order }”, which does not stand under [orders].
pairing-fault-no-such-attribute = no column gives “{ $attribute }”. Say under [columns] which column it is.
pairing-fault-coordinates = “{ $place }” wants latitude (−90 to 90) and longitude (−180 to 180).

pairing-file-head =
    Telémaco: the rules of a pairing. Save this text as rules.toml, change what should be different, and run again with --rules rules.toml.
    Always, and no rule to set: nobody mentors themselves, nobody mentors more people than they have seats, and one more person covered
    is worth more than any number of points.
pairing-file-capacity = Seats of a mentor whose row names no number.
pairing-file-must =
    What must be so. Without it a pair is not allowed. Delete what should not hold.
    rule: reporting-line, conflict, former-mentor, language, equal, differ (with attribute), above (with attribute, levels and an order).
    unknown = "allow" lets somebody pass whose row does not say; "forbid" does not.
pairing-file-prefer =
    What makes a pair better. weight is the most points that the rule can give; the points of a pair are the sum.
    rule: competencies, mentee-ranking, mentor-ranking, zone (hours), place (kilometres), gap (attribute, levels, an order), similar and
    different (attribute), words (mentee_text, mentor_text, enough). With only_if = "attribute" it counts for mentees who say yes there.
pairing-file-balance = What the first, second, third … mentee of one mentor costs. It never falls; beyond the end it goes on rising by the last step.
pairing-file-orders = Values from the lowest level to the highest. Values between further brackets stand alike.
pairing-file-places = Places on the map by latitude and longitude, where kilometres should count. Under [places]: "Bilbao" = [43.26, -2.93]
pairing-file-columns =
    What columns mean, by their heading. Known ones need no line. Other columns stay out until it is said what they are for (purpose) and who
    sees them (seen_by): "all"; "coordinator" (no reason names a value); "rules" (no result names the column at all).
    "Heading" = {"{"} attribute = "name", seen_by = "all", purpose = "what for" {"}"}
    "Heading" = {"{"} field = "unit" {"}"}   or   "Heading" = {"{"} left_out = "yes" {"}"}

# Telling the outcome
pairing-number = { $number }
pairing-rule-list = { $list }; { $item }
pairing-weight = { $weight }
pairing-title-nobody = There is nobody to pair
pairing-title-none = { $all ->
    [one] The only mentee has no mentor
   *[other] None of the { $all } mentees has a mentor
}
pairing-title-all = { $all ->
    [one] The only mentee has a mentor
   *[other] All { $all } mentees have a mentor
}
pairing-title = { $paired ->
    [one] { $paired } of { $all } mentees has a mentor
   *[other] { $paired } of { $all } mentees have a mentor
}
pairing-proof = Under these rules no assignment covers more people, and none that covers as many scores higher than these { $points } points. This was checked against a dual solution by code that shares nothing with the solver; it does not say that the rules are wise, nor that this optimum is the only one.
pairing-proof-reserved = Under these rules no assignment covers more people, and none that covers as many scores higher, the points of the reserved criteria included. This was checked against a dual solution by code that shares nothing with the solver; it does not say that the rules are wise, nor that this optimum is the only one.
pairing-left-out = Without a mentor
pairing-dropped = Rows that took no part
pairing-dropped-mentees = Sheet of mentees, row { $row }: { $why }
pairing-dropped-mentors = Sheet of mentors, row { $row }: { $why }
pairing-load = Load of each mentor
pairing-proof-title = Proof
pairing-pairs = Pairs
pairing-heading-mentee = Mentee
pairing-heading-mentee-name = Mentee's name
pairing-heading-mentor = Mentor
pairing-heading-mentor-name = Mentor's name
pairing-heading-score = Score
pairing-heading-why = Why
pairing-heading-seats = Seats
pairing-heading-load = Mentees

# The report
pairing-report = Pairing
pairing-notes = What to know first
pairing-needs = What is asked for, and what is on offer
pairing-rules = The rules
pairing-rules-how = “Always” must hold, or a pair is not allowed. A number is the most points that a preference can give; a pair's points are the sum. One more person covered is worth more than any points.
pairing-always = always
pairing-lead = { $mentees ->
    [one] { $mentees } mentee
   *[other] { $mentees } mentees
}, { $mentors ->
    [one] { $mentors } mentor
   *[other] { $mentors } mentors
}, { $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
}.
pairing-seats-taken = { $capacity ->
    [one] { $load } of { $capacity } seat taken
   *[other] { $load } of { $capacity } seats taken
}
pairing-figure-data = The figures as a table
pairing-figure-drawn = { $drawn } of { $rows } are drawn; the table has all.
pairing-figure-competency = Competency
pairing-figure-competency-asked = Mentees who want it
pairing-figure-competency-offered = Seats that offer it
pairing-figure-competency-told = { $name }: { $asked }, { $offered }
pairing-figure-competency-enough = There are seats enough for every competency that is asked for
pairing-figure-competency-scarce = { $others ->
    [0] { $name }: { $asked }, { $offered }; nothing else is scarce
    [one] { $name }: { $asked }, { $offered }; { $others } other competency is scarce
   *[other] { $name }: { $asked }, { $offered }; { $others } other competencies are scarce
}
pairing-figure-attribute = { $attribute }
pairing-figure-attribute-asked = Mentees
pairing-figure-attribute-offered = Seats
pairing-figure-attribute-told = { $name }: { $asked }, { $offered }
pairing-figure-attribute-enough = In “{ $attribute }” there are seats enough for the mentees of every kind
pairing-figure-attribute-scarce = { $others ->
    [0] In “{ $attribute }”, { $name } has { $asked } and { $offered }; nothing else is scarce
    [one] In “{ $attribute }”, { $name } has { $asked } and { $offered }; { $others } other is scarce
   *[other] In “{ $attribute }”, { $name } has { $asked } and { $offered }; { $others } others are scarce
}
pairing-figure-load = { $most ->
    [0] No mentor has a mentee
    [one] No mentor has more than { $most } mentee; { $free }
   *[other] No mentor has more than { $most } mentees; { $free }
}
pairing-figure-load-told = { $name }: { $load } of { $capacity }

# The command
pairing-proposed = No rules were given: those below were proposed from the columns, and used. Everything from the next line on is a rules.toml to copy, change and give back with --rules.
pairing-edges-reserved = The scores in { $path } contain criteria reserved to the rules: whoever reads them can tell who is alike in what was told in confidence.
pairing-refused = { $count ->
    [one] { $count } cell cannot be read as it stands, and the rules could not be kept without it. Nobody was paired. Mend it, or leave its column out:
   *[other] { $count } cells cannot be read as they stand, and the rules could not be kept without them. Nobody was paired. Mend them, or leave their columns out:
}
pairing-warnings = { $count ->
    [one] { $count } remark about the sheets stands on standard error.
   *[other] { $count } remarks about the sheets stand on standard error.
}
pairing-out-unknown = { $path }: pairs can be written as .xlsx, .csv or .json.
pairing-sheet-mentees = The sheet of mentees
pairing-sheet-mentors = The sheet of mentors
pairing-note-capacity = { $mentors ->
    [one] { $mentors } mentor names no number of seats
   *[other] { $mentors } mentors name no number of seats
}: { $seats ->
    [one] { $seats } seat each is
   *[other] { $seats } seats each are
} assumed, the least that seats everybody who can be seated.
pairing-remark-column = “{ $heading }” ({ $column })
pairing-remark-heading = “{ $heading }”
pairing-remark-taken-mentees = Taken, mentees: { $list }.
pairing-remark-taken-mentors = Taken, mentors: { $list }.
pairing-remark-left-mentees = Left out, mentees: { $list }.
pairing-remark-left-mentors = Left out, mentors: { $list }.
pairing-remark-special-mentees = { $count ->
    [one] Mentees: column { $list } looks like special-category data (GDPR, Art. 9) and stays out, unnamed here.
   *[other] Mentees: columns { $list } look like special-category data (GDPR, Art. 9) and stay out, unnamed here.
} It comes in for the rules alone with its heading below, seen_by = "rules", a purpose and legal_basis = "…" (the ground under Art. 9(2)).
pairing-remark-special-mentors = { $count ->
    [one] Mentors: column { $list } looks like special-category data (GDPR, Art. 9) and stays out, unnamed here.
   *[other] Mentors: columns { $list } look like special-category data (GDPR, Art. 9) and stay out, unnamed here.
} It comes in for the rules alone with its heading below, seen_by = "rules", a purpose and legal_basis = "…" (the ground under Art. 9(2)).
pairing-remark-absent-mentees = The rules speak of columns that the sheet of mentees does not have: { $list }.
pairing-remark-absent-mentors = The rules speak of columns that the sheet of mentors does not have: { $list }.

# Counts inside sentences
pairing-count-wanting = { $count ->
    [one] { $count } mentee wants it
   *[other] { $count } mentees want it
}
pairing-count-offering = { $count ->
    [one] { $count } seat offers it
   *[other] { $count } seats offer it
}
pairing-count-people = { $count ->
    [one] { $count } mentee
   *[other] { $count } mentees
}
pairing-count-seats = { $count ->
    [one] { $count } seat
   *[other] { $count } seats
}
pairing-count-free = { $count ->
    [0] no seat is free
    [one] { $count } seat is free
   *[other] { $count } seats are free
}

# Pages
pairing-page-title = The rules of the pairing
pairing-page-lead = There { $mentees ->
    [one] is { $mentees } person who is mentored
   *[other] are { $mentees } people who are mentored
} and { $mentors } who { $mentors ->
    [one] mentors
   *[other] mentor
}. These rules are proposed from what is known of them.
pairing-page-rules = Rules
pairing-page-hint = Above each rule stands the sentence that says it. Delete what should not hold, change the weights, and run. It is the same rules.toml as that of the command “telemaco pair”.
pairing-page-run = Find the pairs
pairing-page-files = Take the result along
pairing-page-report = One-page report
pairing-page-change = Change the rules and run again
pairing-too-large = The weights are too large for so many people
