# Words
programmes-track-promotion = Promotion in a company
programmes-track-promotion-text = People are nominated for a post, and each of them has a mentor from outside their reporting line for a year.
programmes-track-degree = Course or degree
programmes-track-degree-text = Mentoring counts towards a degree: it has a course, credits and dates, and nobody is left without a mentor or a faculty member who stands in.
programmes-tracks = Kind of programme
programmes-phase-setting-up = being set up
programmes-phase-open = open
programmes-phase-closed = closed
programmes-side-mentee = Mentee
programmes-side-mentor = Mentor
programmes-standing-asked = has not answered
programmes-standing-applied = application to answer
programmes-standing-waiting = on the waiting list
programmes-standing-enrolled = takes part
programmes-standing-declined = said no
programmes-standing-refused = not admitted
programmes-standing-withdrawn = takes part no longer
programmes-way-nomination = Nomination
programmes-way-invitation = Invitation
programmes-way-import = From the records
programmes-way-application = Own application
programmes-credit-ects = ECTS credits
programmes-credit-us-semester = US semester credits
programmes-external-no = No, it is part of the course
programmes-external-yes = Yes, with an agreement and paperwork
programmes-yes = Yes
programmes-monday = Monday
programmes-tuesday = Tuesday
programmes-wednesday = Wednesday
programmes-thursday = Thursday
programmes-friday = Friday
programmes-saturday = Saturday
programmes-sunday = Sunday

# What is proposed
programmes-proposed-promotion = Mentoring for promotion
programmes-proposed-degree = Executive mentoring
programmes-proposed-edition = Edition { $year }
programmes-proposed-term = Term { $year }
programmes-proposed-course = Executive mentoring

# The list
programmes-list-title = Programmes and editions
programmes-list-lead = An edition is one run of a programme, with its dates and its people.
programmes-list-empty = There is no programme yet.
programmes-list-first = Make the first one
programmes-list-first-text = One form, filled in with sensible answers, makes the programme and its first edition.
programmes-new = Make a programme
programmes-no-edition = No edition yet
programmes-column-edition = Edition
programmes-column-programme = Programme
programmes-column-dates = Dates
programmes-column-phase = Phase
programmes-column-side = Takes part as
programmes-column-standing = Standing
programmes-column-way = How they came
programmes-column-since = Since
programmes-column-nominated-by = Nominated by
programmes-all = All programmes
programmes-any = Any

# Making one
programmes-new-title = Make a programme and its first edition
programmes-new-lead = The answers that are filled in will do; change what needs changing.
programmes-new-button = Make the programme
programmes-new-rest = Calendar, deadlines and framework of competencies get their usual values, and all of it can be changed later.
programmes-first-edition = Its first edition
programmes-course-title = The course
programmes-added = Programme made, with its first edition. What is left is to open it.
programmes-edition-added = Edition made with the settings of the last one.
programmes-editions = Editions
programmes-editions-none = It has none yet.
programmes-follow = The next edition
programmes-follow-text = It begins with the settings of the last one: calendar, deadlines, framework and windows for answers.
programmes-follow-button = Make the edition

