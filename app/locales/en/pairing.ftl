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
pairing-why-apart = { $count ->
    [one] With { $count } mentor the pair was forbidden or declined, or has ended.
   *[other] With { $count } mentors the pair was forbidden or declined, or has ended.
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
pairing-page-title = By which rules pairs are made
pairing-page-rules = Rules
pairing-page-hint = Above each rule stands the sentence that says it. Delete what should not hold, change the weights, and run. It is the same rules.toml as that of the command “telemaco pair”.
pairing-page-run = Find the pairs
pairing-page-files = Take the result along
pairing-page-report = One-page report
pairing-too-large = The weights are too large for so many people

# The pairing board
pairing-board-begin-title = Nobody has been paired in this edition yet
pairing-board-begin-lead = There { $mentees ->
    [one] is { $mentees } person who is mentored
   *[other] are { $mentees } people who are mentored
} and { $mentors } who { $mentors ->
    [one] mentors
   *[other] mentor
}.
pairing-board-nobody-enrolled = A pairing needs at least one person on each side. Enrol those who are missing first.
pairing-board-enrol = Go to the enrolments
pairing-board-begin-text = The rules below are applied to everybody who is enrolled. Nobody is written to, and every run is kept.
pairing-board-name = Name of the run (if you like)
pairing-board-name-long = A name has at most 100 characters
pairing-board-name-this = Name this run
pairing-board-name-save = Save the name
pairing-board-named = The run has its name
pairing-board-change-rules = Change the rules
pairing-board-running-title = The pairs are being found
pairing-board-running-lead = You may leave this page: the run goes on, even if the server restarts.
pairing-board-running-again = Look again
pairing-board-stage-scoring = Step 1 of 4: scoring every allowed pair
pairing-board-stage-solving = Step 2 of 4: finding the best pairing
pairing-board-stage-explaining = Step 3 of 4: explaining it
pairing-board-stage-writing = Step 4 of 4: writing it down with its proof
pairing-board-failed-title = The pairs could not be found
pairing-board-fault = Something went wrong on our side. The operator finds it in the log; the people and rules are as they were.
pairing-board-again-title = Run again
pairing-board-again = Find the pairs again
pairing-board-run = Run { $number }
pairing-board-runs = All runs
pairing-board-runs-title = What each run of this edition found
pairing-board-runs-none = There is no run yet.
pairing-board-runs-begin = Begin the first one
pairing-board-newest = The newest run
pairing-board-not-newest = This is an earlier run, as it was then.
pairing-board-state-queued = waits its turn
pairing-board-state-running = is being run
pairing-board-state-done = done
pairing-board-state-failed = could not be done
pairing-board-column-run = Run
pairing-board-column-finding = What came of it
pairing-board-column-before = Before
pairing-board-column-after = After
pairing-board-column-cost = Costs the whole at least
pairing-board-column-mark = Mark
pairing-board-as-before = Compare from { $run }
pairing-board-as-after = Compare with { $run }
pairing-board-compare = Compare the two runs
pairing-board-compare-title = { $people ->
    [0] Between these runs nobody's mentor changes
    [one] Between these runs { $people } person's mentor changes
   *[other] Between these runs the mentor of { $people } people changes
}
pairing-board-was-not-there = was not enrolled
pairing-board-nobody = nobody
pairing-board-since = Against run { $number }, { $people ->
    [0] nobody has another mentor.
    [one] { $people } person has another mentor.
   *[other] { $people } people have another mentor.
}
pairing-board-what-changed = See what changed for whom
pairing-board-next-title = What comes next
pairing-board-sent-title = The pairs of this run have been asked
pairing-board-sent-text = Who has answered, who has not and what can be published stands with the consent. If somebody is left without a match, run again.
pairing-board-sent-button = See the answers
pairing-board-ask-text = Mentors are asked first; a mentee sees a name only once that mentor has accepted. Pairs that were asked already are not asked again.
pairing-board-ask = { $pairs ->
    [one] Ask for consent to { $pairs } pair
   *[other] Ask for consent to { $pairs } pairs
}
pairing-board-search = Search by the name of either
pairing-board-none-found = No pair matches the search.
pairing-board-no-pairs = This run made no pair. Above stands why.
pairing-board-all-left-out = { $count ->
    [one] See the only person without a mentor
   *[other] See all { $count } people without a mentor
}
pairing-board-left-out-title = { $count ->
    [0] Nobody is without a mentor
    [one] { $count } person is without a mentor
   *[other] { $count } people are without a mentor
}
pairing-board-back = Back to the run
pairing-board-kept-count = { $count ->
    [one] { $count } pair stood before and was kept.
   *[other] { $count } pairs stood before and were kept.
}
pairing-board-kept-mentorship = Their mentorship runs: kept
pairing-board-kept-proposed = Proposed, and nobody has declined: kept
pairing-board-kept-pinned = Pinned by the coordinator
pairing-board-proof-text = Whoever doubts it can check it: the file holds the problem as numbers, without names, and “telemaco verify” checks it anywhere.
pairing-board-proof-reserved = Criteria reserved to the rules count here. The proof is kept but cannot be downloaded: its numbers would tell of each pair who is alike in what was told in confidence.
pairing-board-proof-file = Download the proof
pairing-board-digest = How to know that a file is the proof of this run: its digest
pairing-board-seats-title = Where one more seat would help most
pairing-board-seats-text = From the prices of the proof: what exactly one more seat would add, everything else being as it is.
pairing-board-seats-competencies = With whom, by competency
pairing-board-seats-mentors = With which mentor, or somebody like them
pairing-board-seat-points = { $name }: { $points ->
    [one] { $points } point more
   *[other] { $points } points more
}
pairing-board-seat-covers = { $name }: one more person would have a mentor
pairing-board-seats-cover = { $name }: with { $covers } of the { $mentors } mentors who hold it, one more person would have a mentor
pairing-board-its-rules = The rules of this run
pairing-board-pair-title = { $mentor } for { $mentee }
pairing-board-alone-title = { $mentee } is without a mentor
pairing-board-reasons-seen = Only coordinators see these reasons and points.
pairing-board-pin = Pin this pair
pairing-board-pin-with = Pin with { $mentor }
pairing-board-forbid = Forbid this pair
pairing-board-marks-hint = Marks count from the next run on.
pairing-board-marks = Pinned and forbidden pairs
pairing-board-marks-title = { $count ->
    [0] No pair is pinned or forbidden
    [one] { $count } pair is pinned or forbidden
   *[other] { $count } pairs are pinned or forbidden
}
pairing-board-marks-lead = A pinned pair is kept in every run; a forbidden one is never made. You mark a pair on its own page, from a run. Only coordinators see this.
pairing-board-marks-none-found = No mark matches the search.
pairing-board-mark-pin = pinned
pairing-board-mark-forbid = forbidden
pairing-board-marked-pin = The pair is pinned; it counts from the next run on
pairing-board-marked-forbid = The pair is forbidden; it counts from the next run on
pairing-board-marks-full = There are { $most } pinned or forbidden pairs already, and no more fit: first take a mark away
pairing-board-unmark = Take the mark away
pairing-board-unmarked = The mark is gone
pairing-board-pin-never = { $mentee } and { $mentor } cannot be pinned: the pair was forbidden or declined, has ended, or they are one person
pairing-board-pin-against = { $mentee } and { $mentor } cannot be pinned. Against the pair stands: { $rule }
pairing-board-pin-private = { $mentee } and { $mentor } cannot be pinned: the rules do not allow the pair. Which of them is said of no pair, since some read what was told in confidence.
pairing-board-pins-dropped = { $pins ->
    [one] { $pins } pinned pair could not be kept: the rules do not allow it.
   *[other] { $pins } pinned pairs could not be kept: the rules do not allow them.
}
pairing-board-pin-seats = { $mentor } has { $taken } pinned or settled pairs and { $seats } seats: take a pin away or give more seats
pairing-board-else-title = What else could be
pairing-board-else-text = The next best for this person, and what it would cost the others, is worked out exactly. With thousands of people it takes a few seconds.
pairing-board-else-button = Work it out
pairing-board-else-kept = This pair stood before the rules were asked, so the run did not weigh it against others.
pairing-board-next = Next best for { $mentee } would be { $mentor }, with { $score } points.
pairing-board-next-reserved = Next best for { $mentee } would be { $mentor }.
pairing-board-next-none = Without this pair { $mentee } would have no mentor.
pairing-board-cost = The whole would lose { $cost ->
    [one] { $cost } point
   *[other] { $cost } points
}, { $moves ->
    [0] nobody else would change mentor
    [one] { $moves } other person would change mentor
   *[other] { $moves } other people would change mentor
}, and { $fewer ->
    [0] as many people would have one.
    [one] { $fewer } person fewer would have one.
   *[other] { $fewer } people fewer would have one.
}
pairing-board-cost-reserved = { $moves ->
    [0] Nobody else would change mentor
    [one] { $moves } more person would change mentor
   *[other] { $moves } more people would change mentor
}, and { $fewer ->
    [0] as many people would have a mentor as now.
    [one] { $fewer } person fewer would have a mentor.
   *[other] { $fewer } people fewer would have a mentor.
}
pairing-board-others-reserved = Mentors whom the rules allow, by name. Criteria reserved to the rules count here, so neither points nor costs are shown.
pairing-board-other-cost = { $fewer ->
    [0] { $cost }
    [one] { $fewer } person fewer with a mentor, and { $cost }
   *[other] { $fewer } people fewer with a mentor, and { $cost }
}
pairing-board-others-text = The mentors whom the rules allow. A pinned pair would cost the whole at least so many points, however the others moved.
pairing-board-others-none = The rules allow this person no other mentor.
pairing-board-rules-proposed = These rules are proposed from what is known of the people. They are saved with the edition once you save or run them.
pairing-board-rules-lead = They are saved with the edition and count from the next run on.
pairing-board-rules-saved = The rules are saved
pairing-board-rules-save = Save the rules
pairing-board-rules-conflict = Somebody else saved other rules meanwhile. Above stands what counts now; the text below is what you meant. Compare the two, and save what should hold.
pairing-board-musts = What must hold
pairing-board-musts-hint = A pair that breaks one of these is not allowed. Untick what should not hold.
pairing-board-wishes = What makes a pair better
pairing-board-wishes-hint = The number is the most points that the rule can give.
pairing-board-remove = Remove
pairing-board-balance = What the first, second, third … mentee of one mentor costs
pairing-board-balance-hint = Points separated by blanks, such as 0 25 50. Empty: load does not count.
pairing-board-balance-wrong = The costs are whole numbers separated by blanks, none lower than the one before
pairing-board-capacity = Seats of a mentor who names none
pairing-board-capacity-hint = Empty: one seat.
pairing-board-capacity-wrong = Seats are a whole number
pairing-board-weight-wrong = Points are a whole number from 0 to { $most }
pairing-board-add = Add a rule
pairing-board-add-kind = Kind
pairing-board-add-none = None
pairing-board-add-attribute = About
pairing-board-add-number = Number
pairing-board-add-number-hint = Levels above, hours apart, or kilometres, as the kind asks for.
pairing-board-add-weight = Points
pairing-board-add-weight-hint = Not for what must hold.
pairing-board-add-unknown = What must hold also keeps out those whose profile does not say
pairing-board-attribute-missing = Say what the rule is about
pairing-board-number-wrong = The rule needs a whole number of at most { $most }
pairing-board-order-missing = The order of its values is not known. Give it in the text below, under [orders].
pairing-board-kind-equal = Must hold: both have the same
pairing-board-kind-differ = Must hold: they do not have the same
pairing-board-kind-above = Must hold: the mentor is so many levels above
pairing-board-kind-competencies = Better: competencies that are wanted and held
pairing-board-kind-mentee-ranking = Better: the mentee's ranking
pairing-board-kind-mentor-ranking = Better: the mentor's ranking
pairing-board-kind-similar = Better: alike in
pairing-board-kind-different = Better: different in
pairing-board-kind-gap = Better: the mentor is so many levels above
pairing-board-kind-zone = Better: clocks agree; nothing is left at so many hours
pairing-board-kind-place = Better: places are near; nothing is left at so many kilometres
pairing-board-kind-words = Better: shared words in both texts
pairing-board-text-title = The rules as a text, for experts
pairing-board-text-lead = The same rules as rules.toml, to be kept, edited and brought back.
pairing-board-text-download = Download rules.toml
pairing-board-text-file = Or bring a file
pairing-board-text-save = Save this text
pairing-board-criteria = Criteria, to show to others
pairing-board-criteria-title = How pairs are made, and who decides
pairing-board-criteria-lead = For the works council or the faculty board, made from the rules of the edition { $edition }. It prints well.
pairing-board-criteria-musts = What must hold
pairing-board-criteria-wishes = What makes a pair better
pairing-board-criteria-no-wishes = Nothing: all allowed pairs count alike.
pairing-board-criteria-data = Which data is read
pairing-board-criteria-reserved = Criteria reserved to the rules count too. Their data came in on a recorded legal basis, and no page, reason, file or mail names them.
pairing-board-criteria-who = Who decides
pairing-board-criteria-who-text = A coordinator sets the rules, reads each proposed pair with its reasons, and may pin or forbid pairs. Then people are asked: the mentor first, then the mentee. No pair becomes a mentorship without both. Whoever declines gives no public reason and bears no fault.
pairing-board-criteria-method = The program finds the pairing that covers most people, and of those the one with most points. It uses no chance and learns nothing from earlier runs: the same people and rules give the same pairs.
pairing-board-criteria-never = What is never used
pairing-board-never-performance = Performance reviews, pay, absences, messages or behaviour on the system
pairing-board-never-special = Special categories of data (GDPR, Art. 9), unless they came in on a recorded legal basis and for the rules alone
pairing-board-never-learning = Profiles guessed or learnt by a machine
pairing-board-never-unused = What these rules do not read, though it is on record: { $list }
pairing-board-criteria-check = How it can be checked
pairing-board-criteria-check-text = Each run is kept with its rules, its reasons and a proof without names. Anybody can check that proof with the free program: telemaco verify FILE. Where reserved criteria count, the proof is kept and handed to nobody.
pairing-board-data-seats = How many seats each mentor has
pairing-board-data-line = Who reports to whom
pairing-board-data-conflicts = Conflicts that people declared, in private
pairing-board-data-former = Who mentored whom before
pairing-board-data-competencies = Competencies held and wanted, with their levels
pairing-board-data-mentee-ranking = The mentees' rankings
pairing-board-data-mentor-ranking = The mentors' rankings
pairing-board-data-attribute = “{ $attribute }”
pairing-verify-right = The proof holds: of { $mentees } mentees and { $mentors } mentors, { $paired } are paired ({ $kept } of them beforehand); under these rules no pairing covers more people, and none that covers as many scores higher. Digest { $digest }
pairing-verify-wrong = { $path } proves nothing
pairing-task-running-title = The pairing is being computed
pairing-task-running-text = It can be left: the result waits here.
pairing-task-failed-title = The last run did not come to its end
pairing-task-failed-text = The page of the pairing says why and what to change.
pairing-task-again-title = Run again with what was said
pairing-task-again-text = { $declined ->
    [one] One proposal fell through. The next run keeps the other pairs.
   *[other] { $declined } proposals fell through. The next run keeps the other pairs.
 }
pairing-task-done-title = Pairing
pairing-task-done-text = With the last run, { $paired } of { $mentees } people have a mentor.
pairing-task-consent-later-title = Consent
pairing-task-consent-later-text = Once a run is done.
pairing-task-consent-ask-title = Send the proposals
pairing-task-consent-ask-text = Mentors answer first; nobody will see scores or others’ choices.
pairing-task-consent-awaited-title = { $awaited ->
    [one] One answer is missing
   *[other] { $awaited } answers are missing
 }
pairing-task-consent-awaited-text = The page shows who has not answered, and until when they may.
pairing-task-consent-done-title = Consent
pairing-task-consent-done-text = { $standing ->
    [one] One pair goes ahead; nobody else has to answer.
   *[other] { $standing } pairs go ahead; nobody else has to answer.
 }
pairing-waits-accepted = { $count ->
    [one] one pair to publish
   *[other] { $count } pairs to publish
 }
pairing-comes-proposal = { $count ->
    [one] A proposal waits for your answer. It says who the other person is and why the two of you fit.
   *[other] { $count } proposals wait for your answer. They say who the other person is and why the two of you fit.
 }
pairing-comes-proposal-button = See and answer
pairing-task-publish-ready-title = { $accepted ->
    [one] Publish one mentorship
   *[other] Publish { $accepted } mentorships
 }
pairing-task-publish-ready-text = Both sides have accepted. Publishing writes to each of them, once.
pairing-task-publish-done-title = Mentorships
pairing-task-publish-done-text = { $published ->
    [one] One mentorship published.
   *[other] { $published } mentorships published.
 }
pairing-task-publish-later-title = Publication
pairing-task-publish-later-text = Once both sides have accepted.
pairing-board-resting = { $count ->
    [one] { $count } person left their mentorship and has asked for no other: this run leaves them out.
   *[other] { $count } people left their mentorship and have asked for no other: this run leaves them out.
}
pairing-task-few-title = Find a match for whoever is left without one
pairing-task-few-text = { $waiting ->
    [one] { $waiting } person waits for a match. Another run finds one and moves nobody else.
   *[other] { $waiting } people wait for a match. Another run finds them one and moves nobody else.
}
pairing-number-follows = { $before } { $number }
pairing-board-compared = { $finding }, with { $points } points in all
pairing-board-score = { $points ->
    [one] { $points } point
   *[other] { $points } points
}
pairing-board-what-if-ask = { $count ->
    [one] What would be gained if the pair that was kept were free?
   *[other] What would be gained if the { $count } pairs that were kept were free?
}
pairing-board-what-if-text = It is worked out apart, under the same rules, and compared with this run: how many people it would reach, with how many points, and whose pair would change.
pairing-board-what-if-harmless = Asking changes nothing, and nothing is sent to anybody from that run.
pairing-board-what-if-proposed = Work it out with what is proposed or pinned free
pairing-board-what-if-all = Work it out as if no mentorship were running either
pairing-board-what-if-tag = what if
pairing-board-what-if-title-people = { $count ->
    [one] With the pairs free, { $count } more person would have a mentor
   *[other] With the pairs free, { $count } more people would have a mentor
}
pairing-board-what-if-title-fewer = { $count ->
    [one] With the pairs free, { $count } person fewer would have a mentor
   *[other] With the pairs free, { $count } people fewer would have a mentor
}
pairing-board-what-if-title-points = With the pairs free nobody more would have a mentor, and the whole would gain { $count ->
    [one] { $count } point
   *[other] { $count } points
}
pairing-board-what-if-title-untold = With the pairs free nobody more would have a mentor, and { $people ->
    [0] nobody’s pair would change
    [one] the pair of { $people } person would change
   *[other] the pairs of { $people } people would change
}
pairing-board-what-if-title-nothing = With the pairs free nothing would be gained
pairing-board-what-if-lead-proposed = No pair was kept here that is proposed, accepted or pinned. Mentorships that run stay as they are.
pairing-board-what-if-lead-all = No pair was kept here: none that is proposed, accepted or pinned, nor one whose mentorship runs.
pairing-board-what-if-asked = This is a what-if: asking has changed nothing, and nothing can be sent from here.
pairing-board-what-if-others = Since the run that it is compared with, the people or the seats have changed: not all of the difference comes from the free pairs.
pairing-board-what-if-next-proposed = If it is worth it: take back the proposals that would change or remove those pins, and run again. Whoever had already seen a name will read that the coordinator changed the proposal.
pairing-board-what-if-next-all = If it is worth it: first talk to those who would change. A running mentorship is ended on its own page only, and those who end it are not proposed to each other again.
pairing-board-what-if-keep = The pairs that stand are the best that these rules allow: nobody needs to move.
pairing-board-what-if-proposals = See the proposals
pairing-board-what-if-mentorships = See the mentorships
pairing-board-what-if-leave = Leave it as it is
pairing-board-what-if-back = Back to run { $number }
pairing-run-keeps = A pairing is being computed: try again when it is done.
