goals-kind-professional = Professional
goals-kind-personal = Personal
goals-term-short = Short term
goals-term-long = Long term
goals-outcome-reached = Reached
goals-outcome-let-go = Let go
goals-crumb = Goals of { $name }
goals-title-none = There are no goals yet
goals-title-settled = All goals are settled
goals-title-open = { $count ->
    [one] There is one goal under way
   *[other] There are { $count } goals under way
}
goals-title-overdue = { $count ->
    [one] The goal under way is past its date
   *[other] { $overdue ->
        [one] Of { $count } goals under way, one is past its date
       *[other] Of { $count } goals under way, { $overdue } are past their date
    }
}
goals-begin-title = Write the first goal
goals-begin-text = One is enough to begin with: something that in a few weeks can be looked at and said to be there or not. It can always be changed.
goals-begin-button = Write the first goal
goals-look-title = This goal is past its date
goals-look-button = Say how it goes
goals-objective = Career objective
goals-objective-none-own = You have not written your career objective yet. One line is enough: where you want to get in your job or your career.
goals-objective-none = { $name } has not written their career objective yet.
goals-objective-write = Write my career objective
goals-objective-change = Change my career objective
goals-objective-label = My career objective, in one line
goals-objective-hint = For example: “To lead a business unit within three years”. Goals may lead to it.
goals-objective-save = Save the objective
goals-objective-saved = Objective saved.
goals-objective-missing = The objective is missing
goals-open = Under way
goals-settled = Settled
goals-only-me = yours alone
goals-due-by = by { $day }
goals-no-date = no date
goals-last-on = last noted { $day }
goals-overdue = past its date
goals-unmeasured = not measured
goals-progress-of = Progress of “{ $goal }”
goals-new-button = Write another goal
goals-to-review = All of them on one page, to review or print
goals-coordinator-sees = The coordinator sees how many goals there are, how many were reached and when something was noted; not what they say. Those that are yours alone nobody else sees or counts.
goals-figure-on-time = None of the { $all } goals with a date is behind its time
goals-figure-behind = { $count ->
    [one] One of { $all } goals is behind its time
   *[other] { $count } of { $all } goals are behind their time
}
goals-figure-alternative = { $finding }. Each goal has two bars: the way gone and the time gone, in per cent.
goals-figure-rows = Goal
goals-figure-way = way gone
goals-figure-time = time gone
goals-figure-not-all = The first ones are drawn; the table has them all.
goals-figure-table = The figures
goals-course-both = { $way } % of the way in { $time } % of the time
goals-course-way = { $way } % of the way
goals-course-last = The last value is { $value }
goals-course-alternative = { $finding }. From { $first } to { $last }.
goals-course-line = how it goes
goals-course-planned = the way planned
goals-on = Day
goals-value = Value
goals-value-of = Where does it stand? ({ $measure })
goals-line = A line, if you like
goals-on-label = The day it tells of
goals-check-in-title = How is it going?
goals-check-in-button = Note how it goes
goals-check-ins = How it went
goals-check-ins-none = Nobody has noted anything yet.
goals-checked-in = Noted.
goals-check-in-empty = A value or a line is missing
goals-on-future = That day has not come yet
goals-whole-title = It looks reached
goals-whole-text = You have come the whole way. If so, settle it; if not, change what is missing.
goals-reach = Say it is reached
goals-let-go = Let it go
goals-settle = Settle the goal
goals-settle-text = It stays in the list of settled ones and can be taken up again.
goals-reason = Why it is settled
goals-shelf-goal = Goal
goals-shelf-step = Step of a goal
goals-shelf-settled = What became of a goal
goals-shelf-check-in = How a goal goes
goals-reason-hint = Needed to let it go: a year from now it helps to understand.
goals-reason-missing = Say why it is let go
goals-settled-reached = Goal reached. Well done.
goals-settled-let-go = Goal settled. It can be taken up again at any time.
goals-reopen = Take the goal up again
goals-reopened = Goal taken up again.
goals-settled-already = This goal is settled: take it up again before you change it
goals-progress = Progress
goals-progress-none = It cannot be measured yet: it lacks a value to reach, or steps.
goals-way = Way
goals-way-both = from { $from } to { $to }
goals-way-to = up to { $to }
goals-done = done
goals-step-do = Done
goals-step-do-of = Tick as done: { $step }
goals-step-undo = Undo
goals-step-undo-of = Take the tick away: { $step }
goals-step-done = Step done.
goals-step-open = The step is to be done again.
goals-parts = Short goals that make it up
goals-add-part = Add a short goal
goals-written = Last written by { $name }: { $at }.
goals-edit-button = Change the goal
goals-edit-title = Change the goal
goals-new-title = Write a goal
goals-edit-lead = Only the first line is needed. The rest helps to know whether it is reached.
goals-saved = Goal saved.
goals-added = Goal saved. If something is missing to check it by, it is said here.
goals-save = Save the goal
goals-stands-now = How it stands now
goals-field-statement = What you want to reach
goals-field-measure = How it is measured
goals-field-baseline = Where you start
goals-field-target = Where to get
goals-field-due = By when
goals-field-tie = What it leads to
goals-field-kind = What kind it is
goals-field-term = At what term
goals-field-parent = Is a part of
goals-field-steps = Steps
goals-statement-hint = In one sentence, with something that can be seen.
goals-statement-missing = Say what you want to reach
goals-measure-hint = What is counted, with its unit: “meetings that I chair a month”, “minutes without notes”.
goals-tie-none = Nothing in particular
goals-tie-objective = The career objective
goals-tie-competencies = A competency
goals-parent-none = None: it stands on its own
goals-parent-of-long = A long-term goal is no part of another
goals-parent-short = Only a long-term goal is made up of others
goals-parent-hidden = The goal that it is a part of is yours alone: this one has to be as well
goals-steps-hint = One a line. They are ticked on the goal's page.
goals-steps-many = These are too many steps: there is room for { $most }
goals-step-long = A step is too long: there is room for { $most } characters
goals-visibility = Who sees it
goals-visibility-unknown = A goal is the pair's or yours alone
goals-visibility-back = The other has read it: it cannot be yours alone again
goals-target-is-baseline = That is where you start
goals-number-wrong = Write a number, with two decimals at most
goals-date-wrong = Write a date
goals-too-long = The text is too long: there is room for { $most } characters
goals-competency-unknown = That competency is not in the edition's framework
goals-many = There are { $most } goals already; another fits once there is room
goals-ended = The mentorship has ended: its goals are not changed any more.
goals-edited-meanwhile = Somebody changed it while you were writing. What you wrote is still here; save again if it is what should stand.
goals-changed-meanwhile = The goal changed while you were reading. This is how it stands.
goals-good-title = A goal that can be checked
goals-good-text = It says what will be seen, how much and by when, and depends above all on whoever writes it.
goals-good-instead = Instead of
goals-good-instead-text = “Get better at negotiating”
goals-good-write = Rather
goals-good-write-text = “Write down my alternative and my limit before every negotiation”: from 1 to 5 negotiations, by 30 June
goals-hints-title = To be able to check it
goals-hint-number = There is no number: how much would have to be seen to call it reached?
goals-hint-date = It has no date: when will you look at it?
goals-hint-baseline = It says where to get, but not where you start.
goals-hint-vague = The verb tells an intention: what would a camera see once it is so?
goals-hint-steps = It has no steps: what is the first one, this week?
goals-hint-parts = It is long-term: two or three short goals get there sooner.
goals-hint-tie = It leads to no competency and not to the career objective.
goals-review-title = The goals of { $name } on { $day }
goals-review-none = There are no goals to review yet.
goals-review-now = Now
goals-review-print = To have it on paper or as a PDF, print this page from the browser.
goals-voice-title = Goals
goals-voice-none = There are none yet
goals-voice-counts = { $open ->
    [0] None under way
    [one] One under way
   *[other] { $open } under way
}, { $reached ->
    [0] none reached
    [one] one reached
   *[other] { $reached } reached
}.
goals-voice-overdue = { $count ->
    [one] One is past its date.
   *[other] { $count } are past their date.
}
goals-voice-last = The last note tells of { $day }.
goals-voice-link = See the goals
goals-step-first-title = Write your first goal
goals-step-first-text = Something that in a few weeks can be looked at and said to be there or not. Five minutes are enough.
goals-step-first-button = Write the first goal
goals-step-overdue-title = A goal is past its date
goals-step-overdue-text = Look at how it stands: settling it or giving it another date takes a minute.
goals-step-overdue-button = Look at the goals
goals-step-quiet-title = Nobody has noted for over a month how the goals go
goals-step-quiet-text = A value or a line is enough.
goals-step-quiet-button = Note how they go
goals-asked-label = How the goals go
goals-asked-notice = How are your goals with { $name } going?
goals-asked-mail = How do the goals go?
goals-asked-mail-text = For some weeks nobody has noted how they go. A line is enough, and you need not sign in.
goals-asked-mail-link = Note how they go
goals-due-label = A goal whose date has come
goals-due-notice = The date of a goal of yours has come: say whether you reached it, change its date or let it go
goals-due-mail = A date that you set yourself in Telémaco has come
goals-due-mail-link = Say how it goes
goals-link-title = How is it going?
goals-link-title-text = A line is enough: what moved, or what holds it back.
goals-link-done = Noted
goals-link-done-text = The line is with the goal. Thank you.
goals-link-settled = No goals are open any more
goals-link-settled-text = Those that there were are closed.
goals-link-gone = This link no longer works
goals-link-gone-text = Links work for a month and once. In Telémaco you can note it whenever you like.
goals-link-which = Which goal
goals-link-goal = { $kind } · { $term }
goals-link-goal-due = { $kind } · { $term } · { $day }
goals-link-choose = Choose which goal you mean.
goals-link-line = How it goes
goals-link-seen = You will both see it. Nothing that was written before is shown here.
goals-link-save = Note it
goals-link-sign-in = See the goals in Telémaco
goals-open-count = { $count ->
    [one] One open goal, { $overdue } overdue; { $last }
   *[other] { $count } open goals, { $overdue } overdue; { $last }
 }
goals-open-last = last check-in on { $day }
goals-open-never = no check-in yet