# Fields
programmes-field-programme = Name of the programme
programmes-field-name = Name of the edition
programmes-name-hint = This is what those who take part will see.
programmes-field-starts-on = Begins on
programmes-field-ends-on = Ends on
programmes-field-weekdays = Working days
programmes-field-holidays = Holidays
programmes-holidays-hint = One date a line, such as 12/10/2027, day first. No time to answer runs on a holiday, and nothing else falls due.
programmes-field-places = Places for mentees
programmes-places-hint = Empty for no limit. Whoever accepts when they are full goes on the waiting list.
programmes-field-applications = Anybody in the organisation may apply
programmes-field-framework = Framework of competencies
programmes-framework-hint = The edition keeps the version with which it begins.
programmes-framework-kept = The edition is open and keeps the framework with which it began.
programmes-framework-later = Choose later
programmes-framework-version = { $name }, version { $number }
programmes-frameworks = See the frameworks
programmes-field-course = Course
programmes-field-credit = Kind of credits
programmes-field-credits = Credits
programmes-credits-hint = With one decimal at most: 6 or 4.5
programmes-field-hours-per-credit = Hours per credit
programmes-hours-hint = From 25 to 30 for ECTS credits; empty for the usual.
programmes-field-external = Is it an external placement, with an agreement and paperwork of its own?
programmes-field-counted = Which days the deadlines count
programmes-counted-working-days = The working days of this calendar
programmes-counted-days = All days; when the last is not a working day, the next that is
programmes-counted-missing = Choose which days the deadlines count
programmes-field-assigned-within = Days to assign a mentor after acceptance
programmes-field-reads-first = The orientation is read before the first meeting
programmes-field-first-meeting-within = Days until the first meeting
programmes-field-first-pulse-after = Days until it is first asked how the goals go
programmes-field-pulse-every = Days from one such question to the next
programmes-field-midpoint-after = Calendar days from the beginning to the mid-point review
programmes-field-closure-before-end = Calendar days before the end when the closure begins
programmes-field-follow-up-after-months = Months until the follow-up, after the end
programmes-field-mentor-days = Working days for the mentor to answer
programmes-field-mentee-days = Working days for the mentee to answer
programmes-field-mentors-see = Mentors may see, before the pairing, who is to be mentored and what they want to learn
programmes-consent-text = Mentors answer first. Their silence counts as a no; a mentee's silence counts as a yes.
programmes-field-person = Person
programmes-person-hint = Their address, or their name
programmes-field-side = To take part as
programmes-field-people = People
programmes-people-hint = One a line: their address, or their name if nobody else bears it
programmes-field-post = Post they are nominated for
programmes-post-hint = With a post it is a nomination; empty, an invitation.
programmes-post-seen = The post is seen by the person, coordination and the sponsor; no mail carries it
programmes-field-nominated-by = Nominated by
programmes-nominated-by-hint = Their address or name; empty if it is you.
programmes-field-capacity = How many mentees they take in this edition
programmes-capacity-hint = Empty for what their record says.
programmes-field-fallback = Faculty member who stands in
programmes-field-reason = Reason

# What is wrong
programmes-track-missing = Choose the kind of programme
programmes-name-missing = The name of the programme is missing
programmes-edition-name-missing = The name of the edition is missing
programmes-name-long = At most { $most } letters
programmes-date-wrong = { $field }: a date such as 1/2/2027, day first
programmes-ends-before = The end has to come after the beginning
programmes-ends-late = An edition lasts ten years at most
programmes-weekdays-none = Tick at least one working day
programmes-holiday-wrong = “{ $line }” is no date; 12/10/2027 is one
programmes-framework-unknown = Choose a framework of the list
programmes-course-missing = The name of the course is missing
programmes-credit-missing = Choose the kind of credits
programmes-credits-wrong = Write the credits with one decimal at most, up to 120
programmes-external-missing = Say whether it is an external placement
programmes-number-wrong = { $field }: a whole number from { $least } to { $most }
programmes-person-missing = The person is missing
programmes-person-unknown = Nobody in the organisation is called “{ $text }” or has that address
programmes-person-several = “{ $text }” may be { $people }. Write the address.
programmes-people-missing = Write at least one person
programmes-people-many = At most { $most } people at once
programmes-side-missing = Choose how they are to take part
programmes-post-missing = The post is missing
programmes-not-open = The edition is not open yet. Open it from its page.
programmes-closed = The edition is closed. It can be opened again from its page.
programmes-no-room = There is no free place. Add places, or wait until somebody leaves theirs.
programmes-group-nobody = There is nobody to enrol: tick somebody who is not in the list already
programmes-onlooker-part-missing = Choose as what they will see it
programmes-fallback-missing = Choose somebody of the list
programmes-fallback-nobody = Tick at least one person
programmes-saved-meanwhile = Somebody saved other changes meanwhile. What you wrote is still here; save again if it is what should stand.
programmes-stepped-meanwhile = It changed meanwhile. This is how it stands now.
programmes-applied-already = You are in that edition already

