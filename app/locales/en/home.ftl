home-next = What comes next
home-counts = Your organisation in figures
home-count-mentees = mentees
home-count-mentors = mentors
home-count-seats = seats offered
home-count-accounts = with an account
home-coordinator-empty-title = Begin by enrolling your people
home-coordinator-empty-text = Upload the spreadsheets that you have. Before anything is stored you will see, row by row, what would change.
home-coordinator-empty-button = Import spreadsheets
home-coordinator-title = The people are there; the programme is missing
home-coordinator-text = One form makes the programme and its first edition, with sensible answers filled in.
home-coordinator-button = Make a programme
home-operator-title = The installation at a glance
home-operator-text = Database, mail and waiting jobs; no content.
home-operator-button = See the system
home-mentor-title = Say what you can teach
home-mentor-text = The competencies that you hold and the seats that you offer let the coordinator pair you well.
home-mentor-button = Look through my profile
home-mentee-title = Say what you want to learn
home-mentee-text = The competencies that you want decide to a good part from whom you will learn.
home-mentee-button = Look through my profile
home-other-title = Welcome
home-other-text = The directory shows who mentors in your organisation.
home-other-button = See the directory
home-editions = Editions under way
home-proposal-title = { $count ->
    [one] One proposal waits for your answer
   *[other] { $count } proposals wait for your answer
 }
home-proposal-text = It says who the other person is and why you fit. Answering takes a minute.
home-proposal-button = See and answer
home-asked-title = You are asked to take part in a programme
home-asked-text = You may accept or say no; nobody will ask you to explain.
home-asked-button = See and answer
home-orientation-title = Read the orientation before the first meeting
home-orientation-text = What is expected of each, what stays between you, and how to begin. It takes five minutes.
home-orientation-button = Read the orientation
home-baseline-title = { $count ->
    [one] Your baseline is missing
   *[other] { $count } baselines are missing
 }
home-baseline-text = Before the first meeting: how the competencies look today. Nobody can rebuild that later.
home-baseline-button = Give the baseline
home-my-mentor-title = Your mentorship is under way
home-my-mentor-text = Who your mentor is, since when, and how to write to them.
home-my-mentor-button = See my mentorship
home-my-mentees-title = { $count ->
    [one] You mentor one person
   *[other] You mentor { $count } people
 }
home-my-mentees-text = Whom you mentor, since when, and how to write to them.
home-my-mentees-button = See my mentorships
home-taking-part-title = You take part in a programme
home-taking-part-text = Where you stand and what comes next.
home-taking-part-button = See where I stand
home-onlooker-title = The programme at a glance
home-onlooker-text = Figures and dates of each edition; nothing of what pairs write.
home-onlooker-button = See the editions
home-supervisor-title = Whom you lend time to
home-supervisor-text = The people of your team who take part, and since when. A line manager is never the mentor.
home-supervisor-button = See my team
home-system-well = The installation is well
home-system-look = Something needs a look
home-system-lead = What one must know to look after it; no content.
home-system-version = Version
home-system-database = Database
home-system-schema = Schema applied and known
home-system-jobs = Jobs waiting
home-system-standing = Of these, tried once a day by now
home-system-given-up = Jobs given up
home-system-mail = Mail
home-system-answers = answers
home-system-silent = does not answer
home-system-vault = Key of content
home-system-opens = is there
home-system-closed = is missing: what was written in confidence stays closed until it is back
home-system-doctor = The command “telemaco doctor” also says what to do in each case.
home-demo-title = Choose whom to sign in as
home-demo-lead = Everybody sees what is theirs to see.
home-demo-enter = Sign in
home-demo-enter-as = Sign in as { $name }
home-mail-title = These mails would have gone out
home-mail-empty = There are none yet. Invite somebody from their page.
home-mail-lead = In the demonstration nothing goes out: mails are kept here, newest first.
home-month-title = You mentor { $count } people
home-month-text = The month on one page: what waits for you, the meetings, and what is open with each.
home-month-button = See the month
home-concern-title = { $count ->
    [one] Somebody has told you of a problem
   *[other] You have been told of { $count } problems
 }
home-concern-text = You alone read it. Whoever told it waits to know that you have.
home-concern-button = Read it
home-concerns = The problems that you have been told of
home-glass-title = { $count ->
    [one] You are asked to open what a pair wrote
   *[other] You are asked { $count } times to open what a pair wrote
}
home-glass-text = Something serious may have happened. Nothing is opened before you have read why and decided.
home-glass-button = Read why
home-register-title = { $count ->
    [one] One sitting waits for the secretary or the chair
   *[other] { $count } sittings wait for the secretary or the chair
}
home-register-text = Items to classify, seats to answer, conflicts to settle. Until then nobody is in the room.
home-register-button = See what they wait for
home-sittings-title = { $count ->
    [one] One sitting waits for your answer
   *[other] { $count } sittings wait for your answer
}
home-sittings-text = Somebody would like to come and observe, the other side of a negotiation has to be asked, classes of items are to be confirmed, or it is still to be said that a sitting took place. It takes a minute.
home-sittings-button = See the sittings
home-secretary-title = Nothing in the room waits for an answer
home-secretary-text = The register has the sittings to come, the undertakings that end, and the exposures.
home-secretary-button = See the register
home-host-title = You receive those who come to learn
home-host-text = Open a meeting or a negotiation to observers: the day, the time and the seats are enough.
home-host-button = See the sittings