# The edition
programmes-headline-setting-up = { $edition } is being set up
programmes-headline-empty = { $edition } is open and nobody takes part yet
programmes-headline-open = { $mentees ->
    [one] { $mentees } mentee
   *[other] { $mentees } mentees
} and { $mentors ->
    [one] { $mentors } mentor
   *[other] { $mentors } mentors
} take part in { $edition }
programmes-headline-closed = { $edition } is closed
programmes-next-open-title = Open the edition
programmes-next-open-text = Everything is filled in with sensible answers; look through the list as you like. Once it is open, people can be asked and enrolled.
programmes-next-open-button = Open the edition
programmes-next-closed-title = Make the next edition
programmes-next-closed-text = It will begin with the settings of this one.
programmes-next-closed-button = Go to the programme
programmes-next-take-in-title = Enrol those who are on record
programmes-next-take-in-text = By the records, { $mentees ->
    [one] { $mentees } person is a mentee
   *[other] { $mentees } people are mentees
} and { $mentors ->
    [one] { $mentors } is a mentor
   *[other] { $mentors } are mentors
}. You may also choose, nominate or invite them one by one.
programmes-next-take-in-button = { $total ->
    [one] Enrol { $total } person
   *[other] Enrol { $total } people
}
programmes-next-nobody-title = Bring the people in
programmes-next-nobody-text = No record says yet who mentors and who is mentored. Import the spreadsheets that you have.
programmes-next-nobody-button = Import people
programmes-next-admit-title = There is a free place, and { $name } has waited longest
programmes-next-admit-text = Once admitted, they have the place and get a mail.
programmes-next-admit-button = Admit { $name }
programmes-next-applied-title = { $mentees ->
    [one] Answer { $mentees } application
   *[other] Answer { $mentees } applications
}
programmes-next-applied-text = Each person will learn the answer by mail.
programmes-next-applied-button = See the applications
programmes-next-side-missing-title = One side is missing
programmes-next-side-missing-text = { $mentees } take part as mentees and { $mentors } as mentors. It takes at least one person on each side.
programmes-next-side-missing-button = Nominate or invite
programmes-next-seats-title = More seats are needed, so that nobody is left out
programmes-next-seats-text = There are { $mentees } mentees and { $mentors } seats with mentors. Invite more mentors, or give them more seats.
programmes-next-seats-button = Invite mentors
programmes-next-pairing-title = Pair those who take part
programmes-next-pairing-text = { $mentees } mentees and { $mentors } seats: who mentors whom can be worked out now, and why.
programmes-next-pairing-button = Go to the pairing
programmes-next-running-title = The mentorships are under way
programmes-next-running-text = Nothing waits for you. Below is who has read the orientation and who has said where they start from.
programmes-next-running-button = See the mentorships
programmes-waits-applied = { $count ->
    [one] one application to answer
   *[other] { $count } applications to answer
 }
programmes-tasks = What there is to prepare
programmes-state-done = done
programmes-state-to-do = to do
programmes-state-attention = look at this
programmes-state-later = later
programmes-state-optional = optional
programmes-task-dates = Dates and calendar
programmes-task-dates-text = From { $from } to { $to } ({ $zone }); { $holidays ->
    [0] no holidays
    [one] { $holidays } holiday
   *[other] { $holidays } holidays
}
programmes-task-course = Course and credits
programmes-task-course-text = { $course }: { $credits }, { $hours } hours
programmes-credits-ects = { $credits } ECTS credits
programmes-credits-us-semester = { $credits } semester credits
programmes-task-framework = Framework of competencies
programmes-task-framework-text = Chosen
programmes-task-framework-none = Not chosen
programmes-task-clocks = Deadlines
programmes-task-clocks-working-days = In working days: mentor within { $assigned }, first meeting within { $meeting }, how the goals go after { $pulse }
programmes-task-clocks-days = Mentor within { $assigned } days, first meeting within { $meeting }, how the goals go after { $pulse }
programmes-task-windows = Windows for answers
programmes-task-windows-text = { $mentor } working days for mentors and { $mentee } for mentees
programmes-task-open = Open the edition
programmes-task-open-to-do = Until then only coordination sees it
programmes-task-open-done = It is open
programmes-task-open-closed = It was open and has been closed
programmes-task-who = Who takes part
programmes-task-who-text = { $mentees ->
    [one] { $mentees } mentee
   *[other] { $mentees } mentees
}; { $mentors ->
    [one] { $mentors } mentor
   *[other] { $mentors } mentors
} with { $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
}
programmes-task-unassigned = Without a mentor in time
programmes-task-unassigned-text = { $count ->
    [one] The date to assign a mentor to one person has gone
   *[other] The date to assign a mentor to { $count } people has gone
 }
programmes-notice-unassigned-label = People without a mentor in time
programmes-notice-unassigned-mail = The date to assign somebody a mentor has gone
programmes-told-unassigned = { $count ->
    [one] In { $edition }, the date to assign a mentor to one person has gone
   *[other] In { $edition }, the date to assign a mentor to { $count } people has gone
 }
programmes-task-fallback = Faculty who stand in
programmes-task-fallback-text = { $count ->
    [0] Named for everybody
    [one] Missing for { $count } student
   *[other] Missing for { $count } students
}
programmes-task-onlookers = Who looks on
programmes-task-onlookers-text = { $count ->
    [0] No sponsor or faculty yet
    [one] { $count } person
   *[other] { $count } people
}
programmes-task-orientation = Orientation
programmes-task-orientation-text = { $count ->
    [0] With the texts that come with the product
    [one] With { $count } text of its own
   *[other] With { $count } texts of its own
}
programmes-task-pairing = Pair
programmes-task-pairing-text = It can be run
programmes-task-pairing-later = It takes people on both sides first
programmes-task-consent = Ask for consent
programmes-task-consent-asked = After the pairing
programmes-task-publish = Publish the mentorships
programmes-task-publish-text = Once both sides have accepted
programmes-count-asked = have not answered
programmes-count-waiting = on the waiting list
programmes-count-places = free places
programmes-count-seats = seats offered
programmes-opened = The edition is open.
programmes-edition-closed = The edition is closed.
programmes-close = Close the edition
programmes-close-text = Once it is closed nobody comes in or leaves, and nothing is answered. Publish or take back the proposals that are still under way before. Nothing is deleted, and it can be opened again.
programmes-close-button = Close the edition
programmes-reopen = Open the edition again
programmes-glance = See it as a sponsor does
programmes-back-edition = Back to the edition

# Settings
programmes-settings-title = Decide how { $edition } is run
programmes-settings-lead = Everything has its usual value; change only what is different in your organisation.
programmes-settings-save = Save the settings
programmes-saved = Settings saved.
programmes-stands = How it is saved now

# Who looks on
programmes-onlookers-title = Who looks on at { $edition }
programmes-onlookers-lead = Sponsors and faculty see counts and dates of this edition, and of no other; never what is written in it.
programmes-onlookers-none = Nobody yet.
programmes-onlooker-add = Add somebody
programmes-onlooker-part = As what they will see it
programmes-onlooker-button = Let them see it
programmes-onlooker-added = They can see it now.
programmes-onlooker-remove = Remove
programmes-onlooker-remove-of = Remove { $name }
programmes-onlooker-removed = They can see it no longer.

# Enrolments
programmes-enrolments-title = Enrolments of { $edition }
programmes-enrolments-empty = There is nobody in the list yet.
programmes-enrolments-seen = Only coordination sees this list; everybody sees their own standing and its reason
programmes-search = Name or address
programmes-seats = { $count ->
    [one] { $count } seat
   *[other] { $count } seats
}
programmes-ask = Nominate or invite
programmes-ask-title = Nominate or invite people to { $edition }
programmes-ask-lead = Each of them gets a mail and decides. Whoever accepts takes part.
programmes-ask-button = Send the questions
programmes-asked = { $asked ->
    [0] Nobody else was asked.
    [one] { $asked } person was asked; the mail is on its way.
   *[other] { $asked } people were asked; the mails are on their way.
} { $known ->
    [0] { "" }
    [one] { $known } was in the list already.
   *[other] { $known } were in the list already.
}
programmes-group-mentees = Enrol mentees
programmes-group-mentors = Enrol mentors
programmes-group-mentees-title = { $count ->
    [one] { $count } more person could be a mentee
   *[other] { $count } more people could be mentees
}
programmes-group-mentors-title = { $count ->
    [one] { $count } more person could be a mentor
   *[other] { $count } more people could be mentors
}
programmes-group-lead = Their records say so, and they are not in the list of { $edition }.
programmes-group-choose = Choose whom
programmes-group-all = { $count ->
    [one] Enrol { $count } person
   *[other] Enrol all { $count } people
}
programmes-group-ticked = Enrol those who are ticked
programmes-group-people = Who
programmes-group-empty = Nobody else, by the records.
programmes-tells = Tell each of them by mail
programmes-taken-in = { $added ->
    [one] { $added } person was enrolled.
   *[other] { $added } people were enrolled.
}
programmes-record = See their record
programmes-enrolment-asked = { $name } has not answered yet
programmes-enrolment-applied = { $name } waits for an answer to their application
programmes-enrolment-waiting = { $name } is on the waiting list
programmes-enrolment-enrolled = { $name } takes part
programmes-enrolment-declined = { $name } said no
programmes-enrolment-refused = The application of { $name } was not admitted
programmes-enrolment-withdrawn = { $name } takes part no longer
programmes-steps = What can be done
programmes-step-admit = Admit
programmes-step-ask = Ask again
programmes-step-wait = Put on the waiting list
programmes-step-refuse = Do not admit
programmes-step-withdraw = Withdraw, without fault
programmes-reason-hint = If it helps to understand it, in a few words.
programmes-reason-seen = The reason is seen by the person and coordination; no mail carries it
programmes-stepped-enrolled = They take part; a mail is on its way.
programmes-stepped-waiting = They are on the waiting list; a mail is on its way.
programmes-stepped-asked = They were asked again; a mail is on its way.
programmes-stepped-refused = They were not admitted; a mail is on its way.
programmes-stepped-withdrawn = They were withdrawn; a mail is on its way.
programmes-details = In this edition
programmes-details-save = Save this
programmes-details-saved = Saved.
programmes-fallback-title = { $count ->
    [0] Everybody has somebody who stands in
    [one] { $count } student has nobody who stands in
   *[other] { $count } students have nobody who stands in
}
programmes-fallback-lead = Where no mentor is found for somebody, the faculty member who is named here stands in. Nothing is published while somebody has neither.
programmes-fallback-done = Nobody is missing.
programmes-fallback-no-faculty = First say who the faculty are
programmes-fallback-no-faculty-text = Nobody holds that part yet, in the organisation or in this edition.
programmes-fallback-none = Nobody yet
programmes-fallback-all = { $count ->
    [one] Name them for { $count } student
   *[other] Name them for all { $count } students
}
programmes-fallback-ticked = Name them for those who are ticked
programmes-fallback-students = For whom
programmes-fallback-named = { $count ->
    [one] Named for { $count } student.
   *[other] Named for { $count } students.
}

# Who takes part
programmes-taking-part = My editions
programmes-taking-part-none = You take part in no edition. If you expected one, ask whoever coordinates it.
programmes-answer = Answer
programmes-open-to = Editions that take applications
programmes-open-to-text = Coordination answers each application, and you will learn it by mail.
programmes-apply-mentee = Be a mentee
programmes-apply-mentor = Be a mentor
programmes-apply-mentee-to = Be a mentee: apply for { $edition }
programmes-apply-mentor-to = Be a mentor: apply for { $edition }
programmes-applied = Application sent.
programmes-own-asked = Do you take part in { $edition }?
programmes-own-applied = Your application for { $edition } waits for an answer
programmes-own-waiting = You are on the waiting list of { $edition }
programmes-own-enrolled = You take part in { $edition }
programmes-own-declined = You said no to { $edition }
programmes-own-refused = Your application for { $edition } was not admitted
programmes-own-withdrawn = You no longer take part in { $edition }
programmes-own-seen = You and coordination see where you stand; your line manager sees only that you take part, and the dates
programmes-own-accept = Yes, I take part
programmes-own-decline = No, thank you
programmes-own-why = Add a reason
programmes-own-reason-hint = There is no need; nobody asks for explanations.
programmes-own-leave = Leave the edition
programmes-own-leave-text = You may leave whenever you need to, and it is nobody's fault. Your place goes to whoever waits.
programmes-own-withdraw = Take part no longer
programmes-own-apply = Apply again
programmes-own-stepped-enrolled = You take part.
programmes-own-stepped-waiting = Thank you. The places are full: you are on the waiting list.
programmes-own-stepped-declined = Answer saved.
programmes-own-stepped-withdrawn = You no longer take part.
programmes-own-stepped-applied = Application sent.
programmes-wishes = Say whom you would prefer
programmes-proposals = My proposals
programmes-comes = What comes next
programmes-comes-asked = Say whether you take part. Nobody else decides it for you.
programmes-comes-applied = Coordination will answer; you will learn it by mail.
programmes-comes-waiting = When a place is free, whoever has waited longest gets it. You will learn it by mail.
programmes-comes-enrolled-mentee = Before the pairing you may say whom you would prefer and with whom there is a conflict, in private. Then a proposal comes by mail, once the mentor has accepted.
programmes-comes-enrolled-mentor = Before the pairing you may say whom you would prefer and with whom there is a conflict, in private. Then a proposal comes by mail: you answer first.
programmes-comes-declined = Nothing else. If you change your mind, tell coordination.
programmes-comes-refused = Nothing else for now. Coordination can tell you why.
programmes-comes-withdrawn = Nothing else. Thank you for the time that you gave.
programmes-comes-closed = The edition has been closed.

# Line managers
programmes-lent-title = { $count ->
    [0] Nobody of your team takes part now
    [one] { $count } person of your team takes part
   *[other] { $count } people of your team take part
}
programmes-lent-lead = You lend their time. You are never their mentor: that is always somebody from outside your line.
programmes-lent-seen = You see who takes part and the dates, never what they say or write
programmes-lent-none = No record says that anybody reports to you. If that is wrong, tell coordination.
programmes-lent-reports = Your team
programmes-lent-not = does not take part
programmes-lent-nominate = Nominate somebody of your team
programmes-lent-nominate-text = They get a mail and decide.
programmes-lent-no-edition = No edition is open now.
programmes-lent-person = Whom
programmes-lent-person-missing = Choose somebody
programmes-lent-edition-missing = Choose an edition
programmes-lent-button = Nominate
programmes-lent-nominated = Nominated. Whoever was not in the list of that edition gets a mail.
programmes-lent-known = They are in the list of that edition already

# At a glance
programmes-overviews = { $count ->
    [0] No edition to look at
    [one] { $count } edition at a glance
   *[other] { $count } editions at a glance
}
programmes-overviews-lead = Counts and dates; never what is written.
programmes-overviews-none = Coordination says who sees which edition.
programmes-overviews-all = All editions
programmes-overview-title = { $mentees ->
    [one] { $mentees } mentee
   *[other] { $mentees } mentees
} and { $mentors ->
    [one] { $mentors } mentor
   *[other] { $mentors } mentors
} take part in { $edition }
programmes-overview-standings = How each side stands
programmes-overview-seen = These are counts; what people write is not seen here

# Mails
programmes-mail-asked-subject = Do you take part in { $edition }?
programmes-mail-asked-mentee = You are asked to take part as a mentee in { $edition } ({ $programme }). You decide: you may accept or say no.
programmes-mail-asked-mentor = You are asked to take part as a mentor in { $edition } ({ $programme }). You decide: you may accept or say no.
programmes-mail-asked-link = Answer
programmes-mail-enrolled-subject = You take part in { $edition }
programmes-mail-enrolled-mentee = You have a place as a mentee in { $edition } ({ $programme }).
programmes-mail-enrolled-mentor = You are going to be a mentor in { $edition } ({ $programme }).
programmes-mail-enrolled-link = See what comes next
programmes-mail-waiting-subject = You are on the waiting list of { $edition }
programmes-mail-waiting-mentee = The places for mentees in { $edition } ({ $programme }) are full. You will hear from us when one is free.
programmes-mail-waiting-mentor = You are on the waiting list to be a mentor in { $edition } ({ $programme }). You will hear from us when that changes.
programmes-mail-waiting-link = See where I stand
programmes-mail-refused-subject = About your application for { $edition }
programmes-mail-refused-mentee = Coordination has answered your application to be a mentee in { $edition } ({ $programme }): it could not be this time.
programmes-mail-refused-mentor = Coordination has answered your application to be a mentor in { $edition } ({ $programme }): it could not be this time.
programmes-mail-refused-link = See the answer
programmes-mail-withdrawn-subject = You no longer take part in { $edition }
programmes-mail-withdrawn-mentee = Coordination has withdrawn you from { $edition } ({ $programme }). It is nobody's fault.
programmes-mail-withdrawn-mentor = Coordination has withdrawn you from { $edition } ({ $programme }). It is nobody's fault.
programmes-mail-withdrawn-link = See where I stand
programmes-own-orientation = Read the orientation
programmes-own-baseline = Give the baseline
programmes-orientation-readers = Who has read the orientation
programmes-baselines = Who has given their baseline
programmes-rename = Rename the programme
programmes-rename-button = Save the name
programmes-renamed = The programme has another name.
programmes-imported-title = { $mentors ->
    [0] { $mentees ->
        [one] Enrol the person whom you just imported
       *[other] Enrol the { $mentees } people whom you just imported
    }
   *[other] { $mentees ->
        [0] { $mentors ->
            [one] Enrol the mentor whom you just imported
           *[other] Enrol the { $mentors } mentors whom you just imported
        }
       *[other] Enrol those whom you just imported: { $mentees } to learn and { $mentors } to mentor
    }
}
programmes-imported-lead = Each goes to the side that their record says. Whoever is in the edition already stays as they are.
programmes-imported-edition = Into which edition
programmes-imported-choose = Choose an edition
programmes-imported-none-title = Open an edition first
programmes-imported-none = No edition is open. Set up a programme or open an edition and come back: the import waits for you.
programmes-imported-button = { $people ->
    [one] Enrol this person
   *[other] Enrol these { $people } people
}
programmes-taking-part-title = Which editions you take part in
programmes-list-heading = Which programmes and editions there are
programmes-enrolments-heading = Who stands in the list of { $edition }, and how
programmes-released = Agreed outcomes
programmes-released-seen = A line that both of the mentorship have decided to show you. They may withdraw it.
